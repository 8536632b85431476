"""Three charts of a report: how many projects of which status, how far totals are off, how much is verified.

Colours are those of the reports, told apart by people who do not see red and green, and
every bar says its status in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from calcverify.errors import UsageError
from calcverify.notebook.fonts import Lettering, lettering
from calcverify.report.model import Report
from calcverify.report.screen import PLAIN
from calcverify.report.words import say
from calcverify.verify.model import Status

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from matplotlib.ticker import Locator

# Status → colour, hatch: bars stay apart on a grey print.
_LOOKS = {
    Status.FAIL: ("#c8452b", "//"),
    Status.REVIEW: ("#f0b429", ".."),
    Status.NO_FORMULA: ("#b8c1cb", ""),
    Status.PASS: ("#3b7dbd", ""),
}
# What stands behind a number on a bar, so that it can be read on any colour.
_PLATE = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
GROUPS = ("department", "organisation", "year", "source")
MOST_BARS = 25
_NAME_WIDTH = 32


def status_chart(report: Report, by: str = "department", lang: str = "zh", ax: Axes | None = None) -> Axes:
    """A bar a department (or ``"organisation"``, ``"year"``, ``"source"``), split by status, the largest on top.

    At most ``MOST_BARS`` bars: the rest is one bar 其他. ``UsageError`` for another ``by``.
    """
    if by not in GROUPS:
        known = ", ".join(GROUPS)
        raise UsageError(f"不能按“{by}”分组，可用：{known}", f"no grouping by {by!r}; there are {known}")
    frame = report.to_frame("projects")
    names = frame[by].fillna(say("absent-group", lang))
    counts = frame.groupby(names)["status"].value_counts().unstack(fill_value=0)
    counts = counts.reindex(columns=[status.value for status in _LOOKS], fill_value=0)
    order = counts.sum(axis=1).sort_values(ascending=False, kind="stable").index
    counts = counts.loc[order]
    if len(counts) > MOST_BARS:
        rest = counts.iloc[MOST_BARS - 1 :].sum()
        counts = counts.iloc[: MOST_BARS - 1]
        counts.loc[say("others", lang)] = rest
    letters = lettering()
    ax = ax if ax is not None else _axes(len(counts))
    left = [0] * len(counts)
    for status, (colour, hatch) in _LOOKS.items():
        width = [int(n) for n in counts[status.value]]
        label = letters.letters(say(status.value, lang))
        ax.barh(range(len(counts)), width, left=left, color=colour, hatch=hatch, edgecolor="white", label=label)
        for row, (start, n) in enumerate(zip(left, width, strict=True)):
            if n:
                ax.text(start + n / 2, row, str(n), ha="center", va="center", fontsize=8, color="#1d2733", bbox=_PLATE)
        left = [a + b for a, b in zip(left, width, strict=True)]
    _named(ax, [str(name) for name in counts.index], letters)
    _titled(ax, say("chart-status", lang), say("n-projects", lang), letters)
    ax.xaxis.set_major_locator(_whole_numbers())
    style = {"family": list(letters.families), "size": 9}
    ax.legend(prop=style, frameon=False, ncols=len(_LOOKS), loc="lower right", bbox_to_anchor=(1, 1))
    return ax


def difference_chart(report: Report, most: int = 15, lang: str = "zh", ax: Axes | None = None) -> Axes:
    """The projects whose stated total is furthest from the computed one, in 万元, the furthest on top.

    A bar to the right says that more is stated than computed.
    """
    frame = report.to_frame("projects")
    frame = frame[frame["difference_float"].notna() & (frame["difference_float"] != 0)]
    order = frame["difference_float"].abs().sort_values(ascending=False, kind="stable").index
    frame = frame.loc[order[: max(0, most)]]
    letters = lettering()
    ax = ax if ax is not None else _axes(len(frame))
    values = [float(value) / 10_000 for value in frame["difference_float"]]
    colours = [_LOOKS[Status(status)][0] for status in frame["status"]]
    ax.barh(range(len(frame)), values, color=colours, edgecolor="white")
    ax.axvline(0, color="#1d2733", linewidth=0.8)
    ax.bar_label(ax.containers[0], fmt="{:,.6g}", padding=3, fontsize=8)  # type: ignore[arg-type]  # the bars just drawn
    ax.margins(x=0.15)
    _named(ax, _names(frame, lang), letters)
    _titled(ax, say("chart-difference", lang), say("in-wan", lang), letters)
    return ax


def coverage_chart(report: Report, lang: str = "zh", ax: Axes | None = None) -> Axes:
    """How many projects have how much of their total verified, in tenths."""
    frame = report.to_frame("projects")
    letters = lettering()
    ax = ax if ax is not None else _axes(8)
    bins = [n / 10 for n in range(11)]
    parts = [frame.loc[frame["status"] == status.value, "coverage_amount"].tolist() for status in _LOOKS]
    looks = list(_LOOKS.values())
    _, _, drawn = ax.hist(parts, bins=bins, stacked=True, color=[colour for colour, _ in looks], edgecolor="white")
    for container, status, (_, hatch) in zip(drawn, _LOOKS, looks, strict=True):  # type: ignore[arg-type]  # one a status
        container.set_label(letters.letters(say(status.value, lang)))
        for bar in container:
            bar.set_hatch(hatch)
    ax.set_xticks(bins, [f"{n * 10}%" for n in range(11)])
    ax.yaxis.set_major_locator(_whole_numbers())
    ax.set_ylabel(letters.letters(say("n-projects", lang)), fontfamily=list(letters.families))
    _titled(ax, say("chart-coverage", lang), say("coverage-axis", lang), letters)
    ax.legend(prop={"family": list(letters.families), "size": 9}, frameon=False)
    return ax


def _axes(bars: int) -> Axes:
    """New axes, high enough for so many bars."""
    from matplotlib import pyplot

    _, ax = pyplot.subplots(figsize=(8, 1.4 + 0.32 * max(3, bars)), layout="constrained")
    return ax


def _whole_numbers() -> Locator:
    """Ticks at whole numbers: there is no half a project."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(integer=True)


def _names(frame: pandas.DataFrame, lang: str) -> list[str]:
    """What each project is called: its name, or its code."""
    named = frame["name"].fillna(frame["project"]).fillna(say("unnamed", lang))
    return [str(name) for name in named]


def _named(ax: Axes, names: Sequence[str], letters: Lettering) -> None:
    """The bars by their names, the first on top; a name is cut where it would take the whole chart."""
    shown = [letters.letters(PLAIN.show(name, _NAME_WIDTH)) for name in names]
    ax.set_yticks(range(len(shown)), shown, fontfamily=list(letters.families), fontsize=9)
    ax.invert_yaxis()


def _titled(ax: Axes, title: str, axis: str, letters: Lettering) -> None:
    """Title and axis in a font that has the letters; nothing is drawn around the chart."""
    families = list(letters.families)
    ax.set_title(letters.letters(title), fontfamily=families, loc="left", fontsize=12)
    ax.set_xlabel(letters.letters(axis), fontfamily=families, fontsize=9)
    ax.spines[["top", "right"]].set_visible(False)
