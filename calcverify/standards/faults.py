"""Everything that can be wrong with a file of formulas, and the words for it.

The readers only name a :class:`Fault` and its details; this file says it, in Chinese
first, and always with what to do about it.
"""

from __future__ import annotations

from enum import Enum

from calcverify.errors import InputError


class Fault(Enum):
    """One kind of fault: the sentence in Chinese and in English, problem first, then remedy."""

    NO_FOLDER = (
        "不是文件夹；请给出存放 TOML 文件的文件夹",
        "is not a folder; name the folder that holds the TOML files",
    )
    NO_FILES = ("文件夹中没有 .toml 文件；请放入至少一个", "holds no .toml file; put at least one into it")
    NOT_SHIPPED = (
        "找不到随程序安装的公式；请重新安装 calcverify",
        "the shipped formulas are missing; install calcverify again",
    )
    UNREADABLE = (
        "无法读取（{detail}）；请检查文件是否存在及其权限",
        "cannot be read ({detail}); check that it exists and may be read",
    )
    TOO_LARGE = ("超过 {limit} 字节；请拆成几个文件", "is larger than {limit} bytes; split it into several files")
    NOT_UTF8 = ("不是 UTF-8 编码；请另存为 UTF-8", "is not UTF-8; save it as UTF-8")
    BAD_TOML = (
        '不是正确的 TOML（{detail}）；请改正该处，中文键名要加双引号，如 "人数" = "人"',
        'is not valid TOML ({detail}); mend that place, and put Chinese keys in quotes, as in "人数" = "人"',
    )
    NOT_ENTRIES = (
        "“{key}”应写成 [[{key}]] 条目；请改用双方括号",
        "“{key}” must be entries; write [[{key}]] with double brackets",
    )
    UNKNOWN_KEY = ("不认识“{key}”；可用：{known}", "“{key}” is not known; the keys are: {known}")
    MISPELT_KEY = ("不认识“{key}”；是否应为“{meant}”", "“{key}” is not known; did you mean “{meant}”?")
    MISSING_KEY = ("缺少“{key}”；请补上", "“{key}” is missing; add it")
    WRONG_TYPE = ("“{key}”应为{zh}；请改正", "“{key}” must be {en}; mend it")
    BAD_TEXT = (
        "“{key}”为空或含控制字符；请填写一行文字",
        "“{key}” is empty or holds control characters; write one line of text",
    )
    BAD_NUMBER = (
        '“{key}”的值“{text}”不是数；请写成 550、0.5、"16%" 或 "1/2"',
        '“{key}” is “{text}”, which is no number; write 550, 0.5, "16%" or "1/2"',
    )
    NOT_POSITIVE = ("“{key}”必须大于零；请改正", "“{key}” must be above zero; mend it")
    BAD_DATE = (
        '“{key}”的值“{text}”不是日期；请写成 "2016-07-01"、"2016-07" 或 "2016"',
        '“{key}” is “{text}”, which is no date; write "2016-07-01", "2016-07" or "2016"',
    )
    DATES_REVERSED = (
        "“until”早于“since”；请核对施行与废止日期",
        "“until” is before “since”; check the dates of effect",
    )
    UNKNOWN_DOCUMENT = (
        "依据“{number}”没有对应的 [[document]]；请在同一文件中写明它的标题、发文机关和日期",
        "no [[document]] has the number “{number}”; give its title, issuer and date in the same file",
    )
    DUPLICATE = (
        "与 {other} 重名且施行期间重叠；请换一个名称，或用“until”写明前者何时废止",
        "has the name of an entry of {other} and overlaps it in time; rename it, or end the earlier one with “until”",
    )
    BAD_UNIT = (
        "单位“{unit}”写法不对；请写成“元/人·天”的样子",
        "the unit “{unit}” is malformed; write it like 元/人·天",
    )
    UNKNOWN_UNIT = (
        "单位“{unit}”中的“{word}”不在词库中；请改用词库中的单位，或把它加进 calcverify/lexicon/units.toml",
        "“{word}” in “{unit}” is not in the lexicon; use a known word, or add it to calcverify/lexicon/units.toml",
    )
    SCALED_UNIT = (
        "单位“{unit}”中的“{word}”要换算；请改用“{base}”并换算数值",
        "“{word}” in the unit “{unit}” is a multiple; use “{base}” and convert the number",
    )
    NOT_MONEY = ("单位“{unit}”不是金额；标准应以“元/…”为单位", "the unit “{unit}” is not money; a standard is in 元/…")
    TOO_LONG = ("算式超过 {limit} 个字符；请拆成几个公式", "the expression has more than {limit} characters; split it")
    TOO_DEEP = (
        "括号超过 {limit} 层；请化简算式",
        "brackets are nested more than {limit} deep; simplify the expression",
    )
    EXPECTED = (
        "算式“{text}”第 {place} 个字符处应为{zh}；请改正",
        "in “{text}” {en} is expected at character {place}; mend it",
    )
    UNKNOWN_PARAMETER = (
        "算式中的“{name}”没有列入 parameters；请补上它的单位",
        "“{name}” in the expression is no parameter; add it to parameters with its unit",
    )
    UNUSED_PARAMETER = (
        "参数“{name}”没有用在算式中；请删去，或写进算式",
        "the parameter “{name}” is not used in the expression; drop it, or use it",
    )
    UNITS_DISAGREE = (
        "算式把“{left}”与“{right}”相加减；请核对参数的单位",
        "the expression adds “{left}” and “{right}”; check the units of the parameters",
    )
    WRONG_RESULT = (
        "算式的单位是“{unit}”，不是 result 所写的“{result}”；请核对参数的单位",
        "the expression gives “{unit}”, not the result's “{result}”; check the units of the parameters",
    )
    DIVIDES_BY_ZERO = ("示例使除数为零；请换一个示例", "the example divides by zero; take another one")
    EXAMPLE_NAMES = (
        "示例应给出：{wanted}，实际给出：{given}；请补齐或删去",
        "the example must give {wanted}, but gives {given}; make them agree",
    )
    EXAMPLE_DIFFERS = (
        "示例算得 {computed}，写的是 {stated}；请核对示例与标准",
        "the example computes {computed} but states {stated}; check the example and the figures",
    )
    EXAMPLE_UNEXPLAINED = (
        "示例中的 {factor} 不是本险种 {year} 年的费率或费率之和；请核对示例与费率",
        "the example's {factor} is neither a rate nor a sum of rates of this scheme in {year}; check both",
    )
    LIMIT_CHOICE = (
        "“amount”（定额）与“at_most”（上限）应写且只写一个；请改正",
        "give exactly one of “amount” (a fixed sum) and “at_most” (a ceiling)",
    )
    LIMITS_REVERSED = (
        "下限“{low}”高于上限“{high}”；请改正",
        "the lower end “{low}” is above the upper end “{high}”; mend it",
    )
    ROW_WIDTH = (
        "第 {row} 行有 {found} 个数，应为 {wanted} 个；请与 columns 对齐",
        "row {row} has {found} values, not {wanted}; match the columns",
    )
    REPEATED_ROW = (
        "第 {row} 行的条件与前面某行相同；请合并",
        "row {row} has the conditions of an earlier row; merge them",
    )
    ROW_CONDITION = ("第 {row} 行没有写明条件；请写上 place 等", "row {row} names no condition; add place or another")
    NO_SUCH_CELL = (
        "示例的条件在表中没有对应的数；请核对",
        "the example names no cell of the table; check its conditions",
    )
    TOO_MANY_RATES = (
        "费率超过 {limit} 条；请拆成几个险种",
        "has more than {limit} rates; split it into several schemes",
    )
    TOO_MANY_PAYERS = (
        "缴费方超过 {limit} 个；请拆成几个险种",
        "has more than {limit} payers; split it into several schemes",
    )


