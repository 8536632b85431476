"""The words of the copies: summary, reasons, messages; Chinese and English."""

from __future__ import annotations

from types import MappingProxyType

# The first words of every summary; a reader that meets them passes the summary over.
WORDS = MappingProxyType(
    {
        "summary-name": ("核对汇总", "Check summary"),
        "made-by": (
            "本页由 calcverify 生成，说明写在原文各数字处；改好后可整页删去。除批注和标色外，原文未改动。",
            "Made by calcverify; the notes stand at the figures themselves. Delete this page once all is mended. "
            "But for notes and colours nothing of the file was changed.",
        ),
        "pages-counted": ("页码按原文计，不含本汇总。", "Pages are counted as in the original, without this summary."),
        "h-project": ("项目", "project"),
        "h-status": ("结论", "status"),
        "h-stated": ("填报", "stated"),
        "h-computed": ("测算", "computed"),
        "h-difference": ("相差", "difference"),
        "h-number": ("序号", "no."),
        "h-severity": ("程度", "severity"),
        "h-place": ("位置", "place"),
        "h-quote": ("原文", "text"),
        "h-finding": ("问题", "finding"),
        "no-findings": ("没有发现问题。", "Nothing was found."),
        "not-placed": ("（未能标在原处）", " (could not be marked at its place)"),
        "no-place": ("（整个项目）", "(the whole project)"),
        "more-notes": ("另有 {n} 处问题，见“核对汇总”。", "{n} more findings: see the check summary."),
        "cannot-tell": ("无法判断哪个数字有误", "it cannot be told which figure is wrong"),
        "whole-cell": ("整格", "the whole cell"),
    }
)


def say(word: str, lang: str) -> str:
    """``word`` in ``lang`` (``"zh"`` or ``"en"``)."""
    return WORDS[word][lang == "en"]
