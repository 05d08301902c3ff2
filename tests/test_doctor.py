"""`briefing doctor`: what it finds, how it says to mend it, and its exit codes."""

from __future__ import annotations

import socket
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from cli_run import KEY, Run, endpoint, files_in, recording, reply, run
from stub_server import Answer, StubServer, completion, failure

YES = completion({"answer": "yes"})
WHATS = ["Python", "packages", "PDF", "fonts", "output folder", "model"]


def doctor(tmp_path: Path, *arguments: object, **options: Any) -> Run:
    return run("doctor", *arguments, cwd=tmp_path, env={"BRIEFING_API_KEY": KEY}, **options)


def finding(result: Run, what: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in result.json if f["what"] == what)
    return found


def test_all_is_well(tmp_path: Path) -> None:
    with StubServer([YES]) as server:
        result = doctor(tmp_path, *endpoint(server))
        assert len(server.requests) == 1
    assert (result.code, result.err) == (0, ""), result
    lines = result.out.splitlines()
    assert [line[8:22].strip() for line in lines] == WHATS
    assert all(line.startswith("good ") for line in lines)
    assert "answered in" in lines[-1]
    assert "stub" in lines[-1]
    assert server.url in lines[-1]
    assert KEY not in result.out
    assert ".".join(map(str, sys.version_info[:3])) in lines[0]
    for package in ("instructor 1.", "openai 3.", "pydantic 2.", "weasyprint 70."):
        assert package in lines[1]
    assert files_in(tmp_path) == []


def test_as_json(tmp_path: Path) -> None:
    with StubServer([YES]) as server:
        result = doctor(tmp_path, *endpoint(server), "--json")
    assert (result.code, result.err) == (0, "")
    assert [found["what"] for found in result.json] == WHATS
    assert {found["state"] for found in result.json} == {"good"}
    assert all(set(found) >= {"what", "state", "text", "mend"} for found in result.json)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (failure(401, f"bad key {KEY}"), "refused the key"),
        (failure(404), "does not know the model"),
        (failure(500), "HTTP 500"),
        (completion("I would say yes"), "does not fit"),
        (completion({"answer": "perhaps"}), "does not fit"),
        (completion(""), "empty"),
        (Answer(b"<html>hello</html>", content_type="text/html"), "a web page"),
        (Answer(b"", cut=0), "nothing"),
        (Answer(YES.body, cut=5), "no connection"),
        (Answer(YES.body, delay_s=1.0), "within 0.3 s"),
    ],
    ids=["401", "404", "500", "garbage", "another word", "empty", "web page", "nothing", "closed", "slow"],
)
def test_a_model_that_does_not_answer(answer: Answer, says: str, tmp_path: Path) -> None:
    with StubServer([answer]) as server:
        result = doctor(tmp_path, *endpoint(server), "--timeout", "0.3" if answer.delay_s else "20", "--json")
    assert result.code == 4
    model = finding(result, "model")
    assert model["state"] == "bad"
    assert says in model["text"]
    assert server.url in model["text"]
    assert model["mend"]
    assert KEY not in result.out + result.err
    assert {found["state"] for found in result.json if found["what"] != "model"} == {"good"}


