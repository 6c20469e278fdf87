from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ozetle.digests.digest import EventDate, EventFigure
from ozetle.facts import read_dates, read_figures
from ozetle.facts.folding import capitalised
from ozetle.turkish.inflection import (
    amount_in_words,
    count_in_words,
    countries_in_words,
    country_name,
    date_in_words,
    language_name,
    listed,
    number_in_words,
)


def when(start: date | None, end: date | None, precision: str) -> EventDate:
    return EventDate.model_validate(
        {"text": None, "first": start, "last": end, "precision": precision, "basis": "explicit"}
    )


def figure(value: str, unit: str, currency: str | None = None, upper: str | None = None) -> EventFigure:
    ends = {"value": Decimal(value), "upper": None if upper is None else Decimal(upper)}
    return EventFigure(text="x", unit=unit, currency=currency, measure=None, start=0, end=1, **ends)


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(2026, 2, 13), date(2026, 2, 13), "day", "13 Şubat 2026"),
        (date(2025, 6, 10), date(2025, 6, 11), "range", "10–11 Haziran 2025"),
        (date(2025, 6, 28), date(2025, 7, 2), "range", "28 Haziran – 2 Temmuz 2025"),
        (date(2025, 12, 30), date(2026, 1, 2), "range", "30 Aralık 2025 – 2 Ocak 2026"),
        (date(2025, 5, 1), date(2025, 5, 31), "month", "Mayıs 2025"),
        (date(2025, 1, 1), date(2025, 11, 30), "range", "Ocak–Kasım 2025"),
        (date(2025, 11, 1), date(2026, 2, 28), "range", "Kasım 2025 – Şubat 2026"),
        (date(2025, 1, 1), date(2025, 12, 31), "year", "2025"),
        (date(2026, 1, 1), date(2027, 12, 31), "year", "2026–2027"),
        (date(2026, 3, 9), date(2026, 3, 2), "range", "2–9 Mart 2026"),
        (None, date(2025, 12, 31), "year", "2025'e kadar"),
        (None, date(2026, 5, 31), "month", "Mayıs 2026'ya kadar"),
        (None, date(2030, 12, 31), "day", "31 Aralık 2030'a kadar"),
        (date(2026, 5, 1), None, "day", "1 Mayıs 2026'dan itibaren"),
        (date(2023, 1, 1), None, "year", "2023'ten itibaren"),
        (date(2040, 1, 1), None, "year", "2040'tan itibaren"),
        (None, None, "unknown", ""),
    ],
)
def test_dates_in_turkish(start: date | None, end: date | None, precision: str, words: str) -> None:
    assert date_in_words(when(start, end, precision)) == words


def test_no_date_no_words() -> None:
    assert date_in_words(None) == ""


@pytest.mark.parametrize(
    ("year", "until", "since"),
    [
        (2000, "e", "den"), (2010, "a", "dan"), (2020, "ye", "den"), (2021, "e", "den"), (2022, "ye", "den"),
        (2023, "e", "ten"), (2024, "e", "ten"), (2025, "e", "ten"), (2026, "ya", "dan"), (2027, "ye", "den"),
        (2028, "e", "den"), (2029, "a", "dan"), (2030, "a", "dan"), (2040, "a", "tan"), (2050, "ye", "den"),
        (2060, "a", "tan"), (2070, "e", "ten"), (2080, "e", "den"), (2090, "a", "dan"), (2100, "e", "den"),
    ],
)  # fmt: skip
def test_the_endings_of_years(year: int, until: str, since: str) -> None:
    assert date_in_words(when(None, date(year, 12, 31), "year")) == f"{year}'{until} kadar"
    assert date_in_words(when(date(year, 1, 1), None, "year")) == f"{year}'{since} itibaren"


