"""Numbers in every written form between ordinary words: none is read as another number.

``python -m tests.test_numerals_generated 100000`` prints the rates for as many.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.numerals import read_numeral
from tests.test_numerals_properties import CAPITAL, CAPITAL_UNITS, SMALL, TRADITIONAL, WIDE, chinese, trailing, words

BEFORE = (
    *words("共 共需 约 经费 人数 补助 标准为 每人 各 其中： （ × * = ＝ + 、 ， 按 占 增长 第一批 统一采购 五保户"),
    *words("之一， 12月 2024年 ￥ 不低于 由 近 至 / ≥"),
    *("", "；\n", " ", "合计 "),
)
AMOUNT_BEHIND = (
    *words("元 元/人 人 名 台 户 个 亩 平方米 公里 次 天 ， 。 ； ） ×12 *0.5 元， = 左右 以上 元（含） 、5台 人次"),
    *words("吨 份 件 以内 元用于 元统一 元一次性 米 辆 +5"),
    *("", " 元", "\n", "\t3", "\u3000元"),
)
# Words that begin with a numeral sign, a scale or a suffix: what belongs to the number is
# the question here, so a refusal is as good as the value.
TRICKY_BEHIND = (
    *words("用于 能够 向 达到 余下 多媒体 多功能厅 百货 折合 成本 一般性 一次性 2024年 个百分点 来自 来源 又 分别"),
    *words("分摊 点位 个月 个人 成员 折旧 年 万能表 万向轮 千克 千米 半价 几乎 十分 一是 百姓 余额 之一 ，2万 /3"),
    *words("-5 —6 % ‰ x3 x A m m2 万 十佳 三年 多元 多层 余人 千瓦 第二"),
    *(", 3", " 3"),
)
# Behind a spoken ending a counter starts a second number as often as not (2万3人).
MONEY_BEHIND = ("", "\n", *words("元 ， 。 ； ） 元， = 元左右 元/人 元用于 +5 ×12"))


class Written(NamedTuple):
    """A number as written, with its value and place; ``high`` where it is vague.

    ``spoken`` says that its last digit has no unit.
    """

    text: str
    value: Fraction
    place: Fraction
    high: Fraction | None = None
    spoken: bool = False


def some(rng: random.Random) -> int:
    """A number up to 10^16, short ones and round ones more often."""
    digits = rng.choice((1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 10, 12, 16))
    n = rng.randint(10 ** (digits - 1), 10**digits - 1)
    return n if rng.random() < 0.6 else max(1, n // 10 ** (digits // 2)) * 10 ** (digits // 2)


def decimal(rng: random.Random) -> tuple[str, Fraction, Fraction]:
    """Digits with up to four decimals, their value and place."""
    k = rng.choice((0, 0, 1, 1, 2, 2, 3, 4))
    n = some(rng) % 10**8 + 1
    whole = str(n).zfill(k + 1)
    return (f"{whole[:-k]}.{whole[-k:]}" if k else whole), Fraction(n, 10**k), Fraction(1, 10**k)


def arabic(rng: random.Random) -> Written:
    text, value, place = decimal(rng)
    scale, factor = rng.choice(SCALES)
    if rng.random() < 0.15:
        text = text.translate(WIDE)
    return Written(text + scale, value * factor, place * factor)


def grouped(rng: random.Random) -> Written:
    n, cents = some(rng) % 10**10 + 1000, rng.randint(0, 99)
    if rng.random() < 0.5:
        return Written(f"{n:,}", Fraction(n), Fraction(1))
    return Written(f"{n:,}.{cents:02}", n + Fraction(cents, 100), Fraction(1, 100))


def mixed(rng: random.Random) -> Written:
    a, b, c = rng.randint(1, 99), rng.randint(1, 9999), rng.randint(1, 9)
    return rng.choice((
        Written(f"{a}亿{b}万", Fraction(a * 10**8 + b * 10**4), Fraction(10**4)),
        Written(f"{a}亿{c}千万", Fraction(a * 10**8 + c * 10**7), Fraction(10**7)),
        Written(f"{a}万{c}千", Fraction(a * 10**4 + c * 1000), Fraction(1000)),
        Written(f"{a}万{c}千{c}百", Fraction(a * 10**4 + c * 1100), Fraction(100)),
        Written(f"{a}万{c}", Fraction(a * 10**4 + c * 1000), Fraction(1000), spoken=True),
    ))  # fmt: skip


def small(rng: random.Random) -> Written:
    n = some(rng)
    text = chinese(n)
    if rng.random() < 0.5 and text.startswith("一十"):
        text = text[1:]
    if rng.random() < 0.3:
        text = text.replace("二百", "两百").replace("二千", "两千").replace("二万", "两万").replace("二亿", "两亿")
    return Written(text, Fraction(n), Fraction(trailing(n)))


def capital(rng: random.Random) -> Written:
    n = some(rng)
    text = chinese(n, CAPITAL, CAPITAL_UNITS)
    return Written(text.translate(TRADITIONAL) if rng.random() < 0.3 else text, Fraction(n), Fraction(trailing(n)))


def pointed(rng: random.Random) -> Written:
    n, k = some(rng) % 10**6, rng.randint(1, 4)
    digits = rng.randint(0, 10**k - 1)
    scale, factor = rng.choice((("", 1), ("万", 10**4), ("亿", 10**8)))
    text = chinese(n) + "点" + "".join(SMALL[int(d)] for d in f"{digits:0{k}}") + scale
    return Written(text, (n + Fraction(digits, 10**k)) * factor, Fraction(factor, 10**k))


def spoken(rng: random.Random) -> Written:
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    unit, value = rng.choice((("百", 100), ("千", 1000), ("万", 10**4), ("亿", 10**8)))
    text = f"{'两' if a == 2 else SMALL[a]}{unit}{SMALL[b]}"
    return Written(text, Fraction(a * value + b * value // 10), Fraction(value // 10), spoken=True)


def percent(rng: random.Random) -> Written:
    text, value, place = decimal(rng)
    n = rng.randint(1, 120)
    return rng.choice((
        Written(f"{text}%", value / 100, place / 100),
        Written(f"{text}％", value / 100, place / 100),
        Written(f"{text}‰", value / 1000, place / 1000),
        Written(f"{text}个百分点", value / 100, place / 100),
        Written(f"百分之{chinese(n)}", Fraction(n, 100), Fraction(trailing(n), 100)),
        Written(f"千分之{chinese(n)}", Fraction(n, 1000), Fraction(trailing(n), 1000)),
        Written(f"百分之{text}", value / 100, place / 100),
    ))  # fmt: skip


def fraction(rng: random.Random) -> Written:
    a, b = rng.randint(1, 99), rng.randint(2, 99)
    return rng.choice((
        Written(f"{chinese(b)}分之{chinese(a)}", Fraction(a, b), Fraction(trailing(a), b)),
        Written(f"{b}分之{a}", Fraction(a, b), Fraction(1, b)),
    ))  # fmt: skip


def tenths(rng: random.Random) -> Written:
    a, b = rng.randint(1, 9), rng.randint(1, 9)
    if b == a + 1:
        b = a
    both, one = Fraction(a * 10 + b, 100), Fraction(a, 10)
    return rng.choice((
        Written(f"{SMALL[a]}折", one, Fraction(1, 10)),
        Written(f"{SMALL[a]}{SMALL[b]}折", both, Fraction(1, 100)),
        Written(f"{a}.{b}折", both, Fraction(1, 100)),
        Written(f"{a}{b}折", both, Fraction(1, 100)),
        Written(f"{SMALL[a]}成", one, Fraction(1, 10), spoken=True),
        Written(f"{SMALL[a]}成{SMALL[b]}", both, Fraction(1, 100), spoken=True),
        Written(f"{a}.{b}成", both, Fraction(1, 100)),
    ))  # fmt: skip


def vague(rng: random.Random) -> Written:
    n = rng.randint(1, 999) * 10
    step = Fraction(trailing(n))
    word, tens = rng.choice("余多"), rng.randint(2, 9)
    return rng.choice((
        Written(f"{n}{word}", Fraction(n), step, n + step),
        Written(f"{n}{word}万", Fraction(n * 10**4), step * 10**4, (n + step) * 10**4),
        Written(f"{n}万{word}", Fraction(n * 10**4), step * 10**4, (n + step) * 10**4),
        Written(f"{chinese(n)}{word}", Fraction(n), step, n + step),
        Written(f"{SMALL[tens]}十几", Fraction(tens * 10), Fraction(1), Fraction(tens * 10 + 10)),
        Written("几百", Fraction(100), Fraction(100), Fraction(1000)),
    ))  # fmt: skip


SCALES = (("", 1), ("", 1), ("万", 10**4), ("亿", 10**8), (" 万", 10**4), ("百万", 10**6), ("千万", 10**7))
FORMS: tuple[Callable[[random.Random], Written], ...] = (
    arabic, grouped, mixed, small, capital, pointed, spoken, percent, fraction, tenths, vague,
)  # fmt: skip


def verdict(written: Written, text: str, start: int, plain: bool) -> str:
    """``right``, ``refused`` or ``wrong``.

    Behind a tricky word a longer number than written may be right (5 and 万 make 5万), so
    only a number that ends where this one ends is compared, and one that ends earlier is
    wrong.
    """
    numeral = read_numeral(text, start)
    if numeral is None or numeral.kind == "damaged":
        return "refused"
    end = start + len(written.text)
    if numeral.end < end or (plain and numeral.end > end):
        return "wrong"
    if numeral.end > end:
        return "longer"
    same = (numeral.value, numeral.place, numeral.high) == (written.value, written.place, written.high)
    return "right" if same else "wrong"


def run(count: int, seed: int, tricky: bool) -> tuple[Counter[str], Counter[str], list[str]]:
    """The verdicts of ``count`` numbers, the refusals by form, and the wrong and longer ones."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    noted = []
    for _ in range(count):
        form = rng.choice(FORMS)
        written, before = form(rng), rng.choice(BEFORE)
        behind = rng.choice(TRICKY_BEHIND if tricky else MONEY_BEHIND if written.spoken else AMOUNT_BEHIND)
        text = before + written.text + behind
        word = verdict(written, text, len(before), not tricky)
        counts[word] += 1
        if word == "refused":
            refused[form.__name__] += 1
            noted.append(f"refused {text!r}")
        elif word != "right":
            noted.append(f"{word} {text!r}: {read_numeral(text, len(before))}")
    return counts, refused, noted


def test_no_number_between_ordinary_words_is_read_wrong() -> None:
    counts, _, noted = run(4000, 20240501, tricky=False)
    assert [line for line in noted if not line.startswith("refused")] == []
    assert counts["refused"] <= 0.01 * 4000, [line for line in noted if line.startswith("refused")]


def test_no_number_before_a_tricky_word_is_read_wrong() -> None:
    _, _, noted = run(4000, 20240502, tricky=True)
    assert [line for line in noted if line.startswith("wrong")] == []


if __name__ == "__main__":
    for hard in (False, True):
        total = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
        print(*run(total, 7, hard)[:2])
        print(*sorted(run(total, 7, hard)[2])[:: max(1, total // 200)], sep="\n")
