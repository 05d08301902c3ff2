"""Where the article has a quantity, a date or a name. One function a kind; verdicts are decided elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.report import How
from briefing.text.dates import same_date
from briefing.text.names import match_names
from briefing.text.quantities import Quantity, compare_quantities
from briefing.verify.article import Article, Match
from briefing.verify.verbatim import find_verbatim

if TYPE_CHECKING:
    from briefing.text.dates import DateMention

__all__ = ["NAME_SCORE", "find_date_value", "find_named", "find_quantity", "is_soft_quantity", "same_name"]

NAME_SCORE = 0.8
"""Least score of `match_names` at which two names are one. Set on the names table of the text module: 0 of 337
wrong two-word names pass (VERIFY, finding 2)."""

_NAME_HOW: dict[str, How] = {"exact": "exact", "folded": "folded", "acronym": "folded"}
_YEARS = range(1000, 2200)


def is_soft_quantity(quantity: Quantity) -> bool:
    """Tell whether a miss of this quantity must not fail a brief.

    0 to 2, ordinals, halves and vague words are written in too many ways ("both", "a", duals, "the latter") to
    prove anything by their absence (VERIFY, finding 4).
    """
    if quantity.kind in ("percent", "money", "measure"):
        return False
    if quantity.kind in ("ordinal", "vague") or quantity.value is None:
        return True
    return quantity.value <= 2


def find_quantity(claim: Quantity, article: Article) -> tuple[Match, ...]:
    """Give the quantities of the article that the claim equals; a bare year may also stand in a date."""
    found = [
        Match(mention.start, mention.end, match.how, match.note)
        for mention in article.quantities
        if (match := compare_quantities(claim, mention)) is not None
    ]
    if not found and claim.kind == "cardinal" and claim.value in _YEARS:
        year = f"{int(claim.value):04d}" if claim.value is not None else ""
        found = [Match(d.start, d.end, "converted") for d in article.dates if d.value.startswith(year)]
    return tuple(found)


def find_date_value(value: str, article: Article, *, surface: str = "") -> tuple[Match, ...]:
    """Give the dates of the article that agree with an ISO value in every field that both have."""
    found: list[Match] = []
    for mention in article.dates:
        if any(same_date(value, other) for other in date_values(mention)):
            how: How = "exact" if mention.surface == surface else "converted"
            found.append(Match(mention.start, mention.end, how, "relative date" if mention.resolved else ""))
    if not found and value.isdigit() and len(value) == 4:
        found = [
            Match(q.start, q.end, "converted")
            for q in article.quantities
            if q.kind == "cardinal" and q.value == int(value)
        ]
    return tuple(found)


def date_values(mention: DateMention) -> tuple[str, ...]:
    """Give every value a date of the article may stand for: as written, resolved, a range's end, others."""
    values = (mention.value, mention.resolved_value, mention.value_end, *mention.alternatives)
    return tuple(value for value in values if value)


def same_name(a: str, b: str) -> bool:
    """Tell whether two names, in one script or two, are one name."""
    return match_names(a, b).score >= NAME_SCORE


def find_named(names: tuple[str, ...], article: Article) -> tuple[Match, ...]:
    """Give the places where the article has any of the names that one party goes by, without repeats."""
    found: dict[tuple[int, int], Match] = {}
    for name in names:
        matches = find_verbatim(name, article) or tuple(
            Match(m.start, m.end, _NAME_HOW.get(m.how, "translated"))
            for m in article.names.find(name)
            if m.score >= NAME_SCORE
        )
        for match in matches:
            found.setdefault((match.start, match.end), match)
    return tuple(found.values())
