"""Read one number in words, digits or both from a list of words, by a descending-scale grammar.

What each word does is in `quantities_steps`; here words are taken one by one until none can follow. Nothing looks
at what the number counts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefing.text.quantities_lexicon import Entry
from briefing.text.quantities_steps import NO_SCALE, State, as_accusative, step
from briefing.text.quantities_tokens import Tokens, UnitSpan, is_blank

__all__ = ["Reading", "read_number"]


_DIGIT_ROLES = frozenset({"zero", "unit", "one", "two"})


class Reading(NamedTuple):
    """A number read from words `first` to `last` (exclusive).

    `value` is None for vague words; `scale` is the last scale word used (1 when none); `bare` says that the number
    is written in digits alone; `unit` is a unit that lies inside the number (ثلاث سنوات ونصف).
    """

    value: Decimal | None
    first: int
    last: int
    kind: str = "cardinal"
    scale: int = 1
    bare: bool = False
    alternatives: tuple[Decimal, ...] = ()
    unit: UnitSpan | None = None


def _and_term(tokens: Tokens, i: int, state: State) -> tuple[Entry, str, int] | None:
    words, gaps = tokens.words, tokens.gaps
    if words[i - 1] == "و":
        figure = tokens.figure(i)
        if figure and state.prev == "scale" and figure.value < state.ceiling and gaps[i] in ("", " "):
            return Entry("figure", figure.value, arabic=True), "and", figure.last
        if not is_blank(gaps[i]):
            return None
    elif words[i] in ("a", "one") and (is_blank(gaps[i]) or gaps[i] == "-"):
        entry = tokens.entry(i + 1)
        if entry and entry.role in ("half", "fraction") and (is_blank(gaps[i + 1]) or gaps[i + 1] == "-"):
            return entry, "and", i + 2
    elif not is_blank(gaps[i]):
        return None
    entry = tokens.entry(i)
    return (entry, "and", i + 1) if entry and not entry.joined else None


def _next_term(tokens: Tokens, i: int, state: State) -> tuple[Entry, str, int] | None:
    """Find the word that may continue the number at `i`: its entry, how it is joined, one past it."""
    gap = tokens.gaps[i]
    if i >= tokens.n:
        return None
    entry = tokens.entry(i)
    if gap == ", " or gap == ",":
        return (entry, "comma", i + 1) if entry and state.prev == "scale" and not entry.arabic else None
    if gap == "" and state.prev != "figure":
        return None
    if gap not in ("", "-") and not is_blank(gap):
        return None
    if state.prev == "part" and tokens.words[i] in ("a", "an", "of"):
        skip = i + 2 if tokens.words[i] == "of" and tokens.words[i + 1] == "a" else i + 1
        entry = tokens.entry(skip)
        fits = entry and entry.role in ("scale", "dozen", "hundred") and is_blank(tokens.gaps[skip])
        return (entry, "plain", skip + 1) if entry and fits else None
    if entry is None or entry.opens:
        return None
    if entry.role == "and":
        return _and_term(tokens, i + 1, state)
    if entry.role == "point":
        return _decimals(tokens, i + 1)
    if entry.role == "short_scale":
        return None
    return entry, "and" if entry.joined else "plain", i + 1


def _decimals(tokens: Tokens, i: int) -> tuple[Entry, str, int] | None:
    """Read the words after "point" at word `i`: three point one four, ثلاثة فاصلة خمسة."""
    first, digits = i, ""
    while (
        is_blank(tokens.gaps[i])
        and (entry := tokens.entry(i))
        and entry.role in _DIGIT_ROLES
        and not entry.joined
    ):
        digits, i = digits + str(entry.value), i + 1
    return (Entry("decimals", Decimal(f"0.{digits}")), "plain", i) if i > first else None


def _has_tanween(tokens: Tokens, i: int) -> bool:
    start, end = tokens.clean.span(tokens.start(i), tokens.end(i))
    return "\u064b" in tokens.clean.original[start : end + 1]


def _value(state: State) -> Decimal:
    return Decimal(state.total + (state.group or 0))


def _written_fraction(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read 3/4, 1⁄2 and 8 1⁄2 at word `i`: the value and one past it."""
    words, gaps = tokens.words, tokens.gaps
    if gaps[i + 1] != "/" and gaps[i + 1] != "⁄" and gaps[i + 1] != " ":
        return None
    at = i + 1 if gaps[i + 1] == " " and gaps[i + 2] in ("/", "⁄") else i
    if gaps[at + 1] not in ("/", "⁄"):
        return None
    top, bottom = words[at], words[at + 1]
    if (
        len(top) > 1
        or len(bottom) > 2
        or not (top + bottom).isdecimal()
        or not 0 < int(top) < int(bottom) <= 10
    ):
        return None
    whole = Decimal(words[i]) if at > i and words[i].isdecimal() else Decimal(0)
    return whole + Decimal(top) / Decimal(bottom), at + 2


