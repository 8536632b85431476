"""The numbers of a text, with unit, hedge and sign."""

from __future__ import annotations

import pytest

from calcverify.basis.numbers import read_numbers
from calcverify.lexicon.loader import table

# text ⇒ value unit [hedge] of each number, a vague one with its upper end
CASES = """
约380名，每人50元6角，共12万元 ⇒ 380 人 约; 253/5 元; 120000 元
50元6角三分 ⇒ 5063/100 元
壹仟元零伍分 ⇒ 20001/20 元
叁角贰分 ⇒ 8/25 元
五元五角 ⇒ 11/2 元
三块五 ⇒ 7/2 元
十块三毛 ⇒ 103/10 元
三块面板 ⇒ 3 块
十元整 ⇒ 10 元
10元整修费 ⇒ 10 元
人民币8元整 ⇒ 8 元
￥9，CNY 10，RMB11 ⇒ 9 元; 10 元; 11 元
8亿元人民币 ⇒ 800000000 元
300美元，20欧元 ⇒ 300 美元; 20 欧元
$20 ⇒
460元/月，80元/人·天 ⇒ 460 元/月; 80 元/人·天
2.3千克 ⇒ 23/10 公斤
一吨半 ⇒ 3/2 吨
两个半月 ⇒ 5/2 月
三次半小时 ⇒ 3 次; 1/2 小时
三米九 ⇒ 39/10 米
不超过1.2万元 ⇒ 12000 元 不超过
50万元（含）以上 ⇒ 500000 元 （含）以上
10%左右，≥40期 ⇒ 1/10 - 左右; 40 期 ≥
节约5万元 ⇒ 50000 元
最近3年 ⇒ 3 年
预计5万元 ⇒ 50000 元
3-5万元 ⇒ 30000 元; 50000 元
5—10% ⇒ 1/20; 1/10
500-2万元 ⇒ 20000 元
70 - 90天 ⇒ 70 天; 90 天
100元-50元 ⇒ 100 元; 50 元
-3.8%，负5，下降了-2 ⇒ -19/500; -5; -2
5-3 ⇒ 5; 3
- 5台 ⇒
担负三项任务 ⇒ 3 项
100多人，几十户 ⇒ 100 人 ~200; 10 户 ~100
1/2，3/16 ⇒ 1/2; 3/16
36000/12 ⇒ 36000; 12
2024/5/1 ⇒ 2024; 5; 1
1 3/5 ⇒
.5 ⇒ 1/2
A4纸5包，K12 ⇒ 5 包
100M，40k，30w，2.5 M ⇒
9m，3 km ⇒ 9 米; 3 公里
5分，一打 ⇒
5分钟 ⇒ 5
统一采购三台，一般公共预算 ⇒ 3 台
三 ⇒ 3
这是三 ⇒
962,5万元，20XX年，1O万元，10^6 ⇒
对折，八五折 ⇒ 1/2; 17/20
"""
LINES = [tuple(line.split(" ⇒", 1)) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("text", "expected"), LINES, ids=[text for text, _ in LINES])
def test_the_numbers_of_a_text(text: str, expected: str) -> None:
    read = []
    for n in read_numbers(text):
        vague = "" if n.high is None else f"~{n.high}"
        unit = n.unit or ("-" if n.hedge else "")
        read.append(" ".join(filter(None, (str(n.value), unit, n.hedge, vague))))
        assert text[n.span.start : n.span.end] == n.text
    assert "; ".join(read) == expected.strip()


def test_the_examples_of_the_lexicon() -> None:
    data = table("numerals.toml")
    assert [n.hedge or "" for n in read_numbers(data["hedges"]["example"])] == data["hedges"]["reads"]
    signs = read_numbers(data["signs"]["example"])
    assert [str(n.value) for n in signs] == data["signs"]["reads"]
    assert {n.unit for n in signs} == {"元"}


def test_the_place_is_that_of_the_last_part() -> None:
    places = {n.text: n.place for t in ("50元6角3分", "50元6角", "9.75万元", "2.00万元") for n in read_numbers(t)}
    assert {text: str(place) for text, place in places.items()} == {
        "50元6角3分": "1/100", "50元6角": "1/10", "9.75万元": "100", "2.00万元": "100",
    }  # fmt: skip
