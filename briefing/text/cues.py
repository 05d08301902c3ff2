"""Find event words and attitude words by family, in English and Arabic. Says nothing of who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from briefing.text.fold import clean, fold

__all__ = ["Cue", "families", "find_cues"]

_PARTICLES = "(?:[وف]?(?:[بكل]?ال|لل|[بكلس])?)"


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue word: half-open span in the original text and the family it belongs to."""

    start: int
    end: int
    surface: str
    family: str


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lines = (resources.files("briefing.text") / "lexicon" / "cues.tsv").read_text("utf-8").splitlines()
    patterns: dict[str, re.Pattern[str]] = {}
    for line in lines:
        if line.startswith("#") or not line:
            continue
        family, english, arabic = line.split("\t")
        latin = "|".join(_form(form) for form in english.split("|"))
        other = "|".join(_form(fold(form)) for form in arabic.split("|"))
        patterns[family] = re.compile(rf"(?<!\w)(?:{latin}|{_PARTICLES}(?:{other}))(?!\w)")
    return patterns


def _form(form: str) -> str:
    return re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def families() -> tuple[str, ...]:
    """Give the families in the order of the table."""
    return tuple(_patterns())


def find_cues(text: str, wanted: frozenset[str] | None = None) -> list[Cue]:
    """Give the cue words of a text, sorted by start; families may overlap.

    Args:
        text: Any text.
        wanted: Families to look for; None for all.

    >>> [(c.surface, c.family) for c in find_cues("وهددت بالرد", frozenset({"threaten"}))]
    [('وهددت', 'threaten')]
    """
    return sorted(_cues(text, wanted), key=lambda cue: (cue.start, cue.end, cue.family))


def _cues(text: str, wanted: frozenset[str] | None) -> Iterator[Cue]:
    cleaned = clean(text)
    folded = fold(cleaned.text)
    for family, pattern in _patterns().items():
        if wanted is not None and family not in wanted:
            continue
        for match in pattern.finditer(folded):
            start, end = cleaned.span(*match.span())
            yield Cue(start, end, text[start:end], family)
