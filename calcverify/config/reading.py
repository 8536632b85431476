"""A configuration file becomes settings: ``calcverify.toml``, or a table of ``pyproject.toml``.

The nearest file counts, from the folder of what is checked upwards, and from the working
folder upwards where there is none above what is checked. What the command line says goes
before what the file says, key by key.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from calcverify.config.codes import CODES, check_code, left_out, most_special
from calcverify.config.faults import ConfigError, Fault, Place
from calcverify.config.fields import check_keys, hedge_of, load_toml, table_of, text_of, texts_of, truth_of, word_of
from calcverify.config.model import Config, Settings
from calcverify.exact.rounding import MODES, mode_named
from calcverify.exact.verdict import USUAL, Leeway
from calcverify.verify.model import Severity

OWN, SHARED = "calcverify.toml", "pyproject.toml"
TABLE = ("tool", "calcverify")
LARGEST = 1_000_000

KEYS = (
    "select",
    "ignore",
    "severity",
    "rounding",
    "hedge-tolerance",
    "strict",
    "standards",
    "suppressions",
    "baseline",
)


class Options(NamedTuple):
    """What the command line says instead of a file; ``None`` where it says nothing.

    ``path`` is a configuration file to read, ``search`` whether one is looked for.
    """

    path: Path | None = None
    search: bool = True
    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    strict: bool | None = None
    standards: Path | None = None
    suppressions: Path | None = None
    baseline: Path | None = None


NO_OPTIONS = Options()


def settings_for(inputs: Sequence[Path], options: Options = NO_OPTIONS) -> Settings:
    """The settings for a run over ``inputs``: the file given or found, and the options over it.

    Raises ``ConfigError`` (a ``UsageError``) for a file that cannot be read, and for a key,
    a code or a value that is not known; its message names file, key and remedy.
    """
    path = options.path
    if path is None and options.search:
        path = found(inputs)
    table, place = ({}, Place("")) if path is None else section(path)
    return settings_of(table, place, path, options)


def found(inputs: Sequence[Path]) -> Path | None:
    """The nearest configuration file above the inputs, or else above the working folder."""
    for start in (common_folder(inputs), Path.cwd()):
        for path in upwards(start) if start is not None else ():
            if path.name == OWN or has_table(path):
                return path
    return None


def common_folder(inputs: Sequence[Path]) -> Path | None:
    """The folder that all inputs stand in; ``None`` without one (standard input, other drives)."""
    folders = [path if path.is_dir() else path.parent for path in (Path(os.path.abspath(i)) for i in inputs)]
    try:
        return Path(os.path.commonpath(folders)) if folders else None
    except ValueError:
        return None


def upwards(start: Path) -> Iterator[Path]:
    """Every file that may hold a configuration, from ``start`` up to the root."""
    for folder in (start, *start.parents):
        for name in (OWN, SHARED):
            path = folder / name
            if os.path.isfile(path):
                yield path


def has_table(path: Path) -> bool:
    """Whether a ``pyproject.toml`` speaks of this program; one that cannot be read and does not is passed by."""
    try:
        content = load_toml(path, LARGEST)
    except ConfigError:
        try:
            with path.open("rb") as stream:
                return b"tool.calcverify" in stream.read(LARGEST)
        except OSError:
            return False
    tool = content.get(TABLE[0])
    return isinstance(tool, dict) and TABLE[1] in tool


def section(path: Path) -> tuple[Mapping[str, Any], Place]:
    """The table of a file that is this program's, and its place."""
    content, place = load_toml(path, LARGEST), Place(str(path))
    if path.name != SHARED:
        return content, place
    tool = content.get(TABLE[0])
    if not isinstance(tool, dict) or TABLE[1] not in tool:
        raise ConfigError(Fault.NO_TABLE, place)
    place = place.under(".".join(TABLE))
    return table_of(tool[TABLE[1]], place), place


def settings_of(table: Mapping[str, Any], place: Place, path: Path | None, options: Options) -> Settings:
    """The settings that a table and the options make; relative paths in a file start at the file."""
    check_keys(table, KEYS, place)
    folder = path.parent if path is not None else Path()

    def codes(key: str, given: Sequence[str] | None) -> tuple[str, ...] | None:
        if given is not None:
            option = Place(f"--{key}")
            return tuple(check_code(c, option) for text in given for c in text.split(",") if c.strip())
        if key not in table:
            return None
        return tuple(check_code(text, place.under(key)) for text in texts_of(table[key], place.under(key)))

    def file(key: str, given: Path | None) -> Path | None:
        if given is not None or key not in table:
            return given
        return folder / text_of(table[key], place.under(key))

    standards = file("standards", options.standards)
    strict = truth_of(table["strict"], place.under("strict")) if "strict" in table else False
    config = Config(
        ignore=left_out(codes("select", options.select), codes("ignore", options.ignore) or ()),
        severities=severities_of(table.get("severity", {}), place.under("severity")),
        leeway=leeway_of(table, place),
        strict=strict if options.strict is None else options.strict,
        standards=None if standards is None else str(standards),
    )
    return Settings(config, file("suppressions", options.suppressions), file("baseline", options.baseline), path)


def severities_of(value: object, place: Place) -> tuple[tuple[str, Severity], ...]:
    """``[severity]``: code or beginning of one = error, warning or notice; the more special counts."""
    named = {}
    for key, word in table_of(value, place).items():
        at = place.under(key)
        named[check_code(key, at)] = Severity(word_of(word, [s.value for s in Severity], at))
    chosen = ((code, most_special(code, named)) for code in CODES)
    return tuple((code, named[name]) for code, name in chosen if name)


def leeway_of(table: Mapping[str, Any], place: Place) -> Leeway:
    """How figures are compared: the rounding mode and the tolerance of hedged ones."""
    mode, hedge = USUAL
    if "rounding" in table:
        mode = mode_named(word_of(table["rounding"], [m.name for m in MODES], place.under("rounding")))
    if "hedge-tolerance" in table:
        hedge = hedge_of(table["hedge-tolerance"], place.under("hedge-tolerance"))
    return Leeway(mode, hedge)
