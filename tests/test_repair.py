from __future__ import annotations

import json
import re
from typing import Any

import pytest
from articles import brief_of, source_of, verification_of
from pydantic import BaseModel, ValidationError

from briefing.checker.brief import items_of, verify
from briefing.model.repair import MAX_ITEMS, Repairs, failing_items, item_at, repair_messages, replacements
from briefing.report import Check, Loc, Verdict, Verification
from briefing.schema import Brief

NAME = "en-short-border-shelling"
SECTIONS = tuple(Repairs.model_fields)


def _check(loc: Loc, verdict: Verdict = "unsupported", *, hard: bool = True, note: str = "") -> Check:
    return Check(loc=loc, kind="quantity", surface="18", value="18", verdict=verdict, hard=hard, note=note)


def _verification(*checks: Check) -> Verification:
    return Verification(checks=checks, omissions=())


def _repairs(**sections: Any) -> Repairs:
    return Repairs.model_validate({**dict.fromkeys(SECTIONS, ()), **sections})


def _replace(brief: Brief, index: int, **fields: Any) -> Brief:
    row = list(brief.figures)
    row[index] = row[index].model_copy(update=fields)
    return brief.model_copy(update={"figures": tuple(row)})


def _shown(messages: list[Any]) -> set[int]:
    block = messages[1]["content"].partition("<article>\n")[2].partition("\n</article>")[0]
    return {int(line[1 : line.index("]")]) for line in block.splitlines()}


def test_the_form_has_every_section_of_a_brief_and_no_default() -> None:
    assert set(SECTIONS) == set(Brief.model_fields)
    schema = Repairs.model_json_schema()
    assert set(schema["required"]) == set(SECTIONS)
    for definition in schema["$defs"].values():
        if definition.get("type") == "object":
            assert set(definition["required"]) == set(definition["properties"])
            assert definition["additionalProperties"] is False
    with pytest.raises(ValidationError):
        _repairs(remarks=[])


def test_failing_items_groups_by_item_worst_first_and_takes_no_others() -> None:
    verification = _verification(
        _check(("headline", "text")),
        _check(("figures", 3, "value")),
        _check(("figures", 1, "value"), "misplaced"),
        _check(("figures", 1, "as_written")),
        _check(("figures", 2, "value"), hard=False),
        _check(("figures", 4, "value"), "unchecked"),
        _check(("figures", 5, "value"), "supported"),
        _check(("demands", 0, "of", 1)),
    )
    found = failing_items(verification)
    assert next(iter(found)) == ("figures", 1)
    assert set(found) == {("headline",), ("figures", 3), ("figures", 1), ("demands", 0)}
    assert [check.loc[-1] for check in found[("figures", 1)]] == ["value", "as_written"]


def test_failing_items_is_bounded() -> None:
    checks = [_check(("figures", n, "value")) for n in range(MAX_ITEMS + 9)]
    worst = [_check(("outlook", 0, "text")), _check(("outlook", 0, "basis"))]
    found = failing_items(_verification(*checks, *worst))
    assert len(found) == MAX_ITEMS
    assert ("outlook", 0) in found


def test_item_at_gives_every_item() -> None:
    brief = brief_of(NAME, "gold.en")
    locs = [loc for loc, _ in items_of(brief)]
    assert len(locs) == len(set(locs))
    assert all(item_at(brief, loc) is item for loc, item in items_of(brief))


