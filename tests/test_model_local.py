from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from stub_server import StubServer, completion

from briefing.errors import ModelUnavailable, OutputTruncated
from briefing.model import local
from briefing.model.local import LocalModel
from briefing.model.types import Message, Model
from briefing.schema import Brief


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: Literal["yes", "no"]


ASK: list[Message] = [{"role": "user", "content": 'Is water wet? {"answer": "yes"} or {"answer": "no"}'}]


@dataclass
class FakeLlama:
    """Stands in for xllamacpp: notes the parameters, and its server is a stub."""

    stub: StubServer
    started: list[SimpleNamespace] = field(default_factory=list)
    environment: list[str | None] = field(default_factory=list)
    fails: bool = False

    def module(self) -> ModuleType:
        module = ModuleType("xllamacpp")

        def params() -> SimpleNamespace:
            return SimpleNamespace(
                model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace()
            )

        def server(given: SimpleNamespace) -> SimpleNamespace:
            if self.fails:
                raise RuntimeError("failed to load model")
            self.started.append(given)
            return SimpleNamespace(listening_address=self.stub.url.removesuffix("/v1"))

        module.CommonParams = params  # type: ignore[attr-defined]
        module.Server = server  # type: ignore[attr-defined]
        return module


@pytest.fixture
def llama(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLlama]:
    with StubServer([completion({"answer": "yes"})]) as stub:
        fake = FakeLlama(stub)
        monkeypatch.setitem(sys.modules, "xllamacpp", fake.module())
        yield fake


@pytest.fixture
def gguf(tmp_path: Path) -> Path:
    path = tmp_path / "small-model.gguf"
    path.write_bytes(b"GGUF" + bytes(100))
    return path


def test_the_first_fill_starts_the_server_and_the_second_does_not(llama: FakeLlama, gguf: Path) -> None:
    model: Model = LocalModel(gguf)
    assert (model.name, model.endpoint, model.n_ctx) == ("small-model", "embedded", 16_384)
    assert llama.started == []
    assert model.fill(Answer, ASK)[0] == Answer(answer="yes")
    model.fill(Answer, ASK, max_tokens=9)
    assert len(llama.started) == 1
    assert llama.stub.requests[1].json["max_tokens"] == 9
    assert llama.stub.requests[1].json["grammar"].startswith("%llguidance")


def test_the_server_is_on_loopback_with_a_random_key_and_quiet(llama: FakeLlama, gguf: Path) -> None:
    for _ in range(2):
        with LocalModel(gguf, n_ctx=2048, n_threads=3) as model:
            model.fill(Answer, ASK)
    first, second = llama.started
    assert (first.hostnames, first.port, first.verbosity, first.ui) == (["127.0.0.1"], 0, -1, False)
    assert (first.n_ctx, first.n_parallel, first.cpuparams.n_threads) == (2048, 1, 3)
    assert first.cpuparams_batch.n_threads == 3
    assert first.model.path == str(gguf)
    assert first.api_keys != second.api_keys
    assert len(first.api_keys[0]) >= 32
    assert llama.stub.requests[0].headers["authorization"] == f"Bearer {first.api_keys[0]}"


def test_a_closed_model_starts_again(llama: FakeLlama, gguf: Path) -> None:
    model = LocalModel(gguf)
    model.fill(Answer, ASK)
    model.close()
    model.close()
    model.fill(Answer, ASK)
    assert len(llama.started) == 2


