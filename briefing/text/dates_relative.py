"""Read dates that hang on the day of publication: Tuesday, أمس, last month, قبل يومين. Knows no anchor.

What it returns are relative values (see dates_value); `dates.find_dates` resolves them.
Left out, since they do not fix a date from the anchor: hours ("two hours ago"), "the next day", "in two weeks",
"within three days", "two days before the vote", recurring days ("every Friday", "Fridays").
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.text.dates_grammar import day_at, relative_year, year_after
from briefing.text.dates_tokens import Scan

__all__ = ["Relative", "relative_at"]


@dataclass(frozen=True, slots=True)
class Relative:
    """A value of tokens [first, end), and the direction the text gives (-1 last, 0 this, 1 next)."""

    value: str
    first: int
    end: int
    direction: int | None = None


def _suffix(s: Scan, i: int) -> int | None:
    """Give the direction of an Arabic adjective after its noun: الماضي, المقبل, الجاري."""
    direction = s.role(i, "direction")
    return int(direction) if direction is not None and s.at(i).text.startswith("ال") else None


def _prefix(s: Scan, i: int) -> int | None:
    """Give the direction of a word before its noun: last, next, this, هذا."""
    direction = s.role(i, "direction")
    return int(direction) if direction is not None and not s.at(i).text.startswith("ال") else None


def _today(s: Scan, i: int) -> Relative | None:
    found = s.phrase(i, "offset")
    if not found:
        return None
    offset, end = found
    text = s.at(i).text
    misread = s.has(i - 1, "today_not_after") or s.has(end, "today_not_before")
    if misread and end == i + 1 and text.endswith("اليوم") and not s.has(end, "weekday"):
        return None
    if end == i + 1 and s.at(i).entry.clitic.endswith(("ل", "ب", "ك")) and offset == 0:
        return None
    if text in ("today", "tomorrow") and s.capital(i) and s.at(i - 1).kind == "word" and s.capital(i - 1):
        return None
    if s.has(end, "weekday") and not s.at(end).text.isascii():
        end += 1
    return Relative(f"D{int(offset):+}", i, end)


def _weekday(s: Scan, i: int) -> Relative | None:
    direction = _prefix(s, i)
    first = i
    if direction is not None:
        i += 1
    number = s.role(i, "weekday")
    if number is None:
        return None
    latin = s.at(i).text.isascii()
    if (latin and not s.capital(i)) or s.has(first - 1, "recurring") or s.has(i - 1, "pair"):
        return None
    if latin and s.capital(i + 1) and s.has(i + 1, "title"):  # the Sunday Times
        return None
    if s.has(i - 1, "between") and not latin and s.clitic(i + 1) != "و":  # الفرق بين الاثنين
        return None
    end = i + 1
    if direction is None and (after := _suffix(s, end)) is not None:
        direction, end = after, end + 1
    elif direction is None and s.clitic(end) == "و" and s.has(end, "weekday"):  # الاثنين والثلاثاء المقبلين
        direction = _suffix(s, end + 1) if s.at(end + 1).text.endswith("ين") else None
    elif direction is None and (week := _week_after(s, end)):
        return Relative(f"{week[0]}-{number}", first, week[1])
    return Relative(f"XXXX-WXX-{number}", first, end, direction)


def _week_after(s: Scan, i: int) -> tuple[str, int] | None:
    """Read "of last week", "من الأسبوع الماضي" after a weekday."""
    if s.has(i, "of"):
        i += 1
    found = _unit(s, i)
    return (found.value, found.end) if found and found.value.startswith("W") else None


def _definite(s: Scan, i: int) -> bool:
    clitic = s.clitic(i)
    return clitic.endswith("لل") or s.at(i).text[len(clitic) :].startswith("ال")


def _unit(s: Scan, i: int) -> Relative | None:
    """Read last week, next month, this year, الأسبوع الماضي, هذا العام."""
    direction, unit = _prefix(s, i), s.role(i + 1, "unit")
    if direction is not None and unit in ("W", "M", "Y") and not s.at(i + 1).text.endswith("s"):
        after = i + 2
        if s.at(after).text == "of" and not s.has(after + 1, "unit"):
            return None
        return Relative(f"{unit}{direction:+}", i, after)
    unit, direction = s.role(i, "unit"), _suffix(s, i + 1)
    if direction is not None and unit in ("W", "M", "Y") and _definite(s, i):
        return Relative(f"{unit}{direction:+}", i, i + 2)
    return None


def _count(s: Scan, i: int) -> tuple[int, int] | None:
    """Read a small count: digits, "two", "ثلاثة"."""
    token = s.at(i)
    if token.kind == "number" and token.number is not None and token.number <= 400:
        return token.number, i + 1
    found = s.phrase(i, "cardinal")
    return (int(found[0]), found[1]) if found else None


def _ago(s: Scan, i: int) -> Relative | None:
    """Read "two days ago"."""
    counted = _count(s, i)
    if not counted:
        return None
    number, j = counted
    unit = s.role(j, "unit")
    if unit is None or not s.has(j + 1, "ago"):
        return None
    return Relative(f"{unit}{-number:+}", i, j + 2)


def _before(s: Scan, i: int) -> Relative | None:
    """Read قبل يومين, منذ أسبوع, قبل ثلاثة أيام; not قبل يومين من الانتخابات."""
    if not s.has(i, "ago_before"):
        return None
    j = i + 2 if s.has(i + 1, "approx") else i + 1
    if (dual := s.role(j, "dual")) is not None:
        value, end = f"{dual}-2", j + 1
    elif (unit := s.role(j, "unit")) is not None:
        if _definite(s, j):
            return None
        value, end = f"{unit}-1", j + 1
        if s.at(end).text in ("واحد", "واحده"):
            end += 1
    else:
        counted = _count(s, j)
        unit = s.role(counted[1], "unit") if counted else None
        if not counted or unit is None:
            return None
        value, end = f"{unit}{-counted[0]:+}", counted[1] + 1
    if s.has(end, "of") or s.at(end).number is not None:
        return None
    return Relative(value, i, end)


def _day_of_month(s: Scan, i: int) -> Relative | None:
    """Read "the 5th of this month", "الخامس من الشهر الجاري"."""
    read = day_at(s, i)
    if not read:
        return None
    day, j, _ = read
    if not s.has(j, "of"):
        return None
    found = _unit(s, j + 1)
    if not found or not found.value.startswith("M"):
        return None
    return Relative(f"{found.value}-{day:02}", i, found.end)


def _part_of_year(s: Scan, i: int) -> Relative | None:
    """Read "first quarter of 2024", "Q1 2024", "الربع الأول من العام الجاري": 2024-Q1, Y+0-Q1; halves likewise."""
    named = s.phrase(i, "quarter_name")
    number, part, j = (named[0], "Q", named[1]) if named else (None, "Q", i)
    for role, letter in (("quarter", "Q"), ("half", "H")):
        if s.has(i + 1, role) and s.has(i, "ordinal"):
            number, part, j = s.role(i, "ordinal"), letter, i + 2
        elif s.has(i, role) and s.has(i + 1, "ordinal") and s.at(i).text.startswith("ال"):
            number, part, j = s.role(i + 1, "ordinal"), letter, i + 2
    if number is None or int(number) > (4 if part == "Q" else 2):
        return None
    if s.has(j, "of"):
        j += 1
    if year := relative_year(s, j):
        return Relative(f"{year[0]}-{part}{number}", i, year[1])
    after = year_after(s, j)
    if after is None or after.year is None or not after.year.isdigit():
        return None
    return Relative(f"{after.year}-{part}{number}", i, after.end)


def relative_at(s: Scan, i: int) -> Relative | None:
    """Read one relative date that begins at token `i`."""
    for rule in (_part_of_year, _day_of_month, _today, _weekday, _unit, _ago, _before):
        if found := rule(s, i):
            return found
    return None
