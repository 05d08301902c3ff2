"""Read what stands around a number: percent signs, units, currencies, bounds. Reads no numbers."""

from __future__ import annotations

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import Unit, after_bounds, before_bounds, context, currencies, units
from briefing.text.quantities_tokens import Tokens, UnitSpan, is_blank
from briefing.text.quantities_types import Bound

__all__ = [
    "bound_after",
    "bound_before",
    "currency_before",
    "named_unit",
    "percent_after",
    "unit_after",
    "unit_before",
]

_BOUND_SIGNS: dict[str, Bound] = {
    "~": "about",
    "≈": "about",
    ">": "at_least",
    "≥": "at_least",
    "<": "at_most",
    "≤": "at_most",
}
_PERCENT_WORDS = frozenset({"percent", "pct", "per", "percentage", "بالميه", "بالمايه", "في", "نقطه", "نقاط"})
_PERCENT_PAIRS = frozenset(
    {
        ("per", "cent"),
        ("percentage", "point"),
        ("percentage", "points"),
        ("في", "الميه"),
        ("في", "المايه"),
        ("نقطه", "ميويه"),
        ("نقاط", "ميويه"),
    }
)
_DAYS = frozenset({"يوم", "ليله"})
_BEFORE_UNITS = frozenset({"و", "ب", "ل", "ف", "ال", "وال", "بال"})
_UNIT_GAPS = frozenset({" ", "/", "-", ". ", "", "\\"})
_REACH = 4  # words between a number and a bound that follows its noun ("20 شخصا على الأقل")


def percent_after(tokens: Tokens, i: int) -> tuple[int, int, str | None] | None:
    """Read a percent sign or percent words at `i`: (end in the clean text, one past the last word, unit)."""
    gap, word = tokens.gaps[i], tokens.words[i]
    if "%" in gap:
        before_next = gap == " %" and word[:1].isdigit()  # 2023 %20
        if gap[0] != "%" and (gap[:2] != " %" or before_next):
            return None
        return tokens.end(i - 1) + gap.index("%") + 1, i, None
    if word not in _PERCENT_WORDS or not (is_blank(gap) or gap == "" or gap == "-"):
        return None
    if word in ("percent", "pct", "بالميه", "بالمايه"):
        return tokens.end(i), i + 1, None
    following = tokens.words[i + 1]
    if (word, following) in _PERCENT_PAIRS:
        points = word in ("percentage", "نقطه", "نقاط")
        return tokens.end(i + 1), i + 2, "pp" if points else None
    return None


def unit_after(tokens: Tokens, i: int, reading: Reading) -> UnitSpan | None:
    """Read the unit or currency that begins at word `i`, directly after a number."""
    gap, word = tokens.gaps[i], tokens.words[i]
    if gap != " ":
        sign = gap.strip(" ")
        if sign and sign != "-":
            return _sign_after(tokens, i, sign)
        if sign != gap and not is_blank(gap):
            return None
    for words, unit in units().get(word, ()):
        if unit.digits_only and not (reading.bare and not tokens.raw(i).isupper()):
            continue
        last = i + len(words)
        if len(words) > 1:
            if tokens.words[i:last] != words:
                continue
            if any(tokens.gaps[k] not in _UNIT_GAPS for k in range(i + 1, last)):
                continue
        if word in _DAYS and tokens.words[last] in context("weekday"):
            return None  # 1204 يوم الأحد
        if unit.name == "pound" and gap == "-":
            return UnitSpan("lb", "measure", tokens.start(i), tokens.end(i), last)  # a 500-pound bomb
        return UnitSpan(unit.name, unit.kind, tokens.start(i), tokens.end(last - 1), last)
    return None


