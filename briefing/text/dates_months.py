"""Read month names and decide which of them are months: May, مارس and آب are other words too."""

from __future__ import annotations

from dataclasses import replace

from briefing.text.dates_lexicon import MonthName
from briefing.text.dates_tokens import Scan

__all__ = ["month_at", "stands_alone", "stands_with_number"]


def _double_month(s: Scan, month: MonthName, i: int) -> int:
    """Skip the second name of the same month: مارس/آذار, آذار (مارس)."""
    if not s.mark(i, "/(-"):
        return i
    other = s.month(i + 1)
    if not other or other[0].number != month.number or other[0].calendar != month.calendar:
        return i
    if s.mark(i, "("):
        return other[1] + 1 if s.mark(other[1], ")") else i
    return other[1]


def month_at(s: Scan, i: int) -> tuple[MonthName, int] | None:
    """Read a month name, with its second name and its abbreviation point."""
    found = s.month(i)
    if not found:
        return None
    month, j = found
    if month.kind == "madda" and s.clean.text[s.start(i)] != "آ":
        month = replace(month, kind="strict")
    if month.kind in ("abbr", "day") and s.mark(j, ".") and s.at(j).start == s.at(j - 1).end:
        j += 1
    return month, _double_month(s, month, j)


def stands_alone(s: Scan, i: int, j: int, month: MonthName, direction: bool) -> bool:
    """Tell whether a month without day and year at tokens [i, j) is a month at all."""
    if s.whole:
        return True
    if month.language == "en" and month.calendar == "gregorian" and not s.capital(i):
        return False
    if month.kind in ("sure", "madda"):
        return True
    licensed = direction or any(s.has(i - 1, role) for role in ("strong", "weak", "part", "direction"))
    if not licensed and s.mark(i - 1, "-"):
        licensed = s.has(i - 2, "part")
    if month.language == "ar":
        clitic = s.at(i).entry.clitic
        weak = s.has(i - 1, "weak") and month.kind != "context"
        return month.kind not in ("day", "strict") and (licensed or weak or clitic.endswith(("ب", "ل")))
    if month.kind in ("day", "abbr"):
        return month.kind == "abbr" and licensed and s.mark(j - 1, ".")
    return licensed


def stands_with_number(s: Scan, i: int, month: MonthName, day: bool, year: bool) -> bool:
    """Tell whether a month with a day or a year counts; lower-case English and أب need more."""
    if month.kind == "strict":
        return day and year
    if month.language != "en" or s.capital(i) or s.whole or month.calendar == "hijri":
        return True
    return (day and year) or month.kind in ("sure", "name")
