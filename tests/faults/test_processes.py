"""Processes of the command line that are interrupted, left by their reader, or meet each other."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.cli.commands import asking, command, lines, run
from tests.faults.news import ANSWER, EMPTY, asked, folder_of, names_in, number_of, recorded
from tests.llm.server import FakeServer, Received, Reply, completion, error


@contextmanager
def started(*arguments: str | Path, **more: Any) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process of its own; one that hangs is killed, so that its test fails instead."""
    more = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | more
    with subprocess.Popen(command(*arguments), encoding="utf-8", preexec_fn=_heed_signals, **more) as running:
        watchdog = threading.Timer(30, running.kill)
        watchdog.start()
        try:
            yield running
        finally:
            watchdog.cancel()
            running.kill()


def _heed_signals() -> None:
    """A shell starts its background jobs deaf to Ctrl-C, and the tests may run in one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def said_by(running: subprocess.Popen[str]) -> list[str]:
    assert running.stderr is not None
    return running.stderr.read().splitlines()


def slow_from(number: int) -> Callable[[Received], Reply]:
    """Answers at once up to an article, and then takes half a minute."""
    return lambda received: ANSWER if number_of(received) < number else completion(EMPTY, delay=30)


def test_sigterm_ends_in_order_and_the_same_command_goes_on(tmp_path: Path) -> None:
    folder, output, cache = folder_of(tmp_path / "news", 6), tmp_path / "out.json", tmp_path / "c.sqlite"
    options: list[str | Path] = ["summarize", folder, "-o", output, "--format", "json"]
    options += ["--cache", cache, "--concurrency", "2"]
    with FakeServer([slow_from(3)]) as server, started(*options, *asking(server)) as running:
        _wait_until(lambda: len(server.received) == 5 and output.read_text(encoding="utf-8").count('"article"') == 3)
        running.send_signal(signal.SIGTERM)
        said = said_by(running)
        assert running.wait(timeout=10) == 143
    assert said[1:] == [
        "5 requests, 360 tokens",
        "interrupted: 3 done, 0 from cache, 0 failed, 3 left; run the same again to go on, answers are kept",
    ]
    assert output.read_text(encoding="utf-8").endswith("]\n")

    with FakeServer([ANSWER]) as server:
        assert run(*options, *asking(server)).exit_code == 0
        assert asked(server) == {3: 1, 4: 1, 5: 1}


def test_ctrl_c_again_and_again_ends_it_without_a_traceback(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "news", 9)
    with (
        FakeServer([completion(EMPTY, delay=30)]) as server,
        started("summarize", folder, "--no-cache", *asking(server)) as running,
    ):
        _wait_until(lambda: len(server.received) == 8)
        while running.poll() is None:
            running.send_signal(signal.SIGINT)
            time.sleep(0.003)
        said = said_by(running)
    assert running.returncode == 130
    assert len(said) <= 3
    assert not any("Traceback" in line or "rror" in line for line in said)


def test_a_reader_that_leaves_ends_the_run_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "news", 60), tmp_path / "c.sqlite"
    with FakeServer([completion(EMPTY, delay=0.02)]) as server:
        with started("summarize", folder, "--cache", cache, *asking(server), stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            running.stdout.readline()
            running.stdout.close()
            said = said_by(running)
            assert running.wait(timeout=10) == 141
        assert len(server.received) < 60
        assert len(said) == 1
        assert len(recorded(cache)) >= len(server.received) - 8


def test_a_failing_server_ends_the_run_with_one_error_and_the_same_command_goes_on(tmp_path: Path) -> None:
    """The server names its pauses, so that the test need not wait for the longer ones of the policy."""
    folder, output, cache = folder_of(tmp_path / "news", 40), tmp_path / "out.jsonl", tmp_path / "c.sqlite"
    options: list[str | Path] = ["summarize", folder, "-o", output, "--cache", cache, "--concurrency", "2"]
    dead = error(503, "the model has crashed", retry_after="0.05")
    with FakeServer([lambda received: ANSWER if number_of(received) < 2 else dead]) as server:
        done = run(*options, *asking(server))
        counts = asked(server)
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2].startswith("stopped: 2 done, 0 from cache, 10 failed, 28 left")
    assert done.stderr.splitlines()[-1].startswith("error: 10 articles in a row could not be asked about")
    assert [counts[number] for number in range(12)] == [1, 1, *[5] * 10]  # five attempts each: `Retries`
    assert len(counts) <= 13
    assert len(lines(output.read_text(encoding="utf-8"))) == 12

    with FakeServer([ANSWER]) as server:
        assert run(*options, *asking(server)).exit_code == 0
        assert asked(server) == dict.fromkeys(range(2, 40), 1)
    assert [line["article"]["id"] for line in lines(output.read_text(encoding="utf-8"))] == sorted(
        path.name for path in folder.iterdir()
    )


def test_a_run_that_stops_does_not_wait_for_more_articles_on_stdin() -> None:
    with FakeServer([ANSWER, error(401, "wrong key")]) as server:
        more = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with started("summarize", "-", "--no-cache", *asking(server), **more) as running:
            assert running.stdin is not None
            assert running.stdout is not None
            for number in range(2):  # so long a line that the form of the whole is told from it
                running.stdin.write(f'{{"text": "Bu, {number}. haberdir."}}{" " * 70_000}\n')
                running.stdin.flush()
                if not number:
                    assert '"article"' in running.stdout.readline()
            said = said_by(running)
            assert running.wait(timeout=10) == 1
    assert "wrong key" in said[-1]


def test_two_processes_share_one_cache(tmp_path: Path) -> None:
    folder, cache = folder_of(tmp_path / "news", 30), tmp_path / "c.sqlite"
    with FakeServer([completion(EMPTY, delay=0.05)]) as server:
        options: list[str | Path] = ["summarize", folder, "--cache", cache, "--concurrency", "3", *asking(server)]
        outputs = [tmp_path / "1.jsonl", tmp_path / "2.jsonl"]
        with started(*options, "-o", outputs[0]) as first, started(*options, "-o", outputs[1]) as second:
            for running in (first, second):
                said = said_by(running)
                assert running.wait(timeout=30) == 0, said
                assert not any("warning" in line for line in said)
        counts = asked(server)
        assert set(counts) == recorded(cache) == set(range(30))
        assert max(counts.values()) <= 2  # both may have missed it at the same moment
        assert run(*options).exit_code == 0
        assert asked(server) == counts
    for output in outputs:
        found = lines(output.read_text(encoding="utf-8"))
        assert [line["article"]["id"] for line in found] == names_in(folder)
        assert not any("error" in line for line in found)
