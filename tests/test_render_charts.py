from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.charts import LIKELIHOOD_RANGES, VERDICTS, likelihood_scale, verdict_bar

counts = st.fixed_dictionaries({verdict: st.integers(0, 500) for verdict in VERDICTS})


@given(counts, st.sampled_from(["ltr", "rtl"]))
def test_the_bar_is_filled_and_every_verdict_that_occurs_can_be_seen(counts, base):
    segments = verdict_bar(counts, base)
    assert [s.verdict for s in segments] == [v for v in VERDICTS if counts[v]]
    assert all(s.width >= 1.8 for s in segments)
    assert all(-0.05 <= s.x <= 100.05 for s in segments)
    if segments:
        assert sum(s.width for s in segments) == pytest.approx(100, abs=0.05)


def test_the_bar_is_mirrored_from_right_to_left():
    given_counts = {"supported": 3, "misplaced": 0, "unsupported": 1, "unchecked": 0}
    assert [s.x for s in verdict_bar(given_counts, "ltr")] == [0, 75]
    assert [s.x for s in verdict_bar(given_counts, "rtl")] == [25, 0]


@pytest.mark.parametrize("word", LIKELIHOOD_RANGES)
def test_one_step_of_seven_is_filled(word):
    steps = likelihood_scale(word, "ltr")
    assert len(steps) == 7
    assert [s.filled for s in steps].index(True) == list(LIKELIHOOD_RANGES).index(word)
    assert sum(s.filled for s in steps) == 1


def test_no_likelihood_fills_no_step():
    assert not any(s.filled for s in likelihood_scale(None, "rtl"))


def test_the_ranges_are_those_of_the_directive():
    assert list(LIKELIHOOD_RANGES.values()) == [
        (1, 5),
        (5, 20),
        (20, 45),
        (45, 55),
        (55, 80),
        (80, 95),
        (95, 99),
    ]
