"""XML from hostile files: no document type, no entity, no network, one element at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from calcverify.readers.fault import Unreadable, damaged
from calcverify.readers.package import Package

# lxml carries no type information.
Element: TypeAlias = Any

_LOOKED_AT = 4096


def elements(package: Package, member: str, *names: str) -> Iterator[Element]:
    """The elements of these local names in a member, in the order of their ends; each is gone when the next comes.

    Raises ``Unreadable`` where the XML is damaged, holds too many elements, or has a document type:
    files of office programs have none, and entities are defined in it.
    """
    with package.open(member) as stream:
        head = stream.peek(_LOOKED_AT)[:_LOOKED_AT]
        if b"<!DOCTYPE" in head.replace(b"\0", b"").upper():
            raise Unreadable("CV916", detail="document type in XML")
        try:
            found = etree.iterparse(
                stream,
                events=("end",),
                tag=tuple("{*}" + name for name in names),
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for _, element in found:
                package.count(1 + len(element))
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise damaged(error) from error


def name_of(element: Element) -> str:
    """The local name of an element."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """The attribute of this local name, whatever its namespace is called."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None
