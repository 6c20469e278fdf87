"""kill -9 at a random moment, many times, then once to the end."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.commands import asking
from tests.faults.news import EMPTY, asked, folder_of, names_in, number_of, recorded
from tests.llm.server import FakeServer, completion

REPOSITORY = Path(__file__).parents[2]
ARTICLES, AT_ONCE = 40, 2

# each run is a process of its own, forked off where all is imported and has been used once, because that takes seconds
RUNS = """
import asyncio, os, sys
from ozetle import Summarizer
from ozetle.cli import app

async def warm_up(base_url):
    summarizer = Summarizer("deneme", base_url=base_url, strategy="whole", cache=False)
    await summarizer.asummarize("Bu, 999. haberdir.")
    await summarizer.aclose()

asyncio.run(warm_up(sys.argv[1]))
for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        app(sys.argv[2:], prog_name="ozetle")
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Runs:
    """The same command again and again."""

    def __init__(self, server: FakeServer, *arguments: str | Path) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, "-c", RUNS, server.base_url, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=REPOSITORY,
        )

    def start(self) -> int:
        """Start it; returns its process id."""
        assert self._parent.stdin is not None
        self._parent.stdin.write("\n")
        self._parent.stdin.flush()
        return self._number()

    def end(self) -> int:
        """Wait for its end; returns its exit status, which is negative if it was killed."""
        return self._number()

    def close(self) -> None:
        self._parent.communicate(timeout=30)

    def _number(self) -> int:
        assert self._parent.stdout is not None
        return int(self._parent.stdout.readline())


@pytest.mark.parametrize("kills", [8, pytest.param(30, marks=pytest.mark.measurement)])
def test_after_many_kills_every_article_is_one_line_and_nothing_recorded_was_asked_twice(
    tmp_path: Path, kills: int
) -> None:
    folder, output, cache = folder_of(tmp_path / "news", ARTICLES), tmp_path / "out.jsonl", tmp_path / "c.sqlite"
    moments = random.Random(20260305)
    names, progress = names_in(folder), 0
    with FakeServer([completion(EMPTY, delay=0.05)]) as server:
        runs = Runs(
            server,
            *("summarize", folder, "-o", output, "--cache", cache, "--concurrency", str(AT_ONCE)),
            *asking(server),
        )
        try:
            _wait_for_a_request(server, 0)
            for turn in range(kills):
                known, before = recorded(cache), len(server.received)
                child = runs.start()
                if turn % 3 and len(known) < ARTICLES:  # every third dies at any moment, the others while they ask
                    _wait_for_a_request(server, before)
                time.sleep(moments.uniform(0, 0.12))
                os.kill(child, signal.SIGKILL)
                assert runs.end() == -signal.SIGKILL
                asked_now = server.received[before:]
                assert not known & set(map(number_of, asked_now)), "a recorded answer was asked for again"
                assert known <= recorded(cache)
                progress += len(recorded(cache)) > len(known)
                *whole, _ = output.read_text(encoding="utf-8").split("\n") if output.exists() else [""]
                assert [json.loads(line)["article"]["id"] for line in whole] == names[: len(whole)]
            assert progress > kills // 15
            runs.start()
            assert runs.end() == 0
        finally:
            runs.close()
        counts = asked(server.received[1:])

    lines = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [line["article"]["id"] for line in lines] == names
    assert not any("error" in line for line in lines)
    assert len(recorded(cache)) == ARTICLES == len(counts)
    assert counts.total() <= ARTICLES + kills * AT_ONCE


def _wait_for_a_request(server: FakeServer, before: int) -> None:
    end = time.monotonic() + 30
    while len(server.received) == before:
        assert time.monotonic() < end, "nothing was asked"
        time.sleep(0.002)
