from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ozetle.digests.schemas import published_schemas
from ozetle.llm.cache import Cache
from ozetle.llm.cache.jsonl import to_line
from tests.cli.commands import ARTICLE, HOSTILE, asking, assert_one_line, lines, run
from tests.llm.cache.recordings import an_entry
from tests.llm.server import FakeServer, chat_completion


@pytest.mark.parametrize("name", ["digest", "translation", "failure", "merged_event", "draft"])
def test_schema_prints_what_is_published(name: str) -> None:
    assert run("schema", name).stdout == published_schemas()[name]


def test_schema_is_of_a_digest_by_default_and_of_nothing_unknown() -> None:
    assert run("schema").stdout == published_schemas()["digest"]
    assert run("schema", "other").exit_code == 2


@pytest.mark.parametrize("place", ["answers.sqlite", "answers"])
def test_cache_commands(server: FakeServer, article: Path, tmp_path: Path, place: str) -> None:
    cache = ["--cache", str(tmp_path / place)]
    run("summarize", article, *asking(server), *cache)

    (stats,) = lines(run("cache", "stats", *cache).stdout)
    (row,) = lines(run("cache", "list", *cache).stdout)
    shown = run("cache", "show", row["key"][:6].upper(), *cache)
    with Cache(tmp_path / place, "replay") as opened:
        (entry,) = opened.list()

    assert (stats["entries"], stats["models"]) == (1, {"deneme": 1})
    assert row["key"] == entry.key
    assert (row["model"], row["prompt"]) == ("deneme", "whole")
    assert row["asked"]
    assert row["asked"] in " ".join(entry.request.messages[-1].content.split())
    assert shown.exit_code == 0
    for part in (entry.key, "=== system", "=== user", "=== answer", ARTICLE.splitlines()[0], '  "summary": "Ticaret'):
        assert part in shown.stdout


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    path = tmp_path / "answers.sqlite"
    with Cache(path) as cache:
        cache.put(an_entry("bir", created=datetime.now(UTC) - timedelta(days=40)))
        cache.put(an_entry("iki", created=datetime(2026, 1, 31, tzinfo=UTC), request_model="other"))
        cache.put(an_entry("üç", created=datetime.now(UTC)))
    return path


def test_cache_show_wants_a_key_that_is_clear(recorded: Path) -> None:
    several, none = (run("cache", "show", key, "--cache", recorded) for key in ("", "xyz"))

    assert [several.exit_code, none.exit_code] == [2, 2]
    assert_one_line(several.stderr, "3 recorded answers", "ozetle cache list")
    assert_one_line(none.stderr, "xyz", "ozetle cache list")


def test_cache_show_passes_no_control_characters_on(tmp_path: Path) -> None:
    with Cache(tmp_path / "answers") as cache:
        cache.put(an_entry(HOSTILE))
    (row,) = lines(run("cache", "list", "--cache", tmp_path / "answers").stdout)

    shown = run("cache", "show", row["key"], "--cache", tmp_path / "answers").stdout

    assert "[red]Ayşe Örnek[/red] \ufffd[31mBişkek'te" in shown
    assert "\x1b" not in shown


def keys(path: Path) -> list[str]:
    with Cache(path, "replay") as cache:
        return list(cache.keys())


@pytest.mark.parametrize("place", ["copy.sqlite", "copy"])
def test_cache_export_and_import(recorded: Path, tmp_path: Path, place: str) -> None:
    lines, copy = tmp_path / "answers.jsonl", tmp_path / place
    exported = run("cache", "export", lines, "--cache", recorded)
    piped = run("cache", "export", "--cache", recorded)
    imported = run("cache", "import", lines, "--cache", copy)
    again = run("cache", "import", "-", "--cache", copy, input=piped.stdout)

    assert [exported.exit_code, piped.exit_code, imported.exit_code, again.exit_code] == [0] * 4
    assert exported.stdout == ""
    assert piped.stdout == lines.read_text(encoding="utf-8")
    assert_one_line(exported.stderr, "3 answers exported")
    assert_one_line(imported.stderr, "3 answers imported")
    assert_one_line(again.stderr, "0 answers imported, 3 recorded already")
    assert run("cache", "export", "--cache", copy).stdout == piped.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["answers.jsonl", "answers.sqlite", place])


def test_cache_import_passes_over_bad_lines_and_says_which(recorded: Path, tmp_path: Path) -> None:
    lines = tmp_path / "answers.jsonl"
    run("cache", "export", lines, "--cache", recorded)
    good = lines.read_bytes().splitlines()
    lines.write_bytes(b"\n".join([good[0], b"{\x1b[31m", good[1].replace(b'"seed"', b'"s"'), b"{}", good[2]]))
    done = run("cache", "import", lines, "--cache", tmp_path / "copy")

    assert done.exit_code == 1
    bad = done.stderr.splitlines()
    assert bad[0].startswith(f"{lines}:2: no recorded answer")
    assert bad[1].startswith(f"{lines}:4: no recorded answer")
    assert bad[2] == "3 answers imported, 2 bad lines passed over"
    assert "\x1b" not in done.stderr
    assert len(keys(tmp_path / "copy")) == 3


