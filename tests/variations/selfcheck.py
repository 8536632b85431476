"""The generator checks itself: every truth again, from the digits in the text.

The figures are read back from the rendered text by a reader of their own (a dozen lines, no
calcverify), every relation is recomputed from them, and every fault must change what it
says it changes. A problem is a sentence; no problem is an empty list.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterator, Mapping
from fractions import Fraction

from .faults import Fault
from .judge import twin_of
from .model import Case, Draft, Expr, Figure, Num, Op, Signed, scale_of
from .numerals import CAPITAL, LOWER
from .render import Rendered, render

MODERN = str.maketrans("萬億圆拾佰仟" + CAPITAL, "万亿元十百千" + LOWER)
JOIN = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
NUMBER = re.compile(r"[\d.]+|[零一二三四五六七八九十百千万亿点]+")


def chinese_value(words: str) -> Fraction:
    """一万零三十 → 10030. A number below 10^16 in lower numerals."""
    whole, _, decimals = words.partition("点")
    total = section = digit = 0
    for char in whole:
        if char in LOWER:
            digit = LOWER.index(char)
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        elif char == "万":
            total += (section + digit) * 10**4
            section = digit = 0
        else:
            total = (total + section + digit) * 10**8
            section = digit = 0
    value = Fraction(total + section + digit)
    for power, char in enumerate(decimals, start=1):
        value += Fraction(LOWER.index(char), 10**power)
    return value


def read_back(text: str, figure: Figure) -> Fraction | None:
    """The value that a figure's own text says."""
    if figure.script == "third":
        return figure.value
    plain = unicodedata.normalize("NFKC", text).translate(MODERN)
    plain = re.sub(r"[,\s]", "", plain)
    match = NUMBER.match(plain)
    if match is None:
        return None
    digits, unit = match.group(), plain[match.end() :]
    if figure.script in ("chinese", "capital"):
        return chinese_value(digits) * (scale_of(unit) if figure.role == "share" else 1)
    return Fraction(digits) * scale_of(figure.unit if figure.headed else unit)


def again(expr: Expr, numbers: Mapping[int, Fraction], signs: Mapping[int, bool]) -> Fraction | None:
    """The value of ``expr`` from numbers that were read back; ``None`` where one is not in the text."""
    if isinstance(expr, Num):
        return expr.value
    if isinstance(expr, Figure):
        return numbers.get(expr.key)
    if isinstance(expr, Signed):
        value = again(expr.arg, numbers, signs)
        return None if value is None else value * (1 if signs.get(expr.mark, True) else -1)
    assert isinstance(expr, Op)
    values = [again(arg, numbers, signs) for arg in expr.args]
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return None
    result = known[0]
    for value in known[1:]:
        result = JOIN[expr.sign](result, value)
    return result


def numbers_of(rendered: Rendered) -> dict[int, Fraction | None]:
    """Every figure's value, read back from the text at its slot."""
    return {
        slot.key: read_back(slot.text, rendered.figures[slot.key])
        for slot in rendered.slots
        if slot.key in rendered.figures
    }


def figures_agree(draft: Draft) -> Iterator[str]:
    """The figures whose text does not say their value."""
    rendered = render(draft)
    for key, value in numbers_of(rendered).items():
        if value != rendered.figures[key].value:
            yield f"{draft.style}: {rendered.figures[key]} reads back as {value}"


def case_problems(case: Case) -> Iterator[str]:
    """What is wrong with a consistent case."""
    yield from figures_agree(case.draft)
    rendered = render(case.draft)
    numbers = {key: value for key, value in numbers_of(rendered).items() if value is not None}
    exact = {again(r.expr, numbers, rendered.signs) for r in case.draft.relations}
    for claim in case.claims:
        if claim.verdict not in ("exact", "rounded", "carry", "approximate"):
            yield f"{case.style}: {claim} in a consistent text"
        if claim.computed not in exact and claim.verdict != "rounded":
            yield f"{case.style}: {claim.computed} is computed by no relation of {case.basis}"
        if claim.stated not in numbers.values():
            yield f"{case.style}: {claim.stated} is not in {case.basis}"
        if (claim.verdict == "exact") != (claim.computed == claim.stated):
            yield f"{case.style}: {claim} is not {claim.verdict}"
        if abs(claim.computed - claim.stated) * 20 > abs(claim.stated):
            yield f"{case.style}: {claim} is more than 5% off"
    if case.status == "fail":
        yield f"{case.style}: a consistent case fails"


def fault_problems(fault: Fault) -> Iterator[str]:
    """What is wrong with a fault."""
    draft = fault.draft
    yield from figures_agree(draft)
    if (fault.basis, fault.total) == (fault.case.basis, fault.case.total):
        yield f"{fault.name}: the text did not change"
    rendered = render(draft)
    numbers = {key: value for key, value in numbers_of(rendered).items() if value is not None}
    off = []
    for relation in draft.relations:
        if relation.stated not in numbers:
            continue
        computed = again(relation.expr, numbers, rendered.signs)
        place = rendered.figures[relation.stated].place
        if computed is None or abs(computed - numbers[relation.stated]) > place / 2:
            off.append(relation)
    if fault.becomes == "twin" and not twin_of(draft, rendered):
        yield f"twin: no other way to take {fault.basis} makes it right"
    if fault.becomes in ("mismatch", "question", "either", "hollow", "months") and not off:
        yield f"{fault.name} {fault.becomes}: every relation still holds in {fault.basis}"
    if fault.becomes == "mismatch" and all(r.soft == "composed" for r in off):
        yield f"{fault.name}: only composed readings miss, yet it says mismatch: {fault.basis}"
