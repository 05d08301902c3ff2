"""`briefing verify`: take a finished brief, run every check again and say whether it still holds."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from briefing.checker.brief import verify
from briefing.errors import SourceError, StoreError
from briefing.report import Loc, Report, Verification
from briefing.source import Source
from briefing.store import load_report, parse_report

__all__ = ["Outcome", "verify_file", "verify_report"]


_MOST_PLACES = 8


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
        return _outcome(path, report, _problems(report))
    report, article = _attached(path)
    problems = list(_problems(report))
    if article != report.source.text:
        problems.append("the article attached to the PDF is not the article of the brief attached to it")
    return _outcome(path, report, tuple(problems))


def _problems(report: Report) -> tuple[str, ...]:
    """Say why a report does not hold; that the file was changed is said when nothing tells what."""
    found = verify_report(report)
    if not found and report.digest != report.content_digest():
        return ("the file was changed after briefing wrote it, somewhere outside the checks",)
    return found


def _outcome(path: Path, report: Report, problems: tuple[str, ...]) -> Outcome:
    """Attach the checks run again; where the sentences are not the article's, those of the report stand."""
    if problems and not _sentences_hold(report.source):
        return Outcome(path, report, report.verification, problems)
    again = verify(report.brief, report.source, plan=report.provenance.plan)
    return Outcome(path, report, again, problems)


def verify_report(report: Report) -> tuple[str, ...]:
    """Say why a report does not hold: changed article, changed sentences, verdicts that come out otherwise."""
    problems: list[str] = []
    source = report.source
    if hashlib.sha256(source.text.encode()).hexdigest() != source.sha256:
        problems.append("the article's text does not match its SHA-256")
    if not _sentences_hold(source):
        problems.append("the article's sentences are not where the report says")
        return tuple(problems)
    verification = verify(report.brief, source, plan=report.provenance.plan)
    places = _changed_places(report.verification, verification)
    if places:
        problems.append(f"the checks come out otherwise than the report says, at {', '.join(places)}")
    return tuple(problems)


def _sentences_hold(source: Source) -> bool:
    try:
        return Source.from_text(source.text, language=source.language).sentences == source.sentences
    except SourceError:
        return False


def _changed_places(before: Verification, now: Verification) -> tuple[str, ...]:
    """Name the claims and omissions that are not the same in both, in the order of the page."""
    changed: list[str] = []
    for pair in zip_longest(before.checks, now.checks):
        if pair[0] != pair[1]:
            changed += [_place(check.loc) for check in pair if check is not None]
    for omissions in zip_longest(before.omissions, now.omissions):
        if omissions[0] != omissions[1]:
            changed += [f"omission {o.surface!r}" for o in omissions if o is not None]
    unique = tuple(dict.fromkeys(changed))
    return unique if len(unique) <= _MOST_PLACES else (*unique[:_MOST_PLACES], "and more")


def _place(loc: Loc) -> str:
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in loc)


def _attached(path: Path) -> tuple[Report, str]:
    """Take brief.json and the article out of a PDF."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
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
