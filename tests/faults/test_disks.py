"""Full disks and read-only ones under the command line: the answers are used all the same, and it is said."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from ozetle import Cache, Summarizer
from tests.cli.commands import asking, command, lines, run
from tests.faults.news import ANSWER, asked, folder_of, recorded
from tests.llm.server import FakeServer


def fill(disk: Path, *, free: int) -> Path:
    """Leave so many bytes of a disk free."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        file.write(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - free))
    return ballast


@pytest.mark.parametrize("form", ["jsonl", "json", "text"])
def test_a_full_disk_under_the_output(disk: Path, tmp_path: Path, form: str) -> None:
    folder, output, cache = folder_of(tmp_path / "news", 20), disk / "out", tmp_path / "c.sqlite"
    ballast = fill(disk, free=4096 if form != "text" else 0)
    with FakeServer([ANSWER]) as server:
        options: list[str | Path] = ["summarize", folder, "-o", output, "--format", form]
        options += ["--cache", cache, *asking(server)]
        done = run(*options)
        assert done.exit_code == (1 if form != "text" else 2)
        assert "Traceback" not in done.stderr
        assert "unexpected" not in done.stderr
        assert done.stderr.splitlines()[-1].startswith(
            f"error: cannot write {output}: No space left on device. Make room"
        )
        written = output.read_text(encoding="utf-8")
        if form == "jsonl":  # no half a line is left
            assert 0 < len(lines(written)) < 20
            assert written.endswith("\n")
        elif form == "json":
            assert json.loads(written + "]")
        known = recorded(cache)
        assert known
        ballast.unlink()
        server.received.clear()
        assert run(*options).exit_code == 0
        assert set(asked(server)) <= set(range(20)) - known
        assert recorded(cache) == set(range(20))
    assert output.stat().st_size > len(written)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("to", ["stdout", "-o", "facts"])
def test_an_output_that_takes_nothing(tmp_path: Path, to: str) -> None:
    folder = folder_of(tmp_path / "news", 2)
    with FakeServer([ANSWER]) as server, Path("/dev/full").open("w") as full:
        options: list[str | Path] = ["summarize", folder, "--cache", tmp_path / "c", *asking(server)]
        if to == "-o":
            done = run(*options, "-o", "/dev/full")
            said, code = done.stderr, done.exit_code
        else:
            arguments = ["facts", folder] if to == "facts" else options
            ended = subprocess.run(
                command(*arguments), stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60
            )
            said, code = ended.stderr, ended.returncode
    assert code == 2
    assert "No space left on device" in said.splitlines()[-1]
    assert "unexpected" not in said
    assert "Traceback" not in said
    assert "Exception ignored" not in said


@pytest.mark.parametrize("name", ["c.sqlite", "c"])
def test_a_full_disk_under_the_cache_loses_no_answer_that_was_paid_for(disk: Path, tmp_path: Path, name: str) -> None:
    folder, output, cache = folder_of(tmp_path / "news", 16), tmp_path / "out.jsonl", disk / name
    with FakeServer([ANSWER]) as server:
        options: list[str | Path] = ["summarize", "-o", output, "--cache", cache, *asking(server)]
        assert run(*options, folder / "000.txt").exit_code == 0
        ballast = fill(disk, free=12288 if name == "c" else 0)
        done = run(*options, folder)
        assert done.exit_code == 0
        assert asked(server) == dict.fromkeys(range(16), 1)
        assert len(lines(output.read_text(encoding="utf-8"))) == 16
        warnings = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
        assert len(warnings) == 1
        assert "an answer could not be recorded" in warnings[0]
        assert str(cache) in warnings[0]
        known = recorded(cache, "replay")
        ballast.unlink()
        server.received.clear()
        again = run(*options, folder)
        assert again.exit_code == 0
        assert "warning" not in again.stderr
        assert set(asked(server)) == set(range(16)) - known
    assert recorded(cache) == set(range(16))


@pytest.mark.parametrize("name", ["c.sqlite", "c"])
def test_a_read_only_cache_is_used_and_said_to_be_so(disk: Path, tmp_path: Path, name: str) -> None:
    folder, output, cache = folder_of(tmp_path / "news", 6), tmp_path / "out.jsonl", disk / name
    with FakeServer([ANSWER]) as server:
        options: list[str | Path] = ["summarize", "-o", output, "--cache", cache, *asking(server)]
        with Cache(cache) as first:
            Summarizer("deneme", base_url=server.base_url, strategy="whole", cache=first).summarize(folder / "000.txt")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        try:
            done = run(*options, folder)
            new = run(*options[:3], "--cache", disk / "new" / name, *asking(server), folder)
        finally:
            subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert asked(server) == dict.fromkeys(range(6), 1)
    assert done.exit_code == 0
    assert len(lines(output.read_text(encoding="utf-8"))) == 6
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning: ")]
    assert 1 <= len(warnings) <= 2
    assert all("ead-only" in line or "cannot be written" in line for line in warnings)
    assert new.exit_code == 2  # nothing is asked whose answer has nowhere to go
    assert new.stderr.splitlines()[-1].startswith("error: cannot create")
