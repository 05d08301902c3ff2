"""Find words of the article as somebody copied them: exact or folded, never with another digit or letter."""

from __future__ import annotations

from briefing.checker.article import Article, Match
from briefing.text.fold import clean, fold

__all__ = ["find_verbatim"]

_CLITICS = frozenset("وفبلك")
_MAX_MATCHES = 20_000
"""More than any article has; a lower one would make the later mentions of a common name look misplaced."""


def find_verbatim(words: str, article: Article) -> tuple[Match, ...]:
    """Give the places where the article has these words.

    Spelling variants that change no meaning are accepted (case, accents, hamza, ta marbuta, vowel signs,
    digits of another script, runs of white space); a changed digit or letter is not. The words must stand
    free: "18" is not found in "2018", but Arabic words may carry an attached particle (و ف ب ل ك).
    """
    wanted = fold(clean(words).text).strip(" \t\n.,;:،؛")
    if not wanted:
        return ()
    parts = wanted.split()
    text = article.folded
    found: list[Match] = []
    at = text.find(parts[0])
    while at >= 0 and len(found) < _MAX_MATCHES:
        end = _follow(text, at, parts)
        if end is not None and _stands_free(text, at, end):
            start, stop = article.clean.span(at, end)
            exact = article.source.text[start:stop] == words
            found.append(Match(start, stop, "exact" if exact else "folded"))
        at = text.find(parts[0], at + 1)
    return tuple(found)


def _follow(text: str, at: int, parts: list[str]) -> int | None:
    """Give the end of the parts written one after another from `at`, separated by any white space."""
    for n, part in enumerate(parts):
        if n:
            begin = at
            while at < len(text) and text[at].isspace():
                at += 1
            if at == begin:
                return None
        if not text.startswith(part, at):
            return None
        at += len(part)
    return at


def _stands_free(text: str, start: int, end: int) -> bool:
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if first.isdigit() and (before.isdigit() or (before in ".," and text[start - 2 : start - 1].isdigit())):
        return False
    if last.isdigit() and (after.isdigit() or (after in ".," and text[end + 1 : end + 2].isdigit())):
        return False
    if last.isalpha() and after.isalpha():
        return False
    if first.isalpha() and before.isalpha():
        return _only_clitics(text, start)
    return True


def _only_clitics(text: str, start: int) -> bool:
    begin = start
    while begin and text[begin - 1].isalpha():
        begin -= 1
    return start - begin <= 2 and all(char in _CLITICS for char in text[begin:start])
