"""Whether a form was read as it was written: every field, amount and row that the plan has."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calcverify.forms.model import Form

from .indicators import Indicator
from .plan import Plan, Source
from .sheet import VALUE
from .templates import mode_of, shows_basis

WITH_PROJECT_TOTAL = ("江苏", "上海", "山西", "陕西湖南")


def misreadings(plan: Plan, forms: Sequence[Form]) -> list[str]:
    """What a clean form does not hold, in words; empty where it was read as written."""
    if len(forms) != 1:
        return [f"{len(forms)} forms"]
    (form,) = forms
    wanted = [
        ("name", plan.name, form.name),
        ("code", plan.code, form.id),
        ("organisation", plan.facts.organisation, form.organisation),
        ("year", str(plan.facts.year), form.year[:4]),
        ("totals", totals(plan), {total.yuan for total in form.totals}),
        ("details", details(plan), [(row.name, row.full_year) for row in form.details]),
        ("indicators", [row.name for row in plan.indicators], [row.name for row in form.indicators]),
        ("values", [value(plan, row) for row in plan.indicators], [row.full_year for row in form.indicators]),
    ]
    if shows_basis(plan):
        basis = form.basis.text if form.basis is not None else ""
        texts = [row.basis for row in plan.lines] if plan.facts.tabular else [plan.basis or ""]
        wanted += [("basis", text, basis) for text in texts if not holds(basis, text, plan.facts.tabular)]
    wrong = [f"{what}: {given!r} for {put!r}" for what, put, given in wanted if put != given]
    given = {source.field: source.yuan for source in form.sources}
    lost = [source.label for source in sources(plan) if given.get(source.label) != source.yuan]
    return wrong + ([f"sources: {'、'.join(lost)}"] if lost else [])


def holds(basis: str, text: str, within: bool) -> bool:
    """Whether a basis was read as written, or holds a text of its table."""
    read, put = " ".join(basis.split()), " ".join(text.split())
    return put in read if within else put == read


def totals(plan: Plan) -> set[Fraction]:
    """The amounts that the template shows as totals."""
    shown = {plan.annual, plan.total} if plan.facts.template in WITH_PROJECT_TOTAL else {plan.annual}
    return {yuan for yuan in shown if yuan is not None}


def sources(plan: Plan) -> tuple[Source, ...]:
    """The sources that the form shows: the 项目文本 of 云南 has none."""
    return () if plan.facts.template == "云南" and mode_of(plan) == "lines" else plan.sources


def details(plan: Plan) -> list[tuple[str, str]]:
    """The rows of the detail table where the form has one."""
    if plan.facts.tabular:
        return [(row.name, plan.cost(row.yuan)) for row in plan.lines]
    has = plan.spec.detail_unit and not (plan.facts.template == "一体化" and mode_of(plan) == "excel")
    return [(row.name, plan.cost(row.full)) for row in plan.details] if has else []


def value(plan: Plan, row: Indicator) -> str:
    """The value of an indicator as it stands in its cell."""
    # 05-2 parts comparison, number and unit.
    found = None if shows_basis(plan) else VALUE.fullmatch(row.full)
    return found[2] if found else row.full
