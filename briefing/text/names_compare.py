"""Compare two names, or two words of names, within one script or across Arabic and Latin. Searches no text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from briefing.text.fold import clean
from briefing.text.gazetteer import Entry, gazetteer, name_key
from briefing.text.names_scores import How, adjective_ids, demonym_score, stems_of, word_score
from briefing.text.names_words import Word, content_words, head_of

__all__ = [
    "MATCH_ONE",
    "MATCH_SEVERAL",
    "WORD_FLOOR",
    "NameMatch",
    "is_acronym_of",
    "match_names",
    "place_ids",
    "related_places",
]

MATCH_ONE = 0.84
"""Least score at which two single words are one name. 97 % of held-out names reach it, 0.01 % of random
other names, 5 % of the nearest other spellings among 2,500 names."""
MATCH_SEVERAL = 0.84
"""Least mean score at which the words of two names are one name, none of them below `WORD_FLOOR`."""
WORD_FLOOR = 0.70

_HALF_APART = 0.75  # most that two names can score when one of their words fits none of the other
_MOST_JOINED = 6  # words of a name in which two may be written as one
_KNOWN_APART = 0.5  # most that two known names of different things can score
_RANKS: tuple[How, ...] = ("folded", "exonym", "demonym", "acronym", "transliterated", "none")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How far two names are one.

    Attributes:
        score: 0-1; how near the spellings are, whether or not that is near enough.
        how: What makes them one: equal as written (exact) or after folding (folded), two forms in the gazetteer
            (exonym), a place and its people or adjective (demonym), initials (acronym), spelled alike
            (transliterated); none when they are two names.
    """

    score: float
    how: How


@lru_cache(maxsize=8192)
def place_ids(key: str) -> frozenset[str]:
    """Give the English main forms of what a key names, and of the places it is an adjective of."""
    table = gazetteer()
    names = {table.entry(number).english for number in table.numbers.get(key, ())}
    return frozenset(names)


def related_places(key: str, entries: tuple[Entry, ...]) -> frozenset[str]:
    """Give the English main forms of the places a key names, or is an adjective of."""
    return adjective_ids(key) | {entry.english for entry in entries}


def _demonym(a: list[Word], b: list[Word], key_a: str, key_b: str) -> float:
    """Score two names as a place and its adjective or people, by table and by rule."""
    adjectives_a, adjectives_b = _adjectives(a, key_a), _adjectives(b, key_b)
    if adjectives_a & (place_ids(key_b) | adjectives_b) or adjectives_b & place_ids(key_a):
        return 1.0
    if len(a) != 1 or len(b) != 1:
        return 0.0
    return demonym_score(a[0], b[0])


def _adjectives(words: list[Word], key: str) -> frozenset[str]:
    found = adjective_ids(key)
    if len(words) == 1:
        found = found.union(*(adjective_ids(stem) for stem, _ in stems_of(words[0])))
    return found


def is_acronym_of(short: str, words: list[Word]) -> bool:
    """Tell whether a Latin acronym is made of the initials of a name's words (small words left out or not)."""
    letters = short.replace(".", "")
    if not (2 < len(letters) < 9 and letters.isupper() and letters.isascii()):
        return False
    return "".join(word.text[0] for word in words).upper() == letters


@dataclass(frozen=True, slots=True)
class _Pairing:
    """How the words of two names pair; `mean` leaves out common nouns and known places, which always fit."""

    mean: float
    least: float
    how: How
    left_over: int


def _pair(a: list[Word], b: list[Word]) -> _Pairing:
    """Pair the words of the shorter name with words of the longer, best pairs first."""
    if len(a) > len(b):
        a, b = b, a
    body = any(map(head_of, a)) and any(map(head_of, b))
    scores = sorted(
        ((*word_score(x, y, body=body), -abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b)),
        key=lambda item: (item[0], item[2]),
        reverse=True,
    )
    used_a: dict[int, tuple[float, How]] = {}
    used_b: set[int] = set()
    for score, how, _, i, j in scores:
        if i not in used_a and j not in used_b:
            used_a[i] = score, how
            used_b.add(j)
    proper = [score for score, how in used_a.values() if how != "exonym"] or [
        score for score, _ in used_a.values()
    ]
    ends = (0 in used_b and len(b) - 1 in used_b and len(a) > 1) or len(a) == len(b)
    return _Pairing(
        mean=sum(proper) / len(proper),
        least=min(score for score, _ in used_a.values()),
        how=max((how for _, how in used_a.values()), key=_RANKS.index),
        left_over=0 if ends else len(b) - len(a),
    )


