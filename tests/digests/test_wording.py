from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from ozetle.digests.digest import EventDate, EventFigure
from ozetle.digests.wording import amount_in_words, date_in_words


def when(start: date | None, end: date | None, precision: str) -> EventDate:
    return EventDate.model_validate(
        {"text": None, "start": start, "end": end, "precision": precision, "basis": "explicit"}
    )


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(2026, 2, 13), date(2026, 2, 13), "day", "13 Şubat 2026"),
        (date(2025, 5, 1), date(2025, 5, 31), "month", "Mayıs 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "year", "2025"),
        (date(2026, 1, 1), date(2027, 12, 31), "year", "2026 – 2027"),
        (None, date(2025, 12, 31), "year", "2025"),
        (date(2025, 6, 10), date(2025, 6, 11), "range", "10 Haziran 2025 – 11 Haziran 2025"),
        (None, None, "unknown", ""),
    ],
)
def test_dates_in_turkish(start: date | None, end: date | None, precision: str, words: str) -> None:
    assert date_in_words(when(start, end, precision)) == words


def test_no_date_no_words() -> None:
    assert date_in_words(None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "currency", "words"),
    [
        ("8950000000", "currency", "USD", "8,95 milyar dolar"),
        ("1000000", "currency", "EUR", "1 milyon avro"),
        ("100", "currency", "TRY", "100 lira"),
        ("5000000000000", "currency", "KZT", "5 trilyon KZT"),
        ("4.50", "percent", None, "yüzde 4,5"),
        ("46", "count", None, ""),
    ],
)
def test_amounts_in_turkish(value: str, unit: str, currency: str | None, words: str) -> None:
    figure = EventFigure(text="x", value=Decimal(value), unit=unit, currency=currency, measure=None, start=0, end=1)
    assert amount_in_words(figure) == words
