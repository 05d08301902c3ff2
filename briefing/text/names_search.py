"""Search a text, split into words once, for one name: as written, by other forms, by initials, by spelling.

Gives runs of words with a score; knows nothing of places in the original text.
"""

from __future__ import annotations

import re

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from briefing.text.fold import clean
from briefing.text.gazetteer import Entry, adjectives, gazetteer, name_key
from briefing.text.names_compare import WORD_FLOOR, is_acronym_of, related_places
from briefing.text.names_scores import How, across, adjective_ids, demonym_score, word_ids, word_score
from briefing.text.names_text import TextWords
from briefing.text.names_words import (
    Word,
    concepts,
    content_words,
    head_of,
    read_stems,
    word_list,
)
from briefing.text.transliteration import skeleton

__all__ = ["FOUND_ONE", "FOUND_SEVERAL", "Found", "search"]

FOUND_ONE = 0.88
"""Least score at which one word of a text is a name of one word: 96 % of held-out names reach it, 0.005 %
of random other names; in 9 KB of Arabic 7 % of names that it does not have find some common word."""
FOUND_SEVERAL = 0.84
"""Least mean score of the words of a name, none below `WORD_FLOOR`. Two-word names of held-out words in 400
generated texts of 9 KB: 97 % found, 0.1 % of the names of other texts accepted."""

_REACH = 2  # words of a name stand within so many positions of each other, beside the words between them
_GAP = 0.03  # taken off the score for each strange word between the words of a name
_SURE = 0.9  # how sure the reading of each word of a name as written must be
_PARTED = 0.86  # score of a body whose place stands elsewhere in the text
_ARTICLE = 0.97  # share of a reading without "ال" when the Latin name, of one word, has no "al-"
_PAUSE = re.compile(r"[!?؟؛;:\n()\"«»]|[^\W\d_]{2}\.\s|[,،]")

Found = dict[tuple[int, int], tuple[float, How]]
Places = dict[int, tuple[float, How]]


def search(text: TextWords, name: str, entries: tuple[Entry, ...]) -> Found:
    """Find a clean name.

    Args:
        text: The words to search.
        name: The name, in Arabic or Latin letters.
        entries: What the gazetteer has of it.

    Returns:
        Runs of words (first, last) → score and how it was found.
    """
    found: Found = {}
    words = content_words(name)
    if not words:
        return found
    _find_form(text, name, "folded", 1.0, found)
    for form in dict.fromkeys(form for entry in entries[:4] for form in entry.forms):
        _find_form(text, form, "exonym", 1.0, found)
    for form in _people_and_places(name, entries):
        _find_form(text, form, "demonym", 0.95, found)
    _find_acronyms(text, name, words, found)
    if all(entry.category == "city" for entry in entries):
        if len(words) == 1:
            _find_one(text, words[0], name, found)
        else:
            _find_several(text, words, found)
            if not found:
                _find_parted(text, words, found)
    return found


def _keep(found: Found, first: int, last: int, score: float, how: How) -> None:
    if score > found.get((first, last), (0.0, how))[0]:
        found[first, last] = (score, how)


def _people_and_places(name: str, entries: tuple[Entry, ...]) -> list[str]:
    """Give adjectives of a place, or places and further adjectives of an adjective."""
    table = gazetteer()
    forms: list[str] = []
    for place in related_places(name_key(name), entries):
        forms.extend(adjectives(place))
        if not any(entry.english == place for entry in entries):
            for entry in table.find(place)[:1]:
                forms.extend(entry.forms)
    return forms


def _find_form(text: TextWords, form: str, how: How, score: float, found: Found) -> None:
    """Find a name as written, apart from folding; words in their order, particles aside."""
    words = content_words(clean(form).text)
    if not words:
        return
    plain = words[0].plain
    capitals = len(words) == 1 and len(plain) < 6 and plain.isupper() and plain.isascii()
    readings = [dict(read_stems(word.plain, word.text, False)) for word in words]
    for first, share in _positions(text, readings[0]).items():
        last, least = first, share
        for reading in readings[1:]:
            last += 1
            here = _positions(text, reading).get(last)
            if here is None:
                break
            least = min(least, here)
        else:
            if least > _SURE and (not capitals or text.words[first].plain.replace(".", "").isupper()):
                _keep(found, first, last, score * least, how)


