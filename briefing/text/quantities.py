"""Find the quantities of a text, in Arabic and English: numbers in digits and words, percents, money, measures.

Dates, years in a date, times of day, telephone numbers and designators (F-16, Resolution 2216) are not quantities.
The text is only read; what a quantity counts is not decided here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefing.text.quantities_compare import compare_quantities
from briefing.text.quantities_context import end_of_chain, is_attached, is_date, is_designator, is_time
from briefing.text.quantities_grammar import Reading, read_number
from briefing.text.quantities_lexicon import context, starters
from briefing.text.quantities_parts import (
    UnitSpan,
    bound_after,
    bound_before,
    currency_before,
    percent_after,
    unit_after,
    unit_before,
)
from briefing.text.quantities_tokens import Tokens, tokenize
from briefing.text.quantities_types import Bound, Kind, Quantity, QuantityMatch
from briefing.text.quantities_words import read_vague, refine

__all__ = ["Bound", "Kind", "Quantity", "QuantityMatch", "compare_quantities", "find_quantities"]

_DIGITS = frozenset("0123456789")


class _Part(NamedTuple):
    """A number with its percent words and unit: one end of a range, or all of a quantity."""

    reading: Reading
    start: int  # in the clean text
    end: int
    last: int  # one past the last word of number, percent words and unit
    percent: bool
    unit: UnitSpan | None
    points: bool = False


def find_quantities(text: str, language: str | None = None) -> list[Quantity]:
    """Find every quantity of a text.

    Args:
        text: Any text; the spans of the result index it.
        language: "en" or "ar" to read the words of one language only; None reads both.

    Returns:
        Quantities sorted by start, not overlapping. Digits of every script are read in every language.

    >>> [(q.surface, q.value, q.bound, q.unit) for q in find_quantities("At least 20 people in two days")]
    [('20', Decimal('20'), 'at_least', None), ('two', Decimal('2'), 'exact', 'day')]
    >>> [(q.surface, q.value) for q in find_quantities("ثلاث ضربات في يومين")]
    [('ثلاث', Decimal('3')), ('يومين', Decimal('2'))]
    """
    tokens = tokenize(text, language)
    start_words = starters(language)
    found: list[Quantity] = []
    free = 0  # first word that no quantity has used
    for i, word in enumerate(tokens.words):
        if i < free or not (word in start_words or word[:1] in _DIGITS):
            continue
        if not word:
            break
        quantity, free = _read_quantity(tokens, i, free)
        if quantity is not None:
            found.append(quantity)
    return found


def _read_quantity(tokens: Tokens, i: int, free: int) -> tuple[Quantity | None, int]:
    if tokens.words[i][0] in _DIGITS:
        chain = end_of_chain(tokens, i)
        if chain is not None:
            return None, chain
    vague = read_vague(tokens, i, free)
    if vague is not None:
        return _build(tokens, _Part(vague, *_span(tokens, vague), vague.last, False, None), None), vague.last
    reading = _read(tokens, i, free)
    if reading is None:
        return None, i + 1
    if is_date(tokens, reading) or is_time(tokens, reading) or is_designator(tokens, reading):
        return None, reading.last
    part = _part(tokens, reading)
    other = _range_end(tokens, part)
    if other is None:
        return _build(tokens, part, None), part.last
    left, right = other
    return _build(tokens, left, right), right.last


def _read(tokens: Tokens, i: int, free: int, limit: int | None = None) -> Reading | None:
    reading = read_number(tokens, i, limit)
    if reading is None:
        return None
    if tokens.words[i][0] in _DIGITS and is_attached(tokens, i, i + 1):
        return None
    return refine(tokens, reading, free)


def _span(tokens: Tokens, reading: Reading) -> tuple[int, int]:
    return tokens.start(reading.first), tokens.end(reading.last - 1)


def _part(tokens: Tokens, reading: Reading) -> _Part:
    start, end = _span(tokens, reading)
    last = reading.last
    gap = tokens.gaps[reading.first]
    if reading.kind == "ordinal":
        return _Part(reading, start, end, last, False, None)
    if (
        gap[-1:] == "%"
        and (not gap[:-1] or gap[-2:-1].isspace())
        and tokens.words[reading.first][0] in _DIGITS
    ):
        return _Part(reading, start - 1, end, last, True, None)
    percent = percent_after(tokens, last)
    if percent is not None:
        return _Part(reading, start, percent[0], percent[1], True, None, percent[2] == "pp")
    if (
        gap[-1:] == "-"
        and ((gap == "-" and reading.first == 0) or gap[-2:-1] in (" ", "(", "\n"))
        and reading.bare
    ):
        start -= 1
    unit = currency_before(tokens, reading.first) or unit_after(tokens, last, reading.bare)
    if unit is not None and unit.last > last:
        last = unit.last
    return _Part(reading, start, end, last, False, unit)


_RANGE_WORDS = {"between": ("and",), "from": ("to",), "بين": ("و", "الي"), "من": ("الي", "حتي")}


def _opener(tokens: Tokens, first: int) -> str:
    """Give the word that opens a range before `first`: between, from, بين, من; "" when none does."""
    for k in (first - 1, first - 2):
        if k < 0:
            return ""
        word = tokens.words[k]
        if word in _RANGE_WORDS:
            return word
        if word in ("وبين", "وما", "يتراوح"):
            return "بين"
        if word not in ("us", "about", "some", "نحو", "حوالي"):
            return ""
    return ""


def _range_end(tokens: Tokens, left: _Part) -> tuple[_Part, _Part] | None:
    """Read the other end of a range that `left` begins; `left` may become shorter (بين خمسة وعشرين)."""
    reading = left.reading
    if reading.kind not in ("cardinal", "fraction") or reading.value is None:
        return None
    opener = _opener(tokens, reading.first)
    right = _right_end(tokens, left, opener)
    if right is None and opener == "بين":
        split = _split(tokens, reading)
        if split is not None:
            left = _part(tokens, split)
            right = _right_end(tokens, left, opener)
    if right is None:
        return None
    left = _shared(left, right)
    return (left, right) if _ascending(tokens, left, right) else None


def _split(tokens: Tokens, reading: Reading) -> Reading | None:
    for last in range(reading.last - 1, reading.first, -1):
        entry = tokens.entry(last)
        if entry is not None and entry.joined:
            return read_number(tokens, reading.first, last)
    return None


def _right_end(tokens: Tokens, left: _Part, opener: str) -> _Part | None:
    words, gaps, i = tokens.words, tokens.gaps, left.last
    word, gap = words[i], gaps[i].replace("%", "").lstrip("$€£")
    if gap.strip(" $€£") == "-" and len(gap) < 5 and (word[:1].isdigit() or tokens.entry(i)):
        if gap == "-" and not word[:1].isdigit():
            return None
        at = i
    elif word in ("and", "و"):
        if (word == "and" and opener != "between") or (word == "و" and opener != "بين"):
            return None
        at = i + 1
    elif word in ("to", "الي", "till", "until", "حتي"):
        if word in ("الي", "حتي", "till", "until") and not opener:
            return None
        at = i + 1
    elif opener == "بين" and (entry := tokens.entry(i)) is not None and entry.joined:
        at = i
    else:
        return None
    if words[at] in ("us",):
        at += 1
    if words[at][:1].isdigit() and end_of_chain(tokens, at) is not None:
        return None
    if at > i and len(gaps[at].strip(" $€£%")) > 0:
        return None
    reading = _read(tokens, at, at) if words[at] else None
    if reading is None or reading.kind == "ordinal" or reading.value is None or is_time(tokens, reading):
        return None
    return _part(tokens, reading)


def _shared(left: _Part, right: _Part) -> _Part:
    """Give the left end the scale and percent sign that only the right end has: 5 to 7 million, 10–12%."""
    a, b = left.reading, right.reading
    if a.value is not None and b.value is not None and a.scale == 1 < b.scale and a.value < b.value / b.scale:
        left = left._replace(reading=a._replace(value=a.value * b.scale))
    if right.percent and not left.percent:
        left = left._replace(percent=True, points=right.points)
    return left


def _ascending(tokens: Tokens, left: _Part, right: _Part) -> bool:
    low, high = left.reading.value, right.reading.value
    if low is None or high is None or left.percent != right.percent:
        return False
    if low < high:
        first = left.reading.first
        return not any(tokens.words[k] in context("change") for k in range(max(0, first - 4), first))
    return _short_year(left.reading, right.reading) is not None


def _short_year(a: Reading, b: Reading) -> Decimal | None:
    if (
        a.bare
        and b.bare
        and a.value
        and b.value is not None
        and 1000 <= a.value <= 2100
        and 10 <= b.value < 100
    ):
        full = a.value // 100 * 100 + b.value
        return full if full > a.value else None
    return None


def _build(tokens: Tokens, left: _Part, right: _Part | None) -> Quantity:
    reading, final = left.reading, right or left
    start, end = tokens.clean.span(left.start, final.end)
    value, alternatives = reading.value, reading.alternatives
    value_max: Decimal | None = None
    if value is not None and tokens.clean.text[left.start : left.start + 1] == "-":
        value, alternatives = -value, (value,)
    if right is not None:
        value_max = right.reading.value
        year = _short_year(reading, right.reading)
        if year is not None and value_max is not None:
            value_max, alternatives = year, (year, value_max)
    unit = final.unit or left.unit
    if unit is None and value is not None and not final.percent and reading.kind == "cardinal":
        unit = unit_before(tokens, reading.first) if _takes_unit_before(tokens, reading) else None
    name, unit_span, kind = _describe(tokens, final, unit)
    bound: Bound = "vague" if value is None else "range" if right is not None else _bound(tokens, left)
    return Quantity(
        start,
        end,
        tokens.clean.original[start:end],
        value,
        value_max,
        alternatives,
        bound,
        kind,
        name,
        *unit_span,
    )


def _takes_unit_before(tokens: Tokens, reading: Reading) -> bool:
    entry = tokens.entry(reading.first)
    before = tokens.words[reading.first - 1] if reading.first else ""
    if entry is not None and entry.role in ("one", "two"):
        return True
    return before.startswith(("ال", "لل", "بال", "وال")) and (entry is None or entry.article)


def _describe(
    tokens: Tokens, part: _Part, unit: UnitSpan | None
) -> tuple[str | None, tuple[int | None, int | None], Kind]:
    reading = part.reading
    if reading.value is None:
        return None, (None, None), "vague"
    if part.percent:
        return ("pp" if part.points else None), (None, None), "percent"
    if reading.kind == "ordinal":
        return None, (None, None), "ordinal"
    if unit is not None:
        return (
            unit.name,
            tokens.clean.span(unit.start, unit.end),
            "money" if unit.kind == "money" else "measure",
        )
    entry = tokens.entry(reading.first)
    if entry is not None and entry.role == "dual" and entry.unit:
        money = entry.unit in ("USD", "rial", "dinar", "AED")
        span = tokens.clean.span(tokens.start(reading.first), tokens.end(reading.first))
        return entry.unit, span, "money" if money else "measure"
    return None, (None, None), "cardinal"


def _bound(tokens: Tokens, part: _Part) -> Bound:
    first = part.reading.first
    if part.unit is not None and part.unit.last < first:
        first = part.unit.last
    found = bound_before(tokens, first) or bound_after(tokens, part.reading.last)
    return found or "exact"  # type: ignore[return-value]
