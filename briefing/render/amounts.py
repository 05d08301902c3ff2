"""Word the value of a figure: bound, digits, scale, unit. Knows nothing of its evidence."""

from __future__ import annotations

from decimal import Decimal

from briefing.render.filters import Text, format_number, make_text, scaled_number
from briefing.render.labels import Labels
from briefing.render.rows import Amount
from briefing.schema import Figure
from briefing.text.display import display

__all__ = ["figure_amount"]


def _unit(figure: Figure, labels: Labels, written: str) -> Text | None:
    if not figure.unit or not display(figure.unit).strip():
        return None
    # The model may give a unit by its English name or in the page's language.
    key = labels.key_of("unit", figure.unit) or figure.unit
    known = labels.get(f"unit.{key}")
    last = figure.value_max if figure.value_max is not None else figure.value
    if last is not None and 3 <= last <= 10:
        # Arabic counts 3 to 10 of something in the plural, more of it in the singular.
        known = labels.get(f"unit_few.{key}") or known
    return (
        make_text(known, labels.language, labels.language)
        if known
        else make_text(figure.unit, written, labels.language)
    )


def figure_amount(figure: Figure, labels: Labels, written: str) -> Amount:
    """Word a figure's value for the page.

    Args:
        figure: The figure; a value of None prints no digits.
        labels: The words of the page.
        written: The language of the brief's own texts, for a unit that the labels do not have.
    """
    bound = labels(f"bound.{figure.bound}")
    unit = _unit(figure, labels, written)
    if figure.value is None:
        return Amount("", "", "", unit)
    if figure.value_max is not None and figure.value_max != figure.value:
        return _range(figure.value, figure.value_max, bound, unit, labels)
    digits, scale = scaled_number(figure.value, labels)
    return Amount(bound, digits, scale, unit)


def _range(low: Decimal, high: Decimal, bound: str, unit: Text | None, labels: Labels) -> Amount:
    (a, a_scale), (b, b_scale) = scaled_number(low, labels), scaled_number(high, labels)
    if a_scale != b_scale:
        return Amount(bound, f"{format_number(low)}\u2013{format_number(high)}", "", unit)
    return Amount(bound, f"{a}\u2013{b}", b_scale, unit)
