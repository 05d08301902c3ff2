"""The command line: parse, call one function, print. Heavy imports stay inside the commands."""

from __future__ import annotations

import gc
import sys
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.errors import BriefingError, SettingsError, UnsupportedClaims
from briefing.text.display import display

if TYPE_CHECKING:
    from briefing.produce import Output
    from briefing.settings import Settings

__all__ = ["app", "main"]

_STOPPED = 130
_GC_THRESHOLD = 100_000
"""New objects before the garbage collector looks: 700, its default, costs `briefing check` a quarter of its time
while the word tables are read."""

app = typer.Typer(
    name="briefing",
    help="Turn news articles into intelligence briefs whose every number, date and name is proven by the "
    "article or visibly flagged.",
    epilog="Example: briefing generate article.md --language ar    (briefing COMMAND --help says more)",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for machines.")]
ModelName = Annotated[str | None, typer.Option("--model", help="Name of the model at the endpoint.")]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", help="OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1."),
]
ModelFile = Annotated[Path | None, typer.Option("--model-file", help="A GGUF file to run in this process.")]
Replay = Annotated[
    Path | None, typer.Option("--replay", help="A file of recorded replies instead of a model.")
]
Timeout = Annotated[float | None, typer.Option("--timeout", help="Longest wait for one answer, in seconds.")]
OutputDir = Annotated[Path | None, typer.Option("--output", "-o", help="Folder to write into [output].")]
Formats = Annotated[
    list[str] | None, typer.Option("--format", "-f", help="json, html or pdf; may be given again [all].")
]
PageSize = Annotated[str, typer.Option("--page-size", help="A4 or Letter.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 5 when a claim is not supported.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


def main() -> None:
    """Run the command line; a `BriefingError` becomes one line and its exit code."""
    gc.set_threshold(_GC_THRESHOLD)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without the article's letters shows "?"
    try:
        app(standalone_mode=True)
    except BriefingError as exc:
        typer.echo(f"briefing: {display(str(exc))}", err=True)
        sys.exit(exc.exit_code)
    except SystemExit as exc:
        if type(sys.stdout).__name__ == "PacifyFlushWrapper":
            sys.exit(0)  # Typer's mark that the reader of our output went away, as `head` does
        if exc.code == _STOPPED:
            typer.echo("briefing: stopped", err=True)
        raise


def _version(value: bool) -> None:
    if value:
        from briefing import __version__

        typer.echo(f"briefing {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


@app.command(
    short_help="Brief articles: JSON, HTML and PDF each.",
    epilog="Example: briefing generate article.md --model gpt-5 --base-url https://api.openai.com/v1",
)
def generate(
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE...", help='Text, Markdown or HTML files; "-".')
    ],
    model: ModelName = None,
    base_url: BaseUrl = None,
    model_file: ModelFile = None,
    replay: Replay = None,
    timeout: Timeout = None,
    language: Annotated[
        str | None, typer.Option("--language", "-l", help="Language of the brief: en, ar.")
    ] = None,
    article_language: Annotated[
        str | None,
        typer.Option("--article-language", help="Language of the article, when it is told wrongly."),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            "--plan", help="full: the model writes; extractive: it chooses passages [by the model]."
        ),
    ] = None,
    repair: Annotated[int, typer.Option("--repair", min=0, max=3, help="Rounds of repair.")] = 1,
    output: OutputDir = None,
    formats: Formats = None,
    page_size: PageSize = "A4",
    strict: Strict = False,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Brief articles: a checked brief.json, brief.html and brief.pdf each, in a folder of its own."""
    from briefing.console import Progress, print_failures, print_produced
    from briefing.intake.files import load_source
    from briefing.model.choose import open_model
    from briefing.pipeline import GenerateSettings
    from briefing.produce import Produced, produce

    settings = _settings(
        model=model,
        base_url=base_url,
        model_file=model_file,
        replay_file=replay,
        timeout_s=timeout,
        language=language,
        output_dir=output,
    )
    if plan not in (None, "full", "extractive"):
        raise SettingsError(f"--plan is {plan!r}; give full or extractive")
    how = GenerateSettings(
        language=settings.language,
        plan=plan or settings.model.default_plan,
        repair_rounds=repair,
    )
    target = _output(settings, formats, page_size)
    done: list[Produced] = []
    failed: list[tuple[str, BriefingError]] = []
    sources = []
    for article in articles:
        try:
            sources.append((article, load_source(article, language=article_language)))
        except BriefingError as exc:
            failed.append((article, exc))
    if sources:
        with Progress(quiet) as progress, open_model(settings.model, progress.share) as opened:
            for n, (article, source) in enumerate(sources, 1):
                prefix = f"{n}/{len(sources)} {article}: " if len(sources) > 1 else ""
                try:
                    made = produce(source, opened, how, target, partial(progress.step, prefix))
                    done.append(made)
                    if not as_json:
                        progress.pause()
                        print_produced(made)
                except BriefingError as exc:
                    failed.append((article, exc))
    if as_json:
        _echo_json({"briefs": [_produced_json(p) for p in done], "failed": [_failed_json(f) for f in failed]})
    print_failures(failed)
    if failed:
        raise typer.Exit(max(exc.exit_code for _, exc in failed))
    n_failing = sum(len(p.report.verification.failing()) for p in done)
    if strict and n_failing:
        raise UnsupportedClaims(f"{n_failing} claims are not supported; they are marked in the brief")


@app.command(
    short_help="Check a sentence against an article.",
    epilog='Example: briefing check "At least 58 people were killed in Muscat." --source article.md',
)
def check(
    statement: Annotated[str | None, typer.Argument(help="A sentence to check.")] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", help='The article file, or "-".')] = None,
    batch: Annotated[
        str | None,
        typer.Option(
            "--batch", help='JSON lines {"id", "statement", "source_text"}; "-" for standard input.'
        ),
    ] = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Check every number, date and name of a sentence against an article. No model is used."""
    from briefing.check_command import check_batch, check_one, print_checks

    if (batch is None) == (statement is None):
        raise SettingsError("give a STATEMENT with --source, or --batch with a file of cases")
    if batch is not None:
        outcome = check_batch(batch, sys.stdout)
        if outcome.n_bad:
            typer.echo(f"briefing: {outcome.n_bad} lines could not be read; see their errors", err=True)
            raise typer.Exit(3)
        if strict and outcome.n_failing:
            raise UnsupportedClaims(f"{outcome.n_failing} claims are not supported")
        return
    if source is None or statement is None:
        raise SettingsError("give the article with --source FILE")
    checks = check_one(statement, source)
    if as_json:
        _echo_json([c.model_dump(mode="json") for c in checks])
    else:
        print_checks(checks)
    n_failing = sum(c.hard and c.verdict in ("unsupported", "misplaced") for c in checks)
    if strict and n_failing:
        raise UnsupportedClaims(f"{n_failing} of {len(checks)} claims are not supported")


@app.command(
    short_help="Check a finished brief again, offline.",
    epilog="Example: briefing verify output/2031-03-18-talks/brief.pdf",
)
def verify(
    brief: Annotated[Path, typer.Argument(metavar="BRIEF", help="A brief.json or brief.pdf.")],
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Run every check of a finished brief again, offline, and compare with what it says."""
    from briefing.console import print_verified
    from briefing.verify_command import verify_file

    outcome = verify_file(brief)
    if as_json:
        _echo_json(outcome.as_json())
    else:
        print_verified(outcome)
    if outcome.problems:
        raise UnsupportedClaims(f"{brief}: the brief does not hold: {outcome.problems[0]}")
    n_failing = len(outcome.verification.failing())
    if strict and n_failing:
        raise UnsupportedClaims(f"{brief}: {n_failing} claims are not supported")


@app.command(
    short_help="Make the pages of a brief.json again.",
    epilog="Example: briefing render output/2031-03-18-talks/brief.json --format pdf --page-size Letter",
)
def render(
    briefs: Annotated[list[Path], typer.Argument(metavar="BRIEF...", help="brief.json files.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to write into [the brief's own].")
    ] = None,
    formats: Formats = None,
    page_size: PageSize = "A4",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Make the pages of a finished brief again from its brief.json; no model is used."""
    from briefing.console import Progress, print_failures, print_paths
    from briefing.produce import write_report
    from briefing.store import load_report, report_folder

    settings = _settings(output_dir=output)
    target = _output(settings, formats, page_size)
    written: list[Path] = []
    warnings: list[str] = []
    failed: list[tuple[str, BriefingError]] = []
    with Progress(quiet) as progress:
        for path in briefs:
            try:
                report = load_report(path)
                folder = path.parent if output is None else report_folder(report, output)
                paths, notes = write_report(report, folder, target, partial(progress.step, ""))
            except BriefingError as exc:
                failed.append((str(path), exc))
                continue
            written.extend(paths)
            warnings.extend(notes)
    if as_json:
        paths_json = [str(path) for path in written]
        _echo_json(
            {
                "paths": paths_json,
                "warnings": warnings,
                "failed": [{"brief": name, "error": str(exc)} for name, exc in failed],
            }
        )
    else:
        print_paths(written, warnings)
    print_failures(failed)
    if failed:
        raise typer.Exit(max(exc.exit_code for _, exc in failed))


@app.command(
    short_help="Say what is installed and how to mend it.",
    epilog="Example: briefing doctor --no-model",
)
def doctor(
    model: ModelName = None,
    base_url: BaseUrl = None,
    model_file: ModelFile = None,
    replay: Replay = None,
    timeout: Timeout = None,
    output: OutputDir = None,
    ask: Annotated[
        bool, typer.Option("--model-probe/--no-model", help="Ask the model a tiny question.")
    ] = True,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Say what is installed, which model would answer and whether it does, and how to mend what is not right."""
    from briefing.console import Progress, print_findings
    from briefing.doctor import examine

    settings = _settings(
        model=model,
        base_url=base_url,
        model_file=model_file,
        replay_file=replay,
        timeout_s=timeout,
        output_dir=output,
    )
    with Progress(quiet) as progress:
        findings = examine(settings, ask_model=ask, on_progress=progress.share)
    if as_json:
        _echo_json([finding.as_json() for finding in findings])
    else:
        print_findings(findings)
    bad = [finding for finding in findings if finding.state == "bad"]
    if bad:
        raise typer.Exit(bad[0].exit_code)


def _settings(**arguments: Any) -> Settings:
    from briefing.settings import load_settings

    return load_settings(**arguments)


def _output(settings: Settings, formats: list[str] | None, page_size: str) -> Output:
    from briefing.produce import ALL_FORMATS, Output

    wanted = tuple(dict.fromkeys(formats or ALL_FORMATS))
    unknown = [name for name in wanted if name not in ALL_FORMATS]
    if unknown:
        raise SettingsError(f"--format {unknown[0]!r} is not known; give {', '.join(ALL_FORMATS)}")
    sizes = {"a4": "A4", "letter": "Letter"}
    if page_size.lower() not in sizes:
        raise SettingsError(f"--page-size {page_size!r} is not known; give A4 or Letter")
    return Output(
        folder=settings.output_dir,
        formats=wanted,  # type: ignore[arg-type]
        is_default=formats is None,
        page_size=sizes[page_size.lower()],  # type: ignore[arg-type]
    )


def _produced_json(made: Any) -> dict[str, Any]:
    report = made.report
    return {
        "title": report.source.title,
        "folder": str(made.paths[0].parent),
        "paths": [str(path) for path in made.paths],
        "warnings": list(made.warnings),
        "verdicts": report.verification.counts(),
        "n_failing": len(report.verification.failing()),
        "seconds": round(made.seconds, 2),
        "usage": report.provenance.usage.model_dump(mode="json"),
        "model": report.provenance.model,
        "plan": report.provenance.plan,
    }


def _failed_json(failure: tuple[str, BriefingError]) -> dict[str, Any]:
    article, exc = failure
    return {"article": article, "error": str(exc), "exit_code": exc.exit_code}


def _echo_json(value: Any) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
