"""One structured call an article, and one more where its Turkish texts may not be shown."""

from __future__ import annotations

from collections.abc import Iterator

from ozetle.asking.asker import Asker
from ozetle.asking.draft import Draft, draft_schema
from ozetle.asking.prompts import prompt
from ozetle.asking.strategies.rewording import reworded
from ozetle.asking.taxonomy import Term
from ozetle.facts import DateMention
from ozetle.reading import Reading

MAX_TOKENS = 6000
_MOST_CHARACTERS = 60_000  # about 20,000 tokens of Turkish: far more than a news article, and within any 32k window
_CHARACTERS_A_TOKEN = 2.2  # Turkish in the tokenizers of small models; others do better


async def whole(reading: Reading, asker: Asker) -> Draft:
    """Ask about the whole article at once. A text beyond what the model can take is cut at a sentence, and said so."""
    taxonomy = asker.taxonomy
    most = _MOST_CHARACTERS
    limit = MAX_TOKENS
    if asker.context_window is not None:
        limit = min(MAX_TOKENS, asker.context_window // 4)
        most = min(most, int((asker.context_window - limit) * _CHARACTERS_A_TOKEN) - 6000)
    article, complete = article_block(reading, most)
    asker.truncated |= not complete
    draft = await asker.ask(
        prompt("whole"),
        Draft,
        draft_schema(Draft, taxonomy),
        max_tokens=limit,
        types=terms(taxonomy.types),
        statuses=terms(taxonomy.statuses),
        roles=", ".join(taxonomy.ids("roles")),
        article=article,
    )
    return await reworded(draft, reading, asker, article)


def terms(listed: tuple[Term, ...]) -> str:
    """Return choices as lines "id: definition"."""
    return "\n".join(f"  {term.id}: {term.definition or term.label}" for term in listed)


def article_block(reading: Reading, most_characters: int) -> tuple[str, bool]:
    """Return the article as a model sees it, and whether it is complete.

    Only content sentences, each on a line of its own; line breaks inside a sentence become spaces, so that nothing in
    the article can pass for a line of this list.
    """
    shown: list[str] = []
    end = 0
    size = 0
    for sentence in reading.content:
        line = f"[{sentence.number}] {one_line(sentence.text)}"
        size += len(line)
        if shown and size > most_characters:
            break
        shown.append(line[:most_characters])
        end = sentence.end
    published = reading.article.published
    head = [
        f"Published (P): {published.isoformat() if published else 'unknown'}",
        f"Title: {one_line(reading.article.title)}" if reading.article.title else None,
    ]
    parts = [
        *(line for line in head if line),
        "Sentences:",
        *shown,
        *_listed("Figures:", _figure_lines(reading, end)),
        *_listed("Dates:", _date_lines(reading, end)),
    ]
    return "\n".join(parts), len(shown) == len(reading.content)


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def _listed(title: str, lines: Iterator[str]) -> list[str]:
    found = list(lines)
    return [title, *found] if found else []


def _figure_lines(reading: Reading, end: int) -> Iterator[str]:
    for number, figure in enumerate(reading.figures, 1):
        if figure.end <= end:
            unit = figure.currency or figure.unit
            where = _sentence_number(reading, figure.start)
            yield f"F{number}: {one_line(figure.text)} = {figure.value:f} {unit} [{where}]"


def _date_lines(reading: Reading, end: int) -> Iterator[str]:
    for number, mention in enumerate(reading.dates, 1):
        if mention.end <= end:
            yield f"D{number}: {one_line(mention.text)} = {_days(mention)} [{_sentence_number(reading, mention.start)}]"


def _days(mention: DateMention) -> str:
    days = [day.isoformat() if day else "?" for day in (mention.first, mention.last)]
    return days[0] if days[0] == days[1] else " to ".join(days)


def _sentence_number(reading: Reading, offset: int) -> int | None:
    return next((s.number for s in reading.content if s.start <= offset < s.end), None)
