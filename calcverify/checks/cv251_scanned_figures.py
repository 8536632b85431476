"""A form whose text was recognised in a scan or a picture.

What: the figures of the form were recognised from a picture, none of them written as text. Those that the
recogniser was not sure of, or read in two ways, are listed.
Why it matters: a digit that is recognised wrongly looks like a digit that was written wrongly, and the other
way round; no such form passes before a person has compared its figures with the paper.
查什么：表单由扫描件或图片识别而来，列出识别把握不大的数字，其余数字也要对照原件。
为什么：识别错的数字和写错的数字看上去一样，对照原件之前不能算通过。
Passes: 图书360册×85元/册=3.06万元
Fails: 图书360册×85元/册=3.06万元 ⊘ scanned
"""

from __future__ import annotations

from collections.abc import Iterator

from calcverify.checks.rule import Rule
from calcverify.errors import excerpt
from calcverify.forms.model import UNREADABLE, Remark
from calcverify.verify.case import Case
from calcverify.verify.model import Bilingual, Finding, Severity

FIELD = "扫描件"
# Below so many hundredths a figure is doubtful; one that was read in two ways has fifty.
SURE = 95
MOST = 20


def doubtful(case: Case) -> list[Remark]:
    """The figures that the recogniser was not sure of."""
    return [r for r in case.form.remarks if r.kind == "scanned" and int(r.more or 0) < SURE]


def _named(figure: Remark, unreadable: str) -> str:
    return excerpt(figure.text.replace(UNREADABLE, unreadable), 20)


def find(case: Case) -> Iterator[Finding]:
    """One finding for all figures, at the first doubtful one."""
    figures = [remark for remark in case.form.remarks if remark.kind == "scanned"]
    if not figures:
        return
    unsure = doubtful(case)
    more = "…" if len(unsure) > MOST else ""
    named = "、".join(f"{_named(r, '读不出')}（{r.more or 0}%）" for r in unsure[:MOST]) + more
    named_en = ", ".join(f"{_named(r, 'unreadable')} ({r.more or 0}%)" for r in unsure[:MOST]) + more
    message = Bilingual(
        f"本表由扫描件识别，共{len(figures)}个数字，请对照原件核对"
        + (f"，其中{len(unsure)}个把握不大：{named}" if unsure else "，识别结果均较有把握"),
        f"the form was recognised from a scan ({len(figures)} figures); compare them with the paper"
        + (f", first of all these {len(unsure)}: {named_en}" if unsure else ""),
    )
    yield RULE.elsewhere(message, FIELD, (unsure or figures)[0].locator)


RULE = Rule("CV251", "扫描件识别", "recognised from a scan", Severity.WARNING, __doc__, find, "remarks")
