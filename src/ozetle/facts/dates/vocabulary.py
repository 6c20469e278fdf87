"""The words of dates in one language, and what class of the date grammar a word belongs to, inflected or not."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ozetle.facts.folding import fold_text, in_ascii
from ozetle.facts.tables import key_of, load_table, word_set

_UNITS = {"d": "G", "w": "H", "m": "A", "y": "L", "q": "Q", "h": "h", "c": "c", "e": "e", "j": "j"}
_VOWELS = "aeiouöüəâîû"
# Turkish and Azerbaijani case and possessive suffixes behind a consonant and behind a vowel, dotless
_BEHIND_CONSONANT = re.compile(
    "(?:[iuü]n|[iuü]|[aeə]|[dt][aeə]n?|l[aeə]|[iuü]n[dt][aeə]n?|[iuü]n[aeə]|[iuü]n[iuü]n?|[iuü]yl[aeə]|[iuü]nc[aeə]|[aə]d[aə]k)?(?:ki)?"
)
_BEHIND_VOWEL = re.compile(
    "(?:n[iuü]n|y?[iuü]|y[aeə]|[dt][aeə]n?|yl[aeə]|s[iuü](?:n[dt][aeə]n?|n[aeə]|n[iuü]n?|yl[aeə])?|y[aə]d[aə]k)?(?:ki)?"
)
# what may stand behind a number, in figures or in words: "2025'te", "11'inci", "1970'lerde", "yirmi birinde"
NUMBER_SUFFIX = re.compile(
    r"(?P<ordinal>[iuü]?nc[iuü])?(?P<plural>l[ae]r|l[iuü](?!\w))?"
    r"(?:n?[iuü]n|s?[iuü](?:n[dt][ae]n?|n[ae]|n[iuü]n)?|y?[aeiuü]|[dt][ae]n?|y?l[ae]|n[ae]|d[iuü]r)?(?:ki)?"
)
_MINE = re.compile("[iuü]?m(?:[iuü]z)?")
_PART_OF_PHRASE = re.compile(r"([^\W_]+)[_'-]")  # a phrase of the tables, by its first word
_CASED = frozenset("DEboJt")  # classes whose forms in the table are inflected
MOST_KNOWN = 50_000
_CASES = (
    ("until", ("dək", "dak")),
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


@lru_cache(maxsize=4096)
def case_of(suffix: str) -> str:
    """The case of a dotless suffix: "gen", "loc", "abl", "dat", "ins", "poss", "ki" or ""."""
    if suffix == "ki":
        return "ki"
    return next((case for case, endings in _CASES if suffix.endswith(endings)), "")


class NumberEnding(NamedTuple):
    """What a suffix behind a number says; `plural` is the length of the plural's part."""

    ordinal: bool
    plural: int
    possessed: bool
    case: str


@lru_cache(maxsize=4096)
def number_ending(suffix: str) -> NumberEnding | None:
    """A dotless suffix behind a number ("2025'te", "1970'lerde", "22'sinde"); None when it is none."""
    match = NUMBER_SUFFIX.fullmatch(suffix)
    if match is None:
        return None
    case = "li" if match["plural"] in {"li", "lu", "lü"} else case_of(suffix)
    possessed = case == "loc" and suffix.endswith(("nda", "nde"))
    return NumberEnding(bool(match["ordinal"]), match.end("plural") if match["plural"] else 0, possessed, case)


class WordClass(NamedTuple):
    """What a word is in the grammar: kind and value as in data/date_words.json, its glued case, its tense if a verb.

    The tense is -1 for the past, 1 for the future, 2 for what makes a participle behind it one ("will be signed").
    """

    kind: str
    value: int = 0
    case: str = ""
    tense: int = 0


