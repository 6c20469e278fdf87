"""Which tellings are of one event: candidates by blocking, then clusters, the surest pairs first.

Only tellings that share a key are compared: a person, a country, a place, a figure or a session's number, in the same
days or months (blocking, as in record linkage). In a key that thousands share each is compared with its nearest
neighbours in the order of publication, so that the work grows with the number of tellings and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from ozetle.coreference.mentions import LATEST, Telling, united
from ozetle.coreference.rules import agreement, conflict

_WINDOW = 12
_MONTH = 31
_FIRST_MONTH = LATEST + 1
_ALL_TIME = _FIRST_MONTH + LATEST // _MONTH + 1
_PERIODS = _ALL_TIME + 1
_PERIOD_OWN, _SUBJECT_OWN = 1, 2
_BOTH_OWN = _PERIOD_OWN | _SUBJECT_OWN


def clusters(tellings: Sequence[Telling], digests: Sequence[int]) -> list[list[int]]:
    """Return the positions of the tellings of each event.

    Args:
        tellings: in an order that does not depend on where they come from.
        digests: the number of each telling's digest: one digest tells an event once.
    """
    pairs = sorted(_pairs(tellings, digests))
    owner = list(range(len(tellings)))
    members = {number: [number] for number in owner}
    told_by = {number: {digest} for number, digest in enumerate(digests)}
    whole = dict(enumerate(tellings))
    for _, first, second in pairs:
        one, other = owner[first], owner[second]
        if one == other or not told_by[one].isdisjoint(told_by[other]) or conflict(whole[one], whole[other]):
            continue
        if len(members[one]) < len(members[other]):
            one, other = other, one
        whole[one] = united(whole[one], whole.pop(other))
        told_by[one] |= told_by.pop(other)
        for number in members[other]:
            owner[number] = one
        members[one] += members.pop(other)
    return [sorted(numbers) for numbers in members.values()]


def _pairs(tellings: Sequence[Telling], digests: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be of one event, the surest the smallest: minus the points, and the two positions."""
    size = len(tellings)
    for pair in candidates(tellings):
        first, second = divmod(pair, size)
        if digests[first] == digests[second]:
            continue
        one, other = tellings[first], tellings[second]
        if not conflict(one, other) and (points := agreement(one, other)):
            yield -points, first, second


def candidates(tellings: Sequence[Telling]) -> set[int]:
    """Pairs of positions that are worth comparing, as the smaller one times the number of tellings plus the other."""
    found: set[int] = set()
    for block in _blocks(tellings):
        _add_pairs(block, len(tellings), found)
    return found


def _blocks(tellings: Sequence[Telling]) -> Iterable[list[int]]:
    """The tellings that share a subject in a period, as their positions times four plus what they own of the key."""
    subjects: dict[Hashable, int] = {}
    # whole numbers and no tuples, of which the garbage collector would keep count
    first: dict[int, int] = {}
    more: dict[int, list[int]] = {}

    def put(key: int, periods: list[tuple[int, int]], owned: int) -> None:
        for period, member in periods:
            block = key * _PERIODS + period
            known = first.get(block)
            if known is None:
                first[block] = member + owned
            elif block in more:
                more[block].append(member + owned)
            else:
                more[block] = [known, member + owned]

    for number, telling in enumerate(tellings):
        periods = [(period, number * 4 + _PERIOD_OWN * owned) for period, owned in _periods(telling)]
        for subject, owned in _subjects(telling):
            put(subjects.setdefault((telling.family, *subject), len(subjects)), periods, _SUBJECT_OWN * owned)
        for identifier in _identifiers(telling):
            key = subjects.setdefault((telling.family, *identifier), len(subjects))
            put(key, [(_ALL_TIME, number * 4)], _BOTH_OWN)
    return more.values()


def _add_pairs(block: list[int], size: int, found: set[int]) -> None:
    """Pairs of a block that meet in no finer one: of which one owns the subject, and one the period."""
    lists: list[list[int]] = [[], [], [], []]
    for member in block:
        lists[member & _BOTH_OWN].append(member >> 2)
    own = lists[_BOTH_OWN]
    for place, number in enumerate(own):
        found.update([number * size + other for other in own[place + 1 : place + 1 + _WINDOW]])
    for some, others in (*((own, others) for others in lists[:_BOTH_OWN]), (lists[_PERIOD_OWN], lists[_SUBJECT_OWN])):
        if others:
            for number in some:
                place = bisect_left(others, number)
                for other in others[max(0, place - _WINDOW // 2) : place + _WINDOW // 2]:
                    found.add(number * size + other if number < other else other * size + number)


def _subjects(telling: Telling) -> Iterator[tuple[tuple[Hashable, ...], bool]]:
    """What a telling may share with others of its event, and whether it must be compared with all that have it."""
    for person in telling.people:
        yield ("person", person.key), True
    countries = sorted(telling.countries)
    little = not telling.people and len(countries) < 2
    for place in telling.places:
        yield ("place", place[:4]), little
    for index, country in enumerate(countries):
        yield ("country", country), len(countries) == 1
        for other in countries[index + 1 :]:
            yield ("countries", country, other), True
    if little:
        for word in telling.words.union(*telling.bodies):
            yield ("word", word), True
    for amount in telling.amounts if telling.family in ("statistic", "target") else telling.rare_amounts:
        yield ("amount", *amount), True
    for session in telling.sessions:
        yield ("session", session), True


def _identifiers(telling: Telling) -> Iterator[tuple[Hashable, ...]]:
    """What hardly two events share, whatever days their reports give."""
    for session in telling.sessions:
        for where in (*telling.countries, *telling.places):
            yield "session", session, where
    if telling.family == "deed" and len(telling.people) > 1:
        for one, other in combinations(sorted(telling.person_keys), 2):
            for word in {word for _, words, _ in telling.papers for word in words}:
                yield "signed", one, other, word


def _periods(telling: Telling) -> list[tuple[int, bool]]:
    """The days, months and all of time, as numbers, and whether they are a telling's own or coarser ones."""
    periods = [(_ALL_TIME, telling.level == "any")]
    if telling.level != "any":
        months = range(telling.first // _MONTH, telling.last // _MONTH + 1)
        periods += [(_FIRST_MONTH + month, telling.level == "month") for month in months]
    if telling.level == "day":
        periods += [(day, True) for day in range(telling.first, telling.last + 1)]
    return periods
