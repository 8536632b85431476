"""Every renderer's golden text for a report with an explained and a known finding.

After a deliberate change: ``python -m tests.test_review_golden`` writes them anew; read the
difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from calcverify.report.formats import FORMATS, format_named, rendered
from calcverify.version import __version__
from tests.lived import lived

FOLDER = Path(__file__).parent / "golden" / "review"
GOLDENS = [f"{form.name}.{lang}.txt" for form in FORMATS if not form.binary for lang in ("zh", "en")]


def made(name: str) -> str:
    """What the program renders; the version is not what these tests are about."""
    form, lang, _ = name.split(".")
    text = rendered(lived(), format_named(form), lang)
    for quoted in ('ersion": "{}"', "calcverify {} ", "calcverify {}."):
        text = text.replace(quoted.format(__version__), quoted.format("VERSION"))
    return text


@pytest.mark.parametrize("name", GOLDENS)
def test_golden(name: str) -> None:
    assert made(name) == (FOLDER / name).read_text(encoding="utf-8")


def test_there_is_no_golden_that_nothing_makes() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDENS)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for golden in GOLDENS:
        FOLDER.joinpath(golden).write_text(made(golden), encoding="utf-8")