_OTHER = WordClass("x")
LONGEST_WORD = 40  # no word of dates, no verb form that tells a tense is longer


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The table of one language, ready for look-up.

    Attributes:
        words: classes of whole words.
        phrases: by first word, the words, kind and value of each phrase, longest first.
        inflected: classes of stems that take Turkish suffixes.
        abbreviated: classes of abbreviations, which stand for a date only beside a number.
        numbers: values of numerals.
        dotted: stems that another word is like but for the dots of its i ("kış" and "kişi"), with their exact form.
        clitics: linking words written as one with the word behind them (Arabic "و"), with their kind.
        future: what the first verb form of a sentence about the future looks like.
        past: the same for the past.
        governing: words of the future that take a participle, which by itself looks like the past.
        agglutinates: whether words take Turkish suffixes, and verbs stand last in their clause.
        dots: whether a full stop behind a number belongs to it ("3. çeyrek", "3. Mai").
        ordinal_dot: whether it makes it an ordinal and not a day.
        known: what `classify` has found before.
        seen: what `date_tokens.tokenize` has made of tokens before.
    """

    words: dict[str, WordClass]
    phrases: dict[str, list[tuple[str, WordClass]]]
    inflected: dict[str, WordClass]
    abbreviated: dict[str, WordClass]
    numbers: dict[str, int]
    dotted: dict[str, str]
    clitics: dict[str, str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    governing: re.Pattern[str]
    agglutinates: bool
    dots: bool
    ordinal_dot: bool
    known: dict[str, WordClass] = field(default_factory=dict, repr=False)
    seen: dict[Any, Any] = field(default_factory=dict, repr=False)

    def classify(self, key: str) -> WordClass:
        """The class of a dotless word without an apostrophe suffix; kind "x" when it is no word of dates.

        Besides the table's classes: "N" a numeral, "C" a plural numeral ("yetmişler"), "?" a word that is a numeral
        only at the end of a longer one.
        """
        found = self.known.get(key)
        if found is not None:
            return found
        if len(key) > LONGEST_WORD:
            return _OTHER
        found = self._look_up(key)
        tense = self._tense(key)
        if tense:
            found = found._replace(tense=tense)
        if len(self.known) < MOST_KNOWN:
            self.known[key] = found
        return found

    def _tense(self, key: str) -> int:
        if self.governing.match(key):
            return 2
        return 1 if self.future.match(key) else -1 if self.past.match(key) else 0

    def clitic(self, key: str) -> str | None:
        """The kind of the linking letter with which a word of dates begins, or None."""
        kind = self.clitics.get(key[0]) if self.clitics else None
        if kind is None or self.classify(key).kind != "x" or self.classify(key[1:]).kind == "x":
            return None
        return kind

    def _look_up(self, key: str) -> WordClass:
        found = self.words.get(key)
        if found is not None:
            return found._replace(case=case_of(key)) if found.kind in _CASED else found
        if key in self.numbers:
            return WordClass("N", self.numbers[key])
        if key in self.abbreviated:
            return self.abbreviated[key]
        return self._inflected(key) if self.agglutinates else _OTHER

    def _inflected(self, key: str) -> WordClass:
        for length in range(min(len(key), 12), 1, -1):
            stem, rest = key[:length], key[length:]
            found = self.inflected.get(stem)
            if found is not None and _takes(stem, rest, found.kind):
                return found._replace(case=case_of(rest) if rest else "")
            number = self.numbers.get(stem)
            # "altında" is "under", not "in six"
            if number is not None and not rest.startswith("nd") and NUMBER_SUFFIX.fullmatch(rest):
                if rest.startswith(("ler", "lar", "li", "lu", "lü")):
                    return WordClass("C", number, "li" if rest[1] in "iuü" else case_of(rest))
                return WordClass("?" if key in NOT_NUMERALS else "N", number, case_of(rest))
        return _OTHER


def _takes(stem: str, ending: str, kind: str) -> bool:
    """Whether a stem may take an ending: "hafta" + "nın", "ay" + "ımızda"."""
    if (_BEHIND_VOWEL if stem[-1] in _VOWELS else _BEHIND_CONSONANT).fullmatch(ending):
        return True
    mine = _MINE.match(ending) if kind in "HAL" else None
    return mine is not None and _BEHIND_CONSONANT.fullmatch(ending, mine.end()) is not None


@cache
def vocabulary(language: str, *, ascii_only: bool = False) -> Vocabulary | None:
    """The words of dates in a language, or those as typed without Turkish letters; None where there is no table."""
    tables = load_table("dates", "words")
    table = tables.get(tables["same"].get(language, language))
    if not isinstance(table, dict) or "words" not in table:
        return None
    if ascii_only:
        table = json.loads(in_ascii(json.dumps(table | {"dotted": ""}, ensure_ascii=False)))
    words: dict[str, WordClass] = {}
    phrases: dict[str, list[tuple[str, WordClass]]] = {}
    for form, word in _forms(table["words"]).items():
        first = _PART_OF_PHRASE.match(form)
        if first is not None:
            phrases.setdefault(first[1], []).append((form.replace("_", " "), word))
        else:
            words[form] = word
    ordinals = key_of(table["ordinals"]).split()
    values = table.get("ordinal_values", "").split() or range(1, len(ordinals) + 1)
    for form, value in zip(ordinals, values, strict=True):
        words.setdefault(form, WordClass("O", int(value)))
    numbers: dict[str, int] = {}
    for value, forms in table["numbers"].items():
        for form in key_of(forms).split():
            numbers[form] = int(value)
            if "'" in form:
                phrases.setdefault(form.split("'")[0], []).append((form, WordClass("d", int(value))))
    for choices in phrases.values():
        choices.sort(key=lambda choice: -len(choice[0]))
    return Vocabulary(
        words=words,
        phrases=phrases,
        inflected=_forms(table.get("inflected", {})),
        abbreviated={
            form: word._replace(kind=word.kind.lower()) for form, word in _forms(table.get("abbreviated", {})).items()
        },
        numbers=numbers,
        dotted={key_of(word): fold_text(word) for word in table.get("dotted", "").split()},
        clitics=table.get("clitics", {}),
        future=re.compile(table["future"]),
        past=re.compile(table["past"]),
        governing=re.compile(table.get("governing", "(?!)")),
        agglutinates=language in {"tr", "az"},
        dots=language in {"tr", "az", "de", "hr", "bs", "sr", "sh", "cnr"},
        ordinal_dot=language in {"tr", "az"},
    )


def _forms(classes: dict[str, str]) -> dict[str, WordClass]:
    found: dict[str, WordClass] = {}
    for name, forms in classes.items():
        kind, value = (_UNITS[name[1]], int(name[2:] or 0)) if name[0] == "U" else (name[0], int(name[1:] or 0))
        found |= {form: WordClass(kind, value) for form in key_of(forms).split()}
    return found
