"""`briefing check`: one sentence, or a file of cases, against an article's text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import typer

from briefing.errors import SettingsError, SourceError
from briefing.report import Check
from briefing.source import Source
from briefing.verify.article import Article, Scope
from briefing.verify.text_checks import NO_PARTIES, check, check_text

__all__ = ["check_batch", "check_one", "print_checks"]

MARKS = {"supported": "ok", "misplaced": "misplaced", "unsupported": "UNSUPPORTED", "unchecked": "unchecked"}
_COLOURS = {"supported": "green", "misplaced": "yellow", "unsupported": "red", "unchecked": "blue"}


def check_one(statement: str, source: str) -> list[Check]:
    """Check a statement against an article file.

    Raises:
        SourceError: The article cannot be read.
    """
    from briefing.intake.files import load_source

    return check(statement, load_source(source))


def print_checks(checks: list[Check]) -> None:
    """Print one line a claim: verdict, kind, words, and where the article has it."""
    if not checks:
        typer.echo("no number, date or name in the statement")
    for found in checks:
        mark = typer.style(f"{MARKS[found.verdict]:<12}", fg=_COLOURS[found.verdict], bold=True)
        where = ""
        if found.evidence:
            first = found.evidence[0]
            where = f"  sentence {first.sentence}: {' '.join(first.surface.split())} ({first.how})"
        note = f"  [{found.note}]" if found.note else ""
        typer.echo(f"{mark} {found.kind:<9} {found.surface}{where}{note}")


def check_batch(path: str, out: IO[str]) -> int:
    """Check a file of cases, one JSON object a line, and write one JSON object a line.

    A line that cannot be read gives `{"id", "error"}`, and the others are checked all the same.

    Returns:
        How many lines could not be read.

    Raises:
        SettingsError: The file cannot be opened.
    """
    last: tuple[str, Article] | None = None
    n_bad = 0
    for number, line in _lines(path):
        case: dict[str, Any] = {}
        try:
            case = _case(line)
            if last is None or last[0] != case["source_text"]:
                last = (case["source_text"], Article.of(Source.from_text(case["source_text"])))
            checks = check_text(case["statement"], (), Scope(None), last[1], NO_PARTIES)
            row: dict[str, Any] = {"id": case["id"], "findings": [_finding(c) for c in checks]}
        except (ValueError, SourceError) as exc:
            n_bad += 1
            row = {"id": case.get("id"), "error": f"line {number}: {exc}"}
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return n_bad


def _lines(path: str) -> Iterator[tuple[int, str]]:
    if path == "-":
        yield from ((n, line) for n, line in enumerate(sys.stdin, 1) if line.strip())
        return
    try:
        with Path(path).open(encoding="utf-8") as file:
            yield from ((n, line) for n, line in enumerate(file, 1) if line.strip())
    except OSError as exc:
        raise SettingsError(f"{path}: cannot be read: {exc.strerror}") from exc
    except UnicodeDecodeError as exc:
        raise SettingsError(f"{path}: is not UTF-8 text") from exc


def _case(line: str) -> dict[str, Any]:
    case = json.loads(line)
    if not isinstance(case, dict):
        raise ValueError("is not a JSON object")
    for key in ("id", "statement", "source_text"):
        if key not in case:
            raise ValueError(f"has no {key!r}")
    for key in ("statement", "source_text"):
        if not isinstance(case[key], str):
            raise ValueError(f"{key!r} is not text")
    return case


def _finding(found: Check) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "surface": found.surface,
        "start": found.start,
        "end": found.end,
        "value": found.value,
        "verdict": found.verdict,
        "hard": found.hard,
        "note": found.note,
        "evidence": [{"start": e.start, "end": e.end, "surface": e.surface} for e in found.evidence],
    }
