"""What a rule is: a permanent code, names, a severity, an explanation, a generator of findings.

A rule lives in a module of its own in this folder and is found there by itself: adding
one touches one new file. Its explanation is its module's docstring, whose paragraphs are
told apart by the word that begins them::

    What: …               查什么：…
    Why it matters: …     为什么：…
    Passes: 12人×500元/人=6000元
    Fails: 12人×500元/人=6500元

An example is a basis, or a basis and the total of its form (``basis => 6000元``). A whole
form is written with ``｜`` where its file breaks the line and ``→`` where a tab stands. Lines
behind ``⇐`` are what a person says that the text is read as, words behind ``⊘`` the kinds of what
the reader saw in the file besides the text. ``‖`` parts the forms of one run.
The examples run as tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from calcverify.forms.model import Form
from calcverify.source import Locator, Span
from calcverify.verify.case import Case
from calcverify.verify.facts import ALWAYS
from calcverify.verify.model import Bilingual, Finding, Severity

# How a paragraph of an explanation begins, and the languages that it is for.
PARAGRAPHS = {
    "What: ": ("en",),
    "Why it matters: ": ("en",),
    "查什么：": ("zh",),
    "为什么：": ("zh",),
    "Passes: ": ("zh", "en"),
    "Fails: ": ("zh", "en"),
}
EXAMPLES = {"Passes: ": ("正例：", "Passes: "), "Fails: ": ("反例：", "Fails: ")}
TOTAL_MARK = " => "
READING_MARK = " ⇐ "
REMARK_MARK = " ⊘ "


class Rule(NamedTuple):
    """One rule. ``find`` is pure: the same case gives the same findings.

    ``severity`` is what a finding weighs where the rule does not say otherwise. ``needs``
    is a word of :mod:`calcverify.verify.facts`: without it the rule has nothing to say,
    and is not run; the empty one is there always. ``across`` compares the forms of one
    run and gives each finding with the number of the form that it is about; such a rule
    needs ``several`` and says nothing of a form alone.
    """

    code: str
    name_zh: str
    name_en: str
    severity: Severity
    explanation: str
    find: Callable[[Case], Iterator[Finding]]
    needs: str = ALWAYS
    across: Callable[[Sequence[Form]], Iterator[tuple[int, Finding]]] | None = None

    def finding(
        self,
        case: Case,
        message: Bilingual,
        span: Span | None = None,
        *,
        claim: int | None = None,
        severity: Severity | None = None,
        suggestions: tuple[Bilingual, ...] = (),
    ) -> Finding:
        """A finding of this rule in the basis, at ``span``."""
        form = case.form
        locator = form.locator
        if form.basis is not None:
            at = span if span is not None or claim is None else case.claims[claim].mark
            locator = form.basis.at(at.start) if at is not None else form.basis.locator
        return Finding(
            self.code, severity or self.severity, message, claim, form.basis_field, span, locator, suggestions
        )

    def elsewhere(
        self,
        message: Bilingual,
        field: str,
        locator: Locator,
        span: Span | None = None,
        *,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding of this rule in another field than the basis, at ``span`` of its text."""
        return Finding(self.code, severity or self.severity, message, None, field, span, locator)

    def explain(self, lang: str) -> str:
        """The explanation in ``lang`` (``"zh"`` or ``"en"``), a line a paragraph."""
        lines = []
        for mark, text in paragraphs(self.explanation):
            if lang in PARAGRAPHS[mark]:
                shown = EXAMPLES[mark][lang == "en"] if mark in EXAMPLES else mark
                lines.append(shown + text)
        return "\n".join(lines)

    def examples(self, passing: bool) -> Iterator[str]:
        """The examples of the explanation that pass, or those that fail."""
        wanted = "Passes: " if passing else "Fails: "
        return (text for mark, text in paragraphs(self.explanation) if mark == wanted)


def paragraphs(explanation: str) -> Iterator[tuple[str, str]]:
    """The marked paragraphs of a docstring, each with its mark; a line break in one is a blank
    between words and nothing between Chinese characters."""
    mark, text = "", ""
    for line in [*explanation.splitlines(), ""]:
        begins = next((m for m in PARAGRAPHS if line.startswith(m)), "")
        if (begins or not line.strip()) and mark:
            yield mark, text
            mark, text = "", ""
        if begins:
            mark, text = begins, line.removeprefix(begins).strip()
        elif mark:
            chinese = text[-1:] > "\u2e80" or line.strip()[:1] > "\u2e80"
            text += ("" if chinese else " ") + line.strip()
