"""Whether two mentions are of one event: what speaks against it, and how much speaks for it.

Each thing in which two mentions agree gives points; enough points, and nothing against it, make them one event. This is
record linkage by weights (Fellegi and Sunter, A Theory for Record Linkage, 1969), with weights set by hand on the
tuning half of the test set. What speaks against it is asked again of all that was joined so far, so that a report that
says little does not join two events that say different things.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from ozetle.coreference.mentions import EventMention, Paper, share_a_place, shared_people
from ozetle.coreference.words import same_person

_SLIP = 10  # days by which a report may misdate an event that is known by its number or document
_KINDS = frozenset({"agreement", "protocol", "memorandum", "plan", "declaration", "programme", "law"})
_SHARES = ("percent", "permille")
_SAME_BODY = 0.6
_SAME_SCALE = 2
_PEOPLE = (0.0, 3.0, 5.5, 6.5)


def conflict(first: EventMention, second: EventMention) -> bool:
    """Whether two mentions cannot be of one event."""
    return (
        first.family != second.family
        or _other_countries(first, second)
        or _apart(first.sessions, second.sessions)
        or _other_days(first, second)
        or _other_people(first, second)
        or _other_papers(first, second)
        or _other_town(first, second)
        or (first.family == "statistic" and _apart(first.aspects, second.aspects))
    )


def agreement(first: EventMention, second: EventMention) -> float:
    """How much speaks for one event; 0 where it is not enough. Nothing that speaks against it is asked."""
    match first.family:
        case "meeting":
            points, enough = _meeting(first, second), 5.5
        case "deed":
            points, enough = _deed(first, second), 5.5
        case "statistic":
            points, enough = _statistic(first, second), 4.5
        case "target":
            points, enough = _target(first, second), 4.0
        case _:
            points, enough = _by_words(first, second), 5.5
    return points if points >= enough else 0.0


def _meeting(first: EventMention, second: EventMention) -> float:
    people, body = shared_people(first, second), _share(first.bodies, second.bodies)
    same_type = not first.types.isdisjoint(second.types)
    numbered = bool(first.sessions & second.sessions)
    # a visit is more than one of its talks
    if not same_type and people < 2 and not body and not numbered:
        return 0.0
    return (
        _PEOPLE[min(people, 3)]
        + 2.5 * body
        + 3.0 * numbered
        + 1.0 * same_type
        + 2.0 * _shared_words(first, second)
        + _common(first, second)
    )


def _deed(first: EventMention, second: EventMention) -> float:
    people = shared_people(first, second)
    papers = _share_papers(first, second)
    if not papers and people < 2 and not _shared_words(first, second):
        return 0.0
    return (
        (-2.0 * _other_names(first, second), 2.0, 4.0)[min(people, 2)]
        + papers
        + 1.5 * _share(first.bodies, second.bodies)
        + 2.0 * _shared_words(first, second)
        + 1.0 * (not first.types.isdisjoint(second.types))
        + 2.0 * bool(first.rare_amounts & second.rare_amounts)
        + _common(first, second)
    )


def _statistic(first: EventMention, second: EventMention) -> float:
    same_period = bool(first.days & second.days)
    same_aspect = bool(first.aspects & second.aspects)
    countries = min(2, len(first.countries & second.countries))
    if first.rare_amounts & second.rare_amounts:
        points = 3.0
    elif same_period and same_aspect and countries and _near(first, second):
        points = 1.0  # two figures for one thing
    elif first.amounts & second.amounts and (same_period or len(first.amounts & second.amounts) > 1):
        points = 1.5
    else:
        return 0.0
    return (
        points
        + (2.0 if same_period else 0.5)
        + 1.5 * same_aspect
        + countries
        + 2.0 * _shared_words(first, second)
        + 0.5 * _share(first.bodies, second.bodies)
    )


def _target(first: EventMention, second: EventMention) -> float:
    countries = min(2, len(first.countries & second.countries))
    people = min(1, shared_people(first, second))
    if first.amounts & second.amounts:
        points = 3.0 if first.rare_amounts & second.rare_amounts else 2.0
    elif first.amounts or second.amounts or _shared_words(first, second) < 0.5:
        return 0.0
    else:
        points = 2.0
    return (
        points
        + countries
        + people
        + 1.0 * bool(first.aspects & second.aspects)
        + 1.0 * bool(first.days & second.days)
        + 1.5 * _shared_words(first, second)
    )


def _by_words(first: EventMention, second: EventMention) -> float:
    common = first.words & second.words
    people = min(2, shared_people(first, second))
    figures = bool(first.rare_amounts & second.rare_amounts)
    numbered = bool(first.sessions & second.sessions)
    one_stage = share_a_place(first, second) and len(first.countries & second.countries) > 1
    wordless = not first.words or not second.words  # nothing that another language could share
    if len(common) < 2 and not numbered and not (common and (figures or one_stage)) and not (wordless and people > 1):
        return 0.0
    return (
        4.0 * _shared_words(first, second)
        + 0.5 * min(len(common), 4)
        + (-2.0 * _other_names(first, second), 2.0, 4.0)[people]
        + 1.5 * _share(first.bodies, second.bodies)
        + 2.0 * figures
        + 3.0 * numbered
        + 1.0 * (not first.types.isdisjoint(second.types))
        + _common(first, second)
    )


def _other_names(first: EventMention, second: EventMention) -> bool:
    """Whether both name people; asked where none is the same."""
    return bool(first.people and second.people)


def _common(first: EventMention, second: EventMention) -> float:
    """The points for countries, place and time."""
    countries = len(first.countries & second.countries)
    return (0.0, 0.7, 2.0)[min(countries, 2)] + 1.5 * share_a_place(first, second) + _time(first, second)


def _time(first: EventMention, second: EventMention) -> float:
    if first.level == second.level == "day":
        return 2.0 if first.days & second.days else 1.5
    if "any" in (first.level, second.level):
        return 0.0
    return 1.0 if first.days & second.days else 0.5


def _other_days(first: EventMention, second: EventMention) -> bool:
    if first.family == "statistic" and first.days and second.days and first.days.isdisjoint(second.days):
        # one month is not the ten months that it ends
        return not first.rare_amounts & second.rare_amounts or not _overlap(first, second)
    if _overlap(first, second):
        return False
    if first.sessions.isdisjoint(second.sessions) and first.person_keys.isdisjoint(second.person_keys):
        return True
    gap = max(first.first, second.first) - min(first.last, second.last)
    known = bool(first.sessions & second.sessions) or (
        shared_people(first, second) > 1 and _share_papers(first, second) >= 3 and share_a_place(first, second)
    )
    return gap > _SLIP or not known


def _overlap(first: EventMention, second: EventMention) -> bool:
    return first.first <= second.last and second.first <= first.last


def _other_countries(first: EventMention, second: EventMention) -> bool:
    one, other = first.countries, second.countries
    if not one or not other:
        return False
    if one.isdisjoint(other):
        # each side's news may name only the other side
        return max(len(one), len(other)) > 1 or first.family in ("statistic", "target")
    return not one <= other and not other <= one and len(one & other) < 2


def _other_people(first: EventMention, second: EventMention) -> bool:
    """Whether each names somebody whom the other does not, and no two are the same."""
    if not first.people or not second.people or first.family not in ("meeting", "statement"):
        return False
    if first.family == "meeting" and _share(first.mechanisms, second.mechanisms):
        return False
    if first.sessions & second.sessions:
        return False
    if shared_people(first, second) > 1:
        return False
    return not _within(first, second) and not _within(second, first)


def _within(first: EventMention, second: EventMention) -> bool:
    """Whether the second names all the people of the first."""
    return first.person_keys <= second.person_keys and all(
        any(same_person(person, other) for other in second.people) for person in first.people
    )


def _other_papers(first: EventMention, second: EventMention) -> bool:
    """Whether each names documents and none is the other's."""
    if first.family != "deed" or not first.papers or not second.papers:
        return False
    one, other = (tuple(paper for paper in mention.papers if paper[1]) for mention in (first, second))
    if not one or not other:
        one, other = first.papers, second.papers
    return not any(_may_be_one(paper, another) for paper in one for another in other)


