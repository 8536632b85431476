"""The entries of a file, but for expense standards: documents, factors, schemes, formulas.

Each function takes the entry as TOML gives it and returns values, or raises a
:class:`Flaw`. An example is computed here: an entry whose example fails is not loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from calcverify.exact.units import Unit, show
from calcverify.standards import fields
from calcverify.standards.explain import sums_of
from calcverify.standards.expression import names_in, parse, unit_of, value_of
from calcverify.standards.faults import Fault, Flaw
from calcverify.standards.fields import Entry, UnitNamed, check_keys, number, text, typed
from calcverify.standards.model import Document, Example, Factor, Formula, Parameter, Period
from calcverify.standards.printing import plain

# The sums over a scheme are tried one by one, so their number must stay small.
MOST_RATES = 40
MOST_PAYERS = 4


class Context(NamedTuple):
    """What the entries of one file may refer to: its documents by number, the unit words."""

    documents: Mapping[str, Document]
    unit_named: UnitNamed

    def document(self, entry: Entry) -> Document:
        """The document that the entry names by its number."""
        cited = text(entry, "document")
        if cited not in self.documents:
            raise Flaw(Fault.UNKNOWN_DOCUMENT, number=cited)
        return self.documents[cited]

    def unit(self, entry: Entry, key: str) -> tuple[str, Unit]:
        """A unit as written and as powers."""
        return fields.unit(entry, key, self.unit_named)


def read_document(entry: Entry) -> Document:
    """One ``[[document]]``: number, title, issuer, date, and whom it binds."""
    check_keys(entry, "number title issuer date", "scope")
    return Document(
        text(entry, "number"),
        text(entry, "title"),
        text(entry, "issuer"),
        fields.day(entry, "date"),
        text(entry, "scope", ""),
    )


def read_factor(entry: Entry, context: Context) -> tuple[Factor, ...]:
    """One ``[[factor]]``: a fact of the calendar, or a factor that a document sets."""
    calendar = "calendar" in entry and typed(entry, "calendar", bool)
    check_keys(entry, "name name_en value" if calendar else "name name_en value document since", "calendar until note")
    low, high = ends(entry, "value")
    return (
        Factor(
            text(entry, "name"),
            text(entry, "name_en"),
            low,
            high,
            document=None if calendar else context.document(entry),
            period=None if calendar else fields.period(entry),
            note=text(entry, "note", ""),
        ),
    )


def ends(entry: Entry, key: str) -> tuple[Fraction, Fraction]:
    """A value, or the two ends of a range written as a list of two."""
    if not isinstance(entry[key], list):
        value = number(entry, key)
        return value, value
    pair = typed(entry, key, list)
    if len(pair) != 2:
        raise Flaw(Fault.BAD_NUMBER, key=key, text=str(pair)[:40])
    low, high = (number({key: end}, key) for end in pair)
    if low > high:
        raise Flaw(Fault.LIMITS_REVERSED, low=plain(low), high=plain(high))
    return low, high


def read_scheme(entry: Entry, context: Context) -> tuple[Factor, ...]:
    """One ``[[scheme]]``: contribution rates that add up, one ``[[scheme.rate]]`` each."""
    check_keys(entry, "name name_en rate example", "note")
    name, name_en, note = text(entry, "name"), text(entry, "name_en"), text(entry, "note", "")
    rates = fields.entries(entry, "rate")
    if len(rates) > MOST_RATES:
        raise Flaw(Fault.TOO_MANY_RATES, limit=MOST_RATES)
    factors = tuple(read_rate(rate, name, name_en, note, context) for rate in rates)
    if len({f.payer for f in factors}) > MOST_PAYERS:
        raise Flaw(Fault.TOO_MANY_PAYERS, limit=MOST_PAYERS)
    example = typed(entry, "example", dict)
    check_keys(example, "year factor")
    year, factor = typed(example, "year", int), number(example, "factor")
    singles = [f for f in factors if f.covers(year) and f.low <= factor <= f.high]
    if not singles and not any(low <= factor <= high for _, low, high in sums_of(factors, year)):
        raise Flaw(Fault.EXAMPLE_UNEXPLAINED, factor=example["factor"], year=year)
    return factors


def read_rate(entry: Entry, scheme: str, scheme_en: str, note: str, context: Context) -> Factor:
    """One rate of a scheme: who pays, how much, by which document."""
    check_keys(entry, "payer payer_en value document since", "kind until note")
    payer, kind = text(entry, "payer"), text(entry, "kind", "")
    low, high = ends(entry, "value")
    return Factor(
        " ".join(word for word in (scheme, payer, kind) if word),
        f"{scheme_en}, {text(entry, 'payer_en')}",
        low,
        high,
        document=context.document(entry),
        period=fields.period(entry),
        scheme=scheme,
        scheme_en=scheme_en,
        payer=payer,
        payer_en=text(entry, "payer_en"),
        kind=kind,
        note=text(entry, "note", note),
    )


def read_formula(entry: Entry, context: Context) -> tuple[Formula, ...]:
    """One ``[[formula]]``: parameters with units, an expression, a result, an example."""
    check_keys(entry, "name name_en parameters expression result document since example", "until note")
    parameters = read_parameters(typed(entry, "parameters", dict), context)
    expression = parse(text(entry, "expression"))
    used, listed = names_in(expression), [p.name for p in parameters]
    for name in used:
        if name not in listed:
            raise Flaw(Fault.UNKNOWN_PARAMETER, name=name)
    for name in listed:
        if name not in used:
            raise Flaw(Fault.UNUSED_PARAMETER, name=name)
    unit_text, unit = context.unit(entry, "result")
    computed = unit_of(expression, {p.name: p.unit for p in parameters})
    if computed != unit:
        raise Flaw(Fault.WRONG_RESULT, unit=show(computed) or "1", result=unit_text or "1")
    example = read_example(typed(entry, "example", dict), listed)
    try:
        gives = value_of(expression, dict(example.given))
    except ZeroDivisionError:
        raise Flaw(Fault.DIVIDES_BY_ZERO) from None
    check_result(gives, example.gives)
    name, name_en, document, period = heading(entry, context)
    note = text(entry, "note", "")
    return (Formula(name, name_en, parameters, expression, unit_text, unit, document, period, example, note),)


def heading(entry: Entry, context: Context) -> tuple[str, str, Document, Period]:
    """What every rule has: its names, its document and its dates of effect."""
    return text(entry, "name"), text(entry, "name_en"), context.document(entry), fields.period(entry)


def read_parameters(entry: Entry, context: Context) -> tuple[Parameter, ...]:
    """The parameters of a formula, each with its unit."""
    found = []
    for name in entry:
        text({"parameters": name}, "parameters")
        found.append(Parameter(name, *context.unit(entry, name)))
    return tuple(found)


def read_example(entry: Entry, wanted: list[str]) -> Example:
    """An example: a number for each of ``wanted``, and ``gives``."""
    given = [key for key in entry if key != "gives"]
    if set(given) != set(wanted):
        raise Flaw(Fault.EXAMPLE_NAMES, wanted="、".join(wanted), given="、".join(given))
    if "gives" not in entry:
        raise Flaw(Fault.MISSING_KEY, key="gives")
    values = tuple((key, number(entry, key, positive=False)) for key in given)
    return Example(values, number(entry, "gives", positive=False))


def check_result(computed: Fraction, stated: Fraction) -> None:
    """An example must compute to the last digit."""
    if computed != stated:
        raise Flaw(Fault.EXAMPLE_DIFFERS, computed=plain(computed), stated=plain(stated))
