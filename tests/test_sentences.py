from __future__ import annotations

from dataclasses import dataclass

import pytest
from articles import NAMES, source_of
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.sentences import MAX_SENTENCE_CHARS, split_sentences


@dataclass(frozen=True)
class Case:
    """The sentences of a text, in order; the text is `text`, or the sentences joined by spaces."""

    id: str
    sentences: tuple[str, ...]
    text: str = ""


ENGLISH = [
    Case("plain", ("The talks began.", "They ended.")),
    Case("question-and-cry", ("Did they end?", "Yes!", "They did.")),
    Case("us", ("The U.S. Navy seized it.", "The U.N. Security Council met.")),
    Case("us-at-the-end", ("He left the U.S. on Monday.", "They met in the U.S.", "The talks failed.")),
    Case("rank", ("Gen. Amir Qasimi spoke to Lt. Col. Davit Orbelzad.", "Both denied it.")),
    Case("titles", ("Mr. Harro and Dr. Zarvand met Sen. Corin.", "Mrs. Harro left.")),
    Case("time", ("Shells fell at 7:15 a.m. on Sunday.", "They stopped at 9 p.m. local time.")),
    Case("time-at-the-end", ("Shells fell at 7 a.m.", "The army denied it.")),
    Case("month", ("It began on Jan. 5 and ended on Sept. 12.", "Nobody was hurt.")),
    Case("initials", ("J. R. Harrowgate spoke.", "George W. Bellamy did not.")),
    Case("decimals", ("Prices rose 3.5 percent to $1,250.75.", "In May they fell by 0.4.")),
    Case("number-sign", ("Resolution No. 2216 was passed.", "It was ignored.")),
    Case("address", ("See example.org/a.b for more.", "It has version 2.0.1.")),
    Case("quote-inside", ("“We will not stop!” he said on Monday.", "He left.")),
    Case("quote-question-inside", ('"Who fired first?" asked the mayor.', "Nobody knew.")),
    Case("quote-at-the-end", ("He said: “We will not stop.”", "Then he left.")),
    Case("quote-at-the-start", ("He left.", "“We will not stop,” he said.")),
    Case("single-quotes", ("He called it ‘a lie.’", "She agreed.")),
    Case("brackets", ("(He did not explain.)", "They met [in Muscat.]", "All left.")),
    Case("ellipsis-inside", ("They waited... and then left.", "Nothing came.")),
    Case("ellipsis-at-the-end", ("They waited…", "Nothing came.")),
    Case("inc", ("Merodel Tankers Inc. owns the ship.", "It is insured.")),
    Case("versus", ("It was Belkhar vs. Orsevan.", "Orsevan won.")),
    Case("heading", ("Calls for a truce", "Jordan offered."), "Calls for a truce\n\nJordan offered."),
    Case("heading-one-break", ("Calls for a truce", "Jordan offered."), "Calls for a truce\nJordan offered."),
    Case("crlf", ("One.", "A heading", "Two."), "One.\r\n\r\nA heading\r\n\r\nTwo."),
    Case("list", ("- one ship", "- two boats", "* three men"), "- one ship\n- two boats\n* three men"),
    Case("numbered-list", ("1. Open the port", "2. Free the crew"), "1. Open the port\n2. Free the crew"),
    Case(
        "hard-wrapped",
        (
            "The ministry said on Monday that it had counted the ships\nwhich passed the strait.",
            "No more than sixteen of them\nreached the port before dark.",
        ),
        "The ministry said on Monday that it had counted the ships\n"
        "which passed the strait. No more than sixteen of them\n"
        "reached the port before dark.",
    ),
    Case("spaces", ("One.", "Two."), "  \t One. \u00a0 \n Two. \n\n\n"),
    Case("no-mark", ("no mark at all",)),
    Case("marks-only", ("...",)),
    Case("nothing", (), " \n\t "),
]  # fmt: skip
ARABIC = [
    Case("plain", ("بدأت المحادثات.", "ثم انتهت.")),
    Case("question", ("من أطلق النار أولا؟", "لا أحد يعرف.")),
    Case("question-without-space", ("من يضمن ذلك؟", "لا أحد."), "من يضمن ذلك؟لا أحد."),
    Case("cry", ("لن نتراجع!", "هكذا ختم كلمته.")),
    Case("semicolon-stays", ("انتهت الجولة؛ ولم يعلن عن نتيجة.", "وغادر الوفدان.")),
    Case("comma-stays", ("قال الوزير، وهو يغادر، إن الاتفاق قريب.",)),
    Case("guillemets", ("قال: «لن نتراجع.»", "ثم غادر.")),
    Case("guillemets-question", ("وتساءل: «من يضمن ألا يتجدد القتال؟»", "ثم صمت.")),
    Case("question-inside", ("«من أطلق النار؟» تساءل الوزير.", "ولم يجب أحد.")),
    Case("cry-inside", ("«لن نتراجع!»، قال المتحدث.", "ثم غادر.")),
    Case("decimals", ("ارتفعت الأسعار 3.5 في المئة.", "وبلغت ٤٫٥ مليون دولار.")),
    Case("abbreviated-name", ("وصل أ. د. سالم الحارثي إلى مسقط.", "ولم يصرح.")),
    Case("title-abbreviated", ("وقال د. سالم الحارثي إن الهدنة هشة.", "وغادر.")),
    Case("ellipsis-may-go-on", ("انتظروا… ولم يأت أحد.", "ثم غادروا.")),
    Case("heading", ("مطالب ونفي", "ونفت الوزارة ذلك."), "مطالب ونفي\n\nونفت الوزارة ذلك."),
    Case("list", ("- فتح المعبر", "- تسليم القائد"), "- فتح المعبر\n- تسليم القائد"),
    Case("vowel-signs", ("قُتِلَ خَمسةٌ.", "وجُرِحَ آخرونَ.")),
    Case("direction-marks", ("\u200fقُتل خمسة.\u200f", "وجُرح 12\u200f."), "\u200fقُتل خمسة.\u200f وجُرح 12\u200f."),
    Case("mixed", ("وصلت مدمرة USS Harrow إلى U.S. base.", "ثم غادرت.")),
]  # fmt: skip
OTHER = [
    Case("urdu", ("جنگ شروع ہوئی۔", "پھر ختم ہوئی۔")),
    Case("chinese", ("谈判已经结束。", "没有结果。"), "谈判已经结束。没有结果。"),
    Case("french", ("« Nous partons », a-t-il dit.", "Il est parti.")),
]


