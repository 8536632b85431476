"""The notebooks run from the first cell to the last, without a warning, and are committed without outputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    """What it shows is made anew by whoever opens it; a change of the program leaves no old output behind."""
    import nbformat

    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types here
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert code
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


# Runs a notebook in its folder and writes it with its outputs. In a process of its own, so that the sockets that
# the client leaves to the collector are none of these tests' warnings.
RUN = """
import sys
import nbformat
from ipykernel.kernelspec import install
from nbclient import NotebookClient
source, folder, target = sys.argv[1:]
install(user=True, kernel_name="calcverify-tests")  # of this very environment, whatever others the machine has
book = nbformat.read(source, as_version=4)
client = NotebookClient(book, kernel_name="calcverify-tests", timeout=300, resources={"metadata": {"path": folder}})
client.execute()
nbformat.write(book, target)
"""


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "run.ipynb"
    homes = {name: str(tmp_path / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    run = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(FOLDER), str(target)],
        env=os.environ | homes,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert run.returncode == 0, run.stderr
    code = [cell for cell in json.loads(target.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    outputs = [out for cell in code for out in cell["outputs"]]
    assert [out["text"] for out in outputs if out.get("name") == "stderr"] == []
    assert any("text/html" in out.get("data", {}) for out in outputs)
