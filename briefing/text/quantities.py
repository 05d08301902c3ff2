"""Find the quantities of a text, in Arabic and English: numbers in digits and words, percents, money, measures.

Dates, years in a date, times of day, telephone numbers and designators (F-16, Resolution 2216) are not quantities.
The text is only read; what a quantity counts is not decided here.
"""

from __future__ import annotations

from decimal import Decimal

from briefing.text.quantities_calendar import (
    counts_noun,
    end_of_time,
    end_of_years,
    has_telling_neighbour,
    is_date,
    is_time,
)
from briefing.text.quantities_compare import compare_quantities
from briefing.text.quantities_context import end_of_chain, end_of_designators, is_designator
from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import starters
from briefing.text.quantities_mixed import read_mixed, with_trailing_share
from briefing.text.quantities_parts import bound_after, bound_before, unit_before
from briefing.text.quantities_ranges import Part, first_start, range_from, read_part, read_reading, short_year
from briefing.text.quantities_tokens import Tokens, UnitSpan, tokenize
from briefing.text.quantities_types import Bound, Kind, Quantity, QuantityMatch
from briefing.text.quantities_words import read_vague

__all__ = ["Bound", "Kind", "Quantity", "QuantityMatch", "compare_quantities", "find_quantities"]

_DIGITS = frozenset("0123456789")


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
    vocabulary = set(tokens.words)
    wanted = (vocabulary & starters(language)).union(word for word in vocabulary if word[:1] in _DIGITS)
    found: list[Quantity] = []
    free = 0  # first word that no quantity has used
    for i in [i for i, word in enumerate(tokens.words) if word in wanted]:
        if i >= free:
            quantity, free = _read_quantity(tokens, i, free)
            if quantity is not None:
                found.append(quantity)
    return found


def _read_quantity(tokens: Tokens, i: int, free: int) -> tuple[Quantity | None, int]:
    reading: Reading | None = None
    if tokens.words[i][0] in _DIGITS:
        chain = end_of_chain(tokens, i)
        if chain is not None:
            return None, chain
    else:
        reading = read_vague(tokens, i, free)
        if reading is not None:
            part = Part(
                reading, first_start(tokens, reading.first), tokens.end(reading.last - 1), reading.last
            )
            return _build(tokens, part, None), reading.last
        reading = read_mixed(tokens, i, free)
    reading = reading or read_reading(tokens, i, free)
    if reading is None:
        return None, i + 1
    if has_telling_neighbour(tokens, reading):
        if is_designator(tokens, reading):
            return None, end_of_designators(tokens, reading)
        if is_date(tokens, reading):
            return None, end_of_years(tokens, reading.last)
        if is_time(tokens, reading):
            return None, end_of_time(tokens, reading.last)
    part = read_part(tokens, reading)
    longer = with_trailing_share(tokens, reading, part.unit)
    if longer is not None:
        part = read_part(tokens, longer)
    left, right = range_from(tokens, part)
    return _build(tokens, left, right), left.last if right is None else right.last


def _build(tokens: Tokens, left: Part, right: Part | None) -> Quantity:
    reading, final = left.reading, right or left
    start, end = _original_span(tokens, left.start, final.end)
    value, alternatives = _readings(tokens, left)
    value_max: Decimal | None = None
    if right is not None:
        value_max = right.reading.value
        year = short_year(reading, right.reading)
        if year is not None and value_max is not None:
            value_max, alternatives = year, (year, value_max)
    unit = final.unit or left.unit
    if unit is None and value is not None and not final.percent and reading.kind == "cardinal":
        unit = _unit_before(tokens, reading)
    name, unit_span, kind = _describe(tokens, final, unit)
    bound: Bound = "vague" if value is None else "range" if right is not None else _bound(tokens, left)
    return Quantity(
        start,
        end,
        tokens.clean.original[start:end],
        value if value is None or reading.bare else _tidy(value),
        None if value_max is None else _tidy(value_max),
        tuple(map(_tidy, alternatives)) if alternatives else (),
        bound,
        kind,
        name,
        *unit_span,
    )


def _readings(tokens: Tokens, part: Part) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """Give the value and its alternatives, people being counted in wholes: 2.345 people are 2,345."""
    reading = part.reading
    value, alternatives = reading.value, reading.alternatives
    if not alternatives:
        return value, ()
    if value is None or not 0 < value < alternatives[0] or part.percent or part.unit is not None:
        return value, alternatives
    if counts_noun(tokens, part.last, reading):
        return alternatives[0], (value,)
    return value, alternatives


def _tidy(value: Decimal) -> Decimal:
    """Drop the empty decimals of a product such as 2.4 × 1,000,000,000."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _original_span(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Give the span in the original text, with the vowel signs that follow its last letter."""
    start, end = tokens.clean.span(start, end)
    original = tokens.clean.original
    while end < len(original) and "\u064b" <= original[end] <= "\u0652":
        end += 1
    return start, end


def _unit_before(tokens: Tokens, reading: Reading) -> UnitSpan | None:
    """Read a unit before an Arabic number: after "one" and "two" (يوم واحد), or both definite (الساعات الـ24)."""
    first, entry = reading.first, tokens.entry(reading.first)
    if entry is None:
        if tokens.gaps[first] != "" or tokens.words[first - 1] != "ال":
            return None
        first -= 1
    elif entry.role not in ("one", "two") and not entry.article:
        return None
    if entry is not None and entry.role not in ("one", "two") and "ال" not in tokens.words[first - 1][:4]:
        return None
    return unit_before(tokens, first)


def _describe(
    tokens: Tokens, part: Part, unit: UnitSpan | None
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
            _original_span(tokens, unit.start, unit.end),
            "money" if unit.kind == "money" else "measure",
        )
    entry = tokens.entry(reading.first)
    if entry is not None and entry.role == "dual" and entry.unit:
        money = entry.unit in ("USD", "rial", "dinar", "AED")
        span = _original_span(tokens, tokens.start(reading.first), tokens.end(reading.first))
        return entry.unit, span, "money" if money else "measure"
    return None, (None, None), "cardinal"


def _bound(tokens: Tokens, part: Part) -> Bound:
    first = part.reading.first
    if part.unit is not None and part.unit.last < first:
        first = part.unit.last
    return bound_before(tokens, first) or bound_after(tokens, part.reading.last) or "exact"
