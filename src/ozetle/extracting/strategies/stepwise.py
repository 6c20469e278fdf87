"""One short question a sentence, for small local models: which types of events does it report?

Small models fail at one call an article, but label single sentences well, most of all when they may only choose among
the types that the sentence's own words allow. Nothing else is left to them. Figures, dates, names, countries and, in
Turkish, tense are read by rules; the words are the article's own sentences where it is Turkish, and sentences made of
verified parts where it is not: what the embedded model worded itself was refused by the checks more often than not, and
much of what passed them was still untrue.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict

from ozetle.articles import Sentence
from ozetle.extracting.draft import (
    Draft,
    DraftEvent,
    DraftFigure,
    DraftParticipant,
    draft_schema,
    event_of,
    own_fields_of,
    own_part_of,
)
from ozetle.extracting.fields import DateId, FigureId, marked_fields
from ozetle.extracting.prompts import Prompt, prompt
from ozetle.extracting.session import ArticleSession, together
from ozetle.extracting.status import OCCURRED, status_of
from ozetle.extracting.strategies.event_date import event_date_id, lies_ahead
from ozetle.extracting.strategies.evidence import Mentions, figure_key, place, roles
from ozetle.extracting.strategies.whole import event_block, one_line, own_field_notes, terms
from ozetle.extracting.taxonomy import NONE, Taxonomy
from ozetle.facts.folding import capitalised, fold_text
from ozetle.llm.request import Message
from ozetle.reading import PUBLICATION_ID, Reading
from ozetle.turkish.soundness import Judge
from ozetle.turkish.verbs import Modality, ends_in_past, tense

_MAX_SENTENCES = 2000  # labelled from the beginning: far more than any article of a newspaper
_MAX_TYPES = 2
_MAX_PARTICIPANTS = 12
_LABEL_TOKENS = 48
_FIELD_TOKENS = 100  # for each field of one's own
_MAX_SHOWN = 12  # sentences of one event
_LONG = 1200  # characters of a sentence that are shown to the model
_LONGEST_SUMMARY = 600
_SUMMARY_SENTENCES = 3
_STATISTIC = "economic_statistic"
_TARGET = "target_set"
_STATEMENT = "official_statement"
_MINOR = frozenset((_STATEMENT, "other"))
_JOINED = frozenset(("joint_mechanism_meeting", "bilateral_meeting", "official_visit", _STATEMENT))
_MEETINGS = _JOINED - {_STATEMENT}
_ATTENDED_TYPES = _MEETINGS | {"promotion_event", "agreement_signed"}
_LONG_AGO = 30  # days
_GAP = 2  # sentences of something else between two about the same meeting
# who attended a meeting that has just been told of: "Görüşmelere ilgili kurumlar da katıldı"
_ATTENDED = re.compile(
    r"(?:görüşme|toplantı|müzakere|temas|kabul|forum|tören|gezi|inceleme)(?:ler|lar)?(?:y?[ea]|d[ea])\b.*\b"
    r"(?:katıldı(?:lar)?|eşlik etti|hazır bulundu|yer aldı)\W*$",
    re.DOTALL,
)
_DATELINE = re.compile(r"^\([^()]{2,40}\)\s*[-–—]*\s*")
_QUOTES = re.compile(r"[\"“”„]")
# at the beginning of a sentence; alone, as a headline, they point to nothing
_CONNECTIVE = re.compile(
    r"^(?:ayrıca|bununla birlikte|bunun yanı sıra|öte yandan|diğer taraftan|bu kapsamda|bu çerçevede|böylece)\b,? ",
    re.IGNORECASE,
)


class _Labels(BaseModel):
    model_config = ConfigDict(extra="ignore")

    events: list[str]


@dataclass
class _Event:
    type: str
    sentences: list[Sentence] = field(default_factory=list)


async def stepwise(reading: Reading, session: ArticleSession, _judge: Judge | None = None) -> Draft:
    """Ask for the label of each sentence, and make events of the labelled sentences; it has no texts to judge."""
    session.truncated |= len(reading.content) > _MAX_SENTENCES
    sentences = reading.content[:_MAX_SENTENCES]
    types = terms(session.taxonomy.types)
    template = _label_prompt(session)
    labels = await together(_labels(sentence, reading, session, template, types) for sentence in sentences)
    labelled = list(zip(sentences, labels, strict=True))
    events: list[DraftEvent] = []
    joined = _joined(labelled, reading, session.taxonomy)
    own = await together(_own_fields(event, reading, session) for event in joined)
    for event, fields in zip(joined, own, strict=True):
        drafted = _drafted(event, reading, session.taxonomy, events)
        events.append(event_of(session.draft)(**{**dict(drafted), **fields}))
    return session.draft(events=events, summary=_summary(events))


async def _own_fields(event: _Event, reading: Reading, session: ArticleSession) -> dict[str, Any]:
    """Return what an event's sentences say for the fields of one's own: one question, and none without such fields.

    Of figures and dates the model may only choose among those of the sentences; it is not asked for what cannot be.
    """
    sentences = event.sentences[:_MAX_SHOWN]
    mentions = Mentions(reading, sentences)
    figures = [reading.figure_id(figure) for figure in mentions.figures]
    dates = [reading.date_id(date) for date in mentions.dates]
    if dates and reading.article.published:
        dates.append(PUBLICATION_ID)
    offered: dict[type, list[str]] = {FigureId: figures, DateId: dates}
    own = own_fields_of(session.draft)
    ids = {
        name: offered[type(mark)] for name, _, mark in marked_fields(event_of(session.draft)) if type(mark) in offered
    }
    asked = tuple(name for name in own if ids.get(name) != [])
    if not asked:
        return {}
    part = own_part_of(session.draft, asked)
    schema = draft_schema(part, session.taxonomy)
    for name in ids.keys() & set(asked):
        schema["properties"][name] = _only(ids[name], schema["properties"][name])
    answer = await session.ask(
        prompt("stepwise-fields"),
        part,
        schema,
        max_tokens=_FIELD_TOKENS * len(asked),
        fields="\n".join(own_field_notes(session.draft, asked)),
        event=session.taxonomy.label("types", event.type),
        sentences=event_block(reading, sentences),
    )
    return dict(answer)


def _only(ids: list[str], field: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field that holds one or several of some ids."""
    if field.get("type") == "array":
        return {**field, "items": {"type": "string", "enum": ids}}
    return {"description": field["description"], "anyOf": [{"type": "string", "enum": ids}, {"type": "null"}]}


