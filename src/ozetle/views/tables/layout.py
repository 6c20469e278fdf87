"""Digests as tables in long format: one row for each event, participant, figure and so on.

Every table has its columns in `Table.columns`, in a fixed order, each with what it means; new ones come at the end.
A row belongs to an article by `article_id` (the digest's `article.id`) and to an event by `event`, its number among the
article's events, from 1. Labels are Turkish: those the digest brings, else those of the default taxonomy.
Offsets count Unicode code points in the article's raw text, end exclusive. What is not known is None: an empty cell in
CSV, a null in Parquet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ozetle.views.phrases import label
from ozetle.views.tables.cells import Row
from ozetle.views.tables.fields import field_rows

if TYPE_CHECKING:
    from ozetle.digests.digest import ArticleTranslation, Digest, Event

_BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: its name.
        kind: what its cells are, if not None: str, int, Decimal or date.
        meaning: what it says.
    """

    name: str
    kind: Literal["text", "integer", "number", "date"]
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        name: its name, and that of its file.
        meaning: what a row is.
        columns: in their order.
        rows: yields the rows of digests, one digest after the other; each has every column, in their order.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[Iterable[Digest]], Iterator[Row]]


def article_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each article, those without events too."""
    for digest in digests:
        article = digest.article
        yield {
            "article_id": article.id,
            "source": article.source,
            "title": article.title,
            "url": article.url,
            "published": article.published,
            "language": digest.language.code,
            "summary": digest.summary,
            "events": len(digest.events),
            "rejections": len(digest.rejected),
            "model": digest.provenance.model,
        }


def event_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each event; with enough of its article for the table to be of use alone."""
    for digest, number, event in _events(digests):
        when, where, article = event.date, event.place, digest.article
        yield {
            "article_id": article.id,
            "event": number,
            "type": event.type,
            "type_label": label("types", event.type, digest.provenance.labels),
            "status": event.status,
            "status_label": label("statuses", event.status, digest.provenance.labels),
            "headline": event.headline,
            "date_first": when.first if when else None,
            "date_last": when.last if when else None,
            "date_precision": when.precision if when else None,
            "date_basis": when.basis if when else None,
            "date_text": when.text if when else None,
            "place": where.text if where else None,
            "place_turkish": where.turkish_name if where else None,
            "place_country": where.country if where else None,
            "countries": _BETWEEN.join(event.countries) or None,
            "article_title": article.title,
            "article_url": article.url,
            "article_source": article.source,
            "article_published": article.published,
            "quote": " ".join(event.evidence[0].quote.split()) if event.evidence else None,
        }


def participant_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each participant of each event."""
    for digest, number, event in _events(digests):
        for place, part in enumerate(event.participants, 1):
            yield {
                "article_id": digest.article.id,
                "event": number,
                "participant": place,
                "kind": part.kind,
                "name": part.name,
                "turkish_name": part.turkish_name,
                "title": part.title,
                "organisation": part.organisation,
                "country": part.country,
                "role": part.role,
                "role_label": label("roles", part.role, digest.provenance.labels),
                "start": part.start,
                "end": part.end,
            }


def figure_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each figure of each event."""
    for digest, number, event in _events(digests):
        for place, figure in enumerate(event.figures, 1):
            yield {
                "article_id": digest.article.id,
                "event": number,
                "figure": place,
                "text": figure.text,
                "value": figure.value,
                "upper": figure.upper,
                "unit": figure.unit,
                "currency": figure.currency,
                "measure": figure.measure,
                "start": figure.start,
                "end": figure.end,
            }


def instrument_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each instrument of each event."""
    for digest, number, event in _events(digests):
        for place, paper in enumerate(event.instruments, 1):
            yield {
                "article_id": digest.article.id,
                "event": number,
                "instrument": place,
                "kind": paper.kind,
                "kind_label": label("instrument_kinds", paper.kind, digest.provenance.labels),
                "name": paper.name,
                "start": paper.start,
                "end": paper.end,
            }


def evidence_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each sentence that reports an event."""
    for digest, number, event in _events(digests):
        for piece in event.evidence:
            yield {
                "article_id": digest.article.id,
                "event": number,
                "sentence": piece.sentence,
                "quote": piece.quote,
                "start": piece.start,
                "end": piece.end,
            }


def rejection_rows(digests: Iterable[Digest]) -> Iterator[Row]:
    """Yield a row for each claim that was taken out."""
    for digest in digests:
        for claim in digest.rejected:
            yield {
                "article_id": digest.article.id,
                "path": claim.path,
                "claim": claim.claim,
                "reason": claim.reason,
            }


def translation_rows(digests: Iterable[Digest | ArticleTranslation]) -> Iterator[Row]:
    """Yield a row for each translated sentence."""
    from ozetle.digests.digest import Digest

    for digest in digests:
        translation = digest.translation if isinstance(digest, Digest) else digest
        for sentence in translation.sentences if translation else ():
            yield {
                "article_id": digest.article.id,
                "sentence": sentence.number,
                "source": sentence.source,
                "text": sentence.text,
                "flags": _BETWEEN.join(flag.partition(":")[0] for flag in sentence.flags) or None,
            }


def _events(digests: Iterable[Digest]) -> Iterator[tuple[Digest, int, Event]]:
    for digest in digests:
        for number, event in enumerate(digest.events, 1):
            yield digest, number, event


_ARTICLE = Column("article_id", "text", "the digest's `article.id`")
_EVENT = Column("event", "integer", "the event's number among those of the article, from 1")
_START = Column("start", "integer", "where it begins in the article's raw text, in code points")
_END = Column("end", "integer", "where it ends, exclusive")

