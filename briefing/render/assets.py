"""Find the packaged templates, styles, labels, icons and fonts; read them by name. Renders nothing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from briefing.errors import RenderError

__all__ = ["asset", "asset_path", "fonts_dir", "packaged_dir"]

_NAME = re.compile(r"^(?:[a-z]+/)?[A-Za-z0-9_-]+\.[a-z]+$")


@cache
def packaged_dir() -> Path:
    """Give the folder of the packaged templates: inside the package (wheel) or beside it (editable install).

    Raises:
        RenderError: Neither place has it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "templates", package.parent / "templates"):
        if (folder / "brief.html").is_file():
            return folder
    raise RenderError("the templates are missing from this installation: install briefing again")


def fonts_dir() -> Path:
    """Give the folder of the packaged fonts and their fonts.conf."""
    return packaged_dir() / "fonts"


def asset_path(name: str, template_dir: Path | None = None) -> Path:
    """Give the path of an asset: the caller's folder first, then the packaged one.

    Args:
        name: Such as "base.css" or "icons/supported.svg"; at most one folder deep, no dots in folders.
        template_dir: A folder whose files replace packaged ones of the same name.

    Raises:
        RenderError: The name is not one of an asset, or no such file exists.
    """
    if not _NAME.match(name):
        raise RenderError(f"{name!r} is not the name of a packaged file")
    for folder in (template_dir, packaged_dir()):
        if folder is not None and (folder / name).is_file():
            return folder / name
    raise RenderError(f"the file {name} is missing from the templates: install briefing again")


def asset(name: str, template_dir: Path | None = None) -> str:
    """Read an asset's text.

    Raises:
        RenderError: The file is missing, unreadable or not UTF-8.
    """
    path = asset_path(name, template_dir)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as exc:
        raise RenderError(f"cannot read the template file {name}: {exc}") from exc
