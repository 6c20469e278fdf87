"""What is read from a sentence, once, for all checks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from ozetle.facts import (
    CountryMention,
    DateMention,
    Figure,
    NameMention,
    Number,
    read_countries,
    read_dates,
    read_figures,
    read_names,
    read_numbers,
)
from ozetle.facts.folding import fold_text
from ozetle.facts.tables import key_of
from ozetle.translating.checks.lexicon import as_turkish, bare_arabic, meanings, ordinal, plain_word, skeleton

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670])*")
_SUFFIX = re.compile(r"(?<=\w)['’‘ʼ´`][^\W\d_]+")
_QUOTE = re.compile(r"[\"“”„«»‟〝〞]")
_ROMAN = re.compile(r"(?<!\w)(?=[IVX]{2,7}(?!\w))X{0,3}(?:IX|IV|V?I{0,3})(?!\w)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)\d\d\s?[/–-]\s?(\d\d)(?!\d)")
# Turkish and Azerbaijani say "ten second" for "twelfth"
_TENS = {
    key_of(word): tens for tens, words in ((10, "on"), (20, "yirmi iyirmi"), (30, "otuz")) for word in words.split()
}
_DIGITS = re.compile(r"\d+")
_MAX_DIGITS = 40
_SHORTEST_KEY = 4
_SHORTEST_NAME_KEY = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, without a suffix behind an apostrophe, and its plain form."""

    text: str
    plain: str
    start: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


