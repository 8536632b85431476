"""The report for people: each project with its readings, each finding at its place.

Every string that comes from a document passes through :meth:`Screen.show`; what is
written here in words does not, and is fitted to the screen's encoding at the end.
"""

from __future__ import annotations

from typing import NamedTuple

from calcverify.exact.verdict import Verdict
from calcverify.report.amounts import share_text, total_amounts
from calcverify.report.excerpt import excerpt
from calcverify.report.model import Project, Report
from calcverify.report.places import claim_of, place_of
from calcverify.report.screen import PLAIN, Screen
from calcverify.report.summary import heading, left_out, summary
from calcverify.report.words import field_name, fill, located, reason, say
from calcverify.verify.expression import expression
from calcverify.verify.model import Aside, Claim, Finding, Severity, Status
from calcverify.verify.wording import claim_amounts, factor_text, satisfying

STATUS_COLOUR = {Status.PASS: "green", Status.REVIEW: "yellow", Status.FAIL: "red", Status.NO_FORMULA: "cyan"}
SEVERITY_COLOUR = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}

# How many unread pieces and set-aside numbers of a project are listed before 另有 n 处.
_MOST_LISTED = 8

# A text wider than this many lines of the screen is cut; programs get all of it.
_MOST_LINES = 6


def render(report: Report, lang: str = "zh", screen: Screen = PLAIN) -> str:
    """Every project in the order of the report, then the summary."""
    page = _Page(screen, lang)
    blocks = [page.project(p) for p in report.projects]
    blocks.append(summary(report, lang, screen))
    return screen.fit("\n\n".join("\n".join(block) for block in blocks)) + "\n"


def project_text(project: Project, lang: str = "zh", screen: Screen = PLAIN) -> str:
    """One project as :func:`render` shows it, without a summary."""
    return screen.fit("\n".join(_Page(screen, lang).project(project)))


