"""Find given names in a text, in whichever script each is written. Does not guess which words are names."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from briefing.text.fold import Clean, clean
from briefing.text.gazetteer import Entry, gazetteer
from briefing.text.names_scores import How
from briefing.text.names_search import Found, search
from briefing.text.names_text import TextWords

__all__ = ["NameIndex", "NameMention", "find_name"]

_MOST_MENTIONS = 20_000  # more than any article has; the checker looks for one in a cited sentence


@dataclass(frozen=True, slots=True)
class NameMention:
    """One place in a text where a name stands.

    Attributes:
        start: Where it begins in the text, in code points.
        end: Where it ends; `text[start:end] == surface`.
        surface: What the text prints.
        value: The English main form when the gazetteer has it, else the name as looked for, or as folded.
        category: country, region, city, sea, armed_group, body, office, media, site, agreement, weapon, person,
            demonym or unknown.
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
    def words(self) -> TextWords:
        """The words of the clean text."""
        return TextWords(self.clean.text)

    def find(self, name: str) -> tuple[NameMention, ...]:
        """Find a name, written in Arabic or Latin letters; best first, then in text order.

        Longer names that contain the name ("Talmira" in "Republic of Talmira") count.
        """
        found = self._found.get(name)
        if found is None:
            cleaned = clean(name).text.strip()
            entries = gazetteer().find(cleaned)
            found = self._mentions(cleaned, entries, search(self.words, cleaned, entries))
            self._found[name] = found
        return found

    def _mentions(self, name: str, entries: tuple[Entry, ...], found: Found) -> tuple[NameMention, ...]:
        """Turn what was found into mentions that do not overlap, best first."""
        taken: set[int] = set()
        mentions = []
        for (first, last), (score, how) in sorted(found.items(), key=lambda item: (-item[1][0], item[0])):
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                mentions.append(self._mention(first, last, name, score, how, entries))
        mentions.sort(key=lambda mention: (-mention.score, mention.start))
        return tuple(mentions[:_MOST_MENTIONS])

    def _mention(
        self, first: int, last: int, name: str, score: float, how: How, entries: tuple[Entry, ...]
    ) -> NameMention:
        words = self.words.words
        start, end = self.clean.span(words[first].start, words[last].end)
        surface = self.text[start:end]
        entry = entries[0] if entries else None
        return NameMention(
            start,
            end,
            surface,
            entry.english if entry else name,
            category=entry.category if entry else "unknown",
            english=entry.english if entry else None,
            arabic=entry.arabic if entry else None,
            score=round(score, 4),
            how="exact" if surface == name else how,
        )


def find_name(name: str, text: str, *, start: int = 0, end: int | None = None) -> tuple[NameMention, ...]:
    """Find a name in a text, or in its part [start, end); best first, then in text order.

    For many names in one text build one `NameIndex`.

    >>> [mention.surface for mention in find_name("Muscat", "عُقدت المحادثات في مسقط.")]
    ['مسقط']
    """
    stop = len(text) if end is None else end
    return tuple(m for m in NameIndex(text).find(name) if start <= m.start and m.end <= stop)
