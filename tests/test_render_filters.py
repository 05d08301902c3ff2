from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.filters import (
    direction,
    format_date,
    format_moment,
    format_number,
    link,
    make_text,
    scaled_number,
    shorten,
)
from briefing.render.labels import load_labels
from briefing.text.display import display


@dataclass(frozen=True)
class Case:
    id: str
    given: object
    expected: object


def ids(cases):
    return [pytest.param(case, id=case.id) for case in cases]


DISPLAY = (
    Case("NUL", "a\x00b", "ab"),
    Case("escape", "a\x1b[31mb", "a[31mb"),
    Case("C1", "a\x9bb", "ab"),
    Case("delete", "a\x7fb", "ab"),
    Case("override", "a\u202egpj.exe", "agpj.exe"),
    Case("isolates", "\u2066a\u2069", "a"),
    Case("marks", "\u200fقال\u200e", "قال"),
    Case("Arabic letter mark", "\u061cقال", "قال"),
    Case("zero width space", "a\u200bb", "ab"),
    Case("BOM", "\ufeffa", "a"),
    Case("surrogate", "a\ud800b", "ab"),
    Case("tag characters", "a\U000e0041\U000e007fb", "ab"),
    Case("noncharacter", "a\ufffeb", "ab"),
    Case("line breaks", "a\r\nb\u2028c\td", "a b c d"),
    Case("stacked marks", "a" + "\u0301" * 40 + "b", "a" + "\u0301" * 4 + "b"),
    Case("Arabic vowels stay", "قُتِلَ", "قُتِلَ"),
    Case("non-joiner stays", "می\u200cخواهد", "می\u200cخواهد"),
    Case("emoji joiner stays", "👩\u200d💻", "👩\u200d💻"),
)


@pytest.mark.parametrize("case", ids(DISPLAY))
def test_display(case):
    assert display(case.given) == case.expected


@given(st.text(st.characters(exclude_categories=())))
def test_display_leaves_nothing_that_steers_the_page(text):
    shown = display(text)
    assert display(shown) == shown
    shown.encode("utf-8")
    for char in shown:
        assert unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(char) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
            "B",
        )


DIRECTION = (
    Case("Arabic after digits", "12 «قال»", "rtl"),
    Case("Latin first", "F-16 قال", "ltr"),
    Case("Hebrew", "שלום", "rtl"),
    Case("Cyrillic", "Мир", "ltr"),
    Case("digits alone", "12", "ltr"),
    Case("empty", "", "ltr"),
)


@pytest.mark.parametrize("case", ids(DIRECTION))
def test_direction(case):
    assert direction(case.given) == case.expected


def test_digits_take_the_direction_of_their_language():
    assert make_text("12", "ar", "en").dir == "rtl"
    assert make_text("12", "en", "ar").dir == "ltr"


def test_a_text_is_plain_only_when_nothing_on_the_page_can_reorder_it():
    assert make_text("قال 12", "ar", "ar").plain
    assert make_text("said", "en", "en").plain
    assert not make_text("طائرة F-16", "ar", "ar").plain
    assert not make_text("the word قال", "en", "en").plain
    assert not make_text("said", "en", "ar").plain


def test_a_language_is_not_named_where_the_letters_contradict_it():
    assert make_text("قال", "en", "en").lang is None
    assert make_text("قال", "und", "en").lang is None
    assert make_text("قال", "ar", "en").lang == "ar"


NUMBERS = (
    Case("thousands", Decimal(1234567), "1,234,567"),
    Case("small", Decimal(7), "7"),
    Case("trailing zeros", Decimal("2.50"), "2.5"),
    Case("whole with point", Decimal("3.0"), "3"),
    Case("exponent", Decimal("1E+6"), "1,000,000"),
    Case("negative", Decimal("-0.4"), "\u22120.4"),
    Case("hundreds", Decimal(100), "100"),
)


@pytest.mark.parametrize("case", ids(NUMBERS))
def test_format_number(case):
    assert format_number(case.given) == case.expected


@given(st.decimals(min_value=-(10**18), max_value=10**18, allow_nan=False, places=3))
def test_format_number_loses_nothing(value):
    assert Decimal(format_number(value).replace(",", "").replace("\u2212", "-")) == value


SCALED = (
    Case("English billion", ("en", "2.4e9"), ("2.4", "billion")),
    Case("English million", ("en", "740000000"), ("740", "million")),
    Case("below a million", ("en", "92000"), ("92,000", "")),
    Case("needs all digits", ("en", "1234567"), ("1,234,567", "")),
    Case("Arabic billion", ("ar", "2.4e9"), ("2.4", "مليار")),
    Case("Arabic three to ten", ("ar", "3000000"), ("3", "ملايين")),
    Case("Arabic eleven", ("ar", "11000000"), ("11", "مليون")),
    Case("Arabic ten", ("ar", "10e9"), ("10", "مليارات")),
)


@pytest.mark.parametrize("case", ids(SCALED))
def test_scaled_number(case):
    language, value = case.given
    assert scaled_number(Decimal(value), load_labels(language)) == case.expected


DATES = (
    Case("English day", ("2024-03-14", "en"), "14 March 2024"),
    Case("English month", ("2024-03", "en"), "March 2024"),
    Case("year", ("2024", "en"), "2024"),
    Case("no year", ("XXXX-11-19", "en"), "19 November"),
    Case("no year, no day", ("XXXX-11", "en"), "November"),
    Case("29 February without a year", ("XXXX-02-29", "en"), "29 February"),
    Case("Arabic day", ("2024-03-14", "ar"), "14 مارس 2024"),
    Case("Arabic month", ("2024-07", "ar"), "يوليو 2024"),
    Case("Arabic no year", ("XXXX-08-02", "ar"), "2 أغسطس"),
    Case("no such day", ("2024-02-31", "en"), "2024-02-31"),
    Case("year nought", ("0000-01-01", "ar"), "0000-01-01"),
)


@pytest.mark.parametrize("case", ids(DATES))
def test_format_date(case):
    assert format_date(*case.given) == case.expected


def test_a_moment_is_told_in_utc():
    assert format_moment("2031-03-19T08:30:00+02:00", "en") == "19 March 2031, 06:30 UTC"
    assert format_moment("2031-03-19T08:30:00+02:00", "ar") == "19 مارس 2031، 06:30 UTC"
    assert format_moment("soon\u202e", "en") == "soon"


LINKS = (
    Case("https", "https://example.org/a?b=1", "https://example.org/a?b=1"),
    Case("http", "http://example.org", "http://example.org"),
    Case("javascript", "javascript:alert(1)", None),
    Case("mixed case script", "JaVaScRiPt:alert(1)", None),
    Case("data", "data:text/html,<script>", None),
    Case("file", "file:///etc/passwd", None),
    Case("no host", "https:///a", None),
    Case("credentials", "https://user:secret@example.org/", None),
    Case("line break", "https://example.org/\njavascript:alert(1)", None),
    Case("bidi", "https://example.org/\u202egro", None),
    Case("broken", "https://[::1", None),
    Case("none", None, None),
)


@pytest.mark.parametrize("case", ids(LINKS))
def test_link(case):
    assert link(case.given) == case.expected


@given(st.text(), st.integers(2, 80))
def test_shorten_keeps_to_the_limit(text, limit):
    assert len(shorten(text, limit)) <= limit
