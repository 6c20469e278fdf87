"""Requests that get lost, counted exactly.

Where each fault is tested, against a real server or process: in this module (here), in the others of this folder, or in
client = asking/test_client, many = asking/test_client_many, cache = asking/cache/test_cache_processes,
cli = cli/test_processes, whole = asking/strategies/test_whole, translator = translating/test_translator.

| fault | test |
|--|--|
| 429 with Retry-After | client: retry_after_is_heeded; here: a_clock_that_jumps, the_wait_a_date_asks_for |
| 429 with a Retry-After too long | client: a_longer_wait_than_is_bearable; runs: so_many_articles_in_a_row |
| 429 without Retry-After | client: rate_limits_that_do_not_end; here: pauses_grow; runs: so_many_articles_in_a_row |
| 429 with many requests at once | many: a_server_that_allows_few_at_once |
| 500, 502, 503 | client: a_failing_server_is_tried_again, a_server_that_keeps_failing; here: pauses_grow |
| 503 with Retry-After | here: a_server_that_is_away_for_a_while |
| connection refused | here: nobody_there_is_tried |
| reset in the middle of a body | here: what_is_no_http_or_breaks_off; closed in order: client: a_connection_dropped |
| a hang beyond the time-out | client: a_slow_answer; byte by byte, here: an_answer_that_trickles_in |
| truncated JSON, empty content | client: nonsense_three_times |
| wrong schema | client: a_refused_answer_is_repaired, nonsense_three_times |
| <think> and fences | client: wrapped_answers_need_no_second_request |
| finish_reason length | client: a_cut_answer_keeps_what_is_whole, a_cut_answer_with_nothing_whole |
| finish_reason content_filter; a refusal | client: refusals_and_filters_are_not_argued_with |
| an HTML page with status 200 | client: what_is_no_completion_is_tried_again; runs: so_many_articles_in_a_row |
| layers that multiply repetitions | client: repetitions_and_repairs_do_not_multiply |
| a clock that jumps | here: a_clock_that_jumps, the_wait_a_date_asks_for |
| a dead server | runs: so_many_articles_in_a_row, nobody_there_stops, a_dead_server_is_noticed, no_sign_of_life |
| a server that fails | runs: so_many_articles_in_a_row; processes: a_failing_server_ends_the_run |
| articles that make the server fail | runs: a_run_gets_past_neighbours, a_failing_server_is_there |
| an answer that stays unusable | client: what_an_unusable_answer_took; whole, translator: paid_for_once |
| a fault in a recording that is shared | client: recordings_hold_no_address |
| a wrong key, a used-up quota | client: what_no_other_article_would_survive; runs: what_no_article_would_survive |
| a budget used up | many: no_request_leaves_beyond_the_budget; runs: what_is_under_way_when_the_run_stops |
| an endless, slow or broken source | runs: of_an_endless_source, results_come_while, a_source_that_breaks |
| Ctrl-C, twice, SIGTERM | cli: ctrl_c_says_what_was_done; processes: ctrl_c_again_and_again, sigterm_ends_in_order |
| a broken pipe | cli: a_pipe_that_closes_early; processes: a_reader_that_leaves |
| kill -9, thirty times | kills; of the cache alone: cache: nothing_acknowledged_is_lost_by_kill_9 |
| two processes on one cache | processes: two_processes_share_one_cache; cache: four_processes |
| a read-only cache folder | disks: a_read_only_cache; cache: a_read_only_place_can_be_read |
| a full disk | disks: a_full_disk_under_the_output, …_the_cache; cache: a_full_disk, a_file_that_may_not_grow |
"""

from __future__ import annotations

import asyncio
import datetime
import itertools
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from pathlib import Path

import pytest
from pydantic import BaseModel

from ozetle import Summarizer
from ozetle.errors import ModelError, ModelUnreachableError, RateLimitedError
from ozetle.llm import retries as retries_module
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache, Entry
from ozetle.llm.client import Client
from ozetle.llm.models import choose_model
from ozetle.llm.question import Answer
from ozetle.llm.request import Message, Request
from ozetle.llm.retries import Retries
from tests.llm.server import FakeServer, Received, Reply, completion, error

