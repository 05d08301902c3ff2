from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from briefing.errors import ModelUnavailable, OutputInvalid, OutputTruncated, SettingsError
from briefing.model.replay import ReplayModel, ScriptedModel
from briefing.model.types import Message, Model
from briefing.report import Usage


class City(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    cites: tuple[int, ...]


class Toll(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Decimal


ASK: list[Message] = [{"role": "user", "content": "أين؟"}]
CITY = {"name": "مسقط", "cites": [1]}
RECORDING = {
    "model": "big-model",
    "replies": [
        {"response_model": "City", "content": CITY},
        {"response_model": "Toll", "content": {"value": 12.5}},
        {"response_model": "City", "content": {"name": "Muscat", "cites": [2]}},
        {"response_model": "Toll", "content": {"value": 1, "more": 2}},
    ],
}


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "replies.json"
    path.write_text(json.dumps(RECORDING), encoding="utf-8")
    return path


def test_replies_come_by_class_and_in_order(recording: Path) -> None:
    model: Model = ReplayModel.from_file(recording)
    assert (model.name, model.endpoint, model.n_ctx) == ("big-model", "replay", None)
    assert model.fill(City, ASK) == (City(name="مسقط", cites=(1,)), Usage(n_requests=1))
    assert model.fill(City, ASK)[0].name == "Muscat"
    assert model.fill(Toll, ASK)[0].value == Decimal("12.5")
    with pytest.raises(ModelUnavailable, match="the recording has no more replies for City"):
        model.fill(City, ASK)


def test_a_reply_that_does_not_fit_is_invalid(recording: Path) -> None:
    model = ReplayModel.from_file(recording)
    model.fill(Toll, ASK)
    with pytest.raises(OutputInvalid, match="Toll: more"):
        model.fill(Toll, ASK)


def test_a_recorded_reply_is_read_as_strictly_as_a_fresh_one(tmp_path: Path) -> None:
    path = tmp_path / "replies.json"
    replies = [{"response_model": "City", "content": {"name": "Muscat", "cites": ["1"]}}]
    path.write_text(json.dumps({"model": "m", "replies": replies}), encoding="utf-8")
    with pytest.raises(OutputInvalid, match=r"cites\.0"):
        ReplayModel.from_file(path).fill(City, ASK)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "whole"),
        ('{"model": "m"}', "replies"),
        ('{"model": "m", "replies": [{"content": {}}]}', "response_model"),
        ('{"model": "m", "replies": [], "extra": 1}', "extra"),
    ],
)
def test_a_file_that_is_no_recording(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "replies.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says):
        ReplayModel.from_file(path)


def test_a_recording_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.json"):
        ReplayModel.from_file(tmp_path / "none.json")


def test_a_script_answers_raises_and_computes() -> None:
    def echo(messages: list[Message]) -> object:
        return {"name": messages[0]["content"], "cites": []}

    def stop(messages: list[Message]) -> object:
        return OutputTruncated("too long")

    model = ScriptedModel([CITY, City(name="Doha", cites=()), OutputTruncated("cut"), echo, stop])
    assert model.fill(City, ASK)[0] == City(name="مسقط", cites=(1,))
    assert model.fill(City, ASK)[0].name == "Doha"
    with pytest.raises(OutputTruncated, match="cut"):
        model.fill(City, ASK)
    assert model.fill(City, ASK, max_tokens=9)[0].name == "أين؟"
    with pytest.raises(OutputTruncated, match="too long"):
        model.fill(City, ASK)
    with pytest.raises(ModelUnavailable, match="the script has no more replies for City"):
        model.fill(City, ASK)
    assert [call.response_model for call in model.calls] == [City] * 6
    assert model.calls[3].max_tokens == 9
    assert model.calls[0].messages == tuple(ASK)


def test_a_script_checks_its_replies() -> None:
    with pytest.raises(OutputInvalid, match="City: cites"):
        ScriptedModel([{"name": "Muscat"}]).fill(City, ASK)
    with pytest.raises(OutputInvalid, match="City"):
        ScriptedModel([Toll(value=Decimal(1))]).fill(City, ASK)


def test_calls_keep_the_messages_as_they_were() -> None:
    messages: list[Message] = [{"role": "user", "content": "first"}]
    model = ScriptedModel([CITY])
    model.fill(City, messages)
    messages[0]["content"] = "second"
    assert model.calls[0].messages[0]["content"] == "first"
