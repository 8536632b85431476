"""Without the libraries of the extra ``files``: the message names the remedy, and text is read all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_files import write_html, write_xls, write_xlsx
from tests.test_read_templates import rows

FORM = rows("项目名称|河道清淤|项目总金额（万元）|6", "资金计算依据|3公里×2万元/公里")
PROGRAM = """
import sys
sys.modules.update({name: None for name in ("lxml", "olefile", "xlrd", "docx", "pdfplumber", "openpyxl")})
from calcverify.cli import main
sys.exit(main())
"""


@pytest.mark.parametrize("kind", ["xlsx", "xls", "html"])
def test_a_missing_library_names_the_remedy(tmp_path: Path, kind: str) -> None:
    {"xlsx": write_xlsx, "xls": write_xls, "html": write_html}[kind](tmp_path / f"a.{kind}", [FORM])
    (tmp_path / "b.txt").write_text("项目名称\t清淤\n资金计算依据\t3公里×2万元/公里=6万元\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, "check", str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert run.returncode == 2, run.stderr
    assert "pip install 'calcverify[files]'" in run.stderr
    assert f"a.{kind}" in run.stderr
    assert "Traceback" not in run.stderr
    assert "清淤" in run.stdout
