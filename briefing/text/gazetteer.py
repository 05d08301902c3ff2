"""Look up places, bodies and groups that have a name of their own in both English and Arabic.

Two tables are read as one: `lexicon/translated_names.tsv`, written by hand, and `lexicon/gazetteer.tsv`, built by
`tools/build_gazetteer.py` from CLDR, countrynames and GeoNames (CC BY 4.0). Peoples and adjectives of places are in
`lexicon/demonyms.tsv`. Nothing here compares spellings: a name is known or it is not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from briefing.text.fold import clean, fold

__all__ = [
    "Entry",
    "Gazetteer",
    "demonym_places",
    "first_words",
    "gazetteer",
    "name_key",
    "read_rows",
    "translate_name",
]

_ARTICLE = re.compile(r"(?<![^\t\n| ])(?:al|el|ul|il|a[sdrntz]|e[sdrntz]|ash|adh|ath|esh)-(?=\w)")
_SPACES = re.compile(" +")
_PUNCTUATION = str.maketrans(
    {"-": " ", "'": "", ".": "", "(": " ", ")": " ", ",": " ", "&": " and ", "\r": ""}
)


def _keys(text: str) -> str:
    """Write names as keys; tabs, line ends and bars stay, so a whole table goes through at once."""
    text = clean(text).text
    for before in ("\t", "|", " ", "-"):
        text = text.replace(before + "ال", before)
    return _ARTICLE.sub("", fold(text)).translate(_PUNCTUATION)


def name_key(name: str) -> str:
    """Write a name as the tables' key: folded, without the article, hyphens and apostrophes.

    >>> name_key("The Gulf of Aden"), name_key("البحر الأحمر")
    ('gulf of aden', 'بحر احمر')
    """
    key = _SPACES.sub(" ", _keys("\t" + name)).strip()
    return key.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Entry:
    """One place, body or group.

    Attributes:
        number: Its line in the tables; the lower of two entries of one name is the better known.
        category: country, region, sea, city, armed_group, body, office, media, site, agreement, weapon or person.
        english: Main English form.
        english_aliases: Other English forms, acronyms among them.
        arabic: Main Arabic form.
        arabic_aliases: Other Arabic forms.
        people: Inhabitants in thousands, for cities; 0 for all else.
    """

    number: int
    category: str
    english: str
    english_aliases: tuple[str, ...]
    arabic: str
    arabic_aliases: tuple[str, ...]
    people: int

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms in both languages, main forms first."""
        return (self.english, self.arabic, *self.english_aliases, *self.arabic_aliases)


def read_rows(name: str) -> list[str]:
    """Read the lines of a table of the lexicon, without comments and empty lines."""
    text = files("briefing.text.lexicon").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All entries, by key.

    Attributes:
        rows: The lines of the tables, tab-separated.
        numbers: Key → numbers of the rows that have it, best known first.
    """

    rows: list[str]
    numbers: dict[str, tuple[int, ...]]

    def entry(self, number: int) -> Entry:
        """Give the entry of a row."""
        return _entry(self.rows[number], number)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Give the entries a name may mean, best known first; none when it is not known."""
        return tuple(self.entry(number) for number in self.numbers.get(name_key(name), ()))


@lru_cache(maxsize=4096)
def _entry(row: str, number: int) -> Entry:
    cells = [*row.split("\t"), "", ""][:6]
    return Entry(
        number=number,
        category=cells[0],
        english=cells[1],
        english_aliases=tuple(filter(None, cells[2].split("|"))),
        arabic=cells[3],
        arabic_aliases=tuple(filter(None, cells[4].split("|"))),
        people=int(cells[5] or 0),
    )


@cache
def gazetteer() -> Gazetteer:
    """Load the tables, once. The built table carries its keys, for speed; those of the hand table are made here."""
    by_hand = read_rows("translated_names.tsv")
    rows = by_hand + read_rows("gazetteer.tsv")
    keys = ["|".join(row.split("\t")[1:5]) for row in by_hand]
    keys = _SPACES.sub(" ", _keys("|" + "\n|".join(keys))).split("\n")
    keys += [row[row.rindex("\t") + 1 :] for row in rows[len(by_hand) :]]
    numbers: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(keys):
        for key in line.split("|"):
            known = numbers.get(key)
            if known is None:
                numbers[key] = (number,)
            elif known[-1] != number:
                numbers[key] = (*known, number)
    numbers.pop("", None)
    return Gazetteer(rows, numbers)


@cache
def first_words() -> dict[str, int]:
    """Give the first word of each key → most words of a key that begins with it."""
    longest: dict[str, int] = {}
    for key in gazetteer().numbers:
        word, _, rest = key.partition(" ")
        size = rest.count(" ") + 2 if rest else 1
        if longest.get(word, 0) < size:
            longest[word] = size
    return longest


@cache
def demonym_places() -> dict[str, tuple[str, ...]]:
    """Give the key of each adjective or people ("yemeni", "يمني") → English names of the places it belongs to."""
    places: dict[str, tuple[str, ...]] = {}
    for row in read_rows("demonyms.tsv"):
        place, english, arabic = row.split("\t")
        for form in (*english.split("|"), *arabic.split("|")):
            key = name_key(form)
            places[key] = (*places.get(key, ()), place)
    return places


@cache
def _adjectives() -> dict[str, tuple[str, ...]]:
    rows = (row.split("\t") for row in read_rows("demonyms.tsv"))
    return {place: (*english.split("|"), *arabic.split("|")) for place, english, arabic in rows}


def adjectives(place: str) -> tuple[str, ...]:
    """Give the adjectives and peoples of a place (its English main form), in both languages."""
    return _adjectives().get(place, ())


def translate_name(name: str, to: Literal["en", "ar"]) -> str | None:
    """Give the main form of a known name in the other language; None when it is not known.

    >>> translate_name("Red Sea", "ar"), translate_name("مضيق هرمز", "en"), translate_name("Zzyzx", "ar")
    ('البحر الأحمر', 'Strait of Hormuz', None)
    """
    entries = gazetteer().find(name)
    if not entries:
        return None
    return entries[0].english if to == "en" else entries[0].arabic
