"""What a resubmission mended, broke and left, project by project.

Projects are paired by their code, then by their name; what has neither is paired only
where each side has one such project. Findings are paired by what they are about, so that
a fault in a moved row is the same fault, and one whose figure changed without becoming
right is still there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from calcverify.errors import InputProblem
from calcverify.forms.model import Form, StatedTotal
from calcverify.report.model import Project, Report
from calcverify.review.fingerprint import fingerprints, names, normalised, project_key
from calcverify.review.standing import answered, standing
from calcverify.verify.model import Finding, Status


class Fate(Enum):
    """What became of a finding."""

    MENDED = "mended"
    BROKE = "broke"
    LEFT = "left"


class Change(NamedTuple):
    """A finding and its fate: the new finding, or the old one where it is mended.

    ``before`` is what the old form had of it where its figures changed and it is still there.
    """

    fate: Fate
    finding: Finding
    before: Finding | None = None


class Moved(NamedTuple):
    """An amount that a field of the form states otherwise than before; ``None`` where it does not state it."""

    field: str
    old: StatedTotal | None
    new: StatedTotal | None


class Pair(NamedTuple):
    """A project before and after; ``old`` is ``None`` for one that was added, ``new`` for one that is gone.

    The findings of ``new`` that were there before are marked as known.
    """

    old: Project | None
    new: Project | None
    changes: tuple[Change, ...] = ()

    def of(self, fate: Fate) -> list[Change]:
        """The changes of one kind."""
        return [change for change in self.changes if change.fate is fate]

    @property
    def either(self) -> Project:
        """The project as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None, "a pair holds a project"
        return found

    @property
    def totals(self) -> tuple[Moved, ...]:
        """The amounts that a form states otherwise than before."""
        before, after = fields_of(self.old), fields_of(self.new)
        return tuple(
            Moved(field, before.get(field), after.get(field))
            for field in dict.fromkeys([*before, *after])
            if self.old is not None and self.new is not None and differ(before.get(field), after.get(field))
        )

    @property
    def same(self) -> bool:
        """Whether there is nothing to tell."""
        if self.old is None or self.new is None or self.changes or self.totals:
            return False
        return self.old.status is self.new.status


class Comparison(NamedTuple):
    """Every pair, in the order of the new forms and then of those that are gone, and what was not read."""

    pairs: tuple[Pair, ...]
    problems: tuple[InputProblem, ...] = ()
    defects: tuple[InputProblem, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many findings met this fate."""
        return sum(change.fate is fate for pair in self.pairs for change in pair.changes)

    @property
    def report(self) -> Report:
        """The new projects, with what was there before marked as known: it decides no exit code."""
        return Report(tuple(p.new for p in self.pairs if p.new is not None), self.problems, self.defects)


def compare(old: Report, new: Report, strict: bool = False) -> Comparison:
    """``new`` against ``old``."""
    pairs = [made(before, after, strict) for before, after in paired(old.projects, new.projects)]
    return Comparison(tuple(pairs), old.problems + new.problems, old.defects + new.defects)


def paired(old: Sequence[Project], new: Sequence[Project]) -> Iterator[tuple[Project | None, Project | None]]:
    """Old and new projects side by side: by code and name, by code, by name, the only ones without both."""
    partner: dict[int, int] = {}
    for key in (both, code, name, nameless):
        taken = set(partner.values())
        waiting: dict[Hashable, deque[int]] = {}
        for i, project in enumerate(old):
            if i not in taken and (found := key(project.form)) is not None:
                waiting.setdefault(found, deque()).append(i)
        open_ = [k for k in range(len(new)) if k not in partner]
        if key is nameless and sum(nameless(new[k].form) is not None for k in open_) != 1:
            continue
        for k in open_:
            found = key(new[k].form)
            if found is not None and (key is not nameless or len(waiting.get(found, ())) == 1) and waiting.get(found):
                partner[k] = waiting[found].popleft()
    taken = set(partner.values())
    for k, project in enumerate(new):
        yield (old[partner[k]] if k in partner else None), project
    yield from ((project, None) for i, project in enumerate(old) if i not in taken)


def code(form: Form) -> str | None:
    """The code of a project, where it has one of its own."""
    key = project_key(form)
    return key if key and key == normalised(form.id) else None


def name(form: Form) -> str | None:
    """The name of a project, where it has one."""
    return normalised(form.name) or None


def both(form: Form) -> tuple[str, str] | None:
    """Code and name: a code that stands on two projects by mistake pairs each with its own."""
    own, called = code(form), name(form)
    return (own, called) if own and called else None


def nameless(form: Form) -> str | None:
    """The one key of every project that has neither code nor name."""
    return "" if code(form) is None and name(form) is None else None


def made(old: Project | None, new: Project | None, strict: bool) -> Pair:
    """A pair with the fate of every finding."""
    if old is None or new is None:
        fate, findings = (Fate.BROKE, new.findings) if new is not None else (Fate.MENDED, ())
        return Pair(old, new, tuple(Change(fate, finding) for finding in findings))
    before = matched(old, new)
    changes = []
    for at, finding in enumerate(new.findings):
        was = before.get(at)
        if was is None:
            changes.append(Change(Fate.BROKE, finding))
        else:
            same = old.findings[was].message == finding.message
            changes.append(Change(Fate.LEFT, finding, None if same else old.findings[was]))
    kept = set(before.values())
    changes += [Change(Fate.MENDED, finding) for i, finding in enumerate(old.findings) if i not in kept]
    return Pair(old, marked(old, new, frozenset(before), strict), tuple(changes))


def matched(old: Project, new: Project) -> dict[int, int]:
    """For the number of each new finding that was there before, the number it had."""
    found: dict[int, int] = {}
    readers: tuple[Callable[[Project], Sequence[Hashable]], ...] = (exactly, about)
    for read in readers:
        waiting: dict[Hashable, list[int]] = {}
        for i, key in enumerate(read(old)):
            if key is not None and i not in found.values():
                waiting.setdefault(key, []).append(i)
        for k, key in enumerate(read(new)):
            if k not in found and waiting.get(key):
                found[k] = waiting[key].pop(0)
    return found


def exactly(project: Project) -> list[str]:
    """The fingerprints of a project's findings, whatever it is called."""
    pieces = (*project.set_aside, *project.unread)
    return fingerprints(project.form, project.claims, project.findings, pieces, key="")


def about(project: Project) -> Sequence[Hashable]:
    """What a project's findings are about, whatever the amounts."""
    return names(project.form, project.claims, project.findings, (*project.set_aside, *project.unread))


def marked(old: Project, new: Project, before: frozenset[int], strict: bool) -> Project:
    """The new project with what was there before marked as known, and the status that is left."""
    findings = tuple(f._replace(known=at in before) for at, f in enumerate(new.findings))
    project = new._replace(findings=findings)

    def out(finding: Finding) -> bool:
        return not finding.counts

    counted = standing(project, out, strict)
    if counted is Status.NO_FORMULA and (old.status is Status.NO_FORMULA or answered(project, out)):
        counted = Status.PASS
    return project._replace(counted=counted)


def fields_of(project: Project | None) -> dict[str, StatedTotal]:
    """The amounts that a form states, by the label of their field."""
    found: dict[str, StatedTotal] = {}
    for total in () if project is None else (*project.form.totals, *project.form.sources):
        found.setdefault(total.field, total)
    return found


def differ(old: StatedTotal | None, new: StatedTotal | None) -> bool:
    """Whether an amount changed; the same amount in another unit did not."""
    return old is None or new is None or old.yuan != new.yuan
