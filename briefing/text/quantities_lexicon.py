"""Load the word tables of the quantity reader. Holds no grammar.

Roles in numbers_*.tsv: unit (1–9), one, two (the Arabic words that may follow their noun), unit1 and unit2 (the
Arabic one and two that need a ten after them), ten (Arabic 10, also the second half of 11–19), teen, tens, hundred,
hundreds (Arabic 200–900 in one word), scale, scales (Arabic plural: vague when no number precedes), dual_scale
(2,000; two million), scale_or_dual (ألفا: accusative "thousand" or construct "two thousand"), short_scale (letters
after digits), half, fraction (singular), fractions (plural), two_thirds, ordinal* , vague, some, glyph (½), and,
suffix (st, nd, rd, th), point (three point five), dual (an Arabic noun in the dual: 2).
Roles in numbers_context.tsv are the fields of `Context`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from briefing.text.fold import clean, fold
from briefing.text.quantities_types import Bound

__all__ = [
    "FATHA",
    "Entry",
    "Unit",
    "after_bounds",
    "before_bounds",
    "context",
    "currencies",
    "entries",
    "starters",
    "telling_after",
    "telling_before",
    "units",
]

# Shortest last, so that a bare word wins over clitic + word; a clitic other than و and the article can only begin
# a number.
_LEADING = ("ولل", "لل", "وبال", "كال", "بال", "فال", "فل", "فب", "وب", "ول", "ك", "ل", "ب", "ف")
_CLITICS = (*_LEADING, "وال", "و", "ال", "")
_UNIT_WORD = re.compile(r"\d+|[^\W\d_]+[²³]?|[^\w\s/-]+")  # cut as quantities_tokens cuts text
_DUAL_CLITICS = ("", "و", "ف", "ب", "ل", "ول", "وب", "ال", "وال", "بال", "لل", "ولل", "وبال", "فال")
_NOT_NUMBERS = frozenset({"لست", "ولست", "فلست", "كميه", "وكميه", "باول", "كالف", "فالف", "فاول"})
_CONSTRUCT_ROLES = frozenset(
    {"hundreds", "dual_scale", "scale_or_dual", "two_thirds"}
)  # never take the article
FATHA = "\u064e"
_AS_WRITTEN = frozenset({"month", "month_first", "month_second", "month_capital", "year_after", "date_link"})
_NEVER_START = frozenset({"and", "point", "suffix", "short_scale", "fractions"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word means in a number.

    Attributes:
        role: See the module docstring.
        value: Its number; for fractions the denominator.
        arabic: Whether it is an Arabic word.
        joined: Whether it carries the Arabic "and" (و).
        opens: Whether a clitic before it means that it can only begin a number.
        article: Whether it carries the Arabic article.
        needs: Letters of which the unfolded word must hold one ("" for none), where folding merges two words.
        unit: Canonical unit of a dual noun, else None.
        skip: How many letters of clitics (و ف ب ل ك) stand before the number and its article.
        otherwise: What the word means when it holds none of the letters it needs.
    """

    role: str
    value: int | Decimal
    arabic: bool = False
    joined: bool = False
    opens: bool = False
    article: bool = False
    needs: str = ""
    unit: str | None = None
    skip: int = 0
    otherwise: Entry | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit or currency and whether its form counts only directly after a figure in digits."""

    name: str
    kind: str
    n_words: int
    digits_only: bool


def _rows(name: str) -> list[list[str]]:
    from importlib.resources import files  # costs 9 ms, so not before the first text

    text = files("briefing.text").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _folded(word: str) -> str:
    return fold(clean(word).text)


def _number(text: str) -> int | Decimal:
    if "/" in text:
        top, bottom = text.split("/")
        return Decimal(top) / Decimal(bottom)
    return int(text)


def _needs(folded: str) -> str:
    if folded.startswith("ميت"):  # مئتا, not ميتا
        return "ئ"
    if folded == "اولي":  # أولى, not أولي
        return "ى"
    return ""


def _english() -> dict[str, Entry]:
    return {word: Entry(role, _number(value)) for word, role, value in _rows("numbers_en.tsv")}


def _skip(clitic: str) -> int:
    return len(clitic.removesuffix("ال").removesuffix("لل"))


def _arabic() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for noun, unit, needs in _duals():
        for clitic in _DUAL_CLITICS:
            article = clitic.endswith(("ال", "لل"))
            table[clitic + noun] = Entry("dual", 2, True, False, True, article, needs, unit, _skip(clitic))
    rows = [(_folded(word), role, _number(value)) for word, role, value in _rows("numbers_ar.tsv")]
    for clitic in _CLITICS:
        article, joined = clitic.endswith(("ال", "لل")), clitic in ("و", "وال")
        opens = not joined and clitic not in ("", "ال")
        for word, role, value in rows:
            construct = role in _CONSTRUCT_ROLES and word[-1] != "ن"
            if clitic + word not in _NOT_NUMBERS and not (article and construct):
                table[clitic + word] = Entry(
                    role, value, True, joined, opens, article, _needs(word), None, _skip(clitic)
                )
    # وأحد (and one-) folds to واحد (one)
    table["واحد"] = Entry("unit1", 1, True, True, needs="أ", skip=1, otherwise=Entry("one", 1, True))
    return table


def _duals() -> list[tuple[str, str | None, str]]:
    """Give (folded dual, unit, letters it needs): a form that is also a plural needs the fatha of بحّارَين."""
    forms: list[tuple[str, str | None, str]] = []
    for unit, which, nouns in _rows("numbers_duals.tsv"):
        name = None if unit == "-" else unit
        for noun in nouns.split(", "):
            stem = _folded(noun[:-1] + "ت" if noun.endswith("ة") else noun)
            if which != "in":
                forms.append((stem + "ان", name, ""))
            forms.append((stem + "ين", name, FATHA if which == "an" else ""))
    return forms


@cache
def entries(language: str | None) -> dict[str, Entry]:
    """Give the number words of a language by folded form; of all languages when it is neither en nor ar."""
    if language == "en":
        return _english()
    if language == "ar":
        return _arabic() | {word: entry for word, entry in _english().items() if entry.role == "glyph"}
    return _arabic() | _english()


@cache
def starters(language: str | None) -> frozenset[str]:
    """Give the words at which reading a number may begin."""
    return frozenset(word for word, entry in entries(language).items() if entry.role not in _NEVER_START)


@cache
def context(role: str) -> frozenset[str]:
    """Give the folded words of a role of numbers_context.tsv.

    Raises:
        KeyError: No such role.
    """
    return _contexts()[role]


@cache
def telling_before() -> frozenset[str]:
    """Give the words that, before a number other than a year, can make it part of a date, a time or a name."""
    roles = (
        "month",
        "month_first",
        "clock_before",
        "designator",
        "designator_adjective",
        "group_of",
        "strong_year",
    )
    return frozenset({"no", "nos", "of", "ال"}).union(*(context(role) for role in roles))


@cache
def telling_after() -> frozenset[str]:
    """Give the words that, after a number, can make it part of a date or a time."""
    roles = ("month", "month_first", "date_link", "clock_after", "year_after")
    return frozenset({"p", "a", "o", "st", "nd", "rd", "th"}).union(*(context(role) for role in roles))


@cache
def _contexts() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for role, words in _rows("numbers_context.tsv"):
        folded = [part for word in words.split(", ") for part in _folded(word).split()]
        expand = role not in _AS_WRITTEN
        table[role] = frozenset(
            form for word in folded for form in (_with_clitics(word) if expand else (word,))
        )
    return table


def _with_clitics(word: str) -> tuple[str, ...]:
    """Give a word and, when it is Arabic, its forms with و ف ب ل before it (للقرار for ل + القرار)."""
    if word.isascii():
        return (word,)
    to_it = "لل" + word[2:] if word.startswith("ال") else "ل" + word
    return (word, "و" + word, "ف" + word, "ب" + word, "ك" + word, to_it)


@cache
def units() -> dict[str, tuple[tuple[tuple[str, ...], Unit], ...]]:
    """Give, by first word, the units that begin with it, longest first, as (words, unit)."""
    table: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for name, kind, forms in _rows("units.tsv"):
        for form in forms.split(", "):
            words = tuple(_UNIT_WORD.findall(_folded(form.lstrip("*"))))
            table.setdefault(words[0], []).append((words, Unit(name, kind, len(words), form.startswith("*"))))
    return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in table.items()}


@cache
def currencies(place: str) -> dict[str, str]:
    """Give the currency signs, letters before "$" or codes (sign, dollar, code) with the canonical currency."""
    return {form: name for where, form, name in _rows("units_currency.tsv") if where == place}


def _bounds(place: str, key: int) -> dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
    for phrase, where, bound in _rows("numbers_bounds.tsv"):
        if where == place:
            first, *rest = _folded(phrase).split()
            for form in _with_clitics(first) if place == "before" else (first,):
                words = (form, *rest)
                table.setdefault(words[key], []).append((words, cast(Bound, bound)))
    return {word: tuple(sorted(found, key=lambda item: -len(item[0]))) for word, found in table.items()}


@cache
def before_bounds() -> dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]:
    """Give, by LAST word, the bound phrases that stand before a number, longest first, as (words, bound)."""
    return _bounds("before", -1)


@cache
def after_bounds() -> dict[str, tuple[tuple[tuple[str, ...], Bound], ...]]:
    """Give, by FIRST word, the bound phrases that stand after a number, longest first, as (words, bound)."""
    return _bounds("after", 0)
