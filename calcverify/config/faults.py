"""Everything that can be wrong with a configuration, and the words for it.

The readers only name a :class:`Fault` and its details; this file says it, in Chinese
first, and always with what to do about it.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import NamedTuple

from calcverify.errors import UsageError, excerpt


class Fault(Enum):
    """One kind of fault: the sentence in Chinese and in English, problem first, then remedy."""

    NO_FILE = (
        "找不到这个配置文件；请检查 --config 的路径",
        "there is no such file; check the path given to --config",
    )
    UNREADABLE = (
        "无法读取（{detail}）；请检查文件及其权限",
        "cannot be read ({detail}); check the file and its permissions",
    )
    NOT_UTF8 = ("不是 UTF-8 编码；请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
    TOO_LARGE = ("超过 {limit} 字节；不像是配置文件", "is larger than {limit} bytes; that is no such file")
    BAD_TOML = ("不是正确的 TOML（{detail}）；请改正该处", "is not valid TOML ({detail}); mend that place")
    NO_TABLE = (
        "没有 [tool.calcverify] 一节；请补上，或改用 calcverify.toml",
        "has no table [tool.calcverify]; add it, or use a calcverify.toml",
    )
    UNKNOWN_KEY = ("没有这一项{meant}；可用：{known}", "there is no such key{meant}; the keys are {known}")
    UNKNOWN_CODE = (
        "没有规则“{text}”{meant}；calcverify explain 列出全部规则",
        "there is no rule “{text}”{meant}; calcverify explain lists all of them",
    )
    INPUT_CODE = (
        "“{text}”是输入文件本身的问题，不能关闭或改级",
        "“{text}” is a fault of the input itself, which cannot be left out or weighed",
    )
    UNKNOWN_WORD = ("没有“{text}”{meant}；可用：{known}", "there is no “{text}”{meant}; use one of {known}")
    WRONG_TYPE = ("应为{zh}；请改正", "must be {en}; mend it")
    BAD_SHARE = (
        '“{text}”不是 0 到 10% 之间的比例；请写成 "1%" 或 "0.5%"',
        '“{text}” is no share from 0 to 10%; write "1%" or "0.5%"',
    )
    MISSING = ("缺少这一项；请补上", "is missing; add it")
    EMPTY = ("是空的；请写一句话", "is empty; write one line")
    BAD_DATE = ("“{text}”不是日期；请写成 2027-12-31", "“{text}” is no date; write 2027-12-31")
    NOT_ENTRIES = (
        "“{key}”应写成 [[{key}]] 条目；请改用双方括号",
        "“{key}” must be entries; write [[{key}]] with double brackets",
    )

    @property
    def zh(self) -> str:
        """The sentence in Chinese, with its fields."""
        return self.value[0]

    @property
    def en(self) -> str:
        """The sentence in English, with its fields."""
        return self.value[1]


class Place(NamedTuple):
    """Where a setting stands: the file or the option, and the key in it."""

    file: str
    key: str = ""

    def under(self, key: str) -> Place:
        """The place of a key below this one."""
        return self._replace(key=f"{self.key}.{key}" if self.key else key)

    def __str__(self) -> str:
        where = excerpt(self.file, 300)
        return f"{where}: {excerpt(self.key, 120)}" if self.key else where


class ConfigError(UsageError):
    """A setting that cannot be followed. ``fault`` says what kind, ``place`` where it stands."""

    def __init__(self, fault: Fault, place: Place, **details: object) -> None:
        zh, en = meant(details.pop("text_meant", ""))
        shown = {name: excerpt(str(value), 200) for name, value in details.items()}
        super().__init__(
            f"{place}: {fault.zh.format(meant=zh, **shown)}",
            f"{place}: {fault.en.format(meant=en, **shown)}",
        )
        self.fault, self.place = fault, place


def meant(word: object) -> tuple[str, str]:
    """The question whether another word was meant; nothing where there is none."""
    return (f"，是否应为“{word}”", f" (did you mean “{word}”?)") if word else ("", "")


def unknown(fault: Fault, place: Place, text: str, known: Collection[str]) -> ConfigError:
    """The error that ``text`` is none of the ``known`` words, with the nearest of them."""
    return ConfigError(fault, place, text=text, text_meant=nearest(text, known), known=", ".join(known))


def nearest(text: str, known: Collection[str]) -> str:
    """The word of ``known`` that was most likely meant, ``""`` where none is near."""
    from difflib import get_close_matches

    by_fold = {word.casefold(): word for word in known}
    found = get_close_matches(text[:80].casefold(), by_fold, n=1)
    return by_fold[found[0]] if found else ""
