"""`briefing doctor`: look at what the program needs, and say for each thing how to mend it."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from briefing.model.types import OnProgress
from briefing.settings import Settings

__all__ = ["Finding", "examine"]

_PACKAGES = (
    "instructor",
    "openai",
    "pydantic",
    "jinja2",
    "weasyprint",
    "typer",
    "rapidfuzz",
    "babel",
    "hijridate",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        what: The thing, in a word or two.
        state: good, warning (works without it) or bad (a command fails).
        text: What was seen.
        mend: What to do, "" when nothing.
        exit_code: The command's exit code when this is bad.
    """

    what: str
    state: Literal["good", "warning", "bad"]
    text: str
    mend: str = ""
    exit_code: int = 2

    def as_json(self) -> dict[str, Any]:
        """Give the finding for machines."""
        return asdict(self)


def examine(settings: Settings, *, ask_model: bool, on_progress: OnProgress | None = None) -> list[Finding]:
    """Look at Python, packages, the page's libraries and fonts, the folders, and the model.

    Args:
        settings: Which model and folder to look at.
        ask_model: Whether to ask the model a tiny question; for the embedded model this loads it.
        on_progress: Told what takes long.
    """
    findings = [_python(), _packages(), *_page(), _folder("output folder", settings.output_dir)]
    findings.append(_model(settings, ask_model, on_progress))
    return findings


def _python() -> Finding:
    return Finding("Python", "good", ".".join(map(str, sys.version_info[:3])))


def _packages() -> Finding:
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding(
            "packages", "bad", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}"
        )
    return Finding("packages", "good", ", ".join(found))


def _page() -> list[Finding]:
    from briefing.render.pdf import fonts_in_use, pango_problem

    problem = pango_problem()
    if problem:
        return [Finding("PDF", "bad", problem, "HTML is written all the same", exit_code=6)]
    return [Finding("PDF", "good", "Pango is there"), Finding("fonts", "good", ", ".join(fonts_in_use()))]


def _folder(what: str, folder: Path) -> Finding:
    existing = next((path for path in (folder, *folder.absolute().parents) if path.exists()), Path("/"))
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as exc:
        return Finding(
            what, "bad", f"{folder}: {exc.strerror}", "give another folder with --output", exit_code=7
        )
    return Finding(what, "good", f"{folder} can be written")


def _missing_embedded() -> str:
    return "" if find_spec("xllamacpp") else "xllamacpp"


def _model(settings: Settings, ask_model: bool, on_progress: OnProgress | None) -> Finding:
    from briefing.model.choose import probe_model

    model = settings.model
    named = f"{model.kind} {model.name or model.model_file or model.replay_file or ''}".strip()
    if model.base_url:
        from briefing.model.wire import public_url

        named += f" at {public_url(model.base_url)}"
    if not ask_model:
        missing = _missing_embedded() if model.kind in ("embedded", "file") else ""
        if missing:
            mend = "pip install 'briefing[local]', or plug in a model (see the README)"
            return Finding("model", "bad", f"{named}: {missing} is not installed", mend, exit_code=4)
        return Finding("model", "good", f"{named} would answer; it was not asked")
    probe = probe_model(model, on_progress)
    if probe.ok:
        return Finding("model", "good", f"{probe.name} ({named}) answered in {probe.seconds:.1f} s")
    return Finding(
        "model", "bad", f"{named}: {probe.error}", "see “Plug in a model” in the README", exit_code=4
    )
