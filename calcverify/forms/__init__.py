"""A text becomes forms: which cell is the total, the basis, the detail rows."""

from calcverify.forms.amounts import stated_total
from calcverify.forms.parse import forms_of, parse_forms

__all__ = ["forms_of", "parse_forms", "stated_total"]