def _joined(a: list[Word], b: list[Word]) -> _Pairing:
    """Pair the words of two names; where one has more, try two of its words as one ("نصر الله", Nasrallah)."""
    best = _pair(a, b)
    if len(a) == len(b) or max(len(a), len(b)) > _MOST_JOINED:
        return best
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    for at in range(len(longer) - 1):
        one, two = longer[at : at + 2]
        word = Word(one.start, two.end, one.text + two.text, one.plain + two.plain, one.arabic)
        other = _pair([*longer[:at], word, *longer[at + 2 :]], shorter)
        if not other.left_over and other.least >= WORD_FLOOR and other.mean > best.mean - best.left_over:
            best = other
    return best


@lru_cache(maxsize=8192)
def _prepared(name: str) -> tuple[tuple[Word, ...], str]:
    text = clean(name).text.strip()
    return tuple(content_words(text)), name_key(text)


def match_names(a: str, b: str) -> NameMatch:
    """Tell whether two names, each in Arabic or Latin letters, are one name; symmetric.

    >>> match_names("Brett McGurk", "بريت ماكغورك").how, match_names("Muscat", "مسقط").how
    ('transliterated', 'exonym')
    >>> match_names("Iran", "الإيرانية").how, match_names("the Red Sea", "Red Sea").how
    ('demonym', 'folded')
    >>> match_names("Iran", "العراق").how
    'none'
    """
    if a > b:
        a, b = b, a
    if a == b:
        return NameMatch(1.0 if a.strip() else 0.0, "exact" if a.strip() else "none")
    (words_a, key_a), (words_b, key_b) = _prepared(a), _prepared(b)
    if not words_a or not words_b:
        return NameMatch(0.0, "none")
    plain_a, plain_b = [word.text for word in words_a], [word.text for word in words_b]
    if key_a == key_b or plain_a == plain_b:
        return NameMatch(1.0, "folded")
    ids_a, ids_b = place_ids(key_a), place_ids(key_b)
    if ids_a & ids_b:
        return NameMatch(1.0, "exonym")
    return _match_words(list(words_a), list(words_b), key_a, key_b, (a, b))


def _match_words(a: list[Word], b: list[Word], key_a: str, key_b: str, names: tuple[str, str]) -> NameMatch:
    demonym = _demonym(a, b, key_a, key_b)
    if demonym == 1.0:
        return NameMatch(0.95, "demonym")
    if is_acronym_of(names[0].strip(), b) or is_acronym_of(names[1].strip(), a):
        return NameMatch(0.9, "acronym")
    pairing = _joined(a, b)
    mean = pairing.mean
    if pairing.left_over:
        mean *= min(len(a), len(b)) / max(len(a), len(b))
    elif len(a) != len(b):
        mean *= 0.97
    if _known_apart(key_a, key_b):
        return NameMatch(min(mean, _KNOWN_APART), "none")
    single = len(a) == 1 and len(b) == 1
    if single and demonym > mean and demonym >= MATCH_ONE:
        return NameMatch(demonym, "demonym")
    if pairing.least < WORD_FLOOR and not single:
        mean = min(mean, _HALF_APART)
    return NameMatch(mean, pairing.how if mean >= (MATCH_ONE if single else MATCH_SEVERAL) else "none")


def _known_apart(key_a: str, key_b: str) -> bool:
    """Tell whether the gazetteer knows both names, as different things, one of them a country or the like."""
    table = gazetteer()
    numbers = table.numbers.get(key_a, ()), table.numbers.get(key_b, ())
    if not (numbers[0] and numbers[1]):
        return False
    return any(table.entry(row[0]).category != "city" for row in numbers)
