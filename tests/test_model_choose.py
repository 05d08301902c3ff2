from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import SecretStr
from stub_server import StubServer, completion, failure

from briefing.errors import ModelUnavailable, SettingsError
from briefing.model.choose import open_model, probe_model
from briefing.model.client import EndpointModel
from briefing.model.replay import ReplayModel
from briefing.settings import ModelSettings

KEY = "sk-choose-secret"


def endpoint(url: str) -> ModelSettings:
    return ModelSettings(kind="endpoint", name="big", base_url=url, api_key=SecretStr(KEY), timeout_s=5)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "replies.json"
    path.write_text(json.dumps({"model": "recorded", "replies": []}))
    return path


def test_an_endpoint_is_opened_with_its_settings() -> None:
    with open_model(endpoint("https://me:pw@host.example/v1")) as model:
        assert isinstance(model, EndpointModel)
        assert (model.name, model.endpoint, model.api_key) == ("big", "https://host.example/v1", KEY)
        assert model.timeout_s == 5


def test_a_recording_is_opened(recording: Path) -> None:
    with open_model(ModelSettings(kind="replay", replay_file=recording)) as model:
        assert isinstance(model, ReplayModel)
        assert model.name == "recorded"


@pytest.mark.parametrize("kind", ["replay", "endpoint"])
def test_settings_that_lack_something(kind: str) -> None:
    with pytest.raises(SettingsError), open_model(ModelSettings.model_validate({"kind": kind})):
        pass


def test_a_model_file_that_is_not_there(tmp_path: Path) -> None:
    settings = ModelSettings(kind="file", model_file=tmp_path / "none.gguf")
    with pytest.raises(ModelUnavailable, match=r"none\.gguf"), open_model(settings):
        pass


def test_a_probe_that_is_answered() -> None:
    with StubServer([completion({"answer": "yes"})]) as stub:
        result = probe_model(endpoint(stub.url))
        assert (result.kind, result.name, result.endpoint) == ("endpoint", "big", stub.url)
    assert (result.ok, result.error, result.usage.prompt_tokens) == (True, "", 100)
    assert 0 < result.seconds < 5
    assert KEY not in repr(result)


def test_a_probe_that_is_refused() -> None:
    with StubServer([failure(401, f"no {KEY}")]) as stub:
        result = probe_model(endpoint(stub.url.replace("http://", "http://me:pw@")))
        assert result.endpoint == stub.url
    assert not result.ok
    assert "refused the key" in result.error
    assert KEY not in repr(result)


def test_a_probe_of_a_recording_only_reads_it(recording: Path, tmp_path: Path) -> None:
    assert probe_model(ModelSettings(kind="replay", replay_file=recording)).ok
    missing = probe_model(ModelSettings(kind="replay", replay_file=tmp_path / "none.json"))
    assert not missing.ok
    assert "none.json" in missing.error
