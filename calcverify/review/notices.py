"""What is said of the reasons themselves: one that has expired, one that nothing needs any more."""

from __future__ import annotations

from typing import NamedTuple

from calcverify.verify.model import Bilingual, Finding, Severity


class Notice(NamedTuple):
    """A permanent code, its name, and what it means."""

    code: str
    name: Bilingual
    explanation: Bilingual

    def finding(self, message: Bilingual) -> Finding:
        """A finding of this kind; it decides nothing."""
        return Finding(self.code, Severity.NOTICE, message)


EXPIRED = Notice(
    "CV951",
    Bilingual("说明已到期", "an explanation has expired"),
    Bilingual(
        "说明文件中的一条说明过了有效期，所说明的问题重新计入。请核实后改写有效期，或删去该条并更正表单。",
        "An entry of the suppressions file is past its expiry, so its finding counts again. Look into it and set "
        "another expiry, or delete the entry and correct the form.",
    ),
)
UNUSED = Notice(
    "CV952",
    Bilingual("说明没有对应的问题", "an explanation that nothing needs"),
    Bilingual(
        "说明文件中有针对本项目的说明，但项目中已没有这样的问题。问题若已更正，请删去该条；若编码或文字有误，请改正。",
        "The suppressions file explains a finding that this project does not have. Delete the entry if the form was "
        "corrected, or mend its rule or text.",
    ),
)
NOTICES = (EXPIRED, UNUSED)
