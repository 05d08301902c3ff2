"""Where a sentence refers back to a party without its name: "the front", "the ministry", "he", "الحركة"."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from briefing.checker.article import Article, Match
from briefing.schema import Party
from briefing.text.fold import clean, fold
from briefing.text.names_words import concepts

__all__ = ["find_references_back"]

_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = "[وف]?[بكل]?"


@cache
def _table() -> dict[str, tuple[str, str]]:
    lines = (resources.files("briefing.text") / "lexicon" / "coreference.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {kind: (english, arabic) for kind, english, arabic in rows}


def find_references_back(party: Party, article: Article) -> tuple[Match, ...]:
    """Give the places where a definite noun or a pronoun may mean the party.

    The nouns are those of the party's own name as the article writes it ("Harsat Front" → "the front",
    "حركة …" → "الحركة") and those usual for its kind. That such a noun means this party and no other of the kind
    is not proven by it; it shows that the sentence is about one of them.
    """
    pattern = _pattern(party.kind, _own_nouns(party))
    found = []
    for match in pattern.finditer(article.folded):
        start, end = article.clean.span(*match.span())
        words = " ".join(article.source.text[start:end].split())
        found.append(Match(start, end, "folded", f"named only as “{words}” here"))
    return tuple(found)


def _own_nouns(party: Party) -> tuple[str, ...]:
    """Give the words of the party's written name that are common nouns, folded, without the article."""
    words = (word.removeprefix("ال") for word in _WORD.findall(fold(clean(party.as_written).text)))
    return tuple(word for word in words if word in concepts())


@cache
def _pattern(kind: str, own: tuple[str, ...]) -> re.Pattern[str]:
    english, arabic = _table()[kind]
    pronouns = ("it", "they", "he", "she", "his", "her", "him")
    parts: list[str] = []
    for word in (*english.split("|"), *(w for w in own if w.isascii())):
        escaped = re.escape(word).replace(r"\ ", r"\s+")
        free = word in pronouns or " " in word or word == "delegations"
        parts.append(escaped if free else rf"(?:the|its|their)\s+(?:\w+\s+)?{escaped}")
    for word in filter(None, (*arabic.split("|"), *(f"ال{w}" for w in own if not w.isascii()))):
        form = re.escape(word)
        if word.startswith("ال"):
            form = rf"(?:{form}|لل{re.escape(word[2:])})"
        parts.append(rf"{_PARTICLES}{form}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
