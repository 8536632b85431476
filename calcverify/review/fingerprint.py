"""What makes a finding the same one in another run: no place, no wording, but what it is about.

A form is handed in again with its rows moved, its lines cut elsewhere and its projects in
another order; a finding that was there before is to be known again. Its fingerprint is
made of the project, the rule, the field, the words before the figure, and what was
computed and stated: ``教材费：360册×85元/册=3.6万元`` is the same fault in any row, and another
one once it says 3.7万元.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from hashlib import blake2b
from pathlib import PurePath

from calcverify.basis.evaluate import leaves
from calcverify.exact.units import show
from calcverify.forms.model import Form
from calcverify.source import Span
from calcverify.verify.model import Aside, Claim, Finding

# So many characters before a figure name it; further back begins what has nothing to do with it.
NAMING = 8
LOOK_BACK = 60

# Claims whose operands are items that may stand in any order, far from the figure itself.
GATHERED = frozenset({"sum", "partition", "balance", "total"})

# What other text than the fault's own may say in a message: a line or a page.
PLACES = re.compile(r"第\s*\d+\s*[行页列]")
TOLD = re.compile(r"“[^”]*”|\d[\d.,]*")


def project_key(form: Form) -> str:
    """The code of a project; its name where it has no code of its own.

    A form without a code is called by its place in the file (``forms.txt#3``), which the
    next file need not keep.
    """
    made_up = re.fullmatch(re.escape(PurePath(form.source_name).name) + r"#\d+", form.id)
    return normalised(form.name if made_up or not form.id else form.id)


def fingerprints(
    form: Form, claims: Sequence[Claim], findings: Iterable[Finding], pieces: Iterable[Aside], key: str | None = None
) -> list[str]:
    """The fingerprint of each finding, in their order; two that say the same have the same one.

    ``pieces`` are the other numbers of the basis (set aside or unread), which part the
    words before one figure from those before another. ``key`` is what the project is
    called where that is not its own code or name.
    """
    ends = figure_ends(claims, pieces)
    key = project_key(form) if key is None else key
    return [digest((key, *parts_of(form, claims, finding, ends))) for finding in findings]


def names(
    form: Form, claims: Sequence[Claim], findings: Iterable[Finding], pieces: Iterable[Aside]
) -> list[tuple[str, ...] | None]:
    """What each finding is about, whatever the amounts: rule, field, kind and the words before the figure.

    ``None`` where no words say which figure it is.
    """
    ends = figure_ends(claims, pieces)
    return [name_of(form, claims, finding, ends) for finding in findings]


def name_of(form: Form, claims: Sequence[Claim], finding: Finding, ends: Sequence[int]) -> tuple[str, ...] | None:
    """What one finding is about."""
    *_, words = ("", *parts_of(form, claims, finding, ends))
    claim = claim_of(claims, finding, finding.field in (None, form.basis_field))
    alone = finding.span is None and claim is None
    if claim is not None and claim.kind in GATHERED and claim.stated is not None and claim.stated.span is None:
        alone = True  # the form's own total, of which there is one
    if not alone and not words:
        return None
    return finding.code, normalised(finding.field or ""), "" if claim is None else claim.kind, "" if alone else words


def figure_ends(claims: Iterable[Claim], pieces: Iterable[Aside]) -> list[int]:
    """Where the figures of a basis end, in order."""
    return sorted({span.end for span in spans_of(claims)} | {piece.span.end for piece in pieces})


def piece_print(form: Form, piece: Aside) -> str:
    """The fingerprint of a piece that was not read."""
    return digest((project_key(form), "unread", normalised(piece.text)))


def empty_print(form: Form) -> str:
    """The fingerprint of a form in which there is nothing to compute."""
    return digest((project_key(form), "no-formula"))


def parts_of(form: Form, claims: Sequence[Claim], finding: Finding, ends: Sequence[int]) -> Iterator[str]:
    """What a fingerprint is made of beside the project; the last is the words that name the figure."""
    yield finding.code
    yield normalised(finding.field or "")
    in_basis = finding.field in (None, form.basis_field)
    claim = claim_of(claims, finding, in_basis)
    text = field_text(form, finding)
    span = finding.span
    if claim is not None:
        yield from reading(claim)
        if claim.kind not in GATHERED:
            yield words_before(text, claim.span.start, ends)
            return
        span = claim.stated.span if claim.stated is not None else None
    if span is not None and span.start < span.end <= len(text):
        yield normalised(span.of(text))
        yield words_before(text, span.start, ends if in_basis else ())
    elif claim is None:
        # 支出明细合计与本年度项目金额不符: the amounts and names in the message say which one it is.
        yield from TOLD.findall(PLACES.sub("", finding.message.zh))


def claim_of(claims: Sequence[Claim], finding: Finding, in_basis: bool) -> Claim | None:
    """The claim that a finding is about, by its number or its place."""
    if finding.claim is not None and 0 <= finding.claim < len(claims):
        return claims[finding.claim]
    if finding.span is None or not in_basis:
        return None
    return next((claim for claim in claims if claim.span == finding.span), None)


def field_text(form: Form, finding: Finding) -> str:
    """The text that a finding points into."""
    if finding.field in (None, form.basis_field):
        return form.basis.text if form.basis is not None else ""
    return next((n.source.text for n in form.narratives if n.label == finding.field), "")


def reading(claim: Claim) -> Iterator[str]:
    """How a claim was read, whatever the order of its figures."""
    yield claim.kind
    yield "" if claim.computed is None else value_text(claim.computed.value, claim.computed.unit)
    yield "" if claim.stated is None else value_text(claim.stated.value, claim.stated.unit)
    yield from sorted(value_text(leaf.value, show(leaf.unit)) for leaf in leaves(claim.node))


def value_text(value: Fraction, unit: str) -> str:
    """A value as text, in time that grows with its length: hostile ones have 100,000 digits."""
    return f"{value.numerator:x}/{value.denominator:x} {unit}"


def words_before(text: str, start: int, ends: Sequence[int]) -> str:
    """The words that name the figure at ``start``: back to the figure or the punctuation before it."""
    at = bisect_right(ends, start)
    low = max(ends[at - 1] if at else 0, start - LOOK_BACK, 0)
    words = normalised(text[low:start])
    named = [run for run in re.split(r"[^\w]|\d", words) if run]
    return named[-1][-NAMING:] if named else ""


def spans_of(claims: Iterable[Claim]) -> Iterator[Span]:
    """The figures of the claims."""
    for claim in claims:
        yield from (operand.span for operand in claim.operands)
        if claim.stated is not None and claim.stated.span is not None:
            yield claim.stated.span


def normalised(text: str) -> str:
    """``text`` without blanks and in one width, for comparing only."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def digest(parts: Iterable[str]) -> str:
    """32 hexadecimal digits that stand for the parts."""
    joined = "\x1f".join(part.replace("\x1f", " ") for part in parts)
    return blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
