"""Threads, processes, kill -9, full disks and read-only ones: real ones, not imitations."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from ozetle.errors import CacheError
from ozetle.llm.cache import Cache, Entry
from tests.llm.cache.recordings import KINDS, an_entry, answer_of

REPOSITORY = Path(__file__).parents[3]


def run_script(code: str, *arguments: str | Path) -> str:
    """Run Python in a process of its own, from which it may fork."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_sound(path: Path) -> None:
    if path.is_file():
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


@KINDS
def test_sixteen_threads_share_one_cache(tmp_path: Path, name: str) -> None:
    problems: list[BaseException] = []
    with Cache(tmp_path / name) as cache:

        def work(worker: int) -> None:
            try:
                for number in range(4):
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
        assert cache.stats().entries == 16 * 4 + 1


FOUR = """
import os, sys
from ozetle.llm.cache import Cache
from tests.llm.cache.recordings import an_entry, answer_of

def work(worker):
    for number in range(15):  # all four make it at about the same time
        Cache(f"{sys.argv[1]}{number}.sqlite").close()
    with Cache(sys.argv[1]) as cache:
        for number in range(15):
            mine = an_entry(f"{worker} {number}")
            cache.put(mine)
            cache.put(an_entry("the same for all"))
            assert cache.get(mine.key) == answer_of(mine)
            for other in range(4):
                found = cache.get(an_entry(f"{other} {number}").key)
                assert found in (None, answer_of(mine))

children = []
for worker in range(4):
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work(worker)
            status = 0
        finally:
            if status:
                sys.excepthook(*sys.exc_info())
            os._exit(status)
    children.append(child)
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
"""


@KINDS
def test_four_processes_make_write_and_read_one_cache(tmp_path: Path, name: str) -> None:
    run_script(FOUR, tmp_path / name)
    with Cache(tmp_path / name) as cache:
        assert cache.stats().entries == 4 * 15 + 1
        for worker in range(4):
            for number in range(15):
                assert cache.entry(an_entry(f"{worker} {number}").key) == an_entry(f"{worker} {number}")
    assert_sound(tmp_path / name)


KILLED = """
import os, random, signal, sys, time
from itertools import count
from ozetle.llm.cache import Cache
from tests.llm.cache.recordings import an_entry

for round in range(10):
    children, ends = [], []
    for worker in range(2):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            cache = Cache(sys.argv[1])
            os.write(writing, b".")  # ready
            for number in count():
                cache.put(an_entry(f"{round} {worker} {number}"))
                os.write(writing, b".")
        os.close(writing)
        children.append(child)
        ends.append(reading)
    acknowledged = [len(os.read(end, 1)) - 1 for end in ends]
    time.sleep(random.uniform(0, 0.08))
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    for worker, end in enumerate(ends):
        while some := os.read(end, 4096):
            acknowledged[worker] += len(some)
        os.close(end)
        print(round, worker, acknowledged[worker])
"""


@KINDS
def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path, name: str) -> None:
    report = [tuple(map(int, line.split())) for line in run_script(KILLED, tmp_path / name).splitlines()]
    assert len(report) == 20
    assert sum(number for _, _, number in report) > 0
    with Cache(tmp_path / name) as cache:
        for turn, worker, acknowledged in report:
            for number in range(acknowledged):
                entry = an_entry(f"{turn} {worker} {number}")
                assert cache.get(entry.key) == answer_of(entry)
        written = sum(number for _, _, number in report)
        assert written <= len(list(cache.list())) <= written + 20  # each may have died between writing and saying so
    assert_sound(tmp_path / name)


def fill(cache: Cache, kept: list[Entry]) -> None:
    for number in count():
        entry = an_entry(f"{number} {os.urandom(2000).hex()}")
        cache.put(entry)
        kept.append(entry)


@KINDS
def test_a_full_disk_is_an_error_and_the_cache_stays_usable(disk: Path, name: str) -> None:
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(300_000))
    kept: list[Entry] = []
    with Cache(disk / name) as cache:
        with pytest.raises(CacheError, match=r"answers.*(full|No space left)"):
            fill(cache, kept)
        assert len(kept) > 20
        assert all(cache.get(entry.key) == answer_of(entry) for entry in kept)
        with pytest.raises(CacheError):
            cache.put(an_entry(os.urandom(50_000).hex()))
        ballast.unlink()
        cache.put(an_entry("yer açıldı"))
    assert not [path for path in disk.rglob("*") if path.suffix == ".tmp"]
    with Cache(disk / name) as cache:
        assert set(cache.keys()) == {entry.key for entry in [*kept, an_entry("yer açıldı")]}
        assert all(cache.entry(entry.key) == entry for entry in kept)
    assert_sound(disk / name)


