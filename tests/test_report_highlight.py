"""The basis cut into segments: one line a case, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.api import check_text
from calcverify.exact.verdict import Verdict
from calcverify.report.highlight import Role, segments
from calcverify.source import Span
from calcverify.verify.model import Aside
from tests.made import failing, passing

# Basis → its segments without the plain ones, as role:verdict:text.
CASES = [
    # A product that lost its nought: the stated figure and what it is computed from.
    (
        "教材费360册×85元/册=3.6万元",
        "operand:mismatch:360册 computation:mismatch:× operand:mismatch:85元/册 "
        "computation:mismatch:= stated:mismatch:3.6万元",
    ),
    # The items of a wrong sum are not wrong for that, and what stands between them is plain.
    ("场租3万元、餐费2万元，合计6万元", "operand::3万元 operand::2万元 stated:mismatch:6万元"),
    # An equation's result is an addend as well: the equation decides.
    (
        "场租3天×1万元/天=3万元，餐费2万元，合计6万元",
        "operand:exact:3天 computation:exact:× operand:exact:1万元/天 computation:exact:= stated:exact:3万元 "
        "operand::2万元 stated:mismatch:6万元",
    ),
    # A number that is set aside keeps its role inside of a reading from prose.
    ("2026年场租3万元", "set-aside::2026年 set-aside::3万元"),
]


@pytest.mark.parametrize(("basis", "expected"), CASES)
def test_roles_and_verdicts(basis: str, expected: str) -> None:
    found = [s for s in segments(check_text(basis)) if s.role is not Role.PLAIN]
    assert " ".join(f"{s.role.value}:{s.verdict.value if s.verdict else ''}:{s.text}" for s in found) == expected


def test_a_written_total_is_one_stretch_and_its_figure_stands_elsewhere() -> None:
    cut = segments(check_text("24台×0.5万元+3万元", total="15万元"))
    assert [s.text for s in cut] == ["24台", "×", "0.5万元", "+", "3万元"]
    assert {s.verdict for s in cut} == {Verdict.EXACT}


def test_a_segment_names_every_claim_that_has_to_do_with_it() -> None:
    cut = segments(check_text("场租3天×1万元/天=3万元，餐费2万元，合计6万元"))
    (item,) = [s for s in cut if s.text == "3万元"]
    assert (item.claims, item.stated_by) == ((0, 1), (0,))


def test_a_finding_is_marked_once_where_it_ends() -> None:
    project = failing()
    cut = segments(project)
    assert sorted(at for s in cut for at in s.ends) == [0, 1, 3]  # the third stands in another field
    (wrong,) = [s for s in cut if 0 in s.ends]
    assert wrong.text == "3.6万元"


def test_places_beyond_the_text_are_cut_to_it() -> None:
    project = passing()._replace(unread=(Aside("x", Span(10, 10**6), "damaged"), Aside("y", Span(-5, 2), "damaged")))
    cut = segments(project)
    assert "".join(s.text for s in cut) == project.basis_text
    assert {s.reason for s in cut if s.role is Role.UNREAD} == {"damaged"}


def test_no_basis_has_no_segments() -> None:
    assert segments(check_text("")) == ()


PIECES = st.lists(
    st.sampled_from(
        ["场租", "3", "万元", "×", "=", "，", "合计", "2026年", "12人", "每人每月", "。", "\n", "50%", "约", "（"]
    ),
    max_size=30,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=40)))
def test_segments_tile_any_text(text: str) -> None:
    cut = segments(check_text(text))
    assert "".join(s.text for s in cut) == text
    assert [s.span.start for s in cut[1:]] == [s.span.end for s in cut[:-1]]
    assert all(s.text for s in cut)
