"""What is read from whole news paragraphs of several languages, against what a reader wrote down by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ozetle.articles import Article
from ozetle.reading import Reading, read

PARAGRAPHS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("news.json").read_text(encoding="utf-8"))[
    "paragraphs"
]


def days(first: date | None, last: date | None) -> str:
    return f"{first or ''}" if first == last else f"{first or ''}..{last}"


@pytest.fixture(scope="module", params=PARAGRAPHS, ids=lambda paragraph: paragraph["text"][:30])
def paragraph(request: pytest.FixtureRequest) -> tuple[Reading, dict[str, Any]]:
    expected: dict[str, Any] = request.param
    return read(Article.from_text(expected["text"], published=date.fromisoformat(expected["published"]))), expected


def test_figures(paragraph: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = paragraph
    found = [[figure.text, f"{figure.value:f}", figure.currency or figure.unit] for figure in reading.figures]
    assert found == expected["figures"]


def test_dates(paragraph: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = paragraph
    assert [[date_.text, days(date_.first, date_.last)] for date_ in reading.dates] == expected["dates"]


def test_countries(paragraph: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = paragraph
    assert sorted({one.code for one in reading.countries if one.kind == "country"}) == expected["countries"]


def test_people_and_organisations(paragraph: tuple[Reading, dict[str, Any]]) -> None:
    reading, expected = paragraph
    assert reading.language.code == expected["language"]
    people = [[name.title, name.text] for name in reading.names if name.kind == "person"]
    assert people == expected["people"]
    assert [name.text for name in reading.names if name.kind == "organisation"] == expected["organisations"]
