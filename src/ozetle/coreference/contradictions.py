"""Where reports of one event cannot all be right: days, places, amounts, and whether it has happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ozetle.coreference.mentions import aspects_of, figure_unit, is_town, told_date
from ozetle.coreference.words import beginnings, place_key, same_place
from ozetle.digests.digest import Event, EventDate, EventFigure
from ozetle.digests.merged import ConflictingValue, Contradiction, Report

_AROUND = 60  # characters beside a figure in which it may be said what it is of
_SCALE, _UNKNOWN_SCALE = 10, 2
_ROUNDED = Decimal("0.05")
_HAPPENED = "occurred"
_Range = tuple[Decimal, Decimal]


def contradictions(reports: Sequence[Report]) -> tuple[Contradiction, ...]:
    """Return the points in which the reports, in the order of publication, contradict each other."""
    if len(reports) < 2:
        return ()
    return (
        *_of("date", _dates(reports)),
        *_of("place", _places(reports)),
        *_of("status", _statuses(reports)),
        *_figures(reports),
    )


def date_in_iso(when: EventDate) -> str:
    """Return a date as an ISO 8601 day or interval, an open end as ".."."""
    ends = [day.isoformat() if day else ".." for day in (when.first, when.last)]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def _of(field: str, said: Sequence[tuple[str, int]], about: str | None = None) -> Iterator[Contradiction]:
    """A contradiction of what is said by whom, if that is more than one thing."""
    values: dict[str, list[int]] = {}
    for value, report in said:
        values.setdefault(value, []).append(report)
    if len(values) > 1:
        versions = tuple(ConflictingValue(value=value, reports=tuple(who)) for value, who in values.items())
        yield Contradiction(field=field, about=about, values=versions)


def _dates(reports: Sequence[Report]) -> list[tuple[str, int]]:
    dated = ((number, told_date(report.event, report.article.published)) for number, report in enumerate(reports))
    own = [(number, when) for number, when in dated if when]
    known = list({date_in_iso(when): when for _, when in own}.values())
    wrong = {date_in_iso(when) for pair in combinations(known, 2) if _differ(*pair) for when in pair}
    return [(date_in_iso(when), number) for number, when in own if date_in_iso(when) in wrong]


def _differ(first: EventDate, second: EventDate) -> bool:
    """Whether two dates are as precise as each other and differ, or have no day in common."""
    if first.precision == second.precision:
        return (first.first, first.last) != (second.first, second.last)
    after = first.first and second.last and first.first > second.last
    before = first.last and second.first and first.last < second.first
    return bool(after or before)


def _places(reports: Sequence[Report]) -> list[tuple[str, int]]:
    """The towns, by the name that the first report of each has."""
    names: list[str] = []
    said = []
    for number, report in enumerate(reports):
        place = report.event.place
        name = place.in_turkish if place else ""
        if name and is_town(name):
            known = next((other for other in names if same_place(place_key(other), place_key(name))), None)
            names += [] if known else [name]
            said.append((known or name, number))
    return said


def _statuses(reports: Sequence[Report]) -> list[tuple[str, int]]:
    """An event that is told as to come, or as only said, after a report that it has happened."""
    days = [report.article.published for report in reports if report.event.status == _HAPPENED]
    first = min((day for day in days if day), default=None)
    late = {
        number
        for number, report in enumerate(reports)
        if report.event.status != _HAPPENED
        and (None in days or report.article.published is None or (first and report.article.published > first))
    }
    if not days or not late:
        return []
    return [
        (report.event.status, number)
        for number, report in enumerate(reports)
        if report.event.status == _HAPPENED or number in late
    ]


def _figures(reports: Sequence[Report]) -> Iterator[Contradiction]:
    """Amounts of one unit and measure that differ, where no amount is common to the reports."""
    by_measure: dict[tuple[str, frozenset[str]], dict[int, list[EventFigure]]] = {}
    for number, report in enumerate(reports):
        for figure in report.event.figures:
            key = (figure_unit(figure), _measure(figure, report.event))
            by_measure.setdefault(key, {}).setdefault(number, []).append(figure)
    for (_, measure), told in by_measure.items():
        alike: dict[frozenset[_Range], list[int]] = {}
        for number, figures in told.items():
            alike.setdefault(frozenset(map(_ends, figures)), []).append(number)
        excluded = _excluded(list(alike), _SCALE if measure else _UNKNOWN_SCALE)
        wrong = sorted(number for amounts in excluded for number in alike[amounts])
        names = [figure.measure for number in wrong for figure in told[number] if figure.measure]
        said = [(_amount(figure), number) for number in wrong for figure in told[number]]
        yield from _of("figures", said, names[0] if names else None)


def _measure(figure: EventFigure, event: Event) -> frozenset[str]:
    """What a figure is of: as its measure says, else its own words and those around it."""
    if figure.measure:
        return aspects_of(figure.measure) or beginnings(figure.measure)
    for piece in event.evidence:
        if piece.start <= figure.start and figure.end <= piece.end:
            start, end = figure.start - piece.start, figure.end - piece.start
            around = piece.quote[max(0, start - _AROUND) : end + _AROUND]
            return aspects_of(figure.text) or aspects_of(around)
    return aspects_of(figure.text)


def _excluded(told: Sequence[frozenset[_Range]], scale: int) -> set[frozenset[_Range]]:
    """Those of the sets of amounts of which another has no amount that can be the same."""
    wrong: set[frozenset[_Range]] = set()
    for amounts, others in combinations(told, 2):
        if (amounts not in wrong or others not in wrong) and all(
            _exclude(one, other, scale) for one in amounts for other in others
        ):
            wrong |= {amounts, others}
    return wrong


def _exclude(first: _Range, second: _Range, scale: int) -> bool:
    """Whether two amounts of one scale are two values, and neither is the other rounded."""
    (low, high), (other_low, other_high) = (first, second) if first <= second else (second, first)
    if other_low <= high:
        return False
    if low <= 0 or other_high > scale * low:
        return False
    return other_low - high > min(max(map(_half_of_last_digit, (high, other_low))), _ROUNDED * other_low)


def _ends(figure: EventFigure) -> _Range:
    return figure.value, figure.value if figure.upper is None else figure.upper


def _half_of_last_digit(value: Decimal) -> Decimal:
    exponent = value.normalize().as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)


def _amount(figure: EventFigure) -> str:
    ends: Iterable[str] = dict.fromkeys(f"{value.normalize():f}" for value in _ends(figure))
    return f"{'–'.join(ends)} {figure_unit(figure)}"
