from __future__ import annotations

import io
import json
import logging
import socket
import traceback
from dataclasses import dataclass
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field
from stub_server import Answer, StubServer, completion, failure

from briefing.errors import BriefingError, ModelError, ModelUnavailable, OutputInvalid, OutputTruncated
from briefing.model.client import MAX_REPLY_BYTES, EndpointModel, Mode
from briefing.model.types import Message, Model
from briefing.schema import Brief

KEY = "sk-very-secret-0123456789"


class City(BaseModel):
    """A city of the article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=40)
    kind: Literal["port", "capital"]
    cites: tuple[int, ...]


MUSCAT = {"name": "Muscat", "kind": "capital", "cites": [1, 2]}
MESSAGES: list[Message] = [
    {"role": "system", "content": "Fill the schema."},
    {"role": "user", "content": "[1] The talks were held in Muscat."},
]


def model(url: str, **changes: object) -> EndpointModel:
    options: dict[str, object] = {"api_key": KEY, "timeout_s": 10.0, "n_retries": 0, **changes}
    return EndpointModel("stub", url, **options)  # type: ignore[arg-type]


def everything_shown(error: BaseException) -> str:
    """Give all that a log with a traceback would print of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + str(error)


def test_a_filled_object_is_a_plain_one_of_the_class_asked_for() -> None:
    with StubServer([completion(MUSCAT)]) as stub:
        city, usage = model(stub.url).fill(City, MESSAGES)
    assert type(city) is City
    assert city == City(name="Muscat", kind="capital", cites=(1, 2))
    assert usage.model_copy(update={"seconds": 0.0}).model_dump() == {
        "n_requests": 1,
        "prompt_tokens": 100,
        "cached_tokens": 40,
        "completion_tokens": 20,
        "reasoning_tokens": 5,
        "seconds": 0.0,
    }
    assert 0 < usage.seconds < 10


def test_an_endpoint_model_is_a_model() -> None:
    endpoint: Model = model("https://me:secret@host.example:8443/v1/?key=abc")
    assert (endpoint.name, endpoint.endpoint) == ("stub", "https://host.example:8443/v1")
    assert endpoint.n_ctx is None


ARTICLES = [
    "Seven is {{ 7*7 }} and {% raw",
    "{# a comment #} {{ ''.__class__ }} {% endraw %}",
    'في مسقط {{ "٤٩" }} قال المتحدث: «لا»\u200f\u00a0\r\n\tنهاية',
    "    leading spaces\n\n    stay \\n \" ' </s><|im_end|> \U0001f1f4\U0001f1f2 e\u0301",
]


@pytest.mark.parametrize("article", ARTICLES)
@pytest.mark.parametrize("mode", ["json_schema", "grammar", "tools"])
def test_an_article_goes_out_byte_for_byte(article: str, mode: Mode) -> None:
    messages: list[Message] = [{"role": "system", "content": article}, {"role": "user", "content": article}]
    answer = completion(MUSCAT)
    if mode == "tools":
        call = {
            "id": "1",
            "type": "function",
            "function": {"name": "City", "arguments": json.dumps(MUSCAT)},
        }
        answer = completion(None, tool_calls=[call])
    with StubServer([answer]) as stub:
        model(stub.url, mode=mode).fill(City, messages)
    assert stub.requests[0].json["messages"] == messages


def test_the_article_goes_out_unchanged_when_it_is_asked_again_too() -> None:
    messages: list[Message] = [{"role": "user", "content": ARTICLES[0]}]
    with StubServer([completion("{}"), completion(MUSCAT)]) as stub:
        model(stub.url).fill(City, messages)
    assert stub.requests[1].json["messages"][0] == messages[0]
    assert messages == [{"role": "user", "content": ARTICLES[0]}]


def test_what_goes_over_the_wire() -> None:
    with StubServer([completion(MUSCAT)]) as stub:
        model(stub.url, max_tokens=500).fill(City, MESSAGES, max_tokens=77)
    request = stub.requests[0]
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert {key: request.json[key] for key in ("model", "max_tokens", "temperature")} == {
        "model": "stub",
        "max_tokens": 77,
        "temperature": 0.0,
    }
    form = request.json["response_format"]
    assert (form["type"], form["json_schema"]["name"]) == ("json_schema", "City")
    assert form["json_schema"]["schema"] == {
        "type": "object",
        "description": "A city of the article.",
        "additionalProperties": False,
        "required": ["name", "kind", "cites"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 40},
            "kind": {"type": "string", "enum": ["port", "capital"]},
            "cites": {"type": "array", "items": {"type": "integer"}},
        },
    }