class _Page(NamedTuple):
    """The wording of one report: a language on a screen."""

    screen: Screen
    lang: str

    def show(self, text: str, most: int | None = None) -> str:
        """Document text made safe, and cut where it would fill the screen."""
        return self.screen.show(text, most or _MOST_LINES * self.screen.width)

    def said(self, word: str, text: str) -> str:
        """``填报1263万元`` in Chinese, ``stated 1263万元`` in English."""
        return f"{say(word, self.lang)}{' ' if self.lang == 'en' else ''}{text}"

    def headed(self, word: str, text: str) -> str:
        """``结论：通过``."""
        return f"{say(word, self.lang)}{': ' if self.lang == 'en' else '：'}{text}"

    def listed(self, parts: list[str]) -> str:
        """The parts that are not empty, with commas between."""
        return (", " if self.lang == "en" else "，").join(part for part in parts if part)

    def in_brackets(self, text: str) -> str:
        """``text`` in the brackets of the language."""
        return f" ({text})" if self.lang == "en" else f"（{text}）"

    def project(self, project: Project) -> list[str]:
        """The block of one project, line by line."""
        show, form = self.show, project.form
        name, *code = heading(project, self.lang, self.screen)
        where = ", ".join(filter(None, (show(form.source_name), show(located(form.locator, self.lang)))))
        status = self.screen.paint(say(project.status.value, self.lang), STATUS_COLOUR[project.status], "bold")
        lines = ["  ".join(filter(None, (self.screen.paint(name, "bold"), *code, where)))]
        lines.append("  " + self.headed("status", status + self._left_out(project)))
        lines.append("  " + self.headed("total", self._totals(project)))
        amount, numbers = map(share_text, project.coverage)
        lines.append(
            "  "
            + self.headed("coverage", self.listed([self.said("of-amount", amount), self.said("of-numbers", numbers)]))
        )
        if project.claims:
            lines.append("  " + self.headed("checked", "").rstrip())
            for at, claim in enumerate(project.claims, 1):
                lines += self._claim(at, claim)
        if project.findings:
            lines.append("  " + self.headed("findings", "").rstrip())
            for finding in project.findings:
                lines += self._finding(finding, project)
        lines += self._asides("unread", project.unread)
        lines += self._asides("aside", project.set_aside)
        return lines

    def _left_out(self, project: Project) -> str:
        """``（已说明 1 处，已知 2 处，只计新问题：通过）``, where findings do not count."""
        parts = left_out(project.findings, self.lang)
        if project.decisive is not project.status:
            parts.append(fill("counted", self.lang, status=say(project.decisive.value, self.lang)))
        return self.in_brackets(self.listed(parts)) if parts else ""

    def _totals(self, project: Project) -> str:
        amounts, stated = total_amounts(project, self.lang), project.stated_total
        if stated is None:
            first = say("absent", self.lang)
        else:
            # "total" is the key of a record, no label that an officer would know.
            field = self.in_brackets(self.show(stated.field, 30)) if stated.field not in ("", "total") else ""
            first = self.said("stated", self.show(amounts.stated)) + field
        second = self.said("computed", amounts.computed) if amounts.computed else say("not-computed", self.lang)
        return self.listed([first, second, self._difference(amounts.difference)])

    def _difference(self, text: str) -> str:
        return f"{say('difference', self.lang)} {self.show(text)}" if text else ""

    def _reading(self, claim: Claim, computed: str) -> str:
        """``12万 × 0.75 × 140元 + 3万元 = 1263.2万元``."""
        text = self.show(expression(claim.node))
        return f"{text} = {self.show(computed)}" if computed else text

    def _claim(self, at: int, claim: Claim) -> list[str]:
        computed, stated, difference = claim_amounts(claim, self.lang)
        verdict = say(claim.verdict.value, self.lang) if claim.verdict is not None else ""
        if claim.verdict is Verdict.MISMATCH:
            verdict = self.screen.paint(verdict, "red")
        parts = [
            self._reading(claim, computed),
            self.said("stated", self.show(stated)) if stated else "",
            self._difference(difference),
            verdict,
        ]
        lines = [f"    [{at}] {self.headed(claim.kind, self.listed(parts))}"]
        assumed = (self.show(a.say(self.lang)) for a in claim.assumptions)
        return lines + ["        " + self.headed("assumptions", text) for text in assumed]

    def _finding(self, finding: Finding, project: Project) -> list[str]:
        severity = self.screen.paint(say(finding.severity.value, self.lang), SEVERITY_COLOUR[finding.severity])
        lines = [f"    {severity} {finding.code} {self.show(finding.message.say(self.lang))}"]
        lines += ["      " + line for line in self._marks(finding)]
        claim = claim_of(finding, project)
        lines += self._excerpt(finding, project)
        if claim is not None:
            # 约3万元 for 2.98万元 is in order: a notice asks for no other figure.
            lines += self._comparison(claim, satisfy=finding.severity is not Severity.NOTICE)
        for suggestion in finding.suggestions:
            lines.append("      " + self.headed("suggestion", self.show(suggestion.say(self.lang))))
        return lines

    def _marks(self, finding: Finding) -> list[str]:
        """Why a finding does not count: a person's reason, or the baseline."""
        lines = []
        if finding.suppressed is not None:
            reason_, expiry = finding.suppressed
            until = self.in_brackets(fill("until", self.lang, day=self.show(expiry))) if expiry else ""
            lines.append(self.headed("explained", self.show(reason_) + until))
        return [*lines, say("in-baseline", self.lang)] if finding.known else lines

    def _excerpt(self, finding: Finding, project: Project) -> list[str]:
        """The place of a finding: its field, and the line with markers where there is a text."""
        text, span = place_of(finding, project)
        where = [self.show(field_name(finding.field, self.lang), 40)] if finding.field else []
        if finding.locator is not None:
            where.append(self.show(located(finding.locator, self.lang)))
        lines = ["      " + self.headed("place", self.listed(where))] if where else []
        if text and span is not None:
            line, marker = excerpt(text, span, self.screen, indent=6)
            lines += ["      " + line, "      " + self.screen.paint(marker, SEVERITY_COLOUR[finding.severity])]
        return lines

    def _comparison(self, claim: Claim, satisfy: bool) -> list[str]:
        """What was computed, what was stated, and what would satisfy the claim."""
        computed, stated, difference = claim_amounts(claim, self.lang)
        lines = [self.headed("computed", self._reading(claim, computed))]
        if stated:
            lines.append(self.headed("stated", self.listed([self.show(stated), self._difference(difference)])))
        precise, nearest = satisfying(claim, self.lang)
        if precise and satisfy:
            as_written = "" if nearest == precise else self.in_brackets(self.said("as-written", nearest))
            lines.append(fill("satisfied", self.lang, value=self.show(precise + as_written)))
        if claim.factor is not None and satisfy:
            lines.append(fill("with-factor", self.lang, factor=factor_text(claim.factor, self.lang)))
        return ["      " + line for line in lines]

    def _asides(self, word: str, asides: tuple[Aside, ...]) -> list[str]:
        """``不参与测算：2026年（年份），第3条（序号），另有 2 处``."""
        if not asides:
            return []
        shown = [
            self.show(a.text, 40) + self.in_brackets(self.show(reason(a.reason, self.lang), 40))
            for a in asides[:_MOST_LISTED]
        ]
        if len(asides) > _MOST_LISTED:
            shown.append(fill("and-more", self.lang, n=len(asides) - _MOST_LISTED))
        return ["  " + self.headed(word, self.listed(shown))]
