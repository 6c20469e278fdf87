"""Runs over many articles when the server, the budget or the source of articles fails them."""

from __future__ import annotations

import gc
import itertools
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ozetle import Article, Cache, Digest, Failure, Summarizer
from ozetle.articles import LoadFailure
from ozetle.errors import (
    ArticleError,
    BudgetError,
    CacheError,
    ModelRefusedError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    ServerFailedError,
)
from ozetle.llm.budget import Budget
from ozetle.llm.client import Client
from ozetle.llm.retries import Retries
from tests.extracting.strategies.test_whole import TEXT, WRONG_AMOUNT, draft
from tests.faults.news import ANSWER, EMPTY, asked, number_of, text
from tests.llm.server import FakeServer, Received, Reply, completion, error

QUICK = Retries(attempts=3, first_wait=0.001)


def impatient(
    server: FakeServer, cache: Cache | None = None, budget: Budget | None = None, timeout: float = 300.0
) -> Summarizer:
    summarizer = Summarizer(
        "test", base_url=server.base_url, strategy="whole", cache=cache or False, budget=budget or Budget()
    )
    summarizer._client = Client(
        summarizer.choice, summarizer.cache, retries=QUICK, budget=summarizer.budget, timeout=timeout
    )
    return summarizer


def until_it_stops(results: Iterator[Digest | Failure]) -> tuple[list[Digest | Failure], OzetleError]:
    """All results, and the one error after them."""
    found: list[Digest | Failure] = []
    with pytest.raises(OzetleError) as caught:
        found.extend(results)  # keeps what came before the error
    return found, caught.value


@pytest.mark.parametrize(
    ("reply", "kind", "most", "each"),
    [
        (completion(EMPTY, delay=3), ModelUnreachableError, 3, QUICK.time_outs),
        (Reply(b"<html>Bad gateway</html>"), ModelUnreachableError, 3, QUICK.attempts),
        (error(429), RateLimitedError, 3, QUICK.attempts),
        (error(429, retry_after="7200"), RateLimitedError, 3, 1),
        (error(503), ServerFailedError, 10, QUICK.attempts),
        (error(500, retry_after="7200"), ServerFailedError, 10, 1),
    ],
    ids=["hangs", "no completion", "429", "429 for long", "503", "500 for long"],
)
@pytest.mark.parametrize("ordered", [False, True])
def test_so_many_articles_in_a_row_that_the_server_leaves_unanswered_stop_the_run(
    reply: Reply, kind: type[OzetleError], most: int, each: int, ordered: bool
) -> None:
    timeout = 0.4 if reply.delay else 30.0
    with FakeServer([reply]) as server:
        many = impatient(server, timeout=timeout).summarize_many(map(text, range(20)), concurrency=3, ordered=ordered)
        found, problem = until_it_stops(many)
        assert len(found) == most
        assert all(isinstance(result, Failure) and result.error.type == kind.__name__ for result in found)
        assert type(problem) is kind
        assert f"{most} articles in a row" in str(problem)
        assert "run the same again" in str(problem)
        counts = asked(server)
    assert sorted(counts.values(), reverse=True)[:most] == [each] * most
    assert sum(counts.values()) <= (most + 2) * each  # those that were begun meanwhile
    if ordered:
        assert [counts[number] for number in range(most)] == [each] * most


def test_nobody_there_stops_the_run_after_three_articles() -> None:
    with FakeServer([ANSWER]) as gone:
        pass
    budget = Budget()
    found, problem = until_it_stops(
        impatient(gone, budget=budget).summarize_many(map(text, range(20)), concurrency=1, ordered=True)
    )
    assert (len(found), type(problem), budget.requests) == (3, ModelUnreachableError, 3 * QUICK.attempts)


