"""Write the files of one article's brief: JSON, HTML, PDF. Knows folders and formats, nothing of terminals."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from briefing.errors import RenderError
from briefing.model.types import Model
from briefing.pipeline import GenerateSettings, OnStep, generate
from briefing.report import Report
from briefing.source import Source
from briefing.store import report_folder, report_json, write_atomic

__all__ = ["ALL_FORMATS", "Format", "Output", "Produced", "produce", "write_report"]

Format: TypeAlias = Literal["json", "html", "pdf"]
ALL_FORMATS: tuple[Format, ...] = ("json", "html", "pdf")


@dataclass(frozen=True, slots=True)
class Output:
    """Where and in which forms to write.

    Attributes:
        folder: Reports get folders of their own in it.
        formats: Which files; `brief.json` is always written, since all others can be made from it.
        is_default: Whether the user chose the formats. If not, a PDF that cannot be made is a warning.
        page_size: A4 or Letter.
    """

    folder: Path
    formats: tuple[Format, ...] = ALL_FORMATS
    is_default: bool = True
    page_size: Literal["A4", "Letter"] = "A4"


@dataclass(frozen=True, slots=True)
class Produced:
    """What was made of one article: the report, the files written, what could not be made, seconds taken."""

    report: Report
    paths: tuple[Path, ...]
    warnings: tuple[str, ...] = ()
    seconds: float = field(default=0.0)


def produce(
    source: Source, model: Model, settings: GenerateSettings, output: Output, on_step: OnStep
) -> Produced:
    """Make a brief of an article and write its files.

    Raises:
        ModelError: The model gave no brief; nothing was written.
        StoreError: The folder cannot be written.
        RenderError: A page that the user asked for could not be made; the JSON is written.
    """
    begun = time.monotonic()
    report = generate(source, model, settings, on_step=on_step)
    paths, warnings = write_report(report, report_folder(report, output.folder), output, on_step)
    return Produced(report, paths, warnings, time.monotonic() - begun)


def write_report(
    report: Report, folder: Path, output: Output, on_step: OnStep
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write a report's files into a folder; give the paths, and the warnings.

    Raises:
        StoreError: The folder cannot be written.
        RenderError: A page that the user asked for could not be made; the files before it are written.
    """
    from briefing.render.html import render_html

    paths: list[Path] = []
    warnings: list[str] = []
    write_atomic(folder / "brief.json", report_json(report))
    paths.append(folder / "brief.json")
    if "html" in output.formats:
        on_step("writing the HTML page")
        write_atomic(folder / "brief.html", render_html(report).encode())
        paths.append(folder / "brief.html")
    if "pdf" in output.formats:
        from briefing.render.pdf import write_pdf

        on_step("setting the PDF")
        try:
            write_pdf(report, folder / "brief.pdf", page_size=output.page_size)
            paths.append(folder / "brief.pdf")
        except RenderError as exc:
            if not output.is_default:
                raise
            warnings.append(f"no PDF: {exc}")
    return tuple(paths), tuple(warnings)
