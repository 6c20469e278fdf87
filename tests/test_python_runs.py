"""Dry runs, batches and closing, as a Python user calls them; the answers are written by hand for these tests."""

from __future__ import annotations

import asyncio
import gc
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ozetle
from ozetle import Batches, Cache, Digest, Failure, LoadFailure, Summarizer, read_digests, views
from ozetle.errors import CacheError, ConfigurationError
from ozetle.llm.prices import Price
from tests.faults.news import ANSWER, EMPTY, text
from tests.llm.batch.server import BatchApi, results
from tests.llm.server import FakeServer, chat_completion, completion

SOURCES = [text(0), text(1), "  ", text(2), text(1)]


def nothing_found(_: dict[str, Any]) -> dict[str, Any]:
    """The line of results of an answer that finds no event, and so needs no second question."""
    return {"response": {"status_code": 200, "request_id": "r", "body": chat_completion(EMPTY)}, "error": None}


def at(server: FakeServer | BatchApi, cache: Path) -> Summarizer:
    return Summarizer("test", base_url=server.base_url, strategy="whole", cache=cache)


def test_a_dry_run_says_what_is_there_and_what_is_not(tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(json.dumps({"test": {"prompt": 2, "completion": 5}}), encoding="utf-8")
    with FakeServer([ANSWER]) as server, at(server, tmp_path / "c.sqlite") as summarizer:
        summarizer.summarize(text(0))
        found = summarizer.dry_run(SOURCES, prices=prices)
        assert asyncio.run(summarizer.adry_run(SOURCES, prices=prices)) == found
        assert len(server.received) == 1
        assert (found.cached, found.waiting, found.requests) == (1, 3, 2)  # two articles are one
        assert [failure.error.type for failure in found.failures] == ["ArticleError"]
        asked = [summarizer.unanswered(one) for one in (text(0), text(1), text(2))]
        assert [len(requests) for requests in asked] == [0, 1, 1]
        assert found.prompt_tokens == sum(request.prompt_tokens for requests in asked for request in requests)
        assert found.cost == pytest.approx(found.prompt_tokens * 2 / 1e6)
        assert summarizer.dry_run([]).cost is None
        assert (summarizer.dry_run(SOURCES, verb="translate").waiting) == 0  # all is Turkish
        with pytest.raises(ConfigurationError, match="no price"):
            summarizer.dry_run(SOURCES, prices=_other_prices(tmp_path))


def _other_prices(folder: Path) -> Path:
    path = folder / "other.json"
    path.write_text(json.dumps({"else": Price(prompt=1, completion=1).model_dump()}), encoding="utf-8")
    return path


def test_batches_from_the_articles_to_the_digests(tmp_path: Path) -> None:
    cache, batches = tmp_path / "c.sqlite", Batches(tmp_path / "b")
    with pytest.raises(ConfigurationError, match="holds no batches"):
        batches.status()
    with BatchApi() as api:
        with at(api, cache) as summarizer:
            written = batches.write(summarizer, SOURCES, max_requests_per_file=2)
        assert (written.cached, written.waiting, written.requests, len(written.failures)) == (0, 4, 3, 1)
        assert [file.requests for file in written.files] == [2, 1]
        assert batches.files == written.files
        assert batches.choice.name == "test"
        told: list[str] = []
        submitted = batches.submit(lambda file: told.append(file.file))
        assert told == [file.file for file in submitted] == ["requests-001.jsonl", "requests-002.jsonl"]
        assert batches.submit() == []
        assert batches.collect(cache).under_way == 2
        with at(api, cache) as summarizer:
            assert batches.write(summarizer, SOURCES).under_way == 3
        api.finish(nothing_found)
        assert [(one.file.status, one.answered, one.failed) for one in batches.status()] == [
            ("completed", 2, 0),
            ("completed", 1, 0),
        ]
        collected = asyncio.run(batches.acollect(cache))
        assert (collected.recorded, collected.under_way) == (3, 0)
        assert batches.collect(cache).recorded == 0
        with at(api, cache) as summarizer:
            assert batches.write(summarizer, SOURCES).files == batches.files[2:] == ()
            before = len(api.received)
            found = list(summarizer.summarize_many(SOURCES, ordered=True))
        assert len(api.received) == before
    assert [type(result) for result in found] == [Digest, Digest, Failure, Digest, Digest]


def test_results_from_elsewhere_are_collected_without_a_server(tmp_path: Path) -> None:
    batches = Batches(tmp_path / "b")
    with Summarizer("test", base_url="http://127.0.0.1:9/v1", strategy="whole", cache=tmp_path / "c") as summarizer:
        (file,) = batches.write(summarizer, [text(0)]).files
        answers = tmp_path / "results.jsonl"
        answers.write_bytes(b"".join(results((tmp_path / "b" / file.file).read_bytes(), nothing_found)))
        assert batches.collect(tmp_path / "c", results=[answers]).recorded == 1
        assert summarizer.dry_run([text(0)]).cached == 1


def test_a_context_manager_keeps_its_connections_and_closes_what_it_opened(tmp_path: Path) -> None:
    theirs = Cache(tmp_path / "theirs.sqlite")
    with FakeServer([ANSWER]) as server:
        with at(server, tmp_path / "c.sqlite") as summarizer:
            for number in range(3):
                summarizer.summarize(text(number))
            assert len(server.connections) == 1
        with pytest.raises(CacheError):
            summarizer.summarize(text(0))
        with Summarizer("test", base_url=server.base_url, strategy="whole", cache=theirs) as summarizer:
            summarizer.summarize(text(0))
        assert theirs.stats().entries == 1  # it is not the summarizer's to close

        async def asynchronously() -> None:
            async with at(server, tmp_path / "c.sqlite") as summarizer:
                await asyncio.gather(*(summarizer.asummarize(text(number)) for number in range(3)))

        asyncio.run(asynchronously())
    theirs.close()


def test_calls_at_once_share_a_connection_until_the_last_has_ended(tmp_path: Path) -> None:
    async def several(summarizer: Summarizer) -> list[Digest]:
        return await asyncio.gather(*(summarizer.asummarize(text(number)) for number in range(6)))

    slow = completion(EMPTY, delay=0.3)
    with FakeServer([ANSWER, slow, slow, ANSWER]) as server:
        summarizer = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False)
        assert all(isinstance(digest, Digest) for digest in asyncio.run(several(summarizer)))
        assert len(server.received) == 6  # none was lost to a connection that another call closed


