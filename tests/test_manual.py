"""The officers' manual says what is: its commands, its rules, its pictures and the words on the page exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from calcverify.api import check_text
from calcverify.checks import RULES
from calcverify.cli.app import build

DOCS = Path(__file__).parent.parent / "docs"
MANUAL = (DOCS / "manual.zh.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"calcverify ([a-z]+[^\n`。]*)", MANUAL)))
EXAMPLE = "培训费：3期×120人×450元/人=16.2万元；教材费：360册×85元/册=3.06万元。合计19.26万元。"


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_manual_is_one_of_the_program(line: str) -> None:
    name, *arguments = shlex.split(line)
    program = get_command(build())
    command = program.get_command(typer.Context(program), name)  # type: ignore[attr-defined]  # it is a group of commands
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in arguments if word.startswith("-")} <= options


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 6


@pytest.mark.parametrize("code", sorted(set(re.findall(r"CV\d{3}", MANUAL))))
def test_a_rule_of_the_manual_is_one_of_the_program(code: str) -> None:
    assert code in {rule.code for rule in RULES}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", MANUAL))))
def test_what_the_manual_shows_and_leads_to_is_there(target: str) -> None:
    assert (DOCS / target).is_file()


@pytest.mark.parametrize("heading", re.findall(r"\]\(#([^)]+)\)", MANUAL))
def test_its_table_of_contents_leads_to_its_headings(heading: str) -> None:
    headings = {re.sub(r"[、：\s]", "", line.lstrip("# ")) for line in MANUAL.splitlines() if line.startswith("## ")}
    assert heading in headings


def test_the_basis_that_it_recommends_passes() -> None:
    assert EXAMPLE in MANUAL
    assert check_text(EXAMPLE, "19.26万元").status.value == "pass"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("360册×85元/册=3.6万元", "CV101"),
        ("甲5万元、乙3万元，合计9万元", "CV101"),
        ("15名，每人每月2300元，共需45万元", "CV102"),
        ("8人×3000元/月=2.4万元", "CV203"),
        ("10人×3.6万元/年×12", "CV211"),
        ("25*4*1200=12万元", "CV208"),
        ("伍万元（50万元）", "CV210"),
    ],
)
def test_an_example_of_the_manual_has_the_finding_that_it_says(text: str, code: str) -> None:
    assert text in MANUAL
    assert code in {finding.code for finding in check_text(text).findings}
