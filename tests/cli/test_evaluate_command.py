from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ARTICLE, asking, assert_one_line, lines, on_terminal, run
from tests.llm.server import FakeServer

QUOTE = ARTICLE.splitlines()[0]


def gold_event(**changed: Any) -> dict[str, Any]:
    return {
        "acceptable_types": ["bilateral_meeting"],
        "core": True,
        "status": "occurred",
        "date": {"start": "2026-03-12", "end": "2026-03-12"},
        "participants": [{"kind": "person", "name": "Ayşe Örnek", "title": "Ticaret Bakanı"}],
        "figures": [],
        "evidence": [{"start": 0, "end": len(QUOTE), "quote": QUOTE}],
        "note": "members that nobody knows are ignored",
    } | changed


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.json"
    path.write_text(json.dumps({"articles": [{"file": "haber.txt", "events": [gold_event()]}]}), encoding="utf-8")
    return path


@pytest.fixture
def digests(server: FakeServer, article: Path, tmp_path: Path) -> Path:
    path = tmp_path / "iyi.jsonl"
    assert run("summarize", article, *asking(server), "-o", path).exit_code == 0
    return path


@pytest.fixture
def worse(digests: Path, tmp_path: Path) -> Path:
    digest = json.loads(digests.read_text(encoding="utf-8"))
    digest["events"][0] |= {"type": "other", "participants": []}
    path = tmp_path / "kötü.jsonl"
    path.write_text(json.dumps(digest) + "\n", encoding="utf-8")
    return path


def test_runs_are_scored_side_by_side(gold: Path, digests: Path, worse: Path, article: Path) -> None:
    done = run("evaluate", gold, digests, worse, "--articles", article.parent)

    (told,) = lines(done.stdout)
    good, bad = told["runs"][str(digests)], told["runs"][str(worse)]
    assert (done.exit_code, done.stderr) == (0, "")
    assert told["gold"] == str(gold)
    assert [good["total"][name]["f1"] for name in ("events", "events_untyped", "people")] == [1.0, 1.0, 1.0]
    assert [bad["total"][name]["f1"] for name in ("events", "events_untyped", "people")] == [0.0, 1.0, None]
    assert good["total"]["grounding"] == {"right": 1, "total": 1, "share": 1.0}
    assert good["articles"] == {"haber.txt": good["total"]}


def test_without_the_articles_grounding_is_not_scored(gold: Path, digests: Path) -> None:
    (told,) = lines(run("evaluate", gold, digests).stdout)

    assert told["runs"][str(digests)]["total"]["grounding"]["share"] is None


def test_text_in_a_pipe_has_a_column_for_each_run(gold: Path, digests: Path, worse: Path) -> None:
    done = run("evaluate", gold, digests, worse, "--format", "text")

    rows = {row[:26].strip(): row for row in done.stdout.splitlines()}
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert all(line == line.rstrip() and len(line) <= 100 for line in done.stdout.splitlines())
    precision = next(row for row in rows.values() if row.startswith(" events, typed"))
    assert precision.split()[3:] == ["1.000", "1/1", "0.000", "0/1"]


def test_tables_on_a_terminal(gold: Path, digests: Path) -> None:
    code, shown = on_terminal("evaluate", gold, digests)

    assert code == 0
    assert "events, typed" in shown
    assert "haber.txt" in shown
    assert "1.000  1/1" in shown


def test_digests_from_stdin(gold: Path, digests: Path) -> None:
    done = run("evaluate", gold, "-", input=digests.read_bytes())

    assert done.exit_code == 0
    assert lines(done.stdout)[0]["runs"]["-"]["total"]["events"]["f1"] == 1.0


def test_a_failure_line_is_a_missing_article(gold: Path, tmp_path: Path) -> None:
    empty = tmp_path / "haber.txt"
    empty.write_text("", encoding="utf-8")
    failed = tmp_path / "failed.jsonl"
    failed.write_text(run("detect", empty).stdout, encoding="utf-8")

    told, shown = run("evaluate", gold, failed), run("evaluate", gold, failed, "--format", "text")

    assert '"error"' in failed.read_text(encoding="utf-8")
    assert lines(told.stdout)[0]["runs"][str(failed)]["total"]["missing"] == 1
    assert told.exit_code == shown.exit_code == 0
    assert "1 of 1" in shown.stdout


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["gold.json:1: not JSON"]),
        (b'{"articles": [\n{"file": "a",}\n]}', ["gold.json:2: not JSON", "--help"]),
        (b'{"articles": [\n"\xff"]}', ["gold.json:2: not UTF-8"]),
        (b"[]", ["gold.json: not a JSON object"]),
        (b"[" * 100_000, ["gold.json: not JSON: nested too deeply"]),
        (b"{}", ["gold.json: articles: Field required"]),
        (b'{"articles": [{"file": "a", "events": [{"core": true}]}]}', ["articles[0].events[0].acceptable_types"]),
        (b'{"articles": [{"file": "a", "events": []}, {"file": "a", "events": []}]}', ["the article a", "twice"]),
    ],
)
def test_a_bad_gold_file(gold: Path, digests: Path, content: bytes, parts: list[str]) -> None:
    gold.write_bytes(content)

    done = run("evaluate", gold, digests)

    assert (done.exit_code, done.stdout) == (2, "")
    assert_one_line(done.stderr, *parts)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["there is no digest in it"]),
        (b'{"article": {"id": "other.txt"}, "events": []}\n', ["none of its articles is in"]),
        (b'\n{"article": {"id": "haber.txt"}}\n{"article"\n', ["run.jsonl:3: not JSON", "ozetle wrote"]),
        (b'{"article": {"id": "haber.txt"}}\n[]\n', ["run.jsonl:2: not a JSON object"]),
        (b'{"events": []}\n', ["run.jsonl:1: article: Field required"]),
        (b'{"article": {"id": "haber.txt"}, "events": [{"type": 1}]}', ["run.jsonl:1: events[0].type"]),
        (b'{"article": {"id": "\xfe"}}\n', ["run.jsonl:1: not UTF-8"]),
    ],
)
def test_a_bad_run(gold: Path, tmp_path: Path, content: bytes, parts: list[str]) -> None:
    digests = tmp_path / "run.jsonl"
    digests.write_bytes(content)

    done = run("evaluate", gold, digests)

    assert (done.exit_code, done.stdout) == (2, "")
    assert_one_line(done.stderr, *parts)


def test_paths_that_cannot_be_read(gold: Path, digests: Path, tmp_path: Path) -> None:
    missing, empty = tmp_path / "yok", tmp_path / "boş"
    empty.mkdir()

    no_gold, no_run = run("evaluate", missing, digests), run("evaluate", gold, missing)
    a_folder, no_articles = run("evaluate", gold, empty), run("evaluate", gold, digests, "--articles", empty)

    for done, part in ((no_gold, "yok"), (no_run, "yok"), (a_folder, "boş"), (no_articles, "none of the gold")):
        assert done.exit_code == 2
        assert_one_line(done.stderr, part)


def test_help_documents_the_gold_format() -> None:
    shown = run("evaluate", "--help").stdout

    for part in ("acceptable_types", '"core"', '"evidence"', '"start"', "--articles", "<text|json>", "--format"):
        assert part in shown
