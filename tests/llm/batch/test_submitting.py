"""Submitting and collecting, against a server that fails at any step."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import (
    ConfigurationError,
    ModelRefusedError,
    ModelUnreachableError,
    OzetleError,
    RateLimitedError,
    ServerFailedError,
)
from ozetle.llm.batch import BatchCollected, BatchFolder, BatchServer, choice_of, collect, collect_files, submit
from ozetle.llm.cache import Cache, Entry
from ozetle.llm.faults import Redactor
from ozetle.llm.models import choose_model
from ozetle.llm.retries import Retries
from ozetle.usage import Usage
from tests.llm.batch.server import Batch, BatchApi, failed, results
from tests.llm.batch.test_folder import requests, write
from tests.llm.server import Reply, chat_completion, error

QUICK = Retries(attempts=3, first_wait=0.001)


@pytest.fixture
def api() -> Iterator[BatchApi]:
    with BatchApi() as running:
        yield running


@pytest.fixture
def path(api: BatchApi, tmp_path: Path) -> Path:
    """A folder of two shards, of three requests and of one."""
    write(tmp_path / "b", requests(4), choice=choose_model("deneme", api.base_url))
    return tmp_path / "b"


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "answers.sqlite") as opened:
        yield opened


def run_submit(path: Path) -> list[str]:
    folder = BatchFolder.open(path)
    told: list[str] = []

    async def work() -> None:
        server = BatchServer(choice_of(folder.state), retries=QUICK)
        try:
            await submit(folder, server, lambda shard: told.append(shard.file))
        finally:
            await server.close()

    asyncio.run(work())
    return told


def run_collect(path: Path, cache: Cache) -> BatchCollected:
    folder = BatchFolder.open(path)

    async def work() -> BatchCollected:
        server = BatchServer(choice_of(folder.state), retries=QUICK)
        try:
            return await collect(folder, server, cache)
        finally:
            await server.close()

    return asyncio.run(work())


def sound(_: dict[str, Any]) -> dict[str, Any]:
    return {"response": {"status_code": 200, "body": chat_completion('{"ç": 1}')}}


def saying(content: str | None, **more: Any) -> Any:
    return lambda _: {"response": {"status_code": 200, "body": chat_completion(content, **more)}}


def once(reply: Reply, request: str) -> Any:
    """Trouble at the first request of a kind."""
    waiting = [reply]
    return lambda asked: waiting.pop() if asked == request and waiting else None


def test_every_shard_is_uploaded_and_submitted_once(api: BatchApi, path: Path) -> None:
    assert run_submit(path) == ["requests-001.jsonl", "requests-002.jsonl"]
    assert run_submit(path) == []
    assert api.received == ["POST /files", "POST /batches"] * 2
    assert [api.files[batch.input_file_id] for batch in api.batches.values()] == [
        (path / f"requests-00{number}.jsonl").read_bytes() for number in (1, 2)
    ]


@pytest.mark.parametrize("reply", [error(500), Reply(b"{}", cut=1), Reply(b"")])
@pytest.mark.parametrize("request_", ["POST /files", "POST /batches"])
@pytest.mark.parametrize("after", [False, True])
def test_a_lost_step_is_repeated_and_no_batch_is_made_twice(
    api: BatchApi, path: Path, reply: Reply, request_: str, after: bool
) -> None:
    setattr(api, "trouble_after" if after else "trouble", once(reply, request_))
    assert len(run_submit(path)) == 2
    assert len(api.batches) == 2
    state = BatchFolder.open(path).state
    assert [shard.batch_id for shard in state.shards] == ["batch_1", "batch_2"]
    assert [shard.file_id for shard in state.shards] == [batch.input_file_id for batch in api.batches.values()]


@pytest.mark.parametrize("step", ["file_id", "batch_id"])
def test_an_end_before_the_record_is_saved_submits_nothing_twice(
    api: BatchApi, path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def end(self: BatchFolder, shard: Any, **changes: Any) -> Any:
        if step in changes:
            raise KeyboardInterrupt
        return original(self, shard, **changes)

    original = BatchFolder.change
    with monkeypatch.context() as patched:
        patched.setattr(BatchFolder, "change", end)
        with pytest.raises(KeyboardInterrupt):
            run_submit(path)
    for number in range(5):  # others' batches, so that the one to find is on another page
        api.batches[f"other_{number}"] = Batch(f"other_{number}", f"theirs_{number}")
    assert run_submit(path) == ["requests-001.jsonl", "requests-002.jsonl"]
    own = [batch for batch in api.batches.values() if not batch.id.startswith("other")]
    assert len(own) == 2
    assert len({batch.input_file_id for batch in own}) == 2


def test_an_end_between_upload_and_batch_does_not_upload_again(api: BatchApi, path: Path) -> None:
    api.trouble = lambda request: error(400, "no") if request == "POST /batches" else None
    with pytest.raises(OzetleError):
        run_submit(path)
    assert BatchFolder.open(path).state.shards[0].status == "uploaded"
    api.trouble = lambda _: None
    assert len(run_submit(path)) == 2
    assert api.count("POST /files") == 2


@pytest.mark.parametrize(
    ("reply", "kind", "said", "count"),
    [
        (error(401, "wrong key"), ModelRefusedError, "wrong key", 1),
        (error(404), ConfigurationError, "it takes no batches", 1),
        (error(405), ConfigurationError, "it takes no batches", 1),
        (error(429, "quota", code="insufficient_quota"), ModelRefusedError, "quota", 1),
        (error(429, "slow"), RateLimitedError, "slow", 3),
        (error(503), ServerFailedError, "503", 3),
        (Reply(b"<html>", headers={"Content-Type": "text/html"}), ModelUnreachableError, "did not answer with", 3),
        (Reply(b'{"id": null}'), ModelUnreachableError, "did not answer with", 3),
    ],
)
def test_what_the_server_refuses_is_one_clear_error(
    api: BatchApi, path: Path, reply: Reply, kind: type[OzetleError], said: str, count: int
) -> None:
    api.trouble = lambda _: reply
    with pytest.raises(kind, match=said) as caught:
        run_submit(path)
    assert len(api.received) == count
    assert type(caught.value) is kind
    assert BatchFolder.open(path).state.shards[0].status == "written"


def test_collecting_records_the_answers_with_their_requests(api: BatchApi, path: Path, cache: Cache) -> None:
    run_submit(path)
    assert run_collect(path, cache) == BatchCollected(under_way=2)
    api.finish(sound)
    assert run_collect(path, cache) == BatchCollected(recorded=4)
    for request in requests(4):
        entry = cache.entry(request.key)
        assert entry is not None
        assert entry.request == request
        assert entry.response == chat_completion('{"ç": 1}')
        assert entry.model == "served-model"
        assert (entry.usage.prompt_tokens, entry.usage.cached_tokens) == (100, 64)
    before = len(api.received)
    assert run_collect(path, cache) == BatchCollected()
    assert len(api.received) == before


def test_an_end_before_a_shard_is_done_with_loses_nothing(
    api: BatchApi, path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(self: BatchFolder, shard: Any, **changes: Any) -> Any:
        if "collected" in changes:
            raise KeyboardInterrupt
        return original(self, shard, **changes)

    original = BatchFolder.change
    run_submit(path)
    api.finish(sound)
    with monkeypatch.context() as patched:
        patched.setattr(BatchFolder, "change", end)
        with pytest.raises(KeyboardInterrupt):
            run_collect(path, cache)
    assert cache.stats().entries == 3
    assert run_collect(path, cache) == BatchCollected(recorded=1, known=3)


def test_a_download_that_breaks_off_is_repeated(api: BatchApi, path: Path, cache: Cache) -> None:
    run_submit(path)
    api.finish(sound)
    whole = next(api.files[batch.output_file_id or ""] for batch in api.batches.values())
    api.trouble = once(Reply(whole, cut=len(whole) // 2), "GET /files/file-3/content")
    assert run_collect(path, cache) == BatchCollected(recorded=4)
    assert api.count("GET /files/file-3/content") == 2


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_a_batch_that_ended_early_gives_what_it_has(api: BatchApi, path: Path, cache: Cache, status: str) -> None:
    run_submit(path)
    done: list[int] = []

    def some(body: dict[str, Any]) -> dict[str, Any] | None:
        done.append(1)
        late = {"response": None, "error": {"code": "batch_expired", "message": "not in time"}}
        return [sound(body), late, None][(len(done) - 1) % 3]

    api.finish(some, status)
    tally = run_collect(path, cache)
    assert tally.recorded == 2  # of the first shard's three one came to nothing and one has no line
    assert tally.failed == {"not in time": 1, f"no result, and the batch is {status}": 1}
    assert all(shard.collected and shard.status == status for shard in BatchFolder.open(path).state.shards)


def test_a_batch_that_failed_as_a_whole_says_why(api: BatchApi, path: Path, cache: Cache) -> None:
    run_submit(path)
    api.fail("Enqueued token limit reached", "and sk-abcdefghij too")
    tally = run_collect(path, cache)
    assert tally == BatchCollected(failed=tally.failed)
    assert tally.failed == {"the batch failed: Enqueued token limit reached; and [redacted] too": 4}


@pytest.mark.parametrize(
    ("answer", "cause", "recorded"),
    [
        (saying("hayır"), "the model's answer holds no JSON object: 'hayır'", 4),
        (saying(None, refusal="olmaz"), "the model refused to answer: 'olmaz'", 4),
        (saying('{"ç": [1, 2', finish_reason="length"), "the model's answer was cut off at the length limit", 4),
        (saying("", finish_reason="content_filter"), "the server's content filter blocked the answer", 4),
        (saying('{"ç": }'), "the model's answer is broken JSON", 4),
        (lambda _: failed("kapalı", 503), "status 503: kapalı", 0),
    ],
)
def test_answers_of_no_use_are_told_and_kept_until_a_better_one_comes(
    api: BatchApi, path: Path, cache: Cache, answer: Any, cause: str, recorded: int
) -> None:
    run_submit(path)
    api.finish(answer)
    tally = run_collect(path, cache)
    assert (tally.recorded, dict(tally.failed)) == (recorded, {cause: 4})
    again = write(path, requests(4), cache=cache, choice=choose_model("deneme", api.base_url))
    assert again.repeated == 4
    run_submit(path)
    api.finish(sound)
    assert run_collect(path, cache) == BatchCollected(recorded=4)
    entry = cache.get(requests(1)[0].key)
    assert entry is not None
    assert entry.response == chat_completion('{"ç": 1}')
    assert [attempt.reason for attempt in entry.failed] == ([cause] if recorded else [])


def an_entry(content: str) -> Entry:
    request = requests(1)[0]
    return Entry.model_validate(
        {"key": request.key, "request": request, "response": chat_completion(content), "usage": Usage()}
        | {"created": "2026-01-01T00:00:00Z", "model": "m"}
    )


def collected(path: Path, cache: Cache, *lines: bytes) -> BatchCollected:
    file = path / "results.jsonl"
    file.write_bytes(b"".join(lines))
    return collect_files(BatchFolder.open(path), [file], cache, Redactor([]))


def first_line(path: Path, answer: Any) -> bytes:
    return results((path / "requests-001.jsonl").read_bytes(), answer)[0]


def test_an_answer_recorded_meanwhile_stays(path: Path, cache: Cache) -> None:
    cache.put(an_entry('{"ç": null}'))
    assert collected(path, cache, first_line(path, sound)) == BatchCollected(known=1)
    assert cache.entry(requests(1)[0].key) == an_entry('{"ç": null}')


def test_an_answer_that_was_refused_when_the_request_was_written_is_replaced(
    api: BatchApi, path: Path, cache: Cache
) -> None:
    cache.put(an_entry('{"ç": "what its reader refuses"}'))
    write(path, requests(4), cache=cache, choice=choose_model("deneme", api.base_url))
    assert collected(path, cache, first_line(path, sound)) == BatchCollected(recorded=1)
    entry = cache.get(requests(1)[0].key)
    assert entry is not None
    assert entry.response == chat_completion('{"ç": 1}')
    assert [attempt.response for attempt in entry.failed] == [an_entry('{"ç": "what its reader refuses"}').response]


def test_of_several_lines_for_one_request_the_usable_one_counts(path: Path, cache: Cache) -> None:
    good, bad = first_line(path, sound), first_line(path, lambda _: failed("kapalı"))
    prose = first_line(path, saying("hayır"))
    assert collected(path, cache, bad, prose, good, good, bad).failed == {}
    entry = cache.get(requests(1)[0].key)
    assert entry is not None
    assert entry.response == chat_completion('{"ç": 1}')


def test_a_shard_that_was_changed_takes_no_answers(path: Path, cache: Cache) -> None:
    line = first_line(path, sound)
    shard = path / "requests-001.jsonl"
    shard.write_bytes(shard.read_bytes().replace(b"Soru 0", b"Soru 9"))
    tally = collected(path, cache, line)
    assert (tally.recorded, len(tally.strange)) == (0, 1)
    assert cache.stats().entries == 0


def test_results_from_elsewhere_leave_submitted_shards_to_the_server(api: BatchApi, path: Path, cache: Cache) -> None:
    api.trouble = lambda request: error(401) if request == "POST /files" and api.batches else None
    with pytest.raises(ModelRefusedError):
        run_submit(path)
    lines = [line for number in (1, 2) for line in results((path / f"requests-00{number}.jsonl").read_bytes(), sound)]
    assert collected(path, cache, *lines) == BatchCollected(recorded=4)
    first, second = BatchFolder.open(path).state.shards
    assert not first.collected
    assert second.collected
    api.trouble = lambda _: None
    api.finish(sound)
    assert run_collect(path, cache) == BatchCollected(known=3)


def test_a_batch_that_is_gone_is_named_and_not_given_up(api: BatchApi, path: Path, cache: Cache) -> None:
    run_submit(path)
    api.batches.clear()
    with pytest.raises(ConfigurationError, match="there is no batch batch_1"):
        run_collect(path, cache)
    assert not any(shard.collected for shard in BatchFolder.open(path).state.shards)


def test_the_record_holds_what_it_should(api: BatchApi, path: Path) -> None:
    run_submit(path)
    content = json.loads((path / "batch.json").read_text())
    assert content["server"] == api.base_url
    assert content["shards"][1] == {
        "file": "requests-002.jsonl",
        "requests": 1,
        "file_id": "file-2",
        "batch_id": "batch_2",
        "status": "validating",
        "collected": False,
        "refused": {},
    }
