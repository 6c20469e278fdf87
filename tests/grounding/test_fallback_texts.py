from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ozetle.articles import Article
from ozetle.digests.digest import Event, EventDate, EventFigure, Evidence, Instrument, Participant, Place
from ozetle.extracting.taxonomy import EventType, Taxonomy, default_taxonomy
from ozetle.grounding.fallback_texts import NOTHING, headline_of, summary_of
from ozetle.reading import Reading, read
from ozetle.reasons import FlagCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation

TEXT = (
    "Trade reached about $8.95 billion between January and November 2025, up 4.5 percent. "
    "More than 3,000 companies, 12 factories, 20 thousand tons and up to 5 million euros were counted."
)
FIGURES = {figure.text: figure for figure in read(Article.from_text(TEXT, id="a", language="en")).figures}
TRADE, SHARE, FIRMS, FACTORIES, TONS, EUROS = FIGURES

DAY = EventDate(text="x", first=date(2026, 3, 5), last=date(2026, 3, 5), precision="day", basis="explicit")
MONTH = EventDate(text="x", first=date(2026, 5, 1), last=date(2026, 5, 31), precision="month", basis="resolved")
RANGE = EventDate(text="x", first=date(2025, 6, 10), last=date(2025, 6, 11), precision="range", basis="resolved")
ELEVEN = EventDate(text="x", first=date(2025, 1, 1), last=date(2025, 11, 30), precision="range", basis="explicit")
YEAR = EventDate(text="x", first=date(2026, 1, 1), last=date(2026, 12, 31), precision="year", basis="explicit")
NEXT_YEAR = EventDate(text="x", first=date(2027, 1, 1), last=date(2027, 12, 31), precision="year", basis="explicit")
UNTIL = EventDate(text="x", first=None, last=date(2025, 12, 31), precision="year", basis="explicit")
PUBLISHED = EventDate(text=None, first=date(2026, 3, 6), last=date(2026, 3, 6), precision="day", basis="publication")


def reading(text: str = TEXT, language: str = "en", published: date | None = date(2026, 3, 6)) -> Reading:
    return read(Article.from_text(text, id="a", language=language, published=published))


def person(name: str, turkish_name: str | None = None) -> Participant:
    return Participant(
        kind="person", name=name, turkish_name=turkish_name, title="minister", organisation=None, country=None,
        role="attendee", start=0, end=len(name),
    )  # fmt: skip


def body(name: str) -> Participant:
    return person(name).model_copy(update={"kind": "organisation"})


def figure(text: str, measure: str | None = None) -> EventFigure:
    known = FIGURES[text]
    return EventFigure(
        text=text, value=known.value, upper=known.upper, unit=known.unit, currency=known.currency, measure=measure,
        start=known.start, end=known.end,
    )  # fmt: skip


def place(text: str, turkish_name: str | None = None) -> Place:
    return Place(text=text, turkish_name=turkish_name, country=None)


def paper(kind: str) -> Instrument:
    return Instrument(kind=kind, name="memorandum", start=0, end=10)


def event(type: str, countries: str = "", status: str = "occurred", **parts: Any) -> Event:
    known: dict[str, Any] = {"date": None, "place": None, "participants": (), "figures": (), "instruments": ()}
    quoted = (Evidence(sentence=1, start=0, end=5, quote=TEXT[:5]),)
    return Event(
        type=type, status=status, headline="", countries=tuple(countries.split()), evidence=quoted, **{**known, **parts}
    )


AYSE, KARIM, ALI, VELI = (
    person("Ayşe Demir"),
    person("Karim Fahmy", "Karim Fahmi"),
    person("Ali Kaya"),
    person("Veli Er"),
)
CAIRO = place("Cairo", "Kahire")