def _positions(text: TextWords, reading: dict[str, float]) -> dict[int, float]:
    """Give where a word, in any of its readings, stands, and how sure that is."""
    places: dict[int, float] = {}
    for stem, share in reading.items():
        for at, here in text.stems.get(stem, {}).items():
            places[at] = max(places.get(at, 0.0), share * here)
    return places


def _find_acronyms(text: TextWords, name: str, words: list[Word], found: Found) -> None:
    """Find the initials of a long name, or a long name of which this is the acronym."""
    if len(words) > 1:
        initials = "".join(word.text[0] for word in words).upper()
        if is_acronym_of(initials, words):
            for at in text.stems.get(initials.lower(), {}):
                if text.words[at].plain.replace(".", "").isupper():
                    _keep(found, at, at, 0.9, "acronym")
        return
    letters = name.replace(".", "")
    if not (letters.isascii() and letters.isupper() and 2 < len(letters) < 9):
        return
    for first in range(len(text.words) - len(letters) + 1):
        run = text.words[first : first + len(letters)]
        if is_acronym_of(letters, list(run)) and all(word.plain[0].isupper() for word in run):
            _keep(found, first, first + len(letters) - 1, 0.9, "acronym")


def _candidates(text: TextWords, word: Word) -> Places:
    """Give the positions at which a word of a name may stand, with score and how."""
    places: Places = {}
    readings = dict(read_stems(word.plain, word.text, False))
    for at, share in _positions(text, readings).items():
        places[at] = (share, "folded")
    for meaning in frozenset().union(*(word_ids(stem) for stem in readings)):
        for at, share in text.meanings.get(meaning, {}).items():
            if share > places.get(at, (0.0, ""))[0]:
                places[at] = (share, "exonym")
    latin, arabic = text.skeletons
    for stem, share in readings.items():
        shape = skeleton(stem)
        if len(stem) < 2 or stem.isdigit():
            continue
        for other in (latin if stem.isascii() else arabic).get(shape, ()):
            if other not in readings:
                here = text.words[next(iter(text.stems[other]))]
                _offer(places, text, other, share * word_score(word, here)[0])
        shapes = arabic if stem.isascii() else latin
        for near, _, _ in process.extract_iter(
            shape, shapes.keys(), scorer=Levenshtein.distance, score_cutoff=_shape_reach(shape)
        ):
            for other in shapes[near]:
                _offer(places, text, other, share * _across(stem, other))
    return places


def _shape_reach(shape: str) -> int:
    """Give how far two skeletons of one name may be apart: keeps 99.3 % of true pairs, 3 % of random ones."""
    return max(1, int(0.4 * len(shape)))


def _across(stem: str, other: str) -> float:
    """Score two words of different scripts."""
    arabic, latin = (other, stem) if stem.isascii() else (stem, other)
    return across(arabic, latin, WORD_FLOOR)


def _offer(places: Places, text: TextWords, stem: str, score: float) -> None:
    if score < WORD_FLOOR:
        return
    for at, share in text.stems[stem].items():
        if score * share > places.get(at, (0.0, ""))[0]:
            places[at] = (score * share, "transliterated")


def _score_at(text: TextWords, word: Word, at: int, body: bool) -> tuple[float, How]:
    """Score a word of a name, which is the name of a body or not, with the word at a position."""
    here = text.words[at]
    best: tuple[float, How] = (0.0, "none")
    score: float
    how: How
    readings = read_stems(word.plain, word.text, False)
    for other, sure in read_stems(here.plain, here.text, True):
        for stem, share in readings:
            if stem == other:
                score, how = 1.0, "folded"
            elif word_ids(stem) & word_ids(other):
                score, how = 1.0, "exonym"
            elif word.arabic == here.arabic:
                score, how = (
                    (word_score(word, here)[0] if skeleton(stem) == skeleton(other) else 0.0),
                    "transliterated",
                )
            else:
                shapes = skeleton(stem), skeleton(other)
                near = Levenshtein.distance(*shapes) <= _shape_reach(shapes[0])
                score, how = (_across(stem, other) if near else 0.0), "transliterated"
            if score * share * sure > best[0]:
                best = (score * share * sure, how)
    if body and best[0] < FOUND_SEVERAL:
        adjective = demonym_score(word, here)
        if adjective > best[0]:
            return adjective, "demonym"
    return best