@pytest.mark.parametrize(("poisoned", "stops"), [(3, False), (9, False), (10, True)])
def test_a_run_gets_past_neighbours_that_make_the_server_fail(tmp_path: Path, poisoned: int, stops: bool) -> None:
    bad = range(2, 2 + poisoned)

    def answer(received: Received) -> Reply:
        return error(500, "cannot think") if number_of(received) in bad else ANSWER

    texts = [text(number) for number in range(15)]
    attempts = dict.fromkeys(bad, QUICK.attempts)
    with Cache(tmp_path / "c.sqlite") as cache, FakeServer([answer]) as server:
        many = impatient(server, cache).summarize_many(texts, concurrency=1, ordered=True)
        if stops:
            found, problem = until_it_stops(many)
            assert type(problem) is ServerFailedError
            assert len(found) == 12
            assert asked(server) == {0: 1, 1: 1} | attempts
            return
        results = list(many)
        assert asked(server) == dict.fromkeys(range(15), 1) | attempts
        assert [number for number, result in enumerate(results) if isinstance(result, Failure)] == [*bad]
        server.received.clear()
        list(impatient(server, cache).summarize_many(texts, concurrency=1))  # resumed: the same are asked, and passed
        assert asked(server) == attempts


def test_a_failing_server_is_there_but_it_has_not_answered() -> None:
    """Between time-outs, 429s and the like a 5xx counts, but not as silence."""

    def answer(received: Received) -> Reply:
        return error(500) if number_of(received) % 3 == 2 else error(429)

    with FakeServer([answer]) as server:
        many = impatient(server).summarize_many(map(text, range(20)), concurrency=1, ordered=True)
        found, problem = until_it_stops(many)
        assert asked(server) == dict.fromkeys(range(10), QUICK.attempts)
    assert len(found) == 10
    assert type(problem) is RateLimitedError


