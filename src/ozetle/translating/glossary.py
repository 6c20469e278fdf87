"""Fixed terms, names and examples, with the Turkish that is expected for them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from ozetle.articles import Sentence
from ozetle.errors import ConfigurationError
from ozetle.facts.cldr import country_names
from ozetle.facts.folding import fold_text
from ozetle.facts.name_forms.matching import turkish_name
from ozetle.reading import Reading

Glossary = Mapping[str, str]
"""Terms of a source language and their Turkish."""

_SHORTEST_STEM = 4
_ENDING = 3  # characters at the end of a longer word that inflection may change
_MAX_HINTS = 12


@cache
def own_glossary(language: str) -> Glossary:
    """Return the library's terms of a language (`Language.code`); empty where it has none."""
    text = resources.files(__package__).joinpath("glossary.json").read_text(encoding="utf-8")
    terms: dict[str, str] = json.loads(text)["terms"].get(language, {})
    return terms


class Example(NamedTuple):
    """A sentence, its Turkish, and the terms it is shown with ("Baku = Bakü"), which may be none."""

    source: str
    turkish: str
    terms: str


@cache
def own_examples(language: str) -> tuple[Example, ...]:
    """Return three examples in a language (`Language.code`); English ones where there are none."""
    text = resources.files(__package__).joinpath("examples.json").read_text(encoding="utf-8")
    examples = json.loads(text)["examples"]
    return tuple(Example(*example) for example in examples.get(language, examples["en"]))


def read_glossary(path: Path) -> Glossary:
    """Read a user's glossary: a JSON object of terms and their Turkish.

    Raises:
        ConfigurationError: the file cannot be read, or holds something else.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"glossary {path} cannot be read: {error}") from None
    if not isinstance(content, dict) or not all(isinstance(turkish, str) for turkish in content.values()):
        raise ConfigurationError(
            f"glossary {path} is no list of terms", remedy='It looks like {"joint committee": "karma komite"}.'
        )
    return {term: turkish for term, turkish in content.items() if term.strip() and turkish.strip()}


def hints(sentences: Sequence[Sentence], reading: Reading, glossary: Glossary) -> dict[str, str]:
    """Return the terms, countries and names of some sentences whose Turkish is known and differs.

    Args:
        sentences: content sentences of the article.
        reading: the article.
        glossary: terms that go before the library's own.
    """
    language = reading.language.code
    text = " ".join(sentence.text for sentence in sentences)
    folded = fold_text(text)
    found = {
        term: turkish for term, turkish in {**own_glossary(language), **glossary}.items() if _stands_in(term, folded)
    }
    for source, turkish in (*_countries(sentences, reading), *_names(sentences, reading)):
        if fold_text(source) != fold_text(turkish):
            found.setdefault(source, turkish)
    return dict(list(found.items())[:_MAX_HINTS])


def _countries(sentences: Sequence[Sentence], reading: Reading) -> Iterator[tuple[str, str]]:
    names = country_names("tr")
    for mention in reading.countries:
        adjective = mention.text[:1].islower()
        if mention.kind == "country" and not adjective and mention.code in names and _within(mention.start, sentences):
            yield mention.text, names[mention.code]


def _names(sentences: Sequence[Sentence], reading: Reading) -> Iterator[tuple[str, str]]:
    for mention in reading.names:
        if mention.kind == "person" and _within(mention.start, sentences):
            yield mention.text, turkish_name(mention.text, reading.language.code)


def _within(offset: int, sentences: Sequence[Sentence]) -> bool:
    return any(sentence.start <= offset < sentence.end for sentence in sentences)


def _stands_in(term: str, folded: str) -> bool:
    first, pattern = _pattern(term)
    return first in folded and pattern.search(folded) is not None  # most terms' first words are not there


@cache
def _pattern(term: str) -> tuple[str, re.Pattern[str]]:
    """A pattern for a term in a folded text, whatever its words' endings, and what it begins with."""
    words = re.findall(r"\w+", fold_text(term))
    stems = [word[: max(_SHORTEST_STEM, len(word) - _ENDING)] for word in words]
    pattern = r"\b" + r"\W+".join(re.escape(stem) + r"\w*" for stem in stems) if stems else r"(?!)"
    return "".join(stems[:1]), re.compile(pattern)