def test_limits_come_from_the_model_when_the_call_names_none() -> None:
    with StubServer([completion(MUSCAT)]) as stub:
        model(stub.url, max_tokens=500, temperature=None).fill(City, MESSAGES)
        model(stub.url).fill(City, MESSAGES)
    assert stub.requests[0].json["max_tokens"] == 500
    assert "temperature" not in stub.requests[0].json
    assert "max_tokens" not in stub.requests[1].json


def test_a_grammar_replaces_the_response_format() -> None:
    with StubServer([completion(MUSCAT)]) as stub:
        assert model(stub.url, mode="grammar").fill(City, MESSAGES)[0].name == "Muscat"
    assert "response_format" not in stub.requests[0].json
    head, _, schema = stub.requests[0].json["grammar"].partition("%json ")
    assert head == "%llguidance {}\nstart: "
    assert json.loads(schema)["required"] == ["name", "kind", "cites"]


def test_json_mode_puts_the_schema_into_the_prompt() -> None:
    with StubServer([completion(f"Here it is: {json.dumps(MUSCAT)}"), completion(MUSCAT)]) as stub:
        assert model(stub.url, mode="json").fill(City, MESSAGES)[0].name == "Muscat"
    assert stub.requests[0].json["response_format"] == {"type": "json_object"}
    assert "capital" in stub.requests[0].json["messages"][0]["content"]


def test_usage_is_summed_over_the_answers_that_broke_the_schema() -> None:
    with StubServer([completion({"name": "Muscat"}), completion(MUSCAT)]) as stub:
        _, usage = model(stub.url).fill(City, MESSAGES)
    assert len(stub.requests) == 2
    assert (usage.n_requests, usage.prompt_tokens, usage.cached_tokens) == (2, 200, 80)
    assert (usage.completion_tokens, usage.reasoning_tokens) == (40, 10)


def test_usage_is_zero_where_the_endpoint_does_not_say() -> None:
    reply = json.loads(completion(MUSCAT).body)
    del reply["usage"]
    with StubServer([Answer(json.dumps(reply).encode())]) as stub:
        _, usage = model(stub.url).fill(City, MESSAGES)
    assert (usage.n_requests, usage.prompt_tokens, usage.completion_tokens) == (1, 0, 0)


def test_an_answer_that_never_fits_is_asked_for_twice_at_most() -> None:
    with StubServer([completion({"name": "Muscat"})]) as stub, pytest.raises(OutputInvalid):
        model(stub.url).fill(City, MESSAGES)
    assert len(stub.requests) == 2


@dataclass(frozen=True)
class Bad:
    """A bad answer, the error it must become, and words its message must have."""

    id: str
    answer: Answer
    error: type[ModelError]
    says: tuple[str, ...]


