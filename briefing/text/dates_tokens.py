"""Cut the neighbourhoods of possible dates into tokens. Knows no grammar.

A prefilter finds the words and numbers without which there is no date; only what stands near them is cut into
tokens. Every character is looked at a bounded number of times, so the cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from briefing.text.dates_lexicon import Entry, Lexicon, MonthName
from briefing.text.fold import Clean, clean, fold

__all__ = ["PADDING", "Numeric", "Scan", "Token", "scans"]

# Characters before and after a trigger that are read. Words: enough for "between the twenty-third and the 25th of"
# before a month and for "/كانون الأول من العام الماضي" after it. Numbers: enough for the words that show a year.
_WORD_REACH = (48, 32)
_NUMBER_REACH = (24, 28)
_DAY_REACH = 10  # characters between a month and its day, at most: "3rd of may", "may the 3rd"
_DIGIT = re.compile("[0-9]")
_CUES = 80  # characters before a mention in which a cue for the future is looked for
_TRAILING = frozenset(map(chr, (0x640, *range(0x64B, 0x660), 0x670)))  # tatweel and vowel signs
_SENTENCE_END = re.compile(r"[.!?؟\n]")

_NUMBERS = re.compile(
    r"[0-9](?:(?<=[12])[0-9]{3}(?![0-9])(?<![0-9]{5})|[0-9]?[-/.][0-9]{1,2}[-/.][0-9]{2}|[^\W\d_]{3})"
)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?P<mark>[^\w\s]|_)"
    r"|(?P<break>\n[^\S\n]*\n)"
    r"|(?<![a-z\d._/])(?:(?P<year>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})"
    r"|(?P<a>\d{1,2})(?P<s2> ?[-/.] ?)(?P<b>\d{1,2})(?P=s2)(?P<year2>\d{4}|\d{2}))(?![\d/]|[-.]\d)"
    r"|(?P<cjk>(?P<cy>\d{4})年(?P<cm>\d{1,2})月(?P<cd>\d{1,2})日)"
    r"|(?P<big>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)+)"
    r"|(?P<number>\d+)(?P<suffix>(?:st|nd|rd|th|er)\b)?"
)
_NONE = Entry({}, None, "")


@dataclass(frozen=True, slots=True)
class Numeric:
    """A date in digits alone: (year, month, day) as read, and the other readings."""

    reading: tuple[int, int, int]
    others: tuple[tuple[int, int, int], ...] = ()


class Token(NamedTuple):
    """One token; positions are in the clean text, `start` before clitic letters.

    Attributes:
        kind: word, number, big (a grouped or decimal number), date (digits alone), mark or break.
        text: Folded text.
        start: First position.
        end: Position past the last.
        entry: What the lexicon knows of a word.
        number: Value of a number that can be a day or a year; None for all other tokens.
        ordinal: The number has an ordinal ending (3rd).
        numeric: The reading of a date in digits.
    """

    kind: str
    text: str
    start: int
    end: int
    entry: Entry = _NONE
    number: int | None = None
    ordinal: bool = False
    numeric: Numeric | None = None


PADDING = 8  # more than any rule looks past a token that it has not yet accepted
_AROUND = [Token("break", "", 0, 0)] * PADDING


@dataclass(frozen=True, slots=True)
class Scan:
    """The tokens of one neighbourhood.

    Attributes:
        tokens: In order of start, with `PADDING` empty ones at either end, so that rules may look around.
        clean: The clean text that the positions index.
        folded: The same text folded.
        words: The words of the lexicon.
        months: There is a month name or a date in digits.
        units: There is a unit of time (day, week, month, year).
        whole: The text is one date and nothing else, so no context is asked for.
    """

    tokens: tuple[Token, ...]
    clean: Clean
    folded: str
    words: Mapping[str, Entry]
    months: bool
    units: bool
    whole: bool = False

    def at(self, i: int) -> Token:
        """Give token `i`, or a break outside the neighbourhood."""
        return self.tokens[i]

    def role(self, i: int, role: str) -> int | str | None:
        """Give the value that token `i` has in a role, or None."""
        return self.tokens[i].entry.roles.get(role)

    def has(self, i: int, role: str) -> bool:
        """Tell whether token `i` can play the role."""
        return role in self.tokens[i].entry.roles

    def mark(self, i: int, marks: str) -> bool:
        """Tell whether token `i` is one of the punctuation marks."""
        token = self.tokens[i]
        return token.kind == "mark" and token.text in marks

    def capital(self, i: int) -> bool:
        """Tell whether token `i` begins with a capital letter."""
        token = self.at(i)
        return token.kind == "word" and self.clean.text[token.start].isupper()

    def phrase(self, i: int, role: str) -> tuple[int | str, int] | None:
        """Give (value, next token) of the longest entry with the role that begins at token `i`."""
        token = self.at(i)
        for rest, entry in token.entry.longer:
            if role in entry.roles and self._follows(i + 1, rest):
                return entry.roles[role], i + 1 + len(rest)
        value = token.entry.roles.get(role)
        return None if value is None else (value, i + 1)

    def month(self, i: int) -> tuple[MonthName, int] | None:
        """Give (month, next token) of the longest month name that begins at token `i`."""
        token = self.at(i)
        for rest, entry in token.entry.longer:
            if entry.month and self._follows(i + 1, rest):
                return entry.month, i + 1 + len(rest)
        return (token.entry.month, i + 1) if token.entry.month else None

    def words_before(self, i: int) -> list[str]:
        """Give the folded words before token `i` in its sentence, some ten of them."""
        end = self.at(i).start
        begin = max(0, end - _CUES)
        sentence = _SENTENCE_END.split(self.folded[begin:end])[-1]
        return sentence.split()

    def clitic(self, i: int) -> str:
        """Give the Arabic letters written together before the word of token `i`."""
        entry = self.tokens[i].entry
        longer = (e.clitic for rest, e in entry.longer if self._follows(i + 1, rest))
        return entry.clitic or next(longer, "")

    def start(self, i: int) -> int:
        """Give the position at which token `i` begins, clitic letters left out."""
        clitic = self.clitic(i)
        return self.tokens[i].start + (len(clitic) - 1 if clitic.endswith("لل") else len(clitic))

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Give the span of tokens [first, end) in the original text, with the vowel signs at its end."""
        original = self.clean.original
        start, stop = self.clean.span(self.start(first), self.tokens[end - 1].end)
        while stop < len(original) and original[stop] in _TRAILING:
            stop += 1
        return start, stop

    def _follows(self, i: int, words: tuple[str, ...]) -> bool:
        return all(self.at(i + k).text == word for k, word in enumerate(words))


