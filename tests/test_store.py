from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from articles import NAMES, bare_brief, brief_of, report_of, source_of
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SourceError, StoreError
from briefing.report import Report
from briefing.source import Source
from briefing.store import load_report, report_folder, report_json, save_report, write_atomic

TEXTS = {"en": "The talks in Muscat failed on Monday.", "ar": "فشلت المحادثات في مسقط يوم الاثنين."}


def _report(title: str | None = None, *, text: str = TEXTS["en"], **source: Any) -> Report:
    return report_of(Source.from_text(text, title=title, **source), bare_brief())


def _files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


# --- round trip -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", NAMES)
def test_round_trip(name: str, language: str, tmp_path: Path) -> None:
    report = report_of(source_of(name), brief_of(name, f"gold.{language}"), language)
    path = save_report(report, tmp_path)
    assert path == report_folder(report, tmp_path) / "brief.json"
    assert load_report(path) == report
    assert path.read_bytes() == report_json(report) == report_json(load_report(path))
    assert _files(tmp_path) == {path.parent.name, f"{path.parent.name}/brief.json"}
    assert path.stat().st_mode & 0o777 == 0o644


def test_the_file_is_plain_json_that_people_can_read(tmp_path: Path) -> None:
    name = "ar-short-border-crossing"
    raw = save_report(report_of(source_of(name), brief_of(name, "gold.ar"), "ar"), tmp_path).read_text(
        "utf-8"
    )
    assert raw.endswith("}\n")
    assert "معبر الرمّانية" in raw
    assert "\\u06" not in raw
    fields = json.loads(raw)
    assert fields["version"] == 1
    values = [row["value"] for row in fields["brief"]["figures"]]
    assert values
    assert all(value is None or isinstance(value, int | float) for value in values)


def test_saving_again_replaces_the_same_file(tmp_path: Path) -> None:
    report = _report("Talks")
    changed = report.model_copy(
        update={"provenance": report.provenance.model_copy(update={"model": "another"})}
    )
    assert save_report(report, tmp_path) == save_report(changed, tmp_path)
    assert load_report(report_folder(report, tmp_path) / "brief.json") == changed


# --- writing whole or not at all ------------------------------------------------------------------------------


def test_a_folder_in_the_way_leaves_no_partial_file(tmp_path: Path) -> None:
    target = tmp_path / "brief.json"
    (target / "inside").mkdir(parents=True)
    with pytest.raises(StoreError, match=re.escape(str(target))):
        write_atomic(target, b"new")
    assert _files(tmp_path) == {"brief.json", "brief.json/inside"}


