"""Which tellings are of one event: candidates by blocking, then clusters, the surest pairs first.

Only tellings that share a key are compared: a person, a country, a place, a figure or a session's number, in the same
days or months (blocking, as in record linkage). In a key that thousands share each is compared with its nearest
neighbours in the order of publication, so that the work grows with the number of tellings and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from ozetle.digests.same_event_rules import agreement, conflict
from ozetle.digests.same_event_tellings import LATEST, Telling, united

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
    pairs = [
        (-points, first, second)
        for first, second in _candidates(tellings)
        if digests[first] != digests[second]
        and not conflict(tellings[first], tellings[second])
        and (points := agreement(tellings[first], tellings[second]))
    ]
    owner = list(range(len(tellings)))
    members = {number: [number] for number in owner}
    told_by = {number: {digest} for number, digest in enumerate(digests)}
    whole = dict(enumerate(tellings))
    for _, first, second in sorted(pairs):
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


def _candidates(tellings: Sequence[Telling]) -> list[tuple[int, int]]:
    """Pairs of positions that are worth comparing, the smaller first, each once, in order."""
    subjects: dict[Hashable, int] = {}
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        periods = _periods(telling)
        for subject, owns_subject in _subjects(telling):
            key = subjects.setdefault((telling.family, *subject), len(subjects)) * _PERIODS
            for period, owns_period in periods:
                blocks[key + period].append(number * 4 + _SUBJECT_OWN * owns_subject + _PERIOD_OWN * owns_period)
        for identifier in _identifiers(telling):
            key = subjects.setdefault((telling.family, *identifier), len(subjects)) * _PERIODS
            blocks[key + _ALL_TIME].append(number * 4 + _BOTH_OWN)
    size = len(tellings)
    found = {
        min(one, other) * size + max(one, other)
        for block in blocks.values()
        if len(block) > 1
        for one, other in _pairs(block)
    }
    return [divmod(pair, size) for pair in sorted(found)]


def _pairs(block: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a block that meet in no finer one: of which one owns the subject, and one the period."""
    lists: list[list[int]] = [[], [], [], []]
    for member in block:
        lists[member % 4].append(member // 4)
    own = lists[_BOTH_OWN]
    for place, number in enumerate(own):
        for other in own[place + 1 : place + 1 + _WINDOW]:
            yield number, other
        for others in lists[:_BOTH_OWN]:
            yield from _nearest(number, others)
    for number in lists[_PERIOD_OWN]:
        yield from _nearest(number, lists[_SUBJECT_OWN])


def _nearest(number: int, others: list[int]) -> Iterator[tuple[int, int]]:
    place = bisect_left(others, number)
    for other in others[max(0, place - _WINDOW // 2) : place + _WINDOW // 2]:
        if other != number:
            yield number, other


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
    if telling.family in ("statistic", "target"):
        for amount in telling.amounts:
            yield ("amount", *amount), True


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
