"""The tokens of a basis text and the figures in it. Tokens tile the text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from calcverify.exact.units import NONE, Unit, power_of


class Kind(int):
    """What a token is. A member is found as a plain class attribute, which every step does
    for every token; a member of an ``Enum`` would cost four times as much to look up."""

    name: str
    TEXT: ClassVar[Kind]
    FIGURE: ClassVar[Kind]
    OPERATOR: ClassVar[Kind]
    EQUALS: ClassVar[Kind]
    OPEN: ClassVar[Kind]
    CLOSE: ClassVar[Kind]
    COMMA: ClassVar[Kind]
    PAUSE: ClassVar[Kind]  # 、
    STOP: ClassVar[Kind]  # 。；
    LINE: ClassVar[Kind]
    COLON: ClassVar[Kind]
    CUE: ClassVar[Kind]
    PER: ClassVar[Kind]
    ASIDE: ClassVar[Kind]
    ITEM: ClassVar[Kind]
    RATIO: ClassVar[Kind]
    UNIT: ClassVar[Kind]
    DAMAGED: ClassVar[Kind]

    def __repr__(self) -> str:
        return f"Kind.{self.name}"


for _number, _name in enumerate(name for name in Kind.__annotations__ if name.isupper()):
    _kind = Kind(_number)
    _kind.name = _name
    setattr(Kind, _name, _kind)


class Token(NamedTuple):
    """A piece of the text. ``data`` depends on the kind: a :class:`Figure`, an operator
    sign, the roles of a cue, the unit of a rate (每人 → 人⁻¹), an item mark."""

    kind: Kind
    start: int
    end: int
    data: Any = None


NO_ROLES: frozenset[str] = frozenset()


class Figure(NamedTuple):
    """A number as written, with its scale, unit, hedge and place.

    ``value`` and ``place`` are in the base unit (2.2万人 → 22000, place 1000).
    ``roles`` are the cue roles of the words before it in its clause, ``per`` the rate
    words before it (每人每月), already in ``unit``. ``label`` is where the words before
    it begin. ``high`` is the upper end of a vague figure or a range. ``bare`` is true
    without a unit word (a bare scale such as 2万 too); ``assumed`` where 元 was supplied.
    """

    start: int
    end: int
    value: Fraction
    place: Fraction
    unit: Unit
    scale: int
    kind: str
    label: int
    roles: frozenset[str] = NO_ROLES
    high: Fraction | None = None
    hedged: bool = False
    bare: bool = False
    per: Unit = NONE
    bound: str = ""
    index: int = -1  # type: ignore[assignment]  # a tuple has a method of this name
    assumed: bool = False

    @property
    def money(self) -> int:
        """The power of money in its unit."""
        return power_of(self.unit, "元")

    @property
    def is_rate(self) -> bool:
        """Whether it is money per something that has to be counted (元/年 is not)."""
        unit = self.unit
        return len(unit) > 1 and any(p < 0 and n != "年" for n, p in unit)


class Item(NamedTuple):
    """A mark that begins a list item: its style and number (``（二）`` → 'pc', 2)."""

    style: str
    number: int


class Per(NamedTuple):
    """A rate word: 每人 is unit 人; 每课题 is an open word that counts match by noun."""

    unit: str
    noun: str
