"""Split a name or a text into words that can be compared across spellings and scripts.

A word keeps its place in the clean text and the ways it can be read: an Arabic word with and without article and
prefixes, feminine and plural endings reduced. Knows no places and compares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.text.fold import fold
from briefing.text.gazetteer import read_rows

__all__ = [
    "Word",
    "concepts",
    "content_words",
    "head_of",
    "is_arabic",
    "read_stems",
    "split_words",
    "word_list",
]

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., U.N.
    r"|[^\W\d_]+(?:['’ʼʿ`´‘][^\W\d_]+)*['’ʿ]?"
    r"|\d+"
)
_ARTICLE = re.compile(r"(?:al|el|ul|il|a[sdrntz]|e[sdrntz]|ash|adh|ath|esh)-(?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
_SIGNS = re.compile(r"['’ʼʿ`´‘.]")
_ABD_LATIN = re.compile(r"(abd)(?:[aeou]l|[aeou](?=rr|ss|nn|dd|tt|zz|sh|ch|th|r|n|s))?(\w{3,})")
_ABD_ARABIC = re.compile(r"(عبد)(ال\w{2,})")
_ABU_LATIN = frozenset({"abu", "abou", "abo", "abi", "aba"})
_ABU_ARABIC = frozenset({"ابو", "ابي", "ابا"})
_ABD_WORDS = frozenset({"abd", "abdul", "abdel", "abdal", "abdol", "abdoul", "abdu"})
_UMM_LATIN = frozenset({"umm", "um", "om", "oum"})
_LINKS = frozenset({"of", "for", "and", "to", "في", "من"})
_NISBA = re.compile(r"(\w{2,}ي)(?:ه|ون|ين|ات|ا)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Attributes:
        start: Where it begins in the clean text.
        end: Where it ends there.
        text: The word, folded, without apostrophes, full stops and possessive s.
        plain: The word as the clean text has it.
        arabic: Whether it is written in Arabic letters.
    """

    start: int
    end: int
    text: str
    plain: str
    arabic: bool


def is_arabic(text: str) -> bool:
    """Tell whether a text has an Arabic letter."""
    return any("\u0600" <= char <= "\u06ff" for char in text)


@cache
def word_list(name: str) -> frozenset[str]:
    """Read a word list of the lexicon, folded."""
    return frozenset(fold(row) for row in read_rows(name))


def split_words(text: str, *, skip: frozenset[str] = frozenset()) -> list[Word]:
    """Split a clean text into words, in order, leaving out those in `skip`.

    Words such as "Abdulrahman" and "عبدالرحمن" become two, "al-" before a hyphen joins the next word's span.
    """
    words: list[Word] = []
    begin = -1
    folded = fold(text)
    article_end = {found.end(): found.start() for found in _ARTICLE.finditer(folded)}
    article_starts = frozenset(article_end.values())
    for found in _WORD.finditer(text):
        start, end = found.span()
        if start in article_starts and (start == 0 or not folded[start - 1].isalnum()):
            begin = start
            continue
        plain = found[0]
        word = folded[start:end]
        arabic = "\u0600" <= plain[0] <= "\u06ff"
        if arabic and "ئو" in plain:
            word = fold(plain.replace("ئو", "ؤو"))  # "مسئول" is "مسؤول"
        if not arabic and not word.isalpha():
            possessive = _POSSESSIVE.search(plain)
            end -= len(possessive[0]) if possessive else 0
            word = _SIGNS.sub("", _POSSESSIVE.sub("", word)) or word
        first = begin if begin >= 0 and start in article_end else start
        begin = -1
        if word in skip:
            continue
        if "abd" in word or "عبد" in word:
            compound = (_ABD_ARABIC if arabic else _ABD_LATIN).fullmatch(word)
            if compound and len(word) > 5:
                cut = end - len(compound[2])
                words.append(Word(first, cut, compound[1], plain[: cut - start], arabic))
                rest = plain[cut - start :]
                words.append(
                    Word(cut, end, compound[2], rest.title() if plain[0].isupper() else rest, arabic)
                )
                continue
        words.append(Word(first, end, word, plain, arabic))
    return words


@lru_cache(maxsize=32768)
def read_stems(plain: str, text: str, in_text: bool) -> tuple[tuple[str, float], ...]:
    """Give the ways an Arabic or Latin word may be read, each with how sure the reading is (0-1).

    Args:
        plain: The word in clean text, to tell the article from a hamza ("ألمانيا" has no article).
        text: The word, folded.
        in_text: Whether bare one-letter prefixes (و ف ب ل ك) may come before it, as in running text.
    """
    sure = {text: 1.0}
    if not text.isascii() and "\u0600" <= text[0] <= "\u06ff":
        _arabic_stems(plain, text, in_text, sure)
    elif text in _ABU_LATIN:
        return (("abu", 1.0),)
    elif text in _ABD_WORDS:
        return (("abd", 1.0),)
    elif text in _UMM_LATIN:
        return (("umm", 1.0), (text, 1.0))
    elif len(text) > 4 and text[-1] == "s" and text[-2] not in "su":
        sure[text[:-1]] = 0.99
    return tuple(sure.items())