def test_an_endpoint_that_is_down(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    result = doctor(tmp_path, "--model", "stub", "--base-url", url)
    assert result.code == 4
    assert result.err == ""
    line, mend = result.out.splitlines()[-2:]
    assert line.startswith("bad ")
    assert url in line
    assert "no connection" in line
    assert mend.strip().startswith("→ ")


def test_no_model_asks_nothing(tmp_path: Path) -> None:
    with StubServer([YES]) as server:
        result = doctor(tmp_path, *endpoint(server), "--no-model", "--json")
        assert server.requests == []
    assert result.code == 0
    model = finding(result, "model")
    assert "not asked" in model["text"]
    assert server.url in model["text"]
    assert "stub" in model["text"]


def test_secrets_of_the_address_are_not_shown(tmp_path: Path) -> None:
    url = "http://me:hunter2@127.0.0.1:9/v1?key=hunter2"
    for extra in ("--no-model", "--model-probe"):
        result = doctor(tmp_path, "--model", "stub", "--base-url", url, extra)
        assert "http://127.0.0.1:9/v1" in result.out
        assert "hunter2" not in result.out + result.err


def test_a_recording(tmp_path: Path) -> None:
    result = doctor(tmp_path, "--replay", reply("en-strait-seizure", "en"), "--json")
    assert result.code == 0
    assert "recorded-strong" in finding(result, "model")["text"]


@pytest.mark.parametrize("name", ["missing.json", "broken.json"])
def test_a_recording_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{", "utf-8")
    result = doctor(tmp_path, "--replay", name, "--json")
    assert result.code == 4
    assert name in finding(result, "model")["text"]


@pytest.mark.parametrize("content", [None, b"", b"not a model"], ids=["missing", "empty", "text"])
def test_a_model_file_that_cannot_be_read(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "small.gguf"
    if content is not None:
        path.write_bytes(content)
    result = doctor(tmp_path, "--model-file", path, "--json")
    assert result.code == 4, result
    assert str(path) in finding(result, "model")["text"]


@pytest.mark.parametrize("missing", ["weights", "llama.cpp"])
def test_the_embedded_model_is_not_installed(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.model import local, weights

    joined: list[object] = []
    if missing == "weights":
        gone = mock.Mock(distribution=mock.Mock(side_effect=PackageNotFoundError))
        gone.PackageNotFoundError = PackageNotFoundError
        monkeypatch.setattr(weights, "metadata", gone)
    else:
        monkeypatch.setattr(local, "join_parts", lambda **options: joined.append(options) or tmp_path)
        monkeypatch.setitem(sys.modules, "xllamacpp", None)
    env = {"BRIEFING_CACHE_DIR": str(tmp_path / "cache")}
    result = run("doctor", "--model", "embedded", "--json", cwd=tmp_path, env=env)
    assert result.code == 4, result
    model = finding(result, "model")
    assert model["state"] == "bad"
    assert "briefing[local]" in model["text"] + model["mend"]
    assert joined == []  # no gigabyte is written before it is known that nothing can read it


def test_an_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    replay = recording(tmp_path / "replay.json")
    for place in ("taken", "taken/below"):
        result = doctor(tmp_path, "--replay", replay, "--output", place, "--json")
        assert result.code == 7
        found = finding(result, "output folder")
        assert found["state"] == "bad"
        assert place in found["text"]
        assert "--output" in found["mend"]


def test_an_output_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    replay = recording(tmp_path / "replay.json")
    result = doctor(tmp_path, "--replay", replay, "--output", "new/folder")
    assert result.code == 0
    assert files_in(tmp_path) == ["replay.json"]
    assert not (tmp_path / "new").exists()


def test_a_package_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing import doctor as module

    def version(name: str) -> str:
        if name == "hijridate":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(module, "version", version)
    result = doctor(tmp_path, "--replay", recording(tmp_path / "replay.json"), "--json")
    assert result.code == 2
    found = finding(result, "packages")
    assert found["state"] == "bad"
    assert "hijridate" in found["text"]
    assert "pip install hijridate" in found["mend"]


def test_pango_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.render import pdf

    monkeypatch.setattr(pdf, "pango_problem", lambda: "libpango-1.0-0 is not installed: apt-get install it")
    result = doctor(tmp_path, "--replay", recording(tmp_path / "replay.json"), "--json")
    assert result.code == 6
    found = finding(result, "PDF")
    assert found["state"] == "bad"
    assert "apt-get install" in found["text"] + found["mend"]


def test_several_things_are_bad_and_all_are_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    result = doctor(tmp_path, "--replay", "missing.json", "--output", "taken", "--json")
    assert [found["what"] for found in result.json if found["state"] == "bad"] == ["output folder", "model"]
    assert result.code in (4, 7)


def test_bad_settings(tmp_path: Path) -> None:
    result = run("doctor", "--model", "gpt", cwd=tmp_path)
    assert result.code == 2
    assert result.err.startswith("briefing: a model is set but neither")
    assert result.err.count("\n") == 1
