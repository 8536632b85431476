"""How many months something lasts that is written as two dates: 2022年11月至2023年10月."""

from __future__ import annotations

from calcverify.patterns import pattern

FROM = r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*(?:月(?:份|底|末|初|\s*(\d{1,2})\s*[日号])?)?"
UNTIL = r"\s*起?\s*(?:-|－|—+|–|~|～|至|到)\s*"
TO = r"(?:((?:19|20)\d\d)\s*年)?\s*(\d{1,2})\s*月(?:份|底|末|\s*(\d{1,2})\s*[日号])?(?!\d)"
POINT = r"((?:19|20)\d\d)[.．](\d{1,2})()"
# 2023年3月1日至12月31日, 2023年7-12月; 2023.4-2024.3
LASTING = (f"{FROM}{UNTIL}{TO}", rf"{POINT}{UNTIL}{POINT}(?![.．]?\d)")
DATES = tuple(pattern(each) for each in LASTING)
LONGEST = 60  # months; what lasts longer is no budget's
LAST_DAY = 28  # of a month, at the earliest


def months_between(text: str) -> int | None:
    """The whole months from the first date to the last, both among them.

    ``None`` where they are no months of the year, where the days leave a part of a month
    (2022年11月3日至20日), or where they would be more than five years.
    """
    found = next((m for m in (each.fullmatch(text) for each in DATES) if m is not None), None)
    if found is None:
        return None
    first_year, first, first_day, last_year, last, last_day = (int(g) if g else 0 for g in found.groups())
    count = ((last_year or first_year) - first_year) * 12 + last - first
    from_start = first_day <= 1
    if from_start and (not last_day or last_day >= LAST_DAY):
        count += 1
    elif from_start or not last_day or last_day not in (first_day, first_day - 1):
        return None  # a part of a month
    return count if 1 <= first <= 12 and 1 <= last <= 12 and 1 <= count <= LONGEST else None