def _arabic_stems(plain: str, text: str, in_text: bool, sure: dict[str, float]) -> None:
    if text in _ABU_ARABIC:
        sure["ابو"] = 1.0
    at = 0
    heads = [(text, plain, 1.0)]
    if plain[0] in "وف" and len(plain) > 3 and (in_text or plain[1:3] in {"ال", "لل"} or plain[2:4] == "ال"):
        at = 1
        if in_text or plain.startswith("ال", 1):
            heads.append((text[1:], plain[1:], 0.98 if plain[0] == "و" else 0.95))
    rest, rest_plain = text[at:], plain[at:]
    if rest_plain[0] in "بلك" and len(rest) > 3:
        if rest_plain.startswith("لل"):
            heads.append((rest[2:], rest_plain[2:], 1.0))
            heads.append(("ال" + rest[2:], "ال" + rest_plain[2:], 1.0))
        elif rest_plain[1:3] == "ال" or in_text or (rest_plain[0] == "ل" and len(rest) > 4):
            heads.append(
                (rest[1:], rest_plain[1:], (0.99 if in_text else 0.85) if rest_plain[1:3] == "ال" else 0.95)
            )
    for head, head_plain, share in heads:
        if share > sure.get(head, 0.0):
            sure[head] = share
        bare = head
        if head_plain.startswith("ال") and len(head) > 3:
            bare = head[2:]
            if share > sure.get(bare, 0.0):
                sure[bare] = share
        nisba = _NISBA.fullmatch(bare)
        if nisba and len(nisba[1]) > 3 and share * 0.98 > sure.get(nisba[1], 0.0):
            sure[nisba[1]] = share * 0.98


@cache
def concepts() -> dict[str, frozenset[str]]:
    """Give the meanings of words that names are made of: "ministry" and "وزاره" share one."""
    found: dict[str, set[str]] = {}
    for row in read_rows("name_nouns.tsv"):
        english, arabic = row.split("\t")
        meaning = english.split("|")[0]
        for form in english.split("|"):
            found.setdefault(fold(form), set()).add(meaning)
            if not form.endswith("s"):
                found.setdefault(fold(form) + "s", set()).add(meaning)
        for form in fold(arabic).split("|"):
            found.setdefault(form, set()).add(meaning)
            if not form.endswith(("ه", "ا", "ء", "ات", "ون", "ين")):
                found.setdefault(form + "ه", set()).add(meaning)
    return {word: frozenset(meanings) for word, meanings in found.items()}


@cache
def _heads() -> dict[str, str]:
    return {
        noun: row.split("\t")[0] for row in read_rows("name_heads.tsv") for noun in row.split("\t")[1].split()
    }


def head_of(word: Word, *, in_text: bool = False) -> str | None:
    """Give the category of names built on a common noun ("front": armed_group); None for any other word.

    Args:
        word: The word.
        in_text: Whether particles may be attached to it, as in running Arabic text ("وحركة").
    """
    heads, known = _heads(), concepts()
    for stem, _ in read_stems(word.plain, word.text, in_text):
        for meaning in sorted(known.get(stem, ())):
            if meaning in heads:
                return heads[meaning]
    return None


@cache
def _titles(name: str) -> dict[str, int]:
    """Give first word → most words of a title that begins with it, and each whole title → 0."""
    titles: dict[str, int] = {}
    for row in read_rows(name):
        words = _title_key(fold(row))
        titles[" ".join(words)] = 0
        titles["^" + words[0]] = max(titles.get("^" + words[0], 0), len(words))
    return titles


def _title_key(title: str) -> list[str]:
    return [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in title.split()]


def title_length(words: Sequence[Word]) -> int:
    """Give how many of the first words are a title or office that stands before a person's name; 0 for none."""
    if not words:
        return 0
    first = words[0]
    titles = _titles("titles_ar.txt" if first.arabic else "titles_en.txt")
    keys = [_title_key(word.text)[0] for word in words[:6]]
    if first.arabic and "^" + keys[0] not in titles:
        keys = [key.removesuffix("ه") for key in keys]  # "الرئيسة"
    longest = min(titles.get("^" + keys[0], 0), len(words))
    cut = next((size for size in range(longest, 0, -1) if " ".join(keys[:size]) in titles), 0)
    if cut == 1 and first.arabic and len(first.text) > 2 and not first.plain.startswith("ال"):
        return 0  # "رئيس إيران" is the president of Iran, "الرئيس X" a person
    return cut


def _without_titles(words: list[Word]) -> list[Word]:
    """Take titles off the front, unless nothing is left or what is left is a common noun of names."""
    rest = words
    while len(rest) > 1:
        cut = title_length(rest)
        if not cut or cut == len(rest):
            break
        rest = rest[cut:]
    if rest is words:
        return words
    if rest[0].text in _LINKS:
        return words
    return words if head_of(rest[0]) else rest


def content_words(name: str) -> list[Word]:
    """Split a clean name into the words that count: without titles, particles, small words and middle initials.

    All small words are kept when the name has nothing else.
    """
    every = split_words(name)
    words = _without_titles(every)
    small = word_list("particles.txt") | word_list("connectors.txt")
    kept = [word for word in words if word.text not in small] or words
    full = [word for word in kept if len(word.text) > 1]
    return full if len(full) > 1 and full != kept and kept[-1] is full[-1] else kept
