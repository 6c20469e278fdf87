"""The title that stands beside a person's name: "Ticaret Bakan Yardımcısı", "Ministri i Jashtëm i Turqisë,"."""

from __future__ import annotations

from ozetle.facts.names.candidates import PreparedText, enumerates
from ozetle.facts.tables import word_set

_LONGEST_TITLE = 12
_GENITIVE = ("in", "nin", "un", "nun", "ün", "nün", "s")
_ACRONYM_TITLES = word_set("ceo cfo coo cto")
_IN = word_set("в во në in")
_HYPHENS = frozenset("-‐‑‒–")


def find_title(reading: PreparedText, name: int, floor: int) -> tuple[int, int] | None:
    """First and last word of the title that stands before the name beginning at a word, or None.

    The title begins at the word `floor` at the earliest, behind the person named before.
    """
    if name <= floor:
        return None
    last = name - 1
    if _touches(reading, name) and reading.lexicon.is_title(reading.words[last].key):
        return _left_end(reading, last, floor), last
    return None if reading.lexicon.adjacent else _distant_title(reading, name, floor)


def _touches(reading: PreparedText, index: int) -> bool:
    """Whether the word before stands directly before this one, as a title before a name."""
    before = reading.words[index - 1]
    return reading.linked(index) or (
        before.key in _ACRONYM_TITLES and reading.words[index].spaced and before.suffix != ""
    )


def _left_end(reading: PreparedText, last: int, floor: int) -> int:
    """The first word of a title that ends at a word."""
    lexicon, words = reading.lexicon, reading.words
    first = last
    while first > floor and last - first < _LONGEST_TITLE and not reading.skipped[first - 1]:
        before, bracket = first - 1, words[first].gap.strip()
        word = words[before]
        if bracket == ")" and word.upper and before > floor and word.gap.strip() == "(":
            first = before - 1  # an abbreviation in brackets: "… Meclisi (TİM) Başkanı"
            continue
        # "премьер-министр", "экс-министр"
        compound = words[first].gap in _HYPHENS and (word.key in lexicon.titles.fields or lexicon.is_head(word.key))
        joined = reading.linked(first) or compound
        if not (joined or (words[first].spaced and word.suffix) or enumerates(reading, first)):
            break
        if lexicon.organisation_order == "first" and word.key not in lexicon.titles.fields and not compound:
            break
        if word.suffix:
            if word.capital and word.suffix in _GENITIVE and (reading.country[before] or word.upper):
                first = before
            break
        if not (word.capital or lexicon.is_title(word.key) or word.key in lexicon.titles.fields or word.key == "ve"):
            break
        if reading.opens[before] and _is_common(reading, before):
            break
        if word.key == "ve" and reading.country[first]:  # "… Şaar ve Suriye Gümrük Müdürü": the name before ended
            break
        if word.capital and lexicon.is_title(words[first].key) and _is_name(reading, before):
            break
        first = before
    return _trimmed(reading, first, last)


def _is_common(reading: PreparedText, index: int) -> bool:
    """Whether the first word of a sentence is no part of the title behind it: "Fuarı Prof. Dr. …"."""
    lexicon, word = reading.lexicon, reading.words[index]
    if word.key in lexicon.titles.fields or reading.country[index] or word.upper:
        return False
    return lexicon.is_opener(word.key) or lexicon.looks_inflected(word.key)


def _is_name(reading: PreparedText, index: int) -> bool:
    """Whether a word inside a would-be title is somebody's name: "Bakan Fidan Başbakan …"."""
    return reading.lexicon.looks_like_surname(reading.words[index].key) and not reading.country[index]


def _trimmed(reading: PreparedText, first: int, last: int) -> int:
    """Without small words at the left: "konuk Başbakan" is "Başbakan"; a title all in small letters stays."""
    words, lexicon = reading.words, reading.lexicon
    if any(words[i].capital for i in range(first, last + 1)):
        while first < last and not words[first].capital:
            first += 1
    while first < last and (
        words[first].key in {"ve", "ile", "dhe", "and", "və"}
        or (
            reading.opens[first]
            and words[first].key.endswith(("da", "de", "dan", "den"))
            and words[first].key not in lexicon.titles.fields
            and not reading.country[first]
        )
    ):
        first += 1
    while first < last and words[first].key in lexicon.openers and (reading.opens[first] or not words[first].capital):
        if len(words[first].key) > 3 and words[first].key in lexicon.titles.fields and words[first].capital:
            break  # "Trade Minister"
        first += 1
    return first


def _distant_title(reading: PreparedText, name: int, floor: int) -> tuple[int, int] | None:
    """A title with its complement before the name, a comma allowed: "Ministri i Jashtëm i Turqisë, Hakan Fidan"."""
    lexicon, words = reading.lexicon, reading.words
    if not (words[name].spaced or words[name].gap.strip() == ","):
        return None
    for index in range(name - 1, max(floor - 1, name - _LONGEST_TITLE), -1):
        word = words[index]
        if reading.sentence[index] != reading.sentence[name] or reading.skipped[index]:
            return None
        if lexicon.is_head(word.key):
            return _left_end(reading, index, floor), name - 1
        known = word.key in lexicon.titles.fields or reading.country[index] or (word.capital and word.spaced)
        seat = word.key in _IN and index + 1 < name and reading.words[index + 1].capital  # "посол в Бишкеке"
        if not (known or seat):
            return None
        if not word.spaced and word.gap.strip() not in _HYPHENS:
            return None
    return None
