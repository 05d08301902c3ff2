"""The values that templates print: frozen rows of every section. Builds nothing."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.render.charts import Segment, Step
from briefing.render.filters import Direction, Text
from briefing.render.labels import PageLanguage
from briefing.render.passages import Passage
from briefing.report import Verdict

__all__ = [
    "Amount",
    "DemandRow",
    "Entry",
    "EventRow",
    "Fact",
    "FigureRow",
    "Finding",
    "GapRow",
    "Gaps",
    "JudgementRow",
    "OmissionRow",
    "Page",
    "PartyRow",
    "StatementRow",
    "VerdictCount",
    "WithdrawnRow",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Claims of one item that share a verdict.

    Attributes:
        claims: The claims' surfaces, with how they were found where that is not plain.
        notes: What the checker says of them, without repeats.
    """

    verdict: Verdict
    claims: tuple[tuple[Text, str], ...]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the brief as the register shows it; its number is its note number everywhere.

    Attributes:
        number: 1-based, in the order of the page.
        place: Label of the section it stands in.
        verdict: The worst verdict among its claims.
        text: What the item says.
        missing: Cited sentence numbers that the article does not have.
    """

    number: int
    place: str
    verdict: Verdict
    text: tuple[Text, ...]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """The headline or a statement of the bottom line."""

    entry: Entry
    text: Text


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure's value as printed: bound word, digits ("" for a vague word), scale word, unit."""

    bound: str
    digits: str
    scale: str
    unit: Text | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A number and what it counts."""

    entry: Entry
    amount: Amount
    as_written: Text
    counts: Text
    as_of: str | None
    said_by: Text | None


@dataclass(frozen=True, slots=True)
class JudgementRow:
    """A judgement; likelihood and confidence apart. `low` and `high` are per cent, None without likelihood."""

    entry: Entry
    text: Text
    likelihood: str | None
    low: int | None
    high: int | None
    steps: tuple[Step, ...]
    confidence: str
    pips: int
    said_by: Text | None
    basis: Text


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party; `as_written` is None where the name is the same, `role` where the article only names it."""

    entry: Entry
    name: Text
    as_written: Text | None
    kind: str
    role: Text | None


@dataclass(frozen=True, slots=True)
class DemandRow:
    """Who wants what from whom."""

    entry: Entry
    by: Text
    of: tuple[Text, ...]
    demand: Text
    via: Text | None
    response: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """A military action or talks.

    Attributes:
        date: In the page's language, None when undated.
        kind: Label of the action's type, or of talks.
        actors: The actor, or the participants of talks.
        status: Label of the modality; "" for talks.
        happened: Whether it is reported as done, going on or halted, not as planned, threatened or denied.
    """

    entry: Entry
    date: str | None
    date_as_written: Text | None
    is_talks: bool
    kind: str
    text: Text
    actors: tuple[Text, ...]
    target: Text | None
    mediators: tuple[Text, ...]
    place: Text | None
    place_as_written: Text | None
    status: str
    happened: bool
    said_by: Text | None
    outcome: Text | None


@dataclass(frozen=True, slots=True)
class GapRow:
    """A claim that failed.

    Attributes:
        number: Of its item; None for a claim about the brief as a whole.
        place: Section and field.
        sentence: Where a misplaced claim was found, else None.
        minor: A soft claim: shown, but no failure.
    """

    number: int | None
    place: str
    surface: Text
    kind: str
    verdict: Verdict
    sentence: int | None
    note: Text | None
    minor: bool


@dataclass(frozen=True, slots=True)
class OmissionRow:
    """Something that the article has and the brief leaves out."""

    surface: Text
    kind: str
    passage: Passage
    n_mentions: int


@dataclass(frozen=True, slots=True)
class WithdrawnRow:
    """An item that the model took back in a repair."""

    place: str
    text: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the reader must not rely on.

    Attributes:
        n_checked: Claims that could be checked.
        n_unchecked: Claims that could not.
        uncited: Numbers of the items that cite no sentence.
        n_more_omissions: Omissions beyond those listed.
    """

    failing: tuple[GapRow, ...]
    n_checked: int
    n_unchecked: int
    uncited: tuple[int, ...]
    withdrawn: tuple[WithdrawnRow, ...]
    omissions: tuple[OmissionRow, ...]
    n_more_omissions: int


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """How many claims have a verdict."""

    verdict: Verdict
    count: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the method section; `code` for digests and names of machines, printed left to right."""

    label: str
    value: Text
    code: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page prints."""

    language: PageLanguage
    dir: Direction
    title: str
    short_title: str
    subject: str
    keywords: tuple[str, ...]
    version: str
    created: str
    publisher: Text | None
    article_title: Text | None
    published: str | None
    article_language: str
    headline: StatementRow
    bottom_line: tuple[StatementRow, ...]
    key_figures: tuple[FigureRow, ...]
    more_figures: tuple[FigureRow, ...]
    outlook: tuple[JudgementRow, ...]
    parties: tuple[PartyRow, ...]
    demands: tuple[DemandRow, ...]
    events: tuple[EventRow, ...]
    verdicts: tuple[VerdictCount, ...]
    segments: tuple[Segment, ...]
    n_claims: int
    gaps: Gaps
    register: tuple[Entry, ...]
    extractive: bool
    link: str | None
    facts: tuple[Fact, ...]
    notes: tuple[Text, ...]
    article: tuple[Passage, ...] | None