def _find_one(text: TextWords, word: Word, name: str, found: Found) -> None:
    """Find a name of one word; common words that merely sound like it are left out."""
    common = word_list("stopwords_ar.txt")
    foreign = not word.arabic and not re.match(r"(?i)(?:al|el|a[sdrnt]|ash)[- ]", name)
    for at, (score, how) in _candidates(text, word).items():
        here = text.words[at]
        if how == "exonym" and word.arabic == here.arabic:
            continue
        if how == "transliterated":
            if here.text in common or (here.plain[0] in "وف" and here.text[1:] in common):
                continue
            if foreign and "ال" in here.plain[:4]:
                score *= _ARTICLE
        if score >= FOUND_ONE:
            _keep(found, at, at, score, how)


def _find_several(text: TextWords, words: list[Word], found: Found) -> None:
    """Find a group of words near each other: spelled alike in the same order, translated in any."""
    order = sorted(range(len(words)), key=lambda i: (bool(_meaning(words[i])), -len(skeleton(words[i].text))))
    body = any(map(head_of, words))
    reach = _REACH + len(words) - 2
    for anchor, place in _candidates(text, words[order[0]]).items():
        used = {order[0]: anchor}
        scores = {order[0]: place}
        for i in order[1:]:
            near = range(max(0, anchor - reach), min(len(text.words), anchor + reach + 1))
            options = [(at, *_score_at(text, words[i], at, body)) for at in near if at not in used.values()]
            at, score, how = max(
                options, key=lambda option: (option[1], -abs(option[0] - anchor)), default=(0, 0.0, "none")
            )
            if score < WORD_FLOOR:
                break
            used[i], scores[i] = at, (score, how)
        else:
            _keep_group(text, used, scores, found)


def _find_parted(text: TextWords, words: list[Word], found: Found) -> None:
    """Find "Talmiri Foreign Ministry" where the text has "the Foreign Ministry", and Talmira elsewhere.

    The body's common nouns must stand together, without another place beside them.
    """
    common = [word for word in words if not word.text.isdigit() and _is_common(word)]
    proper = [word for word in words if word not in common]
    if len(common) < 2 or not proper or not any(map(head_of, common)):
        return
    if not all(_stands_somewhere(text, word) for word in proper):
        return
    groups: Found = {}
    _find_several(text, common, groups)
    for (first, last), (score, _) in groups.items():
        beside = [at for at in (first - 1, last + 1) if 0 <= at < len(text.words)]
        if not any(adjective_ids(stem) for at in beside for stem, _ in _read(text.words[at])):
            _keep(found, first, last, min(score, _PARTED), "demonym")


def _is_common(word: Word) -> bool:
    return any(stem in concepts() for stem, _ in _read(word))


def _read(word: Word) -> tuple[tuple[str, float], ...]:
    return read_stems(word.plain, word.text, False)


def _stands_somewhere(text: TextWords, word: Word) -> bool:
    if any(score >= FOUND_ONE for score, _ in _candidates(text, word).values()):
        return True
    return any(demonym_score(word, here) >= FOUND_ONE for here in text.words if _alike(word, here))


def _alike(word: Word, here: Word) -> bool:
    """Tell whether two words begin with the same consonants, so that one may be the adjective of the other."""
    a, b = skeleton(word.text), skeleton(here.text.removeprefix("ال"))
    return len(a) > 1 and len(b) > 1 and a[:2] == b[:2]


def _meaning(word: Word) -> frozenset[str]:
    return frozenset().union(*(word_ids(stem) for stem, _ in read_stems(word.plain, word.text, False)))


def _keep_group(text: TextWords, used: dict[int, int], scores: Places, found: Found) -> None:
    first, last = min(used.values()), max(used.values())
    hows = {how for _, how in scores.values()}
    proper = [score for score, how in scores.values() if how != "exonym"] or [1.0]
    mean = sum(proper) / len(proper) - _GAP * (last - first + 1 - len(used))
    if mean < FOUND_SEVERAL:
        return
    spelled = [used[i] for i in sorted(used) if scores[i][1] == "transliterated"]
    if spelled != sorted(spelled) or (len(spelled) > 1 and _PAUSE.search(text.between(first, last))):
        return
    worst: How = next(how for how in ("transliterated", "demonym", "exonym", "folded") if how in hows)
    _keep(found, first, last, mean, worst)
