"""One article in, one Report out: extract, verify, repair. The only module that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from briefing import __version__
from briefing.checker.brief import verify
from briefing.errors import ModelError
from briefing.model.prompts import brief_messages, prompt_version
from briefing.model.repair import Repairs, failing_items, item_at, repair_messages, replacements
from briefing.model.types import Model
from briefing.report import (
    Loc,
    Plan,
    Provenance,
    RepairRound,
    Report,
    Verification,
    Withdrawn,
)
from briefing.schema import Brief, Item
from briefing.source import Source

__all__ = ["GenerateSettings", "OnStep", "brief_language", "generate"]

OnStep: TypeAlias = Callable[[str], None]


class GenerateSettings(BaseModel):
    """How to make a report.

    Attributes:
        language: Language of the brief; None takes English for the full plan, and the article's own for the
            extractive plan, whose texts are passages of the article.
        plan: full (the model writes the texts) or extractive (it chooses among passages).
        repair_rounds: Most rounds of asking again for failing items; only the full plan has any.
        max_tokens: Limit on each answer, in tokens.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: Literal["en", "ar"] | None = None
    plan: Plan = "full"
    repair_rounds: int = 1
    max_tokens: int | None = None


def brief_language(source: Source, settings: GenerateSettings) -> Literal["en", "ar"]:
    """Give the language in which the brief will be."""
    if settings.language is not None:
        return settings.language
    return "ar" if settings.plan == "extractive" and source.language == "ar" else "en"


def generate(
    source: Source,
    model: Model,
    settings: GenerateSettings | None = None,
    *,
    on_step: OnStep | None = None,
    now: datetime | None = None,
) -> Report:
    """Make a checked brief of an article.

    Args:
        source: The article.
        model: Who fills the schema.
        settings: How; None for the full plan in English.
        on_step: Told what is being done, in a few words.
        now: Time to put into the report; None for the clock's.

    Returns:
        The report. Claims that the article does not support are in it, flagged.

    Raises:
        ModelError: The model gave no brief. A failing repair raises nothing: the brief stays, flagged.
    """
    settings = settings or GenerateSettings()
    language = brief_language(source, settings)
    tell = on_step or (lambda step: None)
    notes: list[str] = []
    rounds: list[RepairRound] = []
    if settings.plan == "extractive":
        from briefing.model.extractive import extract_brief

        brief, usage = extract_brief(source, model, language, on_step=tell)
        version = prompt_version("extractive")
    else:
        tell("writing the brief")
        brief, usage = model.fill(Brief, brief_messages(source, language), max_tokens=settings.max_tokens)
        version = prompt_version("full")
    tell("checking every number, date and name")
    verification = verify(brief, source, plan=settings.plan)
    if settings.plan == "full":
        for _ in range(settings.repair_rounds):
            if not verification.failing():
                break
            tell("asking again for the items that failed")
            try:
                brief, verification, done = _repair(
                    brief, verification, source, model, language, settings.max_tokens
                )
            except ModelError as exc:
                notes.append(f"the repair failed, the items stay flagged: {exc}")
                break
            rounds.append(done)
    return Report(
        language=language,
        source=source,
        brief=brief,
        verification=verification,
        provenance=Provenance(
            model=model.name,
            endpoint=model.endpoint,
            plan=settings.plan,
            prompt_version=version,
            briefing_version=__version__,
            created_at=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
            usage=sum((r.usage for r in rounds), start=usage),
            repairs=tuple(rounds),
            notes=tuple(notes),
        ),
    ).sealed()


def _repair(
    brief: Brief,
    verification: Verification,
    source: Source,
    model: Model,
    language: str,
    max_tokens: int | None,
) -> tuple[Brief, Verification, RepairRound]:
    """Ask once for the failing items, and take each answer that fails less than the item it replaces."""
    failing = failing_items(verification)
    answer, usage = model.fill(
        Repairs, repair_messages(brief, failing, source, language), max_tokens=max_tokens
    )
    offered = replacements(answer, frozenset(failing))
    changed: dict[Loc, Item] = {}
    withdrawn: dict[Loc, Withdrawn] = {}
    for loc, item in offered.items():
        if item is None:
            if loc[0] not in ("headline", "bottom_line"):
                withdrawn[loc] = _withdrawn(brief, loc, "the article does not say it")
        elif item != item_at(brief, loc):
            changed[loc] = item
    kept, better = _accepted(brief, verification, changed, source)
    n_before = len(verify(kept, source).failing())
    gone = {
        loc: note
        for loc, note in withdrawn.items()
        if len(verify(_without(kept, frozenset({loc})), source).failing()) < n_before
    }
    mended = _without(kept, frozenset(gone))
    return (
        mended,
        verify(mended, source),
        RepairRound(
            asked=tuple(failing),
            changed=better,
            withdrawn=tuple(gone.values()),
            usage=usage,
        ),
    )


def _accepted(
    brief: Brief, before: Verification, changed: dict[Loc, Item], source: Source
) -> tuple[Brief, tuple[Loc, ...]]:
    """Take the answers that leave fewer failing claims in the whole brief: all at once, else one by one.

    The whole brief counts, since a party that gets another name breaks the items that name it.
    """
    n_failing = len(before.failing())
    together = verify(_replaced(brief, changed), source)
    each_better = all(_n_failing(together, loc) < _n_failing(before, loc) for loc in changed)
    if each_better and len(together.failing()) < n_failing:
        return _replaced(brief, changed), tuple(changed)
    better: list[Loc] = []
    for loc, item in changed.items():
        attempt = _replaced(brief, {loc: item})
        n_left = len(verify(attempt, source).failing())
        if n_left < n_failing:
            brief, n_failing = attempt, n_left
            better.append(loc)
    return brief, tuple(better)


def _n_failing(verification: Verification, loc: Loc) -> int:
    return sum(check.loc[: len(loc)] == loc for check in verification.failing())


def _withdrawn(brief: Brief, loc: Loc, reason: str) -> Withdrawn:
    fields = item_at(brief, loc).model_dump(mode="json", exclude={"cites"})
    text = "; ".join(str(value) for value in fields.values() if value not in (None, [], ""))
    return Withdrawn(section=str(loc[0]), text=text, reason=reason)


def _replaced(brief: Brief, items: dict[Loc, Item]) -> Brief:
    """Give the brief with some items replaced."""
    update: dict[str, Any] = {}
    for loc, item in items.items():
        section = str(loc[0])
        if len(loc) == 1:
            update[section] = item
        else:
            row = list(update.get(section, getattr(brief, section)))
            row[int(loc[1])] = item
            update[section] = tuple(row)
    return brief.model_copy(update=update)


def _without(brief: Brief, locs: frozenset[Loc]) -> Brief:
    """Give the brief without the items at some locs."""
    update: dict[str, Any] = {}
    for section in {str(loc[0]) for loc in locs}:
        row = getattr(brief, section)
        update[section] = tuple(item for n, item in enumerate(row) if (section, n) not in locs)
    return brief.model_copy(update=update)
