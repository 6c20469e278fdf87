"""A mention: an event of one digest, with what mentions of different articles are compared by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal

from ozetle.coreference.words import (
    Person,
    beginnings,
    person_of,
    place_key,
    same_person,
    same_place,
    sentence_beginnings,
    session_numbers,
    title_words,
)
from ozetle.digests.digest import ArticleInfo, Event, EventDate, EventFigure, Participant
from ozetle.facts.tables import key_of, load_table, word_set
from ozetle.turkish.inflection import amount_in_words, country_name, date_in_words

Level = Literal["day", "month", "any"]

KIN = {
    "joint_mechanism_meeting": "meeting",
    "bilateral_meeting": "meeting",
    "official_visit": "meeting",
    "agreement_signed": "deed",
    "decision_adopted": "deed",
    "official_statement": "statement",
    "proposal_made": "statement",
    "economic_statistic": "statistic",
    "target_set": "target",
}
"""Types that reports of one event may have; a type that is not listed is kin to itself only."""

_NOTHING: frozenset[Any] = frozenset()
EARLIEST, LATEST = date.min.toordinal(), date.max.toordinal()
_REPORTED_WITHIN = 3  # days after an event in which news tell of it as just happened
_UNDATED_PAST, _UNDATED_FUTURE = 31, 180
_STATISTIC_AGE = 150  # a figure told without its period is a recent one
_SHORT, _LONG = 7, 400  # days
_TO_COME = frozenset({"planned", "postponed", "cancelled"})
_UNDATED = frozenset({"targeted", "expected"})  # what has no day but the one that it is for

_ASPECTS = {
    aspect: tuple(key_of(word) for word in words.split())
    for aspect, words in {
        "export": "ihracat ihraç satış ixrac eksport export ausfuhr экспорт",
        "import": "ithalat ithal alım idxal importe import einfuhr импорт",
        "trade": "ticaret dövriyyə tregti trade handel товарооборот торговл",
        "investment": "yatırım investisiya sərmayə investim invest инвестиц",
        "companies": "şirket firma şirkət kompani compan unternehmen компани",
        "tourists": "turist ziyaretçi tourist visitor turistë турист",
        "production": "üretim istehsal prodhim production produktion производств",
        "deficit": "açık açığı kəsir deficit defizit дефицит",
    }.items()
}
# a foreign country's trade is told beside exports and imports of which it is the sum
_SUM_OF = "trade"


Paper = tuple[str, frozenset[str], str]
"""A document: its kind, the words of its name, and the language of the name."""
Amount = tuple[Decimal, str]
"""A value with its currency or unit."""


@dataclass(frozen=True, slots=True)
class EventMention:
    """What an event is compared by; of several that were joined, all of it together."""

    family: str
    """What its type is kin to."""
    types: frozenset[str]
    first: int
    """The first day on which it can have been, as `date.toordinal`; `last`, the last one, inclusive."""
    last: int
    level: Level
    """Whether these are a few days, months, or anything."""
    days: frozenset[tuple[int, int]]
    """The first and last days that the articles' own words give."""
    people: tuple[Person, ...]
    person_keys: frozenset[str]
    countries: frozenset[str]
    places: frozenset[str]
    """Keys of its places; `towns` those that are known to be towns."""
    towns: frozenset[str]
    bodies: tuple[frozenset[str], ...]
    """The words of its organisations' names; `mechanisms` those of them that met."""
    mechanisms: tuple[frozenset[str], ...]
    papers: tuple[Paper, ...]
    amounts: frozenset[Amount]
    rare_amounts: frozenset[Amount]
    """Those that hardly stand in two reports by chance."""
    aspects: frozenset[str]
    """What the figures of a statistic or target are of."""
    words: frozenset[str]
    """Those of its headline, without names."""
    sessions: frozenset[int]
    """The numbers of meetings that it names."""


def mention_of(article: ArticleInfo, language: str, event: Event) -> EventMention:
    """Return what an event is compared by.

    Args:
        article: the article that tells it.
        language: the article's, as `Language.code` has it.
        event: the event.
    """
    family = KIN.get(event.type, event.type)
    told = told_date(event, article.published)
    first, last = _days(event, told, article.published, family)
    place = event.place.in_turkish if event.place else None
    places = _shared(place_key(place)) if place else _NOTHING
    people = _people(event.participants)
    bodies = [(part.role, beginnings(part.name)) for part in event.participants if part.kind == "organisation"]
    amounts = frozenset([(figure.value, figure.currency or figure.unit) for figure in event.figures])
    # a headline is as a rule one of the sentences
    sentences = dict.fromkeys((event.headline, *(piece.quote for piece in event.evidence)))
    return EventMention(
        family=family,
        types=_shared(event.type),
        first=first,
        last=last,
        level="day" if last - first < _SHORT else "month" if last - first < _LONG else "any",
        days=_shared((first, last)) if told else _NOTHING,
        people=people,
        person_keys=_shared(*[person.key for person in people]),
        countries=_countries(event),
        places=places,
        towns=places if place and is_town(place) else _NOTHING,
        bodies=tuple([words for _, words in bodies if words]),
        mechanisms=tuple([words for role, words in bodies if words and role == "mechanism"]),
        papers=tuple([(paper.kind, title_words(paper.name), language) for paper in event.instruments]),
        amounts=amounts,
        rare_amounts=frozenset([amount for amount in amounts if _is_rare(*amount)]),
        aspects=_aspects(event, sentences) if family in ("statistic", "target") else _NOTHING,
        words=_content(event, place),
        sessions=_NOTHING.union(*map(session_numbers, sentences)),
    )


