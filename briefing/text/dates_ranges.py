"""Read ranges and lists of explicit dates: 3–5 March, بين 3 و5 مارس, 3 and 5 March. Knows no anchor."""

from __future__ import annotations

from dataclasses import replace

from briefing.text.dates_grammar import Fields, Found, compose, date_at, day_at, year_after
from briefing.text.dates_tokens import Scan

__all__ = ["day_list_at", "range_at"]


def _joint(s: Scan, j: int, first: int) -> int | None:
    """Give the token after "to", "-", or after "and" when "between" stands before the range."""
    if s.mark(j, "-") or s.has(j, "to"):
        return j + 1
    if s.has(j, "and") and s.has(j + 1, "to"):  # و حتى
        return j + 2
    if not any(s.has(first - k, "between") for k in (1, 2, 3)):
        return None
    if s.has(j, "and"):
        return j + 1
    return j if s.clitic(j) == "و" else None


def _skip_article(s: Scan, j: int) -> int:
    return j + 1 if s.has(j, "the") or s.has(j, "month_noun") else j


def _share_years(a: Fields, b: Fields) -> tuple[Fields, Fields]:
    """Give the year that one end has to the other, minding a range across New Year."""
    if a.year is None and b.year is not None:
        later = (a.month or 0, a.day or 0) > (b.month or 0, b.day or 0)
        if not later:
            a = replace(a, year=b.year)
        elif b.year.isdigit():
            a = replace(a, year=f"{int(b.year) - 1:04}")
    elif b.year is None and a.year is not None:
        earlier = (b.month or 0, b.day or 0) < (a.month or 0, a.day or 0)
        if not earlier:
            b = replace(b, year=a.year)
        elif a.year.isdigit():
            b = replace(b, year=f"{int(a.year) + 1:04}")
    if a.direction is None:
        a = replace(a, direction=b.direction)
    return a, b


def _from_days(s: Scan, i: int) -> tuple[Found, Found] | None:
    """Read a range of which the first end is a day alone: 3–5 March, بين الثالث والخامس من مارس."""
    read = day_at(s, i)
    if not read:
        return None
    day, j, _ = read
    after = _joint(s, j, i)
    if after is None:
        return None
    b = date_at(s, _skip_article(s, after))
    if not b or not b.fields.day or b.month_first or b.fields.day <= day:
        return None
    return Found(replace(b.fields, day=day), i, j), b


def _to_day(s: Scan, a: Found) -> tuple[Found, Found] | None:
    """Read a range of which the second end is a day alone: March 3-5, 2024."""
    after = _joint(s, a.end, a.first)
    if after is None or not a.month_first or not a.fields.day or a.fields.year:
        return None
    read = day_at(s, _skip_article(s, after))
    if not read or read[0] <= a.fields.day or s.has(read[1], "counted") or s.month(read[1]):
        return None
    year = year_after(s, read[1])
    fields = replace(a.fields, day=read[0], year=year.year if year else None)
    b = Found(fields, after, year.end if year and year.year else read[1])
    return replace(a, fields=replace(a.fields, year=fields.year)), b


def _of_dates(s: Scan, a: Found) -> tuple[Found, Found] | None:
    """Read a range of two dates of the same precision: January to March, 3 March – 5 April."""
    after = _joint(s, a.end, a.first)
    if after is None:
        return None
    b = date_at(s, _skip_article(s, after), lax=True)
    if not b or bool(a.fields.day) != bool(b.fields.day) or a.fields.calendar != b.fields.calendar:
        return None
    first, last = _share_years(a.fields, b.fields)
    return replace(a, fields=first), replace(b, fields=last)


def range_at(s: Scan, i: int, a: Found | None) -> tuple[Found, Found] | None:
    """Read a range that begins at token `i`, as its two ends; `a` is the date read there, a lax one."""
    ends = _from_days(s, i) or ((_to_day(s, a) or _of_dates(s, a)) if a else None)
    return ends if ends and compose(ends[0].fields) and compose(ends[1].fields) else None


def day_list_at(s: Scan, i: int) -> list[Found]:
    """Read days that share one month: on 3 and 5 March, يومي 3 و5 مارس; one Found for each."""
    if not (s.has(i - 1, "list_head") or s.has(i - 1, "the") or s.has(i - 1, "strong")):
        return []
    days: list[tuple[int, int, int]] = []
    j = i
    for _ in range(6):
        read = day_at(s, j)
        if not read:
            return []
        last = date_at(s, j) if days else None
        if last and last.fields.day and not last.month_first:
            return [Found(replace(last.fields, day=day), a, b) for day, a, b in days] + [last]
        days.append((read[0], j, read[1]))
        j = read[1]
        if not (s.mark(j, ",،") or s.has(j, "and") or s.clitic(j) == "و"):
            return []
        while s.mark(j, ",،") or s.has(j, "and"):
            j += 1
        j = _skip_article(s, j)
    return []
