"""What goes over the wire and comes back: the schema that is sent, and the reply as it is read.

Nothing here opens a connection.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ValidationError

from briefing.errors import ModelUnavailable, OutputInvalid, OutputTruncated
from briefing.report import Usage

__all__ = [
    "Reply",
    "excerpt",
    "first_problem",
    "is_loopback",
    "json_grammar",
    "problems",
    "public_url",
    "read_reply",
    "usage_of",
    "wire_schema",
]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_EXCERPT_LENGTH = 200
_LOC_DEPTH = 6


def excerpt(text: object, secret: str = "") -> str:
    """Give the start of a foreign text, safe to show: one line, bounded, without the secret."""
    shown = str(text)
    if secret:
        shown = shown.replace(secret, "…")
    shown = _CONTROL.sub(" ", shown[: _EXCERPT_LENGTH * 4]).strip()
    return shown if len(shown) <= _EXCERPT_LENGTH else shown[: _EXCERPT_LENGTH - 1] + "…"


def problems(exc: ValidationError) -> list[str]:
    """Say where data does not fit a schema and how, never what the data holds."""
    return [
        f"{'.'.join(map(str, problem['loc'][:_LOC_DEPTH])) or 'the whole'}: {excerpt(problem['msg'])}"
        for problem in exc.errors(include_url=False, include_context=False, include_input=False)
    ]


def first_problem(exc: ValidationError) -> str:
    """Say the first of `problems`."""
    return problems(exc)[0]


def public_url(url: str) -> str:
    """Strip user, password, query and fragment from a URL.

    >>> public_url("https://me:secret@host.example:8443/v1/?key=abc")
    'https://host.example:8443/v1'
    """
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path.rstrip("/"), "", ""))


def is_loopback(url: str) -> bool:
    """Tell whether a URL names this machine; such a request must never go through a proxy.

    >>> [is_loopback(u) for u in ("http://127.0.0.1:80/v1", "http://[::1]/", "http://localhost.example/")]
    [True, True, False]
    """
    host = (urlsplit(url).hostname or "").lower()
    return host in ("localhost", "::1") or re.fullmatch(r"127(\.\d{1,3}){3}", host) is not None


def wire_schema(response_model: type[BaseModel]) -> dict[str, Any]:
    """Give the JSON schema to send: every key required, nothing beside a `$ref`, no titles.

    Titles only repeat the field names and cost prompt tokens. A key beside `$ref` is refused by some servers
    and ignored by others, so each reference is replaced by a copy of its target; a recursive schema keeps its
    references.
    """
    schema = response_model.model_json_schema()
    definitions: dict[str, Any] = schema.pop("$defs", {})
    inlined = _inline(schema, definitions, ())
    assert isinstance(inlined, dict)
    kept = {name for name in definitions if f'"#/$defs/{name}"' in json.dumps(inlined)}
    if kept:
        inlined["$defs"] = {name: _inline(definitions[name], definitions, (name,)) for name in definitions}
    return inlined


def json_grammar(schema: dict[str, Any]) -> str:
    r"""Give a llama.cpp grammar that lets the model write nothing but JSON of this schema, on one line.

    llama.cpp's own conversion of a response format ignores patterns that hold `\d`, warns on stderr, and
    lets the model spend a quarter of its tokens on line breaks and indents; its llguidance engine does not
    (xllamacpp 2026.10.11549). It falls back to no grammar at all when it cannot read the schema.
    """
    options = {"whitespace_flexible": False, "item_separator": ", ", "key_separator": ": "}
    return "%llguidance {}\nstart: %json " + json.dumps({**schema, "x-guidance": options})


def _inline(node: Any, definitions: dict[str, Any], inside: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_inline(item, definitions, inside) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        name = reference.removeprefix("#/$defs/")
        if name not in definitions or name in inside:
            return {"$ref": reference}
        target = _inline(definitions[name], definitions, (*inside, name))
        rest = {key: value for key, value in node.items() if key not in ("$ref", "default")}
        return {**target, **_inline(rest, definitions, inside)}
    result: dict[str, Any] = {}
    for key, value in node.items():
        if key in ("title", "default") and not isinstance(value, dict):
            continue
        if key == "properties":
            result[key] = {name: _inline(field, definitions, inside) for name, field in value.items()}
        elif key in ("enum", "const", "required"):
            result[key] = value
        else:
            result[key] = _inline(value, definitions, inside)
    if "properties" in result:
        result["required"] = list(result["properties"])
        result["additionalProperties"] = False
    return result


@dataclass(frozen=True)
class Reply:
    """The first choice of a chat completion, and what it took."""

    content: str
    tool_calls: tuple[dict[str, Any], ...]
    usage: Usage


def read_reply(body: bytes, where: str, secret: str = "") -> Reply:
    """Read the body of a chat completion.

    Args:
        body: The response body, whole.
        where: The endpoint, for messages.
        secret: The key, so that no message ever repeats it.

    Raises:
        ModelUnavailable: The body is no JSON object (a web page, a proxy), or holds an error.
        OutputTruncated: The answer stopped at the token limit.
        OutputInvalid: There is no choice, or the model refused or was filtered.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as exc:
        what = "a web page" if body.lstrip()[:1] == b"<" else "nothing" if not body.strip() else "no JSON"
        raise ModelUnavailable(
            f"{where} answered with {what} instead of a chat completion: "
            "check the base URL (it often ends in /v1) and any proxy in between"
        ) from exc
    if not isinstance(data, dict):
        raise ModelUnavailable(f"{where} answered with JSON that is no chat completion: check the base URL")
    error = data.get("error")
    if error and not data.get("choices"):
        message = error.get("message", error) if isinstance(error, dict) else error
        raise ModelUnavailable(
            f"{where} reports an error: {excerpt(message, secret)}. Check the model, or try again later"
        )
    choices = data.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        raise OutputInvalid(f"{where} answered without a message: check that the model is a chat model")
    _check_finish(choice.get("finish_reason"), message, where, secret)
    content = message.get("content")
    calls = message.get("tool_calls")
    return Reply(
        content=content if isinstance(content, str) else _joined_parts(content),
        tool_calls=tuple(calls) if isinstance(calls, list) else (),
        usage=usage_of(data.get("usage")),
    )


def _check_finish(finish: object, message: dict[str, Any], where: str, secret: str) -> None:
    if finish == "length":
        raise OutputTruncated(
            f"the answer of {where} hit the token limit before it was complete: "
            "raise the limit or shorten the article"
        )
    if finish == "content_filter":
        raise OutputInvalid(f"{where} stopped the answer with its content filter: try another model")
    refusal = message.get("refusal")
    if refusal:
        raise OutputInvalid(f"the model at {where} refused: {excerpt(refusal, secret)}. Try another model")


def _joined_parts(content: object) -> str:
    if not isinstance(content, list):
        return ""
    texts = [part.get("text") for part in content if isinstance(part, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def usage_of(usage: object) -> Usage:
    """Read the `usage` of one chat completion; 0 where the endpoint does not say."""
    return Usage(
        n_requests=1,
        prompt_tokens=_count(usage, "prompt_tokens"),
        cached_tokens=_count(usage, "prompt_tokens_details", "cached_tokens"),
        completion_tokens=_count(usage, "completion_tokens"),
        reasoning_tokens=_count(usage, "completion_tokens_details", "reasoning_tokens"),
    )


def _count(node: object, *path: str) -> int:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node if isinstance(node, int) and not isinstance(node, bool) and node > 0 else 0
