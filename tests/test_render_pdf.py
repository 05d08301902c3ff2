from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from render_samples import empty_report, full_report, hostile_report, large_report
from test_render_html import HOSTILE

from briefing.errors import RenderError, StoreError
from briefing.render import pdf as render_pdf
from briefing.render.pdf import PANGO_HELP, fonts_in_use, pango_problem, pdf_bytes, write_pdf
from briefing.store import parse_report, report_json

needs_pango = pytest.mark.skipif(
    pango_problem() is not None and "CI" not in os.environ,
    reason=f"Pango is missing: {PANGO_HELP}",
)
VOWEL_SIGNS = set("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
PAGES = [("en", "ar"), ("en", "en"), ("ar", "ar"), ("ar", "en")]


@pytest.fixture(scope="module")
def made():
    """The PDF of each pair of page and article language, made once."""
    return {pair: pdf_bytes(full_report(*pair)) for pair in PAGES}


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    pages = []
    for page in document:
        text_page = page.get_textpage()
        pages.append(text_page.get_text_range())
        text_page.close()
        page.close()
    document.close()
    return " ".join(" ".join(pages).split())


def missing_words(content, quotations):
    """Give the words that pdfium's search, the one of browsers, does not find, and how many were sought."""
    words = {word.strip("«».,،:") for quotation in quotations for word in quotation.split()}
    missing = set(words)
    document = pypdfium2.PdfDocument(content)
    for page in document:
        text_page = page.get_textpage()
        for word in list(missing):
            searcher = text_page.search(word, match_case=True)
            if searcher.get_next():
                missing.discard(word)
            searcher.close()
        text_page.close()
        page.close()
    document.close()
    return missing, len(words)


@needs_pango
@pytest.mark.parametrize("pair", PAGES)
def test_the_words_of_every_quotation_are_found_in_the_pdf(made, pair):
    report = full_report(*pair)
    quotations = [report.source.sentence(number) for number in range(1, 9)]
    missing, n_words = missing_words(made[pair], quotations)
    # pdfium 5 moves some Arabic vowel signs out of their word; words without one are all found.
    assert {word for word in missing if not VOWEL_SIGNS & set(word)} == set()
    assert len(missing) / n_words <= 0.04


@needs_pango
def test_english_quotations_are_found_whole(made):
    report = full_report("en", "en")
    text = text_of(made["en", "en"])
    for number in range(1, 9):
        assert report.source.sentence(number) in text


@needs_pango
@pytest.mark.parametrize("pair", PAGES)
def test_the_pdf_carries_its_data_and_its_article(made, pair):
    report = full_report(*pair)
    with pikepdf.open(BytesIO(made[pair])) as document:
        files = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
    assert files == {"brief.json": report_json(report), "source.txt": report.source.text.encode()}
    assert parse_report(files["brief.json"], "attachment") == report


@needs_pango
@pytest.mark.parametrize("pair", PAGES)
def test_metadata_language_tags_and_standards(made, pair):
    report = full_report(*pair)
    with pikepdf.open(BytesIO(made[pair])) as document:
        info, root = document.docinfo, document.Root
        assert str(info.Title) == report.brief.headline.text
        assert str(info.Author) == "briefing 0.1.0"
        assert str(info.CreationDate).startswith("D:20310319063000")
        assert str(root.Lang) == pair[0]
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert len(root.AF) == 2
        assert sorted(str(spec.AFRelationship) for spec in root.AF) == ["/Data", "/Source"]
        with document.open_metadata() as xmp:
            assert xmp["pdfaid:part"] == "3"
            assert xmp["pdfaid:conformance"] == "A"
            assert xmp["pdfuaid:part"] == "1"
        with document.open_outline() as outline:
            titles = [str(item.title) for item in outline.root[0].children]
    assert outline.root[0].title == report.brief.headline.text
    assert len(titles) == 10


@needs_pango
def test_only_packaged_fonts_are_used(made):
    names = set()
    for content in made.values():
        with pikepdf.open(BytesIO(content)) as document:
            for obj in document.objects:
                if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/FontDescriptor":
                    names.add(str(obj.FontName).partition("+")[2])
                    assert "/FontFile2" in obj or "/FontFile3" in obj
    packaged = {name.partition("-")[0] for name in fonts_in_use()}
    assert {"".join(filter(str.isalnum, name)) for name in names} <= {
        f"{family}{face}" for family in packaged for face in ("", "Regular", "Medium", "SemiBold")
    }
    assert any(name.startswith("Amiri") for name in names)


@needs_pango
def test_page_sizes():
    sizes = {}
    for size in ("A4", "Letter"):
        document = pypdfium2.PdfDocument(pdf_bytes(empty_report(), page_size=size))
        sizes[size] = tuple(round(x) for x in document.get_page_size(0))
        document.close()
    assert sizes == {"A4": (595, 842), "Letter": (612, 792)}


def test_an_unknown_page_size_is_refused():
    with pytest.raises(RenderError, match="A4 or Letter"):
        pdf_bytes(empty_report(), page_size="A5")


@needs_pango
def test_laying_out_logs_no_warning(caplog):
    with caplog.at_level(logging.WARNING):
        pdf_bytes(full_report("ar", "en"))
        pdf_bytes(empty_report("ar"))
    assert caplog.records == []


@needs_pango
@pytest.mark.parametrize(
    "payload",
    ["".join(HOSTILE.values())[:590], HOSTILE["attachment link"], HOSTILE["zalgo"], "x" * 590, "ق" * 590],
    ids=["all kinds", "attachment", "zalgo", "long Latin word", "long Arabic word"],
)
def test_hostile_text_stays_text(payload):
    content = pdf_bytes(hostile_report(payload))
    with pikepdf.open(BytesIO(content)) as document:
        assert sorted(document.attachments) == ["brief.json", "source.txt"]
        kinds = {
            str(obj.S)
            for obj in document.objects
            if isinstance(obj, pikepdf.Dictionary) and "/S" in obj and "/URI" in obj
        }
        assert kinds == set()
        assert "/OpenAction" not in document.Root
        assert not any(
            isinstance(obj, pikepdf.Dictionary) and ("/JS" in obj or "/JavaScript" in obj)
            for obj in document.objects
        )


@needs_pango
@pytest.mark.parametrize(
    "element",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<img src="file:///etc/hostname">',
        '<img src="icons/nothing.svg">',
        '<img src="labels/en.json">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>p { background: url(ftp://example.org/a) }</style><p>x</p>",
    ],
)
def test_nothing_but_packaged_icons_is_fetched(tmp_path, element):
    (tmp_path / "brief_pdf.html").write_text(f"<html><title>t</title><body>{element}")
    with pytest.raises(RenderError, match="fetch"):
        pdf_bytes(empty_report(), template_dir=tmp_path)


