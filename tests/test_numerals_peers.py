"""The numbers that other recognisers expect: none is read as another one."""

from __future__ import annotations

from collections import Counter

from tests.numbers_report import LONE, OUTSIDE, cases, outside, verdict

# The refusals may only become fewer: of 1460 numbers so many are left unread, and so many
# of those for no reason that a budget gives.
REFUSED = 101
REFUSED_WITHOUT_REASON = 29


def test_none_is_read_wrong_and_few_are_refused() -> None:
    verdicts = [(case, verdict(case)[0]) for case in cases()]
    assert len(verdicts) == 1460
    assert [case for case, word in verdicts if word == "wrong"] == []
    refused = [case for case, word in verdicts if word == "refused"]
    reasons = Counter(outside(case) for case in refused)
    assert len(refused) <= REFUSED, [case.input for case in refused]
    assert reasons[None] <= REFUSED_WITHOUT_REASON, [case.input for case in refused if outside(case) is None]
    assert len(verdicts) > 50 * REFUSED_WITHOUT_REASON
    assert set(reasons) == {None, LONE, *(reason for reason, _ in OUTSIDE)}, "a reason that no refusal needs"
