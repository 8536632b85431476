"""Comparing names: which group of amounts a later phrase means.

``其他乡镇`` is ``除新区的其他乡镇``, ``绿化`` is ``绿化人员``: the longest run of characters that two labels
share decides, never a list of names.
"""

from __future__ import annotations

import re

EXCEPT = re.compile(r"除[^，。；：]{1,12}?(?:以外的?|之外的?|外的?|的)")
SELF = re.compile("自行|自筹|自负|自理|自担|自己")
NOISE = re.compile(r"[\s，。；：、（）()]|其中|合计|共计|财政|资金|经费|费用|补助|承担|负担|需要|需|各|由|对|按|即|计|万元|元")


def shared(a: str, b: str) -> int:
    """The length of the longest run of characters that ``a`` and ``b`` have in common."""
    if not a or not b:
        return 0
    if len(a) > len(b):
        a, b = b, a
    best = 0
    for i in range(len(a)):
        while i + best + 1 <= len(a) and a[i : i + best + 1] in b:
            best += 1
    return best


def core(label: str) -> str:
    """A label without the group it excepts and without words that every label has."""
    return NOISE.sub("", EXCEPT.sub("", label))


LEVELS = ("中央", "央", "国家", "省", "市", "县", "区", "镇", "乡", "村", "农户", "企业", "个人", "单位", "社会", "福彩", "街道", "园区", "学校")


def payer(label: str) -> str:
    """The level of government (or other payer) that a phrase names first, or ''."""
    found = [(label.find(word), word) for word in LEVELS if word in label]
    return min(found)[1] if found else ""