class SentenceReading:
    """A sentence and what the readers of facts find in it; each is read at its first use."""

    def __init__(self, text: str, language: str, published: date | None, beside: str = "tr") -> None:
        """Take a sentence.

        Args:
            text: the sentence.
            language: primary subtag of its language.
            published: the reference of relative dates.
            beside: the language of the sentence it will be compared with.
        """
        self.text = text
        self.language = language
        self.published = published
        self._semivowels = "ar" not in (language, beside)
        self._beside = beside

    @cached_property
    def figures(self) -> list[Figure]:
        return read_figures(self.text, self.language)

    @cached_property
    def numbers(self) -> list[Number]:
        return read_numbers(self.text, self.language)

    @cached_property
    def dates(self) -> list[DateMention]:
        return read_dates(self.text, self.published, self.language)

    @cached_property
    def countries(self) -> list[CountryMention]:
        return read_countries(self.text, self.language)

    @cached_property
    def names(self) -> list[NameMention]:
        # no name is told from a word that begins the sentence without a second one
        if not any(word.capital for word in self.words[1:]):
            return []
        return read_names(self.text, self.language)

    @cached_property
    def words(self) -> list[Word]:
        text = _SUFFIX.sub(lambda found: " " * len(found[0]), self.text) if self.language == "tr" else self.text
        return [Word(found[0], plain_word(found[0]), found.start()) for found in _WORD.finditer(text)]

    @cached_property
    def folded(self) -> str:
        return " ".join(fold_text(self.text).split())

    @cached_property
    def meanings(self) -> frozenset[int]:
        """The lexicon's rows its words stand for."""
        return frozenset(row for word in self.words for row in meanings(word.plain, self.language))

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Beginnings of its longer words as sounds, with Azerbaijani and Turkish as letters too."""
        keys = set()
        for word in self.words:
            if len(word.plain) >= _SHORTEST_KEY:
                sound = self.skeleton(word)
                if len(sound) >= _SHORTEST_KEY:
                    keys.add(sound[:_SHORTEST_KEY])
                if self.language == "az" or self._beside == "az":
                    keys.add("=" + as_turkish(word.plain)[:_SHORTEST_KEY])
        return frozenset(keys)

    @cached_property
    def name_sounds(self) -> frozenset[str]:
        """The same of words that may be names, shorter ones too; all words where a script has no capitals."""
        words = (word for word in self.words if len(word.plain) > 2 and self._may_be_name(word))
        found = (sound for word in words for sound in self.skeletons(word))
        return frozenset(sound[:3] for sound in found if len(sound) > _SHORTEST_NAME_KEY)

    def _may_be_name(self, word: Word) -> bool:
        return word.capital or word.text.upper() == word.text.lower()

    def skeleton(self, word: Word) -> str:
        """The sounds of one of its words."""
        plain = bare_arabic(word.plain) if self.language == "ar" else word.plain
        return skeleton(plain, self.language, self._semivowels)

    @cached_property
    def candidates(self) -> list[set[str]]:
        """The sounds of each word that may be a name's; in Arabic with the next one's too: "Seyfeddin" is two words."""
        sounds = [self.skeletons(word) for word in self.words if self._may_be_name(word)]
        if self.language != "ar":
            return sounds
        joined = [{one + other for one in here for other in behind} for here, behind in pairwise(sounds)]
        return [here | both for here, both in zip(sounds, [*joined, set[str]()], strict=False)]

    def skeletons(self, word: Word) -> set[str]:
        """The sounds of a word that may be a name, in Arabic with and without what may be glued to it."""
        return {self.skeleton(word), skeleton(word.plain, self.language, self._semivowels)}

    @cached_property
    def values(self) -> frozenset[Decimal]:
        """The absolute values of all figures and numbers."""
        return frozenset(abs(value) for value, _ in self.valued)

    @cached_property
    def valued(self) -> list[tuple[Decimal, Figure | Number]]:
        """Every value with what says it: figures with both ends of a range, and the numbers outside figures."""
        found: list[tuple[Decimal, Figure | Number]] = []
        for figure in self.figures:
            found.append((figure.value, figure))
            if figure.upper is not None:
                found.append((figure.upper, figure))
        spans = [(figure.start, figure.end) for figure in self.figures]
        found += [
            (number.value, number)
            for number in self.numbers
            if not any(start < number.end and number.start < end for start, end in spans)
        ]
        return found

    @cached_property
    def other_values(self) -> frozenset[Decimal]:
        """Numbers that are not read as such: ordinals, Roman numerals, years written short, all groups of digits."""
        found = set(self.ordinals)
        for years in _SHORT_YEAR.finditer(self.text):
            found |= {int(years[1] + years[2]), int(years[2])}
        found |= {int(digits) for digits in _DIGITS.findall(self.text) if len(digits) <= _MAX_DIGITS}
        return frozenset(map(Decimal, found))

    @cached_property
    def ordinals(self) -> frozenset[int]:
        """The numbers that ordinal words and Roman numerals stand for."""
        found = {int(number) for number in self.romans}
        before = ""
        for word in self.words:
            number = ordinal(word.plain, self.language)
            if number:
                found.add(number + (_TENS.get(before, 0) if number < 10 else 0))
            before = word.plain
        return frozenset(found)

    @cached_property
    def romans(self) -> frozenset[Decimal]:
        """The values of Roman numerals of two letters or more."""
        return frozenset(Decimal(_roman(numeral[0])) for numeral in _ROMAN.finditer(self.text))

    @cached_property
    def places(self) -> frozenset[str]:
        """The codes of the countries and blocs it names."""
        return frozenset(country.code for country in self.countries)

    @cached_property
    def asks(self) -> bool:
        return self.text.rstrip("\"”»'’) ").endswith(("?", "؟"))

    @cached_property
    def quotes(self) -> bool:
        return _QUOTE.search(self.text) is not None

    def terms(self, terms: Iterable[str]) -> frozenset[int]:
        """The positions of the terms that stand in it, whatever their case."""
        return frozenset(place for place, term in enumerate(terms) if fold_text(term).strip() in self.folded)


@lru_cache(maxsize=1_024)
def read_sentence(text: str, language: str, published: date | None, beside: str = "tr") -> SentenceReading:
    """Read a sentence as `SentenceReading` takes it; once, however often its translation is asked for again."""
    return SentenceReading(text, language, published, beside)


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in numeral]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
