"""Build the page's values from a Report: number the items, attach verdicts and passages, word the fields.

Pure: no file, no clock, no template. Items are numbered in the order in which the page shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.render.amounts import figure_amount
from briefing.render.charts import LIKELIHOOD_RANGES, VERDICTS, likelihood_scale, verdict_bar
from briefing.render.filters import (
    Text,
    format_date,
    format_moment,
    language_direction,
    link,
    make_text,
    shorten,
)
from briefing.render.gaps import find_gaps, findings_of
from briefing.render.labels import Labels
from briefing.render.method import method_facts
from briefing.render.passages import Passage, article_passage, passages_of
from briefing.render.rows import (
    DemandRow,
    Entry,
    EventRow,
    FigureRow,
    JudgementRow,
    Page,
    PartyRow,
    StatementRow,
    VerdictCount,
)
from briefing.report import Loc, Report
from briefing.schema import Demand, Figure, Item, Judgement, MilitaryAction, Party, Statement, Talks
from briefing.text.display import display

__all__ = ["MAX_ARTICLE", "build_page", "reading_order"]

MAX_KEY_FIGURES = 5
MAX_RUNNING_TITLE = 70
MAX_ARTICLE = 60_000
"""Longest article shown whole on the HTML page, in characters; longer ones would pass 250 kB."""

_PIPS = {"low": 1, "moderate": 2, "high": 3}
_HAPPENED = ("occurred", "ongoing", "halted")


def _date_key(iso: str | None, published: str | None) -> tuple[int, str]:
    # A date without a year is taken to be of the year of publication, for the order alone.
    if iso is None:
        return (1, "")
    if iso.startswith("XXXX"):
        return (0, (published or "9999")[:4] + iso[4:])
    return (0, iso)


def reading_order(report: Report) -> tuple[Loc, ...]:
    """Give the locs of all items in the order of the page: item n is number n + 1 everywhere.

    Key figures come before further figures, supported ones first among equals; military actions and talks
    together by date, undated ones last.
    """
    brief, checks = report.brief, report.verification
    figures = sorted(
        range(len(brief.figures)),
        key=lambda i: (
            brief.figures[i].value is None,
            checks.verdict_at(("figures", i)) in ("unsupported", "misplaced"),
            i,
        ),
    )
    events: list[tuple[Loc, str | None]] = [
        (("military_actions", i), action.date) for i, action in enumerate(brief.military_actions)
    ]
    events += [(("talks", i), talks.date) for i, talks in enumerate(brief.talks)]
    events.sort(key=lambda event: _date_key(event[1], report.source.published))
    return (
        ("headline",),
        *(("bottom_line", i) for i in range(len(brief.bottom_line))),
        *(("figures", i) for i in figures),
        *(("outlook", i) for i in range(len(brief.outlook))),
        *(("parties", i) for i in range(len(brief.parties))),
        *(("demands", i) for i in range(len(brief.demands))),
        *(loc for loc, _ in events),
    )


@dataclass(frozen=True, slots=True)
class _Builder:
    """What the builders of rows share: the report, the labels, the languages of its texts."""

    report: Report
    labels: Labels

    @property
    def written(self) -> str:
        """The language of the brief's own texts: the article's, when the texts are passages of it."""
        extractive = self.report.provenance.plan == "extractive"
        return self.report.source.language if extractive else self.report.language

    def text(self, text: str) -> Text:
        return make_text(text, self.written, self.labels.language)

    def maybe(self, text: str | None) -> Text | None:
        return self.text(text) if text and display(text).strip() else None

    def quoted(self, text: str | None) -> Text | None:
        if not text or not display(text).strip():
            return None
        return make_text(text, self.report.source.language, self.labels.language)

    def date(self, iso: str | None) -> str | None:
        return format_date(iso, self.labels.language) if iso else None

    def item(self, loc: Loc) -> Item:
        found = getattr(self.report.brief, str(loc[0]))
        item: Item = found[loc[1]] if len(loc) > 1 else found
        return item

    def entries(self, order: tuple[Loc, ...]) -> dict[Loc, Entry]:
        whole: dict[int, int] = {}
        made = {}
        for number, loc in enumerate(order, 1):
            made[loc] = self.entry(loc, number, whole)
            for passage in made[loc].passages:
                whole.setdefault(passage.sentence, number)
        return made

    def entry(self, loc: Loc, number: int, whole: Mapping[int, int]) -> Entry:
        item = self.item(loc)
        source, verification = self.report.source, self.report.verification
        checks = verification.at(loc)
        return Entry(
            number=number,
            place=self.labels(f"place.{loc[0]}"),
            verdict=verification.verdict_at(loc),
            text=self.summary(item),
            findings=findings_of(checks, self.report, self.labels),
            passages=passages_of(source, item.cites, checks, whole),
            missing=tuple(dict.fromkeys(n for n in item.cites if n > len(source.sentences))),
        )

    def summary(self, item: Item) -> tuple[Text, ...]:
        match item:
            case Party():
                role = self.maybe(item.role)
                return (self.text(item.name), role) if role else (self.text(item.name),)
            case Demand():
                return self.text(item.by), self.text(item.demand)
            case MilitaryAction():
                return (self.text(item.description),)
            case Talks():
                return (self.text(item.subject),)
            case Figure():
                quoted = self.quoted(item.as_written) or self.text(item.as_written)
                return quoted, self.text(item.counts)
            case Judgement() | Statement():
                return (self.text(item.text),)
        raise TypeError(type(item).__name__)

    def figure(self, figure: Figure, entry: Entry) -> FigureRow:
        return FigureRow(
            entry=entry,
            amount=figure_amount(figure, self.labels, self.written),
            as_written=self.quoted(figure.as_written) or self.text(figure.as_written),
            counts=self.text(figure.counts),
            as_of=self.date(figure.as_of),
            said_by=self.maybe(figure.said_by),
        )

    def judgement(self, judgement: Judgement, entry: Entry) -> JudgementRow:
        word = judgement.likelihood
        low, high = LIKELIHOOD_RANGES[word] if word else (None, None)
        return JudgementRow(
            entry=entry,
            text=self.text(judgement.text),
            likelihood=self.labels(f"likelihood.{word}") if word else None,
            low=low,
            high=high,
            steps=likelihood_scale(word, language_direction(self.labels.language)),
            confidence=self.labels(f"confidence.{judgement.confidence}"),
            pips=_PIPS[judgement.confidence],
            said_by=self.maybe(judgement.said_by),
            basis=self.text(judgement.basis),
        )

    def party(self, party: Party, entry: Entry) -> PartyRow:
        same = display(party.as_written) == display(party.name)
        return PartyRow(
            entry=entry,
            name=self.text(party.name),
            as_written=None if same else self.quoted(party.as_written),
            kind=self.labels(f"party_kind.{party.kind}"),
            role=self.maybe(party.role),
        )

    def demand(self, demand: Demand, entry: Entry) -> DemandRow:
        return DemandRow(
            entry=entry,
            by=self.text(demand.by),
            of=tuple(self.text(name) for name in demand.of),
            demand=self.text(demand.demand),
            via=self.maybe(demand.via),
            response=self.labels(f"response.{demand.response}"),
        )

    def action(self, action: MilitaryAction, entry: Entry) -> EventRow:
        actor = self.maybe(action.actor)
        return EventRow(
            entry=entry,
            date=self.date(action.date),
            date_as_written=self.quoted(action.date_as_written),
            is_talks=False,
            kind=self.labels(f"action_type.{action.action_type}"),
            text=self.text(action.description),
            actors=(actor,) if actor else (),
            target=self.maybe(action.target),
            mediators=(),
            place=self.maybe(action.place),
            place_as_written=self.quoted(action.place_as_written)
            if action.place_as_written != action.place
            else None,
            status=self.labels(f"modality.{action.modality}"),
            happened=action.modality in _HAPPENED,
            said_by=self.maybe(action.said_by),
            outcome=None,
        )

    def talks(self, talks: Talks, entry: Entry) -> EventRow:
        return EventRow(
            entry=entry,
            date=self.date(talks.date),
            date_as_written=self.quoted(talks.date_as_written),
            is_talks=True,
            kind=self.labels("word.talks"),
            text=self.text(talks.subject),
            actors=tuple(self.text(name) for name in talks.participants),
            target=None,
            mediators=tuple(self.text(name) for name in talks.mediators),
            place=self.maybe(talks.place),
            place_as_written=None,
            status="",
            happened=True,
            said_by=None,
            outcome=self.maybe(talks.outcome),
        )

    def event(self, loc: Loc, entry: Entry) -> EventRow:
        item = self.item(loc)
        if isinstance(item, MilitaryAction):
            return self.action(item, entry)
        if isinstance(item, Talks):
            return self.talks(item, entry)
        raise TypeError(type(item).__name__)

    def article(self) -> tuple[Passage, ...] | None:
        source = self.report.source
        if len(source.text) > MAX_ARTICLE:
            return None
        checks = self.report.verification.checks
        evidence = [e for check in checks if check.kind != "citation" for e in check.evidence]
        return tuple(article_passage(source, s.number, evidence) for s in source.sentences)


def build_page(report: Report, labels: Labels) -> Page:
    """Build all that a page prints.

    Args:
        report: The report; its language must be that of the labels for a page of one language.
        labels: The words of the page.
    """
    builder = _Builder(report, labels)
    order = reading_order(report)
    entries = builder.entries(order)
    brief, source, made = report.brief, report.source, report.provenance
    figures = [
        builder.figure(brief.figures[int(loc[1])], entries[loc]) for loc in order if loc[0] == "figures"
    ]
    counts = report.verification.counts()
    base = language_direction(labels.language)
    headline = StatementRow(entries[("headline",)], builder.text(brief.headline.text))
    return Page(
        language=labels.language,
        dir=base,
        title=headline.text.text,
        short_title=shorten(headline.text.text, MAX_RUNNING_TITLE),
        subject=labels("kicker"),
        keywords=tuple(dict.fromkeys(display(party.name) for party in brief.parties[:12])),
        version=display(made.briefing_version),
        created=format_moment(made.created_at, labels.language),
        publisher=builder.quoted(source.publisher),
        article_title=builder.quoted(source.title),
        published=builder.date(source.published),
        article_language=labels.get(f"article_language.{source.language}") or display(source.language),
        headline=headline,
        bottom_line=tuple(
            StatementRow(entries["bottom_line", i], builder.text(s.text))
            for i, s in enumerate(brief.bottom_line)
        ),
        key_figures=tuple(figures[:MAX_KEY_FIGURES]),
        more_figures=tuple(figures[MAX_KEY_FIGURES:]),
        outlook=tuple(builder.judgement(j, entries["outlook", i]) for i, j in enumerate(brief.outlook)),
        parties=tuple(builder.party(p, entries["parties", i]) for i, p in enumerate(brief.parties)),
        demands=tuple(builder.demand(d, entries["demands", i]) for i, d in enumerate(brief.demands)),
        events=tuple(
            builder.event(loc, entries[loc]) for loc in order if loc[0] in ("military_actions", "talks")
        ),
        verdicts=tuple(VerdictCount(verdict, counts[verdict]) for verdict in VERDICTS),
        segments=verdict_bar(counts, base),
        n_claims=len(report.verification.checks),
        gaps=find_gaps(report, labels, {loc: entry.number for loc, entry in entries.items()}),
        register=tuple(entries.values()),
        extractive=made.plan == "extractive",
        link=link(source.url),
        facts=method_facts(report, labels),
        notes=tuple(make_text(note, labels.language, labels.language) for note in made.notes),
        article=builder.article(),
    )
