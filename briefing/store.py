"""Reports on disk: one folder a report, written whole or not at all."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from pydantic import ValidationError

from briefing.errors import StoreError
from briefing.report import REPORT_VERSION, Report

__all__ = [
    "load_report",
    "parse_report",
    "report_folder",
    "report_json",
    "save_report",
    "write_atomic",
]

_MAX_SLUG = 60
_MAX_BYTES = 100_000_000


def report_json(report: Report) -> bytes:
    """Give the bytes of `brief.json`: the same report always gives the same bytes."""
    return (json.dumps(report.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n").encode()


def report_folder(report: Report, output: Path) -> Path:
    """Give the folder of a report: `<date>-<slug>`, from the article's date and title or first sentence.

    Letters of all scripts are kept, everything else becomes "-"; eight digits of the article's hash end it, so
    that two articles never share a folder and the same article always has the same.
    """
    title = report.source.title or report.source.sentence(1)
    plain = unicodedata.normalize("NFKC", title).lower()
    slug = re.sub(r"[\W_]+", "-", plain, flags=re.UNICODE).strip("-")
    while len(slug.encode()) > _MAX_SLUG * 2 or len(slug) > _MAX_SLUG:
        slug = slug.rpartition("-")[0] or slug[: _MAX_SLUG // 2]
    day = report.source.published or report.provenance.created_at[:10]
    parts = [day, slug, report.language, report.source.sha256[:8]]
    return output / "-".join(part for part in parts if part)


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises:
        StoreError: The folder cannot be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise StoreError(f"{path}: cannot be written: {exc.strerror}; choose another --output") from exc


def save_report(report: Report, output: Path) -> Path:
    """Write `brief.json` into the report's folder under `output` and give its path.

    Raises:
        StoreError: The folder cannot be written.
    """
    path = report_folder(report, output) / "brief.json"
    write_atomic(path, report_json(report))
    return path


def load_report(path: Path) -> Report:
    """Read a `brief.json`.

    Raises:
        StoreError: It is missing, not a report of ours, or of another version.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise StoreError(f"{path}: too large to be a report")
        raw = path.read_bytes()
    except OSError as exc:
        raise StoreError(f"{path}: cannot be read: {exc.strerror}") from exc
    return parse_report(raw, str(path))


def parse_report(raw: bytes, where: str) -> Report:
    """Read a report from the bytes of a `brief.json`.

    Raises:
        StoreError: It is not a report of ours, or of another version.
    """
    try:
        fields = json.loads(raw)
    except (UnicodeDecodeError, ValueError, RecursionError) as exc:
        raise StoreError(f"{where}: is not JSON; give a brief.json that briefing wrote") from exc
    if not isinstance(fields, dict) or "version" not in fields:
        raise StoreError(f"{where}: is not a report of briefing")
    if fields["version"] != REPORT_VERSION:
        raise StoreError(
            f"{where}: report version {fields['version']!r} is not {REPORT_VERSION}; make it again"
        )
    try:
        return Report.model_validate_json(raw)
    except ValidationError as exc:
        first = exc.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise StoreError(f"{where}: is not a whole report: {place}: {first['msg']}") from exc