def _sign_after(tokens: Tokens, i: int, sign: str) -> UnitSpan | None:
    at = tokens.end(i - 1) + tokens.gaps[i].index(sign[0])
    if sign[0] == "°" and len(sign) == 1:
        scale = {"c": "degC", "f": "degF"}.get(tokens.words[i])
        return UnitSpan(scale or "degree", "measure", at, tokens.end(i) if scale else at + 1, i + bool(scale))
    name = currencies("sign").get(sign[0])
    if name is None or at > tokens.end(i - 1) + 1:
        return None
    if tokens.words[i][:1].isdigit() and tokens.gaps[i].endswith(sign[0]):
        return None  # the sign of the next number
    return UnitSpan(name, "money", at, at + 1, i)


def named_unit(form: str) -> Unit | None:
    """Give the unit that one word names, None when it names none by itself."""
    for words, unit in units().get(form, ()):
        if len(words) == 1 and not unit.digits_only:
            return unit
    return None


def unit_before(tokens: Tokens, first: int) -> UnitSpan | None:
    """Read an Arabic unit that stands before the number: يوم واحد, الساعات الـ24."""
    if not first or not is_blank(tokens.gaps[first]):
        return None
    word = tokens.words[first - 1]
    for skip in (0, 1, 2, 3):
        if skip and word[:skip] not in _BEFORE_UNITS:
            continue
        unit = named_unit(word[skip:])
        if unit is not None and not word.isascii():
            end = tokens.end(first - 1)
            return UnitSpan(unit.name, unit.kind, end - len(word) + skip, end, first)
    return None


def currency_before(tokens: Tokens, first: int) -> UnitSpan | None:
    """Read a currency sign or code directly before the number."""
    gap = tokens.gaps[first]
    if gap == " " or gap == "":
        name = currencies("code").get(tokens.words[first - 1]) if first else None
        if name is None:
            return None
        return UnitSpan(name, "money", tokens.start(first - 1), tokens.end(first - 1), first - 1)
    tight = gap.rstrip(" ")
    name = currencies("sign").get(tight[-1:])
    if name is None or len(gap) - len(tight) > 1:
        return None
    at = tokens.start(first) - len(gap) + len(tight) - 1
    letters = tokens.words[first - 1] if first and len(tight) == 1 else ""
    if tight[-1] == "$" and letters in currencies("dollar"):
        return UnitSpan(currencies("dollar")[letters], "money", tokens.start(first - 1), at + 1, first - 1)
    return UnitSpan(name, "money", at, at + 1, first)


def bound_before(tokens: Tokens, first: int) -> Bound | None:
    """Read the bound phrase that ends directly before word `first`, with or without a clitic."""
    gap = tokens.gaps[first]
    if gap != " ":
        if gap[-1:] in _BOUND_SIGNS:
            return _BOUND_SIGNS[gap[-1:]]
        if gap == "" and first and tokens.words[first - 1] == "ال":  # حوالي الـ300
            first -= 1
        elif not is_blank(gap) and gap.strip(" $€£¥₪(") != "":
            return None
    if not first or (tokens.words[first - 1] == "over" and tokens.words[first - 2] in context("verb_over")):
        return None
    for words, bound in before_bounds().get(tokens.words[first - 1], ()):
        start = first - len(words)
        if len(words) == 1 or (start >= 0 and tokens.words[start:first] == words):
            return bound
    return None


def bound_after(tokens: Tokens, last: int) -> Bound | None:
    """Read a bound phrase in the few words after a number, within its clause."""
    if tokens.gaps[last][:1] == "+":
        return "at_least"
    table = after_bounds()
    if table.keys().isdisjoint(tokens.words[last : last + _REACH]):
        return None
    for i in range(last, last + _REACH):
        gap = tokens.gaps[i]
        if gap != " " and not (is_blank(gap) or gap in ("", "-", "% ", " % ", "$ ")):
            return None
        word = tokens.words[i]
        if word[:1].isdigit():
            return None
        for words, bound in table.get(word, ()):
            if tokens.words[i : i + len(words)] == words:
                return bound
    return None
