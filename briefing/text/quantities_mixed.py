"""Read a number that goes on after its noun: ثلاث سنوات ونصف, ساعة ونصف الساعة, an hour and a half."""

from __future__ import annotations

from decimal import Decimal

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import Entry
from briefing.text.quantities_parts import named_unit
from briefing.text.quantities_tokens import Tokens, UnitSpan, is_blank

__all__ = ["read_mixed", "with_trailing_share"]


def _share(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """Read "and a half" or ونصف at word `i`: the share and one past it, with the noun it repeats."""
    entry = tokens.entry(i)
    if entry is None or not is_blank(tokens.gaps[i]):
        return None
    if entry.arabic and entry.joined and entry.role in ("half", "fraction"):
        return 1 / Decimal(entry.value), i + 1
    if tokens.words[i : i + 2] == ("and", "a"):
        entry = tokens.entry(i + 2)
        if entry is not None and entry.role in ("half", "fraction"):
            return 1 / Decimal(entry.value), i + 3
    return None


def _ends(tokens: Tokens, i: int, unit: UnitSpan | None) -> int | None:
    """Tell where a share ends at `i`: over a repeated noun (الساعة), or there; None when it counts another noun."""
    if not is_blank(tokens.gaps[i]) or not tokens.words[i]:
        return i
    word = tokens.words[i]
    repeated = named_unit(word.removeprefix("ال"))
    if unit is not None and repeated is not None and repeated.name == unit.name:
        return i + 1
    if tokens.entry(i) is not None or (unit is None and word.startswith("ال")):
        return None
    return i if unit is not None else None


def with_trailing_share(tokens: Tokens, reading: Reading, unit: UnitSpan | None) -> Reading | None:
    """Add a share that follows the noun of a number (ثلاث سنوات ونصف, two years and a half), else None."""
    if reading.value is None or reading.kind != "cardinal":
        return None
    at = unit.last if unit is not None and unit.last > reading.last else reading.last + 1
    following = tokens.table.get(tokens.words[at])
    if following is None or (following.role == "and" and tokens.words[at + 1] not in ("a", "one")):
        return None
    if unit is None and (not is_blank(tokens.gaps[reading.last]) or tokens.entry(reading.last) is not None):
        return None
    share = _share(tokens, at)
    last = _ends(tokens, share[1], unit) if share is not None else None
    if share is None or last is None or reading.value % 1:
        return None
    return reading._replace(value=reading.value + share[0], last=last, unit=unit, bare=False)


def read_mixed(tokens: Tokens, i: int, free: int) -> Reading | None:
    """Read one and a share at the word of the share: ساعة ونصف, an hour and a half."""
    entry = tokens.entry(i)
    if entry is None or entry.role not in ("half", "fraction"):
        return None
    at, first = (i - 1, i - 1) if entry.arabic else (i - 3, i - 4)
    if first < free or not _is_one_of_unit(tokens, i, at, entry):
        return None
    word = tokens.words[at]
    skip = 1 if entry.arabic and word[:1] in "وبلف" and named_unit(word) is None else 0
    unit = named_unit(word[skip:])
    share = _share(tokens, at + 1)
    if unit is None or share is None:
        return None
    span = UnitSpan(unit.name, unit.kind, tokens.start(at) + skip, tokens.end(at), at + 1)
    last = _ends(tokens, share[1], span)
    if last is None:
        return None
    return Reading(1 + share[0], first, last, unit=span)


def _is_one_of_unit(tokens: Tokens, i: int, at: int, entry: Entry) -> bool:
    if entry.arabic:
        return entry.joined and is_blank(tokens.gaps[i])
    return tokens.words[i - 2 : i] == ("and", "a") and tokens.words[at - 1] in ("a", "an", "one")
