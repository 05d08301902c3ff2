"""Work out the shapes of the page's drawings as numbers; templates draw them as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.render.filters import Direction
from briefing.report import Verdict
from briefing.schema import Likelihood

__all__ = ["LIKELIHOOD_RANGES", "VERDICTS", "Segment", "Step", "likelihood_scale", "verdict_bar"]

VERDICTS: tuple[Verdict, ...] = ("supported", "misplaced", "unsupported", "unchecked")
"""The verdicts in the order of the page."""

LIKELIHOOD_RANGES: Mapping[Likelihood, tuple[int, int]] = {
    "almost_no_chance": (1, 5),
    "very_unlikely": (5, 20),
    "unlikely": (20, 45),
    "roughly_even_chance": (45, 55),
    "likely": (55, 80),
    "very_likely": (80, 95),
    "almost_certain": (95, 99),
}
"""Per cent from and to, after US Intelligence Community Directive 203, section D.6.e(2)(a)."""

_MIN_SEGMENT = 2.0
_GAP = 0.8


@dataclass(frozen=True, slots=True)
class Segment:
    """One piece of the verdict bar, in hundredths of its width."""

    verdict: Verdict
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps of the likelihood scale, in hundredths of its width."""

    x: float
    width: float
    filled: bool


def verdict_bar(counts: Mapping[Verdict, int], base: Direction) -> tuple[Segment, ...]:
    """Lay out the verdict bar: a segment for each verdict that occurs, none narrower than can be seen.

    Args:
        counts: How many claims have each verdict.
        base: The direction in which the bar is read.
    """
    present = [(verdict, counts[verdict]) for verdict in VERDICTS if counts[verdict]]
    total = sum(count for _, count in present)
    raised = [max(_MIN_SEGMENT, 100 * count / total) for _, count in present]
    factor = 100 / sum(raised) if raised else 1.0
    segments = []
    x = 0.0
    for (verdict, _), width in zip(present, raised, strict=True):
        scaled = width * factor
        at = x if base == "ltr" else 100 - x - scaled
        segments.append(Segment(verdict, round(at, 2), round(scaled, 2)))
        x += scaled
    return tuple(segments)


def likelihood_scale(likelihood: Likelihood | None, base: Direction) -> tuple[Step, ...]:
    """Lay out the seven steps of the scale, the step of `likelihood` filled (none for None)."""
    steps = []
    for word, (low, high) in LIKELIHOOD_RANGES.items():
        start, end = (0 if low == 1 else low), (100 if high == 99 else high)
        x = start if base == "ltr" else 100 - end
        steps.append(Step(x + _GAP / 2, round(end - start - _GAP, 2), word == likelihood))
    return tuple(steps)
