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

__all__ = [
    "How",
    "across",
    "adjective_ids",
    "demonym_score",
    "is_given_name",
    "stems_of",
    "word_ids",
    "word_score",
]

How = Literal["exact", "folded", "exonym", "demonym", "acronym", "transliterated", "none"]

_SAME_SCRIPT = 0.9  # scale of the similarity of two words of one script: a name of five letters must be equal
_OTHER_GIVEN_NAME = 0.4  # score of two common given names, such as Hassan and حسين
_SURE = 0.9  # from here on no other reading of a word is tried
_LONGEST_PAIR = 80  # letters of two words together beyond which they are not aligned
_KNOWN_CITY = 300  # thousands of people from which a city is known as a word of a longer name
_LATIN_DEMONYM = re.compile(r"(\w{3,}?)(?:i?ans?|ese|is?|ites?|ish)")
_WEAK_ENDING = re.compile(r"^(?!ال).*ي$|[^aeiou]is?$")
_ARABIC_DEMONYM = re.compile(r"(?:ال)?(\w{3,}?)(?:ا?ي|ا?يه|ا?يون|ا?يين|ا?يات)")
_SAME_SOUND = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh|gh|ck|[qgjc]"), "k"),
    (re.compile(r"ou|oo|u|w"), "o"),
    (re.compile(r"ei|ee|ie|ai|ay|ey|y|i"), "e"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th|z"), "s"),
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
        return _SAME_SCRIPT * max(Levenshtein.normalized_similarity(x, y) for x in forms_a for y in forms_b)
    if a.text.isdigit() or b.text.isdigit():
        return 0.0
    sound_a, sound_b = _sound(a.text), _sound(b.text)
    letters, sounds = (
        Levenshtein.normalized_similarity(*pair) for pair in ((a.text, b.text), (sound_a, sound_b))
    )
    if sound_a == sound_b and a.text[0] == b.text[0]:
        return min(0.98, 0.6 + 0.5 * letters)
    return _SAME_SCRIPT * (letters + sounds) / 2


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


def is_given_name(word: str) -> bool:
    """Tell whether a folded word is one of the common Arabic given names."""
    return word in _given_names()


def _given(a: str, b: str) -> bool | None:
    """Tell whether two words are one common given name; None unless the table has both."""
    table = _given_names()
    rows_a, rows_b = table.get(a), table.get(b)
    return bool(rows_a & rows_b) if rows_a and rows_b else None


@lru_cache(maxsize=65536)
def across(arabic: str, latin: str, floor: float = 0.0) -> float:
    """Score an Arabic and a Latin word, both folded; 0 when the score must stay below `floor`."""
    if len(arabic) + len(latin) > _LONGEST_PAIR:
        return 0.0
    given = _given(arabic, latin)
    if given is not None:
        return 1.0 if given else _OTHER_GIVEN_NAME
    return align(arabic, latin_word(latin), floor)


def word_score(a: Word, b: Word, *, body: bool = False) -> tuple[float, How]:
    """Score two words of names; symmetric.

    Args:
        a: A word of one name.
        b: A word of the other.
        body: Whether both names are built on a common noun ("council"), so that adjectives of places are expected.
    """
    score, how = _word_score(a, b)
    if body and score < _SURE:
        adjective = demonym_score(a, b)
        if adjective > score:
            return adjective, "demonym"
    return score, how


def _word_score(a: Word, b: Word) -> tuple[float, How]:
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


def _demonym_forms(word: Word) -> list[str]:
    """Give a word without the ending of an adjective or people: "talmir" for "talmirian"; none if it has none."""
    found = (_ARABIC_DEMONYM if word.arabic else _LATIN_DEMONYM).fullmatch(word.text)
    return [found[1]] if found else []


def demonym_score(a: Word, b: Word) -> float:
    """Score "Talmira" with "Talmirian" or "تالميري": endings of adjective and place taken off.

    A bare "-i" or "ي" is an ending of many names of persons too, so the place must end in a vowel then.
    """
    best = 0.0
    for one, other in ((a, b), (b, a)):
        for stem in _demonym_forms(one):
            if _WEAK_ENDING.search(one.plain.lower()) and other.text[-1] not in "aeouاهو":
                continue
            bases = {text.rstrip("aeiouyاهي") for text, _ in stems_of(other)} | set(_demonym_forms(other))
            for base in bases:
                if len(base) < 3 or len(stem) < 3:
                    continue
                if one.arabic == other.arabic:
                    score = 1.0 if base in (stem, stem.rstrip("aeiouyاهي")) else 0.0
                else:
                    score = across(stem, base) if one.arabic else across(base, stem)
                best = max(best, 0.95 * score)
    return best
