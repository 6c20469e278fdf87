from __future__ import annotations

from datetime import date
from typing import Any

from ozetle.digests.digest import Digest, EventDate, Evidence, Rejection
from ozetle.reasons import FlagCode, Refusal, RejectionCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation
from ozetle.views.report.content import content_of
from tests.views.report.samples import digest, event, failure, figure

TEXT = "Bakan geldi. Heyet 3 ila 5 milyon dolar istedi."


def shown(made: Digest) -> dict[str, Any]:
    (article,) = content_of([made], []).index["articles"]
    return dict(article)


def test_an_event_keeps_what_lists_and_filters_need() -> None:
    when = EventDate(
        text="mayısta", first=date(2026, 5, 1), last=date(2026, 5, 31), precision="month", basis="resolved"
    )
    pieces = tuple(
        Evidence(sentence=number, start=TEXT.index(quote), end=TEXT.index(quote) + len(quote), quote=quote)
        for number, quote in enumerate(("Bakan geldi.", "Heyet 3 ila 5 milyon dolar istedi."), 1)
    )
    amount = figure(TEXT, "3 ila 5 milyon dolar", "3000000.50", upper="5000000", measure="destek")
    made = event(TEXT, "Bakan geldi.", date=when, countries=("TR", "KZ"), figures=(amount,), evidence=pieces)
    (one,) = shown(digest(TEXT, [made]))["events"]
    assert (one["when"], one["first"], one["last"]) == ("Mayıs 2026", "2026-05-01", "2026-05-31")
    assert one["figures"] == [
        {
            "text": "3 ila 5 milyon dolar",
            "value": "3000000.50",
            "upper": "5000000",
            "unit": "USD",
            "measure": "destek",
            "evidence": 1,
        }
    ]
    assert dict(one["parts"])["tarih"] == ["Mayıs 2026 (“mayısta”)"]
    assert one["evidence"] == [[1, "Bakan geldi."], [2, "Heyet 3 ila 5 milyon dolar istedi."]]


def test_a_date_that_is_open_on_one_side_stands_on_the_other() -> None:
    until = EventDate(text=None, first=None, last=date(2025, 12, 31), precision="year", basis="explicit")
    unknown = EventDate(text="bir gün", first=None, last=None, precision="unknown", basis="unresolved")
    first, second = shown(digest(TEXT, [event(TEXT, TEXT, date=until), event(TEXT, TEXT, date=unknown)]))["events"]
    assert (first["first"], first["last"]) == ("2025-12-31", "2025-12-31")
    assert (second["first"], second["last"], second["when"]) == (None, None, "")


def test_labels_are_turkish() -> None:
    made = digest(TEXT, [event(TEXT, TEXT, countries=("KZ", "XN", "ZZZ"), type="own_type")], language="sq")
    labels = content_of([made], []).index["labels"]
    assert labels["countries"] == {"KZ": "Kazakistan", "XN": "Kuzey Kıbrıs", "ZZZ": "ZZZ"}
    assert labels["languages"] == {"sq": "Arnavutça"}
    assert labels["types"] == {"own_type": "own type"}
    assert labels["statuses"] == {"occurred": "gerçekleşti"}


def test_details_have_translation_rejections_and_origin() -> None:
    sentence = TranslatedSentence(
        number=1,
        source="Erdhi.",
        text="Geldi.",
        flags=(flag(FlagCode.NAME_MISSING, source="Ana"), flag(FlagCode.FIGURE_CURRENCY)),
    )
    content = content_of([digest(TEXT, translation=Translation(sentences=(sentence,)), language="sq")], [])
    (detail,) = content.details
    assert detail["sentences"] == [
        [
            1,
            "Erdhi.",
            "Geldi.",
            ["kaynaktaki “Ana” adı çeviride yok", "çeviride kaynaktakinden başka bir para birimi var"],
        ]
    ]
    assert detail["passages"] is None
    assert "local/deneme (whole)" in detail["origin"]


def test_only_web_addresses_are_linked_and_failures_are_listed() -> None:
    assert shown(digest(TEXT, article={"url": "javascript:alert(1)"}))["page"] is None
    assert shown(digest(TEXT, article={"url": "https://haber.example/1"}))["page"] == "https://haber.example/1"
    content = content_of([failure("bozuk.txt", "the text is blank")], [])
    assert content.index["failures"] == [
        {"source": "bozuk.txt", "kind": "haber okunamadı", "message": "the text is blank"}
    ]
    assert content.index["articles"] == []


def test_reasons_are_turkish() -> None:
    why = Refusal(RejectionCode.OTHER_COUNTRY, {"words": "Kahire"})
    made = digest(TEXT, [], rejected=(Rejection.of("summary", "Ali", why),))
    (details,) = content_of([made], []).details
    assert [one["reason"] for one in details["rejected"]] == ["“Kahire” haberde yok"]


def test_an_article_without_a_title_is_called_by_its_first_headline() -> None:
    article = shown(digest(TEXT, [event(TEXT, "Bakan geldi.")]))
    assert (article["title"], article["name"]) == (None, article["events"][0]["headline"].removesuffix("."))
    titled = shown(digest(TEXT, [event(TEXT, "Bakan geldi.")], article={"title": "Başlık"}))
    assert (titled["title"], titled["name"]) == ("Başlık", None)