def test_progress_is_told_while_it_writes(
    llama: FakeLlama, gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_HEARTBEAT_S", 0.02)
    slow = completion({"answer": "yes"})
    llama.stub.answers = [type(slow)(slow.body, delay_s=0.2)]
    told: list[str] = []
    with LocalModel(gguf, on_progress=lambda what, share: told.append(what)) as model:
        model.fill(Answer, ASK)
    n_told = len(told)
    assert told[0] == "loading the model"
    assert "writing" in told
    assert "writing (0 s)" in told
    model.close()
    assert len(told) == n_told


def test_a_file_that_llama_cannot_load(llama: FakeLlama, gguf: Path) -> None:
    llama.fails = True
    with pytest.raises(ModelUnavailable, match="cannot load") as caught:
        LocalModel(gguf).fill(Answer, ASK)
    assert str(gguf) in str(caught.value)


def test_a_file_that_is_no_gguf(llama: FakeLlama, tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"<html>")
    with pytest.raises(ModelUnavailable, match="no GGUF file"), LocalModel(path):
        pass
    assert llama.started == []


def test_a_missing_library_is_told_with_the_way_out(gguf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match=r"pip install 'briefing\[local\]'"):
        LocalModel(gguf).fill(Answer, ASK)


@pytest.mark.parametrize("given", [None, "5000"])
def test_the_environment_is_as_it_was(
    given: str | None, llama: FakeLlama, gguf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOMP_SPINCOUNT", raising=False)
    if given:
        monkeypatch.setenv("GOMP_SPINCOUNT", given)
    LocalModel(gguf).fill(Answer, ASK)
    assert os.environ.get("GOMP_SPINCOUNT") == given


def test_a_message_names_no_address(llama: FakeLlama, gguf: Path) -> None:
    llama.stub.answers = [completion("{", "length")]
    with pytest.raises(OutputTruncated, match="the answer of the embedded model hit the token limit"):
        LocalModel(gguf).fill(Answer, ASK)


real = [
    pytest.mark.local_model,
    pytest.mark.skipif(
        os.environ.get("BRIEFING_TEST_LOCAL_MODEL") != "1",
        reason="needs the packages of briefing[local], 1.8 GB of memory and a minute: "
        "set BRIEFING_TEST_LOCAL_MODEL=1",
    ),
]


class Who(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=20)]


class Facts(BaseModel):
    """Every kind of limit that our schemas use."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: Annotated[str, Field(max_length=30)]
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None
    kind: Literal["talks", "strike"]
    cites: Annotated[tuple[Annotated[int, Field(ge=1, le=3)], ...], Field(min_length=1, max_length=2)]
    who: tuple[Who, ...] = Field(max_length=2)


ARTICLE = (
    "[1] Envoys of Kardania and the Harsat Front met in Muscat on 12 March 2024.\n"
    "[2] قال المتحدث باسم الوفد إن المحادثات كانت جادة.\n[3] No date was set for another round.\n"
)


@pytest.fixture(scope="module")
def embedded() -> Iterator[LocalModel]:
    with LocalModel() as model:
        yield model


def _ask(question: str) -> list[Message]:
    return [
        {"role": "system", "content": "You read news and answer in JSON. " * 20},
        {"role": "user", "content": ARTICLE + question},
    ]


class TestRealModel:
    pytestmark = real

    def test_it_keeps_to_every_limit_of_a_schema(self, embedded: LocalModel) -> None:
        facts, usage = embedded.fill(Facts, _ask("Give place, date, kind, cites and who met."))
        assert facts.kind in ("talks", "strike")
        assert usage.n_requests == 1
        assert usage.completion_tokens > 10

    def test_it_reads_a_shared_prefix_once(self, embedded: LocalModel) -> None:
        embedded.fill(Answer, _ask("Did they meet?"))
        _, usage = embedded.fill(Answer, _ask("Did they meet in Doha?"))
        assert usage.cached_tokens > 0.8 * usage.prompt_tokens

    def test_it_takes_the_schema_of_a_brief(self, embedded: LocalModel) -> None:
        with pytest.raises(OutputTruncated):
            embedded.fill(Brief, _ask("Write the brief."), max_tokens=30)

    def test_nobody_gets_in_without_the_key(self, embedded: LocalModel) -> None:
        from briefing.model.client import EndpointModel

        server: Any = embedded._server
        stranger = EndpointModel("x", f"{server.listening_address}/v1", "guess", n_retries=0)
        with pytest.raises(ModelUnavailable, match="refused the key"):
            stranger.fill(Answer, ASK)

    def test_it_writes_nothing_to_the_terminal(
        self, embedded: LocalModel, capfd: pytest.CaptureFixture[str]
    ) -> None:
        embedded.fill(Answer, ASK)
        assert capfd.readouterr() == ("", "")

    def test_a_prompt_that_is_too_long_is_told(self, embedded: LocalModel) -> None:
        with pytest.raises(ModelUnavailable, match="context window"):
            embedded.fill(Answer, [{"role": "user", "content": "river " * 20_000}])
