"""Plain Turkish sentences from verified parts, for where a model's own words may not be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ozetle.asking.taxonomy import Taxonomy
from ozetle.digests.digest import Event, EventDate, EventFigure
from ozetle.reading import Reading
from ozetle.translating.translation import Translation

_MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
_SCALES = ((Decimal(10**12), "trilyon"), (Decimal(10**9), "milyar"), (Decimal(10**6), "milyon"))
_CURRENCIES = {"USD": "dolar", "EUR": "avro", "TRY": "lira"}
_QUOTED_LENGTH = 160
_SUMMARY_EVENTS = 3
NOTHING = "Haberde özetlenecek bir olay bulunamadı."


def headline_of(event: Event, reading: Reading, taxonomy: Taxonomy, translation: Translation | None = None) -> str:
    """Return a headline: a short sentence of the evidence in Turkish, else the event's verified parts in a row.

    Args:
        event: the event.
        reading: the article it is of.
        taxonomy: the labels of the event types.
        translation: the article in Turkish, if it is not; only its sound sentences are used.
    """
    for piece in event.evidence:
        quote = piece.quote if reading.language.code.startswith("tr") else None
        if translation is not None:
            quote = translation.sound(piece.sentence)
        if quote and len(quote) <= _QUOTED_LENGTH and quote.count('"') % 2 == 0:
            return quote if quote.endswith((".", "!", "?", "…")) else f"{quote.rstrip(' ,;:')}."
    label = _capitalised(taxonomy.label("types", event.type))
    who = [part.turkish_name or part.name for part in event.participants if part.kind == "person"][:3]
    countries = ", ".join(_country_names(event.countries))
    parts = [
        ", ".join(who) + (f" ({countries})" if countries else "") if who else countries,
        ", ".join(words for figure in event.figures[:3] if (words := amount_in_words(figure))),
        date_in_words(event.date),
    ]
    said = "; ".join(part for part in parts if part)
    return f"{label}: {said}." if said else f"{label}."


def summary_of(events: Sequence[Event], reading: Reading, taxonomy: Taxonomy) -> str:
    """Return a summary made of the headlines of the first events; statements give way to other events."""
    ranked = sorted(events, key=lambda event: event.type in ("official_statement", "other"))[:_SUMMARY_EVENTS]
    chosen = [event for event in events if event in ranked]
    headlines = dict.fromkeys(event.headline for event in chosen)
    return " ".join(headlines) or NOTHING


def amount_in_words(figure: EventFigure) -> str:
    """Return an amount or a share in Turkish: "8,95 milyar dolar", "yüzde 4,5"; nothing for counts and units."""
    if figure.unit == "percent":
        return f"yüzde {_decimal(figure.value)}"
    if figure.currency is None:
        return ""
    for scale, word in _SCALES:
        if abs(figure.value) >= scale:
            number = f"{_decimal(figure.value / scale)} {word}"
            break
    else:
        number = _decimal(figure.value)
    return f"{number} {_CURRENCIES.get(figure.currency, figure.currency)}"


def _decimal(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def date_in_words(when: EventDate | None) -> str:
    """Return a date in Turkish: "13 Şubat 2026", "Mayıs 2025", "2025", "10 Haziran – 11 Haziran 2025", or nothing."""
    if when is None:
        return ""
    if when.precision == "year" and (when.end or when.start):
        years = dict.fromkeys(str(day.year) for day in (when.start, when.end) if day)
        return " – ".join(years)
    if when.start is None or when.end is None:
        day = when.start or when.end
        return _day(day) if day else ""
    if when.start == when.end:
        return _day(when.start)
    if when.precision == "month" and (when.start.year, when.start.month) == (when.end.year, when.end.month):
        return f"{_MONTHS[when.start.month - 1]} {when.start.year}"
    return f"{_day(when.start)} – {_day(when.end)}"


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _capitalised(text: str) -> str:
    return {"i": "İ", "ı": "I"}.get(text[:1], text[:1].upper()) + text[1:]


def _country_names(codes: Sequence[str]) -> list[str]:
    from babel import Locale

    names = Locale("tr").territories
    return [str(names.get(code, code)) for code in codes]
