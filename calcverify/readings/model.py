"""A file of readings: what each project was read as, line by line."""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from types import MappingProxyType
from typing import NamedTuple

from calcverify.errors import InputProblem
from calcverify.forms.model import Form
from calcverify.source import Span

# Control and bidirectional characters, lone surrogates, separators that some editors break lines at.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

# The kinds of claims as JSON names them and as a form's officer does; a file may hold either.
KINDS = MappingProxyType(
    {
        "equation": "算式",
        "sum": "合计",
        "balance": "差额",
        "partition": "构成",
        "share": "分担",
        "composed": "文字测算",
        "total": "总额",
    }
)
KIND_OF = MappingProxyType({word: kind for kind, zh in KINDS.items() for word in (kind, zh)})


class ClaimLine(NamedTuple):
    """A claim as a line of arithmetic.

    ``prose`` is true where the text does not write the arithmetic, so that a miss asks and
    does not accuse. ``text`` is the stretch of the basis at ``place``; ``verdict`` that of
    the time of writing. ``line`` is the line of the file (0 where there is none).
    """

    kind: str
    reading: str
    prose: bool = False
    text: str = ""
    place: Span | None = None
    verdict: str = ""
    line: int = 0


class Piece(NamedTuple):
    """A number that was set aside, or a stretch that was not read, with the reason (a word of the lexicon)."""

    text: str
    place: Span
    reason: str


class ProjectReading(NamedTuple):
    """One project: whose it is, the text that was read, and what it was read as.

    ``source`` and ``locator`` say where the form stands, ``fingerprint`` stands for the
    text of the basis, ``totals`` are the amounts that the form states. ``unread`` may be
    shortened by a person: a stretch that is gone was dealt with. ``refused`` is true where
    a line of the project could not be read.
    """

    id: str
    name: str
    fingerprint: str
    source: str = ""
    locator: str = ""
    field: str = ""
    basis: str = ""
    totals: tuple[str, ...] = ()
    claims: tuple[ClaimLine, ...] = ()
    set_aside: tuple[Piece, ...] = ()
    unread: tuple[Piece, ...] = ()
    line: int = 0
    refused: bool = False

    @property
    def title(self) -> str:
        """The project as a message names it."""
        return self.id or self.name or self.fingerprint


class Readings(NamedTuple):
    """The projects of a file of readings, and what is wrong with it."""

    source: str
    projects: tuple[ProjectReading, ...]
    problems: tuple[InputProblem, ...] = ()


def fingerprint(form: Form) -> str:
    """16 hexadecimal digits that stand for the text of a form's basis."""
    text = form.basis.text if form.basis is not None else ""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def visible(text: str) -> str:
    """Text of a document with nothing hidden in it, its line breaks kept.

    >>> visible("甲\\x1b乙\\u202e")
    '甲\\\\u001b乙\\\\u202e'
    """
    return "\n".join(in_one_line(line) for line in text.replace("\r\n", "\n").split("\n"))


def in_one_line(text: str) -> str:
    """The same in one line, as a name or a code stands in a file."""
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _HIDDEN else c for c in text)
