"""A desk's own fields, taxonomy and prompt, from the question to the digest; the answers are written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import Field

from ozetle import Cache, Digest, Event, EventFigure, Summarizer, Words
from ozetle.errors import ConfigurationError
from ozetle.extracting.stale import is_stale
from ozetle.extracting.strategies.whole import article_block
from ozetle.extracting.windows import Window
from ozetle.llm.models import Strategy
from ozetle.llm.request import Request
from ozetle.reading import read
from tests.llm.server import FakeServer, Received, Reply, completion

TEXT = (
    "Ticaret Bakanlığı, tarım ihracatçıları için 2,5 milyar dolarlık kredi programı başlattı. "
    "İki ülke arasında Gümrük İş Birliği Protokolü imzalandı."
)


class DeskEvent(Event):
    ministry: Words | None = Field(None, title="bakanlık", description="the ministry in charge")
    budget: EventFigure | None = Field(None, description="what it costs")
    sector: Literal["tarım", "enerji"] | None = Field(None, description="the sector concerned")


OWN = {"ministry": "Ticaret Bakanlığı", "budget": "F1", "sector": "tarım"}
NOTHING = dict.fromkeys(OWN)
WHOLE = {
    "language": "tr",
    "events": [
        {"sentences": [1], "type": "support_programme", "headline": "Kredi programı başlatıldı.", **OWN},
        {"sentences": [2], "type": "agreement_signed", "headline": "Protokol imzalandı.", **NOTHING},
    ],
    "summary": "Kredi programı başlatıldı.",
}
TAXONOMY: dict[str, Any] = {
    "name": "tarım masası",
    "types": [
        {"id": "credit", "label": "kredi", "definition": "ihracatçılara verilen kredi", "cues": {"tr": ["kredi"]}},
        {"id": "agreement_signed", "label": "imza töreni", "definition": "imzalanan belge"},
    ],
    "examples": [{"sentence": "Banka yeni bir kredi paketi açıkladı.", "events": ["credit"]}],
}


def asked(received: Received) -> str:
    content: str = received.body["messages"][-1]["content"]
    return content


def stepwise_reply(received: Received) -> Reply:
    """Label both sentences, and fill in the fields of the first."""
    schema = received.body["response_format"]["json_schema"]["schema"]
    if "events" in schema["properties"]:
        types = schema["properties"]["events"]["items"]["enum"]
        wanted = ["support_programme", "credit"] if "kredi" in asked(received) else ["agreement_signed"]
        return completion(json.dumps({"events": [name for name in wanted if name in types][:1]}))
    return completion(json.dumps(OWN if "kredi" in asked(received) else NOTHING))


def own_digest(strategy: Strategy, reply: Any, **settings: Any) -> tuple[Digest[DeskEvent], list[Received]]:
    with FakeServer([reply]) as server:
        summarizer = Summarizer(
            "test", base_url=server.base_url, strategy=strategy, event=DeskEvent, **{"cache": False, **settings}
        )
        return summarizer.summarize(TEXT), server.received


@pytest.mark.parametrize("strategy", ["whole", "stepwise"])
def test_own_fields_are_asked_for_and_grounded_with_both_strategies(strategy: Strategy) -> None:
    reply = stepwise_reply if strategy == "stepwise" else completion(json.dumps(WHOLE))
    digest, received = own_digest(strategy, reply)
    first, second = digest.events
    assert first.ministry is not None
    assert TEXT[first.ministry.start : first.ministry.end] == first.ministry.text == "Ticaret Bakanlığı"
    assert first.budget is not None
    assert str(first.budget.value) == "2500000000"
    assert first.sector == "tarım"
    assert (second.ministry, second.budget, second.sector) == (None, None, None)
    assert digest.provenance.labels == {"fields": {"ministry": "bakanlık"}}
    asked_for = "\n".join(message["content"] for question in received for message in question.body["messages"])
    assert "- `ministry`: the ministry in charge; in the article's words, without case suffix.\n" in asked_for
    assert "- `sector`: the sector concerned. One of: tarım, enerji.\n" in asked_for


def test_stepwise_asks_one_question_more_an_event_and_only_for_what_can_be() -> None:
    _, received = own_digest("stepwise", stepwise_reply)
    programme, signing = sorted(received[2:], key=lambda question: "kredi" not in asked(question))  # they come anyhow
    assert "\nEvent: destek programı\n" in asked(programme)
    assert "\nEvent: imzalanan belge\n" in asked(signing)
    assert "F1: 2,5 milyar dolarlık = 2500000000 USD [1]" in asked(programme)
    assert "`budget`" in asked(programme)
    assert "`budget`" not in asked(signing)  # its sentence has no figure
    schemas = [question.body["response_format"]["json_schema"]["schema"] for question in (programme, signing)]
    assert [list(schema["properties"]) for schema in schemas] == [list(OWN), ["ministry", "sector"]]
    assert schemas[0]["properties"]["budget"]["anyOf"] == [{"type": "string", "enum": ["F1"]}, {"type": "null"}]


def noted(**settings: Any) -> tuple[Request, ...]:
    return Summarizer("test", base_url="http://127.0.0.1:9/v1", cache=False, **settings).unanswered(TEXT)


def test_without_own_fields_the_questions_are_as_ever_and_with_them_the_keys_differ() -> None:
    (plain,) = noted(strategy="whole")
    (own,) = noted(strategy="whole", event=DeskEvent)
    assert plain.key != own.key
    assert "own_fields" not in plain.messages[0].content
    assert "only referred to.\n\n`summary`" in plain.messages[0].content


def taxonomy_file(folder: Path, content: dict[str, Any] = TAXONOMY) -> Path:
    path = folder / "desk.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_an_own_taxonomy_needs_no_more_than_types(tmp_path: Path) -> None:
    digest, received = own_digest("stepwise", stepwise_reply, taxonomy=taxonomy_file(tmp_path))
    assert [event.type for event in digest.events] == ["credit", "agreement_signed"]
    assert digest.provenance.labels["types"] == {"agreement_signed": "imza töreni", "credit": "kredi"}
    assert [event.headline for event in digest.events]
    first = next(question for question in received if "kredi" in asked(question))
    shown = [message["content"] for message in first.body["messages"]]
    assert "Banka yeni bir kredi paketi açıkladı." in shown
    assert '{"events": ["agreement_signed"]}' in shown  # the prompt's own example that fits
    assert not any("economic_statistic" in message for message in shown)
    enum = first.body["response_format"]["json_schema"]["schema"]["properties"]["events"]["items"]["enum"]
    assert enum == ["credit", "agreement_signed", "other", "none"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"types": []}, "no types"),
        ({"types": [{"label": "x"}]}, r"types.0.id"),
        ({"types": [*TAXONOMY["types"], TAXONOMY["types"][0]]}, "twice in types"),
        ({"types": [{"id": "a", "label": "a", "roles": ["king"]}]}, "type a: roles has the unknown id king"),
        ({"types": [{"id": "a", "label": "a", "beside": ["b"]}]}, "unknown id b"),
        ({"statuses": [{"id": "done", "label": "bitti"}]}, "the statuses must be occurred"),
        ({"examples": [{"sentence": "x", "events": ["zzz"]}]}, "unknown type zzz"),
        ({"tpyes": []}, "tpyes"),
        ({"types": "credit"}, "types"),
        ({"types": [{"id": " ", "label": "a"}]}, "types has the id ' '"),
        ({"types": [{"id": "a\nb", "label": "a"}]}, "must be one line"),
        ({"types": [{"id": "none", "label": "a"}]}, "the id none, which means that there is no event"),
        ({"name": "\ud83d"}, "surrogates not allowed"),
    ],
)
def test_what_is_wrong_in_a_taxonomy_is_named(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = taxonomy_file(tmp_path, TAXONOMY | change)
    with pytest.raises(ConfigurationError, match=rf"desk\.json is malformed: .*{reason}"):
        Summarizer("test", base_url="http://127.0.0.1:9/v1", cache=False, taxonomy=path)


PROMPT = """---
id: desk
version: 7
purpose: our own way of asking
---
=== system
Report the credit news of this article as JSON. Types: {types}
=== user
{article}
"""


def prompt_file(folder: Path, text: str = PROMPT) -> Path:
    path = folder / "desk.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_own_prompt_takes_the_place_of_the_strategys(tmp_path: Path) -> None:
    digest, received = own_digest("whole", completion(json.dumps(WHOLE)), prompt=prompt_file(tmp_path))
    system, user = received[0].body["messages"]
    assert system["content"].startswith("Report the credit news of this article as JSON. Types:   joint_mechanism")
    assert user["content"] == article_block(read_article(), Window(read_article().content))
    assert digest.provenance.prompt is not None
    assert (digest.provenance.prompt.id, digest.provenance.prompt.version) == ("desk", "7")


def read_article() -> Any:
    from ozetle.articles import Article

    return read(Article.from_text(TEXT))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (PROMPT.replace("{article}", "article"), "has no placeholder {article}"),
        (PROMPT.replace("id: desk", "id: whole"), "has the id of the library's own prompt 'whole'"),
        (PROMPT.replace("id: desk", "id: my desk"), "more than letters"),
    ],
)
def test_an_own_prompt_that_cannot_serve_is_named(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigurationError, match=reason) as told:
        own_digest("whole", completion("{}"), prompt=prompt_file(tmp_path, text))
    assert "desk.md" in str(told.value)


def test_answers_to_what_is_ones_own_are_never_stale(tmp_path: Path) -> None:
    own_ways: list[dict[str, Any]] = [
        {"strategy": "whole", "prompt": prompt_file(tmp_path)},
        {"strategy": "whole", "event": DeskEvent},
        {"strategy": "stepwise", "taxonomy": taxonomy_file(tmp_path)},
    ]
    for settings in own_ways:
        requests = noted(**settings)
        assert requests
        assert not any(is_stale(request) for request in requests), settings


def test_own_answers_replay_without_a_model(tmp_path: Path) -> None:
    first, _ = own_digest("stepwise", stepwise_reply, cache=tmp_path / "answers")
    again = Summarizer(cache=Cache(tmp_path / "answers", "replay"), strategy="stepwise", event=DeskEvent)
    assert again.summarize(TEXT).events == first.events
