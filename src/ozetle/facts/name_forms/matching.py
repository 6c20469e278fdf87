"""How Turkish news writes the names of a foreign article, and whether a Turkish text carries such a name.

Names in other scripts are transliterated by the letters of their language; names that have a Turkish form of their own
(cities, people of state, Turkish names that lost their letters) come from `data/name_forms.json` and, for cities, from
Unicode CLDR. Comparison allows for the usual variants of transliteration (Tokaev, Tokayev, Токаев), for the cases of
the source's language and for Turkish case suffixes, not for another name: Ahmet is not Mehmet, Petrova is not Petrov.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ozetle.facts.folding import fold_text
from ozetle.facts.languages import primary_subtag
from ozetle.facts.name_forms.cases import SLAVIC, gender_of, nominative_name, nominatives
from ozetle.facts.name_forms.endings import ends_name
from ozetle.facts.name_forms.spelling import Segments, alternatives, ends, script_of, spell, upper
from ozetle.facts.name_forms.table import (
    TURKISH_ALPHABETS,
    ascii_key,
    given_names,
    name_key,
    people,
    places,
    turkish_given,
    turkish_surnames,
    words,
)
from ozetle.facts.tables import key_of, word_set
from ozetle.facts.words import Word, split_words

_PARTICLES = word_set("el al es eş ed ez er en et as aş ash ar ad an at az bin ibn ben bint de da di van von der la le")
_PATRONYMIC = re.compile(r"\w+(?:ович|евич|ич|овна|евна|ична)[аеуюыой]{0,2}м?")
_JOINS = frozenset("-‐‑‒–")
_PIECES = re.compile(r"([\s\-‐‑‒–—]+)")
_SPELLS_NOTHING = re.compile("[\u0640\u064b-\u065f\u0670]")  # tatweel, Arabic vowel points
_MAX_BETWEEN = 1
_MAX_PARTICLES = 3
_MAX_WORDS = 12


def turkish_name(name: str, language: str) -> str:
    """The form in which Turkish news writes a proper name; the name itself where nothing differs or is known.

    Args:
        name: a person's, place's or organisation's name as an article writes it.
        language: the article's language, BCP 47.

    Returns:
        the Turkish form: never empty for a name that is not, and its own Turkish form. Arabic and East Asian names are
        changed only where the table has them, because their letters do not tell the vowels.
    """
    base = primary_subtag(language)
    if base == "tr" or not any(map(str.isalpha, name)):
        return name
    known = _known(name, base)
    if known is not None:
        return _like(name, known)
    pieces = _PIECES.split(name)
    plain = [place for place in range(0, len(pieces), 2) if pieces[place]]  # the words; between them, what joins them
    for place, word in zip(plain, nominative_name([pieces[place] for place in plain], base), strict=True):
        pieces[place] = word
    known = _known("".join(pieces), base)
    if known is not None:
        return _like(name, known)
    for place in plain:
        pieces[place] = _word(pieces[place], base)
    if base not in TURKISH_ALPHABETS:
        _restore(pieces, plain)
    result = "".join(pieces)
    known = _known(result, base)  # "ош", spelled "oş", is the city of that name
    if known is not None:
        return _like(name, known)
    return name if key_of(result) == key_of(name) and result.lower() == name.lower() else result


def _known(name: str, language: str) -> str | None:
    """The Turkish form of a whole name that the tables have, in the nominative or in a case."""
    key = name_key(name)
    tables = (people().full, places(language), words(), people().surnames)
    for table in tables:
        if key in table:
            return table[key]
    *before, last = key.split() or [""]
    if not last:
        return None
    for form in nominatives(last, language)[1:]:
        whole = " ".join([*before, form])
        for table in tables[:2] if script_of(last) == "cyrillic" else tables:
            if whole in table:
                return table[whole]
    return None


def _like(name: str, known: str) -> str:
    """The known form in the name's capitals."""
    shouted = name.isupper() and not known.isupper() and sum(map(str.isalpha, name)) > 2
    return upper(known) if shouted else known


def _word(word: str, language: str) -> str:
    known = words().get(name_key(word))
    return _like(word, known) if known is not None else spell(word, language)


