"""How long reading 1,000 forms takes in each file format, and how much memory: ``python -m benchmarks formats``.

The nine forms of the example are written again and again into one file, nine on a sheet, or into a folder
of documents with nine forms each; they are read, not checked, in a process of their own. PDF and scans take
longer: fewer forms are read, and the seconds are scaled. LibreOffice prints them, scans need the extra ``ocr``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from tabulate import tabulate

from tests.made_files import EXAMPLE, Sheet, forms_in, sheet_of, stacked, write_csv, write_html, write_ods, write_xls
from tests.made_files import write_xlsx as write_workbook
from tests.office_files import converted, write_docx

COUNT = 1_000
# Copies of the nine forms in PDF; as a scan every third form is read, once.
PDF_COPIES, SCANNED = 10, 3
HEADS = ("format", "forms", "file MB", "seconds per 1,000", "peak MB")
# Reads the file that is named, and prints forms, seconds of the processor and the most memory that it took.
READ = """
import re, resource, sys, time
from pathlib import Path
from calcverify.forms.model import Form
from calcverify.readers import read_path
start = time.process_time()
count = sum(isinstance(item, Form) for item in read_path(Path(sys.argv[1])))
status = Path("/proc/self/status")
if status.exists():  # what the system counts for the process may be that of the one that started it
    peak = int(re.search("VmHWM:\\s*([0-9]+)", status.read_text())[1]) // 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)
print(count, time.process_time() - start, peak)
"""

Writer = Callable[[Path, Sequence[Sheet]], Path]
WRITERS: dict[str, Writer] = {
    "xlsx": write_workbook,
    "xls": write_xls,
    "ods": write_ods,
    "csv": write_csv,
    "html": write_html,
}
DOCUMENTS: dict[str, Writer] = {"docx": write_docx}


class Reading(NamedTuple):
    """What one file took: its forms, megabytes on disk, seconds of the processor, the most megabytes in memory."""

    forms: int
    size: float
    seconds: float
    peak: int


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """A file, or a folder of files, of each format with at least ``COUNT`` forms."""
    text = EXAMPLE.read_text(encoding="utf-8")
    forms = [sheet_of(form) for form in forms_in()]
    times = -(-COUNT // len(forms))
    path = folder / "forms.txt"
    path.write_text(text * times, encoding="utf-8")
    yield "txt", path
    pages = [stacked(forms, f"第{n}册") for n in range(times)]
    for kind, write in WRITERS.items():
        yield kind, write(folder / f"forms.{kind}", pages)
    for kind, write in DOCUMENTS.items():
        (folder / kind).mkdir()
        document = write(folder / kind / f"0.{kind}", forms).read_bytes()
        for number in range(1, times):
            (folder / kind / f"{number}.{kind}").write_bytes(document)
        yield kind, folder / kind
    yield from printed(folder, forms)


def printed(folder: Path, forms: Sequence[Sheet]) -> Iterator[tuple[str, Path]]:
    """A folder of PDF files with nine forms each, and one of scans, where they can be made and read."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        print("no pdf and no scan: LibreOffice, which prints them, is not installed", file=sys.stderr)
        return
    (folder / "pdf").mkdir()
    pdf = converted(write_docx(folder / "forms.docx", forms, size=10), "pdf").read_bytes()
    for number in range(PDF_COPIES):
        (folder / "pdf" / f"{number}.pdf").write_bytes(pdf)
    yield "pdf", folder / "pdf"
    if find_spec("rapidocr") is None:
        print("no scan: it needs pip install 'calcverify[ocr]'", file=sys.stderr)
        return
    import pypdfium2

    from tests.scans import pdf_of_scans, scan_of

    (folder / "scan").mkdir()
    for number, form in enumerate(forms[::SCANNED]):
        pdf = converted(write_docx(folder / f"form{number}.docx", [form], size=10), "pdf").read_bytes()
        with closing(pypdfium2.PdfDocument(pdf)) as document:
            pages = range(1, len(document) + 1)
        pdf_of_scans(folder / "scan" / f"{number}.pdf", [scan_of(pdf, page, seed=page) for page in pages])
    yield "scan", folder / "scan"


def read(path: Path) -> Reading:
    """Read a file in a process of its own."""
    run = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, encoding="utf-8", check=True)
    forms, seconds, peak = run.stdout.split()
    size = sum(each.stat().st_size for each in ([path] if path.is_file() else path.iterdir()))
    return Reading(int(forms), size / 1e6, float(seconds), int(peak))


def main() -> None:
    """Measure and print."""
    rows: list[tuple[str, int, str, str, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        for kind, path in files(Path(folder)):
            reading = read(path)
            seconds = reading.seconds * 1000 / reading.forms if reading.forms else 0
            rows.append((kind, reading.forms, f"{reading.size:.1f}", f"{seconds:.2f}", reading.peak))
            print(f"read {kind}", file=sys.stderr)
    print(tabulate(rows, headers=HEADS, disable_numparse=True))
    fewer = [f"{kind} ({forms})" for kind, forms, *_ in rows if forms < COUNT]
    if fewer:
        print(f"Fewer forms than {COUNT:,} were read, and the seconds are scaled: {', '.join(fewer)}.")
