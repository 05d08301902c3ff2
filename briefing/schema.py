"""What the language model fills; every `description` here is prompt text.

All models are frozen and refuse unknown keys. No field has a default: the model writes `null` or `[]`, so
that nothing is left out by silence (and so that every field is `required` in the schema on the wire).
`cites` are 1-based sentence numbers of the article. `…_as_written` fields hold the few words exactly as the
article has them. The lengths and list sizes bound what a runaway model can return.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

__all__ = [
    "ActionType",
    "Bound",
    "Brief",
    "Confidence",
    "Demand",
    "DemandResponse",
    "Figure",
    "Item",
    "Judgement",
    "Likelihood",
    "MilitaryAction",
    "Modality",
    "Party",
    "PartyKind",
    "Statement",
    "Talks",
]

PartyKind: TypeAlias = Literal[
    "state", "government_body", "armed_group", "coalition", "organisation", "media", "person"
]
DemandResponse: TypeAlias = Literal["accepted", "rejected", "conditional", "none_reported"]
ActionType: TypeAlias = Literal[
    "air_or_drone_strike",
    "missile_or_artillery_attack",
    "armed_clash",
    "explosive_device",
    "suicide_bombing",
    "attack",
    "naval_attack",
    "vessel_seizure",
    "interception",
    "abduction",
    "arrest",
    "deployment",
    "withdrawal",
    "blockade",
    "territory_taken",
    "ceasefire",
    "other",
]
"""After the sub-event types of the ACLED codebook, with naval events that ACLED files under `attack`."""
Modality: TypeAlias = Literal["occurred", "ongoing", "halted", "planned", "threatened", "denied"]
Bound: TypeAlias = Literal["exact", "about", "at_least", "at_most", "range", "vague"]
Likelihood: TypeAlias = Literal[
    "almost_no_chance",
    "very_unlikely",
    "unlikely",
    "roughly_even_chance",
    "likely",
    "very_likely",
    "almost_certain",
]
"""The seven terms of US Intelligence Community Directive 203."""
Confidence: TypeAlias = Literal["high", "moderate", "low"]


def _plain_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Number: TypeAlias = Annotated[
    Decimal,
    Field(allow_inf_nan=False, ge=-(10**18), le=10**18),
    PlainSerializer(_plain_number, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]
IsoDate: TypeAlias = Annotated[
    str,
    Field(
        pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?|XXXX-\d{2}(-\d{2})?)$",
        description="ISO 8601: YYYY-MM-DD, YYYY-MM, YYYY, or XXXX-MM-DD when the year is not known",
    ),
]
Cites: TypeAlias = Annotated[
    tuple[Annotated[int, Field(ge=1, le=100_000)], ...],
    Field(max_length=12, description="numbers of the sentences that say this"),
]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
Text: TypeAlias = Annotated[str, Field(min_length=1, max_length=600)]


class Item(BaseModel):
    """Base of everything in a brief that cites sentences."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    cites: Cites


class Statement(Item):
    """One or two sentences of the analyst's own words."""

    text: Text = Field(description="what happened and why it matters, in the brief's language")


class Party(Item):
    """Somebody who acts, demands, speaks or suffers in the article."""

    name: Name = Field(description="name in the brief's language")
    as_written: Name = Field(description="the name exactly as the article writes it, without titles")
    kind: PartyKind
    role: Text | None = Field(
        description="what the party does or wants in this article, in a few words; null when it is only named"
    )


class Demand(Item):
    """What one party asks of another."""

    by: Name = Field(description="name of the party that demands")
    of: Annotated[tuple[Name, ...], Field(max_length=8)] = Field(
        description="names of the parties it is demanded of; [] when the article does not say"
    )
    demand: Text = Field(description="what is demanded")
    via: Name | None = Field(description="mediator or channel, null when none is named")
    response: DemandResponse


class MilitaryAction(Item):
    """A military action: done, going on, halted, planned, threatened or denied."""

    actor: Name | None = Field(description="who acted, null when the article does not say")
    action_type: ActionType
    description: Text
    target: Name | None = Field(description="who or what was hit, null when not said")
    place: Name | None = Field(description="place in the brief's language")
    place_as_written: Words | None = Field(description="the place exactly as the article writes it")
    date: IsoDate | None
    date_as_written: Words | None = Field(description="the date exactly as the article writes it")
    modality: Modality = Field(
        description="occurred only when the article itself reports it as done; "
        "threatened, planned or denied when a sentence threatens, announces or denies it"
    )
    said_by: Name | None = Field(description="who is quoted for it, null when the article says it itself")


class Talks(Item):
    """A meeting, negotiation or round of mediation."""

    participants: Annotated[tuple[Name, ...], Field(max_length=12)]
    mediators: Annotated[tuple[Name, ...], Field(max_length=8)]
    place: Name | None
    date: IsoDate | None
    date_as_written: Words | None = Field(description="the date exactly as the article writes it")
    subject: Text
    outcome: Text | None = Field(description="null when no outcome is reported")


class Figure(Item):
    """A number of the article and what it counts."""

    value: Number | None = Field(description="the number; lower end of a range; null for a vague word")
    value_max: Number | None = Field(description="upper end of a range, else null")
    as_written: Words = Field(description="the number exactly as the article writes it")
    bound: Bound = Field(description="at_least for 'at least', 'more than'; vague for 'dozens'")
    unit: Annotated[str, Field(max_length=60)] | None = Field(
        description="percent, USD, km; null for a count"
    )
    counts: Words = Field(description="what is counted, with place and party")
    as_of: IsoDate | None = Field(description="date the figure holds for, null when not said")
    said_by: Name | None = Field(description="who gives the figure, null when the article says it itself")


class Judgement(Item):
    """A judgement about what comes next. Likelihood and confidence are two things, never one."""

    text: Text
    likelihood: Likelihood | None = Field(description="null when nothing in the article allows one")
    confidence: Confidence = Field(description="how good the evidence is, not how likely the event")
    said_by: Name | None = Field(description="who judges so, null for the analyst's own judgement")
    basis: Text = Field(description="what in the article the judgement rests on")


class Brief(BaseModel):
    """An intelligence brief of one article."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    headline: Statement
    bottom_line: Annotated[tuple[Statement, ...], Field(min_length=1, max_length=3)]
    parties: Annotated[tuple[Party, ...], Field(max_length=40)]
    demands: Annotated[tuple[Demand, ...], Field(max_length=40)]
    military_actions: Annotated[tuple[MilitaryAction, ...], Field(max_length=60)]
    talks: Annotated[tuple[Talks, ...], Field(max_length=20)]
    figures: Annotated[tuple[Figure, ...], Field(max_length=80)]
    outlook: Annotated[tuple[Judgement, ...], Field(max_length=20)]
