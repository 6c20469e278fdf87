"""A long article is cut into windows, and what they tell becomes one draft; the answers are written by hand."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ozetle import Article, Digest, Summarizer
from ozetle.articles import Sentence
from ozetle.extracting.draft import Draft
from ozetle.extracting.windows import MAX_SENTENCES, joined_drafts, windows
from tests.llm.server import FakeServer, Received, Reply, completion


def sentences(lengths: list[int]) -> list[Sentence]:
    found, start = [], 0
    for number, length in enumerate(lengths, 1):
        found.append(
            Sentence(number=number, start=start, end=start + length, text="x" * length, boilerplate=None, paragraph=1)
        )
        start += length + 1
    return found


@given(st.lists(st.integers(1, 400), max_size=300), st.integers(100, 5000))
def test_windows_hold_every_sentence_once_within_their_bounds(lengths: list[int], most: int) -> None:
    content = sentences(lengths)
    found = windows(content, most)
    assert [sentence for window in found for sentence in window.sentences] == content
    for window in found:
        assert len(window.sentences) <= MAX_SENTENCES
        assert sum(s.end - s.start for s in window.sentences) <= most or len(window.sentences) == 1
    assert not found[0].before
    assert all(window.before[-1].number == window.sentences[0].number - 1 for window in found[1:])  # type: ignore[operator]
    needed = max(-(-len(content) // MAX_SENTENCES), -(-sum(lengths) // most), 1)
    assert len(found) <= 2 * needed + sum(length > most / 2 for length in lengths)


def test_a_news_article_is_one_window() -> None:
    assert len(windows(sentences([150] * MAX_SENTENCES), 24_000)) == 1


def test_windows_are_of_about_the_same_length() -> None:
    sizes = [len(window.sentences) for window in windows(sentences([100] * (MAX_SENTENCES + 6)), 24_000)]
    assert sizes == [33, 33]


def event(headline: str, sentences: list[int], **more: Any) -> dict[str, Any]:
    return {"sentences": sentences, "type": "bilateral_meeting", "headline": headline, **more}


def test_an_event_that_goes_on_in_another_window_is_one() -> None:
    first = Draft.model_validate({"events": [event("Demir, Fahmi ile görüştü.", [3])], "summary": "Bir."})
    more = event("Demir, Fahmi ile görüştü.", [61], date="D4", countries=["EG"])
    second = Draft.model_validate({"events": [more, event("Demir, Rama ile görüştü.", [70])], "summary": "İki."})
    joined = joined_drafts([first, second])
    assert [(e.headline, e.sentences, e.date) for e in joined.events] == [
        ("Demir, Fahmi ile görüştü.", [3, 61], "D4"),
        ("Demir, Rama ile görüştü.", [70], None),
    ]
    assert joined.summary == "İki."


def test_a_long_article_is_asked_about_to_its_end() -> None:
    opening = "Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi."
    filler = [f"{number}. salonda süren görüşmelerde gümrük konuları ele alındı." for number in range(2, 150)]
    closing = "Demir, Fahmi ile protokolü imzaladı."
    met = "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."

    def answer(received: Received) -> Reply:
        asked = received.body["messages"][-1]["content"]
        events = []
        if "[1] Ticaret" in asked:
            events.append(event(met, [1]))
        if f"] {closing}" in asked:
            assert f"- bilateral_meeting: {met}" in asked
            assert "- Ayşe Demir (Ticaret Bakanı)" in asked
            assert "[1] Ticaret" not in asked
            number = int(asked.split(f"] {closing}")[0].rsplit("[", 1)[1])
            signed = {"type": "agreement_signed", "headline": "Ayşe Demir, protokolü imzaladı."}
            events += [event(met, [number]), {"sentences": [number], **signed}]
        return completion(json.dumps({"events": events, "summary": met}))

    article = Article.from_text("date 2026-03-05 " + " ".join([opening, *filler, closing]))
    with FakeServer([answer] * 3) as server:
        digest = Summarizer("test", base_url=server.base_url, strategy="whole", cache=False).summarize(article)
    assert isinstance(digest, Digest)
    assert len(server.received) == 3
    assert [found.type for found in digest.events] == ["bilateral_meeting", "agreement_signed"]
    assert [piece.quote[:20] for piece in digest.events[0].evidence] == [opening[:20], closing[:20]]
    assert not digest.provenance.truncated
