"""Read day, month and year out of tokens: one explicit date. Knows no ranges and no anchor."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace

from briefing.text.dates_lexicon import MonthName
from briefing.text.dates_months import month_at, stands_alone, stands_with_number
from briefing.text.dates_tokens import Scan
from briefing.text.dates_value import gregorian_of_hijri

__all__ = ["Fields", "Found", "compose", "date_at", "day_at", "relative_year", "year_after", "year_number"]

_HIJRI_YEARS = range(1300, 1501)  # a four-digit year in this range after a Hijri month is a Hijri year


@dataclass(frozen=True, slots=True)
class Fields:
    """A date in parts. `year` is "2024" or relative ("Y-1"); `direction` is -1 last, 0 this, 1 next."""

    year: str | None = None
    month: int | None = None
    day: int | None = None
    calendar: str = "gregorian"
    direction: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Fields and the tokens [first, end) they were read from; `month_first` tells March 3 from 3 March."""

    fields: Fields
    first: int
    end: int
    month_first: bool = False
    alternatives: tuple[Fields, ...] = ()


def compose(fields: Fields) -> str | None:
    """Write fields as a value (see dates_value); None when there is no such date.

    >>> compose(Fields("2024", 3, 14)), compose(Fields(None, 2, 30)), compose(Fields("1445", 9, 1, "hijri"))
    ('2024-03-14', None, '2024-03-11')
    """
    year, month, day = fields.year, fields.month, fields.day
    if fields.calendar == "hijri":
        if year and year.isdigit() and month and day:
            found = gregorian_of_hijri(int(year), month, day)
            return found.isoformat() if found else f"AH{year}-{month:02}-{day:02}" if day <= 30 else None
        prefix, longest = "AH", 30
    else:
        known = int(year) if year and year.isdigit() else 2000
        prefix, longest = "", monthrange(known, month)[1] if month and 1 <= known <= 9999 else 31
    if (day or 1) > longest:
        return None
    value = prefix + (year or "XXXX") if not year or year.isdigit() else year
    if month:
        value += f"-{month:02}"
    return f"{value}-{day:02}" if day else value


def day_at(s: Scan, i: int) -> tuple[int, int, str] | None:
    """Read a day of the month at token `i`: (day, next token, kind), kind being digits, ordinal or words."""
    token = s.at(i)
    if token.kind == "number":
        if token.number is None or not 1 <= token.number <= 31 or len(token.text) > 2:
            return None
        return token.number, i + 1, "ordinal" if token.ordinal else "digits"
    if token.kind != "word":
        return None
    return _day_words(s, i)


def _day_words(s: Scan, i: int) -> tuple[int, int, str] | None:
    roles = s.at(i).entry.roles
    unit = roles.get("ordinal", roles.get("ordinal_unit"))
    if (tens := roles.get("tens")) is not None:  # twenty-third
        j = i + 2 if s.mark(i + 1, "-") else i + 1
        below = s.role(j, "ordinal")
        if isinstance(below, int) and below < 10:
            return int(tens) + below, j + 1, "words"
    if unit is not None and int(unit) < 10:
        if s.role(i + 1, "teen"):  # الثالث عشر
            return int(unit) + 10, i + 2, "words"
        after = s.role(i + 1, "tens_after")
        if after is not None and s.at(i + 1).entry.clitic == "و":  # الخامس والعشرين
            return (int(unit) + int(after), i + 2, "words") if int(unit) + int(after) <= 31 else None
    if "ordinal" in roles:
        return int(roles["ordinal"]), i + 1, "words"
    if "bare_ordinal" in roles and s.month(i + 1):
        return 1, i + 1, "words"
    return None


def year_number(s: Scan, i: int) -> str | None:
    """Give the four digits of token `i` when it can be a year (1000 to 2199)."""
    token = s.at(i)
    if token.number is None or len(token.text) != 4 or not 1000 <= token.number <= 2199:
        return None
    return token.text


def era_after(s: Scan, i: int) -> tuple[str | None, int]:
    """Read م, هـ, AD or AH after a year: (calendar or None, next token)."""
    for role, calendar in (("ce", "gregorian"), ("ah", "hijri")):
        if s.has(i, role):
            token = s.at(i)
            if token.text.isascii() and not s.clean.text[token.start : token.end].isupper():
                continue
            return calendar, i + 1
    return None, i


def relative_year(s: Scan, i: int) -> tuple[str, int] | None:
    """Read "last year", "العام الماضي", "هذا العام": (Y-1, next token)."""
    if s.has(i, "the"):
        i += 1
    direction, unit = s.role(i, "direction"), s.role(i + 1, "unit")
    if direction is not None and unit == "Y" and not s.at(i).text.startswith("ال"):
        return f"Y{int(direction):+}", i + 2
    unit, direction = s.role(i, "unit"), s.role(i + 1, "direction")
    if unit == "Y" and direction is not None and s.at(i + 1).text.startswith("ال"):
        return f"Y{int(direction):+}", i + 2
    return None


@dataclass(frozen=True, slots=True)
class Year:
    """What stands after a month: a year, or a direction word, up to token `end`."""

    year: str | None
    calendar: str | None
    direction: int | None
    end: int
    comma: bool = False


