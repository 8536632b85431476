"""Prose arithmetic: a rate, the counts that cancel it, and the figure it leads to.

``保安9名，每人每月1850元，1至12月，约20万元`` says 9人 × 1850元/人·月 × 12月. A reading is put together
from the words alone; the figure it leads to only confirms it or asks.
"""

from __future__ import annotations

from calcverify.basis.asking import LEADS, may_ask
from calcverify.basis.counts import computed_with
from calcverify.basis.derived_rates import derived_rates
from calcverify.basis.evaluate import evaluate
from calcverify.basis.labels import core, shared
from calcverify.basis.options import Option, Term, readings_of, with_exception
from calcverify.basis.rate_parts import amounts_beside, counts_twice, further_terms, with_amounts
from calcverify.basis.recounts import other_terms, told_apart
from calcverify.basis.terms import Terms
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import CONFIRMED, GOOD, Entry, Statement, Work, own_unit
from calcverify.exact.units import show
from calcverify.exact.verdict import Shape, Verdict
from calcverify.patterns import pattern

# 月计11.7万元: the amount is meant to be a month's.
ONE_TERM = pattern("[春秋上下本一]季?学期")
MOST_AGAIN = 4  # rates of the sentences before that are tried with new counts
MONTHLY = pattern("(?:每月|月)(?:合计|共计|小计|需|支出|费用|计)*$")


def read_products(work: Work) -> list[Statement]:
    """Add the composed statements; return those that miss and may yet be sums."""
    reader = Reader(work)
    if not reader.rates:
        return []
    return reader.run()


