"""Read an article from a file or standard input: text, Markdown, HTML. The only place that decodes bytes."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefing.errors import SourceError
from briefing.intake.html import html_to_article
from briefing.intake.markdown import markdown_to_text
from briefing.source import Source
from briefing.text.language import detect_language

__all__ = ["MAX_BYTES", "load_source"]

MAX_BYTES = 10_000_000
"""Largest file read. A newspaper article has some 10 kB, a book of 200,000 words some 2 MB in Arabic."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP, DOCX or EPUB file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"GGUF", "a GGUF model"),
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{2,30})", re.IGNORECASE)
_FRONT_BLOCK = re.compile(r"\A---[^\S\n]*\n(.*?)\n---[^\S\n]*(?:\n|\Z)\s*", re.DOTALL)
_FRONT_KEYS = frozenset({"title", "publisher", "published", "url", "language"})
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class _Article:
    text: str
    facts: dict[str, str]


def load_source(path_or_url: str | Path, *, language: str | None = None) -> Source:
    """Read an article.

    Args:
        path_or_url: A file (`.txt`, `.md`, `.html`, …), or "-" for standard input. A front block of
            `key: value` lines between two `---` lines may give title, publisher, published, url, language.
        language: ISO 639-1 code of the article; None to take the front block's or to detect it.

    Raises:
        SourceError: The file is missing, unreadable, too large, binary, empty or without a sentence; the
            message names the file and what to do.
    """
    where = str(path_or_url)
    if re.match(r"[a-z][a-z0-9+.-]*://", where, re.IGNORECASE):
        raise SourceError(f"{where}: addresses are not read; save the page and give the file", where)
    raw = _read(where)
    article = _parse(_decode(raw, where), suffix=Path(where).suffix.lower(), where=where)
    facts = article.facts
    published = facts.get("published")
    if published is not None:
        published = _iso_date(published, where)
    try:
        return Source.from_text(
            article.text,
            language=language or facts.get("language"),
            title=facts.get("title"),
            publisher=facts.get("publisher"),
            published=published,
            url=facts.get("url"),
        )
    except SourceError as exc:
        raise SourceError(f"{_label(where)}: {exc}", where) from exc


def _label(where: str) -> str:
    return "standard input" if where == "-" else where


def _read(where: str) -> bytes:
    """Read at most one byte more than allowed, so that a huge or endless input costs little."""
    try:
        if where == "-":
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            path = Path(where)
            if path.is_dir():
                raise SourceError(f"{where}: is a folder; give an article file", where)
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError as exc:
        raise SourceError(f"{where}: no such file", where) from exc
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc)
        raise SourceError(f"{where}: cannot be read: {reason}", where) from exc
    if len(raw) > MAX_BYTES:
        raise SourceError(f"{_label(where)}: larger than {MAX_BYTES // 1_000_000} MB; split it", where)
    return raw


def _decode(raw: bytes, where: str) -> str:
    label = _label(where)
    for magic, what in _MAGIC:
        if raw.startswith(magic):
            raise SourceError(f"{label}: is {what}, not text; export the article as text or HTML", where)
    text = _decoded(raw)
    if text is None:
        raise SourceError(f"{label}: is not text in a known encoding; save it as UTF-8", where)
    if len(_CONTROL.findall(text[:100_000])) > len(text[:100_000]) // 200:
        raise SourceError(f"{label}: is binary, not text; export the article as text or HTML", where)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes) -> str | None:
    """Decode by byte-order mark, UTF-8, UTF-16 without mark, the declared charset, then by language.

    A legacy 8-bit text is Windows-1256 when it then reads as Arabic, else Windows-1252.
    """
    for bom, encoding in _BOMS:
        if raw.startswith(bom):
            return _try(raw, encoding)
    head = raw[:2000]
    if head.count(0) > len(head) // 4:
        little = head[1::2].count(0) >= head[::2].count(0)
        return _try(raw, "utf-16-le" if little else "utf-16-be")
    if raw.count(0):
        return next((_try(raw, encoding) for encoding in _utf16_kinds(raw)), None)
    text = _try(raw, "utf-8")
    if text is not None:
        return text
    declared = _CHARSET.search(raw[:4000])
    if declared:
        text = _try(raw, declared.group(1).decode("ascii"))
        if text is not None:
            return text
    arabic = _try(raw, "cp1256")
    if arabic is not None and detect_language(arabic) == "ar":
        return arabic
    return _try(raw, "cp1252")


def _utf16_kinds(raw: bytes) -> list[str]:
    """Tell Arabic UTF-16 without a mark: nearly half of its bytes are 0x06 (the page of Arabic) or 0."""
    head = raw[:2000]
    halves = {"utf-16-le": head[1::2], "utf-16-be": head[::2]}
    return [kind for kind, half in halves.items() if half.count(6) + half.count(0) > len(head) // 3]


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _parse(text: str, *, suffix: str, where: str) -> _Article:
    block = _FRONT_BLOCK.match(text)
    facts = _front_facts(block.group(1)) if block else {}
    body = text[block.end() :] if block and facts else text
    start = body[:1000].lstrip().lower()
    if suffix in (".html", ".htm", ".xhtml") or start.startswith(("<!doctype html", "<html")):
        page = html_to_article(body, where)
        return _Article(page.text, {**page.facts, **facts})
    if suffix in (".md", ".markdown"):
        return _Article(markdown_to_text(body), facts)
    return _Article(body.strip("\n"), facts)


def _front_facts(block: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in block.splitlines():
        key, colon, value = line.partition(":")
        value = value.strip().strip("\"'").strip()
        if colon and value and key.strip().lower() in _FRONT_KEYS:
            facts[key.strip().lower()] = value
    return facts


def _iso_date(value: str, where: str) -> str:
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as exc:
        raise SourceError(
            f"{_label(where)}: published is {value!r}, not a date; write it as 2031-03-18", where
        ) from exc