def _may_be_one(paper: Paper, other: Paper) -> bool:
    if paper[1] and other[1]:
        if paper[1] & other[1]:
            return True
        if paper[2] == other[2]:
            return False
    return paper[0] == other[0] or not {paper[0], other[0]} <= _KINDS


def _share_papers(first: EventMention, second: EventMention) -> float:
    """Points for documents: of one name, or of one kind where two languages name them."""
    if not first.papers or not second.papers:
        return 0.0
    if any(paper[1] & other[1] for paper in first.papers for other in second.papers):
        return 3.0
    kinds = {paper[0] for paper in first.papers} & {paper[0] for paper in second.papers}
    return 1.0 if kinds & _KINDS else 0.0


def _other_town(first: EventMention, second: EventMention) -> bool:
    if not first.towns or not second.towns or share_a_place(first, second):
        return False
    # two people are not in two places on one day: then one report errs
    one_day = first.level == second.level == "day" and first.family in ("meeting", "deed")
    return not (one_day and shared_people(first, second) > 1) and not first.sessions & second.sessions


def _apart(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return bool(one and other) and one.isdisjoint(other)


def _share(one: Collection[frozenset[str]], other: Collection[frozenset[str]]) -> bool:
    """Whether two bodies have one name, or one's name is most of the other's."""
    if not one or not other:
        return False
    return any(
        len(words & others) >= 2 and len(words & others) >= _SAME_BODY * min(len(words), len(others))
        for words in one
        for others in other
    )


def _shared_words(first: EventMention, second: EventMention) -> float:
    """The share of the fewer words that are among the others; of two words or more."""
    common = len(first.words & second.words)
    return common / max(2, min(len(first.words), len(second.words))) if common else 0.0


def _near(first: EventMention, second: EventMention) -> bool:
    """Whether each has an amount of one unit and scale."""
    return any(
        unit == other_unit and unit not in _SHARES and 0 < max(value, other) <= _SAME_SCALE * min(value, other)
        for value, unit in first.amounts
        for other, other_unit in second.amounts
    )
