"""Tell which figures are not quantities: designators, dates, years in a date, clock times, numbers of telephones.

Each function looks at the words around a reading; none reads numbers itself.
"""

from __future__ import annotations

import re

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import context, units
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = [
    "end_of_chain",
    "end_of_designators",
    "end_of_years",
    "is_attached",
    "is_date",
    "is_designator",
    "is_time",
]

_CLITICS = frozenset(
    {"و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "فال", "لل", "ول", "وب", "ولل", "وبال", "فب"}
)
_CURRENCY_LETTERS = frozenset({"us", "usd", "eur", "gbp", "rs", "sar", "aed", "ils", "cny", "rmb"})
_PREFIXES = frozenset({"mid", "pre", "post", "under", "over", "sub", "non", "ex"})
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\.(?:com|org|net|gov|edu|info|io)\b)\S*")
_RANGE_OPENERS = frozenset({"between", "from", "بين", "من"})
_RANGE_JOINTS = frozenset({"and", "to", "و", "الي", "حتي", "until"})
_YEAR_WORDS = frozenset({"in", "since", "by", "during", "until", "منذ", "خلال", "حتي"})


def _is_month(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if word in context("month"):
        if word in context("month_capital"):
            return tokens.raw(i)[:1].isupper()
        return word != "صفر" or tokens.words[i - 1] in ("شهر", "من")
    return word in context("month_first") and tokens.words[i + 1] in context("month_second")


def is_attached(tokens: Tokens, i: int, reading: Reading) -> bool:
    """Tell whether the figure at `i` is part of a name (F-16, G7, 5G), an address or a tag."""
    last = i + 1
    gap, before = tokens.gaps[i], tokens.words[i - 1] if i else ""
    if before and not before[0].isdigit():
        if gap == "" and before not in _CLITICS and before not in _CURRENCY_LETTERS:
            return before.isascii() or len(before) < 3 or before in context("designator")
        if gap == "-" and before not in _CLITICS and before not in _PREFIXES:
            return True
    if gap[-1:] in ("_", "@", "#", "\\", "=", "&"):
        return True
    after = tokens.words[last]
    if tokens.gaps[last] == "" and after and not after[0].isdigit():
        known = reading.last > last or _may_follow_digits(tokens, last)
        if not known:
            return True
    if gap[-1:] in ("/", ".", ":", "-") or tokens.gaps[last][:1] in ("/", "_", "@"):
        return _in_address(tokens, i)
    return False


def _may_follow_digits(tokens: Tokens, i: int) -> bool:
    """Tell whether the letters at `i` may stand directly after digits: 21st, 30km, 3pm, but not 5G or 1990s."""
    word, raw = tokens.words[i], tokens.raw(i)
    entry = tokens.entry(i)
    if entry is not None and entry.role != "and":
        return (
            entry.role != "short_scale"
            or word in ("k", "m", "b", "bn", "mn", "tn", "trn", "mln", "bln")
            or not raw.isupper()
        )
    if word in context("clock_after") or word in ("pct", "percent"):
        return True
    return any(not unit.digits_only or not raw.isupper() for _, unit in units().get(word, ()))


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


def end_of_designators(tokens: Tokens, reading: Reading) -> int:
    """Give one past a list of designators: resolutions 242 and 338, القرارين 242 و338."""
    words, gaps, i = tokens.words, tokens.gaps, reading.last
    if words[reading.first - 1] not in context("designator_plural"):
        return i
    while True:
        j = i + 1 if words[i] in ("and", "و") else i
        if not words[j].isdecimal() or (j == i and gaps[i].strip() not in (",", "،")):
            return i
        i = j + 1


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
        if words[first - 2][:1].isdigit() and is_blank(gaps[first - 1]):
            return False  # 3 December 20 people
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
    if gaps[first][-1:] == "(" and gaps[last][:1] == ")":
        return True
    if _names_its_year(tokens, reading, before):
        return True
    if before not in context("weak_year") or gaps[first] not in (" ", "-", "\n", ""):
        return False
    end = _year_range_end(tokens, last) if before in _RANGE_OPENERS else None
    if end is None and before in _RANGE_OPENERS and words[last] in _RANGE_JOINTS:
        return False
    if before in _YEAR_WORDS and (reading.value or 0) >= 1900:
        return True
    return not _counts_noun(tokens, last if end is None else end)


def _names_its_year(tokens: Tokens, reading: Reading, before: str) -> bool:
    """Tell a year that names its noun (the 2015 deal, Treaty of Rome 1957, حرب 1973) from a count (2023 soldiers)."""
    first, last = reading.first, reading.last
    if (
        not before
        or not is_blank(tokens.gaps[first])
        or (reading.value or 0) < 1800
        or _counts_noun(tokens, last)
    ):
        return False
    if before in context("year_noun"):
        return True
    if before in context("determiner"):
        return is_blank(tokens.gaps[last]) and tokens.words[last] not in ("and", "or", "in", "of", "to")
    return before.isascii() and before.isalpha() and tokens.raw(first - 1)[0].isupper() and first > 1


def end_of_years(tokens: Tokens, i: int) -> int:
    """Give one past the second year of 2014–16 when a date's last word stands before `i`, else `i`."""
    if tokens.gaps[i] == "-" and tokens.words[i].isdecimal() and len(tokens.words[i]) in (2, 4):
        return i + 1
    return i


def _year_range_end(tokens: Tokens, i: int) -> int | None:
    """Give one past the second year of a range whose joining word is at `i`, None when none follows."""
    words = tokens.words
    if words[i] in _RANGE_JOINTS and len(words[i + 1]) == 4 and words[i + 1].isdecimal():
        return i + 2 if "1000" <= words[i + 1] <= "2100" else None
    return None


def _counts_noun(tokens: Tokens, i: int) -> bool:
    """Tell whether the word at `i` looks like a noun that a number before it counts: soldiers, people, جنديا."""
    word = tokens.words[i]
    if not is_blank(tokens.gaps[i]) or not word or word[0].isdigit():
        return False
    if word.isascii():
        return (word[-1] == "s" and len(word) > 3 and tokens.raw(i).islower()) or word in context("counted")
    return word not in context("not_counted") and not word.startswith(("ال", "و", "لل"))


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
    if after in context("clock_after") and gaps[last] in (" ", "") and reading.value is not None:
        if after.isascii():
            return reading.value <= 24 or (reading.bare and reading.value <= 2400)
        return reading.value <= 24 and _is_arabic_time(tokens, reading)
    return False


def _is_arabic_time(tokens: Tokens, reading: Reading) -> bool:
    """Tell a time of day (عند الخامسة فجرا) from a number or ordinal before an adverb (القافلة الأولى فجرا)."""
    first, last = reading.first, reading.last
    if reading.kind == "ordinal" or tokens.words[last + 1].startswith(("ال", "امس")):
        return first > 0 and tokens.words[first - 1] in context("clock_preposition")
    return True
