"""What we add to the model's brief and save: evidence, checks, verdicts, provenance, the Report.

A *claim* is the smallest checkable piece of a brief; a *check* is a claim with a verdict and its evidence.
All models are frozen, compared by value, and read back from JSON exactly as they were written.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from briefing.schema import Brief
from briefing.source import Source

__all__ = [
    "Check",
    "CheckKind",
    "Claim",
    "Evidence",
    "How",
    "Loc",
    "Omission",
    "Plan",
    "Provenance",
    "RepairRound",
    "Report",
    "Usage",
    "Verdict",
    "Verification",
    "Withdrawn",
    "worst",
]

Loc: TypeAlias = tuple[str | int, ...]
"""Path of a field in the brief, as pydantic's: ("figures", 2, "value")."""
CheckKind: TypeAlias = Literal["quantity", "date", "name", "event", "reference", "citation"]
Verdict: TypeAlias = Literal["supported", "misplaced", "unsupported", "unchecked"]
How: TypeAlias = Literal["exact", "folded", "converted", "translated"]
Plan: TypeAlias = Literal["full", "extractive"]

REPORT_VERSION = 1

_SEVERITY: dict[str, int] = {"unsupported": 0, "misplaced": 1, "unchecked": 2, "supported": 3}


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Evidence(_Value):
    """A span of the article that proves a claim: `source.text[start:end] == surface`.

    Attributes:
        sentence: 1-based number of the sentence the span lies in.
        how: exact; folded (spelling variant); converted (digits, words, units); translated (other language).
    """

    start: int
    end: int
    surface: str
    sentence: int
    how: How


class Claim(_Value):
    """The smallest checkable piece of a brief or of a free statement.

    Attributes:
        loc: Path of the field in the brief; () for a free statement.
        kind: What sort of thing is claimed.
        start: Where the claim stands in the field's own text, half-open, code points; None when the whole
            field is the claim (a name, a date, a list of cites).
        end: See `start`.
        surface: The claim as the field prints it.
        value: What we read it as: a number, an ISO date, a folded name, a sentence number.
    """

    loc: Loc
    kind: CheckKind
    start: int | None = None
    end: int | None = None
    surface: str
    value: str


class Check(Claim):
    """A claim with its verdict and evidence.

    Attributes:
        hard: Whether a miss counts as a failure. Soft claims (0 to 2, ordinals, vague words, single common
            words) are shown but never fail a brief.
        note: One short English sentence for the reader when the verdict needs one ("bound dropped"), else "".
    """

    verdict: Verdict
    evidence: tuple[Evidence, ...] = ()
    hard: bool = True
    note: str = ""


class Omission(_Value):
    """Something that the article has and the brief leaves out; `score` 0–1 ranks it (1 is first)."""

    kind: Literal["quantity", "date", "name"]
    start: int
    end: int
    surface: str
    value: str
    sentence: int
    n_mentions: int = 1
    score: float = Field(ge=0, le=1)


class Verification(_Value):
    """Every check of a brief against its article, in the order of the brief, and the omissions, ranked."""

    checks: tuple[Check, ...]
    omissions: tuple[Omission, ...]

    def counts(self) -> dict[Verdict, int]:
        """Count the checks by verdict; all four verdicts are present."""
        found = Counter(check.verdict for check in self.checks)
        return {
            "supported": found["supported"],
            "misplaced": found["misplaced"],
            "unsupported": found["unsupported"],
            "unchecked": found["unchecked"],
        }

    def at(self, loc: Loc) -> tuple[Check, ...]:
        """Give the checks at a loc or anywhere below it."""
        return tuple(check for check in self.checks if check.loc[: len(loc)] == loc)

    def verdict_at(self, loc: Loc) -> Verdict:
        """Give the worst verdict at or below a loc; `unchecked` when there is no check."""
        return worst(self.at(loc))

    def failing(self) -> tuple[Check, ...]:
        """Give the hard checks whose verdict is unsupported or misplaced."""
        return tuple(c for c in self.checks if c.hard and c.verdict in ("unsupported", "misplaced"))


def worst(checks: tuple[Check, ...]) -> Verdict:
    """Give the worst verdict of some checks.

    Two sorts count for nothing here: that the cited sentences exist, which proves nothing of what an item says,
    and soft claims that were not found, which disproves nothing; both stay in the list of checks. Without any
    claim that counts, the verdict is `unchecked`.
    """
    verdicts: list[Verdict] = [
        c.verdict
        for c in checks
        if (c.kind != "citation" or c.verdict != "supported") and (c.hard or c.verdict == "supported")
    ]
    return min(verdicts, key=lambda v: _SEVERITY[v], default="unchecked")


class Usage(_Value):
    """What model calls took; tokens as the endpoint counted them, 0 where it does not say."""

    n_requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    reasoning_tokens: int = 0
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            n_requests=self.n_requests + other.n_requests,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            reasoning_tokens=self.reasoning_tokens + other.reasoning_tokens,
            seconds=self.seconds + other.seconds,
        )


class Withdrawn(_Value):
    """An item that the model took back when it was asked again: its section, its words, and why."""

    section: str
    text: str
    reason: str


class RepairRound(_Value):
    """One round of repair: which items were asked for again, and what became of them.

    The locs of `asked` and `changed` are those before withdrawn items were taken out.
    """

    asked: tuple[Loc, ...]
    changed: tuple[Loc, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    usage: Usage


class Provenance(_Value):
    """How a report was made.

    Attributes:
        model: Name of the language model, as the endpoint calls it.
        endpoint: Base URL without credentials, "embedded" or "replay".
        plan: full (the model writes the texts) or extractive (it chooses among passages).
        created_at: ISO time with zone.
        notes: Anything the reader should know of the making ("PDF not written: Pango is missing").
    """

    model: str
    endpoint: str
    plan: Plan
    prompt_version: str
    briefing_version: str
    created_at: str
    usage: Usage
    repairs: tuple[RepairRound, ...] = ()
    notes: tuple[str, ...] = ()


class Report(_Value):
    """A brief, its article, its verification and its provenance: all that a page or comparison needs.

    Attributes:
        digest: SHA-256 of everything else, to tell that a file was changed; "" for a report made by hand. It
            guards against slips, not against a forger, who can make a new one.
    """

    version: Literal[1] = 1
    language: Literal["en", "ar"]
    source: Source
    brief: Brief
    verification: Verification
    provenance: Provenance
    digest: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")

    def content_digest(self) -> str:
        """Give the digest that the report should have."""
        fields = self.model_dump(mode="json", exclude={"digest"})
        return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()

    def sealed(self) -> Report:
        """Give the report with its digest."""
        return self.model_copy(update={"digest": self.content_digest()})
