"""``check --readings FILE``: each form with the readings of a person in place of the program's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from calcverify.cli.guard import tell
from calcverify.config.model import Config
from calcverify.errors import InputProblem, excerpt
from calcverify.forms.model import Form
from calcverify.readings.faults import RefusedError
from calcverify.readings.loading import load_readings
from calcverify.readings.matching import index_of, nothing_found, reading_for, strangers

if TYPE_CHECKING:
    from calcverify.readings.model import ProjectReading
    from calcverify.report.model import Project

# So many projects of the file that were not among those checked are named.
_MOST_NAMED = 3
_STRANGERS = {
    "zh": "读法文件中有 {n} 个项目不在本次核对的文件里，如 {names}；编码有误的请改正",
    "en": "{n} projects of the file of readings were not among those checked, such as {names}; "
    "mend a code that is misspelt",
}


class Corrections:
    """A file of readings in one run, and which of its projects were met.

    Raises ``InputError`` where the file cannot be read as a whole: a report that had
    silently left it out would be taken for one that had not.
    """

    def __init__(self, path: Path, lang: str) -> None:
        loaded = load_readings(path)
        self.index = index_of(loaded)
        self.lang = lang
        self.met: list[ProjectReading] = []
        self.problems: list[InputProblem] = []
        for found in loaded.problems:
            self._told(found)

    def check(self, form: Form, config: Config) -> Project | None:
        """The form, checked; ``None`` where its readings cannot be used, which is then told."""
        from calcverify.pipeline import check_form
        from calcverify.readings.applying import corrected

        try:
            reading = reading_for(form, self.index)
            if reading is None:
                return check_form(form, config)
            self.met.append(reading)
            if reading.refused:
                return None
            return check_form(form, config, partial(corrected, reading=reading, source=self.index.source))
        except RefusedError as error:
            self.met.append(error.about)
            self._told(error.problem)
            return None

    def finish(self) -> list[InputProblem]:
        """Everything that was wrong; projects of the file that were not met are named on standard error."""
        left = strangers(self.index, self.met)
        if left and not self.met:
            self._told(nothing_found(self.index))
        elif left:
            names = ", ".join(excerpt(project.title) for project in left[:_MOST_NAMED])
            tell(_STRANGERS[self.lang].format(n=len(left), names=names))
        return self.problems

    def _told(self, found: InputProblem) -> None:
        self.problems.append(found)
        tell(found.say(self.lang))
