from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.digests.digest import Digest, EventDate, Place
from ozetle.views.calendar import calendar_entries, to_ics
from tests.views.digests import digest, digests, event, when


def planned(date_: EventDate | None, headline: str = "Forum düzenlenecek.", **changed: Any) -> Digest:
    return digest(event(headline, status="planned", date=date_, **changed))


def made(*given: Digest) -> list[Any]:
    calendar: Any = icalendar.Calendar.from_ical(to_ics(calendar_entries(given)[0]))
    return list(calendar.walk("VEVENT"))


def open_date(**known: date) -> EventDate:
    return EventDate(text=None, first=known.get("start"), last=known.get("end"), precision="day", basis="explicit")


def in_2026(month: int, day: int) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("day", "first", "after", "summary"),
    [
        (when(in_2026(5, 4)), in_2026(5, 4), in_2026(5, 5), ""),
        (when(in_2026(6, 10), in_2026(6, 11), "range"), in_2026(6, 10), in_2026(6, 12), " (10–11 Haziran 2026)"),
        (when(in_2026(6, 29), in_2026(7, 2), "range"), in_2026(6, 29), in_2026(7, 3), " (29 Haziran – 2 Temmuz 2026)"),
        (when(in_2026(5, 1), in_2026(5, 31), "month"), in_2026(5, 1), in_2026(6, 1), " (Mayıs 2026 içinde)"),
        (when(in_2026(4, 1), in_2026(6, 30), "range"), in_2026(4, 1), in_2026(7, 1), " (Nisan–Haziran 2026 içinde)"),
        (when(in_2026(1, 1), in_2026(12, 31), "year"), in_2026(1, 1), date(2027, 1, 1), " (2026 içinde)"),
        (when(in_2026(1, 1), date(2027, 12, 31), "range"), in_2026(1, 1), date(2028, 1, 1), " (2026–2027 içinde)"),
        (open_date(end=in_2026(12, 31)), in_2026(12, 31), date(2027, 1, 1), " (31 Aralık 2026'ya kadar)"),
        (open_date(start=in_2026(5, 1)), in_2026(5, 1), in_2026(5, 2), " (1 Mayıs 2026'dan itibaren)"),
    ],
)  # fmt: skip
def test_an_entry_is_as_precise_as_the_article(day: EventDate, first: date, after: date, summary: str) -> None:
    (found,) = made(planned(day))

    assert found.decoded("dtstart") == first
    assert found.decoded("dtend") == after
    assert found["dtstart"].params["VALUE"] == "DATE"
    assert str(found["summary"]) == f"Forum düzenlenecek.{summary}"
    assert found["transp"] == "TRANSPARENT"


def test_a_headline_that_has_the_date_is_not_given_it_again() -> None:
    may, year = when(in_2026(5, 1), in_2026(5, 31), "month"), when(in_2026(1, 1), in_2026(12, 31), "year")
    cases = [
        (may, "Türkiye: resmî ziyaret (Ömer Örnek), Mayıs 2026.", ""),
        (may, "Forum mayıs ayında yapılacak.", " (Mayıs 2026 içinde)"),
        (year, "Türkiye: proje iş birliği, 2026.", ""),
        (year, "Plan 12 Mart 2026'da açıklanan takvime göre yürüyecek.", " (2026 içinde)"),
    ]
    for day, headline, after in cases:
        (found,) = made(digest(event(headline, status="planned", date=day)))
        assert str(found["summary"]) == headline + after


@pytest.mark.parametrize(
    "day",
    [
        None,
        when(None, precision="unknown", basis="unresolved"),
        when(date(2026, 5, 4), precision="unknown"),
        when(date(2026, 5, 4), basis="publication"),
    ],
)
def test_no_day_is_guessed(day: EventDate | None) -> None:
    found, undated = calendar_entries([planned(day)])
    assert (found, undated) == ([], 1)


