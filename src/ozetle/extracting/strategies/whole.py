"""One structured call an article, and one more where its Turkish texts may not be shown."""

from __future__ import annotations

from collections.abc import Container, Sequence

from ozetle.articles import Sentence
from ozetle.extracting.draft import Draft, draft_schema, event_of, own_fields_of
from ozetle.extracting.fields import OneOf, marked_fields
from ozetle.extracting.prompts import prompt
from ozetle.extracting.session import ArticleSession
from ozetle.extracting.strategies.rewording import reworded
from ozetle.extracting.taxonomy import Term
from ozetle.facts import DateMention
from ozetle.reading import Reading, within
from ozetle.turkish.soundness import Judge

MAX_TOKENS = 6000
_MAX_CHARACTERS = 60_000  # about 20,000 tokens of Turkish: far more than a news article, and within any 32k window
_CHARACTERS_A_TOKEN = 2.2  # Turkish in the tokenizers of small models; others do better


async def whole(reading: Reading, session: ArticleSession, judge: Judge) -> Draft:
    """Ask about the whole article at once. A text beyond what the model can take is cut at a sentence, and said so."""
    taxonomy = session.taxonomy
    most = _MAX_CHARACTERS
    limit = MAX_TOKENS
    if session.context_window is not None:
        limit = min(MAX_TOKENS, session.context_window // 4)
        most = min(most, int((session.context_window - limit) * _CHARACTERS_A_TOKEN) - 6000)
    article, complete = article_block(reading, most)
    session.truncated |= not complete
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
    return await reworded(draft, judge, session, article)


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


def article_block(reading: Reading, most_characters: int) -> tuple[str, bool]:
    """Return the article as a model sees it, and whether it is complete.

    Only content sentences, each on a line of its own; line breaks inside a sentence become spaces, so that nothing in
    the article can pass for a line of this list.
    """
    shown: list[str] = []
    size = 0
    for sentence in reading.content:
        line = f"[{sentence.number}] {one_line(sentence.text)}"
        size += len(line)
        if shown and size > most_characters:
            break
        shown.append(line[:most_characters])
    published = reading.article.published
    head = [
        f"Published (P): {published.isoformat() if published else 'unknown'}",
        f"Title: {one_line(reading.article.title)}" if reading.article.title else None,
    ]
    parts = [
        *(line for line in head if line),
        "Sentences:",
        *shown,
        *_fact_lines(reading, reading.content[: len(shown)]),
    ]
    return "\n".join(parts), len(shown) == len(reading.content)


def event_block(reading: Reading, sentences: Sequence[Sentence]) -> str:
    """Return some sentences of an article with their figures and dates, in the form of `article_block`."""
    published = reading.article.published
    return "\n".join(
        [
            f"Published (P): {published.isoformat() if published else 'unknown'}",
            "Sentences:",
            *(f"[{sentence.number}] {one_line(sentence.text)}" for sentence in sentences),
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
