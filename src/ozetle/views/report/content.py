"""What the report shows, as JSON values: an index that the page holds at once, and details it reads when asked to.

The index has what lists, filters, timeline and tables need; the details of an article are its text or its translation,
what was taken out, and how the digest came about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ozetle.articles import Article
from ozetle.digests.digest import Digest, Event, EventFigure, Failure
from ozetle.views import phrases
from ozetle.views.report.passages import Texts, passages_of

_ANSWERS = {True: "evet", False: "hayır"}


@dataclass(frozen=True)
class Content:
    """What the page is made of; `details[i]` belongs to `index["articles"][i]`."""

    index: dict[str, Any]
    details: list[dict[str, Any]]


def content_of(results: Iterable[Digest | Failure], articles: Iterable[Article]) -> Content:
    """Return what a report shows of the results; see `report`."""
    texts = Texts(articles)
    digests: list[Digest] = []
    failures: list[dict[str, str]] = []
    for result in results:
        if isinstance(result, Failure):
            failures.append({"source": result.article.source or result.article.id, "message": result.error.message})
        else:
            digests.append(result)
    index = {
        "labels": _labels(digests),
        "articles": [_article(digest) for digest in digests],
        "failures": failures,
    }
    return Content(index, [_detail(digest, texts.of(digest)) for digest in digests])


def _labels(digests: Sequence[Digest]) -> dict[str, dict[str, str]]:
    """The Turkish of the ids and codes in the index."""
    events = [event for digest in digests for event in digest.events]
    return {
        "types": {name: phrases.label("types", name) for name in sorted({event.type for event in events})},
        "statuses": {name: phrases.label("statuses", name) for name in sorted({event.status for event in events})},
        "countries": {
            code: phrases.country(code) for code in sorted({code for event in events for code in event.countries})
        },
        "languages": {code: phrases.language(code) for code in sorted({digest.language.code for digest in digests})},
    }


def _article(digest: Digest) -> dict[str, Any]:
    article = digest.article
    return {
        "id": article.id,
        "source": article.source,
        "title": article.title,
        "published": _iso(article.published),
        "page": phrases.web_address(article.url),
        "language": digest.language.code,
        "summary": digest.summary,
        "rejected": len(digest.rejected),
        "events": [_event(event) for event in digest.events],
    }


def _event(event: Event) -> dict[str, Any]:
    when = event.date
    return {
        "type": event.type,
        "status": event.status,
        "headline": event.headline,
        "when": phrases.moment(when) if when else "",
        "start": _iso(when.start or when.end) if when else None,
        "end": _iso(when.end or when.start) if when else None,
        "countries": event.countries,
        "parts": [*_parts(event)],
        "figures": [_figure(figure, event) for figure in event.figures],
        "evidence": [[piece.sentence, piece.quote] for piece in event.evidence],
    }


def _parts(event: Event) -> Iterator[tuple[str, list[str]]]:
    """The labelled parts of an event, its figures apart, and then the fields that users have added."""
    yield from ((name, lines) for name, lines in phrases.details(event) if name != "rakamlar")
    for name, field in type(event).model_fields.items():
        own = {} if name in Event.model_fields else event.model_dump(mode="json", include={name})
        lines = [line for value in own.values() for line in _lines(value)]
        if lines:
            yield field.title or name.replace("_", " "), lines


def _lines(value: Any) -> Iterator[str]:
    """The value of a user's own field as lines of text."""
    if isinstance(value, list):
        for element in value:
            yield from _lines(element)
    elif isinstance(value, dict):
        shown = next((value[name] for name in ("quote", "text", "name") if value.get(name)), None)
        yield str(shown) if shown else ", ".join(f"{name}: {part}" for name, part in value.items() if part is not None)
    elif value is not None:
        yield _ANSWERS[value] if isinstance(value, bool) else str(value)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _figure(figure: EventFigure, event: Event) -> dict[str, Any]:
    within = (
        number for number, piece in enumerate(event.evidence) if piece.start <= figure.start and figure.end <= piece.end
    )
    return {
        "text": figure.text,
        "value": format(figure.value, "f"),
        "upper": None if figure.upper is None else format(figure.upper, "f"),
        "unit": figure.currency or figure.unit,
        "measure": figure.measure,
        "evidence": next(within, 0),
    }


def _detail(digest: Digest, text: str | None) -> dict[str, Any]:
    translated = digest.translation
    return {
        "passages": None if text is None else passages_of(text, digest.events),
        "sentences": translated
        and [[part.number, part.source, part.text, [*map(_flag, part.flags)]] for part in translated.sentences],
        "rejected": [rejection.model_dump() for rejection in digest.rejected],
        "origin": f"{phrases.origin(digest.provenance)}; ozetle {digest.provenance.ozetle}",
    }


def _flag(flag: str) -> tuple[str, str]:
    """What the checks found wrong with a sentence, in Turkish, and in the check's own words."""
    return phrases.flags([flag]), flag.partition(":")[2].strip()
