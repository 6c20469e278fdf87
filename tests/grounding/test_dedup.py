"""Which events of an article are one told twice, and which are two."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ozetle.articles import Article
from ozetle.digests.digest import Event
from ozetle.extracting.draft import Draft
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.dedup import without_repeats
from ozetle.grounding.grounding import ground
from ozetle.reading import Reading, read

TEXT = (
    "Ticaret Bakanı Ayşe Demir ile Mısır Sanayi Bakanı Karim Fahmi 4 Mart 2026'da Kahire'de görüştü. "
    "Görüşmede ihracatın yüzde 4,5, ithalatın 8,2 milyar dolar olduğu belirtildi. "
    "Demir ile Fahmi, görüşmenin ardından Gümrük Protokolü ve Sağlık Protokolü imzaladı. "
    "Demir, 5 Mart 2026'da Türkiye'de yatırımların artacağını söyledi. "
    "Demir, yeni limanların da açılacağını belirtti."
)
DEMIR = {"kind": "person", "name": "Ayşe Demir"}
FAHMI = {"kind": "person", "name": "Karim Fahmi"}
BOTH = [DEMIR, FAHMI]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Article.from_text(TEXT, id="a", published=date(2026, 3, 5)))


@pytest.fixture(scope="module")
def ids(reading: Reading) -> dict[str, str]:
    return {fact.text: reading.figure_id(fact) for fact in reading.figures} | {
        fact.text: reading.date_id(fact) for fact in reading.dates
    }


def told(reading: Reading, *drafted: dict[str, Any]) -> tuple[Event, ...]:
    events = [{"type": "bilateral_meeting", "status": "occurred", "sentences": [1]} | event for event in drafted]
    return ground(Draft.model_validate({"events": events}), reading, default_taxonomy()).events


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"countries": ["TR"]}, {"countries": ["EG"]}),
        ({"date": "P"}, {"date": "D1"}),
        ({"participants": [DEMIR]}, {"participants": [FAHMI]}),
        ({"place": "Kahire"}, {}),
        ({"sentences": [3], "instruments": [{"name": "Gümrük Protokolü"}]}, {"sentences": [3]}),
        ({"sentences": [1, 3]}, {"sentences": [3, 1]}),
    ],
)
def test_tellings_on_the_same_sentences_are_one(
    reading: Reading, first: dict[str, Any], second: dict[str, Any]
) -> None:
    assert len(told(reading, first, second)) == 1
    assert len(told(reading, second, first)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"type": "agreement_signed"}, {}),
        ({"status": "planned"}, {}),
        ({"date": "D1"}, {"date": "D2"}),
        ({"sentences": [3], "instruments": [{"name": "Gümrük Protokolü"}]},
         {"sentences": [3], "instruments": [{"name": "Sağlık Protokolü"}]}),
        ({"sentences": [2], "figures": [{"figure": "F1"}]}, {"sentences": [2], "figures": [{"figure": "F2"}]}),
        ({"place": "Kahire"}, {"place": "Mısır"}),
    ],
)  # fmt: skip
def test_one_sentence_may_tell_two_events(reading: Reading, first: dict[str, Any], second: dict[str, Any]) -> None:
    assert len(told(reading, first, second)) == 2
    assert len(told(reading, second, first)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"date": "D1"}, {"date": "D1", "figures": [{"figure": "F1"}]}),
        ({"date": "D1", "participants": [DEMIR]}, {"date": "D1", "participants": [DEMIR], "place": "Kahire"}),
        ({"participants": [DEMIR], "headline": "Demir geldi."}, {"participants": [DEMIR], "headline": "Demir geldi."}),
        ({"place": "Kahire"}, {"place": "Mısır"}),
        ({"countries": ["TR", "EG"]}, {"countries": ["EG"]}),
        ({"type": "agreement_signed", "instruments": [{"name": "Gümrük Protokolü"}]},
         {"type": "agreement_signed", "instruments": [{"name": "Protokolü"}]}),
    ],
)  # fmt: skip
def test_the_same_people_on_the_same_day_are_one_event(
    reading: Reading, first: dict[str, Any], second: dict[str, Any]
) -> None:
    common = {"participants": BOTH, "date": "P"}
    assert len(told(reading, common | first, common | second | {"sentences": [3]})) == 1
    assert len(told(reading, common | second, common | first | {"sentences": [3]})) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"date": None}, {"date": None}),
        ({"date": "D1"}, {"date": "P"}),
        ({"participants": []}, {"participants": []}),
        ({"participants": [DEMIR]}, {}),
        ({"type": "agreement_signed", "instruments": [{"name": "Gümrük Protokolü"}]},
         {"type": "agreement_signed", "instruments": [{"name": "Sağlık Protokolü"}]}),
        ({"type": "target_set", "figures": [{"figure": "F1"}]}, {"type": "target_set", "figures": [{"figure": "F2"}]}),
        ({"participants": [DEMIR]}, {"participants": [DEMIR]}),
        ({"participants": [DEMIR], "date": "D1", "countries": ["TR"]},
         {"participants": [DEMIR], "date": "D1", "countries": ["EG"]}),
        ({"participants": [DEMIR], "date": "D1", "place": "Kahire"},
         {"participants": [DEMIR], "date": "D1", "place": "Mısır"}),
        ({"type": "official_statement", "status": "stated"}, {"type": "official_statement", "status": "stated"}),
        ({"type": "proposal_made", "status": "stated"}, {"type": "proposal_made", "status": "stated"}),
    ],
)  # fmt: skip
def test_what_differs_in_substance_stays_two_events(
    reading: Reading, first: dict[str, Any], second: dict[str, Any]
) -> None:
    common = {"participants": BOTH, "date": "P"}
    assert len(told(reading, common | first, common | second | {"sentences": [3]})) == 2
    assert len(told(reading, common | second, common | first | {"sentences": [3]})) == 2


def test_a_statement_repeated_in_a_later_sentence_is_one(reading: Reading) -> None:
    statement = {"type": "official_statement", "status": "stated", "participants": [DEMIR], "date": "D2"}
    assert len(told(reading, statement | {"sentences": [4]}, statement | {"sentences": [4, 5]})) == 1
    assert len(told(reading, statement | {"sentences": [4]}, statement | {"sentences": [5]})) == 2


def test_what_each_telling_adds_is_kept_once(reading: Reading, ids: dict[str, str]) -> None:
    figure = next(id_ for text, id_ in ids.items() if "8,2" in text)
    first = {"participants": BOTH, "date": "P", "sentences": [2], "headline": "İki bakan görüştü."}
    second = {
        "participants": [FAHMI | {"country": "EG", "role": "host"}, DEMIR],
        "date": ids["4 Mart 2026"],
        "place": "Kahire",
        "figures": [{"figure": figure}],
    }
    published = read(Article.from_text(TEXT, id="a", published=date(2026, 3, 4)))
    (event,) = told(published, first, second, first)
    assert [(part.name, part.country) for part in event.participants] == [("Ayşe Demir", None), ("Karim Fahmi", "EG")]
    assert [piece.sentence for piece in event.evidence] == [1, 2]
    assert event.date is not None
    assert (event.date.text, event.date.basis) == ("4 Mart 2026", "explicit")
    assert (event.place and event.place.text, len(event.figures)) == ("Kahire", 1)


def test_the_order_is_that_of_the_first_mention(reading: Reading) -> None:
    events = told(reading, {"sentences": [3]}, {"sentences": [1]}, {"sentences": [3], "countries": ["TR"]})
    assert [event.evidence[0].sentence for event in events] == [3, 1]
    assert without_repeats(events) == list(events)
    assert without_repeats([]) == []