HEADLINES = [
    (event("bilateral_meeting", "EG TR", participants=(AYSE, KARIM), place=CAIRO, date=DAY),
     "Türkiye–Mısır: Ayşe Demir ile Karim Fahmi görüşmesi, Kahire, 5 Mart 2026."),
    (event("bilateral_meeting", participants=(AYSE, KARIM)), "Ayşe Demir ile Karim Fahmi görüşmesi."),
    (event("bilateral_meeting", "TR EG"), "Türkiye–Mısır: ikili görüşme."),
    (event("bilateral_meeting", participants=(AYSE,)), "İkili görüşme: Ayşe Demir."),
    (event("bilateral_meeting", participants=(AYSE, body("Chamber of Trade"))), "İkili görüşme: Ayşe Demir."),
    (event("bilateral_meeting", participants=(AYSE, KARIM, ALI)), "İkili görüşme: Ayşe Demir, Karim Fahmi, Ali Kaya."),
    (event("bilateral_meeting", "TR EG", participants=(AYSE, KARIM), figures=(figure(TRADE),)),
     "Türkiye–Mısır: Ayşe Demir ile Karim Fahmi görüşmesi (yaklaşık 8,95 milyar dolar)."),
    (event("bilateral_meeting", "TR EG", "cancelled", participants=(AYSE, KARIM)),
     "Türkiye–Mısır: Ayşe Demir ile Karim Fahmi görüşmesi (iptal edildi)."),
    (event("joint_mechanism_meeting", "KZ TR", participants=(AYSE, KARIM), date=PUBLISHED),
     "Türkiye–Kazakistan: ortak mekanizma toplantısı (Ayşe Demir, Karim Fahmi)."),
    (event("joint_mechanism_meeting", "AZ", date=RANGE), "Azerbaycan: ortak mekanizma toplantısı, 10–11 Haziran 2025."),
    (event("joint_mechanism_meeting", participants=(AYSE, KARIM, ALI, VELI)),
     "Ortak mekanizma toplantısı: Ayşe Demir, Karim Fahmi, Ali Kaya ve diğerleri."),
    (event("official_visit", "TR", "planned", participants=(AYSE,), date=MONTH),
     "Türkiye: resmî ziyaret (Ayşe Demir), Mayıs 2026."),
    (event("official_visit", place=CAIRO, date=NEXT_YEAR), "Resmî ziyaret, Kahire, 2027."),
    (event("promotion_event", date=DAY), "Tanıtım etkinliği, 5 Mart 2026."),
    (event("promotion_event", "US"), "ABD: tanıtım etkinliği."),
    (event("promotion_event", "IQ TR EG", place=place("Baku", "Bakü")),
     "Türkiye, Irak, Mısır: tanıtım etkinliği, Bakü."),
    (event("promotion_event", "DE FR IT ES TR"), "Türkiye, Almanya, Fransa, İtalya ve 1 ülke daha: tanıtım etkinliği."),
    (event("agreement_signed", date=YEAR), "İmzalanan belge (6 Mart 2026 tarihli haber)."),
    (event("agreement_signed", "TR EG", date=YEAR), "Türkiye–Mısır: imzalanan belge."),
    (event("agreement_signed", "TR EG", instruments=(paper("memorandum"),), place=CAIRO),
     "Türkiye–Mısır: imzalanan mutabakat zaptı, Kahire."),
    (event("agreement_signed", instruments=(paper("protocol"), paper("plan"), paper("protocol")), date=DAY),
     "İmzalanan protokol ve plan, 5 Mart 2026."),
    (event("agreement_signed", "TR", instruments=(paper("other"),)), "Türkiye: imzalanan belge."),
    (event("agreement_signed", "TR EG", "planned"), "Türkiye–Mısır: imzalanacak belge."),
    (event("agreement_signed", "TR EG", "planned", instruments=(paper("agreement"),), date=MONTH),
     "Türkiye–Mısır: imzalanacak anlaşma, Mayıs 2026."),
    (event("agreement_signed", "TR EG", "denied"), "Türkiye–Mısır: imza (gerçekleşmedi)."),
    (event("official_visit", "TR", "cancelled", participants=(AYSE,)),
     "Türkiye: resmî ziyaret (iptal edildi) (Ayşe Demir)."),
    (event("trade_measure", "US", "stated"), "ABD: ticaret önlemi (açıklandı)."),
    (event("economic_statistic", "TR", "expected", figures=(figure(TRADE, "ticaret hacmi"),)),
     "Türkiye: beklenen ticaret hacmi yaklaşık 8,95 milyar dolar."),
    (event("decision_adopted", "US", date=PUBLISHED), "ABD: alınan karar."),
    (event("decision_adopted", "US", "planned"), "ABD: beklenen karar."),
    (event("decision_adopted", date=PUBLISHED), "Alınan karar (6 Mart 2026 tarihli haber)."),
    (event("decision_adopted", "TR", instruments=(paper("plan"),)), "Türkiye: alınan karar."),
    (event("proposal_made", status="stated", participants=(AYSE, KARIM)), "Öneri: Ayşe Demir, Karim Fahmi."),
    (event("target_set", "TR US", "targeted", figures=(figure(TRADE, "ticaret hacmi"),)),
     "Türkiye–ABD: hedeflenen ticaret hacmi yaklaşık 8,95 milyar dolar."),
    (event("target_set", "TR US", "targeted", figures=(figure(TRADE),)),
     "Türkiye–ABD: hedef (yaklaşık 8,95 milyar dolar)."),
    (event("economic_statistic", "KZ TR", figures=(figure(TRADE),), date=ELEVEN),
     "Türkiye–Kazakistan: ekonomik veri (yaklaşık 8,95 milyar dolar), Ocak–Kasım 2025."),
    (event("economic_statistic", "KZ TR", figures=(figure(TRADE, "ticaret hacmi"),), date=ELEVEN),
     "Türkiye–Kazakistan: ticaret hacmi yaklaşık 8,95 milyar dolar, Ocak–Kasım 2025."),
    (event("economic_statistic", figures=(figure(TRADE, "ticaret hacmi"), figure(SHARE, "artış")),
           participants=(AYSE,)),
     "Ticaret hacmi yaklaşık 8,95 milyar dolar, artış yüzde 4,5 (Ayşe Demir)."),
    (event("economic_statistic", "TR", figures=(figure(TRADE, "ticaret hacmi"), figure(SHARE))),
     "Türkiye: ekonomik veri (ticaret hacmi yaklaşık 8,95 milyar dolar, yüzde 4,5)."),
    (event("economic_statistic", figures=(figure(SHARE),), date=YEAR), "Ekonomik veri: yüzde 4,5, 2026."),
    (event("economic_statistic", "TR", figures=(figure(FIRMS),)), "Türkiye: ekonomik veri (en az 3.000 şirket)."),
    (event("economic_statistic", "TR", figures=(figure(FACTORIES),)), "Türkiye: ekonomik veri."),
    (event("economic_statistic", "TR", figures=(figure(FACTORIES, "fabrika sayısı"),)), "Türkiye: fabrika sayısı 12."),
    (event("economic_statistic", figures=(figure(TONS), figure(TONS))), "Ekonomik veri: 20.000 ton."),
    (event("project_cooperation", "TR KZ", figures=(figure(EUROS),), date=UNTIL),
     "Türkiye–Kazakistan: proje iş birliği (en çok 5 milyon avro), 2025'e kadar."),
    (event("support_programme", "TR", "planned"), "Türkiye: destek programı."),
    (event("trade_measure", "US EG"), "ABD–Mısır: ticaret önlemi."),
    (event("official_statement", "XN", "stated", participants=(AYSE,)), "Kuzey Kıbrıs: açıklama (Ayşe Demir)."),
    (event("other", "TR"), "Türkiye: gelişme."),
    (event("official_visit", place=place("the ministry")), "Resmî ziyaret (6 Mart 2026 tarihli haber)."),
    (event("official_visit", "EG", place=place("Egypt", "Mısır")), "Mısır: resmî ziyaret."),
]  # fmt: skip


