"""Formulas and standards from their folders: the shipped one, and an office's own.

Nothing is read at import. A file with a fault is not half loaded: the first fault stops
the run with a :class:`StandardsError` that names file, entry and remedy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from calcverify.lexicon.loader import load as load_lexicon
from calcverify.standards import fields
from calcverify.standards.entries import Context, read_document, read_factor, read_formula, read_scheme
from calcverify.standards.faults import Fault, Flaw, StandardsError
from calcverify.standards.fields import Entry
from calcverify.standards.model import Document, Factor, Formula, Formulas, Period, Standard, Table
from calcverify.standards.tables import read_standard, read_table

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

# The shipped folder has some 20 KB; a file of this size holds thousands of standards.
LARGEST = 1_000_000

SECTIONS = ("document", "factor", "scheme", "formula", "standard", "table")

Rule: TypeAlias = Factor | Formula | Standard | Table


@dataclass(slots=True)
class Shelf:
    """What was read so far, with the file of each entry, to find names that clash."""

    factors: list[Factor] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    taken: dict[tuple[type, str], list[tuple[Period | None, str]]] = field(default_factory=dict)

    def add(self, rule: Rule, file: str) -> None:
        """Put an entry on its shelf; ``Flaw`` where its name is taken for some of its time."""
        others = self.taken.setdefault((type(rule), rule.name), [])
        for period, other in others:
            if period is None or rule.period is None or period.overlaps(rule.period):
                raise Flaw(Fault.DUPLICATE, other=other)
        others.append((rule.period, file))
        match rule:
            case Factor():
                self.factors.append(rule)
            case Formula():
                self.formulas.append(rule)
            case Standard():
                self.standards.append(rule)
            case Table():
                self.tables.append(rule)
                for cell in rule.standards:
                    self.add(cell, file)

    def done(self) -> Formulas:
        """Everything, frozen."""
        return Formulas(tuple(self.factors), tuple(self.formulas), tuple(self.standards), tuple(self.tables))


def load_formulas(extra: Path | None = None, kinds: Sequence[str] = ()) -> Formulas:
    """The shipped formulas and standards, and those of the folder ``extra``.

    With ``kinds`` (of ``SECTIONS``) the shipped files without an entry of those kinds are
    passed over: most questions are about rates alone, or standards alone.

    Reads every ``*.toml`` of a folder in the order of the names. Raises ``StandardsError``
    (an ``InputError``) for a fault of any file, a name that two entries share at one
    time, or a folder that is not there or empty.
    """
    shelf = Shelf()
    read_folder(shipped(), None, shelf, kinds)
    if extra is not None:
        read_folder(extra, extra, shelf)
    return shelf.done()


def shipped() -> Traversable:
    """The folder of shipped formulas: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for folder in (package / "formulas", package.parent / "formulas"):
        if folder.is_dir():
            return folder
    # A package in an archive; what looks into one takes longer to load than the files to read.
    from importlib.resources import files

    packed = files("calcverify").joinpath("formulas")
    if packed.is_dir():
        return packed
    raise StandardsError("calcverify/formulas", None, Fault.NOT_SHIPPED, {})


def read_folder(folder: Traversable, shown: Path | None, shelf: Shelf, kinds: Sequence[str] = ()) -> None:
    """Read every TOML file of a folder, or those with entries of some kinds; files are shown under
    ``shown``, or by name alone."""
    name = str(shown) if shown is not None else folder.name
    try:
        if not folder.is_dir():
            raise StandardsError(name, None, Fault.NO_FOLDER, {})
        found = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    except OSError as error:
        raise StandardsError(name, None, Fault.UNREADABLE, {"detail": error.strerror}) from error
    if not found:
        raise StandardsError(name, None, Fault.NO_FILES, {})
    for file in found:
        if kinds and not any(f"[[{kind}]]" in file.read_text(encoding="utf-8") for kind in kinds):
            continue
        read_file(file, str(shown / file.name) if shown is not None else f"formulas/{file.name}", shelf)


def read_file(file: Traversable, name: str, shelf: Shelf) -> None:
    """Read one file: its documents first, then what rests on them."""
    content = parsed(file, name)
    documents: dict[str, Document] = {}
    for entry, raise_at in listed(content, "document", name):
        with raise_at:
            document = read_document(entry)
            if document.number in documents:
                raise Flaw(Fault.DUPLICATE, other=name)
            documents[document.number] = document
    context = Context(documents, load_lexicon().unit_named)
    readers: dict[str, Callable[[Entry, Context], tuple[Rule, ...]]] = {
        "factor": read_factor,
        "scheme": read_scheme,
        "formula": read_formula,
        "standard": read_standard,
        "table": lambda entry, context: (read_table(entry, context),),
    }
    for section, read in readers.items():
        for entry, raise_at in listed(content, section, name):
            with raise_at:
                for rule in read(entry, context):
                    shelf.add(rule, name)


class At:
    """A ``with`` block whose flaws are raised as errors of a file and an entry."""

    def __init__(self, file: str, entry: tuple[str, int, str] | None) -> None:
        self.file = file
        self.entry = entry

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: object, flaw: BaseException | None, trace: object) -> None:
        """Give the flaw its file and entry."""
        if isinstance(flaw, Flaw):
            raise StandardsError(self.file, self.entry, flaw.fault, flaw.details) from flaw


def listed(content: Entry, section: str, file: str) -> Iterator[tuple[Entry, At]]:
    """The entries of one section, each with what places its flaws."""
    entries = content.get(section, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise StandardsError(file, None, Fault.NOT_ENTRIES, {"key": section})
    for place, entry in enumerate(entries, start=1):
        name = entry.get("name", entry.get("number", ""))
        yield entry, At(file, (section, place, name if isinstance(name, str) and name.isprintable() else ""))


def parsed(file: Traversable, name: str) -> Entry:
    """The content of a file, its sections checked; decimals stay exact."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise StandardsError(name, None, Fault.UNREADABLE, {"detail": error.strerror}) from error
    if len(data) > LARGEST:
        raise StandardsError(name, None, Fault.TOO_LARGE, {"limit": LARGEST})
    try:
        content = tomllib.loads(data.decode("utf-8-sig"), parse_float=exact_decimal)
    except UnicodeDecodeError as error:
        raise StandardsError(name, None, Fault.NOT_UTF8, {}) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise StandardsError(name, None, Fault.BAD_TOML, {"detail": str(error)[:80]}) from error
    with At(name, None):
        for section in content:
            if section not in SECTIONS:
                raise fields.unknown(section, SECTIONS)
    return content


def exact_decimal(written: str) -> Decimal | str:
    """A TOML float as the exact decimal it writes; with an exponent it stays text, and is refused."""
    return Decimal(written) if written.strip("+-0123456789._") == "" else written