def test_a_report_cannot_be_saved_where_its_folder_is_a_file(tmp_path: Path) -> None:
    report = _report("Talks")
    report_folder(report, tmp_path).write_text("in the way")
    before = _files(tmp_path)
    with pytest.raises(StoreError) as caught:
        save_report(report, tmp_path)
    assert caught.value.exit_code == 7
    assert str(report_folder(report, tmp_path)) in str(caught.value)
    assert "--output" in str(caught.value)
    assert _files(tmp_path) == before
    assert report_folder(report, tmp_path).read_text() == "in the way"


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_keeps_the_old_file_and_leaves_nothing(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "brief.json"
    write_atomic(target, b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full) if failing == "fsync" else monkeypatch.setattr(
        Path, "replace", full
    )
    with pytest.raises(StoreError, match="No space left") as caught:
        write_atomic(target, b"new")
    assert isinstance(caught.value.__cause__, OSError)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert _files(tmp_path) == {"brief.json"}


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(tmp_path / "deep" / "brief.json", b"new")
    assert _files(tmp_path) == {"deep"}


def test_write_makes_missing_folders_and_takes_any_name(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b" / ("ب" * 100)
    write_atomic(target, b"\x00\xff")
    assert target.read_bytes() == b"\x00\xff"
    assert _files(tmp_path) == {"a", "a/b", f"a/b/{target.name}"}


# --- what is not a report of ours -----------------------------------------------------------------------------

GOOD = json.loads(report_json(_report("Talks")))
NOT_OURS = {
    "empty": b"",
    "text": b"not JSON at all",
    "half": report_json(_report("Talks"))[:200],
    "binary": b"\x00\x01\xff\xfe" * 50,
    "latin-1": '{"version": 1, "x": "é"}'.encode("latin-1"),
    "deep": b"[" * 100_000,
    "long-number": b'{"version": ' + b"9" * 10_000 + b"}",
    "list": b"[]",
    "string": b'"version"',
    "null": b"null",
    "other-object": b'{"name": "x"}',
    "version-only": b'{"version": 1}',
    "version-0": json.dumps({**GOOD, "version": 0}).encode(),
    "version-2": json.dumps({**GOOD, "version": 2}).encode(),
    "version-text": json.dumps({**GOOD, "version": "1"}).encode(),
    "version-null": json.dumps({**GOOD, "version": None}).encode(),
    "more-keys": json.dumps({**GOOD, "remarks": 1}).encode(),
    "no-brief": json.dumps({k: v for k, v in GOOD.items() if k != "brief"}).encode(),
    "other-language": json.dumps({**GOOD, "language": "fr"}).encode(),
    "brief-of-another-shape": json.dumps({**GOOD, "brief": {"headline": "x"}}).encode(),
    "not-a-number": json.dumps({**GOOD, "version": 1, "source": float("nan")}).encode(),
}


@pytest.mark.parametrize("key", NOT_OURS)
def test_other_files_are_refused(key: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_bytes(NOT_OURS[key])
    with pytest.raises(StoreError) as caught:
        load_report(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert len(message) < 500
    assert "validation error" not in message
    assert "http" not in message
    if key.startswith("version-") and key != "version-only":
        assert "version" in message


def test_the_message_names_the_field_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    path.write_bytes(json.dumps({**GOOD, "verification": {"checks": [], "omissions": 5}}).encode())
    with pytest.raises(StoreError, match=r"verification\.omissions"):
        load_report(path)


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_what_cannot_be_read_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "brief.json"
    if kind == "folder":
        path.mkdir()
    with pytest.raises(StoreError, match=re.escape(str(path))):
        load_report(path)


# --- folder names ---------------------------------------------------------------------------------------------


def test_folder_name_of_an_english_and_an_arabic_title(tmp_path: Path) -> None:
    english = report_folder(_report("Talks in Muscat: Day 2!", published="2031-03-18"), tmp_path)
    assert re.fullmatch(r"2031-03-18-talks-in-muscat-day-2-en-[0-9a-f]{8}", english.name)
    arabic = report_folder(
        report_of(
            source_of("ar-short-border-crossing"), brief_of("ar-short-border-crossing", "gold.ar"), "ar"
        ),
        tmp_path,
    )
    assert re.fullmatch(r"2031-05-05-[\w-]+-ar-[0-9a-f]{8}", arabic.name)
    assert "اشتباك-عند-معبر" in arabic.name


def test_folder_without_title_and_date_takes_the_first_sentence_and_the_day_of_making(tmp_path: Path) -> None:
    assert re.fullmatch(
        r"2031-03-18-the-talks-in-muscat-failed-on-monday-en-[0-9a-f]{8}",
        report_folder(_report(), tmp_path).name,
    )


def test_two_articles_never_share_a_folder_and_one_always_has_the_same(tmp_path: Path) -> None:
    one, two = _report("Talks"), _report("Talks", text="Other words under the same title.")
    assert report_folder(one, tmp_path) != report_folder(two, tmp_path)
    assert report_folder(one, tmp_path) == report_folder(_report("Talks"), tmp_path)
    in_arabic = one.model_copy(update={"language": "ar"})
    assert report_folder(one, tmp_path) != report_folder(in_arabic, tmp_path)


def assert_safe(folder: Path, output: Path) -> None:
    assert folder.parent == output
    assert folder.resolve().parent == output.resolve()
    assert len(folder.name.encode()) <= 200  # room for names of 255 bytes with a suffix
    assert not re.search(r"[\x00-\x1f/\\:*?\"<>|\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", folder.name)
    assert not folder.name.startswith((".", "-"))
    folder.name.encode("utf-8")


TITLES = [
    "../../x",
    "..",
    ".",
    "/etc/passwd",
    "a/b\\c",
    "C:\\x",
    "CON",
    "x\x00y",
    "new\nline",
    "-rf",
    "~",
    "$HOME `id`",
    "😀😀😀",
    "!!!",
    " ",
    "x" * 5000,
    "word " * 1000,
    "كلمة " * 1000,
    "ك" * 3000,
    "漢字" * 500,
    "\u202eright to left\u202c",
    "ﷺ" * 100,
    "İ" * 100,
    "é" * 100,
    "2031-03-18-en",
]


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_any_title_makes_a_safe_folder(title: str, tmp_path: Path) -> None:
    report = _report(title)
    folder = report_folder(report, tmp_path)
    assert_safe(folder, tmp_path)
    assert load_report(save_report(report, tmp_path)) == report
    assert _files(tmp_path) == {folder.name, f"{folder.name}/brief.json"}


@given(title=st.text(max_size=300))
def test_any_title_at_all_makes_a_safe_folder(title: str) -> None:
    if not re.search("[\ud800-\udfff]", title):
        assert_safe(report_folder(_report(title), Path("/output")), Path("/output"))


@pytest.mark.parametrize("published", ["../../x", "18/03/2031", "/tmp/x", "x" * 500])
def test_a_publication_date_that_is_none_makes_no_unsafe_folder(published: str, tmp_path: Path) -> None:
    try:
        report = _report("Talks", published=published)
    except SourceError:
        return
    assert_safe(report_folder(report, tmp_path), tmp_path)


@pytest.mark.parametrize("field", ["sha256", "published"])
def test_a_forged_report_makes_no_unsafe_folder(field: str, tmp_path: Path) -> None:
    fields = json.loads(report_json(_report("Talks")))
    fields["source"][field] = "../../../../x"
    path = tmp_path / "forged.json"
    path.write_text(json.dumps(fields), "utf-8")
    try:
        report = load_report(path)
    except StoreError:
        return
    assert_safe(report_folder(report, tmp_path), tmp_path)
