"""Fill a schema at an OpenAI-compatible endpoint, through Instructor.

Instructor asks again when an answer breaks the schema; whether the content is true is not its business. No
exception and no log line of openai, httpx2 or Instructor leaves this module: they carry whole answers, input
values and sometimes keys (instructor 1.17.0).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from briefing.errors import ModelError, ModelUnavailable, OutputInvalid, SettingsError
from briefing.model.types import Message, T
from briefing.model.wire import (
    Reply,
    excerpt,
    is_loopback,
    json_grammar,
    problems,
    public_url,
    read_reply,
    wire_schema,
)
from briefing.report import Usage

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletion
    from pydantic import BaseModel

__all__ = ["EndpointModel", "Mode"]

Mode: TypeAlias = Literal["json_schema", "json", "tools", "grammar"]
"""How the schema is sent: as response format, in the prompt with JSON mode, as a tool, or (to llama.cpp) as a
grammar."""

MAX_REPLY_BYTES = 2 * 1024 * 1024
"""A brief is some 20 KB; schema.py bounds the largest possible one below this."""
N_SHAPE_RETRIES = 1
"""Instructor asks once more; each time costs the whole prompt and the whole answer again."""
_SHOWN_PROBLEMS = 3


@dataclass(frozen=True)
class EndpointModel:
    """A model behind an OpenAI-compatible HTTP endpoint.

    Attributes:
        name: The model's name as the endpoint knows it.
        base_url: Base URL of the API, usually ending in /v1.
        api_key: The key; never shown. Empty for a server that wants none.
        timeout_s: Longest wait for a connection or for the next bytes, and for one whole answer.
        max_tokens: Limit on one answer, in tokens; None leaves it to the endpoint.
        temperature: 0 for the same answer each time, as far as the endpoint keeps to it; None sends none.
        mode: How the schema is sent.
        n_ctx: The context window in tokens, None when it is not known.
        n_retries: How often a request is sent again after a lost connection, 429 or 5xx.
        endpoint: What reports call the endpoint; by default the base URL without credentials.
    """

    name: str
    base_url: str
    api_key: str = field(default="", repr=False)
    timeout_s: float = 600.0
    max_tokens: int | None = None
    temperature: float | None = 0.0
    mode: Mode = "json_schema"
    n_ctx: int | None = None
    n_retries: int = 1
    endpoint: str = ""

    def __post_init__(self) -> None:
        try:
            endpoint = self.endpoint or public_url(self.base_url)
        except ValueError as exc:
            raise SettingsError("the base URL of the model is no web address") from exc
        object.__setattr__(self, "endpoint", endpoint)

    def fill(
        self, response_model: type[T], messages: list[Message], *, max_tokens: int | None = None
    ) -> tuple[T, Usage]:
        """Fill a schema; see `types.Model.fill`.

        The tokens of an answer that broke the schema are in the usage too.
        """
        from instructor.core import InstructorError, patch
        from instructor.mode import Mode as InstructorMode

        _silence_providers()
        replies: list[Reply] = []
        started = time.monotonic()
        modes = {"json": InstructorMode.JSON, "tools": InstructorMode.TOOLS}
        send = self._sender(response_model, replies)
        create = patch(create=send, mode=modes.get(self.mode, InstructorMode.JSON_SCHEMA))
        try:
            # Never pass `context=`: Instructor would render the article as a Jinja template.
            filled = create(
                response_model=response_model,
                max_retries=N_SHAPE_RETRIES,
                messages=[dict(message) for message in messages],
                **self._options(max_tokens),
            )
            # Instructor returns a subclass that carries the raw response and equals no plain object.
            result = response_model.model_validate(filled.model_dump())
        except ModelError:
            raise
        except (InstructorError, ValueError) as exc:
            raise self._as_model_error(exc, replies) from (exc.__cause__ or exc)
        usage = sum((reply.usage for reply in replies), Usage())
        return result, usage.model_copy(update={"seconds": round(time.monotonic() - started, 3)})

    @property
    def _where(self) -> str:
        """Name the endpoint in a message; a model in this process has no address."""
        return self.endpoint if "://" in self.endpoint else f"the {self.endpoint} model"

    def _options(self, max_tokens: int | None) -> dict[str, Any]:
        limit = max_tokens if max_tokens is not None else self.max_tokens
        # The newer models of api.openai.com refuse `max_tokens`; other servers know nothing else.
        key = "max_completion_tokens" if "://api.openai.com/" in self.base_url + "/" else "max_tokens"
        options: dict[str, Any] = {"model": self.name}
        if limit is not None:
            options[key] = limit
        if self.temperature is not None:
            options["temperature"] = self.temperature
        return options

    def _sender(self, response_model: type[BaseModel], replies: list[Reply]) -> Callable[..., ChatCompletion]:
        """Give the function that Instructor calls instead of openai's `create`; it notes each reply."""
        schema = wire_schema(response_model)

        def send(**request: Any) -> ChatCompletion:
            if self.mode == "json_schema":
                request["response_format"]["json_schema"]["schema"] = schema
            elif self.mode == "grammar":
                del request["response_format"]
                request["extra_body"] = {"grammar": json_grammar(schema)}
            body = self._post(request)
            reply = read_reply(body, self._where, self.api_key)
            replies.append(reply)
            return _completion(self.name, reply)

        return send

    def _post(self, request: dict[str, Any]) -> bytes:
        import httpx2
        import openai

        deadline = time.monotonic() + self.timeout_s
        chunks: list[bytes] = []
        n_bytes = 0
        try:
            with (
                self._connect() as client,
                client.chat.completions.with_streaming_response.create(**request) as response,
            ):
                for chunk in response.iter_bytes():
                    n_bytes += len(chunk)
                    if n_bytes > MAX_REPLY_BYTES:
                        raise OutputInvalid(
                            f"the answer of {self._where} is larger than {MAX_REPLY_BYTES // 2**20} MiB: "
                            "it cannot be a brief; choose another model"
                        )
                    if time.monotonic() > deadline:
                        raise ModelUnavailable(self._timeout_message())
                    chunks.append(chunk)
        except (openai.APITimeoutError, httpx2.TimeoutException) as exc:
            raise ModelUnavailable(self._timeout_message()) from exc
        except openai.APIStatusError as exc:
            raise ModelUnavailable(self._status_message(exc)) from exc
        except (openai.OpenAIError, httpx2.HTTPError, httpx2.InvalidURL) as exc:
            cause = exc.__cause__ or exc
            raise ModelUnavailable(
                f"no connection to {self._where} ({excerpt(cause, self.api_key)}): "
                "check the base URL and whether the server runs"
            ) from exc
        return b"".join(chunks)

    def _connect(self) -> openai.OpenAI:
        import openai

        return openai.OpenAI(
            base_url=self.base_url,
            api_key=self.api_key or "none",
            timeout=self.timeout_s,
            max_retries=self.n_retries,
            # A proxy from the environment must not get requests meant for this machine.
            http_client=openai.DefaultHttpxClient(trust_env=not is_loopback(self.base_url)),
        )

    def _timeout_message(self) -> str:
        return (
            f"{self._where} did not finish its answer within {self.timeout_s:g} s: "
            "raise BRIEFING_TIMEOUT or choose a faster model"
        )

    def _status_message(self, exc: openai.APIStatusError) -> str:
        status = exc.status_code
        if status in (401, 403):
            # No text of the server here: some repeat parts of the key.
            return f"{self._where} refused the key (HTTP {status}): check BRIEFING_API_KEY"
        body = exc.body if isinstance(exc.body, dict) else {}
        said = excerpt(body.get("message") or "", self.api_key)
        said = f": {said}" if said else ""
        if status == 404:
            return (
                f"{self._where} does not know the model {self.name!r} or has no chat completions "
                f"(HTTP 404){said}. Check BRIEFING_MODEL and the base URL (it often ends in /v1)"
            )
        if status == 429:
            return f"{self._where} refuses more requests for now (HTTP 429){said}. Wait, or check the quota"
        if status >= 500:
            return f"{self._where} failed (HTTP {status}){said}. Try again later"
        if "context" in str(body.get("type") or body.get("code") or ""):
            return (
                f"the article and the answer do not fit into the model's context window{said}. "
                "Shorten the article, or choose a model with a longer one"
            )
        return f"{self._where} refused the request (HTTP {status}){said}. Check the model's name and what it can do"

    def _as_model_error(self, exc: Exception, replies: list[Reply]) -> ModelError:
        cause = exc.__cause__ or exc
        if isinstance(cause, ModelError):
            return cause
        times = "twice" if len(replies) > 1 else "once"
        return OutputInvalid(
            f"the answer of {self.name} does not fit the schema (asked {times}): {_reason(cause, replies)}. "
            "Try again, or choose a stronger model"
        )


