"""Render a Report as one self-contained HTML file that works offline and without JavaScript."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import RenderError
from briefing.render.assets import asset, packaged_dir
from briefing.render.labels import load_labels
from briefing.render.view import build_page
from briefing.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["COLOURS", "render_html", "render_template"]

COLOURS = {
    "supported": "#1b6e42",
    "misplaced": "#c07a0c",
    "unsupported": "#a61b1b",
    "unchecked": "#8d99a8",
}
"""Fill colours of the verdict bar."""

_URL = re.compile(r'url\("(icons/[a-z0-9-]+\.svg)"\)')


@lru_cache(maxsize=4)
def _environment(template_dir: Path | None) -> Environment:
    from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

    folders = [folder for folder in (template_dir, packaged_dir()) if folder is not None]
    # autoescape=True, not select_autoescape: every template prints untrusted text.
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_template(name: str, report: Report, template_dir: Path | None, **more: object) -> str:
    """Render a template with the page's values.

    Args:
        name: "brief.html" or "brief_pdf.html".
        report: The report.
        template_dir: A folder whose files replace packaged ones of the same name.
        more: Further values for the template.

    Raises:
        RenderError: The template is missing, breaks Jinja's syntax, or asks for what is not there.
    """
    labels = load_labels(report.language, template_dir)
    page = build_page(report, labels)
    try:
        template = _environment(template_dir).get_template(name)
        return template.render(page=page, L=labels, colours=COLOURS, **more)
    except RenderError:
        raise
    except Exception as exc:  # a template is code, the caller's perhaps: it can raise anything
        raise RenderError(f"the template {name} cannot be rendered: {exc or type(exc).__name__}") from exc


@lru_cache(maxsize=4)
def _inlined_css(template_dir: Path | None) -> str:
    def data_uri(match: re.Match[str]) -> str:
        content = base64.b64encode(asset(match[1], template_dir).encode()).decode()
        return f'url("data:image/svg+xml;base64,{content}")'

    css = "".join(asset(name, template_dir) for name in ("base.css", "screen.css"))
    css = _URL.sub(data_uri, css)
    if "</" in css:
        raise RenderError("a style sheet must not contain '</': it would end the style element")
    return css


def _policy(css: str) -> str:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


def render_html(report: Report, *, template_dir: Path | None = None) -> str:
    """Render a report as a web page: one file, no script, nothing fetched.

    Args:
        report: The report; its language chooses words and direction.
        template_dir: A folder whose files replace packaged templates, styles or labels of the same name.

    Raises:
        RenderError: A template, label or style is missing or broken.
    """
    from markupsafe import Markup

    css = _inlined_css(template_dir)
    # Markup is safe here: the text is our style sheet, and the line above refuses one that ends the element.
    return render_template("brief.html", report, template_dir, css=Markup(css), csp=_policy(css), screen=True)
