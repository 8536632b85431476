"""The comments of a Word file, made or gone on with, and the bookmarks that the summary leads to."""

from __future__ import annotations

from typing import Any

from calcverify.annotate.model import AUTHOR, Mark
from calcverify.annotate.notes import comment_lines
from calcverify.annotate.opc import Package, whole

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
INITIALS = "核"
FONT = "宋体"
_MARKERS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")


def bookmark(number: int) -> str:
    """The name of the place of a note; one that begins with a line is not listed."""
    return f"_calcverify_{number}"


def element(ns: str, name: str, /, **attributes: str) -> Any:
    """An element of the document with attributes of its namespace."""
    from lxml import etree

    made = etree.Element(f"{ns}{name}")
    for key, value in attributes.items():
        made.set(f"{ns}{key}", value)
    return made


def paragraph(ns: str, runs: list[Any], **properties: str) -> Any:
    """A paragraph without the indents and distances that the document gives to its own."""
    made = element(ns, "p")
    props = element(ns, "pPr")
    if properties.get("keep"):
        props.append(element(ns, "keepNext"))
    props.append(element(ns, "spacing", before="0", after=properties.get("after", "0"), line="240", lineRule="auto"))
    props.append(element(ns, "ind", left="0", right="0", firstLine="0", firstLineChars="0"))
    props.append(element(ns, "jc", val="left"))
    made.append(props)
    made.extend(runs)
    return made


def run(ns: str, text: str, *, bold: bool = False, colour: str = "", size: int = 18, link: bool = False) -> Any:
    """A run of text; ``size`` in half points."""
    made, props = element(ns, "r"), element(ns, "rPr")
    props.append(element(ns, "rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT))
    if bold:
        props.extend((element(ns, "b"), element(ns, "bCs")))
    if colour:
        props.append(element(ns, "color", val=colour))
    props.extend((element(ns, "sz", val=str(size)), element(ns, "szCs", val=str(size))))
    if link:
        props.append(element(ns, "u", val="single"))
    made.append(props)
    held = element(ns, "t")
    held.text = text
    held.set(_SPACE, "preserve")
    made.append(held)
    return made


class Comments:
    """The comments of a document."""

    def __init__(self, package: Package, root: Any, ns: str) -> None:
        self.package, self.ns, self.made = package, ns, list[Any]()
        link = package.related(package.main, "comments")
        self.part = link.target if link is not None and link.target in package else ""
        known = package.view(self.part).iter(f"{ns}comment") if self.part else ()
        self.comment = 1 + max([-1, *(whole(each.get(f"{ns}id")) for each in known)])
        self.names = {each.get(f"{ns}name") for each in root.iter(f"{ns}bookmarkStart")}
        self.mark = 1 + max([0, *(whole(each.get(f"{ns}id")) for each in root.iter(f"{ns}bookmarkStart"))])

    def take_out(self, root: Any) -> None:
        """Take out the comments and bookmarks of an earlier run: a marked copy is corrected and marked again."""
        ns = self.ns
        bookmarks = {
            each.get(f"{ns}id")
            for each in root.iter(f"{ns}bookmarkStart")
            if (each.get(f"{ns}name") or "").startswith(bookmark(0)[:-1])
        }
        self.names -= {name for name in self.names if name and name.startswith(bookmark(0)[:-1])}
        ours: set[str] = set()
        if self.part and AUTHOR.encode() in self.package.read(self.part):
            for comment in list(self.package.tree(self.part).iter(f"{ns}comment")):
                if comment.get(f"{ns}author") == AUTHOR:
                    ours.add(comment.get(f"{ns}id"))
                    comment.getparent().remove(comment)
        for each in list(root.iter(*(f"{ns}{name}" for name in _MARKERS))):
            number = each.get(f"{ns}id")
            if number in (bookmarks if "bookmark" in each.tag else ours):
                if each.tag == f"{ns}commentReference":
                    each = each.getparent()  # noqa: PLW2901 - the run holds nothing else
                each.getparent().remove(each)

    def add(self, holder: Any, first: Any, last: Any, marks: list[Mark], lang: str) -> None:
        """Comment on what stands from ``first`` to ``last``; on the beginning of ``holder`` where both are ``None``."""
        ns, number = self.ns, str(self.comment)
        self.comment += 1
        reference = element(ns, "r")
        reference.append(element(ns, "commentReference", id=number))
        opening = [element(ns, "commentRangeStart", id=number)]
        closing = [element(ns, "commentRangeEnd", id=number), reference]
        for mark in marks:
            name = bookmark(mark.note.number)
            if name in self.names:  # a total that is marked as well: the link leads to the computation
                continue
            self.names.add(name)
            opening.insert(0, element(ns, "bookmarkStart", id=str(self.mark), name=name))
            closing.append(element(ns, "bookmarkEnd", id=str(self.mark)))
            self.mark += 1
        if first is None or last is None:
            properties = holder.find(f"{ns}pPr")
            at = 0 if properties is None else holder.index(properties) + 1
            holder[at:at] = [*opening, *closing]
        else:
            for each in opening:
                first.addprevious(each)
            for each in reversed(closing):
                last.addnext(each)
        self.made.append(self._comment(number, marks, lang))

    def write(self) -> None:
        """Put the new comments into the file."""
        if not self.made:
            return
        if not self.part:
            self.part = self.package.free_name("word/comments{}.xml")
            space = self.ns.strip("{}")
            self.package.put(self.part, f'<w:comments xmlns:w="{space}"/>'.encode(), COMMENTS_TYPE)
            self.package.relate(self.package.main, "comments", self.part)
        self.package.tree(self.part).extend(self.made)

    def _comment(self, number: str, marks: list[Mark], lang: str) -> Any:
        ns = self.ns
        comment = element(ns, "comment", id=number, author=AUTHOR, initials=INITIALS)
        for at, (text, bold) in enumerate(comment_lines([mark._replace(text="") for mark in marks], lang)):
            runs = [run(ns, text, bold=bold)]
            if at == 0:
                sign = element(ns, "r")
                sign.append(element(ns, "annotationRef"))
                runs.insert(0, sign)
            comment.append(paragraph(ns, runs))
        return comment
