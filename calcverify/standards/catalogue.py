"""The list of what is shipped, as Markdown, for docs/standards.md.

``python -m calcverify.standards.catalogue docs/standards.md`` writes the list anew between
the two marker lines of the page; a test fails while the page and the files disagree.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from calcverify.standards.explain import amount
from calcverify.standards.loader import Rule, load_formulas
from calcverify.standards.model import Document, Factor, Formula, Formulas, Standard, Table
from calcverify.standards.printing import plain

BEGIN = "<!-- shipped: written by python -m calcverify.standards.catalogue -->"
END = "<!-- shipped: end -->"


def render(formulas: Formulas) -> str:
    """Everything in ``formulas``, kind by kind, each with its document and dates."""
    single = [s for s in formulas.standards if not s.table]
    parts = [
        section("Documents", "Number | Title | Issuer | Date | Binds", map(document_row, documents(formulas))),
        section(
            "Contribution rates",
            "Scheme | Payer | Rate | In effect | Document",
            (rate_row(f) for f in formulas.factors if f.scheme),
        ),
        section("Other factors", "Name | Factor", (factor_row(f) for f in formulas.factors if not f.scheme)),
        section("Expense standards", "Name | Sum | In effect | Document", map(standard_row, single)),
        section("Tables", "Name | Item | Values | In effect | Document", map(table_row, formulas.tables)),
        section("Formulas", "Name | Expression | In effect | Document", map(formula_row, formulas.formulas)),
    ]
    return "\n\n".join(parts)


def section(title: str, head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A heading and a Markdown table."""
    lines = [" | ".join(cell.replace("|", r"\|") for cell in row) for row in rows]
    rule = " | ".join("---" for _ in head.split(" | "))
    return "\n".join([f"### {title}", "", *(f"| {line} |" for line in [head, rule, *lines])])


def documents(formulas: Formulas) -> tuple[Document, ...]:
    """Every document that an entry rests on, each once, in the order of first use."""
    rules: tuple[Rule, ...] = (*formulas.factors, *formulas.standards, *formulas.tables, *formulas.formulas)
    return tuple(dict.fromkeys(rule.document for rule in rules if rule.document is not None))


def document_row(found: Document) -> tuple[str, ...]:
    """A document."""
    return found.number, found.title, found.issuer, str(found.date), found.scope


def rate_row(rate: Factor) -> tuple[str, ...]:
    """A rate of a scheme."""
    payer = f"{rate.payer}（{rate.kind}）" if rate.kind else rate.payer
    return rate.scheme, payer, amount(rate, True), *source(rate)


def factor_row(factor: Factor) -> tuple[str, ...]:
    """A factor that belongs to no scheme."""
    return factor.name, amount(factor, False)


def standard_row(standard: Standard) -> tuple[str, ...]:
    """A single standard."""
    low = f"{plain(standard.at_least)}—" if standard.at_least is not None else ""
    words = "" if standard.fixed else "≤ " * (not low)
    return standard.name, f"{words}{low}{plain(standard.at_most)} {standard.unit_text}", *source(standard)


def table_row(table: Table) -> tuple[str, ...]:
    """A table, with how many values it holds."""
    return table.name, table.item, f"{len(table.standards)} × {table.unit_text}", *source(table)


def formula_row(formula: Formula) -> tuple[str, ...]:
    """A formula with its result's unit."""
    return formula.name, f"{formula.expression.text}（{formula.unit_text}）", *source(formula)


def source(rule: Rule) -> tuple[str, str]:
    """Dates of effect and document number of a rule."""
    return (rule.period.say("zh") if rule.period else "", rule.document.number if rule.document else "")


def rewritten(page: str, formulas: Formulas) -> str:
    """The page with the list between its marker lines written anew."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{render(formulas)}\n\n{END}{after}"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(rewritten(path.read_text(encoding="utf-8"), load_formulas()), encoding="utf-8")
