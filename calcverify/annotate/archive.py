"""An archive of forms: the same archive with a marked copy in place of each file that was read.

Nothing is unpacked to a disk, and no name in the archive is a path.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath

from calcverify.annotate.model import Annotated
from calcverify.readers.archive import MOST_FILES, shown_name
from calcverify.readers.fault import Unreadable
from calcverify.readers.model import MOST_BYTES
from calcverify.readers.package import Package
from calcverify.report.model import Report


def annotate_archive(data: bytes, name: str, report: Report, lang: str) -> Annotated:
    """The archive ``data`` with its files marked; those that hold no form stay as they are.

    ``report`` calls a file of it ``name/file``. The files are counted together.
    """
    from calcverify.annotate.annotating import annotate_bytes

    read = {project.form.source_name for project in report.projects}
    findings = placed = 0
    out, used = io.BytesIO(), set[str]()
    package = Package(data)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in list(package.members.values())[:MOST_FILES]:
            if member.is_dir():
                continue
            shown = shown_name(member)
            inner = f"{name}/{shown}"
            try:
                with package.open(member.filename) as stream:
                    content = stream.read(MOST_BYTES + 1)
            except Unreadable:  # the report has said so
                continue
            suffix = ""
            if any(source == inner or source.startswith(f"{inner}/") for source in read):
                copy = annotate_bytes(content, inner, report, lang)
                content, suffix = copy.data, copy.suffix
                findings, placed = findings + copy.findings, placed + copy.placed
            info = zipfile.ZipInfo(free(inside(shown), suffix, used), member.date_time)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return Annotated(out.getvalue(), ".zip", findings, placed)


def inside(name: str) -> str:
    """A name of an archive as one that stays in the folder it is unpacked into.

    >>> inside("../../etc/x.xlsx"), inside("C:\\\\a.docx"), inside("一局/表.xlsx")
    ('etc/x.xlsx', 'C_/a.docx', '一局/表.xlsx')
    """
    parts = [part.replace(":", "_").replace("\0", "") for part in name.replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part.strip(". ")) or "_"


def free(name: str, suffix: str, used: set[str]) -> str:
    """``name`` as a file of the kind ``suffix``, with a number where another file is called so."""
    path = PurePosixPath(name)
    if suffix and path.suffix.lower() != suffix:
        path = path.with_suffix(suffix)
    found, number = path, 1
    while str(found).lower() in used:
        number += 1
        found = path.with_stem(f"{path.stem} ({number})")
    used.add(str(found).lower())
    return str(found)
