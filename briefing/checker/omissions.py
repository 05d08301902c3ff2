"""What the brief leaves out: numbers, dates and names of the article that no claim of the brief rests on."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from briefing.checker.article import Article
from briefing.checker.lookup import is_soft_quantity
from briefing.report import Check, Omission

__all__ = ["MAX_OMISSIONS", "find_omissions"]

MAX_OMISSIONS = 40
"""Most omissions kept, the highest ranked first: more than that is an unread article, not a list to act on."""

# How much a kind weighs before position and repetition: figures are what readers miss first, then names.
_WEIGHTS: dict[str, float] = {"quantity": 1.0, "name": 0.8, "date": 0.6}
_Kind = Literal["quantity", "date", "name"]


@dataclass(frozen=True, slots=True)
class _Mention:
    kind: _Kind
    start: int
    end: int
    value: str


def find_omissions(article: Article, checks: tuple[Check, ...]) -> tuple[Omission, ...]:
    """Rank what the brief leaves out.

    A mention counts as used when a supporting passage of any claim overlaps it, or another mention of the
    same value is used. Citing a whole sentence uses nothing in it. The score is weight of the kind ×
    (0.6 + 0.4 × nearness to the top) × (1 for one mention, up to 1.3 for four), cut at 1: news puts first what
    matters, and repeats it. Soft quantities (0 to 2, ordinals, vague words) and demonyms are not listed.

    Returns:
        At most `MAX_OMISSIONS`, highest score first, one for each value, at its first mention.
    """
    used = _used_spans(checks)
    groups: defaultdict[tuple[str, str], list[_Mention]] = defaultdict(list)
    for mention in _mentions(article):
        groups[(mention.kind, mention.value)].append(mention)
    length = max(1, len(article.source.text))
    found: list[Omission] = []
    for (kind, value), mentions in groups.items():
        if any(_overlaps(used, mention.start, mention.end) for mention in mentions):
            continue
        first = mentions[0]
        nearness = 1 - first.start / length
        repetition = 1 + 0.1 * min(3, len(mentions) - 1)
        score = min(1.0, _WEIGHTS[kind] * (0.6 + 0.4 * nearness) * repetition)
        found.append(
            Omission(
                kind=first.kind,
                start=first.start,
                end=first.end,
                surface=article.source.text[first.start : first.end],
                value=value,
                sentence=article.source.number_at(first.start),
                n_mentions=len(mentions),
                score=round(score, 4),
            )
        )
    return tuple(sorted(found, key=lambda o: (-o.score, o.start))[:MAX_OMISSIONS])


def _mentions(article: Article) -> Iterator[_Mention]:
    for quantity in article.quantities:
        if not is_soft_quantity(quantity) and quantity.value is not None:
            unit = "%" if quantity.kind == "percent" else quantity.unit or ""
            yield _Mention("quantity", quantity.start, quantity.end, f"{quantity.value:f}{unit}")
    for date in article.dates:
        yield _Mention("date", date.start, date.end, date.resolved_value or date.value)
    for name in article.name_mentions:
        if name.category != "demonym":
            yield _Mention("name", name.start, name.end, name.value)


def _used_spans(checks: tuple[Check, ...]) -> list[tuple[int, int]]:
    """Give the spans that claims rest on, merged and sorted."""
    spans = sorted(
        (evidence.start, evidence.end)
        for check in checks
        if check.kind != "citation" and check.verdict in ("supported", "misplaced")
        for evidence in check.evidence
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (start, start))
    return any(s < end and start < e for s, e in spans[max(0, at - 1) : at + 1])
