"""Tell which numbers belong to dates and times of day, so that they are not counted as quantities.

What a date says is read by `dates`; here only its numbers are recognised, by the words around them.
"""

from __future__ import annotations

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import context, telling_after, telling_before
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = ["counts_noun", "end_of_time", "end_of_years", "has_telling_neighbour", "is_date", "is_time"]

_RANGE_OPENERS = frozenset({"between", "from", "بين", "من", "وبين", "ومن"})
_DAY_JOINTS = frozenset({"and", "to", "or", "و", "الي"})
_RANGE_JOINTS = frozenset({"and", "to", "و", "الي", "حتي", "until"})


def _is_month(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if word in context("month"):
        if word in context("month_capital"):
            return tokens.raw(i)[:1].isupper()
        return word != "صفر" or tokens.words[i - 1] in ("شهر", "من")
    return word in context("month_first") and tokens.words[i + 1] in context("month_second")


def _year_like(tokens: Tokens, reading: Reading, low: int = 1900) -> bool:
    return (
        reading.bare
        and len(tokens.words[reading.first]) == 4
        and reading.value is not None
        and low <= reading.value <= 2100
    )


def has_telling_neighbour(tokens: Tokens, reading: Reading) -> bool:
    """Tell, fast, whether anything next to the number can make it part of a date, a time or a name."""
    words, first, last = tokens.words, reading.first, reading.last
    if reading.bare and len(words[first]) == 4:
        return True
    before, after = words[first - 1] if first else "", words[last]
    if before in telling_before() or after in telling_after() or after[:1].isdigit():
        return True
    return after in _DAY_JOINTS and words[last + 1][:1].isdigit()


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
        return gaps[first] in (" ", "-", ". ") or (
            gaps[first] == ", " and len(words[reading.last]) == 4 and words[reading.last].isdecimal()
        )
    return False


def _month_follows(tokens: Tokens, i: int) -> bool:
    words, gaps = tokens.words, tokens.gaps
    if words[i] == "من" and words[i + 1] == "الشهر":  # في 26 من الشهر الجاري
        return True
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
    first, gap = reading.first, tokens.gaps[reading.first]
    before = tokens.words[first - 1] if first else ""
    if (
        before in context("strong_year")
        and is_blank(gap)
        and not before.isascii()
        and reading.kind == "cardinal"
    ):
        if (reading.value or 0) >= 1000:
            return True
        return reading.bare and not counts_noun(tokens, reading.last, reading)
    if not _year_like(tokens, reading, 1000):
        return False
    return (
        _year_by_itself(tokens, reading)
        or _year_after_word(tokens, reading, before)
        or _year_after_year(tokens, reading)
    )


def _year_by_itself(tokens: Tokens, reading: Reading) -> bool:
    """Tell a year by its month, its era or its brackets: May 2023, 2023 م, (2023), (1914–18)."""
    words, gaps, first, last = tokens.words, tokens.gaps, reading.first, reading.last
    if words[last] in context("year_after") and (
        gaps[last] == "" or (gaps[last] == " " and words[last] != "م")
    ):
        return True
    end = end_of_years(tokens, last)
    if gaps[first][-1:] == "(" and gaps[end][:1] == ")":
        return True
    if words[first - 1] in ("1", "2", "3", "4") and words[first - 2] in ("q", "h"):
        return True  # Q3 2023
    return _after_month(tokens, first)


def _year_after_year(tokens: Tokens, reading: Reading) -> bool:
    """Tell the second year of a list: in 2014 and 2016, عامي 2014 و2022, in 1563, 1593."""
    words, gaps, first = tokens.words, tokens.gaps, reading.first
    joined = words[first - 1] in ("and", "or", "to", "و", "الي") and is_blank(gaps[first - 1])
    at = first - 2 if joined else first - 1
    if not joined and gaps[first] not in (", ", "، "):
        return False
    year = at >= 0 and len(words[at]) == 4 and words[at].isdecimal() and "1000" <= words[at] <= "2100"
    return year and not counts_noun(tokens, reading.last, reading)


def _year_after_word(tokens: Tokens, reading: Reading, before: str) -> bool:
    """Tell a year by the word before it: in 2023, since 2011, the 2015 deal, العام الدراسي 2019, حرب 1973."""
    words, gaps, first, last = tokens.words, tokens.gaps, reading.first, reading.last
    value = reading.value or 0
    if not before or gaps[first] not in (" ", "-", "\n", ""):
        return False
    if before in context("strong_year") or (
        before.startswith("ال") and words[first - 2] in context("strong_year")
    ):
        return True
    if value >= 1800 and _names_its_year(tokens, reading, before):
        return True
    surely = before in context("sure_year")
    end = _year_range_end(tokens, last) if before in _RANGE_OPENERS else None
    if not surely and (before not in context("weak_year") or (value < 1800 and end is None)):
        return False
    if end is None and before in _RANGE_OPENERS and words[last] in _RANGE_JOINTS:
        return False
    if surely and value >= 1900:
        return True
    return not counts_noun(tokens, last if end is None else end, reading)


def _year_range_end(tokens: Tokens, i: int) -> int | None:
    """Give one past the second year of a range whose joining word is at `i`, None when none follows."""
    words = tokens.words
    if words[i] in _RANGE_JOINTS and len(words[i + 1]) == 4 and words[i + 1].isdecimal():
        return i + 2 if "1000" <= words[i + 1] <= "2100" else None
    return None


def counts_noun(tokens: Tokens, i: int, reading: Reading) -> bool:
    """Tell whether the word at `i` looks like a noun that the number counts: soldiers, people, جنديا.

    In Arabic, whole hundreds are followed by any noun in the genitive, other numbers by one in the accusative.
    """
    word = tokens.words[i]
    if not is_blank(tokens.gaps[i]) or not word or word[0].isdigit():
        return False
    if word.isascii():
        if word in context("event_plural"):
            return False
        plural = word[-1] == "s" and word[-2:] not in ("ss", "us", "is") and len(word) > 3
        return (plural and tokens.raw(i).islower()) or word in context("counted")
    if word in context("not_counted") or word.startswith(("ال", "و", "لل")):
        return False
    return (reading.value or 0) % 100 == 0 or word[-1] in "اه"


def _names_its_year(tokens: Tokens, reading: Reading, before: str) -> bool:
    """Tell a year that names its noun (the 2015 deal, حرب 1973) from a count (2023 soldiers)."""
    last = reading.last
    if not is_blank(tokens.gaps[reading.first]) or counts_noun(tokens, last, reading):
        return False
    if before in context("determiner"):
        return is_blank(tokens.gaps[last]) and tokens.words[last] not in ("and", "or", "in", "of", "to")
    return before in context("year_noun")


def end_of_years(tokens: Tokens, i: int) -> int:
    """Give one past the second year of 2014–16 when a date's last word stands before `i`, else `i`."""
    if tokens.gaps[i] == "-" and tokens.words[i].isdecimal() and len(tokens.words[i]) in (2, 4):
        return i + 1
    return i


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
        if gaps[first - k].strip() not in ("", "-", ",", "."):
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


def end_of_time(tokens: Tokens, i: int) -> int:
    """Give one past what follows an hour at `i`: والنصف, إلا ربعا, و45 دقيقة."""
    words = tokens.words
    if words[i] in ("والنصف", "والربع", "والثلث", "ونصف", "وربع"):
        return i + 1
    if words[i] == "و" and words[i + 2] in ("دقيقه", "دقايق"):
        return i + 3
    return i + 2 if words[i] == "الا" and words[i + 1].startswith(("ربع", "ثلث")) else i


def _is_arabic_time(tokens: Tokens, reading: Reading) -> bool:
    """Tell a time of day (عند الخامسة فجرا) from a number or ordinal before an adverb (القافلة الأولى فجرا)."""
    first, last = reading.first, reading.last
    if reading.kind == "ordinal" or tokens.words[last + 1].startswith(("ال", "امس")):
        return first > 0 and tokens.words[first - 1] in context("clock_preposition")
    return True
