"""The working state of reading one basis: tokens with their places, amounts, claims.

Made for one text, handed from step to step and dropped: what leaves it is frozen.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.evaluate import leaves
from calcverify.basis.nodes import Node, Product
from calcverify.basis.tokens import NO_ROLES, SHARES, Figure, Item, Kind, Token
from calcverify.exact.rational import ONE, integer, product, same
from calcverify.exact.units import Unit
from calcverify.exact.verdict import USUAL, Leeway, Shape, Verdict
from calcverify.lexicon.loader import load

RANGE_SIGNS = frozenset("至到-—－~～")
RANGE_SIGN = re.compile(f"[{re.escape(''.join(sorted(RANGE_SIGNS)))}]")
GOOD = (Verdict.EXACT, Verdict.ROUNDED, Verdict.CARRY, Verdict.APPROXIMATE)
CONFIRMED = (Verdict.EXACT, Verdict.ROUNDED)


class Statement(NamedTuple):
    """A computation that the text makes, compared with the figure it states.

    ``computed`` is in the base unit called ``unit``; ``stated`` is the figure (``None``
    for an expression without a result); ``operands`` are token numbers; ``notes`` name
    assumptions and ``issues`` faults of units, both worded later.
    """

    kind: str
    node: Node
    computed: Fraction
    unit: str
    stated: Figure | None
    verdict: Verdict | None
    shape: Shape
    operands: tuple[int, ...]
    notes: tuple[tuple[str, str], ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Entry:
    """An amount of money that can be an item of a sum.

    ``token`` is its figure's token (or the first operand's of a computed one), ``node``
    what it was computed from where the text shows that, ``stated`` whether the amount
    itself is written. ``within`` is the entry that has absorbed it.
    """

    token: int
    last: int
    value: Fraction
    node: Node
    figure: Figure | None
    roles: frozenset[str] = NO_ROLES
    derived: bool = False
    rounded: bool = False
    composed: bool = False
    within: Entry | None = None
    parts: tuple[Entry, ...] = ()
    statement: Statement | None = None

    @property
    def roundable(self) -> bool:
        """Whether 尾差 may have come in here: stated in 千元 or larger, or a rounded result; 12人×3500元=4.2万元
        is neither, as nothing was rounded on the way to it."""
        if self.figure is None:
            return False
        return self.rounded or (self.figure.scale >= 1000 and not to_the_yuan(self.statement))


def to_the_yuan(statement: Statement | None) -> bool:
    """Whether an amount is the exact product of whole numbers: 24000人 may be rounded in 2.4万人, 12人 is not."""
    if statement is None or statement.verdict is not Verdict.EXACT or not isinstance(statement.node, Product):
        return False
    return all(leaf.scale == 1 and same(leaf.place, ONE) for leaf in leaves(statement.node))


class RowFormula(NamedTuple):
    """A cell of a table that computes, its first and last token, and the amount of its row; ``named``
    where the head of its column says that it does (测算依据)."""

    first: int
    last: int
    amount: Entry
    named: bool


FIGURE, ITEM, OPEN, CLOSE = Kind.FIGURE, Kind.ITEM, Kind.OPEN, Kind.CLOSE
COMMA, PAUSE, STOP, LINE = Kind.COMMA, Kind.PAUSE, Kind.STOP, Kind.LINE
# The tokens at which a sentence, a part, a clause, a bracket or an item begins or ends.
BOUNDARIES = frozenset({ITEM, OPEN, CLOSE, COMMA, PAUSE, STOP, LINE})

HEADING = re.compile(
    r"(?:金额)?\s*单\s*位\s*[:：]?\s*(?:人民币)?\s*(百万|千万|[千万亿])?元"
    r"|^[^\d，。；]{0,12}[（(](百万|千万|[千万亿])元[)）]\s*[:：]?"
)
SCALE = {"": 1, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


@dataclass(slots=True, eq=False)
class Work:
    """Everything known so far of one text."""

    text: str
    tokens: list[Token]
    closing: dict[int, int]  # where each bracket that opens is closed again
    lexed: Sequence[Token]  # the tokens as the lexer gave them, whatever was made of one of them since
    heading: int = 0  # what the unit declared for bare figures is worth; 0 where none is
    leeway: Leeway = USUAL  # how figures are compared with what was computed
    kinds: set[Kind] = field(default_factory=set)  # of the tokens: what is not there need not be looked for
    roles: frozenset[str] = NO_ROLES  # of its cue words: a figure has none that no word has
    figs: list[tuple[int, Figure]] = field(default_factory=list)
    spots: list[int] = field(default_factory=list)  # the token numbers of the figures
    ranges: bool = False  # whether a sign stands anywhere that may join the ends of a range
    shares: bool = False  # whether one of them is a share: 60%, 八折
    sentence: list[int] = field(default_factory=list)
    part: list[int] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    path: list[tuple[tuple[str, int], ...]] = field(default_factory=list)
    used: dict[int, str] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    formulas: list[RowFormula] = field(default_factory=list)  # those in cells of tables
    doubts: dict[int, Statement] = field(default_factory=dict)  # composed readings that miss, by their figure
    headings: dict[int, str] = field(default_factory=dict)  # of the parts of amounts, once they were asked for
    cores: dict[str, str] = field(default_factory=dict)  # what labels come to without the words that all have
    unread: list[tuple[int, int, str]] = field(default_factory=list)
    issues: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def compares(self) -> bool:
        """Whether an amount may be compared with that of another year: 较2023年预算, 与同期相比, 上年."""
        return "年" in self.text or "期" in self.text or "previous" in self.roles

    @property
    def kin(self) -> Mapping[str, tuple[str, ...]]:
        """Counters that count the same things: a rate per 校 takes a count of 所."""
        return load().kin

    def figures(self) -> list[tuple[int, Figure]]:
        """Every figure with its token number, from left to right."""
        return self.figs

    def figure_before(self, i: int) -> Figure | None:
        """The last figure before token ``i``."""
        k = bisect_left(self.spots, i)
        return self.figs[k - 1][1] if k else None

    def figure_after(self, i: int) -> Figure | None:
        """The first figure behind token ``i``."""
        k = bisect_right(self.spots, i)
        return self.figs[k][1] if k < len(self.figs) else None

    def label(self, i: int) -> str:
        """The words before the figure of token ``i``, back to the last separator."""
        figure: Figure = self.tokens[i].data
        return self.text[figure.label : figure.start]

    def give(self, i: int, figure: Figure) -> None:
        """Put another reading in the place of the figure of token ``i``: its unit is known by now."""
        self.tokens[i] = self.tokens[i]._replace(data=figure)
        self.figs = [(k, figure if k == i else f) for k, f in self.figs]
        self.shares = not SHARES.isdisjoint([f.kind for _, f in self.figs])

    def add(self, statement: Statement) -> Statement:
        """Keep a statement, unless one with the same values stands already."""
        stated = statement.stated
        for old in self.statements if stated is not None else ():
            if old.stated == stated and same(old.computed, statement.computed):
                return old
        self.statements.append(statement)
        return statement


def survey(text: str, tokens: list[Token], unit_scale: int = 0, leeway: Leeway = USUAL) -> Work:
    """Number sentences, parts (；), clauses (，、), bracket depth and item path."""
    work = Work(text, tokens, {}, tuple(tokens), heading_of(text, unit_scale), leeway)
    work.kinds = {token[0] for token in tokens}
    if Kind.CUE in work.kinds:
        work.roles = NO_ROLES.union(*[token[3] for token in tokens if token[0] is Kind.CUE])
    work.spots = spots = [number for number, token in enumerate(tokens) if token[0] is FIGURE]
    work.figs = [(number, tokens[number][3]) for number in spots]
    nested, listed = OPEN in work.kinds, ITEM in work.kinds
    opened: list[int] = []
    sentence = part = clause = serial = done = 0
    path: tuple[tuple[str, int], ...] = ()
    for number, token in enumerate(tokens):
        kind = token[0]
        if kind not in BOUNDARIES:
            continue
        # An item and a closing bracket have the new place, every other boundary the old one.
        first = kind is CLOSE or kind is ITEM
        until = number if first else number + 1
        count = until - done
        work.sentence += [sentence] * count
        work.part += [part] * count
        work.clause += [clause] * count
        if nested:
            work.depth += [len(opened)] * count
        if listed:
            work.path += [path] * count
        done = until
        if kind is COMMA or kind is PAUSE:
            clause += 1
        elif kind is STOP or kind is LINE:
            part, clause = part + 1, clause + 1
            if kind is LINE or token[3] in "。！？!?":
                sentence += 1
        elif kind is OPEN:
            opened.append(number)
        elif kind is CLOSE:
            if opened:
                work.closing[opened.pop()] = number
        elif not token[3].style.startswith("ref"):
            serial += 1
            sentence, part, clause = sentence + 1, part + 1, clause + 1
            path = deeper(path, token[3], serial)
    count = len(tokens) - done
    work.sentence += [sentence] * count
    work.part += [part] * count
    work.clause += [clause] * count
    work.depth += [len(opened)] * (count if nested else len(tokens))
    work.path += [path] * (count if listed else len(tokens))
    work.shares = not SHARES.isdisjoint([figure.kind for _, figure in work.figs])
    work.ranges = RANGE_SIGN.search(text) is not None
    return work


def survey_near(text: str, tokens: list[Token], near: Work, unit_scale: int, leeway: Leeway) -> Work:
    """The same for tokens of which only what the figures say differs from those of another text."""
    work = Work(text, tokens, near.closing, tuple(tokens), heading_of(text, unit_scale), leeway, near.kinds, near.roles)
    work.spots = near.spots
    work.figs = [(i, tokens[i][3]) for i in near.spots]
    work.sentence, work.part, work.clause = near.sentence, near.part, near.clause
    work.depth, work.path, work.cores = near.depth, near.path, near.cores
    work.shares = not SHARES.isdisjoint([figure.kind for _, figure in work.figs])
    work.ranges = RANGE_SIGN.search(text) is not None
    return work


def heading_of(text: str, unit_scale: int) -> int:
    """What 单位：万元 in a text declares a bare figure to be worth, else what the form declares."""
    heading = HEADING.search(text) if "单" in text or "元）" in text or "元)" in text else None
    return unit_scale if heading is None else SCALE[heading.group(1) or heading.group(2) or ""]


def deeper(path: tuple[tuple[str, int], ...], item: Item, serial: int) -> tuple[tuple[str, int], ...]:
    """The path of an item: a style that is open already closes what stands below it."""
    for depth, (style, _) in enumerate(path):
        if style == item.style:
            return (*path[:depth], (item.style, serial))
    return (*path, (item.style, serial))


def entry_of(work: Work, i: int) -> Entry:
    """The entry of a stated amount; a bare one takes the unit of the heading."""
    figure: Figure = work.tokens[i].data
    if not figure.unit and figure.scale == 1 and work.heading:
        figure = with_scale(figure, work.heading)
    return Entry(i, i, figure.value, leaf_of(figure), figure, figure.roles)


def with_scale(figure: Figure, scale: int) -> Figure:
    """A bare figure read in 万元 (or whatever ``scale`` is)."""
    return figure._replace(
        value=product(figure.value, integer(scale)), place=product(figure.place, integer(scale)),
        scale=figure.scale * scale, unit=(("元", 1),),
    )


def own_unit(figure: Figure) -> Unit:
    """The unit written at the figure itself, without the 每人 before it."""
    if not figure.per:
        return figure.unit
    per = dict(figure.per)
    return tuple([(n, p) for n, p in figure.unit if not (p < 0 and n in per)])