def test_a_digest_whose_texts_could_not_be_mended_is_no_sign_of_life(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        with FakeServer([completion(draft(WRONG_AMOUNT)), error(400, "no")]) as server:
            impatient(server, cache).summarize(TEXT)
        with FakeServer([error(429)]) as server:
            sources = [text(0), TEXT, text(1), TEXT, text(2), text(3)]
            found, _ = until_it_stops(impatient(server, cache).summarize_many(sources, concurrency=1, ordered=True))
            assert len(server.received) == 5 * QUICK.attempts
    assert [type(result) for result in found] == [Failure, Digest, Failure, Digest, Failure]


def test_a_dead_server_is_noticed_between_articles_that_need_none(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        with FakeServer([ANSWER]) as server:
            assert len(list(impatient(server, cache).summarize_many([text(n) for n in range(0, 60, 2)]))) == 30
        sources: list[str | LoadFailure] = [text(number) for number in range(60)]
        sources.insert(4, LoadFailure(source="x", error=ArticleError("unreadable")))
        with FakeServer([error(429)]) as server:
            found, problem = until_it_stops(impatient(server, cache).summarize_many(sources, concurrency=1))
            assert asked(server) == {1: 3, 3: 3, 5: 3}
    assert type(problem) is RateLimitedError
    assert len(found) == 7


def test_an_answer_in_between_shows_that_the_server_lives() -> None:
    def every_third(received: Received) -> Reply:
        number = number_of(received)
        return error(429) if number % 3 else error(400, "no") if number % 2 else ANSWER

    with FakeServer([every_third]) as server:
        results = list(impatient(server).summarize_many(map(text, range(12)), concurrency=1, ordered=True))
    failed = [result.error.type if isinstance(result, Failure) else "" for result in results]
    assert failed == ["", *["RateLimitedError"] * 2, "RequestRejectedError", *["RateLimitedError"] * 2] * 2


def test_the_run_goes_on_where_the_server_died(tmp_path: Path) -> None:
    alive = threading.Event()
    alive.set()

    def answer(received: Received) -> Reply:
        if number_of(received) == 5:
            alive.clear()
        return ANSWER if alive.is_set() else error(429)

    with Cache(tmp_path / "c.sqlite") as cache, FakeServer([answer]) as server:
        texts = [text(number) for number in range(20)]
        found, _ = until_it_stops(impatient(server, cache).summarize_many(texts, concurrency=1, ordered=True))
        assert [type(result) for result in found] == [Digest] * 5 + [Failure] * 3
        server.received.clear()
        alive.set()
        with FakeServer([ANSWER]) as revived:
            results = list(impatient(revived, cache).summarize_many(texts, ordered=True))
            assert asked(revived) == dict.fromkeys(range(5, 20), 1)
    assert [type(result) for result in results] == [Digest] * 20


@pytest.mark.parametrize(
    "reply", [error(401, "wrong key"), error(429, "used up", "insufficient_quota"), error(404, "no such model")]
)
@pytest.mark.parametrize("ordered", [False, True])
def test_what_no_article_would_survive_stops_at_once(reply: Reply, ordered: bool) -> None:
    with FakeServer([reply]) as server:
        many = impatient(server).summarize_many(map(text, range(50)), concurrency=4, ordered=ordered)
        found, problem = until_it_stops(many)
        assert type(problem) is ModelRefusedError
        assert found == []
        assert len(server.received) <= 4
        assert set(asked(server).values()) == {1}


@pytest.mark.parametrize("ordered", [False, True])
def test_what_is_under_way_when_the_run_stops_is_waited_for_and_kept(tmp_path: Path, ordered: bool) -> None:
    """The budget is used up by requests whose answers are still to come: they were paid for."""
    with Cache(tmp_path / "c.sqlite") as cache, FakeServer([completion(EMPTY, delay=0.2)]) as server:
        budget = Budget(max_requests=3)
        many = map(text, itertools.count())
        results = impatient(server, cache, budget).summarize_many(many, concurrency=4, ordered=ordered)
        found, problem = until_it_stops(results)
        assert type(problem) is BudgetError
        assert len(server.received) == 3
        assert cache.stats().entries == 3
    assert [type(result) for result in found] == [Digest] * 3


def test_a_refusal_takes_no_answer_from_those_who_were_before_it(tmp_path: Path) -> None:
    def quota(received: Received) -> Reply:
        return completion(EMPTY, delay=0.2) if number_of(received) < 2 else error(402, "no money left")

    with Cache(tmp_path / "c.sqlite") as cache, FakeServer([quota]) as server:
        found, problem = until_it_stops(impatient(server, cache).summarize_many(map(text, range(9)), concurrency=3))
        assert cache.stats().entries == 2
        assert len(server.received) == 3
    assert type(problem) is ModelRefusedError
    assert [type(result) for result in found] == [Digest] * 2


def test_a_cache_that_cannot_be_read_stops_the_run(tmp_path: Path) -> None:
    with FakeServer([ANSWER]) as server:
        cache = Cache(tmp_path / "c.sqlite")
        cache.close()
        found, problem = until_it_stops(impatient(server, cache).summarize_many(map(text, itertools.count())))
        assert not server.received
    assert isinstance(problem, CacheError)
    assert found == []


@pytest.mark.parametrize("ordered", [False, True])
def test_results_come_while_the_source_keeps_waiting_for_the_next_article(ordered: bool) -> None:
    more = threading.Event()

    def feed() -> Iterator[str]:
        yield text(0)
        yield text(1)
        assert more.wait(10)
        yield text(2)

    with FakeServer([ANSWER]) as server:
        started = time.monotonic()
        results = impatient(server).summarize_many(feed(), concurrency=4, ordered=ordered)
        assert isinstance(next(results), Digest)
        assert isinstance(next(results), Digest)
        assert time.monotonic() - started < 9
        more.set()
        assert [type(result) for result in results] == [Digest]


def test_a_source_that_breaks_is_the_callers_own_error_and_nothing_hangs() -> None:
    def broken() -> Iterator[str]:
        yield text(0)
        raise ZeroDivisionError("in the caller's generator")

    with FakeServer([completion(EMPTY, delay=0.1)]) as server, pytest.raises(ZeroDivisionError):
        list(impatient(server).summarize_many(broken()))


@pytest.mark.measurement
@pytest.mark.parametrize("ordered", [False, True])
def test_of_an_endless_source_only_what_is_under_way_is_in_memory(tmp_path: Path, ordered: bool) -> None:
    alive: list[weakref.ref[Any]] = []
    results: list[weakref.ref[Any]] = []
    most = 0

    def endless() -> Iterator[Article]:
        for number in itertools.count():
            article = Article.from_text(text(0), id=str(number))
            alive.append(weakref.ref(article))
            yield article
            del article

    with Cache(tmp_path / "c.sqlite") as cache, FakeServer([ANSWER]) as server:
        impatient(server, cache).summarize(text(0))
        many = impatient(server, cache).summarize_many(endless(), concurrency=4, ordered=ordered)
        for number, result in enumerate(many):
            results.append(weakref.ref(result))
            if number % 50 == 49:
                gc.collect()
                most = max(most, sum(ref() is not None for ref in [*alive, *results]))
            if number == 149:
                break
            del result
        many.close()  # type: ignore[attr-defined]
        assert len(server.received) == 1
    assert len(results) == 150
    assert most <= 20
    assert len(alive) <= 160
