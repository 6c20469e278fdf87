"""The same event, told by several articles, becomes one; every source stays, and contradictions are shown.

Tellings are joined by what they agree in (see `same_event_rules`), never by the order they come in. Repeats within one
article are joined before, when its digest is made (see `merging`).
"""

from __future__ import annotations

from collections.abc import Iterable

from ozetle.digests.digest import Digest
from ozetle.digests.same_event_clusters import clusters
from ozetle.digests.same_event_models import (
    Contradiction,
    MergedEvent,
    MergedFigure,
    MergedInstrument,
    MergedParticipant,
    Report,
    Version,
)
from ozetle.digests.same_event_tellings import telling_of
from ozetle.digests.same_event_union import Source, merged

__all__ = [
    "Contradiction",
    "MergedEvent",
    "MergedFigure",
    "MergedInstrument",
    "MergedParticipant",
    "Report",
    "Version",
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
    tellings = [telling_of(source.article, source.language, source.event) for source in sources]
    joined = clusters(tellings, [source.digest for source in sources])
    found = [merged([sources[number] for number in numbers]) for numbers in joined]
    return sorted(found, key=lambda event: (*_day(event), event.id))


def _sources(digests: Iterable[Digest]) -> list[Source]:
    """The events of the digests in an order of their own; a digest that comes twice counts once."""
    distinct = {_identity(digest): digest for digest in digests}
    return [
        Source(number, digest.article, digest.language.code, index, event)
        for number, (_, digest) in enumerate(sorted(distinct.items(), key=lambda item: item[0]))
        for index, event in enumerate(digest.events)
    ]


def _identity(digest: Digest) -> tuple[str, ...]:
    published = digest.article.published
    return (
        published.isoformat() if published else "",
        digest.article.model_dump_json(),
        digest.language.code,
        *(event.model_dump_json() for event in digest.events),
    )


def _day(event: MergedEvent) -> tuple[bool, str]:
    when = event.date
    day = (when.start or when.end) if when else None
    return day is None, day.isoformat() if day else ""
