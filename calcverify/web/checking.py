"""What was given becomes a report: the same readers and the same check as on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from calcverify.api.given import form_of
from calcverify.errors import CalcverifyError, InputProblem
from calcverify.forms.model import Form
from calcverify.pipeline import check_form
from calcverify.readers import read_stream
from calcverify.report.model import Project, Report
from calcverify.web.asked import Asked
from calcverify.web.words import say


class Checked(NamedTuple):
    """The report, and whether there were more projects than are in it."""

    report: Report
    cut: bool = False


def checked(asked: Asked) -> Checked:
    """Check everything that was given; a fault in one piece does not keep the others from it."""
    projects: list[Project] = []
    problems: list[InputProblem] = []
    defects: list[InputProblem] = []
    for item in given(asked):
        if isinstance(item, InputProblem):
            problems.append(item)
        elif len(projects) == asked.most:
            return Checked(Report(tuple(projects), tuple(problems), tuple(defects)), cut=True)
        else:
            try:
                projects.append(check_form(item, asked.config))
            except Exception:  # the other forms are still checked, and this one is said not to be
                words = (say("broke-down", lang) for lang in ("zh", "en"))
                defects.append(InputProblem(item.source_name, str(item.locator), *words))
    return Checked(Report(tuple(projects), tuple(problems), tuple(defects)))


def given(asked: Asked) -> Iterator[Form | InputProblem]:
    """The forms in what was given, one by one."""
    if asked.basis.strip():
        yield pasted(asked)
    for file in asked.files:
        try:
            yield from read_stream(file.data, name=file.name)
        except CalcverifyError as error:
            yield InputProblem(file.name, "", error.say("zh"), error.say("en"))
        except MemoryError:
            raise
        except Exception:  # a reader that fails on one file does not lose the others
            yield InputProblem(file.name, "", *(say("broke-down", lang) for lang in ("zh", "en")))


def pasted(asked: Asked) -> Form | InputProblem:
    """The form of a pasted basis; a total that cannot be read is a problem of its own."""
    name = say("basis-label", asked.lang)
    # A browser sends the line breaks of a text field as CR LF.
    basis = asked.basis.replace("\r\n", "\n")
    try:
        form = form_of(basis, asked.total.strip() or None, None, say("total-name", asked.lang))
    except CalcverifyError as error:
        return InputProblem(name, "", error.say("zh"), error.say("en"))
    return form._replace(name=say("pasted", asked.lang), basis_field=name)
