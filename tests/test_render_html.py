from __future__ import annotations

import base64
import hashlib
import re

import pytest
from lxml import html as lxml_html
from render_samples import empty_report, full_report, hostile_report, large_report

from briefing.errors import RenderError
from briefing.render.html import render_html
from briefing.text.display import display

PAGES = [("en", "ar"), ("en", "en"), ("ar", "ar"), ("ar", "en")]

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closed title": "</title><script>alert(1)</script>",
    "closed style": "</style><script>alert(1)</script>",
    "closed cell": "</td></tr></table><iframe src=https://evil.example></iframe>",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "<svg onload=alert(1)><animate onbegin=alert(1)></svg>",
    "double quote": '" onmouseover="alert(1)" x="',
    "single quote": "' onfocus='alert(1)' autofocus='",
    "backtick": "`onclick=alert(1)`",
    "comment": "<!-- --><script>alert(1)</script><!--",
    "cdata": "<![CDATA[<script>alert(1)</script>]]>",
    "javascript address": "javascript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "file address": "file:///etc/passwd",
    "address with a quote": 'https://example.org/"onclick="alert(1)',
    "template": "{{ 7 * 7 }}{% raw %}{{ self.__init__.__globals__ }}",
    "template include": "{% include '/etc/passwd' %}",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;&#x3C;b>",
    "null": "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "override": "\u202e\u2066<b>exe.gpj\u2069",
    "object": "<object data=https://evil.example></object><embed src=x>",
    "link element": "<link rel=stylesheet href=https://evil.example/a.css>",
    "attachment link": "<link rel=attachment href=file:///etc/passwd>",
    "base": "<base href=https://evil.example/>",
    "meta": "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "form": "<form action=https://evil.example><input name=a></form>",
    "style attribute": "<p style=\"background:url('https://evil.example')\">x</p>",
    "style import": "<style>@import 'https://evil.example/a.css';</style>",
    "utf-7": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "unclosed": "<a href='https://evil.example",
    "zalgo": "Z" + "\u0301\u0302\u0303" * 60,
    "percent s": "%s%n{0}{asked!r}",
}
"""Text of an article or model that tries to become part of the page."""


def parse(page):
    return lxml_html.document_fromstring(page)


def text_of(node):
    return " ".join(node.text_content().split())


@pytest.mark.parametrize(("page", "article"), PAGES)
def test_the_page_has_every_section_language_and_direction(page, article):
    tree = parse(render_html(full_report(page, article)))
    assert tree.get("lang") == page
    assert tree.get("dir") == {"en": "ltr", "ar": "rtl"}[page]
    assert len(tree.xpath("//h1")) == 1
    classes = [section.get("class") for section in tree.xpath("//main/section")]
    assert classes == [
        "bluf",
        "figures",
        "outlook",
        "more-figures",
        "parties",
        "demands",
        "events",
        "gaps",
        "register",
        "method",
    ]


@pytest.mark.parametrize(("page", "article"), PAGES)
def test_every_item_shows_its_verdict_in_words_and_links_to_its_evidence(page, article):
    report = full_report(page, article)
    tree = parse(render_html(report))
    words = {"en": "Supported Misplaced Unsupported Unchecked", "ar": None}[page]
    rows = tree.xpath("//tr[starts-with(@id, 'c')]")
    assert len(rows) == 3 + 7 + 2 + 3 + 2 + 4
    for number, row in enumerate(rows, 1):
        assert row.get("id") == f"c{number}"
        assert len(tree.xpath(f"//a[@id='i{number}'][@href='#c{number}']")) == 1
        verdicts = row.xpath("./td[3]/span[starts-with(@class, 'verdict ')]")
        assert len(verdicts) == 1
        assert text_of(verdicts[0])
        if words:
            assert text_of(verdicts[0]) in words
    beside = tree.xpath(
        "//*[contains(concat(' ', @class, ' '), ' headcheck ')]//span[starts-with(@class, 'verdict')]"
        " | //section[@class='bluf']//span[starts-with(@class, 'verdict')]"
        " | //section[not(@class='gaps' or @class='register')]//td//span[starts-with(@class, 'verdict')]"
        " | //p[@class='mark']/span[starts-with(@class, 'verdict')]"
    )
    assert len(beside) == len(rows)


def test_the_counts_of_the_verdicts_are_printed():
    tree = parse(render_html(full_report()))
    counts = text_of(tree.xpath("//span[@class='counts']")[0])
    assert counts == "6 Supported 1 Misplaced 4 Unsupported 1 Unchecked"
    assert "Supported: 6; Misplaced: 1" in text_of(tree.xpath("//*[name()='svg'][@class='bar']")[0])


@pytest.mark.parametrize("article", ["en", "ar"])
def test_every_sentence_of_the_article_is_on_the_page_verbatim(article):
    report = full_report("en", article)
    tree = parse(render_html(report))
    for sentence in report.source.sentences:
        (node,) = tree.xpath(f"//*[@id='s{sentence.number}']//p")
        assert text_of(node) == report.source.sentence(sentence.number)
        assert node.get("dir") == {"en": "ltr", "ar": "rtl"}[article]
        assert node.get("lang") == article


