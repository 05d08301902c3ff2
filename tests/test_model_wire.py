from __future__ import annotations

import json
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from briefing.errors import ModelError
from briefing.model.wire import (
    excerpt,
    is_loopback,
    json_grammar,
    public_url,
    read_reply,
    usage_of,
    wire_schema,
)
from briefing.schema import Brief


class Place(BaseModel):
    """A place."""

    title: str = Field(description="a field that is called title")
    default: int | None = None


class Trip(BaseModel):
    model_config = ConfigDict(extra="forbid")

    start: Place = Field(description="where it starts")
    stops: Annotated[tuple[Place, ...], Field(max_length=3)]
    end: Place | None


class Tree(BaseModel):
    leaf: str
    branches: list[Tree]


def test_references_are_replaced_and_every_key_is_required() -> None:
    place = {
        "type": "object",
        "description": "A place.",
        "properties": {
            "title": {"type": "string", "description": "a field that is called title"},
            "default": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        },
        "required": ["title", "default"],
        "additionalProperties": False,
    }
    assert wire_schema(Trip) == {
        "type": "object",
        "properties": {
            "start": {**place, "description": "where it starts"},
            "stops": {"type": "array", "items": place, "maxItems": 3},
            "end": {"anyOf": [place, {"type": "null"}]},
        },
        "required": ["start", "stops", "end"],
        "additionalProperties": False,
    }


def test_a_recursive_schema_keeps_its_references() -> None:
    schema = wire_schema(Tree)
    assert set(schema["$defs"]) == {"Tree"}
    assert schema["$defs"]["Tree"]["properties"]["branches"]["items"] == {"$ref": "#/$defs/Tree"}


def test_the_schema_of_a_brief_has_no_reference_and_no_title() -> None:
    text = json.dumps(wire_schema(Brief))
    assert "$ref" not in text
    assert '"title"' not in text
    assert '"maxItems": 12' in text
    assert len(text) < len(json.dumps(Brief.model_json_schema()))


def test_a_grammar_asks_for_one_line() -> None:
    schema = json.loads(json_grammar(wire_schema(Trip)).partition("%json ")[2])
    assert schema.pop("x-guidance") == {
        "whitespace_flexible": False,
        "item_separator": ", ",
        "key_separator": ": ",
    }
    assert schema == wire_schema(Trip)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\n lines\x1b[31m", "two  lines [31m"),
        ("the key sk-1 is bad", "the key … is bad"),
        ("\u202eevil", "evil"),
        ("x" * 500, "x" * 199 + "…"),
        ("رفض الخادم الطلب", "رفض الخادم الطلب"),
    ],
)
def test_excerpts_are_safe_to_show(text: str, shown: str) -> None:
    assert excerpt(text, "sk-1") == shown


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:11434/v1", True),
        ("http://127.8.9.1", True),
        ("http://[::1]:8/v1", True),
        ("http://127.0.0.1.example/v1", False),
        ("https://api.openai.com/v1", False),
        ("http://0.0.0.0/", False),
    ],
)
def test_loopback(url: str, loopback: bool) -> None:
    assert is_loopback(url) is loopback


def test_a_public_url_has_no_credentials() -> None:
    assert public_url("http://u:p@h/v1?api-key=k#f") == "http://h/v1"


@pytest.mark.parametrize(
    "usage",
    [
        None,
        [],
        {},
        {"prompt_tokens": None},
        {"prompt_tokens": "7"},
        {"prompt_tokens": -1},
        {"prompt_tokens": True},
    ],
)
def test_a_usage_that_says_nothing_counts_nothing(usage: object) -> None:
    assert usage_of(usage).model_dump() == {
        "n_requests": 1,
        "prompt_tokens": 0,
        "cached_tokens": 0,
        "completion_tokens": 0,
        "reasoning_tokens": 0,
        "seconds": 0.0,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["choices", "message", "content", "error", "usage", "finish_reason", "refusal", "text"]
            )
            | st.text(max_size=3),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused(data: object) -> None:
    refused = ""
    try:
        content = read_reply(json.dumps(data).encode(), "here").content
    except ModelError as exc:
        refused, content = str(exc), ""
    assert isinstance(content, str)
    assert bool(content) <= (not refused)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with pytest.raises(ModelError):
        read_reply(body, "here")
