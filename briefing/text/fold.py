"""Clean and fold text without losing where each character came from. Knows nothing of words.

`clean` removes what the eye does not see (bidi marks, zero-width characters, Arabic vowel signs, tatweel) and
maps digits of Arabic-Indic, Persian and other scripts to ASCII; it keeps an index back to the original.
`fold` then maps each character to one character (case, accents, Arabic letter variants), so positions in the
folded text are positions in the clean text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache

__all__ = ["Clean", "clean", "fold"]

# Bidi controls and marks, zero-width characters, soft hyphen, BOM, Arabic harakat, Quranic marks,
# superscript alef, tatweel. Combining Latin accents are dropped too: "é" may come as two characters.
_DROPPED = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u180e"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08ff"
    "\u0300-\u036f]+"
)


@dataclass(frozen=True, slots=True)
class Clean:
    """Clean text with an index back to the original.

    Attributes:
        text: The clean text.
        original: The text it was made from.
    """

    text: str
    original: str
    _starts: tuple[int, ...]  # clean position at which each kept run begins
    _shifts: tuple[int, ...]  # what to add to a clean position in that run

    def position(self, at: int) -> int:
        """Give the original position of the character at clean position `at`."""
        return at + self._shifts[bisect_right(self._starts, at) - 1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original half-open span of the clean span [start, end).

        >>> c = clean("مـُحَمّد 5")
        >>> s, e = c.span(0, 4)
        >>> c.original[s:e] == "مـُحَمّد"
        True
        """
        if end <= start:
            at = self.position(start) if start < len(self.text) else len(self.original)
            return at, at
        return self.position(start), self.position(end - 1) + 1


def _unchanged() -> dict[int, str]:
    """Map the common characters to themselves: `str.translate` is twice as fast on keys that are there."""
    return {code: chr(code) for code in [*range(0x700), *range(0x2000, 0x2070)]}


@cache
def _digits() -> dict[int, str]:
    every = "".join(map(chr, [*range(0x80, 0xD800), *range(0xE000, 0x1FC00)]))  # no digit lies beyond
    table = _unchanged() | {ord(char): str(unicodedata.digit(char)) for char in re.findall(r"\d", every)}
    table[0x066B] = "."  # Arabic decimal separator
    table[0x066C] = ","  # Arabic thousands separator
    table[0x066A] = "%"  # Arabic percent sign
    table[0xA0] = table[0x202F] = table[0x2009] = table[0x2007] = " "
    return table


_LONG = 1000  # a text this long is an article: several readers clean and fold it in turn, so the last few are kept


def clean(text: str) -> Clean:
    """Drop invisible characters and map all digits to ASCII, keeping an index to the original.

    >>> clean("\u200f٣\u064b٫٥").text
    '3.5'
    """
    return _clean_kept(text) if len(text) > _LONG else _clean(text)


@lru_cache(maxsize=4)
def _clean_kept(text: str) -> Clean:
    return _clean(text)


def _clean(text: str) -> Clean:
    kept: list[str] = []
    starts: list[int] = [0]
    shifts: list[int] = [0]
    at = size = 0
    for match in _DROPPED.finditer(text):
        if match.start() > at:
            kept.append(text[at : match.start()])
            size += match.start() - at
        at = match.end()
        if starts[-1] == size:
            shifts[-1] = at - size
        else:
            starts.append(size)
            shifts.append(at - size)
    kept.append(text[at:])
    return Clean("".join(kept).translate(_digits()), text, tuple(starts), tuple(shifts))


@cache
def _letters() -> dict[int, str]:
    table = _unchanged()
    for code in [*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)]:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        if len(base) == 1 and base != char:
            table[code] = base
    table.update({ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l", ord("Ł"): "l", ord("đ"): "d", ord("ı"): "i"})
    for source, target in (
        ("أإآٱ", "ا"),
        ("ىیې", "ي"),
        ("ةە", "ه"),
        ("ئ", "ي"),
        ("ؤ", "و"),
        ("ک", "ك"),
        ("گ", "ك"),
        ("‘’ʼʿʾ`´", "'"),
        ("“”„«»", '"'),
        ("–—−‐‑‒", "-"),
    ):
        for char in source:
            table[ord(char)] = target
    return table


def fold(text: str) -> str:
    """Map each character to one: lower case, no accents, one form of each Arabic letter.

    The result is as long as the input, so positions are kept.

    >>> fold("Málaga أُوكرانيا"[:6]), fold("إيران"), fold("غزة")
    ('malaga', 'ايران', 'غزه')
    """
    return _fold_kept(text) if len(text) > _LONG else text.translate(_letters())


@lru_cache(maxsize=4)
def _fold_kept(text: str) -> str:
    return text.translate(_letters())
