from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.commands import ANSWER, ARTICLE, asking, assert_one_line, command, lines, on_terminal, run
from tests.llm.server import FakeServer, Received, Reply


@pytest.fixture
def recorded(server: FakeServer, folder: Path, tmp_path: Path) -> list[str]:
    """Options that replay the folder's articles: a process that asks nobody starts sooner."""
    cache = ["--cache", str(tmp_path / "recorded")]
    run("summarize", folder, *asking(server), *cache)
    return [*cache, "--replay", "--strategy", "whole"]


def test_a_pipe_that_closes_early_is_quiet(recorded: list[str], tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(f"{json.dumps({'text': ARTICLE})}\n" * 300, encoding="utf-8")  # far more than a pipe holds
    summarize = command("summarize", many, *recorded)

    with subprocess.Popen(
        summarize, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=_buffered()
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        json.loads(running.stdout.readline())
        running.stdout.close()
        said = running.stderr.read()
        assert running.wait(timeout=30) == 141

    assert_one_line(said, "model deneme")


def test_small_output_into_a_closed_pipe_is_quiet() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    try:
        done = subprocess.run(
            command("model", "path"),
            stdout=write_end,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=_buffered(),
            timeout=60,
        )
    finally:
        os.close(write_end)

    assert done.returncode == 141
    assert "rror" not in done.stderr


def test_ctrl_c_says_what_was_done(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"

    def slow(received: Received) -> Reply:
        time.sleep(0 if "Başka" not in str(received.body["messages"][-1]) else 20)
        return ANSWER

    other = tmp_path / "other.txt"
    other.write_text(ARTICLE + "Başka bir cümle daha var.\n", encoding="utf-8")
    with FakeServer([slow]) as server:
        summarize = command("summarize", article, other, *asking(server), "-o", output, "--format", "json")
        started = time.monotonic()
        with subprocess.Popen(summarize, stderr=subprocess.PIPE, encoding="utf-8", preexec_fn=_heed_ctrl_c) as running:
            _wait_until(lambda: output.exists() and output.stat().st_size > 0 and len(server.received) == 2)
            running.send_signal(signal.SIGINT)
            assert running.stderr is not None
            said = running.stderr.read()
            assert running.wait(timeout=30) == 130
        assert time.monotonic() - started < 15

    assert said.splitlines()[1:] == [
        "2 requests, 120 tokens",
        "interrupted: 1 done, 0 from cache, 0 failed, 1 left; run the same again to go on, answers are kept",
    ]
    assert len(json.loads(output.read_text(encoding="utf-8"))) == 1


def test_ctrl_c_while_stdin_is_waited_for(server: FakeServer) -> None:
    with subprocess.Popen(
        command("summarize", "-", *asking(server)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=_heed_ctrl_c,
    ) as running:
        assert running.stderr is not None
        assert "model deneme" in running.stderr.readline()
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=10) == 130
        assert running.stderr.read() == "interrupted: 0 done, 0 from cache, 0 failed\n"


def test_a_process_with_a_c_locale_writes_utf8(recorded: list[str], folder: Path) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}

    done = subprocess.run(
        command("summarize", folder / "1.txt", *recorded),
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
    )

    assert done.returncode == 0
    assert lines(done.stdout)[0]["events"][0]["participants"][0]["name"] == "Ayşe Örnek"


def test_output_that_is_redirected_among_the_articles_is_refused(folder: Path) -> None:
    output = folder / "out.jsonl"

    with output.open("w") as stdout:
        done = subprocess.run(
            command("facts", folder), stdout=stdout, stderr=subprocess.PIPE, encoding="utf-8", timeout=60
        )

    assert done.returncode == 2
    assert_one_line(done.stderr, str(output), "Write it elsewhere")
    assert output.read_text() == ""


def test_on_a_terminal_it_prints_for_people(recorded: list[str], folder: Path) -> None:
    code, shown = on_terminal("summarize", folder, *recorded)

    text = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", shown)
    assert code == 1
    assert text.count("ikili görüşme · gerçekleşti") == 4
    assert "[red]Ayşe Örnek[/red]" in text
    assert "\ufffd[31mBişkek" in text
    assert "━" in text  # the bar
    assert re.search(r"4 done, 4 from cache, 2 failed\s*$", text)
    assert "\x1b[31merror: " in shown


def test_on_a_terminal_one_article_has_no_bar(recorded: list[str], folder: Path) -> None:
    code, shown = on_terminal("summarize", folder / "1.txt", *recorded)

    assert code == 0
    assert "━" not in shown
    assert "1 done, 1 from cache, 0 failed" in shown.splitlines()[-1]


def test_facts_are_a_table_on_a_terminal(article: Path) -> None:
    _, facts = on_terminal("facts", article)

    assert re.search(r"rakam +1,5 milyar dolar\S* +1\.500\.000\.000 USD", facts)


def _buffered() -> dict[str, str]:
    """The environment in which Python keeps what it could not write, and stumbles over it once more at its end."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def _heed_ctrl_c() -> None:
    """A shell starts its background jobs deaf to Ctrl-C, and the tests may run in one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)
