"""What must hold for every form: the order of its fields and the layout of its cells say nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from calcverify.forms import parse_forms
from calcverify.forms.grid import lay_out
from calcverify.forms.model import Form

FIELDS = (
    (("项目名称", "项目名", "预算项目名称"), "河道清淤"),
    (("项目编码", "项目代码"), "330100240001"),
    (("单位名称", "填报单位"), "某县水务局（本级）"),
    (("主管部门", "预算主管部门"), "某县水务局"),
    (("预算年度",), "2031"),
    (("项目总金额（万元）", "项目资金总额(单位：万元)", "资金总额（万元）"), "86.4"),
    (("本年度项目金额（万元）", "年度资金总额（万元）"), "21.6"),
    (("资金计算依据", "测算依据及说明", "计算过程"), "1、清淤：3公里×2.4万元/公里 2、绿化：6亩"),
    (("项目概述",), "<p>清理县城的河道</p>"),
    (("其他需要说明的问题",), ""),
)
# As a row of cells, in one cell, as two lines, with the double tabs of merged cells.
STYLES = ("{0}\t{1}", "{0}：{1}", "{0}\n{1}", "{0}\t\t{1}\t\t", "一、{0}：\t{1}")


def written(labels: list[str], order: list[int], styles: list[str], gap: str) -> str:
    rows = []
    for i, style in zip(order, styles, strict=True):
        value = FIELDS[i][1]
        rows.append((style if value else "{0}\t\t").format(labels[i], value))
    return gap.join(rows)


def content(form: Form) -> tuple[object, ...]:
    """What a form says, without places and without the words of its labels."""
    return (
        form.id,
        form.name,
        form.organisation,
        form.department,
        form.year,
        form.basis.text if form.basis else None,
        [(t.text, t.unit, t.yuan, t.place, t.role) for t in form.totals],
        sorted((n.label, n.source.text) for n in form.narratives),
        form.details,
        form.indicators,
        form.sources,
        form.unit_note,
    )


PLAIN = written([words[0] for words, _ in FIELDS], list(range(len(FIELDS))), [STYLES[0]] * len(FIELDS), "\n")
(EXPECTED,) = parse_forms(PLAIN, "a.txt")


def test_the_plain_form_is_read() -> None:
    assert EXPECTED.name == "河道清淤"
    assert EXPECTED.basis is not None
    assert [t.yuan for t in EXPECTED.totals] == [864_000, 216_000]
    assert len(EXPECTED.narratives) == 2


@given(
    order=st.permutations(range(len(FIELDS))),
    labels=st.tuples(*(st.sampled_from(words) for words, _ in FIELDS)),
    styles=st.lists(st.sampled_from(STYLES), min_size=len(FIELDS), max_size=len(FIELDS)),
    gap=st.sampled_from(["\n", "\n\n", "\n\t\t\n", "\n\n\n"]),
)
def test_order_labels_and_layout_do_not_change_a_form(
    order: list[int], labels: tuple[str, ...], styles: list[str], gap: str
) -> None:
    (form,) = parse_forms(written(list(labels), order, styles, gap), "a.txt")
    assert content(form) == content(EXPECTED)


@given(order=st.permutations(range(len(FIELDS))), style=st.sampled_from(STYLES), times=st.integers(2, 4))
def test_forms_of_one_layout_are_told_apart(order: list[int], style: str, times: int) -> None:
    one = written([words[0] for words, _ in FIELDS], order, [style] * len(FIELDS), "\n")
    text = "\n\n".join(one.replace("330100240001", f"33010024000{n}").replace("清淤", f"清淤{n}") for n in range(times))
    forms = parse_forms(text, "a.txt")
    assert [form.id for form in forms] == [f"33010024000{n}" for n in range(times)]
    for n, form in enumerate(forms):
        assert content(form)[1:2] == (f"河道清淤{n}",)
        assert form.basis is not None
        assert f"清淤{n}：" in form.basis.text
        assert len(form.totals) == 2


CELLS = st.text(alphabet=st.sampled_from('\t\n\r" ：:甲1×<>项目名称'), max_size=60)


@given(CELLS)
def test_cells_are_ranges_of_any_text_in_its_order(text: str) -> None:
    at = 0
    for row in lay_out(text):
        for cell in row.cells:
            assert at <= cell.start < cell.end <= len(text)
            assert cell.of(text).strip(" \t\r\n\u3000") == cell.of(text)
            at = cell.end


@given(CELLS)
def test_no_sign_is_lost_between_the_cells(text: str) -> None:
    kept = "".join(cell.of(text) for row in lay_out(text) for cell in row.cells)
    assert [c for c in kept if c in "甲1×<>项目名称"] == [c for c in text if c in "甲1×<>项目名称"]


@given(st.text(alphabet=st.sampled_from('\t\n"：( )1,.万元项目名称总金额资金计算依据一、甲'), max_size=80))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for form in parse_forms(text, "a.txt"):
        assert form.basis is None or form.basis.text in text
        assert all(narrative.source.text in text for narrative in form.narratives)