@needs_pango
def test_two_hundred_items_with_long_names():
    content = pdf_bytes(large_report())
    document = pypdfium2.PdfDocument(content)
    assert 15 < len(document) < 60
    document.close()


@needs_pango
def test_the_same_report_gives_the_same_bytes_in_another_process(tmp_path):
    (tmp_path / "brief.json").write_bytes(report_json(full_report("ar", "ar")))
    program = (
        "import sys; from pathlib import Path; from briefing.store import load_report;"
        "from briefing.render.pdf import write_pdf;"
        "write_pdf(load_report(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    results = []
    for name, seed in (("one.pdf", "1"), ("two.pdf", "2")):
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1900000000", "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "brief.json"), str(tmp_path / name)],
            check=True,
            env=environment,
        )
        results.append((tmp_path / name).read_bytes())
    assert results[0] == results[1]
    assert b"D:20300317174640" in results[0]


@needs_pango
def test_the_same_report_gives_the_same_bytes_after_others(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    first = pdf_bytes(full_report("en", "ar"))
    pdf_bytes(full_report("ar", "en"))
    assert pdf_bytes(full_report("en", "ar")) == first


@needs_pango
def test_a_file_appears_whole(tmp_path):
    path = tmp_path / "briefs" / "brief.pdf"
    write_pdf(empty_report(), path)
    assert path.read_bytes().startswith(b"%PDF-1.7")
    assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert [file.name for file in path.parent.iterdir()] == ["brief.pdf"]


def test_a_failed_layout_leaves_the_old_file(tmp_path):
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"old")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "brief_pdf.html").write_text("{{ broken")
    with pytest.raises(RenderError):
        write_pdf(empty_report(), path, template_dir=tmp_path / "templates")
    assert path.read_bytes() == b"old"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["brief.pdf", "templates"]


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path, monkeypatch):
    monkeypatch.setattr(render_pdf, "pdf_bytes", lambda *args, **kwargs: b"%PDF")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_pdf(empty_report(), tmp_path / "file" / "brief.pdf")


@needs_pango
@pytest.mark.parametrize("error", [AssertionError("boxes"), RecursionError(), ValueError("odd")])
def test_whatever_the_layout_raises_is_a_render_error(monkeypatch, error):
    import weasyprint

    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", fail)
    with pytest.raises(RenderError, match=type(error).__name__) as caught:
        pdf_bytes(empty_report())
    assert caught.value.__cause__ is error


def test_missing_pango_names_the_packages_and_the_command(monkeypatch):
    def missing(name, *args, **kwargs):
        if name.partition(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real_import(name, *args, **kwargs)

    real_import = __import__
    monkeypatch.setattr("builtins.__import__", missing)
    render_pdf._engine.cache_clear()
    try:
        problem = pango_problem()
        with pytest.raises(RenderError, match=r"apt-get install .*libpangoft2-1\.0-0 libharfbuzz-subset0"):
            pdf_bytes(empty_report())
    finally:
        render_pdf._engine.cache_clear()
    assert problem == PANGO_HELP


def test_html_does_not_import_the_layout_engine():
    program = (
        "import sys; import briefing.render.html, briefing.render.pdf;"
        "print([m for m in sys.modules if m.partition('.')[0] in ('weasyprint', 'babel', 'jinja2')])"
    )
    result = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert json.loads(result.stdout.replace("'", '"')) == []


def test_the_font_folder_is_the_one_that_the_tool_builds():
    tool = Path(__file__).parent.parent / "tools" / "build_fonts.py"
    result = subprocess.run([sys.executable, str(tool), "--check"], capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
