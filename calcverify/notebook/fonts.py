"""A font that has Chinese letters, where the machine has one.

matplotlib's own font has none and draws a box for each, with a warning each time. Where no
font is found the letters are drawn as boxes quietly, and one warning says what to install.
"""

from __future__ import annotations

import warnings
from typing import NamedTuple

from calcverify.errors import UsageError

# Fonts with Chinese letters: of Linux, Windows, macOS, in this order of liking.
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "Heiti SC",
    "Songti SC",
    "SimSun",
    "Noto Serif CJK SC",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)
OWN = "DejaVu Sans"
_BOX = "□"
_MISSING = (
    "没有找到中文字体，图中的汉字显示为方框；请安装一种，如 Noto Sans CJK SC"
    "（Debian、Ubuntu：apt install fonts-noto-cjk），再删除 matplotlib 的字体缓存。"
    " No font with Chinese letters was found, so boxes are drawn; install one such as Noto Sans CJK SC."
)


class Lettering(NamedTuple):
    """The families to draw with, and whether they have Chinese letters."""

    families: tuple[str, ...]
    chinese: bool

    def letters(self, text: str) -> str:
        """``text`` as it can be drawn: boxes for what no font has, and no mark-up of matplotlib's own."""
        drawn = text if self.chinese else "".join(c if ord(c) < 0x2E80 else _BOX for c in text)
        return drawn.replace("$", r"\$")


def lettering() -> Lettering:
    """The best font that is installed; one warning where there is none.

    ``UsageError`` names the remedy where matplotlib itself is missing.
    """
    try:
        from matplotlib import font_manager
    except ImportError as error:
        raise UsageError(
            "画图需要 matplotlib，请先安装：pip install 'calcverify[notebook]'",
            "charts need matplotlib; install it with: pip install 'calcverify[notebook]'",
        ) from error
    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    for name in FONTS:
        if name in installed:
            return Lettering((name, OWN), True)
    warnings.warn(_MISSING, stacklevel=3)
    return Lettering((OWN,), False)


def chinese_font() -> list[str]:
    """Families for a plot of your own: ``pyplot.rc("font", family=chinese_font())``."""
    return list(lettering().families)
