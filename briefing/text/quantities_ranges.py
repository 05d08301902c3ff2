"""Put numbers together: a number with its percent words and unit, and two numbers that make a range."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefing.text.quantities_calendar import is_time
from briefing.text.quantities_context import end_of_chain, is_attached
from briefing.text.quantities_grammar import Reading, read_number
from briefing.text.quantities_lexicon import context
from briefing.text.quantities_parts import currency_before, percent_after, unit_after
from briefing.text.quantities_tokens import Tokens, UnitSpan
from briefing.text.quantities_words import refine

__all__ = ["Part", "first_start", "range_from", "read_part", "read_reading", "short_year"]

_OPENERS = {
    "between": "between",
    "from": "from",
    "بين": "بين",
    "وبين": "بين",
    "من": "من",
    "ومن": "من",
    "مابين": "بين",
}
_MAY_STAND_BETWEEN = frozenset(
    {"us", "about", "some", "the", "age", "ages", "of", "نحو", "حوالي", "سن", "عمر"}
)
_JOINTS = frozenset({"and", "to", "و", "الي", "till", "until", "حتي"})
_TO = frozenset({"to", "الي", "till", "until", "حتي"})
_CHANGE_REACH = 12  # words between a verb of change and the two values it joins ("rose … from 20 to 31")
_CLAUSE_ENDS = frozenset(".;؛!?؟\n")
_SIGNS = " $€£"


class Part(NamedTuple):
    """A number with its percent words and unit: one end of a range, or all of a quantity.

    `start` and `end` index the clean text and hold number and percent words; `last` is one past the last word of
    number, percent words and unit; `points` says percentage points.
    """

    reading: Reading
    start: int
    end: int
    last: int
    percent: bool = False
    unit: UnitSpan | None = None
    points: bool = False


def first_start(tokens: Tokens, first: int) -> int:
    """Give where the number at word `first` starts in the clean text, after the clitics و ف ب ل ك."""
    entry = tokens.entry(first)
    return tokens.start(first) + (entry.skip if entry is not None else 0)


def read_reading(tokens: Tokens, i: int, free: int, limit: int | None = None) -> Reading | None:
    """Read the number at word `i`, corrected by its neighbours; `free` is the first word it may grow to."""
    reading = read_number(tokens, i, limit)
    if reading is None or (tokens.words[i][0].isdigit() and is_attached(tokens, i, reading)):
        return None
    return refine(tokens, reading, free)


def read_part(tokens: Tokens, reading: Reading) -> Part:
    """Add percent words and unit to a reading."""
    first, last = reading.first, reading.last
    start, end = first_start(tokens, first), tokens.end(last - 1)
    if reading.unit is not None or reading.kind == "ordinal":
        if reading.unit is not None and reading.unit.last == first + 1:
            start = reading.unit.start  # ساعة ونصف, without a clitic
        return Part(reading, start, end, last, unit=reading.unit)
    gap = tokens.gaps[first]
    at = last + 1 if reading.kind == "fraction" and tokens.words[last] in ("a", "an") else last
    percent = percent_after(tokens, at)
    if percent is not None:
        return Part(reading, start, percent[0], percent[1], True, None, percent[2] == "pp")
    if reading.bare and gap:
        before = tokens.words[first - 1]
        opens = gap[-2] in " (\n\t" if len(gap) > 1 else not (before[:1].isdigit() or before in tokens.table)
        if gap[-1] == "%" and opens:
            return Part(reading, start - 1, end, last, True)
        if gap[-1] == "-" and ((len(gap) == 1 and first == 0) or (len(gap) > 1 and opens)):
            reading, start = _negative(reading), start - 1
    unit = currency_before(tokens, first) or unit_after(tokens, at, reading)
    return Part(reading, start, end, max(last, unit.last) if unit is not None else last, False, unit)


def _negative(reading: Reading) -> Reading:
    if reading.value is None:
        return reading
    return reading._replace(value=-reading.value, alternatives=(reading.value, *reading.alternatives))


def _opener(tokens: Tokens, first: int) -> str:
    """Give the word that opens a range before `first`: between, from, بين, من; "" when none does."""
    for k in range(first - 1, max(first - 5, -1), -1):
        word = tokens.words[k]
        if word in _OPENERS:
            return _OPENERS[word]
        if word not in _MAY_STAND_BETWEEN:
            return ""
    return ""


def range_from(tokens: Tokens, left: Part) -> tuple[Part, Part | None]:
    """Read the other end of a range that `left` begins.

    Returns:
        The left end and the right one, None when there is no range. `left` may become shorter (بين خمسة وعشرين).
        Two values of a change ("rose from 5 to 7 percent") are no range, but share scale, percent sign and unit.
    """
    reading = left.reading
    if reading.kind not in ("cardinal", "fraction") or reading.value is None:
        return left, None
    following = tokens.words[left.last]
    quiet = following not in _JOINTS and not following[:1].isdigit() and following not in tokens.table
    if quiet and reading.last == reading.first + 1:
        return left, None
    opener = _opener(tokens, reading.first)
    right = _right_end(tokens, left, opener)
    shorter = left
    if right is None and opener == "بين":
        split = _split(tokens, reading)
        if split is not None:
            shorter = read_part(tokens, split)
            right = _right_end(tokens, shorter, opener)
    if right is None:
        return left, None
    shared = _shared(shorter, right)
    if _ascending(shared, right) and not (opener in ("from", "من") and _is_change(tokens, left)):
        return shared, right
    return (shared if opener in ("from", "من") else left), None


def _split(tokens: Tokens, reading: Reading) -> Reading | None:
    for last in range(reading.last - 1, reading.first, -1):
        entry = tokens.entry(last)
        if entry is not None and entry.joined:
            return read_number(tokens, reading.first, last)
    return None


def _right_start(tokens: Tokens, i: int, opener: str) -> int | None:
    """Find the word at which the other end of a range begins, after a dash or a joining word at `i`."""
    word, gap = tokens.words[i], tokens.gaps[i].lstrip("%" + _SIGNS[1:])
    if word[:1].isdigit():
        return i if gap.strip(_SIGNS) == "-" and len(gap) < 5 else None
    if (gap not in (" ", "-") and gap.strip(_SIGNS) != "") or not word:
        return None
    if word == "and":
        return i + 1 if opener == "between" else None
    if word == "و":
        return i + 1 if opener == "بين" else None
    if word in _TO:
        return i + 1 if opener or word in ("to", "الي") else None
    if opener == "بين":
        entry = tokens.entry(i)
        return i if entry is not None and entry.joined else None
    return None


def _right_end(tokens: Tokens, left: Part, opener: str) -> Part | None:
    at = _right_start(tokens, left.last, opener)
    if at is None:
        return None
    if tokens.words[at] in _MAY_STAND_BETWEEN:
        at += 1
    word = tokens.words[at]
    if not word or (word[0].isdigit() and end_of_chain(tokens, at) is not None):
        return None
    if at > left.last and tokens.gaps[at].strip(_SIGNS + "%-"):
        return None
    reading = read_reading(tokens, at, at)
    if reading is None or reading.kind == "ordinal" or reading.value is None or is_time(tokens, reading):
        return None
    return read_part(tokens, reading)


def _shared(left: Part, right: Part) -> Part:
    """Give the left end the scale, percent sign or unit that only the right end has: 5 to 7 million, 10–12%."""
    a, b = left.reading, right.reading
    if a.value is not None and b.value is not None and a.scale == 1 < b.scale and a.value < b.value / b.scale:
        left = left._replace(reading=a._replace(value=a.value * b.scale))
    if left.percent or left.unit is not None:
        return left
    return left._replace(percent=right.percent, points=right.points, unit=right.unit)


def _ascending(left: Part, right: Part) -> bool:
    low, high = left.reading.value, right.reading.value
    if low is None or high is None or left.percent != right.percent:
        return False
    return low < high or short_year(left.reading, right.reading) is not None


def _is_change(tokens: Tokens, left: Part) -> bool:
    """Tell whether a verb of change stands before the number, in its clause."""
    first = left.reading.first
    for k in range(first - 1, max(first - _CHANGE_REACH, 0) - 1, -1):
        if tokens.words[k] in context("change"):
            return True
        if not _CLAUSE_ENDS.isdisjoint(tokens.gaps[k]):
            return False
    return False


def short_year(a: Reading, b: Reading) -> Decimal | None:
    """Give the full year of the second end of a range such as 1950–53, None when it is no such range."""
    if not (a.bare and b.bare) or a.value is None or b.value is None:
        return None
    if 1000 <= a.value <= 2100 and a.value % 100 < b.value < 100:
        return a.value // 100 * 100 + b.value
    return None
