"""Share what the search for names needs in both scripts: known names at a word, categories, the span found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.text.fold import fold
from briefing.text.gazetteer import Entry, demonym_places, first_words, gazetteer
from briefing.text.names_words import Word, concepts, head_of, read_stems, word_list

__all__ = ["NameSpan", "category_of", "known_at", "people_at", "prefix_length"]

SMALLEST_CITY = 300
"""Thousands of people from which a city of one word is taken for a name in a text without further signs."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name found, as words [first, last] of a list of words.

    Attributes:
        first: First word.
        last: Last word, included.
        category: As in `NameMention`.
        entry: What the gazetteer has of it; None when it is not known.
        skip: Letters of the first word before the name: و, ب, ل and the like.
    """

    first: int
    last: int
    category: str
    entry: Entry | None = None
    skip: int = 0


def category_of(words: Sequence[Word]) -> str | None:
    """Give the category of a name by the common noun it is built on; None when it has none."""
    if words and not words[0].arabic:
        of = next((at for at, word in enumerate(words) if word.text == "of"), len(words))
        words = [*reversed(words[:of]), *words[of:]]
    return next(filter(None, map(head_of, words)), None)


def known_at(words: Sequence[Word], at: int, end: int) -> NameSpan | None:
    """Give the longest name of the gazetteer that begins at a word and ends before `end`."""
    table, longest = gazetteer(), first_words()
    for stem, share in _read(words[at]):
        for size in range(min(longest.get(stem, 0), end - at), 0, -1):
            for key in _keys(words[at + 1 : at + size], stem):
                numbers = table.numbers.get(key)
                if numbers:
                    entry = table.entry(numbers[0])
                    if size > 1 or _alone(words[at], share, entry):
                        return NameSpan(
                            at, at + size - 1, entry.category, entry, prefix_length(words[at], stem)
                        )
    return None


def _keys(words: Sequence[Word], first: str) -> list[str]:
    keys = [first]
    for word in words:
        stems = [stem for stem, share in read_stems(word.plain, word.text, False) if share == 1.0]
        keys = [f"{key} {stem}" for key in keys for stem in stems][:8]
    return keys


def _read(word: Word) -> tuple[tuple[str, float], ...]:
    return read_stems(word.plain, word.text, True)


def _alone(word: Word, share: float, entry: Entry) -> bool:
    """Tell whether one word by itself is to be taken for the known name it looks like."""
    acronym = len(word.plain) > 1 and word.plain.replace(".", "").isupper()
    stops = word_list("stopwords_ar.txt" if word.arabic else "stopwords_en.txt")
    if not acronym and (word.text in stops or (word.plain[0] in "وف" and word.text[1:] in stops)):
        return False
    if word.arabic and any(
        form in word_list("not_places_ar.txt") or (entry.people and form in concepts())
        for form, _ in _read(word)
    ):
        return False
    if word.arabic and not _same_article(word, entry):
        return False
    if entry.category == "city" and entry.people:
        return entry.people >= SMALLEST_CITY and len(word.text) > 2 and (share > 0.96 or len(word.text) > 4)
    return not word.arabic or share > 0.96 or len(word.text) > 3


def _same_article(word: Word, entry: Entry) -> bool:
    """Tell whether an Arabic word has the article as the known name has: "السنة" is not the city سنة."""
    forms = {fold(form) for form in (entry.arabic, *entry.arabic_aliases)}
    return any(form in forms for form, _ in _read(word))


def people_at(word: Word) -> tuple[str, int] | None:
    """Give the place whose people or adjective a word is, and the letters before it; None for any other word."""
    skipped = word_list("not_places_ar.txt")
    for stem, share in _read(word):
        places = demonym_places().get(stem)
        if places and stem not in skipped and share > 0.94:
            return places[0], prefix_length(word, stem)
    return None


def prefix_length(word: Word, stem: str) -> int:
    """Give how many letters of an Arabic word stand before a reading of it, the article not counted among them."""
    at = word.text.find(stem)
    if not word.arabic or at <= 0 or word.plain.startswith("لل", max(0, at - 2)):
        return 0
    return at - 2 if word.plain.startswith("ال", at - 2) and at > 1 else at
