from __future__ import annotations

import hashlib

import pytest
from articles import NAMES, source_of
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing.errors import SourceError
from briefing.source import MAX_CHARS, Sentence, Source

ENGLISH = "Talks began. They ended on Tuesday!\n\nA heading\nWas it over?"
ARABIC = "بدأت المحادثات. وانتهت الثلاثاء!\n\nعنوان\nهل انتهت؟"


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (ARABIC, "ar")])
def test_sentences_are_numbered_from_one(text: str, language: str) -> None:
    source = Source.from_text(text)
    assert source.language == language
    assert [s.number for s in source.sentences] == [1, 2, 3, 4]
    lines = [line for line in text.split("\n") if line]
    assert source.sentence(1) == lines[0].split(". ")[0] + "."
    assert source.sentence(3) == lines[1]
    assert source.sentence(4) == lines[2]


@pytest.mark.parametrize("text", [ENGLISH, ARABIC, "  \n Talks.\n", "e\u0301 talks 😀 go on.\u200f"])
def test_the_text_is_kept_exactly_and_hashed(text: str) -> None:
    source = Source.from_text(text)
    assert source.text == text
    assert source.sha256 == hashlib.sha256(text.encode("utf-8")).hexdigest()
    assert Source.model_validate_json(source.model_dump_json()) == source


def test_what_is_known_of_the_article_is_kept() -> None:
    facts = {"title": "T", "publisher": "P", "published": "2031-03-18", "url": "https://example.org/x"}
    source = Source.from_text(ARABIC, language="fa", **facts)
    assert source.language == "fa"
    assert {key: getattr(source, key) for key in facts} == facts
    bare = Source.from_text(ARABIC)
    assert (bare.title, bare.publisher, bare.published, bare.url) == (None, None, None, None)


@pytest.mark.parametrize("number", [0, -1, 5, 99])
def test_a_sentence_that_is_not_there(number: int) -> None:
    with pytest.raises(IndexError, match=f"no sentence {number}: the article has 4"):
        Source.from_text(ENGLISH).sentence(number)


@pytest.mark.parametrize("name", NAMES)
def test_number_at_finds_the_sentence_of_every_position(name: str) -> None:
    source = source_of(name)
    for sentence in source.sentences:
        assert source.number_at(sentence.start) == sentence.number
        assert source.number_at(sentence.end - 1) == sentence.number
    gaps = [(a.end, b.start, a.number) for a, b in zip(source.sentences, source.sentences[1:], strict=False)]
    assert all(source.number_at(at) == number for end, start, number in gaps for at in range(end, start))
    assert source.number_at(-5) == 1
    assert source.number_at(10**9) == len(source.sentences)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param(" \n\t\u00a0\u2028", "empty", id="white-space"),
        pytest.param("12 34 -- 56. 78!", "no letters", id="digits"),
        pytest.param("…؟!«»\n\n--", "no letters", id="marks"),
        pytest.param("١٢ ٣٤", "no letters", id="eastern-digits"),
        pytest.param("😀 👍", "no letters", id="emoji"),
        pytest.param("Talks \ud800 failed.", "character 6", id="lone-surrogate"),
        pytest.param("\udfff", "character 0", id="only-a-surrogate"),
        pytest.param("talk " * (MAX_CHARS // 5 + 1), "split it", id="too-long"),
    ],
)
def test_texts_that_are_no_article(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        Source.from_text(text, url="https://example.org/x")
    assert caught.value.path == "https://example.org/x"
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry said that talks were held in Muscat.", "en"),
        ("قالت الوزارة إن المحادثات عقدت في مسقط", "ar"),
        ("Le ministre a dit que les pourparlers ont eu lieu dans la ville.", "fr"),
        ("Министр сказал, что переговоры прошли в городе.", "ru"),
        ("وزیر گفت که مذاکرات در مسقط برگزار شد و این را تایید کرد", "fa"),
        ("ミサイルが発射されたと発表した。", "ja"),
        ("部长说谈判已经结束。", "zh"),
        ("Xyzzy plugh", "und"),
    ],
)
def test_language_is_told_from_the_text(text: str, language: str) -> None:
    assert Source.from_text(text).language == language


def test_a_source_is_frozen_and_refuses_other_keys() -> None:
    source = Source.from_text(ENGLISH)
    with pytest.raises(ValidationError):
        source.text = "x"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Source.model_validate({**source.model_dump(), "author": "x"})
    with pytest.raises(ValidationError):
        Sentence(number=0, start=0, end=1)


@given(text=st.text(alphabet=st.characters(), max_size=300))
def test_any_text_gives_a_source_or_a_source_error(text: str) -> None:
    try:
        source = Source.from_text(text)
    except SourceError:
        return
    assert source.text == text
    assert [s.number for s in source.sentences] == list(range(1, len(source.sentences) + 1))
    assert Source.model_validate_json(source.model_dump_json()) == source