def test_cache_import_keeps_what_is_there_unless_told_to_replace(recorded: Path, tmp_path: Path) -> None:
    lines = tmp_path / "answers.jsonl"
    lines.write_text(to_line(an_entry("bir", content="new")), encoding="utf-8")
    for options, count, content in (
        ([], "0 answers imported, 1 recorded already", '{"label": "visit"}'),
        (["--replace"], "1 ", "new"),
    ):
        done = run("cache", "import", lines, *options, "--cache", recorded)
        assert_one_line(done.stderr, count)
        with Cache(recorded) as cache:
            answer = cache.get(an_entry("bir").key)
        assert answer is not None
        assert answer.response == chat_completion(content)


def test_cache_export_leaves_out_what_is_damaged(recorded: Path, tmp_path: Path) -> None:
    lines, damaged = tmp_path / "answers.jsonl", an_entry("iki", request_model="other").key
    with contextlib.closing(sqlite3.connect(recorded)) as connection, connection:
        connection.execute("UPDATE entries SET answer = x'00' WHERE key = ?", (damaged,))
    done = run("cache", "export", lines, "--cache", recorded)

    assert done.exit_code == 1
    assert damaged in done.stderr.splitlines()[0]
    assert done.stderr.splitlines()[1] == "2 answers exported, 1 left out"
    assert len(lines.read_bytes().splitlines()) == 2


def test_cache_export_that_fails_leaves_the_earlier_file(recorded: Path, tmp_path: Path) -> None:
    lines = tmp_path / "answers.jsonl"
    lines.write_text("earlier", encoding="utf-8")
    done = run("cache", "export", lines, "--cache", tmp_path / "yok.sqlite")
    nowhere = run("cache", "export", tmp_path / "yok" / "a.jsonl", "--cache", recorded)
    missing = run("cache", "import", tmp_path / "yok.jsonl", "--cache", recorded)

    assert [done.exit_code, nowhere.exit_code, missing.exit_code] == [2, 2, 2]
    assert lines.read_text(encoding="utf-8") == "earlier"
    assert_one_line(nowhere.stderr, "a.jsonl")
    assert_one_line(missing.stderr, "yok.jsonl")


@pytest.mark.parametrize(
    ("options", "gone"),
    [
        (["--older-than", "30d"], ["bir", "iki"]),
        (["--older-than", "6w"], ["iki"]),
        (["--older-than", "2026-02-01"], ["iki"]),
        (["--older-than", "2026-01-31"], []),
        (["--older-than", "0d"], ["bir", "iki", "üç"]),
        (["--model", "other"], ["iki"]),
        (["--older-than", "30d", "--model", "local/tiny"], ["bir"]),
        (["--prompt", "label"], ["bir", "iki", "üç"]),
        (["--prompt", "whole"], []),
        (["--stale"], []),
        (["--damaged"], []),
    ],
)
def test_cache_prune(recorded: Path, options: list[str], gone: list[str]) -> None:
    before = keys(recorded)
    models = {"iki": "other"}
    removed = {an_entry(text, request_model=models.get(text, "local/tiny")).key for text in gone}
    many = "1 answer" if len(gone) == 1 else f"{len(gone)} answers"
    counted = run("cache", "prune", *options, "--dry-run", "--cache", recorded)
    assert (counted.exit_code, counted.stdout) == (0, f"{many} would be removed\n")
    assert counted.stderr == ""
    assert keys(recorded) == before

    done = run("cache", "prune", *options, "--cache", recorded)
    assert (done.exit_code, done.stdout) == (0, f"{many} removed\n")
    assert keys(recorded) == [key for key in before if key not in removed]


@pytest.mark.parametrize("options", [[], ["--dry-run"], ["--older-than", "soon"], ["--older-than", "2026-13-01"]])
def test_cache_prune_wants_to_be_told_what(recorded: Path, options: list[str]) -> None:
    assert run("cache", "prune", *options, "--cache", recorded).exit_code == 2
    assert len(keys(recorded)) == 3


@pytest.mark.parametrize("command", [["stats"], ["list"], ["show", "ab"], ["export"], ["prune", "--stale"]])
def test_cache_commands_make_no_cache(command: list[str], tmp_path: Path) -> None:
    done = run("cache", *command, "--cache", tmp_path / "yok.sqlite")

    assert done.exit_code == 2
    assert_one_line(done.stderr, "yok.sqlite")
    assert not list(tmp_path.iterdir())


def test_model_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = run("model", "path")
    nothing = run("model", "remove")
    weights = Path(place.stdout.strip())
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"GGUF")
    removed = run("model", "remove")

    assert place.exit_code == nothing.exit_code == removed.exit_code == 0
    assert "not fetched yet" in place.stderr
    assert nothing.stdout == ""
    assert removed.stdout == f"{weights}\n"
    assert not weights.exists()


def test_model_fetch_uses_the_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own.gguf"
    monkeypatch.setenv("OZETLE_LOCAL_MODEL", str(own))
    missing = run("model", "fetch")
    own.write_bytes(b"GGUF")
    there = run("model", "fetch")

    assert missing.exit_code == 2
    assert_one_line(missing.stderr, "OZETLE_LOCAL_MODEL")
    assert there.stdout == f"{own}\n"