def test_likelihood_and_confidence_stand_apart():
    rows = parse(render_html(full_report())).xpath("//section[@class='outlook']//tbody/tr")
    assert text_of(rows[0][1]).startswith("Roughly even chance 45–55%")
    assert text_of(rows[0][2]) == "Moderate"
    assert text_of(rows[1][1]) == "Not stated"
    assert text_of(rows[1][2]) == "Low"


def test_every_figure_shows_how_the_article_writes_it():
    tree = parse(render_html(full_report()))
    page = text_of(tree)
    assert page.count("as written: 87") == 1
    cells = [text_of(cell) for cell in tree.xpath("//section[@class='more-figures']//td[3]")]
    assert cells == ["12", "Dozens"] or cells == ["Dozens", "12"]


def test_ids_are_unique_and_links_inside_lead_somewhere():
    tree = parse(render_html(full_report()))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")} <= set(ids)


def test_the_file_is_whole_and_asks_for_nothing():
    page = render_html(full_report())
    tree = parse(page)
    assert tree.xpath("//script | //link | //iframe | //img | //object | //embed | //base | //form") == []
    assert tree.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]") == []
    style = tree.xpath("//style")[0].text
    assert set(re.findall(r"url\(\"?([a-z]+):", style)) == {"data"}
    assert "@import" not in style


def test_the_policy_allows_this_style_and_nothing_else():
    tree = parse(render_html(full_report()))
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(hashlib.sha256(tree.xpath("//style")[0].text.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(payload):
    clean = parse(render_html(hostile_report("plain words")))
    tree = parse(render_html(hostile_report(payload)))
    assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} <= {
        e.tag for e in clean.iter() if isinstance(e.tag, str)
    }
    assert tree.xpath("//comment()") == []
    assert tree.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]") == []
    assert {name for e in tree.iter() for name in e.attrib} <= {
        name for e in clean.iter() for name in e.attrib
    }
    assert all(href.startswith("#") for href in tree.xpath("//a/@href"))
    assert " ".join(display(payload).split()) in text_of(tree.xpath("//section[@class='bluf']")[0])
    assert "49{%" not in text_of(tree)
    assert not re.search("[\x00-\x08\u202a-\u202e\u2066-\u2069]", render_html(hostile_report(payload)))


def test_only_a_plain_web_address_becomes_a_link():
    tree = parse(render_html(full_report()))
    outside = [a for a in tree.xpath("//a") if not a.get("href").startswith("#")]
    assert [a.get("href") for a in outside] == ["https://example.org/madiq/7713"]
    assert outside[0].get("rel") == "noopener noreferrer nofollow"


@pytest.mark.parametrize("page", ["en", "ar"])
def test_an_empty_brief_says_so(page):
    tree = parse(render_html(empty_report(page)))
    assert len(tree.xpath("//p[@class='empty']")) == 5
    assert "Unchecked" in text_of(tree) or "لم يُدقَّق" in text_of(tree)


@pytest.mark.parametrize("page", ["en", "ar"])
def test_size_stays_small(page):
    assert len(render_html(full_report(page)).encode()) < 100_000
    assert len(render_html(large_report(page)).encode()) < 400_000


def test_texts_of_the_other_script_are_isolated():
    tree = parse(render_html(full_report("en", "ar")))
    names = tree.xpath("//section[@class='parties']//tbody/tr[1]//bdi")
    assert [(n.get("dir"), n.get("lang"), n.text) for n in names] == [("rtl", "ar", "تالميرا")]


def test_the_method_states_the_use_of_a_language_model():
    full = text_of(parse(render_html(full_report())).xpath("//section[@class='method']")[0])
    assert "A language model read the article" in full
    assert "example/model-70b" in full
    extractive = render_html(full_report("en", "ar", "extractive"))
    assert "A language model chose among the passages" in extractive


def test_a_file_of_the_caller_replaces_a_packaged_one(tmp_path):
    (tmp_path / "brief.html").write_text("<p>{{ page.title }}</p>")
    assert render_html(full_report(), template_dir=tmp_path) == (
        "<p>Suhayr talks edge toward a 60-day truce</p>"
    )


BROKEN = {
    "syntax": "{% if %}",
    "unknown value": "{{ page.nonsense }}",
    "missing include": "{% include 'nothing.html' %}",
    "unknown words": "{{ L('no.such') }}",
    "wrong call": "{{ page.title() }}",
    "division": "{{ 1 // 0 }}",
}


@pytest.mark.parametrize("template", BROKEN.values(), ids=BROKEN)
def test_a_broken_template_is_a_render_error(tmp_path, template):
    (tmp_path / "brief.html").write_text(template)
    with pytest.raises(RenderError):
        render_html(full_report(), template_dir=tmp_path)


def test_a_style_that_would_end_its_element_is_refused(tmp_path):
    (tmp_path / "screen.css").write_text("p::after { content: '</style>' }")
    with pytest.raises(RenderError, match="'</'"):
        render_html(full_report(), template_dir=tmp_path)


def test_the_same_report_gives_the_same_page():
    assert render_html(full_report("ar")) == render_html(full_report("ar"))
