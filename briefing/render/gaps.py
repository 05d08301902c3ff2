"""Gather what the reader must not rely on: failed claims, unchecked ones, omissions. Judges nothing itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from briefing.render.charts import VERDICTS
from briefing.render.filters import Text, make_text
from briefing.render.labels import Labels
from briefing.render.passages import Passage, article_passage
from briefing.render.rows import Finding, GapRow, Gaps, OmissionRow, WithdrawnRow
from briefing.report import Check, Evidence, Loc, Omission, Report
from briefing.text.display import display

__all__ = ["MAX_OMISSIONS", "find_gaps", "findings_of", "note_text"]

MAX_OMISSIONS = 12
_FAILED = ("unsupported", "misplaced")
# Fields that hold the article's own words, not the brief's.
_NOTE_VALUE = re.compile("“([^”]*)”|([0-9]+)")
_VERBATIM = ("as_written", "place_as_written", "date_as_written")


def _language_of(check: Check, report: Report) -> str:
    verbatim = bool(check.loc) and check.loc[-1] in _VERBATIM
    return report.source.language if verbatim else _written(report)


def _written(report: Report) -> str:
    extractive = report.provenance.plan == "extractive"
    return report.source.language if extractive else report.language


def _known_note(note: str, labels: Labels) -> str | None:
    # "in full in sentence 15" is looked up as "in_full_in_sentence_N" and filled in again.
    values = [quoted or digits for quoted, digits in _NOTE_VALUE.findall(note)]
    key = _NOTE_VALUE.sub(lambda found: "“X”" if found[1] else "N", note).replace(" ", "_")
    words = labels.get(f"note.{key}")
    return words.format(*values) if words else None


def note_text(note: str, labels: Labels) -> Text:
    """Give a checker's note in the page's language where the labels have it, else in English as it stands.

    Args:
        note: Notes in English, joined with "; ".
        labels: The words of the page.
    """
    known = [_known_note(part, labels) for part in note.split("; ")]
    words = [part for part in known if part]
    if len(words) == len(known):
        return make_text(labels("word.joiner").join(words), labels.language, labels.language)
    return make_text(note, "en", labels.language)


def findings_of(checks: tuple[Check, ...], report: Report, labels: Labels) -> tuple[Finding, ...]:
    """Group the checks of one item by verdict, worst first, each claim once.

    Cites that lead to a sentence are left out: the sentence itself is shown.
    """
    findings = []
    for verdict in ("unsupported", "misplaced", "unchecked", "supported"):
        claims: dict[str, tuple[Check, str]] = {}
        notes: list[Text] = []
        for check in checks:
            if check.verdict != verdict or (check.kind == "citation" and verdict == "supported"):
                continue
            how = check.evidence[0].how if check.evidence and verdict == "supported" else "exact"
            detail = "" if how == "exact" else labels(f"how.{how}")
            claims.setdefault(check.surface, (check, detail))
            if check.note:
                notes.append(note_text(check.note, labels))
        if claims:
            texts = tuple(
                (make_text(surface, _language_of(check, report), labels.language), detail)
                for surface, (check, detail) in claims.items()
            )
            findings.append(Finding(verdict, texts, tuple(dict.fromkeys(notes))))
    return tuple(findings)


def _place(loc: Loc, labels: Labels) -> str:
    if not loc:
        return labels("place.brief")
    place = labels.get(f"place.{loc[0]}") or display(str(loc[0]))
    fields = [str(part) for part in loc[1:] if isinstance(part, str)]
    if not fields or fields[-1] == "text":
        return place
    return f"{place}: {labels.get(f'field.{fields[-1]}') or display(fields[-1])}"


def _gap(check: Check, report: Report, labels: Labels, numbers: Mapping[Loc, int]) -> GapRow:
    number = numbers.get(check.loc[:2]) or numbers.get(check.loc[:1])
    found = check.evidence[0].sentence if check.verdict == "misplaced" and check.evidence else None
    return GapRow(
        number=number,
        place=_place(check.loc, labels),
        surface=make_text(check.surface, _language_of(check, report), labels.language),
        kind=labels(f"kind.{check.kind}"),
        verdict=check.verdict,
        sentence=found,
        note=note_text(check.note, labels) if check.note else None,
        minor=not check.hard,
    )


def _context(report: Report, omission: Omission) -> Passage:
    place = Evidence(
        start=omission.start,
        end=omission.end,
        surface=omission.surface,
        sentence=omission.sentence,
        how="exact",
    )
    return article_passage(report.source, omission.sentence, [place], whole_at=0)


def find_gaps(report: Report, labels: Labels, numbers: Mapping[Loc, int]) -> Gaps:
    """Gather the gaps of a report.

    Args:
        report: The report.
        labels: The words of the page.
        numbers: Note number of each item's loc.

    Returns:
        Failed claims, hard before soft, unsupported before misplaced, then in the order of the page; counts;
        the omissions with the highest scores.
    """
    verification, brief = report.verification, report.brief
    rows = [_gap(check, report, labels, numbers) for check in verification.checks if check.verdict in _FAILED]
    rows.sort(key=lambda row: (row.minor, -VERDICTS.index(row.verdict), row.number or 0))
    counts = verification.counts()
    uncited = []
    for loc, number in numbers.items():
        found = getattr(brief, str(loc[0]))
        if not (found[loc[1]] if len(loc) > 1 else found).cites:
            uncited.append(number)
    ranked = sorted(verification.omissions, key=lambda omission: -omission.score)
    return Gaps(
        failing=tuple(rows),
        n_checked=len(verification.checks) - counts["unchecked"],
        n_unchecked=counts["unchecked"],
        uncited=tuple(sorted(uncited)),
        withdrawn=tuple(
            WithdrawnRow(
                place=_place((item.section,), labels),
                text=make_text(item.text, _written(report), labels.language),
                reason=make_text(item.reason, "en", labels.language),
            )
            for item in dict.fromkeys(item for r in report.provenance.repairs for item in r.withdrawn)
        ),
        omissions=tuple(
            OmissionRow(
                surface=make_text(o.surface, report.source.language, labels.language),
                kind=labels(f"kind.{o.kind}"),
                passage=_context(report, o),
                n_mentions=o.n_mentions,
            )
            for o in ranked[:MAX_OMISSIONS]
        ),
        n_more_omissions=max(0, len(ranked) - MAX_OMISSIONS),
    )