LIMITED = """
import resource, signal, sys
from ozetle.llm.cache import Cache
from ozetle.errors import CacheError
from tests.llm.cache.recordings import an_entry
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
cache = Cache(sys.argv[1])
for number in range(10_000):
    try:
        cache.put(an_entry(str(number)))
    except CacheError as error:
        print(number, error)
        break
"""


def test_a_file_that_may_not_grow_is_an_error_and_earlier_answers_stay(tmp_path: Path) -> None:
    number, _, message = run_script(LIMITED, tmp_path / "c.sqlite").partition(" ")
    assert "c.sqlite" in message
    with Cache(tmp_path / "c.sqlite") as cache:
        assert cache.stats().entries >= int(number) > 0
        assert cache.get(an_entry("0").key) is not None


@pytest.fixture
def sealed(disk: Path) -> Iterator[Callable[[], None]]:
    """What makes the small disk read-only, for root too."""

    def seal() -> None:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)

    yield seal
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)


UNCLOSED = """
import os, sys
from ozetle.llm.cache import Cache
from tests.llm.cache.recordings import an_entry
cache = Cache(sys.argv[1])
cache.put(an_entry("yarıda"))
os._exit(0)
"""


@pytest.mark.parametrize(
    ("name", "mode", "unclosed"),
    [
        *((name, mode, False) for name in ("answers.sqlite", "answers") for mode in ("normal", "replay", "refresh")),
        *(
            ("answers.sqlite", mode, True) for mode in ("normal", "replay")
        ),  # what SQLite keeps beside it is still there
    ],
)
def test_a_read_only_place_can_be_read(
    disk: Path, sealed: Callable[[], None], name: str, mode: Any, unclosed: bool, caplog: Any
) -> None:
    path = disk / name
    with Cache(path) as cache:
        cache.put(an_entry())
    if unclosed:
        run_script(UNCLOSED, path)
    sealed()
    with Cache(path, mode) as cache:
        assert cache.get(an_entry().key) == (None if mode == "refresh" else answer_of(an_entry()))
        assert cache.entry(an_entry().key) == an_entry()
        assert cache.stats().entries == 1 + unclosed
        if mode == "replay":
            cache.put(an_entry("yeni"))
        else:
            with pytest.raises(CacheError, match=r"answers.*[Rr]ead-only"):
                cache.put(an_entry("yeni"))
    if name.endswith(".sqlite") and mode != "replay":
        assert "cannot be written" in caplog.text
    with pytest.raises(CacheError):
        Cache(disk / "new" / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
@KINDS
def test_a_place_one_may_not_write_can_be_read(tmp_path: Path, name: str) -> None:
    with Cache(tmp_path / "c" / name) as cache:
        cache.put(an_entry())
    paths = [*(tmp_path / "c").rglob("*"), tmp_path / "c"]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        for mode in ("normal", "replay"):
            with Cache(tmp_path / "c" / name, mode) as cache:
                assert cache.get(an_entry().key) == answer_of(an_entry())
    finally:
        for path in reversed(paths):
            path.chmod(0o700)


FORKED = """
import os, sys
from ozetle.llm.cache import Cache
from tests.llm.cache.recordings import an_entry
cache = Cache(sys.argv[1])
cache.put(an_entry("önce"))
connections = [cache._store._reader, cache._store._writer]
child = os.fork()
for number in range(10):
    cache.put(an_entry(f"{child == 0} {number}"))
    assert cache.get(an_entry("önce").key)
if child == 0:
    os._exit(cache._store._reader in connections or cache._store._writer in connections)
assert os.waitpid(child, 0)[1] == 0
cache.close()
"""


def test_a_forked_process_has_its_own_connections(tmp_path: Path) -> None:
    run_script(FORKED, tmp_path / "c.sqlite")
    with Cache(tmp_path / "c.sqlite") as cache:
        assert cache.stats().entries == 21
    assert_sound(tmp_path / "c.sqlite")
