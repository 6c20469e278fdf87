"""The parts of a digest in short Turkish phrases: what the views for people have in common.

Nothing is escaped here: a view escapes every text for what it writes, once, where it writes it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from ozetle.asking.taxonomy import ChoiceList
    from ozetle.digests.digest import Event, EventDate, EventFigure, Participant, Place, Provenance
    from ozetle.digests.own_fields import OwnValue
    from ozetle.facts import Figure

Labels = Mapping[str, Mapping[str, str]]
"""What a desk calls its own ids and fields, as `Provenance.labels` has it."""

NO_LABELS: Labels = {}
NO_EVENTS = "Olay bulunamadı."
NO_TRANSLATION = "(çeviri yok)"
CUT_OFF = "Haber ya da yanıt uzunluk sınırında kesildi: özet eksik olabilir."
UNRESOLVED = "çözülemedi"

_LONGEST_VALUE = 24
# codes that CLDR does not name
_OWN_NAMES = {"XN": "Kuzey Kıbrıs", "und": "belirsiz dil"}
_FLAGS = {
    "missing": "çeviri yok",
    "untranslated": "çevrilmemiş",
    "language": "Türkçe değil",
    "script": "yabancı harf",
    "markup": "işaretleme",
    "repeated": "yineleme",
    "added": "kaynakta olmayan söz",
    "incomplete": "eksik",
    "figure": "rakam tutmuyor",
    "date": "tarih tutmuyor",
    "name": "ad tutmuyor",
    "order": "başka cümlenin çevirisi olabilir",
}


def label(choices: ChoiceList | Literal["fields"], id: str, own: Labels = NO_LABELS) -> str:  # noqa: A002 (its name)
    """Return what an id or an own field is called.

    Args:
        choices: the list the id is of, or "fields" for the name of an own field.
        id: the id or the name.
        own: the labels of the digest it comes from, which come first; then those of the default taxonomy; an id that
            neither knows is returned with spaces for its underscores.
    """
    from ozetle.asking.taxonomy import default_taxonomy

    if said := own.get(choices, {}).get(id):
        return said
    known = id if choices == "fields" else default_taxonomy().label(choices, id)
    return known.replace("_", " ")


def country(code: str) -> str:
    """Return the Turkish name of a country, or its code when it is unknown."""
    return _names()[0].get(code, code)


def language(code: str) -> str:
    """Return the Turkish name of a language by its BCP 47 code, or the code when it is unknown."""
    return _names()[1].get(code.partition("-")[0], code)


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Turkish names of the countries and of the languages, by code."""
    from babel import Locale

    turkish = Locale("tr")
    return ({**turkish.territories, **_OWN_NAMES}, {**turkish.languages, **_OWN_NAMES})


def number(value: Decimal) -> str:
    """Return a number as Turkish writes it: 1.250,75."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def value(figure: EventFigure | Figure) -> str:
    """Return a value in base units with its unit; empty if that is too long to be read."""
    ends = [number(end) for end in (figure.value, figure.upper) if end is not None]
    if any(len(end) > _LONGEST_VALUE for end in ends):
        return ""
    both = "–".join(ends)
    if figure.unit == "percent":
        return f"%{both}"
    if figure.unit == "permille":
        return f"binde {both}"
    unit = figure.currency or ("" if figure.unit == "count" else figure.unit)
    return f"{both} {unit}".strip()


def figure(one: EventFigure) -> str:
    """Return a figure as the article has it, with its value and what it measures."""
    said = value(one)
    plain = one.text if said in ("", one.text) else f"{one.text} (=\u00a0{said})"
    return f"{plain} — {one.measure}" if one.measure else plain


def published(when: date | None) -> str:
    """Return the day an article was published, or that it has none."""
    return day(when) if when else "tarihsiz"


@lru_cache(maxsize=4096)
def day(when: date) -> str:
    """Return a day: "13 Şubat 2026"."""
    from ozetle.digests.digest import EventDate
    from ozetle.digests.wording import date_in_words

    return date_in_words(EventDate(text=None, start=when, end=when, precision="day", basis="explicit"))


def period(first: date, last: date) -> str:
    """Return the days from first to last as shortly as they can be said.

    "13 Şubat 2026", "10–11 Haziran 2025", "28 Haziran – 2 Temmuz 2025", "Mayıs 2025", "Nisan–Haziran 2025", "2025".
    """
    if first == last:
        return day(first)
    if is_of_months(first, last):
        return _months(first, last)
    begin, end = day(first).split(), day(last).split()
    if begin[2] != end[2]:
        return f"{' '.join(begin)} – {' '.join(end)}"
    if begin[1] != end[1]:
        return f"{begin[0]} {begin[1]} – {' '.join(end)}"
    return f"{begin[0]}–{' '.join(end)}"


def is_of_months(first: date, last: date) -> bool:
    """Tell whether the days from first to last are whole months: a month, a quarter, a year, several of them."""
    return first <= last and first.day == 1 and last.day == monthrange(last.year, last.month)[1]


def _months(first: date, last: date) -> str:
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    (_, begin, _), (_, end, year) = day(first).split(), day(last).split()
    if first.year != last.year:
        return f"{begin} {first.year} – {end} {year}"
    return f"{end} {year}" if begin == end else f"{begin}–{end} {year}"


def moment(when: EventDate) -> str:
    """Return when an event is as `period` says it; of an open end "en geç" or "en erken"; empty if that is unknown."""
    if when.start and when.end:
        return period(*sorted((when.start, when.end)))
    if when.end:
        return f"en geç {day(when.end)}"
    return f"en erken {day(when.start)}" if when.start else ""


def date_details(when: EventDate) -> str:
    """Return when an event is, with the article's words where they say it otherwise."""
    words = moment(when)
    if not words:
        return f"“{when.text}” ({UNRESOLVED})" if when.text else "belirsiz"
    if when.basis == "publication":
        return f"{words} (yayın günü)"
    return f"{words} (“{when.text}”)" if when.basis == "resolved" and when.text else words


