"""The amounts of a list below an amount: 一、培训费8万元。（一）讲课5万元。（二）资料3万元。"""

from __future__ import annotations

from collections.abc import Sequence

from calcverify.basis.tokens import Kind
from calcverify.basis.work import Entry, Work


def until_sibling(work: Work, whole: Entry, later: Sequence[Entry]) -> list[Entry]:
    """The entries up to the next item on the whole's own level (or to the end of its
    sentence, where no list follows); nested lists give their heads alone."""
    path = work.path[whole.token]
    found: list[Entry] = []
    for e in later:
        own = work.path[e.token]
        if own[: len(path)] != path:
            break
        if own == path and work.sentence[e.token] != work.sentence[whole.token]:
            break
        if closes(work, whole, found, e):
            break
        found.append(e)
    if any(len(work.path[e.token]) > len(path) for e in found):
        return heads_of(work, found, len(path) + 1)
    return [e for e in found if work.depth[e.token] == work.depth[found[0].token]]


def closes(work: Work, whole: Entry, found: Sequence[Entry], e: Entry) -> bool:
    """Whether an amount is a total of the items found so far, and no item itself."""
    if e.figure is None or "sum" not in e.figure.roles:
        return False
    if work.path[e.token] == work.path[whole.token]:
        return True
    return bool(found) and work.sentence[e.token] != work.sentence[found[-1].token] and not begins_item(work, e.token)


def heads_of(work: Work, found: Sequence[Entry], depth: int) -> list[Entry]:
    """The first amount of each child item; of a child that is a plain list, all of them.

    （一）讲课5万元，其中外聘2万元: only the 5万元 counts.
    """
    groups: dict[tuple[tuple[str, int], ...], list[Entry]] = {}
    for e in found:
        groups.setdefault(work.path[e.token][:depth], []).append(e)
    heads: list[Entry] = []
    for head, *others in groups.values():
        heads.append(head)
        deeper = [e for e in others if e.within is None and not is_part_of(work, head, e)]
        heads += [e for e in deeper if len(work.path[e.token]) == depth]
    return heads


def begins_item(work: Work, i: int) -> bool:
    """Whether the sentence of a token begins with a list mark."""
    k = i
    while k > 0 and work.sentence[k - 1] == work.sentence[i]:
        k -= 1
    return work.tokens[k].kind is Kind.ITEM


def is_part_of(work: Work, head: Entry, e: Entry) -> bool:
    """Whether a later amount of an item belongs under its first one (其中, bracket, colon)."""
    if work.depth[e.token] > work.depth[head.token]:
        return True
    between = work.tokens[head.last + 1 : e.token]
    return any(t.kind is Kind.COLON for t in between[:2]) or any(
        t.kind is Kind.CUE and "part" in t.data for t in between
    )
