"""Planned events as an iCalendar file (RFC 5545), no day more precise than the article has it.

- A day is an all-day event; days that follow each other are one all-day event over all of them.
- A month, a quarter, a year is no day: the event covers the whole period, and its summary ends in "(Mayıs 2025
  içinde)". Of a date with one open end only the end that is known is entered: "(31 Aralık 2026'ya kadar)".
- What was put off is entered under its new date, and says so; what was called off is not.
- Events without a date, with an approximate one ("in about three weeks"), or with the publication date in the place of
  one, are left out: whatever day they were put on would be a guess.

All are transparent: nobody is busy because of them. A UID is made of what the event is (the article's URL or id, the
type, the sentences that report it), and DTSTAMP is the day of publication, so that another run writes the same file and
a calendar that has subscribed to it updates its entries instead of doubling them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from ozetle.facts.folding import capitalised
from ozetle.turkish.inflection import is_of_months
from ozetle.views.phrases import (
    Labels,
    day,
    label,
    moment,
    own_details,
    own_value,
    place,
    web_address,
)
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    import icalendar

    from ozetle.digests.digest import ArticleInfo, Digest, Event, EventDate

_PRODID = "-//ozetle//calendar//TR"
_NAME = "Planlanan olaylar"
_NEVER = date(1970, 1, 1)
_POSTPONED = "postponed"
_STEM = 6  # letters: "ertelendi", "ertelenen"
_ENTERED = frozenset({"planned", _POSTPONED})


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A planned event of an article, with its place in the calendar.

    Attributes:
        uid: stable over runs, distinct among the events of an article.
        labels: what the digest calls its own ids and fields.
        first, last: days, inclusive.
    """

    uid: str
    article: ArticleInfo
    event: Event
    when: EventDate
    first: date
    last: date
    labels: Labels


def calendar_entries(digests: Iterable[Digest]) -> tuple[list[CalendarEntry], int]:
    """Return the planned events of some digests by date, each once, and how many were left out for want of a date."""
    found: dict[str, CalendarEntry] = {}
    undated = 0
    for digest in digests:
        for uid, event in _identified(digest):
            span = _span(event.date)
            if event.date is None or span is None:
                undated += 1
            else:
                found[uid] = CalendarEntry(uid, digest.article, event, event.date, *span, digest.provenance.labels)
    return sorted(found.values(), key=lambda entry: (entry.first, entry.last, entry.uid)), undated


def to_ics(planned: Iterable[CalendarEntry]) -> bytes:
    """Return an iCalendar file in UTF-8, its lines folded at 75 octets and ended by CRLF."""
    import icalendar

    calendar = icalendar.Calendar()
    for name, value in {"prodid": _PRODID, "version": "2.0", "calscale": "GREGORIAN", "name": _NAME}.items():
        calendar.add(name, value)
    calendar.add("x-wr-calname", _NAME)  # what calendars read that do not know NAME (RFC 7986)
    for entry in planned:
        calendar.add_component(_component(entry))
    content: bytes = calendar.to_ical(sorted=False)
    return content


def _component(entry: CalendarEntry) -> icalendar.Event:
    import icalendar

    article, event = entry.article, entry.event
    component = icalendar.Event()
    component.add("uid", entry.uid)
    component.add("dtstamp", datetime.combine(article.published or _NEVER, time(), UTC))
    component.add("dtstart", entry.first)
    if entry.last < date.max:
        component.add("dtend", entry.last + timedelta(days=1))  # exclusive
    component.add("summary", _summary(entry))
    component.add("description", "\n".join(map(clean, _description(entry))))
    component.add("categories", [clean(label("types", event.type, entry.labels))])
    if event.place:
        component.add("location", clean(place(event.place)))
    if address := web_address(article.url):
        component.add("url", address)
    component.add("transp", "TRANSPARENT")
    return component


def _summary(entry: CalendarEntry) -> str:
    """The headline; of what was put off that it was, unless the headline has it: its date is the new one."""
    headline = clean(entry.event.headline)
    put_off = label("statuses", _POSTPONED, entry.labels)
    said = entry.event.status != _POSTPONED or put_off[:_STEM] in headline.casefold()
    return (headline if said else f"{capitalised(put_off)}: {headline}") + _precision(entry)


def _identified(digest: Digest) -> Iterator[tuple[str, Event]]:
    """The planned and postponed events of a digest with their UIDs."""
    seen: Counter[str] = Counter()
    for event in digest.events:
        if event.status not in _ENTERED:
            continue
        sentences = [[piece.start, piece.end, piece.quote] for piece in event.evidence]
        # a path would differ from machine to machine; that two files of one name differ is told by the sentences
        parts = [digest.article.url or digest.article.id, event.type, sentences]
        key = json.dumps(parts)
        seen[key] += 1
        identity = f"{key} {seen[key]}" if seen[key] > 1 else key
        yield f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@ozetle", event


def _span(when: EventDate | None) -> tuple[date, date] | None:
    """First and last day to enter; None where they are not known."""
    if when is None or when.precision == "unknown" or when.basis in ("publication", "unresolved"):
        return None
    first, last = when.first or when.last, when.last or when.first
    return None if first is None or last is None else (min(first, last), max(first, last))


def _precision(entry: CalendarEntry) -> str:
    """What is no day, in words, unless the headline has them."""
    words, headline = moment(entry.when), entry.event.headline
    if headline.endswith(f", {words}.") or (words in headline and not words.isdigit()):  # a year may be another date's
        return ""
    if entry.when.first and entry.when.last:
        if is_of_months(entry.first, entry.last):
            return f" ({words} içinde)"
        if entry.first == entry.last:
            return ""
    return f" ({words})"


def _description(entry: CalendarEntry) -> Iterator[str]:
    for name, values in own_details(entry.event, entry.labels):
        yield f"{name}: {'; '.join(map(own_value, values))}"
    yield from (f"“{piece.quote}”" for piece in entry.event.evidence)
    article = entry.article
    known = [article.title or article.id, day(article.published) if article.published else None]
    yield f"Kaynak: {', '.join(text for text in known if text)}"
    if article.url:
        yield article.url
