"""Charts of a report: what is drawn, in which letters, and without a storm of warnings."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from fractions import Fraction

import pytest

from calcverify.api import check_text
from calcverify.errors import UsageError
from calcverify.notebook import chinese_font, coverage_chart, difference_chart, status_chart, unknown_of
from calcverify.notebook import fonts as module
from calcverify.report.model import Project, Report
from tests.made import empty, failing, passing, report

CHARTS = [status_chart, difference_chart, coverage_chart]


@pytest.fixture(autouse=True)
def _drawn_without_a_screen() -> Iterator[None]:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    yield
    pyplot.close("all")


def of(department: str, project: Project) -> Project:
    """The project, of another department."""
    return project._replace(form=project.form._replace(department=department))


def has_chinese_font() -> bool:
    """Whether this machine has one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return len(chinese_font()) > 1


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("made", [report(), Report(())], ids=["full", "empty"])
def test_a_chart_is_drawn_of_any_report(chart: object, made: Report) -> None:
    with warnings.catch_warnings():
        if not has_chinese_font():
            warnings.filterwarnings("ignore", message=".*Noto Sans CJK SC")
        ax = chart(made)  # type: ignore[operator]  # each is a function of a report
        ax.figure.canvas.draw()
        assert ax.get_title("left")


def test_departments_stand_by_size_with_their_outcomes() -> None:
    made = Report((of("甲局", passing()), of("乙局", failing()), of("乙局", passing()), of("", empty())))
    ax = status_chart(made, lang="en")
    assert [label.get_text() for label in ax.get_yticklabels()] == ["乙局", "not given", "甲局"]
    widths = {c.get_label(): [int(bar.get_width()) for bar in c] for c in ax.containers}
    assert widths == {
        "does not add up": [1, 0, 0],
        "needs review": [0, 0, 0],
        "no formula": [0, 1, 0],
        "pass": [1, 0, 1],
    }


def test_very_many_departments_become_one_bar_of_the_rest() -> None:
    made = Report(tuple(of(f"{n}局", passing()) for n in range(40)))
    ax = status_chart(made)
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert (len(labels), labels[-1]) == (25, "其他")
    assert sum(int(bar.get_width()) for c in ax.containers for bar in c) == 40


def test_the_furthest_total_stands_on_top() -> None:
    ax = difference_chart(report())
    assert [label.get_text() for label in ax.get_yticklabels()] == ["基层统计培训", "馆藏档案数字化"]
    assert [bar.get_width() for bar in ax.containers[0]] == [pytest.approx(0.54), pytest.approx(-0.2)]


def test_a_chart_goes_on_axes_that_are_given() -> None:
    from matplotlib import pyplot

    _, ax = pyplot.subplots()
    assert coverage_chart(report(), ax=ax) is ax
    assert sum(int(bar.get_height()) for c in ax.containers for bar in c) == 4


def test_names_are_no_markup_of_matplotlib() -> None:
    project = failing()
    made = Report((project._replace(form=project.form._replace(name="$\\frac{1}$\x1b长" * 30)),))
    ax = difference_chart(made)
    ax.figure.canvas.draw()
    (label,) = ax.get_yticklabels()
    assert label.get_text().startswith("\\$\\frac{1}\\$<U+001B>")


def test_without_a_chinese_font_one_warning_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FONTS", ())
    with pytest.warns(UserWarning, match="fonts-noto-cjk") as caught:
        ax = status_chart(report())
    assert len(caught) == 1
    ax.figure.canvas.draw()  # a further warning would be an error here
    assert set(ax.get_title("left")) == {"□"}


def test_no_other_grouping() -> None:
    with pytest.raises(UsageError, match="department, organisation, year, source"):
        status_chart(report(), by="colour")


def test_without_matplotlib_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(UsageError, match=r"pip install 'calcverify\[notebook\]'"):
        coverage_chart(report())


# Basis → the unknown figure (None: a factor of the whole) and what it has to be.
SOLVED = [
    ("360册×85元/册=3.6万元", "85元/册", Fraction(100)),
    ("360册×85元/册=3.6万元", "360册", Fraction(7200, 17)),
    ("360册×85元/册=3.6万元", None, Fraction(20, 17)),
    ("36000元÷12=2000元", "12", Fraction(18)),
    ("8万元-5万元=2万元", "5万元", Fraction(60000)),
]


@pytest.mark.parametrize(("basis", "figure", "value"), SOLVED)
def test_the_number_that_would_make_it_agree(basis: str, figure: str | None, value: Fraction) -> None:
    import sympy

    (solution,) = sympy.solve(unknown_of(check_text(basis).claims[0], figure))
    assert Fraction(int(solution.p), int(solution.q)) == value


def test_a_figure_that_is_no_operand_is_refused() -> None:
    claim = check_text("360册×85元/册=3.6万元").claims[0]
    with pytest.raises(UsageError, match="360册, 85元/册"):
        unknown_of(claim, "x")
    with pytest.raises(UsageError, match="没有填报数"):
        unknown_of(claim._replace(stated=None))
