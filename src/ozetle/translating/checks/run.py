"""Verification of a translation into Turkish, sentence by sentence and without a model.

What is verified: no sentence is missing, none is left in its language or written in another than Turkish, none holds
foreign letters, markup or the numbers of the prompt, none is cut off, says more than its source or repeats another;
every figure, number, date, country and person read from the source is read from the translation with the same value,
and no other; and each translation stands beside its own sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ozetle.facts.languages import primary_subtag
from ozetle.reasons import FlagCode
from ozetle.translating.checks.dates import date_problems
from ozetle.translating.checks.figures import figure_problems
from ozetle.translating.checks.form import (
    addition_problem,
    completeness_problem,
    markup_problem,
    script_problem,
)
from ozetle.translating.checks.language import language_problem
from ozetle.translating.checks.names import ArticleNames, city_problems, country_problems, name_problems
from ozetle.translating.checks.order import order_problems, repetition_problem
from ozetle.translating.checks.reading import SentenceReading, read_sentence
from ozetle.translating.flag import Flag, flag

_NO_GLOSSARY: Mapping[str, str] = {}
_LONGEST = 4_000


def problems(
    sources: Sequence[str],
    texts: Sequence[str | None],
    language: str,
    *,
    published: date | None = None,
    glossary: Mapping[str, str] = _NO_GLOSSARY,
) -> list[tuple[Flag, ...]]:
    """What is wrong with the Turkish translations of an article's sentences.

    Args:
        sources: sentences of the article, in its order; neighbours are needed to see swaps, repetitions and additions.
        texts: their translations, in the same order; None or an empty text where there is none. Where there are fewer
            texts than sources, the last ones are missing.
        language: BCP 47 code of the article's language.
        published: the day of publication, the reference of relative dates.
        glossary: terms of the source's language and their Turkish ones: evidence that words agree, never required.

    Returns:
        one tuple for each source, empty where nothing is wrong. A sentence that is missing, untranslated or not in
        Turkish has that problem alone: nothing else can be said of it.
    """
    code = primary_subtag(language)
    read = [read_sentence(source[:_LONGEST], code, published) for source in sources]
    written = [
        read_sentence(text[:_LONGEST], "tr", published, code) if text and text.strip() else None
        for text in [*texts, *[None] * (len(sources) - len(texts))][: len(sources)]
    ]
    article = ArticleNames(read)
    foreign: dict[int, Flag] = {}
    for index, (source, text) in enumerate(zip(read, written, strict=True)):
        found = _unreadable(source, text)
        if found:
            foreign[index] = found
    placed = [None if index in foreign else text for index, text in enumerate(written)]
    misplaced = order_problems(read, placed, glossary)
    found_all: list[tuple[Flag, ...]] = []
    for index, (source, text) in enumerate(zip(read, placed, strict=True)):
        if index in foreign:
            found_all.append((foreign[index],))
        elif text is None:
            found_all.append(())
        else:
            repeated = repetition_problem(index, read, placed)
            where = [one for one in (misplaced.get(index), repeated) if one]
            found_all.append((*where, *_in_sentence(source, text, article)))
    return found_all


def _unreadable(source: SentenceReading, text: SentenceReading | None) -> Flag | None:
    """Why nothing more can be said of a translation."""
    if text is None or (source.words and not text.words):
        return flag(FlagCode.MISSING) if source.text.strip() else None
    return language_problem(source, text)


def _in_sentence(source: SentenceReading, text: SentenceReading, article: ArticleNames) -> Iterator[Flag]:
    """What is wrong within one translation."""
    for one in (script_problem, markup_problem, completeness_problem, addition_problem):
        found = one(source, text)
        if found:
            yield found
    yield from figure_problems(source, text)
    yield from date_problems(source, text)
    yield from country_problems(source, text, article)
    yield from name_problems(source, text, article)
    yield from city_problems(source, text)
