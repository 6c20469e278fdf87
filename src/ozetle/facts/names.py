"""People and organisations read from a text without a model, for precision first.

A person needs evidence (see `names_people`): a title, a known given name or surname ending, or that somebody is said to
have said something; a surname alone is read where the full name stands in the same text. An organisation is a run of
capitalised words with a head such as Bakanlığı or Komisyonu (see `names_organisations`). Reporters' by-lines, towns,
streets and buildings are neither.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.names_organisations import Organisation, find_organisations
from ozetle.facts.names_people import Person, find_people, find_title
from ozetle.facts.names_reading import Reading, prepare


class NameMention(BaseModel):
    """A name, where the text has it.

    Attributes:
        text: the article's own words, without case suffixes: "Rasulzoda'yı" is "Rasulzoda".
        start: where it begins, in code points of the raw text.
        end: where it ends, exclusive.
        kind: "person", "organisation", or "unknown".
        name: the full name as the text has it elsewhere, when this mention is a surname alone; else like `text`.
        title: the title standing directly beside the name, in the article's words, or None.
        title_start: where the title begins, or None.
        title_end: where it ends, exclusive, or None.
        abbreviation: an organisation's abbreviation in brackets behind it, or None.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    kind: Literal["person", "organisation", "unknown"]
    name: str
    title: str | None = None
    title_start: int | None = None
    title_end: int | None = None
    abbreviation: str | None = None


def read_names(
    text: str, language: str = "tr", sentences: Sequence[tuple[int, int]] | None = None
) -> list[NameMention]:
    """The people and organisations a text names, in order of appearance.

    Args:
        text: any text.
        language: BCP 47 code of its language; tables exist for tr, az, sq, en, de and ru, others are read like English.
        sentences: spans (start, end) of the sentences to read, in code points of `text`; what lies outside is left out.
            Without them the whole text is read.

    Returns:
        mentions that do not overlap (a title may hold an organisation's mention); ``text[start:end] == mention.text``.
    """
    reading = prepare(text, language, sentences)
    organisations = find_organisations(reading)
    taken = [False] * len(reading.words)
    for organisation in organisations:
        taken[organisation.first : organisation.last + 1] = [True] * (organisation.last + 1 - organisation.first)
    people = find_people(reading, taken)
    mentions = [_organisation_mention(reading, organisation) for organisation in organisations]
    mentions += _people_mentions(reading, people, taken)
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _organisation_mention(reading: Reading, organisation: Organisation) -> NameMention:
    start = reading.words[organisation.first].start
    name = reading.text[start : organisation.end]
    return NameMention(
        text=name,
        start=start,
        end=organisation.end,
        kind="organisation",
        name=name,
        abbreviation=organisation.abbreviation,
    )


def _people_mentions(reading: Reading, people: list[Person], taken: list[bool]) -> list[NameMention]:
    surnames = _FullNames(reading, people)
    mentions: list[NameMention] = []
    seen = list(taken)
    for person in people:
        full = surnames.full_name(person.first, person.last)
        last = full.last_used
        mentions.append(
            _person_mention(reading, Person(person.first, last, person.title_first, person.title_last), full.name)
        )
        seen[person.first : last + 1] = [True] * (last + 1 - person.first)
    floor = 0
    for index, word in enumerate(reading.words):
        floor = index if seen[index] and not taken[index] else floor
        if word.capital and not seen[index] and not reading.skipped[index] and surnames.refers(index):
            title = find_title(reading, index, floor) or (-1, -1)
            person = Person(index, index, *title)
            mentions.append(_person_mention(reading, person, surnames.full_name(index, index).name))
    return mentions


def _person_mention(reading: Reading, person: Person, name: str | None) -> NameMention:
    start, end = reading.words[person.first].start, reading.words[person.last].stem_end
    text = reading.text[start:end]
    title = title_start = title_end = None
    if person.titled:
        title_start, title_end = reading.words[person.title_first].start, reading.words[person.title_last].end
        title = reading.text[title_start:title_end]
    return NameMention(
        text=text,
        start=start,
        end=end,
        kind="person",
        name=name or text,
        title=title,
        title_start=title_start,
        title_end=title_end,
    )


class _Resolved:
    __slots__ = ("last_used", "name")

    def __init__(self, name: str | None, last_used: int) -> None:
        self.name = name
        self.last_used = last_used


class _FullNames:
    """Which full name a surname refers to: the nearest one before it, else the first one after it."""

    def __init__(self, reading: Reading, people: list[Person]) -> None:
        self._reading = reading
        self._places: dict[str, list[int]] = {}
        self._names: dict[str, list[str]] = {}
        # a heading's capitals tell nothing: "Bakan Bolat Washington Yolcusu" names nobody in full
        for person in sorted(people, key=lambda person: reading.heading[person.first]):
            if person.last > person.first and (
                not reading.heading[person.first] or reading.words[person.first].key not in self._names
            ):
                word = reading.words[person.last]
                self._places.setdefault(word.key, []).append(person.first)
                text = reading.text[reading.words[person.first].start : word.stem_end]
                self._names.setdefault(word.key, []).append(text)
        for key, places in self._places.items():
            order = sorted(range(len(places)), key=places.__getitem__)
            self._places[key] = [places[i] for i in order]
            self._names[key] = [self._names[key][i] for i in order]

    def full_name(self, first: int, last: int) -> _Resolved:
        """The full name for the words of a mention, and the last word that belongs to it."""
        words = self._reading.words
        key = words[first].key
        if first < last:
            # a surname already known, then other capitalised words: "Bolat Washington Yolcusu"
            if key in self._names and words[last].key not in self._names:
                return _Resolved(self._nearest(key, first), first)
            return _Resolved(None, last)
        return _Resolved(self._nearest(key, first) if key in self._names else None, last)

    def refers(self, index: int) -> bool:
        """Whether a single word is the surname of somebody named in full elsewhere."""
        reading, word = self._reading, self._reading.words[index]
        if word.key not in self._names or reading.country[index] or len(word.key) < 3:
            return False
        if word.key in reading.lexicon.cities and word.suffix in {"da", "de", "ta", "te", "a", "e", "dan", "den"}:
            return False
        return word.key not in reading.lexicon.openers

    def _nearest(self, key: str, index: int) -> str:
        places = self._places[key]
        return self._names[key][max(0, bisect_right(places, index) - 1)]
