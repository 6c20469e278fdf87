"""An article's text, cut where evidence and figures begin and end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ozetle.articles import Article
from ozetle.digests.digest import Digest, Event

Passage = tuple[str, list[int], list[str]]
"""Text; the indices of the events it is evidence of; the figures it is part of, as "event-figure" indices."""


class Texts:
    """The texts of articles, found by the digests made of them."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for article in articles:
            for name in {article.source, article.id} - {None}:
                self._by_name[str(name)].append(article.text)

    def of(self, digest: Digest) -> str | None:
        """Return the text that every offset of the digest fits, or None."""
        names = [digest.article.source, digest.article.id]
        candidates = (text for name in names if name is not None for text in self._by_name.get(name, ()))
        quotes = list(_quotes(digest))
        return next((text for text in candidates if all(text[s:e] == quote for s, e, quote in quotes)), None)


def _quotes(digest: Digest) -> Iterator[tuple[int, int, str]]:
    for event in digest.events:
        yield from ((piece.start, piece.end, piece.quote) for piece in event.evidence)
        yield from ((figure.start, figure.end, figure.text) for figure in event.figures)
    for facts in (digest.facts.figures, digest.facts.dates, digest.facts.countries):
        yield from ((fact.start, fact.end, fact.text) for fact in facts)


def passages_of(text: str, events: Sequence[Event]) -> list[Passage]:
    """Return the text in passages that join to it, each as a whole in the same evidence and figures or in none."""
    spans: list[tuple[int, int, int | str]] = []
    for number, event in enumerate(events):
        spans += [(piece.start, piece.end, number) for piece in event.evidence]
        spans += [(figure.start, figure.end, f"{number}-{place}") for place, figure in enumerate(event.figures)]
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
