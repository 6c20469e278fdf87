"""Digests as tables in long format: one row for each event, participant, figure and so on.

Every table has its columns in `Table.columns`, in a fixed order, each with what it means; new ones come at the end.
A row belongs to an article by `article_id` (the digest's `article.id`) and to an event by `event`, its number among the
article's events, from 1. Labels are Turkish: those the digest brings, else those of the default taxonomy.
Offsets count Unicode code points in the article's raw text, end exclusive. What is not known is None: an empty cell in
CSV, a null in Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TYPE_CHECKING

from ozetle.views.phrases import label
from ozetle.views.tables.table import Cell, Column, Row, Subject, Table

if TYPE_CHECKING:
    from ozetle.digests.digest import ArticleTranslation, Digest
    from ozetle.digests.own_fields import OwnValue
    from ozetle.extracting.taxonomy import ChoiceList

_BETWEEN = ";"


def _events(digest: Digest) -> Iterator[Subject]:
    for number, event in enumerate(digest.events, 1):
        yield Subject(digest, event, number)


def _parts(name: str) -> Callable[[Digest], Iterator[Subject]]:
    """The parts of the events that stand in a field."""

    def subjects(digest: Digest) -> Iterator[Subject]:
        for event in _events(digest):
            for position, part in enumerate(getattr(event.part, name), 1):
                yield Subject(digest, part, event.event, position)

    return subjects


def _values(digest: Digest) -> Iterator[Subject]:
    """The values of own fields."""
    from ozetle.digests.own_fields import own_fields

    for event in _events(digest):
        for field in own_fields(event.part):
            called = {"field": field.name, "field_label": label("fields", field.name, digest.provenance.labels)}
            for position, value in enumerate(field.values, 1):
                yield Subject(digest, SimpleNamespace(**called, **_cells(value)), event.event, position)


def _cells(value: OwnValue) -> Row:
    """What a value has of the columns that only values of its kind have."""
    from ozetle.digests.digest import EventDate, EventFigure, Place, Words

    match value:
        case Words():
            known: Row = {"kind": "words", **dict(value)}
        case EventFigure():
            known = {"kind": "figure", **dict(value)}
        case EventDate():
            days = {f"date_{name}": getattr(value, name) for name in ("first", "last", "precision", "basis")}
            known = {"kind": "date", **dict(value), **days}
        case Place():
            known = {"kind": "place", **dict(value)}
        case _:
            known = {"kind": "text", "text": str(value)}
    return {column.name: known.get(column.name) for column in _OF_VALUES}


def _sentences(result: Digest | ArticleTranslation) -> Iterator[Subject]:
    """The translated sentences of a digest or of a translation."""
    from ozetle.digests.digest import Digest

    translation = result.translation if isinstance(result, Digest) else result
    for sentence in translation.sentences if translation else ():
        yield Subject(result, sentence)


def _article(field: str) -> Callable[[Subject], Cell]:
    return lambda of: getattr(of.digest.article, field)


def _label(choices: ChoiceList, field: str) -> Callable[[Subject], Cell]:
    return lambda of: label(choices, getattr(of.part, field), of.digest.provenance.labels)


def _first_quote(of: Subject) -> Cell:
    return " ".join(of.part.evidence[0].quote.split()) if of.part.evidence else None


def _countries(of: Subject) -> Cell:
    return _BETWEEN.join(of.part.countries) or None


def _flags(of: Subject) -> Cell:
    return _BETWEEN.join(flag.code for flag in of.part.flags) or None


_ARTICLE = Column("article_id", "text", "the digest's `article.id`", lambda of: of.digest.article.id)
_EVENT = Column("event", "integer", "the event's number among those of the article, from 1", lambda of: of.event)
_START = Column("start", "integer", "where it begins in the article's raw text, in code points")
_END = Column("end", "integer", "where it ends, exclusive")

ARTICLES = Table(
    "articles",
    "an article",
    lambda digest: [Subject(digest, digest)],
    (
        _ARTICLE,
        Column("source", "text", "the path or URL as given", "article.source"),
        Column("title", "text", "its title", "article.title"),
        Column("url", "text", "its address", "article.url"),
        Column("published", "date", "the day of publication", "article.published"),
        Column("language", "text", "BCP 47 code of its language", "language.code"),
        Column("summary", "text", "the Turkish summary"),
        Column("events", "integer", "how many events it has", lambda of: len(of.part.events)),
        Column("rejections", "integer", "how many claims were taken out", lambda of: len(of.part.rejected)),
        Column("model", "text", "the model that was asked", "provenance.model"),
    ),
)
EVENTS = Table(
    "events",
    "an event",
    _events,
    (
        _ARTICLE,
        _EVENT,
        Column("type", "text", "id of the taxonomy"),
        Column("type_label", "text", "the type in Turkish", _label("types", "type")),
        Column("status", "text", "occurred, planned, stated, targeted, expected, postponed, cancelled or denied"),
        Column("status_label", "text", "the status in Turkish", _label("statuses", "status")),
        Column("headline", "text", "one Turkish sentence"),
        Column("date_first", "date", "its first day", "date.first"),
        Column("date_last", "date", "its last day, inclusive", "date.last"),
        Column("date_precision", "text", "day, month, range, year or unknown", "date.precision"),
        Column("date_basis", "text", "explicit, resolved, publication or unresolved", "date.basis"),
        Column("date_text", "text", "the article's words for the date", "date.text"),
        Column("place", "text", "the article's words for the place", "place.text"),
        Column(
            "place_turkish",
            "text",
            "the place's Turkish name, if the article is foreign and it differs",
            "place.turkish_name",
        ),
        Column("place_country", "text", "ISO 3166-1 alpha-2, if the article's words name it", "place.country"),
        Column(
            "countries",
            "text",
            "ISO 3166-1 alpha-2 of the countries concerned, with ; between them",
            lambda of: _BETWEEN.join(of.part.countries) or None,
        ),
        Column("article_title", "text", "the article's title", _article("title")),
        Column("article_url", "text", "the article's address", _article("url")),
        Column("article_source", "text", "the article's path or URL as given", _article("source")),
        Column(
            "article_published", "date", "the day the article was published", lambda of: of.digest.article.published
        ),
        Column("quote", "text", "the sentence it rests on, of several the first; on one line", _first_quote),
    ),
)
PARTICIPANTS = Table(
    "participants",
    "someone or something that takes part in an event",
    _parts("participants"),
    (
        _ARTICLE,
        _EVENT,
        Column("participant", "integer", "its number in the event, from 1", lambda of: of.position),
        Column("kind", "text", "person, organisation, country or group"),
        Column("name", "text", "the name as the article has it"),
        Column("turkish_name", "text", "a person's name in Turkish, if the article is foreign and it differs"),
        Column("title", "text", "the office"),
        Column("organisation", "text", "the organisation"),
        Column("country", "text", "ISO 3166-1 alpha-2"),
        Column("role", "text", "id of the taxonomy"),
        Column("role_label", "text", "the role in Turkish", _label("roles", "role")),
        _START,
        _END,
    ),
)
FIGURES = Table(
    "figures",
    "a figure of an event",
    _parts("figures"),
    (
        _ARTICLE,
        _EVENT,
        Column("figure", "integer", "its number in the event, from 1", lambda of: of.position),
        Column("text", "text", "the article's words"),
        Column("value", "number", "the value in base units: 224600000000; of a range the lower end"),
        Column("upper", "number", "the upper end of a range"),
        Column("unit", "text", "currency, percent, permille, count or a physical unit"),
        Column("currency", "text", "ISO 4217"),
        Column("bound", "text", "over, about or under where the figure is not exact"),
        Column("measure", "text", "what it measures, in Turkish"),
        _START,
        _END,
    ),
)
INSTRUMENTS = Table(
    "instruments",
    "a document that is signed, adopted or referred to",
    _parts("instruments"),
    (
        _ARTICLE,
        _EVENT,
        Column("instrument", "integer", "its number in the event, from 1", lambda of: of.position),
        Column("kind", "text", "id of the taxonomy"),
        Column("kind_label", "text", "the kind in Turkish", _label("instrument_kinds", "kind")),
        Column("name", "text", "the article's words"),
        _START,
        _END,
    ),
)
_OF_VALUES = (
    Column("kind", "text", "words, figure, date, place or text: which of the next columns can be filled"),
    Column("text", "text", "the article's words; of a text the text itself"),
    Column("value", "number", "of a figure the value in base units; of a range the lower end"),
    Column("upper", "number", "of a figure the upper end of a range"),
    Column("unit", "text", "of a figure currency, percent, permille, count or a physical unit"),
    Column("currency", "text", "of a figure ISO 4217"),
    Column("date_first", "date", "of a date its first day"),
    Column("date_last", "date", "of a date its last day, inclusive"),
    Column("date_precision", "text", "of a date day, month, range, year or unknown"),
    Column("date_basis", "text", "of a date explicit, resolved, publication or unresolved"),
    Column("country", "text", "of a place ISO 3166-1 alpha-2, if the article's words name it"),
    Column("turkish_name", "text", "of a place its Turkish name, if the article is foreign and it differs"),
    _START,
    _END,
)
FIELDS = Table(
    "fields",
    "a value of an own field of an event; there is none where events have no fields but the library's",
    _values,
    (
        _ARTICLE,
        _EVENT,
        Column("field", "text", "the field's name"),
        Column("field_label", "text", "what the field is called in Turkish, else its name"),
        Column("position", "integer", "the value's number in the field, from 1", lambda of: of.position),
        *_OF_VALUES,
    ),
)
EVIDENCE = Table(
    "evidence",
    "a sentence that reports an event",
    _parts("evidence"),
    (
        _ARTICLE,
        _EVENT,
        Column("sentence", "integer", "its number among the article's content sentences, from 1"),
        Column("quote", "text", "the sentence, exactly as it stands in the article"),
        _START,
        _END,
    ),
)
REJECTIONS = Table(
    "rejections",
    "a claim that the article does not bear out",
    lambda digest: [Subject(digest, claim) for claim in digest.rejected],
    (
        _ARTICLE,
        Column("path", "text", "where it stood in the answer"),
        Column("claim", "text", "what the model claimed"),
        Column("code", "text", "why it was taken out"),
        Column("reason", "text", "the same as an English sentence"),
    ),
)
TRANSLATIONS = Table(
    "translations",
    "a sentence of an article that is not Turkish",
    _sentences,
    (
        _ARTICLE,
        Column("sentence", "integer", "its number among the article's content sentences, from 1", "number"),
        Column("source", "text", "the sentence as the article has it"),
        Column("text", "text", "its Turkish translation"),
        Column(
            "flags",
            "text",
            "codes of what is wrong with the translation, with ; between them",
            _flags,
        ),
    ),
)
TABLES = (ARTICLES, EVENTS, PARTICIPANTS, FIGURES, INSTRUMENTS, FIELDS, EVIDENCE, REJECTIONS, TRANSLATIONS)
"""Every table, in the order they are written and documented."""
