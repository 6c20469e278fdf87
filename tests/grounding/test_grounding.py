"""Grounding of drafts. The drafts here are written by hand as inputs; none is a model's answer."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.articles import Article
from ozetle.extracting.draft import Draft
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.facts import read_figures
from ozetle.grounding.grounding import Grounded, ground
from ozetle.reading import Reading, read
from ozetle.reasons import RejectionCode

TEXT = (
    "Ticaret Bakanı Ayşe Demir, Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
    "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı. "
    "Demir, ticaretin 15 milyar dolara ulaşmasını hedeflediklerini söyledi. "
    "Görüşmenin ardından Türkiye ile Mısır arasında Gümrük İş Birliği Protokolü imzalandı."
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(Article.from_text(TEXT, id="a", published=date(2026, 3, 5)))


def grounded(reading: Reading, *events: dict[str, Any], summary: str = "") -> Grounded:
    return ground(Draft.model_validate({"events": events, "summary": summary}), reading, default_taxonomy())


def event(**fields: Any) -> dict[str, Any]:
    return {"sentences": [1], "type": "bilateral_meeting", "status": "occurred"} | fields


def reasons(result: Grounded) -> dict[str, RejectionCode]:
    return {rejection.path: rejection.code for rejection in result.rejected}


def test_sentence_numbers_become_the_articles_own_text(reading: Reading) -> None:
    (found,) = grounded(reading, event(sentences=[4, 1, 4])).events
    assert [piece.sentence for piece in found.evidence] == [1, 4]
    assert all(TEXT[piece.start : piece.end] == piece.quote for piece in found.evidence)
    assert found.evidence[0].quote.startswith("Ticaret Bakanı")


def test_an_event_without_a_sentence_is_rejected_whole(reading: Reading) -> None:
    result = grounded(reading, event(sentences=[9], headline="Ay'a gidildi."))
    assert result.events == ()
    assert "events[0].sentences" in reasons(result)
    assert "events[0]" in reasons(result)


def test_people_stand_where_the_article_names_them_with_the_title_beside_the_name(reading: Reading) -> None:
    who = [{"kind": "person", "name": "Demir", "role": "visitor"}, {"kind": "person", "name": "KARİM FAHMİ'nin"}]
    (found,) = grounded(reading, event(participants=who)).events
    assert [(part.name, part.title) for part in found.participants] == [
        ("Ayşe Demir", "Ticaret Bakanı"),
        ("Karim Fahmi", "Mısır Sanayi Bakanı"),
    ]
    assert all(TEXT[part.start : part.end] == part.name for part in found.participants)


def test_a_person_the_article_does_not_name_is_rejected_by_name(reading: Reading) -> None:
    result = grounded(reading, event(participants=[{"kind": "person", "name": "Mehmet Kaya", "role": "host"}]))
    assert result.events[0].participants == ()
    assert result.rejected[0].claim == "Mehmet Kaya"
    assert result.rejected[0].path == "events[0].participants[0].name"


def test_a_title_that_stands_elsewhere_is_rejected(reading: Reading) -> None:
    who = {"kind": "person", "name": "Karim Fahmi", "title": "Gümrük"}
    result = grounded(reading, event(participants=[who]))
    assert "events[0].participants[0].title" in reasons(result)
    assert result.events[0].participants[0].title == "Mısır Sanayi Bakanı"


def test_a_title_of_someone_else_in_the_same_sentence_is_rejected(reading: Reading) -> None:
    who = [
        {"kind": "person", "name": "Karim Fahmi", "title": "Ticaret Bakanı"},
        {"kind": "person", "name": "Ayşe Demir", "title": "Sanayi Bakanı"},
    ]
    result = grounded(reading, event(participants=who))
    assert [part.title for part in result.events[0].participants] == ["Mısır Sanayi Bakanı", "Ticaret Bakanı"]
    assert {f"events[0].participants[{i}].title" for i in (0, 1)} <= reasons(result).keys()


def test_an_organisation_on_the_other_side_of_another_person_is_rejected() -> None:
    text = "Ticaret Bakanlığı'ndan Ayşe Demir ile Sanayi Odası'ndan Can Kaya görüştü."
    who = [
        {"kind": "person", "name": "Ayşe Demir", "organisation": "Ticaret Bakanlığı"},
        {"kind": "person", "name": "Can Kaya", "organisation": "Ticaret Bakanlığı"},
    ]
    result = grounded(read(Article.from_text(text, id="a")), event(participants=who))
    assert [part.organisation for part in result.events[0].participants] == ["Ticaret Bakanlığı", None]


@pytest.mark.parametrize("written", ["Karim Fahmı", "KARIM FAHMI", "“Karim Fahmi”", "Karím Fahmi’nin"])
def test_a_name_written_a_little_differently_is_the_articles_own(reading: Reading, written: str) -> None:
    (found,) = grounded(reading, event(participants=[{"kind": "person", "name": written}])).events
    assert [(part.name, part.title) for part in found.participants] == [("Karim Fahmi", "Mısır Sanayi Bakanı")]


@pytest.mark.parametrize("written", ["Kerem Fahmi", "Ayşen Demir", "Fehmi", "Karim", "bir", "8,2"])
def test_another_name_is_nobodys(reading: Reading, written: str) -> None:
    (found,) = grounded(reading, event(participants=[{"kind": "person", "name": written}])).events
    # part of a name stands for the whole
    assert [part.name for part in found.participants] == (["Karim Fahmi"] if written == "Karim" else [])


def test_a_surname_is_that_of_the_person_in_the_cited_sentences() -> None:
    text = "Bakan Ayşe Demir İzmir'e gitti. Bakan Ali Demir Bursa'da konuştu."
    reading = read(Article.from_text(text, id="a"))
    who = [{"kind": "person", "name": "Demir"}]
    result = grounded(reading, event(sentences=[1], participants=who), event(sentences=[2], participants=who))
    assert [part.name for found in result.events for part in found.participants] == ["Ayşe Demir", "Ali Demir"]


def test_instruments_organisations_and_places_are_found_by_a_slip(reading: Reading) -> None:
    found = grounded(
        reading,
        event(
            sentences=[4],
            place="Misir",
            instruments=[{"name": "Gumruk İs Birligi Protokolu"}, {"name": "Gümrük İş Birliği Sözleşmesi"}],
        ),
    ).events[0]
    assert found.place is not None
    assert (found.place.text, found.place.country) == ("Mısır", "EG")
    assert [part.name for part in found.instruments] == ["Gümrük İş Birliği Protokolü"]


@pytest.mark.measurement
def test_grounding_takes_little_time(reading: Reading) -> None:
    people = [{"kind": "person", "name": name} for name in ("Demir", "Karim Fahmy", "Mehmet Kaya", "Olga Petrova")]
    draft = [event(sentences=[1, 2], participants=people, place="Kahire", countries=["EG"]) for _ in range(6)]
    seconds = []
    for _ in range(5):
        started = time.process_time()
        grounded(reading, *draft)
        seconds.append(time.process_time() - started)
    assert min(seconds) < 0.01


def test_a_figure_is_what_was_read_not_what_was_answered(reading: Reading) -> None:
    ids = {figure.text: reading.figure_id(figure) for figure in reading.figures}
    amount = next(id_ for text, id_ in ids.items() if text.startswith("8,2"))
    result = grounded(reading, event(sentences=[2], figures=[{"figure": amount}, {"figure": "F99"}, {"figure": "8,2"}]))
    (figure,) = result.events[0].figures
    assert (str(figure.value), figure.currency, figure.unit) == ("8200000000", "USD", "currency")
    assert TEXT[figure.start : figure.end] == figure.text
    assert {"events[0].figures[1].figure", "events[0].figures[2].figure"} <= reasons(result).keys()


def test_dates_follow_from_dates_that_were_read(reading: Reading) -> None:
    result = grounded(
        reading,
        event(date="P"),
        event(sentences=[2], type="economic_statistic", date="D1"),
        event(sentences=[3], date="D7"),
    )
    published, year, invented = (found.date for found in result.events)
    assert published is not None
    assert (published.first, published.last, published.basis) == (date(2026, 3, 5), date(2026, 3, 5), "publication")
    assert (published.text, published.start, published.end) == (None, None, None)
    assert year is not None
    assert (year.first, year.last, year.precision) == (date(2025, 1, 1), date(2025, 12, 31), "year")
    assert TEXT[year.start : year.end] == year.text
    assert invented is None
    assert "events[2].date" in reasons(result)


def test_without_a_publication_date_there_is_none() -> None:
    undated = read(Article.from_text(TEXT, id="a"))
    result = grounded(undated, event(date="P"))
    assert result.events[0].date is None
    assert "events[0].date" in reasons(result)


def test_countries_are_those_the_article_names(reading: Reading) -> None:
    result = grounded(reading, event(countries=["TR", "eg", "FR"]))
    assert result.events[0].countries == ("TR", "EG")
    assert reasons(result)["events[0].countries[2]"] is RejectionCode.COUNTRY_NOT_NAMED


def test_choices_outside_the_taxonomy_are_rejected_not_kept(reading: Reading) -> None:
    result = grounded(reading, event(type="war", status="maybe", participants=[{"name": "Demir", "role": "king"}]))
    found = result.events[0]
    assert found.type == "other"
    assert found.status in default_taxonomy().ids("statuses")
    assert found.participants[0].role == "attendee"
    assert reasons(result) == {
        "events[0].type": RejectionCode.UNKNOWN_TYPE,
        "events[0].status": RejectionCode.UNKNOWN_STATUS,
        "events[0].participants[0].role": RejectionCode.UNKNOWN_ROLE,
    }


@pytest.mark.parametrize(
    "headline",
    [
        "Ticaret 8,2 milyon dolara çıktı.",
        "Demir, Kahire'de Jean Dupont ile görüştü.",
        "The two ministers met in Cairo and signed a protocol on customs cooperation.",
        "Demir görüştü 合作 Kahire'de.",
        "Demir geldi. Demir geldi.",
        "Ticaret 99 katına çıktı.",
        "<b>Demir</b> geldi.",
    ],
)
def test_headlines_that_may_not_be_shown_give_way_to_verified_words(reading: Reading, headline: str) -> None:
    result = grounded(reading, event(headline=headline))
    assert result.events[0].headline == result.events[0].evidence[0].quote
    assert result.rejected[0].path == "events[0].headline"
    assert result.rejected[0].claim == headline


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        (1, "Ayşe Demir, Kahire'de Karim Fahmi ile görüştü."),
        (2, "İki ülke ticareti 8,2 milyar dolara yükseldi."),
        (3, "Demir, 15 milyar dolarlık ticaret hedeflediklerini belirtti."),
    ],
)
def test_sound_headlines_stay(reading: Reading, sentence: int, headline: str) -> None:
    drafted = event(sentences=[sentence], type="other", headline=headline)
    assert grounded(reading, drafted).events[0].headline == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Demir ile Fahmi, gümrük protokolünü imzaladı.",
        "Türkiye ile Mısır arasında Gümrük İş Birliği Protokolü imzalandı.",
    ],
)
def test_a_headline_may_say_that_something_was_signed_only_if_the_events_own_sentences_do(
    reading: Reading, headline: str
) -> None:
    invented = grounded(reading, event(sentences=[1, 2, 3], headline=headline))
    assert invented.events[0].headline == invented.events[0].evidence[0].quote
    assert [(found.path, found.claim) for found in invented.rejected] == [("events[0].headline", headline)]
    told = grounded(reading, event(sentences=[1, 4], headline=headline))
    assert told.events[0].headline.startswith(headline)
    assert told.rejected == ()


def test_the_same_event_twice_becomes_one(reading: Reading) -> None:
    who = [{"kind": "person", "name": "Ayşe Demir"}]
    result = grounded(reading, event(countries=["TR"]), event(countries=["EG"], participants=who))
    (found,) = result.events
    assert found.countries == ("TR", "EG")
    assert [part.name for part in found.participants] == ["Ayşe Demir"]


def test_a_summary_that_may_not_be_shown_is_made_of_headlines(reading: Reading) -> None:
    result = grounded(reading, event(), summary="The ministers met.")
    assert result.summary == result.events[0].headline


ANYTHING = st.text(max_size=60) | st.sampled_from(
    ["Demir", "F1", "D1", "P", "TR", "8,2 milyar dolar", "Kahire", "Bakanı"]
)
EVENTS = st.lists(
    st.fixed_dictionaries(
        {
            "sentences": st.lists(st.integers(-3, 12), max_size=4),
            "type": ANYTHING,
            "status": ANYTHING,
            "headline": ANYTHING,
            "date": st.none() | ANYTHING,
            "place": st.none() | ANYTHING,
            "countries": st.lists(ANYTHING, max_size=3),
            "participants": st.lists(
                st.fixed_dictionaries(
                    {
                        "kind": ANYTHING,
                        "name": ANYTHING,
                        "title": st.none() | ANYTHING,
                        "country": ANYTHING,
                        "role": ANYTHING,
                    }
                ),
                max_size=3,
            ),
            "figures": st.lists(st.fixed_dictionaries({"figure": ANYTHING, "measure": ANYTHING}), max_size=3),
            "instruments": st.lists(st.fixed_dictionaries({"kind": ANYTHING, "name": ANYTHING}), max_size=2),
        }
    ),
    max_size=3,
)


@given(events=EVENTS, summary=ANYTHING)
def test_whatever_is_drafted_only_the_articles_own_words_and_values_come_through(
    events: list[dict[str, Any]], summary: str
) -> None:
    reading = read(Article.from_text(TEXT, id="a", published=date(2026, 3, 5)))
    result = grounded(reading, *events, summary=summary)
    values = {(figure.value, figure.currency) for figure in reading.figures}
    for found in result.events:
        assert found.evidence
        for piece in found.evidence:
            assert TEXT[piece.start : piece.end] == piece.quote
        for part in found.participants:
            assert TEXT[part.start : part.end] == part.name
            assert part.title is None or part.title in TEXT
        for instrument in found.instruments:
            assert TEXT[instrument.start : instrument.end] == instrument.name
        for figure in found.figures:
            assert TEXT[figure.start : figure.end] == figure.text
            assert (figure.value, figure.currency) in values
        if found.date is not None:
            assert (found.date.text is None) is (found.date.basis == "publication")
            assert found.date.text is None or TEXT[found.date.start : found.date.end] == found.date.text
        assert set(found.countries) <= {"TR", "EG"}
        assert found.place is None or found.place.text in TEXT
        for said in read_figures(found.headline, "tr"):
            assert (said.value, said.currency) in values
