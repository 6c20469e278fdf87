"""Counts what is asked of a model server, whoever asks: stands between a client and the server, on loopback.

Answers are kept in a folder, by the request's body, with the seconds they took. Asked the same again, the meter gives
the same answer and counts the same tokens and seconds, without the model: a run that was broken off goes on where it
was, and a finished one can be counted again.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ozetle.usage import Usage


@dataclass
class Spent:
    """What was asked since `Meter.start`; tokens as the server counts them.

    Attributes:
        prompt_tokens: all of them, those that the server knew from the request before too.
        cached_tokens: of the prompt, those that it knew and did not work off again.
        seconds: that the server took.
        processor_seconds: that this process used meanwhile, on all cores: the model's work when its server runs in this
            process, whatever else the machine did.
        cut_off: answers that ended at their length limit.
        out_of_time: whether the time limit broke a request off.
    """

    requests: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    processor_seconds: float = 0.0
    cut_off: int = 0
    out_of_time: bool = False


class Meter:
    """Forwards chat completions and counts them.

    Args:
        server: gives the model server's base URL; called when the first request is not in the folder.
        folder: where the answers are kept.
        seconds: that the server may take from one `start` to the next. The request that is under way then is broken
            off and, like all after it, refused with a status that no client repeats.
    """

    def __init__(self, server: Callable[[], str], folder: Path, seconds: float) -> None:
        self._server = server
        self._folder = folder
        self._limit = seconds
        self._turn = threading.Lock()
        self.spent = Spent()

    def start(self) -> None:
        """Count from zero."""
        self.spent = Spent()

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve and give the base URL."""
        httpd = ThreadingHTTPServer(("127.0.0.1", 0), type("_", (_Handler,), {"meter": self}))
        thread = threading.Thread(target=httpd.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}/v1"
        finally:
            httpd.shutdown()
            thread.join()
            httpd.server_close()

    def answer(self, body: bytes) -> tuple[int, bytes]:
        """Return status and body of the answer to a chat completion request."""
        with self._turn:
            left = self._limit - self.spent.seconds
            if left > 0:
                kept = self._kept_or_asked(body, left)
                self.spent.seconds += min(kept["seconds"], left)
                self.spent.processor_seconds += kept["processor_seconds"]
                if kept["status"] and kept["seconds"] <= left:
                    self._count(kept["text"])
                    return kept["status"], kept["text"].encode()
            self.spent.out_of_time = True
            return 400, b'{"error": {"message": "the time is up"}}'

    def _kept_or_asked(self, body: bytes, left: float) -> dict[str, Any]:
        """Status, text and seconds of an answer; status 0 is one that did not come in the time that was left."""
        canonical = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False)
        path = self._folder / f"{hashlib.sha256(canonical.encode()).hexdigest()}.json"
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if not kept or (not kept["status"] and kept["seconds"] < left):
            server = urlsplit(self._server())
            started, used = time.monotonic(), time.process_time()
            status, text = _post(server.netloc, f"{server.path}/chat/completions", body, left)
            took = {"seconds": time.monotonic() - started, "processor_seconds": time.process_time() - used}
            kept = {"status": status, "text": text, **took}
            path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        return kept

    def _count(self, text: str) -> None:
        completion: dict[str, Any] = json.loads(text)
        usage = Usage.of(completion)
        self.spent.requests += 1
        self.spent.prompt_tokens += usage.prompt_tokens or 0
        self.spent.cached_tokens += usage.cached_tokens or 0
        self.spent.completion_tokens += usage.completion_tokens or 0
        self.spent.cut_off += any(choice["finish_reason"] == "length" for choice in completion.get("choices", []))


def _post(host: str, path: str, body: bytes, seconds: float) -> tuple[int, str]:
    # an answer that is not streamed comes at once when it is complete: the time-out of the first byte is that of all
    connection = http.client.HTTPConnection(host, timeout=seconds)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except TimeoutError:
        return 0, ""
    finally:
        connection.close()


class _Handler(BaseHTTPRequestHandler):
    meter: Meter
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        status, answer = self.meter.answer(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass
