"""The value types of the quantity reader. Holds no rules."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

__all__ = ["Bound", "Kind", "Quantity", "QuantityMatch"]

Bound: TypeAlias = Literal["exact", "about", "at_least", "at_most", "range", "vague"]
Kind: TypeAlias = Literal["cardinal", "ordinal", "percent", "money", "measure", "vague"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a text states, with where it stands and what is said about it.

    Attributes:
        start: First code point of the number in the original text.
        end: One past its last code point, so `text[start:end] == surface`.
        surface: The number itself, in digits or words, with its percent sign or percent words, without unit,
            currency and bound words. A range is one quantity from its first number to its last.
        value: What was read; None only for vague words without a figure ("dozens", "آلاف").
        value_max: The upper end of a range, else None.
        alternatives: Other values the same writing may mean: 20.000 (twenty), 1950–53 (1953), -18 (18).
        bound: What is said about the figure; "range" when `value_max` is set, "vague" when `value` is None.
        kind: What sort of number; measure and money have a unit.
        unit: Canonical unit ("USD", "km", "t", "h", "day"; "pp" for percentage points), else None.
        unit_start: First code point of the unit in the original text, None when it has no span of its own.
        unit_end: One past its last code point.
    """

    start: int
    end: int
    surface: str
    value: Decimal | None
    value_max: Decimal | None = None
    alternatives: tuple[Decimal, ...] = ()
    bound: Bound = "exact"
    kind: Kind = "cardinal"
    unit: str | None = None
    unit_start: int | None = None
    unit_end: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """How a claimed quantity was found in a mention.

    Attributes:
        how: exact (the same digits or words) or converted (digits against words, another scale or language).
        note: What differs although the value is the same ("bound dropped", "bound added", "ordinal", …), parts
            joined by "; "; "" when nothing does.
    """

    how: Literal["exact", "converted"]
    note: str = ""
