"""Decide which four-digit numbers are years: by what stands before and after them. Knows no months."""

from __future__ import annotations

from dataclasses import replace

from briefing.text.dates_grammar import Fields, Found, era_after, year_number
from briefing.text.dates_tokens import Scan

__all__ = ["year_at", "year_list_at", "year_range_at"]

_PLAUSIBLE = range(1800, 2101)  # years that a weak context is enough for
_POSSIBLE = range(1000, 2101)  # years that a strong context, a bracket or a range is enough for
_LIST_REACH = 400  # years between neighbours of a list, at most


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
    if s.has(before, "strong") or (s.has(before, "weak") and s.has(before - 1, "strong")):
        return number in range(1900, 2051) or not _plural(s, after)
    if number not in _PLAUSIBLE:
        return False
    if s.at(before).text == "of" and (s.capital(before - 1) or s.has(before - 1, "event")):
        return True
    if s.has(before, "event") and _quiet(s, after):
        return True
    if s.has(after, "event") or (s.has(after + 1, "event") and s.at(after).kind == "word"):
        return True
    if s.has(before, "weak"):
        return _quiet(s, after)
    return s.has(before, "determiner") and s.at(after).kind == "word" and not s.has(after, "stop")


def _arabic_context(s: Scan, i: int, number: int) -> bool:
    before, after = i - 1, i + 1
    adjective = s.at(before).text.startswith("ال") and s.has(before - 1, "year_word")  # العام الدراسي 2019
    licensed = adjective or s.has(before, "strong") or s.has(before, "event_before")
    if number not in _PLAUSIBLE:
        return licensed and _quiet(s, after)
    if licensed:
        return True
    return s.has(before, "weak") and _quiet(s, after)


def year_at(s: Scan, i: int) -> Found | None:
    """Read a year alone at token `i`: in 2015, عام 2015, the 2015 agreement, اتفاق 2015, (2015), ٢٠٢٣م."""
    year = year_number(s, i)
    if year is None:
        return None
    number = int(year)
    found = _found(s, i)
    if s.whole or (found.end > i + 1 and _era_is_sure(s, i)):
        return found
    if s.has(i - 1, "designator") or s.has(i - 1, "approx") or _joined(s, i):
        return None
    if s.has(i - 1, "year_word") and not s.at(i - 1).text.isascii():
        return found
    if _counted(s, i + 1):
        return None
    if number in _POSSIBLE and s.mark(i - 1, "(") and s.mark(i + 1, ")،,;"):
        return found
    context = _arabic_context if _arabic(s, i) else _latin_context
    return found if context(s, i, number) else None


def _era_is_sure(s: Scan, i: int) -> bool:
    """Tell whether the mark after year `i` is one of era: 1500 م alone may be metres."""
    metres = s.at(i + 1).text == "م" and s.at(i + 1).start > s.at(i).end
    return not metres or s.has(i - 1, "strong") or s.mark(i - 1, "(")


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
    """Read two years of a range: 2015-2018, 2015–18, from 2015 to 2018, بين 2015 و2018."""
    a = year_number(s, i)
    j = _second_year(s, i)
    if a is None or j is None:
        return None
    b = year_number(s, j) or _short_year(s, i, j, a)
    if b is None or int(a) >= int(b) or int(a) not in _POSSIBLE or int(b) not in _POSSIBLE:
        return None
    if _counted(s, j + 1) or _plural(s, j + 1) or s.has(i - 1, "approx") or s.has(i - 1, "designator"):
        return None
    known = (
        s.mark(i + 1, "-") or any(s.has(i - 1, role) for role in ("strong", "weak", "year_word")) or s.whole
    )
    if not known or (s.mark(j + 1, "-/") and s.at(j + 2).kind == "number"):
        return None
    first, last = _found(s, i), _found(s, j)
    return first, replace(last, fields=replace(last.fields, year=b))


def _second_year(s: Scan, i: int) -> int | None:
    """Give the token at which the second year of a range must stand."""
    j = i + 1
    if s.mark(j, "-"):
        return j + 1 if s.at(i - 1).text != "-" or s.has(i - 2, "part") else None
    if s.has(j, "and") and s.has(j + 1, "to"):  # و حتى
        j += 1
    elif not s.has(j, "to") and not (s.has(j, "and") and _between(s, i)):
        return None
    j += 1
    return j + 1 if s.has(j, "year_word") else j


def _short_year(s: Scan, i: int, j: int, first: str) -> str | None:
    """Read the two digits of 2015–18, written without spaces."""
    token = s.at(j)
    if token.number is None or len(token.text) != 2 or token.start != s.at(i).end + 1:
        return None
    return first[:2] + token.text


def _between(s: Scan, i: int) -> bool:
    return s.has(i - 1, "between") or (s.has(i - 1, "year_word") and s.has(i - 2, "between"))


def year_list_at(s: Scan, previous: Found) -> Found | None:
    """Read one more year of a list after the one before it: 2015, 2018 and 2020."""
    j = previous.end
    if s.mark(j, ",،"):
        j += 1
    if s.has(j, "and") or s.has(j, "or"):
        j += 1
    year = year_number(s, j) if j > previous.end else None
    if year is None or abs(int(year) - int(previous.fields.year or 0)) > _LIST_REACH:
        return None
    return None if _counted(s, j + 1) or _plural(s, j + 1) else _found(s, j)
