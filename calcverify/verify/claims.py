"""From statements to claims: the values that a report shows."""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.basis.bare import with_money
from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.tokens import Figure
from calcverify.basis.work import Entry, Statement, Work
from calcverify.exact.rational import integer
from calcverify.exact.units import power_of, show
from calcverify.exact.verdict import Verdict
from calcverify.forms.model import StatedTotal
from calcverify.source import Span
from calcverify.verify.model import Amount, Bilingual, Claim, Operand, Stated
from calcverify.verify.total import Reach

new = tuple.__new__  # a NamedTuple's own constructor takes twice as long
SCALE_WORDS = {10**8: "亿元", 10**7: "千万元", 10**6: "百万元", 10**4: "万元", 1000: "千元", 100: "百元", 1: "元"}


def where(statement: Statement) -> tuple[int, int]:
    """Sort key: where the stated figure stands, then where the computation begins."""
    first = min([leaf.span.start for leaf in leaves(statement.node)], default=0)
    return (statement.stated.start if statement.stated is not None else first, first)


def reach_of(spans: list[Span]) -> Span:
    """From the first of some figures to the last."""
    return new(Span, (min([span.start for span in spans]), max([span.end for span in spans])))


def claim_of(work: Work, s: Statement) -> Claim:
    """One statement as a claim."""
    spans = [leaf.span for leaf in leaves(s.node)]
    figure, unit = s.stated, s.unit
    first, last = reach_of(spans)
    if figure is not None:
        first, last = min(first, figure.start), max(last, figure.end)
    factor = None
    if figure is not None and s.verdict is Verdict.QUERY and s.computed != 0:
        factor = figure.value / s.computed
    fields = (
        s.kind,
        new(Span, (first, last)),
        work.text[first:last],
        with_money(s.node) if unit.startswith("元") else s.node,
        new(Amount, (s.computed, unit)),
        None if figure is None else stated_of(work, figure, unit),
        s.verdict,
        operands(work, spans),
        tuple([assumption(*note) for note in s.notes]) if s.notes else (),
        factor,
    )
    return new(Claim, fields)


def stated_of(work: Work, figure: Figure, unit: str) -> Stated:
    """The figure of the text that a claim is compared with."""
    start, end = figure.start, figure.end
    scale = figure.scale if figure.scale in SCALE_WORDS and unit == "元" else 1
    word = SCALE_WORDS[scale] if unit == "元" else unit
    text, span = work.text[start:end], new(Span, (start, end))
    return new(Stated, (figure.value, unit, text, span, figure.place, figure.hedged, word, integer(scale)))


def operands(work: Work, spans: list[Span]) -> tuple[Operand, ...]:
    """The figures that went in, as written."""
    text = work.text
    written = dict.fromkeys(spans)
    return tuple([new(Operand, (text[span.start : span.end], span)) for span in written if span.end > span.start])


def total_claim(work: Work, found: Reach) -> Claim:
    """The form's total as a claim."""
    total: StatedTotal = found.total
    spans = [leaf.span for leaf in leaves(found.node)]
    first, last = reach_of(spans)
    scale = next((v for v, w in SCALE_WORDS.items() if w == total.unit), 1)
    factor = total.yuan / found.value if found.verdict is Verdict.QUERY and found.value else None
    return Claim(
        kind="total",
        span=Span(first, last),
        text=work.text[first:last],
        node=with_money(found.node),
        computed=Amount(found.value, "元"),
        stated=Stated(total.yuan, "元", total.text, None, total.place, total.hedged, total.unit, integer(scale)),
        verdict=found.verdict,
        operands=operands(work, spans),
        factor=factor,
        assumptions=tuple(bare_scales(work, found)),
    )


def unstated_claim(work: Work, entry: Entry) -> Claim:
    """An expression whose result nobody states: computed only."""
    spans = [leaf.span for leaf in leaves(entry.node)]
    first, last = reach_of(spans)
    value = evaluate(entry.node)
    unit = show(value.unit) if value is not None else ""
    if value is not None and power_of(value.unit, "元") == 1:
        unit = show(tuple((n, p) for n, p in value.unit if p < 0 or n == "元"))  # 3次×20人×100元 is money
    return Claim(
        kind="equation",
        span=Span(first, last),
        text=work.text[first:last],
        node=entry.node,
        computed=Amount(entry.value, unit),
        stated=None,
        verdict=None,
        operands=operands(work, spans),
    )


def bare_scales(work: Work, found: Reach) -> Iterator[Bilingual]:
    """46个村×3万: a bare scale is money because the total is."""
    for old, new in zip(leaves(found.node), leaves(with_money(found.node)), strict=True):
        if old.unit != new.unit:
            text = old.span.of(work.text)
            yield Bilingual(f"{text}按{text}元计", f"{text} is taken as {text}元")


def assumption(name: str, detail: str) -> Bilingual:
    """An assumption of a reading, worded."""
    if name == "months":
        year = "the months (terms, quarters) of the budget year"
        return Bilingual(f"按全年{detail}个月计", f"taken times {detail}, {year}")
    if name == "money":
        return Bilingual("未注单位的数按元计", "a number without a unit is taken as 元")
    if name == "scale":
        word = SCALE_WORDS.get(int(detail), detail)
        like = "numbers without a unit are taken in"
        return Bilingual(f"未注单位的数与结果同按{word}计", f"{like} {word}, like the result")
    if name == "converted":
        word = SCALE_WORDS.get(int(detail), detail)
        return Bilingual(f"除以{detail}视为换算成{word}", f"the division by {detail} only converts to {word}")
    if name == "stated-unit":
        word = SCALE_WORDS.get(int(detail), detail) if detail.isdigit() else detail
        return Bilingual(f"结果未注单位，按{word}计", f"the result has no unit and is taken in {word}")
    return Bilingual(detail, detail)
