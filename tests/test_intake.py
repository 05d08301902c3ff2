from __future__ import annotations

import codecs
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError
from briefing.intake.files import MAX_BYTES, load_source
from briefing.intake.html import html_to_article
from briefing.intake.markdown import markdown_to_text

ENGLISH = "The talks in Muscat failed on Monday. At least 16 people were killed.\n\nBoth sides left."
ARABIC = "فشلت المحادثات في مسقط يوم الاثنين. وقُتل 16 شخصا على الأقل.\n\nوغادر الطرفان؟"
FRENCH = (
    "Le général a dit que les pourparlers ont échoué à cause de la guerre. « C’est la fin », a-t-il ajouté."
)


def _write(folder: Path, raw: bytes, name: str = "article.txt") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


# --- encodings ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Encoded:
    id: str
    raw: bytes
    text: str
    language: str


ENCODED = [
    Encoded("utf-8", ENGLISH.encode(), ENGLISH, "en"),
    Encoded("utf-8-ar", ARABIC.encode(), ARABIC, "ar"),
    Encoded("utf-8-bom", codecs.BOM_UTF8 + ARABIC.encode(), ARABIC, "ar"),
    Encoded("utf-16-le-bom", codecs.BOM_UTF16_LE + ENGLISH.encode("utf-16-le"), ENGLISH, "en"),
    Encoded("utf-16-le-bom-ar", codecs.BOM_UTF16_LE + ARABIC.encode("utf-16-le"), ARABIC, "ar"),
    Encoded("utf-16-be-bom", codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"), ENGLISH, "en"),
    Encoded("utf-16-be-bom-ar", codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be"), ARABIC, "ar"),
    Encoded("utf-16-le", ENGLISH.encode("utf-16-le"), ENGLISH, "en"),
    Encoded("utf-16-le-ar", ARABIC.encode("utf-16-le"), ARABIC, "ar"),
    Encoded("utf-16-be", ENGLISH.encode("utf-16-be"), ENGLISH, "en"),
    Encoded("utf-16-be-ar", ARABIC.encode("utf-16-be"), ARABIC, "ar"),
    Encoded("utf-32-le-bom", codecs.BOM_UTF32_LE + ARABIC.encode("utf-32-le"), ARABIC, "ar"),
    Encoded("cp1256", ARABIC.encode("cp1256"), ARABIC, "ar"),
    Encoded("latin-1", FRENCH.replace("’", "'").encode("latin-1"), FRENCH.replace("’", "'"), "fr"),
    Encoded("cp1252", FRENCH.encode("cp1252"), FRENCH, "fr"),
    Encoded("crlf", ENGLISH.replace("\n", "\r\n").encode(), ENGLISH, "en"),
    Encoded("cr", ARABIC.replace("\n", "\r").encode(), ARABIC, "ar"),
    Encoded("blank-lines-around", f"\n\n{ENGLISH}\n\n\n".encode(), ENGLISH, "en"),
]


@pytest.mark.parametrize("case", ENCODED, ids=lambda case: case.id)
def test_encodings(case: Encoded, tmp_path: Path) -> None:
    source = load_source(_write(tmp_path, case.raw))
    assert (source.text, source.language) == (case.text, case.language)
    if case.text in (ENGLISH, ARABIC):
        assert len(source.sentences) == 3


@pytest.mark.parametrize("case", ENCODED, ids=lambda case: case.id)
def test_standard_input(case: Encoded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(case.raw)))
    source = load_source("-")
    assert (source.text, source.language) == (case.text, case.language)


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6", "utf-8"])
def test_the_charset_that_a_page_declares(charset: str, tmp_path: Path) -> None:
    words = "قتل ستة عشر شخصا في عدن"
    page = f'<html><head><meta charset="{charset}"></head><body><p>{words}.</p></body></html>'
    assert load_source(_write(tmp_path, page.encode(charset), "page.html")).text == f"{words}."


def test_an_article_of_one_long_line(tmp_path: Path) -> None:
    line = ("The talks went on and nobody knew for how long they would " * 3500)[:200_000]
    source = load_source(_write(tmp_path, line.encode()))
    assert len(source.text) == 200_000
    assert len(source.sentences) >= 150
    assert source.sentences[-1].end == len(source.text.rstrip())


# --- what is no article ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bad:
    id: str
    raw: bytes
    says: str
    name: str = "article.txt"


BAD = [
    Bad("empty", b"", "empty"),
    Bad("white-space", b" \n\t\r\n \n", "empty"),
    Bad("bom-only", codecs.BOM_UTF8, "empty"),
    Bad("utf-16-bom-only", codecs.BOM_UTF16_LE, "empty"),
    Bad("no-sentence", b"12 34 --", "no sentence"),
    Bad("no-sentence-ar", "١٢ ٣٤ --".encode(), "no sentence"),
    Bad("binary", bytes(range(256)) * 40, "not text"),
    Bad("binary-low", bytes([1, 2, 3, 4, 5, 6, 7, 127]) * 100, "binary"),
    Bad("zeros", b"\x00" * 5000, "not text"),
    Bad("elf", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00" * 200, "not text"),
    Bad("20-mb", b"The talks failed. " * 1_200_000, "larger than 10 MB"),
    Bad("one-byte-too-long", b"x" * (MAX_BYTES + 1), "larger than 10 MB"),
    Bad("too-many-characters", b"The talks failed. " * 200_000, "split it"),
    Bad("pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF"),
    Bad("docx", b"PK\x03\x04\x14\x00", "DOCX"),
    Bad("png", b"\x89PNG\r\n\x1a\n", "PNG"),
    Bad("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
    Bad("gzip", b"\x1f\x8b\x08\x00", "gzip"),
    Bad("gguf", b"GGUF\x03\x00\x00\x00", "GGUF"),
    Bad("pdf-named-as-text", b"%PDF-1.4", "a PDF", "story.md"),
    Bad("html-without-text", b"<html><body><script>x()</script></body></html>", "empty", "page.html"),
    Bad("html-empty", b"", "empty", "page.html"),
    Bad("html-comment", b"<!-- nothing -->", "page.html", "page.html"),
    Bad("markdown-rule", b"---\n\n***\n", "empty", "page.md"),
    Bad("front-block-only", b"---\ntitle: Talks\n---\n", "empty", "page.md"),
    Bad("wrong-date", b"---\npublished: 18/03/2031\n---\nThe talks failed.", "18/03/2031"),
    Bad("impossible-date", b"---\npublished: 2031-02-30\n---\nThe talks failed.", "2031-02-30"),
    Bad("surrogates-in-utf-16", codecs.BOM_UTF16_LE + b"\x00\xd8" * 50, "not text"),
]


def assert_useful(error: SourceError, where: str, label: str | None = None) -> None:
    message = str(error)
    assert error.path == where
    assert error.exit_code == 3
    assert (label or where) in message
    assert message.count(label or where) == 1
    assert len(message) < 300 + 2 * len(where)
    assert "\n" not in message
    assert "Traceback" not in message


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_files_that_are_no_article(case: Bad, tmp_path: Path) -> None:
    path = _write(tmp_path, case.raw, case.name)
    with pytest.raises(SourceError) as caught:
        load_source(path)
    assert case.says in str(caught.value)
    assert_useful(caught.value, str(path))


@pytest.mark.parametrize("case", [case for case in BAD if "page" not in case.name], ids=lambda case: case.id)
def test_standard_input_that_is_no_article(case: Bad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(case.raw)))
    with pytest.raises(SourceError) as caught:
        load_source("-")
    assert_useful(caught.value, "-", "standard input")


def test_an_endless_input_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        n_bytes = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.n_bytes += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    with pytest.raises(SourceError, match="standard input: larger than"):
        load_source("-")
    assert endless.n_bytes < 2 * MAX_BYTES


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "لا شيء.txt"
    with pytest.raises(SourceError, match="no such file") as caught:
        load_source(path)
    assert_useful(caught.value, str(path))


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="folder") as caught:
        load_source(tmp_path)
    assert_useful(caught.value, str(tmp_path))


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000, "file.txt/inside"])
def test_names_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    _write(tmp_path, b"x", "file.txt")
    path = f"{tmp_path}/{name}"
    with pytest.raises(SourceError) as caught:
        load_source(path)
    assert caught.value.path == path


