"""Read the settings: explicit arguments, then the environment, then briefing.toml, into one frozen object.

Nothing else in briefing reads the environment. A key is never read from a file: files get committed.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from briefing.errors import SettingsError

__all__ = ["ModelKind", "ModelSettings", "Settings", "load_settings"]

ModelKind: TypeAlias = Literal["replay", "file", "endpoint", "embedded"]

OPENAI_URL = "https://api.openai.com/v1"
EMBEDDED = "embedded"
CONFIG_NAME = "briefing.toml"

_ENVIRONMENT = {
    "model": "BRIEFING_MODEL",
    "base_url": "BRIEFING_BASE_URL",
    "model_file": "BRIEFING_MODEL_FILE",
    "replay_file": "BRIEFING_REPLAY_FILE",
    "timeout_s": "BRIEFING_TIMEOUT",
    "language": "BRIEFING_LANGUAGE",
    "output_dir": "BRIEFING_OUTPUT",
}
_NAMES_A_MODEL = ("replay_file", "model_file", "model", "base_url")
_TOML_MODEL_KEYS = {
    "name": "model",
    "base_url": "base_url",
    "file": "model_file",
    "replay_file": "replay_file",
    "timeout_s": "timeout_s",
}
_TOML_KEYS = {"language": "language", "output_dir": "output_dir"}


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class ModelSettings(_Frozen):
    """Which language model answers, and how long we wait for it.

    Attributes:
        kind: replay (a recording), file (a GGUF file in this process), endpoint (an OpenAI-compatible API) or
            embedded (the model that `briefing[local]` installs).
        name: The model's name at an endpoint; None otherwise.
        base_url: The endpoint's base URL, None otherwise.
        api_key: The endpoint's key, None when there is none.
        model_file: The GGUF file, for kind `file`.
        replay_file: The recording, for kind `replay`.
        timeout_s: Longest wait for one answer, in seconds; None leaves the model's own default.
    """

    kind: ModelKind = "embedded"
    name: str | None = None
    base_url: str | None = None
    api_key: SecretStr | None = None
    model_file: Path | None = None
    replay_file: Path | None = None
    timeout_s: float | None = Field(default=None, gt=0, le=86_400, allow_inf_nan=False)

    @property
    def is_weak(self) -> bool:
        """Tell whether the model is too small to be trusted with free text."""
        return self.kind in ("embedded", "file")

    @property
    def default_plan(self) -> Literal["full", "extractive"]:
        """Give the plan to use when the user asks for none: a weak model only chooses among passages."""
        return "extractive" if self.is_weak else "full"


class Settings(_Frozen):
    """All settings of one run.

    Attributes:
        model: Which language model answers.
        language: Language of the brief; None takes the article's where we have labels for it, else English.
        output_dir: Where the commands write.
    """

    model: ModelSettings = ModelSettings()
    language: Literal["en", "ar"] | None = None
    output_dir: Path = Path("output")


def load_settings(
    *, environ: Mapping[str, str] | None = None, directory: Path | None = None, **arguments: object
) -> Settings:
    """Put the settings together.

    The highest layer that names a model at all decides which kind of model it is (a recording before a file
    before an endpoint); the layers below only fill in what that kind still needs. `--model-file` therefore
    wins over an endpoint in the environment, and `model="embedded"` over everything below.

    Args:
        environ: The environment; None reads the process's.
        directory: Where to look for briefing.toml; None is the current directory.
        arguments: model, base_url, api_key, model_file, replay_file, timeout_s, language, output_dir; None
            means not given.

    Raises:
        SettingsError: A setting is unknown, makes no sense, or is missing.
    """
    environ = os.environ if environ is None else environ
    unknown = set(arguments) - {*_ENVIRONMENT, "api_key"}
    if unknown:
        raise SettingsError(f"unknown setting: {', '.join(sorted(unknown))}")
    layers: list[dict[str, Any]] = [
        {key: value for key, value in arguments.items() if value not in (None, "")},
        {key: environ[name] for key, name in _ENVIRONMENT.items() if environ.get(name, "").strip()},
        _read_config((directory or Path()) / CONFIG_NAME),
    ]
    merged: dict[str, Any] = {}
    for layer in reversed(layers):
        merged.update(layer)
    try:
        return Settings(
            model=_model_settings(layers, merged, environ),
            **{key: merged[key] for key in ("language", "output_dir") if key in merged},
        )
    except ValidationError as exc:
        problem = exc.errors(include_url=False, include_context=False, include_input=False)[0]
        name = str(problem["loc"][0])
        raise SettingsError(f"{name} ({_ENVIRONMENT.get(name, name)}): {problem['msg']}") from exc


def _model_settings(
    layers: list[dict[str, Any]], merged: dict[str, Any], environ: Mapping[str, str]
) -> ModelSettings:
    deciding = next((layer for layer in layers if any(key in layer for key in _NAMES_A_MODEL)), {})
    timeout = {"timeout_s": merged["timeout_s"]} if "timeout_s" in merged else {}
    if "replay_file" in deciding:
        return ModelSettings(kind="replay", replay_file=deciding["replay_file"], **timeout)
    if "model_file" in deciding:
        return ModelSettings(kind="file", model_file=deciding["model_file"], **timeout)
    if not deciding or deciding.get("model") == EMBEDDED:
        return ModelSettings(kind="embedded", **timeout)
    name = merged.get("model")
    if not name or name == EMBEDDED:
        raise SettingsError("a base URL without a model: name one with --model or BRIEFING_MODEL")
    base_url, key = _endpoint(merged.get("base_url"), merged.get("api_key"), environ)
    return ModelSettings(
        kind="endpoint", name=name, base_url=base_url, api_key=SecretStr(key) if key else None, **timeout
    )


def _endpoint(base_url: object, given_key: object, environ: Mapping[str, str]) -> tuple[str, str]:
    """Settle the address and the key. OPENAI_API_KEY goes to no other address than OpenAI's own settings."""
    openai_url = environ.get("OPENAI_BASE_URL", "").strip() or OPENAI_URL
    url = str(base_url or openai_url).strip()
    parts = _split(url)
    if parts is None:
        raise SettingsError(
            "the base URL (BRIEFING_BASE_URL) is no http:// or https:// address: "
            "it looks like https://host.example/v1"
        )
    key = str(given_key or environ.get("BRIEFING_API_KEY", "")).strip()
    if not key and parts[1] in (_host(openai_url), _host(OPENAI_URL)):
        key = environ.get("OPENAI_API_KEY", "").strip()
    if not key and base_url is None:
        raise SettingsError(
            "a model is set but neither an endpoint nor a key: set OPENAI_API_KEY for api.openai.com, "
            "or BRIEFING_BASE_URL (and BRIEFING_API_KEY) for another endpoint"
        )
    if not key.isascii() or any(character.isspace() for character in key):
        raise SettingsError("the API key holds a space, a line break or a letter that no key has")
    return url, key


def _split(url: str) -> tuple[str, str] | None:
    """Split a URL into scheme and host with port; None when it is no usable web address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in url):
        return None
    return parts.scheme, parts.hostname + (f":{port}" if port else "")


def _host(url: str) -> str:
    parts = _split(url)
    return parts[1] if parts else ""


def _read_config(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as exc:
        raise SettingsError(f"cannot read {path}: {exc.strerror}") from exc
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except ValueError as exc:
        raise SettingsError(f"{path} is not valid TOML: {exc}") from exc
    model = data.pop("model", {})
    if not isinstance(model, dict):
        raise SettingsError(f"{path}: model is a table; write [model] and below it name = …")
    for table in (data, model):
        if "api_key" in table:
            raise SettingsError(f"{path} holds an API key: put it into BRIEFING_API_KEY, not into a file")
    return {**_known(data, _TOML_KEYS, path), **_known(model, _TOML_MODEL_KEYS, path)}


def _known(table: dict[str, Any], keys: dict[str, str], path: Path) -> dict[str, Any]:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known are {', '.join(sorted(keys))}")
    return {keys[key]: value for key, value in table.items() if value != ""}
