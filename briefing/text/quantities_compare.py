"""Compare a claimed quantity with one that a text states. Looks at no text but the two surfaces."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from briefing.text.fold import clean, fold
from briefing.text.quantities_tokens import tokenize
from briefing.text.quantities_types import Quantity, QuantityMatch

__all__ = ["compare_quantities"]

# A currency or unit named without its country agrees with each of its kind.
_FAMILIES = tuple(
    frozenset({general, name})
    for general, names in {
        "rial": "SAR YER QAR OMR IRR",
        "dinar": "KWD IQD JOD BHD LYD TND DZD",
        "pound": "GBP EGP SYP LBP SDG",
        "lira": "TRY SYP LBP",
        "franc": "CHF",
        "rupee": "INR PKR",
        "degree": "degC degF",
    }.items()
    for name in names.split()
)


def compare_quantities(claim: Quantity, mention: Quantity) -> QuantityMatch | None:
    """Tell whether and how a mention states the quantity of a claim.

    Percent and plain numbers never match. Alternatives of either side are tried. A range matches the same range,
    and one of its ends matches with a note. An ordinal matches a cardinal of the same value with a note. Two vague
    words match when they are of the same order (dozens and عشرات). A bound that one side has and the other has not
    is a note, not a miss. Different units of two measures or currencies are no match.

    Returns:
        How it was found, None when it is another quantity.
    """
    if (claim.kind == "percent") != (mention.kind == "percent"):
        return None
    if not _units_agree(claim, mention):
        return None
    if claim.value is None or mention.value is None:
        return _compare_vague(claim, mention)
    notes: list[str] = []
    if not _values_agree(claim, mention, notes):
        return None
    if (claim.kind == "ordinal") != (mention.kind == "ordinal"):
        notes.append("ordinal in the source" if mention.kind == "ordinal" else "ordinal in the claim")
    notes += _bound_notes(claim, mention)
    return QuantityMatch(_how(claim, mention), "; ".join(notes))


def _units_agree(claim: Quantity, mention: Quantity) -> bool:
    if claim.unit is None or mention.unit is None or claim.unit == mention.unit:
        return True
    return any(claim.unit in family and mention.unit in family for family in _FAMILIES)


def _readings(quantity: Quantity) -> tuple[Decimal, ...]:
    return (quantity.value, *quantity.alternatives) if quantity.value is not None else quantity.alternatives


def _values_agree(claim: Quantity, mention: Quantity, notes: list[str]) -> bool:
    if claim.value_max is not None and mention.value_max is not None:
        return claim.value == mention.value and claim.value_max == mention.value_max
    if claim.value_max is not None:
        return False
    values = _readings(claim)
    if mention.value_max is not None and claim.value not in (mention.value, mention.value_max):
        return any(value in mention.alternatives for value in values)
    if mention.value_max is not None:
        notes.append("one end of a range")
        return True
    if any(value in _readings(mention) for value in values):
        if claim.value != mention.value:
            notes.append("ambiguous writing")
        return True
    return False


def _order(surface: str) -> Decimal:
    """Give the order of a vague number: the product of its words, 1,000 for "thousands"."""
    tokens = tokenize(surface, None)
    product = Decimal(1)
    for i in range(tokens.n):
        entry = tokens.entry(i)
        if entry is not None and entry.role in ("vague", "scales", "scale", "hundred", "dozen"):
            product *= 10 if entry.value == 12 else entry.value
    return product


def _compare_vague(claim: Quantity, mention: Quantity) -> QuantityMatch | None:
    if claim.value is None and mention.value is None and _order(claim.surface) == _order(mention.surface):
        return QuantityMatch(_how(claim, mention))
    return None


def _bound_notes(claim: Quantity, mention: Quantity) -> list[str]:
    a, b = claim.bound, mention.bound
    if a == b or "range" in (a, b):
        return []
    if a == "exact":
        return ["bound dropped"]
    if b == "exact":
        return ["bound added"]
    return ["bound changed"]


def _how(claim: Quantity, mention: Quantity) -> Literal["exact", "converted"]:
    same = _plain(claim.surface) == _plain(mention.surface)
    return "exact" if same else "converted"


def _plain(surface: str) -> str:
    return fold(clean(surface).text).replace(",", "").replace(" ", "")
