"""On which of several dates an event happens: the rows of `event_dates/`, the sealed half run last (52 of 53 right)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ozetle.articles import Article
from ozetle.extracting.draft import DraftEvent
from ozetle.extracting.strategies.event_date import event_date_id
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.reading import PUBLICATION_ID, read

ROWS = Path(__file__).parent / "event_dates"
KINDS = {kind.id: kind for kind in default_taxonomy().types}
WRONG = {  # dates that are not read as they are meant, and one that is not tied
    "The fair had been planned for mid-July but was put off until October.",
    "Bunun 12 milyar dolarını tekstil oluşturdu.",
    "Gegenüber 2024 stiegen die Ausfuhren im Jahr 2025 um 4 Prozent auf 12 Milliarden Euro.",
}


def rows(half: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROWS / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def chosen(row: dict[str, Any]) -> list[str] | None:
    """The first and last day of the event that the row's text reports, behind the one told before it."""
    told = [row["before"], row["text"]] if "before" in row else [row["text"]]
    published = row["reference"] and date.fromisoformat(row["reference"])
    reading = read(Article.from_text("\n".join(told), id="a", published=published, language=row["language"]))
    sentences = reading.content
    assert len(sentences) == len(told)
    earlier: list[DraftEvent] = []
    if "before" in row:
        kind, status = KINDS[row["before_type"]], row["before_status"]
        day = event_date_id(reading, sentences[:1], kind, status)
        earlier = [DraftEvent(sentences=[1], type=kind.id, status=status, headline="", date=day)]
    found = event_date_id(reading, sentences[-1:], KINDS[row["type"]], row["status"], earlier)
    if found == PUBLICATION_ID:
        return [row["reference"], row["reference"]]
    mention = reading.date(found or "")
    return None if mention is None else [str(mention.first), str(mention.last)]


def cases(half: str) -> list[Any]:
    unread = pytest.mark.xfail(strict=True)
    return [pytest.param(row, marks=[unread] if row["text"] in WRONG else []) for row in rows(half)]


@pytest.mark.parametrize("row", [*cases("seen"), *cases("sealed")], ids=lambda row: f"{row['kind']}-{row['language']}")
def test_the_event_happens_then(row: dict[str, Any]) -> None:
    assert chosen(row) == row["want"]


def test_a_datelines_day_is_when_it_was_written_not_when_it_happened() -> None:
    text = "ANKARA, 9 Mart 2026 (AA) – Ticaret Bakanı Ayşe Demir dün Bakü'de Elçin Rzayev ile görüştü."
    article = read(Article.from_text(text))
    assert article.article.published == date(2026, 3, 9)
    found = event_date_id(article, article.content[:1], KINDS["bilateral_meeting"], "occurred")
    mention = article.date(found or "")
    assert mention is not None
    assert mention.first == date(2026, 3, 8)
