"""Tell which figures are parts of names or addresses: F-16, Resolution 2216, telephone numbers, 14:30, 2024-01-15.

Each function looks at the words around a figure; none reads numbers itself.
"""

from __future__ import annotations

import re

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import context, units
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = ["end_of_chain", "end_of_designators", "is_attached", "is_designator"]

_CLITICS = frozenset(
    {"و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "فال", "لل", "ول", "وب", "ولل", "وبال", "فب"}
)
_CURRENCY_LETTERS = frozenset({"us", "usd", "eur", "gbp", "rs", "sar", "aed", "ils", "cny", "rmb"})
_PREFIXES = frozenset({"mid", "pre", "post", "under", "over", "sub", "non", "ex", "to", "or"})
_ADDRESS = re.compile(r"\S*(?:://|www\.|@|\.(?:com|org|net|gov|edu|info|io)\b)\S*")


def is_attached(tokens: Tokens, i: int, reading: Reading) -> bool:
    """Tell whether the figure at `i` is part of a name (F-16, G7, 5G), an address or a tag."""
    last = i + 1
    gap, before = tokens.gaps[i], tokens.words[i - 1] if i else ""
    if before and not before[0].isdigit():
        if gap == "" and before not in _CLITICS and before not in _CURRENCY_LETTERS:
            return (
                before.isascii()
                or before in context("designator")
                or (len(before) < 3 and _is_arabic(before))
            )
        if gap == "-" and before not in _CLITICS and before not in _PREFIXES:
            return True
    if gap[-1:] in ("_", "@", "#", "\\", "=", "&") or (gap in ("+", "(") and before[:1].isdigit()):
        return True
    after = tokens.words[last]
    if tokens.gaps[last] == "" and after and not after[0].isdigit():
        known = reading.last > last or _may_follow_digits(tokens, last)
        if not known:
            return True
    if gap[-1:] in ("/", ".", ":", "-") or tokens.gaps[last][:1] in ("/", "_", "@"):
        return _in_address(tokens, i)
    return False


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[0] <= "\u06ff"


def _may_follow_digits(tokens: Tokens, i: int) -> bool:
    """Tell whether the letters at `i` may stand directly after digits: 21st, 30km, 3pm, but not 5G or 1990s."""
    word, raw = tokens.words[i], tokens.raw(i)
    entry = tokens.entry(i)
    if entry is not None and entry.role != "and":
        return (
            entry.role != "short_scale"
            or word in ("k", "m", "b", "bn", "mn", "tn", "trn", "mln", "bln")
            or not raw.isupper()
        )
    if not word.isascii() and (len(word) > 1 or not _is_arabic(word)):
        return True
    if word in context("clock_after") or word in ("pct", "percent"):
        return True
    return any(not unit.digits_only or not raw.isupper() for _, unit in units().get(word, ()))


def _in_address(tokens: Tokens, i: int) -> bool:
    text, at = tokens.clean.text, tokens.start(i)
    left = max(text.rfind(" ", max(0, at - 200), at), text.rfind("\n", max(0, at - 200), at)) + 1
    found = _ADDRESS.match(text, max(left, at - 200), at + 200)
    return found is not None and found.end() > at


def end_of_chain(tokens: Tokens, i: int) -> int | None:
    """Give one past a chain of figures that is no quantity (14:30, 1-800-555, +967 1 234), else None."""
    words, gaps = tokens.words, tokens.gaps
    j = i + 1
    joiners = []
    while words[j][:1].isdigit() and gaps[j] in ("-", "/", ":", "."):
        joiners.append(gaps[j])
        j += 1
    if len(joiners) >= 2 or ":" in joiners:
        return j
    if joiners == ["/"]:
        top, bottom = words[i], words[i + 1]
        if (
            top == bottom
            or (top, bottom) in (("24", "7"), ("9", "11"))
            or (len(top) == 4 and len(bottom) in (2, 4))
        ):
            return j
    return _end_of_telephone(tokens, i)


def _end_of_telephone(tokens: Tokens, i: int) -> int | None:
    words, gaps = tokens.words, tokens.gaps
    international = gaps[i][-1:] == "+" or words[i].startswith("00")
    if not international and words[i - 1] not in context("phone_before") and words[i][0] != "0":
        return None
    j, n_digits = i + 1, len(words[i])
    while words[j].isdecimal() and gaps[j] in (" ", "-", ".", ") ", " (", ")"):
        n_digits += len(words[j])
        j += 1
    return j if n_digits >= (3 if words[i - 1] in context("phone_before") else 6) else None


def is_designator(tokens: Tokens, reading: Reading) -> bool:
    """Tell whether the number names something: Resolution 2216, Tower 22, القرار 1701, Group of Seven."""
    first, words, gap = reading.first, tokens.words, tokens.gaps[reading.first]
    if first and words[first - 1] in ("no", "nos") and gap == ". ":
        return True
    if first and words[first - 1] == "ال" and gap == "":  # القناة الـ12
        first -= 1
    before = words[first - 1] if first else ""
    if not before or not is_blank(tokens.gaps[first]):
        return False
    if before == "of" and words[first - 2] in context("group_of"):
        return True
    if before in context("group_of"):
        return not before.isascii()
    if before in context("designator"):
        if (
            words[reading.last] in units()
            and is_blank(tokens.gaps[reading.last])
            and words[reading.last] != "م"
        ):
            return False  # a line of 24 yards, خط 24 ياردة
        return reading.bare or (reading.kind == "cardinal" and tokens.raw(first - 1)[:1].isupper())
    if reading.bare and before in context("designator_adjective"):  # قرار مجلس الأمن الدولي 2216
        at = first - 1
        while at and first - at < 6 and words[at] in context("designator_adjective"):
            at -= 1
        return words[at] in context("designator")
    return False


def end_of_designators(tokens: Tokens, reading: Reading) -> int:
    """Give one past a list of designators: resolutions 242 and 338, القرارين 242 و338."""
    words, gaps, i = tokens.words, tokens.gaps, reading.last
    if words[reading.first - 1] not in context("designator_plural"):
        return i
    while True:
        j = i + 1 if words[i] in ("and", "و") else i
        if not words[j].isdecimal() or (j == i and gaps[i].strip() not in (",", "،")):
            return i
        i = j + 1
