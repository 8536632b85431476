"""The options that several commands share, each worded once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from calcverify.report.formats import FORMATS

FormatOption: TypeAlias = Annotated[
    str, typer.Option("--format", "-f", help=f"报告格式 (format): {'|'.join(f.name for f in FORMATS)}.")
]
OutputOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", help="报告写入此文件，不覆盖输入文件 (write the report to this file).", metavar="FILE"
    ),
]
LangOption: TypeAlias = Annotated[str, typer.Option("--lang", help="报告语言 (language): zh|en.")]
ConfigOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="配置文件，默认向上查找 calcverify.toml (a configuration file to read)."
    ),
]
NoConfigOption: TypeAlias = Annotated[
    bool, typer.Option("--no-config", help="不查找配置文件 (look for no configuration file).")
]
SelectOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODES", help="只用这些规则，如 CV1,CV301 (only these rules)."),
]
IgnoreOption: TypeAlias = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="不用这些规则 (leave these rules out).")
]
StrictOption: TypeAlias = Annotated[
    bool | None,
    typer.Option("--strict/--no-strict", help="有提示也须复核 (notices ask for review, too).", show_default=False),
]
StandardsOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--standards", metavar="DIR", help="本单位支出标准所在的文件夹 (an office's own standards)."),
]
SuppressionsOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--suppressions", metavar="FILE", help="已说明的问题及理由 (explained findings, with reasons)."),
]
BaselineOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="已知问题，只有新问题决定退出码 (findings known already)."),
]
WriteBaselineOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--write-baseline", metavar="FILE", help="把现有问题写成基线 (write what stands now as a baseline)."),
]
ReadingsOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--readings", metavar="FILE", help="更正后的读法，见 calcverify readings (corrected readings)."),
]
UnitOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--unit", help="没写单位的总额的单位，如 万元 (unit of totals without one).", metavar="UNIT"),
]
