"""Each rounding mode against a rounding function written without intervals.

For every figure and every number of the grid: the number lies in the figure's preimage
exactly if the mode writes that number as that figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import pytest

from calcverify.exact.rounding import MODES, mode_named

EIGHTHS = [Fraction(n, 8) for n in range(-44, 45)]
FIGURES = range(-4, 5)


def away_from_zero(x: Fraction) -> int:
    """进一: any remainder counts as one more."""
    return math.ceil(x) if x > 0 else math.floor(x)


WRITTEN: dict[str, Callable[[Fraction], set[int]]] = {
    "nearest": lambda x: {math.floor(x + Fraction(1, 2)), math.ceil(x - Fraction(1, 2))},
    "half-even": lambda x: {round(x)},
    "truncate": lambda x: {math.trunc(x)},
    "up": lambda x: {away_from_zero(x)},
}


def test_every_mode_of_the_table_is_tested() -> None:
    assert [mode.name for mode in MODES] == list(WRITTEN)


@pytest.mark.parametrize("place", [Fraction(1), Fraction(10000), Fraction(1, 100)], ids=["1", "10000", "0.01"])
@pytest.mark.parametrize("name", WRITTEN)
def test_a_preimage_holds_the_numbers_that_are_written_so(name: str, place: Fraction) -> None:
    for figure in FIGURES:
        preimage = mode_named(name).preimage(figure * place, place)
        inside = {x for x in EIGHTHS if x * place in preimage}
        assert inside == {x for x in EIGHTHS if figure in WRITTEN[name](x)}, figure


# mode, number, place, figures that it may be written as
TIES = [
    ("nearest", "35500", "1000", "35000 36000"),
    ("half-even", "35500", "1000", "36000"),
    ("half-even", "34500", "1000", "34000"),
    ("half-even", "-35500", "1000", "-36000"),
    ("truncate", "38999", "1000", "38000"),
    ("truncate", "-38999", "1000", "-38000"),
    ("truncate", "999", "1000", "0"),
    ("up", "38001", "1000", "39000"),
    ("up", "-38001", "1000", "-39000"),
    ("up", "38000", "1000", "38000"),
    ("up", "1", "1000", "1000"),
]


@pytest.mark.parametrize(("name", "number", "place", "figures"), TIES)
def test_ties_and_ends(name: str, number: str, place: str, figures: str) -> None:
    step = Fraction(place)
    found = [n * step for n in range(-40, 41) if Fraction(number) in mode_named(name).preimage(n * step, step)]
    assert found == [Fraction(figure) for figure in figures.split()]


def test_a_mode_that_does_not_exist() -> None:
    with pytest.raises(KeyError, match="五舍六入"):
        mode_named("五舍六入")
