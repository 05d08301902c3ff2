"""Turn a news article into an intelligence brief whose numbers, dates and names are proven or flagged.

The public API on one screen; names are imported when first used, so `import briefing` costs nothing.

    load_source, Source             an article
    generate, GenerateSettings      article → Report, with a model
    open_model, ModelSettings       the model that the settings name
    verify, check                   brief or sentence against an article → verdicts
    find_quantities, find_dates, find_names, match_names    reading text
    render_html, write_pdf          Report → page
    save_report, load_report        Report on disk
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.checker.brief import verify
    from briefing.checker.text_checks import check
    from briefing.errors import BriefingError
    from briefing.intake.files import load_source
    from briefing.model.choose import open_model
    from briefing.pipeline import GenerateSettings, generate
    from briefing.render.html import render_html
    from briefing.render.pdf import write_pdf
    from briefing.report import Check, Evidence, Report, Verification
    from briefing.schema import Brief
    from briefing.settings import ModelSettings
    from briefing.source import Source
    from briefing.store import load_report, save_report
    from briefing.text.dates import DateMention, find_dates
    from briefing.text.names import NameMatch, NameMention, find_names, match_names
    from briefing.text.quantities import Quantity, find_quantities

__version__ = "0.1.0"

__all__ = [
    "Brief",
    "BriefingError",
    "Check",
    "DateMention",
    "Evidence",
    "GenerateSettings",
    "ModelSettings",
    "NameMatch",
    "NameMention",
    "Quantity",
    "Report",
    "Source",
    "Verification",
    "check",
    "find_dates",
    "find_names",
    "find_quantities",
    "generate",
    "load_report",
    "load_source",
    "match_names",
    "open_model",
    "render_html",
    "save_report",
    "verify",
    "write_pdf",
]

_HOMES = {
    "Brief": "briefing.schema",
    "BriefingError": "briefing.errors",
    "Check": "briefing.report",
    "DateMention": "briefing.text.dates",
    "Evidence": "briefing.report",
    "GenerateSettings": "briefing.pipeline",
    "ModelSettings": "briefing.settings",
    "NameMatch": "briefing.text.names",
    "NameMention": "briefing.text.names",
    "Quantity": "briefing.text.quantities",
    "Report": "briefing.report",
    "Source": "briefing.source",
    "Verification": "briefing.report",
    "check": "briefing.checker.text_checks",
    "find_dates": "briefing.text.dates",
    "find_names": "briefing.text.names",
    "find_quantities": "briefing.text.quantities",
    "generate": "briefing.pipeline",
    "load_report": "briefing.store",
    "load_source": "briefing.intake.files",
    "match_names": "briefing.text.names",
    "open_model": "briefing.model.choose",
    "render_html": "briefing.render.html",
    "save_report": "briefing.store",
    "verify": "briefing.checker.brief",
    "write_pdf": "briefing.render.pdf",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
