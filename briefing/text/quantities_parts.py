"""Read what stands around a number: percent signs, units, currencies, bounds. Reads no numbers."""

from __future__ import annotations

from typing import NamedTuple

from briefing.text.quantities_lexicon import after_bounds, before_bounds, units
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = [
    "UnitSpan",
    "bound_after",
    "bound_before",
    "currency_before",
    "percent_after",
    "unit_after",
    "unit_before",
]

_CURRENCY_SIGNS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₪": "ILS",
    "₽": "RUB",
    "₹": "INR",
    "₺": "TRY",
    "﷼": "rial",
}
_DOLLAR_OF = {
    "us": "USD",
    "c": "CAD",
    "a": "AUD",
    "hk": "HKD",
    "nz": "NZD",
    "s": "SGD",
    "ca": "CAD",
    "au": "AUD",
}
_CODES = {
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "rs": "rupee",
    "sar": "SAR",
    "aed": "AED",
    "ils": "ILS",
    "cny": "CNY",
    "rmb": "CNY",
}
_BOUND_SIGNS = {"~": "about", "≈": "about", ">": "at_least", "≥": "at_least", "<": "at_most", "≤": "at_most"}
_REACH = 4  # words between a number and a bound that follows its noun ("20 شخصا على الأقل")


class UnitSpan(NamedTuple):
    """A unit with its span in the clean text, and one past its last word."""

    name: str
    kind: str
    start: int
    end: int
    last: int


def percent_after(tokens: Tokens, i: int) -> tuple[int, int, str | None] | None:
    """Read a percent sign or percent words at `i`: (end in the clean text, one past the last word, unit)."""
    words, gaps = tokens.words, tokens.gaps
    gap = gaps[i].lstrip(" ")
    if gap[:1] == "%" and len(gaps[i]) - len(gap) < 2:
        return tokens.end(i - 1) + len(gaps[i]) - len(gap) + 1, i, None
    word = words[i]
    if not (is_blank(gaps[i]) or gaps[i] in ("", "-")):
        return None
    if word in ("percent", "pct", "بالميه", "بالمايه"):
        return tokens.end(i), i + 1, None
    following = words[i + 1]
    if (word == "per" and following == "cent") or (word == "في" and following in ("الميه", "المايه")):
        return tokens.end(i + 1), i + 2, None
    if (word == "percentage" and following in ("point", "points")) or (
        word in ("نقطه", "نقاط") and following == "ميويه"
    ):
        return tokens.end(i + 1), i + 2, "pp"
    return None


def unit_after(tokens: Tokens, i: int, bare: bool) -> UnitSpan | None:
    """Read the unit or currency that begins at word `i`, directly after a number."""
    gap = tokens.gaps[i]
    if gap.lstrip(" ")[:1] in _CURRENCY_SIGNS and len(gap) < 3 and gap[:1]:
        sign = gap.lstrip(" ")[0]
        at = tokens.end(i - 1) + gap.index(sign)
        return UnitSpan(_CURRENCY_SIGNS[sign], "money", at, at + 1, i)
    joined = gap in ("", "-")
    if gap in ("°", " °"):
        at = tokens.end(i - 1) + gap.index("°")
        scale = {"c": "degC", "f": "degF"}.get(tokens.words[i])
        return UnitSpan(scale or "degree", "measure", at, tokens.end(i) if scale else at + 1, i + bool(scale))
    if not joined and not is_blank(gap):
        return None
    for words, unit in units().get(tokens.words[i], ()):
        last = i + len(words)
        if unit.digits_only and not bare:
            continue
        if tokens.words[i:last] == list(words) and all(
            tokens.gaps[k] in (" ", "/", "-", ". ") for k in range(i + 1, last)
        ):
            return UnitSpan(unit.name, unit.kind, tokens.start(i), tokens.end(last - 1), last)
    return None


def unit_before(tokens: Tokens, first: int) -> UnitSpan | None:
    """Read a unit that stands before the number, as Arabic has it: يوم واحد, الساعات الـ24."""
    if not first or not is_blank(tokens.gaps[first]):
        return None
    word = tokens.words[first - 1]
    for form in (word, word[2:] if word.startswith("ال") else "", word[1:] if word[:1] in "وبلف" else ""):
        for words, unit in units().get(form, ()):
            if len(words) == 1 and not unit.digits_only and not form.isascii():
                return UnitSpan(
                    unit.name, unit.kind, tokens.end(first - 1) - len(form), tokens.end(first - 1), first
                )
    return None


def currency_before(tokens: Tokens, first: int) -> UnitSpan | None:
    """Read a currency sign or code directly before the number."""
    gap = tokens.gaps[first]
    sign = gap.rstrip(" ")[-1:]
    end = tokens.start(first)
    if sign in _CURRENCY_SIGNS and sign and len(gap) - len(gap.rstrip(" ")) < 2:
        at = end - len(gap) + len(gap.rstrip(" ")) - 1
        letters = tokens.words[first - 1] if first and gap.rstrip(" ") == sign else ""
        if sign == "$" and letters in _DOLLAR_OF:
            return UnitSpan(_DOLLAR_OF[letters], "money", tokens.start(first - 1), at + 1, first - 1)
        return UnitSpan(_CURRENCY_SIGNS[sign], "money", at, at + 1, first)
    if first and tokens.words[first - 1] in _CODES and gap in ("", " "):
        name = _CODES[tokens.words[first - 1]]
        return UnitSpan(name, "money", tokens.start(first - 1), tokens.end(first - 1), first - 1)
    return None


def _strip_clitics(word: str) -> tuple[str, ...]:
    return (word, word[1:]) if word[:1] in "وبلفك" and len(word) > 2 else (word,)


def bound_before(tokens: Tokens, first: int) -> str | None:
    """Read the bound phrase that ends directly before word `first`, with or without a clitic."""
    gap = tokens.gaps[first]
    sign = gap[-1:]
    if sign in _BOUND_SIGNS and sign:
        return _BOUND_SIGNS[sign]
    if not is_blank(gap) and gap.strip(" $€£¥₪(") != "":
        return None
    word = tokens.words[first - 1] if first else ""
    table = before_bounds()
    for form in _strip_clitics(word) if word and not word.isascii() else (word,):
        for words, bound in table.get(form, ()):
            start = first - len(words)
            if start < 0:
                continue
            rest_fits = len(words) == 1 or tokens.words[start + 1 : first] == list(words[1:])
            if rest_fits and (len(words) == 1 or words[0] in _strip_clitics(tokens.words[start])):
                return bound
    return None


def bound_after(tokens: Tokens, last: int) -> str | None:
    """Read a bound phrase in the few words after a number, within its clause."""
    if tokens.gaps[last][:1] == "+":
        return "at_least"
    table = after_bounds()
    for i in range(last, last + _REACH):
        gap = tokens.gaps[i]
        if gap != " " and not (is_blank(gap) or gap in ("", "-", "% ", " % ", "$ ")):
            return None
        word = tokens.words[i]
        if word[:1].isdigit():
            return None
        for words, bound in table.get(word, ()):
            if tokens.words[i : i + len(words)] == list(words):
                return bound
    return None
