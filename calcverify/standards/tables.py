"""Expense standards: one sum with its conditions, or a table of them."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from calcverify.exact.units import Unit
from calcverify.standards import fields
from calcverify.standards.entries import Context, check_result, heading, read_example
from calcverify.standards.faults import Fault, Flaw
from calcverify.standards.fields import Entry, check_keys, number, text, texts, typed
from calcverify.standards.model import Example, Standard, Table
from calcverify.standards.printing import plain

# What a standard may depend on: where, whose rank, which class of the expense (一类会议),
# which months.
CONDITIONS = "place grade kind season"

# The sums of money that the lexicon knows; a standard is so much money per something.
MONEY = ("money", "currency")


def read_standard(entry: Entry, context: Context) -> tuple[Standard, ...]:
    """One ``[[standard]]``: a ceiling or a fixed sum for one expense."""
    check_keys(
        entry,
        "name name_en item unit document since example",
        f"amount at_most at_least keywords until note {CONDITIONS}",
    )
    name, name_en, document, period = heading(entry, context)
    at_most, at_least, fixed = limits(entry)
    unit_text, unit = money_unit(entry, context)
    example = per_unit_example(typed(entry, "example", dict), unit, at_most, context)
    return (
        Standard(
            name,
            name_en,
            text(entry, "item"),
            texts(entry, "keywords"),
            at_most,
            at_least,
            fixed,
            unit_text,
            unit,
            conditions(entry),
            document,
            period,
            example,
            note=text(entry, "note", ""),
        ),
    )


def limits(entry: Entry) -> tuple[Fraction, Fraction | None, bool]:
    """The highest sum, the lowest where the rule gives one, and whether it is fixed."""
    fixed = "amount" in entry
    if fixed == ("at_most" in entry) or (fixed and "at_least" in entry):
        raise Flaw(Fault.LIMIT_CHOICE)
    at_most = number(entry, "amount" if fixed else "at_most")
    at_least = number(entry, "at_least") if "at_least" in entry else None
    if at_least is not None and at_least > at_most:
        raise Flaw(Fault.LIMITS_REVERSED, low=plain(at_least), high=plain(at_most))
    return at_most, at_least, fixed


def money_unit(entry: Entry, context: Context) -> tuple[str, Unit]:
    """The unit of a standard: money to the power one, over whatever it is paid for."""
    written, unit = context.unit(entry, "unit")
    over = [name for name, power in unit if power > 0]
    found = context.unit_named(over[0]) if len(over) == 1 else None
    if found is None or found.kind not in MONEY or (over[0], 1) not in unit:
        raise Flaw(Fault.NOT_MONEY, unit=written)
    return written, unit


def conditions(entry: Entry) -> tuple[tuple[str, str], ...]:
    """The conditions that the entry names, in their fixed order."""
    return tuple((key, text(entry, key)) for key in CONDITIONS.split() if key in entry)


def per_unit_example(entry: Entry, unit: Unit, sum_of_money: Fraction, context: Context) -> Example:
    """An example like ``{人 = 80, 天 = 2, gives = 88000}``: the sum times what it is paid for.

    The words are the unit's own, under any spelling that the lexicon knows.
    """
    spelt = {}
    for word in entry:
        known = None if word == "gives" else context.unit_named(word)
        spelt[known.name if known else word] = entry[word]
    example = read_example(spelt, [name for name, power in unit if power < 0])
    check_result(sum_of_money * prod((value for _, value in example.given), start=Fraction(1)), example.gives)
    return example


def read_table(entry: Entry, context: Context) -> Table:
    """One ``[[table]]``: rows by place, columns by another condition; the rows may be none."""
    check_keys(
        entry,
        "name name_en item limit unit document since rows",
        "columns keywords until note example",
    )
    name, name_en, document, period = heading(entry, context)
    fixed = is_fixed(entry)
    unit_text, unit = money_unit(entry, context)
    item, keywords, note = text(entry, "item"), texts(entry, "keywords"), text(entry, "note", "")
    cells = []
    for place, sum_of_money in read_rows(entry):
        words = [value for _, value in place]
        cells.append(
            Standard(
                " ".join([name, *words]),
                ", ".join([name_en, *words]),
                item,
                keywords,
                sum_of_money,
                None,
                fixed,
                unit_text,
                unit,
                place,
                document,
                period,
                table=name,
                note=note,
            )
        )
    if cells:
        check_cell(entry, cells, context)
    return Table(name, name_en, item, unit_text, document, period, tuple(cells), note)


def is_fixed(entry: Entry) -> bool:
    """Whether ``limit`` says ``amount`` (a fixed sum) or ``at_most`` (a ceiling)."""
    limit = text(entry, "limit")
    if limit not in ("amount", "at_most"):
        raise fields.unknown(limit, ["amount", "at_most"])
    return limit == "amount"


def read_rows(entry: Entry) -> list[tuple[tuple[tuple[str, str], ...], Fraction]]:
    """The conditions and the sum of every cell, row by row."""
    columns = typed(entry, "columns", dict) if "columns" in entry else {}
    if len(columns) > 1:
        raise Flaw(Fault.WRONG_TYPE, key="columns", zh="一个条件及其各项", en="one condition with its values")
    check_keys(columns, "", CONDITIONS)
    across = next(iter(columns), "")
    heads = texts(columns, across) if across else ("",)
    found, seen = [], set()
    for place, row in enumerate(fields.entries(entry, "rows"), start=1):
        check_keys(row, "values", " ".join(key for key in CONDITIONS.split() if key != across))
        where = conditions(row)
        if not where:
            raise Flaw(Fault.ROW_CONDITION, row=place)
        if where in seen:
            raise Flaw(Fault.REPEATED_ROW, row=place)
        seen.add(where)
        values = typed(row, "values", list)
        if len(values) != len(heads):
            raise Flaw(Fault.ROW_WIDTH, row=place, found=len(values), wanted=len(heads))
        for head, value in zip(heads, values, strict=True):
            named = dict(where) | ({across: head} if across else {})
            found.append((conditions(named), number({"values": value}, "values")))
    return found


def check_cell(entry: Entry, cells: list[Standard], context: Context) -> None:
    """The example of a table names one cell by its conditions and computes with it."""
    if "example" not in entry:
        raise Flaw(Fault.MISSING_KEY, key="example")
    example = typed(entry, "example", dict)
    wanted = conditions(example)
    found = [cell for cell in cells if cell.conditions == wanted]
    if not found:
        raise Flaw(Fault.NO_SUCH_CELL)
    rest = {key: value for key, value in example.items() if key not in CONDITIONS.split()}
    per_unit_example(rest, found[0].unit, found[0].at_most, context)
