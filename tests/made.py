"""Projects made by hand, for tests of what stands above the pipeline.

A figure is found in its basis by its text, so that a case reads like the basis it is
about; nothing here reads or judges anything.
"""

from __future__ import annotations

from fractions import Fraction

from calcverify.basis.nodes import Leaf, Node, Product, Sum
from calcverify.errors import InputProblem
from calcverify.exact.units import Unit
from calcverify.exact.verdict import Verdict
from calcverify.forms.model import Form, Narrative, StatedTotal
from calcverify.report.model import Project, Report
from calcverify.source import Locator, Source, Span
from calcverify.verify.model import (
    Amount,
    Aside,
    Bilingual,
    Claim,
    Coverage,
    Finding,
    Operand,
    Severity,
    Stated,
    Status,
)

YUAN: Unit = (("元", 1),)


def number(text: str) -> Fraction:
    """``"33.84万"`` as 338400; the tests write amounts as people do."""
    scale = {"万": 10**4, "亿": 10**8}.get(text[-1], 1)
    return Fraction(text.rstrip("万亿")) * scale


def leaf(text: str, unit: Unit = (), kind: str = "arabic", at: int = 0) -> Leaf:
    """A figure such as ``"24万"`` with its unit."""
    scale = {"万": 10**4, "亿": 10**8}.get(text[-1], 1)
    return Leaf(Span(at, at + len(text)), number(text), unit, Fraction(scale), scale, kind)


def plus(*terms: Node) -> Sum:
    """The sum of the terms."""
    return Sum(terms, (True,) * len(terms))


def times(*factors: Node) -> Product:
    """The product of the factors."""
    return Product(factors, (True,) * len(factors))


def span_of(basis: str, part: str) -> Span:
    """Where ``part`` stands first in ``basis``."""
    start = basis.index(part)
    return Span(start, start + len(part))


def stated(basis: str, part: str, value: str, place: str, scale: str = "万元", hedged: bool = False) -> Stated:
    """The stated figure ``part`` of the basis; ``place`` in 元. Not in the basis: no span."""
    span = span_of(basis, part) if part in basis else None
    worth = Fraction(10000 if scale.startswith("万") else 1)
    return Stated(number(value), "元", part, span, Fraction(place), hedged, scale, worth)


def claim(
    basis: str,
    part: str,
    node: Node,
    computed: str,
    figure: Stated | None,
    verdict: str | None,
    *,
    kind: str = "equation",
    assumptions: tuple[Bilingual, ...] = (),
    factor: Fraction | None = None,
    operands: tuple[str, ...] = (),
) -> Claim:
    """A claim over ``part`` of the basis; its operands are those pieces of the basis."""
    return Claim(
        kind,
        span_of(basis, part),
        part,
        node,
        Amount(number(computed), "元"),
        figure,
        None if verdict is None else Verdict(verdict),
        tuple(Operand(text, span_of(basis, text)) for text in operands),
        assumptions,
        factor,
    )


def project(
    name: str,
    basis: str | None,
    status: str,
    *,
    total: str | None = None,
    computed: str | None = None,
    coverage: tuple[str, str] = ("1", "1"),
    claims: tuple[Claim, ...] = (),
    findings: tuple[Finding, ...] = (),
    set_aside: tuple[Aside, ...] = (),
    unread: tuple[Aside, ...] = (),
    code: str = "330000261230000000001",
    narratives: tuple[Narrative, ...] = (),
) -> Project:
    """A project of ``forms.txt``; its total is in 万元."""
    totals: tuple[StatedTotal, ...] = ()
    if total is not None:
        totals = (StatedTotal(total, "万元", number(total) * 10000, Fraction(10000), "项目总金额", Locator(line=4)),)
    form = Form(
        code,
        name,
        "forms.txt",
        Locator(line=3),
        None if basis is None else Source(basis, "forms.txt", Locator(line=9)),
        totals=totals,
        organisation="某市档案馆",
        year="2026",
        narratives=narratives,
    )
    amount = None if computed is None else Amount(number(computed), "元")
    share = Coverage(Fraction(coverage[0]), Fraction(coverage[1]))
    return Project(form, Status(status), amount, share, claims, findings, set_aside, unread)


def passing() -> Project:
    """A total that is rounded, and a figure that took its unit from its neighbours."""
    basis = "2026年12万*0.75*140元+3万"
    formula = "12万*0.75*140元+3万"
    node = plus(times(leaf("12万"), leaf("0.75"), leaf("140", YUAN)), leaf("3万", YUAN))
    figure = stated(basis, "1263", "1263万", "10000")
    assumed = Bilingual("3万按3万元", "3万 is taken as 3万元")
    operands = ("12万", "0.75", "140元", "3万")
    total = claim(
        basis, formula, node, "1263.2万", figure, "rounded", kind="total", assumptions=(assumed,), operands=operands
    )
    aside = (Aside("2026年", span_of(basis, "2026年"), "year"),)
    return project("馆藏档案数字化", basis, "pass", total="1263", computed="1263.2万", claims=(total,), set_aside=aside)


