from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from ozetle.errors import ConfigurationError
from ozetle.llm.batch import BatchFile, BatchFolder, BatchServer, BatchWriter, choice_of
from ozetle.llm.batch.folder import State
from ozetle.llm.batch.lines import custom_id
from ozetle.llm.cache import Cache, Entry
from ozetle.llm.models import ModelChoice, choose_model
from ozetle.llm.request import Request
from ozetle.usage import Usage
from tests.llm.batch.test_lines import a_request
from tests.llm.server import chat_completion

CHOICE = choose_model("deneme", "http://gizli:parola@h:1/v1")
OFF = Cache(mode="off")


def requests(count: int, start: int = 0) -> list[Request]:
    return [a_request(f"Soru {number}", CHOICE) for number in range(start, start + count)]


def write(
    path: Path, some: list[Request], *, cache: Cache = OFF, choice: ModelChoice = CHOICE, most: int = 3
) -> BatchWriter:
    with BatchWriter(path, choice, cache, most_requests=most) as writer:
        writer.take(some)
        writer.commit()
    return writer


def keys(path: Path) -> list[str | None]:
    return [custom_id(line) for line in path.read_bytes().splitlines()]


def test_shards_hold_every_request_once_in_order_within_the_limit(tmp_path: Path) -> None:
    some = requests(7)
    with BatchWriter(tmp_path, CHOICE, OFF, most_requests=3) as writer:
        writer.take(some[:4])
        writer.take(some[2:])
        shards = writer.commit()
    assert [(shard.file, shard.requests) for shard in shards] == [
        ("requests-001.jsonl", 3),
        ("requests-002.jsonl", 3),
        ("requests-003.jsonl", 1),
    ]
    written = [key for shard in shards for key in keys(tmp_path / shard.file)]
    assert written == [request.key for request in some]
    assert writer.written == 7
    assert writer.tokens == sum(request.prompt_tokens for request in some)
    assert BatchFolder.open(tmp_path).state.shards == tuple(shards)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["batch.json", *(shard.file for shard in shards)]
    assert "parola" not in (tmp_path / "batch.json").read_text()


def test_shards_keep_within_their_bytes(tmp_path: Path) -> None:
    with BatchWriter(tmp_path, CHOICE, OFF, most_bytes=2000) as writer:
        writer.take([*requests(9), a_request("x" * 5000, CHOICE)])
        shards = writer.commit()
    sizes = [(tmp_path / shard.file).stat().st_size for shard in shards]
    assert all(size <= 2000 for size in sizes[:-1])
    assert sizes[-1] > 5000
    assert shards[-1].requests == 1  # too long for any shard: alone, so that it costs no other request its answer


def test_writing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path, requests(5))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write(tmp_path, requests(5))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_was_not_submitted_is_replaced_and_what_was_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, requests(5))
    folder = BatchFolder.open(tmp_path)
    folder.change(folder.state.shards[0], file_id="file-1", status="uploaded")  # perhaps its batch is there too
    first = (tmp_path / "requests-001.jsonl").read_bytes()
    writer = write(tmp_path, requests(8, start=1))
    assert (tmp_path / "requests-001.jsonl").read_bytes() == first
    assert writer.under_way == 2
    assert (writer.written, writer.repeated) == (6, 0)
    expected = [request.key for request in requests(6, start=3)]
    assert keys(tmp_path / "requests-002.jsonl") + keys(tmp_path / "requests-003.jsonl") == expected
    write(tmp_path, requests(2))
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["batch.json", "requests-001.jsonl"]


def test_what_was_collected_to_no_use_is_written_again(tmp_path: Path) -> None:
    write(tmp_path, requests(2))
    folder = BatchFolder.open(tmp_path)
    folder.change(folder.state.shards[0], file_id="f", batch_id="b", status="expired", collected=True)
    writer = write(tmp_path, requests(2, start=1))
    assert (writer.written, writer.repeated, writer.under_way) == (2, 1, 0)
    assert keys(tmp_path / "requests-002.jsonl") == [request.key for request in requests(2, start=1)]


def test_the_answers_that_are_no_use_are_remembered(tmp_path: Path) -> None:
    some = requests(4)
    with Cache(tmp_path / "c.sqlite") as cache:
        when = "2026-01-01T00:00:00Z"
        cache.put(
            Entry.model_validate(
                {"key": some[3].key, "request": some[3], "response": chat_completion("hayır"), "created": when}
                | {"model": "m", "usage": Usage()}
            )
        )
        write(tmp_path / "b", some, cache=cache)
    first, second = BatchFolder.open(tmp_path / "b").state.shards
    assert first.refused == {}
    assert list(second.refused) == [some[3].key]


def test_nothing_to_write_makes_no_folder(tmp_path: Path) -> None:
    write(tmp_path / "b", [])
    assert not (tmp_path / "b").exists()


