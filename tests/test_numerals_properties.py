"""Laws of numerals: whatever is written, the same number is read, or none."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcverify.basis.numbers import read_numbers
from calcverify.basis.numerals import Numeral, read_numeral

SMALL = "零一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
UNITS = ["", "十", "百", "千"]
CAPITAL_UNITS = ["", "拾", "佰", "仟"]
TRADITIONAL = str.maketrans("贰叁陆万亿两点", "貳參陸萬億兩點")
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def words(text: str) -> list[str]:
    """The pieces of ``text`` between blanks."""
    return text.split()


naturals = st.one_of(
    st.integers(1, 10**16 - 1),
    st.builds(lambda d, z: d * 10**z, st.integers(1, 9999), st.integers(0, 12)),
    st.builds(lambda a, b, z: a * 10**z + b, st.integers(1, 9999), st.integers(0, 99), st.integers(4, 8)),
)
FOLLOWING = ["", "元", "元/人", "人，", "个百分点的一", "。", "、三名", "×3", " 元", "）"]


def chinese(n: int, digits: str = SMALL, units: list[str] = UNITS) -> str:
    """``n`` below 10^16 in standard Chinese: 零 for every gap, 一十 in full."""
    if n == 0:
        return digits[0]
    if n >= 10**8:
        high, low = divmod(n, 10**8)
        return chinese(high, digits, units) + "亿" + tail(low, 10**8, digits, units)
    if n >= 10**4:
        high, low = divmod(n, 10**4)
        return chinese(high, digits, units) + "万" + tail(low, 10**4, digits, units)
    written, gap = "", False
    for place in range(3, -1, -1):
        digit = n // 10**place % 10
        if digit:
            written += (digits[0] if gap and written else "") + digits[digit] + units[place]
        gap = not digit
    return written


def tail(low: int, room: int, digits: str, units: list[str]) -> str:
    """What stands behind 万 or 亿."""
    if low == 0:
        return ""
    return (digits[0] if low < room // 10 else "") + chinese(low, digits, units)


def trailing(n: int) -> int:
    """The value of the last digit of ``n`` that is not nought."""
    place = 1
    while n % (place * 10) == 0:
        place *= 10
    return place


def read(text: str, start: int = 0) -> Numeral:
    """The numeral at ``start``, which must be one."""
    numeral = read_numeral(text, start)
    assert numeral is not None
    return numeral


def test_the_writer_writes_standard_chinese() -> None:
    written = {n: chinese(n) for n in (10, 105, 1050, 10010, 20300, 100000005, 12345678, 10**8 + 10**7)}
    assert list(written.values()) == [
        "一十", "一百零五", "一千零五十", "一万零一十", "二万零三百", "一亿零五",
        "一千二百三十四万五千六百七十八", "一亿一千万",
    ]  # fmt: skip


@given(naturals, st.sampled_from(["small", "capital", "traditional", "spoken ten", "两"]))
def test_a_chinese_numeral_is_its_number(n: int, style: str) -> None:
    text = chinese(n, CAPITAL, CAPITAL_UNITS) if style in ("capital", "traditional") else chinese(n)
    if style == "traditional":
        text = text.translate(TRADITIONAL)
    if style == "spoken ten" and text.startswith("一十"):
        text = text[1:]
    if style == "两":
        for unit in "百千万亿":
            text = text.replace(f"二{unit}", f"两{unit}")
    numeral = read(text + "元")
    assert (numeral.end, numeral.kind) == (len(text), "chinese")
    assert numeral.value == n
    assert numeral.place == trailing(n)
    assert numeral.high is None


@given(naturals, st.integers(0, 6), st.data())
def test_a_decimal_and_its_place(n: int, decimals: int, data: st.DataObject) -> None:
    """The value is the digits times the place, in any width, with any scale."""
    digits = str(n).zfill(decimals + 1)
    plain = digits if decimals == 0 else f"{digits[:-decimals]}.{digits[-decimals:]}"
    scale, factor = data.draw(st.sampled_from([("", 1), ("万", 10**4), ("亿", 10**8), (" 万", 10**4)]))
    text = (plain.translate(WIDE) if data.draw(st.booleans()) else plain) + scale
    numeral = read(text + data.draw(st.sampled_from(["", "元", "人，", "×3", "）"])))
    assert numeral.end == len(text)
    assert numeral.value == Fraction(n * factor, 10**decimals)
    assert numeral.place == Fraction(factor, 10**decimals)
    assert numeral.scale == factor
    assert (numeral.value / numeral.place).denominator == 1


@given(st.integers(1000, 10**12), st.integers(0, 99), st.booleans())
def test_grouped_digits(n: int, cents: int, with_cents: bool) -> None:
    text = f"{n:,}" + (f".{cents:02}" if with_cents else "")
    numeral = read(text + "元")
    row = len(text.split(",")) > 2 and n % 10 == 0  # a row of round prices is refused
    if not (row and numeral.kind == "damaged"):
        assert (numeral.end, numeral.value) == (len(text), n + Fraction(cents if with_cents else 0, 100))


@given(naturals, st.sampled_from(["%", "％", " %", "‰", "个百分点", "百分之", "千分之", "百分之 "]))
def test_shares(n: int, sign: str) -> None:
    under = 1000 if sign in ("‰", "千分之") else 100
    text = f"{sign}{n}" if sign.startswith(("百分之", "千分之")) else f"{n}{sign}"
    numeral = read(text)
    assert (numeral.end, numeral.value, numeral.place) == (len(text), Fraction(n, under), Fraction(1, under))
    if not sign.startswith(("百", "千")):
        assert read(chinese(n) + sign).value == Fraction(n, under)


@given(st.integers(1, 10**6), st.integers(2, 10**6))
def test_fractions(over: int, under: int) -> None:
    for text in (f"{chinese(under)}分之{chinese(over)}", f"{under}分之{over}"):
        numeral = read(text)
        assert (numeral.end, numeral.value) == (len(text), Fraction(over, under))
    assert read(f"{over}/{under}") == read(str(over))
    slashed = read_numeral(f"{over}/{under}", 0, slash=True)
    assert slashed is not None
    assert slashed.value == Fraction(over, under)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
def test_spoken_endings(a: int, b: int, ten: int) -> None:
    for unit, value in (("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)):
        assert read(f"{SMALL[a]}{unit}{SMALL[b]}").value == a * value + b * value // 10
        assert read(f"{a}{unit}{b}").value == a * value + b * value // 10
    assert read(f"{SMALL[ten]}十{SMALL[b]}").value == ten * 10 + b
    assert read(f"{SMALL[ten]}十{SMALL[a]}万{SMALL[b]}").value == (ten * 10 + a) * 10**4 + b * 1000


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(1, 9))
def test_mixed_scales(a: int, b: int, c: int) -> None:
    assert read(f"{a}亿{b}万元").value == a * 10**8 + b * 10**4
    assert read(f"{a}万{c}千元").value == a * 10**4 + c * 1000
    assert read(f"{a}亿{c}千万元").value == a * 10**8 + c * 10**7


@given(st.integers(1, 10**7), st.sampled_from(["余", "多"]), st.sampled_from(["", "万", "亿"]), st.booleans())
def test_a_vague_figure_opens_upward_by_its_last_digit(n: int, word: str, scale: str, before: bool) -> None:
    n *= 10
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    numeral = read(f"{n}{word}{scale}元" if before else f"{n}{scale}{word}元")
    assert numeral.vague
    assert numeral.value == n * factor
    assert numeral.high == (n + trailing(n)) * factor


@given(
    st.integers(10, 999_999_999),
    st.sets(st.integers(1, 8), min_size=1, max_size=4),
    st.sampled_from(["元", " 元", "万元", "台", "%", "人"]),
    st.sampled_from(["", "共", "共 ", "×", "= ", "购置1 05.2万元、保洁 ", "。", "\n"]),
)
def test_a_blank_between_digits_never_makes_another_number(n: int, cuts: set[int], unit: str, before: str) -> None:
    """With a unit behind them, digits that blanks part are one number or damaged, nothing else."""
    digits = str(n)
    places = sorted(c for c in cuts if c < len(digits))
    spaced = "".join((" " if i in places else "") + c for i, c in enumerate(digits))
    if not places:
        return
    text = before + spaced + unit
    numeral = read(text, len(before))
    whole = read(str(n) + unit).value
    assert numeral.kind == "damaged" or numeral.value == whole
    assert numeral.end >= len(before + spaced)


@given(st.integers(100, 10**7), st.data())
def test_a_destroyed_digit_is_never_read_around(n: int, data: st.DataObject) -> None:
    digits = str(n)
    at = data.draw(st.integers(1, len(digits) - 1))
    wreck = data.draw(st.sampled_from(["O", "o", "l", "I", "■", "**", "xx", "\u200b", "²", "·", "'", "٣"]))
    rest = digits[at:] if wreck in ("\u200b", "·", "'") else digits[at + 1 :]
    text = f"{digits[:at]}{wreck}{rest}万元"
    numeral = read(text)
    assert numeral.kind == "damaged"
    assert "万" in text[: numeral.end] or wreck == "²"


@given(naturals, st.sampled_from(FOLLOWING), st.text("统一购置，。项目经费为 ：", max_size=12))
def test_a_numeral_is_the_same_wherever_it_stands(n: int, behind: str, before: str) -> None:
    for numeral in (str(n), f"{n}万", f"{n:,}"):
        text = before + numeral + behind
        if before.endswith((" ", "　")) or read(numeral + behind).kind == "damaged":
            continue
        here, there = read(text, len(before)), read(numeral + behind)
        assert here == there._replace(end=there.end + len(before))


SIGNS = "0123456789０５.,，、 　一二三五十百千万亿零两半几数多余分之又点折成%‰个百元人年月OXx×*■/／第统周-^\n²③"


@given(st.text(SIGNS, max_size=40))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    at = 0
    while at < len(text):
        numeral = read_numeral(text, at)
        if numeral is None:
            at += 1
            continue
        assert at < numeral.end <= len(text)
        assert numeral.place > 0
        assert numeral.high is None or (numeral.vague and abs(numeral.high) > abs(numeral.value))
        at = numeral.end
    ends = 0
    for number in read_numbers(text):
        assert ends <= number.span.start < number.span.end
        assert number.text == text[number.span.start : number.span.end]
        ends = number.span.end


@given(st.text(SIGNS, max_size=30), st.integers(0, 29), st.booleans())
def test_any_place_of_any_text_can_be_asked(text: str, start: int, slash: bool) -> None:
    numeral = read_numeral(text, start, slash)
    assert numeral is None or start < numeral.end <= len(text)


LONG = 20_000  # a fifth of the longest basis that is read
HOSTILE = [
    *words("9 一 万 几 半 零 约 点"),
    *words("1. 1, 123, 二三 三万 百分之 三分之 一又 一又三分之 1/ 5■ 5xx 1O 一点 1.5, 5， 10多 八折 三成 数十 第一"),
    *words("1一 10^ 5元6角 3- 统一 5米半 万亿 十万 1\u200b"),
    *("1 ", "一 ", "三 百 ", "1 .", "5 ", "12 34 元", "- ", "1/2 ", "1, ", "5万 "),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_repetition_takes_time_in_proportion(piece: str) -> None:
    text = piece * (LONG // len(piece))
    began, at, asked = time.process_time(), 0, 0
    while at < len(text):
        numeral, asked = read_numeral(text, at), asked + 1
        at = numeral.end if numeral else at + 1
    spent = time.process_time() - began
    assert spent < 2, f"{asked} readings in {spent:.1f} s"


def test_a_million_digits_are_not_converted() -> None:
    text = "7" * 10**6 + "万元"
    began = time.process_time()
    numeral = read(text)
    assert (numeral.kind, numeral.end) == ("damaged", 10**6 + 1)
    assert read_numbers(text) == ()
    assert time.process_time() - began < 1


POWERS = ["10^999999999", "9" * 41, "1e999999999", "万" * 99 + "元", "三" + "万亿" * 30, "1万" + "亿" * 9]


@pytest.mark.parametrize("text", POWERS)
def test_powers_are_bounded(text: str) -> None:
    numeral = read_numeral(text)
    assert numeral is None or numeral.kind == "damaged"
