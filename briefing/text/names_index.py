"""Find a given name in a text, in whichever script each is written. Does not guess which words are names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from briefing.text.fold import Clean, clean
from briefing.text.gazetteer import Entry, adjectives, gazetteer, name_key
from briefing.text.names_compare import (
    WORD_FLOOR,
    How,
    is_acronym_of,
    related_places,
    word_ids,
    word_score,
)
from briefing.text.names_words import Word, content_words, read_stems, split_words, word_list
from briefing.text.transliteration import align, latin_word, skeleton

__all__ = ["FOUND_ONE", "FOUND_SEVERAL", "NameIndex", "NameMention", "find_name"]

FOUND_ONE = 0.86
"""Least score at which one word of a text is a name of one word."""
FOUND_SEVERAL = 0.80
"""Least mean score of the words of a name found in a text, none below `WORD_FLOOR`."""

_REACH = 2  # words of a name stand within so many positions of each other, beside the words between them
_MOST_MENTIONS = 40


@dataclass(frozen=True, slots=True)
class NameMention:
    """One place in a text where a name stands.

    Attributes:
        start: Where it begins in the text, in code points.
        end: Where it ends; `text[start:end] == surface`.
        surface: What the text prints.
        value: The English main form when the gazetteer has it, else the name as looked for, or as folded.
        category: country, region, city, sea, armed_group, body, office, person, demonym, … or unknown.
        english: English form, when the gazetteer has one.
        arabic: Arabic form, when the gazetteer has one.
        score: How sure the match is, 0-1.
        how: How it was found.
    """

    start: int
    end: int
    surface: str
    value: str
    category: str = "unknown"
    english: str | None = None
    arabic: str | None = None
    score: float = 1.0
    how: How = "exact"


@dataclass(frozen=True)
class NameIndex:
    """A text made ready for looking up many names.

    Attributes:
        text: The text; spans of mentions index it.
    """

    text: str
    _found: dict[str, tuple[NameMention, ...]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def clean(self) -> Clean:
        """The clean text with its way back."""
        return clean(self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, without particles such as "of" and "بن"."""
        return tuple(split_words(self.clean.text, skip=word_list("particles.txt")))

    @cached_property
    def stems(self) -> dict[str, dict[int, float]]:
        """Each reading of each word → positions in `words` → how sure the reading is."""
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for at, word in enumerate(self.words):
            for stem, share in read_stems(word.plain, word.text, True):
                found[stem][at] = share
        return dict(found)

    @cached_property
    def skeletons(self) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """Skeleton → readings that have it: of Latin words, of Arabic words."""
        latin: dict[str, list[str]] = defaultdict(list)
        arabic: dict[str, list[str]] = defaultdict(list)
        for stem in self.stems:
            if len(stem) > 1 and not stem.isdigit():
                (latin if stem.isascii() else arabic)[skeleton(stem)].append(stem)
        return dict(latin), dict(arabic)

    @cached_property
    def meanings(self) -> dict[str, dict[int, float]]:
        """Each meaning of a word (common noun of names, known place) → positions."""
        found: dict[str, dict[int, float]] = defaultdict(dict)
        for stem, places in self.stems.items():
            for meaning in word_ids(stem):
                found[meaning].update(places)
        return dict(found)

    def find(self, name: str) -> tuple[NameMention, ...]:
        """Find a name, written in Arabic or Latin letters; best first, then in text order.

        Spellings in the text that only contain the name ("Talmira" in "Republic of Talmira") count. At most
        40 mentions are given.
        """
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = _find(self, name)
        return found

    def mention(
        self, first: int, last: int, name: str, score: float, how: How, entries: tuple[Entry, ...]
    ) -> NameMention:
        """Make a mention of the words from `first` to `last`."""
        start, end = self.clean.span(self.words[first].start, self.words[last].end)
        surface = self.text[start:end]
        return NameMention(
            start,
            end,
            surface,
            entries[0].english if entries else name,
            category=entries[0].category if entries else "unknown",
            english=entries[0].english if entries else None,
            arabic=entries[0].arabic if entries else None,
            score=round(score, 4),
            how="exact" if surface == name else how,
        )


Found = dict[tuple[int, int], tuple[float, How]]


def find_name(name: str, text: str, *, start: int = 0, end: int | None = None) -> tuple[NameMention, ...]:
    """Find a name in a text, or in its part [start, end); best first, then in text order.

    For many names in one text build one `NameIndex`.

    >>> [mention.surface for mention in find_name("Muscat", "عُقدت المحادثات في مسقط.")]
    ['مسقط']
    """
    stop = len(text) if end is None else end
    return tuple(m for m in NameIndex(text).find(name) if start <= m.start and m.end <= stop)


def _find(index: NameIndex, name: str) -> tuple[NameMention, ...]:
    text = clean(name).text.strip()
    words = content_words(text)
    if not words:
        return ()
    entries = gazetteer().find(text)
    found: Found = {}
    _find_forms(index, text, "folded", 1.0, found)
    for form in dict.fromkeys(form for entry in entries[:4] for form in entry.forms):
        _find_forms(index, form, "exonym", 1.0, found)
    for form in _people_and_places(text, entries):
        _find_forms(index, form, "demonym", 0.95, found)
    _find_acronyms(index, text, words, found)
    if all(entry.category == "city" for entry in entries):
        if len(words) == 1:
            _find_one(index, words[0], found)
        else:
            _find_several(index, words, found)
    return _best(index, text, entries, found)


