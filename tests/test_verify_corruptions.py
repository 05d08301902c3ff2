"""One planted error in a gold brief: the checker flags that place, and no other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from articles import FIXTURES, NAMES, brief_fields, parse, source_of, verification_of

from briefing.checker.brief import verify
from briefing.model.repair import item_loc
from briefing.report import Loc

pytestmark = pytest.mark.usefixtures("articles_read_once")

CHECKED_KINDS = frozenset({"digit", "date", "name", "citation", "party", "unit"})
"""What numbers, dates, names and citations can show. A changed modality needs the reading of events."""


@dataclass(frozen=True)
class Corruption:
    fixture: str
    id: str
    kind: str
    loc: Loc
    new: Any


def _corruptions() -> list[Corruption]:
    rows = [
        Corruption(name, row["id"], row["kind"], tuple(row["loc"]), row["new"])
        for name in NAMES
        for row in json.loads((FIXTURES / name / "corruptions.json").read_text("utf-8"))
    ]
    return [row for row in rows if row.kind in CHECKED_KINDS]


CORRUPTIONS = _corruptions()


def _changed(case: Corruption) -> dict[str, Any]:
    fields = brief_fields(case.fixture, "gold.en")
    holder: Any = fields
    for key in case.loc[:-1]:
        holder = holder[key]
    assert holder[case.loc[-1]] != case.new, "the planted error changes nothing"
    holder[case.loc[-1]] = case.new
    return fields


def _places(case: Corruption) -> tuple[Loc, ...]:
    """Give where the error may show.

    A changed citation shows in the fields that it no longer proves. A figure's value and the words quoted for
    it are one pair: when the new words stand in the cited sentence, it is the value that does not fit them.
    """
    if case.kind == "citation":
        return (item_loc(case.loc),)
    if case.loc[0] == "figures" and case.loc[-1] == "as_written":
        return (case.loc, (*case.loc[:-1], "value"), (*case.loc[:-1], "value_max"))
    return (case.loc,)


def _below(loc: Loc, place: Loc) -> bool:
    return loc[: len(place)] == place


def test_the_table_has_every_kind_in_both_languages() -> None:
    assert len(CORRUPTIONS) >= 90
    for language in ("ar", "en"):
        kinds = {case.kind for case in CORRUPTIONS if case.fixture.startswith(language)}
        assert kinds >= {"digit", "date", "name", "citation", "party"}


@pytest.mark.parametrize("case", CORRUPTIONS, ids=lambda case: f"{case.fixture}:{case.id}")
def test_the_changed_place_and_no_other_is_flagged(case: Corruption) -> None:
    before = set(verification_of(case.fixture, "gold.en").failing())  # empty: test_verify asserts that
    verification = verify(parse(_changed(case)), source_of(case.fixture))
    flagged = [check for check in verification.failing() if check not in before]
    assert flagged, "nothing is flagged"
    elsewhere = [
        (c.loc, c.surface, c.note) for c in flagged if not any(_below(c.loc, p) for p in _places(case))
    ]
    assert not elsewhere
    assert {check.verdict for check in flagged} <= {"unsupported", "misplaced"}
