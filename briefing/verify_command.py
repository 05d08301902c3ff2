"""`briefing verify`: take a finished brief, run every check again and say whether it still holds."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import SourceError, StoreError
from briefing.report import Report, Verification
from briefing.source import Source
from briefing.store import load_report, parse_report
from briefing.verify.brief import verify

__all__ = ["Outcome", "verify_file", "verify_report"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a second check of a brief found.

    Attributes:
        path: The file.
        report: The report in it.
        verification: The checks, run again.
        problems: Why the brief does not hold, one sentence each; () when it does.
    """

    path: Path
    report: Report
    verification: Verification
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the outcome for machines."""
        return {
            "path": str(self.path),
            "holds": not self.problems,
            "problems": list(self.problems),
            "verdicts": self.verification.counts(),
            "n_failing": len(self.verification.failing()),
            "failing": [check.model_dump(mode="json") for check in self.verification.failing()],
        }


def verify_file(path: Path) -> Outcome:
    """Check a `brief.json`, or a `brief.pdf` by what is attached to it.

    Raises:
        StoreError: The file cannot be read or holds no report of ours.
    """
    if path.suffix.lower() != ".pdf":
        report = load_report(path)
        return _outcome(path, report, verify_report(report))
    report, article = _attached(path)
    problems = list(verify_report(report))
    if article != report.source.text:
        problems.append("the article attached to the PDF is not the article of the brief attached to it")
    return _outcome(path, report, tuple(problems))


def _outcome(path: Path, report: Report, problems: tuple[str, ...]) -> Outcome:
    return Outcome(path, report, verify(report.brief, report.source, plan=report.provenance.plan), problems)


def verify_report(report: Report) -> tuple[str, ...]:
    """Say why a report does not hold: changed article, changed sentences, verdicts that come out otherwise."""
    problems: list[str] = []
    source = report.source
    if hashlib.sha256(source.text.encode()).hexdigest() != source.sha256:
        problems.append("the article's text does not match its SHA-256")
    try:
        again = Source.from_text(source.text, language=source.language)
        if again.sentences != source.sentences:
            problems.append("the article's sentences are not where the report says")
    except SourceError as exc:
        problems.append(str(exc))
    verification = verify(report.brief, source, plan=report.provenance.plan)
    if verification != report.verification:
        before = {(c.loc, c.start, c.surface, c.kind): c.verdict for c in report.verification.checks}
        now = {(c.loc, c.start, c.surface, c.kind): c.verdict for c in verification.checks}
        changed = sorted(str(key[0]) for key in before.keys() | now.keys() if before.get(key) != now.get(key))
        what = f"at {', '.join(dict.fromkeys(changed))}" if changed else "in their evidence"
        problems.append(f"the checks come out otherwise than the report says, {what}")
    return tuple(problems)


def _attached(path: Path) -> tuple[Report, str]:
    """Take brief.json and the article out of a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        attachments = PdfReader(path).attachments
        raw = attachments["brief.json"][0]
        article = attachments["source.txt"][0].decode("utf-8")
    except OSError as exc:
        raise StoreError(f"{path}: cannot be read: {exc.strerror}") from exc
    except KeyError as exc:
        raise StoreError(f"{path}: holds no brief: nothing named {exc.args[0]!r} is attached") from exc
    except (PyPdfError, ValueError, IndexError, RecursionError) as exc:
        raise StoreError(f"{path}: is not a PDF that can be read: {exc}") from exc
    return parse_report(raw, str(path)), article
