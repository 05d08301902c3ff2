"""Check the number, range and unit of a figure against the words that are quoted for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from briefing.checker.article import Article, Match, Scope, decide
from briefing.checker.lookup import is_soft_quantity
from briefing.checker.verbatim import find_verbatim
from briefing.report import Check, Loc, Verdict
from briefing.schema import Figure
from briefing.text.quantities import Quantity, compare_quantities, find_quantities

__all__ = ["figure_checks"]

_PERCENT = "percent"


@lru_cache(maxsize=1024)
def canonical_unit(unit: str | None) -> str | None:
    """Give the canonical form of a unit as a model writes it; None for none, or one that is not known.

    >>> canonical_unit("kilometres"), canonical_unit("دولار"), canonical_unit("%"), canonical_unit("attacks")
    ('km', 'USD', 'percent', None)
    """
    if not unit:
        return None
    for text in (f"5 {unit}", f"5{unit}"):
        for quantity in find_quantities(text):
            if quantity.kind == "percent":
                return _PERCENT
            if quantity.unit:
                return quantity.unit
    return None


def figure_checks(figure: Figure, loc: Loc, scope: Scope, article: Article) -> Iterator[Check]:
    """Give the checks of `value`, `value_max`, `unit` and `as_written`, in this order.

    The words quoted must stand in a cited sentence; where they hold a number that is read, the value must be
    that number and not merely one of the article's; then its unit must be the unit that stands with it.
    """
    written = find_verbatim(figure.as_written, article)
    inside = tuple(q for q in article.quantities if any(w.start < q.end and q.start < w.end for w in written))
    proven: list[Quantity] = []
    for field, value in (("value", figure.value), ("value_max", figure.value_max)):
        if value is None:
            continue
        claim = _claim(figure, value)
        everywhere = _mentions(claim, field, article.quantities, figure.value_max is not None)
        wanted = _mentions(claim, field, inside, figure.value_max is not None) if inside else everywhere
        hard = not is_soft_quantity(claim)
        verdict, evidence, note = decide(
            _matches(wanted or everywhere), scope, article, hard=hard or bool(inside)
        )
        if wanted and _is_other_end(claim, figure, wanted):
            wanted = []
        if inside and not wanted:
            verdict, note = _not_as_written(verdict, figure)
        elif verdict == "supported":
            starts = {e.start for e in evidence}
            proven += [q for q, _, _ in wanted if q.start in starts]
        yield Check(
            loc=(*loc, field),
            kind="quantity",
            surface=f"{value:f}",
            value=f"{value:f}",
            verdict=verdict,
            evidence=evidence,
            hard=hard or bool(inside),
            note=note,
        )
    if proven:
        yield from _unit(figure, loc, proven, scope, article)
    verdict, evidence, note = decide(written, scope, article)
    yield Check(
        loc=(*loc, "as_written"),
        kind="quantity",
        surface=figure.as_written,
        value=figure.as_written,
        verdict=verdict,
        evidence=evidence,
        note=note,
    )


def _claim(figure: Figure, value: Decimal) -> Quantity:
    surface = f"{value:f}"
    bound = "exact" if figure.bound == "vague" else figure.bound
    return Quantity(0, len(surface), surface, value, bound=bound)


def _not_as_written(verdict: Verdict, figure: Figure) -> tuple[Verdict, str]:
    note = f"not the number that is written as “{figure.as_written}”"
    return ("misplaced" if verdict in ("supported", "misplaced") else verdict), note


def _mentions(
    claim: Quantity, field: str, mentions: tuple[Quantity, ...], figure_is_range: bool
) -> list[tuple[Quantity, str, str]]:
    """Give the mentions whose value, or upper end, is the claim's, whatever their unit."""
    found: list[tuple[Quantity, str, str]] = []
    for mention in mentions:
        if field == "value_max":
            if mention.value_max is not None and mention.value_max == claim.value:
                found.append((mention, "converted", ""))
            continue
        kind = mention.kind if mention.kind == "percent" else claim.kind
        match = compare_quantities(replace(claim, kind=kind), replace(mention, unit=None))
        if match is not None:
            found.append((mention, match.how, "" if figure_is_range else match.note))
    return found


def _matches(mentions: list[tuple[Quantity, str, str]]) -> list[Match]:
    return [
        Match(q.start, q.end, "exact" if how == "exact" else "converted", note) for q, how, note in mentions
    ]


def _unit(
    figure: Figure, loc: Loc, proven: list[Quantity], scope: Scope, article: Article
) -> Iterator[Check]:
    """Check the unit against what stands with the number; a word that is no unit is not checked."""
    claimed = canonical_unit(figure.unit)
    units = {_PERCENT if q.kind == "percent" else q.unit for q in proven}
    if claimed is None and (figure.unit is not None or _PERCENT not in units):
        return
    agreeing = [q for q in proven if _same_unit(claimed, q)]
    verdict: Verdict = "supported" if agreeing else "unsupported"
    shown = agreeing or proven
    _, evidence, _ = decide([_with_unit(q) for q in shown], scope, article)
    seen = ", ".join(sorted(unit or "no unit" for unit in units))
    yield Check(
        loc=(*loc, "unit"),
        kind="quantity",
        surface=figure.unit or "no unit",
        value=claimed or "",
        verdict=verdict,
        evidence=evidence,
        note="" if agreeing else f"the article has {seen}",
    )


def _with_unit(mention: Quantity) -> Match:
    """Give the span of a number with its unit, which may stand before or after it."""
    start = mention.start if mention.unit_start is None else min(mention.start, mention.unit_start)
    end = mention.end if mention.unit_end is None else max(mention.end, mention.unit_end)
    return Match(start, end, "exact")


def _is_other_end(claim: Quantity, figure: Figure, wanted: list[tuple[Quantity, str, str]]) -> bool:
    """Tell whether the words quoted are one end of a range and the claim is the other."""
    own = find_quantities(figure.as_written)
    if len(own) != 1 or own[0].value_max is not None or own[0].value == claim.value:
        return False
    return all(q.value_max is not None and own[0].value in (q.value, q.value_max) for q, _, _ in wanted)


def _same_unit(claimed: str | None, mention: Quantity) -> bool:
    if (claimed == _PERCENT) != (mention.kind == "percent"):
        return False
    if claimed in (None, _PERCENT):
        return True
    if mention.unit is None:
        return False
    probe = replace(mention, unit=claimed)
    return compare_quantities(probe, mention) is not None
