from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ozetle.asking.cache import Cache, Entry, FailedAttempt
from ozetle.asking.cache.entries import recorded_fields
from ozetle.asking.request import Message, Request, Usage
from ozetle.errors import CacheError, ConfigurationError
from tests.asking.server import chat_completion

KINDS = pytest.mark.parametrize("name", ["answers.sqlite", "answers"])
WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def an_entry(text: str = "Bakan Iğdır'a gitti.", content: Any = '{"label": "visit"}', **changes: Any) -> Entry:
    request = Request(
        model=changes.pop("request_model", "local/tiny"),
        messages=(Message(role="system", content="Etiketle:\n- ziyaret\n"), Message(role="user", content=text)),
        name="label",
        answer_schema={"type": "object", "properties": {"label": {"enum": ["visit", "none"]}}, "required": ["label"]},
        parameters={"temperature": 0.0, "max_tokens": 5},
    )
    entry: dict[str, Any] = {
        "key": request.key,
        "request": request,
        "response": chat_completion(content),
        "created": WHEN,
        "model": "tiny.gguf",
        "usage": Usage(prompt_tokens=3),
    }
    return Entry(**(entry | changes))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@KINDS
def test_what_is_put_is_got_by_this_and_by_the_next_cache(tmp_path: Path, name: str) -> None:
    failed = FailedAttempt(when=WHEN, reason="not JSON", response=chat_completion("çok\nsatırlı"))
    entry = an_entry(failed=(failed, FailedAttempt(when=WHEN, reason="connection reset")))
    with Cache(tmp_path / name) as cache:
        assert cache.get(entry.key) is None
        cache.put(entry)
        assert cache.get(entry.key) == entry
    with Cache(str(tmp_path / name)) as cache:
        assert cache.get(entry.key) == entry
        assert list(cache.list()) == [entry]


@KINDS
def test_putting_again_replaces_unless_told_not_to(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry(content="old"))
        cache.put(an_entry(content="new"), replace=False)
        assert next(cache.list()).response == chat_completion("old")
        cache.put(an_entry(content="new"))
        assert [entry.response for entry in cache.list()] == [chat_completion("new")]


