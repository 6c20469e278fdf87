"""The example articles and their gold belong together: files, offsets, figures and names."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
GOLD: list[dict[str, Any]] = json.loads((EXAMPLES / "gold.json").read_text(encoding="utf-8"))["articles"]


def raw_text(article: dict[str, Any]) -> str:
    return Path(EXAMPLES / "articles" / article["file"]).read_bytes().decode("utf-8")


def test_every_article_has_its_gold() -> None:
    names = sorted(path.name for path in (EXAMPLES / "articles").iterdir())
    assert len(names) == 8
    assert sorted(article["file"] for article in GOLD) == names
    assert sorted(article["language"] for article in GOLD) == ["az", "en", "sq", "tr", "tr", "tr", "tr", "tr"]


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article["file"])
def test_gold_stands_in_the_article(article: dict[str, Any]) -> None:
    raw = raw_text(article)
    assert "\r" not in raw
    assert raw.endswith("\n")
    date.fromisoformat(article["published"])
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
            assert participant["name"] in raw, event["id"]
            assert participant["title"] is None or participant["title"] in raw, event["id"]


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article["file"])
def test_gold_choices_and_dates_are_well_formed(article: dict[str, Any]) -> None:
    ids = [event["id"] for event in article["events"]]
    assert len(ids) == len(set(ids))
    for event in article["events"]:
        assert event["event_type"] == event["acceptable_types"][0]
        assert event["status"] in {"occurred", "planned", "stated", "targeted"}
        start, end = (event["date"][key] and date.fromisoformat(event["date"][key]) for key in ("start", "end"))
        assert start is None or (end is not None and start <= end), event["id"]
        assert (event["date"]["precision"] == "unknown") == (start is None and end is None), event["id"]