@pytest.mark.parametrize(
    ("value", "unit", "currency", "upper", "words"),
    [
        ("8950000000", "currency", "USD", None, "8,95 milyar dolar"),
        ("1000000", "currency", "EUR", None, "1 milyon avro"),
        ("100", "currency", "TRY", None, "100 lira"),
        ("250000", "currency", "TRY", None, "250.000 lira"),
        ("4859123456", "currency", "USD", None, "4.859.123.456 dolar"),
        ("1234500000", "currency", "USD", None, "1.234,5 milyon dolar"),
        ("-3200000", "currency", "USD", None, "-3,2 milyon dolar"),
        ("5000000000000", "currency", "KZT", None, "5 trilyon Kazakistan tengesi"),
        ("5", "currency", "XYZ", None, "5 XYZ"),
        ("5000000000", "currency", "USD", "7000000000", "5–7 milyar dolar"),
        ("900000000", "currency", "USD", "1100000000", "900 milyon – 1,1 milyar dolar"),
        ("4.50", "percent", None, None, "yüzde 4,5"),
        ("4", "percent", None, "5.5", "yüzde 4–5,5"),
        ("3", "permille", None, None, "binde 3"),
        ("20000", "ton", None, None, "20.000 ton"),
        ("46", "count", None, None, ""),
    ],
)
def test_amounts_in_turkish(value: str, unit: str, currency: str | None, upper: str | None, words: str) -> None:
    assert amount_in_words(figure(value, unit, currency, upper)) == words


@given(
    st.decimals(1, 10**14, places=2) | st.integers(1, 10**14).map(Decimal), st.sampled_from(("USD", "EUR", "TRY", None))
)
def test_an_amount_reads_back_as_itself(value: Decimal, currency: str | None) -> None:
    words = amount_in_words(figure(str(value), "currency" if currency else "percent", currency))
    (read,) = read_figures(words, "tr")
    assert (read.value, read.currency, read.text) == (value, currency, words)


@given(st.decimals(allow_nan=False, allow_infinity=False).filter(lambda value: abs(value.adjusted()) < 200))
def test_any_amount_has_words(value: Decimal) -> None:
    assert amount_in_words(figure(str(value), "currency", "USD")).endswith(" dolar")


@given(st.dates(date(1995, 1, 1), date(2040, 12, 31)), st.integers(0, 400))
def test_a_period_reads_back_as_itself(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    words = date_in_words(when(first, last, "range"))
    read = read_dates(words, None, "tr")
    assert (min(one.first for one in read if one.first), max(one.last for one in read if one.last)) == (first, last)


@pytest.mark.parametrize(
    ("value", "upper", "counted", "language", "words"),
    [
        ("46", None, "il", "tr", "46 il"),
        ("3000", None, "companies", "en", "3.000 şirket"),
        ("3000", None, "kompani", "sq", "3.000 şirket"),
        ("3000", None, "компаний", "ru", "3.000 şirket"),
        ("3000", "4000", "Touristen", "de", "3.000–4.000 turist"),
        ("12", None, "lanterns", "en", ""),
        ("12", None, None, "en", ""),
        ("12", None, None, "tr", ""),
    ],
)
def test_counts_in_turkish(value: str, upper: str | None, counted: str | None, language: str, words: str) -> None:
    assert count_in_words(figure(value, "count", upper=upper), counted, language) == words


def test_countries() -> None:
    assert [country_name(code) for code in ("US", "XN", "ZZZ")] == [
        "Amerika Birleşik Devletleri",
        "Kuzey Kıbrıs",
        "ZZZ",
    ]
    assert [country_name(code, short=True) for code in ("US", "XN", "EG", "ZZZ")] == [
        "ABD",
        "Kuzey Kıbrıs",
        "Mısır",
        "ZZZ",
    ]
    assert countries_in_words([]) == ""
    assert countries_in_words(["KZ", "TR"]) == "Türkiye–Kazakistan"
    assert countries_in_words(["IQ", "TR", "EG"]) == "Türkiye, Irak, Mısır"
    assert countries_in_words(["DE", "FR", "IT", "ES", "US", "TR"]) == "Türkiye, Almanya, Fransa, İtalya ve 2 ülke daha"
    assert language_name("sq") == "Arnavutça"


def test_small_forms() -> None:
    assert [capitalised(text) for text in ("ikili", "ırmak", "öneri", "ABD", "")] == [
        "İkili",
        "Irmak",
        "Öneri",
        "ABD",
        "",
    ]
    assert [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a ve b", "a, b ve c"]
    assert number_in_words(Decimal("1250.75")) == "1.250,75"