def failing() -> Project:
    """A product that lost its nought, a question whose factor is missing, and an amount elsewhere."""
    basis = (
        "培训费：3期×120人×450元/人=16.2万元；\n"
        "教材费：360册×85元/册=3.6万元。讲师20人年薪8万元，共38.4万元。资料7册×43元=约300元"
    )
    training = times(leaf("3", (("期", 1),)), leaf("120", (("人", 1),)), leaf("450", (("人", -1), ("元", 1))))
    books = times(leaf("360", (("册", 1),)), leaf("85", (("册", -1), ("元", 1))))
    notes = times(leaf("7", (("册", 1),)), leaf("43", YUAN))
    near = stated(basis, "300元", "300", "1", "元", hedged=True)
    prose = times(leaf("20", (("人", 1),)), leaf("8万", (("人", -1), ("元", 1))))
    sixteen = stated(basis, "16.2万元", "16.2万", "1000")
    claims = (
        claim(basis, "3期×120人×450元/人=16.2万元", training, "16.2万", sixteen, "exact"),
        claim(basis, "360册×85元/册=3.6万元", books, "3.06万", stated(basis, "3.6万元", "3.6万", "1000"), "mismatch"),
        claim(
            basis,
            "讲师20人年薪8万元，共38.4万元",
            prose,
            "160万",
            stated(basis, "38.4万元", "38.4万", "1000"),
            "query",
            kind="composed",
            factor=Fraction(24, 100),
        ),
        claim(basis, "7册×43元=约300元", notes, "301", near, "approximate"),
    )
    findings = (
        Finding(
            "CV101",
            Severity.ERROR,
            Bilingual(
                "分项测算金额与算式结果不一致：应为3.06万元，填报3.6万元，相差0.54万元",
                "the formula gives 3.06万元, but 3.6万元 is stated: 0.54万元 apart",
            ),
            1,
            "资金计算依据",
            span_of(basis, "3.6万元"),
            Locator(line=9),
            (Bilingual("漏写一个 0：3.06", "a nought left out: 3.06"),),
        ),
        Finding(
            "CV110",
            Severity.WARNING,
            Bilingual("缺少计算因子，推算约为24%", "a factor is missing, about 24%"),
            2,
            "资金计算依据",
        ),
        Finding(
            "CV401",
            Severity.WARNING,
            Bilingual("文本表述金额与申报金额不一致", "another amount for the same thing"),
            None,
            "项目总目标",
            Span(5, 9),
            Locator(line=7),
        ),
        Finding("CV104", Severity.NOTICE, Bilingual("约数相符", "agrees approximately"), 3),
    )
    goal = Narrative("项目总目标", Source("全年投入\t88万元，培训360人", "forms.txt", Locator(line=7)))
    return project(
        "基层统计培训",
        basis,
        "fail",
        total="58.2",
        computed="57.66万",
        coverage=("81/97", "1"),
        claims=claims,
        findings=findings,
        unread=(Aside("8万元", span_of(basis, "8万元"), "context"),),
        code="330000261230000000002",
        narratives=(goal,),
    )


def endless() -> Project:
    """A total that no decimal says, and no stated one."""
    basis = "每年10万元分3年，2万元另计"
    node = plus(Product((leaf("10万", YUAN), leaf("3")), (True, False)), leaf("2万", YUAN))
    value = Fraction(100000, 3) + 20000
    only = Claim("equation", Span(0, len(basis)), basis, node, Amount(value, "元"), None, None)
    made = project("分年维护", basis, "review", coverage=("0", "1/2"), claims=(only,), code="")
    return made._replace(computed_total=Amount(value, "元"))


def empty() -> Project:
    """A form without a basis and without a name."""
    return project("", None, "no-formula", total="20", coverage=("0", "1"), code="330000261230000000004")


def report() -> Report:
    """Every kind of project, an input that could not be read, and one that broke the program."""
    problem = InputProblem("notes.jsonl", "line 7", "不是一条完整的 JSON 记录", "not a complete JSON record", "CV907")
    defect = InputProblem("odd.txt", "line 2", "calcverify 自身出错", "calcverify itself is broken")
    return Report((passing(), failing(), endless(), empty()), (problem,), (defect,))
