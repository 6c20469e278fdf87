"""A text prepared for reading names: words, sentence beginnings, headings, by-lines, countries."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ozetle.facts.countries.reader import countries_of
from ozetle.facts.languages import primary_subtag
from ozetle.facts.names.lexicon import Lexicon, lexicon
from ozetle.facts.tables import word_set
from ozetle.facts.words import Word, split_words

_ENDS_SENTENCE = re.compile(r"[.!?…]|\n|\r|\u2028|\u2029")
_NEW_LINE = re.compile("[\n\r\u2028]")
_QUOTES = frozenset("\"“”„«»'‘’")
_DASHES = frozenset("-‐‑‒–—")
_REGNAL = re.compile(r" \d{1,2}\. ?")
_ROMAN = re.compile("[IVX]{2,5}|[VX]")
_RULERS = ("kral", "papa", "sultan", "padişah", "şah", "imparator", "çar", "prens", "emir", "patrik", "king", "queen")
_ABBREVIATED = word_set("prof dr doç av yrd öğr gör op uzm ord mr mrs ms st jr sr hz gen sen gov rep sgt z znj assoc")
_BYLINE = word_set(
    "haber muhabir muhabiri kaynak fotoğraf fotoğraflar foto kamera editör yazan derleyen çeviri röportaj redaktör by "
    "photo reporter author raportoi foto müəllif фото автор корреспондент"
)
_AGENCY = re.compile(r"\((?:AA|DHA|İHA|IHA|ANKA|UHA|İLKHA|AP|AFP)\)")
_PARTICLES = word_set("von van der den del di bin ibn el al es eş ed ez er en ash ben bint abu ebu la le du dos")


@dataclass(slots=True)
class PreparedText:
    """What the readers of people and organisations share. All lists have one entry a word.

    Attributes:
        text: the raw text.
        words: its words.
        lexicon: the tables of its language.
        opens: whether the word begins a sentence or stands behind an opening quotation mark.
        heading: whether it stands on a line in title case or in capitals, where capitals tell nothing.
        skipped: whether no name is to be read there: by-lines, and what lies outside the sentences given.
        sentence: the number of the sentence.
        country: whether it belongs to a country's name.
        capital_keys: the keys of all words with a capital.
    """

    text: str
    words: list[Word]
    lexicon: Lexicon
    opens: list[bool]
    heading: list[bool]
    skipped: list[bool]
    sentence: list[int]
    country: list[bool]
    capital_keys: frozenset[str]

    def linked(self, index: int) -> bool:
        """Whether a word continues the name that the word before is part of."""
        if index == 0:
            return False
        before, word = self.words[index - 1], self.words[index]
        if before.suffix or self.sentence[index - 1] != self.sentence[index]:
            return False
        if word.spaced or is_regnal(before, word):
            return True
        gap = word.gap.strip()
        if gap == ".":
            if _ROMAN.fullmatch(self.text, before.start, before.stem_end):
                return True  # "III. Harald"
            return (len(before.key) == 1 and before.capital) or before.key in _ABBREVIATED
        if gap in _DASHES and len(word.gap) == 1:
            return (before.capital or before.key in _PARTICLES) and word.capital
        return False

    def is_particle(self, index: int) -> bool:
        """Whether the word is a small word inside names: "von", "bin", "el"."""
        word = self.words[index]
        if word.key == "da" and index + 1 < len(self.words):
            return self.words[index + 1].key in self.lexicon.behind_da
        return word.key in _PARTICLES and not word.capital

    def name_key(self, index: int) -> str:
        """The key of a name's last word without a glued case ending, where that can be told."""
        key = self.words[index].key
        if key in self.lexicon.given:
            return key
        stems = self.lexicon.stems(key)[1:]
        if self.lexicon.glues and len(stems) > 1 and stems[-1] in self.capital_keys:
            return stems[-1]  # "Həsənlinin" where the text has Həsənli
        for stem in stems:
            if self.lexicon.surely_inflected(stem, key[len(stem) :]):
                return stem
            if stem in self.capital_keys or (
                self.lexicon.looks_like_surname(stem) and not self.lexicon.looks_like_surname(key)
            ):
                return stem
        return key

    def name_start(self, index: int) -> int:
        """Where a name that begins with that word begins; a king's number belongs to it: "3. Charles"."""
        word = self.words[index]
        regnal = index > 0 and is_regnal(self.words[index - 1], word)
        return word.start - len(word.gap.lstrip()) if regnal else word.start

    def name_end(self, index: int) -> int:
        """Where a name that ends with that word ends, without suffixes."""
        word = self.words[index]
        stem = self.name_key(index)
        whole = not self.lexicon.adjacent or len(word.key) != word.stem_end - word.start
        return word.stem_end if whole else word.start + len(stem)


def is_regnal(before: Word, word: Word) -> bool:
    """Whether a number of rulers stands between two words: "Kral 3. Harald"."""
    return word.capital and _REGNAL.fullmatch(word.gap) is not None and before.key.startswith(_RULERS)


