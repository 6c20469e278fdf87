"""Who visits whom, and which countries take part, by the countries of people and of the place."""

from __future__ import annotations

from datetime import date

import pytest

from ozetle.articles import Article
from ozetle.extracting.strategies.evidence import Mentions, roles
from ozetle.extracting.taxonomy import EventType, default_taxonomy
from ozetle.reading import Reading, read


def reading(text: str) -> Reading:
    return read(Article.from_text(text, id="a", published=date(2026, 3, 5)))


def told(text: str, type_: str = "official_visit") -> list[tuple[str, str]]:
    """The surname and the role of each person of an event that the whole text reports."""
    article, taxonomy = reading(text), default_taxonomy()
    kind = next(kind for kind in taxonomy.types if kind.id == type_)
    participants = Mentions(article, article.content).participants
    found = zip(participants, roles(article, participants, article.content, kind, taxonomy), strict=True)
    return [(mention.name.split()[-1], role) for mention, role in found if mention.kind == "person"]


def countries(text: str, sentences: int = 1) -> list[str]:
    """The countries of an event that the first sentences report."""
    article = reading(text)
    return Mentions(article, article.content[:sentences]).countries


@pytest.mark.parametrize("type_", ["official_visit", "bilateral_meeting"])
def test_a_minister_is_host_in_the_own_capital(type_: str) -> None:
    text = "Ticaret Bakanı Ayşe Demir dün Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi."
    assert told(text, type_) == [("Demir", "host"), ("Fahmi", "visitor")]


@pytest.mark.parametrize("type_", ["official_visit", "bilateral_meeting"])
def test_who_is_met_at_home_by_a_visitor_named_first_is_the_counterpart(type_: str) -> None:
    text = "Mısır Sanayi Bakanı Karim Fahmi, Ankara'ya gelerek Ticaret Bakanı Ayşe Demir ile görüştü."
    assert told(text, type_) == [("Fahmi", "visitor"), ("Demir", "counterpart")]


@pytest.mark.parametrize("type_", ["official_visit", "bilateral_meeting"])
def test_a_turkish_minister_abroad_is_the_visitor(type_: str) -> None:
    text = "Ticaret Bakanı Ayşe Demir, Türkiye heyetiyle Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert told(text, type_) == [("Demir", "visitor"), ("Fahmi", "counterpart")]


def test_a_foreign_minister_named_first_at_home_is_host() -> None:
    text = "Mısır Sanayi Bakanı Karim Fahmi, Kahire'de Ticaret Bakanı Ayşe Demir ile Türkiye yatırımlarını görüştü."
    assert told(text) == [("Fahmi", "host"), ("Demir", "visitor")]


def test_who_receives_is_host_whoever_is_named_first() -> None:
    text = "Gürcistan Başbakanı Giorgi Lomidze'yi Bişkek'te Kırgızistan Cumhurbaşkanı Azamat Toktorov kabul etti."
    assert told(text, "bilateral_meeting") == [("Lomidze", "visitor"), ("Toktorov", "host")]


def test_the_country_of_the_place_may_be_named_itself() -> None:
    text = (
        "Macaristan Dışişleri Bakanı Ferenc Kovacs, Kuzey Makedonya'da Kuzey Makedonya Başbakanı Goran Petrov ile "
        "bir araya geldi."
    )
    assert told(text, "bilateral_meeting") == [("Kovacs", "visitor"), ("Petrov", "counterpart")]
    text = (
        "Kazakistan Sanayi Bakanı Daniyar Ospanov, Kazakistan'da Özbekistan Sanayi Bakanı Rustam Karimov ile görüştü."
    )
    assert told(text) == [("Ospanov", "host"), ("Karimov", "visitor")]


def test_whose_country_is_unknown_is_the_counterpart_beside_two_sides() -> None:
    text = (
        "Ticaret Bakanı Ayşe Demir dün Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
        "Demir, Ticaret Odası Başkanı Kemal Aydın ile de görüştü."
    )
    assert told(text) == [("Demir", "host"), ("Fahmi", "visitor"), ("Aydın", "counterpart")]


@pytest.mark.parametrize(
    "text",
    [
        # within the own country
        "Ticaret Bakanı Ayşe Demir, Konya'ya gelerek Sanayi Bakanı Kemal Aydın ile görüştü.",
        # a third country
        "Ticaret Bakanı Ayşe Demir, Cenevre'de Mısır Sanayi Bakanı Karim Fahmi ile görüştü.",
        # no place, and one whose country is not known
        "Ticaret Bakanı Ayşe Demir, Mısır Sanayi Bakanı Karim Fahmi ile Türkiye'ye yatırımları görüştü.",
        "Ticaret Bakanı Ayşe Demir, Avaza'da Mısır Sanayi Bakanı Karim Fahmi ile Türkiye pazarını görüştü.",
        # no title, one of no state, and one of a ministry that Türkiye has not
        "Ayşe Demir, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü.",
        "Oda Başkanı Ayşe Demir, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü.",
        "Ekonomi Bakanı Ayşe Demir, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü.",
    ],
)
def test_where_it_cannot_be_told_the_first_named_visits(text: str) -> None:
    assert [role for _, role in told(text)] == ["visitor", "counterpart"]


def test_of_places_in_two_countries_none_is_taken() -> None:
    text = "Ticaret Bakanı Ayşe Demir, Ankara'da ve Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert told(text, "bilateral_meeting") == [("Demir", "counterpart"), ("Fahmi", "counterpart")]


