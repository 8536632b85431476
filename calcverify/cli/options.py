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
UnitOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--unit", help="没写单位的总额的单位，如 万元 (unit of totals without one).", metavar="UNIT"),
]
