"""The words of dates in one language, and what class of the date grammar a word belongs to, inflected or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from ozetle.facts.folding import fold_text
from ozetle.facts.tables import key_of, load_table, word_set

_UNITS = {"d": "G", "w": "H", "m": "A", "y": "L", "q": "Q", "h": "h", "c": "c", "e": "e", "j": "j"}
_VOWELS = "aeiouöüəâîû"
# Turkish and Azerbaijani case and possessive suffixes behind a consonant and behind a vowel, dotless
_BEHIND_CONSONANT = re.compile(
    "(?:[iuü]n|[iuü]|[aeə]|[dt][aeə]n?|l[aeə]|[iuü]n[dt][aeə]n?|[iuü]n[aeə]|[iuü]n[iuü]n?|[iuü]yl[aeə]|[iuü]nc[aeə])?(?:ki)?"
)
_BEHIND_VOWEL = re.compile(
    "(?:n[iuü]n|y?[iuü]|y[aeə]|[dt][aeə]n?|yl[aeə]|s[iuü](?:n[dt][aeə]n?|n[aeə]|n[iuü]n?|yl[aeə])?)?(?:ki)?"
)
# what may stand behind a number, in figures or in words: "2025'te", "11'inci", "1970'lerde", "yirmi birinde"
NUMBER_SUFFIX = re.compile(
    r"(?P<ordinal>[iuü]?nc[iuü])?(?P<plural>l[ae]r|l[iuü](?!\w))?"
    r"(?:n?[iuü]n|s?[iuü](?:n[dt][ae]n?|n[ae]|n[iuü]n)?|y?[aeiuü]|[dt][ae]n?|y?l[ae]|n[ae]|d[iuü]r)?(?:ki)?"
)
_CASES = (
    ("ki", ("daki", "deki", "taki", "teki", "nki")),
    ("abl", ("dan", "den", "tan", "ten", "dən")),
    ("loc", ("da", "de", "ta", "te", "də")),
    ("ins", ("la", "le", "yla", "yle", "lə")),
    ("gen", ("in", "un", "ün", "nin", "nun", "nün")),
    ("dat", ("a", "e", "ya", "ye", "na", "ne", "ə", "yə", "nə")),
    ("poss", ("i", "u", "ü", "si", "su", "sü")),
)
# inflected numerals that are pronouns, percents or adverbs too: they count only at the end of a longer numeral
NOT_NUMERALS = word_set(
    "onun ona onda ondan onlar onu onlari onlarin onlarda yüzde yüze binde birde birden bire biri birine birinin "
    "birinde binlerde binler yüzler"
)


def case_of(suffix: str) -> str:
    """The case of a dotless suffix: "gen", "loc", "abl", "dat", "ins", "poss", "ki" or ""."""
    if suffix == "ki":
        return "ki"
    return next((case for case, endings in _CASES if suffix.endswith(endings)), "")


class WordClass(NamedTuple):
    """What a word is in the grammar: kind and value as in data/date_words.json, and its glued case."""

    kind: str
    value: int = 0
    case: str = ""


_OTHER = WordClass("x")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The table of one language, ready for look-up.

    Attributes:
        words: classes of whole words.
        phrases: by first word, the words, kind and value of each phrase.
        inflected: classes of stems that take Turkish suffixes.
        abbreviated: classes of abbreviations, which stand for a date only beside a number.
        numbers: values of numerals.
        dotted: stems that another word is like but for the dots of its i ("kış" and "kişi"), with their exact form.
        future: what the first verb form of a sentence about the future looks like.
        past: the same for the past.
        agglutinates: whether words take Turkish suffixes.
        ordinal_dot: whether a full stop behind a number makes it an ordinal ("3. çeyrek") and not a day ("3. Mai").
    """

    words: dict[str, WordClass]
    phrases: dict[str, list[tuple[str, WordClass]]]
    inflected: dict[str, WordClass]
    abbreviated: dict[str, WordClass]
    numbers: dict[str, int]
    dotted: dict[str, str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    agglutinates: bool
    ordinal_dot: bool


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The words of dates in a language; None where there is no table."""
    table = load_table("date_words").get(language)
    if not isinstance(table, dict):
        return None
    words: dict[str, WordClass] = {}
    phrases: dict[str, list[tuple[str, WordClass]]] = {}
    for form, word in _forms(table["words"]).items():
        if "_" in form:
            phrases.setdefault(form.split("_")[0], []).append((form.replace("_", " "), word))
        else:
            words[form] = word
    ordinals = key_of(table["ordinals"]).split()
    values = table.get("ordinal_values", "").split() or range(1, len(ordinals) + 1)
    for form, value in zip(ordinals, values, strict=True):
        words.setdefault(form, WordClass("O", int(value)))
    return Vocabulary(
        words=words,
        phrases=phrases,
        inflected=_forms(table.get("inflected", {})),
        abbreviated={
            form: word._replace(kind=word.kind.lower()) for form, word in _forms(table.get("abbreviated", {})).items()
        },
        numbers={form: int(value) for value, forms in table["numbers"].items() for form in key_of(forms).split()},
        dotted={key_of(word): fold_text(word) for word in table.get("dotted", "").split()},
        future=re.compile(table["future"]),
        past=re.compile(table["past"]),
        agglutinates=language in {"tr", "az"},
        ordinal_dot=language in {"tr", "az", "en"},
    )


def _forms(classes: dict[str, str]) -> dict[str, WordClass]:
    found: dict[str, WordClass] = {}
    for name, forms in classes.items():
        kind, value = (_UNITS[name[1]], 0) if name[0] == "U" else (name[0], int(name[1:] or 0))
        found |= {form: WordClass(kind, value) for form in key_of(forms).split()}
    return found


@lru_cache(maxsize=65536)
def classify(key: str, language: str) -> WordClass:
    """The class of a dotless word without an apostrophe suffix; kind "x" when it is no word of dates.

    Besides the table's classes: "N" a numeral, "C" a plural numeral ("yetmişler"), "?" a word that is a numeral only at
    the end of a longer one.
    """
    words = vocabulary(language)
    if words is None:
        return _OTHER
    found = words.words.get(key)
    if found is not None:
        return found._replace(case=case_of(key)) if found.kind in "DEbo" else found
    if key in words.numbers:
        return WordClass("N", words.numbers[key])
    if key in words.abbreviated:
        return words.abbreviated[key]
    return _inflected(key, words) if words.agglutinates else _OTHER


def _inflected(key: str, words: Vocabulary) -> WordClass:
    for length in range(min(len(key), 12), 1, -1):
        stem, rest = key[:length], key[length:]
        found = words.inflected.get(stem)
        if found is not None and (_BEHIND_VOWEL if stem[-1] in _VOWELS else _BEHIND_CONSONANT).fullmatch(rest):
            return found._replace(case=case_of(rest) if rest else "")
        number = words.numbers.get(stem)
        # "altında" is "under", not "in six"
        if number is not None and not rest.startswith("nd") and NUMBER_SUFFIX.fullmatch(rest):
            if rest.startswith(("ler", "lar", "li", "lu", "lü")):
                return WordClass("C", number, "li" if rest[1] in "iuü" else case_of(rest))
            return WordClass("?" if key in NOT_NUMERALS else "N", number, case_of(rest))
    return _OTHER


@lru_cache(maxsize=65536)
def tense_of(key: str, language: str) -> int:
    """The tense of a dotless verb form: -1 past, 1 future, 0 when the word tells none."""
    words = vocabulary(language)
    if words is None:
        return 0
    return 1 if words.future.match(key) else -1 if words.past.match(key) else 0
