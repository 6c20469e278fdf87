"""Which mentions are of one event: candidates by blocking, then clusters, the surest pairs first.

Only mentions that share a key are compared: a person, a country, a place, a figure or a session's number, in the same
days or months (blocking, as in record linkage). In a key that thousands share each is compared with its nearest
neighbours in the order of publication, so that the work grows with the number of mentions and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from ozetle.coreference.mentions import LATEST, EventMention, united
from ozetle.coreference.rules import agreement, conflict

_WINDOW = 12
_MONTH = 31
_FIRST_MONTH = LATEST + 1
_ALL_TIME = _FIRST_MONTH + LATEST // _MONTH + 1
_PERIODS = _ALL_TIME + 1
_PERIOD_OWN, _SUBJECT_OWN = 1, 2
_BOTH_OWN = _PERIOD_OWN | _SUBJECT_OWN


def clusters(mentions: Sequence[EventMention], digests: Sequence[int]) -> list[list[int]]:
    """Return the positions of the mentions of each event.

    Args:
        mentions: in an order that does not depend on where they come from.
        digests: the number of each mention's digest: one digest tells an event once.
    """
    pairs = sorted(_pairs(mentions, digests))
    owner = list(range(len(mentions)))
    members = {number: [number] for number in owner}
    told_by = {number: {digest} for number, digest in enumerate(digests)}
    whole = dict(enumerate(mentions))
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


def _pairs(mentions: Sequence[EventMention], digests: Sequence[int]) -> Iterator[tuple[float, int, int]]:
    """Pairs that may be of one event, the surest the smallest: minus the points, and the two positions."""
    size = len(mentions)
    for pair in candidates(mentions):
        first, second = divmod(pair, size)
        if digests[first] == digests[second]:
            continue
        one, other = mentions[first], mentions[second]
        if not conflict(one, other) and (points := agreement(one, other)):
            yield -points, first, second


def candidates(mentions: Sequence[EventMention]) -> set[int]:
    """Pairs of positions that are worth comparing, as the smaller one times the number of mentions plus the other."""
    found: set[int] = set()
    for block in _blocks(mentions):
        _add_pairs(block, len(mentions), found)
    return found


def _blocks(mentions: Sequence[EventMention]) -> Iterable[list[int]]:
    """The mentions that share a subject in a period, as their positions times four plus what they own of the key."""
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

    for number, mention in enumerate(mentions):
        periods = [(period, number * 4 + _PERIOD_OWN * owned) for period, owned in _periods(mention)]
        for subject, owned in _subjects(mention):
            put(subjects.setdefault((mention.family, *subject), len(subjects)), periods, _SUBJECT_OWN * owned)
        for identifier in _identifiers(mention):
            key = subjects.setdefault((mention.family, *identifier), len(subjects))
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


def _subjects(mention: EventMention) -> Iterator[tuple[tuple[Hashable, ...], bool]]:
    """What a mention may share with others of its event, and whether it must be compared with all that have it."""
    for person in mention.people:
        yield ("person", person.key), True
    countries = sorted(mention.countries)
    little = not mention.people and len(countries) < 2
    for place in mention.places:
        yield ("place", place[:4]), little
    for index, country in enumerate(countries):
        yield ("country", country), len(countries) == 1
        for other in countries[index + 1 :]:
            yield ("countries", country, other), True
    if little:
        for word in mention.words.union(*mention.bodies):
            yield ("word", word), True
    for amount in mention.amounts if mention.family in ("statistic", "target") else mention.rare_amounts:
        yield ("amount", *amount), True
    for session in mention.sessions:
        yield ("session", session), True


def _identifiers(mention: EventMention) -> Iterator[tuple[Hashable, ...]]:
    """What hardly two events share, whatever days their reports give."""
    for session in mention.sessions:
        for where in (*mention.countries, *mention.places):
            yield "session", session, where
    if mention.family == "deed" and len(mention.people) > 1:
        for one, other in combinations(sorted(mention.person_keys), 2):
            for word in {word for _, words, _ in mention.papers for word in words}:
                yield "signed", one, other, word


def _periods(mention: EventMention) -> list[tuple[int, bool]]:
    """The days, months and all of time, as numbers, and whether they are a mention's own or coarser ones."""
    periods = [(_ALL_TIME, mention.level == "any")]
    if mention.level != "any":
        months = range(mention.first // _MONTH, mention.last // _MONTH + 1)
        periods += [(_FIRST_MONTH + month, mention.level == "month") for month in months]
    if mention.level == "day":
        periods += [(day, True) for day in range(mention.first, mention.last + 1)]
    return periods
