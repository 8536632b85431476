"""The written forms of numbers: arabic, mixed, Chinese, capital, shares."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from .numerals import CAPITAL, LOWER, TENS_CAPITAL, TENS_LOWER, chinese, last_place, thousands

UNITS = ("元", "元", "元", "人", "户", "亩", "台", "个", "公里", "平方米")
BEFORE = ("", "", "", "共计", "需", "合计：", "补助", "（", "标准为", "安排", "计")
AFTER = ("", "", "。", "，", "；", "）", " ", "用于")
FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
TRADITIONAL = str.maketrans("万亿", "萬億")
SCALES = (("百", 100), ("千", 1000), ("万", 10**4), ("百万", 10**6), ("千万", 10**7), ("亿", 10**8), ("万亿", 10**12))


class Written(NamedTuple):
    """A number in a little text: its form, value and unit, and its place where the form fixes it."""

    form: str
    text: str
    value: Fraction
    unit: str
    place: Fraction | None = None


Form: TypeAlias = Callable[[random.Random], Written]


def around(rng: random.Random, words: str) -> str:
    """The number with words before and behind it that are no numbers."""
    return rng.choice(BEFORE) + words + rng.choice(AFTER)


def whole(rng: random.Random, most: int = 16) -> int:
    """A number of 1 to ``most`` digits, often with zeros inside or at the end."""
    digits = rng.randint(1, most)
    kept = [str(rng.randint(1, 9))]
    zeros = rng.choice((0.1, 0.3, 0.7))
    kept += ["0" if rng.random() < zeros else str(rng.randint(0, 9)) for _ in range(digits - 1)]
    return int("".join(kept))


def decimals(rng: random.Random, most: int = 4) -> str:
    """Digits behind the point."""
    return "".join(str(rng.randint(0, 9)) for _ in range(rng.randint(1, most)))


def plain(rng: random.Random) -> Written:
    """1234567元."""
    number, unit = whole(rng), rng.choice(UNITS)
    return Written("plain", around(rng, f"{number}{unit}"), Fraction(number), unit, Fraction(1))


def point(rng: random.Random) -> Written:
    """1234.50元."""
    tail, unit = decimals(rng), rng.choice(UNITS)
    digits = f"{whole(rng, 12)}.{tail}"
    return Written("point", around(rng, digits + unit), Fraction(digits), unit, Fraction(1, 10 ** len(tail)))


def grouped(rng: random.Random) -> Written:
    """1,234,567.00元."""
    digits = str(whole(rng, 13) + 1000) + rng.choice(("", ".00", "." + decimals(rng, 2)))
    text = thousands(digits)
    if rng.random() < 0.05:
        text = text.replace(",", "，")
    place = Fraction(1, 10 ** len(digits.partition(".")[2]))
    return Written("grouped", around(rng, text + "元"), Fraction(digits), "元", place)


def full_width(rng: random.Random) -> Written:
    """１２３４．５万元."""
    digits = str(whole(rng, 8)) + rng.choice(("", "." + decimals(rng, 2)))
    scale, worth = rng.choice((("", 1), ("万", 10**4), ("亿", 10**8)))
    place = Fraction(worth, 10 ** len(digits.partition(".")[2]))
    return Written(
        "full width", around(rng, digits.translate(FULL) + scale + "元"), Fraction(digits) * worth, "元", place
    )


def scaled(rng: random.Random) -> Written:
    """3.89万元, 12千元, 6.1亿元, 2百万元."""
    scale, worth = rng.choice(SCALES)
    common = worth in (10**4, 10**8)
    digits = str(whole(rng, 4 if common else 2)) + rng.choice(("", "", "." + decimals(rng, 4 if common else 1)))
    unit = rng.choice(UNITS) if common else "元"
    place = Fraction(worth, 10 ** len(digits.partition(".")[2]))
    if rng.random() < 0.15:
        scale = scale.translate(TRADITIONAL)
    return Written("scaled", around(rng, digits + scale + unit), Fraction(digits) * worth, unit, place)


def spaced(rng: random.Random) -> Written:
    """3 .89万元, 82, 000.00元: what PDF extraction leaves."""
    if rng.random() < 0.5:
        digits = f"{whole(rng, 4)} .{decimals(rng, 2)}"
        value = Fraction(digits.replace(" ", ""))
        return Written("spaced", around(rng, digits + "万元"), value * 10**4, "元")
    digits = f"{whole(rng, 6) + 1000}.{rng.randint(0, 99):02d}"
    return Written("spaced", around(rng, thousands(digits).replace(",", ", ") + "元"), Fraction(digits), "元")


def mixed(rng: random.Random) -> Written:
    """3亿5千万元, 5万8千元, 2亿3000万元, 1万2千5百元."""
    a, b, c = rng.randint(1, 99), rng.randint(1, 9), rng.randint(1, 9)
    d = rng.randint(1000, 9999)
    text, value, place = rng.choice(
        (
            (f"{a}亿{b}千万", a * 10**8 + b * 10**7, 10**7),
            (f"{a}亿{d}万", a * 10**8 + d * 10**4, 10**4),
            (f"{a}万{b}千", a * 10**4 + b * 1000, 1000),
            (f"{a}万{b}千{c}百", a * 10**4 + b * 1000 + c * 100, 100),
            (f"{a}万{d}", a * 10**4 + d, 1),
            (f"{b}千{c}百", b * 1000 + c * 100, 100),
            (f"{a}亿{b}千{c}百万", a * 10**8 + b * 10**7 + c * 10**6, 10**6),
        )
    )
    return Written("mixed", around(rng, text + "元"), Fraction(value), "元", Fraction(place))


def mixed_spoken(rng: random.Random) -> Written:
    """3万5, 12万8: the last digit is a thousand."""
    a, b = rng.randint(1, 99), rng.randint(1, 9)
    value = Fraction(a * 10**4 + b * 1000)
    return Written("mixed spoken", around(rng, f"{a}万{b}"), value, "", Fraction(1000))


def two(rng: random.Random, words: str) -> str:
    """两 for 二 where people say it: before 百 千 万 亿 at the beginning."""
    spoken = len(words) > 1 and words[0] == "二" and words[1] in "百千万亿" and rng.random() < 0.6
    return "两" + words[1:] if spoken else words


def lower(rng: random.Random) -> Written:
    """一千二百三十四元, 十二万零三十元, 两千〇五元."""
    number = whole(rng)
    words = two(rng, chinese(str(number), LOWER, TENS_LOWER, short_ten=rng.random() < 0.8))
    if rng.random() < 0.1:
        words = words.replace("零", "〇")
    if rng.random() < 0.05:
        words = words.replace("百一十", "百十")
    if rng.random() < 0.1:
        words = words.translate(TRADITIONAL)
    unit = rng.choice(UNITS)
    return Written("lower", around(rng, words + unit), Fraction(number), unit, last_place(str(number)))


def lower_point(rng: random.Random) -> Written:
    """三点一四万元, 十二点五亿元."""
    digits = f"{rng.randint(0, 9999)}.{decimals(rng, 3)}"
    scale, worth = rng.choice((("", 1), ("万", 10**4), ("亿", 10**8)))
    words = chinese(digits, LOWER, TENS_LOWER)
    place = Fraction(worth, 10 ** len(digits.partition(".")[2]))
    return Written("lower point", around(rng, words + scale + "元"), Fraction(digits) * worth, "元", place)


def spoken(rng: random.Random) -> Written:
    """两万三, 三千五, 一百二, 五亿六: the last digit counts the next lower power."""
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    word, worth = rng.choice((("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)))
    head = "两" if a == 2 and rng.random() < 0.7 else LOWER[a]
    value = Fraction(a * worth + b * worth // 10)
    return Written("spoken", around(rng, head + word + LOWER[b]), value, "", Fraction(worth, 10))


def jiao(rng: random.Random) -> Written:
    """12元5角, 3元8角6分."""
    yuan, tenth, cent = rng.randint(1, 999), rng.randint(1, 9), rng.randint(0, 9)
    words = f"{yuan}元{tenth}角" + (f"{cent}分" if cent else "")
    return Written("jiao", around(rng, words), yuan + Fraction(10 * tenth + cent, 100), "元")


def capital(rng: random.Random) -> Written:
    """叁万陆仟元整, 壹佰贰拾元伍角叁分."""
    number = whole(rng, 12)
    words = chinese(str(number), CAPITAL, TENS_CAPITAL, short_ten=False)
    if rng.random() < 0.4:
        words = words.translate(TRADITIONAL)
    before = rng.choice(("人民币", "大写：", "（大写）", "人民币（大写）", ""))
    money = rng.choice(("元", "元", "圆"))
    if rng.random() < 0.6:
        tail, cents = rng.choice(("整", "正", "整")), 0
        return Written("capital", before + words + money + tail, Fraction(number), "元")
    jiao, fen = rng.randint(1, 9), rng.randint(0, 9)
    cents = 10 * jiao + fen
    tail = f"{CAPITAL[jiao]}角" + (f"{CAPITAL[fen]}分" if fen else rng.choice(("", "整")))
    return Written("capital", before + words + money + tail, number + Fraction(cents, 100), "元")


def percent(rng: random.Random) -> Written:
    """12.5%, 百分之十二点五, 百分之5."""
    digits = str(rng.randint(1, 150)) + rng.choice(("", "." + decimals(rng, 2)))
    words = rng.choice(
        (f"{digits}%", f"{digits}%".translate(FULL), f"百分之{chinese(digits, LOWER, TENS_LOWER)}", f"百分之{digits}")
    )
    place = None if words.startswith("百分之") else Fraction(1, 10 ** len(digits.partition(".")[2])) / 100
    return Written("percent", around(rng, words), Fraction(digits) / 100, "", place)


def per_mille(rng: random.Random) -> Written:
    """3.5‰, 千分之三."""
    digits = str(rng.randint(1, 99)) + rng.choice(("", "." + decimals(rng, 2)))
    words = rng.choice((f"{digits}‰", f"千分之{chinese(digits, LOWER, TENS_LOWER)}", f"千分之{digits}"))
    return Written("per mille", around(rng, words), Fraction(digits) / 1000, "")


def fraction(rng: random.Random) -> Written:
    """三分之二, 五分之3, 2/3."""
    if rng.random() < 0.2:
        # A larger one may be a date (8/11), so only small ones are written with a stroke.
        above, below = rng.choice(((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (2, 5)))
        return Written(
            "fraction", f"承担{above}/{below}" + rng.choice(("", "，", "的资金")), Fraction(above, below), ""
        )
    below = rng.randint(2, 20)
    above = rng.randint(1, below - 1)
    in_words = rng.random() < 0.7
    low, high = (chinese(str(n), LOWER, TENS_LOWER) if in_words else str(n) for n in (below, above))
    return Written("fraction", around(rng, f"{low}分之{high}"), Fraction(above, below), "")


def discount(rng: random.Random) -> Written:
    """八折, 八五折, 8.5折, 85折."""
    # 七八折 is "seventy or eighty per cent": no pair of neighbours.
    tens, ones = rng.choice([(a, b) for a in range(5, 10) for b in range(1, 10) if b != a + 1])
    words, value = rng.choice(
        (
            (f"{LOWER[tens]}折", Fraction(tens, 10)),
            (f"{tens}折", Fraction(tens, 10)),
            (f"{LOWER[tens]}{LOWER[ones]}折", Fraction(tens * 10 + ones, 100)),
            (f"{tens}{ones}折", Fraction(tens * 10 + ones, 100)),
            (f"{tens}.{ones}折", Fraction(tens * 10 + ones, 100)),
        )
    )
    return Written(
        "discount", rng.choice(("按", "打", "优惠后", "")) + words + rng.choice(("", "计算", "。", "优惠")), value, ""
    )


def tenths(rng: random.Random) -> Written:
    """三成, 三成五, 3成, 七成半."""
    tens, ones = rng.randint(1, 9), rng.randint(1, 9)
    words, value = rng.choice(
        (
            (f"{LOWER[tens]}成", Fraction(tens, 10)),
            (f"{tens}成", Fraction(tens, 10)),
            (f"{LOWER[tens]}成{LOWER[ones]}", Fraction(tens * 10 + ones, 100)),
            (f"{LOWER[tens]}成半", Fraction(tens * 10 + 5, 100)),
        )
    )
    return Written(
        "tenths", rng.choice(("承担", "约占", "补助", "按")) + words + rng.choice(("", "。", "，")), value, ""
    )


def half(rng: random.Random) -> Written:
    """一半, 半个月, 半天, 两年半."""
    words, value, unit = rng.choice(
        (
            ("承担一半", Fraction(1, 2), ""),
            ("各负担一半。", Fraction(1, 2), ""),
            ("补助半个月", Fraction(1, 2), "月"),
            ("租车半天", Fraction(1, 2), "天"),
            ("培训半天，", Fraction(1, 2), "天"),
            ("安排半年", Fraction(1, 2), "年"),
        )
    )
    return Written("half", words, value, unit)


FORMS: tuple[Form, ...] = (
    *(plain, point, grouped, full_width, scaled, scaled, spaced, mixed, mixed_spoken, jiao),
    *(lower, lower, lower_point, spoken, capital, percent, per_mille, fraction, discount, tenths, half),
)
