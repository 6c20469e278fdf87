"""Which person a name refers to: "Bolat" and "BAKAN BOLAT" are "Ömer Bolat" where the text names him in full."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from ozetle.facts.name_forms.cases import nominative_name
from ozetle.facts.names.candidates import PreparedText
from ozetle.facts.names.people import Person
from ozetle.facts.names.titles import find_title
from ozetle.facts.tables import key_of

_LOCAL_CASES = frozenset({"da", "de", "ta", "te", "a", "e", "ya", "ye", "dan", "den", "tan", "ten"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a person and the full name it stands for, as the text has it."""

    person: Person
    name: str


@dataclass(frozen=True, slots=True)
class _FullName:
    place: int
    keys: tuple[str, ...]
    text: str


class _Index:
    """The people a text names in full, by surname."""

    def __init__(self, reading: PreparedText, people: list[Person]) -> None:
        self._reading = reading
        self._names: dict[str, list[_FullName]] = {}
        self._russian = reading.lexicon.language == "ru"
        self._fullest_of: dict[tuple[str, ...], _FullName | None] = {}
        # full names first, and last those in headings, whose capitals tell nothing ("Bakan Bolat Washington Yolcusu")
        for person in sorted(people, key=self._rank):
            known = self.first_known(person)
            if known is not None and (person.first == person.last or reading.heading[person.first]):
                continue
            words = reading.words[person.first : person.last + 1]
            text = reading.text[reading.name_start(person.first) : reading.name_end(person.last)]
            keys = (*(word.key for word in words[:-1]), reading.name_key(person.last))
            name = _FullName(person.first, keys, text)
            # "Белову" may be Белов or Белова, whatever name_key takes it for
            for key in self._surnames(name.keys) | set(reading.lexicon.stems(words[-1].key) if self._russian else ()):
                self._names.setdefault(key, []).append(name)
        for names in self._names.values():
            names.sort(key=lambda name: name.place)
        self._fullest_of.clear()  # what was looked up before the index was complete

    def _rank(self, person: Person) -> tuple[bool, bool, int]:
        return person.first == person.last, self._reading.heading[person.first], person.first

    def _surnames(self, keys: tuple[str, ...]) -> set[str]:
        found = set(self._reading.lexicon.stems(keys[-1]))
        if keys[0] in self._reading.lexicon.surname_first:
            found.add(keys[0])
        return found

    def first_known(self, person: Person) -> _FullName | None:
        """The full name whose surname the mention begins with."""
        return self.named(person.first, self._reading.words[person.first].key)

    def named(self, place: int, key: str) -> _FullName | None:
        """The full name a surname refers to: the nearest one before that place, else the first one after it."""
        for stem in self._reading.lexicon.stems(key):
            names = self._names.get(stem)
            if names:
                nearest = names[max(0, bisect_right([name.place for name in names[:_MOST]], place) - 1)]
                return nearest if self._is_nominative(nearest) else self._fullest(nearest.keys)
        return None

    def whole(self, person: Person) -> _FullName | None:
        """The full name a mention of two words or more is, or is a part of: "Tayyip Erdoğan"."""
        words = self._reading.words[person.first : person.last + 1]
        return self._fullest(tuple(word.key for word in words))

    def _fullest(self, keys: tuple[str, ...]) -> _FullName | None:
        if keys not in self._fullest_of:
            self._fullest_of[keys] = self._find_fullest(keys)
        return self._fullest_of[keys]

    def _find_fullest(self, keys: tuple[str, ...]) -> _FullName | None:
        stems = self._reading.lexicon.stems
        candidates = [name for stem in stems(keys[-1]) for name in self._names.get(stem, [])[:_MOST]]
        others = {key for key in keys if key != keys[-1]}
        fitting = [
            name for name in candidates if all(any(_stands_for(s, name.keys) for s in stems(key)) for key in others)
        ]
        return max(
            fitting, key=lambda name: (len(name.keys), not name.text.isupper(), self._is_nominative(name)), default=None
        )

    def _is_nominative(self, name: _FullName) -> bool:
        """Whether the name stands in no other case, as far as Russian shows it."""
        if not self._russian:
            return True
        keys = [word for word in re.split(r"[\s\-]+", key_of(name.text)) if word]
        return nominative_name(keys, "ru") == keys


def _stands_for(key: str, keys: tuple[str, ...]) -> bool:
    """Whether a word is one of a name's words, or the initial of one."""
    return key in keys or (len(key) == 1 and any(other.startswith(key) for other in keys))


_MOST = 1000  # mentions of one surname that are looked through


def refer(reading: PreparedText, people: list[Person], taken: list[bool]) -> list[Reference]:
    """All mentions of people, the surnames that stand alone included, each with its full name.

    Args:
        reading: the text.
        people: the names found by evidence.
        taken: marks words of organisations.
    """
    index = _Index(reading, people)
    references: list[Reference] = []
    seen = [False] * len(reading.words)
    for person in people:
        known = index.first_known(person)
        whole = index.whole(person) if person.last > person.first else known
        # "Bakan Bolat Washington Yolcusu": a surname already known, then other words
        other = known is not None and (
            (whole is None and reading.words[person.last].key != known.keys[-1])
            or (whole is not None and reading.heading[person.first] and known.keys != whole.keys)
        )
        if other:
            person, whole = replace(person, last=person.first), known
        words = reading.words[person.first : person.last + 1]
        own = reading.text[reading.name_start(person.first) : reading.name_end(person.last)]
        name = whole.text if whole is not None else own
        references.append(Reference(person, name))
        seen[person.first : person.last + 1] = [True] * len(words)
    floor = 0
    for place, word in enumerate(reading.words):
        if seen[place]:
            floor = place + 1
        elif word.capital and not taken[place] and not reading.skipped[place] and _may_refer(reading, place):
            found = index.named(place, word.key)
            if found is not None:
                title = find_title(reading, place, floor) or (-1, -1)
                references.append(Reference(Person(place, place, *title), found.text))
                floor = place + 1
    return references


def _may_refer(reading: PreparedText, place: int) -> bool:
    """Whether a single word can be somebody's surname: no country, no town in a local case ("Aydın'da")."""
    word, lexicon = reading.words[place], reading.lexicon
    if reading.country[place] or len(word.key) < 2 or word.key in lexicon.openers:
        return False
    return not (word.key in lexicon.cities and word.suffix in _LOCAL_CASES)