def year_after(s: Scan, i: int) -> Year | None:
    """Read the year after a month or day, with its small words, at token `i`."""
    j = i
    comma = s.mark(j, ",،")
    if comma or s.mark(j, "/-") or (s.mark(j, ".") and s.at(j).end == s.at(j + 1).start):
        j += 1
    if s.has(j, "of") or s.has(j, "month_noun"):
        j += 1
    if found := relative_year(s, j):
        return None if s.mark(i, "/-") else Year(found[0], None, None, found[1], comma)
    if s.has(j, "year_word"):
        j += 1
    if year := year_number(s, j):
        calendar, end = era_after(s, j + 1)
        return Year(year, calendar, None, end, comma)
    direction = s.role(i, "direction")
    if direction is not None and s.at(i).text.startswith("ال"):
        return Year(None, None, int(direction), i + 1)
    return None


def _finish(s: Scan, fields: Fields, j: int, month: MonthName) -> tuple[Fields, int]:
    """Add the year that follows, unless it belongs to something else."""
    after = year_after(s, j)
    if after is None:
        return replace(fields, calendar=month.calendar), j
    if after.comma and after.year and not fields.day and s.has(after.end, "counted"):
        return replace(fields, calendar=month.calendar), j
    hijri_year = after.year and after.year.isdigit() and int(after.year) in _HIJRI_YEARS
    if month.calendar == "hijri" and after.year and not hijri_year:
        return replace(fields, calendar="hijri"), j
    return replace(fields, year=after.year, direction=after.direction, calendar=month.calendar), after.end


def _day_first(s: Scan, i: int) -> Found | None:
    read = day_at(s, i)
    if not read:
        return None
    day, j, kind = read
    of = s.has(j, "of")
    if of or s.mark(j, "-/") or (s.mark(j, ".") and kind == "digits"):
        j += 1
    if s.has(j, "month_noun"):
        j += 1
    found = month_at(s, j)
    if not found:
        return None
    month, after_month = found
    if kind == "words" and month.language == "en" and not of:
        return None
    fields, end = _finish(s, Fields(None, month.number, day), after_month, month)
    if not stands_with_number(s, j, month, True, fields.year is not None):
        return None
    return Found(fields, i, end)


def _month_first(s: Scan, i: int, lax: bool) -> Found | None:
    direction = s.role(i, "direction")
    first = i
    if direction is not None and not s.at(i).text.startswith("ال"):
        i += 1
    else:
        direction = None
    found = month_at(s, i)
    if not found:
        return None
    month, j = found
    if day := _day_after(s, j, month):
        fields, end = _finish(s, Fields(None, month.number, day[0]), day[1], month)
        if compose(fields) and stands_with_number(s, i, month, True, fields.year is not None):
            return Found(fields, i, end, month_first=True)
    fields, end = _finish(s, Fields(None, month.number), j, month)
    if fields.year:
        return Found(fields, i, end) if stands_with_number(s, i, month, False, True) else None
    known = direction is not None or fields.direction is not None
    if not (lax and (month.language != "en" or s.capital(i))) and not stands_alone(s, i, j, month, known):
        return None
    if direction is not None:
        return Found(replace(fields, direction=int(direction)), first, end)
    return Found(fields, i, end)


def _day_after(s: Scan, j: int, month: MonthName) -> tuple[int, int] | None:
    """Read the day after an English month: March 3, March the third; not March 25 people."""
    if month.language == "ar":
        return None
    tight = s.mark(j, "-") and s.at(j - 1).end == s.at(j).start == s.at(j + 1).start - 1
    if tight or s.has(j, "the"):
        j += 1
    read = day_at(s, j)
    if not read:
        return None
    day, end, kind = read
    if kind == "digits" and (s.has(end, "counted") or s.at(end).kind == "big"):
        return None
    return day, end


def _numeric_at(s: Scan, i: int) -> Found | None:
    numeric = s.at(i).numeric
    if numeric is None:
        return None
    calendar, end = era_after(s, i + 1)
    readings = []
    for year, month, day in (numeric.reading, *numeric.others):
        hijri = calendar == "hijri" or (calendar is None and year in _HIJRI_YEARS)
        readings.append(Fields(f"{year:04}", month, day, "hijri" if hijri else "gregorian"))
    valid = [fields for fields in readings if compose(fields)]
    return Found(valid[0], i, end, alternatives=tuple(valid[1:])) if valid else None


def date_at(s: Scan, i: int, *, lax: bool = False) -> Found | None:
    """Read one explicit date that begins at token `i`, with the weekday before it.

    Args:
        s: The tokens.
        i: Where to begin.
        lax: Accept a month alone without asking for a context (it stands in a range).
    """
    if s.has(i, "weekday") or s.has(i, "weekday_short"):
        return _after_weekday(s, i)
    found = _numeric_at(s, i) or _day_first(s, i) or _month_first(s, i, lax)
    return found if found and compose(found.fields) else None


def _after_weekday(s: Scan, i: int) -> Found | None:
    """Read a date whose weekday is token `i`: Tuesday, 3 December; الثلاثاء الموافق 3 ديسمبر."""
    j = i + 1
    while s.mark(j, ",،.-") or s.has(j, "the") or s.has(j, "corresponding"):
        j += 1
        if j > i + 4:
            return None
    bracket = s.mark(j, "(")
    if bracket:
        j += 1
    found = _numeric_at(s, j) or _day_first(s, j) or _month_first(s, j, False)
    if not found or not found.fields.day or not compose(found.fields):
        return None
    if bracket and not s.mark(found.end, ")"):
        return None
    return replace(found, first=i, end=found.end + bracket)
