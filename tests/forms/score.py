"""What calcverify makes of the made-up forms: clean ones, and those with one fault.

A clean form is *misread* where its form does not hold what was written, *flagged* where it has a
finding above notice. A fault is *found* where the right rule says something that it did not
say of the clean form, found by *another* rule, or *missed*.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from calcverify.checks import RULES
from calcverify.errors import InputProblem
from calcverify.forms import forms_of
from calcverify.forms.grid import Document, lay_out
from calcverify.forms.model import Form
from calcverify.pipeline import across, check_form
from calcverify.report.model import Project
from calcverify.verify.model import Severity

from .facts import draw_facts
from .faults import FAULTS, PAIRS, Fault, Pair
from .plan import Plan
from .reading import misreadings
from .templates import TEMPLATES, make, render

Said = Counter[tuple[str, str]]
EVERY_PAIR = 20
# What is said of several forms together.
ACROSS = frozenset(rule.code for rule in RULES if rule.across is not None)


class Checked(NamedTuple):
    """A text with its forms and what was said of them, as (code, message); ``crash`` where it broke."""

    text: str
    projects: tuple[Project, ...]
    said: Said
    crash: str = ""


class Example(NamedTuple):
    """Something that went wrong: in which row and column of the table, where, what was said, the text."""

    row: str
    outcome: str
    said: str
    text: str
    where: str = ""


@dataclass
class Score:
    """Counts by (row, outcome); rows are templates, kinds of basis and faults."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)

    def say(self, rows: tuple[str, ...], outcome: str, said: str = "", text: str = "", where: str = "") -> None:
        """Counts an outcome in several rows, and keeps the text of a defect."""
        for row in rows:
            self.counts[row, outcome] += 1
        if text:
            self.examples.append(Example(rows[-1], outcome, said, text, where))

    def of(self, row: str, outcome: str) -> int:
        """How often something happened in a row."""
        return self.counts[row, outcome]


def check(text: str) -> Checked:
    """Everything that calcverify says of a text."""
    said: Said = Counter()
    projects: list[Project] = []
    try:
        for item in forms_of(Document("forms.txt", text, lay_out(text))):
            if isinstance(item, InputProblem):
                said[item.code, item.say("zh")] += 1
                continue
            projects.append(check_form(item))
            said.update((f.code, f.message.zh) for f in projects[-1].findings)
    except Exception as error:  # a crash is counted and listed with its text, whatever it is
        return Checked(text, tuple(projects), said, repr(error))
    if len(projects) > 1:
        projects = across(projects)
        said.update((f.code, f.message.zh) for p in projects for f in p.findings if f.code in ACROSS)
    return Checked(text, tuple(projects), said)


def grave(checked: Checked) -> Iterator[tuple[str, str]]:
    """Code and message of what is above a notice, and of every problem of the reading."""
    for project in checked.projects:
        yield from ((f.code, f.message.zh) for f in project.findings if f.severity is not Severity.NOTICE)
    yield from ((code, words) for code, words in checked.said if code.startswith("CV9"))


def forms(checked: Checked) -> list[Form]:
    """The forms of a text."""
    return [project.form for project in checked.projects]


def where_of(plan: Plan) -> str:
    """Template, layout and style of the basis."""
    style = "borrowed" if plan.facts.case is not None else "table" if plan.facts.tabular else plan.facts.style
    return f"{plan.facts.template} {plan.facts.layout + 1} {style}"


def score_clean(plan: Plan, checked: Checked, score: Score) -> bool:
    """Counts what became of a clean form; whether it was read as written."""
    template = plan.facts.template
    origin = "basis borrowed" if plan.facts.case is not None else "basis of its own"
    rows = ("all", origin, f"{template} {plan.facts.layout + 1}", template)
    score.say(rows, "clean")
    if checked.crash:
        score.say(rows, "crash", checked.crash, checked.text)
    wrong = misreadings(plan, forms(checked))
    if wrong:
        score.say(rows, "misread", "; ".join(wrong), checked.text, where_of(plan))
    flagged = sorted(set(grave(checked)))
    if flagged:
        score.say(rows, "flagged")
    for code in dict.fromkeys(code for code, _ in flagged):
        words = next(words for each, words in flagged if each == code)
        score.say((f"clean {code}",), f"flagged {code}", words, checked.text, where_of(plan))
    return not wrong


