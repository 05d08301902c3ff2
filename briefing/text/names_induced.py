"""Find Arabic names by where they stand: in guillemets after a common noun, or after what only states have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from briefing.text.language import function_words
from briefing.text.names_spans import NameSpan
from briefing.text.names_words import Word, concepts, head_of, word_list

__all__ = ["quoted_spans", "state_spans"]

_MOST_QUOTED = 4
_SHORTEST_STATE = 4
_CLITICS = re.compile("[وفبلك]{1,2}(?=.{4})")
# Folded, without article: nouns that stand right before the name of a state or territory.
_HELD_BY_STATE = frozenset(
    (
        *("حكومه", "حكومتا", "قوات", "جيش", "اداره", "سفن", "اراضي", "سكان", "حدود", "دفاع", "خارجيه"),
        *("جمهوريه", "دوله", "مملكه", "سلطنه", "سلطات", "رييس", "وزير", "سفير"),
    )
)
# Nouns beyond those of name_heads_ar.txt that a name in guillemets follows, folded.
_SHIPS = frozenset({"سفينه", "ناقله", "شحن", "نفط", "حاويات", "فرقاطه", "يخت"})


def quoted_spans(text: str, words: Sequence[Word]) -> list[NameSpan]:
    """Find names in guillemets: one to four words right after a common noun that names are made of.

    >>> from briefing.text.names import find_names
    >>> [m.surface for m in find_names("وقالت حركة «راية الساحل» إنها «مستعدة للتفاوض»")]
    ['راية الساحل']
    """
    spans = []
    for at in range(1, len(words)):
        first, before = words[at], words[at - 1]
        if not first.arabic or text[before.end : first.start] != " «":
            continue
        last = at
        while last + 1 < len(words) and not text[words[last].end : words[last + 1].start].strip(" "):
            last += 1
        closed = text[words[last].end : words[last].end + 1] == "»"
        small = function_words() | word_list("stopwords_ar.txt")
        category = head_of(before, in_text=True) or head_of(first)
        if category is None and _stem(before).removeprefix("ال") not in _SHIPS:
            continue
        if closed and last - at < _MOST_QUOTED and first.text not in small:
            spans.append(NameSpan(at, last, category or "unknown"))
    return spans


def state_spans(words: Sequence[Word], taken: frozenset[int]) -> list[NameSpan]:
    """Find states and territories that no table has: a word that stands after "حكومة", "قوات" and the like.

    It must stand in the text at least twice, carry no article, and be no known common word; then all its
    mentions are found.
    """
    stems = [_stem(word) if word.arabic else "" for word in words]
    counts = Counter(stems)
    known = concepts()
    names = {
        stems[at]
        for at in range(1, len(words))
        if at not in taken
        and words[at].plain == words[at].plain.removeprefix("ال")
        and words[at - 1].arabic
        and words[at - 1].text.removeprefix("ال").lstrip("و") in _HELD_BY_STATE
        and len(stems[at]) >= _SHORTEST_STATE
        and counts[stems[at]] > 1
        and stems[at] not in known
        and stems[at] not in function_words()
        and stems[at] not in word_list("stopwords_ar.txt")
    }
    return [
        NameSpan(at, at, "country", skip=len(words[at].text) - len(stem))
        for at, stem in enumerate(stems)
        if stem in names and at not in taken
    ]


def _stem(word: Word) -> str:
    """Take attached particles off a word; a word that is left with less than four letters keeps them."""
    match = _CLITICS.match(word.text)
    return word.text[match.end() :] if match and word.text[0] in "وفبل" else word.text
