"""What calcverify itself has written into a copy of a form: no reader takes it for part of the form.

A marked copy is corrected and checked again; its summary quotes projects, totals and figures.
"""

from __future__ import annotations

# How the summary of a marked copy begins: the first cell of its sheet, the first words of its page.
SUMMARY_MARK = "calcverify 核对汇总"
# The tag of the content control that holds the summary of a Word file.
SUMMARY_TAG = "calcverify-summary"


def is_summary(text: str) -> bool:
    """Whether the text of a sheet, a page or a block is the summary of a marked copy."""
    return text.lstrip().startswith(SUMMARY_MARK)
