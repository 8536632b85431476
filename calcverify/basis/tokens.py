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
# The kinds of figures that are a part of something: 60%, 三分之二, 八折, 一半. A multiple (1.5倍) is none.
SHARES = frozenset({"percent", "permille", "fraction", "zhe", "cheng", "half"})


class Written(NamedTuple):
    """The fields of a :class:`Figure`."""

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
    money: int = 0
    is_rate: bool = False


class Figure(Written):
    """A number as written, with its scale, unit, hedge and place.

    ``value`` and ``place`` are in the base unit (2.2万人 → 22000, place 1000).
    ``roles`` are the cue roles of the words before it in its clause, ``per`` the rate
    words before it (每人每月), already in ``unit``. ``label`` is where the words before
    it begin. ``high`` is the upper end of a vague figure or a range. ``bare`` is true
    without a unit word (a bare scale such as 2万 too); ``assumed`` where 元 was supplied.

    ``money`` is the power of money in its unit, ``is_rate`` whether it is money per
    something that has to be counted (元/年 is not). Both follow from the unit; they are
    kept since every step asks for them.
    """

    __slots__ = ()

    def __new__(cls, *fields: Any, **named: Any) -> Figure:
        """A figure of the fields up to ``assumed``."""
        given = Written(*fields, **named)
        return tuple.__new__(cls, (*given[:-2], *kinds_of(given.unit)))

    def _replace(self, **changes: Any) -> Figure:
        if "unit" in changes:
            changes["money"], changes["is_rate"] = kinds_of(changes["unit"])
        return super()._replace(**changes)


def kinds_of(unit: Unit) -> tuple[int, bool]:
    """The power of money in a unit, and whether it is a rate."""
    if len(unit) == 1:
        ((name, power),) = unit
        return (power if name == "元" else 0), False
    if not unit:
        return 0, False
    return power_of(unit, "元"), any(p < 0 and n != "年" for n, p in unit)


class Item(NamedTuple):
    """A mark that begins a list item: its style and number (``（二）`` → 'pc', 2)."""

    style: str
    number: int


class Per(NamedTuple):
    """A rate word: 每人 is unit 人; 每课题 is an open word that counts match by noun."""

    unit: str
    noun: str