@pytest.mark.parametrize("name", [NAME, "ar-short-border-crossing"])
def test_messages_hold_only_the_failing_item_and_its_sentences(name: str) -> None:
    source, gold = source_of(name), brief_of(name, "gold.en")
    index = next(n for n, row in enumerate(gold.figures) if len(row.cites) == 1 and row.cites[0] > 3)
    item = gold.figures[index]
    cited = item.cites[0]
    failing = {("figures", index): (_check(("figures", index, "value"), note="not the number"),)}
    messages = repair_messages(gold, failing, source, "en")
    assert [m["role"] for m in messages] == ["system", "user"]
    user = messages[1]["content"]
    last = len(source.sentences)
    assert _shown(messages) == set(range(max(1, cited - 2), min(last, cited + 2) + 1))
    assert f"[{cited}] {' '.join(source.sentence(cited).split())}" in user
    assert re.findall(r"^section (\w+), index (\d+)$", user, re.MULTILINE) == [("figures", str(index))]
    (line,) = re.findall(r"^item: (.*)$", user, re.MULTILINE)
    assert json.loads(line) == item.model_dump(mode="json")
    (failed,) = re.findall(r"^failed: (.*)$", user, re.MULTILINE)
    assert "value" in failed
    assert "unsupported" in failed
    assert "not the number" in failed
    for party in gold.parties:
        assert f"- {party.name} ({party.as_written})" in user
    for other in (*gold.demands, *gold.bottom_line):
        text = getattr(other, "text", None) or getattr(other, "demand", "")
        assert text not in user
    assert "{language_name}" not in messages[0]["content"]
    assert "English" in messages[0]["content"]
    assert "Arabic" in repair_messages(gold, failing, source, "ar")[0]["content"]


def test_messages_show_the_sentence_where_a_misplaced_claim_stands() -> None:
    source = source_of(NAME)
    brief = _replace(brief_of(NAME, "gold.en"), 12, cites=(1,))  # 4,000 residents: sentence 18
    failing = failing_items(verify(brief, source))
    assert set(failing) == {("figures", 12)}
    assert {check.verdict for check in failing[("figures", 12)]} >= {"misplaced"}
    shown = _shown(repair_messages(brief, failing, source, "en"))
    assert {1, 2, 3} | {16, 17, 18, 19, 20} <= shown
    assert not shown & {6, 7, 8, 9, 10, 11, 12, 13}


def test_messages_bear_cites_that_the_article_does_not_have() -> None:
    source = source_of(NAME)
    brief = _replace(brief_of(NAME, "gold.en"), 0, cites=(99_999,))
    failing = failing_items(verify(brief, source))
    shown = _shown(repair_messages(brief, failing, source, "en"))
    assert shown
    assert shown <= set(range(1, len(source.sentences) + 1))


def test_replacements_ignore_what_was_not_asked_for() -> None:
    gold = brief_of(NAME, "gold.en")
    row = gold.figures[0].model_dump(mode="json")
    repairs = _repairs(
        figures=[
            {"index": 0, "replacement": row},
            {"index": 1, "replacement": row},
            {"index": 2, "replacement": None},
            {"index": 99, "replacement": None},
        ],
        headline=[{"index": 0, "replacement": gold.headline.model_dump(mode="json")}],
        parties=[{"index": 0, "replacement": None}],
    )
    asked: frozenset[Loc] = frozenset({("figures", 0), ("figures", 2), ("headline",)})
    assert replacements(repairs, asked) == {
        ("figures", 0): gold.figures[0],
        ("figures", 2): None,
        ("headline",): gold.headline,
    }
    assert replacements(repairs, frozenset()) == {}


def test_a_replacement_must_fit_its_section() -> None:
    party = brief_of(NAME, "gold.en").parties[0].model_dump(mode="json")
    with pytest.raises(ValidationError):
        _repairs(figures=[{"index": 0, "replacement": party}])
    with pytest.raises(ValidationError):
        _repairs(figures=[{"index": -1, "replacement": None}])


def test_repairs_round_trip() -> None:
    gold = brief_of(NAME, "gold.en")
    rows: dict[str, Any] = {
        section: [{"index": 0, "replacement": getattr(gold, section)[0].model_dump(mode="json")}]
        for section in SECTIONS
        if section != "headline"
    }
    repairs = _repairs(**rows)
    assert isinstance(repairs, BaseModel)
    assert Repairs.model_validate_json(repairs.model_dump_json()) == repairs
    assert verification_of(NAME, "gold.en").failing() == ()
