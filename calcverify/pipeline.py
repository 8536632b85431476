"""Checking one form: a pure, picklable function of its text and configuration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from calcverify.basis.reading import read_basis
from calcverify.basis.relex import Near
from calcverify.basis.work import GOOD
from calcverify.checks import BY_NEED
from calcverify.config.model import DEFAULT, Config
from calcverify.exact.rational import ZERO, same
from calcverify.exact.verdict import Shape, Verdict
from calcverify.forms.model import Form
from calcverify.report.model import Project
from calcverify.verify.case import Case
from calcverify.verify.claims import claim_of, total_claim, unstated_claim, where
from calcverify.verify.coverage import amount_covered
from calcverify.verify.facts import facts_of
from calcverify.verify.model import Amount, Claim, Coverage, Finding, Status
from calcverify.verify.numbers import set_aside, share_read, unread_of
from calcverify.verify.status import status_of
from calcverify.verify.total import Reach, reach
from calcverify.verify.unit_of_form import SCALES, assuming, confirmed_by_total, other_scales

WORSE = (Status.PASS, Status.NO_FORMULA, Status.REVIEW, Status.FAIL)
MISSED = (Verdict.MISMATCH, Verdict.QUERY)


def read_form(form: Form, config: Config = DEFAULT) -> Case:
    """Read the basis of ``form`` and judge every claim.

    Where figures without a unit miss the form's total in the unit that the form declares for them, the
    other units that it names are tried, and kept where the total is met.
    """
    case = read_once(form, config)
    if case.reach is None or case.reach.verdict not in GOOD:
        for scale in other_scales(case.work, form):
            again = read_once(form, config, scale)
            if confirmed_by_total(again):
                return assuming(again, scale)
    return case


def read_once(
    form: Form, config: Config = DEFAULT, scale: int | None = None, near: Near | None = None
) -> Case:
    """Read the basis with figures that have no unit taken in ``scale`` 元, or as the form declares;
    ``near`` is a basis that was read and is nearly the same."""
    text = form.basis.text if form.basis is not None else ""
    noted = SCALES.get(form.unit_note or "", 0)
    work = read_basis(text, noted if scale is None else scale, config.leeway, near)
    statements = tuple(sorted(work.statements, key=where) if len(work.statements) > 1 else work.statements)
    claims: list[Claim] = [claim_of(work, s) for s in statements]
    found = reach(work, form.totals)
    if found is not None and worth_a_claim(found, claims):
        claims.append(total_claim(work, found))
    if not form.totals:
        claims += [unstated_claim(work, e) for e in work.entries if e.derived and e.within is None]
    unread = unread_of(work)
    return Case(
        form, work, tuple(claims), statements, found, set_aside(work, unread), unread, standards=config.standards
    )


def check_form(form: Form, config: Config = DEFAULT, correct: Callable[[Case], Case] | None = None) -> Project:
    """Read the basis of ``form``, judge every claim, apply every rule.

    ``correct`` may put a person's readings in place of what was read.
    """
    case = read_form(form, config)
    if correct is not None:
        case = correct(case)
    # What a person has read anew is not read again with one figure changed.
    if case.correction is None and any(claim.verdict in MISSED for claim in case.claims):
        from calcverify.verify.diagnose import diagnose

        case = case._replace(suggestions=diagnose(case, partial(read_once, config=config)))
    work, claims, found, aside, unread = case.work, list(case.claims), case.reach, case.set_aside, case.unread
    findings = findings_of(case, config)
    computed = bool(claims) or any(e.derived for e in work.entries)
    reached = found if found is not None and claims_good(found) else None
    return Project(
        form=form,
        status=status_of(findings, bool(unread), computed, config.strict),
        computed_total=computed_total(found, computed),
        coverage=Coverage(
            amount_covered(work, reached) if computed else ZERO,
            share_read(work, unread),
        ),
        claims=tuple(claims),
        findings=tuple(sorted(findings, key=place_of) if len(findings) > 1 else findings),
        set_aside=aside,
        unread=unread,
        computes=computed,
    )


def across(projects: Sequence[Project], config: Config = DEFAULT) -> list[Project]:
    """The projects of one run with what the rules say that compare forms with each other."""
    rules = [rule for rule in BY_NEED.get("several", ()) if rule.across is not None and rule.code not in config.ignore]
    if len(projects) < 2 or not rules:
        return list(projects)
    forms, weights = [p.form for p in projects], dict(config.severities)
    more: dict[int, list[Finding]] = {}
    for rule in rules:
        for index, finding in rule.across(forms) if rule.across is not None else ():
            weight = weights.get(rule.code)
            more.setdefault(index, []).append(finding if weight is None else finding._replace(severity=weight))
    return [p if i not in more else with_findings(p, more[i], config) for i, p in enumerate(projects)]


def with_findings(project: Project, more: Sequence[Finding], config: Config) -> Project:
    """A project with further findings, its status the worse of what it was and what they make it."""
    findings = tuple(sorted((*project.findings, *more), key=place_of))
    # Two forms that repeat each other are both computed: by themselves the findings leave them passed.
    status = max(project.status, status_of(more, False, True, config.strict), key=WORSE.index)
    return project._replace(findings=findings, status=status)


def findings_of(case: Case, config: Config) -> list[Finding]:
    """What the rules that are not left out say, in no order; each finding with the weight that the
    office gave it."""
    weights, ignored = dict(config.severities), config.ignore
    found: list[Finding] = []
    rules = [rule for fact in facts_of(case) for rule in BY_NEED.get(fact, ())]
    if not weights and not ignored:
        for rule in rules:
            found += rule.find(case)
        return found
    for rule in rules:
        if rule.code not in ignored:
            weight = weights.get(rule.code)
            said = rule.find(case)
            found += said if weight is None else (f._replace(severity=weight) for f in said)
    return found


def place_of(finding: Finding) -> tuple[tuple[int, int], str]:
    """Where a finding stands among the others: by its place, those of no place last."""
    return finding.span or (1 << 30, 0), finding.code


def claims_good(found: Reach) -> bool:
    """Whether the total was met."""
    return found.verdict in GOOD


def worth_a_claim(found: Reach, claims: list[Claim]) -> bool:
    """The form's total repeats no other claim, and a repeated amount is none."""
    if found.trivial:
        return False
    for claim in claims:
        computed, stated = claim.computed, claim.stated
        if computed is None or stated is None:
            continue
        repeated = claim.verdict in MISSED and [e.value for e in found.entries] == [stated.value]
        if same(computed.value, found.value) and (repeated or same(stated.value, found.total.yuan)):
            return False  # what misses was told where it stands
    return claims_good(found) or found.accuses or found.shape is Shape.COMPOSED


def computed_total(found: Reach | None, computed: bool) -> Amount | None:
    """What the basis gives for the total, where it computes anything."""
    if found is None or not computed or found.trivial:
        return None
    return Amount(found.value, "元")
