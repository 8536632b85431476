"""The functions of ``import calcverify``: check a text, a file, or the rows of a DataFrame.

All of them are pure: the same input gives the same answer, nothing is written and
nothing is sent. Amounts are exact ``fractions.Fraction`` in 元.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from calcverify.api.given import form_of
from calcverify.config.model import DEFAULT, Config
from calcverify.errors import InputError, InputProblem
from calcverify.report.model import Project, Report

if TYPE_CHECKING:
    import pandas

    from calcverify.basis.numbers import Number


# How a check is made: as a value, or as the file that says it.
ConfigLike: TypeAlias = "Config | str | os.PathLike[str] | None"


def config_of(config: ConfigLike) -> Config:
    """The configuration that a caller gives; the usual one without any.

    Of a file everything counts that is about checking a form; its suppressions and its
    baseline are about a run of the command. Raises ``UsageError`` for a file with a fault.
    """
    if config is None or isinstance(config, Config):
        return DEFAULT if config is None else config
    from calcverify.config.reading import Options, settings_for

    return settings_for((), Options(path=Path(config))).config


def check_text(basis: str, total: str | None = None, unit: str | None = None, config: ConfigLike = None) -> Project:
    """Check one funding basis, with the total that it should lead to where there is one.

    ``basis`` is the text as it stands in the form. ``total`` is an amount with its unit
    (``"36万元"``); one without (``"36"``) needs ``unit`` (``"万元"``). ``config`` says how it is
    checked: a :class:`Config`, or the path of a ``calcverify.toml``; none is looked for.

    Returns a :class:`Project`: ``status``, ``computed_total`` (in 元, ``None`` where
    nothing was computed), ``claims``, ``findings``, ``coverage`` and the numbers that
    were ``set_aside`` or ``unread``. Spans are code-point offsets into ``basis``.

    Raises ``UsageError`` for a total that is no plain amount or that has no unit:
    guessing one would be a silent factor of 10⁴. Text that cannot be read is no error;
    it is in ``unread``, and the status is ``review``.

    >>> project = check_text("360册×85元/册=3.6万元")
    >>> project.status.value, [c.verdict.value for c in project.claims]
    ('fail', ['mismatch'])
    >>> check_text("360册×85元/册", total="3.06万元").computed_total
    Amount(value=Fraction(30600, 1), unit='元')
    >>> check_text("360册×85元/册", total="3.06")
    Traceback (most recent call last):
    ...
    calcverify.errors.UsageError: 金额“3.06”没有单位，请写成如 3.06万元，或用 --unit（unit=）指定
    """
    form = form_of(basis, total, unit)
    from calcverify.pipeline import check_form

    return check_form(form, config_of(config))


def check_file(path: str | os.PathLike[str], unit: str | None = None, config: ConfigLike = None) -> Report:
    """Check every form of a file, or of the files in a folder.

    ``unit`` is the unit of totals that are written without one, ``config`` how the forms are
    checked (see :func:`check_text`). Returns a
    :class:`Report`: ``projects`` in the order of the file, and in ``problems`` the
    pieces that could not be read (a bad JSONL line, a file in the folder).

    Raises ``InputError`` where nothing at all could be read; its message names the
    file, the place and the remedy.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     name = os.path.join(folder, "forms.jsonl")
    ...     with open(name, "w", encoding="utf-8") as file:
    ...         n = file.write('{"id": "1", "basis": "360册×85元/册=3.06万元", "total": "3.06万元"}')
    ...     [p.status.value for p in check_file(name).projects]
    ['pass']
    """
    from calcverify.pipeline import across, check_form
    from calcverify.readers import read_path

    settings = config_of(config)
    projects: list[Project] = []
    problems: list[InputProblem] = []
    for item in read_path(Path(path), unit):
        if isinstance(item, InputProblem):
            problems.append(item)
        else:
            projects.append(check_form(item, settings))
    if problems and not projects:
        raise InputError(problems[0].say("zh"), problems[0].say("en"))
    return Report(tuple(across(projects, settings)), tuple(problems))


def check_frame(
    frame: pandas.DataFrame,
    basis: str = "basis",
    total: str | None = None,
    unit: str | None = None,
    lang: str = "zh",
    config: ConfigLike = None,
) -> pandas.DataFrame:
    """Check a table of projects, a row each.

    ``basis`` names the column of the basis texts, ``total`` that of the stated totals:
    text with a unit (``"36万元"``), or numbers, whose unit is then ``unit``. Missing
    cells are a missing basis, a missing total. ``config`` says how the rows are checked (see
    :func:`check_text`).

    Returns a DataFrame on the index of ``frame``:

    ======================  =======  =====================================================
    column                  dtype    meaning
    ======================  =======  =====================================================
    ``status``              string   ``pass``, ``review``, ``fail``, ``no-formula``
    ``stated_total``        string   in 元, exact: a decimal or ``p/q``
    ``computed_total``      string   in 元, exact; NA where nothing was computed
    ``difference``          string   stated minus computed, in 元, exact
    ``computed_float``      float64  ``computed_total`` as a float, NaN where absent
    ``difference_float``    float64  ``difference`` as a float
    ``coverage_amount``     float64  the share of the total that was verified, 0 to 1
    ``coverage_numbers``    float64  the share of the numbers that were read, 0 to 1
    ``n_claims``            Int64    how many computations were found
    ``worst_verdict``       string   the worst of their verdicts, ``exact`` to ``mismatch``
    ``n_errors``            Int64    findings that are errors
    ``n_warnings``          Int64    findings that are warnings
    ``n_unread``            Int64    pieces that look like arithmetic and were not read
    ``findings``            string   their messages in ``lang``, a line each; NA where none
    ``error``               string   why this row could not be checked; NA where it was
    ======================  =======  =====================================================

    Raises ``UsageError`` for a column that is not there, and for numbers as totals
    where ``unit`` is not given. A cell that is no amount, or text without a unit,
    leaves its row unchecked, with the reason in ``error``.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"依据": ["360册×85元/册=3.6万元"], "金额": [3.6]}, index=["甲"])
    >>> checked = check_frame(table, basis="依据", total="金额", unit="万元")
    >>> checked.loc["甲", "status"], checked.loc["甲", "worst_verdict"], int(checked.loc["甲", "n_errors"])
    ('fail', 'mismatch', 1)
    """
    from calcverify.api.rows import check_rows

    return check_rows(frame, basis, total, unit, lang, config_of(config))


def read_numbers(text: str) -> tuple[Number, ...]:
    """Every number of any text: its value, place, unit, hedge and span.

    ``value`` and ``place``, the value of the last written digit, are exact, with the
    scale applied and in ``unit`` (3.5万人 is 35000 人, its place 1000; ``""`` without a
    unit). ``hedge`` is the word beside it (约, 不超过), ``high`` the upper end of a vague
    figure, both ``None`` where there is none. Spans are code-point offsets into ``text``.
    A number that cannot be read safely is left out rather than guessed.

    >>> [(n.text, n.value, n.unit, n.hedge) for n in read_numbers("约1.2亿元，3千万")]
    [('1.2亿元', Fraction(120000000, 1), '元', '约'), ('3千万', Fraction(30000000, 1), '', None)]
    """
    from calcverify.basis import numbers

    return numbers.read_numbers(text)
