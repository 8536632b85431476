"""The faults that are not findings: an input that cannot be read, or a wrong call.

"Could not read" is an :class:`InputError` or an :class:`InputProblem` in a report,
"does not add up" is a finding, "calcverify is broken" is any other exception.

Readers only say which fault it is and where; :data:`PROBLEMS` words them all. A message says
what is wrong and what to do; the problem itself carries the file and the place in it.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from calcverify.source import Locator


class CalcverifyError(Exception):
    """Base of the errors that a caller can mend: a message in Chinese, and in English where given.

    >>> str(CalcverifyError("没有单位", "no unit")), CalcverifyError("没有单位", "no unit").say("en")
    ('没有单位', 'no unit')
    """

    def __str__(self) -> str:
        return self.say("zh")

    def say(self, lang: str) -> str:
        """The message in ``lang`` (``"zh"`` or ``"en"``); Chinese where there is no other."""
        return str(self.args[1 if lang == "en" and len(self.args) > 1 else 0]) if self.args else ""


class InputError(CalcverifyError):
    """An input that cannot be read. The message names file, place and remedy."""


class UsageError(CalcverifyError):
    """A call that cannot be carried out as given (an amount without a unit)."""


class InputProblem(NamedTuple):
    """One input, or one line of it, that could not be read, in Chinese and English.

    ``source`` is the file as it was given, ``locator`` the place in it (``"line 7"``,
    empty for the whole file), ``code`` the permanent code of the fault (CV9xx). The two
    messages say what is wrong and what to do; :meth:`say` puts file and place before them.
    """

    source: str
    locator: str
    message_zh: str
    message_en: str
    code: str = ""

    def say(self, lang: str) -> str:
        """File, place, fault and remedy as one line in ``lang`` (``"zh"`` or ``"en"``)."""
        place = excerpt(self.source, 300) + (f", {self.locator}" if self.locator else "")
        return f"{place}: {self.message_en if lang == 'en' else self.message_zh}"


# Code → message in Chinese and in English; file and place are put before it.
PROBLEMS: dict[str, tuple[str, str]] = {
    "CV901": (
        "找不到这个文件或文件夹，请检查路径和文件名",
        "no such file or folder; check the path and the name",
    ),
    "CV902": (
        "文件夹里没有读到任何表单，请放入表单文件（如 .xlsx、.txt），或直接给出文件",
        "no form was read from this folder; put the files of forms (.xlsx, .txt …) into it, or name the files",
    ),
    "CV903": (
        "文件是空的，请确认内容已填写并保存",
        "the file is empty; check that it was filled in and saved",
    ),
    "CV904": (
        "这种文件不能读取（{kind}），请把表单另存为 .xlsx 或 .txt（UTF-8 编码）后再检查",
        "files of this kind are not read ({kind}); save the form as .xlsx or .txt (UTF-8) and check that",
    ),
    "CV905": (
        "文字编码无法识别（第 {offset} 字节起既不是 UTF-8，全文也不是 GB18030），请另存为 UTF-8 编码",
        "unknown text encoding (not UTF-8 from byte {offset} on, nor GB18030); save the file as UTF-8",
    ),
    "CV906": (
        "没有找到表单的栏目（查找了{labels}等，文件按 {encoding} 读取），请确认栏目名称；"
        "只有一段测算依据时，请从标准输入读入",
        "no label of a form was found (looked for {labels} and others; read as {encoding}); "
        "check the labels, or give a bare basis on standard input",
    ),
    "CV907": (
        "不是一条完整的 JSON 记录（{detail}），每行应写成 {example}",
        "not a complete JSON record ({detail}); a line should look like {example}",
    ),
    "CV908": (
        "“{key}”应为文本，请加上引号或补上这一项",
        "“{key}” must be text; put it in quotes, or add it where it is missing",
    ),
    "CV909": (
        "“{field}”写的是“{text}”，不能读成一个金额，请写成 86万元 或 1,206.50 这样的数字",
        "“{field}” says “{text}”, which is not one plain amount; write it like 86万元 or 1,206.50",
    ),
    "CV910": (
        "“{field}”的金额“{text}”没有单位，请注明元或万元，或用 --unit 指定",
        "“{field}” states “{text}” without a unit; write 元 or 万元 with it, or give --unit",
    ),
    "CV911": (
        "内容过大（超过 {limit}），请拆成几个文件后再检查",
        "too large (more than {limit}); split it into several files",
    ),
    "CV912": (
        "打不开（{detail}），请检查权限，或关闭正在使用它的程序",
        "cannot be opened ({detail}); check the permissions, or close the program that uses it",
    ),
    "CV913": (
        "“{field}”的金额“{text}”与栏目的单位“{unit}”不一致，请只写一种单位",
        "“{field}” states “{text}” in a column of {unit}; keep one of the two units",
    ),
    "CV914": (
        "开头的 {count} 行都不是 JSON 记录，其余各行没有再读；每行应写成 {example}",
        "none of the first {count} lines is a JSON record, so the rest was not read; a line should look like {example}",
    ),
    "CV915": (
        "读取 {kind} 文件还缺少组件（{library}），请先运行 pip install 'calcverify[files]'，再重新检查",
        "reading {kind} needs another package ({library}); run pip install 'calcverify[files]' and check again",
    ),
    "CV916": (
        "文件已损坏或不完整（{detail}），请用办公软件打开，另存一份后再检查",
        "the file is damaged or cut off ({detail}); open it in an office program, save it anew and check that",
    ),
    "CV917": (
        "文件有密码，不能读取，请取消密码后另存一份再检查",
        "the file is protected with a password; save a copy without it and check that",
    ),
    "CV918": (
        "没有找到表单的栏目（查找了{labels}等，文件里写的是：{cells}），请确认栏目名称",
        "no label of a form was found (looked for {labels} and others; the file says: {cells}); check the labels",
    ),
    "CV919": (
        "压缩包套了 {limit} 层以上，里面的文件没有读，请解压后再检查",
        "archives within archives, more than {limit} deep, were not read; unpack them and check the files",
    ),
    "CV921": (
        "第 {pages} 页是图片（扫描件），没有可读的文字；请提供文字版，或运行 pip install 'calcverify[ocr]' 后重新检查",
        "page {pages} is a picture (a scan) without text; use a version with text, or run "
        "pip install 'calcverify[ocr]' and check again",
    ),
    "CV922": (
        "第 {pages} 页的文字读出来是乱码（字体没有说明文字），没有核对；请重新导出 PDF，或提供 Word、Excel 文件",
        "the text of page {pages} has no meaning (its font does not name its characters), so it was not checked; "
        "export the PDF anew, or use the Word or Excel file",
    ),
    "CV923": (
        "这种文件（{kind}）要由 LibreOffice 转换，本机没有安装，不能读取；请另存为 .{suffix} 后再检查",
        "files of this kind ({kind}) are converted by LibreOffice, which is not installed; save it as .{suffix} and "
        "check that",
    ),
    "CV924": (
        "LibreOffice 没能转换这个文件（已损坏、有密码，或用时过长），请用 WPS 或 Office 另存为 .{suffix} 后再检查",
        "LibreOffice could not convert this file (it is damaged, has a password, or takes too long); save it as "
        ".{suffix} and check that",
    ),
    "CV925": (
        "识别图片（{kind}）里的文字还缺少组件（{library}），请先运行 pip install 'calcverify[ocr]'，或提供文字版",
        "recognising the text of a picture ({kind}) needs another package ({library}); run "
        "pip install 'calcverify[ocr]', or use a version with text",
    ),
    "CV926": (
        "图片里没有找到文字；请用 200 dpi 以上、字迹清楚的扫描件，或提供文字版",
        "no writing was found in the picture; scan it clearly with 200 dpi or more, or use a version with text",
    ),
    "CV931": (
        "读法文件读不懂（{detail}），请改正该处，或重新运行 calcverify readings 得到新文件",
        "the file of readings cannot be read ({detail}); mend that place, or write a new one with calcverify readings",
    ),
    "CV932": (
        "项目读法的填写有误（项目“{key}”，{detail}），该项目未核对；请改正后重新核对",
        "the entry of a project is malformed (project “{key}”: {detail}), so it was not checked; "
        "mend it and check again",
    ),
    "CV933": (
        "读法不是一行算式（项目“{key}”，“{text}”，{detail}），该项目未核对；请写成如 {example}",
        "a reading is no line of arithmetic (project “{key}”, “{text}”: {detail}), so the project was not checked; "
        "write it like {example}",
    ),
    "CV934": (
        "测算依据在读法写出之后改动过（项目“{key}”），该项目未核对；请重新运行 calcverify readings 后再更正",
        "the basis has changed since its readings were written (project “{key}”), so the project was not checked; "
        "run calcverify readings again and correct the new lines",
    ),
    "CV935": (
        "总额的读法与表中的总额不一致（项目“{key}”，“{text}”，{detail}），该项目未核对；总额请在表中改",
        "a reading of the total states another amount than the form (project “{key}”, “{text}”, {detail}), "
        "so the project was not checked; correct a total in the form itself",
    ),
    "CV936": (
        "读法文件里的 {count} 个项目在所核对的文件中一个也没有，请确认文件是否对应",
        "none of the {count} projects in the file of readings is among those checked; make sure they belong together",
    ),
}


def excerpt(text: str, limit: int = 40) -> str:
    """The beginning of hostile text for a message: one line, nothing invisible in it.

    Control characters, bidirectional marks and lone surrogates are written as escapes.

    >>> excerpt("86\\u202e万元")
    '86\\\\u202e万元'
    """
    short = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(c if unicodedata.category(c)[0] not in "CZ" or c == " " else f"\\u{ord(c):04x}" for c in short)


def problem(code: str, source: str, locator: Locator | None = None, **details: str) -> InputProblem:
    """The problem ``code`` of the file ``source`` at ``locator``, worded with ``details``.

    ``details`` may hold text of the document; it is shortened and made visible here.
    """
    zh, en = PROBLEMS[code]
    shown = {key: excerpt(value, 120) for key, value in details.items()}
    return InputProblem(source, str(locator or Locator()), zh.format(**shown), en.format(**shown), code)
