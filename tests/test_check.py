from __future__ import annotations

from dataclasses import dataclass

import pytest
from articles import NAMES, source_of
from hypothesis import given
from hypothesis import strategies as st

from briefing.checker.text_checks import check
from briefing.report import Check
from briefing.source import Source

ENGLISH = Source.from_text(
    "Three gunmen attacked a convoy near Basra on 3 June 2031, killing at least 14 guards. "
    "Prices rose 8.5%, said Nadia Belqasim of the Harbour Union. "
    "Repairs will cost $2.4 million. The Houthis denied it on Monday.",
    published="2031-06-10",
)
ARABIC = Source.from_text(
    "هاجم ثلاثة مسلحين قافلة قرب البصرة في 3 حزيران 2031، ما أسفر عن مقتل 14 حارسا على الأقل. "
    "وارتفعت الأسعار 8.5 في المئة، بحسب نادية بلقاسم من اتحاد المرفأ. "
    "وستكلف الإصلاحات 2.4 مليون دولار. ونفى الحوثيون ذلك الاثنين.",
    published="2031-06-10",
)
BOTH = [pytest.param(ENGLISH, id="en"), pytest.param(ARABIC, id="ar")]


@dataclass(frozen=True)
class Case:
    """A statement, and (kind, surface, verdict) of each of its claims in order."""

    id: str
    statement: str
    expected: tuple[tuple[str, str, str], ...]


CASES = [
    Case(
        "all-kinds",
        "On 3 June 2031, 14 guards were killed near Basra and prices rose 8.5%.",
        (
            ("date", "3 June 2031", "supported"),
            ("quantity", "14", "supported"),
            ("name", "Basra", "supported"),
            ("quantity", "8.5%", "supported"),
        ),
    ),
    Case(
        "all-kinds-ar",
        "في ٣ يونيو ٢٠٣١ قُتل 14 حارسا قرب البصرة وارتفعت الأسعار 8.5٪.",
        (
            ("date", "٣ يونيو ٢٠٣١", "supported"),
            ("quantity", "14", "supported"),
            ("name", "البصرة", "supported"),
            ("quantity", "8.5٪", "supported"),
        ),
    ),
    Case(
        "all-wrong",
        "On 4 June 2031, 41 guards were killed near Mosul and prices rose 5.8%.",
        (
            ("date", "4 June 2031", "unsupported"),
            ("quantity", "41", "unsupported"),
            ("name", "Mosul", "unsupported"),
            ("quantity", "5.8%", "unsupported"),
        ),
    ),
    Case(
        "all-wrong-ar",
        "في 3 تموز 2031 قُتل 15 حارسا قرب الموصل وارتفعت الأسعار 85 في المئة.",
        (
            ("date", "3 تموز 2031", "unsupported"),
            ("quantity", "15", "unsupported"),
            ("name", "الموصل", "unsupported"),
            ("quantity", "85 في المئة", "unsupported"),
        ),
    ),
    Case(
        "words-and-scales",
        "Some fourteen guards died and 2,400,000 dollars are needed.",
        (("quantity", "fourteen", "supported"), ("quantity", "2,400,000", "supported")),
    ),
    Case(
        "words-and-scales-ar",
        "قُتل أربعة عشر حارسا ويلزم ٢٤٠٠٠٠٠ دولار.",
        (("quantity", "أربعة عشر", "supported"), ("quantity", "٢٤٠٠٠٠٠", "supported")),
    ),
    Case("scale-lost", "Repairs cost 2.4 billion dollars.", (("quantity", "2.4 billion", "unsupported"),)),
    Case("scale-lost-ar", "تكلف الإصلاحات 2.4 مليار دولار.", (("quantity", "2.4 مليار", "unsupported"),)),
    Case("plain-for-percent", "Prices rose by 8.5 dinars.", (("quantity", "8.5", "unsupported"),)),
    Case("small", "One guard was killed.", (("quantity", "One", "unchecked"),)),
    Case("group", "The Houthis denied it.", (("name", "Houthis", "supported"),)),
    Case("group-ar", "نفى الحوثيون ذلك.", (("name", "الحوثيون", "supported"),)),
    Case("person", "Nadia Belqasim said so.", (("name", "Nadia Belqasim", "supported"),)),
    Case("nothing", "They denied it again and left.", ()),
    Case("nothing-ar", "ونفوا ذلك مجددا ثم غادروا.", ()),
    Case("empty", "", ()),
]


@pytest.mark.parametrize("source", BOTH)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_claims_of_a_statement(case: Case, source: Source) -> None:
    checks = check(case.statement, source)
    assert tuple((c.kind, c.surface.removeprefix("The "), c.verdict) for c in checks) == case.expected
    assert_shape(checks, case.statement, source)


def assert_shape(checks: list[Check], statement: str, source: Source) -> None:
    """Spans index the statement, sorted, apart; evidence indexes the article and is there when it should be."""
    end = 0
    for found in checks:
        assert found.loc == ()
        assert found.kind in ("quantity", "date", "name")
        assert found.start is not None
        assert found.end is not None
        assert end <= found.start < found.end
        end = found.end
        assert statement[found.start : found.end] == found.surface
        assert found.verdict != "misplaced"  # nothing is cited
        assert bool(found.evidence) == (found.verdict == "supported")
        for evidence in found.evidence:
            assert source.text[evidence.start : evidence.end] == evidence.surface
            sentence = source.sentences[evidence.sentence - 1]
            assert sentence.start <= evidence.start < evidence.end <= sentence.end


@pytest.mark.parametrize("source", BOTH)
def test_evidence_says_where_and_how(source: Source) -> None:
    (found,) = check("They number fourteen.", source)
    (evidence,) = found.evidence
    assert (evidence.surface, evidence.sentence, evidence.how) == ("14", 1, "converted")
    assert (found.value, found.note) == ("14", "bound dropped")
    (name,) = check("قرب البصرة" if source is ENGLISH else "near Basra", source)
    assert {e.how for e in name.evidence} == {"translated"}


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_of_an_article_is_supported_by_the_article(name: str) -> None:
    source = source_of(name)
    n_checks = 0
    for sentence in source.sentences:
        text = source.sentence(sentence.number)
        checks = check(text, source)
        assert_shape(checks, text, source)
        assert [c.surface for c in checks if c.hard and c.verdict == "unsupported"] == []
        n_checks += sum(c.verdict == "supported" for c in checks)
    assert n_checks >= 2 * len(source.sentences)


WORDS = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            [
                "ثلاثة",
                "مئة",
                "ألف",
                "5%",
                "٣٫٥",
                "10-12",
                "$4m",
                "May",
                "مايو",
                "Basra",
                "البصرة",
                "F-16",
                "أكثر",
                "من",
                "–",
                "«",
                "”",
            ]
        ),
    ),
    max_size=12,
).map(" ".join)


@given(statement=WORDS)
def test_any_statement_gives_well_formed_checks(statement: str) -> None:
    for source in (ENGLISH, ARABIC):
        assert_shape(check(statement, source), statement, source)
