"""What words of two languages have in common: meanings of a small lexicon, and sounds.

Sounds are consonant skeletons: "memorandum" and «меморандум» are both `mmrntm`, Bolat and بولات both `plt`. Vowels,
y and h are dropped and voiced consonants taken for voiceless, because scripts and spellings differ most in these.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from ozetle.facts.folding import fold_text
from ozetle.facts.tables import key_of

SHORTEST_COMPOUND_PART = 5

_LETTERS = {
    "б": "p", "в": "f", "г": "k", "д": "t", "ж": "j", "з": "s", "к": "k", "л": "l", "м": "m", "н": "n", "п": "p",
    "р": "r", "с": "s", "т": "t", "ф": "f", "ц": "s", "ч": "c", "ш": "s", "щ": "s", "қ": "k", "ғ": "k", "ң": "n",
    "ب": "p", "ت": "t", "ث": "s", "ج": "j", "د": "t", "ذ": "s", "ر": "r", "ز": "s", "س": "s", "ش": "s", "ص": "s",
    "ض": "t", "ط": "t", "ظ": "s", "غ": "k", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n", "پ": "p",
    "چ": "c", "گ": "k", "ک": "k", "ڤ": "f", "ژ": "j",
    "b": "p", "c": "k", "ç": "c", "č": "c", "ć": "c", "d": "t", "f": "f", "g": "k", "j": "j", "k": "k", "l": "l",
    "m": "m", "n": "n", "p": "p", "q": "k", "r": "r", "s": "s", "ş": "s", "š": "s", "ß": "s", "t": "t", "v": "f",
    "w": "f", "x": "ks", "z": "s", "ž": "j", "ñ": "n",
}  # fmt: skip
_TURKIC = {"c": "j", "x": ""}
_OWN: dict[str, dict[str, str]] = {
    "tr": _TURKIC,
    "az": _TURKIC,
    "sq": {"c": "s", "j": "", "q": "c", "x": "s"},
    "de": {"j": ""},
    "ar": {},
}
# groups of letters that are one sound
_GROUPS: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    language: tuple((re.compile(pattern), sound) for pattern, sound in groups)
    for language, groups in {
        "sq": (("xh|gj", "ж"), ("sh|zh", "ш"), ("th|dh", "т")),
        "de": (("tsch", "ч"), ("dsch", "ж"), ("sch", "ш"), ("ph", "f"), ("ck", "k"), ("c(?=[eiäöy])", "s")),
        "en": (
            ("sh", "ш"), ("ch|tch", "ч"), ("kh", "h"), ("zh|dj|dzh", "ж"), ("ph", "f"), ("ck", "k"), ("th", "t"),
            ("c(?=[eiy])", "s"), ("[ts]ion", "шn"),
        ),
        "ru": (("дж", "ж"),),
    }.items()
}  # fmt: skip
_AZ_TO_TR = str.maketrans({"ə": "e", "x": "h", "q": "k"})
_ARABIC_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ئ": "ي", "ؤ": "و", "ء": "", "ـ": ""})
_ARABIC_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل|[بكلس])|[وف])(?=\w{2})")


def plain_word(word: str) -> str:
    """The form of a word in which it is looked up: folded, dotless, Arabic without vowel points and with one alif."""
    key = key_of(word)
    if any("\u0600" <= char <= "\u06ff" for char in key):
        key = "".join(char for char in key if unicodedata.category(char) != "Mn").translate(_ARABIC_ALIKE)
    return key


@cache
def _table() -> dict[str, Any]:
    content = resources.files(__package__).joinpath("lexicon.json").read_text(encoding="utf-8")
    table: dict[str, Any] = json.loads(content)
    return table


@cache
def _ordinals(language: str) -> list[tuple[int, str]]:
    return [
        (number, plain_word(stem))
        for number, stems in enumerate(_table()["ordinals"].get(language, ()), start=1)
        for stem in stems.split("|")
    ]


@lru_cache(maxsize=8_192)
def ordinal(word: str, language: str) -> int | None:
    """The number of a plain word that is an ordinal from first to twelfth."""
    bare = bare_arabic(word) if language == "ar" else word
    return next((number for number, stem in _ordinals(language) if bare.startswith(stem)), None)


@cache
def _stems(language: str) -> tuple[dict[str, tuple[int, ...]], int]:
    """Stem → rows of the lexicon, and the longest stem's length; whole words keep their full stop."""
    table = _table()
    if language not in table["languages"]:
        return {}, 0
    column = table["languages"].index(language)
    stems: dict[str, list[int]] = {}
    for number, row in enumerate(table["rows"]):
        for stem in row[column].split():
            stems.setdefault(plain_word(stem.rstrip(".")) + "." * stem.endswith("."), []).append(number)
    return {stem: tuple(rows) for stem, rows in stems.items()}, max(map(len, stems))