def _label_prompt(session: ArticleSession) -> Prompt:
    """Return the prompt for labels, with those of its examples that fit the taxonomy, and the taxonomy's own."""
    if session.template is not None:
        return session.template
    own = prompt("stepwise-label")
    first, *shown, last = own.turns
    known = {*session.taxonomy.ids("types"), NONE}
    turns = [first]
    for asked, answered in zip(shown[::2], shown[1::2], strict=True):
        if known.issuperset(json.loads(answered.content)["events"]):
            turns += [asked, answered]
    for example in session.taxonomy.examples:
        answer = json.dumps({"events": example.events or (NONE,)}, ensure_ascii=False)
        turns += [Message(role="user", content=one_line(example.sentence)), Message(role="assistant", content=answer)]
    turns.append(last)
    if tuple(turns) == own.turns:
        return own
    info = own.info.model_copy(update={"id": f"{own.info.id}-own"})  # else it would seem an old text of that prompt
    return Prompt(info=info, purpose=own.purpose, turns=tuple(turns))


async def _labels(
    sentence: Sentence, reading: Reading, session: ArticleSession, template: Prompt, types: str
) -> list[str]:
    """Return the types of events that a sentence reports; none for most. `types` is what a model is told of them."""
    mentions = Mentions(reading, [sentence])
    language = reading.language.code
    candidates = session.taxonomy.candidates(sentence.text, language, has_figure=bool(mentions.figures))
    if all(candidate == "other" for candidate in candidates):
        return []
    answer = await session.ask(
        template,
        _Labels,
        _object(events=_array({"type": "string", "enum": [*candidates, NONE]}, 1, _MAX_TYPES)),
        max_tokens=_LABEL_TOKENS,
        types=types,
        sentence=one_line(sentence.text)[:_LONG],
    )
    labels = [label for label in dict.fromkeys(answer.events) if label in candidates]
    if (
        language == "tr"
        and _STATISTIC in labels
        and _TARGET in candidates
        and tense(sentence.text) is Modality.AIMED_AT
    ):
        labels = list(dict.fromkeys(_TARGET if label == _STATISTIC else label for label in labels))
    beside = {type_.id: type_.beside for type_ in session.taxonomy.types}
    return labels[:1] + [label for label in labels[1:] if label in beside[labels[0]]]


