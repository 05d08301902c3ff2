"""Copy the passages that an item cites out of the article, with the evidence marked. Never rewrites a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefing.render.filters import Direction, direction, language_direction
from briefing.report import Check, Evidence
from briefing.source import Source
from briefing.text.display import display

__all__ = ["Part", "Passage", "article_passage", "passages_of"]

MAX_WHOLE = 1_200
"""Longest sentence shown whole, in characters; of a longer one its evidence with what stands around it."""
_MAX_REPEATED = 150
_AROUND = {"whole": 450, "excerpt": 55}
_LONGEST_WORD = 30
_MAX_MARKS = {"whole": 2, "excerpt": 5}
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
        whole_at: Number of the item that shows the whole sentence, where this is an excerpt; else None.
    """

    sentence: int
    cited: bool
    parts: tuple[Part, ...]
    dir: Direction
    lang: str | None
    whole_at: int | None = None


def _word_borders(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    # A mark inside an Arabic word would break the joining of its letters.
    low, high = max(low, start - _LONGEST_WORD), min(high, end + _LONGEST_WORD)
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


def _windows(
    text: str, low: int, high: int, marks: list[tuple[int, int]], around: int
) -> list[tuple[int, int]]:
    anchors = marks or [(low, min(high, low + around))]
    wide = []
    for mark_start, mark_end in anchors:
        first, last = max(low, mark_start - around), min(high, mark_end + around)
        start, end = first, last
        while start > max(low, first - _LONGEST_WORD) and not text[start - 1].isspace():
            start -= 1
        while end < min(high, last + _LONGEST_WORD) and not text[end].isspace():
            end += 1
        wide.append((start, end))
    return _merged(wide)


def _parts(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> list[Part]:
    parts = []
    at = start
    for mark_start, mark_end in marks:
        if mark_end <= at or mark_start >= end:
            continue
        if mark_start > at:
            parts.append(Part(display(text[at:mark_start]), False))
        at = min(mark_end, end)
        parts.append(Part(display(text[max(mark_start, start) : at]), True))
    if at < end:
        parts.append(Part(display(text[at:end]), False))
    return parts


def article_passage(
    source: Source,
    number: int,
    evidence: Iterable[Evidence] = (),
    *,
    cited: bool = True,
    whole_at: int | None = None,
) -> Passage:
    """Copy one sentence of the article, with the spans of evidence that lie in it marked.

    Args:
        source: The article.
        number: 1-based number of a sentence that it has.
        evidence: Evidence from anywhere in the article; marks snap to word borders.
        cited: See `Passage`.
        whole_at: The item that shows the sentence whole; an excerpt around the evidence is copied here.
    """
    text = source.text
    sentence = source.sentences[number - 1]
    low, high = sentence.start, sentence.end
    inside = ((max(low, e.start), min(high, e.end)) for e in evidence)
    marks = _merged(_word_borders(text, s, e, low, high) for s, e in inside if s < e)
    repeated = whole_at is not None and high - low > _MAX_REPEATED
    if repeated:
        windows = _windows(text, low, high, marks[: _MAX_MARKS["excerpt"]], _AROUND["excerpt"])
    elif high - low > MAX_WHOLE:
        windows = _windows(text, low, high, marks[: _MAX_MARKS["whole"]], _AROUND["whole"])
    else:
        windows = [(low, high)]
    parts: list[Part] = []
    for n, (start, end) in enumerate(windows):
        if n or start > low:
            parts.append(Part(f" {_CUT} " if n else f"{_CUT} ", False))
        parts += _parts(text, start, end, marks)
    if windows[-1][1] < high:
        parts.append(Part(f" {_CUT}", False))
    shown = text[low:high]
    base = direction(shown, language_direction(source.language))
    known = source.language != "und" and language_direction(source.language) == base
    return Passage(
        sentence=number,
        cited=cited,
        parts=tuple(p for p in parts if p.text),
        dir=base,
        lang=source.language if known else None,
        whole_at=whole_at if repeated else None,
    )


def passages_of(
    source: Source, cites: Iterable[int], checks: Iterable[Check], whole: Mapping[int, int]
) -> tuple[Passage, ...]:
    """Copy the passages of an item: what it cites, then where its misplaced claims were found.

    The check of a cite has the whole sentence for its evidence: it marks nothing.

    Args:
        source: The article.
        cites: Sentence numbers; those that the article lacks are left out here.
        checks: The checks of the item, for the marks.
        whole: Sentences that an earlier item shows whole, with that item's number; of them an excerpt is
            enough here.
    """
    checks = tuple(check for check in checks if check.kind != "citation")
    evidence = [e for check in checks for e in check.evidence]
    cited = [n for n in dict.fromkeys(cites) if 1 <= n <= len(source.sentences)]
    elsewhere = dict.fromkeys(
        e.sentence
        for check in checks
        if check.verdict == "misplaced"
        for e in check.evidence[:1]
        if e.sentence not in cited and 1 <= e.sentence <= len(source.sentences)
    )
    wanted = [(n, True) for n in sorted(cited)] + [(n, False) for n in list(elsewhere)[:_MAX_UNCITED]]
    return tuple(
        article_passage(source, n, evidence, cited=is_cited, whole_at=whole.get(n)) for n, is_cited in wanted
    )
