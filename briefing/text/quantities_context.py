"""Tell which figures are not quantities: designators, dates, years in a date, clock times, numbers of telephones.

Each function looks at the words around a reading; none reads numbers itself.
"""

from __future__ import annotations

import re

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import context, units
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = ["end_of_chain", "is_attached", "is_date", "is_designator", "is_time"]

_CLITICS = frozenset(
    {"و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "فال", "لل", "ول", "وب", "ولل", "وبال", "فب"}
)
_CURRENCY_LETTERS = frozenset({"us", "usd", "eur", "gbp", "rs", "sar", "aed", "ils", "cny", "rmb"})
_PREFIXES = frozenset({"mid", "pre", "post", "under", "over", "sub", "non", "ex"})
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\.(?:com|org|net|gov|edu|info|io)\b)\S*")
_MONTH_SECOND_GAP = (" ", " ال")


def _is_month(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if word in context("month"):
        if word in context("month_capital"):
            return tokens.raw(i)[:1].isupper()
        return word != "صفر" or tokens.words[i - 1] in ("شهر", "من")
    return word in context("month_first") and tokens.words[i + 1] in context("month_second")


def is_attached(tokens: Tokens, i: int, last: int) -> bool:
    """Tell whether the figure at `i` (ending before `last`) is part of a name: F-16, G7, 5G, an address, a tag."""
    gap, before = tokens.gaps[i], tokens.words[i - 1] if i else ""
    if before and not before[0].isdigit():
        if gap == "" and before not in _CLITICS and before not in _CURRENCY_LETTERS:
            return True
        if gap == "-" and before not in _CLITICS and before not in _PREFIXES:
            return True
    if gap[-1:] in ("_", "@", "#", "\\", "=", "&"):
        return True
    after = tokens.words[last]
    if tokens.gaps[last] == "" and after and not after[0].isdigit():
        entry = tokens.entry(last)
        known = (
            (entry is not None and entry.role not in ("and",))
            or after in units()
            or after in context("clock_after")
        )
        if not known:
            return True
    if gap[-1:] in ("/", ".", ":", "-") or tokens.gaps[last][:1] in ("/", "_", "@"):
        return _in_address(tokens, i)
    return False


def _in_address(tokens: Tokens, i: int) -> bool:
    text, at = tokens.clean.text, tokens.start(i)
    left = max(text.rfind(" ", max(0, at - 200), at), text.rfind("\n", max(0, at - 200), at)) + 1
    found = _ADDRESS.match(text, max(left, at - 200), at + 200)
    return found is not None and found.end() > at


def end_of_chain(tokens: Tokens, i: int) -> int | None:
    """Give one past a chain of figures that is no quantity (14:30, 1-800-555, +967 1 234), else None."""
    words, gaps = tokens.words, tokens.gaps
    j = i + 1
    joiners = []
    while words[j][:1].isdigit() and gaps[j] in ("-", "/", ":", "."):
        joiners.append(gaps[j])
        j += 1
    if len(joiners) >= 2 or ":" in joiners:
        return j
    if joiners == ["/"]:
        top, bottom = words[i], words[i + 1]
        if (top, bottom) in (("24", "7"), ("9", "11")) or (len(top) == 4 and len(bottom) in (2, 4)):
            return j
    if joiners == ["-"] and len(words[i]) == 3 and len(words[i + 1]) == 4:
        return j
    return _end_of_telephone(tokens, i)


def _end_of_telephone(tokens: Tokens, i: int) -> int | None:
    words, gaps = tokens.words, tokens.gaps
    international = gaps[i][-1:] == "+" or words[i].startswith("00")
    if not international and words[i - 1] not in context("phone_before") and words[i][0] != "0":
        return None
    j, n_digits = i + 1, len(words[i])
    while words[j].isdecimal() and gaps[j] in (" ", "-", ".", ") ", " (", ")"):
        n_digits += len(words[j])
        j += 1
    return j if n_digits >= 6 else None


def is_designator(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether the number names something: Resolution 2216, Tower 22, القرار 1701, Group of Seven."""
    first, words, gaps = reading.first, tokens.words, tokens.gaps
    before = words[first - 1] if first else ""
    gap = gaps[first]
    if before == "no" and gap == ". ":
        return True
    if not before or not is_blank(gap):
        return False
    if before == "of" and words[first - 2] in context("group_of"):
        return True
    if before in context("group_of"):
        return tokens.raw(first - 1)[:1] not in "Gg" and reading.value is not None
    if before in context("designator"):
        return (
            reading.bare
            or reading.kind == "ordinal"
            or not before.isascii()
            or tokens.raw(first - 1)[:1].isupper()
        )
    if reading.bare and before in context("designator_adjective"):
        return words[first - 2] in context("designator") or words[first - 3] in context("designator")
    return False


def _year_like(tokens: Tokens, reading: Reading, low: int = 1900) -> bool:
    return (
        reading.bare
        and len(tokens.words[reading.first]) == 4
        and reading.value is not None
        and low <= reading.value <= 2100
    )


def is_date(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether the number is the day, the month's ordinal or the year of a date."""
    if reading.value is None:
        return False
    return _is_day(tokens, reading) or _is_year(tokens, reading)


def _is_day(tokens: Tokens, reading: Reading) -> bool:
    words, gaps, first = tokens.words, tokens.gaps, reading.first
    before = words[first - 1] if first else ""
    if reading.kind == "ordinal" and before in context("month_first"):
        return True
    if reading.value is None or not 1 <= reading.value <= 31 or reading.kind == "fraction":
        return False
    if _month_follows(tokens, reading.last):
        return True
    if first and tokens.words[first - 1].isascii() and _is_month(tokens, first - 1):
        return gaps[first] in (" ", "-", ". ") or (gaps[first] == ", " and len(words[reading.last]) == 4)
    return False


def _month_follows(tokens: Tokens, i: int) -> bool:
    words, gaps = tokens.words, tokens.gaps
    for _ in range(3):
        j = i
        if words[j] in ("st", "nd", "rd", "th"):
            j += 1
        for _ in range(3):
            if words[j] in context("date_link") and is_blank(gaps[j]):
                j += 1
        if _is_month(tokens, j) and gaps[j] in (" ", "-", "/", "", "\n"):
            return True
        if (
            words[i] in ("and", "to", "or", "و", "الي")
            and words[i + 1].isdecimal()
            and len(words[i + 1]) <= 2
        ):
            i += 2
        elif gaps[i].strip() in ("-", ",", "،") and words[i].isdecimal() and len(words[i]) <= 2:
            i += 1
        else:
            return False
    return False


def _is_year(tokens: Tokens, reading: Reading) -> bool:
    words, gaps, first, last = tokens.words, tokens.gaps, reading.first, reading.last
    before = words[first - 1] if first else ""
    if before == "و" and gaps[first] in ("", " "):
        before = words[first - 2]
        if _year_like(tokens, reading) and before[:1].isdigit() and len(before) == 4:
            return True
    if before in context("strong_year") and is_blank(gaps[first]):
        if before.isascii():
            return _year_like(tokens, reading, 1000)
        return reading.kind == "cardinal" and (reading.bare or (reading.value or 0) >= 1000)
    if not _year_like(tokens, reading, 1000):
        return False
    if words[last] in context("year_after") and is_blank(gaps[last]):
        return True
    if _after_month(tokens, first):
        return True
    return (
        _year_like(tokens, reading) and before in context("weak_year") and gaps[first] in (" ", "-", "\n", "")
    )


def _after_month(tokens: Tokens, first: int) -> bool:
    """Tell whether the word before `first`, or the one before a day, is a month."""
    words, gaps = tokens.words, tokens.gaps
    for k in (1, 2, 3, 4):
        if k > first:
            return False
        if _is_month(tokens, first - k) or words[first - k] in context("month_second"):
            return True
        if not (
            words[first - k].isdecimal()
            or words[first - k] in context("date_link")
            or words[first - k] in ("st", "nd", "rd", "th")
        ):
            return False
        if gaps[first - k].strip() not in ("", "-", ","):
            return False
    return False


def is_time(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether the number is a time of day: 3 p.m., الساعة الثالثة, 1400 GMT."""
    words, gaps, first, last = tokens.words, tokens.gaps, reading.first, reading.last
    if first and words[first - 1] in context("clock_before") and is_blank(gaps[first]):
        return True
    after = words[last]
    if after in ("p", "a") and words[last + 1] == "m" and gaps[last + 1] in (".", ""):
        return True
    if after == "o" and words[last + 1] == "clock":
        return True
    if after in context("clock_after") and gaps[last] in (" ", ""):
        return reading.value is not None and (reading.value <= 24 or (reading.bare and reading.value <= 2400))
    return False