@pytest.mark.parametrize(
    "address", ["https://example.org/a", "HTTP://example.org", "ftp://x/y", "file:///etc/passwd"]
)
def test_addresses_are_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(SourceError, match="save the page") as caught:
        load_source(address)
    assert_useful(caught.value, address)


# --- front block ----------------------------------------------------------------------------------------------

FRONT = """---
title: "Talks: the third round"
publisher:   Northgate Wire
published: 2031-03-18T06:00:00Z
url: https://example.org/a?b=c:d
language: en
author: Somebody
---

"""


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.html"])
def test_a_front_block_gives_what_is_known(name: str, tmp_path: Path) -> None:
    body = f"<html><body><p>{ENGLISH}</p></body></html>" if name == "a.html" else ENGLISH
    source = load_source(_write(tmp_path, (FRONT + body).encode(), name))
    assert source.title == "Talks: the third round"
    assert source.publisher == "Northgate Wire"
    assert source.published == "2031-03-18"
    assert source.url == "https://example.org/a?b=c:d"
    assert source.language == "en"
    assert source.text.startswith("The talks in Muscat")
    assert "Somebody" not in source.text


def test_a_front_block_in_arabic_and_an_asked_language_that_wins(tmp_path: Path) -> None:
    raw = f"---\r\ntitle: فشل المحادثات\r\nlanguage: ar\r\n---\r\n{ARABIC}".encode()
    path = _write(tmp_path, raw)
    assert (load_source(path).title, load_source(path).language) == ("فشل المحادثات", "ar")
    assert load_source(path, language="fa").language == "fa"


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("---\ntitle: Talks\n", id="not-closed"),
        pytest.param("--- title: Talks ---\n", id="one-line"),
        pytest.param("Text before.\n---\ntitle: Talks\n---\n", id="not-first"),
        pytest.param("---\nno colons here\n---\n", id="no-key"),
        pytest.param("---\nauthor: Somebody\n---\n", id="no-known-key"),
    ],
)
def test_a_malformed_front_block_is_text_and_nothing_is_lost(head: str, tmp_path: Path) -> None:
    source = load_source(_write(tmp_path, (head + ENGLISH).encode()))
    assert source.title is None
    assert source.text.endswith(ENGLISH)
    assert source.text == (head + ENGLISH).strip("\n")


