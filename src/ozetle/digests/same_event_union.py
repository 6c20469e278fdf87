"""What the reports of one event say together."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ozetle.digests.digest import ArticleInfo, Event, EventDate, Place
from ozetle.digests.same_event_contradictions import contradictions, date_in_iso
from ozetle.digests.same_event_models import (
    MergedEvent,
    MergedFigure,
    MergedInstrument,
    MergedParticipant,
    Report,
)
from ozetle.digests.same_event_tellings import is_town, told_date
from ozetle.digests.same_event_words import person_of, place_key, same_person, same_place, title_words
from ozetle.facts.tables import key_of

_ID_LENGTH = 16
_AS_LONG_AS = 4  # days that a publication date is worth: the event may have been so much before
_PROGRESS = ("targeted", "stated", "planned", "occurred")


@dataclass(frozen=True, slots=True)
class Source:
    """An event, and whose it is."""

    digest: int
    article: ArticleInfo
    language: str
    index: int
    event: Event


def merged(sources: Sequence[Source]) -> MergedEvent:
    """Return one event of all its tellings, which are given in the order of publication."""
    reports = tuple(Report(article=source.article, index=source.index, event=source.event) for source in sources)
    ranked = sorted(range(len(sources)), key=lambda number: (_rank(sources[number]), number))
    events = [(number, sources[number].event) for number in ranked]
    return MergedEvent(
        id=_id(reports),
        type=_most_common([event.type for _, event in events]),
        status=_status(sources),
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


def _rank(source: Source) -> tuple[Any, ...]:
    """The best report is the smallest: Turkish, in the article's own words, dated, and rich."""
    event = source.event
    own = event.headline.rstrip(".") in " ".join(piece.quote for piece in event.evidence)
    dated = told_date(event, source.article.published) is not None
    parts = len(event.participants) + len(event.figures) + len(event.instruments) + (event.place is not None)
    return not source.language.startswith("tr"), not own, not dated, -parts


def _id(reports: Sequence[Report]) -> str:
    content = "\n".join(report.model_dump_json() for report in reports)
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
    dates = [source.event.date for source in ranked if source.event.date]
    own = [when for source in ranked if (when := told_date(source.event, source.article.published))]
    standing_in = sorted((when for when in dates if when.basis == "publication" and when.start), key=date_in_iso)
    for when in sorted([*own, *standing_in], key=_length):
        if all(_can_be(when, other) for other in own):
            return when
    if own:
        common = _most_common([date_in_iso(when) for when in own])
        return next(when for when in own if date_in_iso(when) == common)
    return dates[0] if dates else None


def _length(when: EventDate) -> int:
    if when.start is None or when.end is None:
        return date.max.toordinal()
    return _AS_LONG_AS if when.basis == "publication" else (when.end - when.start).days + 1


def _can_be(when: EventDate, other: EventDate) -> bool:
    """Whether the two have a day in common."""
    first, last = max(when.start or date.min, other.start or date.min), min(when.end or date.max, other.end or date.max)
    return first <= last


def _place(places: Sequence[Place]) -> Place | None:
    """The place most reports give, a town rather than its country."""
    if not places:
        return None

    def votes(place: Place) -> tuple[bool, int]:
        key = place_key(_name(place))
        return is_town(_name(place)), sum(same_place(key, place_key(_name(other))) for other in places)

    return max(places, key=votes)


def _name(place: Place) -> str:
    return place.turkish_name or place.text


def _participants(events: Sequence[tuple[int, Event]]) -> tuple[MergedParticipant, ...]:
    found: list[dict[str, Any]] = []
    for number, event in events:
        for part in event.participants:
            name = part.turkish_name or part.name
            values = part.model_dump(include={"kind", "title", "organisation", "country", "role"}) | {"name": name}
            _add(found, values, number, _same_participant)
    return tuple(MergedParticipant(**values) for values in found)


def _same_participant(known: dict[str, Any], part: dict[str, Any]) -> bool:
    if known["kind"] != part["kind"]:
        return False
    if part["kind"] == "person":
        return same_person(person_of(known["name"]), person_of(part["name"]))
    return key_of(known["name"]) == key_of(part["name"])


def _figures(events: Sequence[tuple[int, Event]]) -> tuple[MergedFigure, ...]:
    found: list[dict[str, Any]] = []
    for number, event in events:
        for figure in event.figures:
            _add(found, figure.model_dump(exclude={"start", "end"}), number, _same_figure)
    return tuple(MergedFigure(**values) for values in found)


def _same_figure(known: dict[str, Any], figure: dict[str, Any]) -> bool:
    return all(known[name] == figure[name] for name in ("value", "upper", "unit", "currency"))


def _instruments(events: Sequence[tuple[int, Event]]) -> tuple[MergedInstrument, ...]:
    found: list[dict[str, Any]] = []
    for number, event in events:
        for paper in event.instruments:
            _add(found, {"kind": paper.kind, "name": paper.name}, number, _same_instrument)
    return tuple(MergedInstrument(**values) for values in found)


def _same_instrument(known: dict[str, Any], paper: dict[str, Any]) -> bool:
    words, others = title_words(known["name"]), title_words(paper["name"])
    if not words or not others:
        return bool(known["kind"] == paper["kind"])
    return not words.isdisjoint(others)


def _add(found: list[dict[str, Any]], values: dict[str, Any], number: int, same: Any) -> None:
    """Add a part, or complete the one it repeats; the longer of two names is the fuller one."""
    for known in found:
        if same(known, values):
            known.update({name: value for name, value in values.items() if known[name] is None})
            if "name" in values and len(values["name"].split()) > len(known["name"].split()):
                known["name"] = values["name"]
            if number not in known["reports"]:
                known["reports"] = tuple(sorted((*known["reports"], number)))
            return
    found.append(values | {"reports": (number,)})