QUICK = Retries(attempts=4, first_wait=0.001)
REQUEST = Request(
    model="test", messages=(Message(role="user", content="?"),), name="label", answer_schema={}, parameters={}
)


class Label(BaseModel):
    label: str


VISIT = completion('{"label": "visit"}')


def ask(
    base_url: str, budget: Budget | None = None, *, retries: Retries = QUICK, timeout: float = 5.0
) -> Answer[Label]:
    async def run() -> Answer[Label]:
        client = Client(
            choose_model("test", base_url), Cache(mode="off"), retries=retries, timeout=timeout, budget=budget
        )
        try:
            return await client.ask(REQUEST, Label)
        finally:
            await client.aclose()

    return asyncio.run(run())


def free_port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


@contextmanager
def saying(said: bytes, *, reset: bool = False, every: float = 0.0) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers each connection's request with these bytes, whole or one by one, and hangs up.

    Yields its base URL and the requests.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    requests: list[bytes] = []

    def answer(connection: socket.socket) -> None:
        with connection:
            request = connection.recv(65536)
            while b"\r\n\r\n" not in request:
                request += connection.recv(65536)
            requests.append(request)
            try:
                for part in (said[i : i + 1] for i in range(len(said))) if every else (said,):
                    connection.sendall(part)
                    time.sleep(every)
                if reset:  # closing sends RST instead of FIN
                    time.sleep(0.02)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    connection.shutdown(socket.SHUT_WR)
                    while more := connection.recv(65536):
                        if more.startswith(b"POST"):  # the client has not seen yet that this connection is closed
                            requests.append(more)
            except OSError:
                pass  # the client gave it up

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1", requests
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("said", "reset"),
    [
        (b"", False),
        (b"", True),
        (b"HTTP/1.1 200", True),
        (HEAD + b'Content-Length: 400\r\n\r\n{"choices": [', True),
        (HEAD + b'Content-Length: 400\r\n\r\n{"choices": [', False),
        (HEAD + b'Transfer-Encoding: chunked\r\n\r\n5\r\n{"cho', True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n{\r\n", False),
        (HEAD + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", False),
        (HEAD + b"Content-Type: text/html; charset=no-such\r\nContent-Length: 3\r\n\r\n\xff\xfe\x00", False),
        (b"SSH-2.0-OpenSSH_9.6\r\n", False),
        (b"HTTP/1.1 204 No Content\r\n\r\n", False),
    ],
)
def test_what_is_no_http_or_breaks_off_is_asked_again_and_then_named(said: bytes, reset: bool) -> None:
    with saying(said, reset=reset) as (base_url, requests), pytest.raises(ModelUnreachableError) as caught:
        ask(base_url)
    assert len(requests) == QUICK.attempts
    assert base_url in str(caught.value)
    assert "\n" not in str(caught.value)


def test_nobody_there_is_tried_as_often_as_the_policy_says() -> None:
    budget = Budget()
    with pytest.raises(ModelUnreachableError, match="cannot reach"):
        ask(f"http://127.0.0.1:{free_port()}/v1", budget)
    assert budget.requests == QUICK.attempts


def test_an_answer_that_trickles_in_is_lost_when_its_time_is_over() -> None:
    """No single read takes long; the whole does."""
    budget = Budget()
    slow = HEAD + b"Content-Length: 400\r\n\r\n" + b" " * 400
    with saying(slow, every=0.01) as (base_url, requests):
        started = time.monotonic()
        with pytest.raises(ModelUnreachableError, match=r"within 0\.2 s"):
            ask(base_url, budget, retries=Retries(attempts=2, first_wait=0.001), timeout=0.2)
        took = time.monotonic() - started
    assert budget.requests == len(requests) == 2
    assert 0.4 <= took < 2


@pytest.mark.parametrize("reply", [error(429), error(502)])
def test_pauses_grow_and_then_it_is_given_up(reply: Reply) -> None:
    times: list[float] = []

    def refuse(_: Received) -> Reply:
        times.append(time.monotonic())
        return reply

    with FakeServer([refuse]) as server, pytest.raises((RateLimitedError, ModelUnreachableError)):
        ask(server.base_url, retries=Retries(attempts=5, first_wait=0.04))
    assert len(times) == 5
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    for number, pause in enumerate(pauses):
        assert pause >= 0.04 * 2**number
    assert sum(pauses) < 3


def test_a_server_that_is_away_for_a_while_is_asked_again_when_it_said() -> None:
    with FakeServer([error(503, retry_after="0.3"), VISIT]) as server:
        started = time.monotonic()
        assert ask(server.base_url).requests == 2
    assert 0.3 <= time.monotonic() - started < 3
    assert len(server.received) == 2


def jumping(moments: itertools.count[int]) -> float:
    """A clock that is set an hour forward and a day back in turn, whenever it is read."""
    number = next(moments)
    return 1.7e9 + (3600 if number % 2 else -86400) * number


def test_a_clock_that_jumps_changes_no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = itertools.count()

    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Clock:
            return cls.fromtimestamp(jumping(moments), tz)

    monkeypatch.setattr(time, "time", lambda: jumping(moments))
    monkeypatch.setattr(retries_module, "datetime", Clock)
    behaviours = [
        error(429, retry_after="0.2"),
        error(500),
        Reply(b"", headers={"x-ratelimit-reset-requests": "1h"}),
        VISIT,
    ]
    with FakeServer(behaviours) as server:
        started = time.monotonic()
        answer = ask(server.base_url, timeout=2.0)
    assert (answer.value.label, answer.requests, len(server.received)) == ("visit", 4, 4)
    assert 0.2 <= time.monotonic() - started < 2


@pytest.mark.parametrize(("days", "wait", "least"), [(-400, 1, 0.0), (400, 2, 0.9)])
def test_the_wait_a_date_asks_for_is_measured_by_the_servers_own_clock(
    days: int, wait: int, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(datetime.datetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> Clock:
            return cls.fromtimestamp(time.time() + days * 86400, tz)

    monkeypatch.setattr(retries_module, "datetime", Clock)

    def busy(_: Received) -> Reply:
        now = datetime.datetime.now(datetime.UTC)
        return error(429, retry_after=format_datetime(now + datetime.timedelta(seconds=wait), usegmt=True))

    with FakeServer([busy, VISIT]) as server:  # its responses carry their Date, of whole seconds
        started = time.monotonic()
        assert ask(server.base_url).requests == 2
    assert least <= time.monotonic() - started < 5


def test_an_answer_on_its_way_to_the_disk_is_recorded_although_the_run_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    put = Cache.put

    def slow_put(self: Cache, entry: Entry, *, replace: bool = True) -> bool:
        begun.set()
        time.sleep(0.2)
        return put(self, entry, replace=replace)

    async def broken_off(base_url: str, cache: Cache) -> bool:
        client = Client(choose_model("test", base_url), cache)
        asking = asyncio.create_task(client.ask(REQUEST, Label))
        while not begun.is_set():
            await asyncio.sleep(0.005)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        kept = cache.get(REQUEST.key) is not None  # after Ctrl-C the process ends here, its threads with it
        await client.aclose()
        return kept

    monkeypatch.setattr(Cache, "put", slow_put)
    with FakeServer([VISIT]) as server, Cache(tmp_path / "c.sqlite") as cache:
        assert asyncio.run(broken_off(server.base_url, cache))


def test_a_redirect_is_one_request_each_time_and_not_followed() -> None:
    behaviour = Reply(b"", status=307, headers={"Location": "/v1/chat/completions"})
    with FakeServer([behaviour]) as server:
        summarizer = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False)
        with pytest.raises(ModelError):
            summarizer.summarize("Bakan Ayşe Demir, Kahire'de mevkidaşıyla görüştü.")
    assert len(server.received) == 1
