"""Tests of one's own code with a model's recorded answers: they need no network, no key and no model.

pytest examples/tests                             replays the answers recorded beside this file
pytest examples/tests --ozetle-record=missing     asks the model for those that are not recorded yet
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ozetle import Cache, Digest, Summarizer

MODEL = "local"  # named, so that whoever records, on whatever machine, asks the same one

VISIT = (
    "date 2025-04-12 Ticaret Bakanı Ömer Bolat, mayıs ayında ABD'nin başkenti Washington'a bir ziyaret yapacak. "
    "Ziyaretin ana durağı, iki ülkenin ticaret ve yatırım konseyi olan TIFA'nın 12. Dönem Toplantısı olacak."
)
EXPORTS = "date 2025-11-05 Ekim ayında en çok ihracatı 4 milyar 859 milyon dolarla İstanbul yaptı."


def agenda(articles: Iterable[str], cache: Cache) -> list[str]:
    """Return what is to come, as lines for a calendar: the code under test."""
    digests = Summarizer(MODEL, cache=cache).summarize_many(articles, ordered=True)
    events = [event for digest in digests if isinstance(digest, Digest) for event in digest.events]
    return [f"{e.date.first}: {e.type}" for e in events if e.status == "planned" and e.date]


def test_a_visit_is_on_the_agenda(ozetle_recordings: Cache) -> None:
    expected = ["2025-05-01: official_visit", "2025-05-01: joint_mechanism_meeting"]
    assert agenda([VISIT, EXPORTS], ozetle_recordings) == expected


@pytest.mark.parametrize("article", [VISIT, EXPORTS], ids=["visit", "exports"])
def test_every_event_has_its_quote(ozetle_recordings: Cache, article: str) -> None:
    digest = Summarizer(MODEL, cache=ozetle_recordings).summarize(article)
    quotes = [piece for event in digest.events for piece in event.evidence]
    assert quotes
    assert all(article[piece.start : piece.end] == piece.quote for piece in quotes)
