"""What a run takes from beside its forms: the configuration, the reasons, the baseline, own standards.

All of it is read before the first form: a sidecar with a fault stops the run, as a report
that had silently left it out would be taken for one that had not. What reads a sidecar is
imported where there is one: most runs have none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from calcverify.cli.guard import tell
from calcverify.cli.output import write_whole
from calcverify.config.model import Settings
from calcverify.config.reading import Options, settings_for
from calcverify.errors import excerpt
from calcverify.report.model import Report

if TYPE_CHECKING:
    from calcverify.review.suppressions import Suppressions

# So many reasons about projects that were not checked are named; a whole city's file holds thousands.
MOST_NAMED = 3

_CONFIGURED = {"zh": "按配置文件 {file} 检查", "en": "checking as {file} says"}
_STRANGERS = {
    "zh": "说明文件中有 {n} 条针对本次没有检查的项目，如 {names}；项目已撤销或编码有误的，请删去或改正",
    "en": "{n} explanations are about projects that were not checked here, such as {names}; "
    "delete or mend those of projects that are gone or misspelt",
}


class Sidecars(NamedTuple):
    """The settings of a run and what their files hold, ``None`` where there is no such file."""

    settings: Settings
    suppressions: Suppressions | None = None
    baseline: Counter[str] | None = None

    @property
    def files(self) -> list[Path]:
        """The files that a report must not be written over."""
        every = (self.settings.source, self.settings.suppressions, self.settings.baseline)
        return [path for path in every if path is not None]


def prepare(inputs: Sequence[Path], options: Options, lang: str) -> Sidecars:
    """Read everything that stands beside the inputs; a configuration that was found, not given, is named.

    A folder of forms may come from outside with a configuration in it, and whoever checks
    it has to know.
    """
    settings = settings_told(inputs, options, lang)
    sidecars = Sidecars(settings)
    if settings.suppressions is not None:
        from calcverify.review.suppressions import read_suppressions

        sidecars = sidecars._replace(suppressions=read_suppressions(settings.suppressions))
    if settings.baseline is not None:
        from calcverify.review.baseline import read_baseline

        sidecars = sidecars._replace(baseline=read_baseline(settings.baseline))
    return sidecars


def settings_told(inputs: Sequence[Path], options: Options, lang: str) -> Settings:
    """The settings of a run, its own standards read once for their faults; a file that was found is named."""
    settings = settings_for(inputs, options)
    if settings.source is not None and options.path is None:
        tell(_CONFIGURED[lang].format(file=settings.source))
    if settings.config.standards is not None:
        from calcverify.standards import load_formulas

        load_formulas(Path(settings.config.standards))
    return settings


def living_with(report: Report, sidecars: Sidecars, lang: str, today: date | None = None) -> Report:
    """The report with its explained and known findings marked; ``today`` is the day that expiries are held against."""
    strict, projects = sidecars.settings.config.strict, report.projects
    if sidecars.suppressions is not None:
        from calcverify.review.suppressions import suppressed

        today = today or date.today()
        projects = tuple(suppressed(p, sidecars.suppressions, today, strict) for p in projects)
        strangers = sidecars.suppressions.strangers(p.form for p in projects)
        if strangers:
            named = dict.fromkeys(excerpt(reason.project) for reason in strangers)
            tell(_STRANGERS[lang].format(n=len(strangers), names=", ".join(list(named)[:MOST_NAMED])))
    if sidecars.baseline is not None:
        from calcverify.review.baseline import with_known

        projects = tuple(with_known(projects, sidecars.baseline, strict))
    return report._replace(projects=projects)


def write_known(report: Report, path: Path, sidecars: Sidecars) -> Report:
    """Write everything that stands open as a baseline; the report then knows all of it."""
    from calcverify.review.baseline import known_of, with_known, write_baseline

    data = write_baseline(report.projects).encode("utf-8")
    write_whole(path, data)
    projects = with_known(report.projects, known_of(data, path), sidecars.settings.config.strict)
    return report._replace(projects=tuple(projects))
