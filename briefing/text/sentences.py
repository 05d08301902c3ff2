"""Split a text into sentences and give their spans. Changes nothing in the text.

Made for news in Arabic and English; other languages get the same marks. A blank line always ends a sentence,
a line break does unless the paragraph is hard-wrapped, so a heading without a full stop is a sentence.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

__all__ = ["MAX_SENTENCE_CHARS", "split_sentences"]

MAX_SENTENCE_CHARS = 1200
"""Longest sentence, in characters. Longer ones are cut at the last clause mark or space before the limit: the
longest sentence among our fixtures has 400, so the limit only meets text without marks (200,000 characters in
a line), for which a citation of the whole would prove nothing."""

_END = re.compile(
    "[.!?؟۔。！？…]+[\"'”’»›)\\]\u200e\u200f\u061c\u202c\u2069]*"
)  # marks that may end a sentence, with closing quotes
_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|\r\n\s*\r\n\s*|\u2029")
_LINE = re.compile(r"\r\n|[\n\r\u2028\x0b\x0c\x85]")
_LAST_WORD = re.compile(r"[^\s\"'“”‘’«»()\[\],;:]+$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*(\w+)?")
_CLAUSE_MARKS = "؛;،,:"
_OPENERS = re.compile(
    r"(?:the|it|he|she|they|we|but|in|on|at|an?|this|that|these|those|there|after|before|according|when|while"
    r"|as|both|neither|his|her|its|their|however|meanwhile|officials|for|by|i)\Z"
)
_SAYING = re.compile(r"\s*(?:[,،]|(?:قال|قالت|أضاف|أضافت|تساءل|سأل|تابع|هتف|صرخ)\b)")
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    raw = (resources.files("briefing.text") / "lexicon" / "abbreviations.txt").read_text("utf-8")
    body = "\n".join(line for line in raw.splitlines() if not line.startswith("#"))
    never, may = body.split("\n\n")
    return frozenset(never.split("\n")), frozenset(may.split())


def split_sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    r"""Give the half-open spans of the sentences, in order, without surrounding white space.

    Together the spans hold every visible character of the text.

    Args:
        text: Any text.
        language: ISO 639-1 code; not needed today, the marks of all languages are read.

    >>> text = "Gen. Qasimi left the U.S. on Jan. 5. He said: “Stop!” and left.\n\nNext steps\nTalks go on"
    >>> [text[s:e] for s, e in split_sentences(text)]
    ['Gen. Qasimi left the U.S. on Jan. 5.', 'He said: “Stop!” and left.', 'Next steps', 'Talks go on']
    """
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        for sentence_start, sentence_end in _split_block(text, start, end):
            spans.extend(_bounded(text, sentence_start, sentence_end))
    return spans


def _blocks(text: str) -> list[tuple[int, int]]:
    """Give the spans inside which only punctuation ends a sentence: paragraphs or lines."""
    blocks: list[tuple[int, int]] = []
    at = 0
    for match in [*_PARAGRAPH.finditer(text), None]:
        end = match.start() if match else len(text)
        blocks.extend(_lines(text, at, end))
        at = match.end() if match else end
    return blocks


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    for match in [*_LINE.finditer(text, start, end), None]:
        line_end = match.start() if match else end
        if text[at:line_end].strip():
            lines.append((at, line_end))
        at = match.end() if match else line_end
    if len(lines) > 1 and _is_wrapped(text, lines):
        return [(lines[0][0], lines[-1][1])]
    return lines


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Tell whether a paragraph's line breaks were put in by a program at a fixed width.

    All lines but the last are within 25 characters of the longest (a word's length), the longest has 50 to
    130 characters, and none begins like a list item.
    """
    lengths = [end - start for start, end in lines]
    longest = max(lengths)
    return (
        50 <= longest <= 130
        and all(length >= longest - 25 for length in lengths[:-1])
        and not any(_BULLET.match(text, start, end) for start, end in lines)
    )


def _split_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends_sentence(text, at, match.start(), match.end(), end):
            continue
        spans.append((at, match.end()))
        at = match.end()
    spans.append((at, end))
    return [span for s, e in spans if (span := _stripped(text, s, e)) is not None]


def _ends_sentence(text: str, start: int, mark: int, after: int, end: int) -> bool:
    """Decide whether the mark at text[mark:after] ends the sentence that began at `start`."""
    if not text[after].isspace():
        return text[mark] in "؟۔。！？" or (text[mark] in "!?" and text[after].isalpha())
    following = _NEXT_WORD.match(text, after, end)
    word = (following.group(1) if following else None) or ""
    if word[:1].islower():
        return False
    if text[mark : mark + 2] in ("..", ".…") or text[mark] == "…":
        return word[:1].isupper()
    if text[mark] in "!?؟" and after - mark > 1:
        return not _SAYING.match(text, after, end)
    if text[mark] != ".":
        return True
    before = _LAST_WORD.search(text, max(start, mark - 20), mark)
    token = before.group().lower() if before else ""
    if len(token) == 1 and token.isalpha():
        return False
    if token.isdigit() and not text[start:mark].replace(token, "", 1).strip():
        return False  # "1. Open the port": the number of an item of a list
    never, may = _abbreviations()
    if token in never and not (token == "no" and not word[:1].isdigit()):
        return False
    if token in may:
        return _OPENERS.match(word.lower()) is not None
    return True


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence that is longer than the limit."""
    parts: list[tuple[int, int]] = []
    while end - start > MAX_SENTENCE_CHARS:
        limit = start + MAX_SENTENCE_CHARS
        floor = start + MAX_SENTENCE_CHARS // 2
        cut = max(text.rfind(mark + " ", floor, limit) for mark in _CLAUSE_MARKS) + 1
        if cut <= floor:
            cut = text.rfind(" ", floor, limit)
        if cut <= floor:
            cut = limit
        piece = _stripped(text, start, cut)
        if piece:
            parts.append(piece)
        start = cut
    last = _stripped(text, start, end)
    return [*parts, last] if last else parts
