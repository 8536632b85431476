"""What a check says of one basis: claims, verdicts, findings, as values.

Amounts are exact rationals in the base unit (元 for money, the counter otherwise);
spans are code-point offsets into the basis as it stands in the file.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import NamedTuple, Protocol

from calcverify.basis.nodes import Node
from calcverify.exact.rational import minus
from calcverify.exact.verdict import Verdict
from calcverify.source import Locator, Span


class Printer(Protocol):
    """What IPython hands to an object that is to be printed in a terminal."""

    def text(self, obj: str) -> None:
        """Print it."""


class Status(str, Enum):
    """The outcome of a whole form."""

    PASS = "pass"
    REVIEW = "review"
    FAIL = "fail"
    NO_FORMULA = "no-formula"


class Severity(str, Enum):
    """How much a finding weighs: only errors and warnings decide a status."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Bilingual(NamedTuple):
    """One sentence in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """The sentence in ``lang`` (``"zh"`` or ``"en"``)."""
        return self.en if lang == "en" else self.zh


class Amount(NamedTuple):
    """An exact value in a base unit (``""`` for a pure number or a share)."""

    value: Fraction
    unit: str


class Stated(NamedTuple):
    """The figure that a claim is compared with.

    ``text`` is the figure as written. ``span`` is ``None`` where the figure stands in
    another field of the form than the basis. ``place`` is the value of its last
    written digit in the base unit. ``scale`` is the unit a person would say the
    difference in (``"万元"``), with ``scale_value`` what one of it is worth.
    """

    value: Fraction
    unit: str
    text: str
    span: Span | None
    place: Fraction
    hedged: bool = False
    scale: str = "元"
    scale_value: Fraction = Fraction(1)


class Operand(NamedTuple):
    """A figure that went into a computation, as written."""

    text: str
    span: Span


class Claim(NamedTuple):
    """A computation, the figure that the text says it gives, and the verdict.

    ``factor`` is the missing factor that would explain a ``query`` (stated over
    computed), else ``None``.
    """

    kind: str
    span: Span
    text: str
    node: Node
    computed: Amount | None
    stated: Stated | None
    verdict: Verdict | None
    operands: tuple[Operand, ...] = ()
    assumptions: tuple[Bilingual, ...] = ()
    factor: Fraction | None = None

    @property
    def difference(self) -> Fraction | None:
        """Stated minus computed, in the base unit."""
        if self.stated is None or self.computed is None:
            return None
        return minus(self.stated.value, self.computed.value)

    def _repr_mimebundle_(self, **_asked: object) -> dict[str, str]:
        """What a notebook shows: the reading typeset, what was stated, the verdict."""
        from calcverify.report.display import of_claim

        return of_claim(self)

    def _repr_pretty_(self, printer: Printer, _cycle: bool) -> None:
        from calcverify.report.display import plain_of

        printer.text(plain_of(self))

    @property
    def mark(self) -> Span:
        """The place that the claim is shown at: the stated figure, or the computation where that stands elsewhere."""
        return self.span if self.stated is None or self.stated.span is None else self.stated.span


class Explained(NamedTuple):
    """What a person said of a finding: the reason, and the day up to which it holds (``""`` without one)."""

    reason: str
    expiry: str = ""


class Finding(NamedTuple):
    """Something a person should look at.

    ``claim`` is the index of the claim it is about, ``field`` the label of the field
    it stands in, ``span`` the place inside that field's text where there is one.
    ``suppressed`` is a person's reason why it does not count, ``known`` whether a
    baseline holds it; neither takes it out of a report.
    """

    code: str
    severity: Severity
    message: Bilingual
    claim: int | None = None
    field: str | None = None
    span: Span | None = None
    locator: Locator | None = None
    suggestions: tuple[Bilingual, ...] = ()
    suppressed: Explained | None = None
    known: bool = False

    @property
    def counts(self) -> bool:
        """Whether it may decide an outcome: nobody explained it, and no baseline knows it."""
        return self.suppressed is None and not self.known


class Aside(NamedTuple):
    """A number that was set aside or not read, with the reason (a word of the lexicon)."""

    text: str
    span: Span
    reason: str


class Coverage(NamedTuple):
    """How much of the total rests on verified arithmetic; how many numbers were read."""

    amount: Fraction
    numbers: Fraction
