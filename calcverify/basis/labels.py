"""Comparing names: which group of amounts a later phrase means.

``其他街道`` is ``除老城的其他街道``, ``保洁`` is ``保洁人员``: the longest run of characters that two labels
share decides, never a list of names.
"""

from __future__ import annotations

import re

# 除老城外的其他街道: the group that a label leaves out.
EXCEPT = re.compile(r"除[^，。；：]{1,12}?(?:以外的?|之外的?|外的?|的)")
# 其余自筹: the share that nobody pays for others.
SELF = re.compile("自行|自筹|自负|自理|自担|自己")
# Words that every label has: 保洁经费合计 is 保洁.
NOISE = re.compile(
    r"[\s，。；：、（）()]|其中|合计|共计|财政|资金|经费|费用|补助|承担|负担|需要|需|各|由|对|按|即|计|万元|元"
)


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
    return NOISE.sub("", EXCEPT.sub("", label) if "除" in label else label)


# 区级承担, 市财政, 由企业: the level or party that pays, by the word behind or before it.
LEVEL = re.compile(
    r"(中央|国家|省|市|县|区)(?=级|财政|本级|里|承担|负担|补|配|共|合|需|应|出|安排|支付|按|各|对|全额|投|\s*$|\s*\d)"
    r"|(镇|乡|村|街道|开发区)(?=级|财政|本级|承担|负担|补|配|出资|自|应|全额|共|合|需)"
    r"|(?:^|[由从，、和])(农户|企业|个人|单位|社会|学校|园区|群众|农民)"
)


def payer(label: str) -> str:
    """The level of government (or other payer) that a phrase names first, or ''."""
    m = LEVEL.search(label)
    return (m.group(1) or m.group(2) or m.group(3)) if m else ""


# 区级120万元, 自筹30万元: a part that is named by who pays it.
PAYER = re.compile(
    r"^(?:由|从|应|需|拟|争取|上级|下达|按照|按)*(?:(?:中央|国家|省|市|县|区|镇|乡镇|乡|村|本)(?:级|财政|本级|里|补|配套|承担|负担|安排|资金|投入|出资|统筹|和)"
    r"|中央|央补|上级|省|市|县)"
    r"|财政|一般公共预算|政府性基金|国有资本|其他资金|自有资金|专户|地方|自筹|自缴|自负|自理|农户|群众|申请"
    r"|社会捐|捐款|福彩|个人(?:承担|负担|缴)|企业(?:承担|负担|缴|出)|单位(?:承担|负担|缴|出)"
)


OPENING = re.compile(r"[\s，。；：、:,（(]*(?:其中|包括|含)?[\s，：、:,]*")


def names_payer(label: str) -> bool:
    """Whether a part is named by who pays it (省级, 县财政, 自筹), not by what it is for or where."""
    opening = OPENING.match(label)
    return PAYER.search(label[opening.end() :] if opening is not None else label) is not None
