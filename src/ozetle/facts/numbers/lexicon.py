"""What a language calls numbers, currencies, units and counted things: data/figures_<language>.json, searchable."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ozetle.facts.folding import in_ascii, is_turkish_ending
from ozetle.facts.languages import primary_subtag
from ozetle.facts.numbers.tokens import Tokens
from ozetle.facts.tables import key_of, load_table

LANGUAGES = frozenset(
    ("ar", "az", "bg", "de", "el", "en", "fr", "kk", "ky", "ro", "ru", "sh", "sq", "tk", "tr", "uk", "uz")
)
# written alike, but for words of which sh has both: "milion" and "milijun", "hiljada" and "tisuća"
_SAME_WORDS = {"bs": "sh", "hr": "sh", "sr": "sh", "cnr": "sh"}
# "dokuzyüzdoksandokuztrilyon…" is longer than any other word
_LONGEST_WORD = 160
_LONGEST_ENDING = 16
_SHORTEST_MISSPELT = 5
# languages that write 1,234.5 (CLDR numbers, decimal symbol "."); all others read here write 1.234,5 or 1 234,5
_POINT_LANGUAGES = frozenset(
    ("am", "ar", "bn", "cy", "en", "ga", "gu", "he", "hi", "ja", "ko", "ml", "mr", "ms", "mt", "my", "ne", "pa", "si",
     "sw", "ta", "te", "th", "ti", "tl", "ur", "zh")
)  # fmt: skip
# languages that part thousands by blanks alone (CLDR numbers, group symbol): there the point of "2.345 млрд" is decimal
_BLANK_LANGUAGES = frozenset(("bg", "fr", "kk", "ky", "ru", "uk", "uz"))
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

    def __init__(self, language: str, *, ascii_only: bool = False) -> None:
        name = _SAME_WORDS.get(language, language)
        table = load_table("figures", name if name in LANGUAGES else "other")
        self.language = language
        self._ascii_only = ascii_only
        key_of = self._key_of
        self.decimal = "." if language in _POINT_LANGUAGES else ","
        self.group = "," if self.decimal == "." else "."
        self.groups_by_blanks = language in _BLANK_LANGUAGES
        self.apostrophe_in_words: bool = table.get("apostrophe_in_words", False)
        self.endings: str = table.get("endings", "")
        self.prefixes = tuple(map(key_of, table.get("prefixes", ())))
        self.numbers = {key_of(word): value for word, value in table.get("numbers", {}).items()}
        self.glued_thousand: str = table.get("glued_thousand", "")
        if self.glued_thousand:
            self.numbers |= _glued_numbers(self.numbers, table["ones_joiner"])
        self.scales = {key_of(word): power for word, power in table.get("scales", {}).items()}
        self.short_scales = {key_of(word): power for word, power in table.get("short_scales", {}).items()}
        self.parts = {key_of(word): Decimal(value) for word, value in table.get("parts", {}).items()}
        self.alone = {key_of(word): Decimal(value) for word, value in table.get("alone", {}).items()}
        self.parts |= {prefix + word: value for prefix in self.prefixes for word, value in self.parts.items()}
        self.alone |= {prefix + word: value for prefix in self.prefixes for word, value in self.alone.items()}
        self.articles = self._words(table, "articles")
        self.of = self._words(table, "of")
        self.part_of = self._words(table, "part_of")
        self.odd = self._words(table, "odd")
        self.from_ = self._words(table, "from")
        self.to = self._words(table, "to")
        self.lists = self._words(table, "lists") | {","}
        self.adds = self._words(table, "adds")
        self.ones_first: bool = table.get("ones_first", False)
        self.and_half = self._phrases({"p": dict.fromkeys(_entries(table.get("and_half", "")), True)}, "p")
        self.dozens = self._words(table, "dozens")
        self.decimal_words = self._words(table, "decimal_words")
        self.divided_by = self._words(table, "divided_by")
        self.mixed = self._words(table, "mixed")
        self.minus = self._words(table, "minus")
        self.connectors = self._words(table, "connectors")
        self.range = self._phrases(table, "range")
        self.between = {key_of(word): key_of(joint) for word, joint in table.get("between", {}).items()}
        self.range_first = frozenset(phrase.split()[0] for phrase in self.range.values)
        self.percent_before = {key_of(word): unit for word, unit in table.get("percent_before", {}).items()}
        self.percent_after = self._phrases(table, "percent_after")
        self.nouns = self._phrases(table, "currencies")
        self.nouns_of_countries = self._words(table, "currencies_of_countries")
        self.codes: dict[str, str] = table.get("codes", {})
        self.weak_nouns = self._words(table, "weak_currencies")
        self.minor = self._phrases(table, "minor_currencies")
        self.and_minor = self._words(table, "and_minor")
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
        self.before = {self._as_tokens(p): kind for kind, ps in table.get("before", {}).items() for p in ps}
        self.before_last = frozenset(phrase[-1] for phrase in self.before)
        self.not_before = frozenset(map(self._as_tokens, _entries(table.get("not_before", ""))))
        self.longest_before = max(map(len, (*self.before, *self.not_before)), default=0)
        # what may begin a sentence in front of a number without being a name
        self.openers = self.not_counted | self.adjectives | {word for phrase in self.before for word in phrase}
        self.exchange_rate = self._words(table, "exchange_rate")
        self.after = {key_of(word): kind for kind, words in table.get("after", {}).items() for word in words}
        self.not_after = tuple(self._words(table, "not_after"))
        glued = sorted((*self.numbers, *self.scales), key=len, reverse=True)
        self._glued = re.compile("|".join(map(re.escape, glued)) or "(?!)") if self.endings == "turkic" else None
        self.half_starts = frozenset(phrase.split()[0][:3] for phrase in self.and_half.values)
        halves = [phrase.split()[0] for phrase in self.and_half.values]
        follow = (self.parts, halves, self.decimal_words, self.short_scales, self.connectors, self.of, self.odd)
        self._following = frozenset(word for words in follow for word in words)
        self._scale_letters = tuple({scale[0] for scale in self.scales if len(scale) > 4})
        self.misspelt_scale = lru_cache(maxsize=20_000)(self._misspelt_scale)
        self.number_word = lru_cache(maxsize=20_000)(self._number_word)
        self.stems = lru_cache(maxsize=20_000)(self._stems)

    def _as_tokens(self, phrase: str) -> tuple[str, ...]:
        """A phrase as it stands in a text: "jusqu'à" is three tokens."""
        tokens = Tokens(
            self._key_of(phrase) if self._ascii_only else phrase, apostrophe_in_words=self.apostrophe_in_words
        )
        return tuple(token.text for token in tokens[: tokens.size])

    def _key_of(self, word: str) -> str:
        """The form in which words are looked up: folded, dotless, in ASCII where the text is."""
        return in_ascii(key_of(word)) if self._ascii_only else key_of(word)

    def _words(self, table: dict[str, Any], name: str) -> frozenset[str]:
        words = table.get(name, [])
        return frozenset(map(self._key_of, _entries(words) if isinstance(words, str) else words))

    def _phrases(self, table: dict[str, Any], name: str) -> Phrases:
        values = {self._key_of(phrase): value for phrase, value in table.get(name, {}).items()}
        if self.endings == "turkic":
            softened = {key[:-1] + _SOFT[key[-1]] + "-": value for key, value in values.items() if _softens(key)}
            values = softened | values
        return Phrases(values, frozenset(phrase.split()[0] for phrase in values if " " in phrase))

    def _number_word(self, word: str) -> NumberWord | None:
        if len(word) > _LONGEST_WORD:
            return None
        if word in self.numbers or word in self.scales:
            return NumberWord((self._atom(word),), "")
        if self.glued_thousand and self.glued_thousand in word:
            head, _, rest = word.partition(self.glued_thousand)
            if not {head, rest} <= self.numbers.keys() | {""} or not head:
                return None
            return NumberWord((self._atom(head), Atom("scale", 1000), *([self._atom(rest)] if rest else [])), "")
        if self._glued is None:
            known = self.scales.keys() | self.numbers.keys() if self.prefixes else self.scales.keys()
            stem = next((stem for stem in self.stems(word) if stem in known), None)
            return NumberWord((self._atom(stem),), "") if stem else None
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

    def opens_number(self, word: str) -> bool:
        """Whether a number written in words may begin with the word."""
        opens = word in self.parts or word in self.alone or word in self.articles
        return opens or self.number_word(word) is not None

    def goes_on(self, word: str) -> bool:
        """Whether the word may continue a number written with digits."""
        return word in self._following or self.number_word(word) is not None or self.misspelt_scale(word) is not None

    def _misspelt_scale(self, word: str) -> int | None:
        """The factor of the one scale word from which a word differs by a slip of the fingers: "milyat", "mliyar"."""
        if len(word) < _SHORTEST_MISSPELT or not word.startswith(self._scale_letters):
            return None
        found = {power for scale, power in self.scales.items() if len(scale) > 4 and _is_slip(word, scale)}
        return 10 ** found.pop() if len(found) == 1 else None

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
        found = self._without_endings(word)
        if word not in self.not_inflected:
            for prefix in self.prefixes:
                if word.startswith(prefix):
                    found += self._without_endings(word[len(prefix) :])
        return tuple(found)

    def _without_endings(self, word: str) -> list[str]:
        cuts = range(len(word) - 1, max(1, len(word) - _LONGEST_ENDING - 1), -1) if len(word) <= _LONGEST_WORD else ()
        found = [word]
        if word in self.not_inflected:
            return found
        for cut in cuts:
            if self.is_ending(word[:cut], word[cut:]):
                found += [word[:cut], word[:cut] + "-"]
        return found

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


def _softens(key: str) -> bool:
    """Whether the last consonant softens before a vowel: "uçak", "uçağı"; words of one syllable keep theirs: "kat"."""
    return key[-1] in _SOFT and sum(char in "aeioöuü" for char in key) > 1


def _is_slip(word: str, right: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two neighbours are exchanged; the first one is right."""
    if word[0] != right[0] or abs(len(word) - len(right)) > 1:
        return False
    same = next((at for at, (one, other) in enumerate(zip(word, right, strict=False)) if one != other), None)
    if same is None:
        return word != right
    rest, other = word[same:], right[same:]
    exchanged = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or exchanged


def _glued_numbers(numbers: dict[str, int], joiner: str) -> dict[str, int]:
    """The numbers below 1000 that are one word with the ones before the tens: "zweihundertfünfundzwanzig"."""
    ones = {word: value for word, value in numbers.items() if value < 10}
    tens = {word: value for word, value in numbers.items() if value in range(20, 100, 10)}
    below = {word: value for word, value in numbers.items() if 0 < value < 100}
    below |= {one + joiner + ten: number + more for one, number in ones.items() for ten, more in tens.items()}
    [hundred] = (word for word, value in numbers.items() if value == 100)
    hundreds = {one + hundred: number * 100 for one, number in ones.items() if number}
    above = {word + rest: value + more for word, value in hundreds.items() for rest, more in below.items()}
    return below | hundreds | above


def _entries(text: str) -> list[str]:
    return [entry.replace("_", " ") for entry in text.split()]


@lru_cache(maxsize=64)
def lexicon(language: str, *, ascii_only: bool = False) -> Lexicon:
    """The words of a language given by its BCP 47 code; of an unknown language only its decimal separator is known."""
    base = primary_subtag(language)
    return Lexicon(base, ascii_only=ascii_only and base == "tr")
