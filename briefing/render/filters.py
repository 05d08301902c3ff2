"""Turn values into display text: clean strings, directions, numbers, dates, links. Knows no template."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from briefing.render.labels import Labels, PageLanguage
from briefing.text.display import display

__all__ = [
    "Direction",
    "Text",
    "direction",
    "format_date",
    "format_moment",
    "format_number",
    "language_direction",
    "link",
    "make_text",
    "scaled_number",
    "shorten",
]

Direction: TypeAlias = Literal["ltr", "rtl"]

_RTL_LANGUAGES = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ckb", "ug", "dv"})
# Characters that RFC 3986 allows in no part of an address.
_NOT_IN_ADDRESS = re.compile(r"""[\s"'<>`{}|\\^]""")


@dataclass(frozen=True, slots=True)
class Text:
    """A display text with its direction.

    Attributes:
        text: Clean text, safe to show once escaped.
        dir: Base direction, by the first strong character.
        lang: BCP 47 code, or None when it is not known.
        plain: Whether it needs no wrapper on its page: same direction and language, no run of the other
            direction.
    """

    text: str
    dir: Direction
    lang: str | None
    plain: bool


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word's end so that it has at most `limit` characters, with "…" where it was cut.

    >>> shorten("one two three", 9), shorten("one", 9)
    ('one two…', 'one')
    """
    if len(text) <= limit:
        return text
    head = text[:limit]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ,;:،؛") + "…"


def direction(text: str, default: Direction = "ltr") -> Direction:
    """Give the base direction of a text: that of its first strong character (Unicode bidi rule P2).

    >>> direction("12 «قال»"), direction("F-16 قال"), direction("12")
    ('rtl', 'ltr', 'ltr')
    """
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return default


def language_direction(language: str) -> Direction:
    """Give the direction that a language is written in ("und" counts as left to right)."""
    return "rtl" if language.split("-")[0] in _RTL_LANGUAGES else "ltr"


def _has_direction(text: str, wanted: Direction) -> bool:
    kinds = ("L",) if wanted == "ltr" else ("R", "AL")
    return any(unicodedata.bidirectional(char) in kinds for char in text)


def make_text(text: str, language: str, page: PageLanguage) -> Text:
    """Make a display text.

    Args:
        text: Untrusted text.
        language: The language that it should be in; it is not named where the direction contradicts it.
        page: The language of the page.
    """
    shown = display(text)
    base = direction(shown, language_direction(language))
    lang = language if language != "und" and language_direction(language) == base else None
    page_dir = language_direction(page)
    other: Direction = "ltr" if page_dir == "rtl" else "rtl"
    plain = base == page_dir and lang == page and not _has_direction(shown, other)
    return Text(shown, base, lang, plain)


def format_number(value: Decimal) -> str:
    r"""Format a number with thousands separators, a true minus and no trailing zeros, in Western digits.

    >>> format_number(Decimal("1234567.50")), format_number(Decimal(-3)), format_number(Decimal("1E+3"))
    ('1,234,567.5', '\u22123', '1,000')
    """
    digits = f"{value:,f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.replace("-", "\u2212")


def scaled_number(value: Decimal, labels: Labels) -> tuple[str, str]:
    """Split a large number into digits and a scale word, when that loses nothing.

    Returns:
        ("2.4", "billion") for 2,400,000,000; ("1,234,567", "") where more than two decimals would be needed;
        small numbers as they are. Arabic takes the plural for whole numbers from 3 to 10.
    """
    for power, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        scale = Decimal(10) ** power
        if abs(value) < scale:
            continue
        reduced = value / scale
        if reduced != reduced.quantize(Decimal("0.01")):
            break
        few = reduced == reduced.to_integral_value() and 3 <= abs(reduced) <= 10
        return format_number(reduced), labels(f"scale.{word}s" if few else f"scale.{word}")
    return format_number(value), ""


_LOCALES: dict[PageLanguage, str] = {"en": "en_GB", "ar": "ar_EG"}


def format_date(iso: str, page: PageLanguage) -> str:
    """Write an ISO date, whole or partial, in the page's language with Western digits.

    Args:
        iso: YYYY-MM-DD, YYYY-MM, YYYY, XXXX-MM-DD or XXXX-MM.
        page: The language of the page.

    Returns:
        "14 March 2024", "March 2024", "2024", "14 March", "March"; the text itself when it is no such date.
    """
    from babel.dates import format_date as babel_date

    parts = iso.split("-", 3)
    if len(parts) > 3:
        return display(iso)
    # A leap year, so that 29 February without a year is a date.
    year = "2000" if parts[0] == "XXXX" else parts[0]
    try:
        day = date(int(year), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return display(iso)
    pattern = {1: "y", 2: "MMMM y", 3: "d MMMM y"}[len(parts)]
    if parts[0] == "XXXX":
        pattern = pattern.removesuffix(" y")
    return babel_date(day, format=pattern, locale=_LOCALES[page])


def format_moment(iso: str, page: PageLanguage) -> str:
    """Write an ISO time as date, hour and minute in UTC ("19 March 2031, 14:05 UTC"), or as it stands."""
    from datetime import UTC

    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return shorten(display(iso), 40)
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC)
    comma = "،" if page == "ar" else ","
    zone = " UTC" if moment.tzinfo is not None else ""
    return f"{format_date(moment.date().isoformat(), page)}{comma} {moment:%H:%M}{zone}"


def link(url: str | None) -> str | None:
    """Give an address that may be linked: http or https with a host, no control, space or quote; else None.

    >>> link("https://example.org/a"), link("javascript:alert(1)"), link("https://u:p@example.org/")
    ('https://example.org/a', None, None)
    """
    if url is None or display(url) != url or _NOT_IN_ADDRESS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None
