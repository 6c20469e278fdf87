from __future__ import annotations

import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import CacheError
from ozetle.llm.cache import Cache, Selection, sqlite_file
from tests.llm.cache.recordings import an_entry, answer_of, files


def make_foreign(path: Path) -> None:
    execute(path, "CREATE TABLE theirs (x)")


def make_other_program_s_cache(path: Path) -> None:
    execute(path, "CREATE TABLE entries (key, created, model, entry)", "PRAGMA application_id = 7")


@pytest.mark.parametrize("mode", ["normal", "replay", "refresh"])
@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("these are my notes"),
        lambda path: path.write_bytes(b"SQLite format 3\x00 and then nonsense" * 300),
        make_foreign,
        make_other_program_s_cache,
    ],
)
def test_a_foreign_or_damaged_file_is_named_and_never_overwritten(tmp_path: Path, make: Any, mode: Any) -> None:
    path = tmp_path / "theirs.sqlite"
    make(path)
    before = path.read_bytes()
    with pytest.raises(CacheError, match=r"theirs\.sqlite"):
        Cache(path, mode)
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", [1, 99])
def test_a_cache_of_another_format_is_left_alone(tmp_path: Path, number: int) -> None:
    Cache(tmp_path / "c.sqlite").close()
    execute(tmp_path / "c.sqlite", f"PRAGMA user_version = {number}")
    before = files(tmp_path)
    with pytest.raises(CacheError, match=rf"c\.sqlite is a cache of format {number}.*another version of ozetle"):
        Cache(tmp_path / "c.sqlite")
    assert files(tmp_path) == before


def execute(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("column", ["answer", "request"])
def test_a_damaged_entry_is_named_and_can_be_removed(tmp_path: Path, column: str) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put_all([an_entry("iyi"), an_entry("bozuk")])
    execute(path, f"UPDATE entries SET {column} = x'00' WHERE key = '{an_entry('bozuk').key}'")
    with Cache(path) as cache:
        with pytest.raises(CacheError, match=f"{an_entry('bozuk').key}.*prune --damaged"):
            list(cache.list())
        assert cache.prune(Selection(damaged=True)) == 1
        assert list(cache.list()) == [an_entry("iyi")]


def damage(path: Path, start: int, end: int) -> None:
    content = bytearray(path.read_bytes())
    content[start:end] = b"\xa5" * (end - start)
    path.write_bytes(content)


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: damage(path, 100, 4096),  # the page that names the tables
        lambda path: os.truncate(path, path.stat().st_size // 2),
        lambda path: damage(path, 16, 24),  # the page size
    ],
)
def test_a_damaged_file_is_set_aside(tmp_path: Path, caplog: pytest.LogCaptureFixture, break_it: Any) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put_all(an_entry(str(number)) for number in range(50))
    break_it(path)
    before = path.read_bytes()
    with pytest.raises(CacheError, match=r"c\.sqlite"):  # replay writes nothing
        Cache(path, "replay")
    assert files(tmp_path) == {"c.sqlite": before}
    with Cache(path) as cache:
        assert cache.stats().entries == 0
        cache.put(an_entry("yeni"))
        assert cache.get(an_entry("yeni").key)
    (aside,) = tmp_path.glob("c.sqlite.corrupt-*")
    assert aside.read_bytes() == before
    assert len(caplog.messages) == 1
    assert str(path) in caplog.messages[0]
    assert aside.name in caplog.messages[0]


def test_what_other_processes_have_beside_a_damaged_file_goes_with_it(tmp_path: Path) -> None:
    for name in ("c.sqlite", "c.sqlite-wal", "c.sqlite-shm"):
        (tmp_path / name).write_text(name)
    first = sqlite_file._set_aside(tmp_path / "c.sqlite")
    assert files(tmp_path) == {f"{first}{suffix}": f"c.sqlite{suffix}".encode() for suffix in ("", "-wal", "-shm")}
    (tmp_path / "c.sqlite").touch()
    second = sqlite_file._set_aside(tmp_path / "c.sqlite")  # within the same second
    assert second != first
    assert len(files(tmp_path)) == 4


