"""State how a report was made: model, endpoint, tokens, digests. Adds no judgement."""

from __future__ import annotations

import hashlib

from briefing.render.filters import format_moment, make_text
from briefing.render.labels import Labels
from briefing.render.rows import Fact
from briefing.report import Report
from briefing.store import report_json

__all__ = ["method_facts"]


def method_facts(report: Report, labels: Labels) -> tuple[Fact, ...]:
    """Give the lines of the method section, in the order of the page.

    Args:
        report: The report; the digest is that of its saved brief.json.
        labels: The words of the page.
    """
    made, source = report.provenance, report.source
    page = labels.language

    def fact(key: str, value: str, *, code: bool = False) -> Fact:
        return Fact(labels(f"method.{key}"), make_text(value, page, page), code)

    usage = made.usage
    tokens = f"{usage.prompt_tokens:,} / {usage.completion_tokens:,}"
    for key, count in (("cached", usage.cached_tokens), ("reasoning", usage.reasoning_tokens)):
        if count:
            tokens += f"; {labels(f'method.{key}')} {count:,}"
    rounds = "; ".join(
        labels("method.repair_line").format(
            asked=len(r.asked), changed=len(r.changed), withdrawn=len(r.withdrawn)
        )
        for r in made.repairs
    )
    n_chars, n_sentences = f"{len(source.text):,}", f"{len(source.sentences):,}"
    size = f"{labels('method.sentences')}: {n_sentences}; {labels('method.characters')}: {n_chars}"
    facts = [
        fact("model", made.model, code=True),
        fact("endpoint", made.endpoint, code=True),
        fact("plan", labels(f"plan.{made.plan}")),
        fact("prompt_version", made.prompt_version, code=True),
        fact("briefing_version", made.briefing_version, code=True),
        fact("created_at", format_moment(made.created_at, page)),
        fact("requests", f"{usage.n_requests:,}"),
        fact("tokens", tokens),
        fact("seconds", f"{usage.seconds:,.1f}"),
        fact("repairs", f"{len(made.repairs)}" + (f" ({rounds})" if rounds else "")),
        fact("article_size", size),
        fact("article_sha256", source.sha256, code=True),
        fact("brief_sha256", hashlib.sha256(report_json(report)).hexdigest(), code=True),
    ]
    if source.url:
        facts.append(fact("address", source.url, code=True))
    return tuple(facts)
