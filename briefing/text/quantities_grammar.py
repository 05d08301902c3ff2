"""Read one number in words, digits or both from a list of words, by a descending-scale grammar.

English and Arabic share the state; they differ in what may follow what. English puts units after tens ("twenty
five"), Arabic before them and joined by و (خمسة وعشرون). Nothing here looks at what the number counts.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from briefing.text.quantities_lexicon import Entry
from briefing.text.quantities_tokens import Tokens, UnitSpan, is_blank

__all__ = ["Reading", "read_number"]

_HIGH = 10**18
_ZERO = Decimal(0)


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


class _State(NamedTuple):
    total: Decimal = _ZERO  # closed scale terms
    group: Decimal | None = None  # what the next scale word multiplies
    slot: int = 1000  # the rank filled last in the group; 0 when it is full
    ceiling: int = _HIGH  # the last scale; the next must be smaller
    prev: str = ""
    kind: str = "cardinal"
    loose: bool = False  # cannot end here: go back to the last state that could


def _room(state: _State, entry: Entry, join: str) -> bool:
    if state.group is None:
        return join != "plain" or (not entry.arabic and state.prev == "scale")
    return state.slot == 100 and (join == "and" or (join == "plain" and not entry.arabic))


def _added(state: _State, entry: Entry, slot: int, **changes: object) -> _State:
    group = entry.value + (state.group or _ZERO)
    return state._replace(group=group, slot=slot, prev=entry.role, loose=False)._replace(**changes)  # type: ignore[arg-type]


def _unit(state: _State, entry: Entry, join: str) -> _State | None:
    if (not entry.arabic and join == "plain" and state.slot == 10) or _room(state, entry, join):
        return _added(state, entry, 1)
    return None


def _unit_open(state: _State, entry: Entry, join: str) -> _State | None:
    return _added(state, entry, 1, loose=True) if _room(state, entry, join) else None


def _teen(state: _State, entry: Entry, join: str) -> _State | None:
    return _added(state, entry, 0) if _room(state, entry, join) else None


def _ten(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "plain":
        if state.slot == 1 and state.prev in ("unit", "unit1", "unit2", "ordinal"):
            return _added(state, entry, 0)
        return None
    return _teen(state, entry, join)


def _tens(state: _State, entry: Entry, join: str) -> _State | None:
    if entry.arabic and join == "and" and state.slot == 1:
        return _added(state, entry, 0)
    return _added(state, entry, 0 if entry.arabic else 10) if _room(state, entry, join) else None


def _hundred(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "plain" and state.group is not None and 0 < state.group < 100 and state.kind == "cardinal":
        if entry.arabic and state.prev != "unit":
            return None
        if state.slot in (0, 1, 10):
            return state._replace(group=state.group * 100, slot=100, prev="hundred", loose=False)
    return _hundreds(state, entry, join) if entry.arabic or join != "and" or not state.total else None


def _hundreds(state: _State, entry: Entry, join: str) -> _State | None:
    if state.group is None and join != "plain":
        return _added(state, entry, 100)
    return None


def _scale(state: _State, entry: Entry, join: str) -> _State | None:
    value = int(entry.value)
    if state.group is not None:
        if join == "and" and entry.arabic:
            return _counted(state, value, 1)
        if join != "plain" or state.kind == "ordinal" or value >= state.ceiling:
            return None
        return state._replace(
            total=state.total + state.group * value,
            group=None,
            slot=1000,
            ceiling=value,
            prev="scale",
            kind="cardinal",
            loose=False,
        )
    if join == "plain":
        if state.prev == "scale" and value > state.ceiling and state.total < state.ceiling * 1000:
            return state._replace(total=state.total * value, ceiling=value)
        if state.prev == "share" and value == state.ceiling:
            return state._replace(prev="closed")
        return None
    if value >= state.ceiling or (not entry.arabic and state.total):
        return None
    return state._replace(total=state.total + value, ceiling=value, prev="scale", loose=False)


def _counted(state: _State, value: int, count: int) -> _State | None:
    """Read وألف in مئة وألف ألف (101,000): one or two of the scale word that must follow."""
    if value >= state.ceiling or state.slot != 100:
        return None
    return state._replace(group=(state.group or _ZERO) + count, slot=0, prev="counted", loose=True)


def _dual_scale(state: _State, entry: Entry, join: str) -> _State | None:
    value = int(entry.value)
    if state.group is not None and join == "and":
        return _counted(state, value, 2)
    if state.group is not None or join == "plain" or value >= state.ceiling:
        return None
    return state._replace(total=state.total + 2 * value, ceiling=value, prev="scale", loose=False)


def _scale_or_dual(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "plain":
        return _scale(state, entry, join)
    dual = _dual_scale(state, entry, join)
    return dual if dual is None or dual.loose else dual._replace(prev="dual_form")


def _as_accusative(state: _State) -> _State:
    """Read the last word as one thousand (ألفاً), not as the construct of two thousand (ألفا)."""
    return state._replace(total=state.total - state.ceiling, prev="scale")


def _dozen(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "plain" and state.group is not None and state.kind != "ordinal":
        return state._replace(group=state.group * 12, slot=0, prev="dozen", kind="cardinal")
    return _added(state, entry, 0) if join == "start" else None


def _part(state: _State, entry: Entry, join: str) -> _State | None:
    share = 1 / Decimal(entry.value)
    if join == "start":
        return state._replace(group=share, slot=0, prev="part", kind="fraction")
    if join == "and" and state.kind == "cardinal":
        if state.group is not None:
            return state._replace(group=state.group + share, slot=0, prev="part_added")
        return state._replace(total=state.total + share * state.ceiling, prev="share")
    return _parts(state, entry, join) if not entry.arabic and state.group == 1 else None


def _parts(state: _State, entry: Entry, join: str) -> _State | None:
    if join != "plain" or state.group is None or state.slot != 1 or state.total or state.kind == "ordinal":
        return None
    return state._replace(group=state.group / entry.value, slot=0, prev="part", kind="fraction")


def _two_thirds(state: _State, entry: Entry, join: str) -> _State | None:
    return (
        state._replace(group=Decimal(2) / 3, slot=0, prev="part", kind="fraction")
        if join == "start"
        else None
    )


def _glyph(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "start":
        return state._replace(group=Decimal(entry.value), slot=0, prev="part", kind="fraction")
    if state.prev == "figure" and state.group is not None and join == "plain":
        return state._replace(group=state.group + entry.value, prev="part_added")
    return None


def _ordinal(state: _State, entry: Entry, join: str) -> _State | None:
    if entry.arabic:
        return _added(state, entry, 1, kind="ordinal", prev="ordinal") if join == "start" else None
    small = entry.value < 10
    if join == "plain" and state.group == 1 and state.slot == 1 and entry.value > 2 and not state.total:
        return state._replace(group=1 / Decimal(entry.value), slot=0, prev="part", kind="fraction")
    if (small and join == "plain" and state.slot == 10) or _room(state, entry, join):
        return _added(state, entry, -1, kind="ordinal")
    return None


def _ordinal_scale(state: _State, entry: Entry, join: str) -> _State | None:
    if join == "plain" and state.group is None:
        return None
    group = (Decimal(1) if state.group is None else state.group) * entry.value
    return state._replace(group=group, slot=-1, prev="ordinal", kind="ordinal")


def _zero(state: _State, entry: Entry, join: str) -> _State | None:
    return _added(state, entry, 0) if join == "start" else None


_STEPS: dict[str, Callable[[_State, Entry, str], _State | None]] = {
    "zero": _zero,
    "unit": _unit,
    "one": _unit,
    "two": _unit,
    "unit1": _unit_open,
    "unit2": _unit_open,
    "ten": _ten,
    "teen": _teen,
    "tens": _tens,
    "hundred": _hundred,
    "hundreds": _hundreds,
    "scale": _scale,
    "scales": _scale,
    "short_scale": _scale,
    "dual_scale": _dual_scale,
    "scale_or_dual": _scale_or_dual,
    "dozen": _dozen,
    "half": _part,
    "fraction": _part,
    "fractions": _parts,
    "two_thirds": _two_thirds,
    "glyph": _glyph,
    "ordinal": _ordinal,
    "ordinal_unit": _ordinal,
    "ordinal_teen": _ordinal,
    "ordinal_tens": _ordinal,
    "ordinal_hundred": _ordinal_scale,
    "ordinal_scale": _ordinal_scale,
    "dual": _zero,
}


def _and_term(tokens: Tokens, i: int, state: _State) -> tuple[Entry, str, int] | None:
    words, gaps = tokens.words, tokens.gaps
    if words[i - 1] == "و":
        figure = tokens.figure(i)
        if figure and state.prev == "scale" and figure.value < state.ceiling and gaps[i] in ("", " "):
            return Entry("figure", figure.value, arabic=True), "and", figure.last
        if not is_blank(gaps[i]):
            return None
    elif not is_blank(gaps[i]):
        return None
    elif words[i] in ("a", "one"):
        entry = tokens.entry(i + 1)
        if entry and entry.role in ("half", "fraction") and is_blank(gaps[i + 1]):
            return entry, "and", i + 2
    entry = tokens.entry(i)
    return (entry, "and", i + 1) if entry and not entry.joined else None


def _next_term(tokens: Tokens, i: int, state: _State) -> tuple[Entry, str, int] | None:
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
    if entry.role == "short_scale":
        return None
    return entry, "and" if entry.joined else "plain", i + 1


def _step(state: _State, entry: Entry, join: str) -> _State | None:
    if entry.role == "figure":
        if state.group is not None or not state.total:
            return None
        return state._replace(group=Decimal(entry.value), slot=0, prev="figure_added")
    step = _STEPS.get(entry.role)
    return step(state, entry, join) if step and state.slot >= 0 else None


def _has_tanween(tokens: Tokens, i: int) -> bool:
    start, end = tokens.clean.span(tokens.start(i), tokens.end(i))
    return "\u064b" in tokens.clean.original[start : end + 1]


def _value(state: _State) -> Decimal:
    return Decimal(state.total + (state.group or 0))


def _written_fraction(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read 3/4, 1⁄2 and 8 1⁄2 at word `i`: the value and one past it."""
    words, gaps = tokens.words, tokens.gaps
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
    alternatives: tuple[Decimal, ...] = ()
    figure = tokens.figure(first)
    if figure is not None:
        share = _written_fraction(tokens, first)
        if share is not None:
            return Reading(share[0], first, share[1], "fraction")
        state, i, alternatives = (
            _State(group=figure.value, slot=0, prev="figure"),
            figure.last,
            figure.alternatives,
        )
    else:
        entry = tokens.entry(first)
        started = _step(_State(), entry, "start") if entry else None
        if started is None:
            return None
        state, i = started, first + 1
    stop = tokens.n if limit is None else limit
    firm = None if state.loose else (state, i)
    while i < stop:
        term = _next_term(tokens, i, state)
        if term is None or term[2] > stop:
            break
        if state.prev == "dual_form" and term[1] == "and":
            state = _as_accusative(state)
        following = _step(state, term[0], term[1])
        if following is None:
            break
        if term[1] == "comma" or (state.loose and _still_loose(state, term[0])):
            following = following._replace(loose=True)
        state, i = following, term[2]
        if not state.loose:
            firm = state, i
    if firm is None:
        return None
    state, i = firm
    if state.prev == "dual_form" and (tokens.words[i] == "من" or _has_tanween(tokens, i - 1)):
        state = _as_accusative(state)
    bare = figure is not None and i == figure.last
    scale = 1 if state.ceiling == _HIGH else state.ceiling
    return Reading(_value(state), first, i, state.kind, scale, bare, alternatives if bare else ())


def _still_loose(state: _State, entry: Entry) -> bool:
    """Tell whether a term after a comma still waits for the hundred or scale that proves it part of the number."""
    return state.prev not in ("unit1", "unit2", "counted") and entry.role not in ("hundred", "scale")
