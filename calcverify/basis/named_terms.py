"""Equations over names: 数量A=120人，单价B=300元/人，A×B=3.6万元; 甲项3万元，乙项5万元，甲项+乙项=8万元.

A name stands for the one figure that the text gives it. Where a name has none, or more than one, the
equation is reported as not read: a wrong result must not pass because its operands are words.
"""

from __future__ import annotations

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.equations import record
from calcverify.basis.evaluate import evaluate
from calcverify.basis.interpret import best, readings
from calcverify.basis.nodes import Node, Product, Sum
from calcverify.basis.tokens import Figure, Kind
from calcverify.basis.work import Work

ENDS = frozenset({Kind.COMMA, Kind.PAUSE, Kind.STOP, Kind.LINE, Kind.COLON, Kind.EQUALS, Kind.ITEM, Kind.OPEN})
WORDS = frozenset({Kind.TEXT, Kind.CUE, Kind.PER, Kind.UNIT})
LONGEST = 12  # characters of a name; longer runs of words are sentences
LETTERS = "ABCDEFGHabcdefghMNPQRSTmnpqrst甲乙丙丁戊己"


def read_named_terms(work: Work) -> None:
    """Add the equations over names; what cannot be resolved is unread."""
    if Kind.EQUALS not in work.kinds or Kind.OPERATOR not in work.kinds:
        return
    for i, token in enumerate(work.tokens[:-1]):
        if token.kind is Kind.EQUALS and work.tokens[i + 1].kind is Kind.FIGURE and i + 1 not in work.used:
            names, signs, first = left_of(work, i)
            if len(names) > 1 and work.tokens[i + 1].data.unit:
                settle(work, names, signs, first, i + 1)


def left_of(work: Work, equals: int) -> tuple[list[str], str, int]:
    """The names and the operators between them before an equality; no names where it has other operands."""
    names: list[str] = []
    signs = ""
    end = work.tokens[equals].start
    k = equals - 1
    while k >= 0 and work.tokens[k].kind not in ENDS:
        token = work.tokens[k]
        if token.kind is Kind.OPERATOR:
            names.insert(0, work.text[token.end : end].strip())
            signs = token.data + signs
            end = token.start
        elif token.kind not in WORDS:
            return [], "", k
        k -= 1
    start = work.tokens[k + 1].start
    names.insert(0, work.text[start:end].strip())
    usable = signs and all(0 < len(name) <= LONGEST for name in names)
    return (names, signs, k + 1) if usable else ([], "", k + 1)


def settle(work: Work, names: list[str], signs: str, first: int, token: int) -> None:
    """Compare what the named figures give with the figure of a token."""
    operands = [named(work, name, first) for name in names]
    known = [i for i in operands if i is not None]
    node = joined(work, known, signs) if len(known) == len(names) == len(set(known)) else None
    value = evaluate(node) if node is not None else None
    figure: Figure = work.tokens[token].data
    if node is not None and value is not None and not value.clash:
        reading = best(readings(node, figure, work.heading, work.leeway))
        entry = record(work, "equation", tuple(sorted(known)), token, reading) if reading is not None else None
        if entry is not None:
            work.entries.append(entry)
        if reading is not None:
            return
    work.unread.append((first, token, "operator"))


def named(work: Work, name: str, before: int) -> int | None:
    """The one figure before token ``before`` that bears a name: its label, or that of what it is computed from."""
    found = [i for i, f in work.figures() if i < before and f.high is None and bears(work, i, name)]
    if len(found) != 1:
        return None
    made = [s.stated.index for s in work.statements if s.stated is not None and min(s.operands) == found[0]]
    if made:
        return made[-1] if made[-1] < before else None  # A=120人×500元=6万元: A is the 6万元
    return found[0] if found[0] not in work.used else None


def bears(work: Work, i: int, name: str) -> bool:
    """Whether the words right before a figure are a name: 甲项3万元, 单价B=45元."""
    k = i - 1
    if k >= 0 and work.tokens[k].kind is Kind.EQUALS:
        k -= 1
    last = k
    while k >= 0 and work.tokens[k].kind in WORDS:
        k -= 1
    words = work.text[work.tokens[k + 1].start : work.tokens[last].end].strip() if last > k else ""
    return words == name or (name in LETTERS and len(name) == 1 and words.endswith(name))


def joined(work: Work, operands: list[int], signs: str) -> Node | None:
    """The named figures joined by operators of one kind."""
    leaves = tuple(leaf_of(work.tokens[i].data) for i in operands)
    if all(sign in "+-" for sign in signs):
        return Sum(leaves, (True, *(sign == "+" for sign in signs)))
    if all(sign in "×÷" for sign in signs):
        return Product(leaves, (True, *(sign == "×" for sign in signs)))
    return None
