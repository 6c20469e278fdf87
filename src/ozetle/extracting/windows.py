"""Windows: an article too long for one question is asked about part by part, each with what it needs of those before.

A window begins and ends with a sentence. Those behind the first one are shown the sentences before them, who the people
are that they name by surname alone, and the latest events told so far. An event that goes on in another window is told
there again under its type and headline, and both become one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ozetle.articles import Sentence
from ozetle.extracting.draft import Draft, DraftEvent
from ozetle.facts.folding import fold_text

MAX_SENTENCES = 60
"""Of one window: what they report fits into one answer."""
_CONTEXT = 3  # sentences before a window that are shown with it
_OPEN_EVENTS = 20  # the latest events that a window is told of: what goes on is as a rule not far behind


@dataclass(frozen=True)
class Window:
    """A part of an article's content; the sentences before it are shown for context alone."""

    sentences: tuple[Sentence, ...]
    before: tuple[Sentence, ...] = ()


def windows(content: Sequence[Sentence], most_characters: int) -> list[Window]:
    """Cut an article's content into windows of about the same length; one window where it is not too long for that.

    Args:
        content: the numbered sentences, in order.
        most_characters: what a window may hold; a sentence that is longer by itself is a window of its own.
    """
    number = max(-(-len(content) // MAX_SENTENCES), -(-sum(map(_length, content)) // most_characters), 1)
    share = sum(map(_length, content)) / number
    cuts = [0]
    filled = 0
    for place, sentence in enumerate(content):
        size = filled + _length(sentence)
        if place > cuts[-1] and (
            size > most_characters or place - cuts[-1] == MAX_SENTENCES or size - _length(sentence) / 2 > share
        ):
            cuts.append(place)
            filled = 0
        filled += _length(sentence)
    ends = [*cuts[1:], len(content)]
    return [
        Window(tuple(content[first:end]), tuple(content[max(first - _CONTEXT, 0) : first]))
        for first, end in zip(cuts, ends, strict=True)
    ]


def joined_drafts(drafts: Sequence[Draft]) -> Draft:
    """Return one draft of those of an article's windows; the summary is the last one's, which was told of all events.

    An event under the type and headline of an earlier one goes on with it: it adds its sentences, people, figures and
    documents, and its date and place where the earlier one has none.
    """
    events: dict[tuple[str, str], DraftEvent] = {}
    for number, event in enumerate(event for draft in drafts for event in draft.events):
        key = (event.type, fold_text(event.headline) or str(number))
        events[key] = _continued(events[key], event) if key in events else event
    summary = next((draft.summary for draft in reversed(drafts) if draft.summary.strip()), "")
    return drafts[0].model_copy(update={"events": list(events.values()), "summary": summary})


def open_events(drafts: Sequence[Draft]) -> list[DraftEvent]:
    """Return the events that the next window is told of, the latest of those told so far."""
    return joined_drafts(drafts).events[-_OPEN_EVENTS:] if drafts else []


def _continued(first: DraftEvent, second: DraftEvent) -> DraftEvent:
    update: dict[str, Any] = {}
    for name in type(first).model_fields:
        one, other = getattr(first, name), getattr(second, name)
        if isinstance(one, list) and isinstance(other, list):
            update[name] = list(_distinct([*one, *other]))
        elif one in (None, ""):
            update[name] = other
    return first.model_copy(update=update)


def _distinct(parts: Sequence[Any]) -> Iterator[Any]:
    seen = set()
    for part in parts:
        key = part.model_dump_json() if isinstance(part, BaseModel) else part
        if key not in seen:
            seen.add(key)
            yield part


def _length(sentence: Sentence) -> int:
    return sentence.end - sentence.start
