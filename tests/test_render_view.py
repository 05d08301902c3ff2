from __future__ import annotations

from decimal import Decimal

import pytest
from render_samples import (
    ARABIC,
    check,
    empty_report,
    evidence,
    full_report,
    large_report,
    make_source,
)

from briefing.render.gaps import note_text
from briefing.render.labels import load_labels
from briefing.render.passages import MAX_WHOLE, article_passage, passages_of
from briefing.render.view import build_page, reading_order
from briefing.store import report_json
from briefing.text.display import display


def page_of(report):
    return build_page(report, load_labels(report.language))


def shown(passage):
    return "".join(part.text for part in passage.parts)


def marked(passage):
    return [part.text for part in passage.parts if part.marked]


def test_items_are_numbered_in_the_order_of_the_page():
    page = page_of(full_report())
    rows = [
        page.headline,
        *page.bottom_line,
        *page.key_figures,
        *page.more_figures,
        *page.outlook,
        *page.parties,
        *page.demands,
        *page.events,
    ]
    assert [row.entry.number for row in rows] == list(range(1, len(rows) + 1))
    assert [entry.number for entry in page.register] == list(range(1, len(rows) + 1))


def test_every_item_of_the_brief_has_one_number():
    report = full_report()
    brief = report.brief
    order = reading_order(report)
    assert len(set(order)) == len(order)
    assert len(order) == 1 + sum(
        len(getattr(brief, name)) for name in type(brief).model_fields if name != "headline"
    )


def test_events_are_in_order_of_time_and_undated_ones_last():
    assert [row.date for row in page_of(full_report()).events] == [
        "2 December 2030",
        "27 January 2031",
        "25 March 2031",
        None,
    ]


def test_a_date_without_a_year_is_placed_in_the_year_of_publication():
    report = full_report()
    first, second = report.brief.military_actions
    brief = report.brief.model_copy(
        update={"military_actions": (first, second.model_copy(update={"date": "XXXX-02-01"}))}
    )
    page = page_of(report.model_copy(update={"brief": brief}))
    assert [row.date for row in page.events] == [
        "2 December 2030",
        "27 January 2031",
        "1 February",
        "25 March 2031",
    ]


def test_each_item_has_the_verdict_of_the_verification():
    report = full_report()
    page = page_of(report)
    assert [e.verdict for e in page.register] == [
        report.verification.verdict_at(loc) for loc in reading_order(report)
    ]
    assert {e.verdict for e in page.register} == {"supported", "misplaced", "unsupported", "unchecked"}


def test_key_figures_put_failed_and_vague_ones_behind_but_drop_none():
    page = page_of(full_report())
    assert [f.entry.verdict for f in page.key_figures] == [
        "supported",
        "supported",
        "supported",
        "unsupported",
        "misplaced",
    ]
    assert len(page.key_figures) + len(page.more_figures) == 7


@pytest.mark.parametrize("article", ["ar", "en"])
def test_passages_are_the_cited_sentences_verbatim(article):
    report = full_report("en", article)
    page = page_of(report)
    assert [shown(p) for p in page.headline.entry.passages] == [
        report.source.sentence(1),
        report.source.sentence(2),
    ]
    assert marked(page.headline.entry.passages[1]) == ["60"]
    for entry in page.register:
        for passage in entry.passages:
            if passage.whole_at is None:
                assert shown(passage) == display(report.source.sentence(passage.sentence))


def test_where_a_misplaced_claim_was_found_is_shown_as_not_cited():
    page = page_of(full_report())
    figure = next(f for f in page.key_figures if f.entry.verdict == "misplaced")
    assert [(p.sentence, p.cited) for p in figure.entry.passages] == [(1, True), (5, False)]
    assert marked(figure.entry.passages[1]) == ["90"]
    row = next(r for r in page.gaps.failing if r.verdict == "misplaced")
    assert (row.number, row.sentence) == (figure.entry.number, 5)


def test_a_cite_that_the_article_lacks_is_named():
    page = page_of(full_report())
    entry = next(e for e in page.register if e.missing)
    assert entry.missing == (99,)
    assert entry.passages == ()


def test_marks_snap_to_the_borders_of_arabic_words():
    source = make_source(("وردّت القوات بالصواريخ فوراً.",), "ar")
    inside = evidence(source, "صواريخ", 1)
    assert marked(article_passage(source, 1, [inside])) == ["بالصواريخ"]


def test_marks_that_touch_are_one():
    source = make_source(("About 1,200 people left.",), "en")
    found = [evidence(source, "1,200", 1), evidence(source, "200", 1), evidence(source, "About", 1)]
    assert marked(article_passage(source, 1, found)) == ["About", "1,200"]


def test_a_sentence_shown_whole_before_is_an_excerpt_afterwards():
    long = ("The ministry said " + "and repeated at length " * 12 + "that 45 boats were seized on Sunday.",)
    source = make_source(long, "en")
    claims = [check((), "quantity", "45", "supported", [evidence(source, "45", 1)])]
    (whole,) = passages_of(source, [1], claims, {})
    (excerpt,) = passages_of(source, [1], claims, {1: 4})
    assert shown(whole) == long[0]
    assert excerpt.whole_at == 4
    assert marked(excerpt) == ["45"]
    assert len(shown(excerpt)) < 180
    assert shown(excerpt).startswith("[…] ")
    assert shown(excerpt).removeprefix("[…] ").removesuffix(" […]").strip() in long[0]


def test_a_giant_sentence_is_cut_around_its_evidence():
    source = make_source(("word " * 3000 + "45 boats" + " word" * 3000,), "en")
    passage = article_passage(source, 1, [evidence(source, "45", 1)])
    assert marked(passage) == ["45"]
    assert len(shown(passage)) <= MAX_WHOLE


