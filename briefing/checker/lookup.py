"""Where the article has a quantity, a date or a name. One function a kind; verdicts are decided elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.checker.article import Article, Match
from briefing.checker.verbatim import find_verbatim
from briefing.report import How
from briefing.text.dates import same_date
from briefing.text.fold import clean, fold
from briefing.text.language import function_words
from briefing.text.names import match_names
from briefing.text.quantities import Quantity, compare_quantities

if TYPE_CHECKING:
    from briefing.text.dates import DateMention

__all__ = [
    "NAME_SCORE",
    "date_values",
    "find_date_value",
    "find_designation",
    "find_named",
    "find_quantity",
    "is_soft_quantity",
    "range_ends",
    "same_name",
]

NAME_SCORE = 0.8
"""Least score of `match_names` at which two names are one. Set on the names table of the text module: 0 of 337
wrong two-word names pass (VERIFY, finding 2)."""

_NAME_HOW: dict[str, How] = {"exact": "exact", "folded": "folded", "acronym": "folded"}
_YEARS = range(1000, 2200)
_WORD_BEFORE = re.compile(r"([^\W\d_][\w'’]*)[ \u00a0]\Z")
_WORD_AFTER = re.compile(r"[ \u00a0]([^\W\d_]+)")
# Beginnings of words for what has numbers instead of names, folded.
_NUMBERED = tuple(
    fold(word)
    for word in (
        *(
            "checkpoint",
            "tower",
            "convoy",
            "resolution",
            "article",
            "route",
            "highway",
            "battalion",
            "brigade",
        ),
        *("division", "flight", "gate", "pier", "berth", "unit", "crossing"),
        *("قرار", "القرار", "التفتيش", "البرج", "القافلة", "المادة", "البند", "الكتيبة", "اللواء", "الفرقة"),
        *("الرحلة", "البوابة", "الرصيف", "الوحدة", "الطريق", "المعبر"),
    )
)
_MINISTRIES = frozenset(fold(word) for word in ("الخارجية", "الداخلية", "الدفاع", "المالية", "الصحة"))
# Words that say what a name names and are often left out; not those of bodies, which a state has many of.
_KIND_WORDS = frozenset(
    fold(word)
    for word in (
        *("company", "group", "organisation", "organization", "ship", "vessel", "tanker", "charity"),
        *("city", "town", "village", "province", "island"),
        *("شركة", "مجموعة", "منظمة", "سفينة", "ناقلة", "جمعية", "مدينة", "بلدة", "قرية", "محافظة", "جزيرة"),
    )
)


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


def range_ends(claim: Quantity) -> tuple[Quantity, Quantity] | None:
    """Give the two numbers of a range ("from 21 to 34" may stand as two numbers), None for no range."""
    if claim.value_max is None:
        return None
    low = replace(claim, value_max=None, bound="exact")
    return low, replace(low, value=claim.value_max)


def find_designation(text: str, claim: Quantity, article: Article) -> tuple[Match, ...]:
    """Give the places where the article has a number as part of a name: "Checkpoint 9", "Resolution 2216".

    Only for a number in digits that stands in the statement after a word for what has numbers (checkpoint, القرار),
    or after any capitalised or definite word when it counts nothing: the next word is missing, after a mark, or a
    function word. In the article it must stand after a word,
    too, and be none of the quantities.
    """
    before = _WORD_BEFORE.search(text[: claim.start])
    after = _WORD_AFTER.match(text, claim.end)
    if claim.kind != "cardinal" or before is None or not clean(claim.surface).text.isdigit():
        return ()
    word = fold(clean(before.group(1)).text)
    if not word.startswith(_NUMBERED):
        if not (before.group(1)[0].isupper() or word.startswith("ال")):
            return ()
        if after is not None and fold(after.group(1)) not in function_words():
            return ()
    counted = {q.start for q in article.quantities}
    return tuple(
        Match(m.start, m.end, m.how, "as part of a name")
        for m in find_verbatim(claim.surface, article)
        if m.start not in counted and _WORD_BEFORE.search(article.source.text[max(0, m.start - 40) : m.start])
    )


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
    """Give the places where the article has any of the names that one party goes by, without repeats.

    A place is also found by its adjective ("Talvarian"), and a name that the article does not have by what follows
    its first word when that only says what it is ("منظمة ويلوبريدج" where the article has "Willowbridge").
    """
    found: dict[tuple[int, int], Match] = {}
    for name in names:
        for match in (*_find_name(name, article), *_find_adjectives(name, article)):
            found.setdefault((match.start, match.end), match)
    if not found:
        for name in names:
            kind, _, rest = name.partition(" ")
            other = ""
            if rest and fold(kind).removeprefix("ال") in _KIND_WORDS:
                other = rest
            elif rest and fold(kind) in _MINISTRIES:
                other = f"وزارة {name}"
            for match in _find_name(other, article) if other else ():
                found.setdefault((match.start, match.end), match)
    return tuple(found.values())


def _find_name(name: str, article: Article) -> tuple[Match, ...]:
    return find_verbatim(name, article) or tuple(
        Match(m.start, m.end, _NAME_HOW.get(m.how, "translated"))
        for m in article.names.find(name)
        if m.score >= NAME_SCORE
    )


def _find_adjectives(name: str, article: Article) -> tuple[Match, ...]:
    """Find the regular English adjectives of a name of one word."""
    if not (name.isalpha() and name.isascii() and name[0].isupper() and len(name) > 3):
        return ()
    stem = name[:-1] if name[-1] in "aeiy" else name
    forms = dict.fromkeys((f"{name}n", f"{name}i", f"{stem}ian", f"{stem}an", f"{stem}i", f"{stem}ese"))
    return tuple(
        Match(m.start, m.end, "folded", "by its adjective")
        for form in forms
        if form != name
        for m in find_verbatim(form, article)
    )
