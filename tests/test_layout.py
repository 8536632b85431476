"""The order of the stages and the habits of the code, read from the source files.

A stage imports earlier stages only. The imports are read from the syntax tree, so those
inside a function or under ``TYPE_CHECKING`` count as well.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "calcverify"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for folder in ("tests", "benchmarks", "docs") for path in (ROOT / folder).rglob("*.py"))

# In pipeline order; each entry may import what stands above it, and itself. The first
# lines are what all may use, the last the ways in: the API over the pipeline, and the
# command line over the API. A form is known before the readers: bytes go through a
# reader first, but a reader ends with the forms that it found, as a record of JSONL is
# one already.
STAGES = (
    "calcverify.version",
    "calcverify.source",
    "calcverify.errors",
    "calcverify.patterns",
    "calcverify.exact",
    "calcverify.lexicon",
    "calcverify.forms",
    "calcverify.readers",
    "calcverify.basis",
    "calcverify.standards",
    "calcverify.verify",
    "calcverify.readings",
    "calcverify.checks",
    "calcverify.config",
    # A report tells findings apart and names every code; the rest of review/ changes reports.
    "calcverify.review.fingerprint",
    "calcverify.review.notices",
    "calcverify.report",
    "calcverify.pipeline",
    "calcverify.review",
    "calcverify.api",
    "calcverify.annotate",
    "calcverify.web",
    "calcverify.notebook",
    "calcverify",
    "calcverify.cli",
    "calcverify.__main__",
)

# Report.to_json(), .to_frame() and the others call the renderer of their name. The model stands
# below the renderers, but a person with a report in Jupyter looks for the method on it,
# and the import happens when the method is called.
LAZY = {
    ("calcverify.report.model", "calcverify.report.json"),
    ("calcverify.report.model", "calcverify.report.html"),
    ("calcverify.report.model", "calcverify.report.xlsx"),
}

# IPython asks a claim itself how it is to be shown; the import happens when it does.
SHOWN = {("calcverify.verify.model", "calcverify.report.display")}

# Reading is exact; binary fractions begin where a person or a spreadsheet is told.
# A marked copy has lengths of a page.
FLOATS_ALLOWED = ("report", "annotate", "notebook", "web")


def name_of(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name_of(path) for path in MODULES}


def stage_of(module: str) -> int:
    """The index in STAGES of the longest entry that is the module or a package around it."""
    entries = [s for s in STAGES if module == s or (s != "calcverify" and module.startswith(f"{s}."))]
    assert entries, f"{module} has no stage: give it a place in STAGES of tests/test_layout.py"
    return STAGES.index(max(entries, key=len))


def tree(path: Path) -> ast.Module:
    """The syntax tree of a file; a warning in it (``"\\d"`` without r) names the file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imports_of(source: ast.Module, module: str, package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and module of everything of calcverify that a module's source imports, anywhere in it."""
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            base = parts[: len(parts) - node.level + package] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            targets = [f"{origin}.{a.name}" if f"{origin}.{a.name}" in NAMES else origin for a in node.names]
        else:
            continue
        yield from ((node.lineno, t) for t in targets if t == "calcverify" or t.startswith("calcverify."))


def all_imports() -> Iterator[tuple[str, int, str]]:
    """Module, line and imported module, for every import inside the package."""
    for path in MODULES:
        package = path.name == "__init__.py"
        for line, target in imports_of(tree(path), name_of(path), package):
            yield name_of(path), line, target


IMPORTS = sorted(set(all_imports()))


def renderers() -> set[str]:
    """The modules of report/ that render: those with a public function ``render`` or ``to_frame``."""
    found = set()
    for path in sorted((PACKAGE / "report").glob("*.py")):
        functions = [n.name for n in tree(path).body if isinstance(n, ast.FunctionDef)]
        if {"render", "to_frame"} & set(functions) and path.name != "__init__.py":
            found.add(name_of(path))
    return found


def test_every_module_has_a_stage() -> None:
    assert {"calcverify", "calcverify.source", "calcverify.report.model"} <= NAMES
    assert all(stage_of(name) >= 0 for name in NAMES)


def test_no_stage_imports_a_later_one() -> None:
    late = {(m, t) for m, _, t in IMPORTS if stage_of(t) > stage_of(m)}
    assert late == SHOWN


def test_checks_do_not_import_each_other() -> None:
    rules = {name for name in NAMES if is_rule(name)}
    assert rules
    crossed = [f"{m}:{line} imports {t}" for m, line, t in IMPORTS if m in rules and t in rules and m != t]
    assert not crossed


def is_rule(name: str) -> bool:
    """Whether a module of checks/ is a rule: it has a permanent code."""
    path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    return name.startswith("calcverify.checks.") and bool(re.search(r"\bCV\d{3}\b", path.read_text(encoding="utf-8")))


def test_renderers_do_not_import_each_other() -> None:
    assert renderers() >= {"calcverify.report.json", "calcverify.report.frame"}
    crossed = [f"{m}:{line} imports {t}" for m, line, t in IMPORTS if {m, t} <= renderers() and m != t]
    assert not crossed


def test_only_the_lazy_methods_reach_from_the_model_to_a_renderer() -> None:
    reached = {(m, t) for m, _, t in IMPORTS if t in renderers() and m == "calcverify.report.model"}
    assert reached == LAZY


SEEN = [
    ("import calcverify.verify.model", "calcverify.verify.model"),
    ("from calcverify.verify.model import Claim", "calcverify.verify.model"),
    ("from calcverify.verify import model", "calcverify.verify.model"),
    ("from calcverify import errors", "calcverify.errors"),
    ("from calcverify import check_text", "calcverify"),
    ("from . import interval", "calcverify.exact.interval"),
    ("from .interval import Interval", "calcverify.exact.interval"),
    ("from ..source import Span", "calcverify.source"),
    ("def f():\n    from calcverify.report import model", "calcverify.report.model"),
    ("if TYPE_CHECKING:\n    import calcverify.cli", "calcverify.cli"),
]


@pytest.mark.parametrize(("source", "target"), SEEN)
def test_an_import_is_seen_however_it_is_written(source: str, target: str) -> None:
    assert [t for _, t in imports_of(ast.parse(source), "calcverify.exact.units")] == [target]


def test_relative_imports_of_a_package_start_in_it() -> None:
    assert [t for _, t in imports_of(ast.parse("from . import units"), "calcverify.exact", package=True)] == [
        "calcverify.exact.units"
    ]


# What a check of a text file has no use for. Each takes as long to import as a form to check, or longer.
UNUSED = {
    "calcverify.annotate",
    "calcverify.api",
    "calcverify.readings",
    "calcverify.review.baseline",
    "calcverify.review.fingerprint",
    "calcverify.review.suppressions",
    "calcverify.web",
    "hashlib",
    "importlib.resources",
    "jinja2",
    "json",
    "lxml",
    "multiprocessing",
    "numpy",
    "pandas",
    "rich",
    "sympy",
    "tabulate",
    "tempfile",
    "wcwidth",
    "zipfile",
}
# The command itself and what stands around it: no other command is imported.
OF_CHECK = {f"calcverify.cli.{name}" for name in ("app", "check", "guard", "options", "output", "progress", "sidecars")}


def test_checking_the_example_imports_nothing_that_it_does_not_use() -> None:
    program = (
        "import runpy, sys\n"
        "before = set(sys.modules)\n"
        "sys.argv = ['calcverify', 'check', 'examples/jiangyin-2022.txt', '--format', 'text']\n"
        "try:\n"
        "    runpy.run_module('calcverify', run_name='__main__')\n"
        "finally:\n"
        "    print(*sorted(set(sys.modules) - before), file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert run.returncode == 1, run.stderr
    assert run.stdout
    seen = set(run.stderr.split())
    assert "calcverify.pipeline" in seen
    assert not seen & UNUSED
    assert {name for name in seen if name.startswith("calcverify.cli.")} == OF_CHECK


def test_modules_stay_small() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > 380} == {}


def test_nothing_is_left_open() -> None:
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error"]))
    left = [f"{path.relative_to(ROOT)}: {m.group()}" for path, text in sources() for m in marks.finditer(text)]
    assert not left


def test_every_ignore_names_its_rule_and_its_reason() -> None:
    ignores = re.compile(r"#\s*(?:type:\s*ignore|noqa|pragma).*")
    explained = re.compile(r"#\s*(?:type: ignore\[[\w, -]+\]|noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*)\s+(?:#|-|—|–)\s*\S.*")
    bare = [
        f"{path.relative_to(ROOT)}: {m.group()}"
        for path, text in sources()
        for m in ignores.finditer(text)
        if path != Path(__file__) and not explained.fullmatch(m.group())
    ]
    assert not bare


def sources() -> Iterator[tuple[Path, str]]:
    """Every Python file of the project with its text."""
    yield from ((path, path.read_text(encoding="utf-8")) for path in [*MODULES, *SCRIPTS])


def test_no_binary_fraction_before_the_report() -> None:
    found = []
    for path in MODULES:
        if path.relative_to(PACKAGE).parts[0].removesuffix(".py") in FLOATS_ALLOWED:
            continue
        for node in ast.walk(tree(path)):
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            if made or (isinstance(node, ast.Constant) and isinstance(node.value, float)):
                found.append(f"{name_of(path)}:{node.lineno}")  # type: ignore[attr-defined]  # both nodes are expressions
    assert not found


def test_document_text_reaches_no_evaluator() -> None:
    """Text of a form is data; sympy's own readers run Python that stands in it."""
    forbidden = {"eval", "exec", "compile", "sympify", "parse_expr", "S", "N"}
    found = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            name = node.func if isinstance(node, ast.Call) else None
            called = name.id if isinstance(name, ast.Name) else None
            if isinstance(name, ast.Attribute) and ast.unparse(name.value) in ("sympy", "builtins"):
                called = name.attr
            if called in forbidden:
                found.append(f"{name_of(path)}:{node.lineno} {called}")  # type: ignore[attr-defined]  # it is a call
    assert not found


def test_no_module_can_open_a_connection() -> None:
    """Forms are confidential; the README promises that nothing leaves the machine."""
    network = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "asyncio", "requests", "httpx", "webbrowser"}
    found = []
    for path in MODULES:
        for node in ast.walk(tree(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [f"{name_of(path)} imports {name}" for name in names if name.split(".")[0] in network]
    assert not found
