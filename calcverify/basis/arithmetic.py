"""Written arithmetic: expressions with operators, and the equalities they stand in.

    chain   := side { ("=" | "≈") side }
    side    := sum
    sum     := product { ("+" | "-") product }
    product := factor { ("×" | "÷") factor }
    factor  := label* ( figure | "(" sum ")" unit? ) remark*

A label is ordinary text before a factor (``陈醋1箱16元``), a remark a bracket without
arithmetic behind one. A figure inside a label is no operand: in ``领取300元补贴人员210*300*12``
the operand is the one that touches the operator.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from calcverify.basis.bracket_units import with_unit
from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.basis.references import references
from calcverify.basis.tokens import Figure, Kind, Token
from calcverify.exact.units import cancels
from calcverify.source import Span

MAX_DEPTH = 40
TEXT, CUE, FIGURE, ITEM, UNIT, DAMAGED = Kind.TEXT, Kind.CUE, Kind.FIGURE, Kind.ITEM, Kind.UNIT, Kind.DAMAGED
OPERATOR, EQUALS, OPEN, COMMA, COLON, LINE, STOP = (
    Kind.OPERATOR, Kind.EQUALS, Kind.OPEN, Kind.COMMA, Kind.COLON, Kind.LINE, Kind.STOP
)  # fmt: skip
new = tuple.__new__  # a NamedTuple's own constructor takes twice as long
LABELS = frozenset({TEXT, CUE, Kind.PER, Kind.ASIDE})
OPERANDS = frozenset({FIGURE, Kind.CLOSE, UNIT, OPERATOR})
BEGINNINGS = frozenset({FIGURE, OPEN, ITEM})
AFTER_FIRST = frozenset({OPERATOR, EQUALS, FIGURE})


class Side(NamedTuple):
    """One side of an equality: its tree, the tokens it covers, its operand figures.

    ``written`` is true where an operator stands in it. ``missing`` holds figures that
    stood directly before an operand with nothing between (``125人2400元``): an operator
    may have been lost there.
    """

    node: Node
    first: int
    last: int
    operands: tuple[int, ...]
    written: bool
    missing: tuple[int, ...] = ()


class Chain(NamedTuple):
    """Sides joined by equality; one side alone is an expression without its result.

    ``broken`` is true where nothing readable follows an equality, ``torn`` where an
    operator at either end has lost its operand (``2O00条×5元/条``): such a chain is not
    read literally.
    """

    sides: tuple[Side, ...]
    broken: bool = False
    torn: bool = False


def leaf_of(figure: Figure) -> Leaf:
    """The operand that a figure is."""
    return new(
        Leaf, (new(Span, figure[:2]), figure.value, figure.unit, figure.place, figure.scale, figure.kind, figure.bare)
    )


class Parser:
    """Reads chains from the tokens of one text."""

    def __init__(self, tokens: Sequence[Token], closing: dict[int, int]) -> None:
        self.tokens = tokens
        self.closing = closing
        self.size = len(tokens)
        self.kinds = [token[0] for token in tokens]
        self.kinds += (STOP, STOP)  # behind the last token
        self.references = references(tokens) if ITEM in self.kinds else {}
        self.past_label = self.skips()
        self.operands: list[int] = []
        self.missing: list[int] = []
        self.written = False
        self.plain_result = False  # the last side is an amount: 折合 may give it again

    def skips(self) -> list[int]:
        """For each token the first one from there on that is no label and no remark."""
        kinds = self.kinds
        past = list(range(self.size + 2))
        for i in range(self.size - 1, -1, -1):
            kind = kinds[i]
            if kind in LABELS:
                past[i] = past[i + 1]
            elif kind is LINE:
                if kinds[i + 1] is OPERATOR or kinds[i + 1] is EQUALS:
                    past[i] = past[i + 1]
            elif kind is COLON:
                if self.names_term(i):
                    past[i] = past[i + 1]
            elif kind is OPEN and i in self.closing and not self.has_operator(i) and not self.is_group(i):
                past[i] = past[self.closing[i] + 1]
        return past

    def names_term(self, i: int) -> bool:
        """Whether the colon of token ``i`` stands behind the name of a term: 工资：3500元×12月+奖金：5000元."""
        before = i - 1
        while before > 0 and self.kinds[before] in LABELS:
            before -= 1
        return 0 < before < i - 1 and self.kinds[before] is OPERATOR and self.tokens[before].data in "+-"

    def kind(self, i: int) -> Kind:
        """The kind of token ``i``; a stop behind the last one."""
        return self.kinds[i] if i < self.size else STOP

    def skip_label(self, i: int) -> int:
        """The first token from ``i`` on that is no label and no remark."""
        return self.past_label[i] if i < self.size else i

    def has_operator(self, i: int) -> bool:
        """Whether the bracket that opens at ``i`` holds an operator."""
        return OPERATOR in self.kinds[i + 1 : self.closing.get(i, i)]

    def is_group(self, i: int) -> bool:
        """A bracket with one figure and an operator right behind it: (20)×3."""
        kinds, end = self.kinds, self.closing[i]
        inside = [kind for kind in kinds[i + 1 : end] if kind is not TEXT]
        if len(inside) != 1 or inside[0] is not FIGURE:
            return False
        after = end + 1
        if i > 0 and kinds[i - 1] in OPERANDS and kinds[i + 1] is not FIGURE and kinds[after] is OPERATOR:
            return False  # 187人（较年初新增4人）×1500元/月: a remark
        if kinds[after] is OPERATOR or kinds[after] is UNIT:
            return True
        # （3.7km）护栏更换×26万元/km: the operand stands in a bracket, its label behind it.
        while kinds[after] is TEXT or kinds[after] is CUE:
            after += 1
        return kinds[after] is OPERATOR and (i == 0 or kinds[i - 1] not in OPERANDS)

    def chain(self, i: int) -> tuple[Chain, int] | None:
        """chain := side { "=" side }, or ``None`` where no arithmetic begins at ``i``."""
        first = self.side(i, need_operator=False)
        if first is None:
            return None
        sides = [first]
        self.plain_result = False
        after = self.behind(first.last + 1)
        broken = False
        while self.kinds[after] is EQUALS or (self.kinds[after] is CUE and self.plain_result):
            if self.tokens[after].data == "→" and not sides[-1].written:
                break
            nxt = self.side(self.skip_equals(after + 1), need_operator=False)
            if nxt is None:
                broken = True
                break
            sides.append(nxt)
            alone = not nxt.written and len(nxt.operands) == 1
            self.plain_result = alone and self.tokens[nxt.operands[0]].data.money == 1
            after = self.behind(nxt.last + 1)
        if len(sides) == 1 and not first.written and not broken:
            return None
        return Chain(tuple(sides), broken, self.torn(first.first, sides[-1].last, after, broken)), sides[-1].last + 1

    def torn(self, first: int, last: int, after: int, broken: bool) -> bool:
        """Whether an operand next to the chain was lost."""
        kinds, past = self.kinds, self.past_label
        before = first - 1
        while before >= 0 and kinds[before] in LABELS:
            before -= 1
        if before >= 0 and kinds[before] is OPERATOR:
            return True
        if broken and kinds[past[self.skip_equals(after + 1)]] is DAMAGED:
            return True
        return kinds[past[last + 1]] is OPERATOR or kinds[last + 1] is DAMAGED

    def behind(self, i: int) -> int:
        """Past a label, and past a comma before 等于: …乘以每班2400元，等于28800元."""
        kinds, past = self.kinds, self.past_label
        start = i + 1 if kinds[i] is COMMA or kinds[i] is OPEN else i
        again = self.plain_result and kinds[start] is CUE and kinds[start + 1] is FIGURE
        if again and "equals" in self.tokens[start].data:
            figure: Figure = self.tokens[start + 1].data
            if figure.money == 1 and not figure.is_rate and not figure.bound:
                return start  # …=20060元，折合2.006万元
        i = past[i]
        if kinds[i] is COMMA and kinds[past[i + 1]] is EQUALS:
            return past[i + 1]
        return i

    def skip_equals(self, i: int) -> int:
        """Past blanks, line breaks and a doubled sign after an equality."""
        while self.kinds[i] is LINE or self.kinds[i] is EQUALS:
            i += 1
        return i

    def side(self, i: int, need_operator: bool) -> Side | None:
        """side := sum"""
        operands, missing, written = self.operands, self.missing, self.written
        self.operands, self.missing, self.written = [], [], False
        try:
            found = self.sum(i, 0)
            if found is None or (need_operator and not self.written):
                return None
            node, last = found
            return new(Side, (node, i, last, tuple(self.operands), self.written, tuple(self.missing)))
        finally:
            self.operands, self.missing, self.written = operands, missing, written

    def sum(self, i: int, depth: int) -> tuple[Node, int] | None:
        """sum := product { ("+" | "-") product }"""
        found = self.product(i, depth)
        if found is None:
            return None
        node, last = found
        terms, signs = [node], [True]
        while True:
            after = self.past_label[last + 1]
            if self.kinds[after] is not OPERATOR or self.tokens[after].data not in "+-":
                break
            found = self.product(after + 1, depth)
            if found is None:
                break
            terms.append(found[0])
            signs.append(self.tokens[after].data == "+")
            last = found[1]
            self.written = True
        return (terms[0] if len(terms) == 1 else Sum(tuple(terms), tuple(signs))), last

    def product(self, i: int, depth: int) -> tuple[Node, int] | None:
        """product := factor { ("×" | "÷") factor }"""
        found = self.factor(i, depth)
        if found is None:
            return None
        node, last = found
        factors, ups = [node], [True]
        while True:
            after = self.past_label[last + 1]
            if self.kinds[after] is not OPERATOR or self.tokens[after].data not in "×÷":
                break
            found = self.factor(after + 1, depth)
            if found is None:
                break
            factors.append(found[0])
            ups.append(self.tokens[after].data == "×")
            last = found[1]
            self.written = True
        return (factors[0] if len(factors) == 1 else new(Product, (tuple(factors), tuple(ups)))), last

    def factor(self, i: int, depth: int) -> tuple[Node, int] | None:
        """factor := label* ( figure | "(" sum ")" unit? )"""
        kinds, past = self.kinds, self.past_label
        i = past[i]
        while kinds[i] is LINE:
            i = past[i + 1]
        kind = kinds[i]
        if kind is OPEN:
            return self.group(i, depth)
        if kind is ITEM and i in self.references:
            # （①+②）×10%: the amount of the item that the mark names
            self.operands.append(self.references[i])
            return leaf_of(self.tokens[self.references[i]].data), i
        if kind is not FIGURE:
            return None
        # 陈醋1箱16元+…: of the figures before an operator the last one is the operand.
        while True:
            after = past[i + 1]
            if kinds[after] is not FIGURE:
                break
            beyond = past[after + 1]
            while kinds[beyond] is FIGURE:
                beyond = past[beyond + 1]
            if kinds[beyond] is not OPERATOR and kinds[beyond] is not EQUALS and not self.ends_in_rate(i, after):
                break
            if self.parted(i, after):
                if self.kinds[i - 1] is EQUALS and self.tokens[i].data.money == 1 and not self.tokens[i].data.is_rate:
                    break  # 水 4箱*30=120元 茶 2盒*45=90元: the result of one item, the next item behind it
            else:
                self.missing.append(i)
            i = after
        self.operands.append(i)
        return leaf_of(self.tokens[i].data), i

    def ends_in_rate(self, first: int, last: int) -> bool:
        """112人×2天500元/人·天 in brackets: a factor with its rate right behind it, the sign between them lost."""
        factor, rate = self.tokens[first].data, self.tokens[last].data
        before = first - 1
        while before > 0 and self.kinds[before] is TEXT:
            before -= 1
        behind_sign = before > 0 and self.kinds[before] is OPERATOR
        return behind_sign and last == first + 1 and rate.is_rate and cancels(factor.unit, rate.unit)

    def parted(self, first: int, last: int) -> bool:
        """Whether more than a blank stands between two tokens."""
        between = self.tokens[first + 1 : last]
        return any(token.kind is not TEXT or token.end - token.start > 1 for token in between)

    def group(self, i: int, depth: int) -> tuple[Node, int] | None:
        """ "(" sum ")" unit?"""
        end = self.closing.get(i)
        if end is None or depth >= MAX_DEPTH:
            return None
        found = self.sum(i + 1, depth + 1)
        if found is None:
            return None
        node, last = found
        if self.past_label[last + 1] != end:
            return None
        if self.kinds[end + 1] is UNIT:
            scale, unit = self.tokens[end + 1].data
            return with_unit(node, scale, unit), end + 1
        return node, end


def brackets(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each bracket that opens is closed again."""
    stack: list[int] = []
    closing: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.kind is OPEN:
            stack.append(i)
        elif token.kind is Kind.CLOSE and stack:
            closing[stack.pop()] = i
    return closing


def chains(tokens: Sequence[Token], closing: dict[int, int]) -> list[Chain]:
    """Every written chain of the text, from left to right."""
    kinds = [token[0] for token in tokens]
    if OPERATOR not in kinds and EQUALS not in kinds:
        return []
    parser = Parser(tokens, closing)
    found: list[Chain] = []
    i = 0
    while i < parser.size:
        if parser.kinds[i] in BEGINNINGS:
            chain = start(parser, i)
            if chain is not None:
                found.append(chain[0])
                i = chain[1]
                continue
        i += 1
    return found


def start(parser: Parser, i: int) -> tuple[Chain, int] | None:
    """The chain that begins exactly at token ``i``, if one does."""
    kinds = parser.kinds
    if kinds[i] is FIGURE:
        after = parser.past_label[i + 1]
        if kinds[after] not in AFTER_FIRST:
            return None
        if kinds[after] is FIGURE and parser.parted(i, after):
            return None  # a number in the label of the next one
    elif kinds[i] is ITEM:
        if i not in parser.references or kinds[parser.past_label[i + 1]] is not OPERATOR:
            return None
    elif not parser.has_operator(i) and not (i in parser.closing and parser.is_group(i)):
        return None
    return parser.chain(i)
