"""The gazetteer: its tables are sound, and look-ups work in both directions."""

from __future__ import annotations

import pytest

from briefing.text.fold import clean
from briefing.text.gazetteer import (
    adjectives,
    demonym_places,
    first_words,
    gazetteer,
    name_key,
    read_rows,
    translate_name,
)

TRANSLATIONS = [
    ("Red Sea", "البحر الأحمر"),
    ("Strait of Hormuz", "مضيق هرمز"),
    ("West Bank", "الضفة الغربية"),
    ("Houthis", "الحوثيون"),
    ("White House", "البيت الأبيض"),
    ("Islamic Revolutionary Guard Corps", "الحرس الثوري الإيراني"),
    ("International Atomic Energy Agency", "الوكالة الدولية للطاقة الذرية"),
    ("Sanaa", "صنعاء"),
    ("United States", "الولايات المتحدة"),
    ("Cairo", "القاهرة"),
    ("Reuters", "رويترز"),
    ("Joint Comprehensive Plan of Action", "خطة العمل الشاملة المشتركة"),
]


@pytest.mark.parametrize(("english", "arabic"), TRANSLATIONS)
def test_translates_both_ways(english: str, arabic: str) -> None:
    assert translate_name(english, "ar") == arabic
    assert translate_name(arabic, "en") == english


@pytest.mark.parametrize(
    ("alias", "english"),
    [
        ("IAEA", "International Atomic Energy Agency"),
        ("أميركا", "United States"),
        ("داعش", "Islamic State"),
        ("al-Hudaydah", "Hodeidah"),
        ("the UN", "United Nations"),
    ],
)
def test_aliases_lead_to_the_main_form(alias: str, english: str) -> None:
    assert translate_name(alias, "en") == english


def test_unknown_names_have_no_translation() -> None:
    assert translate_name("Talmira", "ar") is None
    assert gazetteer().find("") == ()


@pytest.mark.parametrize("table", ["translated_names.tsv", "gazetteer.tsv"])
def test_rows_are_sound(table: str) -> None:
    for row in read_rows(table):
        cells = row.split("\t")
        assert len(cells) >= 4, row
        assert cells[0].islower(), row
        assert cells[1].strip() == cells[1] != "", row
        assert "\u0600" <= cells[3][0] <= "\u06ff", row
        assert clean(row).text == row or table == "gazetteer.tsv", row


def test_hand_table_is_large_and_has_no_row_twice() -> None:
    rows = read_rows("translated_names.tsv")
    names = [tuple(row.split("\t")[:2]) for row in rows]
    assert len(rows) >= 250
    assert len(names) == len(set(names))


def test_built_table_carries_the_keys_of_its_names() -> None:
    for row in read_rows("gazetteer.tsv")[::40]:
        cells = row.split("\t")
        names = [cells[1], *cells[2].split("|"), cells[3], *cells[4].split("|")]
        assert {name_key(name) for name in names if name} <= set(cells[-1].split("|")), row


def test_credit_is_given() -> None:
    from importlib.resources import files

    head = files("briefing.text.lexicon").joinpath("gazetteer.tsv").read_text(encoding="utf-8")[:600]
    assert "GeoNames" in head
    assert "CC BY 4.0" in head


def test_first_words_reach_the_longest_key() -> None:
    longest = first_words()
    assert longest["strait"] >= 3
    assert all(longest[key.split(" ")[0]] >= key.count(" ") + 1 for key in list(gazetteer().numbers)[::97])


def test_every_people_has_a_place_that_is_known_or_a_word_of_its_own() -> None:
    unknown = {
        place for places in demonym_places().values() for place in places if not gazetteer().find(place)
    }
    assert unknown <= {"Hellas"}, unknown


def test_adjectives_of_a_place() -> None:
    assert "Yemeni" in adjectives("Yemen")
    assert "يمني" in adjectives("Yemen")
    assert adjectives("Talmira") == ()
