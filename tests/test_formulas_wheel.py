"""The formulas travel with the package: a wheel in an environment that has nothing else."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

PROGRAM = """
from fractions import Fraction
from pathlib import Path
import calcverify
from calcverify.standards import explain_factor, load_formulas
from calcverify.standards.loader import shipped
formulas = load_formulas()
package = Path(calcverify.__file__).parent
print(Path(str(shipped())) == package / "formulas")
print(len(formulas.factors), len(formulas.formulas), len(formulas.standards))
print(len(explain_factor(Fraction("0.24"), formulas, 2024)[0].parts))
print(max(s.at_most for s in formulas.standards_for("三类会议", 2024)))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its error output is shown where it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_an_installed_wheel_loads_its_formulas(tmp_path: Path) -> None:
    pytest.importorskip("build", reason="building a wheel needs the package build")
    pytest.importorskip("hatchling", reason="building without isolation needs hatchling")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("calcverify-*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("calcverify/formulas/")}
    assert inside == {f"calcverify/formulas/{path.name}" for path in (ROOT / "formulas").iterdir()}

    environment = tmp_path / "empty"
    venv.create(environment, with_pip=True)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=tmp_path)
    printed = run(python, "-I", "-X", "utf8", "-c", PROGRAM, cwd=tmp_path).split("\n")

    from calcverify.standards import load_formulas

    here = load_formulas()
    assert printed[:4] == [
        "True",
        f"{len(here.factors)} {len(here.formulas)} {len(here.standards)}",
        "2",
        "550",
    ]
