"""Copy the passages that an item cites out of the article, with the evidence marked. Never rewrites a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from briefing.render.filters import Direction, direction, display, language_direction
from briefing.report import Check, Evidence
from briefing.source import Source

__all__ = ["Part", "Passage", "article_passage", "passages_of"]

MAX_PASSAGE = 1_200
"""Longest passage shown, in characters; a longer sentence is cut around its evidence, marked "[…]"."""
_AROUND = 500
_MAX_UNCITED = 2
_CUT = "[…]"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a passage; `marked` where it is evidence."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of the article, verbatim but for characters that must not be shown.

    Attributes:
        sentence: Its 1-based number.
        cited: Whether the item cites it; otherwise it is where a misplaced claim was found.
    """

    sentence: int
    cited: bool
    parts: tuple[Part, ...]
    dir: Direction
    lang: str | None


def _word_borders(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    # A mark inside an Arabic word would break the joining of its letters.
    while start > low and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while end < high and _in_word(text[end]) and _in_word(text[end - 1]):
        end += 1
    return start, end


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or "\u064b" <= char <= "\u0652" or char in "\u0640\u0670"


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(low: int, high: int, marks: list[tuple[int, int]]) -> tuple[int, int]:
    if high - low <= MAX_PASSAGE:
        return low, high
    centre = marks[0][0] if marks else low
    start = max(low, min(centre - _AROUND, high - MAX_PASSAGE))
    return start, min(high, start + MAX_PASSAGE)


def article_passage(
    source: Source, number: int, evidence: Iterable[Evidence] = (), *, cited: bool = True
) -> Passage:
    """Copy one sentence of the article, with the spans of evidence that lie in it marked.

    Args:
        source: The article.
        number: 1-based number of a sentence that it has.
        evidence: Evidence from anywhere in the article; marks snap to word borders.
        cited: See `Passage`.
    """
    sentence = source.sentences[number - 1]
    low, high = sentence.start, sentence.end
    inside = ((max(low, e.start), min(high, e.end)) for e in evidence)
    marks = _merged(_word_borders(source.text, s, e, low, high) for s, e in inside if s < e)
    start, end = _window(low, high, marks)
    parts = [Part(_CUT + " ", False)] if start > low else []
    at = start
    for mark_start, mark_end in marks:
        mark_start, mark_end = max(mark_start, at), min(mark_end, end)
        if mark_start >= mark_end:
            continue
        if mark_start > at:
            parts.append(Part(display(source.text[at:mark_start]), False))
        parts.append(Part(display(source.text[mark_start:mark_end]), True))
        at = mark_end
    if at < end:
        parts.append(Part(display(source.text[at:end]), False))
    if end < high:
        parts.append(Part(" " + _CUT, False))
    shown = source.text[low:high]
    base = direction(shown, language_direction(source.language))
    known = source.language != "und" and language_direction(source.language) == base
    return Passage(number, cited, tuple(p for p in parts if p.text), base, source.language if known else None)


def passages_of(source: Source, cites: Iterable[int], checks: Iterable[Check]) -> tuple[Passage, ...]:
    """Copy the passages of an item: what it cites, then where its misplaced claims were found.

    Args:
        source: The article.
        cites: Sentence numbers; those that the article lacks are left out here.
        checks: The checks of the item, for the marks.
    """
    evidence = [e for check in checks for e in check.evidence]
    cited = [n for n in dict.fromkeys(cites) if 1 <= n <= len(source.sentences)]
    elsewhere = dict.fromkeys(
        e.sentence
        for check in checks
        if check.verdict == "misplaced"
        for e in check.evidence[:1]
        if e.sentence not in cited and 1 <= e.sentence <= len(source.sentences)
    )
    return tuple(
        [article_passage(source, n, evidence) for n in sorted(cited)]
        + [article_passage(source, n, evidence, cited=False) for n in list(elsewhere)[:_MAX_UNCITED]]
    )