@cache
def function_words(kind: str) -> frozenset[str]:
    """Folded words that tell a language: "tr", "az", or "foreign" for those that no Turkish sentence has."""
    return frozenset(fold_text(_table()["words"][kind]).split())


@cache
def currencies() -> frozenset[int]:
    """The lexicon's rows of currencies."""
    heads = set(_table()["currencies"].split())
    return frozenset(number for number, row in enumerate(_table()["rows"]) if row[0].rstrip(".").split()[0] in heads)


@lru_cache(maxsize=32_768)
def meanings(word: str, language: str, least: int = 2) -> frozenset[int]:
    """The lexicon's rows that a plain word stands for, by stems of at least so many letters."""
    stems, longest = _stems(language)
    if not stems or len(word) > 60:
        return frozenset()
    found = _beginning(word, stems, longest, least)
    if language == "de" and len(word) > 2 * SHORTEST_COMPOUND_PART - 1:
        for start in range(2, len(word) - SHORTEST_COMPOUND_PART + 1):
            found |= _beginning(word[start:], stems, longest, SHORTEST_COMPOUND_PART)
    elif language == "ar":
        bare = _ARABIC_PREFIX.sub("", word)
        if bare != word:
            found |= _beginning(bare, stems, longest, least)
    return frozenset(found)


def _beginning(word: str, stems: dict[str, tuple[int, ...]], longest: int, least: int) -> set[int]:
    """The rows of the longest stem that the word begins with, and of those nearly as long."""
    rows: set[int] = set(stems.get(word + ".", ()))
    for length in range(min(len(word), longest), least - 1, -1):
        here = stems.get(word[:length])
        # a stem of two or three letters stands for the word itself with a short ending only
        if here and (length > 3 or len(word) - length <= 3):
            rows.update(here)
            break
    return rows


@lru_cache(maxsize=32_768)
def skeleton(word: str, language: str, semivowels: bool = True) -> str:
    """The consonants of a plain word by classes of sound.

    Args:
        word: as `plain_word` gives it.
        language: whose spelling it is.
        semivowels: whether v and w count; beside Arabic, which writes و for v and u alike, they do not.
    """
    for pattern, sound in _GROUPS.get(language, ()):
        word = pattern.sub(sound, word)
    own = _OWN.get(language, {})
    out: list[str] = []
    for char in word:
        sounds = own.get(char)
        if sounds is None:
            sounds = _LETTERS.get(char)
            if sounds is None:
                base = unicodedata.normalize("NFD", char)[:1]
                sounds = _LETTERS.get(base, "") if base != char else ""
        if not semivowels and char in "vwвф":
            continue
        if sounds and (not out or out[-1] != sounds):
            out.append(sounds)
    return "".join(out)


def bare_arabic(word: str) -> str:
    """An Arabic word without article, conjunction and preposition glued to it."""
    return _ARABIC_PREFIX.sub("", word)


def as_turkish(word: str) -> str:
    """An Azerbaijani plain word with the letters Turkish would write."""
    return word.translate(_AZ_TO_TR)
