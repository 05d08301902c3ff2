"""The article: its final text, its numbered sentences, what is known of it. Every offset indexes `text`."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from briefing.errors import SourceError
from briefing.text.language import detect_language
from briefing.text.sentences import split_sentences

__all__ = ["Sentence", "Source"]

MAX_CHARS = 3_000_000
"""Longest article taken, in characters: some 200,000 words with room to spare."""


class Sentence(BaseModel):
    """One sentence of the article: 1-based number and half-open span in code points."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int


class Source(BaseModel):
    """An article whose text is final.

    Attributes:
        text: The article; every span of every piece of evidence indexes it.
        sentences: Sentences in order; number n is `sentences[n - 1]`.
        language: ISO 639-1 code, "und" when it could not be told.
        published: ISO date of publication, to resolve "on Tuesday"; None when not known.
        sha256: Hex digest of `text` in UTF-8.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    text: str
    sentences: tuple[Sentence, ...]
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    title: str | None = None
    publisher: str | None = None
    published: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    url: str | None = None
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        language: str | None = None,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
        url: str | None = None,
    ) -> Source:
        """Make a Source of a text.

        Args:
            text: The article, kept exactly as given.
            language: ISO 639-1 code; None to detect it without a network.
            title: Headline, if known apart from the text.
            publisher: Who published it.
            published: ISO date (YYYY-MM-DD).
            url: Where it came from.

        Raises:
            SourceError: The text is empty, has lone surrogates, is too long, or holds no sentence.
        """
        if not text.strip():
            raise SourceError("the article is empty: give a text with at least one sentence", url)
        if len(text) > MAX_CHARS:
            raise SourceError(
                f"the article has {len(text):,} characters, more than {MAX_CHARS:,}: split it", url
            )
        try:
            digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        except UnicodeEncodeError as exc:
            raise SourceError(
                f"the article has a lone surrogate at character {exc.start}: it is not valid Unicode", url
            ) from exc
        if published is not None and not _is_date(published):
            raise SourceError(f"published is {published!r}, not a date; write it as 2031-03-18", url)
        if language is not None and not re.fullmatch("[a-z]{2,3}", language):
            raise SourceError(f"language is {language!r}, not an ISO 639-1 code such as ar or en", url)
        language = language or detect_language(text)
        spans = split_sentences(text, language)
        if not any(any(c.isalpha() for c in text[start:end]) for start, end in spans):
            raise SourceError("the article holds no sentence: no letters were found in it", url)
        return cls(
            text=text,
            sentences=tuple(Sentence(number=n, start=s, end=e) for n, (s, e) in enumerate(spans, 1)),
            language=language,
            title=title,
            publisher=publisher,
            published=published,
            url=url,
            sha256=digest,
        )

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(s.start for s in self.sentences)

    def sentence(self, number: int) -> str:
        """Give the text of sentence `number` (1-based).

        Raises:
            IndexError: There is no such sentence.
        """
        if not 1 <= number <= len(self.sentences):
            raise IndexError(f"no sentence {number}: the article has {len(self.sentences)}")
        span = self.sentences[number - 1]
        return self.text[span.start : span.end]

    def number_at(self, position: int) -> int:
        """Give the number of the sentence that holds a position, or of the one before it (at least 1)."""
        return max(1, bisect_right(self._starts, position))


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
