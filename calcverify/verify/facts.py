"""What a case has, as words that a rule may ask for: a rule whose subject is not there has
nothing to say and need not be run.

==============  ================================================================================
word            the case has
==============  ================================================================================
a verdict       a claim with this verdict (``mismatch``, ``query`` …)
``claims``      a claim
``assumed``     a claim with an assumption
``issue``       a computation, stated or without a result, whose units or months may be open
``clash``       a computation that could not be made, or a whole with an unnamed rest
``unread``      a stretch that was not read
``corrected``   readings of a person
``uncomputed``  nothing that was computed
``several``     other forms beside it in the run; never of one alone
``totals``      a stated total
``document``    other fields than a basis and a total
``priced``      a detail table whose rows compute, beside its basis
``remarks``     something in its file besides its text (a hidden row, a text box)
``details``     detail rows; likewise ``sources``, ``indicators``, ``narratives``, ``year``
==============  ================================================================================
"""

from __future__ import annotations

from calcverify.verify.case import Case
from calcverify.verify.whole import is_computed, is_document

ALWAYS = ""
# Parts of a form that are a fact by their own name.
PARTS = ("year", "details", "sources", "indicators", "narratives", "remarks", "priced")


def facts_of(case: Case) -> set[str]:
    """The words that hold of a case; ``ALWAYS`` is one of them."""
    facts: set[str] = {ALWAYS}
    form, reach, claims = case.form, case.reach, case.claims
    for claim in claims:
        if claim.verdict is not None:
            facts.add(claim.verdict)
        if claim.assumptions:
            facts.add("assumed")
    if claims:
        facts.add("claims")
    if not is_computed(case):
        facts.add("uncomputed")
    if (
        (reach is not None and reach.months)
        or True in [bool(s.issues) for s in case.statements]
        or True in [e.derived for e in case.work.entries]
    ):
        facts.add("issue")
    if case.work.issues:
        facts.add("clash")
    if case.unread:
        facts.add("unread")
    if case.correction is not None:
        facts.add("corrected")
    if is_document(form):
        facts.add("document")
    if form.totals:
        facts.add("totals")
    facts.update([word for word in PARTS if getattr(form, word)])
    return facts