def _joined(labelled: list[tuple[Sentence, list[str]]], reading: Reading, taxonomy: Taxonomy) -> list[_Event]:
    """Join sentences about one event: neighbours about a meeting or a statement, and repeated figures."""
    events: list[_Event] = []
    for sentence, labels in labelled:
        if not labels and events and _is_attended(events[-1], sentence, reading, taxonomy):
            events[-1].sentences.append(sentence)
        for label in labels:
            same = [
                event
                for event in events
                if (label in _JOINED and event.type == label)
                or (label in _ATTENDED_TYPES and _is_attended(event, sentence, reading, taxonomy))
            ]
            if same and _continues(same[-1], sentence, reading):
                same[-1].sentences.append(sentence)
            else:
                events.append(_Event(label, [sentence]))
    return _statistics_told_once(events, reading)


def _statistics_told_once(events: list[_Event], reading: Reading) -> list[_Event]:
    """Join statistics of the same figures; a sentence that only sums up others becomes evidence of each of them."""
    keys = {id(event): figure_key(reading, event.sentences) for event in events if event.type == _STATISTIC}
    kept: list[_Event] = []
    for event in events:
        key = keys.get(id(event), frozenset())
        twin = next((earlier for earlier in kept if key and keys.get(id(earlier)) == key), None)
        if twin is not None:
            twin.sentences += event.sentences
        else:
            kept.append(event)
    for event in list(kept):
        key = keys.get(id(event), frozenset())
        parts = [other for other in kept if keys.get(id(other)) and keys[id(other)] < key]
        if not parts:
            continue
        if frozenset().union(*(keys[id(part)] for part in parts)) == key:
            for part in parts:
                part.sentences = [*event.sentences, *part.sentences]
            kept.remove(event)
        else:
            for part in parts:
                event.sentences += part.sentences
                kept.remove(part)
    return kept


def _is_attended(event: _Event, sentence: Sentence, reading: Reading, taxonomy: Taxonomy) -> bool:
    """Whether a sentence only says who took part in what was told just before it."""
    neighbours = (sentence.number or 0) - (event.sentences[-1].number or 0) == 1
    if not neighbours or event.type not in _ATTENDED_TYPES:
        return False
    language = reading.language.code.partition("-")[0]
    shown = "attendee" in taxonomy.shown_roles(sentence.text, language) and _speaker(reading, sentence)
    return bool(shown) or _ATTENDED.match(fold_text(sentence.text)) is not None


def _continues(event: _Event, sentence: Sentence, reading: Reading) -> bool:
    last = event.sentences[-1]
    near = (sentence.number or 0) - (last.number or 0) <= (1 if event.type == _STATEMENT else _GAP + 1)
    if event.type == _STATEMENT and _speaker(reading, last) != _speaker(reading, sentence):
        return False
    if _told_later(event, sentence, reading) or _in_other_tense(event, sentence, reading):
        return False
    since = reading.content[last.number or 0 : sentence.number]  # the sentence and those between
    days = [{(date.first, date.last) for date in Mentions(reading, part).dates} for part in (event.sentences, since)]
    return near and last is not sentence and not (days[0] and days[1] and days[0].isdisjoint(days[1]))


def _told_later(event: _Event, sentence: Sentence, reading: Reading) -> bool:
    """Whether a sentence goes back to something long before the publication while the event so far has no date."""
    published = reading.article.published
    if published is None or Mentions(reading, event.sentences).dates:
        return False
    last = [date.last for date in Mentions(reading, [sentence]).dates if date.last]
    return any((published - day).days > _LONG_AGO for day in last)


