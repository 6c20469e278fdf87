"""The one call an article and the repair of its texts, against a real server; the answers are written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ozetle import Budget, Cache, Digest, Summarizer
from ozetle.errors import ModelRefusedError
from tests.llm.server import FakeServer, Reply, completion, error

TEXT = (
    "date 2026-03-05 Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
    "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı."
)
SOUND = "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."
WRONG_AMOUNT = "İki ülke arasındaki ticaret 8,2 milyon dolara çıktı."
MENDED_AMOUNT = "İki ülke arasındaki ticaret 8,2 milyar dolara çıktı."
ENGLISH = "The ministers met in Cairo and trade rose."


def draft(headline: str, summary: str = SOUND, measure: str = "ticaret hacmi") -> str:
    event: dict[str, Any] = {
        "sentences": [2],
        "type": "economic_statistic",
        "headline": headline,
        "figures": [{"figure": "F2", "measure": measure}],
    }
    return json.dumps({"language": "tr", "events": [event], "summary": summary})


def texts(*given: tuple[int, str]) -> Reply:
    return completion(json.dumps({"texts": [{"number": number, "text": text} for number, text in given]}))


def summarized(server: FakeServer, cache: Cache | bool = False, budget: Budget | None = None) -> Digest:
    settings: dict[str, Any] = {"cache": cache or False, "budget": budget}
    return Summarizer("test", base_url=server.base_url, strategy="whole", **settings).summarize(TEXT)


def test_sound_texts_are_not_asked_for_again() -> None:
    with FakeServer([completion(draft(MENDED_AMOUNT))]) as server:
        digest = summarized(server)
    assert len(server.received) == 1
    assert digest.events[0].headline == MENDED_AMOUNT
    assert digest.provenance.repairs == 0
    assert not digest.rejected


def test_refused_texts_are_asked_for_once_with_their_reasons() -> None:
    with FakeServer(
        [completion(draft(WRONG_AMOUNT, ENGLISH, "{x}")), texts((1, MENDED_AMOUNT), (2, "ticaret hacmi"), (3, SOUND))]
    ) as server:
        digest = summarized(server)
    _, repair = server.received
    asked = repair.body["messages"][-1]["content"]
    assert f"1. {WRONG_AMOUNT}\n   wrong: the figure “8,2 milyon dolara” is not the article's" in asked
    assert "2. {x}\n   wrong: it " in asked
    assert f"3. {ENGLISH}\n   wrong: it is not Turkish" in asked
    assert "[2] İki ülke arasındaki ticaret" in asked
    (event,) = digest.events
    assert (event.headline, event.figures[0].measure, digest.summary) == (MENDED_AMOUNT, "ticaret hacmi", SOUND)
    assert not digest.rejected
    assert (digest.provenance.requests, digest.provenance.repairs) == (2, 1)
    assert digest.provenance.prompt is not None
    assert digest.provenance.prompt.id == "whole+whole-repair"


@pytest.mark.parametrize(
    "answer",
    [
        texts((1, WRONG_AMOUNT)),
        texts((7, MENDED_AMOUNT), (0, MENDED_AMOUNT)),
        texts(),
        completion("no JSON at all"),
        error(400, "too long"),
    ],
    ids=["still wrong", "other numbers", "nothing", "unusable", "rejected"],
)
def test_what_is_not_mended_gives_way_to_verified_parts_and_is_named(answer: Reply) -> None:
    with FakeServer([completion(draft(WRONG_AMOUNT)), answer]) as server:
        digest = summarized(server)
    (event,) = digest.events
    assert event.headline != WRONG_AMOUNT
    assert "8,2 milyar" in event.headline
    (rejection,) = digest.rejected
    assert (rejection.path, rejection.claim) == ("events[0].headline", WRONG_AMOUNT)


def test_a_wrong_key_on_the_way_stops_the_run_and_keeps_the_paid_draft(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "recorded")
    behaviours = [completion(draft(WRONG_AMOUNT)), error(401, "bad key")]
    with FakeServer(behaviours) as server, pytest.raises(ModelRefusedError):
        summarized(server, cache)
    assert len(list(cache.list())) == 1


def test_the_repair_is_recorded_and_replayed(tmp_path: Path) -> None:
    with FakeServer([completion(draft(WRONG_AMOUNT)), texts((1, MENDED_AMOUNT))]) as server:
        live = summarized(server, Cache(tmp_path / "recorded"))
    replayed = Summarizer(cache=Cache(tmp_path / "recorded", "replay"), strategy="whole").summarize(TEXT)
    assert replayed.events == live.events
    assert (replayed.provenance.cache, replayed.provenance.requests, replayed.provenance.repairs) == ("hit", 0, 0)


def test_a_recording_from_before_the_repair_was_asked_for_still_replays(tmp_path: Path) -> None:
    with FakeServer([completion(draft(WRONG_AMOUNT)), error(400, "no")]) as server:
        summarized(server, Cache(tmp_path / "recorded"))
    replayed = Summarizer(cache=Cache(tmp_path / "recorded", "replay"), strategy="whole").summarize(TEXT)
    assert [rejection.path for rejection in replayed.rejected] == ["events[0].headline"]


def test_a_repair_that_stays_unusable_is_counted_and_paid_for_once(tmp_path: Path) -> None:
    path = tmp_path / "recorded"
    with FakeServer([completion(draft(WRONG_AMOUNT)), completion("no JSON at all")]) as server:  # 120 tokens each
        budget = Budget()
        live = summarized(server, Cache(path), budget)
        assert len(server.received) == budget.requests == live.provenance.requests == 4  # the repair, asked for thrice
        assert live.provenance.repairs == 3
        assert live.provenance.usage == budget.usage
        assert budget.tokens == 480
        again = summarized(server, Cache(path))
        assert len(server.received) == 4
        replayed = summarized(server, Cache(path, "replay"))
        for digest in (again, replayed):
            assert (digest.events, digest.summary, digest.rejected) == (live.events, live.summary, live.rejected)
            found = digest.provenance
            assert (found.cache, found.requests, found.repairs, found.usage) == ("hit", 0, 0, live.provenance.usage)
    with FakeServer([completion(draft(WRONG_AMOUNT)), texts((1, MENDED_AMOUNT))]) as server:
        anew = summarized(server, Cache(path, "refresh"))
        assert len(server.received) == 2
        assert (anew.events[0].headline, anew.rejected) == (MENDED_AMOUNT, ())
        assert summarized(server, Cache(path)).events == anew.events
        assert len(server.received) == 2


def test_a_repair_that_is_lost_is_counted_and_asked_for_the_next_time(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "recorded")
    with FakeServer([completion(draft(WRONG_AMOUNT)), error(503, retry_after="0.01")]) as server:
        digest = summarized(server, cache)
        assert len(server.received) == digest.provenance.requests == 6  # five attempts of the repair
    with FakeServer([texts((1, MENDED_AMOUNT))]) as server:
        assert summarized(server, cache).events[0].headline == MENDED_AMOUNT
        assert len(server.received) == 1