def test_an_end_in_the_middle_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write(tmp_path, requests(2))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with contextlib.suppress(KeyboardInterrupt), BatchWriter(tmp_path, CHOICE, OFF) as writer:
        writer.take(requests(9))
        raise KeyboardInterrupt
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("step", ["unlink", "replace"])
def test_an_end_within_commit_leaves_no_request_in_two_known_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    write(tmp_path, requests(7))

    def end(self: Path, *_: object) -> None:
        if self.name.startswith("requests-002"):
            raise KeyboardInterrupt
        original(self, *_)

    original = getattr(Path, step)
    with monkeypatch.context() as patched:
        patched.setattr(Path, step, end)
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, requests(7), most=2)
    assert BatchFolder.open(tmp_path).state.shards == ()
    writer = write(tmp_path, requests(7), most=4)
    assert writer.written == 7
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "batch.json",
        "requests-001.jsonl",
        "requests-002.jsonl",
    ]


def test_a_folder_is_of_one_model_and_server(tmp_path: Path) -> None:
    write(tmp_path, requests(1))
    for other in (choose_model("başka", "http://h:1/v1"), choose_model("deneme", "http://h:2/v1")):
        with pytest.raises(ConfigurationError, match="holds batches for deneme at http://h:1/v1"):
            BatchWriter(tmp_path, other, OFF)


def test_requests_without_a_record_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, requests(1))
    (tmp_path / "batch.json").unlink()
    with pytest.raises(ConfigurationError, match=r"holds requests, but no batch\.json"):
        BatchWriter(tmp_path, CHOICE, OFF)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        '{"format": 2, "model": "m", "served_name": "m", "server": null}',
        json.dumps({"model": "m", "served_name": "m", "server": None, "shards": [{"file": "../x", "requests": 1}]}),
    ],
)
def test_a_record_that_is_none_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "batch.json").write_text(content)
    with pytest.raises(ConfigurationError, match="is no record of batches"):
        BatchFolder.open(tmp_path)


def test_two_processes_cannot_both_go_on(tmp_path: Path) -> None:
    write(tmp_path, requests(1))
    first, second = BatchFolder.open(tmp_path), BatchFolder.open(tmp_path)
    first.change(first.state.shards[0], file_id="file-1")
    with pytest.raises(ConfigurationError, match="changed by another process"):
        second.change(second.state.shards[0], file_id="file-2")
    assert BatchFolder.open(tmp_path).state.shards[0].file_id == "file-1"


def test_ids_that_could_do_harm_are_refused(tmp_path: Path) -> None:
    for bad in ("", "a b", "x" * 600, "\x1b[31m", "../ç"):
        with pytest.raises(ValueError, match="file_id"):
            BatchFile(file="requests-001.jsonl", requests=1, file_id=bad)


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    write(tmp_path, requests(1))
    folder = BatchFolder.open(tmp_path)
    folder.change(folder.state.shards[0], file_id="file-1")
    (tmp_path / "requests-001.jsonl").unlink()
    with pytest.raises(ConfigurationError, match=r"cannot read .*requests-001\.jsonl"):
        BatchWriter(tmp_path, CHOICE, OFF)


def state(model: str, server: str | None) -> State:
    return State(model=model, served_name=model.rpartition("/")[2], server=server)


def test_the_server_is_the_one_that_was_written_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://ben:parola@vekil/v1")
    through = choice_of(state("openai/gpt-4.1-mini", "http://vekil/v1"))
    assert (through.base_url, through.api_key_env) == ("http://ben:parola@vekil/v1", "OPENAI_API_KEY")
    direct = choice_of(state("openai/gpt-4.1-mini", "https://api.openai.com/v1"))
    assert (direct.base_url, direct.api_key_env) == ("https://api.openai.com/v1", "OPENAI_API_KEY")
    elsewhere = choice_of(state("openai/gpt-4.1-mini", "http://kim-bilir/v1"))
    assert (elsewhere.base_url, elsewhere.api_key_env) == ("http://kim-bilir/v1", "OZETLE_API_KEY")
    bare = choice_of(state("deneme", "http://h/v1"))
    assert (bare.name, bare.base_url) == ("deneme", "http://h/v1")
    assert choice_of(state("deneme", "http://h/v1"), "http://a:b@h/v1").base_url == "http://a:b@h/v1"
    with pytest.raises(ConfigurationError, match="for http://h/v1, not for http://j/v1"):
        choice_of(state("deneme", "http://h/v1"), "http://j/v1")


def test_the_embedded_model_takes_no_batches() -> None:
    with pytest.raises(ConfigurationError, match="no server that takes batches"):
        BatchServer(choice_of(state("local/küçük", None)))
