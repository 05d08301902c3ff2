"""What the commands print. Results go to standard output, progress and warnings to standard error."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Self

import typer

from briefing.text.display import display

if TYPE_CHECKING:
    from types import TracebackType

    from briefing.doctor import Finding
    from briefing.errors import BriefingError
    from briefing.produce import Produced
    from briefing.report import Check, Verification
    from briefing.verify_command import Outcome

__all__ = [
    "Progress",
    "print_failures",
    "print_findings",
    "print_paths",
    "print_produced",
    "print_verified",
]

_COLOURS = {"supported": "green", "misplaced": "yellow", "unsupported": "red", "unchecked": "blue"}
_SECTION_NAMES = {
    "headline": "headline",
    "bottom_line": "bottom line",
    "parties": "parties",
    "demands": "demands",
    "military_actions": "military actions",
    "talks": "talks",
    "figures": "figures",
    "outlook": "outlook",
}
_MAX_FLAGGED = 20
_TICK_S = 0.5
_SECONDS = re.compile(r" \(\d+ s\)$")


class Progress:
    """One line on standard error that says what is going on and for how long; silent when not a terminal.

    The line is redrawn by a thread, so that a long answer of a model is seen to go on.
    """

    def __init__(self, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._lock = Lock()
        self._text = ""
        self._detail = ""
        self._step_begun = time.monotonic()
        self._stop = Event()
        self._thread: Thread | None = None

    def __enter__(self) -> Self:
        if self._shown:
            self._thread = Thread(target=self._run, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()
        self.pause()

    def step(self, prefix: str, text: str) -> None:
        """Say what is being done now; `prefix` says for which of several articles."""
        with self._lock:
            self._text, self._detail = prefix + text, ""
            self._step_begun = time.monotonic()

    def share(self, text: str, share: float | None) -> None:
        """Say what the model is doing inside the step, and how much of it is done."""
        with self._lock:
            self._detail = _SECONDS.sub("", text) if share is None else f"{text} {share:.0%}"

    def pause(self) -> None:
        """Wipe the line, so that a result can be printed."""
        with self._lock:
            self._text = self._detail = ""
        if self._shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()

    def _run(self) -> None:
        while not self._stop.wait(_TICK_S):
            with self._lock:
                text = ": ".join(part for part in (self._text, self._detail) if part)
                seconds = time.monotonic() - self._step_begun
            if text:
                sys.stderr.write(f"\r\x1b[2K… {text} ({seconds:.0f} s)")
                sys.stderr.flush()


def print_produced(made: Produced) -> None:
    """Print the items and verdicts of one brief, what was flagged, time, tokens and the files."""
    report = made.report
    typer.secho(display(report.source.title or report.source.sentence(1)).strip()[:100], bold=True)
    _print_sections(report.verification)
    _print_flagged(report.verification.failing())
    usage = report.provenance.usage
    typer.echo(
        f"{made.seconds:.1f} s, {usage.n_requests} requests, {usage.prompt_tokens:,} tokens read "
        f"({usage.cached_tokens:,} cached), {usage.completion_tokens:,} written by {report.provenance.model}; "
        f"{report.provenance.plan} plan"
    )
    for note in report.provenance.notes:
        typer.secho(f"note: {display(note)}", fg="yellow")
    print_paths(made.paths, made.warnings)


def _print_sections(verification: Verification) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("section")
    for heading in ("claims", "supported", "misplaced", "unsupported", "unchecked"):
        table.add_column(heading, justify="right", style=_COLOURS.get(heading))
    for section, name in _SECTION_NAMES.items():
        checks = verification.at((section,))
        counts = [sum(c.verdict == verdict for c in checks) for verdict in _COLOURS]
        if checks:
            table.add_row(name, str(len(checks)), *(str(n) if n else "·" for n in counts))
    counts_all = verification.counts()
    table.add_section()
    table.add_row("all", str(len(verification.checks)), *(str(counts_all[v]) for v in counts_all))
    Console(file=sys.stdout).print(table)


def _print_flagged(failing: Sequence[Check]) -> None:
    for check in failing[:_MAX_FLAGGED]:
        place = " ".join(str(part + 1) if isinstance(part, int) else part for part in check.loc)
        note = f" — {check.note}" if check.note else ""
        typer.echo(
            typer.style(f"{check.verdict}", fg=_COLOURS[check.verdict])
            + f": {place}: {display(check.surface)}{display(note)}"
        )
    if len(failing) > _MAX_FLAGGED:
        typer.echo(f"… and {len(failing) - _MAX_FLAGGED} more, all marked in the brief")


def print_paths(paths: Sequence[Path], warnings: Sequence[str]) -> None:
    """Print the files written, and warnings to standard error."""
    for path in paths:
        typer.echo(f"wrote {path}")
    for warning in warnings:
        typer.secho(f"warning: {display(warning)}", fg="yellow", err=True)


def print_failures(failures: Sequence[tuple[str, BriefingError]]) -> None:
    """Print the articles that could not be briefed, to standard error."""
    for article, exc in failures:
        text = str(exc)
        label = "" if article in text else f"{article}: "
        typer.echo(f"briefing: {display(label + text)}", err=True)


def print_verified(outcome: Outcome) -> None:
    """Print the verdicts of a second check and whether the brief holds."""
    _print_sections(outcome.verification)
    _print_flagged(outcome.verification.failing())
    if outcome.problems:
        for problem in outcome.problems:
            typer.secho(f"does not hold: {display(problem)}", fg="red")
    else:
        typer.secho(f"{outcome.path}: holds: every check comes out as the brief says", fg="green")


def print_findings(findings: Sequence[Finding]) -> None:
    """Print one line a finding, and how to mend it."""
    colours = {"good": "green", "warning": "yellow", "bad": "red"}
    for finding in findings:
        mend = f"\n{'':18}→ {finding.mend}" if finding.mend else ""
        typer.echo(
            typer.style(f"{finding.state:<8}", fg=colours[finding.state])
            + f"{finding.what:<14}{finding.text}{mend}"
        )
