"""The commands from end to end: what they write, print and return; bad input is in test_cli_bad_input.py."""

from __future__ import annotations

import copy
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cli_run import (
    NAMES,
    TALKS_AR,
    TALKS_EN,
    Run,
    article,
    assert_one_line,
    brief,
    clean_environment,
    endpoint,
    files_in,
    recording,
    reply,
    run,
)
from lxml import html
from pypdf import PdfReader, PdfWriter
from stub_server import Answer, StubServer, completion, failure

from briefing import __version__
from briefing.intake.files import load_source
from briefing.report import Report

EPOCH = {"SOURCE_DATE_EPOCH": "1900000000"}
COMMANDS = ("generate", "check", "verify", "render", "doctor")
SHORT_EN, SHORT_AR = "en-short-border-shelling", "ar-short-border-crossing"
PROGRAM = "import sys; sys.argv[0] = 'briefing'; from briefing.cli import main; main()"

# Every fixture in both languages; a PDF costs seconds, so three get one here and all of them in a slow test.
PAIRS = [(name, language) for name in NAMES for language in ("en", "ar")]
WITH_PDF = {(SHORT_EN, "en"), (SHORT_AR, "en"), ("en-strait-seizure", "ar")}


def process(*arguments: object, cwd: Path, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env={**clean_environment(), **options.pop("env", {})},
        capture_output=True,
        check=False,
        timeout=60,
        **options,
    )


@dataclass(frozen=True)
class Made:
    run: Run
    folder: Path

    @property
    def fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = json.loads((self.folder / "brief.json").read_bytes())
        return fields

    @property
    def report(self) -> Report:
        return Report.model_validate_json((self.folder / "brief.json").read_bytes())


