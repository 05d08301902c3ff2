"""Find the dates of a text, in Arabic and English, with their spans and values.

What a value looks like and when two match is in `dates_value`. The rules that matter to a caller:

* The span covers the core of the date: "late November 2023" gives "November 2023", "بين 3 و5 مارس" gives
  "3 و5 مارس", "وديسمبر" gives "ديسمبر". A weekday before its date belongs to it: "Tuesday, 3 December".
* A date without a year keeps its value ("XXXX-12-03"); with an anchor, `resolved_value` says which day is
  meant: the nearest to the anchor, the past preferred (a day to come counts double its distance).
* A relative date ("Tuesday", "أمس", "last month", "ديسمبر الماضي") becomes a calendar value with an anchor
  and `resolved` is true; without one it keeps its relative value ("XXXX-WXX-2", "D-1", "M-1", "XXXX-12").
* A weekday alone means the latest one up to the anchor, or the next one after a word such as "will" or
  "المقرر"; `alternatives` holds the other.
* 03/12/2023 is read day first (month first for en-US); `alternatives` holds the other reading.
* A full Hijri date has its Gregorian value; a partial one a value such as "AH1445-09".
* A year or an ambiguous month (May, March, مارس) counts only in a context that makes it one.
* No dates: decades and centuries, hours, recurring days ("every Friday"), bare 11/20, "the next day".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from briefing.text.dates_grammar import Fields, Found, compose, date_at
from briefing.text.dates_lexicon import load_lexicon
from briefing.text.dates_ranges import day_list_at, range_at
from briefing.text.dates_relative import Relative, relative_at
from briefing.text.dates_tokens import PADDING, Scan, scans
from briefing.text.dates_value import days_of, resolve, same_date
from briefing.text.dates_years import year_at, year_list_at, year_range_at

__all__ = ["DateMention", "find_dates", "parse_date", "same_date"]

_MONTH_FIRST = frozenset({"en-us", "en_us"})
_CORE_LANGUAGES = frozenset({"ar", "en"})
_FUTURE_VERB = re.compile("[وف]?س[يتن]\\w{3,}")  # سيعقد, ستبدأ
_ISO_PART = re.compile(r"\d{4}(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date of a text.

    Attributes:
        start: Where it begins in the text, in code points.
        end: Where it ends (half-open).
        surface: text[start:end].
        value: See dates_value for the forms.
        value_end: The last day, month or year of a range, both ends included.
        resolved: The value was found with the help of the anchor.
        resolved_value: A date that lacks a year, completed from the anchor; None when nothing was to complete.
        alternatives: Other values the same words can have.
        calendar: The calendar the text uses: gregorian or hijri.
    """

    start: int
    end: int
    surface: str
    value: str
    value_end: str | None = None
    resolved: bool = False
    resolved_value: str | None = None
    alternatives: tuple[str, ...] = ()
    calendar: str = "gregorian"


def _mention(s: Scan, first: int, end: int, value: str, **more: object) -> DateMention:
    start, stop = s.span(first, end)
    return DateMention(start, stop, s.clean.original[start:stop], value, **more)  # type: ignore[arg-type]


def _future(s: Scan, i: int) -> bool:
    """Tell whether the words before token `i`, in its sentence, speak of what is to come."""
    for word in s.words_before(i):
        entry = s.words.get(word)
        if entry and "future" in entry.roles:
            return True
        if _FUTURE_VERB.fullmatch(word) and not (entry and "not_future" in entry.roles):
            return True
    return False


def _explicit(s: Scan, found: Found, anchor: date | None, until: Found | None = None) -> DateMention | None:
    """Make the mention of an explicit date or range."""
    fields, last = found.fields, until or found
    value, value_end = compose(fields), compose(until.fields) if until else None
    if value is None or (until and value_end is None):
        return None
    alternatives = tuple(v for v in (compose(other) for other in found.alternatives) if v)
    resolved, resolved_value = False, None
    if anchor:
        future = _future(s, found.first)
        relative = fields.direction is not None or (fields.year or "").startswith("Y")
        new = resolve(value, anchor, fields.direction, future)
        if relative and new:
            value, resolved = new[0], True
        elif new:
            resolved_value = new[0]
        if value_end and until:
            new_end = _end_after(new[0] if new else value, value_end, anchor, until.fields)
            value_end = new_end if resolved else value_end
            resolved_value = f"{resolved_value}/{new_end}" if resolved_value else None
    return _mention(
        s,
        found.first,
        last.end,
        value,
        value_end=value_end,
        resolved=resolved,
        resolved_value=resolved_value,
        alternatives=alternatives,
        calendar=fields.calendar,
    )


def _end_after(start: str, end: str, anchor: date, fields: Fields) -> str:
    """Complete the last day of a range so that it is not before the first."""
    if "XXXX" not in end:
        new = resolve(end, anchor, fields.direction)
        return new[0] if new else end
    if not start[:4].isdigit():
        return end
    same_year = start[:4] + end[4:]
    return same_year if same_year >= start else f"{int(start[:4]) + 1:04}{end[4:]}"


