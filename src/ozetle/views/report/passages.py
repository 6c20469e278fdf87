"""An article's text, cut where evidence and figures begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ozetle.articles import Article
from ozetle.digests.digest import Digest, Event, EventFigure, Words
from ozetle.digests.own_fields import own_fields

Passage = tuple[str, list[int], list[str]]
"""Text; the indices of the events it is evidence of; what of `linked` it is part of, as "event-place" indices."""


class Texts:
    """The texts of articles, found by the digests made of them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._by_name: dict[str | tuple[str | None, str], list[str]] = defaultdict(list)
        for article in articles:
            self._by_name[article.source, article.id].append(article.text)
            for name in {article.source, article.id} - {None}:
                self._by_name[str(name)].append(article.text)

    def of(self, digest: Digest) -> str | None:
        """Return the text that every offset of the digest fits, or None."""
        source, own_id = digest.article.source, digest.article.id
        quotes = list(_quotes(digest))
        for name in ((source, own_id), source, own_id):
            texts = [] if name is None else self._by_name.get(name, [])
            if not quotes and len(texts) > 1:  # lines of one file: nothing tells which of them it is
                continue
            fitting = (text for text in texts if all(text[s:e] == quote for s, e, quote in quotes))
            if (found := next(fitting, None)) is not None:
                return found
        return None


def linked(event: Event) -> tuple[EventFigure | Words, ...]:
    """Return the parts of an event that lead to their place in the text: its figures, then those of its own fields."""
    own = (value for field in own_fields(event) for value in field.values)
    return *event.figures, *(value for value in own if isinstance(value, EventFigure | Words))


def _quotes(digest: Digest) -> Iterator[tuple[int, int, str]]:
    for event in digest.events:
        yield from ((piece.start, piece.end, piece.quote) for piece in event.evidence)
        yield from ((part.start, part.end, part.text) for part in linked(event))
    for facts in (digest.facts.figures, digest.facts.dates, digest.facts.countries):
        yield from ((fact.start, fact.end, fact.text) for fact in facts)


def passages_of(text: str, events: Sequence[Event]) -> list[Passage]:
    """Return the text in passages that join to it, each as a whole in the same evidence and figures or in none."""
    spans: list[tuple[int, int, int | str]] = []
    for number, event in enumerate(events):
        spans += [(piece.start, piece.end, number) for piece in event.evidence]
        spans += [(part.start, part.end, f"{number}-{place}") for place, part in enumerate(linked(event))]
    begin: dict[int, list[int | str]] = defaultdict(list)
    end: dict[int, list[int | str]] = defaultdict(list)
    for first, last, what in (span for span in spans if span[0] < span[1]):
        begin[first].append(what)
        end[last].append(what)
    cuts = sorted({0, len(text), *begin, *end})
    open_now: list[int | str] = []
    passages: list[Passage] = []
    for first, last in pairwise(cuts):
        for what in end[first]:
            open_now.remove(what)
        open_now += begin[first]
        numbers = sorted({what for what in open_now if isinstance(what, int)})
        passages.append((text[first:last], numbers, [what for what in open_now if isinstance(what, str)]))
    return passages