def read_number(tokens: Tokens, first: int, limit: int | None = None) -> Reading | None:
    """Read the longest number that begins at word `first` and ends before word `limit`.

    Returns:
        The reading, or None when no number begins there. Vague words are read by `read_vague`.
    """
    figure = tokens.figure(first)
    if figure is not None:
        share = _written_fraction(tokens, first)
        if share is not None:
            return Reading(share[0], first, share[1], "fraction")
        bare = Reading(figure.value, first, figure.last, bare=True, alternatives=figure.alternatives)
        if tokens.words[figure.last] not in tokens.table:
            return bare
        state, last = _longest(tokens, State(group=figure.value, slot=0, prev="figure"), figure.last, limit)
        return bare if last == figure.last else _reading(tokens, state, first, last)
    entry = tokens.entry(first)
    started = step(State(), entry, "start") if entry else None
    if started is None:
        return None
    state, last = _longest(tokens, started, first + 1, limit)
    return None if state.loose else _reading(tokens, state, first, last)


def _longest(tokens: Tokens, state: State, i: int, limit: int | None) -> tuple[State, int]:
    """Take words from word `i` on while they fit; give the last state that may end a number, and one past it."""
    stop = tokens.n if limit is None else limit
    firm = before_and = state, i
    while i < stop:
        term = _next_term(tokens, i, state)
        if term is None or term[2] > stop:
            break
        if term[1] == "and" and state.prev == "scale":
            before_and = state, i
        if state.prev == "dual_form" and term[1] == "and":
            state = as_accusative(state)
        following = step(state, term[0], term[1])
        if (
            following is not None
            and following.prev == "share"
            and _counts_another(tokens, term[2], following)
        ):
            break
        if following is None:
            if term[1] == "plain" and term[0].role in ("scale", "scales") and before_and[0].prev == "scale":
                return before_and  # 25 ألفا و30 ألفا are two numbers
            break
        if term[1] == "comma" or (state.loose and _still_loose(state, term[0])):
            following = following._replace(loose=True)
        state, i = following, term[2]
        if not state.loose:
            firm = state, i
    return firm


def _counts_another(tokens: Tokens, i: int, state: State) -> bool:
    """Tell whether the share before word `i` is of another noun: مليون وثلث الميزانية, not مليون ونصف المليون."""
    entry = tokens.entry(i)
    same = entry is not None and entry.role in ("scale", "scales") and entry.value == state.ceiling
    return not same and is_blank(tokens.gaps[i]) and (entry is not None or tokens.words[i].startswith("ال"))


def _reading(tokens: Tokens, state: State, first: int, last: int) -> Reading:
    if state.prev == "dual_form" and (tokens.words[last] == "من" or _has_tanween(tokens, last - 1)):
        state = as_accusative(state)
    scale = 1 if state.ceiling == NO_SCALE else state.ceiling
    return Reading(_value(state), first, last, state.kind, scale)


def _still_loose(state: State, entry: Entry) -> bool:
    """Tell whether a term after a comma still waits for the hundred or scale that proves it part of the number."""
    return state.prev not in ("unit1", "unit2", "counted") and entry.role not in ("hundred", "scale")
