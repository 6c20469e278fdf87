"""One structured call an article, or one a window of a long one, and one more where Turkish texts may not be shown."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from ozetle.articles import Sentence
from ozetle.extracting.draft import Draft, DraftEvent, draft_schema, event_of, own_fields_of
from ozetle.extracting.fields import OneOf, marked_fields
from ozetle.extracting.prompts import prompt
from ozetle.extracting.session import ArticleSession
from ozetle.extracting.strategies.rewording import reworded
from ozetle.extracting.taxonomy import Term
from ozetle.extracting.windows import Window, joined_drafts, open_events, windows
from ozetle.facts import DateMention, NameMention
from ozetle.reading import Reading, within
from ozetle.turkish.soundness import Judge

MAX_TOKENS = 6000
_MAX_CHARACTERS = 24_000  # of a window: about 8,000 tokens of Turkish
_MIN_CHARACTERS = 2_000
_CHARACTERS_A_TOKEN = 2.2  # Turkish in the tokenizers of small models; others do better


async def whole(reading: Reading, session: ArticleSession, judge: Judge) -> Draft:
    """Ask about the whole article at once, or about one window after another where it is too long for that."""
    taxonomy = session.taxonomy
    most = _MAX_CHARACTERS
    limit = MAX_TOKENS
    if session.context_window is not None:
        limit = min(MAX_TOKENS, session.context_window // 4)
        most = max(_MIN_CHARACTERS, min(most, int((session.context_window - limit) * _CHARACTERS_A_TOKEN) - 6000))
    drafts: list[Draft] = []
    for window in windows(reading.content, most):
        article = article_block(reading, window, open_events(drafts))
        draft = await session.ask(
            session.template or prompt("whole"),
            session.draft,
            draft_schema(session.draft, taxonomy),
            max_tokens=limit,
            types=terms(taxonomy.types),
            statuses=terms(taxonomy.statuses),
            roles=", ".join(taxonomy.ids("roles")),
            own_fields="".join(f"\n{line}" for line in own_field_notes(session.draft, own_fields_of(session.draft))),
            article=article,
        )
        drafts.append(await reworded(draft, judge, session, article))
    return joined_drafts(drafts)


def terms(listed: tuple[Term, ...]) -> str:
    """Return choices as lines "id: definition"."""
    return "\n".join(f"  {term.id}: {term.definition or term.label}" for term in listed)


def own_field_notes(draft: type[Draft], names: Container[str]) -> list[str]:
    """Return what a prompt says of some fields of one's own: a line for each."""
    notes = []
    for name, field, marker in marked_fields(event_of(draft)):
        if name in names:
            choices = f" One of: {', '.join(marker.choices)}." if isinstance(marker, OneOf) else ""
            notes.append(f"- `{name}`: {one_line(field.description or '').rstrip('.')}.{choices}")
    return notes


def article_block(reading: Reading, window: Window, told: Sequence[DraftEvent] = ()) -> str:
    """Return an article, or a window of it, as a model sees it.

    Only content sentences, each on a line of its own; line breaks inside a sentence become spaces, so that nothing in
    the article can pass for a line of this list.

    Args:
        reading: the article.
        window: the part that is asked about.
        told: the events that the windows before it have told.
    """
    head = [f"Published (P): {_published(reading)}"]
    if reading.article.title:
        head.append(f"Title: {one_line(reading.article.title)}")
    return "\n".join(
        [
            *head,
            *_before(reading, window, told),
            "Sentences:",
            *_numbered(window.sentences),
            *_fact_lines(reading, window.sentences),
        ]
    )


def _before(reading: Reading, window: Window, told: Sequence[DraftEvent]) -> list[str]:
    """What a window is shown of the windows before it; nothing for the first one."""
    if not window.before:
        return []
    lines = [
        "This is a later part of the article. `summary` is of the whole article.",
        "The sentences before it, already reported:",
        *_numbered(window.before),
    ]
    people = {
        mention.name: f"- {mention.name}" + (f" ({one_line(mention.title)})" if mention.title else "")
        for mention in _known_by_now(reading, window)
    }
    if people:
        lines += ["People named before:", *people.values()]
    if told:
        lines += [
            "Events reported before. If a sentence below goes on about one of them, report it again with the same type"
            " and headline and with the sentences below alone:",
            *(f"- {event.type}: {one_line(event.headline)}" for event in told),
        ]
    return lines


def _known_by_now(reading: Reading, window: Window) -> Iterator[NameMention]:
    """The full mentions, before a window, of the people that it names."""
    first, last = window.sentences[0].start, window.sentences[-1].end
    for mention in reading.names:
        if mention.kind == "person" and first <= mention.start < last:
            full = reading.fullest_mentions.get(mention.name)
            if full is not None and full.start < first:
                yield full


def _numbered(sentences: Sequence[Sentence]) -> list[str]:
    return [f"[{sentence.number}] {one_line(sentence.text)}" for sentence in sentences]


def _published(reading: Reading) -> str:
    published = reading.article.published
    return published.isoformat() if published else "unknown"


def event_block(reading: Reading, sentences: Sequence[Sentence]) -> str:
    """Return some sentences of an article with their figures and dates, in the form of `article_block`."""
    return "\n".join(
        [
            f"Published (P): {_published(reading)}",
            "Sentences:",
            *_numbered(sentences),
            *_fact_lines(reading, sentences),
        ]
    )


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def _fact_lines(reading: Reading, sentences: Sequence[Sentence]) -> list[str]:
    """Return the figures and dates of some sentences, in the order of the text, each under its id."""
    spans = sorted((sentence.start, sentence.end) for sentence in sentences)
    figures = [
        f"{reading.figure_id(figure)}: {one_line(figure.text)} = {figure.value:f} {figure.currency or figure.unit}"
        f" [{_sentence_number(reading, figure.start)}]"
        for figure in within(reading.figures, spans)
    ]
    dates = [
        f"{reading.date_id(date)}: {one_line(date.text)} = {_days(date)} [{_sentence_number(reading, date.start)}]"
        for date in within(reading.dates, spans)
    ]
    return [*(["Figures:", *figures] if figures else []), *(["Dates:", *dates] if dates else [])]


def _days(mention: DateMention) -> str:
    days = [day.isoformat() if day else "?" for day in (mention.first, mention.last)]
    return days[0] if days[0] == days[1] else " to ".join(days)


def _sentence_number(reading: Reading, offset: int) -> int | None:
    return next((s.number for s in reading.content if s.start <= offset < s.end), None)