WHOLE = completion(MUSCAT).body
BAD = [
    Bad("no key", failure(401, f"Incorrect API key provided: {KEY}"), ModelUnavailable, ("key", "401")),
    Bad("forbidden", failure(403, f"no {KEY}"), ModelUnavailable, ("key", "403", "BRIEFING_API_KEY")),
    Bad("no model", failure(404, "no such model"), ModelUnavailable, ("'stub'", "404", "no such model")),
    Bad("quota", failure(429, "quota exceeded"), ModelUnavailable, ("429", "quota exceeded")),
    Bad("down", failure(500, "boom"), ModelUnavailable, ("500", "boom", "later")),
    Bad("bad gateway", Answer(b"<html>502</html>", 502, "text/html"), ModelUnavailable, ("502",)),
    Bad("bad request", failure(400, f"bad {KEY} field"), ModelUnavailable, ("400", "bad … field")),
    Bad(
        "too long",
        failure(400, "request (9000 tokens) exceeds", type="exceed_context_size_error"),
        ModelUnavailable,
        ("context window", "9000"),
    ),
    Bad(
        "too long at OpenAI",
        failure(400, "maximum context length is 8192", code="context_length_exceeded"),
        ModelUnavailable,
        ("context window", "8192"),
    ),
    Bad("web page", Answer(b"<html>login</html>", 200, "text/html"), ModelUnavailable, ("web page", "/v1")),
    Bad("nothing", Answer(b""), ModelUnavailable, ("nothing",)),
    Bad("no JSON", Answer(b"OK"), ModelUnavailable, ("no JSON",)),
    Bad("half a body", Answer(WHOLE[:90]), ModelUnavailable, ("no JSON",)),
    Bad("a list", Answer(b"[]"), ModelUnavailable, ("base URL",)),
    Bad("deep nesting", Answer(b"[" * 200_000), ModelUnavailable, ("no JSON",)),
    Bad("an error with 200", failure(200, f"upstream {KEY}"), ModelUnavailable, ("upstream …",)),
    Bad("an error that is text", Answer(b'{"error": "busy"}'), ModelUnavailable, ("busy",)),
    Bad("connection closed", Answer(WHOLE, cut=50), ModelUnavailable, ("127.0.0.1", "connection")),
    Bad("no choices", Answer(b'{"choices": []}'), OutputInvalid, ("without a message",)),
    Bad("null choices", Answer(b'{"choices": null}'), OutputInvalid, ("without a message",)),
    Bad("no message", Answer(b'{"choices": [{"text": "x"}]}'), OutputInvalid, ("chat model",)),
    Bad("other JSON", Answer(b'{"status": "ok"}'), OutputInvalid, ("without a message",)),
    Bad("refusal", completion(None, refusal="I cannot help"), OutputInvalid, ("refused: I cannot help",)),
    Bad("filtered", completion("", "content_filter"), OutputInvalid, ("content filter",)),
    Bad("truncated", completion('{"name": "Mus', "length"), OutputTruncated, ("token limit",)),
    Bad("content null", completion(None), OutputInvalid, ("empty",)),
    Bad("content empty", completion("  \n"), OutputInvalid, ("empty",)),
    Bad("garbage", completion("Sure! Muscat is a city."), OutputInvalid, ("not JSON", "twice")),
    Bad("half JSON", completion('{"name": "Muscat", "ki'), OutputInvalid, ("not JSON",)),
    Bad("another schema", completion({"town": "zzz-whole-answer"}), OutputInvalid, ("name", "kind")),
    Bad("a scalar", completion("5"), OutputInvalid, ("the whole",)),
    Bad("wrong types", completion({**MUSCAT, "cites": ["1"]}), OutputInvalid, ("cites.0",)),
    Bad("not in the list", completion({**MUSCAT, "kind": "zzz"}), OutputInvalid, ("kind",)),
    Bad("too large", completion({**MUSCAT, "name": "x" * 10 * 2**20}), OutputInvalid, ("MiB",)),
    Bad("lone surrogate", completion('{"name": "\\ud800", "kind": "port", "cites": []}'), OutputInvalid, ()),
]


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.id)
def test_a_bad_answer_becomes_one_of_our_errors(case: Bad, caplog: pytest.LogCaptureFixture) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        StubServer([case.answer]) as stub,
        pytest.raises(ModelError) as caught,
    ):
        model(stub.url).fill(City, MESSAGES)
    assert type(caught.value) is case.error
    assert caught.value.exit_code == 4
    message = str(caught.value)
    assert [words for words in case.says if words not in message] == []
    assert len(message) < 700
    assert "\n" not in message
    assert "zzz" not in message
    assert KEY not in message + repr(caught.value) + caplog.text
    if case.id not in ("no key", "forbidden", "bad request", "an error with 200"):  # the server repeats it
        assert KEY not in everything_shown(caught.value)
    assert len(stub.requests) <= 2


def test_a_message_never_holds_a_whole_answer() -> None:
    long = {"name": "Muscat", **{f"key_{number}": "zzz" * 50 for number in range(50)}}
    with StubServer([completion(long)]) as stub, pytest.raises(OutputInvalid) as caught:
        model(stub.url).fill(City, MESSAGES)
    assert "zzz" not in str(caught.value)
    assert "more" in str(caught.value)
    assert len(str(caught.value)) < 700


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        with pytest.raises(ModelUnavailable) as caught:
            model(url).fill(City, MESSAGES)
    assert url in str(caught.value)
    assert "server runs" in str(caught.value)