def test_a_translated_article_leaves_its_own_country_out_too() -> None:
    text = (
        "Kırgızistan Cumhurbaşkanı Azamat Toktorov toplantıda konuştu. "
        "Dışişleri Bakanı Bakıt Sadıkov, Bişkek'te Tacikistan Dışişleri Bakanı Kerim Rahimov ile görüştü."
    )
    assert told(text) == [("Toktorov", "host"), ("Sadıkov", "counterpart"), ("Rahimov", "visitor")]


def test_an_article_that_names_turkiye_in_its_ministers_titles_may_be_a_translation() -> None:
    text = (
        "Dışişleri Bakanı Elçin Memmedov, Ankara'da Gürcistan Dışişleri Bakanı Giorgi Lomidze ile görüştü. "
        "Toplantıya Türkiye Dışişleri Bakanı Ayşe Demir de katıldı."
    )
    assert told(text) == [("Memmedov", "counterpart"), ("Lomidze", "visitor"), ("Demir", "counterpart")]


def test_the_second_of_two_officials_may_share_the_country_of_the_first() -> None:
    text = (
        "Ticaret Bakanı Ayşe Demir, Ankara'da Mısır Cumhurbaşkanı Karim Fahmi ve Dışişleri Bakanı Samir Nasser ile "
        "bir araya geldi."
    )
    assert told(text) == [("Demir", "host"), ("Fahmi", "visitor"), ("Nasser", "counterpart")]


def test_a_minister_of_a_region_is_not_of_turkiye() -> None:
    text = "Tataristan Sanayi Bakanı Marat Sadıkov, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert told(text) == [("Sadıkov", "visitor"), ("Fahmi", "counterpart")]


def test_companions_attend() -> None:
    text = (
        "Ticaret Bakanı Ayşe Demir, 5-6 Nisan'da Kahire'ye gidecek. Demir'e Sanayi Odası Başkanı Kemal Aydın, İhracat "
        "Konseyi Başkanı Hande Köprülü ve Fuar Müdürü Nevzat Ilgar'ın eşlik etmesi bekleniyor."
    )
    companions = [("Aydın", "attendee"), ("Köprülü", "attendee"), ("Ilgar", "attendee")]
    assert told(text) == [("Demir", "visitor"), *companions]


def test_where_diplomats_are_says_nothing_of_who_visits_whom() -> None:
    text = "Ticaret Bakanı Ayşe Demir, Ankara'da Mısır'ın Ankara Büyükelçisi Karim Fahmi ile görüştü."
    assert told(text) == [("Demir", "visitor"), ("Fahmi", "counterpart")]
    text = "Ticaret Bakanı Ayşe Demir, Ankara'da Mısır Büyükelçisi Karim Fahmi ile görüştü."
    assert told(text) == [("Demir", "visitor"), ("Fahmi", "counterpart")]


def test_a_title_of_a_bloc_or_of_two_countries_is_of_none() -> None:
    text = "BM Türkiye Temsilcisi Karim Fahmi, Ankara'da Mısır Sanayi Bakanı Samir Nasser ile görüştü."
    assert told(text) == [("Fahmi", "visitor"), ("Nasser", "counterpart")]
    text = "Türkiye-Mısır İş Konseyi Başkanı Kemal Aydın, Ankara'da Mısır Sanayi Bakanı Samir Nasser ile görüştü."
    assert told(text) == [("Aydın", "visitor"), ("Nasser", "counterpart")]


def test_a_city_in_the_title_tells_the_country() -> None:
    text = "İstanbul Valisi Kemal Aydın, İstanbul'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert told(text) == [("Aydın", "host"), ("Fahmi", "visitor")]


def test_other_types_keep_their_roles() -> None:
    article = reading("Ticaret Bakanı Ayşe Demir, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile yürüdü.")
    participants = Mentions(article, article.content).participants
    walk = EventType(id="walk", label="yürüyüş")
    assert roles(article, participants, article.content, walk, default_taxonomy()) == ["attendee", "attendee"]
    text = "Ticaret Bakanı Ayşe Demir ve Mısır Sanayi Bakanı Karim Fahmi, Ankara'da protokolü imzaladı."
    assert told(text, "agreement_signed") == [("Demir", "signatory"), ("Fahmi", "signatory")]


def test_turkiye_takes_part_by_its_minister_if_the_article_names_it() -> None:
    met = "Ticaret Bakanı Ayşe Demir, Ankara'da Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert countries(f"{met} Mısır ile Türkiye arasındaki ticaret arttı.") == ["EG", "TR"]
    assert countries(met) == ["EG"]


def test_turkiye_takes_no_part_without_its_minister_or_without_anyone_else() -> None:
    said = "Mısır ile Türkiye arasındaki ticaret arttı."
    assert countries(f"Mısır Sanayi Bakanı Karim Fahmi ile Oda Başkanı Ayşe Demir görüştü. {said}") == ["EG"]
    assert countries(f"Ticaret Bakanı Ayşe Demir Mısır pazarını anlattı. {said}") == ["EG"]


def test_a_country_is_told_once() -> None:
    text = "Ticaret Bakanı Ayşe Demir, Türkiye adına Mısır Sanayi Bakanı Karim Fahmi ile görüştü."
    assert countries(text) == ["TR", "EG"]
