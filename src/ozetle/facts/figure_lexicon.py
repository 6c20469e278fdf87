"""What a language calls numbers, currencies, units and counted things: data/figures_<language>.json, searchable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ozetle.facts.folding import is_turkish_ending
from ozetle.facts.tables import key_of, load_table

LANGUAGES = ("tr", "az", "sq", "en", "de", "ru")
# "dokuzyüzdoksandokuztrilyon…" is longer than any other word
_LONGEST_WORD = 160
_LONGEST_ENDING = 16
# languages that write 1,234.5 (CLDR numbers, decimal symbol "."); all others read here write 1.234,5 or 1 234,5
_POINT_LANGUAGES = frozenset(
    ("am", "ar", "bn", "cy", "en", "ga", "gu", "he", "hi", "ja", "ko", "ml", "mr", "ms", "mt", "my", "ne", "pa", "si",
     "sw", "ta", "te", "th", "ti", "tl", "ur", "zh")
)  # fmt: skip
# dotless: "beşer", "ikişer" (five each, two each)
DISTRIBUTIVES = frozenset({"er", "ar", "şer", "şar"})
# Turkish consonants as they stand before a vowel: "uçak", "uçağı"
_SOFT = {"k": "ğ", "p": "b", "ç": "c", "t": "d"}


class Atom(NamedTuple):
    """One element of a number word: a value to add, "hundred" or "scale" to multiply by."""

    kind: str
    value: int


class NumberWord(NamedTuple):
    """A word of one or more number elements ("onbinaltıyüz"), and the ending glued to it."""

    atoms: tuple[Atom, ...]
    ending: str


@dataclass(frozen=True)
class Phrases:
    """Phrases of up to four words, the last one perhaps inflected, and what each stands for."""

    values: dict[str, Any]
    heads: frozenset[str]


class Lexicon:
    """One language's words; every look-up is by folded, dotless keys and is remembered."""

    def __init__(self, language: str) -> None:
        table = load_table(f"figures_{language if language in LANGUAGES else 'other'}")
        self.language = language
        self.decimal = "." if language in _POINT_LANGUAGES else ","
        self.group = "," if self.decimal == "." else "."
        self.endings: str = table.get("endings", "")
        self.numbers = {key_of(word): value for word, value in table.get("numbers", {}).items()}
        self.scales = {key_of(word): power for word, power in table.get("scales", {}).items()}
        self.short_scales = {key_of(word): power for word, power in table.get("short_scales", {}).items()}
        self.parts = {key_of(word): Decimal(value) for word, value in table.get("parts", {}).items()}
        self.and_half = self._words(table, "and_half")
        self.dozens = self._words(table, "dozens")
        self.decimal_words = self._words(table, "decimal_words")
        self.divided_by = self._words(table, "divided_by")
        self.mixed = self._words(table, "mixed")
        self.minus = self._words(table, "minus")
        self.connectors = self._words(table, "connectors")
        self.range = self._phrases(table, "range")
        self.percent_before = {key_of(word): unit for word, unit in table.get("percent_before", {}).items()}
        self.percent_after = self._phrases(table, "percent_after")
        self.nouns = self._phrases(table, "currencies")
        self.nouns_of_countries = self._words(table, "currencies_of_countries")
        self.weak_nouns = self._words(table, "weak_currencies")
        self.minor = self._phrases(table, "minor_currencies")
        self.countries = {key_of(word): code for word, code in table.get("countries", {}).items()}
        self.units = self._phrases(table, "units")
        self.durations = self._phrases({"d": dict.fromkeys(_entries(table.get("durations", "")), True)}, "d")
        self.months = self._words(table, "months")
        self.counted = self._phrases({"c": {word: word for word in _entries(table.get("counted", ""))}}, "c")
        self.adjectives = self._words(table, "adjectives")
        self.vague = self._words(table, "vague")
        self.labels = self._words(table, "labels")
        self.identified = self._words(table, "identified")
        self.counted_after_year = self._words(table, "counted_after_year")
        self.suffix_marks: str = "'" + table.get("suffix_marks", "")
        self.not_inflected = self._words(table, "not_inflected")
        self.doubtful = tuple(self._words(table, "doubtful"))
        self.country_follows: bool = table.get("country_follows", False)
        self.not_counted = self._words(table, "not_counted")
        self.before = {tuple(key_of(p).split()): kind for kind, ps in table.get("before", {}).items() for p in ps}
        # what may begin a sentence in front of a number without being a name
        self.openers = self.not_counted | self.adjectives | {word for phrase in self.before for word in phrase}
        self.exchange_rate = self._words(table, "exchange_rate")
        self.after = {key_of(word): kind for kind, words in table.get("after", {}).items() for word in words}
        glued = sorted((*self.numbers, *self.scales), key=len, reverse=True)
        self._glued = re.compile("|".join(map(re.escape, glued)) or "(?!)") if self.endings == "turkic" else None
        follow = (self.parts, self.and_half, self.decimal_words, self.short_scales, self.connectors)
        self._following = frozenset(word for words in follow for word in words)
        self.number_word = lru_cache(maxsize=20_000)(self._number_word)
        self.stems = lru_cache(maxsize=20_000)(self._stems)

    @staticmethod
    def _words(table: dict[str, Any], name: str) -> frozenset[str]:
        words = table.get(name, [])
        return _keys(_entries(words) if isinstance(words, str) else words)

    def _phrases(self, table: dict[str, Any], name: str) -> Phrases:
        values = {key_of(phrase): value for phrase, value in table.get(name, {}).items()}
        if self.endings == "turkic":
            softened = {key[:-1] + _SOFT[key[-1]] + "-": value for key, value in values.items() if key[-1] in _SOFT}
            values = softened | values
        return Phrases(values, frozenset(phrase.split()[0] for phrase in values if " " in phrase))

    def _number_word(self, word: str) -> NumberWord | None:
        if len(word) > _LONGEST_WORD:
            return None
        if word in self.numbers or word in self.scales:
            return NumberWord((self._atom(word),), "")
        if self._glued is None:
            ending = next((self._atom(stem) for stem in self.stems(word) if stem in self.scales), None)
            return NumberWord((ending,), "") if ending else None
        atoms, position = [], 0
        while match := self._glued.match(word, position):
            atoms.append(self._atom(match.group()))
            position = match.end()
        ending_text = word[position:]
        if not atoms:
            return None
        if ending_text not in DISTRIBUTIVES and ending_text and not self.is_ending(word[:position], ending_text):
            return None
        return NumberWord(tuple(atoms), ending_text)

    def goes_on(self, word: str) -> bool:
        """Whether the word may continue a number written with digits."""
        return word in self._following or self.number_word(word) is not None

    def _atom(self, word: str) -> Atom:
        if word in self.scales:
            return Atom("scale", 10 ** self.scales[word])
        value = self.numbers[word]
        return Atom("hundred" if value == 100 else "add", value)

    def is_ending(self, stem: str, ending: str) -> bool:
        """Whether the language may glue the ending to the stem."""
        if self.endings == "turkic":
            return is_turkish_ending(stem, ending)
        return bool(self.endings) and re.fullmatch(self.endings, ending) is not None

    def _stems(self, word: str) -> tuple[str, ...]:
        """The word itself and every shorter form it may be an inflection of, longest first."""
        cuts = range(len(word) - 1, max(1, len(word) - _LONGEST_ENDING - 1), -1) if len(word) <= _LONGEST_WORD else ()
        found = [word]
        if word in self.not_inflected:
            return (word,)
        for cut in cuts:
            if self.is_ending(word[:cut], word[cut:]):
                found += [word[:cut], word[:cut] + "-"]
        return tuple(found)

    def look_up(self, phrases: Phrases, words: list[str]) -> tuple[str, int] | None:
        """The longest phrase that the words begin with: its key and how many words it takes."""
        if not words:
            return None
        most = len(words) if words[0] in phrases.heads else 1
        for count in range(most, 0, -1):
            head = " ".join(words[: count - 1]) + " " if count > 1 else ""
            for stem in self.stems(words[count - 1]):
                if head + stem in phrases.values:
                    return head + stem, count
        return None

    def country(self, words: list[str]) -> str | None:
        """The country that the words beside a currency's noun name: "kanada", "kırgızistan", "hong kong"."""
        phrase = " ".join(words)
        fits = [stem for stem in self.countries if phrase.startswith(stem) and " " not in phrase[len(stem) :]]
        return self.countries[max(fits, key=len)] if fits else None


def _entries(text: str) -> list[str]:
    return [entry.replace("_", " ") for entry in text.split()]


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(key_of, words))


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """The words of a language given by its BCP 47 code; of an unknown language only its decimal separator is known."""
    return Lexicon(re.split("[-_]", language.strip().lower(), maxsplit=1)[0])
