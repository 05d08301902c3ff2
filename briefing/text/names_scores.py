"""Score two words of names against each other, within one script or across. Knows nothing of whole names."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import Levenshtein

from briefing.text.fold import fold
from briefing.text.gazetteer import demonym_places, gazetteer, read_rows
from briefing.text.names_words import Word, concepts, read_stems
from briefing.text.transliteration import align, latin_word

__all__ = ["How", "across", "adjective_ids", "stems_of", "word_ids", "word_score"]

How = Literal["exact", "folded", "exonym", "demonym", "acronym", "transliterated", "none"]

_OTHER_GIVEN_NAME = 0.4  # score of two common given names, such as Hassan and حسين
_KNOWN_CITY = 300  # thousands of people from which a city is known as a word of a longer name
_SAME_SOUND = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh|ck|[qgjc]"), "k"),
    (re.compile(r"ou|oo|u|w"), "o"),
    (re.compile(r"ei|ee|ie|ai|ay|ey|y|i"), "e"),
    (re.compile(r"dh|th|z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"h$"), ""),
)


@lru_cache(maxsize=8192)
def adjective_ids(key: str) -> frozenset[str]:
    """Give the English names of the places a key is an adjective or people of."""
    return frozenset(demonym_places().get(key, ()))


@lru_cache(maxsize=16384)
def word_ids(stem: str) -> frozenset[str]:
    """Give what a word stands for inside a longer name: meanings of common nouns, known places."""
    table = gazetteer()
    places = {
        "=" + entry.english
        for entry in (table.entry(number) for number in table.numbers.get(stem, ()))
        if entry.category != "city" or entry.people > _KNOWN_CITY
    }
    return concepts().get(stem, frozenset()) | places | {"=" + place for place in adjective_ids(stem)}


def stems_of(word: Word) -> tuple[tuple[str, float], ...]:
    """Give the readings of a word of a name."""
    return read_stems(word.plain, word.text, False)


def _same_script(a: Word, b: Word) -> float:
    """Score two words of one script: 1 when folded alike, less when only sounded alike."""
    if a.text == b.text:
        return 1.0
    forms_a, forms_b = {form for form, _ in stems_of(a)}, {form for form, _ in stems_of(b)}
    if forms_a & forms_b:
        return 0.99
    given = _given(a.text, b.text)
    if given is not None:
        return 0.97 if given else _OTHER_GIVEN_NAME
    if a.arabic:
        return 0.95 * max(Levenshtein.normalized_similarity(x, y) for x in forms_a for y in forms_b)
    if a.text.isdigit() or b.text.isdigit():
        return 0.0
    sound_a, sound_b = _sound(a.text), _sound(b.text)
    return 0.95 * (
        0.5 * Levenshtein.normalized_similarity(a.text, b.text)
        + 0.5 * Levenshtein.normalized_similarity(sound_a, sound_b)
    ) + (0.12 if sound_a == sound_b and a.text[0] == b.text[0] else 0.0)


@lru_cache(maxsize=8192)
def _sound(text: str) -> str:
    for pattern, sound in _SAME_SOUND:
        text = pattern.sub(sound, text)
    return text


@cache
def _given_names() -> dict[str, frozenset[int]]:
    """Give each spelling of a common Arabic given name → the rows of the table that have it."""
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(read_rows("given_names.tsv")):
        for form in fold(row).replace("\t", "|").split("|"):
            rows.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in rows.items()}


def _given(a: str, b: str) -> bool | None:
    """Tell whether two words are one common given name; None unless the table has both."""
    table = _given_names()
    rows_a, rows_b = table.get(a), table.get(b)
    return bool(rows_a & rows_b) if rows_a and rows_b else None


@lru_cache(maxsize=65536)
def across(arabic: str, latin: str, floor: float = 0.0) -> float:
    """Score an Arabic and a Latin word, both folded; 0 when the score must stay below `floor`."""
    given = _given(arabic, latin)
    if given is not None:
        return 1.0 if given else _OTHER_GIVEN_NAME
    return align(arabic, latin_word(latin), floor)


def word_score(a: Word, b: Word) -> tuple[float, How]:
    """Score two words of names; symmetric."""
    if a.arabic == b.arabic:
        score = _same_script(a, b)
        how: How = "folded" if score >= 0.99 else "transliterated"
        if score < 0.99 and _ids(a) & _ids(b):
            return 0.98, "exonym"
        return min(score, 0.98) if how == "transliterated" else score, how
    arabic, latin = (a, b) if a.arabic else (b, a)
    if arabic.text.isdigit() or latin.text.isdigit():
        return 0.0, "none"
    shared = _ids(arabic) & _ids(latin)
    if shared:
        return 1.0, "exonym"
    if latin.text in ("abu", "abd") or stems_of(latin)[0][0] in ("abu", "abd"):
        wanted = {"abu": "ابو", "abd": "عبد"}[stems_of(latin)[0][0]]
        if any(stem == wanted for stem, _ in stems_of(arabic)):
            return 1.0, "transliterated"
    return max(
        (share * across(stem, latin.text) for stem, share in stems_of(arabic)),
        default=0.0,
    ), "transliterated"


def _ids(word: Word) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for stem, _ in stems_of(word):
        found |= word_ids(stem)
    return found