class Flaw(Exception):  # noqa: N818  # it is a fault on its way to its file and entry, not yet an error
    """A fault found while reading one entry; the loader adds the file and the entry."""

    def __init__(self, fault: Fault, **details: object) -> None:
        super().__init__(fault, details)
        self.fault = fault
        self.details = details


class StandardsError(InputError):
    """A file of formulas that cannot be used: which file, which entry, what is wrong, what to do.

    ``str(error)`` is the Chinese sentence, ``error.say("en")`` the English one. ``entry``
    is the section, the number in the file counting from 1 and the name (each may be
    missing: ``None`` for a fault of the whole file).
    """

    def __init__(self, file: str, entry: tuple[str, int, str] | None, fault: Fault, details: dict[str, object]) -> None:
        super().__init__(file, entry, fault, details)
        self.file = file
        self.entry = entry
        self.fault = fault
        self.details = details

    def say(self, lang: str) -> str:
        """The whole message in ``lang`` (``"zh"`` or ``"en"``)."""
        zh, en = self.fault.value
        words = (en if lang == "en" else zh).format(**self.details)
        colon, stop = (": ", ".") if lang == "en" else ("：", "。")
        return colon.join([self.file, *self._entry(lang), words]) + ("" if words.endswith("?") else stop)

    def _entry(self, lang: str) -> list[str]:
        if self.entry is None:
            return []
        section, number, name = self.entry
        place = f"[[{section}]] no. {number}" if lang == "en" else f"[[{section}]] 第{number}条"
        return [f"{place} “{name}”" if name else place]

    def __str__(self) -> str:
        return self.say("zh")
