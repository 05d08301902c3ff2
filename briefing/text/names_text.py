"""Hold the words of a text and where each of their readings stands. Searches for nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from briefing.text.names_scores import word_ids
from briefing.text.names_words import Word, read_stems, split_words, word_list
from briefing.text.transliteration import skeleton

__all__ = ["TextWords"]


@dataclass(frozen=True)
class TextWords:
    """The words of a text and where each reading of them stands.

    Attributes:
        text: The clean text.
    """

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words, without particles such as "of" and "بن"."""
        return tuple(split_words(self.text, skip=word_list("particles.txt")))

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

    def between(self, first: int, last: int) -> str:
        """Give the clean text from one word to another, both included."""
        return self.text[self.words[first].start : self.words[last].end]