@pytest.mark.parametrize(("told", "headline"), HEADLINES, ids=[headline for _, headline in HEADLINES])
def test_a_headline_of_verified_parts(told: Event, headline: str) -> None:
    assert headline_of(told, reading(), default_taxonomy()) == headline


def test_of_an_article_without_a_day_nothing_is_said_of_it() -> None:
    assert headline_of(event("decision_adopted"), reading(published=None), default_taxonomy()) == "Alınan karar."


def test_a_desk_s_own_label_stands() -> None:
    ours = default_taxonomy()
    types = tuple(
        EventType(id=term.id, label="ihale sonucu") if term.id == "agreement_signed" else term for term in ours.types
    )
    named: Taxonomy = ours.model_copy(update={"types": types})
    told = event("agreement_signed", "TR", "planned", instruments=(paper("protocol"),))
    assert headline_of(told, reading(), named) == "Türkiye: ihale sonucu."
    assert headline_of(event("agreement_signed", date=DAY), reading(), named) == "İhale sonucu, 5 Mart 2026."


def test_a_short_turkish_sentence_is_the_headline() -> None:
    text = "Bakan Ayşe Demir Kahire'de görüştü"
    quoted = Evidence(sentence=1, start=0, end=len(text), quote=text)
    told = event("bilateral_meeting").model_copy(update={"evidence": (quoted,)})
    assert headline_of(told, reading(text, "tr"), default_taxonomy()) == f"{text}."
    long = told.model_copy(update={"evidence": (quoted.model_copy(update={"quote": "Uzun " * 40}),)})
    assert headline_of(long, reading(text, "tr"), default_taxonomy()) == "İkili görüşme (6 Mart 2026 tarihli haber)."


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Exports were more than $7 million.", "en", "en az 7 milyon dolar"),
        ("Exports were no more than $7 million.", "en", "en çok 7 milyon dolar"),
        ("Exports were not less than $7 million.", "en", "en az 7 milyon dolar"),
        ("Exports did not reach about $7 million.", "en", "yaklaşık 7 milyon dolar"),
        ("Eksportet ishin jo më shumë se 7 milionë dollarë.", "sq", "en çok 7 milyon dolar"),
        ("Экспорт составил не более 7 млн долларов.", "ru", "en çok 7 milyon dolar"),
        ("İxrac 7 milyon dollardan az olmayıb.", "az", "en az 7 milyon dolar"),
    ],
)
def test_how_exact_a_figure_is(text: str, language: str, words: str) -> None:
    (known,) = read(Article.from_text(text, id="a", language=language)).figures
    part = EventFigure(
        text=known.text, value=known.value, unit=known.unit, currency=known.currency, measure=None, start=known.start,
        end=known.end,
    )  # fmt: skip
    told = event("economic_statistic", figures=(part,))
    assert headline_of(told, reading(text, language), default_taxonomy()) == f"Ekonomik veri: {words}."