def _best(index: NameIndex, name: str, entries: tuple[Entry, ...], found: Found) -> tuple[NameMention, ...]:
    """Turn what was found into mentions that do not overlap, best first."""
    taken: set[int] = set()
    mentions = []
    for (first, last), (score, how) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
        if taken.isdisjoint(range(first, last + 1)):
            taken.update(range(first, last + 1))
            mentions.append(index.mention(first, last, name, score, how, entries))
    mentions.sort(key=lambda mention: (-mention.score, mention.start))
    return tuple(mentions[:_MOST_MENTIONS])


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


def _find_forms(index: NameIndex, form: str, how: How, score: float, found: Found) -> None:
    """Find a name as written, apart from folding; words in their order, particles aside."""
    words = content_words(clean(form).text)
    if not words:
        return
    capitals = (
        len(words) == 1 and len(words[0].plain) < 6 and words[0].plain.isupper() and words[0].plain.isascii()
    )
    readings = [dict(read_stems(word.plain, word.text, False)) for word in words]
    for first, share in _positions(index, readings[0]).items():
        last, least = first, share
        for reading in readings[1:]:
            last += 1
            here = _positions(index, reading).get(last)
            if here is None:
                break
            least = min(least, here)
        else:
            if capitals and not index.words[first].plain.replace(".", "").isupper():
                continue
            _keep(found, first, last, score * least, how)


def _positions(index: NameIndex, reading: dict[str, float]) -> dict[int, float]:
    """Give where a word, in any of its readings, stands, and how sure that is."""
    places: dict[int, float] = {}
    for stem, share in reading.items():
        for at, here in index.stems.get(stem, {}).items():
            places[at] = max(places.get(at, 0.0), share * here)
    return places


def _find_acronyms(index: NameIndex, name: str, words: list[Word], found: Found) -> None:
    """Find the initials of a long name, or a long name of which this is the acronym."""
    if len(words) == 1:
        size = len(name.replace(".", ""))
        if not is_acronym_of(
            name, [Word(0, 1, letter.lower(), letter, False) for letter in name if letter != "."]
        ):
            return
        for first in range(len(index.words) - size + 1):
            run = index.words[first : first + size]
            if is_acronym_of(name, list(run)) and all(word.plain[0].isupper() for word in run):
                _keep(found, first, first + size - 1, 0.9, "acronym")
        return
    initials = "".join(word.text[0] for word in words).upper()
    if is_acronym_of(initials, words):
        for at in index.stems.get(initials.lower(), {}):
            if index.words[at].plain.replace(".", "").isupper():
                _keep(found, at, at, 0.9, "acronym")


def _candidates(index: NameIndex, word: Word) -> dict[int, tuple[float, How]]:
    """Give the positions at which a word of a name may stand, with score and how."""
    places: dict[int, tuple[float, How]] = {}
    readings = dict(read_stems(word.plain, word.text, False))
    for at, share in _positions(index, readings).items():
        places[at] = (share, "folded")
    for meaning in frozenset().union(*(word_ids(stem) for stem in readings)):
        for at, share in index.meanings.get(meaning, {}).items():
            if share > places.get(at, (0.0, ""))[0]:
                places[at] = (share, "exonym")
    latin, arabic = index.skeletons
    for stem, share in readings.items():
        shape = skeleton(stem)
        if len(stem) < 2 or stem.isdigit():
            continue
        for other in (latin if stem.isascii() else arabic).get(shape, ()):
            if other not in readings:
                here = index.words[next(iter(index.stems[other]))]
                _offer(places, index, other, share * word_score(word, here)[0])
        shapes = arabic if stem.isascii() else latin
        reach = max(1, int(0.4 * len(shape)))
        for near, _, _ in process.extract_iter(
            shape, shapes.keys(), scorer=Levenshtein.distance, score_cutoff=reach
        ):
            for other in shapes[near]:
                pair = (other, stem) if stem.isascii() else (stem, other)
                _offer(places, index, other, share * align(pair[0], latin_word(pair[1]), WORD_FLOOR))
    return places


def _offer(places: dict[int, tuple[float, How]], index: NameIndex, stem: str, score: float) -> None:
    if score < WORD_FLOOR:
        return
    for at, share in index.stems[stem].items():
        if score * share > places.get(at, (0.0, ""))[0]:
            places[at] = (score * share, "transliterated")


def _find_one(index: NameIndex, word: Word, found: Found) -> None:
    for at, (score, how) in _candidates(index, word).items():
        if score >= FOUND_ONE and (how != "exonym" or word.arabic != index.words[at].arabic):
            _keep(found, at, at, score, how)


def _find_several(index: NameIndex, words: list[Word], found: Found) -> None:
    """Find a group of words near each other, in any order."""
    places: list[dict[int, tuple[float, How]]] = []
    for word in sorted(words, key=lambda word: -len(word.text)):
        places.append(_candidates(index, word))
        if not places[-1]:
            return
    places.sort(key=len)
    reach = _REACH + len(words) - 2
    for anchor, (score, how) in places[0].items():
        used = {anchor}
        total, hows = score, {how}
        for others in places[1:]:
            near = [at for at in range(anchor - reach, anchor + reach + 1) if at in others and at not in used]
            if not near:
                break
            at = max(near, key=lambda at: (others[at][0], -abs(at - anchor)))
            used.add(at)
            total += others[at][0]
            hows.add(others[at][1])
        else:
            mean = total / len(words)
            if mean >= FOUND_SEVERAL:
                worst: How = next(how for how in ("transliterated", "exonym", "folded") if how in hows)
                _keep(found, min(used), max(used), mean, worst)