@pytest.mark.parametrize("case", [*ENGLISH, *ARABIC, *OTHER], ids=lambda case: case.id)
def test_sentences_of_a_text(case: Case) -> None:
    text = case.text or " ".join(case.sentences)
    assert tuple(text[start:end] for start, end in split_sentences(text)) == case.sentences


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_of_a_fixture_is_cut_or_joined(name: str) -> None:
    source = source_of(name)
    for sentence in source.sentences:
        text = source.sentence(sentence.number)
        assert "\n\n" not in text
        assert text[0].isupper() or not text[0].isascii() or not text[0].isalpha()
        assert text.count("؟") <= 1
        assert len(text) < 500


def assert_spans(text: str) -> list[tuple[int, int]]:
    """Sorted, apart, without white space around, short enough, and together all that is visible."""
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert end - start <= MAX_SENTENCE_CHARS
        at = end
    assert not text[at:].strip()
    return spans


PIECES = st.sampled_from(
    [
        *(". ", "! ", "? ", "؟ ", "؛ ", "… ", "...", ".", "«", "»", "“", "” ", ")", "(", '"', "۔", "。"),
        *(" ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\u200f"),
        *("U.S.", "Gen. ", "a.m. ", "J. ", "No. ", "Jan. 5 ", "3.5", "- ", "1. ", "\ud800", "😀"),
        *("The ", "the ", "said ", "قال ", "وصل "),
    ]
)


@given(text=st.lists(PIECES, max_size=60).map("".join))
def test_spans_of_marks_in_any_order(text: str) -> None:
    assert_spans(text)


@given(text=st.text(alphabet=st.characters(), max_size=400))
def test_spans_of_any_text(text: str) -> None:
    assert_spans(text)


@given(text=st.text(alphabet="ab .\n", min_size=MAX_SENTENCE_CHARS, max_size=3 * MAX_SENTENCE_CHARS))
def test_spans_of_long_texts(text: str) -> None:
    assert_spans(text)


@pytest.mark.parametrize(
    ("unit", "shortest"),
    [
        pytest.param("x", MAX_SENTENCE_CHARS, id="one-word"),
        pytest.param("word ", MAX_SENTENCE_CHARS // 2, id="words"),
        pytest.param("some words here, ", MAX_SENTENCE_CHARS // 2, id="clauses"),
        pytest.param("كلمات هنا، ", MAX_SENTENCE_CHARS // 2, id="clauses-ar"),
        pytest.param("e.g. ", MAX_SENTENCE_CHARS // 2, id="abbreviations"),
    ],
)
def test_a_line_of_a_megabyte_is_cut_into_even_pieces(unit: str, shortest: int) -> None:
    text = unit * (1_000_000 // len(unit))
    spans = assert_spans(text)
    lengths = [end - start for start, end in spans]
    # No piece but the last is short, so that there are no more pieces than needed.
    assert min(lengths[:-1]) >= shortest - len(unit)
    assert len(spans) <= len(text) // (shortest - len(unit)) + 1


@pytest.mark.parametrize("mark", [".", "؟", "\n", "! "])
def test_many_marks_are_split(mark: str) -> None:
    assert_spans(mark * 200_000)
    assert_spans(("a" + mark) * 100_000)


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    clause = "the ministry counted every ship that passed the strait on that day"
    text = ", ".join([clause] * 40) + "."
    spans = assert_spans(text)
    assert len(spans) == 3
    assert all(text[end - 1] == "," for _, end in spans[:-1])
    assert all(text[start:].startswith(clause) for start, _ in spans)


def test_pieces_split_alone_as_in_the_text() -> None:
    text = "\n\n".join(source_of(name).text for name in NAMES)
    pieces = [text[start:end] for start, end in split_sentences(text)]
    assert pieces == [source_of(n).sentence(s.number) for n in NAMES for s in source_of(n).sentences]