def changed(clean: str, broken: str) -> str:
    """The lines of two texts that differ, the old ones and the new ones."""
    old, new = clean.splitlines(), broken.splitlines()
    less, more = [row for row in old if row not in new], [row for row in new if row not in old]
    return "".join(f"\n    - {row}" for row in less[:4]) + "".join(f"\n    + {row}" for row in more[:4])


def score_fault(fault: Fault | Pair, before: Checked, after: Checked, score: Score, where: str, read: bool) -> None:
    """Counts what became of a fault in a form that was (or was not) ``read`` as written before."""
    rows = ("all", where.split(maxsplit=1)[0], fault.name)
    score.say(rows, "faults")
    if read:
        score.say(rows, "read faults")
    if after.crash:
        score.say(rows, "crash", after.crash, after.text)
    new = after.said - before.said
    codes = {code for code, _ in new}
    told = "; ".join(f"{code} {words}" for code, words in sorted(new)) or "nothing"
    told += changed(before.text, after.text)
    if not fault.codes:
        score.say(rows, "no rule yet")
    elif codes & set(fault.codes):
        score.say(rows, "found")
        if read:
            score.say(rows, "read found")
    elif codes:
        score.say(rows, "another", told, after.text, where)
    else:
        score.say(rows, "missed", told, after.text, where)


def inject(plan: Plan, clean: str, fault: Fault, seed: int) -> str | None:
    """The text with one fault, ``None`` where this form has no place for it."""
    rng = random.Random(f"{plan.facts.seed}:{fault.name}:{seed}")
    broken = fault.maker(plan, rng)
    text = None if broken is None else render(broken)
    return None if text == clean else text


def measure(count: int, per_form: int = 3, seed: int = 0, only: str = "", fault: str = "") -> Score:
    """``count`` clean forms over the templates, ``per_form`` faults in each, a pair now and then.

    The faults that were made least often are tried first, so that each kind comes to as many forms.
    """
    score = Score()
    templates = [t for t in TEMPLATES if only in t.name]
    kinds = [f for f in FAULTS if fault in f.name]
    made: Counter[str] = Counter()
    last: dict[str, tuple[Plan, Checked]] = {}
    for number in range(count):
        template = templates[number % len(templates)]
        plan = make(draw_facts(template.name, number // len(templates), seed))
        checked = check(render(plan))
        read = score_clean(plan, checked, score)
        done = 0
        # Kinds that are equally rare come in another order in every form, or each would keep to some templates.
        rng = random.Random(f"{plan.facts.seed}:kinds")
        for kind in sorted(rng.sample(kinds, len(kinds)), key=lambda k: made[k.name]):
            if done == per_form:
                break
            text = inject(plan, checked.text, kind, seed)
            if text is not None:
                made[kind.name] += 1
                done += 1
                score_fault(kind, checked, check(text), score, where_of(plan), read)
        if number // len(templates) % EVERY_PAIR == 1 and template.name in last and not fault:
            score_pairs(*last[template.name], plan, checked, score)
        last[template.name] = (plan, checked)
    return score


def score_pairs(one: Plan, first: Checked, two: Plan, second: Checked, score: Score) -> None:
    """Two forms in one file: read as two, and each kind of repetition found."""
    both = check(first.text + "\n" + second.text)
    rows = ("all", one.facts.template, "two forms in one file")
    score.say(rows, "batches")
    if both.crash or len(both.projects) != 2 or (both.said - first.said) - second.said:
        told = f"{len(both.projects)} forms; " + "; ".join(words for _, words in (both.said - first.said) - second.said)
        score.say(rows, "batch misread", both.crash or told, both.text)
    for pair in PAIRS:
        text = "\n".join(render(plan) for plan in pair.maker(one, two))
        again = first if pair.name.startswith("one project") else second
        clean = Checked(both.text, both.projects, first.said + again.said)
        score_fault(pair, clean, check(text), score, where_of(one), len(both.projects) == 2)
