"""Ask again for the items that failed, and only for these. Decides nothing: the checker does."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from briefing.model.prompts import numbered, prompt
from briefing.model.types import Message
from briefing.report import Check, Loc, Verification
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

__all__ = ["MAX_ITEMS", "Repair", "Repairs", "failing_items", "item_at", "repair_messages", "replacements"]

MAX_ITEMS = 24
"""Most items asked for in one round: some 3,000 tokens of answer. The worst come first, the rest stay flagged."""
_CONTEXT = 2

ItemT = TypeVar("ItemT", bound=Item)


class Repair(BaseModel, Generic[ItemT]):
    """One corrected item; `replacement` null withdraws it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    index: int = Field(ge=0, le=100)
    replacement: ItemT | None


class Repairs(BaseModel):
    """The corrected items by section; sections without a failed item are []."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headline: Annotated[tuple[Repair[Statement], ...], Field(max_length=1)]
    bottom_line: Annotated[tuple[Repair[Statement], ...], Field(max_length=3)]
    parties: Annotated[tuple[Repair[Party], ...], Field(max_length=MAX_ITEMS)]
    demands: Annotated[tuple[Repair[Demand], ...], Field(max_length=MAX_ITEMS)]
    military_actions: Annotated[tuple[Repair[MilitaryAction], ...], Field(max_length=MAX_ITEMS)]
    talks: Annotated[tuple[Repair[Talks], ...], Field(max_length=MAX_ITEMS)]
    figures: Annotated[tuple[Repair[Figure], ...], Field(max_length=MAX_ITEMS)]
    outlook: Annotated[tuple[Repair[Judgement], ...], Field(max_length=MAX_ITEMS)]


def item_at(brief: Brief, loc: Loc) -> Item:
    """Give the item at an item's loc: ("headline",) or (section, index)."""
    value: Any = getattr(brief, str(loc[0]))
    item: Item = value if len(loc) == 1 else value[loc[1]]
    return item


def item_loc(loc: Loc) -> Loc:
    """Give the loc of the item that holds a field."""
    return loc[:1] if loc[0] == "headline" else loc[:2]


def failing_items(verification: Verification) -> dict[Loc, tuple[Check, ...]]:
    """Give the items with failing checks, most failures first, at most `MAX_ITEMS`."""
    groups: defaultdict[Loc, list[Check]] = defaultdict(list)
    for check in verification.failing():
        groups[item_loc(check.loc)].append(check)
    ranked = sorted(groups.items(), key=lambda pair: -len(pair[1]))
    return {loc: tuple(checks) for loc, checks in ranked[:MAX_ITEMS]}


def repair_messages(
    brief: Brief, failing: dict[Loc, tuple[Check, ...]], source: Source, language: str
) -> list[Message]:
    """Give the conversation that asks for the failing items: each with its sentences and two around them.

    The sentences where the checker found a misplaced claim are shown too, and the names of the parties.
    """
    wanted: set[int] = set()
    asked: list[str] = []
    for loc, checks in failing.items():
        item = item_at(brief, loc)
        numbers = [*item.cites, *(e.sentence for c in checks for e in c.evidence)]
        for number in numbers:
            wanted.update(range(max(1, number - _CONTEXT), min(len(source.sentences), number + _CONTEXT) + 1))
        index = loc[1] if len(loc) > 1 else 0
        failures = "; ".join(_failure(check, loc) for check in checks)
        content = json.dumps(item.model_dump(mode="json"), ensure_ascii=False)
        asked.append(f"section {loc[0]}, index {index}\nitem: {content}\nfailed: {failures}")
    parties = "\n".join(f"- {party.name} ({party.as_written})" for party in brief.parties)
    user = "\n\n".join(
        [
            f"<article>\n{numbered(source, sorted(wanted))}\n</article>",
            f"Parties\n{parties}",
            "Failed items\n" + "\n\n".join(asked),
        ]
    )
    return [
        {"role": "system", "content": prompt("repair", language)},
        {"role": "user", "content": user},
    ]


def _failure(check: Check, loc: Loc) -> str:
    field = ".".join(map(str, check.loc[len(loc) :])) or "item"
    return f"{field} {check.surface!r} is {check.verdict}" + (f" ({check.note})" if check.note else "")


def replacements(repairs: Repairs, asked: frozenset[Loc]) -> dict[Loc, Item | None]:
    """Give the corrected items by loc; answers for items that were not asked for are ignored."""
    found: dict[Loc, Item | None] = {}
    for section in type(repairs).model_fields:
        for repair in getattr(repairs, section):
            loc: Loc = (section,) if section == "headline" else (section, repair.index)
            if loc in asked:
                found[loc] = repair.replacement
    return found
