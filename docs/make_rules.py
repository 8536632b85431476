"""Write ``rules.md`` from the rules: ``python docs/make_rules.py``; a test fails when it is stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from calcverify.checks import RULES
from calcverify.checks.rule import Rule, paragraphs
from calcverify.errors import PROBLEMS
from calcverify.report.words import say

PAGE = Path(__file__).parent / "rules.md"

FAMILIES = {
    "CV1": "Claims 测算与金额",
    "CV2": "Reading and units 读法与计量单位",
    "CV3": "Sums of the form 表内合计",
    "CV4": "Narrative and indicators 文字与指标",
    "CV5": "Standards 支出标准",
    "CV6": "Duplicates and formalities 重复与规范",
}
HEAD = """# Rules 规则

Generated from the rules by `python docs/make_rules.py`; do not edit.

`calcverify explain CODE` shows the same in the terminal. A code is permanent. Errors make a form
`fail`, warnings make it `review`, notices are listed; findings CV4xx and CV6xx are listed and do not decide
the status. In an example `=>` is followed by the form's total, `｜` stands where the form breaks the line and
`→` where a tab stands; behind `⊘` stands what the file holds besides the text.
"""
MARKS = {
    "What: ": "",
    "Why it matters: ": "**Why it matters.** ",
    "查什么：": "**查什么**：",
    "为什么：": "**为什么**：",
}
EXAMPLES = {"Passes: ": "passes 正例", "Fails: ": "fails 反例"}


def page() -> str:
    """The text of the page."""
    parts = [HEAD]
    for family, title in FAMILIES.items():
        rules = [rule for rule in RULES if rule.code.startswith(family)]
        if rules:
            parts.append(f"## {family}xx {title}\n")
            parts += ["\n".join(section(rule)) + "\n" for rule in rules]
    parts.append("## CV9xx Inputs that cannot be read 不能读取的输入\n")
    rows = [f"| {code} | {shown(zh)} | {shown(en)} |" for code, (zh, en) in sorted(PROBLEMS.items())]
    parts.append("\n".join(["| code | | |", "|---|---|---|", *rows]) + "\n")
    return "\n".join(parts)


def section(rule: Rule) -> Iterator[str]:
    """One rule, line by line."""
    severity = rule.severity.value
    yield f"### {rule.code} {rule.name_zh}"
    yield ""
    yield f"{rule.name_en}; {severity} {say(severity, 'zh')}"
    for mark, text in paragraphs(rule.explanation):
        if mark in MARKS:
            yield ""
            yield MARKS[mark] + text[:1].upper() + text[1:]
    yield ""
    yield from (f"- {EXAMPLES[mark]}: `{text}`" for mark, text in paragraphs(rule.explanation) if mark in EXAMPLES)


def shown(text: str) -> str:
    """A message as a cell of a table."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
