"""The gold of the articles that no rule was made for belongs to them, and says only what gold can say."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ozetle.articles import Article, load
from ozetle.evaluating.gold import Gold
from ozetle.extracting.taxonomy import default_taxonomy

HERE = Path(__file__).parent
HALVES = ("seen", "sealed")
STATUSES = {"occurred", "planned", "stated", "targeted", "expected", "postponed", "cancelled", "denied"}
INFLECTED = {"az", "ru", "sq"}  # a name's base form need not stand in the text


def articles(half: str) -> list[dict[str, Any]]:
    parsed: list[dict[str, Any]] = json.loads((HERE / "gold" / f"{half}.json").read_bytes())["articles"]
    return parsed


ALL = [pytest.param(half, article, id=article["file"]) for half in HALVES for article in articles(half)]


def test_both_halves_are_of_the_same_kind() -> None:
    halves = [articles(half) for half in HALVES]
    for half, found in zip(HALVES, halves, strict=True):
        files = sorted(path.name for path in (HERE / "articles" / half).iterdir())
        assert sorted(one["file"] for one in found) == files
        assert len(found) == 13
        assert [one["language"] for one in found].count("tr") == 7
        assert {event["status"] for one in found for event in one["events"]} == STATUSES
        Gold.model_validate({"articles": found})
    assert {one["language"] for one in halves[0]} == {one["language"] for one in halves[1]}


@pytest.mark.parametrize(("half", "article"), ALL)
def test_gold_stands_in_the_article(half: str, article: dict[str, Any]) -> None:
    path = HERE / "articles" / half / article["file"]
    raw = path.read_bytes().decode("utf-8")
    [loaded] = load(path)
    assert isinstance(loaded, Article)
    assert loaded.text == raw
    assert loaded.published == (article["published"] and date.fromisoformat(article["published"]))
    assert article["events"]
    for event in article["events"]:
        assert event["evidence"], event["id"]
        for quote in event["evidence"]:
            assert quote["quote"], event["id"]
            assert raw[quote["start"] : quote["end"]] == quote["quote"], event["id"]
        evidence = "\n".join(quote["quote"] for quote in event["evidence"])
        for figure in event["figures"]:
            assert figure["text"] in evidence, event["id"]
            assert Decimal(figure["value"]).is_finite()
            assert (figure["unit"] == "currency") == (figure["currency"] is not None)
        for participant in event["participants"]:
            assert participant["name"] in raw or article["language"] in INFLECTED, event["id"]
            assert participant["title"] is None or participant["title"] in raw, event["id"]


@pytest.mark.parametrize(("half", "article"), ALL)
def test_gold_choices_and_dates_are_well_formed(half: str, article: dict[str, Any]) -> None:
    taxonomy = default_taxonomy()
    ids = [event["id"] for event in article["events"]]
    assert len(ids) == len(set(ids))
    for event in article["events"]:
        assert event["event_type"] == event["acceptable_types"][0]
        assert set(event["acceptable_types"]) <= set(taxonomy.ids("types")), event["id"]
        assert event["status"] in STATUSES
        assert all(len(code) == 2 and code.isupper() for code in event["countries"]), event["id"]
        for participant in event["participants"]:
            assert participant["kind"] in taxonomy.ids("participant_kinds"), event["id"]
            assert participant["role"] in taxonomy.ids("roles"), event["id"]
        first, last = (event["date"][key] and date.fromisoformat(event["date"][key]) for key in ("start", "end"))
        assert first is None or (last is not None and first <= last), event["id"]
        assert (event["date"]["precision"] == "unknown") == (first is None and last is None), event["id"]
