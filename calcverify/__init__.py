"""calcverify: a spell-checker for the arithmetic in Chinese budget forms.

    >>> import calcverify
    >>> calcverify.__name__
    'calcverify'

The names below are the public interface; each is imported when it is first used, so
that ``import calcverify`` costs nothing. Everything else may move.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from calcverify.version import __version__

if TYPE_CHECKING:
    from calcverify.annotate.annotating import annotate_bytes, annotate_file
    from calcverify.api import check_file, check_frame, check_text, read_numbers
    from calcverify.config.model import Config
    from calcverify.errors import CalcverifyError, InputError, UsageError
    from calcverify.exact.verdict import Verdict
    from calcverify.report.model import Project, Report
    from calcverify.verify.model import Claim, Finding, Status

_HOMES = MappingProxyType(
    {
        "annotate_bytes": "calcverify.annotate.annotating",
        "annotate_file": "calcverify.annotate.annotating",
        "check_text": "calcverify.api",
        "check_file": "calcverify.api",
        "check_frame": "calcverify.api",
        "read_numbers": "calcverify.api",
        "Config": "calcverify.config.model",
        "Report": "calcverify.report.model",
        "Project": "calcverify.report.model",
        "Claim": "calcverify.verify.model",
        "Finding": "calcverify.verify.model",
        "Verdict": "calcverify.exact.verdict",
        "Status": "calcverify.verify.model",
        "CalcverifyError": "calcverify.errors",
        "InputError": "calcverify.errors",
        "UsageError": "calcverify.errors",
    }
)

__all__ = [
    "CalcverifyError",
    "Claim",
    "Config",
    "Finding",
    "InputError",
    "Project",
    "Report",
    "Status",
    "UsageError",
    "Verdict",
    "__version__",
    "annotate_bytes",
    "annotate_file",
    "check_file",
    "check_frame",
    "check_text",
    "read_numbers",
]


def __getattr__(name: str) -> object:
    """A public name, imported on its first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'calcverify' has no attribute {name!r}")
    found: object = getattr(import_module(home), name)
    globals()[name] = found  # it is asked for no more
    return found


def __dir__() -> list[str]:
    return __all__
