"""`briefing check`: one sentence, or a file of cases, against an article's text."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import typer

from briefing.checker.article import Article, Scope
from briefing.checker.text_checks import NO_PARTIES, check, check_text
from briefing.errors import SettingsError, SourceError
from briefing.report import Check
from briefing.source import Source
from briefing.text.display import display

__all__ = ["BatchOutcome", "check_batch", "check_one", "print_checks"]

MARKS = {"supported": "ok", "misplaced": "misplaced", "unsupported": "UNSUPPORTED", "unchecked": "unchecked"}
_COLOURS = {"supported": "green", "misplaced": "yellow", "unsupported": "red", "unchecked": "blue"}


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What a batch came to: lines that could not be read, and claims that are not supported."""

    n_bad: int
    n_failing: int


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
            where = f"  sentence {first.sentence}: {display(first.surface)} ({first.how})"
        note = f"  [{found.note}]" if found.note else ""
        typer.echo(f"{mark} {found.kind:<9} {display(found.surface)}{where}{display(note)}")


def check_batch(path: str, out: IO[str]) -> BatchOutcome:
    """Check a file of cases, one JSON object a line, and write one JSON object a line.

    A line that cannot be read gives `{"id", "error"}`, and the others are checked all the same.

    Raises:
        SettingsError: The file cannot be opened.
    """
    last: tuple[str, Article] | None = None
    n_bad = n_failing = 0
    for number, line in _lines(path):
        name: object = None
        try:
            case = _object(line)
            name = case.get("id")
            statement, text = _texts(case)
            if last is None or last[0] != text:
                last = (text, Article.of(Source.from_text(text)))
            checks = check_text(statement, (), Scope(None), last[1], NO_PARTIES)
            n_failing += sum(c.hard and c.verdict in ("unsupported", "misplaced") for c in checks)
            row: dict[str, Any] = {"id": name, "findings": [_finding(c) for c in checks]}
            written = json.dumps(row, ensure_ascii=False)
            written.encode()
        except (ValueError, RecursionError, SourceError) as exc:
            n_bad += 1
            reason = "is nested too deeply" if isinstance(exc, RecursionError) else str(exc)
            written = json.dumps({"id": name, "error": f"line {number}: {reason}"})
        out.write(written + "\n")
    return BatchOutcome(n_bad, n_failing)


def _lines(path: str) -> Iterator[tuple[int, bytes]]:
    try:
        with Path(path).open("rb") if path != "-" else nullcontext(sys.stdin.buffer) as file:
            yield from ((n, line) for n, line in enumerate(file, 1) if line.strip())
    except OSError as exc:
        raise SettingsError(f"{path}: cannot be read: {exc.strerror}") from exc


def _object(line: bytes) -> dict[str, Any]:
    case = json.loads(line.decode("utf-8-sig"))
    if not isinstance(case, dict):
        raise ValueError("is not a JSON object")
    return case


def _texts(case: dict[str, Any]) -> tuple[str, str]:
    for key in ("id", "statement", "source_text"):
        if key not in case:
            raise ValueError(f"has no {key!r}")
    statement, text = case["statement"], case["source_text"]
    if not isinstance(statement, str) or not isinstance(text, str):
        raise ValueError("statement and source_text must be text")
    return statement, text


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
