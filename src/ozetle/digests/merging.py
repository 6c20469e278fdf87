"""The same event told twice becomes one."""

from __future__ import annotations

from collections.abc import Iterable

from ozetle.digests.digest import Event


def without_repeats(events: Iterable[Event]) -> list[Event]:
    """Join the events of one article that are the same: same type and evidence, or same type, people, day and place.

    The first one stays and takes over what the later one adds. The order is that of the first mention.
    """
    kept: list[Event] = []
    for event in events:
        for index, earlier in enumerate(kept):
            if _same(earlier, event):
                kept[index] = _joined(earlier, event)
                break
        else:
            kept.append(event)
    return kept


def _same(first: Event, second: Event) -> bool:
    if first.type != second.type or first.status != second.status:
        return False
    spans = [{(piece.start, piece.end) for piece in event.evidence} for event in (first, second)]
    if spans[0] == spans[1]:
        return _instruments(first) == _instruments(second) or not (first.instruments and second.instruments)
    people = [{part.name for part in event.participants if part.kind == "person"} for event in (first, second)]
    figures = [{(figure.value, figure.currency) for figure in event.figures} for event in (first, second)]
    return (
        bool(people[0])
        and people[0] == people[1]
        and figures[0] == figures[1]
        and first.date is not None
        and first.date.text is not None
        and first.date == second.date
        and first.place == second.place
        and _instruments(first) == _instruments(second)
    )


def _instruments(event: Event) -> set[str]:
    return {instrument.name for instrument in event.instruments}


def _joined(first: Event, second: Event) -> Event:
    def both(name: str) -> tuple[object, ...]:
        parts = {(part.start, part.end): part for part in (*getattr(second, name), *getattr(first, name))}
        return tuple(parts[place] for place in sorted(parts))

    return first.model_copy(
        update={
            "date": first.date or second.date,
            "place": first.place or second.place,
            "countries": tuple(dict.fromkeys((*first.countries, *second.countries))),
            **{name: both(name) for name in ("participants", "figures", "instruments", "evidence")},
        }
    )
