"""What a text's words, their endings and their letters say for and against the languages of its script.

The tables are in data/languages.toml. Each common word of a language, each of its endings and each letter that it does
not write multiplies the odds of the language by a fixed factor, as in a naive Bayes classifier whose features are few
enough to read.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter, defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_WORD = math.log(6)
_ENDING = math.log(1.6)
_FOREIGN_LETTER = -math.log(5)
_MAX_FOREIGN_LETTERS = 5  # a quoted name or two must not decide

_UNPROVEN = {"bs": "hr"}  # what stands for a language that no word of the text speaks for

# Apostrophes belong to a word in Uzbek only (oʻ, gʻ), where they are typed in many ways
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|(?<=[og])'(?=[^\W\d_]))*")
_PLAIN = str.maketrans("ʻʼ‘’`´كيى", "''''''کیی")
_NO_DIACRITICS = str.maketrans("əçğıöşüâîû", "ecgiosuaiu")
_TYPED_WITHOUT_DIACRITICS = ("tr", "az")

Entries = dict[str, tuple[str, ...]]
"""What speaks for which languages."""


class _Tables(NamedTuple):
    words: Entries
    endings: Entries
    beginnings: Entries
    languages: tuple[str, ...]
    foreign: Entries
    """By letter, the languages that do not write it; letters that all of them write are left out."""


class _Group(NamedTuple):
    words: Entries
    beginnings: Entries


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ozetle.articles").joinpath("data/languages.toml").read_text("utf-8"))


@cache
def _tables() -> dict[str, _Tables]:
    shared: dict[str, str] = _data()["shared"]
    return {script: _read(_data()[script], shared[script]) for script in shared}


def _read(languages: dict[str, dict[str, str]], shared: str) -> _Tables:
    found: dict[str, set[str]] = defaultdict(set)
    alphabets: dict[str, set[str]] = {}
    for names, table in languages.items():
        members = names.split("_")
        for entry in f"{table.get('words', '')} {table.get('endings', '')}".translate(_PLAIN).split():
            found[entry].update(members)
            if names in _TYPED_WITHOUT_DIACRITICS:
                found[entry.translate(_NO_DIACRITICS)].update(members)
        alphabet = set(shared + table.get("letters", "")) - set(table.get("without", ""))
        alphabets.update(dict.fromkeys(members, alphabet))
    foreign = {
        letter: tuple(language for language, alphabet in alphabets.items() if letter not in alphabet)
        for letter in set().union(*alphabets.values())
    }
    return _Tables(*_sorted_out(found), tuple(alphabets), {letter: those for letter, those in foreign.items() if those})


@cache
def _groups() -> dict[str, _Group]:
    groups = {}
    for names, table in _data()["told_apart"].items():
        found: dict[str, set[str]] = defaultdict(set)
        for languages, entries in table.items():
            for entry in entries.split():
                found[entry].update(languages.split("_"))
        words, _, beginnings = _sorted_out(found)
        groups.update(dict.fromkeys(names.split("_"), _Group(words, beginnings)))
    return groups


def _sorted_out(found: dict[str, set[str]]) -> tuple[Entries, Entries, Entries]:
    """Whole words, endings ("-x") and beginnings ("x-"), without their hyphens."""
    return (
        {word: tuple(sorted(found[word])) for word in found if not (word.startswith("-") or word.endswith("-"))},
        {affix[1:]: tuple(sorted(found[affix])) for affix in found if affix.startswith("-")},
        {affix[:-1]: tuple(sorted(found[affix])) for affix in found if affix.endswith("-")},
    )


def words_and_letters(text: str, script: str) -> dict[str, float]:
    """The logarithms of the factors by which a text's words and letters change the odds of the languages in the tables.

    Args:
        text: the text, its small and capital letters as written: words with a capital are taken for names, except the
            first; in Latin letters names keep their spelling in any language.
        script: "LATIN", "CYRILLIC" or "ARABIC"; for others there is no table, and the answer is empty.
    """
    tables = _tables().get(script)
    if tables is None:
        return {}
    tokens = _TOKEN.findall(text.translate(_PLAIN))
    spelling = "".join(tokens).lower() if script == "CYRILLIC" else ""  # names too are spelt in the language's letters
    tokens = [token for token in (tokens[:1] and [tokens[0].lower()]) + tokens[1:] if not token[0].isupper()]
    factors = dict.fromkeys(tables.languages, 0.0)
    for token in tokens:
        for language, factor in _of_word(token, script):
            factors[language] += factor
    foreign: Counter[str] = Counter()
    for letter, count in Counter(spelling or "".join(tokens)).items():
        for language in tables.foreign.get(letter, ()):
            foreign[language] += count
    for language, count in foreign.items():
        factors[language] += _FOREIGN_LETTER * min(count, _MAX_FOREIGN_LETTERS)
    return factors


@lru_cache(maxsize=20_000)
def _of_word(token: str, script: str) -> tuple[tuple[str, float], ...]:
    """What a word, which comes again and again, says for languages: for one whose word it is, and for one's ending."""
    tables = _tables()[script]
    known = tuple((language, _WORD) for language in tables.words.get(token, ()))
    return known + tuple((language, _ENDING) for language in _affixed(token, tables))


def _affixed(token: str, tables: _Tables) -> set[str]:
    """The languages of which the word has an ending or a beginning, and at least two letters beside it."""
    found: set[str] = set()
    for length in range(2, min(6, len(token) - 2) + 1):
        if token[-length:] in tables.endings:
            found.update(tables.endings[token[-length:]])
        if token[:length] in tables.beginnings:
            found.update(tables.beginnings[token[:length]])
    return found


def languages_in(script: str) -> frozenset[str]:
    """The languages that have a table for a script."""
    tables = _tables().get(script)
    return frozenset(tables.languages) if tables else frozenset()


def persian_letters(text: str) -> str:
    """The text with the Persian forms of kaf and yeh: by the Arabic ones py3langid takes Persian for Arabic."""
    return text.translate(_PLAIN)


def told_apart(language: str, text: str) -> str:
    """The one of a few close languages whose words the text has most of; `language` where words do not decide.

    Bosnian needs such a word: its standard shares nearly all else with Croatian, and py3langid finds it too often.
    """
    group = _groups().get(language)
    if group is None:
        return language
    votes: Counter[str] = Counter()
    for token in _TOKEN.findall(text.lower()):
        votes.update(group.words.get(token, ()))
        for length in range(3, len(token) + 1):
            votes.update(group.beginnings.get(token[:length], ()))
    if not votes:
        return _UNPROVEN.get(language, language)
    best = max(votes, key=lambda one: votes[one])
    return best if votes[best] > votes[language] else language
