"""What is read from an article without a model: sentences, language, figures, dates, countries, names."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from ozetle.articles import Article, Language, Sentence, detect_language, split
from ozetle.facts import (
    CountryMention,
    DateMention,
    Figure,
    NameMention,
    read_countries,
    read_dates,
    read_figures,
    read_names,
)
from ozetle.facts.dates.programme_days import with_programme_days
from ozetle.facts.folding import Folded, fold, fold_text

BEGINNING = 3
"""Letters at the beginning of a word, by which `Reading.words_by_beginning` finds it."""
PUBLICATION_ID = "P"
"""The id by which a model refers to the publication date."""

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_START = attrgetter("start")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_AND_SUFFIX = re.compile(r"([^\W\d_]+)(?:'[^\W\d_]+)?")

Mention = TypeVar("Mention", Figure, DateMention, CountryMention, NameMention)


class Reading(BaseModel):
    """An article and all that was read from it; every offset indexes `article.text`.

    Facts are those of the content sentences, in the order of the text: a page's times, credits and repeated titles
    carry none. A model refers to figures as F1, F2 … and to dates as D1, D2 …, counted from 1 in these tuples.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: Article
    language: Language
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]
    countries: tuple[CountryMention, ...]
    names: tuple[NameMention, ...]

    @cached_property
    def content(self) -> tuple[Sentence, ...]:
        """The numbered sentences: `content[n - 1]` is sentence n."""
        return tuple(sentence for sentence in self.sentences if sentence.boilerplate is None)

    @cached_property
    def folded(self) -> Folded:
        """The raw text, folded for matching."""
        return fold(self.article.text)

    @cached_property
    def name_words(self) -> frozenset[str]:
        """The words of the content that may belong to names: capitalised, or of a script without capitals."""
        words = _WORD.findall(" ".join(sentence.text for sentence in self.content))
        return frozenset(word for word in words if not word[0].islower())

    @cached_property
    def people_words(self) -> frozenset[str]:
        """The folded words of the names of people."""
        names = " ".join(mention.name for mention in self.names if mention.kind == "person")
        return frozenset(_WORD.findall(fold_text(names)))

    @cached_property
    def words_by_beginning(self) -> dict[str, frozenset[str]]:
        """The folded words of the whole text, without what follows an apostrophe, by their first letters."""
        words: dict[str, set[str]] = {}
        for word in _WORD_AND_SUFFIX.findall(self.folded.text):
            words.setdefault(word[:BEGINNING], set()).add(word)
        return {beginning: frozenset(found) for beginning, found in words.items()}

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the raw text as it writes them, those of figures as plain decimals ("8200000000", "4,5")."""
        inside = [(figure.start, figure.end) for figure in self.figures]
        return frozenset(
            found[0]
            for found in NUMBER.finditer(digits_plain(self.article.text))
            if not any(start <= found.start() < end for start, end in inside)
        ) | {f"{figure.value:f}".replace(".", ",") for figure in self.figures}

    @cached_property
    def fullest_mentions(self) -> dict[str, NameMention]:
        """By name, the first mention with a title, else the first in full."""
        backwards = self.names[::-1]
        full = {mention.name: mention for mention in backwards if mention.text == mention.name}
        return full | {mention.name: mention for mention in backwards if mention.title}

    def sentence(self, number: int) -> Sentence | None:
        """Return the content sentence of that number, or None."""
        return self.content[number - 1] if 1 <= number <= len(self.content) else None

    def figure(self, id: str) -> Figure | None:  # noqa: A002 (F1, F2 …)
        """Return the figure of that id, or None."""
        return _by_id(self.figures, "F", id)

    def date(self, id: str) -> DateMention | None:  # noqa: A002 (D1, D2 …)
        """Return the date of that id, or None; None for the publication date's id too."""
        return _by_id(self.dates, "D", id)

    def figure_id(self, figure: Figure) -> str:
        """Return the id by which a model refers to a figure."""
        return f"F{_number(self.figures, figure)}"

    def date_id(self, date: DateMention) -> str:
        """Return the id by which a model refers to a date."""
        return f"D{_number(self.dates, date)}"


def read(article: Article, language: str | None = None) -> Reading:
    """Read an article. Pure: no network, no clock; relative dates are resolved by the article's publication date.

    Args:
        article: what is read.
        language: its language, BCP 47, where one knows better than to have it detected.
    """
    sentences = split(article)
    content = [sentence for sentence in sentences if sentence.boilerplate is None]
    body = " ".join(sentence.text for sentence in content)
    if language is None:
        known = detect_language(body, declared=article.language)
    else:
        known = Language(code=language, confidence=1.0, method="declared")
    code = known.code
    spans = [(sentence.start, sentence.end) for sentence in content]
    return Reading(
        article=article,
        language=known,
        sentences=sentences,
        figures=within(read_figures(article.text, code), spans),
        dates=within(_dates(article, code), spans),
        countries=within(read_countries(article.text, code), spans),
        names=within(read_names(article.text, code, spans), spans),
    )


def _dates(article: Article, code: str) -> tuple[DateMention, ...]:
    return with_programme_days(article.text, read_dates(article.text, article.published, code), code)


def digits_plain(text: str) -> str:
    """Return a text with the digits of any form, superscript or full-width, as plain ones."""
    return unicodedata.normalize("NFKC", text)


def within(mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
    """Return the mentions that lie wholly within one of the spans; both in the order of the text, without overlaps."""
    kept: list[Mention] = []
    position = 0
    first = bisect_left(mentions, spans[0][0], key=_START) if spans else len(mentions)
    last = bisect_left(mentions, spans[-1][1], key=_START) if spans else first
    for mention in mentions[first:last]:
        while position < len(spans) and spans[position][1] < mention.end:
            position += 1
        if position < len(spans) and spans[position][0] <= mention.start:
            kept.append(mention)
    return tuple(kept)


def _number(mentions: tuple[Mention, ...], mention: Mention) -> int:
    """Which of some mentions, of which no two begin at one place, it is; counted from 1."""
    return bisect_left(mentions, mention.start, key=_START) + 1


def _by_id(mentions: tuple[Mention, ...], letter: str, id: str) -> Mention | None:  # noqa: A002
    digits = id.strip().upper().removeprefix(letter)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        return None
    return mentions[int(digits) - 1] if 1 <= int(digits) <= len(mentions) else None