Make = Callable[[str, str], Made]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Give a function that briefs a fixture with its recorded reply, once."""

    @cache
    def made(name: str, language: str) -> Made:
        home = tmp_path_factory.mktemp(f"{name}-{language}")
        formats = () if (name, language) in WITH_PDF else ("-f", "html")
        how = ("--replay", reply(name, language), "--language", language, *formats)
        result = run("generate", article(name), *how, cwd=home, env=EPOCH)
        (folder,) = (home / "output").iterdir()
        return Made(result, folder)

    return made


# generate


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_generate_writes_a_fixture(name: str, language: str, make: Make) -> None:
    made = make(name, language)
    assert made.run.code == 0, made.run
    assert made.run.err == ""
    wanted = ["brief.html", "brief.json", *(["brief.pdf"] if (name, language) in WITH_PDF else [])]
    assert files_in(made.folder) == wanted
    report = made.report
    assert made.folder.name.startswith(f"{report.source.published}-")
    assert len(made.folder.name) > len("2031-03-18-")
    assert report.language == language
    assert report.source.language == name[:2]
    assert report.provenance.model == "recorded-strong"
    assert sum(report.verification.counts().values()) == len(report.verification.checks) > 100
    root = html.parse(made.folder / "brief.html").getroot()
    assert (root.get("lang"), root.get("dir")) == (language, "rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_generate_prints_items_verdicts_tokens_time_and_paths(name: str, language: str, make: Make) -> None:
    made = make(name, language)
    out = made.run.out
    counts = made.report.verification.counts()
    numbers = [len(made.report.verification.checks), *counts.values()]
    assert re.search(r"\n +all +" + " +".join(map(str, numbers)) + r" *\n", out), out
    for section in ("headline", "bottom line", "parties", "demands", "military actions", "figures"):
        assert re.search(rf"\n {section} +\d+", out)
    for heading in ("supported", "misplaced", "unsupported", "unchecked"):
        assert heading in out
    assert re.search(r"\d+\.\d s, \d+ requests, \d[\d,]* tokens read .* by recorded-strong; full plan", out)
    paths = [line.removeprefix("wrote ") for line in out.splitlines() if line.startswith("wrote ")]
    assert [Path(path).name for path in paths] == sorted(
        files_in(made.folder), key=["brief.json", "brief.html", "brief.pdf"].index
    )
    home = made.folder.parents[1]
    assert all((home / path).is_file() for path in paths)
    assert "\x1b" not in out


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_a_recorded_strong_reply_is_wholly_supported(name: str, language: str, make: Make) -> None:
    failing = [(c.loc, c.surface, c.verdict) for c in make(name, language).report.verification.failing()]
    assert failing == []


@pytest.mark.parametrize(("name", "language"), sorted(WITH_PDF))
def test_generate_attaches_the_brief_and_the_article_to_the_pdf(name: str, language: str, make: Make) -> None:
    made = make(name, language)
    pdf = PdfReader(made.folder / "brief.pdf")
    assert pdf.attachments["brief.json"][0] == (made.folder / "brief.json").read_bytes()
    assert pdf.attachments["source.txt"][0].decode("utf-8") == made.report.source.text
    assert pdf.root_object["/Lang"] == language
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


@pytest.mark.slow
@pytest.mark.skipif(
    os.environ.get("BRIEFING_TEST_LOCAL_MODEL") != "1", reason="half a minute: runs in make test-slow"
)
@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_generate_makes_a_pdf_of_every_fixture(name: str, language: str, tmp_path: Path) -> None:
    how = ("--replay", reply(name, language), "--language", language)
    result = run("generate", article(name), *how, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    (pdf,) = (tmp_path / "output").glob("*/brief.pdf")
    assert files_in(pdf.parent) == ["brief.html", "brief.json", "brief.pdf"]
    assert run("verify", pdf).code == 0


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    path = tmp_path / "talks.txt"
    path.write_text(TALKS_EN, "utf-8")
    return path


@pytest.fixture
def good(tmp_path: Path) -> str:
    """Give a recording of one brief that TALKS_EN supports."""
    return recording(tmp_path / "good.json", brief("Envoys of Orsevan and Belkhar met in Amman"))


@pytest.fixture
def false(tmp_path: Path) -> str:
    """Give a recording of one brief with a number that TALKS_EN has not."""
    return recording(tmp_path / "false.json", brief("At least 99 people were killed in Tal Shirin", (2,)))


def test_generate_as_json(tmp_path: Path, talks: Path, good: str) -> None:
    result = run("generate", talks, "--replay", good, "--json", "-f", "html", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    (made,) = result.json["briefs"]
    assert result.json["failed"] == []
    assert set(made["verdicts"]) == {"supported", "misplaced", "unsupported", "unchecked"}
    assert made["verdicts"]["supported"] > 0
    assert made["n_failing"] == 0
    assert made["usage"]["n_requests"] == 1
    assert made["seconds"] >= 0
    assert [Path(path).name for path in made["paths"]] == ["brief.json", "brief.html"]
    assert all((tmp_path / path).is_file() for path in made["paths"])


def test_generate_briefs_several_articles_at_once(tmp_path: Path, talks: Path) -> None:
    arabic = tmp_path / "محادثات.txt"
    arabic.write_text(TALKS_AR, "utf-8")
    replay = recording(tmp_path / "r.json", brief("Envoys met in Amman"), brief("Envoys met in Amman"))
    result = run("generate", talks, arabic, "--replay", replay, "-f", "json", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert len(files_in(tmp_path / "output")) == 2
    assert result.out.count("wrote ") == 2


@pytest.mark.parametrize(
    ("formats", "wanted"),
    [
        (("json",), {"brief.json"}),
        (("html",), {"brief.json", "brief.html"}),
        (("pdf",), {"brief.json", "brief.pdf"}),
        (("html", "html", "json"), {"brief.json", "brief.html"}),
    ],
    ids=lambda value: "+".join(sorted(value)),
)
def test_generate_writes_the_formats_asked_for(
    formats: tuple[str, ...], wanted: set[str], tmp_path: Path, talks: Path, good: str
) -> None:
    asked = [word for name in formats for word in ("--format", name)]
    result = run("generate", talks, "--replay", good, *asked, "-o", "made", cwd=tmp_path)
    assert result.code == 0, result
    assert {Path(path).name for path in files_in(tmp_path / "made")} == wanted
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("size", ["Letter", "letter"])
def test_generate_letter(size: str, tmp_path: Path, talks: Path, good: str) -> None:
    result = run("generate", talks, "--replay", good, "-f", "pdf", "--page-size", size, cwd=tmp_path)
    assert result.code == 0, result
    (pdf,) = (tmp_path / "output").glob("*/brief.pdf")
    assert [round(float(side)) for side in PdfReader(pdf).pages[0].mediabox[2:]] == [612, 792]


def test_generate_strict_keeps_the_brief_and_exits_with_5(tmp_path: Path, talks: Path, false: str) -> None:
    result = run("generate", talks, "--replay", false, "--strict", "-f", "html", cwd=tmp_path)
    assert result.code == 5
    assert result.err == "briefing: 1 claims are not supported; they are marked in the brief\n" or (
        result.err.startswith("briefing: ") and result.err.count("\n") == 1
    )
    assert {Path(path).name for path in files_in(tmp_path / "output")} == {"brief.json", "brief.html"}
    (page,) = (tmp_path / "output").glob("*/brief.html")
    assert "unsupported" in page.read_text("utf-8").lower()


def test_generate_strict_as_json_still_prints_json(tmp_path: Path, talks: Path, false: str) -> None:
    result = run("generate", talks, "--replay", false, "--strict", "-f", "json", "--json", cwd=tmp_path)
    assert result.code == 5
    assert result.json["briefs"][0]["n_failing"] >= 1


def test_generate_strict_with_a_supported_brief(tmp_path: Path, talks: Path, good: str) -> None:
    assert run("generate", talks, "--replay", good, "--strict", "-f", "json", cwd=tmp_path).code == 0


def test_generate_without_strict_says_what_is_flagged(tmp_path: Path, talks: Path, false: str) -> None:
    result = run("generate", talks, "--replay", false, "-f", "json", cwd=tmp_path)
    assert result.code == 0
    assert "unsupported: headline text: 99" in result.out


def test_generate_again_replaces_the_brief(tmp_path: Path, talks: Path, good: str, false: str) -> None:
    for replay in (false, good):
        assert run("generate", talks, "--replay", replay, "-f", "json", cwd=tmp_path).code == 0
    (path,) = (tmp_path / "output").glob("*/*")
    assert (
        json.loads(path.read_bytes())["brief"]["headline"]["text"]
        == "Envoys of Orsevan and Belkhar met in Amman"
    )


FRONT = "---\ntitle: Talks\npublished: 2031-10-07\n---\n"
ARTICLE_FORMS = {
    "talks.txt": FRONT + "Talks in Amman\n\n" + TALKS_EN,
    "talks.md": FRONT
    + "# Talks in **Amman**\n\n"
    + TALKS_EN.replace("Orsevan", "[Orsevan](https://example.org)"),
    "talks.html": "<!doctype html><html lang=en><head><title>Talks</title><style>p {color: red}</style></head>"
    f"<body><nav>Home</nav><article><h1>Talks in Amman</h1><p>{TALKS_EN.replace('. ', '.</p><p>')}</p>"
    "</article><script>track(77)</script></body></html>",
    "talks": FRONT + "Talks in Amman\n\n" + TALKS_EN,
}


@pytest.mark.parametrize("name", ARTICLE_FORMS)
def test_generate_reads_text_markdown_and_html(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ARTICLE_FORMS[name], "utf-8")
    said = brief("Envoys of Orsevan and Belkhar met in Amman; 16 people were killed", (1, 2, 3))
    replay = recording(tmp_path / "replay.json", said)
    result = run("generate", name, "--replay", replay, "--strict", "-f", "json", cwd=tmp_path)
    assert result.code == 0, result
    (path,) = (tmp_path / "output").glob("*/brief.json")
    text = json.loads(path.read_bytes())["source"]["text"]
    assert not re.search(r"[<>*\[#]|track|color|Home|---", text)


def test_generate_reads_standard_input(tmp_path: Path, good: str) -> None:
    result = run("generate", "-", "--replay", good, "-f", "json", cwd=tmp_path, stdin=TALKS_EN.encode())
    assert (result.code, result.err) == (0, "")
    (path,) = (tmp_path / "output").glob("*/brief.json")
    assert json.loads(path.read_bytes())["source"]["text"] == TALKS_EN.strip("\n")


def test_generate_with_the_plan_that_chooses_passages_asks_for_no_whole_brief(
    tmp_path: Path, talks: Path
) -> None:
    with StubServer([failure(400)]) as server:
        run("generate", talks, *endpoint(server), "--plan", "extractive", cwd=tmp_path)
        run("generate", talks, *endpoint(server), "--plan", "full", cwd=tmp_path)
        run("generate", talks, *endpoint(server), cwd=tmp_path)
        schemas = [json.dumps(request.json["response_format"]) for request in server.requests]
    assert ["headline" in schema for schema in schemas] == [False, True, True]


def test_generate_mends_an_item_at_the_endpoint(tmp_path: Path, talks: Path) -> None:
    wrong = brief("At least 99 people were killed in Tal Shirin", (2,))
    wrong["bottom_line"] = [{"cites": [1], "text": "Envoys met in Amman"}]
    mended = {
        "index": 0,
        "replacement": {"cites": [2], "text": "At least 16 people were killed in Tal Shirin"},
    }
    repairs = {**{section: [] for section in wrong}, "headline": [mended]}
    with StubServer([completion(wrong), completion(repairs)]) as server:
        result = run("generate", talks, *endpoint(server), "--strict", "-f", "json", "--json", cwd=tmp_path)
        first, second = (json.dumps(request.json, ensure_ascii=False) for request in server.requests)
    assert result.code == 0, result
    assert result.json["briefs"][0]["usage"]["n_requests"] == 2
    assert "99 people" not in first
    assert "99 people" in second
    assert "Envoys met in Amman" not in second  # what held is not asked for again


def test_generate_with_no_round_of_repair_asks_once(tmp_path: Path, talks: Path) -> None:
    wrong = brief("At least 99 people were killed in Tal Shirin", (2,))
    with StubServer([completion(wrong)]) as server:
        result = run("generate", talks, *endpoint(server), "--repair", "0", "-f", "json", cwd=tmp_path)
        assert len(server.requests) == 1
    assert result.code == 0, result


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_arabic_letters_breaks_nothing(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text(TALKS_AR, "utf-8")
    replay = recording(tmp_path / "r.json", brief("قُتل 99 شخصا في أنقرة", (2,)))
    result = run(
        "generate", path, "--replay", replay, "-l", "ar", "-f", "json", cwd=tmp_path, encoding=encoding
    )
    assert result.code == 0, result
    checked = run("check", "قُتل 99 شخصا", "--source", path, cwd=tmp_path, encoding=encoding)
    assert checked.code == 0, checked


# Processes: pipes, terminals, signals


def test_a_process_writes_nothing_but_the_result(tmp_path: Path) -> None:
    done = process(
        *("generate", article(SHORT_AR), "--replay", reply(SHORT_AR, "ar"), "-l", "ar", "--json"),
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stderr == b""
    (made,) = json.loads(done.stdout)["briefs"]
    assert files_in(tmp_path / made["folder"]) == ["brief.html", "brief.json", "brief.pdf"]


@pytest.mark.parametrize("quiet", [False, True], ids=["progress", "quiet"])
def test_progress_goes_to_the_terminal_of_standard_error_alone(
    quiet: bool, tmp_path: Path, talks: Path
) -> None:
    slow = Answer(completion(brief("Envoys met in Amman")).body, delay_s=0.8)
    with StubServer([slow]) as server:
        command = ("generate", talks, *endpoint(server), "-f", "json", *(["--quiet"] if quiet else []))
        result = run(*command, cwd=tmp_path, terminal=True)
    assert result.code == 0, result
    assert ("writing the brief" in result.err) is not quiet
    assert "\n" not in result.err
    assert "writing the brief" not in result.out
    assert "\x1b" not in result.out
    assert "wrote output" in result.out


def test_stopping_a_run_leaves_no_traceback_and_no_file(tmp_path: Path, talks: Path) -> None:
    with StubServer([Answer(b"", delay_s=8)]) as server:
        # A shell's background jobs ignore the signal, and so would the program that inherits that.
        listens = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        command = [sys.executable, "-c", listens + PROGRAM, "generate", str(talks), *endpoint(server)]
        running = subprocess.Popen(
            command, cwd=tmp_path, env=clean_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        deadline = time.monotonic() + 30
        while not server.requests and time.monotonic() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err.decode().strip() in ("", "briefing: stopped")
    assert out == b""
    assert files_in(tmp_path) == ["talks.txt"]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    case = {"id": "1" * 500, "statement": "16 people", "source_text": "16 people died."}
    (tmp_path / "cases.jsonl").write_text((json.dumps(case) + "\n") * 1000, "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "check", "--batch", "cases.jsonl"],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline().startswith(b'{"id": "111')
    running.stdout.close()
    err = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(timeout=30) == 0, err
    assert err == ""


# Help


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_an_example(command: str, option: str, tmp_path: Path) -> None:
    result = run(*command.split(), option, cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert re.search(rf"Example:\s+briefing {command}", " ".join(result.out.split())), result.out
    assert f"{command} [OPTIONS]" in result.out


def test_help_lists_every_command(tmp_path: Path) -> None:
    out = run("--help", cwd=tmp_path).out
    assert all(re.search(rf"\n +{command} +\w", out) for command in COMMANDS)
    assert "..." not in out.partition("Commands:")[2]  # no summary is cut short


def test_help_does_not_depend_on_settings(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text("broken [", "utf-8")
    assert run("generate", "--help", cwd=tmp_path, env={"BRIEFING_TIMEOUT": "x"}).code == 0


def test_version(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).out == f"briefing {__version__}\n"


HEAVY = {
    "openai",
    "instructor",
    "weasyprint",
    "rich.console",
    "rich.table",
    "jinja2",
    "lxml.html",
    "babel",
    "httpx2",
}
PROBE = PROGRAM.replace("main()", "\ntry: main()\nfinally: print(*sys.modules, sep='\\n', file=sys.stderr)")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], HEAVY | {"pydantic", "rapidfuzz", "asyncio"}),
        (["generate", "--help"], HEAVY | {"rapidfuzz", "asyncio"}),  # Typer itself takes pydantic
        (["--version"], HEAVY | {"pydantic", "rapidfuzz", "asyncio"}),
        (["check", "16 people", "--source", article(SHORT_EN)], HEAVY | {"asyncio"}),
    ],
    ids=lambda value: " ".join(value)[:20] if isinstance(value, list) else "",
)
def test_quick_commands_import_nothing_heavy(arguments: list[str], heavy: set[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *arguments],
        cwd=tmp_path,
        env=clean_environment(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0
    loaded = set(done.stderr.decode().split("\n"))
    assert "briefing.cli" in loaded
    assert loaded & heavy == set()


# check


@dataclass(frozen=True)
class Statement:
    id: str
    text: str
    name: str
    verdicts: dict[str, str]


STATEMENTS = [
    Statement(
        "English on English",
        "At least 16 people were killed in Tal Shirin and 61 wounded.",
        SHORT_EN,
        {"16": "supported", "Tal Shirin": "supported", "61": "supported"},
    ),
    Statement(
        "one digit off",
        "At least 18 people were killed in Tal Shirin.",
        SHORT_EN,
        {"18": "unsupported", "Tal Shirin": "supported"},
    ),
    Statement(
        "another place and person",
        "Mayor Lena Tolmaz spoke in Ankara.",
        SHORT_EN,
        {"Lena Tolmaz": "unsupported", "Ankara": "unsupported"},
    ),
    Statement(
        "a weekday told as a date",
        "Shells hit Tal Shirin on 5 October 2031.",
        SHORT_EN,
        {"5 October 2031": "supported", "Tal Shirin": "supported"},
    ),
    Statement(
        "another day", "Shells hit Tal Shirin on 4 October 2031.", SHORT_EN, {"4 October 2031": "unsupported"}
    ),
    Statement(
        "Arabic on Arabic",
        "قُتل ثلاثة جنود عند معبر الرمّانية، وستُنشر 250 جنديا في 9 أيار.",
        SHORT_AR,
        {"ثلاثة": "supported", "250": "supported", "9 أيار": "supported"},
    ),
    Statement("Arabic, one off", "قُتل سبعة عشر جنديا.", SHORT_AR, {"سبعة عشر": "unsupported"}),
    Statement("Arabic digits", "عبرت ٤٣٠ شاحنة يوميا.", SHORT_AR, {"٤٣٠": "supported"}),
    Statement(
        "English on Arabic",
        "Six shells fell 800 metres from the crossing; officers will meet in Baghdad.",
        SHORT_AR,
        {"Six": "supported", "800": "supported", "Baghdad": "supported"},
    ),
    Statement(
        "English on Arabic, another place",
        "Officers of the two sides will meet in Cairo.",
        SHORT_AR,
        {"Cairo": "unsupported"},
    ),
    Statement(
        "Arabic on English",
        "قُتل 16 شخصا على الأقل، ويلتقي المبعوثون في عمّان.",
        SHORT_EN,
        {"16": "supported", "عمّان": "supported"},
    ),
    Statement("nothing to check", "nothing was said about it.", SHORT_EN, {}),
]


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda c: c.id)
def test_check_a_statement(case: Statement, tmp_path: Path) -> None:
    result = run("check", case.text, "--source", article(case.name), "--json", cwd=tmp_path)
    assert (result.code, result.err) == (0, "")
    text = load_source(article(case.name)).text
    found = result.json
    verdicts = {check["surface"]: check["verdict"] for check in found}
    assert {surface: verdicts.get(surface) for surface in case.verdicts} == case.verdicts
    assert case.verdicts or found == []
    for check in found:
        assert case.text[check["start"] : check["end"]] == check["surface"]
        assert check["kind"] in ("quantity", "date", "name")
        assert bool(check["evidence"]) == (check["verdict"] == "supported")
        for evidence in check["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["surface"]


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda c: c.id)
def test_check_strict_exits_with_5_when_a_claim_has_no_support(case: Statement, tmp_path: Path) -> None:
    result = run("check", case.text, "--source", article(case.name), "--strict", cwd=tmp_path)
    assert result.code == (5 if "unsupported" in case.verdicts.values() else 0), result
    for surface, verdict in case.verdicts.items():
        (line,) = [line for line in result.out.splitlines() if surface in line.split("sentence")[0]]
        assert ("UNSUPPORTED" in line) == (verdict == "unsupported")
    assert case.verdicts or "no number, date or name" in result.out


def test_check_against_standard_input(tmp_path: Path) -> None:
    result = run("check", "16 people died.", "-s", "-", "--strict", cwd=tmp_path, stdin=TALKS_EN.encode())
    assert result.code == 0, result
    assert "16" in result.out


def test_check_asks_no_model(tmp_path: Path) -> None:
    env = {"BRIEFING_MODEL": "stub", "BRIEFING_BASE_URL": "not an address"}
    assert run("check", "16 people", "--source", article(SHORT_EN), cwd=tmp_path, env=env).code == 0


@pytest.mark.parametrize(
    "digits", ["9" * 6000, "1" + ",000" * 2000, "9.9e999999999", "٩" * 6000], ids=lambda d: d[:9]
)
def test_check_a_number_without_end(digits: str, tmp_path: Path) -> None:
    result = run("check", f"{digits} people died.", "--source", article(SHORT_EN), cwd=tmp_path)
    assert result.code == 0, result.err[-300:]


def _case(number: object, statement: str, source: str) -> str:
    return json.dumps({"id": number, "statement": statement, "source_text": source}, ensure_ascii=False)


BATCH = [
    _case("en-1", "18 people were killed in Tal Shirin", TALKS_EN),
    _case(2, "قُتل ستة عشر شخصا في تل شيرين", TALKS_AR),
    _case(None, "Nothing", TALKS_EN),
    _case("cross", "16 people were killed on 6 October 2031", TALKS_AR),
    _case("😀 code points", "😀 16 people", "😀😀 16 people died."),
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"], ids=["line feed", "Windows", "blank lines between"])
@pytest.mark.parametrize("where", ["file", "standard input"])
def test_check_a_batch(where: str, end: str, tmp_path: Path) -> None:
    raw = end.join(BATCH).encode()
    (tmp_path / "cases.jsonl").write_bytes(raw)
    if where == "file":
        result = run("check", "--batch", "cases.jsonl", cwd=tmp_path)
    else:
        result = run("check", "--batch", "-", cwd=tmp_path, stdin=raw)
    assert (result.code, result.err) == (0, "")
    rows = [json.loads(line) for line in result.out.splitlines()]
    cases = [json.loads(line) for line in BATCH]
    assert [row["id"] for row in rows] == [case["id"] for case in cases]
    verdicts = [{f["surface"]: f["verdict"] for f in row["findings"]} for row in rows]
    assert verdicts[0] == {"18": "unsupported", "Tal Shirin": "supported"}
    assert verdicts[1]["ستة عشر"] == "supported"
    assert verdicts[2] == {}
    assert verdicts[3] == {"16": "supported", "6 October 2031": "supported"}
    for case, row in zip(cases, rows, strict=True):
        assert set(row) == {"id", "findings"}
        for found in row["findings"]:
            assert set(found) >= {"kind", "surface", "start", "end", "value", "verdict", "evidence"}
            assert case["statement"][found["start"] : found["end"]] == found["surface"]
            for evidence in found["evidence"]:
                assert set(evidence) == {"start", "end", "surface"}
                assert case["source_text"][evidence["start"] : evidence["end"]] == evidence["surface"]


GOOD_LINE = _case("good", "16 people", "16 people died.").encode()
BAD_LINES = [
    ("not JSON", b"nonsense", None),
    ("half a JSON", GOOD_LINE[:30], None),
    ("a list", b"[1, 2]", None),
    ("a number", b"16", None),
    ("no statement", b'{"id": "bad", "source_text": "16"}', "bad"),
    ("no source", b'{"id": "bad", "statement": "16"}', "bad"),
    ("no id", b'{"statement": "16", "source_text": "16 people died."}', None),
    ("a statement that is a number", b'{"id": "bad", "statement": 16, "source_text": "x"}', "bad"),
    ("an empty source", _case("bad", "16", "").encode(), "bad"),
    ("a source without a word", _case("bad", "16", "16 61").encode(), "bad"),
    ("bytes that are no UTF-8", b'{"id": "bad", "statement": "\xff\xfe", "source_text": "x"}', None),
    (
        "a lone surrogate in the source",
        b'{"id": "bad", "statement": "16", "source_text": "16 a\\ud800"}',
        "bad",
    ),
    ("nesting without end", b"[" * 200_000, None),
    ("a number without end", b'{"id": ' + b"9" * 5000 + b"}", None),
]


@pytest.mark.parametrize(("bad", "known"), [c[1:] for c in BAD_LINES], ids=[c[0] for c in BAD_LINES])
@pytest.mark.parametrize("where", ["file", "standard input"])
def test_check_reports_a_bad_line_and_answers_the_others(
    where: str, bad: bytes, known: str | None, tmp_path: Path
) -> None:
    raw = b"\n".join([GOOD_LINE, b"", bad, GOOD_LINE])
    (tmp_path / "cases.jsonl").write_bytes(raw)
    if where == "file":
        result = run("check", "--batch", "cases.jsonl", cwd=tmp_path)
    else:
        result = run("check", "--batch", "-", cwd=tmp_path, stdin=raw)
    assert result.code == 3, result.err[-500:]
    assert "Traceback" not in result.err
    first, second, third = (json.loads(line) for line in result.out.splitlines())
    assert first == third
    assert first["findings"][0]["verdict"] == "supported"
    assert "line 3" in second["error"]
    assert second["id"] == known


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "\\ud800", "statement": "16 people", "source_text": "16 people died."}',
        b'{"id": 1, "statement": "16 people in \\ud800Paris", "source_text": "16 people died."}',
        b'{"id": 1, "statement": "\\u0000 16 \\u202e", "source_text": "16 people died. \\u0000"}',
    ],
    ids=["surrogate in the id", "surrogate in the statement", "control characters"],
)
def test_check_answers_or_reports_a_line_of_odd_characters(line: bytes, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join([line, GOOD_LINE]))
    result = run("check", "--batch", "cases.jsonl", cwd=tmp_path)
    assert result.code in (0, 3), result.err[-500:]
    assert [set(json.loads(row)) - {"id"} for row in result.out.splitlines()][1:] == [{"findings"}]
    assert len(result.out.splitlines()) == 2


def test_check_a_batch_that_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_bytes(b"\xef\xbb\xbf" + GOOD_LINE)
    result = run("check", "--batch", "cases.jsonl", cwd=tmp_path)
    assert result.code == 0, result


def test_check_an_empty_batch(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_bytes(b"")
    assert run("check", "--batch", "cases.jsonl", cwd=tmp_path) == Run(0, "", "")


def test_check_a_batch_strictly(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text("\n".join(BATCH), "utf-8")
    result = run("check", "--batch", "cases.jsonl", "--strict", cwd=tmp_path)
    assert result.code == 5
    assert len(result.out.splitlines()) == len(BATCH)


@pytest.mark.parametrize(
    "arguments",
    [(), ("16 people",), ("16 people", "--batch", "x.jsonl"), ("--batch", "missing.jsonl"), ("--batch", ".")],
    ids=lambda a: " ".join(a) or "nothing",
)
def test_check_without_what_it_needs(arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert_one_line(run("check", *arguments, cwd=tmp_path), 2)


# verify


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_verify_holds_a_brief_that_generate_made(name: str, language: str, make: Make) -> None:
    made = make(name, language)
    result = run("verify", made.folder / "brief.json")
    assert (result.code, result.err) == (0, ""), result
    assert "holds" in result.out
    assert "does not hold" not in result.out


@pytest.mark.parametrize(("name", "language"), sorted(WITH_PDF))
def test_verify_holds_a_pdf_that_generate_made(name: str, language: str, make: Make) -> None:
    made = make(name, language)
    result = run("verify", made.folder / "brief.pdf", "--json")
    assert (result.code, result.err) == (0, ""), result
    assert result.json["holds"] is True
    assert result.json["problems"] == []
    assert result.json["verdicts"] == made.report.verification.counts()


def test_verify_strict(tmp_path: Path, talks: Path, good: str, false: str) -> None:
    for replay, code in ((good, 0), (false, 5)):
        made = run("generate", talks, "--replay", replay, "-f", "json", "--json", cwd=tmp_path)
        path = tmp_path / made.json["briefs"][0]["folder"] / "brief.json"
        assert run("verify", path).code == 0
        assert run("verify", path, "--strict").code == code


Change = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Tampering:
    """A change to a brief.json, and what the message must say of where it is."""

    id: str
    change: Change
    says: str


def _at(report: dict[str, Any], *path: str | int) -> Any:
    node: Any = report
    for part in path:
        node = node[part]
    return node


def _set(*path: str | int, to: object) -> Change:
    def change(report: dict[str, Any]) -> None:
        node = _at(report, *path[:-1])
        assert node[path[-1]] != to
        node[path[-1]] = to

    return change


def _replace(*path: str | int, old: str, new: str) -> Change:
    def change(report: dict[str, Any]) -> None:
        node = _at(report, *path[:-1])
        assert old in node[path[-1]]
        node[path[-1]] = node[path[-1]].replace(old, new)

    return change


def _check_of(report: dict[str, Any], *loc: str | int) -> dict[str, Any]:
    found: dict[str, Any] = next(c for c in report["verification"]["checks"] if c["loc"] == list(loc))
    return found


def _edit_check(*loc: str | int, **fields: object) -> Change:
    def change(report: dict[str, Any]) -> None:
        check = _check_of(report, *loc)
        assert any(check[key] != value for key, value in fields.items())
        check.update(fields)

    return change


def _drop_check(report: dict[str, Any]) -> None:
    report["verification"]["checks"].remove(_check_of(report, "figures", 0, "value"))


def _move_evidence(report: dict[str, Any]) -> None:
    evidence = _check_of(report, "figures", 0, "value")["evidence"][0]
    evidence["start"] += 1
    evidence["end"] += 1


def _invent_evidence(report: dict[str, Any]) -> None:
    _check_of(report, "figures", 0, "value")["evidence"][0]["surface"] = "18"


def _text_and_hash(report: dict[str, Any]) -> None:
    import hashlib

    _replace("source", "text", old="at least 16", new="at least 18")(report)
    report["source"]["sha256"] = hashlib.sha256(report["source"]["text"].encode()).hexdigest()


def _drop_omission(report: dict[str, Any]) -> None:
    report["verification"]["omissions"].pop()


FIGURE = r"figures\D{0,4}[01]\b"
TAMPERINGS = [
    Tampering(
        "a digit of the article", _replace("source", "text", old="at least 16", new="at least 18"), "article"
    ),
    Tampering("a digit of the article and its hash", _text_and_hash, FIGURE),
    Tampering("the hash", _set("source", "sha256", to="0" * 64), "SHA-256|hash"),
    Tampering("the day of publication", _set("source", "published", to="2031-10-13"), "date"),
    Tampering("a sentence's span", _set("source", "sentences", 0, "end", to=5), "sentence"),
    Tampering("a sentence's number", _set("source", "sentences", 3, "number", to=40), "sentence"),
    Tampering("no sentences", _set("source", "sentences", to=[]), "sentence"),
    Tampering("a sentence beyond the text", _set("source", "sentences", -1, "end", to=10**9), "sentence"),
    Tampering(
        "a sentence that ends before it starts", _set("source", "sentences", 2, "end", to=0), "sentence"
    ),
    Tampering("a figure", _set("brief", "figures", 0, "value", to=18), FIGURE),
    Tampering("a figure times ten", _set("brief", "figures", 0, "value", to=160), FIGURE),
    Tampering("words of a figure", _set("brief", "figures", 0, "as_written", to="18"), FIGURE),
    Tampering("a headline's number", _replace("brief", "headline", "text", old="16", new="18"), "headline"),
    Tampering("a place", _set("brief", "talks", 0, "place", to="Ankara"), r"talks\D{0,4}[01]\b"),
    Tampering("a date", _set("brief", "talks", 0, "date", to="2031-10-10"), r"talks\D{0,4}[01]\b"),
    Tampering("a citation", _set("brief", "figures", 0, "cites", to=[16]), FIGURE),
    Tampering("a citation of no sentence", _set("brief", "figures", 0, "cites", to=[999]), FIGURE),
    Tampering("a verdict", _edit_check("figures", 0, "value", verdict="unsupported", evidence=[]), FIGURE),
    Tampering("how hard a check is", _edit_check("figures", 0, "value", hard=False), FIGURE),
    Tampering("a note", _edit_check("figures", 0, "value", note="confirmed by two witnesses"), FIGURE),
    Tampering("a check's value", _edit_check("figures", 0, "value", value="18"), FIGURE),
    Tampering("a check's words", _edit_check("figures", 0, "value", surface="18"), FIGURE),
    Tampering("a check that is gone", _drop_check, FIGURE),
    Tampering("evidence elsewhere", _move_evidence, FIGURE),
    Tampering("evidence with other words", _invent_evidence, FIGURE),
    Tampering("an omission that is gone", _drop_omission, "omission|leaves out|left out"),
]


@pytest.mark.parametrize("case", TAMPERINGS, ids=lambda c: c.id)
def test_verify_finds_what_was_changed_and_says_where(case: Tampering, tmp_path: Path, make: Make) -> None:
    fields = copy.deepcopy(make(SHORT_EN, "en").fields)
    case.change(fields)
    path = tmp_path / "brief.json"
    path.write_text(json.dumps(fields, ensure_ascii=False), "utf-8")
    result = run("verify", path)
    assert result.code == 5, result.err[-800:]
    assert "Traceback" not in result.err
    assert result.err.startswith(f"briefing: {path}: ")
    assert result.err.count("\n") == 1
    assert "does not hold" in result.err
    assert re.search(case.says, result.out.partition("does not hold")[2]), result.out[-600:]


def test_verify_finds_a_failed_claim_told_as_supported(tmp_path: Path, talks: Path, false: str) -> None:
    made = run("generate", talks, "--replay", false, "-f", "json", "--json", cwd=tmp_path)
    path = tmp_path / made.json["briefs"][0]["folder"] / "brief.json"
    path.write_text(path.read_text("utf-8").replace('"unsupported"', '"supported"'), "utf-8")
    result = run("verify", path, "--json")
    assert result.code == 5
    assert result.json["holds"] is False
    assert "headline" in result.json["problems"][0]


def _pdf_with(attachments: dict[str, bytes], path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    for name, content in attachments.items():
        writer.add_attachment(name, content)
    writer.write(path)


def test_verify_finds_a_pdf_whose_attachments_do_not_belong_together(tmp_path: Path, make: Make) -> None:
    made = make(SHORT_EN, "en")
    raw = (made.folder / "brief.json").read_bytes()
    path = tmp_path / "brief.pdf"
    _pdf_with({"brief.json": raw, "source.txt": TALKS_EN.encode()}, path)
    result = run("verify", path)
    assert result.code == 5, result
    assert "article" in result.err
    _pdf_with({"brief.json": raw.replace(b'"value": 16', b'"value": 18', 1), "source.txt": b""}, path)
    assert run("verify", path).code == 5
    _pdf_with({"brief.json": raw, "source.txt": made.report.source.text.encode()}, path)
    assert run("verify", path).code == 0


NOT_OURS = {
    "empty.json": b"",
    "object.json": b"{}",
    "list.json": b"[]",
    "text.json": b"Envoys met.",
    "null.json": b"null",
    "other.json": b'{"version": 1, "title": "Talks"}',
    "newer.json": b'{"version": 2}',
    "odd.json": b'{"version": {"a": [1]}}',
    "deep.json": b"[" * 200_000,
    "binary.json": bytes(range(256)),
    "utf16.json": '{"version": 1}'.encode("utf-16"),
    "nan.json": b'{"version": NaN}',
    "long.json": b'{"version": ' + b"1" * 5000 + b"}",
    "empty.pdf": b"",
    "text.pdf": b"Envoys met.",
    "header.pdf": b"%PDF-1.7\n",
    "json.pdf": b'{"version": 1}',
    "binary.pdf": bytes(range(256)) * 10,
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 1 0 R/Names 1 0 R>>endobj\n"
    b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Size 2/Root 1 0 R>>\nstartxref\n75\n%%EOF",
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_verify_a_file_that_is_not_ours(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(NOT_OURS[name])
    result = run("verify", path)
    assert_one_line(result, 7)
    assert str(path) in result.err
    if name.endswith(".json"):
        assert_one_line(run("render", path), 7)
        assert files_in(tmp_path) == [name]


@pytest.mark.parametrize("name", ["missing.json", "missing.pdf", ".", "missing/brief.json"])
def test_verify_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    assert_one_line(run("verify", name, cwd=tmp_path), 7)


@pytest.mark.parametrize("attached", [(), ("brief.json",), ("source.txt",), ("notes.txt",)], ids=str)
def test_verify_a_pdf_without_our_attachments(attached: tuple[str, ...], tmp_path: Path, make: Make) -> None:
    raw = (make(SHORT_EN, "en").folder / "brief.json").read_bytes()
    path = tmp_path / "other.pdf"
    _pdf_with(dict.fromkeys(attached, raw), path)
    result = run("verify", path)
    assert_one_line(result, 7)
    assert "attached" in result.err


@pytest.mark.parametrize("content", [b"{}", b"", b"\xff"], ids=str)
def test_verify_a_pdf_with_an_attachment_that_is_no_report(content: bytes, tmp_path: Path) -> None:
    _pdf_with({"brief.json": content, "source.txt": content}, tmp_path / "other.pdf")
    assert_one_line(run("verify", tmp_path / "other.pdf"), 7)


def test_verify_an_encrypted_pdf(tmp_path: Path, make: Make) -> None:
    writer = PdfWriter(clone_from=make(SHORT_EN, "en").folder / "brief.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    assert_one_line(run("verify", tmp_path / "locked.pdf"), 7)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_verify_a_truncated_pdf(share: float, tmp_path: Path, make: Make) -> None:
    raw = (make(SHORT_EN, "en").folder / "brief.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(raw[: int(len(raw) * share)])
    assert_one_line(run("verify", tmp_path / "cut.pdf"), 7)


def test_verify_a_truncated_pdf_as_a_process_prints_one_line(tmp_path: Path, make: Make) -> None:
    raw = (make(SHORT_EN, "en").folder / "brief.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(raw[: len(raw) // 2])
    done = process("verify", "cut.pdf", cwd=tmp_path)
    assert_one_line(Run(done.returncode, done.stdout.decode(), done.stderr.decode()), 7)


# render


def test_render_makes_the_same_bytes_again(tmp_path: Path, make: Make) -> None:
    made = make(SHORT_EN, "en")
    result = run("render", made.folder / "brief.json", "-o", tmp_path / "again", "--json", env=EPOCH)
    assert (result.code, result.err) == (0, "")
    (again,) = (tmp_path / "again").iterdir()
    assert again.name == made.folder.name
    assert result.json["paths"] == [str(again / f"brief.{ending}") for ending in ("json", "html", "pdf")]
    for name in files_in(made.folder):
        assert (again / name).read_bytes() == (made.folder / name).read_bytes(), name


@pytest.mark.parametrize(("name", "language"), PAIRS)
def test_render_makes_the_same_page_again(name: str, language: str, make: Make, tmp_path: Path) -> None:
    made = make(name, language)
    result = run("render", made.folder / "brief.json", "-o", tmp_path, "-f", "html")
    assert result.code == 0, result
    assert (tmp_path / made.folder.name / "brief.html").read_bytes() == (
        made.folder / "brief.html"
    ).read_bytes()


def test_render_writes_beside_the_brief_and_asks_no_model(tmp_path: Path, make: Make) -> None:
    raw = (make(SHORT_AR, "ar").folder / "brief.json").read_bytes()
    (tmp_path / "brief.json").write_bytes(raw)
    env = {"SOURCE_DATE_EPOCH": "1"}
    result = run(
        "render", "brief.json", "-f", "pdf", "-f", "html", "--page-size", "Letter", cwd=tmp_path, env=env
    )
    assert (result.code, result.err) == (0, "")
    assert files_in(tmp_path) == ["brief.html", "brief.json", "brief.pdf"]
    assert (tmp_path / "brief.json").read_bytes() == raw
    assert [round(float(side)) for side in PdfReader(tmp_path / "brief.pdf").pages[0].mediabox[2:]] == [
        612,
        792,
    ]
    assert run("verify", tmp_path / "brief.pdf").code == 0


def test_render_several(tmp_path: Path, make: Make) -> None:
    briefs = [make(SHORT_EN, "en").folder / "brief.json", make(SHORT_AR, "ar").folder / "brief.json"]
    result = run("render", *briefs, "-o", tmp_path, "-f", "html")
    assert result.code == 0, result
    assert len(files_in(tmp_path)) == 4


def test_render_one_bad_brief_does_not_lose_the_good_one(tmp_path: Path, make: Make) -> None:
    good = make(SHORT_EN, "en").folder / "brief.json"
    result = run("render", "missing.json", good, "-o", tmp_path / "made", "-f", "html", cwd=tmp_path)
    assert result.code == 7
    assert result.err == "briefing: missing.json: cannot be read: No such file or directory\n"
    assert len(files_in(tmp_path / "made")) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "../../escape"),
        ("published", "/…/escape"),
        ("published", "2031-10-06/../../.."),
        ("published", "last week"),
        ("sha256", "/../../../escape"),
    ],
)
def test_render_a_foreign_brief_stays_in_its_folder(
    field: str, value: str, tmp_path: Path, make: Make
) -> None:
    fields = copy.deepcopy(make(SHORT_EN, "en").fields)
    fields["source"][field] = value.replace("/…", str(tmp_path))
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    (home / "foreign.json").write_text(json.dumps(fields), "utf-8")
    result = run("render", "foreign.json", "-o", "made", "-f", "html", cwd=home)
    assert result.code in (0, 7), result.err[-800:]
    outside = [p for p in files_in(tmp_path) if not p.startswith(("a/b/foreign.json", "a/b/made/"))]
    assert outside == []


def test_render_into_a_folder_that_cannot_be_written(tmp_path: Path, make: Make) -> None:
    (tmp_path / "made").write_text("a file", "utf-8")
    result = run("render", make(SHORT_EN, "en").folder / "brief.json", "-o", tmp_path / "made", "-f", "html")
    assert_one_line(result, 7)


@pytest.mark.parametrize("arguments", [("-f", "docx"), ("--page-size", "A3")], ids=" ".join)
def test_render_with_a_wrong_option(arguments: tuple[str, ...], tmp_path: Path, make: Make) -> None:
    assert_one_line(run("render", make(SHORT_EN, "en").folder / "brief.json", *arguments, cwd=tmp_path), 2)