def _restore(pieces: list[str], plain: list[int]) -> None:
    """Give Turkish names back the letters that other alphabets lack: "Omer Simsek" is "Ömer Şimşek"."""
    for place in plain[:-1]:
        word = pieces[place]
        if word.isascii() and word[:1].isupper():
            pieces[place] = _like(word, turkish_given().get(key_of(word), word))
    if len(plain) > 1 and pieces[plain[-1]].isascii() and pieces[plain[-1]][:1].isupper():
        word = pieces[plain[-1]]
        if key_of(pieces[plain[0]]) in given_names():
            pieces[plain[-1]] = _like(word, turkish_surnames().get(ascii_key(word), word))


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a name.

    Attributes:
        spellings: the ways to write it.
        optional: whether it may be missing.
        capital: whether it must have a capital.
        apostrophe: whether an apostrophe is part of it ("O'Neill").
        gap: what stands before it in the name.
    """

    spellings: tuple[Segments, ...]
    optional: bool
    capital: bool
    apostrophe: bool
    gap: str


def names_agree(name: str, language: str, turkish_text: str) -> bool:
    """Whether a Turkish text carries a name of a foreign article.

    Args:
        name: the name as the article writes it, perhaps in a case.
        language: the article's language, BCP 47.
        turkish_text: any Turkish text.

    Returns:
        True when every word of the name stands there in order, as the source writes it or in a Turkish spelling, in any
        Turkish case. Articles (el-, bin), initials and Russian patronymics may be missing, one middle name may be
        added.
    """
    readings = _readings(name, primary_subtag(language))
    if not readings:
        return fold_text(name).strip() in fold_text(turkish_text)
    text = _tokens(turkish_text)
    return any(_stands_at(parts, text, place) for parts in readings for place in range(len(text)))


@lru_cache(maxsize=2048)
def _readings(name: str, language: str) -> tuple[tuple[_Part, ...], ...]:
    """The ways to look for a name: by its own words, and by the Turkish name that is known for it."""
    found = [_parts(name, language)]
    shown = turkish_name(name, language)
    if shown != name:
        found.append(_parts(shown, "tr"))
    return tuple(dict.fromkeys(parts for parts in found if parts))


def _parts(name: str, language: str) -> tuple[_Part, ...]:
    tokens = _tokens(name)
    if len(tokens) > _MAX_WORDS:
        return ()
    gender: str | None = None
    if len(tokens) > 1 and language in SLAVIC:
        gender = gender_of(tokens[0].whole, language)[0]
    parts: list[_Part] = []
    for place, token in enumerate(tokens):
        whole, word, last = token.whole, token.word, place == len(tokens) - 1
        script = script_of(whole)
        forms = [whole, word.key] if word.suffix and len(word.key) > 2 else [whole]
        if language != "tr" and (last or language in SLAVIC or script == "arabic"):
            forms = [case for form in forms for case in nominatives(form, language, gender if last else None)]
        spellings = tuple(dict.fromkeys(spelling for form in forms for spelling in alternatives(form, language)))
        optional = whole in _PARTICLES or len(whole) == 1 or _PATRONYMIC.fullmatch(whole) is not None
        parts.append(_Part(spellings, optional, not token.small, word.suffix != "", word.gap))
    if all(part.optional for part in parts):
        return tuple(replace(part, optional=False) for part in parts)
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a text, and how it is written, with what follows an apostrophe."""

    word: Word
    raw: str

    @property
    def folded(self) -> str:
        """Folded, dotted and dotless i apart."""
        return fold_text(self.raw)

    @property
    def whole(self) -> str:
        return self.word.key + self.word.suffix

    @property
    def small(self) -> bool:
        """Whether it begins with a small letter; letters without case are not small."""
        return not self.word.capital and self.word.key[0].upper() != self.word.key[0]


@lru_cache(maxsize=256)
def _tokens(text: str) -> tuple[_Token, ...]:
    text = _SPELLS_NOTHING.sub("", text)
    return tuple(_Token(word, text[word.start : word.end]) for word in split_words(text))


def _stands_at(parts: tuple[_Part, ...], text: tuple[_Token, ...], first: int) -> bool:
    """Whether the name begins at that word of the text."""
    # (next part, next word, middle names and particles passed over), each reached once
    states, seen = [(0, first, 0, 0)], set[tuple[int, int, int, int]]()
    while states:
        state = states.pop()
        part, place, between, particles = state
        if state in seen:
            continue
        seen.add(state)
        if place > first and all(later.optional for later in parts[part:]):
            if not all(before.optional for before in parts[:part]):
                return True
            continue
        if part == len(parts):
            continue
        if parts[part].optional:
            states.append((part + 1, place, between, particles))
        if place >= len(text):
            continue
        if place > first and not _joined(text, place) and text[place].word.gap != parts[part].gap:
            continue
        final = all(later.optional for later in parts[part + 1 :])
        if _is_word(parts[part], text[place], final=final):
            states.append((part + 1, place + 1, between, particles))
        if place == first or text[place - 1].word.suffix:
            continue
        if text[place].whole in _PARTICLES:
            if particles < _MAX_PARTICLES:
                states.append((part, place + 1, between, particles + 1))
        elif between < _MAX_BETWEEN and text[place].word.capital and text[place].word.spaced:
            states.append((part, place + 1, between + 1, particles))
    return False


def _joined(text: tuple[_Token, ...], place: int) -> bool:
    word, before = text[place].word, text[place - 1].word
    gap = word.gap.strip()
    return word.spaced or gap in _JOINS or (gap == "." and len(before.key) == 1)


def _is_word(part: _Part, token: _Token, *, final: bool) -> bool:
    """Whether a word of the text is that part of the name, the last one in any Turkish case."""
    if part.capital and token.small:
        return False
    word = token.word
    for spelling in part.spellings:
        found = ends(spelling, token.whole if part.apostrophe else word.key)
        if (part.apostrophe or not word.suffix) and len(token.whole) in found:
            return True
        if final and word.suffix and len(word.key) in found:
            return True
        glued = final and not word.suffix and max(found, default=0) > 0 and len(token.folded) == len(word.key)
        if glued and any(ends_name(token.folded, end) for end in found if end):
            return True
    return False
