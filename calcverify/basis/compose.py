"""Prose arithmetic: a rate, the counts that cancel it, and the figure it leads to.

``护理员12名，每人每月1023元，1至12月，约14.8万元`` says 12人 × 1023元/人·月 × 12月. A reading is put together
from the words alone; the figure it leads to only confirms it or asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import evaluate, leaves
from calcverify.basis.interpret import target_of
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.rounding import MODES
from calcverify.exact.units import Unit, power_of, show
from calcverify.exact.verdict import Shape, Verdict, judge
from calcverify.source import Span

RATIOS = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half"})
FULL_YEAR = {"月": 12, "季": 4, "学期": 2, "天": 365}
HALF_YEAR = {"月": 6, "季": 2, "学期": 1}
PRICE = re.compile("单价|标价|原价|定价|售价|票价|均价|每本价|报价|市场价|协议价")
LEADS = frozenset({"sum", "equals", "result", "hedge", "allyear", "request", "bear", "halfyear"})


class Term(NamedTuple):
    """A rate with the counts found for it: its tree, tokens, and what is missing."""

    node: Node
    tokens: tuple[int, ...]
    missing: tuple[str, ...]
    rate: int


def read_products(work: Work) -> list[Statement]:
    """Add the composed statements; return those that miss and may yet be sums."""
    reader = Reader(work)
    if not reader.rates and not any(reader.is_count(f) or f.kind in RATIOS for _, f in reader.free) and not any(
        t.kind is Kind.CUE and "doubling" in t.data for t in work.tokens
    ):
        return []
    return reader.run()


class Reader:
    """Composes the products of one text."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.free = [(i, f) for i, f in work.figures() if i not in work.used]
        self.rates = [i for i, f in self.free if self.is_rate(i, f)]
        self.factors = [i for i, f in self.free if f.kind in RATIOS and not f.money]
        self.taken: set[int] = set()
        self.unsure: list[Statement] = []

    def is_rate(self, i: int, figure: Figure) -> bool:
        """Money per something; not a ceiling, not last year's."""
        if figure.money != 1 or figure.bound:
            return False
        if len(figure.unit) > 1:
            return all(p < 0 for n, p in figure.unit if n != "元")
        return self.loose_rate(i, figure)

    def loose_rate(self, i: int, figure: Figure) -> bool:
        """单价45元, 标价600元: the word says that it is a rate, the text leaves out of what."""
        return (
            "rate" in figure.roles and not figure.roles & {"previous", "sum", "upto", "grow"} and figure.place <= 1
            and PRICE.search(self.work.label(i)) is not None
        )

    def run(self) -> list[Statement]:
        """Every result figure in turn, then the rates that no figure followed."""
        self.cover: dict[int, Term] = {}
        work = self.work
        results = [i for i, f in self.free if self.is_result(i, f)]
        previous = -1
        for token in results:
            terms = self.terms_before(token, previous)
            if not terms:
                terms = self.terms_after(token, results)
            if terms:
                self.settle(token, terms)
            elif results_wanted(work, token):
                self.settle_amount(token)
            previous = token
        self.derived_rates()
        for rate in self.rates:
            if rate not in self.taken:
                self.leave_unstated(rate)
        return self.unsure

    def derived_rates(self) -> None:
        """每生每天3元，全年200天，每生全年600元: a rate that another one gives; confirmed or nothing."""
        work = self.work
        for rate in self.rates:
            figure: Figure = work.tokens[rate].data
            for other in self.rates:
                base: Figure = work.tokens[other].data
                if other >= rate or work.sentence[other] != work.sentence[rate]:
                    continue
                gone = [n for n, p in base.unit if p < 0 and (n, p) not in figure.unit]
                if len(gone) != 1 or any((n, p) not in base.unit for n, p in figure.unit if p < 0):
                    continue
                counts = [i for i, f in self.free if other < i < rate and power_of(f.unit, gone[0]) == 1 and self.is_count(f)]
                extra = [leaf_of(work.tokens[i].data) for i in counts[-1:]]
                if not extra and gone[0] in FULL_YEAR:
                    leaf = self.span_of_time(gone[0], other, rate)
                    extra = [leaf] if leaf is not None else []
                if not extra:
                    continue
                node: Node = Product((leaf_of(base), *extra), (True, True))
                value = evaluate(node)
                if value is not None and value.value == figure.value:
                    work.add(Statement(
                        "composed", node, value.value, show(own_unit(figure)), figure, Verdict.EXACT, Shape.COMPOSED,
                        (other, *counts[-1:]),
                    ))
                    for i in (other, *counts[-1:]):
                        work.used.setdefault(i, "operand")
                    self.taken.add(other)
                    break

    def is_result(self, i: int, figure: Figure) -> bool:
        """An amount of money that may be what a product gives."""
        return (
            figure.money == 1
            and not figure.is_rate
            and not (figure.bound and figure.high is None)
            and "previous" not in figure.roles
            and i not in self.rates
        )

    def near(self, a: int, b: int) -> bool:
        """Whether two tokens stand in one sentence, or in neighbouring ones of one item."""
        work = self.work
        if work.sentence[a] == work.sentence[b]:
            return True
        return work.path[a] == work.path[b] and abs(work.sentence[a] - work.sentence[b]) <= 2

    def terms_before(self, token: int, previous: int) -> list[Term]:
        """The rates between the last result and this one that have their counts."""
        found = []
        for rate in self.rates:
            if previous < rate < token and self.near(rate, token) and rate not in self.taken:
                term = self.term(rate, token)
                if term is not None:
                    found.append(term)
        found = one_rate_a_count(found)
        if found:
            return found
        # 每人500元，甲20人，1万元，乙30人，1.5万元: an earlier rate with a new count.
        counts = [i for i, f in self.free if previous < i < token and self.is_count(f)]
        earlier = [r for r in self.rates if r < token and self.work.sentence[r] == self.work.sentence[token]]
        if counts and earlier:
            term = self.term(earlier[-1], token, after=previous)
            if term is not None and any(c in term.tokens for c in counts):
                return [term]
        return []

    def terms_after(self, token: int, results: list[int]) -> list[Term]:
        """Result first: ``慰问金3万元：60户，每户500元``."""
        work = self.work
        colon = token + 1 < len(work.tokens) and work.tokens[token + 1].kind is Kind.COLON
        alone = all(work.sentence[r] != work.sentence[token] for r in results if r != token)
        following = [r for r in results if r > token]
        end = following[0] if following else len(self.work.tokens)
        found = []
        for rate in self.rates:
            if token < rate < end and work.sentence[rate] == work.sentence[token] and rate not in self.taken:
                if not (colon or alone or work.part[rate] == work.part[token]):
                    continue
                term = self.term(rate, end, after=token - 1)
                if term is not None:
                    found.append(term)
        return found

    def is_count(self, figure: Figure) -> bool:
        """A number of people, things or times: no money, not a share."""
        return (
            figure.money == 0
            and bool(figure.unit)
            and figure.kind not in RATIOS
            and not figure.bound
            and figure.unit[0][1] != 0
            and any(p > 0 for _, p in figure.unit)
        )

    def term(self, rate: int, until: int, after: int = -1) -> Term | None:
        """The rate of token ``rate`` with a count for each of its denominators."""
        figure: Figure = self.work.tokens[rate].data
        tokens = [rate]
        factors: list[Node] = [leaf_of(figure)]
        missing: list[str] = []
        wanted = [(n, -p) for n, p in figure.unit if p < 0]
        counted = False
        steps = 0
        while wanted and steps < 8:
            steps += 1
            unit, power = wanted.pop(0)
            found = self.count_for(unit, rate, until, tokens, after)
            if found is None:
                leaf = self.span_of_time(unit, rate, until)
                if leaf is not None:
                    factors.append(leaf)
                elif unit != "年":
                    missing.append(unit)
                continue
            i, count = found
            tokens.append(i)
            factors.append(leaf_of(count)._replace(unit=count.unit))
            counted = counted or unit not in FULL_YEAR
            for name, p in count.unit:
                if p < 0 and all(name != w for w, _ in wanted) and not self.cancelled(name, tokens[:-1]):
                    wanted.append((name, -p))
        loose = len(figure.unit) == 1
        if loose:
            nearest = self.any_count(rate, until)
            if nearest is None:
                return None
            tokens.append(nearest)
            factors.append(leaf_of(self.work.tokens[nearest].data))
            counted = True
        only_time = not loose and all(n in FULL_YEAR or n == "年" for n, p in figure.unit if p < 0)
        if any(m not in FULL_YEAR for m in missing) or (not counted and not only_time):
            return None
        if only_time and len(tokens) == 1 and len(factors) == 1:
            return None
        order = sorted(range(len(factors)), key=lambda k: factors[k].span)
        node: Node = Product(tuple(factors[k] for k in order), (True,) * len(factors))
        return Term(node, tuple(sorted(tokens)), tuple(missing), rate)

    def any_count(self, rate: int, until: int) -> int | None:
        """The count nearest to a rate that does not say of what: 图书2000册，单价45元."""
        work = self.work
        found = [
            (abs(i - rate), i) for i, f in self.free
            if i < until and self.is_count(f) and f.high is None and work.sentence[i] == work.sentence[rate]
            and not any(n in FULL_YEAR or n == "年" for n, p in f.unit)
        ]
        return min(found)[1] if found else None

    def cancelled(self, name: str, tokens: list[int]) -> bool:
        """Whether a count of ``name`` has been taken already."""
        return any(power_of(self.work.tokens[t].data.unit, name) > 0 for t in tokens)

    def matches(self, unit: str, i: int, figure: Figure) -> bool:
        """Whether a count is one of ``unit``: the same word, or the thing counted is called so."""
        if power_of(figure.unit, unit) == 1:
            return True
        work = self.work
        if unit in FULL_YEAR or unit in ("年", "人") or any(n in FULL_YEAR or n == "年" for n, p in figure.unit if p > 0):
            return False
        if unit == "平方" and power_of(figure.unit, "平方米"):
            return True
        before = work.label(i)[-12:]
        behind = work.text[figure.end : figure.end + 6]
        generic = any(n == "个" for n, p in figure.unit if p > 0)
        for size in range(min(len(unit), 4), 0, -1):
            if unit[:size] in before or unit[:size] in behind:
                return size > 1 or len(unit) == 1
        return unit == "个" and not generic and not any(n in ("人", "元") for n, _ in figure.unit)

    def count_for(self, unit: str, rate: int, until: int, tokens: list[int], after: int) -> tuple[int, Figure] | None:
        """The nearest count of ``unit``: in the same part, before the rate and then behind
        it, then in the same sentence, then earlier in the item."""
        work = self.work
        best: tuple[tuple[int, ...], int, Figure] | None = None
        for i, figure in self.free:
            if i in tokens or i == rate or not self.is_count(figure) or figure.high is not None or i > until:
                continue
            if not self.matches(unit, i, figure):
                continue
            if "previous" in figure.roles:
                continue
            same_part = work.part[i] == work.part[rate]
            same_sentence = work.sentence[i] == work.sentence[rate]
            if not same_sentence and not (self.near(i, rate) and (i < rate or not self.has_count_before(unit, rate, i))):
                continue
            if i < after and not same_part:
                continue
            deeper = max(0, work.depth[i] - work.depth[rate])
            exact = 0 if power_of(figure.unit, unit) == 1 else 1
            behind = int(i > rate) if not (after > 0 and i > after) else 0
            distance = abs(i - rate) if after <= 0 else abs(i - until)
            key = (deeper, int(not same_part), int(not same_sentence), exact, behind, distance)
            if best is None or key < best[0]:
                best = (key, i, figure)
        return None if best is None else (best[1], best[2])

    def has_count_before(self, unit: str, rate: int, i: int) -> bool:
        """Whether a sentence up to the rate's own already holds a count of ``unit``."""
        work = self.work
        return any(
            k < i and work.sentence[k] <= work.sentence[rate] and self.is_count(f) and self.matches(unit, k, f)
            for k, f in self.free
        )

    def span_of_time(self, unit: str, rate: int, until: int) -> Leaf | None:
        """全年 is twelve months, 上半年 six, where the words stand near the rate."""
        work = self.work
        for i, token in enumerate(work.tokens):
            if token.kind is Kind.CUE and i < until + 1 and self.work.sentence[i] == work.sentence[rate]:
                table = FULL_YEAR if "allyear" in token.data else HALF_YEAR if "halfyear" in token.data else {}
                if unit in table and unit != "天":
                    return Leaf(Span(token.start, token.end), Fraction(table[unit]), ((unit, 1),), Fraction(1))
        return None

    def shares_near(self, terms: list[Term], token: int) -> list[tuple[int, Leaf]]:
        """Rates of charge, discounts and halvings between the counts and the result."""
        work = self.work
        first, last = min(min(t.tokens) for t in terms), max(max(t.tokens) for t in terms)
        found: list[tuple[int, Leaf]] = []
        for i, figure in self.free:
            if figure.kind in RATIOS and not figure.money and i not in self.taken:
                if first - 3 <= i <= max(token, last) and work.sentence[i] == work.sentence[last] and not figure.bound:
                    found.append((i, leaf_of(figure)))
        for i in range(first, max(token, last)):
            t = work.tokens[i]
            if t.kind is Kind.CUE and work.part[i] == work.part[last]:
                for role, value in (("halving", Fraction(1, 2)), ("doubling", Fraction(2)), ("roundtrip", Fraction(2))):
                    if role in t.data:
                        found.append((-1, Leaf(Span(t.start, t.end), value, (), Fraction(1), 1, role, True)))
        return found

    def settle(self, token: int, terms: list[Term]) -> None:
        """Compare what the words give with the figure they lead to."""
        work = self.work
        figure: Figure = work.tokens[token].data
        options = list(self.options(token, terms, figure))
        chosen = next((o for o in options if o[2] in GOOD), None)
        if chosen is None:
            if figure.high is not None or not options:
                return
            if not (figure.roles & LEADS or work.part[token] == work.part[terms[-1].rate]):
                return
            chosen = options[0]
        node, value, verdict, tokens, notes, issues = chosen
        statement = Statement(
            "composed", node, value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, tokens, notes, issues
        )
        self.taken |= {t.rate for t in terms}
        if verdict not in GOOD:
            self.unsure.append(statement)
            return
        self.keep(token, statement)

    def options(
        self, token: int, terms: list[Term], figure: Figure
    ) -> Iterator[tuple[Node, Fraction, Verdict, tuple[int, ...], tuple[tuple[str, str], ...], tuple[str, ...]]]:
        """The readings of the words before a figure, the plainest first."""
        shares = self.shares_near(terms, token)
        sets = [terms[-1:]] if len(terms) == 1 else ([terms, terms[-1:]] if "sum" in figure.roles else [terms[-1:], terms])
        for chosen in sets:
            tokens = tuple(sorted({i for t in chosen for i in t.tokens}))
            node = chosen[0].node if len(chosen) == 1 else Sum(tuple(t.node for t in chosen), (True,) * len(chosen))
            missing = tuple(dict.fromkeys(m for t in chosen for m in t.missing))
            extra = [s for s in shares]
            if extra and len(chosen) == 1:
                used = tuple(i for i, _ in extra if i >= 0)
                yield self.option(times_all(node, [leaf for _, leaf in extra]), figure, (*tokens, *used), missing)
                if len(extra) > 1:
                    for i, leaf in extra:
                        yield self.option(times_all(node, [leaf]), figure, (*tokens, i) if i >= 0 else tokens, missing)
            yield self.option(node, figure, tokens, missing)
            for unit in missing:
                if unit in FULL_YEAR and unit != "天":
                    leaf = Leaf(Span(figure.start, figure.start), Fraction(FULL_YEAR[unit]), ((unit, 1),), Fraction(1))
                    option = self.option(times_all(node, [leaf]), figure, tokens, ())
                    if option[2] in CONFIRMED:
                        yield (*option[:4], (("months", str(FULL_YEAR[unit])),), option[5])
            more = self.other_counts(chosen, token)
            for i, leaf in more:
                option = self.option(times_all(node, [leaf]), figure, (*tokens, i), missing)
                if option[2] in CONFIRMED:
                    yield option
            if len(more) > 1:
                option = self.option(times_all(node, [x for _, x in more]), figure, (*tokens, *(i for i, _ in more)), missing)
                if option[2] in CONFIRMED:
                    yield option
        if len(terms) >= 2:
            option = self.override(terms, figure)
            if option is not None:
                yield option

    def override(self, terms: list[Term], figure: Figure):  # type: ignore[no-untyped-def]
        """30名每人4000元，其中8名每人6000元: the second rate replaces the first for its own count."""
        general, special = terms[-2], terms[-1]
        if not any("part" in self.work.tokens[i].data.roles for i in special.tokens):
            return None
        count = [leaf for leaf in leaves(general.node) if power_of(leaf.unit, "元") == 0]
        part = [leaf for leaf in leaves(special.node) if power_of(leaf.unit, "元") == 0]
        if not count or not part or count[0].unit != part[0].unit:
            return None
        rest = Sum((count[0], part[0]), (True, False))
        factors = tuple(rest if f == count[0] else f for f in general.node.factors)
        node = Sum((Product(factors, general.node.ups), special.node), (True, True))
        option = self.option(node, figure, tuple(sorted({*general.tokens, *special.tokens})), ())
        return option if option[2] in CONFIRMED else None

    def other_counts(self, terms: list[Term], token: int) -> list[tuple[int, Leaf]]:
        """Counts in the same part that the rate did not ask for: 3次, 5期."""
        work = self.work
        tokens = {i for t in terms for i in t.tokens}
        part = work.part[terms[-1].rate]
        units = {n for i in tokens for n, _ in work.tokens[i].data.unit}
        return [
            (i, leaf_of(f)._replace(unit=()))
            for i, f in self.free
            if i not in tokens and i < token and work.part[i] == part and self.is_count(f) and f.high is None
            and not any(n in units for n, _ in f.unit)
        ]

    def option(self, node: Node, figure: Figure, tokens: tuple[int, ...], missing: tuple[str, ...]):  # type: ignore[no-untyped-def]
        """One reading with its verdict."""
        value = evaluate(node)
        assert value is not None, "a product without divisions has a value"
        intervals = [
            MODES[0].preimage(leaf.value, leaf.place) for leaf in leaves(node)
            if power_of(leaf.unit, "元") == 1 and leaf.place < 1
        ]
        factors = intervals and [
            MODES[0].preimage(leaf.value, leaf.place) if power_of(leaf.unit, "元") == 1 and leaf.place < 1
            else MODES[0].preimage(leaf.value, Fraction(0))
            for leaf in leaves(node)
        ]
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure), (), factors or ())
        issues = ("time-left",) if missing else ()
        return node, value.value, verdict, tokens, (), issues

    def settle_amount(self, token: int) -> None:
        """A figure reached from another amount: 差额362元，涉及430人，需补发…; 上年15万元，翻一番，安排30万元;
        总额2400万元，分3年平均安排，本年800万元; 一年电费1168元，寿命25年，需…"""
        work = self.work
        figure: Figure = work.tokens[token].data
        before = [
            (i, f) for i, f in work.figures()
            if i < token and work.sentence[i] == work.sentence[token] and f.money == 1 and f.high is None and not f.is_rate
            and work.used.get(i) != "operand"
        ]
        if not before:
            return
        i, base = before[-1]
        cues = {role: k for k in range(i, token) if work.tokens[k].kind is Kind.CUE for role in work.tokens[k].data}
        counts = [(k, f) for k, f in self.free if i < k < token and self.is_count(f) and f.high is None]
        if "doubling" in cues:
            t = work.tokens[cues["doubling"]]
            twice = Leaf(Span(t.start, t.end), Fraction(2), (), Fraction(1), 1, "doubling", True)
            node: Node = Product((leaf_of(base), twice), (True, True))
            self.finish(token, node, (i,), asks=True)
        elif counts and "evenly" in cues:
            k, count = counts[-1]
            node = Product((leaf_of(base), leaf_of(count)._replace(unit=())), (True, False))
            self.finish(token, node, (i, k), asks=False)
        elif counts and figure.roles & (LEADS | {"result"}):
            for k, count in reversed(counts):
                if power_of(count.unit, "年") and "allyear" not in base.roles:
                    continue
                node = Product((leaf_of(base), leaf_of(count)._replace(unit=())), (True, True))
                if self.finish(token, node, (i, k), asks=False):
                    return

    def finish(self, token: int, node: Node, tokens: tuple[int, ...], asks: bool) -> bool:
        """Keep a reading from another amount where it holds; a doubled one also asks."""
        work = self.work
        figure: Figure = work.tokens[token].data
        value = evaluate(node)
        if value is None:
            return False
        verdict = judge(Shape.COMPOSED, value.value, target_of(figure))
        statement = Statement(
            "composed", node, value.value, show(own_unit(figure)), figure, verdict, Shape.COMPOSED, tokens
        )
        if verdict not in CONFIRMED:
            if asks and verdict is Verdict.QUERY:
                self.unsure.append(statement)
            return False
        self.keep(token, statement)
        return True

    def keep(self, token: int, statement: Statement) -> None:
        """Keep a composed statement and the entry of its result."""
        work = self.work
        figure: Figure = work.tokens[token].data
        work.add(statement)
        for i in statement.operands:
            operand: Figure = work.tokens[i].data
            work.used.setdefault(i, "start" if operand.money and not operand.is_rate else "operand")
        work.used[token] = "result"
        work.entries.append(
            Entry(
                token, max(token, *statement.operands), figure.value, statement.node, figure, figure.roles,
                rounded=statement.verdict is not Verdict.EXACT, composed=True, statement=statement,
            )
        )

    def leave_unstated(self, rate: int) -> None:
        """A product whose result is not written: an amount for the total to use."""
        work = self.work
        end = len(work.tokens) - 1
        for i, figure in self.free:
            if i > rate and work.sentence[i] == work.sentence[rate] and self.is_result(i, figure):
                return
        term = self.term(rate, end)
        if term is None:
            return
        shares = [s for s in self.shares_near([term], max(term.tokens)) if s[0] == -1 or work.part[s[0]] == work.part[rate]]
        node = times_all(term.node, [leaf for _, leaf in shares]) if shares else term.node
        value = evaluate(node)
        if value is None:
            return
        for i in term.tokens:
            work.used.setdefault(i, "operand")
        work.entries.append(
            Entry(
                term.rate, max(term.tokens), value.value, node, None, derived=True, composed=True,
                roles=work.tokens[rate].data.roles | ({"months-missing"} if term.missing else frozenset()),
            )
        )


def one_rate_a_count(terms: list[Term]) -> list[Term]:
    """Of several rates that take the same count the last one applies: 2020年每辆200元，今年每辆260元，127辆."""
    kept: list[Term] = []
    for term in terms:
        counts = set(term.tokens) - {term.rate}
        kept = [t for t in kept if not counts or set(t.tokens) - {t.rate} != counts]
        kept.append(term)
    return kept


def results_wanted(work: Work, token: int) -> bool:
    """Whether a figure without a rate before it may still be computed in prose."""
    return work.used.get(token) is None


def times_all(node: Node, more: list[Leaf]) -> Node:
    """A product with further factors."""
    if isinstance(node, Product):
        return Product((*node.factors, *more), (*node.ups, *(True for _ in more)))
    return Product((node, *more), (True,) * (1 + len(more)))
