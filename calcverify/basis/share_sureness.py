"""How sure a share is where it would accuse: whether its base is known, or a slip explains the miss."""

from __future__ import annotations

from calcverify.basis.groups import amounts_before, given_by_share, of_name
from calcverify.basis.rules import ABOVE, Rule
from calcverify.basis.sureness import explained
from calcverify.basis.tokens import SHARES, Figure
from calcverify.basis.work import GOOD, Statement, Work, entry_of


def is_sure(work: Work, token: int, statement: Statement, rules: list[Rule]) -> bool:
    """Whether no amount but those of other shares stands between a base and the figure, or one slip explains the
    miss: of the pen, or the share of another payer."""
    figure: Figure = work.tokens[token].data
    own = [i for i in statement.operands if work.tokens[i].data.kind not in SHARES]
    # 财政负担东片45%，其余片区50%，财政共负担…: several shares, each of the amounts that it names.
    several = sum(work.tokens[i].data.kind in SHARES for i in statement.operands) > 1
    if not several and not explained(statement.computed, figure) and not base_is_known(work, token, own, rules):
        return False
    shares = {s.stated.index for s in work.statements if s.kind == "share" and s.stated is not None}
    between = [
        i for i, f in work.figs
        if min(own, default=token) < i < token and f.money == 1 and not f.is_rate and i not in own and i not in shares
    ]
    told = any(r.named for r in rules)
    if not told and any(given_by_share(work, i) for i in own) and not explained(statement.computed, figure):
        return False  # 省级5%计28.8万元，市级10%计57.6万元，总保费576万元: what a share gives is hardly a base
    # 设备由省、市分担，市级28万元；线路由市级全额承担10万元: a base of another part of the sentence
    apart = all(work.part[i] != work.part[token] and work.sentence[i] == work.sentence[token] for i in own)
    if apart and not told and any(r.fraction == 1 for r in rules[-1:]) and not explained(statement.computed, figure):
        return False
    called = of_name(work, rules[-1], amounts_before(work, token, set())) == own  # 按设备投资的40%补助
    if not between or several or called or explained(statement.computed, figure):
        return True
    values = [entry_of(work, i).value for i in own]
    return any(v * r.fraction == figure.value for v in values for r in rules)


def base_is_known(work: Work, token: int, own: list[int], rules: list[Rule]) -> bool:
    """Whether nothing but the amounts of a share can be its base: it is written beside the share, no other amount
    stands before it, another share is of it and met, or the figure is what another share of it gives."""
    if rules[-1].base is not None or rules[-1].named:
        return True
    if ABOVE.search(rules[-1].label):
        # ①…；②折页2万元，应急包3万元，展板2万元；③…；④前三项的5%: the amounts of one item are not three items
        paths = [work.path[i] for i in own if work.path[i]]
        return len(set(paths)) == len(paths)
    shares = [s for s in work.statements if s.kind == "share" and s.verdict in GOOD]
    if own and any(own == [i for i in s.operands if work.tokens[i].data.kind not in SHARES] for s in shares):
        return True
    figure: Figure = work.tokens[token].data
    if any(entry_of(work, i).value * r.fraction == figure.value for i in own for r in rules):
        return True
    before = [i for i in amounts_before(work, token, set()) if not work.tokens[i].data.is_rate]
    if own and own == before[-1:] and work.tokens[own[0]].data.roles & {"sum", "whole"}:
        return True  # 甲23万元、乙14.4万元，合计37.4万元，区财政配套70%: of what was added up
    others = [i for i in before if i not in own and "previous" not in work.tokens[i].data.roles]
    given = {s.stated.index for s in work.statements if s.kind == "share" and s.stated is not None}
    alone = len(own) == 1 and all(i in given for i in others)
    return alone or of_name(work, rules[-1], amounts_before(work, token, set())) == own
