"""Decide what a number word means where grammar alone cannot: vague words, "one", "m", "a hundred", duals."""

from __future__ import annotations

from decimal import Decimal

from briefing.text.quantities_grammar import Reading
from briefing.text.quantities_lexicon import context
from briefing.text.quantities_tokens import Tokens, is_blank

__all__ = ["read_vague", "refine"]

_MULTIPLIERS = ("hundred", "scale", "dozen")


def read_vague(tokens: Tokens, i: int, free: int) -> Reading | None:
    """Read a vague number at word `i`: dozens, hundreds of thousands, عشرات الآلاف, بضعة, several hundred."""
    entry = tokens.entry(i)
    if entry is None or entry.role not in ("vague", "scales", "some"):
        return None
    words, j = tokens.words, i + 1
    if entry.role == "some":
        following = tokens.entry(j) if is_blank(tokens.gaps[j]) else None
        if following is None or following.joined or following.role not in ("vague", "scales", *_MULTIPLIERS):
            return (
                Reading(None, i, j, "vague") if words[i].startswith(("بضع", "وبضع", "لبضع", "ببضع")) else None
            )
        first = i - 1 if words[i] == "few" and words[i - 1] == "a" and i > free else i
        j = _vague_end(tokens, j + 1)
        return Reading(None, first, j, "vague")
    if words[i] in ("tens", "scores") and words[j] != "of":
        return None
    return Reading(None, i, _vague_end(tokens, j), "vague")


def _vague_end(tokens: Tokens, j: int) -> int:
    """Extend a vague number over "of thousands", الآلاف."""
    while True:
        k = j + 1 if tokens.words[j] == "of" else j
        entry = tokens.entry(k)
        if entry is None or entry.joined or entry.opens or not is_blank(tokens.gaps[k]):
            return j
        if entry.role not in ("vague", "scales") and not (entry.role == "scale" and entry.arabic):
            return j
        j = k + 1


def refine(tokens: Tokens, reading: Reading, free: int) -> Reading | None:
    """Correct a reading by the words around it, or reject it; `free` is the first word it may grow to."""
    first, words = reading.first, tokens.words
    entry = tokens.entry(first)
    if reading.bare:
        if (
            words[first - 1] == "ال"
            and tokens.gaps[first] == ""
            and words[first - 2] in context("ordinal_noun")
        ):
            return reading._replace(kind="ordinal", bare=False)
        return _with_suffix(tokens, reading)
    if entry is None:
        return reading
    if words[first] == "one" or entry.role == "one":
        return reading if _is_one(tokens, reading) else None
    if entry.role == "dual":
        return _refine_dual(tokens, reading)
    if (
        entry.role in ("half", "fraction")
        and first > free
        and is_blank(tokens.gaps[first])
        and words[first - 1] in ("a", "one")
    ):
        return reading._replace(first=first - 1)
    if entry.role in ("half", "fraction", "ordinal", "ordinal_unit", "ordinal_teen"):
        return _refine_part_or_ordinal(tokens, reading, free)
    if entry.role in _MULTIPLIERS and not entry.arabic and first > free and words[first - 1] in ("a", "an"):
        return reading._replace(first=first - 1)
    alone = entry.article and reading.last == first + 1 and first > 0
    if alone and entry.role in ("tens", "hundred", "scale") and words[first - 1] in context("ordinal_noun"):
        return reading._replace(kind="ordinal")
    if entry.role == "two" and "ال" in words[first][:3]:
        return None  # Monday
    return reading


def _with_suffix(tokens: Tokens, reading: Reading) -> Reading | None:
    """Read letters after digits: 21st, 10k, $5m, 5m barrels."""
    last, words = reading.last, tokens.words
    entry = tokens.entry(last)
    if entry is None or tokens.gaps[last] not in ("", " ") or reading.value is None:
        return reading
    if entry.role == "suffix" and tokens.gaps[last] == "":
        return reading._replace(last=last + 1, kind="ordinal", bare=False)
    if entry.role != "short_scale":
        return reading
    if not _is_short_scale(tokens, reading):
        metres = (
            words[last] == "m" and not tokens.gaps[last] and words[last + 1] not in context("metre_after")
        )
        return reading._replace(alternatives=(reading.value * 10**6,)) if metres else reading
    scale = int(entry.value)
    ambiguous = (reading.value,) if words[last] in ("m", "t", "mm", "b") else ()
    money = tokens.gaps[reading.first].rstrip(" ")[-1:] in tuple("$€£¥₪")
    return reading._replace(
        value=reading.value * scale,
        last=last + 1,
        scale=scale,
        bare=False,
        alternatives=() if money else ambiguous,
    )


