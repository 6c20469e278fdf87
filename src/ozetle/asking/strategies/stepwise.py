"""Many short questions, for small local models: a label for each sentence, then a few words about each event.

Small models fail at one call an article, but label single sentences well, most of all when they may only choose among
the types that the sentence's own words allow. What code can tell without a model (which figures, dates, names and
countries stand in a sentence) is not asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from ozetle.articles import Sentence
from ozetle.asking.asker import Asker
from ozetle.asking.draft import Draft, DraftEvent, DraftFigure, DraftParticipant
from ozetle.asking.prompts import prompt
from ozetle.asking.strategies.evidence import Mentions, date_id, figure_key, place, roles
from ozetle.asking.strategies.turkish_verbs import status_of
from ozetle.asking.strategies.whole import one_line, terms
from ozetle.asking.taxonomy import EventType
from ozetle.reading import Reading

NONE = "none"
_MOST_SENTENCES = 60  # labelled from the beginning: news put first what matters
_MOST_TYPES = 2
_MOST_PARTICIPANTS = 4
_LABEL_TOKENS = 48
_EVENT_TOKENS = 160
_SUMMARY_TOKENS = 300
_SHORT = 180  # characters: up to here a Turkish sentence is its own headline, truer than a small model's
_LONGEST_HEADLINE = 200
_LONGEST_SUMMARY = 600
_SHORT_SUMMARY = 480
_SUMMARY_SENTENCES = 3
_MOST_HEADLINES = 5
_STATEMENT = "official_statement"
_MINOR = frozenset((_STATEMENT, "other"))
# at the beginning of a sentence; alone, as a headline, they point to nothing
_CONNECTIVE = re.compile(
_SHORT = 180  # characters: up to here a Turkish sentence is its own headline, truer than what a small model words
    re.IGNORECASE,
)
_QUOTATION = re.compile(r"[\"“”„]")
_LONG = 1200
_JOINED = frozenset(("joint_mechanism_meeting", "bilateral_meeting", "official_visit", "official_statement"))
_GAP = 2  # sentences of something else between two about the same meeting


class _Labels(BaseModel):
    model_config = ConfigDict(extra="ignore")

    events: list[str]


class _About(BaseModel):
    model_config = ConfigDict(extra="ignore")

    status: str
    headline: str = ""


class _Summary(BaseModel):
    model_config = ConfigDict(extra="ignore")

    summary: str


@dataclass
class _Event:
    type: str
    sentences: list[Sentence] = field(default_factory=list)


async def stepwise(reading: Reading, asker: Asker) -> Draft:
    """Ask about each sentence, then about each event found, then for the summary."""
    asker.truncated |= len(reading.content) > _MOST_SENTENCES
    labelled = [(sentence, await _labels(sentence, reading, asker)) for sentence in reading.content[:_MOST_SENTENCES]]
    events: list[DraftEvent] = []
    for event in _joined(labelled, reading):
        taken = {earlier.headline for earlier in events}
        events.append(await _drafted(event, reading, asker, taken))
    return Draft(events=events, summary=await _summary(events, reading, asker))


async def _labels(sentence: Sentence, reading: Reading, asker: Asker) -> list[str]:
    """Return the types of events that a sentence reports; none for most."""
    mentions = Mentions(reading, [sentence])
    language = reading.language.code.partition("-")[0]
    candidates = asker.taxonomy.candidates(sentence.text, language, has_figure=bool(mentions.figures))
    if all(candidate == "other" for candidate in candidates):
        return []
    answer = await asker.ask(
        prompt("stepwise-label"),
        _Labels,
        _object(events=_array({"type": "string", "enum": [*candidates, NONE]}, 1, _MOST_TYPES)),
        max_tokens=_LABEL_TOKENS,
        types=terms(asker.taxonomy.types),
        sentence=one_line(sentence.text)[:_LONG],
    )
    return [label for label in dict.fromkeys(answer.events) if label in candidates]


def _joined(labelled: list[tuple[Sentence, list[str]]], reading: Reading) -> list[_Event]:
    """Join sentences about one event: neighbours about a meeting or a statement, and repeated figures."""
    events: list[_Event] = []
    for sentence, labels in labelled:
        for label in labels:
            same = [event for event in events if event.type == label]
            if label in _JOINED and same and _continues(same[-1], sentence, reading):
                same[-1].sentences.append(sentence)
                continue
            if label == "economic_statistic":
                figures = figure_key(reading, [sentence])
                twin = next(
                    (event for event in same if figures and figure_key(reading, event.sentences) == figures), None
                )
                if twin is not None:
                    twin.sentences.append(sentence)
                    continue
            events.append(_Event(label, [sentence]))
    return events


def _continues(event: _Event, sentence: Sentence, reading: Reading) -> bool:
    last = event.sentences[-1]
    near = (sentence.number or 0) - (last.number or 0) <= (1 if event.type == _STATEMENT else _GAP + 1)
    if event.type == _STATEMENT and _speaker(reading, last) != _speaker(reading, sentence):
        return False
    days = [
        {(date.first, date.last) for date in Mentions(reading, part).dates} for part in (event.sentences, [sentence])
    ]
    return near and last is not sentence and not (days[0] and days[1] and days[0].isdisjoint(days[1]))


def _speaker(reading: Reading, sentence: Sentence) -> str | None:
    people = [mention.name for mention in Mentions(reading, [sentence]).participants if mention.kind == "person"]
    return people[0] if people else None


async def _drafted(event: _Event, reading: Reading, asker: Asker, taken: set[str]) -> DraftEvent:
    """Return the event with what its sentences say; the model is asked only for what they do not say themselves.

    For a sentence that is the headline of another event already (`taken`) the model is asked for other words.
    """
    taxonomy = asker.taxonomy
    kind = next(type_ for type_ in taxonomy.types if type_.id == event.type)
    mentions = Mentions(reading, event.sentences)
    participants = mentions.participants[:_MOST_PARTICIPANTS]
    turkish_article = reading.language.code.startswith("tr")
    status = status_of(event.sentences[0].text, event.type) if turkish_article else None
    own = _own_headline(event) if turkish_article else None
    headline = own or ""
    if own is None or own in taken:
        about = await _about(event, kind, status, asker)
        status = status or about.status
        headline = about.headline
    status = status or "occurred"
    return DraftEvent(
        sentences=[sentence.number for sentence in event.sentences if sentence.number],
        type=event.type,
        status=status,
        headline=headline,
        date=date_id(reading, event.sentences, status),
        place=place(reading, event.sentences),
        countries=mentions.countries,
        participants=[
            DraftParticipant(kind=mention.kind, name=mention.name, title=mention.title, role=role)
            for mention, role in zip(
                participants, roles(reading, participants, event.sentences, kind, taxonomy), strict=True
            )
        ],
        figures=[DraftFigure(figure=reading.figure_id(figure)) for figure in mentions.figures],
    )


async def _about(event: _Event, kind: EventType, status: str | None, asker: Asker) -> _About:
    statuses = [status] if status else asker.taxonomy.ids("statuses")
    return await asker.ask(
        prompt("stepwise-event"),
        _About,
        _object(
            status={"type": "string", "enum": statuses},
            headline={"type": "string", "maxLength": _LONGEST_HEADLINE},
        ),
        max_tokens=_EVENT_TOKENS,
        type=kind.label,
        text=one_line(event.sentences[0].text)[:_LONG],
    )


def _own_headline(event: _Event) -> str | None:
    """Return a sentence of the event that can stand as its headline: a short, whole one without a quotation."""
    for sentence in event.sentences:
        text = _CONNECTIVE.sub("", one_line(sentence.text))
        text = {"i": "İ", "ı": "I"}.get(text[:1], text[:1].upper()) + text[1:]
        if len(text) <= _SHORT and text.endswith(".") and not _QUOTATION.search(text):
            return text
    return None


async def _summary(events: list[DraftEvent], reading: Reading, asker: Asker) -> str:
    """Return the summary: the article's own sentences when they are few and short, else the model's."""
    ranked = sorted(events, key=lambda event: event.type in _MINOR)
    headlines = list(dict.fromkeys(event.headline for event in ranked if event.headline))[:_MOST_HEADLINES]
    if not headlines:
        return ""
    first = " ".join(headlines[:_SUMMARY_SENTENCES])
    if reading.language.code.startswith("tr") and len(first) <= _SHORT_SUMMARY:
        return first
    answer = await asker.ask(
        prompt("stepwise-summary"),
        _Summary,
        _object(summary={"type": "string", "maxLength": _LONGEST_SUMMARY}),
        max_tokens=_SUMMARY_TOKENS,
        headlines="\n".join(f"- {headline}" for headline in headlines),
    )
    return answer.summary


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}
