"""Compare a claimed quantity with one that a text states. Looks at no text but the two surfaces."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from briefing.text.fold import clean, fold
from briefing.text.quantities_tokens import tokenize
from briefing.text.quantities_types import Quantity, QuantityMatch

__all__ = ["compare_quantities"]

_FIGURES = re.compile(r"[0-9][0-9.,]*")

# A unit named in general agrees with each of its kind: rial with the rial of a country, mile with nautical mile.
_FAMILIES = frozenset(
    frozenset({general, name})
    for general, names in {
        "rial": "SAR YER QAR OMR IRR",
        "dinar": "KWD IQD JOD BHD LYD TND DZD",
        "pound": "GBP EGP SYP LBP SDG lb",
        "lira": "TRY SYP LBP",
        "franc": "CHF",
        "rupee": "INR PKR",
        "degree": "degC degF",
        "bbl": "bpd",
        "mile": "nmi mph",
        "km": "km/h",
        "day": "night",
    }.items()
    for name in names.split()
)


def compare_quantities(claim: Quantity, mention: Quantity) -> QuantityMatch | None:
    """Tell whether and how a mention states the quantity of a claim.

    * Percent and plain numbers never match; neither do two different units or currencies (a unit that one side
      leaves out is no difference, nor is a currency named without its country).
    * The alternatives of either side are tried; a match by one has the note "ambiguous writing".
    * A range matches the same range. One number that is an end of a mentioned range matches with the note
      "one end of a range". A claimed range never matches one number: compare its ends one by one.
    * An ordinal matches a cardinal of the same value with a note.
    * Two vague words match when they are of the same order (dozens, عشرات). A vague claim matches a figure that
      it could stand for (dozens: 20 to 199) with the note "vague word for a figure"; never the reverse.
    * A bound on one side only is a note ("bound dropped", "bound added", "bound changed"), not a miss.

    Returns:
        How it was found, None when it is another quantity.
    """
    if (claim.kind == "percent") != (mention.kind == "percent") or not _units_agree(claim, mention):
        return None
    if claim.value is None or mention.value is None:
        return _compare_vague(claim, mention)
    value_note = _value_note(claim, mention)
    if value_note is None:
        return None
    notes = [value_note, _kind_note(claim, mention), _bound_note(claim, mention)]
    return QuantityMatch(_how(claim, mention), "; ".join(note for note in notes if note))


def _units_agree(claim: Quantity, mention: Quantity) -> bool:
    if claim.unit is None or mention.unit is None or claim.unit == mention.unit:
        return True
    return frozenset({claim.unit, mention.unit}) in _FAMILIES


def _value_note(claim: Quantity, mention: Quantity) -> str | None:
    """Compare values: "" when equal, a note when equal in some reading, None when not."""
    if claim.value_max is not None:
        return "" if (claim.value, claim.value_max) == (mention.value, mention.value_max) else None
    if claim.value == mention.value and mention.value_max is None:
        return ""
    if mention.value_max is not None and claim.value in (mention.value, mention.value_max):
        return "one end of a range"
    readings = {mention.value, *mention.alternatives}
    return "ambiguous writing" if not readings.isdisjoint({claim.value, *claim.alternatives}) else None


def _kind_note(claim: Quantity, mention: Quantity) -> str:
    if claim.kind == "percent" and claim.unit != mention.unit:
        return "percent for percentage points" if mention.unit else "percentage points for percent"
    if (claim.kind == "ordinal") == (mention.kind == "ordinal"):
        return ""
    return "cardinal for an ordinal" if mention.kind == "ordinal" else "ordinal for a cardinal"


def _bound_note(claim: Quantity, mention: Quantity) -> str:
    if claim.bound == mention.bound or "range" in (claim.bound, mention.bound):
        return ""
    if claim.bound == "exact":
        return "bound dropped"
    return "bound added" if mention.bound == "exact" else "bound changed"


def _order(surface: str) -> Decimal:
    """Give the order of a vague number: the product of its words, 10,000 for "tens of thousands"."""
    tokens = tokenize(surface, None)
    product = Decimal(1)
    for i in range(tokens.n):
        entry = tokens.entry(i)
        if entry is not None and entry.role in ("vague", "scales", "scale", "hundred", "dozen"):
            product *= 10 if entry.value == 12 else entry.value
    return product


def _compare_vague(claim: Quantity, mention: Quantity) -> QuantityMatch | None:
    if claim.value is not None:
        return None
    order = _order(claim.surface)
    if mention.value is None:
        return QuantityMatch(_how(claim, mention)) if order == _order(mention.surface) else None
    if order > 1 and 2 * order <= mention.value < 20 * order:
        return QuantityMatch("converted", "vague word for a figure")
    return None


def _how(claim: Quantity, mention: Quantity) -> Literal["exact", "converted"]:
    return "exact" if _plain(claim) == _plain(mention) else "converted"


def _plain(quantity: Quantity) -> str:
    """Give the surface without what is written in many ways: separators, spaces, the percent sign or words."""
    text = fold(clean(quantity.surface).text)
    if quantity.kind == "percent" and (figures := _FIGURES.findall(text)):
        return "-".join(figures).replace(",", "")
    return text.replace(",", "").replace(" ", "")