def place(where: Place) -> str:
    """Return a place with its Turkish name and its country."""
    known = [where.turkish_name, country(where.country) if where.country else None]
    beside = ", ".join(text for text in known if text and text != where.text)
    return f"{where.text} ({beside})" if beside else where.text


def participant(part: Participant, labels: Labels = NO_LABELS) -> str:
    """Return who takes part, with office, organisation, country and role."""
    beside = [part.title, part.organisation, country(part.country) if part.country else None]
    name = f"{part.name} ({part.turkish_name})" if part.turkish_name else part.name
    described = ", ".join([name, *(text for text in beside if text)])
    return f"{described} — {label('roles', part.role, labels)}"


def own_value(value: OwnValue) -> str:
    """Return one value of an own field, as parts of its kind are said elsewhere."""
    from ozetle.digests.digest import EventDate, EventFigure, Place, Words

    match value:
        case EventFigure():
            return figure(value)
        case EventDate():
            return date_details(value)
        case Place():
            return place(value)
        case Words():
            return value.text
        case _:
            return str(value)


def details(event: Event, labels: Labels = NO_LABELS) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of an event that are there, its own fields last: what they are called, and each of them."""
    yield from library_details(event, labels)
    for name, values in own_details(event, labels):
        yield name, [own_value(value) for value in values]


def own_details(event: Event, labels: Labels = NO_LABELS) -> Iterator[tuple[str, tuple[OwnValue, ...]]]:
    """Yield the own fields of an event that hold something: what they are called, and their values."""
    from ozetle.digests.own_fields import own_fields

    for field in own_fields(event):
        if field.values:
            yield label("fields", field.name, labels), field.values


def library_details(event: Event, labels: Labels = NO_LABELS) -> Iterator[tuple[str, list[str]]]:
    """Yield the parts of an event that are there without its own fields."""
    persons = [participant(part, labels) for part in event.participants if part.kind == "person"]
    others = [participant(part, labels) for part in event.participants if part.kind != "person"]
    parts = {
        "tarih": [date_details(event.date)] if event.date else [],
        "yer": [place(event.place)] if event.place else [],
        "ülkeler": [", ".join(map(country, event.countries))] if event.countries else [],
        "kişiler": persons,
        "taraflar": others,
        "rakamlar": [figure(one) for one in event.figures],
        "belgeler": [f"{label('instrument_kinds', paper.kind, labels)}: {paper.name}" for paper in event.instruments],
    }
    yield from ((name, lines) for name, lines in parts.items() if lines)


def flags(codes: Sequence[str]) -> str:
    """Return what the checks found wrong with a translated sentence, for flags of the form "code: what"."""
    kinds = dict.fromkeys(flag.partition(":")[0] for flag in codes)
    return ", ".join(_FLAGS.get(kind, kind) for kind in kinds)


def origin(provenance: Provenance) -> str:
    """Return which model made a digest, how, and whether it may be incomplete."""
    said = f"{provenance.model} ({provenance.strategy})"
    if provenance.truncated:
        return f"{said}. {CUT_OFF}"
    return said


def web_address(url: str | None) -> str | None:
    """Return a URL that may be linked to, in plain ASCII; None unless it is an http or https one.

    What may not stand in a URL (RFC 3986) and what could end one in Markdown, HTML or iCalendar is percent-encoded.
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return quote(parts.geturl(), safe=":/?#@!$&*+,;=%~", errors="replace")
