"""The number of a list mark."""

from __future__ import annotations

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
