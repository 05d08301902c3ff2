from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from articles import NAMES, source_of

from briefing.errors import ModelUnavailable, OutputInvalid, OutputTruncated
from briefing.model.extractive import extract_brief
from briefing.model.replay import ScriptedModel
from briefing.model.types import Message
from briefing.pipeline import GenerateSettings, generate
from briefing.schema import Brief
from briefing.source import Source
from briefing.text.names import translate_name

pytestmark = pytest.mark.usefixtures("articles_read_once")

N_RUNS = 50
Pick = Callable[[str, dict[str, Any], str], Any]
"""(field, its JSON schema, what was asked) → the answer for the field."""


def picking_model(pick: Pick) -> ScriptedModel:
    """Give a model that fills whatever form it is shown."""
    model = ScriptedModel([])

    def reply(messages: list[Message]) -> object:
        form = model.calls[-1].response_model.model_json_schema()
        assert form["additionalProperties"] is False
        assert set(form["required"]) == set(form["properties"])
        asked = messages[-1]["content"]
        return {field: pick(field, schema, asked) for field, schema in form["properties"].items()}

    model.replies = [reply] * 2000
    return model


def options(schema: dict[str, Any]) -> list[Any]:
    return schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else []


def first(field: str, schema: dict[str, Any], asked: str) -> Any:
    return options(schema)[0] if options(schema) else asked.rpartition("Sentence: ")[2].split()[0]


def none(field: str, schema: dict[str, Any], asked: str) -> Any:
    return "none"


def adversary(rng: random.Random) -> Pick:
    """Choose at random, and write into free fields what is not in the article, or half of it."""

    def pick(field: str, schema: dict[str, Any], asked: str) -> Any:
        if options(schema):
            return rng.choice(options(schema))
        words = re.findall(r"\w+", asked) or ["x"]
        texts = (
            "999",
            "people killed in Bogota",
            "قتلى في بوغوتا",
            "x" * schema["maxLength"],
            " ",
            "…",
            "{{ 7*7 }} <script>",
            rng.choice(words),
            f"{rng.choice(words)} 999",
            f"{rng.choice(words)} Bogota",
            " ".join(rng.choice(words) for _ in range(4)),
            "none",
        )
        return rng.choice(texts)[: schema["maxLength"]]

    return pick


def extract(source: Source, model: ScriptedModel, language: str) -> Brief:
    brief, usage = extract_brief(source, model, language, on_step=lambda step: None)
    assert usage.n_requests <= len(model.calls)
    assert Brief.model_validate_json(brief.model_dump_json()) == brief
    return brief


def one_line(text: str) -> str:
    return " ".join(text.split())


def assert_out_of_the_article(brief: Brief, source: Source) -> None:
    """Every text is a passage of a cited sentence, every name is written in the article or its known other form."""
    article = one_line(source.text)
    sentences = [one_line(source.sentence(s.number)) for s in source.sentences]

    def is_passage(text: str, cites: tuple[int, ...]) -> bool:
        passage = text.removesuffix(" …")
        return any(passage in sentences[n - 1] for n in cites)

    names = {party.name for party in brief.parties}
    assert brief.headline.text == one_line(source.title or "") or is_passage(
        brief.headline.text, brief.headline.cites
    )
    for statement in brief.bottom_line:
        assert is_passage(statement.text, statement.cites)
    for party in brief.parties:
        assert party.as_written in source.text
        known = {translate_name(party.as_written, to="en"), translate_name(party.as_written, to="ar")}
        assert party.name in {one_line(party.as_written), *known}
        assert party.role is None
    for demand in brief.demands:
        assert is_passage(demand.demand, demand.cites)
        assert {demand.by, *demand.of} <= names
        assert demand.by not in demand.of
    for action in brief.military_actions:
        assert is_passage(action.description, action.cites)
        assert {action.actor, action.said_by} <= names | {None}
        assert action.place_as_written is None or action.place_as_written in source.text
        assert action.date_as_written is None or action.date_as_written in article
    for talks in brief.talks:
        assert is_passage(talks.subject, talks.cites)
        assert {*talks.participants, *talks.mediators} <= names
        assert talks.outcome is None
        assert talks.date_as_written is None or talks.date_as_written in article
    for row in brief.figures:
        cited = one_line(" ".join(sentences[n - 1] for n in row.cites))
        assert row.as_written in cited
        assert_own_words(row.counts, cited)
    for judgement in brief.outlook:
        assert is_passage(judgement.text, judgement.cites)
        assert judgement.said_by in names | {None}
        for cue in judgement.basis.split(" · "):
            assert cue.lower() in article.lower()


def assert_own_words(counts: str, sentence: str) -> None:
    """No number that the sentence does not have, and no word that is not one of it, an ending aside."""
    assert set(re.findall(r"\d+", counts)) <= set(re.findall(r"\d+", sentence))
    own = {word[:4].lower() for word in re.findall(r"[^\W\d_]+", sentence)}
    bare = re.sub("[\u064b-\u065f\u0640]", "", sentence)
    own |= {word[:4] for word in re.findall(r"[^\W\d_]+", bare)}
    for word in re.findall(r"[^\W\d_]{3,}", re.sub("[\u064b-\u065f\u0640]", "", counts)):
        assert word[:4].lower() in own, (word, sentence)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_the_first_options_make_a_brief_of_passages(name: str, language: str) -> None:
    source = source_of(name)
    model = picking_model(first)
    brief = extract(source, model, language)
    assert_out_of_the_article(brief, source)
    assert brief.headline.text == one_line(source.title or "")
    assert brief.bottom_line[0].cites == (1,)
    assert len(brief.parties) >= 3
    assert len(brief.military_actions) >= 2
    assert len(brief.figures) >= 5
    assert brief.demands
    # Every number of the article with two digits or more that is no date or name is offered as a figure.
    assert {row.cites for row in brief.figures} <= {(s.number,) for s in source.sentences}
    questions = {call.messages[0]["content"] for call in model.calls}
    assert len(questions) == 1  # the same beginning, so that a local server reads it once


