"""What each number word does to the number read so far: one rule per role, for English and Arabic alike.

English puts units after tens ("twenty five"), Arabic before them and joined by و (خمسة وعشرون). A rule takes the
state, the word and how it is joined ("start", "plain", "and", "comma") and gives the new state, or None when the
word cannot follow.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from briefing.text.quantities_lexicon import Entry

__all__ = ["NO_SCALE", "State", "as_accusative", "step"]

NO_SCALE = 10**18
_ZERO = Decimal(0)


class State(NamedTuple):
    """What has been read so far; its value is `total` plus `group`."""

    total: Decimal = _ZERO  # closed scale terms
    group: Decimal | None = None  # what the next scale word multiplies
    slot: int = 1000  # the rank filled last in the group; 0 when it is full
    ceiling: int = NO_SCALE  # the last scale; the next must be smaller
    prev: str = ""
    kind: str = "cardinal"
    loose: bool = False  # cannot end here: go back to the last state that could


def _room(state: State, entry: Entry, join: str) -> bool:
    if state.group is None:
        return join != "plain" or (not entry.arabic and state.prev == "scale")
    return state.slot == 100 and (join == "and" or (join == "plain" and not entry.arabic))


def _added(state: State, entry: Entry, slot: int, **changes: object) -> State:
    group = entry.value + (state.group or _ZERO)
    return state._replace(group=group, slot=slot, prev=entry.role, loose=False)._replace(**changes)  # type: ignore[arg-type]


def _unit(state: State, entry: Entry, join: str) -> State | None:
    if (not entry.arabic and join == "plain" and state.slot == 10) or _room(state, entry, join):
        return _added(state, entry, 1)
    return None


def _unit_open(state: State, entry: Entry, join: str) -> State | None:
    return _added(state, entry, 1, loose=True) if _room(state, entry, join) else None


def _teen(state: State, entry: Entry, join: str) -> State | None:
    return _added(state, entry, 0) if _room(state, entry, join) else None


def _ten(state: State, entry: Entry, join: str) -> State | None:
    if join == "plain":
        if state.slot == 1 and state.prev in ("unit", "unit1", "unit2", "ordinal"):
            return _added(state, entry, 0)
        return None
    return _teen(state, entry, join)


def _tens(state: State, entry: Entry, join: str) -> State | None:
    if entry.arabic and join == "and" and state.slot == 1:
        return _added(state, entry, 0)
    return _added(state, entry, 0 if entry.arabic else 10) if _room(state, entry, join) else None


def _hundred(state: State, entry: Entry, join: str) -> State | None:
    if join == "plain" and state.group is not None and 0 < state.group < 100 and state.kind == "cardinal":
        if entry.arabic and state.prev != "unit":
            return None
        if state.slot in (0, 1, 10):
            return state._replace(group=state.group * 100, slot=100, prev="hundred", loose=False)
    return _hundreds(state, entry, join) if entry.arabic or join != "and" or not state.total else None


def _hundreds(state: State, entry: Entry, join: str) -> State | None:
    if state.group is None and join != "plain":
        return _added(state, entry, 100)
    return None


def _scale(state: State, entry: Entry, join: str) -> State | None:
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
            prev="part_scaled" if state.prev == "part" else "scale",
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


def _counted(state: State, value: int, count: int) -> State | None:
    """Read وألف in مئة وألف ألف (101,000): one or two of the scale word that must follow."""
    if value >= state.ceiling or state.slot != 100:
        return None
    return state._replace(group=(state.group or _ZERO) + count, slot=0, prev="counted", loose=True)


def _dual_scale(state: State, entry: Entry, join: str) -> State | None:
    value = int(entry.value)
    if state.group is not None and join == "and":
        return _counted(state, value, 2)
    if state.group is not None or join == "plain" or value >= state.ceiling:
        return None
    return state._replace(total=state.total + 2 * value, ceiling=value, prev="scale", loose=False)


def _scale_or_dual(state: State, entry: Entry, join: str) -> State | None:
    if join == "plain":
        return _scale(state, entry, join)
    dual = _dual_scale(state, entry, join)
    return dual if dual is None or dual.loose else dual._replace(prev="dual_form")


def as_accusative(state: State) -> State:
    """Read the last word as one thousand (ألفاً), not as the construct of two thousand (ألفا)."""
    return state._replace(total=state.total - state.ceiling, prev="scale")


def _dozen(state: State, entry: Entry, join: str) -> State | None:
    if join == "plain" and state.group is not None and state.kind != "ordinal":
        return state._replace(group=state.group * 12, slot=0, prev="dozen", kind="cardinal")
    return _added(state, entry, 0) if join == "start" else None


def _part(state: State, entry: Entry, join: str) -> State | None:
    share = 1 / Decimal(entry.value)
    if join == "start":
        return state._replace(group=share, slot=0, prev="part", kind="fraction")
    if join == "and" and state.kind == "cardinal":
        if state.group is not None:
            return state._replace(group=state.group + share, slot=0, prev="part_added")
        if state.prev != "scale" and state.prev != "dual_form":
            return None
        return state._replace(total=state.total + share * state.ceiling, prev="share")
    return _parts(state, entry, join) if not entry.arabic and state.group == 1 else None


def _parts(state: State, entry: Entry, join: str) -> State | None:
    if join != "plain" or state.group is None or state.slot != 1 or state.total or state.kind == "ordinal":
        return None
    return state._replace(group=state.group / entry.value, slot=0, prev="part", kind="fraction")


def _two_thirds(state: State, entry: Entry, join: str) -> State | None:
    return (
        state._replace(group=Decimal(2) / 3, slot=0, prev="part", kind="fraction")
        if join == "start"
        else None
    )


def _glyph(state: State, entry: Entry, join: str) -> State | None:
    if join == "start":
        return state._replace(group=Decimal(entry.value), slot=0, prev="part", kind="fraction")
    if state.prev == "figure" and state.group is not None and join == "plain":
        return state._replace(group=state.group + entry.value, prev="part_added")
    return None


def _ordinal(state: State, entry: Entry, join: str) -> State | None:
    if entry.arabic:
        return _added(state, entry, 1, kind="ordinal", prev="ordinal") if join == "start" else None
    small = entry.value < 10
    if join == "plain" and state.group == 1 and state.slot == 1 and entry.value > 2 and not state.total:
        return state._replace(group=1 / Decimal(entry.value), slot=0, prev="part", kind="fraction")
    if (small and join == "plain" and state.slot == 10) or _room(state, entry, join):
        return _added(state, entry, -1, kind="ordinal")
    return None


def _ordinal_scale(state: State, entry: Entry, join: str) -> State | None:
    if join == "plain" and state.group is None:
        return None
    group = (Decimal(1) if state.group is None else state.group) * entry.value
    return state._replace(group=group, slot=-1, prev="ordinal", kind="ordinal")


def _decimals(state: State, entry: Entry, join: str) -> State | None:
    if state.group is None or state.kind != "cardinal":
        return None
    return state._replace(group=state.group + entry.value, slot=0, prev="decimals")


def _zero(state: State, entry: Entry, join: str) -> State | None:
    return _added(state, entry, 0) if join == "start" else None


_STEPS: dict[str, Callable[[State, Entry, str], State | None]] = {
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
    "decimals": _decimals,
}


def step(state: State, entry: Entry, join: str) -> State | None:
    """Take one more word into the number; None when it cannot follow."""
    if entry.role == "figure":
        if state.group is not None or not state.total:
            return None
        return state._replace(group=Decimal(entry.value), slot=0, prev="figure_added")
    rule = _STEPS.get(entry.role)
    return rule(state, entry, join) if rule and state.slot >= 0 else None
