"""What a notebook shows of a report, a project and a claim; the tables that an analyst takes on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pytest

from calcverify.api import check_file, check_text
from calcverify.errors import UsageError
from calcverify.report import frames, page
from calcverify.report.frames import FINDINGS, PROJECTS
from calcverify.report.mathml import latex, mathml
from calcverify.report.model import Report
from calcverify.verify.model import Claim
from tests.made import failing, passing, report
from tests.test_report_hostile import ATTACKS, IDS, filled
from tests.test_report_html import Page

EXAMPLE = Path(__file__).parent.parent / "examples" / "jiangyin-2022.txt"


def only_claim(basis: str) -> Claim:
    """The one claim of a basis."""
    (claim,) = check_text(basis).claims
    return claim


# Basis → its reading in MathML without tags, and in LaTeX.
TYPESET = [
    ("360册×85元/册=3.06万元", "360册×85元/册=3.06万元", r"360\,\text{册} \times 85\,\text{元/册} = 3.06\,\text{万元}"),
    ("36000元÷12=3000元", "36000元12=3000元", r"\frac{36000\,\text{元}}{12} = 3000\,\text{元}"),
    (
        "(8万元-5万元)×60%=1.8万元",
        "(8万元−5万元)×60%=1.8万元",
        r"\left(8\,\text{万元} - 5\,\text{万元}\right) \times 60\%",
    ),
]


@pytest.mark.parametrize(("basis", "text", "tex"), TYPESET)
def test_a_reading_is_typeset_with_its_numbers_as_they_were_read(basis: str, text: str, tex: str) -> None:
    claim = only_claim(basis)
    markup = Page(mathml(claim))
    assert markup.open == []
    assert markup.text == text
    assert latex(claim).startswith(tex)


def test_a_quotient_is_a_fraction() -> None:
    assert "<mfrac>" in mathml(only_claim("36000元÷12=3000元"))


def test_each_term_of_a_long_sum_is_a_formula_of_its_own() -> None:
    """A page cannot break a line inside a formula."""
    claim = check_text("甲1万元、乙2万元、丙3万元、丁4万元，合计10万元").claims[-1]
    pieces = re.findall("<math>.*?</math>", mathml(claim))
    assert [Page(p).text for p in pieces] == ["1万元", "+2万元", "+3万元", "+4万元", "=10万元"]
    assert all('<mo form="infix">' in piece for piece in pieces[1:])


def test_a_reading_of_very_many_figures_is_not_typeset() -> None:
    basis = "、".join(f"项{chr(0x4E00 + n)}{n}万元" for n in range(1, 80)) + "，合计3160万元"
    claim = check_text(basis).claims[-1]
    assert len(claim.operands) > 60
    assert mathml(claim) == latex(claim) == ""
    assert "text/latex" not in claim._repr_mimebundle_()


def test_a_claim_shows_its_reading_and_verdict() -> None:
    bundle = only_claim("360册×85元/册=3.6万元")._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == "360册 × 85元/册 = 3.06万元，填报 3.6万元，相差 0.54万元，✗ 不一致"
    assert "<math>" in bundle["text/html"]
    assert bundle["text/latex"].startswith(r"$\displaystyle 360")


def test_a_project_shows_its_basis_marked() -> None:
    bundle = failing()._repr_mimebundle_()
    assert 'class="stated v-mismatch' in bundle["text/html"]
    assert "360册 × 85元/册 = 3.06万元" in bundle["text/plain"]
    assert Page(bundle["text/html"]).open == []


def test_a_report_shows_a_table_and_each_project_to_unfold() -> None:
    bundle = report()._repr_mimebundle_()
    shown = Page(bundle["text/html"])
    assert shown.open == []
    assert len(shown.named("details")) == 4
    assert [attrs for attrs in shown.named("details") if "open" in attrs] == [{"open": None}]
    assert "notes.jsonl" in shown.text
    assert bundle["text/plain"].startswith("小结")


def test_ipython_shows_all_of_it_in_a_terminal_and_in_a_notebook() -> None:
    """As IPython itself asks: without a notebook there is the text, and not the whole tuple."""
    from IPython.core.formatters import DisplayFormatter
    from IPython.lib.pretty import pretty

    claim = only_claim("360册×85元/册=3.6万元")
    for shown, formats in (
        (claim, {"text/plain", "text/html", "text/latex"}),
        (failing(), {"text/plain", "text/html"}),
        (report(), {"text/plain", "text/html"}),
    ):
        data, _ = DisplayFormatter().format(shown)  # type: ignore[no-untyped-call]  # IPython has no types here
        assert set(data) == formats
        assert data["text/plain"] == shown._repr_mimebundle_()["text/plain"]
    listed = pretty([claim])  # type: ignore[no-untyped-call]  # nor here
    assert listed == "[360册 × 85元/册 = 3.06万元，填报 3.6万元，相差 0.54万元，✗ 不一致]"


def test_two_outputs_share_no_ids() -> None:
    one, other = (set(re.findall(r'id="([^"]+)"', p._repr_mimebundle_()["text/html"])) for p in (passing(), failing()))
    assert one
    assert other
    assert not one & other


def test_a_large_report_leaves_a_small_notebook() -> None:
    html = Report((passing(),) * 1000)._repr_mimebundle_()["text/html"]
    assert html.count("<details") == 20
    assert "另有 800 个项目" in html
    assert len(html) < 300_000


def test_without_jinja2_the_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    page.environment.cache_clear()
    try:
        assert set(failing()._repr_mimebundle_()) == set(report()._repr_mimebundle_()) == {"text/plain"}
        assert report()._repr_html_() is None
    finally:
        page.environment.cache_clear()


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
def test_nothing_of_a_form_becomes_markup(text: str) -> None:
    checked = filled(text)
    project = checked.projects[0]
    for shown in (checked, project, project.claims[0]):
        markup = Page(shown._repr_mimebundle_()["text/html"])
        assert markup.open == []
        assert not {"script", "img", "iframe", "object"} & {tag for tag, _ in markup.tags}


@pytest.mark.parametrize("of", ["projects", "findings"])
@pytest.mark.parametrize("made", [report(), Report(())], ids=["full", "empty"])
def test_tables_have_the_same_columns_for_every_report(of: str, made: Report) -> None:
    frame = made.to_frame(of)
    assert {n: str(t) for n, t in frame.dtypes.items()} == dict({"projects": PROJECTS, "findings": FINDINGS}[of])


def test_the_page_lists_every_column_with_its_dtype() -> None:
    rows = re.findall(r"^``(\w+)``\s+(string|Int64|boolean|float64)\s", frames.__doc__ or "", re.MULTILINE)
    assert rows == [*PROJECTS, *FINDINGS]


def test_a_row_is_a_project_and_exact_values_stand_beside_floats() -> None:
    frame = check_file(EXAMPLE).to_frame("projects").set_index("project")
    row = frame.loc["320281223230023000007"]
    assert (row["stated_total"], row["computed_total"], row["difference"]) == ("273450000", "309451340", "-36001340")
    assert (row["difference_float"], row["n_errors"]) == (-36001340.0, 2)
    assert row["department"]


def test_a_row_is_a_finding() -> None:
    frame = Report((failing(),)).to_frame("findings", lang="en")
    assert list(frame["code"]) == ["CV101", "CV110", "CV401", "CV104"]
    assert pd.isna(frame["claim"][2])
    start, end = frame["start"][0], frame["end"][0]
    assert failing().basis_text[start:end] == "3.6万元"
    assert frame["claim"][0] == 1


def test_no_other_table() -> None:
    with pytest.raises(UsageError, match="claims, projects, findings"):
        report().to_frame("departments")


def test_the_coloured_table_shows_every_claim_and_escapes() -> None:
    html = report().style().to_html()
    assert "✗ 不一致" in html
    assert "background-color: #fde5dc" in html
    assert "<script" not in filled("<script>alert(1)</script>").style("en").to_html()
