"""LibreOffice, where it is installed, makes a file that is read of one that is not: docx of doc, xlsx of xlsb.

The program runs in a temporary folder with a profile of its own, without macros, without links
to other files and with its proxy set to nowhere, and is stopped when it takes too long. The name
of the file never reaches it. Nothing is left behind.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from calcverify.readers.fault import Unreadable
from calcverify.readers.model import MOST_BYTES

# A form takes two seconds, the first start of the program ten.
SECONDS = 120
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SECURITY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
_NOWHERE = "http://127.0.0.1:9"


def soffice() -> str | None:
    """The program of LibreOffice, or ``None``."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def converted(data: bytes, kind: str, suffix: str, target: str) -> bytes:
    """The file as one with ``suffix``; ``target`` is what LibreOffice calls that format.

    Raises ``Unreadable`` where LibreOffice is missing or cannot open the file; the message calls the file ``kind``.
    """
    program = soffice()
    if program is None:
        raise Unreadable("CV923", kind=kind, suffix=suffix)
    with tempfile.TemporaryDirectory(prefix="calcverify-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, "form.bin"), Path(folder, "profile")
        source.write_bytes(data)
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(_SECURITY, encoding="utf-8")
        apart = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        work = ["--convert-to", f"{suffix}:{target}", "--outdir", str(Path(folder, "out")), str(source)]
        _run([program, *apart, *work], folder, suffix)
        made = Path(folder, "out", f"form.{suffix}")
        if not made.is_file():
            raise Unreadable("CV924", suffix=suffix)
        if made.stat().st_size > MOST_BYTES:
            raise Unreadable("CV911", limit=f"{MOST_BYTES // 1_000_000} MB")
        return made.read_bytes()


def _run(command: list[str], folder: str, suffix: str) -> None:
    """Run a program to its end, or stop it and all that it has started."""
    environment = os.environ | {"HOME": folder, "TMPDIR": folder, "TMP": folder, "TEMP": folder}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NOWHERE)
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("CV924", suffix=suffix) from error
    finally:
        if process.poll() is None:
            if sys.platform == "win32":
                process.kill()
            else:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.wait()
