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
from ozetle.digests.digest import Digest, Event, EventFigure, Failure, Rejection, Words
from ozetle.views import phrases
from ozetle.views.report.passages import Texts, passages_of


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
            source, error = result.article.source or result.article.id, result.error
            failures.append({"source": source, "kind": error.type.turkish, "message": error.message})
        else:
            digests.append(result)
    index = {
        "labels": _labels(digests),
        "articles": [_article(digest) for digest in digests],
        "failures": failures,
    }
    return Content(index, [_detail(digest, texts.of(digest)) for digest in digests])


def _labels(digests: Sequence[Digest]) -> dict[str, dict[str, str]]:
    """The Turkish of the ids and codes in the index; of an id that two desks call otherwise the first one's."""
    own: dict[str, dict[str, str]] = {}
    for digest in digests:
        for choices, labels in digest.provenance.labels.items():
            own[choices] = labels | own.get(choices, {})
    events = [event for digest in digests for event in digest.events]
    return {
        "types": {name: phrases.label("types", name, own) for name in sorted({event.type for event in events})},
        "statuses": {name: phrases.label("statuses", name, own) for name in sorted({event.status for event in events})},
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
        "name": None if article.title else phrases.article_name(digest),
        "published": _iso(article.published),
        "page": phrases.web_address(article.url),
        "language": digest.language.code,
        "summary": digest.summary,
        "rejected": len(digest.rejected),
        "events": [_event(event, digest.provenance.labels) for event in digest.events],
    }


def _event(event: Event, labels: phrases.Labels) -> dict[str, Any]:
    when = event.date
    return {
        "type": event.type,
        "status": event.status,
        "headline": event.headline,
        "when": phrases.moment(when) if when else "",
        "first": _iso(when.first or when.last) if when else None,
        "last": _iso(when.last or when.first) if when else None,
        "countries": event.countries,
        "parts": [part for part in phrases.common_details(event, labels) if part[0] != "rakamlar"],
        "figures": [_figure(figure, event) for figure in event.figures],
        "own": [*_own(event, labels)],
        "evidence": [[piece.sentence, piece.quote] for piece in event.evidence],
    }


def _own(event: Event, labels: phrases.Labels) -> Iterator[tuple[str, list[str | dict[str, Any]]]]:
    """The own fields: what they are called and their values, those of `linked` with what leads to their place."""
    figures = {(figure.start, figure.end) for figure in event.figures}
    titled = labels.get("fields", {}).values()
    for name, values in phrases.own_details(event, labels):
        shown: list[str | dict[str, Any]] = []
        for value in values:
            line = phrases.own_value(value)
            if isinstance(value, EventFigure) and (value.start, value.end) not in figures:
                part = _figure(value, event)
                shown.append({"line": line, **part, "measure": value.measure or name})  # the table of figures has it
            elif isinstance(value, EventFigure | Words):
                shown.append({"line": line, "text": value.text, "evidence": _bearing(value, event)})
            else:
                shown.append(line)
        yield (name if name in titled else _capitalised(name)), shown


def _capitalised(identifier: str) -> str:
    """An identifier is no Turkish word: the page would make "İmpact" of "impact"."""
    return identifier[:1].upper() + identifier[1:]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _figure(figure: EventFigure, event: Event) -> dict[str, Any]:
    return {
        "text": figure.text,
        "value": format(figure.value, "f"),
        "upper": None if figure.upper is None else format(figure.upper, "f"),
        "unit": figure.currency or figure.unit,
        "measure": figure.measure,
        "evidence": _bearing(figure, event),
    }


def _bearing(part: EventFigure | Words, event: Event) -> int:
    """The position of the evidence that a part of an event stands in; the first if it stands in none."""
    within = (n for n, piece in enumerate(event.evidence) if piece.start <= part.start and part.end <= piece.end)
    return next(within, 0)


def _detail(digest: Digest, text: str | None) -> dict[str, Any]:
    translated = digest.translation
    return {
        "passages": None if text is None else passages_of(text, digest.events),
        "sentences": translated
        and [
            [part.number, part.source, part.text, [flag.turkish_reason for flag in part.flags]]
            for part in translated.sentences
        ],
        "rejected": [*map(_rejection, digest.rejected)],
        "origin": f"{phrases.origin(digest.provenance)}; ozetle {digest.provenance.ozetle}",
    }


def _rejection(claim: Rejection) -> dict[str, str]:
    """What was taken out, and why."""
    return {"path": claim.path, "claim": claim.claim, "reason": claim.turkish_reason}
