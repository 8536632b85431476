"""What a made-up basis is made of: figures, the relations between them, pieces of text.

A text is kept as pieces until the last moment, so that a fault can change one figure,
leave one factor or item out, or flip one sign, and the text is rendered anew with its
numbering and separators in order. The truth is then recomputed from the figures that
the rendered text shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from . import numerals

# Longest first: 百万元 is one million yuan, not 百 of something.
SCALES: tuple[tuple[str, int], ...] = (
    ("千万", 10**7),
    ("百万", 10**6),
    ("亿", 10**8),
    ("億", 10**8),
    ("万", 10**4),
    ("萬", 10**4),
)


def scale_of(unit: str) -> Fraction:
    """What one of ``unit`` is worth in its base unit: 万元 10000, % 1/100, 折 1/10."""
    bare = unit.strip()
    shares = {"%": Fraction(1, 100), "‰": Fraction(1, 1000), "折": Fraction(1, 10), "成": Fraction(1, 10)}
    if bare in shares:
        return shares[bare]
    for word, value in SCALES:
        if bare.startswith(word):
            return Fraction(value)
    return Fraction(1000) if bare.startswith("千元") else Fraction(1)


class Expr:
    """A computation over figures; ``int`` operands are factors that words imply (全年 is 12)."""

    def __add__(self, other: Expr | int) -> Expr:
        return Op("+", (self, lift(other)))

    def __sub__(self, other: Expr | int) -> Expr:
        return Op("-", (self, lift(other)))

    def __mul__(self, other: Expr | int) -> Expr:
        return Op("*", (self, lift(other)))

    def __truediv__(self, other: Expr | int) -> Expr:
        return Op("/", (self, lift(other)))


@dataclass(frozen=True)
class Num(Expr):
    """A number that the text says in words only (各半, 全年)."""

    value: Fraction


@dataclass(frozen=True)
class Op(Expr):
    """Two or more operands joined by one of ``+ - * /``."""

    sign: str
    args: tuple[Expr, ...]


@dataclass(frozen=True)
class Signed(Expr):
    """A term whose written sign (``mark``) a fault may flip."""

    mark: int
    arg: Expr


@dataclass(frozen=True)
class Figure(Expr):
    """A figure as written: ``plain`` arabic digits, the script they are written in, the unit behind.

    ``role`` is what it counts (count, rate, months, share, amount, result, total, fixed);
    a ``fixed`` figure (三分之一) takes no digit faults. The unit of a ``headed`` figure stands in a
    table's heading and is not written behind the digits.
    """

    key: int
    plain: str
    unit: str
    role: str
    script: str = "arabic"
    hedged: bool = False
    headed: bool = False

    @property
    def value(self) -> Fraction:
        """The value in the base unit."""
        return Fraction(self.plain) * scale_of(self.unit)

    @property
    def place(self) -> Fraction:
        """The value of the last written digit in the base unit."""
        _, _, decimals = self.plain.partition(".")
        if self.script in ("chinese", "capital"):
            return numerals.last_place(self.plain) * scale_of(self.unit)
        return Fraction(1, 10 ** len(decimals)) * scale_of(self.unit)

    @property
    def digits(self) -> str:
        """The number as it stands in the text."""
        return numerals.write(self.plain, self.script)

    @property
    def base(self) -> str:
        """The base unit: 元 for money, the counter otherwise."""
        bare = self.unit.strip()
        for word, _ in (*SCALES, ("千", 0)):
            if bare.startswith(word) and bare != word:
                return bare[len(word) :]
        return "" if bare in ("%", "‰", "折", "成") else bare


def lift(value: Expr | int) -> Expr:
    """An ``int`` as an expression."""
    return value if isinstance(value, Expr) else Num(Fraction(value))


@dataclass(frozen=True)
class Mark:
    """A written sign between two terms that a fault may flip."""

    key: int
    plus: str
    minus: str
    positive: bool

    def __call__(self, arg: Expr) -> Expr:
        """``arg`` with this sign."""
        return Signed(self.key, arg)


@dataclass(frozen=True)
class Part:
    """A factor or an item that a fault may leave out; ``pieces`` is its text."""

    key: int
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Joined:
    """Parts with separators between them, numbered where ``numbering`` says how."""

    parts: tuple[Part, ...]
    separator: str
    numbering: str = ""
    last: str = ""


Piece: TypeAlias = "str | Figure | Mark | Joined | tuple[Piece, ...]"


class Relation(NamedTuple):
    """One claim of the text: ``expr`` is said to give the figure with key ``stated``.

    ``soft`` is "" where a miss is a mismatch, "composed" where it may only ask, "either"
    where the rules leave both open, "loose" for the parts after a plain 其中 (a notice when
    they fall short), "upper" where a list that lost its last payer may go on. ``expected`` is
    false where the claim repeats another's values.
    ``unit`` is the base unit; ``exactly`` forbids the carry (written-out equations).
    """

    kind: str
    expr: Expr
    stated: int
    unit: str
    soft: str = ""
    expected: bool = True


class Twin(NamedTuple):
    """Another way to take the text, in which its relations would be these; ``told`` says which way that is.

    A fault that makes one text of the style into another that is right when taken so cannot be told
    from it: 中央30%计3万元, …, 总投资10万元 with 10万元 for 3万元 as the form's total.
    """

    told: str
    relations: tuple[Relation, ...]


class Expected(NamedTuple):
    """A claim that must be found, with its exact value in the base unit and its verdict."""

    kind: str
    computed: Fraction
    unit: str
    stated: Fraction
    verdict: str


class Slot(NamedTuple):
    """A place where a fault may be put: a figure, a part or a sign.

    ``span`` is in the basis, or ``None`` in the total's own field. ``key`` finds it in the
    draft; ``role`` is the figure's role, "factor", "item" or "sign".
    """

    key: int
    role: str
    span: tuple[int, int] | None
    text: str


@dataclass(frozen=True)
class Draft:
    """A basis before it is rendered, and the edits that a fault made."""

    style: str
    pieces: tuple[Piece, ...]
    total: Figure | None
    relations: tuple[Relation, ...]
    dress: str = ""
    review: str = ""
    status: str = ""
    edits: Mapping[int, Figure] = field(default_factory=dict)
    drops: frozenset[int] = frozenset()
    flips: frozenset[int] = frozenset()
    twins: tuple[Twin, ...] = ()


class Case(NamedTuple):
    """A text with its truth; ``draft`` is what it was made from."""

    style: str
    basis: str
    total: str | None
    claims: tuple[Expected, ...]
    status: str
    slots: tuple[Slot, ...]
    draft: Draft
