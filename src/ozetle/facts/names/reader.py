"""People and organisations read from a text without a model, for precision first.

A person needs evidence (see `names_people`): a title, a known given name or surname ending, or that somebody is said to
have said something; a surname alone is read where the full name stands in the same text. An organisation is a run of
capitalised words with a head such as Bakanlığı or Komisyonu (see `names_organisations`). Reporters' by-lines, towns,
streets and buildings are neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.folding import fold_text
from ozetle.facts.names.candidates import PreparedText, prepare
from ozetle.facts.names.organisations import Organisation, find_organisations
from ozetle.facts.names.people import Person, find_people
from ozetle.facts.names.references import Reference, refer

_COUNTERPART = re.compile(r"\b(?:mevkida[sş]|muhatab|həmkar|homolog|counterpart|amtskolleg|коллег)")


class NameMention(BaseModel):
    """A name, where the text has it.

    Attributes:
        text: the article's own words, without case suffixes: "Rasulzoda'yı" is "Rasulzoda".
        start: where it begins, in code points of the raw text.
        end: where it ends, exclusive.
        kind: "person", "organisation", or "unknown": two capitalised words or more for which nothing tells.
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
    found = find_people(reading, taken)
    references = refer(reading, [person for person in found if person.known], taken)
    covered = {index for reference in references for index in range(reference.person.first, reference.person.last + 1)}
    mentions = [_organisation_mention(reading, organisation) for organisation in organisations]
    mentions += [_person_mention(reading, reference) for reference in references]
    mentions += [
        _unknown_mention(reading, run)
        for run in found
        if not run.known and covered.isdisjoint(range(run.first, run.last + 1))
    ]
    return sorted(mentions, key=lambda mention: (mention.start, mention.end))


def _organisation_mention(reading: PreparedText, organisation: Organisation) -> NameMention:
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


def _unknown_mention(reading: PreparedText, run: Person) -> NameMention:
    start, end = reading.words[run.first].start, reading.words[run.last].stem_end
    name = reading.text[start:end]
    return NameMention(text=name, start=start, end=end, kind="unknown", name=name)


def _person_mention(reading: PreparedText, reference: Reference) -> NameMention:
    person, text, words = reference.person, reading.text, reading.words
    start, end = reading.name_start(person.first), reading.name_end(person.last)
    title_start = title_end = None
    if person.titled and not _is_counterpart(text[words[person.title_first].start : words[person.title_last].end]):
        title_start, title_end = words[person.title_first].start, words[person.title_last].end
        title_end += text[title_end : title_end + 1] == "."  # "Prof. Dr."
    return NameMention(
        text=text[start:end],
        start=start,
        end=end,
        kind="person",
        name=reference.name,
        title=None if title_start is None else text[title_start:title_end],
        title_start=title_start,
        title_end=title_end,
    )


def _is_counterpart(title: str) -> bool:
    """Whether words beside a name say whose counterpart somebody is, which is no office."""
    return _COUNTERPART.search(fold_text(title)) is not None
