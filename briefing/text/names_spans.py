"""Share what the search for names needs in both scripts: known names at a word, categories, the span found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.text.gazetteer import Entry, demonym_places, first_words, gazetteer
from briefing.text.names_words import Word, head_of, read_stems, word_list

__all__ = ["NameSpan", "category_of", "known_at", "people_at"]

SMALLEST_CITY = 100
"""Thousands of people from which a city of one word is taken for a name in a text without further signs."""


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name found, as words [first, last] of a list of words.

    Attributes:
        first: First word.
        last: Last word, included.
        category: As in `NameMention`.
        entry: What the gazetteer has of it; None when it is not known.
    """

    first: int
    last: int
    category: str
    entry: Entry | None = None


def category_of(words: Sequence[Word]) -> str | None:
    """Give the category of a name by the common noun it is built on; None when it has none."""
    ordered = words if words and words[0].arabic else reversed(words)
    return next(filter(None, map(head_of, ordered)), None)


def known_at(words: Sequence[Word], at: int, end: int) -> NameSpan | None:
    """Give the longest name of the gazetteer that begins at a word and ends before `end`."""
    table, longest = gazetteer(), first_words()
    for stem, share in read_stems(words[at].plain, words[at].text, True):
        for size in range(min(longest.get(stem, 0), end - at), 0, -1):
            for key in _keys(words[at + 1 : at + size], stem):
                numbers = table.numbers.get(key)
                if numbers:
                    entry = table.entry(numbers[0])
                    if size > 1 or _alone(words[at], share, entry):
                        return NameSpan(at, at + size - 1, entry.category, entry)
    return None


def _keys(words: Sequence[Word], first: str) -> list[str]:
    keys = [first]
    for word in words:
        stems = [stem for stem, share in read_stems(word.plain, word.text, False) if share == 1.0]
        keys = [f"{key} {stem}" for key in keys for stem in stems][:8]
    return keys


def _alone(word: Word, share: float, entry: Entry) -> bool:
    """Tell whether one word by itself is to be taken for the known name it looks like."""
    if word.text in word_list("not_places_ar.txt"):
        return False
    if entry.category == "city" and entry.people:
        return entry.people >= SMALLEST_CITY and len(word.text) > 2 and (share > 0.96 or len(word.text) > 4)
    return not word.arabic or share > 0.96 or len(word.text) > 3


def people_at(word: Word) -> str | None:
    """Give the place whose people or adjective a word is; None for any other word."""
    skipped = word_list("not_places_ar.txt")
    for stem, share in read_stems(word.plain, word.text, True):
        places = demonym_places().get(stem)
        if places and stem not in skipped and share > 0.94:
            return places[0]
    return None
