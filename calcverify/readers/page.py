"""html, and the pages that office programs save as .xls: the cells of its tables, the text between them.

The XML workbooks of Excel 2003 have tables of rows and cells as well and are read the same way.

Nothing is fetched, no script is run. Blanks are those that a browser shows; a line break,
a paragraph or a list item in a cell begins a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from lxml import etree

from calcverify.forms.layout import Layout
from calcverify.forms.model import Remark
from calcverify.readers.cell_names import Position
from calcverify.readers.encoding import Decoded, Undecoded, decode
from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.formula import Formulas, Kept
from calcverify.readers.model import Item, Options
from calcverify.readers.number_format import decimal_of, general
from calcverify.readers.sheets import ERRORS, Budget, read_documents
from calcverify.readers.xml_parts import Element
from calcverify.source import Locator

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([A-Za-z0-9_-]{2,20})""", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_CHINESE = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})
_HEAD = 4096
_DROPPED = frozenset(
    {"script", "style", "head", "title", "noscript", "template", "object", "iframe", "svg", "select", "textbox",
     # what an XML workbook says about itself
     "documentproperties", "officedocumentsettings", "excelworkbook", "styles", "worksheetoptions", "names"}
)  # fmt: skip
_DRAWN = frozenset({"svg", "object", "textbox"})
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "cell"})
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "section", "article",
     "header", "footer", "center", "dl", "dt", "dd", "form", "fieldset", "hr", "main", "address", "caption", "tr"}
)  # fmt: skip
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DEEPEST = 120
_MOST_SPAN = 1_000
# Columns of a table; the cells beyond are none of a form's.
_MOST_COLUMNS = 400
# A tree of elements takes twenty times the room of its page.
_MOST_BYTES = 12_000_000