def test_a_giant_word_is_cut_too():
    source = make_source(("x" * 50_000,), "en")
    assert len(shown(article_passage(source, 1))) <= MAX_WHOLE


def test_gaps_list_every_failed_claim_hard_ones_first():
    report = full_report()
    gaps = page_of(report).gaps
    failed = [c for c in report.verification.checks if c.verdict in ("unsupported", "misplaced")]
    assert len(gaps.failing) == len(failed) == 5
    assert [row.minor for row in gaps.failing] == [False, False, False, False, True]
    assert gaps.failing[0].place == "Figures: value"
    assert (gaps.n_unchecked, gaps.n_checked) == (1, 11)
    assert [row.text.text for row in gaps.withdrawn] == ["14 boats"]


def test_items_without_cites_are_named():
    page = page_of(full_report())
    assert page.gaps.uncited == (page.outlook[1].entry.number,)


def test_omissions_are_the_twelve_highest():
    gaps = page_of(full_report()).gaps
    assert [row.n_mentions for row in gaps.omissions] == list(range(1, 13))
    assert gaps.n_more_omissions == 3


def test_amounts_keep_bound_scale_and_unit():
    page = page_of(full_report())
    amounts = {
        f.counts.text: (f.amount.bound, f.amount.digits, f.amount.scale, f.amount.unit and f.amount.unit.text)
        for f in (*page.key_figures, *page.more_figures)
    }
    assert amounts["soldiers wounded"] == ("at least", "19", "", None)
    assert amounts["frozen assets"] == ("", "2.4", "billion", "US dollars")
    assert amounts["withdrawal window"] == ("at most", "90", "", "days")
    assert amounts["families displaced"] == ("", "", "", None)
    assert amounts["of the cites are wrong"] == ("", "5–12", "", "%")


def test_arabic_units_agree_with_their_number():
    page = page_of(full_report("ar"))
    units = {f.counts.text: f.amount for f in page.key_figures}
    assert units["مهلة الانسحاب"].unit.text == "يوم"
    assert units["مهلة الانسحاب"].bound == "ما لا يزيد على"
    assert units["أصول مجمدة"].scale == "مليار"


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("8", "days", "أيام"),
        ("8", "يوم", "أيام"),
        ("11", "days", "يوم"),
        ("2", "days", "يوم"),
        ("5", "USD", "دولارات أمريكية"),
        ("5", "barrels", "barrels"),
    ],
)
def test_arabic_counts_three_to_ten_in_the_plural(value, unit, expected):
    report = full_report("ar")
    figure = report.brief.figures[0].model_copy(update={"value": Decimal(value), "unit": unit})
    brief = report.brief.model_copy(update={"figures": (figure,)})
    (row,) = page_of(report.model_copy(update={"brief": brief})).key_figures
    assert row.amount.unit.text == expected


def test_the_check_of_a_cite_marks_nothing_and_is_not_listed():
    report = full_report()
    source = report.source
    whole = check(
        ("headline", "cites"), "citation", "1", "supported", [evidence(source, source.sentence(1), 1)]
    )
    checks = (whole, *report.verification.checks)
    verification = report.verification.model_copy(update={"checks": checks})
    entry = page_of(report.model_copy(update={"verification": verification})).headline.entry
    assert [marked(p) for p in entry.passages] == [[], ["60"]]
    assert [text.text for finding in entry.findings for text, _ in finding.claims] == ["60"]


NOTES = (
    ("bound dropped", "أُسقط الحد"),
    ("bound dropped; relative date", "أُسقط الحد؛ تاريخ نسبي"),
    ("in full in sentence 15", "ورد كاملاً في الجملة 15"),
    ("not the number that is written as “two {0}”", "ليس العدد المكتوب «two {0}»"),
    ("something new", "something new"),
    ("bound dropped; something new", "bound dropped; something new"),
    ("the article has 8 sentences, not 9, 10", "the article has 8 sentences, not 9, 10"),
)


@pytest.mark.parametrize(("note", "expected"), NOTES, ids=[note for note, _ in NOTES])
def test_notes_are_told_in_the_page_s_language(note, expected):
    assert note_text(note, load_labels("ar")).text == expected
    assert note_text(note, load_labels("en")).text == note


def test_texts_of_an_extractive_report_are_in_the_article_s_language():
    report = full_report("en", "ar", "extractive")
    quoted = report.model_copy(
        update={
            "brief": report.brief.model_copy(
                update={"headline": report.brief.headline.model_copy(update={"text": ARABIC[0]})}
            )
        }
    )
    headline = page_of(quoted).headline.text
    assert (headline.dir, headline.lang) == ("rtl", "ar")


def test_method_names_the_digest_of_the_saved_file():
    import hashlib

    report = full_report()
    facts = {fact.label: fact.value.text for fact in page_of(report).facts}
    assert facts["SHA-256 of brief.json"] == hashlib.sha256(report_json(report)).hexdigest()
    assert facts["SHA-256 of the article"] == report.source.sha256
    assert facts["Language model"] == "example/model-70b"
    assert facts["Made"] == "19 March 2031, 06:30 UTC"


@pytest.mark.parametrize("page", ["en", "ar"])
def test_an_empty_brief_has_a_page(page):
    built = page_of(empty_report(page))
    assert built.key_figures == built.outlook == built.parties == built.events == ()
    assert built.segments == ()


def test_two_hundred_items_have_two_hundred_numbers():
    assert len(page_of(large_report()).register) == 3 + 40 + 40 + 20 + 2 + 80 + 15


def test_building_twice_gives_the_same_values():
    assert page_of(full_report("ar")) == page_of(full_report("ar"))
