"""Foreign letters in Turkish spelling: every spelling that is met of a word, and the one that is written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from ozetle.facts.folding import dotless
from ozetle.facts.name_forms.table import Letters, accents, letters, spellings, written

Segments = tuple[tuple[str, ...], ...]

_VOWELS = frozenset("aeiouöüəıâîûyáéíóúäëAEIOU") | frozenset("аеёиоуыэюяіїєәөұүӣӯ") | frozenset("αεηιουω")
# languages whose letter е is never ye
_PLAIN_E = frozenset({"bg", "sr", "mk", "az"})
_HISSING = frozenset("жчшщ")
_LONGEST_GROUP = 4
_LONGEST_WORD = 60
_ARABIC_VOWELS = ("", "a", "e", "i", "u", "o", "ü", "ö")
_ARABIC_LONG = frozenset("اأإآىة")
_FINAL = {"d": "t", "b": "p", "c": "ç"}
_SHORTEST_ELEMENT = 4


def script_of(text: str) -> str:
    """The script of a name's first foreign letter: "cyrillic", "greek", "arabic", "latin" or "other"."""
    found = "other"
    for char in text:
        if "\u0400" <= char <= "\u052f":
            return "cyrillic"
        if "\u0370" <= char <= "\u03ff" or "\u1f00" <= char <= "\u1fff":
            return "greek"
        if "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f":
            return "arabic"
        if char.isalpha() and char < "\u02b0":
            found = "latin"
    return found


@lru_cache(maxsize=4096)
def segments(word: str, language: str) -> Segments:
    """The spellings by which a Turkish text may write a word, as keys, one tuple of choices after another.

    Args:
        word: the word's key (folded, dotless).
        language: base language code.
    """
    if len(word) > _LONGEST_WORD:
        return ((word,),)
    script = script_of(word)
    if script == "other":
        return tuple((char,) for char in word)
    word = _plain_greek(word) if script == "greek" else word
    table = letters(script, language)
    found: list[tuple[str, ...]] = []
    position = 0
    while position < len(word):
        group = _group(word, position, table)
        options = _options(word, position, group, table, script, language)
        found.append(tuple(dict.fromkeys(map(dotless, (*options, group)))))
        if script == "arabic" and group not in _ARABIC_LONG:
            found.append(_ARABIC_VOWELS)
        position += len(group)
    return tuple(found)


def _group(word: str, position: int, table: Letters) -> str:
    for length in range(min(_LONGEST_GROUP, len(word) - position), 1, -1):
        if word[position : position + length] in table:
            return word[position : position + length]
    return word[position]


def _options(word: str, position: int, group: str, table: Letters, script: str, language: str) -> tuple[str, ...]:
    """The spellings of a letter or group where it stands."""
    options = table.get(group, (group,))
    end = position + len(group)
    before, last = word[position - 1 : position] if position else "", end == len(word)
    if script == "cyrillic":
        return _cyrillic(options, group, before, language)
    if script == "arabic":
        return (*options, *(option * 2 for option in options if len(option) == 1))
    if script == "latin" and len(group) == 1:
        options = _latin(options, group, before, "" if last else word[end])
    if last and group in _FINAL:
        options = (*options, _FINAL[group])
    if before == group and group not in _VOWELS:
        options = (*options, "")
    return options


def _cyrillic(options: tuple[str, ...], group: str, before: str, language: str) -> tuple[str, ...]:
    if group == "е" and language not in _PLAIN_E and (not before or before in _VOWELS or before in "ьъ"):
        return ("ye", "e")
    if group == "ё" and before in _HISSING and before:
        return ("o", "yo")
    if group == "д":
        return (*options, "t")
    if before == group and group not in _VOWELS:
        return (*options, "")
    return options


def _latin(options: tuple[str, ...], group: str, before: str, after: str) -> tuple[str, ...]:
    """The glides of Turkish spelling: Tokaev is Tokayev, Aliev is Aliyev, Sergei is Sergey."""
    glided = before in _VOWELS and bool(before)
    if group == "i":
        return (*options, "iy", "y") if after in _VOWELS and after else (*options, "y") if glided else options
    if group == "y":
        return (*options, "") if glided and after in _VOWELS and after else options if after else (*options, "iy")
    if group in _VOWELS and glided:
        return (*options, *("y" + option for option in options))
    return options


@lru_cache(maxsize=4096)
def alternatives(word: str, language: str) -> tuple[Segments, ...]:
    """All ways in which a Turkish text may write a word: letter by letter, and by the spellings of its elements."""
    found = [segments(word, language)]
    # the elements stand in Latin letters, so a word of another script is looked up as it is written in Turkish
    base = word if script_of(word) == "latin" else dotless("".join(options[0] for options in found[0]))
    known = spellings()
    for length in range(min(len(base), 12), _SHORTEST_ELEMENT - 1, -1):
        for element, rest, at_start in ((base[:length], base[length:], True), (base[-length:], base[:-length], False)):
            if element in known and (at_start or rest):
                for form in known[element]:
                    tail = segments(rest, language if base == word else "tr") if rest else ()
                    own = tuple((char,) for char in form)
                    found.append((*own, *tail) if at_start else (*tail, *own))
    return tuple(dict.fromkeys(found))


def ends(choices: Segments, token: str) -> set[int]:
    """Where in a token a word's spelling can end, read from the token's beginning; both are keys."""
    places = {0}
    for options in choices:
        places = {place + len(option) for place in places for option in options if token.startswith(option, place)}
        if not places:
            return places
    return places


def spell(word: str, language: str) -> str:
    """A word as Turkish news spells it by its letters; Latin letters only lose foreign accents."""
    word = unicodedata.normalize("NFC", word)
    script = script_of(word)
    if script in {"cyrillic", "greek"}:
        word = _transliterated(word, script, language)
    for foreign, turkish in written(language).items():
        if foreign in word.lower():
            word = word.replace(foreign, turkish).replace(foreign.upper(), upper(turkish))
            word = word.replace(foreign.capitalize(), capital(turkish))
    return without_accents(word)


def without_accents(word: str) -> str:
    """A word without the accents of Latin letters that Turkish lacks."""
    return "".join(accents().get(char, char) for char in unicodedata.normalize("NFC", word))


def _transliterated(word: str, script: str, language: str) -> str:
    table = letters(script, language)
    lower = _plain_greek(word).lower() if script == "greek" else word.lower()
    if len(lower) != len(word):
        return word
    pieces: list[str] = []
    position = 0
    while position < len(lower):
        group = _group(lower, position, table)
        source = word[position : position + len(group)]
        piece = source
        if group in table:
            before = lower[position - 1 : position] if position else ""
            piece = (_cyrillic(table[group], group, before, language) if script == "cyrillic" else table[group])[0]
            if source[0].isupper():
                shouted = word.isupper() and len(word) > 1
                piece = upper(piece) if shouted else capital(piece)
        pieces.append(piece)
        position += len(group)
    return "".join(pieces) or word  # a sign alone, such as ъ, spells nothing


def _plain_greek(word: str) -> str:
    """Greek without accents, final sigma as any other."""
    bare = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
    return unicodedata.normalize("NFC", bare).replace("ς", "σ")


def upper(text: str) -> str:
    """Turkish capitals."""
    return text.replace("i", "İ").replace("ı", "I").upper()


def capital(text: str) -> str:
    """With a Turkish capital at the beginning."""
    return upper(text[:1]) + text[1:]
