"""A real HTTP server on loopback with files and batches, as OpenAI's API has them, and hand-written answers.

with BatchApi() as api:
    ...  # submit to api.base_url
    api.finish()  # the batches are answered
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.cli.commands import HAND_WRITTEN
from tests.llm.server import Received, Reply, _HTTPServer, chat_completion, error, send
from tests.translating.server import translating

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]
"""From the body of a request to a line of results without its custom_id; None leaves the line out."""


def model(received: Received) -> Reply:
    """Answer whatever is asked; translations are sound at the second try only."""
    name = received.body["response_format"]["json_schema"]["name"]
    if name.endswith(("translate", "translate-repair")):
        return translating(lambda items: [item | {"text": "Bozuk 999 çeviri."} for item in items], again=False)(
            received
        )
    texts: dict[str, Any] = {
        "whole": HAND_WRITTEN,
        "whole-repair": {"texts": []},
        "stepwise-label": {"events": ["bilateral_meeting"]},
    }
    return Reply(json.dumps(chat_completion(json.dumps(texts[name], ensure_ascii=False)), ensure_ascii=False).encode())


def answered(body: dict[str, Any]) -> dict[str, Any]:
    """The line of results of a request that the model answered."""
    completion = json.loads(model(Received("/v1/chat/completions", {}, body)).body)
    return {"response": {"status_code": 200, "request_id": "r", "body": completion}, "error": None}


def failed(message: str, status: int = 500) -> dict[str, Any]:
    """The line of results of a request that came to nothing."""
    return {"response": {"status_code": status, "body": {"error": {"message": message}}}, "error": None}


def results(requests: bytes, answer: Answer = answered) -> list[bytes]:
    """Answer a file of requests as a program of its own would; the lines of its results file."""
    lines: list[bytes] = []
    for number, line in enumerate(requests.splitlines()):
        request = json.loads(line)
        result = answer(request["body"])
        if result is not None:
            content = {"id": f"batch_req_{number}", "custom_id": request["custom_id"], **result}
            lines.append(json.dumps(content, ensure_ascii=False).encode() + b"\n")
    return lines


@dataclass
class Batch:
    """A batch on the server."""

    id: str
    input_file_id: str
    status: str = "validating"
    output_file_id: str | None = None
    error_file_id: str | None = None
    errors: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def content(self) -> dict[str, Any]:
        """The batch as the API shows it."""
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 1,
            "input_file_id": self.input_file_id,
            "status": self.status,
            "output_file_id": self.output_file_id,
            "error_file_id": self.error_file_id,
            "errors": {"object": "list", "data": [{"code": "c", "message": text} for text in self.errors]},
            "request_counts": self.counts or None,
        }


class BatchApi:
    """The server.

    Attributes:
        base_url: its address.
        files, batches: what it holds, by id.
        received: method and path of each request, in their order.
        headers: those of the last request.
        trouble: asked before each request is done; a reply takes its place.
        trouble_after: asked after it is done; a reply takes the place of its own.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Batch] = {}
        self.received: list[str] = []
        self.headers: dict[str, str] = {}
        self.trouble: Callable[[str], Reply | None] = lambda _: None
        self.trouble_after: Callable[[str], Reply | None] = lambda _: None
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

    def count(self, request: str) -> int:
        """How often something was asked for, as "POST /batches"."""
        return self.received.count(request)

    def finish(self, answer: Answer = answered, status: str = "completed") -> None:
        """Answer all batches that are under way; what is no success goes to the error file."""
        for batch in self.batches.values():
            if batch.status not in ("validating", "in_progress"):
                continue
            good: list[bytes] = []
            bad: list[bytes] = []
            for line in results(self.files[batch.input_file_id], answer):
                response = json.loads(line).get("response")
                (good if response and response["status_code"] == 200 else bad).append(line)
            batch.status = status
            batch.counts = {"total": len(good) + len(bad), "completed": len(good), "failed": len(bad)}
            if good:
                batch.output_file_id = self._new_file(b"".join(good))
            if bad:
                batch.error_file_id = self._new_file(b"".join(bad))

    def fail(self, *errors: str) -> None:
        """Let all batches that are under way fail as a whole."""
        for batch in self.batches.values():
            if batch.status == "validating":
                batch.status, batch.errors = "failed", list(errors)

    def _new_file(self, content: bytes) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = content
        return name

    def reply(self, request: str, body: bytes, headers: dict[str, str], query: dict[str, list[str]]) -> Reply:
        """Do what a request asks for."""
        self.received.append(request)
        self.headers = headers
        troubled = self.trouble(request)
        if troubled is not None:
            return troubled
        done = self._done(request, body, query)
        return self.trouble_after(request) or done

    def _done(self, request: str, body: bytes, query: dict[str, list[str]]) -> Reply:
        if request == "POST /files":
            assert b'name="purpose"\r\n\r\nbatch' in body
            found = re.search(
                rb'name="file"; filename="requests-\d+\.jsonl"[^{]*\r\n\r\n(\{.*\})\n\r\n--', body, re.DOTALL
            )
            assert found, body[:500]
            return _json({"id": self._new_file(found[1] + b"\n"), "object": "file", "purpose": "batch"})
        if request == "POST /batches":
            wanted = json.loads(body)
            assert (wanted["endpoint"], wanted["completion_window"]) == ("/v1/chat/completions", "24h")
            batch = Batch(f"batch_{len(self.batches) + 1}", wanted["input_file_id"])
            self.batches[batch.id] = batch
            return _json(batch.content())
        if request == "GET /batches":
            newest = [*reversed(self.batches.values())]
            after = query.get("after", [""])[0]
            start = next((place for place, batch in enumerate(newest, 1) if batch.id == after), 0)
            page = newest[start : start + 2]  # small pages, whatever the limit, so that there are several
            return _json({"data": [batch.content() for batch in page], "has_more": start + 2 < len(newest)})
        name = request.removeprefix("GET /batches/")
        if name in self.batches:
            return _json(self.batches[name].content())
        found_file = re.fullmatch(r"GET /files/([\w-]+)/content", request)
        if found_file and found_file[1] in self.files:
            return Reply(self.files[found_file[1]], headers={"Content-Type": "application/octet-stream"})
        return error(404, "no such thing")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10
            disable_nagle_algorithm = True  # or every response waits 40 ms for an acknowledgement

            def do_POST(self) -> None:
                self._serve("POST", self.rfile.read(int(self.headers["Content-Length"])))

            def do_GET(self) -> None:
                self._serve("GET", b"")

            def _serve(self, method: str, body: bytes) -> None:
                parts = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = f"{method} {parts.path.removeprefix('/v1')}"
                reply = api.reply(request, body, headers, parse_qs(parts.query))
                send(self, reply)

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        return Handler


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())
