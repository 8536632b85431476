"""The text of a paragraph of a Word file, run by run, and what in it is no text of the form.

Deleted text, instructions of fields and placeholders are left out; insertions, content controls
and links are text like any other, and so is hidden text, which is told of. Every piece keeps its
element, so that a place in the text can be found in the file again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeAlias

# lxml carries no type information.
Element: TypeAlias = Any

# What holds runs and says nothing itself.
_WRAPPERS = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo", "rubyBase"}
)
_BREAKS = frozenset({"br", "cr"})
_DRAWN = frozenset({"drawing", "pict", "object", "AlternateContent"})
_CHANGED = frozenset({"ins", "del", "moveFrom", "moveTo"})
_OFF = frozenset({"0", "false", "off", "none"})
# The characters of the font Symbol that occur in arithmetic.
_SYMBOLS = {
    "2B": "+", "2D": "−", "2F": "/", "3D": "=", "3C": "<", "3E": ">", "25": "%", "28": "(", "29": ")", "B4": "×",
    "B8": "÷", "B3": "≥", "A3": "≤", "BB": "≈", "B1": "±", "D7": "·", "B7": "·",
}  # fmt: skip
# A sign of another font has no meaning that could be known; it must not vanish between two numbers.
UNKNOWN_SIGN = "\ufffd"
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class Run(NamedTuple):
    """A piece of text and the element that holds it: ``w:t`` for words, ``w:tab`` and ``w:br`` for blanks."""

    element: Element
    text: str


Tell: TypeAlias = Callable[[str, str], None]


def local(element: Element) -> str:
    """The local name of an element; ``""`` for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its local name; ``None`` where the element or the attribute is missing."""
    if element is None:
        return None
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first child of the first name, its first child of the second, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:vanish`` is there and on."""
    return element is not None and (value(element) or "1") not in _OFF


def ignore(_kind: str, _text: str) -> None:
    """Tell nobody."""


def runs_of(paragraph: Element, tell: Tell = ignore) -> Iterator[Run]:
    """The pieces of text of a paragraph from left to right.

    ``tell(kind, text)`` is called for what a person or the form does not see; the kinds are those of remarks.
    The text of the paragraph is the pieces joined, and an offset into it leads to the
    element that holds it.
    """
    # Depth is bounded by the parser, which refuses more than 256 levels.
    for element in paragraph:
        name = local(element)
        if name == "r":
            yield from _run(element, tell)
        elif name in _WRAPPERS:
            if name in _CHANGED:
                tell("tracked changes", "")
            yield from runs_of(element, tell)
        elif name == "sdt":
            if not is_on(child(element, "sdtPr", "showingPlcHdr")):
                yield from runs_of(element, tell)
        elif name in ("del", "moveFrom"):
            tell("tracked changes", "")
        elif name in ("oMath", "oMathPara"):
            yield from _formula(element, tell)
        elif name in _DRAWN:
            _drawn(element, tell)


def _run(run: Element, tell: Tell) -> Iterator[Run]:
    properties = child(run, "rPr")
    if is_on(child(properties, "vanish")):
        hidden = "".join(e.text or "" for e in run if local(e) == "t")
        if hidden.strip():
            tell("hidden text", hidden)
    raised = value(child(properties, "vertAlign")) == "superscript"
    for element in run:
        name = local(element)
        if name == "t":
            text = element.text or ""
            # 60×10 with a raised 4 is 60×10⁴ and not 60×104.
            yield Run(element, text.translate(_RAISED) if raised else text)
        elif name == "tab":
            yield Run(element, "\t")
        elif name in _BREAKS:
            yield Run(element, "" if value(element, "type") in ("page", "column") else "\n")
        elif name == "noBreakHyphen":
            yield Run(element, "-")
        elif name == "sym":
            yield Run(element, _symbol(element))
        elif name == "ruby":
            for base in element:
                if local(base) == "rubyBase":
                    yield from runs_of(base, tell)
        elif name in _DRAWN:
            _drawn(element, tell)


def _symbol(element: Element) -> str:
    code = (value(element, "char") or "").upper()[-2:]
    if (value(element, "font") or "").lower() == "symbol":
        return _SYMBOLS.get(code, UNKNOWN_SIGN)
    return UNKNOWN_SIGN


def _formula(formula: Element, tell: Tell) -> Iterator[Run]:
    """A formula of one line as it stands; one with fractions or powers leaves a mark that is read as nothing."""
    names = {local(element) for element in formula.iter()}
    texts = [element for element in formula.iter() if local(element) == "t"]
    if not names & {"f", "sSup", "sSub", "sSubSup", "rad", "nary", "m", "eqArr", "sPre", "limLow", "limUpp", "bar"}:
        for element in texts:
            yield Run(element, element.text or "")
        return
    tell("formula", "".join(element.text or "" for element in texts))
    yield Run(texts[0] if texts else formula, UNKNOWN_SIGN)


def _drawn(element: Element, tell: Tell) -> None:
    """Tell of text in boxes and of pictures; both stand twice in a file, for newer and for older programs."""
    if local(element) == "AlternateContent":
        choice = child(element, "Choice")
        element = choice if choice is not None else element
    words = "".join(e.text or "" for e in element.iter() if local(e) == "t")
    if words.strip():
        tell("drawing", words)
    elif any(local(e) in ("pic", "imagedata") for e in element.iter()):
        tell("picture", "")


def joined(paragraphs: Iterator[Element] | list[Element], tell: Tell = ignore) -> str:
    """The text of paragraphs, a line each; a paragraph whose mark was deleted goes on in the next one."""
    parts: list[str] = []
    glue = ""
    for paragraph in paragraphs:
        mark = child(paragraph, "pPr", "rPr")
        parts += (glue, "".join(run.text for run in runs_of(paragraph, tell)))
        gone = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        glue = "" if gone else "\n"
    return "".join(parts)
