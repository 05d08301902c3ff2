"""Find the names in a text that are worth checking. Compares nothing with another text.

English (and any Latin script): groups of capitalised words and names of the gazetteer. Arabic has no capitals:
names of the gazetteer, peoples, words after a title or office, kunyas (أبو …), عبد …, words after nouns that begin
the name of a body, group or place, and later mentions of a family name found so.
"""

from __future__ import annotations

from briefing.text.fold import clean
from briefing.text.gazetteer import Entry, gazetteer
from briefing.text.names_arabic import arabic_spans
from briefing.text.names_index import NameMention
from briefing.text.names_latin import latin_spans
from briefing.text.names_spans import people_at
from briefing.text.names_words import Word, split_words

__all__ = ["find_names"]


def find_names(text: str, language: str | None = None) -> list[NameMention]:
    """Find names of places, bodies, groups, peoples and persons.

    Args:
        text: Any text, Arabic, English or both.
        language: ISO 639-1 code; "ar" and "en" look for names of that script alone, anything else for both.

    Returns:
        Mentions in text order, not overlapping. `value` is the English main form when the gazetteer has the name,
        the English name of the place for a people or adjective, otherwise the folded words.

    >>> [(m.surface, m.category) for m in find_names("Talks in Muscat with Brett McGurk failed.")]
    [('Muscat', 'city'), ('Brett McGurk', 'person')]
    >>> [(m.surface, m.value) for m in find_names("وصل وزير الخارجية إدريس القاسمي إلى مسقط")]
    [('إدريس القاسمي', 'ادريس القاسمي'), ('مسقط', 'Muscat')]
    """
    cleaned = clean(text)
    words = split_words(cleaned.text)
    spans = []
    if language != "ar":
        spans += latin_spans(cleaned.text, words)
    if language != "en":
        spans += arabic_spans(cleaned.text, words)
    mentions = []
    for span in sorted(spans, key=lambda span: span.first):
        start, end = cleaned.span(words[span.first].start + span.skip, words[span.last].end)
        people = people_at(words[span.first]) if span.category == "demonym" else None
        entry = _place(people[0]) if people else span.entry
        mentions.append(
            NameMention(
                start,
                end,
                text[start:end],
                entry.english if entry else _folded(words[span.first : span.last + 1], span.skip),
                category=span.category,
                english=entry.english if entry else None,
                arabic=entry.arabic if entry else None,
            )
        )
    return mentions


def _folded(words: list[Word], skip: int) -> str:
    return " ".join(word.text for word in words)[skip:]


def _place(name: str) -> Entry | None:
    entries = gazetteer().find(name)
    return entries[0] if entries else None
