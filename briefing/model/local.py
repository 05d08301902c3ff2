"""Run a GGUF model inside this process: llama.cpp's server on a loopback port, behind an `EndpointModel`.

The server listens on 127.0.0.1 only, on a free port, with a random key, so that no other user of the machine
can reach it. llama.cpp's own log is off.
"""

from __future__ import annotations

import importlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelUnavailable
from briefing.model.client import EndpointModel
from briefing.model.types import Message, OnProgress, T
from briefing.model.weights import EMBEDDED, check_gguf, join_parts
from briefing.report import Usage

if TYPE_CHECKING:
    from typing import Self

__all__ = ["N_CTX", "LocalModel"]

N_CTX = 16_384
"""Prompt and answer together, in tokens; costs 28 KiB of memory per token with the embedded model."""
TIMEOUT_S = 3600.0
"""One answer of a 1.5B model on two busy cores can take minutes."""
_QUIET = -1
_OPENMP_SPINS = "100"
_HEARTBEAT_S = 1.0


class LocalModel:
    """A model in this process, started by the first `fill` or by `with`, stopped by `close`.

    Args:
        path: A GGUF file; None is the embedded model.
        n_ctx: Context window in tokens.
        n_threads: Threads that compute; None is one per core this process may use.
        timeout_s: Longest wait for one answer, in seconds.
        on_progress: Told of joining, loading and, once a second, of writing (from another thread).
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        n_ctx: int = N_CTX,
        n_threads: int | None = None,
        timeout_s: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self._path = path
        self._n_ctx = n_ctx
        self._n_threads = n_threads or _n_cores()
        self._timeout_s = timeout_s or TIMEOUT_S
        self._on_progress = on_progress
        self._server: Any = None
        self._client: EndpointModel | None = None
        self._starting = threading.Lock()

    @property
    def name(self) -> str:
        """Give the weights' name: the file's without its suffix."""
        return self._path.stem if self._path else EMBEDDED.name

    @property
    def endpoint(self) -> str:
        """Give "embedded": there is no address to name."""
        return "embedded"

    @property
    def n_ctx(self) -> int | None:
        """Give the context window in tokens."""
        return self._n_ctx

    def __enter__(self) -> Self:
        self._started()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server and free its memory; may be called again, and `fill` starts it anew."""
        self._client = None
        self._server = None

    def fill(
        self, response_model: type[T], messages: list[Message], *, max_tokens: int | None = None
    ) -> tuple[T, Usage]:
        """Fill a schema; see `types.Model.fill`.

        The answer always parses as the schema has it: llama.cpp lets the model write nothing else.
        """
        client = self._started()
        with _heartbeat(self._on_progress, "writing"):
            return client.fill(response_model, messages, max_tokens=max_tokens)

    def _started(self) -> EndpointModel:
        with self._starting:
            if self._client is None:
                if self._path is None:
                    _import_xllamacpp()  # before 1.1 GB is joined for a program that is not there
                    path = join_parts(on_progress=self._on_progress)
                else:
                    path = self._path
                    check_gguf(path)
                key = secrets.token_urlsafe(24)
                with _heartbeat(self._on_progress, "loading the model"):
                    self._server = _start_server(path, key, self._n_ctx, self._n_threads)
                self._client = EndpointModel(
                    name=self.name,
                    base_url=f"{self._server.listening_address}/v1",
                    api_key=key,
                    timeout_s=self._timeout_s,
                    n_ctx=self._n_ctx,
                    n_retries=0,
                    mode="grammar",
                    endpoint=self.endpoint,
                )
            return self._client


def _start_server(path: Path, key: str, n_ctx: int, n_threads: int) -> Any:
    """Start llama.cpp's server in threads of this process.

    Raises:
        ModelUnavailable: xllamacpp is missing, or cannot load the file.
    """
    xllamacpp = _import_xllamacpp()
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.verbosity = _QUIET
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.ui = False
    params.endpoint_slots = False
    params.cors_origins = "http://127.0.0.1"
    params.n_ctx = n_ctx
    params.n_parallel = 1
    params.n_gpu_layers = 0
    params.fit_params = False
    params.cache_ram_mib = 0
    # A repacked copy of the weights takes 0.6 GB and made nothing faster on two cores with AVX2.
    params.no_extra_bufts = True
    params.cpuparams.n_threads = n_threads
    params.cpuparams_batch.n_threads = n_threads
    try:
        return xllamacpp.Server(params)
    except Exception as exc:
        raise ModelUnavailable(
            f"llama.cpp cannot load {path}: the file may be damaged, of a kind it does not know, "
            "or too large for this machine's memory"
        ) from exc


def _import_xllamacpp() -> Any:
    """Import xllamacpp with OpenMP threads that yield while they wait.

    GNU OpenMP has waiting threads spin. With two threads on two cores, one other busy process takes writing
    from 28 tokens a second to 8 and two take it to 1; hardly spinning, one took it to 11 or 12 (measured on a
    machine that was not quiet otherwise). The library reads the variable when it is loaded.
    """
    name = "GOMP_SPINCOUNT"
    given = name in os.environ or "OMP_WAIT_POLICY" in os.environ
    if not given:
        os.environ[name] = _OPENMP_SPINS
    try:
        return importlib.import_module("xllamacpp")
    except ModuleNotFoundError as exc:
        raise ModelUnavailable(
            "the embedded model is not installed (xllamacpp is missing): "
            "install it with: pip install 'briefing[local]'"
        ) from exc
    except ImportError as exc:
        raise ModelUnavailable(
            f"the embedded model cannot be loaded ({exc}): on Debian, as root: apt-get install libgomp1"
        ) from exc
    finally:
        if not given:
            del os.environ[name]


def _n_cores() -> int:
    """Count the cores this process may use; a container's share is often smaller than the machine."""
    affinity: Callable[[int], set[int]] | None = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


@contextmanager
def _heartbeat(on_progress: OnProgress | None, what: str) -> Iterator[None]:
    """Tell once a second how long something has been going on."""
    if on_progress is None:
        yield
        return
    tell = on_progress
    done = threading.Event()
    started = time.monotonic()

    def beat() -> None:
        while not done.wait(_HEARTBEAT_S):
            tell(f"{what} ({time.monotonic() - started:.0f} s)", None)

    tell(what, None)
    thread = threading.Thread(target=beat, name="briefing-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
