"""Open the model that the settings name, and try whether it answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from briefing.errors import BriefingError, SettingsError
from briefing.model.types import Message, Model, OnProgress
from briefing.model.wire import public_url
from briefing.report import Usage
from briefing.settings import ModelSettings

__all__ = ["ProbeResult", "open_model", "probe_model"]

ENDPOINT_TIMEOUT_S = 600.0
_PROBE_TOKENS = 64


@contextmanager
def open_model(settings: ModelSettings, on_progress: OnProgress | None = None) -> Iterator[Model]:
    """Open the model that the settings name; a model in this process stops at the end of the `with`.

    Args:
        settings: Which model.
        on_progress: Told what takes long; may be called from another thread.

    Raises:
        SettingsError: The recording cannot be read.
        ModelUnavailable: The embedded model is not installed or cannot be loaded.
    """
    if settings.kind == "replay":
        from briefing.model.replay import ReplayModel

        if settings.replay_file is None:
            raise SettingsError("a recording is asked for but no file is named")
        yield ReplayModel.from_file(settings.replay_file)
    elif settings.kind == "endpoint":
        from briefing.model.client import EndpointModel

        if settings.name is None or settings.base_url is None:
            raise SettingsError("an endpoint needs a model name and a base URL")
        yield EndpointModel(
            name=settings.name,
            base_url=settings.base_url,
            api_key=settings.api_key.get_secret_value() if settings.api_key else "",
            timeout_s=settings.timeout_s or ENDPOINT_TIMEOUT_S,
        )
    else:
        from briefing.model.local import LocalModel

        with LocalModel(settings.model_file, timeout_s=settings.timeout_s, on_progress=on_progress) as model:
            yield model


@dataclass(frozen=True)
class ProbeResult:
    """Whether the model of some settings answers.

    Attributes:
        kind: Which kind of model the settings name.
        name: The model's name, "" when it could not even be opened.
        endpoint: See `types.Model.endpoint`.
        ok: Whether it filled a tiny schema.
        seconds: What opening it and the answer took, together.
        usage: What the answer took; zeros when there was none.
        error: What went wrong and what to do, "" when nothing.
    """

    kind: str
    name: str
    endpoint: str
    ok: bool
    seconds: float
    usage: Usage
    error: str


class Probe(BaseModel):
    """The schema of a probe: one word."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: Literal["yes", "no"]


def probe_model(settings: ModelSettings, on_progress: OnProgress | None = None) -> ProbeResult:
    """Ask the model for one word, to see whether it would answer; of a recording only the file is read.

    Errors are in the result, not raised.
    """
    started = time.monotonic()
    endpoint = public_url(settings.base_url) if settings.base_url else settings.kind
    name, usage, error = settings.name or "", Usage(), ""
    question: list[Message] = [
        {"role": "user", "content": 'Is water wet? Answer with JSON: {"answer": "yes"} or {"answer": "no"}.'}
    ]
    try:
        with open_model(settings, on_progress) as model:
            name, endpoint = model.name, model.endpoint
            if settings.kind != "replay":
                usage = model.fill(Probe, question, max_tokens=_PROBE_TOKENS)[1]
    except BriefingError as exc:
        error = str(exc)
    return ProbeResult(
        kind=settings.kind,
        name=name,
        endpoint=endpoint,
        ok=not error,
        seconds=round(time.monotonic() - started, 3),
        usage=usage,
        error=error,
    )