def read(data: bytes, name: str, options: Options) -> Iterator[Item]:
    """The forms in the tables and the text of the page."""
    if len(data) > _MOST_BYTES:
        raise Unreadable("CV911", limit=f"{_MOST_BYTES // 1_000_000} MB")
    text = _decoded(data)
    parser = etree.HTMLParser(recover=True, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(error) from error
    if root is None:
        raise Unreadable("CV903")
    if text.lstrip()[:5] == "<?xml" and "<html" not in text.lower() and root.find(".//table") is None:
        raise Unreadable("CV904", kind="XML")
    page = _Page()
    page.block(root, 0, False)
    page.flush()
    yield from read_documents([page.layout.document(name)], name, options)


def _decoded(data: bytes) -> str:
    """The text by its byte order mark, what it says of itself, UTF-8, or GB18030."""
    said = _CHARSET.search(data[:_HEAD])
    if said is not None and said[1].decode("ascii").lower() in _CHINESE:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    decoded = decode(data)
    if isinstance(decoded, Decoded):
        return decoded.text
    assert isinstance(decoded, Undecoded)
    raise Unreadable("CV904", kind="binary") if decoded.binary else Unreadable("CV905", offset=str(decoded.offset))


class _Page:
    """A page that is being laid out."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._budget = Budget()
        self._loose: list[str] = []
        self._paragraph = 0
        self._table = 0

    def flush(self) -> None:
        """Lay out the text that stood before a table or a block."""
        text = _tidy("".join(self._loose))
        self._loose.clear()
        if text:
            self._paragraph += 1
            self._budget.spend(text)
            self.layout.paragraph(text, Locator(paragraph=self._paragraph))

    def block(self, element: Element, depth: int, unseen: bool) -> None:
        """The text and the tables of an element that is in no table."""
        tag = _tag(element)
        if tag in _DRAWN and (said := _tidy(_flat(element))):
            self.layout.remark(Remark("drawing", said, Locator(paragraph=self._paragraph + 1)), self.layout.at)
        if tag in _DROPPED:
            return
        if depth > _DEEPEST:
            self._loose.append(_flat(element))
            return
        if tag == "table":
            self.flush()
            self.table(element, depth + 1, unseen)
            return
        unseen = unseen or _is_unseen(element)
        is_block = tag in _BLOCKS
        if is_block:
            self.flush()
        if tag == "br":
            self._loose.append("\n")
        elif element.text:
            self._add(element.text, unseen, tag == "pre")
        for child in element:
            self.block(child, depth + 1, unseen)
            if child.tail:
                self._add(child.tail, unseen, tag == "pre")
        if is_block:
            self.flush()

    def _add(self, text: str, unseen: bool, kept: bool) -> None:
        shown = text if kept else _BLANKS.sub(" ", text)
        if unseen and shown.strip():
            self.layout.remark(
                Remark("hidden text", shown.strip(), Locator(paragraph=self._paragraph + 1)), self.layout.at
            )
        self._loose.append(shown)

    def table(self, table: Element, depth: int, unseen: bool) -> None:
        """The rows of a table; a row whose only cell holds another table is that table's frame."""
        self._table += 1
        number = self._table
        unseen = unseen or _is_unseen(table)
        formulas = Formulas()
        starts: dict[int, int] = {}
        covered: dict[int, int] = {}  # column → rows that a cell above still covers
        for at, row in enumerate(_rows(table), 1):
            column = 0
            cells: list[tuple[int, str, Locator]] = []
            wide = False
            starts[at] = self.layout.at
            hidden = unseen or _is_unseen(row)
            below = dict[int, int]()
            own = [cell for cell in row if _tag(cell) in _CELLS]
            framed = [c for c in own if c.find(".//table") is not None]
            if framed and not covered and len([c for c in own if _flat(c).strip()]) == 1:
                self.block_in(framed[0], depth, hidden)
                own = []
            for cell in own:
                while column in covered:
                    column += 1
                if column >= _MOST_COLUMNS:
                    break
                if _tag(cell) == "cell":
                    column = max(column, _number(cell, "ss:index") - 1)
                across = _number(cell, "colspan", 1) + _number(cell, "ss:mergeacross")
                down = _number(cell, "rowspan", 1) + _number(cell, "ss:mergedown")
                text = _text_of(cell)
                place = Locator(table=number, row=at, cell=str(column + 1))
                if text:
                    self._budget.spend(text)
                    cells.append((column, text, place))
                    wide = across > 1
                    if text in ERRORS:
                        self.layout.remark(Remark("error", text, place), self.layout.at)
                    for kind, said in _noted(cell, text, hidden):
                        self.layout.remark(Remark(kind, said, place), self.layout.at)
                _note_formula(formulas, cell, Position(at, column), text)
                for each in range(column, min(column + across, _MOST_COLUMNS)):
                    below[each] = down
                column += across
            covered = {c: n - 1 for c, n in covered.items() if n > 1} | {c: n - 1 for c, n in below.items() if n > 1}
            self.layout.row(cells, wide=len(cells) == 1 and wide)
        for (row_at, _), remark in formulas.remarks(
            lambda row, column: Locator(table=number, row=row, cell=str(column + 1))
        ):
            self.layout.remark(remark, starts[row_at])

    def block_in(self, cell: Element, depth: int, unseen: bool) -> None:
        """What stands in a cell that only frames it."""
        if cell.text:
            self._add(cell.text, unseen, False)
        for child in cell:
            self.block(child, depth + 1, unseen)
            if child.tail:
                self._add(child.tail, unseen, False)
        self.flush()


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not those of tables in it."""
    for child in table:
        tag = _tag(child)
        if tag in _ROWS:
            yield child
        elif tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if _tag(row) in _ROWS)


def _words(element: Element, depth: int) -> Iterator[str]:
    """The text of a cell, a new line for each block in it; a table in it as rows of its own."""
    tag = _tag(element)
    if tag in _DROPPED:
        return
    if depth > _DEEPEST:
        yield _flat(element)
        return
    if tag == "br":
        yield "\n"
        return
    breaks = depth > 0 and tag in _BLOCKS
    if breaks:
        yield "\n"
    raised = tag == "sup"
    if element.text:
        shown = element.text if tag == "pre" else _BLANKS.sub(" ", element.text)
        yield shown.translate(_RAISED) if raised else shown
    first = True
    for child in element:
        if _tag(child) in _CELLS:
            if not first:
                yield "\t"
            first = False
        yield from _words(child, depth + 1)
        if child.tail and tag not in ("tr", "tbody", "table", "thead"):
            yield child.tail if tag == "pre" else _BLANKS.sub(" ", child.tail)
    if breaks or tag == "table":
        yield "\n"


def _tidy(text: str) -> str:
    """Lines without blanks at their edges, one after the other."""
    lines = (line.strip(" \u00a0") for line in text.replace("\u00a0", " ").split("\n"))
    return "\n".join(line for line in lines if line.strip())


def _flat(element: Element) -> str:
    return "".join(element.itertext())


def _tag(element: Element) -> str:
    return str(element.tag).rpartition(":")[2].lower() if isinstance(element.tag, str) else ""


def _number(cell: Element, name: str, least: int = 0) -> int:
    """A number of an attribute, such as how many columns a cell covers."""
    text = (cell.get(name) or "").strip()
    known = text.isascii() and text.isdecimal() and len(text) < 6
    return min(max(int(text) if known else least, least), _MOST_SPAN)


def _text_of(cell: Element) -> str:
    """What a cell shows; an XML workbook keeps numbers with the noise of binary fractions."""
    text = _tidy("".join(_words(cell, 0)))
    kinds = (data.get("ss:type") for data in cell if _tag(data) == "data")
    number = decimal_of(text) if next(kinds, None) == "Number" else None
    return general(number) if number is not None else text


def _is_unseen(element: Element) -> bool:
    """Whether a browser does not show the element."""
    return element.get("hidden") is not None or _UNSEEN.search(element.get("style") or "") is not None


def _noted(cell: Element, text: str, hidden: bool) -> Iterator[tuple[str, str]]:
    """What a cell does not show, or holds as a drawing: the kind of the remark and the text."""
    if hidden or _is_unseen(cell):
        yield "hidden text", text
        return
    for element in cell.iterdescendants():
        if not isinstance(element.tag, str):
            continue
        kind = "drawing" if _tag(element) in _DRAWN else "hidden text" if _is_unseen(element) else ""
        if kind and (said := _tidy(_flat(element))):
            yield kind, said


def _note_formula(formulas: Formulas, cell: Element, at: Position, text: str) -> None:
    """What a cell holds: pages of Excel keep the formula of a cell as ``x:fmla``, its number as ``x:num``."""
    exact = cell.get("x:num") or ""
    number = decimal_of(exact or text.replace(",", ""))
    formula = (cell.get("x:fmla") or "").removeprefix("=")
    if formula:
        kept = Kept.of(text, number, present=bool(text.strip()))
        if number is not None and not exact:  # what is shown may be rounded
            kept = kept._replace(place=Fraction(10) ** int(number.as_tuple().exponent))
        formulas.add(at, formula, kept)
    if number is not None:
        formulas.number(at, number)
    elif text:
        formulas.text(at, text, fault=text in ERRORS)
