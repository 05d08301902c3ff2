from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from briefing.errors import SettingsError
from briefing.settings import ModelSettings, Settings, load_settings

KEY = "sk-settings-secret"


@dataclass(frozen=True)
class Case:
    id: str
    environ: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    toml: str = ""
    kind: str = "embedded"
    name: str | None = None
    base_url: str | None = None
    key: str | None = None
    file: str | None = None


OPENAI = "https://api.openai.com/v1"
LOCAL = "http://127.0.0.1:11434/v1"
CASES = [
    Case("nothing is the embedded model"),
    Case("a key alone names no model", {"OPENAI_API_KEY": KEY}),
    Case("empty variables are none", {"BRIEFING_MODEL": "", "BRIEFING_BASE_URL": " "}),
    Case(
        "a model and OpenAI's key",
        {"BRIEFING_MODEL": "gpt", "OPENAI_API_KEY": KEY},
        kind="endpoint",
        name="gpt",
        base_url=OPENAI,
        key=KEY,
    ),
    Case(
        "OpenAI's own base URL",
        {"BRIEFING_MODEL": "gpt", "OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://gate.example/v1"},
        kind="endpoint",
        name="gpt",
        base_url="https://gate.example/v1",
        key=KEY,
    ),
    Case(
        "OpenAI's key goes nowhere else",
        {"BRIEFING_MODEL": "qwen", "BRIEFING_BASE_URL": LOCAL, "OPENAI_API_KEY": KEY},
        kind="endpoint",
        name="qwen",
        base_url=LOCAL,
    ),
    Case(
        "not even to a host that looks like it",
        {
            "BRIEFING_MODEL": "m",
            "BRIEFING_BASE_URL": "https://api.openai.com.example/v1",
            "OPENAI_API_KEY": KEY,
        },
        kind="endpoint",
        name="m",
        base_url="https://api.openai.com.example/v1",
    ),
    Case(
        "our key goes to any endpoint",
        {"BRIEFING_MODEL": "qwen", "BRIEFING_BASE_URL": LOCAL, "BRIEFING_API_KEY": KEY},
        kind="endpoint",
        name="qwen",
        base_url=LOCAL,
        key=KEY,
    ),
    Case(
        "our key wins at OpenAI",
        {"BRIEFING_MODEL": "gpt", "BRIEFING_API_KEY": KEY, "OPENAI_API_KEY": "other"},
        kind="endpoint",
        name="gpt",
        base_url=OPENAI,
        key=KEY,
    ),
    Case("a file", {"BRIEFING_MODEL_FILE": "m.gguf"}, kind="file", file="m.gguf"),
    Case(
        "a file before an endpoint",
        {"BRIEFING_MODEL_FILE": "m.gguf", "BRIEFING_MODEL": "gpt"},
        kind="file",
        file="m.gguf",
    ),
    Case(
        "a recording before all",
        {"BRIEFING_REPLAY_FILE": "r.json", "BRIEFING_MODEL_FILE": "m.gguf"},
        kind="replay",
        file="r.json",
    ),
    Case(
        "a given file wins over the environment",
        {"BRIEFING_MODEL": "gpt", "OPENAI_API_KEY": KEY},
        {"model_file": "m.gguf"},
        kind="file",
        file="m.gguf",
    ),
    Case(
        "a given model wins over a file in the environment",
        {"BRIEFING_MODEL_FILE": "m.gguf", "OPENAI_API_KEY": KEY},
        {"model": "gpt"},
        kind="endpoint",
        name="gpt",
        base_url=OPENAI,
        key=KEY,
    ),
    Case(
        "a given model at the environment's endpoint",
        {"BRIEFING_MODEL": "small", "BRIEFING_BASE_URL": LOCAL},
        {"model": "large"},
        kind="endpoint",
        name="large",
        base_url=LOCAL,
    ),
    Case(
        "the embedded model by name",
        {"BRIEFING_MODEL": "gpt", "OPENAI_API_KEY": KEY},
        {"model": "embedded"},
    ),
    Case(
        "the file of settings",
        toml=f'[model]\nname = "qwen"\nbase_url = "{LOCAL}"\n',
        kind="endpoint",
        name="qwen",
        base_url=LOCAL,
    ),
    Case(
        "the environment wins over the file of settings",
        {"BRIEFING_MODEL": "gpt"},
        toml=f'[model]\nname = "qwen"\nbase_url = "{LOCAL}"\n',
        kind="endpoint",
        name="gpt",
        base_url=LOCAL,
    ),
    Case("a recording in the file", toml='[model]\nreplay_file = "r.json"', kind="replay", file="r.json"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_which_model_is_chosen(case: Case, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(case.toml, encoding="utf-8")
    model = load_settings(environ=case.environ, directory=tmp_path, **case.arguments).model
    key = model.api_key.get_secret_value() if model.api_key else None
    file = model.model_file or model.replay_file
    assert (model.kind, model.name, model.base_url, key, str(file) if file else None) == (
        case.kind,
        case.name,
        case.base_url,
        case.key,
        case.file,
    )
    assert KEY not in repr(model) + str(model) + model.model_dump_json()


@pytest.mark.parametrize(
    ("kind", "weak", "plan"),
    [
        ("embedded", True, "extractive"),
        ("file", True, "extractive"),
        ("endpoint", False, "full"),
        ("replay", False, "full"),
    ],
)
def test_a_weak_model_gets_the_extractive_plan(kind: str, weak: bool, plan: str) -> None:
    model = ModelSettings.model_validate({"kind": kind})
    assert (model.is_weak, model.default_plan) == (weak, plan)


@dataclass(frozen=True)
class Wrong:
    id: str
    says: str
    environ: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, Any] = field(default_factory=dict)
    toml: str = ""


WRONG = [
    Wrong("no key, no endpoint", "OPENAI_API_KEY", {"BRIEFING_MODEL": "gpt"}),
    Wrong("an endpoint without a model", "BRIEFING_MODEL", {"BRIEFING_BASE_URL": LOCAL}),
    Wrong("a scheme", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "ftp://host.example"}),
    Wrong("no scheme", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "localhost:8080"}),
    Wrong("no host", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "https://"}),
    Wrong("a broken host", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "http://[::1"}),
    Wrong("a port", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "http://h.example:99999/"}),
    Wrong("a space", "http://", {"BRIEFING_MODEL": "m", "BRIEFING_BASE_URL": "http://h.example/a b"}),
    Wrong("a key with a line break", "API key", {"BRIEFING_MODEL": "m", "BRIEFING_API_KEY": f"{KEY}\nx"}),
    Wrong("a key in another script", "API key", {"BRIEFING_MODEL": "m", "BRIEFING_API_KEY": "مفتاح"}),
    Wrong("a timeout", "BRIEFING_TIMEOUT", {"BRIEFING_TIMEOUT": "soon"}),
    Wrong("no time", "BRIEFING_TIMEOUT", {"BRIEFING_TIMEOUT": "0"}),
    Wrong("for ever", "BRIEFING_TIMEOUT", {"BRIEFING_TIMEOUT": "inf"}),
    Wrong("a language", "BRIEFING_LANGUAGE", {"BRIEFING_LANGUAGE": "tlh"}),
    Wrong("an argument", "colour", arguments={"colour": "red"}),
    Wrong("TOML", "TOML", toml="model = "),
    Wrong("a setting", "colour", toml='colour = "red"'),
    Wrong("a model setting", "colour", toml='[model]\ncolour = "red"'),
    Wrong("no table", "table", toml='model = "gpt"'),
    Wrong("a key in the file", "BRIEFING_API_KEY", toml=f'api_key = "{KEY}"'),
    Wrong("a key in the table", "BRIEFING_API_KEY", toml=f'[model]\napi_key = "{KEY}"'),
    Wrong("a number for a name", "name", toml=f'[model]\nname = 5\nbase_url = "{LOCAL}"'),
]


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.id)
def test_nonsense_is_told(case: Wrong, tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text(case.toml, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(environ=case.environ, directory=tmp_path, **case.arguments)
    assert case.says in str(caught.value)
    assert KEY not in str(caught.value)
    assert caught.value.exit_code == 2


def test_other_settings_come_from_the_same_layers(tmp_path: Path) -> None:
    (tmp_path / "briefing.toml").write_text('language = "ar"\noutput_dir = "briefs"', encoding="utf-8")
    environ = {"BRIEFING_TIMEOUT": "30", "BRIEFING_OUTPUT": "elsewhere"}
    settings = load_settings(environ=environ, directory=tmp_path, output_dir="given")
    assert (settings.language, settings.output_dir) == ("ar", Path("given"))
    assert settings.model.timeout_s == 30
    assert load_settings(environ={}, directory=tmp_path).output_dir == Path("briefs")


def test_settings_are_read_from_the_process_when_none_are_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_MODEL_FILE", "m.gguf")
    assert load_settings().model == ModelSettings(kind="file", model_file=Path("m.gguf"))


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Settings().language = "en"  # type: ignore[misc]
