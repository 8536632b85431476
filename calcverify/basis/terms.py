"""The rates of a text and the products that they make with their counts: 9人 × 1850元/人·月 × 12月."""

from __future__ import annotations

from calcverify.basis.amounts import in_range
from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.counts import TIME, Counts, continued, denominators, is_loose_rate, restated
from calcverify.basis.nodes import Leaf, Product
from calcverify.basis.options import Term
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Entry, Statement, Work
from calcverify.exact.units import Unit, cancels, power_of


class Terms:
    """The rates of one text, the counts that nothing has used, and the product of each rate."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.free = [(i, f) for i, f in work.figures() if work.used.get(i) in (None, "base", "part", "whole")]
        self.units: dict[int, Unit] = {}
        self.rates: list[int] = []
        for i, f in self.free:
            unit = self.rate_unit(i, f)
            if unit is not None and not restated(work, i):
                self.units[i] = unit
                self.rates.append(i)
        if self.rates:  # without a rate nothing is counted
            self.counts = Counts(work)
        self.taken: set[int] = set()
        self.unsure: list[Statement] = []
        self.unstated: tuple[Term, Entry] | None = None  # the last product without a figure, and its amount

    def rate_unit(self, i: int, figure: Figure) -> Unit | None:
        """The unit of a figure that is money per something; ``None`` where it is no rate."""
        if figure.money != 1 or figure.bound or figure.high is not None or figure.kind == "joined":
            return None
        if len(figure.unit) > 1:
            above = [n for n, p in figure.unit if p > 0 and n != "元"]
            return None if above or in_range(self.work, i) else figure.unit
        if in_range(self.work, i):
            return None
        if is_loose_rate(self.work, i, figure):
            return figure.unit
        listed = continued(self.work, i, figure)
        if listed is not None:
            return listed.unit
        if "upto" in figure.roles:
            before = next((f for k, f in reversed(self.free) if k < i), None)
            if before is not None and before.is_rate and restated(self.work, before.index):
                return before.unit  # 人均补助由84元提高至89元
        # 每乡镇15万元，边远乡镇另增5万元: an addition is per what the rate before it is.
        alike = bool(self.rates) and self.work.tokens[self.rates[-1]].data.scale == figure.scale
        if "surcharge" in figure.roles and alike and self.work.sentence[self.rates[-1]] == self.work.sentence[i]:
            return self.units[self.rates[-1]]
        return None

    def is_result(self, i: int, figure: Figure) -> bool:
        """An amount of money that may be what a product gives."""
        return (
            figure.money == 1
            and figure.kind != "joined"
            and i not in self.units
            and not in_range(self.work, i)
            and not figure.is_rate
            and not (figure.bound and figure.high is None)
            and not figure.roles & {"previous", "paid", "rest"}
        )

    def term(self, rate: int, until: int, after: int = -1) -> Term | None:
        """The rate of token ``rate`` with a count for each of its denominators."""
        work, counts = self.work, self.counts
        unit = self.units[rate]
        tokens = [rate]
        factors: list[Leaf] = [leaf_of(work.tokens[rate].data)._replace(unit=unit)]
        missing: list[str] = []
        wanted = denominators(unit)
        things = [n for n in wanted if n not in TIME]
        if not things:
            extra = counts.any_thing(rate, until, tokens) if not wanted else counts.people(rate, tokens)
            if extra is None and wanted == ["年"]:
                extra = counts.find("年", rate, until, tokens)  # 实施期4年，每年投入45万元
            if extra is not None:
                tokens.append(extra[0])
                factors.append(leaf_of(extra[1]))
                wanted += [n for n in denominators(extra[1].unit) if n not in wanted]  # 2000种，每种3册，均价45元
            elif not wanted:
                return None
        steps = 0
        while wanted and steps < 8:
            steps += 1
            name = wanted.pop(0)
            if name == "年":
                continue  # 元/年 in a one-year budget; a count of years is tried as a further factor
            found = counts.find(name, rate, until, tokens, after)
            if found is not None and name == "月" and work.part[found[0]] != work.part[rate]:
                whole = counts.span_of_time(name, rate, until, near=True)
                if whole is not None:  # 1—6月198人，…；每人每月1180元，全年按209人测算
                    factors.append(whole)
                    continue
            if found is None:
                leaf = counts.span_of_time(name, rate, until)
                if leaf is not None:
                    factors.append(leaf)
                elif name in things or name not in TIME:
                    return None
                elif name != "年":
                    missing.append(name)
                continue
            i, count = found
            tokens.append(i)
            factors.append(leaf_of(count))
            for other in denominators(count.unit):
                if name == "人" and other in TIME:
                    continue  # 月均165人，每人每年380元: an average is no rate of people
                if other not in wanted and not any(power_of(work.tokens[t].data.unit, other) > 0 for t in tokens[:-1]):
                    wanted.append(other)
        if len(tokens) == 1 and len(factors) == 1:
            return None
        order = sorted(range(len(factors)), key=lambda k: factors[k].span)
        node = Product(tuple(factors[k] for k in order), (True,) * len(factors))
        return Term(node, tuple(sorted(tokens)), tuple(missing), rate)

    def touch(self, rate: int) -> bool:
        """128户1700元/户: a written rate right behind the count that it is for, no word between them."""
        work = self.work
        figure = work.tokens[rate].data
        before = work.tokens[rate - 1] if rate else None
        written = figure.is_rate and not figure.per
        return written and before is not None and before.kind is Kind.FIGURE and cancels(before.data.unit, figure.unit)