def prepare(text: str, language: str, sentences: Sequence[tuple[int, int]] | None) -> PreparedText:
    """Cut a text into words and mark what the readers ask about them."""
    language = primary_subtag(language)
    words = split_words(text)
    country = [False] * len(words)
    for first, last, _ in countries_of(text, language):
        country[first : last + 1] = [True] * (last + 1 - first)
    opens, sentence = _sentence_starts(words, sentences)
    return PreparedText(
        text=text,
        words=words,
        lexicon=lexicon(language),
        opens=opens,
        heading=_headings(text, words),
        skipped=_skipped(text, words, sentences),
        sentence=sentence,
        country=country,
        capital_keys=frozenset(word.key for word in words if word.capital),
    )


def enumerates(reading: PreparedText, index: int) -> bool:
    """Whether the comma before a word stands inside a title or a name: "Ticaret, Sanayi ve Tarım Odası"."""
    words, fields = reading.words, reading.lexicon.titles.fields
    return (
        index > 0
        and words[index].gap.strip() == ","
        and reading.sentence[index] == reading.sentence[index - 1]
        and words[index].key in fields
        and words[index - 1].key in fields
        and words[index - 1].capital
        and not words[index - 1].suffix
    )


def _sentence_starts(words: list[Word], sentences: Sequence[tuple[int, int]] | None) -> tuple[list[bool], list[int]]:
    opens: list[bool] = []
    numbers: list[int] = []
    number = 0
    starts = sorted(start for start, _ in sentences) if sentences is not None else None
    sentence_of = -1
    for index, word in enumerate(words):
        if starts is not None:
            now = bisect_right(starts, word.start)
            begins = now != sentence_of
            sentence_of = now
        else:
            begins = index == 0 or _ends_sentence(words[index - 1], word)
        number += begins
        numbers.append(number)
        opens.append(begins or (word.gap != " " and _opens(word.gap)))
    return opens, numbers


def _opens(gap: str) -> bool:
    """Whether what stands behind a gap begins something: a quotation, a list's item, what a colon announces."""
    quoted = bool(gap) and gap[-1] in _QUOTES and gap[-1] not in "'’"
    return quoted or gap.strip() in {":", "•", "*"}


def _ends_sentence(before: Word, word: Word) -> bool:
    if not _ENDS_SENTENCE.search(word.gap) or is_regnal(before, word):
        return False
    if word.gap.lstrip() != word.gap or not word.gap.startswith("."):
        return True
    if before.upper and _ROMAN.fullmatch(before.key.upper()):
        return False  # "III. Harald"
    abbreviated = before.key in _ABBREVIATED or (len(before.key) == 1 and before.capital) or not word.capital
    return not (word.gap.strip() == "." and "\n" not in word.gap and (abbreviated or word.gap == "."))


def _headings(text: str, words: list[Word]) -> list[bool]:
    """Marks the words of lines without a full stop at the end whose words nearly all have capitals."""
    marks = [False] * len(words)
    first = 0
    for index in range(1, len(words) + 1):
        if index < len(words) and (words[index].gap == " " or not _NEW_LINE.search(words[index].gap)):
            continue
        line = words[first:index]
        tail_start = line[-1].end if line else 0
        tail = (words[index].gap if index < len(words) else text[tail_start : tail_start + 20]).lstrip()[:1]
        long_words = [word for word in line if word.stem_end - word.start > 3]
        capitals = sum(word.capital for word in long_words)
        if len(long_words) >= 3 and capitals >= 0.75 * len(long_words) and tail not in {".", "!", "?", "…", '"', "”"}:
            marks[first:index] = [True] * len(line)
        first = index
    return marks


def _skipped(text: str, words: list[Word], sentences: Sequence[tuple[int, int]] | None) -> list[bool]:
    marks = [False] * len(words)
    if sentences is not None:
        spans = sorted(sentences)
        starts = [start for start, _ in spans]
        for index, word in enumerate(words):
            at = bisect_right(starts, word.start) - 1
            marks[index] = at < 0 or word.end > spans[at][1]
    for index, word in enumerate(words[:-1]):
        follows = words[index + 1]
        if word.key in _BYLINE and follows.gap.strip() == ":" and "\n" not in follows.gap:
            _skip_run(words, marks, index + 1)
        elif "/" in follows.gap and word.capital and follows.upper:
            _skip_back(words, marks, index)
    return marks


def _skip_run(words: list[Word], marks: list[bool], index: int) -> None:
    """Skip the names behind "Haber:": capitalised words joined by blanks, commas, hyphens or "ve"."""
    first = index
    while index < len(words) and index < first + 12 and (words[index].capital or words[index].key in {"ve", "and"}):
        if index > first and words[index].gap.strip(" \t") not in {"", "-", "–", ",", "/", "."}:
            return
        marks[index] = True
        index += 1


def _skip_back(words: list[Word], marks: list[bool], index: int) -> None:
    """Skip the reporter's name in "Ad SOYAD/İSTANBUL", which stands at the beginning of a line."""
    first = index
    while first > 0 and index - first < 4 and words[first].spaced and words[first - 1].capital:
        first -= 1
    if first == 0 or "\n" in words[first].gap:
        marks[first : index + 1] = [True] * (index + 1 - first)
