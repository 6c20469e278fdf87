from __future__ import annotations

from pathlib import Path

import pytest

from ozetle.asking.cache import Cache
from ozetle.digests.schemas import published_schemas
from tests.asking.server import FakeServer
from tests.cli.commands import ARTICLE, HOSTILE, asking, assert_one_line, lines, run


@pytest.mark.parametrize("name", ["digest", "failure", "draft"])
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


def test_cache_show_wants_a_key_that_is_clear(server: FakeServer, folder: Path, tmp_path: Path) -> None:
    cache = ["--cache", str(tmp_path / "answers")]
    run("summarize", folder, *asking(server), *cache)

    several, none = run("cache", "show", "", *cache), run("cache", "show", "xyz", *cache)

    assert [several.exit_code, none.exit_code] == [2, 2]
    assert_one_line(several.stderr, "2 recorded answers", "ozetle cache list")
    assert_one_line(none.stderr, "xyz", "ozetle cache list")


def test_cache_show_passes_no_control_characters_on(server: FakeServer, tmp_path: Path) -> None:
    path = tmp_path / "kotu.txt"
    path.write_text(HOSTILE, encoding="utf-8")
    cache = ["--cache", str(tmp_path / "answers")]
    run("summarize", path, *asking(server), *cache)
    (row,) = lines(run("cache", "list", *cache).stdout)

    shown = run("cache", "show", row["key"], *cache).stdout

    assert "[red]Ayşe Örnek[/red] \ufffd[31mBişkek'te" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("command", [["stats"], ["list"], ["show", "ab"]])
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
