"""Exact numbers as text: decimals, fractions, and amounts in the scale that people use.

Nothing here passes through a float. A decimal that ends is written out in full
(``1263.2``), one that does not is a fraction (``10000/3``) for programs and a rounded
figure that says so (``约3333.3333``) for people.
"""

from __future__ import annotations

from fractions import Fraction

from calcverify.exact.rational import integer, quotient, ratio

MINUS = "\u2212"

# What one of each written scale is worth; 万 and 亿 are scales, not units.
SCALES: tuple[tuple[int, str], ...] = (
    (1, ""),
    (10, "十"),
    (100, "百"),
    (1000, "千"),
    (10**4, "万"),
    (10**6, "百万"),
    (10**7, "千万"),
    (10**8, "亿"),
    (10**12, "万亿"),
)

# Longer than this a figure tells a person nothing more; programs get every digit.
_MOST_DECIMALS = 12
_MOST_DIGITS = 24
_TOO_LONG = 10**_MOST_DIGITS

# CPython refuses to turn longer integers into text in one go (sys.set_int_max_str_digits).
_CHUNK = 4000


def digits(n: int) -> str:
    """The decimal digits of a non-negative integer of any size.

    ``str`` refuses integers of more than 4300 digits, and a hostile basis can multiply
    its way there, so long ones are split in halves.
    """
    if n.bit_length() < 3 * _CHUNK:
        return str(n)
    half = n.bit_length() * 3 // 20  # about half of its digits
    high, low = divmod(n, 10**half)
    return digits(high) + digits(low).rjust(half, "0")


def _power_of_five(n: int) -> int | None:
    """``k`` where ``n`` is 5 to the ``k``, else ``None``."""
    guess = n.bit_length() * 1000 // 2322  # log2(5) is 2.3219...
    for k in (guess - 1, guess, guess + 1):
        if k >= 0 and 5**k == n:
            return k
    return None


# What the denominators of most amounts need: 1, 2, 5, 10 …
_PLACES = {2**twos * 5**fives: max(twos, fives) for twos in range(7) for fives in range(7)}


def places(value: Fraction) -> int | None:
    """How many decimals ``value`` needs, or ``None`` where its decimal does not end."""
    d = value.denominator
    known = _PLACES.get(d)
    if known is not None:
        return known
    twos = (d & -d).bit_length() - 1
    fives = _power_of_five(d >> twos)
    return None if fives is None else max(twos, fives)


def _pointed(numerator: int, decimals: int) -> str:
    """``numerator`` over ten to the ``decimals`` as a decimal with just that many."""
    sign = "-" if numerator < 0 else ""
    text = digits(abs(numerator))
    if not decimals:
        return sign + text
    text = text.rjust(decimals + 1, "0")
    return f"{sign}{text[:-decimals]}.{text[-decimals:]}"


def exact(value: Fraction) -> str:
    """``value`` for programs: a decimal, or ``p/q`` where the decimal does not end.

    >>> exact(Fraction(126320, 100)), exact(Fraction(30)), exact(Fraction(-2, 3))
    ('1263.2', '30', '-2/3')
    """
    decimals = places(value)
    if decimals is None:
        sign = "-" if value < 0 else ""
        return f"{sign}{digits(abs(value.numerator))}/{digits(value.denominator)}"
    return _pointed(value.numerator * 10**decimals // value.denominator, decimals)


def units_of(value: Fraction, decimals: int) -> int:
    """How many times the last of that many decimals ``value`` is, ties away from zero: 25 for 2.45 with one.

    A negative number of ``decimals`` counts tens, hundreds and so on.
    """
    numerator, denominator = value.as_integer_ratio()
    if decimals >= 0:
        numerator *= 10**decimals
    else:
        denominator *= 10**-decimals
    count = (2 * abs(numerator) + denominator) // (2 * denominator)
    return count if numerator >= 0 else -count


def rounded(value: Fraction, decimals: int) -> Fraction:
    """``value`` to that many decimals (negative ones cut whole digits), ties away from zero."""
    count = units_of(value, decimals)
    return ratio(count, 10**decimals) if decimals > 0 else integer(count * 10**-decimals)


def readable(value: Fraction, lang: str = "zh") -> str:
    """``value`` for people; one that is too long to read is rounded and says so.

    >>> readable(Fraction(10000, 3)), readable(Fraction(10000, 3), "en"), readable(Fraction(-5, 2))
    ('约3333.3333', 'about 3333.3333', '−2.5')
    """
    about = "about " if lang == "en" else "约"
    decimals = places(value)
    numerator, denominator = value.as_integer_ratio()
    if decimals is not None and decimals <= _MOST_DECIMALS and abs(numerator) < denominator * _TOO_LONG:
        return _pointed(numerator * 10**decimals // denominator, decimals).replace("-", MINUS)
    whole = len(digits(abs(numerator) // denominator))
    if whole > _MOST_DIGITS:
        return f"{about}{_scientific(value, whole)}".replace("-", MINUS)
    small = denominator // max(1, abs(numerator))
    leading_zeros = len(digits(small)) - 1 if small else 0
    if leading_zeros > _MOST_DECIMALS:
        return f"{about}{_scientific(value, -leading_zeros)}".replace("-", MINUS)
    return about + exact(rounded(value, leading_zeros + 4)).replace("-", MINUS)


def _scientific(value: Fraction, whole: int) -> str:
    """Four digits and a power of ten, for a number of ``whole`` digits before its point."""
    mantissa = rounded(value / Fraction(10) ** (whole - 1), 3)
    return f"{exact(mantissa)}×10^{whole - 1}"


def scale_for(value: Fraction) -> int:
    """The scale that a person would say a bare ``value`` in: 万 from ten thousand up."""
    numerator, denominator = value.as_integer_ratio()
    return 10**4 if abs(numerator) >= denominator * 10**4 else 1


def scale_word(scale: int | Fraction) -> str | None:
    """The written word of a scale (``万`` for 10000), ``None`` where there is none."""
    for worth, word in SCALES:
        if worth == scale:
            return word
    return None


def amount(value: Fraction, unit: str, lang: str = "zh") -> str:
    """``value`` of a base unit in its natural scale: ``1263.2万元``, ``12人``, ``0.325``."""
    scale = scale_for(value) if unit else 1
    return f"{readable(value if scale == 1 else value / scale, lang)}{scale_word(scale)}{unit}"


def amount_in(value: Fraction, scale: str, worth: Fraction, lang: str = "zh") -> str:
    """``value`` said in a named scale: ``amount_in(12632000, "万元", 10000)`` is 1263.2万元."""
    return f"{readable(quotient(value, worth), lang)}{scale}"
