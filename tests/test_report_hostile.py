"""Whatever stands in a form, no report carries it out as anything but text."""

from __future__ import annotations

import json
import unicodedata
from fractions import Fraction
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.basis.nodes import Leaf
from calcverify.errors import InputProblem
from calcverify.report.formats import FORMATS, format_named, rendered
from calcverify.report.frame import to_frame
from calcverify.report.model import Project, Report
from calcverify.source import Locator, Source, Span
from calcverify.verify.model import Aside, Bilingual, Finding, Severity
from tests.made import failing, leaf, times

PEOPLE = ("text", "table")


def filled(text: str) -> Report:
    """A report in which every string that a document can reach is ``text`` (the short ones its beginning)."""
    base = failing()
    basis, text = text, text[:5000]
    source = Source(basis, text, Locator(sheet=text, cell=text))
    both = Bilingual(text, text)
    whole = Span(0, len(basis))
    assert base.claims[1].stated is not None
    claim = base.claims[1]._replace(
        text=text,
        span=whole,
        node=times(leaf("3", ((text, 1),)), Leaf(whole, Fraction(2), ((text, -1),), Fraction(1))),
        stated=base.claims[1].stated._replace(text=text, span=whole, scale=text, unit=text),
        assumptions=(both,),
    )
    findings = tuple(
        Finding("CV101", Severity.ERROR, both, at, field, whole, Locator(sheet=text), (both,))
        for at, field in ((0, base.form.basis_field), (None, text), (7, None), (0, "项目总目标"))
    )
    form = base.form._replace(
        id=text,
        name=text,
        source_name=text,
        locator=Locator(sheet=text),
        basis=source,
        organisation=text,
        department=text,
        year=text,
        totals=(base.form.totals[0]._replace(text=text, unit=text, field=text),),
        narratives=(base.form.narratives[0]._replace(source=source),),
    )
    aside = (Aside(text, whole, text),) * 20
    project = Project(form, base.status, base.computed_total, base.coverage, (claim,), findings, aside, aside)
    problem = InputProblem(text, text, text, text, "CV901")
    return Report((project,), (problem,), (problem,))


ATTACKS = [
    "\x1b[2J\x1b[31m\x1b]8;;http://example.org\x07",
    "[red]x[/red] {name} %s {0}",
    "\u202e元万001\u2066\u200f",
    "\x00\x07\x08\x9b31m\r\n\v\f",
    "<script>alert(1)</script>&amp;",
    "=1+1|cmd",
    "\ud800\udfff",
    "e" + "\u0301" * 500,
    "字" * 100_000,
    "\u202e\x1b" * 5_000,
    "9" * 100_000,
    "",
]
IDS = [f"attack{n}" for n in range(len(ATTACKS))]


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
@pytest.mark.parametrize("name", [form.name for form in FORMATS if not form.binary])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_renderer_lets_it_through(name: str, lang: str, text: str) -> None:
    begun = process_time()
    out = rendered(filled(text), format_named(name), lang)
    assert process_time() - begun < 2
    out.encode("utf-8")
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs") for c in out.replace("\n", ""))
    if name in PEOPLE:
        assert all(unicodedata.category(c)[0] != "M" for c in out)
        assert len(out) < 40_000


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
def test_json_gives_it_back(text: str) -> None:
    project = json.loads(rendered(filled(text), format_named("json")))["projects"][0]
    safe = text.encode("utf-8", "replace").decode().replace("?", "\ufffd") if "\ud800" in text else text
    assert project["basis"] == safe
    assert project["claims"][0]["span"] == [0, len(text)]


@pytest.mark.parametrize("text", ATTACKS, ids=IDS)
def test_a_frame_takes_it_and_shows_it_escaped(text: str) -> None:
    frame = to_frame(filled(text))
    assert len(frame) == 1
    html = filled(text)._repr_html_()
    assert html is not None
    assert "<script" not in html


@given(st.text(st.characters(), max_size=60), st.sampled_from(PEOPLE), st.sampled_from(["utf-8", "gbk", "ascii"]))
def test_any_text_is_shown_in_any_encoding(text: str, name: str, encoding: str) -> None:
    out = rendered(filled(text), format_named(name), encoding=encoding)
    assert out.encode(encoding).decode(encoding) == out
    assert all(unicodedata.category(c)[0] not in "CM" for c in out.replace("\n", ""))


def test_a_number_of_many_digits_is_shown_short_and_told_exactly() -> None:
    huge = Fraction(9999999) ** 14_000
    base = failing()
    assert base.claims[1].computed is not None
    claim = base.claims[1]._replace(computed=base.claims[1].computed._replace(value=huge))
    project = base._replace(claims=(claim,), computed_total=claim.computed, findings=())
    text = rendered(Report((project,)), format_named("text"))
    assert "×10^" in text
    assert max(map(len, text.splitlines())) < 300
    told = json.loads(rendered(Report((project,)), format_named("json")))["projects"][0]
    assert len(told["claims"][0]["computed"]["value"]) > 90_000
    assert to_frame(Report((project,)))["computed_float"][0] == float("inf")
