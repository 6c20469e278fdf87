"""A desk's own fields and labels, in every view."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import icalendar
import pytest
from pydantic import Field
from rich.console import Console

from ozetle.articles import Article
from ozetle.digests.digest import Digest, Event, EventDate, EventFigure, Participant, Place, Words
from ozetle.digests.own_fields import draft_of
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.reading import read
from ozetle.views.bulletin import bulletin_of
from ozetle.views.bulletin_pages import bulletin_html, bulletin_markdown
from ozetle.views.calendar import calendar_entries, to_ics
from ozetle.views.export import export_tables
from ozetle.views.jsonl import from_line, to_line
from ozetle.views.markdown import to_markdown
from ozetle.views.phrases import label
from ozetle.views.report.content import content_of
from ozetle.views.tables.csv import write_csv
from ozetle.views.tables.layout import FIELDS
from ozetle.views.terminal import render
from tests.views.commonmark import kinds, links, shown, tokens
from tests.views.digests import NASTY, PROVENANCE, OwnEvent, digest, event, figure, when
from tests.views.test_markdown import STRUCTURE

TEXT = (
    "Tarım Bakanlığı, seracılar için 1,5 milyar liralık destek programı başlatacak. "
    "Başvurular 20 Mayıs 2026'da Antalya'da başlayacak. "
    "Programdan domates ve biber üreticileri yararlanacak."
)
LABELS = {
    "types": {"support_programme": "sera desteği"},
    "statuses": {"planned": "yolda"},
    "roles": {"organiser": "yürüten"},
    "instrument_kinds": {"protocol": "sera protokolü"},
    "fields": {"ministry": "sorumlu bakanlık", "budgets": "bütçe"},
}


class SupportEvent(Event):
    """Hand-written for these tests."""

    ministry: Words | None = Field(None, description="the ministry in charge")
    office: Place | None = Field(None, description="where to apply")
    budgets: tuple[EventFigure, ...] = Field((), description="what it costs")
    first_day: EventDate | None = Field(None, description="from when to apply")
    crops: tuple[Literal["domates", "biber", "patlıcan"], ...] = Field((), description="crops concerned")
    effect: str | None = Field(None, description="what it changes for growers", max_length=150)


@pytest.fixture(scope="module", params=["own class", "read from a line"])
def made(request: pytest.FixtureRequest) -> Digest:
    answer = {
        "sentences": [1, 2, 3], "type": "support_programme", "status": "planned", "date": "D1",
        "headline": "Tarım Bakanlığı seracılara destek programı başlatacak.",
        "ministry": "Tarım Bakanlığı", "office": "Antalya", "budgets": ["F1"], "first_day": "D1",
        "crops": ["domates", "biber"],
        "effect": "Seracılar üretim giderlerinin bir bölümünü bu destekle karşılayabilecek ve yeni yatırım yapacak.",
    }  # fmt: skip
    reading = read(Article.from_text(TEXT, published=date(2026, 4, 1)))
    found = ground(
        draft_of(SupportEvent).model_validate({"events": [answer]}),
        reading,
        default_taxonomy(),
        event_class=SupportEvent,
    )
    assert found.rejected == ()
    whole = digest(*found.events)
    whole = whole.model_copy(update={"provenance": PROVENANCE.model_copy(update={"labels": LABELS})})
    read_again = from_line(to_line(whole))
    assert isinstance(read_again, Digest)
    return whole if request.param == "own class" else read_again


def on_terminal(result: Digest, width: int = 100) -> str:
    stream = io.StringIO()
    render(result, Console(file=stream, width=width))
    return stream.getvalue()


def rows(*given: Digest) -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_csv(FIELDS, given, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline=""), strict=True))


SAID = {
    "sorumlu bakanlık": "Tarım Bakanlığı",
    "office": "Antalya",
    "bütçe": "1,5 milyar liralık (= 1.500.000.000 TRY)",
    "first day": "20 Mayıs 2026",
    "crops": "domates; biber",
}


def test_markdown(made: Digest) -> None:
    page = shown(to_markdown(made))
    for name, said in SAID.items():
        assert f"{name}: {said}\n" in page
    assert "1. sera desteği · yolda" in page


def test_terminal(made: Digest) -> None:
    lines = [" ".join(line.split()) for line in on_terminal(made).splitlines()]
    assert "1. sera desteği · yolda" in lines
    for said in ("sorumlu bakanlık Tarım Bakanlığı", "bütçe 1,5 milyar liralık (= 1.500.000.000 TRY)", "crops domates"):
        assert said in lines


def test_a_long_name_of_a_field_leaves_room_for_its_value() -> None:
    told = OwnEvent(**dict(event()), effect="Seracılar kazanacak.")
    named = {"fields": {"effect": "üreticiler açısından beklenen ekonomik etki"}}
    whole = digest(told).model_copy(update={"provenance": PROVENANCE.model_copy(update={"labels": named})})
    assert "Seracılar kazanacak." in on_terminal(whole, width=50)


def test_bulletin(made: Digest) -> None:
    (line,) = bulletin_of([made]).sections[0].groups[0].lines
    assert line.beside == (
        "office: Antalya", "bütçe: 1,5 milyar lira", "first day: 20 Mayıs 2026",
        "crops: domates, biber",
    )  # fmt: skip
    page = shown(bulletin_markdown(bulletin_of([made])))
    assert "(office: Antalya; bütçe: 1,5 milyar lira;" in page
    assert "giderlerinin" not in page


def test_calendar(made: Digest) -> None:
    calendar: Any = icalendar.Calendar.from_ical(to_ics(calendar_entries([made])[0]))
    (found,) = calendar.walk("VEVENT")
    lines = str(found["description"]).split("\n")
    assert "sorumlu bakanlık: Tarım Bakanlığı" in lines
    assert "crops: domates; biber" in lines
    assert found["categories"].cats == ["sera desteği"]


def test_the_table_of_fields(made: Digest) -> None:
    found = rows(made)
    assert [(row["field"], row["field_label"], row["position"], row["kind"], row["text"]) for row in found] == [
        ("ministry", "sorumlu bakanlık", "1", "words", "Tarım Bakanlığı"),
        ("office", "office", "1", "place", "Antalya"),
        ("budgets", "bütçe", "1", "figure", "1,5 milyar liralık"),
        ("first_day", "first day", "1", "date", "20 Mayıs 2026"),
        ("crops", "crops", "1", "text", "domates"),
        ("crops", "crops", "2", "text", "biber"),
        ("effect", "effect", "1", "text", found[-1]["text"]),
    ]
    _, _, budget, first_day, *_ = found
    assert (budget["value"], budget["unit"], budget["currency"]) == ("1500000000", "currency", "TRY")
    assert TEXT[int(budget["start"]) : int(budget["end"])] == budget["text"]
    assert (first_day["date_first"], first_day["date_last"], first_day["date_precision"]) == ("2026-05-20",) * 2 + (
        "day",
    )
    assert {row["event"] for row in found} == {"1"}


def test_the_table_of_fields_as_parquet_and_empty(made: Digest, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    assert export_tables([made], tmp_path, "parquet")["fields"] == 7
    table = parquet.read_table(tmp_path / "fields.parquet")
    assert table.column_names == [column.name for column in FIELDS.columns]
    assert table.column("value").to_pylist()[2] == Decimal(1_500_000_000)
    assert table.column("date_last").to_pylist()[3] == date(2026, 5, 20)
    assert export_tables([digest(event())], tmp_path, "parquet")["fields"] == 0
    assert parquet.read_table(tmp_path / "fields.parquet").schema == table.schema


def test_the_report(made: Digest) -> None:
    content = content_of([made], [Article.from_text(TEXT, id="haber.txt")])
    (told,) = content.index["articles"][0]["events"]
    own = dict(told["own"])
    assert [*own] == ["sorumlu bakanlık", "Office", "bütçe", "First day", "Crops", "Effect"]
    assert own["Office"] == ["Antalya"]
    assert own["Crops"] == ["domates", "biber"]
    assert own["sorumlu bakanlık"] == [{"line": "Tarım Bakanlığı", "text": "Tarım Bakanlığı", "evidence": 0}]
    (budget,) = own["bütçe"]
    assert (budget["value"], budget["unit"], budget["measure"]) == ("1500000000", "TRY", "bütçe")
    # numbered as the page numbers what can be linked to: the event's figures first
    marked = {part: words for words, _, parts in content.details[0]["passages"] for part in parts}
    assert marked == {"0-0": "Tarım Bakanlığı", "0-1": "1,5 milyar liralık"}
    assert content.index["labels"]["types"] == {"support_programme": "sera desteği"}
    assert content.index["labels"]["statuses"] == {"planned": "yolda"}


def test_identifiers_get_no_turkish_capital() -> None:
    class Assessed(OwnEvent):
        impact: str | None = None

    told = Assessed(**dict(event("Sergi açıldı.")), impact="olumlu")
    (shown_event,) = content_of([digest(told)], []).index["articles"][0]["events"]
    assert shown_event["own"] == [("Impact", ["olumlu"])]


def test_a_figure_that_an_event_has_anyway_is_no_second_row() -> None:
    amount = figure("5 dolar", "5", measure="fiyat")
    told = OwnEvent(**{**dict(event("5 dolar verdiler.", figures=(amount,))), "budgets": (amount,)})
    (shown_event,) = content_of([digest(told)], []).index["articles"][0]["events"]
    assert shown_event["own"] == [
        ("Budgets", [{"line": "5 dolar (=\u00a05 USD) — fiyat", "text": "5 dolar", "evidence": 0}])
    ]
    assert len(shown_event["figures"]) == 1


def test_labels_of_a_digest_come_before_those_of_the_library() -> None:
    assert label("types", "agreement_signed") == "imzalanan belge"
    assert label("types", "agreement_signed", {"types": {"agreement_signed": "anlaşma"}}) == "anlaşma"
    assert label("types", "crop_export", {"roles": {"crop_export": "yanlış liste"}}) == "crop export"
    part = Participant(
        kind="organisation", name="Birlik", title=None, organisation=None, country=None, role="organiser",
        start=0, end=6,
    )  # fmt: skip
    whole = digest(event(participants=(part,)))
    whole = whole.model_copy(update={"provenance": PROVENANCE.model_copy(update={"labels": LABELS})})
    assert "Birlik — yürüten" in on_terminal(whole)
    assert "Birlik — yürüten" in shown(to_markdown(whole))


@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_fields_stay_text(nasty: str) -> None:
    budget = figure(nasty, "1", unit=nasty, currency=nasty, measure=nasty)
    own = {
        "ministry": Words(text=nasty, start=0, end=1), "office": Place(text=nasty, turkish_name=nasty, country=nasty),
        "budgets": (budget,), "deadline": when(date(2026, 5, 1)).model_copy(update={"text": nasty}), "effect": nasty,
    }  # fmt: skip
    told = OwnEvent(**{**dict(event("Duyuruldu.", status="planned", date=when(date(2026, 5, 1)))), **own})
    named = {"fields": dict.fromkeys(own, nasty)}
    whole = digest(told).model_copy(update={"provenance": PROVENANCE.model_copy(update={"labels": named})})

    for row in rows(whole):
        assert all(cell[:1] not in ("=", "@", "\t", "\r", "\n") for cell in row.values() if cell)
    assert not [char for char in on_terminal(whole) if ord(char) < 32 and char != "\n"]
    plain = digest(told.model_copy(update=dict.fromkeys(own)))
    for markdown in (to_markdown(whole), bulletin_markdown(bulletin_of([whole]))):
        assert kinds(markdown) <= STRUCTURE
        assert links(markdown) == ["https://haber.example/1"]
        assert len([token for token in tokens(markdown) if token.type == "heading_open"]) == 3
    begun = to_ics(calendar_entries([whole])[0]).split(b"\r\n").count(b"BEGIN:VEVENT")
    assert begun == 1
    page, without = bulletin_html(bulletin_of([whole])), bulletin_html(bulletin_of([plain]))
    assert page.count("<") == without.count("<")