def test_of_a_turkish_article_counts_are_said() -> None:
    text = "Ülkede " + "çok uzun bir cümleyle anlatıldığı gibi " * 5 + "46 ilde artış oldu."
    (count,) = read(Article.from_text(text, id="a", language="tr")).figures
    part = EventFigure(
        text=count.text, value=count.value, unit="count", currency=None, measure=None, start=count.start, end=count.end
    )
    quoted = Evidence(sentence=1, start=0, end=len(text), quote=text)
    told = event("economic_statistic", "TR", figures=(part,)).model_copy(update={"evidence": (quoted,)})
    assert headline_of(told, reading(text, "tr"), default_taxonomy()) == "Türkiye: ekonomik veri (46 il)."


def test_a_sound_translation_is_the_headline() -> None:
    sentence = TranslatedSentence(number=1, source="-", text="Bakanlar görüştü.", flags=())
    told = event("bilateral_meeting", "TR EG")
    sound = headline_of(told, reading(), default_taxonomy(), Translation(sentences=(sentence,)))
    flagged = sentence.model_copy(update={"flags": (flag(FlagCode.NAME_MISSING, source="Ana"),)})
    doubtful = headline_of(told, reading(), default_taxonomy(), Translation(sentences=(flagged,)))
    assert (sound, doubtful) == ("Bakanlar görüştü.", "Türkiye–Mısır: ikili görüşme.")


def test_a_summary_has_the_first_headlines_and_statements_last() -> None:
    types = ("official_statement", "bilateral_meeting", "agreement_signed", "target_set")
    events = [event(type_).model_copy(update={"headline": f"{type_}."}) for type_ in types]
    assert summary_of(events, reading(), default_taxonomy()) == "bilateral_meeting. agreement_signed. target_set."
    assert summary_of([], reading(), default_taxonomy()) == NOTHING
