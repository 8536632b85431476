"""An office file as what it is: a zip of parts, most of which are not touched.

xlsx and docx are edited part by part. A library that loads a workbook and saves it again
loses what it does not know (text boxes, check boxes, cached values); here every part that
no note needs is copied byte by byte.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from calcverify.annotate.model import CannotMarkError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_UNPACKED = 300_000_000
MOST_PARTS = 20_000
# A sheet of 400,000 cells has 24 MB of XML; a tree of it takes ten times as much memory.
MOST_XML = 40_000_000
TYPES = "[Content_Types].xml"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"

# What zipfile raises for a container that is not whole; an encrypted part or an unknown packing is a RuntimeError.
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError, ValueError)
_DAMAGED = ("文件已损坏或不完整", "the file is damaged or incomplete")


class Relation(NamedTuple):
    """A link from one part to another: its id, the last word of its type, the part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of an office file; what is parsed with :meth:`tree` is written back by :meth:`save`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            raise CannotMarkError(*_DAMAGED) from error
        infos = self._zip.infolist()
        self._names = {info.filename: info for info in infos}
        if len(self._names) != len(infos):
            raise CannotMarkError("文件内有重名的部分", "parts of the file share a name")
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
            raise CannotMarkError("文件解开后过大", "the file is too large when unpacked")
        if any(name.startswith("_xmlsignatures/") for name in self._names):
            raise CannotMarkError("文件有电子签名，改动会使签名失效", "the file is signed; a change would void that")
        self._trees: dict[str, _Element] = {}
        self._touched: set[str] = set()
        self._gone: set[str] = set()
        self._new: dict[str, bytes] = {}
        self.main = self._main()

    def __contains__(self, name: str) -> bool:
        return name not in self._gone and (name in self._new or name in self._names)

    def read(self, name: str) -> bytes:
        """The bytes of a part as they stand in the file (or as they were put there)."""
        if name in self._new:
            return self._new[name]
        try:
            return self._zip.read(name)
        except (*_FAULTS, KeyError) as error:
            raise CannotMarkError(*_DAMAGED) from error

    def view(self, name: str) -> _Element:
        """The root of an XML part, to be read only: the part is saved as it stood."""
        if name not in self._trees:
            self._trees[name] = parsed(self.read(name))
        return self._trees[name]

    def tree(self, name: str) -> _Element:
        """The root of an XML part; what is changed in it is saved."""
        self._touched.add(name)
        return self.view(name)

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """Add a part, or put other bytes in its place."""
        self._new[name] = data
        self._gone.discard(name)
        self._trees.pop(name, None)
        self._touched.discard(name)
        if content_type:
            self.declare(name, content_type)

    def free_name(self, pattern: str) -> str:
        """The first name of ``pattern`` (``"xl/comments{}.xml"``) that no part has, whatever its case."""
        taken = {name.lower() for name in (*self._names, *self._new)}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> Iterator[Relation]:
        """The links of a part to other parts of the file."""
        name = relations_name(part)
        if name not in self:
            return
        for link in self.view(name).iter(f"{{{RELS_NS}}}Relationship"):
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target") or ""))
                kind = (link.get("Type") or "").rpartition("/")[2]
                yield Relation(link.get("Id") or "", kind, target.lstrip("/"))

    def related(self, part: str, kind: str) -> Relation | None:
        """The first link of that kind."""
        return next((link for link in self.relations(part) if link.kind == kind), None)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Link ``part`` to ``target``; the id of the link. ``kind`` is a word, or a whole type."""
        from lxml import etree

        name = relations_name(part)
        if name not in self:
            self.put(name, f'<Relationships xmlns="{RELS_NS}"/>'.encode())
        root = self.tree(name)
        taken = {link.get("Id") for link in root}
        number = 1
        while f"rIdCv{number}" in taken:
            number += 1
        link = etree.SubElement(root, f"{{{RELS_NS}}}Relationship")
        link.set("Id", f"rIdCv{number}")
        link.set("Type", kind if "/" in kind else f"{OFFICE_STRICT if self.strict else OFFICE}/{kind}")
        link.set("Target", target if external else f"/{target}")
        if external:
            link.set("TargetMode", "External")
        return f"rIdCv{number}"

    def unrelate(self, part: str, target: str) -> None:
        """Take out a part and the link that leads to it."""
        wanted = {link.id for link in self.relations(part) if link.target == target}
        for link in list(self.tree(relations_name(part))):
            if link.get("Id") in wanted:
                link.getparent().remove(link)
        for entry in list(self.tree(TYPES)):
            if entry.get("PartName") == f"/{target}":
                entry.getparent().remove(entry)
        self._gone |= {target, relations_name(target)}

    def declare(self, name: str, content_type: str) -> None:
        """Say what kind of part ``name`` is."""
        from lxml import etree

        root, part = self.tree(TYPES), f"/{name}"
        for entry in root.iter(f"{{{TYPES_NS}}}Override"):
            if (entry.get("PartName") or "").lower() == part.lower():
                return
        entry = etree.SubElement(root, f"{{{TYPES_NS}}}Override")
        entry.set("PartName", part)
        entry.set("ContentType", content_type)

    @property
    def strict(self) -> bool:
        """Whether the file keeps to the strict variant of the standard, which names things otherwise."""
        return b"purl.oclc.org/ooxml" in self.read(relations_name(""))

    def save(self) -> bytes:
        """The file: its parts in their order, the new ones behind them."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name in [*self._names, *(n for n in self._new if n not in self._names)]:
                if name in self._gone:
                    continue
                old = self._names.get(name)
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0) if old is None else old.date_time)
                info.compress_type = zipfile.ZIP_DEFLATED if old is None else old.compress_type
                file.writestr(info, serialised(self._trees[name]) if name in self._touched else self.read(name))
        return out.getvalue()

    def _main(self) -> str:
        """The part that the file opens with: the workbook, the document."""
        link = self.related("", "officeDocument")
        if link is None or link.target not in self or TYPES not in self:
            raise CannotMarkError(*_DAMAGED)
        return link.target


def relations_name(part: str) -> str:
    """Where the links of a part stand: ``xl/_rels/workbook.xml.rels``."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parsed(data: bytes) -> _Element:
    """The root of XML that comes from outside: no entities, no DTD, nothing fetched, bounded in depth."""
    from lxml import etree

    if len(data) > MOST_XML:
        raise CannotMarkError("文件解开后过大", "the file is too large when unpacked")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotMarkError(*_DAMAGED) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise CannotMarkError(*_DAMAGED)
    return root


def serialised(root: _Element) -> bytes:
    """A part as Office writes it."""
    from lxml import etree

    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def whole(text: str | None, default: int = -1) -> int:
    """A number of the file from 0; ``default`` for what is none.

    >>> whole("12"), whole(None), whole("x", 0)
    (12, -1, 0)
    """
    return int(text) if text is not None and text.isascii() and text.isdecimal() and len(text) < 10 else default