def test_a_file_that_another_process_has_just_begun_anew_is_not_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "c.sqlite"
    Cache(path).close()
    damage(path, 100, 4096)

    def as_the_other_comes_first(damaged: Path) -> int:
        monkeypatch.undo()
        with Cache(damaged) as other:
            other.put(an_entry())
        return sqlite_file.APPLICATION_ID

    monkeypatch.setattr(sqlite_file, "_stored_application_id", as_the_other_comes_first)
    with Cache(path) as cache:
        assert list(cache.list()) == [an_entry()]
    assert len(list(tmp_path.glob("*corrupt*"))) == 1


def test_damage_inside_a_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put_all(an_entry(str(number)) for number in range(300))
    damage(path, 5 * 4096, path.stat().st_size)
    with Cache(path) as cache:
        with pytest.raises(CacheError, match=r"c\.sqlite.*malformed.*ozetle cache export"):
            list(cache.list())
        with pytest.raises(CacheError, match=r"c\.sqlite.*malformed"):
            cache.put_all(an_entry(str(number)) for number in range(300))
    assert [found.name for found in tmp_path.iterdir()] == ["c.sqlite"]


def test_the_file_says_whose_it_is_before_anything_is_recorded(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite"):
        assert (tmp_path / "c.sqlite").read_bytes()[68:72] == b"OZTL"


def test_what_was_removed_gives_its_room_back(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put_all(an_entry(os.urandom(2000).hex()) for _ in range(200))
        cache.put(an_entry(request_model="kept"))
        full = cache.stats().bytes
        assert cache.prune(Selection(model="local/tiny")) == 200
        assert cache.stats().bytes < full / 5
        assert cache.models() == {"kept"}


def test_the_file_is_compressed(tmp_path: Path) -> None:
    text = "Ticaret hacmi yüzde 3,9 artarak 1,5 milyar dolara çıktı. " * 200
    with Cache(tmp_path / "c.sqlite") as cache:
        cache.put_all(an_entry(text + str(number)) for number in range(100))
    assert (tmp_path / "c.sqlite").stat().st_size < 100 * len(text) / 5


def test_threads_that_write_at_once_share_a_commit(tmp_path: Path) -> None:
    with Cache(tmp_path / "c.sqlite") as cache:
        store: Any = cache._store
        statements: list[str] = []
        store._writer.set_trace_callback(statements.append)
        threads = [threading.Thread(target=cache.put, args=(an_entry(str(number)),)) for number in range(8)]
        with store._writing:  # nobody can commit yet
            for thread in threads:
                thread.start()
            while len(store._waiting) < 8:
                assert cache.get(an_entry("0").key) is None  # reading does not wait for those who write
                time.sleep(0.001)
        for thread in threads:
            thread.join()
        assert cache.stats().entries == 8
    assert statements.count("COMMIT") == 1


def test_a_write_that_fails_does_not_hinder_the_next(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        refuse = "CREATE TRIGGER t BEFORE INSERT ON entries WHEN new.model = 'bad' BEGIN SELECT raise(ABORT, 'no'); END"
        execute(path, refuse)
        with pytest.raises(CacheError, match=r"c\.sqlite: no"):
            cache.put_all([an_entry("bir"), an_entry("iki", request_model="bad")])
        cache.put(an_entry("üç"))
        assert list(cache.list()) == [an_entry("üç")]


def test_reading_goes_on_while_another_program_writes_and_what_is_written_reaches_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    with Cache(path) as cache:
        cache.put(an_entry())
        other = sqlite3.connect(path, isolation_level=None)
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get(an_entry().key) == answer_of(an_entry())
        other.execute("ROLLBACK")
        other.close()
        store: Any = cache._store
        assert store._writer.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