def _relative(s: Scan, found: Relative, anchor: date | None) -> DateMention:
    """Make the mention of a relative date."""
    future = found.value.startswith("XXXX") and _future(s, found.first)
    new = resolve(found.value, anchor, found.direction, future) if anchor else []
    if not new:
        return _mention(s, found.first, found.end, found.value)
    return _mention(s, found.first, found.end, new[0], resolved=True, alternatives=tuple(new[1:]))


def _explicit_after(s: Scan, found: Relative) -> Found | None:
    """Read the explicit date that follows "اليوم الأحد": the whole is one date."""
    if not found.value.startswith("D"):
        return None
    for j in (found.end - 1, found.end):
        after = date_at(s, j) if j > found.first else None
        if after and after.fields.day:
            return Found(after.fields, found.first, after.end, alternatives=after.alternatives)
    return None


def _explicit_at(s: Scan, i: int) -> list[tuple[Found, Found | None]]:
    """Read the explicit dates and ranges (first end, last end) that begin at token `i`."""
    token = s.at(i)
    if token.number is not None and len(token.text) == 4:
        return _years_at(s, i)
    if not (token.numeric or (s.months and (token.entry.explicit or token.number is not None))):
        return []
    lax = date_at(s, i, lax=True)
    if ends := range_at(s, i, lax):
        return [ends]
    if days := day_list_at(s, i):
        return [(found, None) for found in days]
    strict = lax if lax is None or lax.fields.day or lax.fields.year else date_at(s, i)
    return [(strict, None)] if strict else []


def _years_at(s: Scan, i: int) -> list[tuple[Found, Found | None]]:
    """Read a range of years, or a year and the list that follows it."""
    if ends := year_range_at(s, i):
        return [ends]
    years: list[Found] = []
    found = year_at(s, i)
    while found:
        years.append(found)
        found = year_list_at(s, found)
    return [(year, None) for year in years]


def _at(s: Scan, i: int, anchor: date | None) -> tuple[list[DateMention], int]:
    """Read what begins at token `i`: (mentions, next token); no mentions when nothing does."""
    token = s.at(i)
    dates = _explicit_at(s, i)
    if not dates and (token.entry.relative or (s.units and token.number is not None)):
        if (relative := relative_at(s, i)) is None:
            return [], i
        after = _explicit_after(s, relative)
        if after is None:
            return [_relative(s, relative, anchor)], relative.end
        dates = [(after, None)]
    mentions = [mention for a, b in dates if (mention := _explicit(s, a, anchor, b))]
    return mentions, (dates[-1][1] or dates[-1][0]).end if mentions else i


def _find(text: str, language: str | None, anchor: str | None, whole: bool) -> list[DateMention]:
    name = (language or "").lower()
    known = not name or re.split("[-_]", name)[0] in _CORE_LANGUAGES
    lexicon = load_lexicon(None if known else name)
    day = date.fromisoformat(anchor[:10]) if anchor else None
    found: list[DateMention] = []
    for s in scans(text, lexicon, month_first=name in _MONTH_FIRST, whole=whole):
        i = PADDING
        while i < len(s.tokens) - PADDING:
            token = s.tokens[i]
            if token.entry.explicit or token.entry.relative or token.kind in ("number", "date"):
                mentions, after = _at(s, i, day)
                found += mentions
                i = max(after, i + 1)
            else:
                i += 1
    return found


def find_dates(text: str, language: str | None = None, anchor: str | None = None) -> list[DateMention]:
    """Find all dates of a text.

    Args:
        text: Any text.
        language: BCP 47 tag. Arabic and English are always read; another language adds its month names.
            "en-US" reads 03/12/2023 month first.
        anchor: Day of publication, ISO 8601.

    Returns:
        Mentions in order of start, not overlapping.

    Raises:
        ValueError: The anchor is no ISO date.

    >>> [(m.surface, m.value) for m in find_dates("وقعت في ٣ كانون الأول/ديسمبر ٢٠٢٣ وفي منتصف يناير")]
    [('٣ كانون الأول/ديسمبر ٢٠٢٣', '2023-12-03'), ('يناير', 'XXXX-01')]
    >>> [m.value for m in find_dates("The talks were held on Tuesday.", anchor="2024-03-14")]
    ['2024-03-12']
    """
    return _find(text, language, anchor, whole=False)


def parse_date(text: str, anchor: str | None = None) -> DateMention | None:
    """Read a text that is one date and nothing else; None when it is not.

    No context is asked for: "2024", "2024-03" and "May" are dates here.

    >>> parse_date("3 December 2023").value, parse_date("مارس").value, parse_date("2024-03").value
    ('2023-12-03', 'XXXX-03', '2024-03')
    """
    core = text.strip()
    if _ISO_PART.fullmatch(core) and core.isascii() and days_of(core):
        at = text.index(core)
        return DateMention(at, at + len(core), core, core)
    mentions = _find(text, None, anchor, whole=True)
    if len(mentions) != 1 or len(mentions[0].surface) < len(core):
        return None
    return mentions[0]
