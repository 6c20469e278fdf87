"""The course of batches from the articles to the digests, as a user goes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands import ARTICLE, lines, run
from tests.llm.batch.server import BatchApi, answered, failed, model, results
from tests.llm.server import FakeServer, error
from tests.translating.server import PAIRS

KEY = "planted-key-0123456789"


@pytest.fixture
def api() -> Iterator[BatchApi]:
    with BatchApi() as running:
        yield running


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Two Turkish articles and an Albanian one."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "1.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "2.txt").write_text(f"{ARTICLE}\nHeyetler, Ankara'da bir protokol imzaladı.", encoding="utf-8")
    foreign = next(article for article in PAIRS if article["language"] == "sq")
    (folder / "3.txt").write_text("\n".join(pair["source"] for pair in foreign["pairs"]), encoding="utf-8")
    return folder


def options(base_url: str, strategy: str = "whole", *more: str) -> list[str]:
    return ["--base-url", base_url, "--model", "deneme", "--strategy", strategy, *more]


def digests(path: Path) -> list[Any]:
    found = lines(path.read_text(encoding="utf-8"))
    assert all("error" not in digest for digest in found)
    return [{name: value for name, value in digest.items() if name != "provenance"} for digest in found]


@pytest.mark.parametrize(("strategy", "translated"), [("whole", True), ("stepwise", True), ("stepwise", False)])
def test_rounds_end_and_the_digests_are_those_of_a_live_run(
    api: BatchApi, news: Path, tmp_path: Path, strategy: str, translated: bool
) -> None:
    more = () if translated else ("--no-translate",)
    chosen = options(api.base_url, strategy, *more)
    folder, cache = tmp_path / "batches", ["--cache", str(tmp_path / "answers.sqlite")]
    rounds = 0
    while True:
        written = run("batch", "write", news, *chosen, *cache, "-o", folder)
        assert written.exit_code == 0, written.output
        if "nothing to write" in written.stdout:
            break
        rounds += 1
        assert run("batch", "submit", folder).exit_code == 0
        early = run("batch", "collect", folder, *cache)
        assert early.exit_code == 0
        assert "1 batch is not finished" in early.stdout
        between = run("batch", "write", news, *chosen, *cache, "-o", folder)
        assert "nothing to write" in between.stdout
        assert "under way: ozetle batch collect" in between.stdout
        api.finish()
        collected = run("batch", "collect", folder, *cache)
        assert collected.exit_code == 0, collected.output
    # translations are mended in a second round
    assert rounds == (2 if translated else 1)
    assert "3 articles answered from the cache, 0 not yet, 0 unreadable" in written.stdout
    uploaded = [
        json.loads(line)["custom_id"]
        for batch in api.batches.values()
        for line in api.files[batch.input_file_id].splitlines()
    ]
    assert len(uploaded) == len(set(uploaded))

    asked = len(api.received)
    assert run("summarize", news, *chosen, *cache, "-o", tmp_path / "batch.jsonl").exit_code == 0
    assert len(api.received) == asked
    with FakeServer([model]) as server:
        live = options(server.base_url, strategy, *more)
        assert run("summarize", news, *live, "--no-cache", "-o", tmp_path / "live.jsonl").exit_code == 0
        assert len(server.received) == len(uploaded)
    assert digests(tmp_path / "batch.jsonl") == digests(tmp_path / "live.jsonl")


def test_writing_says_what_there_is_to_do(news: Path, tmp_path: Path) -> None:
    (news / "0.txt").write_text("", encoding="utf-8")
    done = run("batch", "write", news, *options("http://127.0.0.1:9/v1"), "-o", tmp_path / "b")
    assert done.exit_code == 1
    assert "0.txt" in done.stderr
    assert done.stdout.splitlines()[0] == "0 articles answered from the cache, 3 not yet, 1 unreadable"
    assert done.stdout.splitlines()[1].startswith(f"4 requests written to 1 file in {tmp_path / 'b'}, with about ")


def test_files_are_cut_at_the_limits(news: Path, tmp_path: Path) -> None:
    done = run(
        "batch", "write", news, *options("http://127.0.0.1:9/v1"), "-o", tmp_path / "b", "--max-requests-per-file", "3"
    )
    assert "4 requests written to 2 files" in done.stdout
    assert [len((tmp_path / "b" / f"requests-00{n}.jsonl").read_bytes().splitlines()) for n in (1, 2)] == [3, 1]


def test_status_follows_a_batch(api: BatchApi, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    run("batch", "write", news, *options(api.base_url), "-o", folder)
    assert run("batch", "status", folder).stdout == "requests-001.jsonl: 4 requests, written\n"
    assert not api.received
    run("batch", "submit", folder)
    assert run("batch", "submit", folder).stdout == "nothing to submit\n"
    assert run("batch", "status", folder).stdout == "requests-001.jsonl: 4 requests, validating, batch_1\n"
    api.finish()
    shown = run("batch", "status", folder).stdout
    assert shown == "requests-001.jsonl: 4 requests, completed, batch_1, 4 answered, 0 failed\n"
    run("batch", "collect", folder)
    assert "collected (completed)" in run("batch", "status", folder).stdout
    assert "nothing to collect" in run("batch", "collect", folder).stdout


def test_what_failed_is_said_by_cause_and_written_again(api: BatchApi, news: Path, tmp_path: Path) -> None:
    chosen, folder = [*options(api.base_url), "--no-translate"], tmp_path / "b"
    run("batch", "write", news, *chosen, "-o", folder)
    run("batch", "submit", folder)
    bodies: list[Any] = []

    def half(body: dict[str, Any]) -> dict[str, Any]:
        bodies.append(body)
        return answered(body) if len(bodies) == 1 else failed("kapalı", 503)

    api.finish(half)
    collected = run("batch", "collect", folder)
    assert collected.exit_code == 1
    assert collected.stdout == "1 answer recorded\n"
    assert "error: 2 × status 503: kapalı" in collected.stderr
    assert "2 requests without a usable answer" in collected.stderr
    again = run("batch", "write", news, *chosen, "-o", folder)
    assert "1 article answered from the cache, 2 not yet" in again.stdout
    assert "2 requests written to 1 file" in again.stdout
    assert "2 of them were answered before, to no use" in again.stderr
    assert (folder / "requests-002.jsonl").exists()


def test_results_from_elsewhere_need_no_server(news: Path, tmp_path: Path) -> None:
    chosen, folder = options("http://127.0.0.1:9/v1"), tmp_path / "b"
    written = run("batch", "write", news, *chosen, "-o", folder)
    rounds = 0
    while "nothing to write" not in written.stdout:
        rounds += 1
        shard = folder / f"requests-00{rounds}.jsonl"
        file = tmp_path / "results.jsonl"
        file.write_bytes(b"".join(reversed(results(shard.read_bytes()))))
        collected = run("batch", "collect", folder, "--results", file)
        assert collected.exit_code == 0, collected.output
        written = run("batch", "write", news, *chosen, "-o", folder)
    assert rounds == 2
    assert run("summarize", news, *chosen, "--replay", "-o", tmp_path / "d.jsonl").exit_code == 0


def test_an_article_whose_wording_is_still_to_be_mended_is_not_done(news: Path, tmp_path: Path) -> None:
    chosen, folder = [*options("http://127.0.0.1:9/v1"), "--no-translate"], tmp_path / "b"
    foreign, file = news / "3.txt", tmp_path / "results.jsonl"  # the model's text about it tells of another article
    run("batch", "write", foreign, *chosen, "-o", folder)
    file.write_bytes(b"".join(results((folder / "requests-001.jsonl").read_bytes())))
    run("batch", "collect", folder, "--results", file)
    written = run("batch", "write", foreign, *chosen, "-o", folder)
    assert "0 articles answered from the cache, 1 not yet" in written.stdout
    assert "1 request written" in written.stdout


def test_lines_that_answer_nothing_are_named(news: Path, tmp_path: Path) -> None:
    folder, file = tmp_path / "b", tmp_path / "results.jsonl"
    run("batch", "write", news, *options("http://127.0.0.1:9/v1"), "-o", folder)
    good = results((folder / "requests-001.jsonl").read_bytes())
    stranger = good[0].replace(json.loads(good[0])["custom_id"].encode(), b"0" * 64)
    file.write_bytes(b"".join([*good, stranger, good[0], b"[1]\n", good[1][:70]]))
    collected = run("batch", "collect", folder, "--results", file)
    assert collected.exit_code == 1
    assert collected.stdout == "4 answers recorded, 1 there already\n"
    assert f"'{'0' * 64}' is no request of this folder" in collected.stderr
    assert "results.jsonl:7: no custom_id" in collected.stderr
    assert "results.jsonl:8: no JSON: it is cut off" in collected.stderr
    assert "3 lines passed over" in collected.stderr


def test_secrets_stay_out_of_files_and_messages(
    api: BatchApi, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OZETLE_API_KEY", KEY)
    host = api.base_url.removeprefix("http://")
    address, folder = f"http://ayşe:gizli-parola@{host}", tmp_path / "b"
    cache = ["--cache", str(tmp_path / "answers")]  # a folder: plain files
    said = [run("batch", "write", news, *options(address), *cache, "-o", folder)]
    said.append(run("batch", "submit", folder, "--base-url", address))
    assert api.headers["authorization"] == f"Bearer {KEY}"

    secret = f"{KEY} gizli-parola"

    def echoing(body: dict[str, Any]) -> dict[str, Any]:
        if "translate" in body["response_format"]["json_schema"]["name"]:
            return failed(f"bad key {secret}")
        result = answered(body)
        result["response"]["body"]["choices"][0]["message"]["content"] += secret
        return result

    api.finish(echoing)
    said.append(run("batch", "collect", folder, *cache, "--base-url", address))
    file, secret = tmp_path / "r.jsonl", KEY  # which server a file is from, and its login, nobody knows
    file.write_bytes(b"".join(results((folder / "requests-001.jsonl").read_bytes(), echoing)))
    said.append(run("batch", "collect", folder, "--results", file, *cache))
    file.unlink()
    everything = "".join(result.output + result.stderr for result in said)
    everything += "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file())
    assert "[redacted]" in everything
    assert KEY not in everything
    assert "gizli-parola" not in everything


@pytest.mark.parametrize("command", ["submit", "status", "collect"])
def test_a_folder_without_batches_is_named(tmp_path: Path, command: str) -> None:
    done = run("batch", command, tmp_path)
    assert done.exit_code == 2
    assert "holds no batches" in done.stderr


def test_a_folder_among_the_articles_is_refused(news: Path) -> None:
    done = run("batch", "write", news, *options("http://127.0.0.1:9/v1"), "-o", news / "batches")
    assert done.exit_code == 2
    assert "lies among the articles" in done.stderr
    assert not (news / "batches").exists()


def test_a_failure_after_the_first_file_keeps_the_first(api: BatchApi, news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    run("batch", "write", news, *options(api.base_url), "-o", folder, "--max-requests-per-file", "2")
    api.trouble = lambda request: error(401, "no") if request == "POST /batches" and api.batches else None
    done = run("batch", "submit", folder)
    assert done.exit_code == 1
    assert "batch_1" in done.stdout
    assert "answered 401" in done.stderr
    api.trouble = lambda _: None
    assert run("batch", "submit", folder).stdout == "requests-002.jsonl: 2 requests, validating, batch_2\n"
    assert api.count("POST /files") == 2
