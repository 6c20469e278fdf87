"""A real HTTP server on loopback that speaks the chat completions API and misbehaves by script.

    with FakeServer([error(500), completion('{"label": "visit"}')]) as server:
        ...  # ask server.base_url
    assert len(server.received) == 2

Each request takes the next behaviour; the last one goes on for ever. A behaviour is a `Reply`, or a function from what
was received to one.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass(frozen=True)
class Received:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """One response; `delay` seconds before it, and with `cut` the connection drops after so many bytes of the body."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: int | None = None


Behaviour = Reply | Callable[[Received], Reply]

USAGE = {
    "prompt_tokens": 100,
    "completion_tokens": 20,
    "total_tokens": 120,
    "prompt_tokens_details": {"cached_tokens": 64},
    "completion_tokens_details": {"reasoning_tokens": 5},
}


def chat_completion(
    content: Any = None, *, finish_reason: str = "stop", usage: Mapping[str, Any] | None = USAGE, **message: Any
) -> dict[str, Any]:
    """Build a raw chat completion; further keywords go into its message."""
    choice = {
        "index": 0,
        "finish_reason": finish_reason,
        "message": {"role": "assistant", "content": content} | message,
    }
    completion = {"id": "c-1", "object": "chat.completion", "created": 1, "model": "served-model", "choices": [choice]}
    return completion if usage is None else completion | {"usage": dict(usage)}


def completion(content: Any = None, *, delay: float = 0.0, cut: int | None = None, **more: Any) -> Reply:
    """Reply with a chat completion (see `chat_completion`)."""
    body = json.dumps(chat_completion(content, **more), ensure_ascii=False).encode()
    return Reply(body, delay=delay, cut=cut)


def error(status: int, message: str = "no", code: str | None = None, **headers: str) -> Reply:
    """Reply with an error as OpenAI words it; keywords are headers, with `_` for `-`."""
    body = json.dumps({"error": {"message": message, "type": "some_error", "code": code, "param": None}}).encode()
    return Reply(body, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # who asked has gone: no traceback among what it said
            super().handle_error(request, client_address)


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    """Send a reply, or as much of it as it says, and close the connection after a part."""
    try:
        handler.send_response(reply.status)
        for name, value in ({"Content-Type": "application/json"} | dict(reply.headers)).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        handler.wfile.write(reply.body[: reply.cut])
        handler.wfile.flush()
    except (BrokenPipeError, ConnectionResetError):
        handler.close_connection = True
    if reply.cut is not None:
        handler.close_connection = True


class FakeServer:
    """The server; `received` lists the requests in the order they came, `connections` has the ports they came from.

    `base_url` ends in /v1.
    """

    def __init__(self, behaviours: Sequence[Behaviour]) -> None:
        self.received: list[Received] = []
        self.connections: set[int] = set()
        self._behaviours = list(behaviours)
        self._lock = threading.Lock()
        self._http = _HTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.base_url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _reply(self, received: Received) -> Reply:
        with self._lock:
            behaviour = self._behaviours[min(len(self.received), len(self._behaviours) - 1)]
            self.received.append(received)
        return behaviour if isinstance(behaviour, Reply) else behaviour(received)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        reply_to, connections = self._reply, self.connections

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits some 40 ms for an acknowledgement
            timeout = 10

            def do_POST(self) -> None:
                connections.add(self.client_address[1])
                length = int(self.headers["Content-Length"])
                body = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = reply_to(Received(self.path, headers, body))
                time.sleep(reply.delay)
                send(self, reply)

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        return Handler
