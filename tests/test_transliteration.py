"""Letter alignment: true pairs score high, others low, any text is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.fold import fold
from briefing.text.transliteration import align, latin_word, read_costs, skeleton, units_ending

TRUE_PAIRS = [
    ("بريت", "brett"),
    ("ماكغورك", "mcgurk"),
    ("غوتيريش", "guterres"),
    ("شولتس", "scholz"),
    ("زيلينسكي", "zelensky"),
    ("تشرشل", "churchill"),
    ("قذافي", "gaddafi"),
    ("قذافي", "qadhafi"),
    ("خامنئي", "khamenei"),
    ("غروندبرغ", "grundberg"),
    ("يوسف", "yousef"),
    ("كسينجر", "kissinger"),
    ("هنية", "haniyeh"),
    ("ثريا", "thuraya"),
    ("أوسان", "ausan"),
    ("تالميرا", "talmira"),
]
OTHER_PAIRS = [
    ("بريت", "robert"),
    ("ماكغورك", "mackenzie"),
    ("قاسمي", "hashimi"),
    ("نديم", "nasser"),
    ("طهران", "tripoli"),
    ("سريع", "salim"),
    ("حداد", "hamdan"),
]


@pytest.mark.parametrize(("arabic", "latin"), TRUE_PAIRS)
def test_true_pairs_align(arabic: str, latin: str) -> None:
    assert align(fold(arabic), latin_word(latin)) >= 0.84


@pytest.mark.parametrize(("arabic", "latin"), OTHER_PAIRS)
def test_other_pairs_do_not(arabic: str, latin: str) -> None:
    assert align(fold(arabic), latin_word(latin)) < 0.7


@pytest.mark.parametrize(("arabic", "latin"), TRUE_PAIRS + OTHER_PAIRS)
def test_floor_gives_up_but_changes_no_score_above_it(arabic: str, latin: str) -> None:
    full = align(fold(arabic), latin_word(latin))
    floored = align(fold(arabic), latin_word(latin), 0.7)
    assert floored == full if full >= 0.7 else floored < 0.7


@given(
    st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويء", max_size=12),
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=12),
)
def test_scores_are_bounded(arabic: str, latin: str) -> None:
    assert 0.0 <= align(arabic, latin_word(latin)) <= 1.0


@pytest.mark.parametrize(("arabic", "latin"), TRUE_PAIRS)
def test_skeletons_of_true_pairs_are_near(arabic: str, latin: str) -> None:
    from rapidfuzz.distance import Levenshtein

    a, b = skeleton(fold(arabic)), skeleton(latin)
    assert Levenshtein.distance(a, b) <= max(1, int(0.4 * len(b)))


def test_units_prefer_the_place_in_the_word() -> None:
    assert units_ending("ابا", frozenset({"ا", "^ا", "ا$", "ب"})) == (((1, "^ا"),), ((1, "ب"),), ((1, "ا$"),))


@pytest.mark.parametrize("name", ["letters_hand.tsv", "letters_ar_en.tsv"])
def test_costs_are_between_nothing_and_one(name: str) -> None:
    costs = read_costs(name, 0.01 if name == "letters_ar_en.tsv" else 1.0)
    assert len(costs) > 40
    assert all(0.0 <= cost <= 1.0 for row in costs.values() for cost in row.values())
