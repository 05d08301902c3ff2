"""A stub of an OpenAI-compatible server on loopback: programmable replies, recorded requests."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 20,
    "total_tokens": 120,
    "prompt_tokens_details": {"cached_tokens": 40},
    "completion_tokens_details": {"reasoning_tokens": 5},
}


@dataclass(frozen=True)
class Answer:
    """One HTTP answer.

    `delay_s` passes before anything is sent, `pause_s` between the pieces of the body; `cut` closes the
    connection after that many bytes although the header promised the whole body.
    """

    body: bytes
    status: int = 200
    content_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()
    delay_s: float = 0.0
    pause_s: float = 0.0
    cut: int | None = None


@dataclass(frozen=True)
class Request:
    """What the client sent; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def completion(content: object, finish: str | None = "stop", **message: object) -> Answer:
    """Make a chat completion; anything but text and None goes out as JSON text."""
    text = content if content is None or isinstance(content, str) else json.dumps(content)
    reply = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, **message},
            }
        ],
        "usage": USAGE,
    }
    return Answer(json.dumps(reply).encode())


def failure(status: int, message: str = "it failed", **error: object) -> Answer:
    return Answer(json.dumps({"error": {"message": message, **error}}).encode(), status=status)


@dataclass
class StubServer:
    """Hands out the answers in order; the last one repeats."""

    answers: Sequence[Answer]
    requests: list[Request] = field(default_factory=list)

    def __enter__(self) -> StubServer:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                stub.requests.append(Request(self.path, headers, body))
                stub._send(self, stub.answers[min(len(stub.requests), len(stub.answers)) - 1])

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        time.sleep(answer.delay_s)
        try:
            handler.send_response(answer.status)
            handler.send_header("Content-Type", answer.content_type)
            handler.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers:
                handler.send_header(name, value)
            handler.end_headers()
            body = answer.body if answer.cut is None else answer.body[: answer.cut]
            step = max(1, len(body) // 10) if answer.pause_s else 65536
            for start in range(0, len(body), step):
                handler.wfile.write(body[start : start + step])
                handler.wfile.flush()
                time.sleep(answer.pause_s)
        except OSError:
            pass  # the client gave up, as some tests want
        handler.close_connection = True
