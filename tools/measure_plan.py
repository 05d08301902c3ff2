"""Measure a plan on the fixtures: items right, given and in the gold brief, before and after the checker.

    python tools/measure_plan.py [--plan extractive|full] [--replay] [FIXTURE ...]

With no model configured the embedded one answers. An item is right when a gold item says the same:
parties: the same name; demands: the same demander, and a shared sentence; military actions: a shared sentence, the
same actor (or none) and modality; talks: a shared sentence and a shared participant; figures: the same value and a
shared sentence; outlook: a shared sentence and the same likelihood. "After" leaves out the items with a claim that
the checker flags as unsupported or misplaced.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from briefing.checker.lookup import same_name
from briefing.intake.files import load_source
from briefing.model.choose import open_model
from briefing.pipeline import GenerateSettings, generate
from briefing.report import Report
from briefing.schema import Brief
from briefing.settings import load_settings

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
SECTIONS = ("parties", "demands", "military_actions", "talks", "figures", "outlook")


def _shares(a: Any, b: Any) -> bool:
    return bool(set(a.cites) & set(b.cites))


def _written(brief: Brief, name: str | None) -> str | None:
    return next((p.as_written for p in brief.parties if name in (p.name, p.as_written)), name)


def _same(brief_a: Brief, a: str | None, brief_b: Brief, b: str | None) -> bool:
    one, two = _written(brief_a, a), _written(brief_b, b)
    return one == two or (one is not None and two is not None and same_name(one, two))


def _is_right(section: str, got: Brief, item: Any, gold: Brief, other: Any) -> bool:
    rules: dict[str, Callable[[], bool]] = {
        "parties": lambda: same_name(item.as_written, other.as_written) or same_name(item.name, other.name),
        "demands": lambda: _shares(item, other) and _same(got, item.by, gold, other.by),
        "military_actions": lambda: (
            _shares(item, other)
            and _same(got, item.actor, gold, other.actor)
            and item.modality == other.modality
        ),
        "talks": lambda: (
            _shares(item, other)
            and any(_same(got, a, gold, b) for a in item.participants for b in other.participants)
        ),
        "figures": lambda: item.value == other.value and _shares(item, other),
        "outlook": lambda: _shares(item, other) and item.likelihood == other.likelihood,
    }
    return rules[section]()


def score(report: Report, gold: Brief) -> dict[str, tuple[int, int, int, int, int]]:
    """Give for each section: right, given, right after the checker, given after it, in the gold brief."""
    rows = {}
    for section in SECTIONS:
        items = getattr(report.brief, section)
        golds = getattr(gold, section)
        right = [any(_is_right(section, report.brief, i, gold, g) for g in golds) for i in items]
        verdicts = [report.verification.verdict_at((section, n)) for n in range(len(items))]
        kept = [verdict not in ("unsupported", "misplaced") for verdict in verdicts]
        rows[section] = (
            sum(right),
            len(items),
            sum(r and k for r, k in zip(right, kept, strict=True)),
            sum(kept),
            len(golds),
        )
    return rows


def main() -> None:
    """Run the plan over the fixtures and print one table a fixture and the totals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", choices=("extractive", "full"))
    parser.add_argument("--save", type=Path, help="folder for the reports as JSON")
    parser.add_argument("fixtures", nargs="*")
    options = parser.parse_args()
    settings = load_settings()
    names = options.fixtures or sorted(path.parent.name for path in FIXTURES.glob("*/gold.en.json"))
    totals = dict.fromkeys(SECTIONS, (0, 0, 0, 0, 0))
    with open_model(settings.model) as model:
        for name in names:
            source = load_source(FIXTURES / name / "article.md")
            plan = options.plan or settings.model.default_plan
            how = GenerateSettings(plan=plan)
            begun = time.monotonic()
            report = generate(source, model, how)
            seconds = time.monotonic() - begun
            gold = Brief.model_validate_json(
                (FIXTURES / name / f"gold.{report.language}.json").read_text("utf-8")
            )
            rows = score(report, gold)
            usage = report.provenance.usage
            print(
                f"\n{name}: {seconds:.0f} s, {usage.n_requests} requests, "
                f"{usage.prompt_tokens} read ({usage.cached_tokens} cached), {usage.completion_tokens} written, "
                f"verdicts {report.verification.counts()}"
            )
            _print(rows)
            totals = {s: tuple(map(sum, zip(totals[s], rows[s], strict=True))) for s in SECTIONS}
            if options.save:
                options.save.mkdir(parents=True, exist_ok=True)
                (options.save / f"{name}.json").write_text(
                    json.dumps(report.model_dump(mode="json"), ensure_ascii=False), "utf-8"
                )
            sys.stdout.flush()
    print("\nall")
    _print(totals)


def _print(rows: dict[str, Any]) -> None:
    print(f"{'section':<18}{'right/given':>14}{'after checker':>16}{'gold':>6}")
    for section, (right, given, right_after, given_after, n_gold) in rows.items():
        print(f"{section:<18}{f'{right}/{given}':>14}{f'{right_after}/{given_after}':>16}{n_gold:>6}")


if __name__ == "__main__":
    main()
