"""Check a free text: every quantity, date and name in it. Says nothing of what the words between them mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.checker.article import Article, Match, Scope, decide
from briefing.checker.lookup import (
    date_values,
    find_date_value,
    find_designation,
    find_named,
    find_quantity,
    is_soft_quantity,
    range_ends,
    same_name,
)
from briefing.report import Check, Evidence, Loc, Verdict
from briefing.schema import Party
from briefing.source import Source
from briefing.text.dates import find_dates
from briefing.text.names import NameMention, find_names
from briefing.text.names_words import is_arabic
from briefing.text.quantities import find_quantities

__all__ = ["NO_PARTIES", "Parties", "check", "check_text", "decide_named"]


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of a brief with the names each goes by, to tell who a name in a text is."""

    parties: tuple[Party, ...]

    def party(self, name: str) -> Party | None:
        """Give the party that a name means, None when it means none."""
        for party in self.parties:
            if name in (party.name, party.as_written):
                return party
        for party in self.parties:
            if same_name(name, party.name) or same_name(name, party.as_written):
                return party
        return None

    def names_of(self, name: str) -> tuple[str, ...]:
        """Give all names of the party that `name` means: first `name` itself; () when it names no party."""
        party = self.party(name)
        return tuple(dict.fromkeys((name, party.as_written, party.name))) if party else ()


NO_PARTIES = Parties(())


def check(statement: str, source: Source) -> list[Check]:
    """Check one free sentence against a whole article.

    Args:
        statement: Any text, in Arabic or English.
        source: The article.

    Returns:
        A check for every quantity, date and name of the statement, sorted by start. Nothing is cited, so a
        claim that the article has anywhere is supported.
    """
    return check_text(statement, (), Scope(None), Article.of(source), NO_PARTIES)


def check_text(text: str, loc: Loc, scope: Scope, article: Article, parties: Parties) -> list[Check]:
    """Check every quantity, date and name in a text, sorted by start.

    Args:
        text: A field of the brief.
        loc: Where the field stands in the brief.
        scope: Where evidence supports.
        article: The article, read.
        parties: The brief's parties: a party may be found under the name that the article gives it.
    """
    checks = [
        *_quantity_checks(text, loc, scope, article),
        *_date_checks(text, loc, scope, article),
        *_name_checks(text, loc, scope, article, parties),
    ]
    return sorted(_without_overlaps(checks), key=lambda c: c.start or 0)


def _quantity_checks(text: str, loc: Loc, scope: Scope, article: Article) -> Iterator[Check]:
    for claim in find_quantities(text):
        hard = not is_soft_quantity(claim)
        matches = find_quantity(claim, article) or find_designation(text, claim, article)
        verdict, evidence, note = decide(matches, scope, article, hard=hard)
        ends = None if matches else range_ends(claim)
        if ends is not None:
            low, high = (decide(find_quantity(end, article), scope, article) for end in ends)
            if low[0] == high[0] == "supported":
                verdict, evidence, note = "supported", (low[1][0], high[1][0]), "as two numbers"
        yield Check(
            loc=loc,
            kind="quantity",
            start=claim.start,
            end=claim.end,
            surface=claim.surface,
            value=claim.surface if claim.value is None else f"{claim.value:f}",
            verdict=verdict,
            evidence=evidence,
            hard=hard,
            note=note,
        )


def _date_checks(text: str, loc: Loc, scope: Scope, article: Article) -> Iterator[Check]:
    for claim in find_dates(text, anchor=article.source.published):
        matches: dict[tuple[int, int], Match] = {}
        for value in date_values(claim):
            for match in find_date_value(value, article, surface=claim.surface):
                matches.setdefault((match.start, match.end), match)
        # "a month ago", "last week" are told in too many ways for a miss to prove anything; a day is not.
        hard = not (claim.resolved and len(claim.value) < len("2024-03-14"))
        verdict, evidence, note = decide(list(matches.values()), scope, article, hard=hard)
        yield Check(
            loc=loc,
            kind="date",
            start=claim.start,
            end=claim.end,
            surface=claim.surface,
            value=claim.value,
            verdict=verdict,
            evidence=evidence,
            hard=hard,
            note=note,
        )


def _name_checks(text: str, loc: Loc, scope: Scope, article: Article, parties: Parties) -> Iterator[Check]:
    near = Scope(scope.cited, near_counts=True)
    for claim in find_names(text):
        is_party = bool(parties.names_of(claim.surface))
        yield name_check(claim, loc, near if is_party else scope, article, parties)


def name_check(claim: NameMention, loc: Loc, scope: Scope, article: Article, parties: Parties) -> Check:
    """Check one name that stands in a text.

    A person who is named in full anywhere in the article is also found by the last word of the name alone.
    """
    names = parties.names_of(claim.surface) or (claim.surface,)
    # A guess from a cue word in Arabic, where no capital tells a name, proves nothing when it is not found.
    guessed = is_arabic(claim.surface) and claim.english is None and not parties.names_of(claim.surface)
    hard = claim.category != "demonym" and not guessed
    verdict, evidence, note = decide_named(names, find_named(names, article), scope, article, hard=hard)
    return Check(
        loc=loc,
        kind="name",
        start=claim.start,
        end=claim.end,
        surface=claim.surface,
        value=claim.value,
        verdict=verdict,
        evidence=evidence,
        hard=hard,
        note=note,
    )


def decide_named(
    names: tuple[str, ...], matches: tuple[Match, ...], scope: Scope, article: Article, *, hard: bool = True
) -> tuple[Verdict, tuple[Evidence, ...], str]:
    """Decide on a name; one that the article has in full elsewhere may stand here by its last word alone."""
    verdict, evidence, note = decide(matches, scope, article, hard=hard)
    if verdict == "supported" or not matches:
        return verdict, evidence, note
    last_words = tuple(dict.fromkeys(name.split()[-1] for name in names if " " in name.strip()))
    short = decide(find_named(last_words, article), scope, article)
    if short[0] == "supported":
        return "supported", short[1], f"in full in sentence {article.source.number_at(matches[0].start)}"
    return verdict, evidence, note


def _without_overlaps(checks: Sequence[Check]) -> list[Check]:
    """Keep, where two claims overlap, the longer one: "Tower 22" is a name, "3 March" a date."""
    kept: list[Check] = []
    for check in sorted(checks, key=lambda c: (c.start or 0) - (c.end or 0)):
        start, end = check.start or 0, check.end or 0
        if all(end <= (other.start or 0) or start >= (other.end or 0) for other in kept):
            kept.append(check)
    return kept
