"""No input takes more than two seconds, or 200 MB beyond its size."""

from __future__ import annotations

import tracemalloc
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from calcverify.errors import InputProblem
from calcverify.forms.grid import Document, lay_out
from calcverify.forms.labels import load_labels
from calcverify.forms.model import Form
from calcverify.forms.split import MOST_CELLS, MOST_ROWS, form_parts
from calcverify.readers import read_path

NAME = "项目名称\tA\n".encode()
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a basis of 10 MB": (lambda: NAME + "资金计算依据\t".encode() + b"1+" * 5_000_000, "form"),
    "a basis of 20 MB with an emoji": (lambda: NAME + "资金计算依据\t😀".encode() + b"1+" * 9_900_000, "form"),
    "a record of 10 MB": (lambda: '{"basis":"😀'.encode() + b"1+" * 5_000_000 + b'"}', "form"),
    "a total of a million digits": (lambda: NAME + "项目总金额（万元）\t".encode() + b"9" * 1_000_000, "CV909"),
    "nothing but tabs": (lambda: NAME + b"\t" * 10_000_000, "form"),
    "one row of many cells": (lambda: NAME + b"a\t" * 5_000_000, "form"),
    "nothing but line breaks": (lambda: NAME + b"\n" * 10_000_000, "form"),
    "many rows": (lambda: NAME + b"\tx\n" * 3_000_000, "CV911"),
    "many labels": (lambda: "项目概述\ta\n".encode() * 200_000, "CV911"),
    "open brackets of tags": (lambda: "项目名称\t".encode() + b"<" * 10_000_000, "form"),
    "quotes that do not end": (lambda: NAME + (b'"' + b'""\n' * 30_000 + b"x\n") * 50, "CV911"),
    "blanks in a cell": (lambda: "项目名称：".encode() + b" " * 10_000_000 + b"x", "form"),
    "lists in a record": (lambda: b'{"basis":"x","z":[' + b"[]," * 3_000_000 + b"0]}", "CV911"),
    "strings in a record": (lambda: b'{"basis":"x","z":[' + b'"",' * 3_000_000 + b'""]}', "CV911"),
    "brackets in a record": (lambda: b'{"basis":' + b"[" * 100_000, "CV907"),
    "a line without end": (lambda: b'{"basis":"' + b"1" * 30_000_000 + b'"}', "CV911"),
    "a text without end": (lambda: b"x" * 30_000_000, "CV911"),
    "zero bytes": (lambda: b"\0" * 10_000_000, "CV904"),
}


# What is counted allocation by allocation takes too long here; see the test of held rows.
MANY_ROWS = ("many rows", "many labels", "quotes that do not end")


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_input_takes_bounded_time_and_memory(tmp_path: Path, case: str) -> None:
    make, expected = HOSTILE[case]
    path = tmp_path / "hostile.txt"
    data = make()
    path.write_bytes(data)
    size = len(data)
    del data
    begin = process_time()
    last = deque(read_path(path), maxlen=1)[-1]
    assert process_time() - begin < 2
    assert ("form" if isinstance(last, Form) else last.code) == expected or expected == "CV909"
    if case in MANY_ROWS:
        return
    tracemalloc.start()
    try:
        codes = [item.code for item in read_path(path) if isinstance(item, InputProblem)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size + 200_000_000
    assert expected == "form" or expected in codes


@pytest.mark.parametrize("row", ["项目概述\ta\n", "项目概述：a\t联系人：b\tc\td\n", "a\tb\tc\td\te\tf\n"])
def test_rows_that_are_held_take_bounded_memory(row: str) -> None:
    """Measured on a hundredth of them: counting every allocation of the rest takes long."""
    rows = min(MOST_ROWS, MOST_CELLS // len(row.split("\t"))) // 100
    text = row * rows
    tracemalloc.start()
    try:
        held = list(form_parts(Document("a.txt", text, lay_out(text)), load_labels()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(len(part) for part in held) == rows
    assert 100 * peak < 150_000_000


def test_the_text_of_a_large_basis_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(NAME + "资金计算依据\t".encode() + b"1+" * 5_000_000 + b"1\t\n")
    (found,) = read_path(path)
    assert isinstance(found, Form)
    assert found.basis is not None
    assert len(found.basis.text) == 10_000_001


def test_many_forms_are_read_one_by_one(tmp_path: Path) -> None:
    form = "申报表\n项目名称\t甲\n资金计算依据\t3×2\n\n"
    path = tmp_path / "many.txt"
    path.write_text(form * 3_000, encoding="utf-8")
    tracemalloc.start()
    try:
        count = sum(isinstance(item, Form) for item in read_path(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3_000
    assert peak < 3_000_000  # the text, and the rows of one form