ARTICLES = Table(
    "articles",
    "an article",
    (
        _ARTICLE,
        Column("source", "text", "the path or URL as given"),
        Column("title", "text", "its title"),
        Column("url", "text", "its address"),
        Column("published", "date", "the day of publication"),
        Column("language", "text", "BCP 47 code of its language"),
        Column("summary", "text", "the Turkish summary"),
        Column("events", "integer", "how many events it has"),
        Column("rejections", "integer", "how many claims were taken out"),
        Column("model", "text", "the model that was asked"),
    ),
    article_rows,
)
EVENTS = Table(
    "events",
    "an event",
    (
        _ARTICLE,
        _EVENT,
        Column("type", "text", "id of the taxonomy"),
        Column("type_label", "text", "the type in Turkish"),
        Column("status", "text", "occurred, planned, stated or targeted"),
        Column("status_label", "text", "the status in Turkish"),
        Column("headline", "text", "one Turkish sentence"),
        Column("date_first", "date", "its first day"),
        Column("date_last", "date", "its last day, inclusive"),
        Column("date_precision", "text", "day, month, range, year or unknown"),
        Column("date_basis", "text", "explicit, resolved, publication or unresolved"),
        Column("date_text", "text", "the article's words for the date"),
        Column("place", "text", "the article's words for the place"),
        Column("place_turkish", "text", "the place's Turkish name, if the article is foreign and it differs"),
        Column("place_country", "text", "ISO 3166-1 alpha-2, if the article's words name it"),
        Column("countries", "text", "ISO 3166-1 alpha-2 of the countries concerned, with ; between them"),
        Column("article_title", "text", "the article's title"),
        Column("article_url", "text", "the article's address"),
        Column("article_source", "text", "the article's path or URL as given"),
        Column("article_published", "date", "the day the article was published"),
        Column("quote", "text", "the sentence it rests on, of several the first; on one line"),
    ),
    event_rows,
)
PARTICIPANTS = Table(
    "participants",
    "someone or something that takes part in an event",
    (
        _ARTICLE,
        _EVENT,
        Column("participant", "integer", "its number in the event, from 1"),
        Column("kind", "text", "person, organisation, country or group"),
        Column("name", "text", "the name as the article has it"),
        Column("turkish_name", "text", "a person's name in Turkish, if the article is foreign and it differs"),
        Column("title", "text", "the office"),
        Column("organisation", "text", "the organisation"),
        Column("country", "text", "ISO 3166-1 alpha-2"),
        Column("role", "text", "id of the taxonomy"),
        Column("role_label", "text", "the role in Turkish"),
        _START,
        _END,
    ),
    participant_rows,
)
FIGURES = Table(
    "figures",
    "a figure of an event",
    (
        _ARTICLE,
        _EVENT,
        Column("figure", "integer", "its number in the event, from 1"),
        Column("text", "text", "the article's words"),
        Column("value", "number", "the value in base units: 224600000000; of a range the lower end"),
        Column("upper", "number", "the upper end of a range"),
        Column("unit", "text", "currency, percent, permille, count or a physical unit"),
        Column("currency", "text", "ISO 4217"),
        Column("measure", "text", "what it measures, in Turkish"),
        _START,
        _END,
    ),
    figure_rows,
)
INSTRUMENTS = Table(
    "instruments",
    "a document that is signed, adopted or referred to",
    (
        _ARTICLE,
        _EVENT,
        Column("instrument", "integer", "its number in the event, from 1"),
        Column("kind", "text", "id of the taxonomy"),
        Column("kind_label", "text", "the kind in Turkish"),
        Column("name", "text", "the article's words"),
        _START,
        _END,
    ),
    instrument_rows,
)
FIELDS = Table(
    "fields",
    "a value of an own field of an event; there is none where events have no fields but the library's",
    (
        _ARTICLE,
        _EVENT,
        Column("field", "text", "the field's name"),
        Column("field_label", "text", "what the field is called in Turkish, else its name"),
        Column("position", "integer", "the value's number in the field, from 1"),
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
    ),
    field_rows,
)
EVIDENCE = Table(
    "evidence",
    "a sentence that reports an event",
    (
        _ARTICLE,
        _EVENT,
        Column("sentence", "integer", "its number among the article's content sentences, from 1"),
        Column("quote", "text", "the sentence, exactly as it stands in the article"),
        _START,
        _END,
    ),
    evidence_rows,
)
REJECTIONS = Table(
    "rejections",
    "a claim that the article does not bear out",
    (
        _ARTICLE,
        Column("path", "text", "where it stood in the answer"),
        Column("claim", "text", "what the model claimed"),
        Column("reason", "text", "why it was taken out"),
    ),
    rejection_rows,
)
TRANSLATIONS = Table(
    "translations",
    "a sentence of an article that is not Turkish",
    (
        _ARTICLE,
        Column("sentence", "integer", "its number among the article's content sentences, from 1"),
        Column("source", "text", "the sentence as the article has it"),
        Column("text", "text", "its Turkish translation"),
        Column("flags", "text", "codes of what is wrong with the translation, with ; between them"),
    ),
    translation_rows,
)
TABLES = (ARTICLES, EVENTS, PARTICIPANTS, FIGURES, INSTRUMENTS, FIELDS, EVIDENCE, REJECTIONS, TRANSLATIONS)
"""Every table, in the order they are written and documented."""
