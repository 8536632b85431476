"""Print a table of ratios, all measured in this run on this machine.

Run ``python -m benchmarks`` in the checkout. A ratio says more than seconds: a faster
machine speeds both sides up. The reference for reading is what the standard library
needs to find the digits in the same texts, the reference for starting is the import of
two libraries that every analyst has imported. ``python -m benchmarks formats`` tells what
reading 1,000 forms takes in each file format.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tabulate import tabulate

import calcverify
from benchmarks.page import first_result
from benchmarks.startup import startup
from benchmarks.texts import BasisText, from_example, from_jsonl, reading

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "jiangyin-2022.txt"
CORPUS = ROOT / "tests" / "data" / "corpus.jsonl"
HEADS = ("what", "calcverify", "reference", "ratio", "target", "")


def reading_row(name: str, texts: list[BasisText]) -> tuple[str, ...]:
    """Texts per second on one core against a bare search for digits."""
    speed = reading(texts)
    return (
        f"reading {name} ({len(texts)} texts)",
        f"{speed.calcverify:,.0f} texts/s",
        f"{speed.reference:,.0f} texts/s (re.findall)",
        f"1/{1 / speed.ratio:.0f}",
        ">= 1/100",
        "ok" if speed.ratio >= 1 / 100 else "missed",
    )


def startup_row() -> tuple[str, ...]:
    """The whole process of ``calcverify check`` against two imports."""
    start = startup(EXAMPLE)
    return (
        "whole process of check on the example",
        f"{1000 * start.calcverify:.0f} ms",
        f"{1000 * start.reference:.0f} ms (import sympy, pandas)",
        f"{start.ratio:.2f}",
        "<= 1/2",
        "ok" if start.ratio <= 0.5 else "missed",
    )


def page_row() -> tuple[str, ...]:
    """From dropping the example on the page of a server to its first result."""
    seconds = first_result(EXAMPLE)
    if seconds is None:
        return ("first result on the page", "-", "-", "-", "<= 500 ms", "needs calcverify[web] and httpx2")
    return (
        "first result on the page, for the example",
        f"{1000 * seconds:.0f} ms",
        "",
        "",
        "<= 500 ms",
        "ok" if seconds <= 0.5 else "missed",
    )


def main() -> None:
    """Measure and print."""
    rows = [
        reading_row("the example", from_example(EXAMPLE)),
        reading_row("the labelled set", from_jsonl(CORPUS)),
        startup_row(),
        page_row(),
    ]
    print(f"calcverify {calcverify.__version__}, Python {sys.version.split()[0]}, one core, medians")
    print(tabulate(rows, headers=HEADS, disable_numparse=True))


if __name__ == "__main__":
    if sys.argv[1:] == ["formats"]:
        from benchmarks import formats

        formats.main()
    else:
        main()
