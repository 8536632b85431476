"""Where a report for people is shown: how wide, in which encoding, with colours or not.

Document text is hostile: it may hold terminal escapes, bidirectional marks and
characters without width. :meth:`Screen.show` is the one way into a report for people;
what it returns is visible, one line, and carried by the screen's encoding.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

# What a screen that lacks the character shows instead (a GBK console has no −).
_INSTEAD = {
    "\u2212": "-",
    "\u2013": "-",
    "\u2014": "-",
    "×": "x",
    "÷": "/",
    "…": "...",
    "·": ".",
    "≈": "~",
    "¥": "元",
    "￥": "元",
    "✕": "x",
    "²": "2",
    "³": "3",
    "㎡": "平米",
    "，": ",",
    "：": ":",
    "；": ";",
    "（": "(",
    "）": ")",
    "。": ".",
    "、": ",",
    "“": '"',
    "”": '"',
}

_COLOURS = {"red": "31", "yellow": "33", "cyan": "36", "green": "32", "bold": "1", "dim": "2"}

# Consoles of these encodings draw × · … as wide as a Chinese character.
_WIDE_AMBIGUOUS = frozenset({"gbk", "gb2312", "gb18030", "big5", "cp950", "hz"})


# What nearly every text is made of: signs of one column, and of two. The table that knows all the
# others takes longer to load than the report to write; a test compares the two.
_NARROW = "×÷·…−–—≈“”≤≥→"
_PLAIN = re.compile(f"[ -~一-鿿！-～、-〕{_NARROW}]*").fullmatch
_WIDE = re.compile(f"[^ -~{_NARROW}]").findall  # in such a text


def _wcwidth(char: str) -> int:
    """How many columns a character takes, ambiguous ones being narrow; 0 or less where it hides."""
    if " " <= char <= "~" or char in _NARROW:
        return 1
    if "一" <= char <= "鿿" or "！" <= char <= "～" or "、" <= char <= "〕":
        return 2
    from wcwidth import wcwidth

    return wcwidth(char)


def _hidden(char: str) -> bool:
    """Whether a character is invisible, moves the cursor, or joins its neighbours.

    Regional indicators and skin tones are among them: two of them show as one, and no
    terminal agrees with another on how wide.
    """
    if _PLAIN(char):
        return False
    if unicodedata.category(char)[0] in "CMZ":
        return True
    code = ord(char)
    return _wcwidth(char) <= 0 or 0x1F1E6 <= code <= 0x1F1FF or 0x1F3FB <= code <= 0x1F3FF


class Screen(NamedTuple):
    """A screen of ``width`` columns; ``colour`` is for terminals only."""

    width: int = 96
    colour: bool = False
    encoding: str = "utf-8"

    def show(self, text: str, most: int | None = None) -> str:
        """Document text made safe: blanks for tabs and line ends, ``<U+202E>`` for what hides.

        Text wider than ``most`` columns is cut with an ellipsis.
        """
        if (most is None or 2 * len(text) <= most) and _PLAIN(text) and self.fit(text) == text:
            return text  # however wide its characters are, it is not too wide
        if most is None:
            return "".join(map(self.glyph, text))
        out, room, ellipsis = "", most, self.glyph("…")
        # Every glyph takes a column at least, so no more characters than that can be shown.
        for at, char in enumerate(text[: most + 1]):
            glyph = self.glyph(char)
            room -= self.columns(glyph)
            if room < 0 or (room < self.columns(ellipsis) and at + 1 < len(text)):
                return out + ellipsis
            out += glyph
        return out

    def glyph(self, char: str) -> str:
        """One character as it is shown."""
        if char.isspace() and char != "\u3000":
            return " "
        if char != "\u3000" and _hidden(char):
            return f"<U+{ord(char):04X}>"
        return self.fit(char)

    def fit(self, text: str) -> str:
        """``text`` with what the encoding lacks replaced by words, ASCII or ``?``."""
        try:
            text.encode(self.encoding)
            return text
        except UnicodeEncodeError:
            if len(text) > 1:
                return "".join(map(self.fit, text))
        instead = _INSTEAD.get(text)
        return "?" if instead is None else self.fit(instead)

    def columns(self, text: str) -> int:
        """How many columns shown text takes."""
        if self.encoding == "utf-8" and _PLAIN(text):
            return len(text) + len(_WIDE(text))
        ambiguous = 2 if codecs.lookup(self.encoding).name in _WIDE_AMBIGUOUS else 1
        return sum(ambiguous if unicodedata.east_asian_width(char) == "A" else max(0, _wcwidth(char)) for char in text)

    def paint(self, text: str, *colours: str) -> str:
        """``text`` in colour where the screen has them; the text itself is already safe."""
        if not self.colour:
            return text
        codes = ";".join(_COLOURS[colour] for colour in colours)
        return f"\x1b[{codes}m{text}\x1b[0m"


PLAIN = Screen()
