"""The number of a list mark, and what looks like a mark and is none."""

from __future__ import annotations

from calcverify.patterns import pattern

AROUND = "（()）.．、 \u3000是"  # 是 of 一是
CHINESE_ITEMS = {c: i for i, c in enumerate("一二三四五六七八九十", 1)}


def item_number(text: str) -> int:
    """The number of an item mark: 二 → 2, 十三 → 13, ③ → 3."""
    digits = text.strip(AROUND)
    if digits.isascii() and digits.isdigit():
        return int(digits)
    if len(digits) == 1 and digits in CHINESE_ITEMS:
        return CHINESE_ITEMS[digits]
    if digits and all(c in CHINESE_ITEMS for c in digits):
        tens, _, ones = digits.partition("十")
        return CHINESE_ITEMS.get(tens, 1) * 10 + CHINESE_ITEMS.get(ones, 0)
    for base in ("①", "⑴", "㈠", "❶"):
        if digits and 0 <= ord(digits[0]) - ord(base) < 20:
            return ord(digits[0]) - ord(base) + 1
    return 0


GRADES = pattern("([一二三四五六七八九十])(?:级|类|档|等(?!奖)|期|季度|年级|线|环|标段|批)")


def joins_grades(text: str, end: int, number: int) -> bool:
    """一、二级残疾人每人每月396元；三、四级…: whether the mark that ends at ``end`` is the first of two grades.

    一、二级医院补助。二、三级医院补助 are items: the next number stands in front of one as well.
    """
    found = GRADES.match(text, end)
    return found is not None and CHINESE_ITEMS[found[1]] == number + 1 and f"{found[1]}、" not in text[end:]