@lru_cache(maxsize=65536)
def _shared(*items: Any) -> frozenset[Any]:
    """A set of what many mentions have alike, held once."""
    return frozenset(items)


def united(first: EventMention, second: EventMention) -> EventMention:
    """Return what two mentions of one event say together; the days are those on which both can have been."""
    overlap = max(first.first, second.first), min(first.last, second.last)
    days = overlap if overlap[0] <= overlap[1] else (first.first, first.last)
    both: dict[str, Any] = {name: getattr(first, name) | getattr(second, name) for name in _SETS}
    for name in _LISTS:
        both[name] = tuple(dict.fromkeys(getattr(first, name) + getattr(second, name)))
    return replace(first, first=days[0], last=days[1], **both)


_SETS = ("types", "days", "person_keys", "countries", "places", "towns", "rare_amounts", "aspects", "sessions")
_LISTS = ("people", "bodies", "mechanisms", "papers")


def shared_people(first: EventMention, second: EventMention) -> int:
    """How many people both name."""
    if first.person_keys.isdisjoint(second.person_keys):
        return 0
    return sum(any(same_person(person, other) for other in second.people) for person in first.people)


def share_a_place(first: EventMention, second: EventMention) -> bool:
    """Whether one of the places of each is the same."""
    if first.places.isdisjoint(second.places):
        return any(same_place(one, other) for one in first.places for other in second.places)
    return True


def _days(event: Event, told: EventDate | None, published: date | None, family: str) -> tuple[int, int]:
    """First and last day on which the event can have been, as far as its date and the publication tell."""
    if told is not None:
        start = told.first.toordinal() if told.first else EARLIEST
        return start, told.last.toordinal() if told.last else LATEST
    if published is None or event.status in _UNDATED:
        return EARLIEST, LATEST
    day = published.toordinal()
    if event.status in _TO_COME:
        return day, day + _UNDATED_FUTURE
    if family == "statistic":
        return day - _STATISTIC_AGE, day
    dated = event.date is not None and event.date.first is not None
    if dated or event.status == "stated":
        return day - _REPORTED_WITHIN, day
    return day - _UNDATED_PAST, day


def told_date(event: Event, published: date | None) -> EventDate | None:
    """Return the date that the article's own words give the event, if they do and it can be.

    What has happened was not after its publication: then "on Tuesday" was taken for the next Tuesday.
    """
    when = event.date
    if when is None or when.basis not in ("explicit", "resolved") or not (when.first or when.last):
        return None
    if when.first and when.last and when.first > when.last:
        return None
    late = published is not None and when.first is not None and when.first > published + timedelta(days=1)
    return None if late and when.basis == "resolved" and event.status in ("occurred", "stated") else when


def _people(participants: tuple[Participant, ...]) -> tuple[Person, ...]:
    found = (person_of(part.in_turkish) for part in participants if part.kind == "person")
    return tuple(dict.fromkeys(found))


def _countries(event: Event) -> frozenset[str]:
    place = event.place.country if event.place else None
    codes = (*event.countries, *[part.country for part in event.participants], place)
    return _shared(*[code for code in codes if code])


def _is_rare(value: Decimal, unit: str) -> bool:
    """Whether a value hardly stands in two reports by chance: money, or three digits that count."""
    if unit in ("percent", "permille"):
        return False
    digits = len(value.normalize().as_tuple().digits)
    return digits > 2 or (value >= 1000 and digits > 1)


def _aspects(event: Event, sentences: Iterable[str]) -> frozenset[str]:
    measures = " ".join(figure.measure for figure in event.figures if figure.measure)
    return aspects_of(measures) or aspects_of(" ".join(sentences))


@lru_cache(maxsize=65536)
def aspects_of(text: str) -> frozenset[str]:
    """What figures are of, as the words of a text in any language tell: export, import, trade …"""
    words = key_of(text).split()
    found = {aspect for aspect, stems in _ASPECTS.items() if any(word.startswith(stems) for word in words)}
    return frozenset(found - {_SUM_OF} if found & {"export", "import", "deficit"} else found)


def figure_unit(figure: EventFigure) -> str:
    """The currency, else the unit."""
    return figure.currency or figure.unit


def _content(event: Event, place: str | None) -> frozenset[str]:
    """The words of the headline that are no names; a headline made of the event's parts has none of its own."""
    names = [beginnings(part.in_turkish) for part in event.participants]
    names += [beginnings(place)] if place else []
    if not event.is_headline_quoted:
        names += [beginnings(date_in_words(event.date)), *(beginnings(amount_in_words(part)) for part in event.figures)]
    return sentence_beginnings(event.headline).difference(*names, *map(_country_words, event.countries))


@cache
def _country_words(code: str) -> frozenset[str]:
    """The beginnings of a country's Turkish names: of the full one, of that of headlines, of the others it has."""
    aliases = load_table("countries", "aliases")
    others = [aliases[part]["names"].get(code, "").replace("|", " ") for part in ("all", "tr")]
    return beginnings(" ".join((country_name(code), country_name(code, short=True), *others)))


@lru_cache(maxsize=65536)
def is_town(name: str) -> bool:
    """Whether a Turkish name is known to be a town's."""
    from ozetle.facts.names.lexicon import lexicon

    keys = word_set(name)
    return len(keys) == 1 and any(lexicon("tr").is_city(key) for key in keys)
