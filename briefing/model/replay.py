"""Models without a provider: `ReplayModel` reads recorded answers, `ScriptedModel` is for tests.

Both are part of the public package, so that a user's own tests need neither a network nor a key.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.errors import ModelUnavailable, OutputInvalid, SettingsError
from briefing.model.types import Message, T
from briefing.model.wire import first_problem
from briefing.report import Usage

__all__ = ["Call", "ReplayModel", "Scripted", "ScriptedModel"]

MAX_RECORDING_BYTES = 64 * 1024 * 1024


class _Reply(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    response_model: str
    content: Any


class _Recording(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    replies: tuple[_Reply, ...]


@dataclass
class ReplayModel:
    """Hands out recorded answers in their order, each once.

    The recording is a JSON file `{"model": NAME, "replies": [{"response_model": CLASS, "content": {…}}, …]}`.
    A call gets the next reply that was recorded for a class of that name.

    Attributes:
        name: The recorded model's name.
    """

    name: str
    _replies: list[_Reply] = field(repr=False)
    endpoint: str = "replay"
    n_ctx: int | None = None

    @classmethod
    def from_file(cls, path: str | Path) -> ReplayModel:
        """Read a recording.

        Raises:
            SettingsError: The file cannot be read or is no recording.
        """
        where = Path(path)
        try:
            if where.stat().st_size > MAX_RECORDING_BYTES:
                raise SettingsError(f"{where} is too large for a recording of model replies")
            recording = _Recording.model_validate_json(where.read_bytes())
        except OSError as exc:
            raise SettingsError(f"cannot read the recording {where}: {exc.strerror or exc}") from exc
        except ValidationError as exc:
            raise SettingsError(f"{where} is no recording of model replies: {first_problem(exc)}") from exc
        return cls(recording.model, list(recording.replies))

    def fill(
        self, response_model: type[T], messages: list[Message], *, max_tokens: int | None = None
    ) -> tuple[T, Usage]:
        """Give the next recorded reply for this class; see `types.Model.fill`."""
        wanted = response_model.__name__
        for index, reply in enumerate(self._replies):
            if reply.response_model == wanted:
                del self._replies[index]
                return _read(response_model, reply.content), Usage(n_requests=1)
        raise ModelUnavailable(f"the recording has no more replies for {wanted}")


Scripted: TypeAlias = object | Exception | Callable[[list[Message]], object]
"""An object or dict to answer with, an exception to raise, or a function of the messages giving either."""


@dataclass(frozen=True)
class Call:
    """One call that a `ScriptedModel` got."""

    response_model: type[BaseModel]
    messages: tuple[Message, ...]
    max_tokens: int | None


@dataclass
class ScriptedModel:
    """Answers with what the test says, in order, and records the calls.

    >>> class City(BaseModel):
    ...     name: str
    >>> model = ScriptedModel([{"name": "Muscat"}])
    >>> model.fill(City, [{"role": "user", "content": "Where?"}])[0]
    City(name='Muscat')
    >>> model.calls[0].messages[0]["content"]
    'Where?'
    """

    replies: Sequence[Scripted]
    name: str = "scripted"
    endpoint: str = "scripted"
    n_ctx: int | None = None
    usage: Usage = field(default_factory=lambda: Usage(n_requests=1))
    calls: list[Call] = field(default_factory=list)

    def fill(
        self, response_model: type[T], messages: list[Message], *, max_tokens: int | None = None
    ) -> tuple[T, Usage]:
        """Give the next scripted reply; see `types.Model.fill`.

        Raises:
            ModelUnavailable: The script is at its end.
        """
        position = len(self.calls)
        copied: list[Message] = [{"role": m["role"], "content": m["content"]} for m in messages]
        self.calls.append(Call(response_model, tuple(copied), max_tokens))
        if position >= len(self.replies):
            raise ModelUnavailable(f"the script has no more replies for {response_model.__name__}")
        reply = self.replies[position]
        if callable(reply) and not isinstance(reply, BaseModel):
            reply = reply(copied)
        if isinstance(reply, Exception):
            raise reply
        return _validated(response_model, reply), self.usage


def _read(response_model: type[T], content: object) -> T:
    """Read a recorded reply as strictly as a fresh one."""
    try:
        return response_model.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as exc:
        raise _misfit(response_model, exc) from exc


def _validated(response_model: type[T], content: object) -> T:
    if isinstance(content, response_model):
        return content
    try:
        return response_model.model_validate(
            content.model_dump() if isinstance(content, BaseModel) else content
        )
    except ValidationError as exc:
        raise _misfit(response_model, exc) from exc


def _misfit(response_model: type[BaseModel], exc: ValidationError) -> OutputInvalid:
    return OutputInvalid(f"the reply does not fit {response_model.__name__}: {first_problem(exc)}")