@pytest.mark.parametrize("name", NAMES)
def test_no_choice_of_a_random_picker_gets_past_the_article(name: str) -> None:
    source = source_of(name)
    briefs = set()
    for seed in range(N_RUNS):
        model = picking_model(adversary(random.Random(seed)))
        brief = extract(source, model, "ar" if seed % 2 else "en")
        assert_out_of_the_article(brief, source)
        briefs.add(brief.model_dump_json())
    assert len(briefs) > N_RUNS // 2  # the choices are really taken


@pytest.mark.parametrize("name", NAMES)
def test_options_are_names_and_places_of_the_sentence_asked_about(name: str) -> None:
    source = source_of(name)
    seen: list[tuple[str, list[Any], str]] = []

    def record(field: str, schema: dict[str, Any], asked: str) -> Any:
        seen.append((field, options(schema), asked))
        return first(field, schema, asked)

    extract(source, picking_model(record), "en")
    chosen = [row for row in seen if row[0] in ("actor", "target", "by", "of", "participant_1", "mediator")]
    assert chosen
    for _, offered, asked in chosen:
        assert offered[-1] == "none"
        assert len(offered) == len(set(offered))
        assert "Sentence: " in asked
        for option in offered[:-1]:
            assert option in source.text


@pytest.mark.parametrize("name", NAMES)
def test_no_choice_at_all_still_makes_a_brief(name: str) -> None:
    source = source_of(name)
    brief = extract(source, picking_model(none), "en")
    assert_out_of_the_article(brief, source)
    assert (brief.demands, brief.talks) == ((), ())
    assert {action.actor for action in brief.military_actions} <= {None}
    assert brief.figures


@pytest.mark.parametrize("error", [OutputInvalid("no JSON"), OutputTruncated("cut")])
@pytest.mark.parametrize("name", ["ar-short-border-crossing", "en-short-border-shelling"])
def test_unusable_answers_leave_a_brief_of_what_code_found(name: str, error: Exception) -> None:
    source = source_of(name)
    brief = extract(source, ScriptedModel([error] * 2000), "en")
    assert_out_of_the_article(brief, source)
    assert brief.figures


@pytest.mark.parametrize("garbage", [{}, {"actor": "Bogota"}, [], "text", 7, {"extra": 1}])
def test_answers_that_do_not_fit_the_form_are_dropped(garbage: object) -> None:
    source = source_of("en-short-border-shelling")
    brief = extract(source, ScriptedModel([garbage] * 2000), "en")
    assert_out_of_the_article(brief, source)
    assert "Bogota" not in brief.model_dump_json()


def test_a_model_that_is_away_is_an_error() -> None:
    source = source_of("en-short-border-shelling")
    with pytest.raises(ModelUnavailable):
        extract(source, ScriptedModel([ModelUnavailable("down")] * 2000), "en")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_fails_in_what_the_plan_makes(name: str) -> None:
    source = source_of(name)
    model = picking_model(first)
    steps: list[str] = []
    report = generate(source, model, GenerateSettings(plan="extractive"), on_step=steps.append)
    assert report.language == source.language
    assert report.provenance.plan == "extractive"
    assert report.provenance.prompt_version.startswith("extractive-")
    assert report.provenance.usage.n_requests == len(model.calls)
    assert (report.provenance.repairs, report.provenance.notes) == ((), ())
    assert len(steps) >= 3
    failing = [(c.loc, c.kind, c.surface, c.verdict, c.note) for c in report.verification.failing()]
    assert not failing


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Nothing.", id="one-word"),
        pytest.param("لا شيء.", id="one-word-ar"),
        pytest.param("x" * 5000, id="one-long-word"),
        pytest.param("The army of Belkhar shelled Aden. " * 300, id="repeats"),
        pytest.param("طالبت أورسيفان بلخار بسحب 15 دبابة. " * 300, id="repeats-ar"),
        pytest.param(
            "{{ 7*7 }} {% raw %} <script>alert(1)</script> said 44 {options} %s {0}", id="templates"
        ),
        pytest.param("1 2 3 4 5 a 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22", id="numbers"),
        pytest.param("\n\n".join(f"Heading {n}" for n in range(60)), id="headings"),
        pytest.param("Le président a frappé Paris avec 12 avions. Il demande la paix.", id="french"),
        pytest.param(
            "“Belkhar’s” army’s 12\u200f/\u200f3 «ships» \u202e45\u202c sank\u00a0on 5\u00a0May.", id="marks"
        ),
    ],
)
def test_odd_articles_make_a_brief(text: str) -> None:
    source = Source.from_text(text)
    for seed in range(3):
        brief = extract(source, picking_model(adversary(random.Random(seed))), "en")
        assert_out_of_the_article(brief, source)