def _is_short_scale(tokens: Tokens, reading: Reading) -> bool:
    letter, last = tokens.words[reading.last], reading.last
    money = tokens.gaps[reading.first].rstrip(" ")[-1:] in tuple("$€£¥₪") and tokens.gaps[reading.first] != ""
    if money:
        return True
    if tokens.gaps[last] == " ":
        return letter in ("bn", "mn", "mln", "bln", "tn", "trn")
    if letter in ("mm", "t", "b"):
        return False
    if letter == "m":
        following = tokens.words[last + 1]
        plural = following.endswith("s") or following in ("people", "children", "women", "men")
        return is_blank(tokens.gaps[last + 1]) and plural and following not in context("metre_after")
    return True


def _is_one(tokens: Tokens, reading: Reading) -> bool:
    words, first, last = tokens.words, reading.first, reading.last
    if last > first + 1:
        return True
    before = words[first - 1] if first else ""
    if words[first] != "one":
        return not words[first].startswith(("ال", "وال", "بال", "لل")) and before not in ("كل", "اي", "لا")
    if before in context("not_one_before") or words[last] in context("not_one_after"):
        return False
    return tokens.gaps[last] != "-" and tokens.gaps[last] not in ("'", "'s") and tokens.gaps[first] != "-"


def _refine_dual(tokens: Tokens, reading: Reading) -> Reading | None:
    """Add the noun that a dual repeats (عامين ونصف العام) or اثنان; reject an adjective (طائرتين مسيرتين)."""
    first, last = reading.first, reading.last
    before = tokens.entry(first - 1) if first else None
    own = tokens.entry(first)
    if before is not None and own is not None and before.role == "dual" and own.skip == 0:
        return None
    if last > first + 1:
        stem = tokens.words[first][:-2].removesuffix("ت")
        repeated = is_blank(tokens.gaps[last]) and tokens.words[last].removeprefix("ال").startswith(stem)
        return reading._replace(last=last + 1) if repeated and len(stem) > 2 else reading
    entry = tokens.entry(last)
    if entry is not None and entry.role == "two" and not entry.opens and is_blank(tokens.gaps[last]):
        return reading._replace(last=last + 1)
    return reading


def _refine_part_or_ordinal(tokens: Tokens, reading: Reading, free: int) -> Reading | None:
    first, words, last = reading.first, tokens.words, reading.last
    entry = tokens.entry(first)
    if entry is None:
        return reading
    before = words[first - 1] if first else ""
    following = tokens.entry(last)
    if entry.role in ("half", "fraction"):
        if reading.kind == "fraction" and following is not None and following.role == "ordinal":
            return None  # النصف الأول, الربع الثاني
        if not entry.arabic:
            ordinal = tokens.entry(first - 1) if first else None
            if ordinal is not None and ordinal.role.startswith("ordinal"):
                return None
            if entry.role == "fraction":
                return None  # a quarter of the year, unless a, one or three stands before
            if tokens.gaps[last] == "-":
                return None
        return reading
    if reading.kind != "ordinal":
        return reading
    if not entry.arabic:
        return _english_ordinal(tokens, reading, before, free)
    return reading if _is_arabic_ordinal(tokens, reading, before) else None


def _english_ordinal(tokens: Tokens, reading: Reading, before: str, free: int) -> Reading | None:
    first, words, last = reading.first, tokens.words, reading.last
    word = words[first]
    value = reading.value or Decimal(0)
    if before in ("a", "one") and value > 2 and last == first + 1 and words[last] == "of" and first > free:
        return reading._replace(value=1 / value, first=first - 1, kind="fraction")
    if word == "first" and (
        before == "at"
        or words[last] in ("lady", "aid", "minister")
        or words[last : last + 2] == ("of", "all")
    ):
        return None
    if word == "second" and (before in ("per", "every", "split") or words[last] in ("later", "hand", "ago")):
        return None
    return reading


def _is_arabic_ordinal(tokens: Tokens, reading: Reading, before: str) -> bool:
    first, words = reading.first, tokens.words
    word, value = words[first], reading.value
    if before in context("rank_before") and word == "اول":
        return False
    if before in context("regnal"):
        return False
    if word == "اول" and words[first + 1] in ("امس", "من"):
        return False
    if value == 2 and "ال" not in word[:3] and "لل" not in word[:3]:
        return word not in ("ثان",) and (not word.endswith("ه") or before.endswith("ه"))
    return True
