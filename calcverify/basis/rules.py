"""Recognising a share as the text states it: who bears which part of what.

``绿化养护费360万元，区级承担45%``: a percentage with a word for paying; ``由区级全额承担`` and
``两家各半``: the part in words; ``由省、市、县按6:3:1分担``: a ratio with its parties.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from calcverify.basis.arithmetic import leaf_of
from calcverify.basis.clauses import clause_range, clause_roles, clause_text, clause_tokens, sentence_start
from calcverify.basis.labels import names_payer, payer
from calcverify.basis.nodes import Leaf
from calcverify.basis.tokens import SHARES, Figure, Kind
from calcverify.basis.work import Work
from calcverify.patterns import pattern
from calcverify.source import Span

# 省补40%: the level and its verb in two characters.
SHORT_PAYER = pattern("(?:中央|省|市|县|区|镇|财政)级?(?:补|担|出|贴)$")
# 以上三项之和的5%, 上述费用, 前两项: the amounts before, together.
ABOVE = pattern(
    r"(?:以上|上述|前述|前面)(?:([两二三四五六七八])项(?:[^，。；\d]{0,7}?(?:之和|合计|总和|总额|费用))?"
    r"|[^，。；\d]{0,8}?(?:之和|合计|总和|总额|费用|各项|项))"
    r"|前([两二三四五六七八])项"
)
# 按直接工程费与管理费之和的3%: the amounts that the words name, together.
NAME = r"[^按照以，。；：\d、和与及加]{2,12}"
NAMED_SUM = pattern(rf"({NAME}(?:[、和与及加]{NAME}?)+)(?:之和|合计|总和|两项)的?$")
# 其余由市、县按2:1分担: what earlier shares leave.
OF_REST = pattern("其余|余下|剩余|不足部分")
# 由省、市、县三级财政按 …: the parties before a ratio.
PARTIES = pattern(
    r"((?:[一-鿿]{1,6}?[、和与及])+(?:地方|企业|个人|单位|[一-鿿]{1,4}?)级?)(?:[两三四]级|财政|共同)*(?:按照|按|以)?[^，。；、]{0,6}$"
)
# 三县平均分担, 4家单位均摊: how many share.
SHARERS = pattern(
    r"([两二三四五六七八九]|(?<!\d)[2-9])个?"
    r"(?:方|家|级|[省市县区镇乡村户校院]|单位|部门|街道|乡镇|企业)[^，。；\d]{0,6}$"
)
NUMBERS = {sign: n for n, sign in enumerate("两三四五六七八九", 2)} | {"二": 2}
BY = pattern(r"由([^，。；\d]{1,8}?)(?:全额|全部|各半|承担|负担|自)")
# 支付至80%, 进度款付到97%: a level that the payments reach, what was paid before among them.
UP_TO = pattern(r"(?:付|拨)[^，。；\d]{0,6}[至到]\s*(?:[^，。；\d]{1,8}的)?$")
REST_SHARE = pattern("(?:其余|余下|剩余)的?$")  # 2023年安排其余60%: of what the earlier share was of
# 财政与物业企业分别负担70%、30%: those whose shares follow in turn.
IN_TURN = pattern(
    "(?:由|，|^)?([一-鿿]{1,8}(?:[、和与及][一-鿿]{1,8}?)+)(?:分别|各自?)(?:按|承担|负担|补助|出资|配套|占)*$"
)
TAKEN_OFF = pattern("(?:扣减|扣除|核减|扣|减)$")  # 扣减2%后实付98万元
LINK = pattern("[，,（(]?(?:为|即|计|合|折合|约|约为|就是|共计)?各?")  # 县级承担40%，为20万元
# 按10%计，即3.132万元; 按8%计取（合2.4万元）; 13%（5.98万元）: what leads from a rate to what it gives, never nothing.
GIVES = pattern(
    "(?:计[取提算列]?|提取|收取|测算|安排)?(?:[，,]?(?:计列?|即|[约需列]?为|约|[共合]计|合|=)|[（(](?:[即计合约]|合计)?)"
    "|计[取提算列]|提取|收取"
)
PAYER_NAME = 8  # characters of a 、 and the name of who pays
RATE_NAME = pattern("率[为是达约]?$")
# 中央80%、省级12%、县级8%的分担比例: what the list of shares is called stands behind it.
PROPORTION = pattern(
    r"(?:\s*[、，,和及]?\s*[一-鿿]{0,8}?\d{1,3}(?:\.\d+)?[%％])*\s*的?(?:资金|经费)?(?:分担|承担|负担|配套|出资|筹集|安排|分配)?比例"
)
ATTACHED = (Kind.PAUSE, Kind.COMMA, Kind.TEXT, Kind.OPEN, Kind.CUE)


class Rule(NamedTuple):
    """A share as the text states it.

    ``token`` is the figure or cue that gives it, ``fraction`` its value, ``label`` the
    words of its clause, ``base`` the token of an amount in the same clause, ``growth``
    +1 or -1 where the share is added to or taken off its base. A ratio has ``parties``
    and their ``parts``. ``composed`` marks a rate of charge, which may only confirm; so does ``level``, a
    share that payments reach. ``named`` are the amounts that it says it is of, together; ``whose`` is who
    bears it where a list of names stands before a list of shares.
    """

    token: int
    fraction: Fraction
    leaf: Leaf
    label: str
    base: int | None
    growth: int = 0
    parties: tuple[str, ...] = ()
    parts: tuple[Fraction, ...] = ()
    composed: bool = False
    level: bool = False
    named: tuple[str, ...] = ()
    whose: str = ""

    @property
    def of_rest(self) -> bool:
        """Whether a ratio divides what earlier shares leave: 其余由市、县按2:1分担."""
        return bool(self.parts) and OF_REST.search(self.label) is not None

    @property
    def payer(self) -> str:
        """Who bears it: the level that its clause names before the verb."""
        by = BY.search(self.label)
        return payer(by.group(1)) if by else payer(re.split("对", self.label)[0])


OF_A_WHOLE = pattern("占[^，。；]{1,12}的?$|占比")
SHARED_OUT = pattern("分摊|分担|承担|负担|配套|出资|投入|分配")


IN_WORDS = frozenset({"full", "halves", "halving", "evensplit"})  # the cues that state a share


def rule_at(work: Work, i: int, earlier: list[Rule]) -> Rule | None:
    """The share that token ``i`` states, if it states one; ``earlier`` are those before it."""
    token = work.tokens[i]
    if token.kind is Kind.RATIO:
        return ratio_rule(work, i)
    if token.kind is Kind.CUE:
        return word_rule(work, i)
    if token.kind is Kind.FIGURE and token.data.kind in SHARES:
        return figure_rule(work, i, earlier)
    return None


def ratio_rule(work: Work, i: int) -> Rule | None:
    """由省、市、县按6:3:1分担: a ratio with as many parties as it has parts."""
    token = work.tokens[i]
    before = work.text[sentence_start(work, i) : token.start]
    found = PARTIES.search(before)
    names = tuple(re.split("[、和与及]", re.split("[由从]", found.group(1))[-1])) if found else ()
    if len(names) != len(token.data):
        behind = re.split("[，。；\\d]", work.text[token.end : token.end + 30])[0]
        if not SHARED_OUT.search(behind):
            return None
        names = ("",) * len(token.data)  # 由上下游两县按7:5分摊
    leaf = Leaf(Span(token.start, token.end), Fraction(1), (), Fraction(1), 1, "ratio", True)
    words = re.split("[，,；;。：:]", before)[-1]
    own = [
        k for k, f in work.figures()
        if k < i and f.start >= token.start - len(words) and f.money == 1 and not f.bound
    ]
    return Rule(i, Fraction(1), leaf, words, own[-1] if own else None, 0, names, token.data)


def word_rule(work: Work, i: int) -> Rule | None:
    """区级全额承担, 两家各半: the part in words, where its clause has no other share."""
    token = work.tokens[i]
    full = "full" in token.data
    halved = "halving" in token.data and inline_base(work, i) is not None
    among = sharers(work, i) if "evensplit" in token.data else 0
    if not full and not halved and not among and "halves" not in token.data:
        return None
    if any(t.kind is Kind.FIGURE and t.data.kind in SHARES for t in clause_tokens(work, i)):
        return None
    text = clause_text(work, i)
    if full and not bears(work, i) and not (payer(text) and inline_base(work, i) is not None):
        return None
    value = Fraction(1) if full else Fraction(1, among or 2)
    leaf = Leaf(Span(token.start, token.end), value, (), Fraction(1), 1, "percent", True)
    return Rule(i, value, leaf, text, inline_base(work, i) if full or halved else None, composed=halved)


def sharers(work: Work, i: int) -> int:
    """上、中、下游三县平均分担: how many share evenly, 0 where the words do not say it."""
    before = work.text[sentence_start(work, i) : work.tokens[i].start]
    told = list(SHARERS.finditer(before))
    if told:
        number = told[-1].group(1)
        return NUMBERS.get(number) or int(number)
    found = PARTIES.search(before)
    return len(re.split("[、和与及]", found.group(1))) if found else 0


def figure_rule(work: Work, i: int, earlier: list[Rule]) -> Rule | None:
    """区级承担45%, 增长6%, 按八折: a percentage or fraction with a word that makes it a share."""
    figure: Figure = work.tokens[i].data
    if work.used.get(i) is not None or figure.unit or figure.high is not None or figure.bound:
        return None
    if described(work, i):
        return None
    text = clause_text(work, i)
    if UP_TO.search(work.label(i)):
        return Rule(i, figure.value, leaf_of(figure), text, None, composed=True, level=True)
    together = NAMED_SUM.search(work.label(i))
    named = tuple(re.split("[、和与及加]", together.group(1))) if together else ()
    own = clause_roles(work, i)
    roles = own | roles_of_list(work, i)
    discount = figure.kind == "zhe"
    taken_off = TAKEN_OFF.search(work.label(i)) and work.text.startswith("后", work.tokens[i].end)
    growth = 0 if discount else -1 if taken_off else 1 if "grow" in roles else -1 if "shrink" in roles else 0
    base = inline_base(work, i)
    charge = "rate" in figure.roles and "bear" not in roles and base is None
    if charge and (counts_near(work, i) or not charged(work, i)):
        return None
    shared_out = (
        charge
        or growth
        or discount
        or "bear" in roles
        or SHORT_PAYER.search(work.label(i))
        or ABOVE.search(text)
        or named
        or (names_payer(work.label(i)) and (result_follows(work, i) or in_proportion(work, i) or among_payers(work, i)))
        or goes_on(work, i, earlier, roles)
        or (base is not None and (of_base(work, base, i) or by_rate(work, base, i)))
    )
    if RATE_NAME.search(work.label(i)) and "bear" not in roles and not named:
        charge = True  # 群众满意率99%，挽回损失1460万元: what is a rate of something else only confirms
    charge = charge or (not growth and REST_SHARE.search(work.label(i)) is not None)
    if not shared_out or (OF_A_WHOLE.search(text) and (base is not None or "的" in text)):
        return None  # 占总投入的37.5% describes, it gives nothing
    if discount and counts_near(work, i):
        return None  # 单价36元，1500本，按八折: prose with a count
    whose = in_turn(work, i)
    return Rule(
        i, figure.value, leaf_of(figure), whose + "承担" if whose else text, base, growth, composed=charge,
        named=named, whose=whose,
    )


def described(work: Work, i: int) -> bool:
    """1400万元（占70%）: the bracket says what part of a whole the amount before it is."""
    tokens = work.tokens
    k = i - 1
    while k > 0 and tokens[k].kind in (Kind.TEXT, Kind.CUE):
        k -= 1
    if k >= 0 and tokens[k].kind is Kind.FIGURE and tokens[k].data.money == 1:
        return work.text[tokens[k].end : tokens[i].start].strip(" ，,") == "占"  # 自筹552万元占60%
    in_bracket = k > 0 and tokens[k].kind is Kind.OPEN and tokens[k - 1].kind is Kind.FIGURE
    return in_bracket and work.text[tokens[k].end : tokens[i].start].lstrip().startswith("占")


def roles_of_list(work: Work, i: int) -> frozenset[str]:
    """分别按25%、35%、45%补助: the verb stands behind the last share of the list."""
    tokens, kind = work.tokens, work.tokens[i].data.kind
    roles: frozenset[str] = frozenset()
    k = i
    while k + 2 < len(tokens) and tokens[k + 1].kind is Kind.PAUSE:
        following = tokens[k + 2]
        if following.kind is not Kind.FIGURE or following.data.kind != kind:
            break
        k += 2
        roles = roles | clause_roles(work, k)
    return roles


def goes_on(work: Work, i: int, earlier: list[Rule], roles: frozenset[str]) -> bool:
    """区财政负担东片45%，西片55%: the verb of the clause before goes on."""
    if not earlier or roles or work.label(i).startswith("占"):
        return False
    last = earlier[-1].token
    return work.sentence[last] == work.sentence[i] and work.clause[i] - work.clause[last] == 1


def charged(work: Work, i: int) -> bool:
    """每亩保额900元，费率4%，每亩保费36元: a rate of charge between a base and what it gives."""
    following = next((f for k, f in work.figures() if k > i), None)
    return following is not None and following.money == 1 and work.sentence[following.index] == work.sentence[i]


def result_follows(work: Work, i: int) -> bool:
    """区级45%、即162元: the share is followed at once by its result."""
    k = i + 1
    while k < len(work.tokens) and work.tokens[k].kind in ATTACHED:
        k += 1
    if k >= len(work.tokens) or k - i > 4:
        return False
    return work.tokens[k].kind is Kind.FIGURE and work.tokens[k].data.money == 1


def in_turn(work: Work, i: int) -> str:
    """财政与企业分别负担70%、30%: whose the share in the k-th place is, by the k-th name; '' without such."""
    run = [i]
    while run[0] > 1 and work.tokens[run[0] - 1].kind is Kind.PAUSE and alike(work, run[0] - 2):
        run.insert(0, run[0] - 2)
    while run[-1] + 2 < len(work.tokens) and work.tokens[run[-1] + 1].kind is Kind.PAUSE and alike(work, run[-1] + 2):
        run.append(run[-1] + 2)
    first, _ = clause_range(work, run[0])
    before = work.text[work.tokens[first].start : work.tokens[run[0]].start]
    found = IN_TURN.search(before)
    names = re.split("[、和与及]", found.group(1)) if found is not None else []
    return names[run.index(i)] if len(names) == len(run) > 1 else ""


def alike(work: Work, i: int) -> bool:
    """Whether a token is a share that can stand in a list."""
    return work.tokens[i].kind is Kind.FIGURE and work.tokens[i].data.kind in SHARES


def among_payers(work: Work, i: int) -> bool:
    """省30%、市20%、县50%，即省26万元…: whether a share stands in a list of shares that all name who pays."""
    places = [k for k, f in work.figs if f.kind in SHARES and work.sentence[k] == work.sentence[i]]
    here = places.index(i)
    for k in [*places[max(0, here - 1) : here], *places[here + 1 : here + 2]]:
        first, last = min(i, k), max(i, k)
        between = work.text[work.tokens[first].end : work.tokens[last].start]
        if between[:1] == "、" and len(between) <= PAYER_NAME and names_payer(work.label(k)):
            return True
    return False


def in_proportion(work: Work, i: int) -> bool:
    """按中央60%、省级24%、县级16%的比例: whether a share stands in such a list."""
    return PROPORTION.match(work.text, work.tokens[i].end) is not None


def counts_things(figure: Figure) -> bool:
    """Whether a figure has a unit and is neither money nor a share."""
    return bool(not figure.money and figure.unit and figure.kind not in SHARES and figure.high is None)


def counts_near(work: Work, i: int) -> bool:
    """Whether the sentence of a discount counts things: it is a product then."""
    return any(
        work.sentence[k] == work.sentence[i]
        and counts_things(f)
        and work.used.get(k) is None
        and any(p > 0 and n != "年" for n, p in f.unit)
        for k, f in work.figures()
    )


def bears(work: Work, i: int) -> bool:
    """Whether 全额 stands with a word for paying: 全额承担, 全额自负."""
    first, last = clause_range(work, i)
    return any(t.kind is Kind.CUE and "bear" in t.data for t in work.tokens[first : last + 1])


def inline_base(work: Work, i: int) -> int | None:
    """The amount in the same clause right before a share: 南片360万元区级补助45%."""
    first, _ = clause_range(work, i)
    for k in range(i - 1, first - 1, -1):
        token = work.tokens[k]
        if token.kind is Kind.FIGURE:
            figure: Figure = token.data
            tier = figure.bound == "ceiling" and work.text[figure.start : figure.end].endswith(("以内", "以下"))
            usable = figure.money == 1 and (not figure.bound or tier)  # 500万元以内按2.5%计12.5万元
            return k if usable and work.used.get(k) != "operand" else None
        if token.kind not in (Kind.TEXT, Kind.CUE, Kind.PER):
            return None
    return None


def by_rate(work: Work, base: int, i: int) -> bool:
    """超出部分220万元按1.8%计3.96万元: a charge on its base, with its result behind it."""
    return work.text[work.tokens[base].end : work.tokens[i].start].strip() == "按" and result_follows(work, i)


def of_base(work: Work, base: int, i: int) -> bool:
    """470万元的百分之四: the share follows its base with a 的."""
    return "的" in work.text[work.tokens[base].end : work.tokens[i].start][:3]