class Reader(Terms):
    """Composes the products of one text."""

    def run(self) -> list[Statement]:
        """Every result figure in turn, then the rates that no figure followed."""
        work = self.work
        self.yearly_results()
        results = [i for i, f in self.free if self.is_result(i, f)]
        previous = -1
        for token in results:
            if work.used.get(token) == "result":
                previous = token
                continue
            free = [r for r in self.rates if r not in self.taken]
            terms = self.terms_before(token, previous)
            behind = [] if terms else self.terms_after(token, results)
            # 共计36万元：甲3人，每人5万元，计15万元；…: what has a result of its own behind it is asked for no other.
            pairs = [(t.rate, r) for t in behind for r in results if t.rate < r]
            own = any(work.part[rate] == work.part[r] or self.adds_up(rate, r) for rate, r in pairs)
            if terms or behind:
                self.settle(token, terms or behind, asks=not own)
            if work.used.get(token) is None:
                self.confirm_otherwise(token, free)
            if not self.is_part_of_rate(token, previous):
                previous = token
        for token, figure in self.free:
            if figure.money == 1 and "rest" in figure.roles and not figure.is_rate and work.used.get(token) is None:
                self.confirm_free(token, self.rates)  # 月均31.2万元，后4个月还需124.8万元
        self.taken |= derived_rates(work, self.rates, self.counts)
        for rate in self.rates:
            if rate not in self.taken and work.used.get(rate) is None:
                self.leave_unstated(rate)
        return self.unsure

    def adds_up(self, rate: int, result: int) -> bool:
        """一级45万㎡，12元/㎡；二级88万㎡，8元/㎡，养护费合计1245万元: a total of the sentence that a rate leads to."""
        work = self.work
        return work.sentence[rate] == work.sentence[result] and "sum" in work.tokens[result].data.roles

    def is_part_of_rate(self, token: int, previous: int) -> bool:
        """人均94元，其中中央56元，省18元: an unread amount below a rate of its order ends nothing."""
        work, figure = self.work, self.work.tokens[token].data
        return work.used.get(token) is None and any(
            previous < rate < token
            and work.tokens[rate].data.scale == figure.scale
            and work.tokens[rate].data.value > figure.value
            for rate in self.rates
        )

    def yearly_results(self) -> None:
        """1260平方米，每平方米每月45元，年租金68.04万元: an amount a year that a rate before it gives is no rate."""
        yearly = [rate for rate in self.rates if self.units[rate] == (("元", 1), ("年", -1))]
        for token in yearly:
            previous = max((i for i in yearly if i < token), default=-1)
            self.rates.remove(token)
            terms = self.terms_before(token, previous) if self.rates else []
            found = readings_of(self.work, self.counts, token, terms) if terms else iter(())
            option = next((o for o in found if o.verdict in CONFIRMED), None)
            if option is None:
                self.rates.append(token)
                self.rates.sort()
                continue
            del self.units[token]
            self.taken |= {i for i in option.tokens if i in self.units}
            keep_product(self.work, token, self.stated(token, option))

    def terms_before(self, token: int, previous: int) -> list[Term]:
        """The rates between the last result and this one that have their counts."""
        work = self.work
        found = []
        for rate in self.rates:
            if previous < rate < token and self.counts.near(rate, token) and rate not in self.taken:
                term = self.term(rate, token)
                if term is not None:
                    found.append(term)
        if found:
            return found
        # 每人350元，甲组20人，0.7万元，乙组40人，1.4万元: an earlier rate with a new count.
        fresh = [i for i, _ in self.counts.free if previous < i < token]
        earlier = [r for r in self.rates if r < token and work.sentence[r] == work.sentence[token]]
        if fresh and earlier:
            term = self.term(earlier[-1], token, after=previous)
            if term is not None and any(c in term.tokens for c in fresh):
                return [term]
        return []

    def terms_after(self, token: int, results: list[int]) -> list[Term]:
        """Result first: ``慰问金2.1万元：70户，每户300元``."""
        work = self.work
        colon = token + 1 < len(work.tokens) and work.tokens[token + 1].kind is Kind.COLON
        alone = all(work.sentence[r] != work.sentence[token] for r in results if r != token)
        end = next((r for r in results if r > token), len(work.tokens))
        found = []
        for rate in self.rates:
            if not token < rate < end or work.sentence[rate] != work.sentence[token] or rate in self.taken:
                continue
            listed = any(t.kind is Kind.PAUSE for t in work.tokens[token:rate])
            if colon or ((alone or work.part[rate] == work.part[token]) and not listed):
                term = self.term(rate, end, after=token - 1)
                if term is not None:
                    found.append(term)
        return found

    def confirm_otherwise(self, token: int, rates: list[int]) -> None:
        """Keep the reading of a part of one of the rates, or of what they leave, that gives a figure."""
        for term in further_terms(self.work, token, self.rates, rates, self.units, self.term):
            for option in readings_of(self.work, self.counts, token, [term]):
                if option.verdict in CONFIRMED:
                    self.taken |= {i for i in option.tokens if i in self.units}
                    self.unsure = [s for s in self.unsure if s.stated is None or s.stated.index != token]
                    keep_product(self.work, token, self.stated(token, option))
                    for i, _ in amounts_beside(self.work, term.rate, token):
                        self.work.used.setdefault(i, "label")  # 每户4万元，其中省2.5万元、县1.5万元: no items
                    return
        if not self.confirm_free(token, rates) and not self.confirm_again(token):
            self.confirm_with_amounts(token)

    def confirm_free(self, token: int, rates: list[int]) -> bool:
        """初中每生625元、小学每生500元，小学需15.6万元，初中需36.7万元: any rate that nothing has taken may give it."""
        work = self.work
        for rate in rates:
            if not rate < token or rate in self.taken or work.sentence[token] - work.sentence[rate] > 2:
                continue
            term = self.term(rate, token)
            if term is None:
                continue
            for each in (term, *other_terms(work, self.counts, term, token)):
                for option in readings_of(work, self.counts, token, [each]):
                    if option.verdict in CONFIRMED:
                        self.taken |= {i for i in option.tokens if i in self.units}
                        self.unsure = [s for s in self.unsure if s.stated is None or s.stated.index != token]
                        keep_product(work, token, self.stated(token, option))
                        return True
        return False

    def confirm_again(self, token: int) -> bool:
        """每人每月1600元。1—6月42人，需40.32万元；7—12月45人，需43.2万元: a rate before with new counts."""
        work = self.work
        previous = max((i for i, f in self.free if i < token and self.is_result(i, f)), default=-1)
        near = [
            r for r in sorted(self.taken)
            if r in self.units and r < previous and work.sentence[token] - work.sentence[r] <= 2
        ]
        for rate in near[::-1][:MOST_AGAIN]:
            term = self.term(rate, token, after=previous)
            for each in (term, *other_terms(work, self.counts, term, token)) if term is not None else ():
                for option in readings_of(work, self.counts, token, [each]):
                    fresh = len(option.tokens) > 1 and all(i > previous or i == rate for i in option.tokens)
                    if fresh and option.verdict is Verdict.EXACT:
                        keep_product(work, token, self.stated(token, option))
                        return True
        return False

    def confirm_with_amounts(self, token: int) -> None:
        """1.36万㎡，每平方米35元，机械费12万元，共计59.6万元: products and plain amounts together."""
        work, figure = self.work, self.work.tokens[token].data
        plain = [i for i, f in self.free if work.used.get(i) is None and self.is_result(i, f)]
        mixed = with_amounts(work, token, self.rates, plain, self.term) if figure.roles & LEADS else None
        if mixed is None:
            return
        option = next(readings_of(work, self.counts, token, [mixed.term]))
        if option.verdict is not Verdict.EXACT or counts_twice(mixed, self.unsure, LEADS):
            return
        self.unsure = [s for s in self.unsure if s.stated is None or s.stated.index not in (*option.tokens, token)]
        self.taken |= {t.rate for t in mixed.products}
        if "sum" not in figure.roles:
            keep_product(work, token, self.stated(token, option))
            return
        for term in mixed.products:
            self.add_unstated(term)

    def settle(self, token: int, terms: list[Term], asks: bool) -> None:
        """Compare what the words give with the figure they lead to."""
        work = self.work
        options = readings_of(self.work, self.counts, token, terms)
        first: Option | None = None
        chosen: Option | None = None
        for option in options:
            if option.verdict in GOOD:
                chosen = option
                break
            if first is None and not option.confirms:
                first = option
        chosen = chosen or self.recounted(token, terms)
        if chosen is None:
            named = self.named_term(token, terms)
            if named is not None:  # 每名学生300元，每车1.8万元。…学生补助94.2万元，运营补助111.6万元
                terms = [named]
                first = next(iter(readings_of(work, self.counts, token, terms)))
            if first is None:
                return
            known = any(s.verdict in GOOD and s.computed == first.value for s in work.statements)
            asks = asks and not known and told_apart(work, self.counts, terms, token)
            if not asks or not may_ask(work, token, first.value, terms):
                self.restates(first)
                return
            chosen = first
        statement = self.stated(token, chosen)
        if chosen.verdict in CONFIRMED and any(self.touch(t.rate) for t in terms):
            statement = statement._replace(issues=(*statement.issues, "missing-operator"))
        if chosen.verdict not in GOOD:
            self.unsure.append(statement)
            self.taken |= {t.rate for t in terms}
            return
        self.taken |= {i for i in chosen.tokens if i in self.units} or {t.rate for t in terms}
        keep_product(work, token, statement)

    def named_term(self, token: int, terms: list[Term]) -> Term | None:
        """The one of several products that an amount of a list is called after; ``None`` where it is none of them."""
        work = self.work
        if len(terms) < 2 or "sum" in work.tokens[token].data.roles:
            return None
        label = core(work.label(token))
        scores = [max(shared(label, core(self.counts.words(i))) for i in term.tokens) for term in terms]
        best = max(scores)
        return terms[scores.index(best)] if best >= 2 and scores.count(best) == 1 else None

    def recounted(self, token: int, terms: list[Term]) -> Option | None:
        """The reading of another count for one of the rates that gives the figure, the last rate first."""
        for term in reversed(terms):
            for other in other_terms(self.work, self.counts, term, token):
                for option in readings_of(self.work, self.counts, token, [other]):
                    if option.verdict in CONFIRMED:
                        return option
        return None

    def stated(self, token: int, option: Option) -> Statement:
        """A reading compared with the figure of a token."""
        figure: Figure = self.work.tokens[token].data
        monthly: object = option.missing == ("月",) and MONTHLY.search(self.work.label(token))
        if "学期" in option.missing and ONE_TERM.search(self.work.text):
            monthly = True  # 春季学期，每生每学期500元
        issues = ("time-left",) if option.missing and not option.notes and not monthly else ()
        return Statement(
            "composed", option.node, option.value, show(own_unit(figure)), figure, option.verdict, Shape.COMPOSED,
            option.tokens, option.notes, issues,
        )

    def restates(self, option: Option) -> bool:
        """3期，每期60人，每人400元。3×60×400=7.2万元: whether the words say what a formula computes."""
        known = any(s.kind == "equation" and s.computed == option.value for s in self.work.statements)
        if known:
            for i in option.tokens:
                self.work.used.setdefault(i, "operand")
        return known

    def leave_unstated(self, rate: int) -> None:
        """A product whose result is not written: an amount for the total to use."""
        work = self.work
        for i, figure in self.free:
            # 水电工2名，4300元/月，12个月，夜班津贴1.2万元: an item with a name of its own
            another = not figure.roles & (LEADS | {"whole"}) and len(core(work.label(i))) > 1
            beside = work.part[i] == work.part[rate] and not another
            leads = beside or (figure.roles & LEADS and "sum" not in figure.roles)
            if leads and i > rate and work.sentence[i] == work.sentence[rate] and self.is_result(i, figure):
                return
        if any(first <= rate <= last for first, last, _ in work.unread):
            return  # 640人 300元/月 12个月=203.4万元
        if computed_with(work, rate):
            work.used[rate] = "operand"  # 每吨处置费310元，28×310×365=316.82万元
            return
        term = self.term(rate, len(work.tokens) - 1)
        if term is not None:
            self.add_unstated(term)

    def add_unstated(self, term: Term) -> None:
        """Add what a term comes to as an amount for a total."""
        work, rate = self.work, term.rate
        option = next(iter(readings_of(work, self.counts, None, [term])))
        if self.restates(option):
            return
        for i in option.tokens:
            work.used.setdefault(i, "operand")
        roles = work.tokens[rate].data.roles | ({"months-missing"} if term.missing else frozenset())
        entry = Entry(rate, max(term.tokens), option.value, option.node, None, derived=True, composed=True, roles=roles)
        before, self.unstated = self.unstated, (term, entry)
        node = None
        if before is not None and work.sentence[before[0].rate] == work.sentence[rate]:
            node = with_exception(work, before[0], term)
        value = evaluate(node) if node is not None else None
        if before is None or node is None or value is None:
            work.entries.append(entry)
            return
        general = before[1]
        general.node, general.value, general.last = node, value.value, max(general.last, entry.last)
        self.unstated = None


def keep_product(work: Work, token: int, statement: Statement) -> None:
    """Keep a composed statement and the entry of its result."""
    figure: Figure = work.tokens[token].data
    work.add(statement)
    for i in statement.operands:
        operand: Figure = work.tokens[i].data
        start = operand.money and not operand.is_rate and "rate" not in operand.roles and len(statement.operands) < 3
        work.used.setdefault(i, "start" if start else "operand")
    work.used[token] = "result"
    if figure.high is not None:
        return
    work.entries.append(
        Entry(
            token, max(token, *statement.operands), figure.value, statement.node, figure, figure.roles,
            rounded=statement.verdict is not Verdict.EXACT, composed=True, statement=statement,
        )
    )

