"""Reasons why findings of a project do not count, kept beside the forms in a TOML file.

An entry names a project and a rule and gives a reason::

    [[suppression]]
    project = "330000261230000000002"   # the code, or the name, of the project
    rule = "CV101"
    reason = "单价含运费，见采购合同第三条"
    expiry = 2027-12-31                 # up to and with this day; without it, for good
    text = "3.6万元"                    # only the finding whose place or message holds this

A finding is never taken away: it is marked, in every report, with the reason, and does
not decide the status.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from calcverify.config.codes import CODES, nearest_code
from calcverify.config.faults import ConfigError, Fault, Place
from calcverify.config.fields import check_keys, date_of, load_toml, text_of
from calcverify.errors import excerpt
from calcverify.forms.model import Form
from calcverify.report.model import Project
from calcverify.review.fingerprint import field_text, normalised
from calcverify.review.notices import EXPIRED, UNUSED
from calcverify.review.standing import answered, standing
from calcverify.verify.model import Bilingual, Explained, Finding, Status

SECTION = "suppression"
KEYS = ("project", "rule", "reason", "expiry", "text")
LARGEST = 50_000_000


class Suppression(NamedTuple):
    """One reason. ``project`` and ``text`` are normalised for comparing; ``place`` is where it is written."""

    project: str
    rule: str
    reason: str
    expiry: date | None
    text: str
    place: str

    def speaks_of(self, project: Project, finding: Finding) -> bool:
        """Whether it is about a finding of its project."""
        return finding.code == self.rule and (not self.text or self.text in normalised(words_of(project, finding)))

    def holds(self, today: date) -> bool:
        """Whether it has not expired."""
        return self.expiry is None or today <= self.expiry

    @property
    def explained(self) -> Explained:
        """What a finding is marked with."""
        return Explained(self.reason, "" if self.expiry is None else self.expiry.isoformat())


class Suppressions(NamedTuple):
    """Every reason of a file, by the code or name of its project."""

    of: Mapping[str, tuple[Suppression, ...]]

    def about(self, form: Form) -> tuple[Suppression, ...]:
        """The reasons that name a project, by its code or by its name."""
        names = dict.fromkeys(name for name in (normalised(form.id), normalised(form.name)) if name)
        return tuple(entry for name in names for entry in self.of.get(name, ()))

    def strangers(self, forms: Iterable[Form]) -> list[Suppression]:
        """The reasons about projects that are none of these."""
        seen = {normalised(name) for form in forms for name in (form.id, form.name)}
        return [entry for name, entries in self.of.items() if name not in seen for entry in entries]


def read_suppressions(path: Path) -> Suppressions:
    """The reasons in a TOML file; ``ConfigError`` names file, entry and key of what is wrong in it."""
    content, place = load_toml(path, LARGEST), Place(str(path))
    check_keys(content, (SECTION,), place)
    entries = content.get(SECTION, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ConfigError(Fault.NOT_ENTRIES, place, key=SECTION)
    found: dict[str, list[Suppression]] = {}
    for number, entry in enumerate(entries, 1):
        read = entry_of(entry, place.under(f"{SECTION} {number}"))
        found.setdefault(read.project, []).append(read)
    return Suppressions({name: tuple(group) for name, group in found.items()})


def entry_of(entry: Mapping[str, object], place: Place) -> Suppression:
    """One entry of the file."""
    check_keys(entry, KEYS, place)
    for key in ("project", "rule", "reason"):
        if key not in entry:
            raise ConfigError(Fault.MISSING, place.under(key))
    written = {key: text_of(entry[key], place.under(key)) for key in KEYS if key in entry and key != "expiry"}
    rule = written["rule"].upper()
    if rule not in CODES:
        raise ConfigError(Fault.UNKNOWN_CODE, place.under("rule"), text=rule, text_meant=nearest_code(rule))
    expiry = date_of(entry["expiry"], place.under("expiry")) if "expiry" in entry else None
    project, text = normalised(written["project"]), normalised(written.get("text", ""))
    return Suppression(project, rule, written["reason"], expiry, text, str(place))


def suppressed(project: Project, reasons: Suppressions, today: date, strict: bool = False) -> Project:
    """``project`` with its explained findings marked, its status without them, and a notice for each
    reason that has expired or that nothing needs."""
    entries = reasons.about(project.form)
    if not entries:
        return project
    marked = tuple(explained(project, finding, entries, today) for finding in project.findings)
    told = tuple(notices(project, entries, today))
    project = project._replace(findings=marked + told)
    if not any(f.suppressed for f in marked):
        return project
    status = standing(project, is_suppressed, strict)
    counted = Status.PASS if status is Status.NO_FORMULA and answered(project, is_suppressed) else status
    return project._replace(status=status, counted=counted)


def is_suppressed(finding: Finding) -> bool:
    """Whether a finding was explained."""
    return finding.suppressed is not None


def explained(project: Project, finding: Finding, entries: Iterable[Suppression], today: date) -> Finding:
    """The finding, marked where a reason that holds speaks of it."""
    for entry in entries:
        if entry.holds(today) and entry.speaks_of(project, finding):
            return finding._replace(suppressed=entry.explained)
    return finding


def notices(project: Project, entries: Iterable[Suppression], today: date) -> Iterator[Finding]:
    """A notice for each reason that has expired, or that speaks of no finding."""
    for entry in entries:
        place = excerpt(entry.place, 300)
        if not any(entry.speaks_of(project, finding) for finding in project.findings):
            yield UNUSED.finding(
                Bilingual(
                    f"说明没有对应的问题：{place}（{entry.rule}），请删去或改正该条",
                    f"nothing here needs the explanation {place} ({entry.rule}); delete or mend it",
                )
            )
        elif not entry.holds(today):
            reason, day = excerpt(entry.reason, 100), entry.explained.expiry
            yield EXPIRED.finding(
                Bilingual(
                    f"说明已于{day}到期，{entry.rule} 重新计入：“{reason}”（{place}）",
                    f"an explanation expired on {day}, so {entry.rule} counts again: “{reason}” ({place})",
                )
            )


def words_of(project: Project, finding: Finding) -> str:
    """What stands at the place of a finding, and what is said of it."""
    text = field_text(project.form, finding)
    parts = [finding.message.zh, finding.field or ""]
    if finding.span is not None:
        parts.append(finding.span.of(text))
    if finding.claim is not None and 0 <= finding.claim < len(project.claims):
        parts.append(project.claims[finding.claim].text)
    return "\x1f".join(parts)
