"""What a run may spend, what it has spent, and what it would spend."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ozetle.llm.prices import Price, read_price
from ozetle.usage import Usage
from tests.cli.commands import ARTICLE, asking, lines, run
from tests.llm.server import FakeServer


@pytest.fixture
def three(tmp_path: Path) -> Path:
    folder = tmp_path / "three"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(f"{ARTICLE}\nBu {number}. haber, üç haberin biridir.", encoding="utf-8")
    return folder


def test_a_run_stops_at_its_budget_and_goes_on_with_a_higher_one(
    server: FakeServer, three: Path, tmp_path: Path
) -> None:
    out, cache = tmp_path / "out.jsonl", ["--cache", str(tmp_path / "answers")]
    first = run("summarize", three, *asking(server), *cache, "-o", out, "--concurrency", "1", "--max-requests", "2")

    assert first.exit_code == 1
    assert len(server.received) == 2
    assert "stopped: 2 done, 0 from cache, 0 failed, 1 left" in first.stderr
    assert "error: 3.txt" in first.stderr or "2 requests are sent, as many as are allowed" in first.stderr
    assert len(lines(out.read_text(encoding="utf-8"))) == 2

    second = run("summarize", three, *asking(server), *cache, "-o", out, "--max-requests", "2")

    assert second.exit_code == 0
    assert len(server.received) == 3
    assert [line["article"]["id"] for line in lines(out.read_text(encoding="utf-8"))] == ["1.txt", "2.txt", "3.txt"]


def test_no_request_at_all_is_a_budget_too(server: FakeServer, three: Path) -> None:
    done = run("summarize", three, *asking(server), "--no-cache", "--max-requests", "0")
    assert done.exit_code == 2
    assert not server.received


def test_tokens_are_a_budget_too(server: FakeServer, three: Path) -> None:
    done = run("summarize", three, *asking(server), "--no-cache", "--concurrency", "1", "--max-tokens", "200")
    assert done.exit_code == 1
    assert len(server.received) == 2
    assert "240 tokens are used, 200 are allowed" in done.stderr


def test_what_was_spent_is_said_with_its_cost(server: FakeServer, three: Path, tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(json.dumps({"deneme": {"prompt": 10, "cached": 1, "completion": 100}}), encoding="utf-8")
    done = run("summarize", three, *asking(server), "--no-cache", "--prices", prices)
    # each answer: 100 prompt tokens, 64 of them cached, and 20 of completion
    cost = 3 * (36 * 10 + 64 * 1 + 20 * 100) / 1e6
    assert f"3 requests, 360 tokens, cost about {cost:.4f}" in done.stderr


def test_a_dry_run_asks_nothing_and_says_what_is_left(server: FakeServer, three: Path, tmp_path: Path) -> None:
    cache = ["--cache", str(tmp_path / "answers")]
    run("summarize", three / "1.txt", *asking(server), *cache)
    before = len(server.received)
    done = run("summarize", three, *asking(server), *cache, "--dry-run")

    assert done.exit_code == 0
    assert len(server.received) == before
    first, second = done.stdout.splitlines()
    assert first == "1 article answered from the cache, 2 not yet, 0 unreadable"
    found = re.fullmatch(r"at least 2 requests to send, with about (\d+) tokens", second)
    assert found
    assert 2000 < int(found[1]) < 10000


def test_a_dry_run_of_small_questions_counts_each_of_them_once(server: FakeServer, three: Path) -> None:
    options = [*asking(server)[:-1], "stepwise"]
    done = run("summarize", three, *options, "--no-cache", "--dry-run")
    assert done.exit_code == 0
    assert not server.received
    # two sentences of each article are worth a question, and they are the same in all three
    assert re.search(r"^at least 2 requests", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"deneme": {"prompt": -1, "completion": 1}}', '{"deneme": 3}'])
def test_a_price_table_that_is_none_is_named(server: FakeServer, three: Path, tmp_path: Path, content: str) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text(content, encoding="utf-8")
    done = run("summarize", three, *asking(server), "--no-cache", "--prices", prices)
    assert done.exit_code == 2
    assert "prices.json" in done.stderr
    assert not server.received


def test_counts_that_a_server_leaves_out_cost_nothing() -> None:
    price = Price(prompt=1, completion=2)
    assert price.of(Usage()) == 0
    assert price.of(Usage(prompt_tokens=1_000_000, cached_tokens=400_000, completion_tokens=1_000_000)) == 3


def test_the_embedded_model_costs_nothing_but_what_the_table_says(tmp_path: Path) -> None:
    prices = tmp_path / "prices.json"
    prices.write_text('{"local/big": {"prompt": 1, "completion": 2}}', encoding="utf-8")
    assert read_price(prices, "local/tiny", free=True) == Price(prompt=0, completion=0)
    assert read_price(prices, "local/big", free=True) == Price(prompt=1, completion=2)
    article = tmp_path / "1.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    done = run("summarize", article, "-m", "local/tiny", "--no-cache", "--dry-run", "--prices", prices)
    assert done.exit_code == 0
    assert "about 0.0000 for the prompts" in done.stdout


def test_what_is_one_is_said_as_one(server: FakeServer, three: Path) -> None:
    left = run("summarize", three / "1.txt", *asking(server), "--no-cache", "--dry-run")
    assert left.stdout.splitlines()[1].startswith("at least 1 request to send")
    stopped = run("summarize", three, *asking(server), "--no-cache", "--concurrency", "1", "--max-requests", "1")
    assert "1 request is sent, as many as are allowed" in stopped.stderr
    assert "\n1 request, 120 tokens\n" in stopped.stderr
