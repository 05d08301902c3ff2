"""Find names in Arabic text, which has no capitals, by the gazetteer and by cues. Yields spans of words."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.text.names_induced import quoted_spans, state_spans
from briefing.text.names_scores import is_given_name
from briefing.text.names_spans import NameSpan, category_of, known_at, people_at, prefix_length
from briefing.text.names_words import Word, concepts, read_stems, title_length, word_list

__all__ = ["arabic_spans"]

_BOUND = frozenset({"عبد", "ابو", "ابي", "ابا", "ابن", "بن", "ام", "ال"})
_KUNYA = frozenset({"ابو", "ابي", "ابا", "عبد"})
_ON = ("على", "وعلى", "إلى", "وإلى")  # folded, the first would be the name علي
_MOST_NAME_WORDS = 4


def arabic_spans(text: str, words: Sequence[Word]) -> list[NameSpan]:
    """Find names among the Arabic words of a clean text, in order, not overlapping."""
    spans: list[NameSpan] = []
    at = 0
    while at < len(words):
        here = _spans_at(text, words, at) if words[at].arabic else []
        spans.extend(here)
        at = here[-1].last + 1 if here else at + 1
    quoted = quoted_spans(text, words)
    inside = {at for span in quoted for at in range(span.first, span.last + 1)}
    kept = [span for span in spans if span.entry or inside.isdisjoint(range(span.first, span.last + 1))]
    taken = {at for span in kept for at in range(span.first, span.last + 1)}
    free = [span for span in quoted if taken.isdisjoint(range(span.first, span.last + 1))]
    found = [*kept, *free, *state_spans(words, frozenset(taken | inside))]
    return _with_later_mentions(words, sorted(found, key=lambda span: span.first))


def _spans_at(text: str, words: Sequence[Word], at: int) -> list[NameSpan]:
    """Give the name that begins at a word, with the people named between a title and its person."""
    end = _phrase_end(text, words, at)
    known = known_at(words, at, end)
    if known is not None:
        return [known]
    title = title_length(words[at:end])
    kunya = _bare(words[at]) in _KUNYA and at + 1 < end and not _stops(words[at + 1])
    if title or kunya or _is_full_name(words, at, end):
        person = _person(words, at + title, end)
        if person is None:
            return []
        between = ((spot, people_at(words[spot])) for spot in range(at + title, person.first))
        return [
            *(NameSpan(spot, spot, "demonym", skip=people[1]) for spot, people in between if people),
            person,
        ]
    people = people_at(words[at])
    if people is not None:
        return [NameSpan(at, at, "demonym", skip=people[1])]
    group = _group(words, at, end)
    return [group] if group else []


def _is_full_name(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether a common given name begins here, with a family name, a second given name or "بن" after it."""
    if at + 1 >= end or words[at].plain in _ON:
        return False
    given = next((text for text in (words[at].text, words[at].text[1:]) if is_given_name(text)), None)
    if given is None or given in word_list("not_given_ar.txt"):
        return False
    if given != words[at].text and words[at].plain[0] not in "ولب":
        return False
    after = words[at + 1]
    if _stops(after) or _is_common(after) or people_at(after) is not None:
        return False
    return (
        after.plain.startswith("ال")
        or after.text in _BOUND
        or is_given_name(after.text)
        or after.plain[-1] == "ي"
    )


def _phrase_end(text: str, words: Sequence[Word], at: int) -> int:
    """Give the end of the words that only spaces divide, at most ten from here."""
    end = at + 1
    while end < len(words) and end - at < 10 and words[end].arabic:
        if text[words[end - 1].end : words[end].start].strip(" \u00a0-"):
            break
        end += 1
    return end


def _conjunction(word: Word) -> int:
    """Give 1 for a word with one letter before its article, kunya or given name ("والقاسمي"), 0 for any other."""
    given = is_given_name(word.text[1:]) and not is_given_name(word.text) and word.plain[0] in "ولب"
    article = word.plain[1:3] == "ال" and word.plain[0] in "وفبلك"
    return int(article or given or _bare(word) != word.text)


def _bare(word: Word) -> str:
    text = word.text
    return text[1:] if word.plain[0] in "ولبف" and text[1:] in _KUNYA else text


def _stops(word: Word) -> bool:
    stops = word_list("stopwords_ar.txt")
    return word.text in stops or word.plain in _ON or (word.plain[0] in "وف" and word.text[1:] in stops)