def _reason(cause: BaseException, replies: list[Reply]) -> str:
    """Say in a few words why an answer does not fit: where, never what the answer holds."""
    from pydantic import ValidationError

    if replies and not replies[-1].content.strip() and not replies[-1].tool_calls:
        return "it is empty"
    if not isinstance(cause, ValidationError):
        return f"it cannot be read ({type(cause).__name__})"
    if (
        cause.errors(include_url=False, include_context=False, include_input=False)[0]["type"]
        == "json_invalid"
    ):
        return "it is not JSON"
    found = problems(cause)
    more = len(found) - _SHOWN_PROBLEMS
    return "; ".join(found[:_SHOWN_PROBLEMS]) + (f"; and {more} more" if more > 0 else "")


def _completion(name: str, reply: Reply) -> ChatCompletion:
    """Build a clean completion for Instructor, whatever the endpoint left out or added."""
    from openai.types.chat import ChatCompletion

    message: dict[str, Any] = {"role": "assistant", "content": reply.content}
    if reply.tool_calls:
        message["tool_calls"] = list(reply.tool_calls)
    try:
        return ChatCompletion.model_validate(
            {
                "id": "reply",
                "object": "chat.completion",
                "created": 0,
                "model": name,
                "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
            }
        )
    except ValueError as exc:
        raise OutputInvalid("the answer's tool calls cannot be read: choose another model") from exc


def _silence_providers() -> None:
    """Keep the libraries' loggers quiet: they print whole articles, answers and input values.

    openai and httpx2 keep a level that somebody set on them on purpose; Instructor's error log shows nothing
    that our own exceptions do not say better.
    """
    logging.getLogger("instructor").setLevel(logging.CRITICAL + 1)
    for name in ("openai", "httpx2", "httpcore2"):
        logger = logging.getLogger(name)
        if logger.level == logging.NOTSET:
            logger.setLevel(logging.WARNING)