def _valid(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31 and year >= 1


def _numeric(match: re.Match[str], month_first: bool) -> Numeric | None:
    """Read a date in digits; two orders of day and month are both kept when both are possible."""
    if match["cjk"]:
        year, month, day = (int(match[k]) for k in ("cy", "cm", "cd"))
        return Numeric((year, month, day)) if _valid(year, month, day) else None
    if match["year"]:
        year, month, day = int(match["year"]), int(match["m1"]), int(match["d1"])
        return Numeric((year, month, day)) if _valid(year, month, day) else None
    a, b, raw = int(match["a"]), int(match["b"]), match["year2"]
    separator = match["s2"].strip()
    padded = len(match["a"]) == len(match["b"]) == 2
    if len(raw) == 2 and not (match["s2"] == "/" or (match["s2"] == "." and padded)):
        return None
    year = int(raw) if len(raw) == 4 else int(raw) + (2000 if int(raw) < 70 else 1900)
    orders = [(year, b, a), (year, a, b)]
    if month_first and separator == "/":
        orders.reverse()
    valid = list(dict.fromkeys(order for order in orders if _valid(*order)))
    return Numeric(valid[0], tuple(valid[1:])) if valid else None


def _token(match: re.Match[str], text: str, month_first: bool) -> Token:
    """Make a token of anything but a word."""
    kind, (start, end) = match.lastgroup or "", match.span()
    if kind in ("mark", "break", "big"):
        return Token(kind, match[0], start, end)
    if kind in ("number", "suffix"):
        digits, suffix = match["number"], match["suffix"]
        plain = len(digits) <= 4 and not _glued(text, start, match.end("number"), suffix)
        return Token("number", digits, start, end, _NONE, int(digits) if plain else None, bool(suffix))
    numeric = _numeric(match, month_first)
    return Token("date" if numeric else "big", match[0], start, end, numeric=numeric)


_LATIN_BEFORE = re.compile(r"[a-z_$€£¥#@:]|[a-z]-")
_BAD_AFTER = re.compile(r"%|:\d|[a-z]|-(?:year|day|month)")


def _glued(text: str, start: int, end: int, suffix: str | None) -> bool:
    """Tell whether a number is part of a designator, a clock time, a percentage or an amount of money."""
    before = text[max(0, start - 2) : start]
    if before[-1:].isdigit():
        return True
    if before[-1:] and _LATIN_BEFORE.match(before[-1]):
        return before[-1] != ":" or before[:1].isdigit()
    if len(before) == 2 and before[1] == "-" and before[0].isalpha() and before[0].isascii():
        return not _word_before(text, start - 1)
    return (
        suffix is None and bool(_BAD_AFTER.match(text, end)) and not text.startswith(("ad", "ce", "ah"), end)
    )


def _word_before(text: str, end: int) -> bool:
    """Tell whether a word of three or more letters ends here: "mid-2023", not "F-16" or "MQ-9"."""
    return text[max(0, end - 3) : end].isalpha()


def scans(text: str, lexicon: Lexicon, *, month_first: bool = False, whole: bool = False) -> Iterator[Scan]:
    """Give the neighbourhoods of possible dates, in order, without overlap.

    Args:
        text: The original text.
        lexicon: The words to know.
        month_first: Read 03/12/2023 as 12 March first.
        whole: Treat the text as one date.
    """
    cleaned = clean(text)
    folded = fold(cleaned.text)
    known = lexicon.words.get
    for start, end in [(0, len(folded))] if whole else _regions(cleaned, folded, lexicon):
        tokens = list(_AROUND)
        for match in _TOKEN.finditer(folded, start):
            at = match.start()
            if at >= end:
                break
            if match.lastgroup == "word":
                word = match[0]
                tokens.append(Token("word", word, at, match.end(), known(word, _NONE)))
            else:
                tokens.append(_token(match, folded, month_first))
        months = any(token.entry.names_month or token.numeric for token in tokens)
        units = any(token.entry.names_unit for token in tokens)
        yield Scan(tuple(tokens + _AROUND), cleaned, folded, lexicon.words, months, units, whole)


def _triggers(cleaned: Clean, folded: str, lexicon: Lexicon) -> Iterator[tuple[int, int, int]]:
    """Give (first character to read, trigger, last character to read) for each trigger."""
    before, after = _WORD_REACH
    for match in lexicon.trigger.finditer(folded):
        start, end = match.span()
        verb = match[0] in lexicon.english_months and cleaned.text[start].islower()
        # "he may go": in lower case a month needs a day
        if verb and not _DIGIT.search(folded, max(0, start - _DAY_REACH), end + _DAY_REACH):
            continue
        yield start - before, start, end + after
    before, after = _NUMBER_REACH
    for match in _NUMBERS.finditer(folded):
        yield match.start() - before, match.start(), match.end() + after


def _regions(cleaned: Clean, folded: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Give the stretches around the triggers, in order, without overlap, beginning after a space."""
    at, until = 0, -1
    for start, trigger, end in sorted(_triggers(cleaned, folded, lexicon)):
        if start > until:
            if until >= 0:
                yield at, until
            space = folded.find(" ", start, trigger) if start > 0 else -1
            at = space + 1 if space >= 0 else trigger if start > 0 else 0
        until = max(until, end)
    if until >= 0:
        yield at, until