def _person(words: Sequence[Word], at: int, end: int) -> NameSpan | None:
    """Give the person named from a word on: given name and family name, as far as they can be told."""
    while at < end and (people_at(words[at]) is not None or _is_adjective(words[at])):
        at += 1
    cut = at
    taken = 0
    while cut < end and taken < _MOST_NAME_WORDS:
        word = words[cut]
        if _stops(word) or (word.plain[0] == "و" and cut > at and word.plain[1:3] == "ال"):
            break
        bound = _bare(word) in _BOUND
        if (
            taken >= 2
            and not bound
            and not (word.plain.startswith("ال") and not words[cut - 1].plain.startswith("ال"))
        ):
            break
        if taken and words[cut - 1].plain.startswith("ال") and _bare(words[max(at, cut - 2)]) not in _BOUND:
            break
        cut += 1
        taken += not bound
    if taken == 0 or not _can_begin(words[at]) or title_length(words[at:cut]):
        return None
    return NameSpan(at, cut - 1, "person", skip=_conjunction(words[at]))


def _can_begin(word: Word) -> bool:
    """Tell whether a word can begin a person's name: no common noun, nor one with a preposition, nor a verb."""
    if len(word.text) < 2 or _is_common(word) or _with_preposition(word):
        return False
    return word.text[0] != "ي" or is_given_name(word.text)  # "ينفي", "يتحدث" are verbs


def _with_preposition(word: Word) -> bool:
    """Tell whether a word is a preposition with a common word: "بجامعة", "للحكومة"."""
    known, stops = concepts(), word_list("stopwords_ar.txt")
    rest = word.text[1:].removeprefix("ال").removeprefix("ل")
    return word.plain[0] in "بلك" and (rest in known or rest in stops or word.plain[1:3] in ("ال", "لل"))


def _is_adjective(word: Word) -> bool:
    """Tell whether a word after a title goes with the title: "العام", "العسكري", "السابق"."""
    if not word.plain.startswith("ال"):
        return False
    known = concepts()
    return word.text in word_list("stopwords_ar.txt") or any(
        stem in known for stem, _ in read_stems(word.plain, word.text, False)
    )


def _group(words: Sequence[Word], at: int, end: int) -> NameSpan | None:
    """Give the body, group or place whose name begins with a common noun without article: "جبهة تحرير أوسان"."""
    word = words[at]
    heads = word_list("name_heads_ar.txt")
    head = next((stem for stem, share in read_stems(word.plain, word.text, True) if stem in heads), None)
    if head is None or word.plain.startswith("ال") or at + 1 >= end:
        return None
    place = head in word_list("name_heads_ar_places.txt")
    cut = at + 1
    proper = closed = False
    while cut < end and cut - at < _MOST_NAME_WORDS and not _stops(words[cut]):
        following = words[cut]
        article = following.plain.startswith("ال")
        common = _is_common(following)
        if proper and place and not common and people_at(following) is None:
            break
        if not article and (proper or closed or (not common and not place and _looks_adjective(following))):
            break
        proper = proper or not common
        closed = closed or article
        cut += 1
    definite = any(other.plain.startswith("ال") for other in words[at + 1 : cut])
    if not proper and not (definite and cut - at > 2):
        return None
    return NameSpan(at, cut - 1, category_of(words[at:cut]) or "unknown", skip=prefix_length(word, head))


def _is_common(word: Word) -> bool:
    return any(stem in concepts() for stem, _ in read_stems(word.plain, word.text, False))


def _looks_adjective(word: Word) -> bool:
    """Tell whether a word without article after a noun is an adjective rather than a name: "سلفية", "قصيرة"."""
    return word.text.endswith(("ه", "ي")) or word.plain.endswith(("ا", "اً"))


def _with_later_mentions(words: Sequence[Word], spans: list[NameSpan]) -> list[NameSpan]:
    """Add later words that repeat the family name of a person found."""
    families = {
        words[span.last].text
        for span in spans
        if span.category == "person" and span.last > span.first and words[span.last].plain.startswith("ال")
    }
    taken = {at for span in spans for at in range(span.first, span.last + 1)}
    later = [
        NameSpan(at, at, "person", skip=_conjunction(word))
        for at, word in enumerate(words)
        if at not in taken
        and word.arabic
        and any(
            stem in families
            for stem, share in read_stems(word.plain, word.text, True)
            if stem.startswith("ال")
        )
    ]
    return sorted([*spans, *later], key=lambda span: span.first)
