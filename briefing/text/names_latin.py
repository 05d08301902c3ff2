"""Find names in text of Latin script by capital letters, titles and the gazetteer. Yields spans of words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.text.language import function_words
from briefing.text.names_spans import NameSpan, category_of, known_at, people_at
from briefing.text.names_words import Word, concepts, head_of, title_length, word_list

__all__ = ["latin_spans"]

_BETWEEN = re.compile(r"[ \u00a0-]?\n?[ ]?|\. |-")
_OPENING = re.compile(r"(?:^|[.!?:;…\n\"“”«»(•*#>–—-])[\s\"'“”‘’«(\[]*$")
_VERB_ENDING = re.compile(r"\w{3,}(?:ing|ed|ly)")
_COMMON_ENDING = re.compile(
    r"\w{3,}(?:ing|ed|ly|tion|tions|ment|ments|ness|ers|ors|ists|ities|ies|ants|ents|ions)"
)
_INNER = frozenset(
    {"of", "the", "al", "el", "bin", "ibn", "ben", "bint", "de", "da", "di", "du", "del", "van", "von", "der"}
)
_MOST_WORDS = 9


def latin_spans(text: str, words: Sequence[Word]) -> list[NameSpan]:
    """Find names among the Latin words of a clean text, in order, not overlapping."""
    lower = {word.text for word in words if word.plain[0].islower()}
    spans: list[NameSpan] = []
    at = 0
    while at < len(words):
        if words[at].arabic or not _capital(words[at]):
            at += 1
            continue
        end = _group_end(text, words, at)
        spans.extend(_names_of_group(text, words, at, end, lower))
        at = end
    return spans


def _capital(word: Word) -> bool:
    return word.plain[0].isupper()


def _group_end(text: str, words: Sequence[Word], at: int) -> int:
    """Give the end of the run of capitalised words that begins here, small words inside included."""
    end = at + 1
    while end < len(words) and end - at < _MOST_WORDS:
        gap = text[words[end - 1].end : words[end].start]
        if not _BETWEEN.fullmatch(gap):
            break
        if gap == ". " and not (len(words[end - 1].plain) == 1 or title_length(words[end - 1 : end])):
            break
        if _capital(words[end]) or (words[end].plain.isdigit() and _capital(words[end - 1])):
            end += 1
        elif words[end].text in _INNER:
            after = end + 1
            while after < len(words) and words[after].text in _INNER:
                after += 1
            joined = words[end].text not in {"of", "the"} or _takes_of(words[end - 1])
            if not joined or after >= len(words) or not _capital(words[after]):
                break
            end = after + 1
        else:
            break
    while end - at > 1 and words[end - 1].plain.isdigit() and _counts(text, words, end):
        end -= 1
    return end


def _counts(text: str, words: Sequence[Word], end: int) -> bool:
    """Tell whether a number after a name counts what follows: "the Sable Dawn 12 days later", not "Tower 12"."""
    number = words[end - 1]
    if len(number.plain) > 2:
        return True
    if text[words[end - 2].end : number.start] != " ":
        return False
    if end == len(words) or text[number.end : words[end].start].strip():
        return False
    return words[end].plain[:1].islower() and words[end].text not in function_words()


def _takes_of(word: Word) -> bool:
    return word.text in concepts() and not title_length([word])


def _names_of_group(text: str, words: Sequence[Word], at: int, end: int, lower: set[str]) -> list[NameSpan]:
    """Split a run of capitalised words into names."""
    spans: list[NameSpan] = []
    opening = (
        bool(_OPENING.search(text[max(0, words[at].start - 12) : words[at].start])) or words[at].start == 0
    )
    compound = bool(re.match(r"-[a-z]", text[words[at].end :][:2]))  # "Tit-for-tat"
    if opening and (compound or _common(words[at], lower, end - at)) and not _keeps(words, at, end):
        at += 1
    while at < end and (_is_small(words[at]) or words[at].plain.isdigit()) and not _keeps(words, at, end):
        at += 1
    while end > at and _is_small(words[end - 1]) and not _whole(words, at, end):
        end -= 1
    while at < end:
        whole = _whole(words, at, end)
        if whole:
            spans.append(whole)
            return spans
        title = title_length(words[at:end])
        if title and not (at + title < end and words[at + title].text in {"of"}):
            at += title
            if at < end:
                cut = _next_break(words, at, end)
                spans.append(_name(words, at, cut, "person"))
                at = cut
            continue
        if title:
            at += title + 1
            continue
        known = known_at(words, at, end)
        if known is not None and title_length(words[known.last + 1 : end]):
            spans.append(known)
            at = known.last + 1
            continue
        place = people_at(words[at])
        cut = _next_break(words, at, end)
        if place is not None and (cut == at + 1 or title_length(words[at + 1 : end])):
            spans.append(NameSpan(at, at, "demonym"))
            at += 1
            continue
        spans.append(_name(words, at, cut, None))
        at = cut
    return [span for span in spans if _worth(words, span, lower, opening)]


def _keeps(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether a common word belongs to the name that follows: "United Nations", "Joint Border Committee"."""
    if words[at].text in {"the", "of"}:
        return _whole(words, at, end) is not None
    if words[at].text in concepts() and any(head_of(word) for word in words[at + 1 : end]):
        return True
    return known_at(words, at, end) is not None