@KINDS
def test_stats_and_models(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        assert cache.stats().entries == 0
        assert cache.models() == set()
        for model, text in [("openai/b", "1"), ("openai/b", "2"), ("local/a", "3")]:
            cache.put(an_entry(text, request_model=model))
        stats = cache.stats()
        assert (stats.entries, stats.models) == (3, {"local/a": 1, "openai/b": 2})
        assert stats.path == str(tmp_path / name)
        assert stats.bytes > 500
        assert cache.models() == {"local/a", "openai/b"}


@KINDS
def test_listing_is_lazy_and_tolerates_changes(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        for number in range(250):
            cache.put(an_entry(str(number)))
        seen = set()
        for entry in cache.list():
            cache.put(entry)  # neither locked out by the listing nor seen twice in it
            assert entry.key not in seen
            seen.add(entry.key)
        assert len(seen) == 250


@KINDS
def test_replay_reads_and_writes_nothing(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry("bir"))
    before = files(tmp_path)
    with Cache(tmp_path / name, "replay") as cache:
        cache.put(an_entry("iki"))
        assert cache.get(an_entry("iki").key) is None
        assert cache.get(an_entry("bir").key) == an_entry("bir")
        assert cache.models() == {"local/tiny"}
        assert cache.stats().entries == 1
        assert files(tmp_path) == before
    assert files(tmp_path) == before


@KINDS
def test_replay_of_a_read_only_folder(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / "c" / name) as cache:
        cache.put(an_entry())
    paths = [*(tmp_path / "c").rglob("*"), tmp_path / "c"]
    for path in paths:
        path.chmod(stat.S_IREAD | (stat.S_IEXEC if path.is_dir() else 0))
    try:
        with Cache(tmp_path / "c" / name, "replay") as cache:
            assert cache.get(an_entry().key) == an_entry()
    finally:
        for path in reversed(paths):
            path.chmod(stat.S_IRWXU)


def test_replay_sees_what_another_connection_has_just_written(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(an_entry())
        with Cache(tmp_path / "c.sqlite", "replay") as replay:
            assert replay.get(an_entry().key) == an_entry()


@pytest.mark.parametrize("name", ["missing.sqlite", "missing"])
def test_replay_needs_something_to_replay(tmp_path: Path, name: str) -> None:
    with pytest.raises(CacheError, match=name):
        Cache(tmp_path / name, "replay")
    assert files(tmp_path) == {}


def test_replay_of_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").touch()
    with pytest.raises(CacheError, match=r"c\.sqlite holds no recorded answers"):
        Cache(tmp_path / "c.sqlite", "replay")
    Cache(tmp_path / "c.sqlite").close()  # to record into it is fine


@KINDS
def test_refresh_asks_anew_and_records(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / name) as cache:
        cache.put(an_entry(content="old"))
    with Cache(tmp_path / name, "refresh") as cache:
        assert cache.get(an_entry().key) is None
        cache.put(an_entry(content="new"))
    with Cache(tmp_path / name) as cache:
        assert next(cache.list()).response == chat_completion("new")


def test_off_touches_nothing(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite", "off") as cache:
        cache.put(an_entry())
        assert cache.get(an_entry().key) is None
        assert list(cache.list()) == []
        assert cache.stats().entries == 0
        assert cache.path is None
    assert files(tmp_path) == {}


def test_unknown_mode(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="replay"):
        Cache(tmp_path, "record")  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", [".sqlite", ".sqlite3", ".db"])
def test_a_new_path_with_such_a_suffix_is_a_file(tmp_path: Path, suffix: str) -> None:
    with Cache(tmp_path / "deep" / f"c{suffix}") as cache:
        cache.put(an_entry())
    assert (tmp_path / "deep" / f"c{suffix}").read_bytes().startswith(b"SQLite format 3")


def test_a_file_is_known_by_what_it_is_and_a_folder_too(tmp_path: Path) -> None:
    Cache(tmp_path / "c.sqlite").close()
    (tmp_path / "c.sqlite").rename(tmp_path / "answers")
    with Cache(tmp_path / "answers") as cache:
        cache.put(an_entry())
    assert (tmp_path / "answers").is_file()
    (tmp_path / "v1.2").mkdir()
    with Cache(tmp_path / "v1.2") as cache:
        cache.put(an_entry())
    assert (tmp_path / "v1.2" / f"{an_entry().key}.json").is_file()


def test_a_new_path_of_an_unknown_kind_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(CacheError, match=r"cache\.json"):
        Cache(tmp_path / "cache.json")


def test_default_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OZETLE_CACHE", str(tmp_path / "own.sqlite"))
    with Cache() as cache:
        assert cache.path == tmp_path / "own.sqlite"
    monkeypatch.delenv("OZETLE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    with Cache() as cache:
        assert cache.path is not None
        assert cache.path.name == "answers.sqlite"
        assert tmp_path in cache.path.parents


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()


@pytest.mark.parametrize("mode", ["normal", "replay", "refresh"])
@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("these are my notes"),
        lambda path: path.write_bytes(b"SQLite format 3\x00 and then nonsense" * 300),
        make_foreign,
    ],
)
def test_a_foreign_or_damaged_file_is_named_and_never_overwritten(tmp_path: Path, make: Any, mode: Any) -> None:
    path = tmp_path / "theirs.sqlite"
    make(path)
    before = path.read_bytes()
    with pytest.raises(CacheError, match=r"theirs\.sqlite"):
        Cache(path, mode)
    assert path.read_bytes() == before


def test_a_cache_of_a_later_format_is_left_alone(tmp_path: Path) -> None:
    Cache(tmp_path / "c.sqlite").close()
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(CacheError, match="format 99"):
        Cache(tmp_path / "c.sqlite")


def test_a_damaged_entry_is_named(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(an_entry())
    with sqlite3.connect(tmp_path / "c.sqlite") as connection:
        connection.execute("UPDATE entries SET entry = x'00'")
    connection.close()
    with Cache(tmp_path / "c.sqlite") as cache, pytest.raises(CacheError, match=an_entry().key):
        cache.get(an_entry().key)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "null", "{", '{"key": 1}', "\x00"])
def test_a_damaged_entry_file_is_named_and_left(tmp_path: Path, text: str) -> None:
    path = tmp_path / f"{an_entry().key}.json"
    path.write_text(text)
    with Cache(tmp_path) as cache:
        with pytest.raises(CacheError, match=path.name):
            cache.get(an_entry().key)
        with pytest.raises(CacheError, match=path.name):
            list(cache.list())
    assert path.read_text() == text


def test_a_file_that_is_no_entry_is_no_surprise_to_counting(tmp_path: Path) -> None:
    (tmp_path / f"{an_entry().key}.json").write_text('{"request": 1}')
    with Cache(tmp_path) as cache, pytest.raises(CacheError, match=an_entry().key):
        cache.models()


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("recorded in February")
    (tmp_path / "notes.json").write_text("{")
    with Cache(tmp_path) as cache:
        cache.put(an_entry())
        assert cache.stats().entries == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["README.md", "notes.json", f"{an_entry().key}.json"]
    )


@KINDS
def test_an_unwritable_place_is_an_error_that_names_it(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CacheError, match="file"):
        Cache(tmp_path / "file" / name)


def test_a_failing_disk_is_an_error_and_leaves_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    with Cache(tmp_path) as cache:
        cache.put(an_entry(content="old"))
        before = files(tmp_path)
        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(CacheError, match="No space left"):
            cache.put(an_entry(content="new"))
    assert files(tmp_path) == before


def test_use_after_close_is_an_error_and_closing_twice_is_not(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite")
    cache.close()
    cache.close()
    with pytest.raises(CacheError):
        cache.get(an_entry().key)


def test_times_are_kept_as_moments(tmp_path: Path) -> None:
    ankara = WHEN.astimezone(timezone(timedelta(hours=3)))
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put(an_entry(created=ankara))
        entry = cache.get(an_entry().key)
        assert entry is not None
        assert entry.created == WHEN


def test_the_folder_reads_well(tmp_path: Path) -> None:
    content = json.dumps({"headline": "Iğdır'da şölen", "events": []}, ensure_ascii=False, indent=2)
    refused = FailedAttempt(when=WHEN, reason="bozuk", response=chat_completion("İlk\nyanıt"))
    with Cache(tmp_path) as cache:
        cache.put(an_entry("Birinci satır.\nİkinci satır, ığüşöç.", content=content, failed=(refused,)))
    path = next(tmp_path.iterdir())
    text = path.read_text(encoding="utf-8")
    for line in [
        '          "Birinci satır.",\n          "İkinci satır, ığüşöç."\n',
        '              "headline": "Iğdır\'da şölen",\n',
        '              "İlk",\n',
        '  "created": "2026-02-03T04:05:06Z",\n',
    ]:
        assert line in text
    assert "\\n" not in text
    assert text.endswith("}\n")
    assert list(json.loads(text)) == ["key", "request", "response", "created", "model", "usage", "failed"]


def test_writing_the_same_entry_gives_the_same_bytes(tmp_path: Path) -> None:
    with Cache(tmp_path / "a") as first, Cache(tmp_path / "b") as second:
        first.put(an_entry())
        second.put(next(first.list()))
    assert files(tmp_path / "a") == files(tmp_path / "b")


CONTENTS: st.SearchStrategy[Any] = (
    st.text(max_size=30)
    | st.text('\n\r\t \x00\u2028ığ"\\{}[]', max_size=10)
    | st.sampled_from(['{"a": 1}', '{"a":1}', '{"a":1 }', '{\n  "a": [\n    1\n  ]\n}', "{}", "[]", '["a"]'])
    | st.sampled_from(
        ['{"a":1,"a":2}', '{"a":1.0}', '{"a":1e5}', '{"a":"\\u00fc"}', '{"a":NaN}', "\n", "", "a\n", "{\n"]
    )
    | st.sampled_from(['{"json": 1, "style": "compact"}', '[{"type": "text", "text": "parça"}]'])
    | st.none()
    | st.just([{"type": "text", "text": "parça"}])
    | st.just([])
)
EXTRAS = st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4))


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), CONTENTS, CONTENTS, EXTRAS)
def test_any_entry_survives_both_stores(
    tmp_path: Path, text: str, content: Any, reasoning: Any, extra: dict[str, Any]
) -> None:
    response = chat_completion(content, reasoning_content=reasoning) | {"usage": extra}
    entry = an_entry(text, response=response, failed=(FailedAttempt(when=WHEN, reason=text, response=response),))
    for name in ("both.sqlite", "both"):
        with Cache(tmp_path / name) as cache:
            cache.put(entry)
            assert cache.get(entry.key) == entry
            assert entry.request.key == entry.key


