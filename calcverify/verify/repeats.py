"""What tells the forms of one run apart: their codes, years and contents."""

from __future__ import annotations

from calcverify.forms.model import Form
from calcverify.verify.whole import is_document, year_of

# So short a text (据实结算) stands in many forms.
FEWEST = 8


def coded(form: Form) -> bool:
    """Whether a form states a code of its own; one without is called by its file (forms.txt#1)."""
    return bool(form.id) and "#" not in form.id and is_document(form)


def year_key(form: Form) -> str:
    """The budget year that a form states; a project keeps its code over the years."""
    year = year_of(form)
    return "" if year is None else str(year)


def contents(form: Form) -> tuple[object, ...] | None:
    """What two forms of one project share; ``None`` where there is too little to tell."""
    texts = [n.source.text for n in form.narratives] if form.basis is None else [form.basis.text]
    said = "".join("".join(texts).split())
    if not form.name or len(said) < FEWEST or not form.totals:
        return None
    return form.name, said, tuple(t.yuan for t in form.totals), year_key(form), form.organisation


def place_of(form: Form) -> str:
    """Where a form stands: its file, and the place in it."""
    return " ".join(filter(None, (form.source_name, str(form.locator))))
