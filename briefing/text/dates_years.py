"""Decide which four-digit numbers are years: by what stands before and after them. Knows no months."""

from __future__ import annotations

from briefing.text.dates_grammar import Fields, Found, era_after, year_number
from briefing.text.dates_tokens import Scan

__all__ = ["year_at", "year_list_at", "year_range_at"]

_PLAUSIBLE = range(1800, 2101)  # years that a weak context is enough for
_HIJRI_YEARS = range(1300, 1501)


def _counted(s: Scan, i: int) -> bool:
    """Tell whether token `i`, right after a number, is what the number counts."""
    token = s.at(i)
    if token.kind in ("mark", "break", "number", "big", "date"):
        return token.text in ("%", "$", "€", "£")
    if s.has(i, "counted"):
        return True
    word = token.text
    if word.isascii():
        return False
    accusative = word.endswith("ا") and len(word) > 3 and not word.startswith(("ال", "وال"))
    return accusative and not s.has(i, "not_counted") and not s.has(i, "offset")


def _plural(s: Scan, i: int) -> bool:
    token = s.at(i)
    plural = token.text.endswith("s") and len(token.text) > 3 and not s.has(i, "stop")
    return token.kind == "word" and token.text.isascii() and plural and not s.capital(i)


def _quiet(s: Scan, i: int) -> bool:
    """Tell whether token `i` cannot be a noun that is counted: punctuation, a small word, a name."""
    token = s.at(i)
    if token.kind != "word":
        return token.kind in ("mark", "break") and token.text not in ("%", "$", "€", "£", "/", "-")
    if token.text.isascii():
        return s.has(i, "stop") or s.has(i, "year_word") or s.capital(i)
    small = any(s.has(i, role) for role in ("strong", "weak", "not_counted", "to", "and"))
    return small or token.text.startswith(("ال", "وال", "بال", "لل"))


def _found(s: Scan, i: int, first: int | None = None) -> Found:
    year = year_number(s, i) or ""
    calendar, end = era_after(s, i + 1)
    return Found(Fields(year, calendar=calendar or "gregorian"), i if first is None else first, end)


def _latin_context(s: Scan, i: int, number: int) -> bool:
    before, after = i - 1, i + 1
    if s.mark(before, "-") and s.has(before - 1, "part"):
        return True
    if s.has(before, "strong"):
        return number in range(1900, 2051) or not _plural(s, after)
    if number not in _PLAUSIBLE:
        return False
    if s.has(after, "event") or (s.has(after + 1, "event") and s.at(after).kind == "word"):
        return True
    if s.has(before, "weak"):
        return _quiet(s, after)
    return s.has(before, "determiner") and s.at(after).kind == "word" and not s.has(after, "stop")


def _arabic_context(s: Scan, i: int, number: int) -> bool:
    before, after = i - 1, i + 1
    if s.has(before, "year_word"):
        return True
    if number not in _PLAUSIBLE:
        return False
    if s.has(before, "strong") or s.has(before, "event_before"):
        return True
    return s.has(before, "weak") and _quiet(s, after)


def year_at(s: Scan, i: int) -> Found | None:
    """Read a year alone at token `i`: in 2015, عام 2015, the 2015 agreement, اتفاق 2015, (2015), ٢٠٢٣م."""
    year = year_number(s, i)
    if year is None:
        return None
    number = int(year)
    found = _found(s, i)
    if s.whole or found.end > i + 1:
        return found
    if s.has(i - 1, "designator") or s.has(i - 1, "approx") or _joined(s, i):
        return None
    if s.has(i - 1, "year_word") and not s.at(i - 1).text.isascii():
        return found
    if _counted(s, i + 1):
        return None
    if number in _PLAUSIBLE and s.mark(i - 1, "(") and s.mark(i + 1, ")،,;"):
        return found
    context = _arabic_context if _arabic(s, i) else _latin_context
    return found if context(s, i, number) else None


def _joined(s: Scan, i: int) -> bool:
    """Tell whether the number is part of a longer one: 2015-17, 10/2015, MQ-2000."""
    after, before = s.at(i + 1), s.at(i - 1)
    if s.mark(i + 1, "-/") and after.start == s.at(i).end:
        return s.at(i + 2).kind in ("number", "big") and s.at(i + 2).start == after.end
    if s.mark(i - 1, "-/") and before.end == s.at(i).start and not s.has(i - 2, "part"):
        return s.at(i - 2).end == before.start
    return False


def _arabic(s: Scan, i: int) -> bool:
    near = s.at(i - 1) if s.at(i - 1).kind == "word" else s.at(i + 1)
    return near.kind == "word" and not near.text.isascii()


def year_range_at(s: Scan, i: int) -> tuple[Found, Found] | None:
    """Read two years of a range: 2015-2018, from 2015 to 2018, بين 2015 و2018, من عام 2015 إلى 2018."""
    a = year_number(s, i)
    if a is None:
        return None
    j = i + 1
    dash = s.mark(j, "-")
    joint = dash or s.has(j, "to") or (s.has(j, "and") and _between(s, i))
    if not joint:
        return None
    j += 1
    if s.has(j - 1, "and") is False and s.has(j, "to"):  # وحتى
        j += 1
    if s.has(j, "year_word"):
        j += 1
    b = year_number(s, j)
    if b is None or int(a) >= int(b) or int(a) not in _PLAUSIBLE or int(b) not in _PLAUSIBLE:
        return None
    if _counted(s, j + 1) or _plural(s, j + 1) or s.has(i - 1, "approx") or s.has(i - 1, "designator"):
        return None
    known = dash or any(s.has(i - 1, role) for role in ("strong", "weak", "year_word")) or s.whole
    return (_found(s, i), _found(s, j)) if known else None


def _between(s: Scan, i: int) -> bool:
    return s.has(i - 1, "between") or (s.has(i - 1, "year_word") and s.has(i - 2, "between"))


def year_list_at(s: Scan, i: int) -> Found | None:
    """Read one more year of a list, at the token after a year: (2015) and 2018."""
    j = i
    if s.mark(j, ",،"):
        j += 1
    if s.has(j, "and") or s.has(j, "or"):
        j += 1
    if j == i:
        return None
    year = year_number(s, j)
    if year is None or int(year) not in _PLAUSIBLE or _counted(s, j + 1) or _plural(s, j + 1):
        return None
    return _found(s, j)
