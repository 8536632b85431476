"""Everything that can be wrong with a file of readings, and the words for it."""

from __future__ import annotations

from types import MappingProxyType

from calcverify.errors import InputError, InputProblem, problem
from calcverify.readings.lines import LineError, LineFault, read_line
from calcverify.readings.model import ClaimLine, ProjectReading
from calcverify.source import Locator

EXAMPLE = "2.2万人 × 120元/人 = 264万元"

# What is wrong with a line, in Chinese and English; the piece of the line is put in.
WHY = MappingProxyType(
    {
        LineFault.EMPTY: ("是空的", "it is empty"),
        LineFault.LONG: ("太长", "it is too long"),
        LineFault.PIECE: ("“{piece}”处不是算式", "“{piece}” is no arithmetic"),
        LineFault.BRACKET: ("括号“{piece}”没有配对", "the bracket “{piece}” has no partner"),
        LineFault.SHAPE: ("缺少运算符或数", "an operator or a number is missing"),
        LineFault.RESULT: ("等号后面应是一个数，现为“{piece}”", "one figure must follow the =, not “{piece}”"),
        LineFault.ZERO: ("除数为零", "it divides by zero"),
        LineFault.UNITS: ("单位对不上", "its units do not fit together"),
    }
)


def why(error: LineError) -> tuple[str, str]:
    """What is wrong with a line, in Chinese and in English."""
    zh, en = WHY[error.fault]
    piece = error.piece if len(error.piece) <= 40 else error.piece[:39] + "…"
    return zh.replace("{piece}", piece), en.replace("{piece}", piece)


def told(code: str, source: str, line: int, detail: tuple[str, str], **details: str) -> InputProblem:
    """A problem whose ``detail`` is worded in both languages."""
    place = Locator(line=line or None)
    zh, en = (problem(code, source, place, detail=said, **details) for said in detail)
    return zh._replace(message_en=en.message_en)


def hopeless(source: str, detail: str, line: int = 0) -> InputError:
    """The file as a whole cannot be read."""
    found = told("CV931", source, line, (detail, detail))
    return InputError(found.say("zh"), found.say("en"))


class RefusedError(Exception):
    """A project whose readings cannot be used: it is not checked, the others are.

    ``about`` is its entry in the file.
    """

    def __init__(self, found: InputProblem, about: ProjectReading) -> None:
        super().__init__(found.say("zh"))
        self.problem = found
        self.about = about


class ProjectFaults:
    """What is wrong with one project of a file; made for one reading of it and dropped."""

    def __init__(self, source: str, title: str) -> None:
        self.source = source
        self.title = title
        self.problems: list[InputProblem] = []

    def expect(self, good: bool, key: str, line: int) -> bool:
        """``good``; where it is false ``key`` is told to be missing, strange or no such value."""
        if not good:
            details = (f"{key} 一项缺少、多余或写法不对", f"“{key}” is missing, not known, or no such value")
            self.problems.append(told("CV932", self.source, line, details, key=self.title))
        return good

    def read(self, claim: ClaimLine) -> ClaimLine:
        """The claim; a line that is no arithmetic is told."""
        try:
            read_line(claim.reading)
        except LineError as error:
            self.problems.append(line_problem(self.source, self.title, claim, error))
        return claim


def line_problem(source: str, title: str, claim: ClaimLine, error: LineError) -> InputProblem:
    """A line that is no claim."""
    return told("CV933", source, claim.line, why(error), key=title, text=claim.reading, example=EXAMPLE)
