"""What surrounds the code: metadata, README, and the wheel installed where nothing else is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import calcverify

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_stands_in_one_place() -> None:
    assert version("calcverify") == calcverify.__version__
    assert f"## {calcverify.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_console_script_is_there() -> None:
    (script,) = [s for s in entry_points(group="console_scripts") if s.name == "calcverify"]
    assert callable(script.load())


# What is imported under another name than it is installed by, and what another package brings along.
BROUGHT = {
    "rich": "typer",
    "click": "typer",
    "markupsafe": "jinja2",
    "starlette": "fastapi",
    "anyio": "fastapi",
    "pdfminer": "pdfplumber",
    "cv2": "rapidocr",
    "numpy": "pandas",
    "PIL": "rapidocr",
    "pypdfium2": "pdfplumber",
}


def test_every_import_is_declared() -> None:
    """What is imported must be installed with the package or an extra of it, not be there by chance."""
    extras = PYPROJECT["project"]["optional-dependencies"]
    wanted = [*PYPROJECT["project"]["dependencies"], *(d for name in extras if name != "dev" for d in extras[name])]
    declared = {re.split(r"[\s><=!~;\[]", d)[0] for d in wanted}
    allowed = declared | set(sys.stdlib_module_names) | {name for name, by in BROUGHT.items() if by in declared}
    for path in (ROOT / "calcverify").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, path


def command(marker: str) -> str:
    """The first line of the README's block under ``<!-- marker -->``, as ``.ci/run`` takes it."""
    found = re.search(rf"^<!-- {marker} -->\n```sh\n(.+)\n```$", README, re.MULTILINE)
    assert found, marker
    return found.group(1)


def test_the_readme_has_one_line_to_check_and_one_to_test() -> None:
    assert command("check-command").endswith("calcverify check examples/jiangyin-2022.txt")
    assert command("test-command").endswith("-m pytest -n auto")
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"\$\(readme_command (\S+)\)", script) == ["check-command", "test-command"]


@pytest.mark.parametrize("fence", ["bat", "powershell"])
def test_the_lines_for_windows_say_the_same(fence: str) -> None:
    """The same three steps a line, with the folders of Windows."""
    block = re.search(rf"```{fence}\n(.*?)\n```", README, re.DOTALL)
    assert block

    def steps(line: str) -> list[str]:
        line = line.replace("py -3 -m venv", "python3 -m venv").replace("\\", "/").replace("/Scripts/", "/bin/")
        line = line.replace("if ($?) {", "").replace("}", "").replace("'", "")
        return [" ".join(step.split()) for step in re.split(r"&&|;", line)]

    assert [steps(line) for line in block.group(1).splitlines()] == [
        steps(command("check-command")),
        steps(command("test-command")),
    ]


@pytest.mark.parametrize(
    "page", sorted(p.relative_to(ROOT).as_posix() for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", text)
    assert [t for t in targets if "://" not in t and not (ROOT / page).parent.joinpath(t).exists()] == []


PATH = re.compile(r"`((?:calcverify|tests|docs|benchmarks|formulas|examples|\.ci)/[\w./-]*)`")


@pytest.mark.parametrize("page", ["README.md", "docs/developing.md"])
def test_paths_that_the_pages_name_exist(page: str) -> None:
    named = PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line; where a comment shows a value, the value has that repr."""
    import pandas as pd

    monkeypatch.chdir(ROOT)
    # The second block is a rule, which tests/test_guide_rule.py puts in its place and runs.
    block, _rule = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, Any] = {"df": pd.DataFrame({"测算依据": ["360册×85元/册=3.06万元"], "金额": ["3.06"]})}
    shown = {}
    for line in filter(None, block.splitlines()):
        code, _, comment = line.partition("#")
        if isinstance(ast.parse(code).body[0], ast.Expr):
            shown[comment.strip()] = eval(code, names)
        else:
            exec(code, names)
    assert str(shown.pop("Status.FAIL")) == "Status.FAIL"
    assert (
        repr(shown.pop("Amount(value=Fraction(30600, 1), unit='元')")) == "Amount(value=Fraction(30600, 1), unit='元')"
    )
    assert [len(value) > 0 for value in shown.values()] == [True] * 7


def test_the_picture_shows_what_the_program_prints() -> None:
    from docs.make_picture import PICTURE, report_text

    svg = PICTURE.read_text(encoding="utf-8")
    drawn = "".join(ElementTree.fromstring(svg).itertext())
    printed = re.sub(r"\x1b\[[\d;]*m", "", report_text())
    assert "".join(printed.split()) in "".join(drawn.split())
    assert "不一致" in printed
    assert set(re.findall(r"https?://[^\"\s]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_the_picture_of_the_page_shows_what_the_page_says() -> None:
    """``python -m docs.make_page_picture`` draws it anew."""
    from docs.make_page_picture import PICTURE, label, page, words

    png = PICTURE.read_bytes()
    assert len(png) < 400_000
    assert label(png) == words(page())
    assert "3.6万元≠3.06万元" in label(png)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as an installer builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (path,) = folder.glob("*.whl")
    return path


def run(*command: str, cwd: Path | None = None, expected: int = 0) -> str:
    """What a command prints; it must end as expected."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False, timeout=600)
    assert done.returncode == expected, (command, done.stdout, done.stderr)
    return done.stdout


@pytest.mark.slow
def test_the_wheel_holds_code_words_and_formulas_and_nothing_else(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    kinds = {".py", ".toml", ".j2", ".css", ".html", ".js", ".svg", ".txt"}
    expected = {p.relative_to(ROOT).as_posix() for p in (ROOT / "calcverify").rglob("*") if p.suffix in kinds}
    expected |= {f"calcverify/{p.relative_to(ROOT).as_posix()}" for p in (ROOT / "formulas").rglob("*.toml")}
    assert expected | {"calcverify/py.typed"} <= held
    assert {name.split("/")[0].split("-")[0] for name in held} == {"calcverify"}
    assert any(name.endswith("licenses/LICENSE") for name in held)


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Far from the checkout, with nothing but what the wheel asks for."""
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = str(home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
    run(python, "-m", "pip", "install", "--quiet", str(wheel))
    example = (ROOT / "examples" / "jiangyin-2022.txt").resolve()
    printed = run(python, "-X", "utf8", "-m", "calcverify", "check", str(example), cwd=tmp_path, expected=1)
    assert "有误" in printed
    assert run(python, "-c", "import calcverify; print(calcverify.__version__)", cwd=tmp_path).strip() == version(
        "calcverify"
    )
