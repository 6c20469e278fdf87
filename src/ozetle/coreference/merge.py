"""The same event, told by several articles, becomes one; every source stays, and contradictions are shown.

Mentions are joined by what they agree in (see `rules`), never by the order they come in. Repeats within one
article are joined before, when its digest is made (see `merging`).
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter

from ozetle.coreference.clusters import clusters
from ozetle.coreference.mentions import mention_of
from ozetle.coreference.union import Source, merged
from ozetle.digests.digest import Digest
from ozetle.digests.merged import (
    ConflictingValue,
    Contradiction,
    MergedEvent,
    MergedFigure,
    MergedInstrument,
    MergedParticipant,
    Report,
)

__all__ = [
    "ConflictingValue",
    "Contradiction",
    "MergedEvent",
    "MergedFigure",
    "MergedInstrument",
    "MergedParticipant",
    "Report",
    "merge",
]


def merge(digests: Iterable[Digest]) -> list[MergedEvent]:
    """Join the reports of one event from several articles.

    Reports are joined when their types are kin, their dates can be one, and enough of people, countries, place,
    documents, figures and words agree, with nothing against it. Two events of one digest are never joined. A digest
    that comes twice counts once.

    Args:
        digests: in any order; the result does not depend on it.

    Returns:
        every event once, with all its reports; by date, undated ones last, then by id.
    """
    sources = _sources(digests)
    mentions = [mention_of(source.article, source.language, source.event) for source in sources]
    joined = clusters(mentions, [source.digest for source in sources])
    found = [merged([sources[number] for number in numbers]) for numbers in joined]
    return sorted(found, key=lambda event: (*_day(event), event.id))


def _sources(digests: Iterable[Digest]) -> list[Source]:
    """The events of the digests in an order of their own; a digest that comes twice counts once."""
    distinct: dict[tuple[str, ...], Digest] = {}
    for digest in digests:
        published = digest.article.published
        events = [event.model_dump_json() for event in digest.events]
        article = digest.article.model_dump_json()
        distinct[published.isoformat() if published else "", article, digest.language.code, *events] = digest
    return [
        Source(
            digest=number,
            article=digest.article,
            language=digest.language.code,
            index=index,
            event=event,
            json=f'{{"article":{article},"index":{index},"event":{events[index]}}}',
        )
        for number, ((_, article, _, *events), digest) in enumerate(sorted(distinct.items(), key=itemgetter(0)))
        for index, event in enumerate(digest.events)
    ]


def _day(event: MergedEvent) -> tuple[bool, str]:
    when = event.date
    day = (when.first or when.last) if when else None
    return day is None, day.isoformat() if day else ""