# --- HTML and Markdown ----------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Site | Talks   fail</title>
<meta property="og:title" content="Talks fail in Muscat">
<meta property="og:site_name" content="Northgate Wire">
<meta property="article:published_time" content="2031-03-18T06:00:00+04:00">
<meta property="og:url" content="https://example.org/talks">
<style>p { color: red }</style><script>var secret = "999 killed";</script>
</head><body>
<header><a href="/">Home of all news</a></header>
<nav><ul><li>World</li><li>Sport</li></ul></nav>
<aside>Read also: 777 other stories</aside>
<article>
<header><h1>Talks fail in Muscat</h1></header>
<p>At least&nbsp;16 people
were <b>kil</b>led, the <a href="x">ministry</a> said.<script>track()</script>
{{ 7*7 }} &lt;script&gt; &amp; so on.</p>
<p>قال الوزير إن المحادثات فشلت.</p>
<figure><img src="x.png" alt="not text"><figcaption>A ship near Aden</figcaption></figure>
<ul><li>one demand</li><li>two demands</li></ul>
First line<br>second line
<form><input value="x"><button>Subscribe</button></form>
<!-- a comment -->
</article>
<footer>All rights reserved 2031</footer>
</body></html>"""


def test_a_page_gives_its_article_and_what_its_head_says(tmp_path: Path) -> None:
    source = load_source(_write(tmp_path, PAGE.encode(), "page.html"))
    assert (source.title, source.publisher) == ("Talks fail in Muscat", "Northgate Wire")
    assert (source.published, source.url) == ("2031-03-18", "https://example.org/talks")
    assert source.language == "en"
    assert source.text.split("\n\n") == [
        "Talks fail in Muscat",
        "At least 16 people were killed, the ministry said. {{ 7*7 }} <script> & so on.",
        "قال الوزير إن المحادثات فشلت.",
        "A ship near Aden",
        "one demand",
        "two demands",
        "First line\nsecond line",
    ]


@pytest.mark.parametrize("name", ["page.htm", "page.xhtml", "page.txt", "page"])
def test_a_page_is_known_by_its_name_or_its_beginning(name: str, tmp_path: Path) -> None:
    assert load_source(_write(tmp_path, PAGE.encode(), name)).title == "Talks fail in Muscat"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<main><p>In</p></main><p>Out</p>", "In"),
        ("<article>Short</article><article>The longer one</article>", "The longer one"),
        ("<div>Unclosed <p>words <b>here", "Unclosed\n\nwords here"),
        ("<p>a</p>tail<p>b</p>", "a\n\ntail\n\nb"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\n\n2"),
        ("<p>&#1602;&#1575;&#1604; &copy; &bogus;</p>", "قال © &bogus;"),
        ("<p>x<?php echo 1 ?>y</p>", "xy"),
        ("<p>a<!-- 999 -->b</p>", "ab"),
    ],
)
def test_markup_to_text(markup: str, text: str) -> None:
    assert html_to_article(markup, "page").text == text


def test_deep_and_long_markup_is_read() -> None:
    words = "The talks failed"
    assert words in html_to_article("<div>" * 200 + words + "</div>" * 200, "page").text
    assert html_to_article(f"<p>{words}</p>" * 5000, "page").text.count(words) == 5000


MARKDOWN = """# Talks *fail* in Muscat