def test_only_planned_events_are_entered() -> None:
    day = when(date(2026, 5, 4))
    assert not made(digest(event(date=day), event(status="targeted", date=day), event(status="stated", date=day)))


def test_what_was_put_off_says_so_and_what_was_called_off_is_not_there() -> None:
    day = when(date(2026, 5, 4))
    (found,) = made(digest(event("Forum.", status="postponed", date=day), event(status="cancelled", date=day)))
    assert found["summary"] == "Ertelendi: Forum."
    (said,) = made(digest(event("Forum ertelendi.", status="postponed", date=day)))
    assert said["summary"] == "Forum ertelendi."


def test_an_entry_says_what_where_and_by_whom() -> None:
    day = when(date(2026, 5, 4))
    (found,) = made(planned(day, type="promotion_event", place=Place(text="Bişkek", country="KG")))

    assert found["url"] == "https://haber.example/1"
    assert found["location"] == "Bişkek (Kırgızistan)"
    assert found["categories"].cats == ["tanıtım etkinliği"]
    assert found.decoded("dtstamp") == datetime(2026, 2, 13, tzinfo=UTC)
    assert "“Forum düzenlenecek.”\nKaynak: Haberin başlığı, 13 Şubat 2026\n" in found["description"]


def test_uids_are_stable_and_distinct() -> None:
    day, later = when(date(2026, 5, 4)), when(date(2026, 6, 4))
    twins = digest(event(status="planned", date=day), event(status="planned", date=later))
    uids = [entry.uid for entry in calendar_entries([twins])[0]]

    assert len(set(uids)) == 2
    assert to_ics(calendar_entries([twins, twins])[0]) == to_ics(calendar_entries([twins])[0])
    moved = twins.model_copy(update={"article": twins.article.model_copy(update={"source": "/başka/yer/haber.txt"})})
    assert [entry.uid for entry in calendar_entries([moved])[0]] == uids
    resolved_better = planned(later).model_copy(update={"summary": "başka"})
    assert calendar_entries([resolved_better])[0][0].uid == calendar_entries([planned(day)])[0][0].uid
    assert calendar_entries([planned(day, "Başka bir cümle.")])[0][0].uid != calendar_entries([planned(day)])[0][0].uid
    assert (
        calendar_entries([planned(day, type="official_visit")])[0][0].uid != calendar_entries([planned(day)])[0][0].uid
    )


def test_the_order_of_the_digests_does_not_matter() -> None:
    several = [planned(when(date(2026, 5, 1) + timedelta(days=7 * n % 5)), f"Olay {n}.") for n in range(6)]
    assert to_ics(calendar_entries(several)[0]) == to_ics(calendar_entries(several[::-1])[0])


def test_lines_are_folded_between_characters_and_escaped() -> None:
    headline = "İşbirliği; çözüm, geri\\dönüş: " + "ğüşiöç" * 40
    content = to_ics(calendar_entries([planned(when(date(2026, 5, 4)), headline)])[0])

    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None and "\n" not in line.decode() for line in lines)
    assert b"\\; \xc3\xa7\xc3\xb6z\xc3\xbcm\\, geri\\\\d" in content.replace(b"\r\n ", b"")
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")


@given(st.lists(digests, max_size=3))
def test_a_calendar_is_whole_whatever_a_digest_says(hostile: list[Digest]) -> None:
    found, _ = calendar_entries(hostile)
    content = to_ics(found)
    calendar: Any = icalendar.Calendar.from_ical(content)
    components = calendar.walk("VEVENT")

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert not any(component.errors for component in [calendar, *components])
    assert [component["uid"] for component in components] == [entry.uid for entry in found]
    assert len({entry.uid for entry in found}) == len(found)
    for entry, component in zip(found, components, strict=True):
        assert component.decoded("dtstart") == entry.first
        assert set(component) <= {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "LOCATION", "URL", "TRANSP",
        }  # fmt: skip