def test_nothing_is_left_open(tmp_path: Path) -> None:
    """In a process of its own, whose end would show what was forgotten."""
    code = f"""
import asyncio, gc, sys
from ozetle import Summarizer, asummarize, summarize, summarize_many, translate_many
told = dict(model="test", base_url=sys.argv[1], strategy="whole", cache={str(tmp_path / "c.sqlite")!r})
summarize("Bu, 1. haberdir.", **told)
asyncio.run(asummarize("Bu, 2. haberdir.", **told))
list(summarize_many(["Bu, 3. haberdir."], **told))
next(summarize_many(["Bu, 4. haberdir.", "Bu, 5. haberdir."], **told))
list(translate_many(["Bu, 6. haberdir."], **told))
Summarizer(**told).summarize("Bu, 7. haberdir.")
summarize_many([], **told)
gc.collect()
"""
    with FakeServer([ANSWER]) as server:
        ended = subprocess.run(
            [sys.executable, "-W", "error::ResourceWarning", "-c", code, server.base_url],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_garbage_collector_stays_on() -> None:
    class Watched(list[Digest]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            assert gc.isenabled()
            return super().__iter__()

    assert ozetle.merge(Watched()) == []


def test_a_folders_name_among_many_texts_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "bir klasör"
    folder.mkdir()
    with FakeServer([ANSWER]) as server, at(server, tmp_path / "c.sqlite") as summarizer:
        results = list(summarizer.summarize_many(["news/", str(folder), text(0)], ordered=True))
        assert len(server.received) == 1
    assert [type(result) for result in results] == [Failure, Failure, Digest]
    assert "'news/' looks like the name of a file or folder" in str(results[0])
    assert "Give pathlib.Path('news/')" in str(results[0])


def test_digests_are_read_back_and_a_bad_line_costs_no_good_one(tmp_path: Path) -> None:
    with FakeServer([ANSWER]) as server, at(server, tmp_path / "c.sqlite") as summarizer:
        results = list(summarizer.summarize_many([text(0), " "], ordered=True))
    path = tmp_path / "digests.jsonl"
    path.write_text("\ufeff" + views.to_line(results[0]) + "\n{bad\n\n" + views.to_line(results[1]) + "\n", "utf-8")
    found = list(read_digests(path))
    assert [found[0], found[2]] == results
    assert isinstance(found[1], LoadFailure)
    assert str(found[1].error).startswith(f"{path}:2: not a digest")
    assert next(read_digests(io.BytesIO(path.read_bytes()))) == results[0]
    (missing,) = read_digests(str(tmp_path / "missing.jsonl"))
    assert isinstance(missing, LoadFailure)
    assert "missing.jsonl: cannot be read" in str(missing.error)
