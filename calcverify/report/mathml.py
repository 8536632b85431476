"""The reading of a claim, typeset: MathML for a page, LaTeX for a notebook.

Both are made from the expression tree itself. Numbers stand as they were read (2.2万人, 60%,
460元/月): a typesetter that takes them for values would print 22000 and 3/5. Browsers draw
MathML without a script.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from calcverify.basis.nodes import Leaf, Node, Sum
from calcverify.exact.printing import MINUS
from calcverify.report.screen import PLAIN
from calcverify.verify.expression import factors_of, terms_of
from calcverify.verify.figure import figure
from calcverify.verify.model import Claim
from calcverify.verify.wording import claim_amounts

# A reading of more figures than this is no formula that a person looks at.
MOST_FIGURES = 60
# Where a line may break; no figure holds it, as what does not show is written out.
_BREAK = "\0"
_DIGITS = re.compile(r"[0-9.,/ ÷]+%?")
# Characters that LaTeX takes for its own, and what it prints for them.
_TEX = {char: f"\\{char}" for char in "#$%&_{}"} | {
    "\\": r"\backslash ",
    "^": r"\hat{\ }",
    "~": r"\sim ",
    "`": "'",
    "<": r"\lt ",
    ">": r"\gt ",
}


class Setting(NamedTuple):
    """How a typesetter writes a figure, a quotient, a bracket, and signs between parts."""

    figure: Callable[[str], str]
    over: Callable[[str, str], str]
    brackets: Callable[[str], str]
    times: str
    plus: str
    minus: str


def _mathml_figure(text: str) -> str:
    number = _DIGITS.match(text)
    cut = number.end() if number is not None else 0
    parts = [f"<mn>{escape(text[:cut])}</mn>"] if cut else []
    return "".join([*parts, f"<mtext>{escape(text[cut:])}</mtext>"] if text[cut:] else parts)


def _tex_figure(text: str) -> str:
    number = _DIGITS.match(text)
    cut = number.end() if number is not None else 0
    digits, words = (("".join(_TEX.get(char, char) for char in part)) for part in (text[:cut], text[cut:]))
    return digits.replace("÷", r"\div ") + (rf"\,\text{{{words}}}" if words else "")


MATHML = Setting(
    _mathml_figure,
    lambda above, below: f"<mfrac><mrow>{above}</mrow><mrow>{below}</mrow></mfrac>".replace(_BREAK, ""),
    lambda inner: f'<mo stretchy="false">(</mo>{inner}<mo stretchy="false">)</mo>',
    f"{_BREAK}<mo>×</mo>",
    f"{_BREAK}<mo>+</mo>",
    f"{_BREAK}<mo>{MINUS}</mo>",
)
TEX = Setting(
    _tex_figure,
    lambda above, below: rf"\frac{{{above}}}{{{below}}}",
    lambda inner: rf"\left({inner}\right)",
    r" \times ",
    " + ",
    " - ",
)


def mathml(claim: Claim, lang: str = "zh") -> str:
    """The reading of a claim and its value as ``<math>`` elements, everything in them escaped.

    A page cannot break a line inside one, so each term and each factor is an element of
    its own, within brackets too. ``""`` for a reading of more than ``MOST_FIGURES`` figures.
    """
    reading = typeset(claim.node, MATHML)
    if not reading:
        return ""
    computed = _shown(claim_amounts(claim, lang).computed)
    pieces = reading.split(_BREAK) + [f"<mo>=</mo>{_mathml_figure(computed)}"] * bool(computed)
    # A sign that begins a piece still stands between two terms: it keeps its blanks.
    pieces = pieces[:1] + [piece.replace("<mo>", '<mo form="infix">', 1) for piece in pieces[1:]]
    return "<wbr>".join(f"<math><mrow>{piece}</mrow></math>" for piece in pieces)


def latex(claim: Claim, lang: str = "zh") -> str:
    """The reading of a claim and its value as LaTeX without dollar signs; ``""`` as for :func:`mathml`."""
    reading = typeset(claim.node, TEX)
    if not reading:
        return ""
    computed = _shown(claim_amounts(claim, lang).computed)
    return f"{reading} = {_tex_figure(computed)}" if computed else reading


def typeset(node: Node, setting: Setting) -> str:
    """``node`` as people write it; ``""`` where it has too many figures."""
    return _sum(node, setting) if _count(node) <= MOST_FIGURES else ""


def _count(node: Node) -> int:
    return 1 if isinstance(node, Leaf) else sum(map(_count, node[0]))


def _shown(text: str) -> str:
    return PLAIN.show(text, 80)


def _sum(node: Node, setting: Setting) -> str:
    terms = terms_of(node)
    # 减去2万元…共5万元: what is taken off stands behind what it is taken off from, as in the text report.
    if terms and not terms[0][1]:
        terms = sorted(terms, key=lambda term: not term[1])
    out = ""
    for part, added in terms:
        negative = isinstance(part, Leaf) and part.value < 0
        up = added is not negative
        if isinstance(part, Leaf):
            text = _leaf(part, setting)
        else:
            text = setting.brackets(_sum(part, setting)) if isinstance(part, Sum) else _product(part, setting)
        out += (setting.plus if out and up else "" if up else setting.minus) + text
    return out.removeprefix(_BREAK)


def _product(node: Node, setting: Setting) -> str:
    sides: dict[bool, list[Node]] = {True: [], False: []}
    for factor, up in factors_of(node):
        sides[up].append(factor)
    above, below = (
        setting.times.join(_factor(part, setting, alone=len(side) == 1 and not up) for part in side)
        for up, side in sides.items()
    )
    return setting.over(above or setting.figure("1"), below) if below else above or setting.figure("1")


def _factor(node: Node, setting: Setting, alone: bool) -> str:
    """A factor: in brackets where it is a sum, or less than nothing."""
    if isinstance(node, Leaf) and node.value >= 0:
        return _leaf(node, setting)
    inner = _sum(node, setting)
    return inner if alone else setting.brackets(inner)


def _leaf(leaf: Leaf, setting: Setting) -> str:
    return setting.figure(_shown(figure(leaf)))
