"""The parts of a digest in short Turkish phrases: what the views for people have in common.

Nothing is escaped here: a view escapes every text for what it writes, once, where it writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from ozetle.turkish import inflection as turkish_forms

if TYPE_CHECKING:
    from ozetle.digests.digest import Digest, Event, EventDate, EventFigure, Participant, Place, Provenance
    from ozetle.digests.own_fields import OwnValue
    from ozetle.extracting.taxonomy import ChoiceList
    from ozetle.facts import Figure
    from ozetle.translating.flag import Flag

Labels = Mapping[str, Mapping[str, str]]
"""What a desk calls its own ids and fields, as `Provenance.labels` has it."""

country = turkish_forms.country_name
language = turkish_forms.language_name
number = turkish_forms.number_in_words
day = turkish_forms.day_in_words
period = turkish_forms.period_in_words
moment = turkish_forms.date_in_words

NO_LABELS: Labels = {}
NO_EVENTS = "Olay bulunamadı."
NO_TRANSLATION = "(çeviri yok)"
CUT_OFF = "Haber ya da yanıt uzunluk sınırında kesildi: özet eksik olabilir."
UNRESOLVED = "çözülemedi"

_LONGEST_VALUE = 24
_LONGEST_NAME = 80
_NUMBERS = ("count", "percent", "permille")


def label(choices: ChoiceList | Literal["fields"], id: str, own: Labels = NO_LABELS) -> str:  # noqa: A002 (its name)
    """Return what an id or an own field is called.

    Args:
        choices: the list the id is of, or "fields" for the name of an own field.
        id: the id or the name.
        own: the labels of the digest it comes from, which come first; then those of the default taxonomy; an id that
            neither knows is returned with spaces for its underscores.
    """
    from ozetle.extracting.taxonomy import default_taxonomy

    if said := own.get(choices, {}).get(id):
        return said
    known = id if choices == "fields" else default_taxonomy().label(choices, id)
    return known.replace("_", " ")


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
    """Return a figure as the article has it, with its value if that says more, and what it measures."""
    said = value(one)
    plain = one.text if said in ("", one.text) or _says_its_value(one) else f"{one.text} (=\u00a0{said})"
    return f"{plain} — {one.measure}" if one.measure else plain


def _says_its_value(one: EventFigure) -> bool:
    """Whether a count or share already stands in the article in Turkish digits: "46 il", "yüzde 3,9"."""
    if one.unit not in _NUMBERS or one.upper is not None:
        return False
    return number(one.value) in (word.strip("%‰") for word in one.text.split())


def published(when: date | None) -> str:
    """Return the day an article was published, or that it has none."""
    return day(when) if when else "tarihsiz"


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
    yield from common_details(event, labels)
    for name, values in own_details(event, labels):
        yield name, [own_value(value) for value in values]


def own_details(event: Event, labels: Labels = NO_LABELS) -> Iterator[tuple[str, tuple[OwnValue, ...]]]:
    """Yield the own fields of an event that hold something: what they are called, and their values."""
    from ozetle.digests.own_fields import own_fields

    for field in own_fields(event):
        if field.values:
            yield label("fields", field.name, labels), field.values


def common_details(event: Event, labels: Labels = NO_LABELS) -> Iterator[tuple[str, list[str]]]:
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


def flags(found: Sequence[Flag]) -> str:
    """Return what the checks found wrong with a translated sentence."""
    return "; ".join(flag.turkish_reason for flag in found)


def origin(provenance: Provenance) -> str:
    """Return which model made a digest, how, and whether it may be incomplete."""
    said = f"{provenance.model} ({provenance.strategy})"
    if provenance.truncated:
        return f"{said}. {CUT_OFF}"
    return said


def article_name(digest: Digest) -> str:
    """Return what an article is called: its title; without one its first headline or else its summary, shortened.

    Its id, where it has none of these.
    """
    told = digest.events[0].headline if digest.events else digest.summary
    return digest.article.title or shorten(told.removesuffix("."), _LONGEST_NAME, placeholder=" …") or digest.article.id


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
