"""What the reports of one event say together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ozetle.coreference.contradictions import contradictions, date_in_iso
from ozetle.coreference.mentions import is_town, told_date
from ozetle.coreference.words import person_of, place_key, same_person, same_place, title_words
from ozetle.digests.digest import ArticleInfo, Event, EventDate, Place
from ozetle.digests.merged import (
    MergedEvent,
    MergedFigure,
    MergedInstrument,
    MergedParticipant,
    Report,
)
from ozetle.facts.tables import key_of

_ID_LENGTH = 16
_AS_LONG_AS = 4  # days that a publication date is worth: the event may have been so much before
_Values = dict[str, Any]
_PROGRESS = ("targeted", "expected", "stated", "planned", "postponed", "cancelled", "denied", "occurred")


@dataclass(frozen=True, slots=True)
class Source:
    """An event, and whose it is."""

    digest: int
    article: ArticleInfo
    language: str
    index: int
    event: Event
    json: str
    """Its report as JSON, by which a merged event is named."""


def merged(sources: Sequence[Source]) -> MergedEvent:
    """Return one event of all its mentions, which are given in the order of publication."""
    reports = tuple(Report(article=source.article, index=source.index, event=source.event) for source in sources)
    status = _status(sources)
    ranked = sorted(range(len(sources)), key=lambda number: (_rank(sources[number], status), number))
    events = [(number, sources[number].event) for number in ranked]
    return MergedEvent(
        id=_id(sources),
        type=_most_common([event.type for _, event in events]),
        status=status,
        headline=events[0][1].headline,
        date=_date([sources[number] for number in ranked]),
        place=_place([event.place for _, event in events if event.place]),
        countries=tuple(sorted({country for _, event in events for country in event.countries})),
        participants=_participants(events),
        figures=_figures(events),
        instruments=_instruments(events),
        reports=reports,
        contradictions=contradictions(reports),
    )


def _rank(source: Source, status: str) -> tuple[Any, ...]:
    """The best report is the smallest: Turkish, up to date, in the article's own words, dated, and rich."""
    event = source.event
    own = event.headline.rstrip(".") in " ".join(piece.quote for piece in event.evidence)
    dated = told_date(event, source.article.published) is not None
    parts = len(event.participants) + len(event.figures) + len(event.instruments) + (event.place is not None)
    return source.language != "tr", event.status != status, not own, not dated, -parts


def _id(sources: Sequence[Source]) -> str:
    content = "\n".join(source.json for source in sources)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def _most_common(values: Sequence[str]) -> str:
    """Of equally common ones the first."""
    return Counter(values).most_common(1)[0][0]


def _status(sources: Sequence[Source]) -> str:
    """As the latest report has it; of one day's the one that says most has happened."""
    latest = max(source.article.published or date.min for source in sources)
    told = {source.event.status for source in sources if (source.article.published or date.min) == latest}
    return max(told, key=lambda status: (_PROGRESS.index(status) if status in _PROGRESS else -1, status))


def _date(ranked: Sequence[Source]) -> EventDate | None:
    """The most precise date with which all agree, else the one most give; the publication's where none is told."""
    when = _agreed_date(ranked)
    return when and when.model_copy(update={"start": None, "end": None})  # offsets are of one report's article


def _agreed_date(ranked: Sequence[Source]) -> EventDate | None:
    dates = [source.event.date for source in ranked if source.event.date]
    own = [when for source in ranked if (when := told_date(source.event, source.article.published))]
    standing_in = sorted((when for when in dates if when.basis == "publication" and when.first), key=date_in_iso)
    for when in sorted([*own, *standing_in], key=_length):
        if all(_can_be(when, other) for other in own):
            return when
    if own:
        common = _most_common([date_in_iso(when) for when in own])
        return next(when for when in own if date_in_iso(when) == common)
    return dates[0] if dates else None


def _length(when: EventDate) -> int:
    if when.first is None or when.last is None:
        return date.max.toordinal()
    return _AS_LONG_AS if when.basis == "publication" else (when.last - when.first).days + 1


def _can_be(when: EventDate, other: EventDate) -> bool:
    """Whether the two have a day in common."""
    first, last = (
        max(when.first or date.min, other.first or date.min),
        min(when.last or date.max, other.last or date.max),
    )
    return first <= last


def _place(places: Sequence[Place]) -> Place | None:
    """The place most reports give, a town rather than its country."""
    if not places:
        return None

    def votes(place: Place) -> tuple[bool, int]:
        key = place_key(place.in_turkish)
        return is_town(place.in_turkish), sum(same_place(key, place_key(other.in_turkish)) for other in places)

    return max(places, key=votes)


def _participants(events: Sequence[tuple[int, Event]]) -> tuple[MergedParticipant, ...]:
    found = _Gathered(_same_participant)
    for number, event in events:
        for part in event.participants:
            name = part.in_turkish
            key = person_of(name).key if part.kind == "person" else key_of(name)
            values = {"kind": part.kind, "name": name, "title": part.title, "organisation": part.organisation,
                      "country": part.country, "role": part.role}  # fmt: skip
            found.add((part.kind, key), values, number)
    return tuple([MergedParticipant(**values) for values in found.parts()])


def _same_participant(known: _Values, part: _Values) -> bool:
    return part["kind"] != "person" or same_person(person_of(known["name"]), person_of(part["name"]))


def _figures(events: Sequence[tuple[int, Event]]) -> tuple[MergedFigure, ...]:
    found = _Gathered(lambda known, figure: True)
    for number, event in events:
        for figure in event.figures:
            values = {"text": figure.text, "value": figure.value, "upper": figure.upper, "unit": figure.unit,
                      "currency": figure.currency, "measure": figure.measure}  # fmt: skip
            found.add((figure.value, figure.upper, figure.unit, figure.currency), values, number)
    return tuple([MergedFigure(**values) for values in found.parts()])


def _instruments(events: Sequence[tuple[int, Event]]) -> tuple[MergedInstrument, ...]:
    found = _Gathered(_same_instrument)
    for number, event in events:
        for paper in event.instruments:
            found.add(None, {"kind": paper.kind, "name": paper.name}, number)
    return tuple([MergedInstrument(**values) for values in found.parts()])


def _same_instrument(known: _Values, paper: _Values) -> bool:
    words, others = title_words(known["name"]), title_words(paper["name"])
    if not words or not others:
        return bool(known["kind"] == paper["kind"])
    return not words.isdisjoint(others)


class _Gathered:
    """Parts of one kind, each once, in the order in which they are first told."""

    def __init__(self, same: Callable[[_Values, _Values], bool]) -> None:
        self._same = same
        self._parts: list[tuple[_Values, set[int]]] = []
        self._by_key: dict[Hashable, list[tuple[_Values, set[int]]]] = {}

    def add(self, key: Hashable, values: _Values, number: int) -> None:
        """Add what a report tells, or complete what it repeats; only parts of one key can be the same."""
        alike = self._by_key.setdefault(key, [])
        for known, reports in alike:
            if self._same(known, values):
                known.update({name: value for name, value in values.items() if known[name] is None})
                # the longer of two names is the fuller one
                if "name" in values and len(values["name"].split()) > len(known["name"].split()):
                    known["name"] = values["name"]
                reports.add(number)
                return
        part = values, {number}
        alike.append(part)
        self._parts.append(part)

    def parts(self) -> Iterator[_Values]:
        """The fields of each part, with its reports."""
        for values, reports in self._parts:
            yield values | {"reports": tuple(sorted(reports))}
