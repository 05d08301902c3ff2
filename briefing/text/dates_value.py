"""The values of dates: their grammar, resolving them against an anchor, comparing two. Reads no text.

A value is one of (after ISO 8601 and TIMEX3):

| form | meaning |
|---|---|
| `2024-03-14`, `2024-03`, `2024` | a Gregorian day, month, year |
| `XXXX-11-19`, `XXXX-11` | the same without a year |
| `2024-W11`, `XXXX-WXX-2` | an ISO week; a weekday (1 = Monday) of no known week |
| `2024-Q1`, `2024-H2` | a quarter, a half of a year |
| `AH1445`, `AH1445-09`, `AHXXXX-09-01` | a Hijri date of which a part is missing (a full one becomes Gregorian) |
| `D-1`, `W+1`, `M-1`, `Y+0` | a day, week, month, year counted from an anchor that is not known |
| `M+0-05`, `W-1-2` | a day of such a month, a weekday of such a week |
| `Y-1-12`, `Y-1-12-03`, `Y-1-Q4` | a month, day or quarter of such a year |
| `2024-03-03/2024-03-05` | a range: two values, both ends included |
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Interval", "days_of", "gregorian_of_hijri", "resolve", "same_date"]

_FIELDS = re.compile(r"(AH)?(X{4}|\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_WEEKDAY = re.compile(r"X{4}-WXX-([1-7])")
_PART = re.compile(r"(\d{4})-([QH])([1-4])")
_RELATIVE = re.compile(r"([DWMY])([+-]\d+)(?:-(.+))?")
_FUTURE_WEIGHT = 2  # a date to come must be this many times nearer than a past one to be preferred
_PAST_WEIGHT = 16  # the same for a past one where the text speaks of the future


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, other: Interval) -> bool:
        """Tell whether `other` lies within this interval."""
        return self.first <= other.first and other.last <= self.last


def gregorian_of_hijri(year: int, month: int, day: int) -> date | None:
    """Convert a Hijri date (Umm al-Qura) to Gregorian; None outside 1343–1500 AH or when no such day is.

    >>> gregorian_of_hijri(1445, 9, 1)
    datetime.date(2024, 3, 11)
    """
    from hijridate import Hijri

    try:
        found = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Interval:
    return Interval(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def _hijri_days(year: int, month: int | None, day: int | None) -> Interval | None:
    first = gregorian_of_hijri(year, month or 1, day or 1)
    longest = gregorian_of_hijri(year, month or 12, 30) or gregorian_of_hijri(year, month or 12, 29)
    last = first if day else longest
    return Interval(first, last) if first and last else None


def _days_of_fields(match: re.Match[str]) -> Interval | None:
    if "X" in match[2]:
        return None
    year, month, day = int(match[2]), int(match[3] or 0), int(match[4] or 0)
    if match[1]:
        return _hijri_days(year, month or None, day or None)
    if year < 1 or month > 12:
        return None
    if day:
        exact = _date(year, month, day)
        return Interval(exact, exact) if exact else None
    return _months(year, month or 1, month or 12)


def days_of(value: str) -> Interval | None:
    """Give the days that a value covers; None when it lacks a year or is relative or malformed.

    >>> days_of("2024-02").last, days_of("XXXX-02")
    (datetime.date(2024, 2, 29), None)
    """
    if match := _FIELDS.fullmatch(value):
        return _days_of_fields(match)
    if match := _WEEK.fullmatch(value):
        try:
            first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return Interval(first, first + timedelta(days=6))
        except (ValueError, OverflowError):
            return None
    if (match := _PART.fullmatch(value)) and int(match[1]):
        size = 3 if match[2] == "Q" else 6
        number = int(match[3])
        return _months(int(match[1]), (number - 1) * size + 1, number * size) if number * size <= 12 else None
    return None


def _month_shift(anchor: date, by: int) -> tuple[int, int]:
    months = anchor.year * 12 + anchor.month - 1 + by
    return months // 12, months % 12 + 1


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def _relative(match: re.Match[str], anchor: date) -> str | None:
    unit, by, rest = match[1], int(match[2]), match[3]
    if abs(by) > 4000 * 366:
        return None
    try:
        if unit == "D" and not rest:
            return (anchor + timedelta(days=by)).isoformat()
        if unit == "W":
            day = anchor + timedelta(weeks=by)
            if rest and rest in "1234567":
                return (day + timedelta(days=int(rest) - day.isoweekday())).isoformat()
            return _week(day)
    except OverflowError:
        return None
    year, month = _month_shift(anchor, by) if unit == "M" else (anchor.year + by, 0)
    if not 1 <= year <= 9999:
        return None
    value = f"{year:04}-{month:02}" if unit == "M" else f"{year:04}"
    return f"{value}-{rest}" if rest else value


def _weekday(number: int, anchor: date, direction: int | None, future: bool) -> list[str]:
    back = (anchor.isoweekday() - number) % 7
    if direction == 0:
        return [(anchor + timedelta(days=number - anchor.isoweekday())).isoformat()]
    past = anchor - timedelta(days=back or (7 if direction == -1 else 0))
    ahead = anchor + timedelta(days=(7 - back) % 7 or (7 if direction == 1 else 0))
    if direction == -1:
        return [past.isoformat()]
    if direction == 1:
        return [ahead.isoformat()]
    if past == ahead:
        return [past.isoformat()]
    return [d.isoformat() for d in ((ahead, past) if future else (past, ahead))]


def _year_for(month: int, day: int | None, anchor: date, direction: int | None, future: bool) -> int | None:
    """Choose the year of a date without one: the nearest, the past preferred."""
    at = date(anchor.year, anchor.month, anchor.day if day else 1)
    options: list[tuple[float, int]] = []
    for year in range(max(1, at.year - 8), min(9999, at.year + 8) + 1):  # 29 February: up to 8 years off
        found = _date(year, month, day or 1)
        if found is None:
            continue
        days = (found - at).days
        if (direction == -1 and days >= 0) or (direction == 1 and days <= 0):
            continue
        if direction == 0 and year != at.year:
            continue
        weight = 1
        if direction is None:
            weight = (_PAST_WEIGHT if days < 0 else 1) if future else (_FUTURE_WEIGHT if days > 0 else 1)
        options.append((abs(days) * weight, year))
    return min(options)[1] if options else None


def resolve(value: str, anchor: date, direction: int | None = None, future: bool = False) -> list[str]:
    """Complete a value from the day of publication.

    Args:
        value: Any value of the grammar above, not a range.
        anchor: The day of publication.
        direction: -1 when the text says "last", 1 when it says "next", 0 for "this", None when it is silent.
        future: The sentence speaks of what is to come; then a silent text means the next one.

    Returns:
        The resolved value first, then other readings; empty when there is nothing to resolve. A date without
        a year takes the nearest one, a future one counting double its distance; a weekday means the latest
        one up to the anchor.

    >>> resolve("XXXX-WXX-2", date(2024, 3, 14))
    ['2024-03-12', '2024-03-19']
    >>> resolve("XXXX-12-03", date(2024, 3, 14)), resolve("M-1", date(2024, 3, 14))
    (['2023-12-03'], ['2024-02'])
    """
    if match := _RELATIVE.fullmatch(value):
        found = _relative(match, anchor)
        return [found] if found and days_of(found) else []
    if match := _WEEKDAY.fullmatch(value):
        try:
            return _weekday(int(match[1]), anchor, direction, future)
        except OverflowError:
            return []
    match = _FIELDS.fullmatch(value)
    if not match or match[1] or "X" not in match[2] or not match[3]:
        return []
    year = _year_for(int(match[3]), int(match[4]) if match[4] else None, anchor, direction, future)
    return [] if year is None else [f"{year:04}{value[4:]}"]


def _same_fields(a: re.Match[str], b: re.Match[str]) -> bool:
    years = ["X" not in a[2], "X" not in b[2]]
    if all(years) and a[2] != b[2]:
        return False
    if a[3] and b[3]:
        return a[3] == b[3] and (not a[4] or not b[4] or a[4] == b[4])
    return all(years)


def _same(a: str, b: str) -> bool:
    if a == b:
        return True
    fields_a, fields_b = _FIELDS.fullmatch(a), _FIELDS.fullmatch(b)
    if fields_a and fields_b and fields_a[1] == fields_b[1]:
        return _same_fields(fields_a, fields_b)
    days_a, days_b = days_of(a), days_of(b)
    if days_a and days_b:
        return days_a.holds(days_b) or days_b.holds(days_a)
    for value, days in ((a, days_b), (b, days_a)):
        weekday = _WEEKDAY.fullmatch(value)
        if weekday and days and days.first == days.last:
            return days.first.isoweekday() == int(weekday[1])
    return False


def same_date(a: str, b: str) -> bool:
    """Tell whether two values can be the same date.

    Rules, softest last:
    1. Every field (year, month, day) that both have must agree.
    2. Both need a month; a year alone matches only a value that has that year.
    3. A week, quarter, half or Hijri month matches the days inside it; a weekday matches days that fall on it.
    4. Two ranges match end by end. A range matches a single date that is one of its ends.
    5. A relative value (`D-1`) matches only itself: resolve it first.

    >>> same_date("2024-03-14", "XXXX-03"), same_date("2024", "XXXX-03"), same_date("2024", "2024-03-14")
    (True, False, True)
    >>> same_date("2024-03-03/2024-03-05", "XXXX-03-03/XXXX-03-05"), same_date("2024-03-12", "XXXX-WXX-2")
    (True, True)
    """
    ends_a, ends_b = a.split("/", 1), b.split("/", 1)
    if len(ends_a) == len(ends_b):
        return all(_same(x, y) for x, y in zip(ends_a, ends_b, strict=True))
    return any(_same(x, y) for x in ends_a for y in ends_b)
