"""Run the command line in this process as the shell would, and make small briefs for a stub model to answer."""

from __future__ import annotations

import io
import json
import os
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from stub_server import StubServer

from briefing.cli import main

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = (
    "ar-muscat-exchange",
    "ar-saroum-blockade",
    "ar-short-border-crossing",
    "en-ceasefire-talks",
    "en-short-border-shelling",
    "en-strait-seizure",
)
KEY = "sk-command-line-secret-0123456789"

TALKS_EN = (
    "Envoys of Orsevan and Belkhar met in Amman on 6 October 2031. "
    "At least 16 people were killed and 61 wounded in Tal Shirin, Orsevan's Interior Ministry said.\n"
)
TALKS_AR = (
    "التقى مبعوثون من أورسيفان وبلخار في عمّان في 6 تشرين الأول 2031. "
    "وقُتل 16 شخصا على الأقل وأصيب 61 في تل شيرين، بحسب وزارة الداخلية.\n"
)


@dataclass(frozen=True)
class Run:
    """What a command left behind: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def article(name: str) -> str:
    return str(FIXTURES / name / "article.md")


def reply(name: str, language: str) -> str:
    return str(FIXTURES / name / f"reply.{language}.json")


def run(
    *arguments: object,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    encoding: str = "utf-8",
    terminal: bool = False,
) -> Run:
    """Run `briefing ARGUMENTS` in this process, without the settings of whoever runs the tests.

    An exception that leaves `main` is a traceback on standard error and exit code 1, as in a shell.
    `encoding` is that of the output; `terminal` has standard error be a terminal.
    """
    out, err = _stream(b"", encoding), _stream(b"", encoding, terminal)
    kept = clean_environment()
    before = Path.cwd()
    code: object = 0
    try:
        os.chdir(cwd or before)
        with (
            mock.patch.dict(os.environ, {**kept, **(env or {})}, clear=True),
            mock.patch.object(sys, "argv", ["briefing", *map(str, arguments)]),
            mock.patch.object(sys, "stdin", _stream(stdin)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main()
            except SystemExit as exc:
                code = exc.code or 0
            except BaseException:
                traceback.print_exc()
                code = 1
            out.flush()
            err.flush()
    finally:
        os.chdir(before)
    assert isinstance(code, int), code
    return Run(code, _text(out), _text(err))


def clean_environment() -> dict[str, str]:
    """Give the environment without the settings of whoever runs the tests."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("BRIEFING_", "OPENAI_", "SOURCE_DATE"))}


class _Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def _stream(content: bytes, encoding: str = "utf-8", terminal: bool = False) -> io.TextIOWrapper:
    kind = _Terminal if terminal else io.TextIOWrapper
    return kind(io.BytesIO(content), encoding=encoding, write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(stream.encoding, errors="replace")


def files_in(path: Path) -> list[str]:
    """Give the files at or below a path, relative, hidden ones too; [] when there is no such folder."""
    return sorted(str(p.relative_to(path)) for p in path.rglob("*") if p.is_file())


def endpoint(server: StubServer) -> tuple[str, ...]:
    return ("--model", "stub", "--base-url", server.url)


def brief(text: str = "Something happened", cites: tuple[int, ...] = (1,), **sections: Any) -> dict[str, Any]:
    """Give what a model would answer: a brief with a headline and one line, and the sections given."""
    statement = {"cites": list(cites), "text": text}
    return {
        "headline": statement,
        "bottom_line": [statement],
        "parties": [],
        "demands": [],
        "military_actions": [],
        "talks": [],
        "figures": [],
        "outlook": [],
        **sections,
    }


def recording(path: Path, *contents: dict[str, Any]) -> str:
    """Write a file for `--replay` that answers with some briefs."""
    replies = [{"response_model": "Brief", "content": content} for content in contents]
    path.write_text(json.dumps({"model": "recorded", "replies": replies}, ensure_ascii=False), "utf-8")
    return str(path)


def assert_one_line(result: Run, code: int) -> None:
    """Hold a failed command to its promise: its exit code, one line on stderr, nothing on stdout."""
    assert result.code == code, result
    assert "Traceback" not in result.err, result.err
    assert result.err.startswith("briefing: "), result.err
    assert result.err.count("\n") == 1, result.err
    assert result.err.endswith("\n")
    assert result.out == ""
