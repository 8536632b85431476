"""A file of readings, from bytes: TOML or CSV by its name, in any encoding that a form may have."""

from __future__ import annotations

from pathlib import Path

from calcverify.errors import InputError, problem
from calcverify.readers.encoding import Undecoded, decode
from calcverify.readings.csv_file import read_csv
from calcverify.readings.model import Readings
from calcverify.readings.toml_file import read_toml

MAX_BYTES = 64 * 1024 * 1024


def load_readings(path: Path) -> Readings:
    """The readings in a file; raises ``InputError`` where it cannot be read as a whole.

    A spreadsheet saves CSV as UTF-8 or in the encoding of its country (GB18030); both are read.
    """
    name = str(path)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused("CV901", name) from None
    except OSError as error:
        raise _refused("CV912", name, detail=error.strerror or str(error)) from error
    if len(data) > MAX_BYTES:
        raise _refused("CV911", name, limit="64 MB")
    found = decode(data)
    if isinstance(found, Undecoded):
        raise _refused("CV905", name, offset=str(found.offset))
    return read_csv(found.text, name) if path.suffix.lower() == ".csv" else read_toml(found.text, name)


def _refused(code: str, source: str, **details: str) -> InputError:
    told = problem(code, source, None, **details)
    return InputError(told.say("zh"), told.say("en"))