def test_sixteen_threads_share_one_cache(tmp_path: Path) -> None:
    for name in ("c.sqlite", "c"):
        problems: list[BaseException] = []
        with Cache(tmp_path / name) as cache:

            def work(worker: int, cache: Cache = cache, problems: list[BaseException] = problems) -> None:
                try:
                    for number in range(20):
                        cache.put(an_entry(f"{worker} {number}"))
                        cache.put(an_entry("the same for all"))
                        assert cache.get(an_entry(f"{worker} {number}").key) is not None
                        assert cache.get(an_entry("the same for all").key) is not None
                except BaseException as problem:  # noqa: BLE001
                    problems.append(problem)

            threads = [threading.Thread(target=work, args=(worker,)) for worker in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert not problems
            assert cache.stats().entries == 16 * 20 + 1


WRITER = """
import sys
from pathlib import Path
from ozetle.asking.cache import Cache, Entry
entry = Entry.model_validate_json(Path(sys.argv[2]).read_bytes())
sys.stdin.readline()
with Cache(sys.argv[1]) as cache:
    for number in range(100):
        cache.put(entry.model_copy(update={"key": f"{sys.argv[3]} {number}"}))
    cache.put(entry)
"""


@KINDS
def test_two_processes_create_and_write_one_cache(tmp_path: Path, name: str) -> None:
    (tmp_path / "entry").write_text(an_entry().model_dump_json())
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path / name, tmp_path / "entry", worker], stdin=subprocess.PIPE
        )
        for worker in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    with Cache(tmp_path / name) as cache:
        assert cache.get(an_entry().key) == an_entry()
        assert all(cache.get(f"{worker} {number}") for worker in ("a", "b") for number in range(100))


def test_only_what_the_api_defines_is_recorded() -> None:
    completion = chat_completion("x") | {
        "headers": {"authorization": "Bearer planted"},
        "timings": {},
        "_request_id": "r",
    }
    assert recorded_fields(completion) == chat_completion("x")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a limit of this kind exists on POSIX only")
def test_a_full_disk_under_sqlite_is_an_error_and_earlier_answers_stay(tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from ozetle.asking.cache import Cache, Entry
from ozetle.errors import CacheError
entry = Entry.model_validate_json(Path(sys.argv[2]).read_bytes())
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
cache = Cache(sys.argv[1])
for number in range(10_000):
    try:
        cache.put(entry.model_copy(update={"key": str(number)}))
    except CacheError as error:
        print(number, error)
        break
"""
    (tmp_path / "entry").write_text(an_entry().model_dump_json())
    done = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "c.sqlite", tmp_path / "entry"], capture_output=True, check=True
    )
    number, _, message = done.stdout.decode().partition(" ")
    assert "c.sqlite" in message
    with Cache(tmp_path / "c.sqlite") as cache:
        assert cache.stats().entries >= int(number) > 0
        assert cache.get("0") is not None