SLOW = [
    pytest.param(Answer(WHOLE, delay_s=3.0), id="no answer"),
    pytest.param(Answer(WHOLE, pause_s=0.2), id="a drop at a time"),
]


@pytest.mark.parametrize("answer", SLOW)
def test_a_slow_answer_ends_at_the_timeout(answer: Answer) -> None:
    with StubServer([answer]) as stub, pytest.raises(ModelUnavailable) as caught:
        model(stub.url, timeout_s=0.5).fill(City, MESSAGES)
    assert "0.5 s" in str(caught.value)
    assert "BRIEFING_TIMEOUT" in str(caught.value)


def test_a_lost_request_is_sent_again_as_often_as_asked() -> None:
    with StubServer([failure(503), completion(MUSCAT)]) as stub:
        city, usage = model(stub.url, n_retries=1).fill(City, MESSAGES)
    assert (city.name, len(stub.requests), usage.n_requests) == ("Muscat", 2, 1)


def test_an_error_during_the_second_asking_is_told_as_it_is() -> None:
    with StubServer([completion("{}"), failure(401)]) as stub, pytest.raises(ModelUnavailable) as caught:
        model(stub.url).fill(City, MESSAGES)
    assert "refused the key" in str(caught.value)


@pytest.mark.parametrize("url", ["http://[::1", "nowhere", "ftp://host.example/v1", "http://"])
def test_an_address_that_is_none_is_an_error_of_ours(url: str) -> None:
    with pytest.raises(BriefingError) as caught:
        model(url).fill(City, MESSAGES)
    assert KEY not in everything_shown(caught.value)


def test_no_library_logs_a_text_even_when_all_logging_is_on() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with StubServer([completion({"name": "zzz-secret-input"})]) as stub, pytest.raises(OutputInvalid):
            model(stub.url).fill(City, [{"role": "user", "content": "zzz-article"}])
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert "zzz" not in stream.getvalue()
    assert KEY not in stream.getvalue()


def test_a_key_is_in_no_repr() -> None:
    assert KEY not in repr(model("https://host.example/v1"))
    assert KEY not in str(model("https://host.example/v1"))


def test_no_proxy_gets_a_request_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with StubServer([completion(MUSCAT)]) as stub:
        assert model(stub.url).fill(City, MESSAGES)[0].name == "Muscat"


def test_an_answer_in_parts_is_read() -> None:
    parts = [{"type": "text", "text": json.dumps(MUSCAT)}]
    reply = json.loads(completion("").body)
    reply["choices"][0]["message"]["content"] = parts
    with StubServer([Answer(json.dumps(reply).encode())]) as stub:
        assert model(stub.url).fill(City, MESSAGES)[0].name == "Muscat"


def test_a_bare_answer_is_read() -> None:
    bare = {"choices": [{"message": {"content": json.dumps(MUSCAT)}}]}
    with StubServer([Answer(json.dumps(bare).encode())]) as stub:
        assert model(stub.url).fill(City, MESSAGES)[0].name == "Muscat"


def test_tool_calls_that_cannot_be_read() -> None:
    with StubServer([completion(None, tool_calls=[{"id": 5}])]) as stub, pytest.raises(OutputInvalid):
        model(stub.url, mode="tools").fill(City, MESSAGES)


def test_a_whole_brief_comes_back_as_it_was_sent() -> None:
    figure = {
        "cites": [3],
        "value": 12.5,
        "value_max": None,
        "as_written": "12.5 per cent",
        "bound": "exact",
        "unit": "percent",
        "counts": "fall in exports",
        "as_of": "2024-03",
        "said_by": None,
    }
    statement = {"cites": [1], "text": "توقف التصدير"}
    brief = {
        "headline": statement,
        "bottom_line": [statement],
        "parties": [],
        "demands": [],
        "military_actions": [],
        "talks": [],
        "figures": [figure],
        "outlook": [],
    }
    with StubServer([completion(brief)]) as stub:
        got, _ = model(stub.url).fill(Brief, MESSAGES)
    assert got == Brief.model_validate(brief)
    assert got.model_dump(mode="json") == brief


def test_the_limit_on_an_answer_holds_any_brief_that_is_real() -> None:
    assert MAX_REPLY_BYTES > 50 * 20_000