def _is_small(word: Word) -> bool:
    """Tell whether a word is no name and begins or ends none: a month, a small word with a capital, a number."""
    return word.text in {"the", "of"} or word.text in word_list("stopwords_en.txt")


def _whole(words: Sequence[Word], at: int, end: int) -> NameSpan | None:
    """Give the known name that the whole run is."""
    known = known_at(words, at, end)
    return known if known is not None and known.last == end - 1 else None


def _next_break(words: Sequence[Word], at: int, end: int) -> int:
    """Give where the name that begins here ends: before a title, or at the end of the run."""
    for cut in range(at + 1, end):
        if (
            title_length(words[cut:end])
            and category_of(words[at:cut]) is None
            and words[cut].text not in concepts()
        ):
            return cut
    return end


def _name(words: Sequence[Word], first: int, end: int, category: str | None) -> NameSpan:
    known = known_at(words, first, end)
    if known is not None and known.last == end - 1:
        return known
    kind = category_of(words[first:end])
    if kind is None:
        named = end - first in (2, 3) and not any(word.plain.isdigit() for word in words[first:end])
        kind = category or ("person" if named else "unknown")
    return NameSpan(first, end - 1, kind)


def _common(word: Word, lower: set[str], size: int) -> bool:
    """Tell whether a word that begins a sentence is a common word rather than a name.

    Endings of nouns are a sign only of a word that stands alone (`size` 1), those of verbs always.
    """
    ending = _COMMON_ENDING if size == 1 else _VERB_ENDING
    return (
        word.text in word_list("stopwords_en.txt")
        or not _singulars(word.text).isdisjoint(word_list("common_words_en.txt"))
        or not _singulars(word.text).isdisjoint(word_list("dictionary_en.txt"))
        or word.text in lower
        or (bool(ending.fullmatch(word.text)) and people_at(word) is None)
    )


def _singulars(text: str) -> frozenset[str]:
    forms = {text, text.removesuffix("s"), text.removesuffix("es")}
    return frozenset(forms | ({text[:-3] + "y"} if text.endswith("ies") else set()))


def _worth(words: Sequence[Word], span: NameSpan, lower: set[str], opening: bool) -> bool:
    """Tell whether a span is a name rather than one common word."""
    if span.entry is not None or span.category == "demonym" or span.first != span.last:
        return True
    word = words[span.first]
    if len(word.text) < 2 or word.text in word_list("stopwords_en.txt") or title_length([word]):
        return False
    return not (word.text in concepts() or word.text in lower)
