"""Write a Report as a PDF: tagged PDF/A-3a that carries its own data and the article it was checked against.

WeasyPrint is imported inside functions: it costs most of a second and needs Pango, a library of the system.
Nothing is fetched: the one URL fetcher serves packaged icons by exact name and refuses everything else.
"""

from __future__ import annotations

import hashlib
import os
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, Literal, TypeAlias

from briefing.errors import RenderError
from briefing.render.assets import asset, asset_path, fonts_dir
from briefing.render.html import render_template
from briefing.report import Report
from briefing.store import report_json, write_atomic

__all__ = ["PANGO_HELP", "PageSize", "fonts_in_use", "pango_problem", "pdf_bytes", "write_pdf"]

PageSize: TypeAlias = Literal["A4", "Letter"]

PANGO_HELP = (
    "no PDF can be made: the Pango library is missing. On Debian or Ubuntu run "
    "`apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0`"
)
_PACKAGED = "https://packaged.invalid/"
_ICONS = frozenset(
    f"icons/{name}.svg"
    for name in (
        *("supported", "misplaced", "unsupported", "unchecked", "arrow-ltr", "arrow-rtl"),
        *(f"pips-{n}{side}" for n in (1, 2, 3) for side in ("", "-rtl")),
    )
)


@dataclass(frozen=True, slots=True)
class _Engine:
    """What all PDFs of a process share: WeasyPrint, its fonts, the parsed styles, the fetcher."""

    weasyprint: Any
    font_config: Any
    fetcher: Any
    styles: tuple[Any, ...]


def _import_weasyprint() -> Any:
    # fontconfig reads the variable once, when Pango first asks for a font: it must be set before the import.
    os.environ["FONTCONFIG_FILE"] = str(fonts_dir() / "fonts.conf")
    try:
        with redirect_stdout(
            StringIO()
        ):  # WeasyPrint 70 prints an appeal on standard output before it raises
            import weasyprint
    except OSError as exc:
        raise RenderError(PANGO_HELP) from exc
    return weasyprint


def pango_problem() -> str | None:
    """Say why no PDF can be made (Pango is missing) and what to install; None when all is well."""
    try:
        _import_weasyprint()
    except RenderError as exc:
        return str(exc)
    return None


def fonts_in_use() -> tuple[str, ...]:
    """Give the names of the font files that every PDF is set in; fonts of the system are never used."""
    return tuple(sorted(path.name for path in fonts_dir().glob("*.ttf")))


@lru_cache(maxsize=4)
def _engine(page_size: PageSize, template_dir: Path | None) -> _Engine:
    weasyprint = _import_weasyprint()
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class PackagedOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        """Serve packaged icons by exact name; refuse every other address."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            name = url.removeprefix(_PACKAGED)
            if not url.startswith(_PACKAGED) or name not in _ICONS:
                raise ValueError(f"refused to fetch {url[:200]!r}")
            body = asset_path(name, template_dir).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": "image/svg+xml"})

    fetcher = PackagedOnly(fail_on_errors=True)
    font_config = FontConfiguration()
    sheets = [asset(name, template_dir) for name in ("base.css", "print.css")]
    sheets.append("@page { size: %s }" % page_size)  # noqa: UP031  (braces of CSS)
    styles = tuple(
        weasyprint.CSS(string=sheet, base_url=_PACKAGED, url_fetcher=fetcher, font_config=font_config)
        for sheet in sheets
    )
    return _Engine(weasyprint, font_config, fetcher, styles)


def _fatal_fetch_error() -> type[BaseException]:
    # WeasyPrint 70 derives it from BaseException, so that it passes its own handlers.
    from weasyprint.urls import FatalURLFetchingError

    error: type[BaseException] = FatalURLFetchingError
    return error


def _made_at(report: Report) -> datetime:
    # Dates inside the PDF are those of the report, so that the same report gives the same bytes.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC)
    try:
        made = datetime.fromisoformat(report.provenance.created_at)
    except ValueError:
        return datetime.now(UTC)
    return made.replace(tzinfo=UTC) if made.tzinfo is None else made.astimezone(UTC)


def _finish(template_dir: Path | None) -> Any:
    extra = asset("xmp_pdfua.xml", template_dir).encode()

    def finish(document: object, pdf: Any) -> None:
        # WeasyPrint 70 lists each attachment twice in /AF, and marks a file as PDF/A or PDF/UA, not both.
        catalog = pdf.catalog
        if "AF" in catalog:
            catalog["AF"][:] = list(dict.fromkeys(catalog["AF"]))
        metadata = pdf.objects[int(catalog["Metadata"].split()[0])]
        metadata.stream = [part.replace(b"</rdf:RDF>", extra + b"</rdf:RDF>") for part in metadata.stream]

    return finish


def pdf_bytes(report: Report, *, page_size: PageSize = "A4", template_dir: Path | None = None) -> bytes:
    """Make the PDF of a report in memory.

    Args:
        report: The report; its language chooses words and direction.
        page_size: "A4" or "Letter".
        template_dir: A folder whose files replace packaged templates, styles or labels of the same name.

    Returns:
        A PDF/A-3a file, tagged, with the attachments brief.json and source.txt. The same report gives the
        same bytes.

    Raises:
        RenderError: Pango is missing, the page size is not known, a template is broken, the layout failed.
    """
    if page_size not in ("A4", "Letter"):
        raise RenderError(f"the page size {page_size!r} is not known: use A4 or Letter")
    engine = _engine(page_size, template_dir)
    made = _made_at(report)
    html = render_template(
        "brief_pdf.html", report, template_dir, screen=False, created_w3c=made.strftime("%Y-%m-%dT%H:%M:%SZ")
    )
    attached = (
        ("brief.json", report_json(report), "All data of this brief", "Data"),
        ("source.txt", report.source.text.encode("utf-8"), "The article as checked", "Source"),
    )
    digest = hashlib.sha256(html.encode("utf-8"))
    for _, content, _, _ in attached:
        digest.update(content)
    weasyprint = engine.weasyprint
    try:
        from io import BytesIO

        attachments = [
            weasyprint.Attachment(
                file_obj=BytesIO(content),
                name=name,
                description=description,
                created=made,
                modified=made,
                relationship=relationship,
                url_fetcher=engine.fetcher,
            )
            for name, content, description, relationship in attached
        ]
        document = weasyprint.HTML(string=html, base_url=_PACKAGED, url_fetcher=engine.fetcher)
        with warnings.catch_warnings():
            # WeasyPrint 70 leaves its colour profile's file to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            result: bytes = document.write_pdf(
                font_config=engine.font_config,
                stylesheets=list(engine.styles),
                attachments=attachments,
                pdf_variant="pdf/a-3a",
                pdf_identifier=digest.hexdigest()[:32].encode(),
                finisher=_finish(template_dir),
            )
    except (Exception, _fatal_fetch_error()) as exc:  # a layout engine fails in many ways: none leaves here
        raise RenderError(
            f"the PDF could not be laid out ({type(exc).__name__}: {exc}); the HTML page has the same content"
        ) from exc
    return result


def write_pdf(
    report: Report, path: Path, *, page_size: PageSize = "A4", template_dir: Path | None = None
) -> None:
    """Write the PDF of a report; the file appears whole or not at all.

    Args:
        report: The report.
        path: The file to write; its folder is made. An existing file is replaced.
        page_size: "A4" or "Letter".
        template_dir: See `pdf_bytes`.

    Raises:
        RenderError: See `pdf_bytes`.
        StoreError: The file cannot be written.
    """
    write_atomic(path, pdf_bytes(report, page_size=page_size, template_dir=template_dir))
