"""The same event told twice becomes one.

Two mentions of a type and status are of one event when they rest on the same sentences, or name the same people and the
same days; and when nothing they say speaks against it. What was only said or proposed is told apart by its content: who
says three things in one day has made three statements.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from ozetle.digests.digest import Event, EventFigure, Instrument, Participant
from ozetle.digests.own_fields import own_names
from ozetle.facts.folding import fold_text

_SAID = "stated"


def without_repeats(events: Iterable[Event]) -> list[Event]:
    """Join the events of one article that are the same; see the module.

    The first one stays and takes over what the later one adds. The order is that of the first mention.
    """
    kept: list[_Mention] = []
    for event in events:
        mention = _Mention(event)
        for index, earlier in enumerate(kept):
            if _same(earlier, mention):
                kept[index] = _Mention(_joined(earlier.event, event))
                break
        else:
            kept.append(mention)
    return [mention.event for mention in kept]


@dataclass(frozen=True)
class _Mention:
    """An event with what it is compared by."""

    event: Event

    @cached_property
    def sentences(self) -> frozenset[int]:
        return frozenset(piece.start for piece in self.event.evidence)

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(fold_text(part.name) for part in self.event.participants if part.kind == "person")

    @cached_property
    def others(self) -> frozenset[str]:
        return frozenset(fold_text(part.name) for part in self.event.participants if part.kind != "person")

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset(self.event.countries)

    @cached_property
    def figures(self) -> frozenset[tuple[Decimal, str]]:
        return frozenset((figure.value, figure.currency or figure.unit) for figure in self.event.figures)

    @cached_property
    def instruments(self) -> frozenset[str]:
        return frozenset(fold_text(instrument.name) for instrument in self.event.instruments)

    @property
    def days(self) -> tuple[date | None, date | None] | None:
        return (self.event.date.first, self.event.date.last) if self.event.date else None

    @property
    def dated(self) -> bool:
        """Whether its own words give the date."""
        return self.event.date is not None and self.event.date.text is not None


def _same(first: _Mention, second: _Mention) -> bool:
    if first.event.type != second.event.type or first.event.status != second.event.status:
        return False
    if first.sentences == second.sentences:
        other_days = first.dated and second.dated and first.days != second.days
        return not other_days and _same_place(first, second) and _one_subject(first, second)
    if not first.people or first.people != second.people or first.days is None or first.days != second.days:
        return False
    # one person has many dealings on the day of publication, which stands in wherever no date is told
    mention = first.event.status != _SAID and (len(first.people) > 1 or first.dated or second.dated)
    if not mention and not _same_words(first, second):
        return False
    # two people or more are not in two places on one day as a rule, and a town and its country are one place
    return (
        (len(first.people) > 1 or _same_place(first, second))
        and _agree(first.figures, second.figures)
        and _agree(first.others, second.others)
        and _agree(first.countries, second.countries)
        and _same_instruments(first, second)
    )


def _one_subject(first: _Mention, second: _Mention) -> bool:
    """Whether one sentence's two mentions are not of two figures or of two documents."""
    apart = first.figures and second.figures and first.figures.isdisjoint(second.figures)
    return not apart and _same_instruments(first, second)


def _same_instruments(first: _Mention, second: _Mention) -> bool:
    """Whether all the documents of one are among the other's; a short name ("protokol") stands for a longer one."""
    fewer, more = sorted((first.instruments, second.instruments), key=len)
    return all(any(name in other or other in name for other in more) for name in fewer)


def _same_place(first: _Mention, second: _Mention) -> bool:
    places = [event.place and fold_text(event.place.text) for event in (first.event, second.event)]
    return None in places or places[0] == places[1]


def _same_words(first: _Mention, second: _Mention) -> bool:
    return not first.sentences.isdisjoint(second.sentences) or fold_text(first.event.headline) == fold_text(
        second.event.headline
    )


def _agree(first: frozenset[Any], second: frozenset[Any]) -> bool:
    """Whether one says no more than the other leaves open."""
    return first <= second or second <= first


def _joined(first: Event, second: Event) -> Event:
    dated = [event.date for event in (first, second) if event.date]
    return first.model_copy(
        update={
            "date": next((when for when in dated if when.text is not None), dated[0] if dated else None),
            "place": first.place or second.place,
            "countries": tuple(dict.fromkeys((*first.countries, *second.countries))),
            **{name: _united(getattr(first, name), getattr(second, name)) for name in _PARTS},
            **{name: _either(getattr(first, name), getattr(second, name)) for name in own_names(type(first))},
        }
    )


def _either(first: Any, second: Any) -> Any:
    """Return what one of two mentions has in a field of its own, or what both have of several values."""
    if isinstance(first, tuple) and isinstance(second, tuple):
        return tuple(dict.fromkeys((*first, *second)))
    return second if first is None else first


_PARTS = ("participants", "figures", "instruments", "evidence")


def _united(first: Iterable[Any], second: Iterable[Any]) -> tuple[Any, ...]:
    """Return the parts of both in the order of the text, each once, completed by what its repetition adds."""
    parts: dict[Hashable, Any] = {}
    for part in (*first, *second):
        key = _identity(part)
        parts[key] = _completed(parts[key], part) if key in parts else part
    return tuple(sorted(parts.values(), key=lambda part: (part.start, part.end)))


def _identity(part: Any) -> Hashable:
    match part:
        case Participant() | Instrument():
            return fold_text(part.name)
        case EventFigure():
            return part.value, part.upper, part.unit, part.currency
    return part.start, part.end


def _completed(part: Any, other: Any) -> Any:
    missing = {name: getattr(other, name) for name in type(part).model_fields if getattr(part, name) is None}
    return part.model_copy(update=missing)
