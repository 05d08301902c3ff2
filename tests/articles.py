"""The fixture articles with their gold briefs and recorded replies, and what tests build out of them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from briefing.checker.brief import verify
from briefing.intake.files import load_source
from briefing.report import Provenance, Report, Usage, Verification
from briefing.schema import Brief, Figure, Statement
from briefing.source import Source

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = (
    "ar-muscat-exchange",
    "ar-saroum-blockade",
    "ar-short-border-crossing",
    "en-ceasefire-talks",
    "en-short-border-shelling",
    "en-strait-seizure",
)
BRIEFS = ("gold.en", "gold.ar", "reply.en", "reply.ar")
ALL_BRIEFS = tuple((name, which) for name in NAMES for which in BRIEFS)


@cache
def source_of(name: str) -> Source:
    return load_source(FIXTURES / name / "article.md")


def brief_fields(name: str, which: str) -> dict[str, Any]:
    """Give a brief as its file has it; for a recorded reply, that of its first answer."""
    fields: dict[str, Any] = json.loads((FIXTURES / name / f"{which}.json").read_text("utf-8"))
    return fields if which.startswith("gold") else fields["replies"][0]["content"]


def parse(fields: dict[str, Any]) -> Brief:
    return Brief.model_validate_json(json.dumps(fields))


@cache
def brief_of(name: str, which: str) -> Brief:
    return parse(brief_fields(name, which))


@cache
def verification_of(name: str, which: str) -> Verification:
    return verify(brief_of(name, which), source_of(name))


def bare_brief(**sections: Any) -> Brief:
    """Make a brief that claims nothing but what `sections` hold."""
    nothing = Statement(text="…", cites=(1,))
    empty = dict.fromkeys(("parties", "demands", "military_actions", "talks", "figures", "outlook"), ())
    return Brief(**{"headline": nothing, "bottom_line": (nothing,), **empty, **sections})


def figure(value: Any, as_written: str, cites: tuple[int, ...], **fields: Any) -> Figure:
    """Make a figure that claims no more than its number."""
    plain = {"value_max": None, "bound": "exact", "unit": None, "counts": "…", "as_of": None, "said_by": None}
    return Figure(**{**plain, "value": value, "as_written": as_written, "cites": cites, **fields})


def report_of(source: Source, brief: Brief, language: str = "en") -> Report:
    return Report(
        language=language,  # type: ignore[arg-type]
        source=source,
        brief=brief,
        verification=verify(brief, source),
        provenance=Provenance(
            model="by hand",
            endpoint="replay",
            plan="full",
            prompt_version="full-00000000",
            briefing_version="0.1.0",
            created_at="2031-03-18T06:00:00+00:00",
            usage=Usage(n_requests=1, seconds=0.25),
        ),
    )