def _in_other_tense(event: _Event, sentence: Sentence, reading: Reading) -> bool:
    """Whether one of a Turkish meeting and a sentence has happened and the other is to come."""
    if event.type not in _MEETINGS or reading.language.code != "tr":
        return False
    return {_meeting_tense(event.sentences[0], reading), _meeting_tense(sentence, reading)} == {
        Modality.HAPPENED,
        Modality.TO_COME,
    }


def _meeting_tense(sentence: Sentence, reading: Reading) -> Modality:
    """The tense in which a Turkish sentence tells of a meeting; what is said of the future is a plan if dated."""
    told = tense(sentence.text)
    said = told is Modality.TO_COME and ends_in_past(sentence.text) and not Mentions(reading, [sentence]).dates
    return Modality.WISHED if said else told


def _speaker(reading: Reading, sentence: Sentence) -> str | None:
    people = [mention.name for mention in Mentions(reading, [sentence]).participants if mention.kind == "person"]
    return people[0] if people else None


def _drafted(event: _Event, reading: Reading, taxonomy: Taxonomy, earlier: list[DraftEvent]) -> DraftEvent:
    """Return the event with what its sentences say; a headline only where a sentence can be one."""
    kind = next(type_ for type_ in taxonomy.types if type_.id == event.type)
    mentions = Mentions(reading, event.sentences)
    participants = mentions.participants[:_MAX_PARTICIPANTS]
    decisive = event.sentences[-1 if event.type == _STATISTIC else 0]
    language = reading.language.code
    status = status_of([decisive.text], language, kind)
    headline = ""
    if language == "tr":
        headline = _own_headline(decisive)
        if headline in {drafted.headline for drafted in earlier}:
            headline = f"{capitalised(kind.label)}: {headline}"
    if status == OCCURRED and kind.id != _STATISTIC and lies_ahead(reading, event.sentences, kind):
        status = kind.fitting_status("planned")
    return DraftEvent(
        sentences=[sentence.number for sentence in event.sentences if sentence.number],
        type=event.type,
        status=status,
        headline=headline,
        date=event_date_id(reading, event.sentences, kind, status, earlier),
        place=None if event.type == _STATISTIC else place(reading, event.sentences),
        countries=mentions.countries,
        participants=[
            DraftParticipant(kind=mention.kind, name=mention.name, title=mention.title, role=role)
            for mention, role in zip(
                participants, roles(reading, participants, event.sentences, kind, taxonomy), strict=True
            )
        ],
        figures=[DraftFigure(figure=reading.figure_id(figure)) for figure in mentions.figures],
    )


def _own_headline(sentence: Sentence) -> str:
    """Return a Turkish sentence as a headline: without dateline, connective, and one end of a longer quotation."""
    text = _DATELINE.sub("", one_line(sentence.text))
    if len(_QUOTES.findall(text)) == 1:  # the quotation goes on in another sentence
        said = max(_QUOTES.split(text), key=len).strip(" ,;:")
        if said and said.split()[-1][0].isupper():  # "… belirten Aliyev" is no sentence without what he said
            said = _QUOTES.sub("", text)
        text = said if said.endswith((".", "!", "?")) else f"{said}."
    text = _CONNECTIVE.sub("", text)
    return capitalised(text)


def _summary(events: list[DraftEvent]) -> str:
    """Return the first headlines, statements last; nothing where there are none.

    A sentence that reports two events is told once: the second headline is the first behind a label.
    """
    ranked = sorted(events, key=lambda event: event.type in _MINOR)
    told: list[str] = []
    for event in ranked:
        if event.headline and not any(event.headline.endswith(headline) for headline in told):
            told.append(event.headline)
    summary = ""
    for headline in told[:_SUMMARY_SENTENCES]:
        if not summary or len(summary) + len(headline) < _LONGEST_SUMMARY:
            summary = f"{summary} {headline}".strip()
    return summary


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _array(items: dict[str, Any], least: int, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}
