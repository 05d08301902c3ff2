from __future__ import annotations

import json
from typing import get_args

import pytest

from briefing import report, schema
from briefing.errors import RenderError
from briefing.render.assets import asset, asset_path
from briefing.render.labels import load_labels

ENUMS = (
    ("party_kind", schema.PartyKind),
    ("action_type", schema.ActionType),
    ("modality", schema.Modality),
    ("response", schema.DemandResponse),
    ("bound", schema.Bound),
    ("likelihood", schema.Likelihood),
    ("confidence", schema.Confidence),
    ("verdict", report.Verdict),
    ("verdict_meaning", report.Verdict),
    ("verdict_list", report.Verdict),
    ("kind", report.CheckKind),
    ("how", report.How),
    ("plan", report.Plan),
)


def tree(language):
    return json.loads(asset(f"labels/{language}.json"))


def keys(node, prefix=""):
    if isinstance(node, str):
        return {prefix}
    return {key for name, child in node.items() for key in keys(child, f"{prefix}.{name}")}


def test_both_languages_have_the_same_words():
    assert keys(tree("en")) == keys(tree("ar"))


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("group", "enum"), ENUMS, ids=[group for group, _ in ENUMS])
def test_every_value_has_words(language, group, enum):
    labels = load_labels(language)
    words = [labels(f"{group}.{value}") for value in get_args(enum)]
    filled = [word for word in words if word]
    assert len(set(filled)) == len(filled)
    assert group == "bound" or len(filled) == len(words)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_field_and_section_of_the_brief_has_words(language):
    labels = load_labels(language)
    for section in schema.Brief.model_fields:
        assert labels(f"place.{section}")
    for model in (
        schema.Statement,
        schema.Party,
        schema.Demand,
        schema.MilitaryAction,
        schema.Talks,
        schema.Figure,
        schema.Judgement,
    ):
        for field in model.model_fields:
            assert labels(f"field.{field}")


def test_arabic_words_are_arabic():
    latin = [
        word
        for key in keys(tree("ar"))
        if (word := load_labels("ar")(key[1:]))
        and not any("\u0600" <= char <= "\u06ff" for char in word)
        and word not in ("%",)
    ]
    assert latin == []


def test_a_missing_word_is_named():
    with pytest.raises(RenderError, match=r"ar\.json has no words for 'verdict\.maybe'"):
        load_labels("ar")("verdict.maybe")


@pytest.mark.parametrize("content", ["not json", "[]"])
def test_a_broken_label_file_is_refused(tmp_path, content):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "en.json").write_text(content)
    with pytest.raises(RenderError, match=r"labels/en\.json is not"):
        load_labels("en", tmp_path)


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/passwd", "a/b/c.svg", "icons/../brief.html", ""])
def test_assets_are_read_by_exact_name_only(name):
    with pytest.raises(RenderError):
        asset_path(name)