At least **16** people were
killed, the [ministry](https://example.org/a) said. {{ 7*7 }} <script>alert(1)</script>

> قال الوزير إن المحادثات فشلت.

- one demand
- two demands

| a | b |
|---|---|
| 1 | 2 |

```
code 42
```

![picture of a ship](x.png)
"""


def test_markdown_gives_the_text_that_a_reader_sees(tmp_path: Path) -> None:
    source = load_source(_write(tmp_path, MARKDOWN.encode(), "a.md"))
    blocks = source.text.split("\n\n")
    assert blocks[:3] == [
        "Talks fail in Muscat",
        "At least 16 people were killed, the ministry said. {{ 7*7 }} <script>alert(1)</script>",
        "قال الوزير إن المحادثات فشلت.",
    ]
    assert blocks[3:5] == ["one demand", "two demands"]
    assert {"1", "2", "code 42"} <= set(blocks)
    assert "example.org" not in source.text
    assert "**" not in source.text


def test_the_same_text_with_another_name_is_plain_text(tmp_path: Path) -> None:
    source = load_source(_write(tmp_path, MARKDOWN.encode(), "a.txt"))
    assert source.text == MARKDOWN.strip("\n")


@given(raw=st.binary(max_size=400))
def test_any_bytes_give_a_source_or_a_source_error(raw: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        try:
            text = load_source("-").text
        except SourceError as exc:
            text = str(exc).removeprefix("standard input: ")
            if text == str(exc):
                raise
    assert text.strip()


@given(text=st.text(max_size=200), name=st.sampled_from(["html", "markdown"]))
def test_any_markup_gives_text_or_a_source_error(text: str, name: str) -> None:
    try:
        found = html_to_article(text, "page").text if name == "html" else markdown_to_text(text)
    except SourceError:
        return
    assert "\r" not in found
    assert "\n\n\n" not in found or name == "markdown"
