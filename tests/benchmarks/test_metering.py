from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openai
import pytest
from metering import Meter, Spent
from openai.types.chat import ChatCompletion


class Model(BaseHTTPRequestHandler):
    """Answers each request after `seconds`, or when `over` is set, and counts them."""

    asked = 0
    seconds = 0.0
    over: threading.Event

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked += 1
        self.over.wait(self.seconds)
        usage = {"prompt_tokens": 70, "completion_tokens": 5, "total_tokens": 75}
        choice = {"index": 0, "finish_reason": "length", "message": {"role": "assistant", "content": "İyi"}}
        answer = json.dumps(
            {"id": "", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
            | {"usage": usage | {"prompt_tokens_details": {"cached_tokens": 60}}}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        with suppress(OSError):  # whoever asked may be gone
            self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def model(seconds: float = 0.0) -> Iterator[tuple[str, type[Model]]]:
    handler: type[Model] = type("Served", (Model,), {"asked": 0, "seconds": seconds, "over": threading.Event()})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/v1", handler
    finally:
        handler.over.set()
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def ask(base_url: str, question: str = "Nasılsın?") -> ChatCompletion:
    with openai.OpenAI(base_url=base_url, api_key="none") as client:
        return client.chat.completions.create(model="m", messages=[{"role": "user", "content": question}])


def test_tokens_and_cut_off_answers_are_counted_from_what_the_server_says(tmp_path: Path) -> None:
    with model() as (server, _):
        meter = Meter(lambda: server, tmp_path, 60.0)
        with meter.serve() as base_url:
            answers = [ask(base_url, question) for question in ("bir", "iki")]

    assert [answer.choices[0].message.content for answer in answers] == ["İyi", "İyi"]
    assert meter.spent.seconds > 0
    meter.spent.seconds = meter.spent.processor_seconds = 0.0
    assert meter.spent == Spent(2, 140, 120, 10, cut_off=2)


def test_what_was_asked_before_costs_the_same_and_needs_no_model(tmp_path: Path) -> None:
    with model() as (server, handler):
        first = Meter(lambda: server, tmp_path, 60.0)
        with first.serve() as base_url:
            before = ask(base_url)
        again = Meter(lambda: pytest.fail("no model is needed"), tmp_path, 60.0)
        with again.serve() as base_url:
            assert ask(base_url) == before
            again.start()
            ask(base_url)

    assert handler.asked == 1
    assert again.spent == first.spent


def test_a_request_beyond_the_limit_is_broken_off_and_none_is_asked_after_it(tmp_path: Path) -> None:
    with model(seconds=60.0) as (server, handler):
        meter = Meter(lambda: server, tmp_path, 0.1)
        with meter.serve() as base_url:
            started = time.monotonic()
            for question in ("bir", "iki"):
                with pytest.raises(openai.BadRequestError, match="time is up"):
                    ask(base_url, question)
            assert time.monotonic() - started < 50.0

            assert handler.asked == 1
            assert meter.spent.out_of_time
            meter.start()
            with pytest.raises(openai.BadRequestError):
                ask(base_url, "bir")
            assert handler.asked == 1


def test_the_seconds_of_an_answer_count_against_a_smaller_limit_too(tmp_path: Path) -> None:
    with model(seconds=0.3) as (server, _):
        with Meter(lambda: server, tmp_path, 60.0).serve() as base_url:
            ask(base_url)
        strict = Meter(lambda: server, tmp_path, 0.1)
        with strict.serve() as base_url, pytest.raises(openai.BadRequestError):
            ask(base_url)

    assert strict.spent.seconds == pytest.approx(0.1)
