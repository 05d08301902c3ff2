"""Check a whole brief against its article: every field that holds a number, a date, a name or a reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.checker.article import Article, Match, Scope, decide
from briefing.checker.coreference import find_references_back
from briefing.checker.figure_checks import figure_checks
from briefing.checker.lookup import find_date_value, find_named, same_name
from briefing.checker.omissions import find_omissions
from briefing.checker.text_checks import NO_PARTIES, Parties, check_text, decide_named
from briefing.checker.verbatim import find_verbatim
from briefing.report import Check, Evidence, Loc, Plan, Verification
from briefing.schema import (
    Brief,
    Demand,
    Figure,
    Item,
    Judgement,
    MilitaryAction,
    Party,
    Statement,
    Talks,
)
from briefing.source import Source
from briefing.text.names import find_names, translate_name
from briefing.text.names_words import is_arabic

__all__ = ["SECTIONS", "items_of", "verify"]

SECTIONS = (
    "headline",
    "bottom_line",
    "parties",
    "demands",
    "military_actions",
    "talks",
    "figures",
    "outlook",
)
"""The sections of a brief in the order in which they are checked and shown."""


def items_of(brief: Brief) -> Iterator[tuple[Loc, Item]]:
    """Give every item of a brief with its loc, in the order of the page."""
    for section in SECTIONS:
        value = getattr(brief, section)
        if isinstance(value, Item):
            yield (section,), value
        else:
            for n, item in enumerate(value):
                yield (section, n), item


def verify(brief: Brief, source: Source, *, plan: Plan = "full") -> Verification:
    """Check every claim of a brief against its article, and say what the brief leaves out.

    The same brief, article and plan always give the same verification; nothing is read but the arguments.

    Args:
        brief: The brief.
        source: Its article.
        plan: How it was made. Under the extractive plan a weak model chose who did what among the names of a
            passage; each such choice is a claim of its own (kind `event`) that stays `unchecked`.
    """
    article = Article.of(source)
    parties = Parties(brief.parties)
    checks: list[Check] = []
    for loc, item in items_of(brief):
        checks.extend(_ItemChecker(loc, item, article, parties).checks())
        if plan == "extractive":
            checks.extend(_choices(loc, item))
    return Verification(checks=tuple(checks), omissions=find_omissions(article, tuple(checks)))


def _choices(loc: Loc, item: Item) -> Iterator[Check]:
    """Give an unchecked claim for each field of an item that a weak model chose."""
    chosen: dict[str, str | None] = {}
    match item:
        case Party(kind=kind, as_written=name):
            chosen = {} if translate_name(name, to="en") else {"kind": kind}
        case Demand(by=by, of=of, response=response):
            chosen = {
                "by": by,
                "of": ", ".join(of),
                "response": None if response == "none_reported" else response,
            }
        case MilitaryAction(actor=actor, target=target, modality=modality):
            chosen = {"actor": actor, "target": target, "modality": modality}
        case Talks(participants=participants, mediators=mediators):
            chosen = {"participants": ", ".join(participants), "mediators": ", ".join(mediators)}
        case Figure(counts=counts):
            chosen = {"counts": counts}
    for field, words in chosen.items():
        if words:
            yield Check(
                loc=(*loc, field),
                kind="event",
                surface=words,
                value=words,
                verdict="unchecked",
                note="chosen by the model",
            )


@dataclass(frozen=True, slots=True)
class _ItemChecker:
    """The checks of one item; each method gives those of one field."""

    loc: Loc
    item: Item
    article: Article
    parties: Parties

    @property
    def scope(self) -> Scope:
        return Scope(frozenset(self.item.cites))

    @property
    def near(self) -> Scope:
        return Scope(frozenset(self.item.cites), near_counts=True)

    def checks(self) -> Iterator[Check]:
        yield self._citation()
        match self.item:
            case Statement(text=text):
                yield from self._text("text", text)
            case Party() as party:
                yield from self._party(party)
            case Demand() as demand:
                yield from self._reference("by", demand.by)
                for n, name in enumerate(demand.of):
                    yield from self._reference(("of", n), name)
                yield from self._text("demand", demand.demand)
                yield from self._named("via", demand.via, None)
            case MilitaryAction() as action:
                yield from self._action(action)
            case Talks() as talks:
                for n, name in enumerate(talks.participants):
                    yield from self._reference(("participants", n), name)
                for n, name in enumerate(talks.mediators):
                    yield from self._reference(("mediators", n), name)
                yield from self._named("place", talks.place, None)
                yield from self._date("date", talks.date, "date_as_written", talks.date_as_written)
                yield from self._text("subject", talks.subject)
                yield from self._text("outcome", talks.outcome)
            case Figure() as figure:
                yield from self._figure(figure)
            case Judgement() as judgement:
                yield from self._text("text", judgement.text)
                yield from self._reference("said_by", judgement.said_by)
                yield from self._text("basis", judgement.basis)

    def _citation(self) -> Check:
        """Check that the item cites sentences and that the article has them."""
        n_sentences = len(self.article.source.sentences)
        wrong = [n for n in self.item.cites if n > n_sentences]
        note = ""
        if not self.item.cites:
            note = "cites no sentence"
        elif wrong:
            note = f"the article has {n_sentences} sentences, not {', '.join(map(str, wrong))}"
        evidence = tuple(
            Evidence(
                start=s.start,
                end=s.end,
                surface=self.article.source.sentence(s.number),
                sentence=n,
                how="exact",
            )
            for n in self.item.cites
            if n <= n_sentences
            for s in (self.article.source.sentences[n - 1],)
        )
        cites = ", ".join(map(str, self.item.cites))
        return Check(
            loc=(*self.loc, "cites"),
            kind="citation",
            surface=cites,
            value=cites,
            verdict="unsupported" if note else "supported",
            evidence=evidence,
            note=note,
        )

    def _at(self, field: str | tuple[str | int, ...]) -> Loc:
        return (*self.loc, field) if isinstance(field, str) else (*self.loc, *field)

    def _text(self, field: str, text: str | None) -> list[Check]:
        if text is None:
            return []
        return check_text(text, self._at(field), self.scope, self.article, self.parties)

    def _whole(
        self,
        field: str | tuple[str | int, ...],
        kind: str,
        surface: str,
        matches: tuple[Match, ...],
        *,
        value: str | None = None,
        hard: bool = True,
        near: bool = False,
    ) -> Check:
        """Make the check of a field that is a claim as a whole."""
        verdict, evidence, note = decide(matches, self.near if near else self.scope, self.article, hard=hard)
        return Check.model_validate(
            {
                "loc": self._at(field),
                "kind": kind,
                "surface": surface,
                "value": surface if value is None else value,
                "verdict": verdict,
                "evidence": evidence,
                "hard": hard,
                "note": note,
            }
        )

    def _party(self, party: Party) -> Iterator[Check]:
        """Check a party: its name is the one written or stands in the article; a description has none to check."""
        written = find_verbatim(party.as_written, self.article)
        found = find_named((party.name,), self.article)
        if written and same_name(party.name, party.as_written):
            yield self._whole("name", "name", party.name, written)
        elif found or not written or _holds_name(party.as_written):
            yield self._whole("name", "name", party.name, found)
        else:
            yield from check_text(party.name, self._at("name"), self.scope, self.article, NO_PARTIES)
        yield self._whole("as_written", "name", party.as_written, written)
        yield from self._text("role", party.role)

    def _action(self, action: MilitaryAction) -> Iterator[Check]:
        yield from self._reference("actor", action.actor)
        yield from self._text("description", action.description)
        yield from self._named("target", action.target, None)
        yield from self._named("place", action.place, action.place_as_written)
        if action.place_as_written is not None:
            words = action.place_as_written
            yield self._whole("place_as_written", "name", words, find_verbatim(words, self.article))
        yield from self._date("date", action.date, "date_as_written", action.date_as_written)
        yield from self._reference("said_by", action.said_by)

    def _reference(self, field: str | tuple[str | int, ...], name: str | None) -> Iterator[Check]:
        """Check a field that must name a party: it names one, and the article has it here or next door."""
        if name is None:
            return
        party = self.parties.party(name)
        if party is not None:
            yield self._party_reference(field, name, party)
            return
        is_name = bool(find_names(name))
        yield Check(
            loc=self._at(field),
            kind="reference",
            surface=name,
            value=name,
            verdict="unsupported" if is_name else "unchecked",
            hard=is_name,
            note="names no party of the brief",
        )

    def _party_reference(self, field: str | tuple[str | int, ...], name: str, party: Party) -> Check:
        """Check a name that means a party: it stands in or beside the cited sentences, or they refer to it."""
        names = self.parties.names_of(name)
        matches = find_named(names, self.article)
        verdict, evidence, note = decide_named(names, matches, self.near, self.article)
        if verdict == "misplaced":
            back = decide(find_references_back(party, self.article), self.near, self.article)
            if back[0] == "supported":
                verdict, evidence, note = back
        return Check(
            loc=self._at(field),
            kind="reference",
            surface=name,
            value=party.name,
            verdict=verdict,
            evidence=evidence,
            note=note,
        )

    def _named(self, field: str, name: str | None, as_written: str | None) -> Iterator[Check]:
        """Check a field that holds a name or a description: a place, a target, a channel."""
        if name is None:
            return
        if self.parties.names_of(name):
            yield from self._reference(field, name)
            return
        written = find_verbatim(as_written, self.article) if as_written else ()
        if as_written and written and same_name(name, as_written):
            yield self._whole(field, "name", name, written)
            return
        whole = find_named((name,), self.article)
        if whole:
            verdict, evidence, note = decide_named((name,), whole, self.scope, self.article)
            yield self._whole(field, "name", name, whole).model_copy(
                update={"verdict": verdict, "evidence": evidence, "note": note}
            )
            return
        inner = check_text(name, self._at(field), self.scope, self.article, self.parties)
        if inner:
            yield from inner
            return
        is_name = field == "place" and is_arabic(name) == (self.article.source.language == "ar")
        check = self._whole(field, "name", name, (), hard=is_name)
        yield check if is_name else check.model_copy(update={"note": "a description, not a name"})

    def _date(self, field: str, value: str | None, written_field: str, words: str | None) -> Iterator[Check]:
        """Check a date, and the words quoted for it: where these hold a date, the value must be that one."""
        written = find_verbatim(words, self.article) if words else ()
        if value is not None:
            matches = find_date_value(value, self.article)
            held = [
                date
                for date in self.article.dates
                if any(w.start < date.end and date.start < w.end for w in written)
            ]
            inside = tuple(m for m in matches if any(d.start == m.start for d in held))
            check = self._whole(field, "date", value, inside or matches)
            if held and not inside:
                verdict = "misplaced" if check.verdict == "supported" else check.verdict
                note = f"not the date that is written as “{words}”"
                check = check.model_copy(update={"verdict": verdict, "note": note})
            yield check
        if words is not None:
            yield self._whole(written_field, "date", words, written)

    def _figure(self, figure: Figure) -> Iterator[Check]:
        yield from figure_checks(figure, self.loc, self.scope, self.article)
        yield from self._text("counts", figure.counts)
        if figure.as_of is not None:
            yield self._whole("as_of", "date", figure.as_of, find_date_value(figure.as_of, self.article))
        yield from self._reference("said_by", figure.said_by)


def _holds_name(words: str) -> bool:
    """Tell whether words hold a name, and not only a description such as "two people close to the talks"."""
    return any(mention.category != "demonym" for mention in find_names(words))
