"""Countries and blocs of states read from a text.

Names, official names, short forms, nationalities and inflected forms of all these are found. The names are those of
Unicode CLDR (see `facts.cldr`) and the short forms, nationalities and blocs of `data/aliases.json`, inflected after
`data/endings.json`, for Turkish, Azerbaijani, Albanian, English, German, Russian, Kazakh, Kyrgyz, Uzbek, Turkmen,
Arabic, French, Ukrainian, Bosnian, Croatian, Serbian (in Latin letters), Bulgarian, Romanian and Greek. In any other
language the English names and the international abbreviations are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from ozetle.facts.cldr import country_names
from ozetle.facts.folding import in_ascii, is_typed_in_ascii
from ozetle.facts.languages import primary_subtag
from ozetle.facts.tables import key_of, load_table, word_set
from ozetle.facts.words import Word, split_words


class CountryMention(BaseModel):
    """A country or a bloc of states, where the text names it.

    Attributes:
        text: the article's own words, without a suffix behind an apostrophe; a glued suffix is part of it.
        start: where it begins, in code points of the raw text.
        end: where it ends, exclusive.
        code: ISO 3166-1 alpha-2 for a country, XK for Kosovo and XN for Northern Cyprus (both from the user-assigned
            range); for a bloc its usual English abbreviation (EU, EAEU, OTS, UN, NATO, …; AU is the African Union).
        kind: "country" or "bloc"; the two have code spaces of their own.
        adjective: whether the text has a nationality or adjective ("Kırgız", "turke") and not the country's name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    start: int
    end: int
    code: str
    kind: Literal["country", "bloc"]
    adjective: bool = False


@dataclass(slots=True, frozen=True)
class _Entry:
    words: tuple[str, ...]  # keys; the last one is a stem
    code: str
    kind: Literal["country", "bloc"]
    adjective: bool
    acronym: bool
    lower: bool  # may stand in small letters


# Arabic glues conjunctions, prepositions and the article to the front of a word
_CONJUNCTIONS, _PREPOSITIONS = ("", "و", "ف"), ("", "ال", "بال", "كال", "لل", "ب", "ك", "ل")
# names that in their language are common words first: "financial", "boys", and the capital of Jordan
_COMMON_WORDS = {"ar": frozenset({"مالي", "بنين", "عمان"})}
# where every word of a name is inflected: "Saudijske Arabije", "Північної Македонії"
_ALL_INFLECTED = frozenset(("uk", "bs", "hr", "sr", "el"))
# behind a name of four letters or less only some glued suffixes are taken: "Çini" is a tile, "Çekin" means "pull"
_SHORT = 4
# Azerbaijani glues its suffixes to names without an apostrophe: "İranla", "Çinə"
_FREELY_INFLECTED = {"az": word_set("İran İraq Çin Oman")}
_PLURAL = re.compile(r"l[ae]r(?:[iuü]n?|[ae]|[dt][ae]n?|l[ae])?")
_LI = re.compile(r"l[iuü](?:l[ae]r)?(?:[iuü]n?|[ae]|[dt][ae]n?)?")
_JOINS = frozenset({"-", "–", "—", "‑", "&", ".", "'", "’"})
_AND = frozenset({"ve", "ile"})
_ELIDING = frozenset({"fr"})


class _Homograph(NamedTuple):
    """What beside a word that spells a country tells that it means something else; see data/homographs.json."""

    behind: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()
    listed: tuple[str, ...] = ()


class _Homographs(NamedTuple):
    words: dict[str, _Homograph]
    opening: frozenset[str]
    people: frozenset[str]
    given: frozenset[str]
    parts: frozenset[str]


@cache
def _homographs(language: str) -> _Homographs:
    table = load_table("countries", "homographs")
    words = {
        key_of(word): _Homograph(
            tuple(key_of(beside.get("behind", "")).split()),
            word_set(beside.get("before", "")),
            tuple(key_of(beside.get("listed", "")).split()),
        )
        for part in ("all", language)
        for word, beside in table["words"].get(part, {}).items()
    }
    opening = table["opening"].get(language, table["opening"]["all"])
    given = word_set(load_table("names", "given_names")["names"])
    return _Homographs(words, word_set(opening), word_set(table["people"]), given, word_set(table["parts"]))


def known_languages() -> frozenset[str]:
    """The languages whose countries are read by their own names; in all others the English ones are."""
    return frozenset(load_table("countries", "endings")["names"])


def read_countries(text: str, language: str = "tr") -> list[CountryMention]:
    """The countries and blocs a text names, in order of appearance, one mention for each.

    Args:
        text: any text.
        language: BCP 47 code of its language.

    Returns:
        mentions that do not overlap; for every one ``text[start:end] == mention.text``.
    """
    language = primary_subtag(language)
    words = split_words(text, elisions=language in _ELIDING)
    mentions: list[CountryMention] = []
    for first, last, entry in countries_of(text, language):
        if mentions and mentions[-1].code == entry.code and words[first].gap.strip() in {"(", "'("}:
            continue  # the short form behind the name: "Birleşik Arap Emirlikleri (BAE)"
        # "Oʻzbekiston": what stands behind the apostrophe may belong to the name
        start, end = words[first].start, words[last].end if "'" in entry.words[-1] else words[last].stem_end
        mentions.append(
            CountryMention(
                text=text[start:end], start=start, end=end, code=entry.code, kind=entry.kind, adjective=entry.adjective
            )
        )
    return mentions


@lru_cache(maxsize=8)
def countries_of(text: str, language: str) -> tuple[tuple[int, int, _Entry], ...]:
    """The first and the last word of each country or bloc that a text names, with its entry; the last few are kept."""
    return tuple(_find(split_words(text, elisions=language in _ELIDING), language, is_typed_in_ascii(text)))


def _find(words: Sequence[Word], language: str, ascii_only: bool) -> Iterator[tuple[int, int, _Entry]]:
    table = _table(language, ascii_only=ascii_only and language == "tr")
    index = 0
    while index < len(words):
        word = words[index]
        if not (word.capital or table.lower):
            index += 1
            continue
        found = _match(words, index, table) if table.may_begin(word.key, capital=word.capital) else None
        if found is None or _is_other_name(words, index, found[0], table.language):
            index += 1
            continue
        yield index, *found
        index = found[0] + 1


class _Begun(NamedTuple):
    """The names of some first letters, those with the longest first word first."""

    phrases: list[_Entry]
    singles: list[_Entry]
    lower: bool = False  # whether one of them may stand in small letters


@dataclass(slots=True, frozen=True)
class _Table:
    begun: dict[str, _Begun]  # by the first three letters of names, or the two they have
    endings: re.Pattern[str]
    adjective_endings: re.Pattern[str]
    language: str
    lower: bool  # whether any name may stand in small letters

    def begun_by(self, key: str) -> _Begun | None:
        """The names with which a word may begin, by its key without a suffix; None for most words."""
        return self.begun.get(key[:3]) or self.begun.get(key[:2])

    def may_begin(self, key: str, *, capital: bool) -> bool:
        """Whether it is worth looking at; always where prefixes are glued to words."""
        names = self.begun_by(key)
        return (names is not None and (capital or names.lower)) or self.language == "ar"

    @property
    def freely_inflected(self) -> frozenset[str]:
        """The short names with which no other word of the language begins."""
        return _FREELY_INFLECTED.get(self.language, frozenset())

    @property
    def turkic(self) -> bool:
        return self.language in {"tr", "az"}


@cache
def _table(language: str, *, ascii_only: bool = False) -> _Table:
    endings = load_table("countries", "endings")
    language = language if language in endings["names"] else "en"
    begun: dict[str, _Begun] = {}
    entries = _entries(language)
    if ascii_only:
        entries = (replace(entry, words=tuple(map(in_ascii, entry.words))) for entry in entries)
    for entry in sorted(entries, key=lambda entry: (-len(entry.words[0]), -len(entry.words))):
        single = len(entry.words) == 1
        if single and (len(entry.words[0]) < 2 or entry.words[0] in _COMMON_WORDS.get(language, ())):
            continue
        of_letters = begun.setdefault(entry.words[0].partition("'")[0][:3], _Begun([], []))
        (of_letters.singles if single else of_letters.phrases).append(entry)
    for letters, names in begun.items():  # "Şili" may begin with a name of two letters too
        shorter = begun.get(letters[:2]) if len(letters) == 3 else None
        if shorter is not None:
            names.phrases.extend(shorter.phrases)
            names.singles.extend(shorter.singles)
    for letters, names in begun.items():
        begun[letters] = names._replace(lower=any(entry.lower for entry in (*names.phrases, *names.singles)))
    return _Table(
        begun,
        re.compile(endings["names"][language]),
        re.compile(endings["adjectives"].get(language, endings["names"][language])),
        language,
        lower=language == "ar" or any(names.lower for names in begun.values()),
    )


def _entries(language: str) -> Iterator[_Entry]:
    aliases = load_table("countries", "aliases")
    for code, name in sorted(country_names(language).items()):
        yield _entry(name.split(" (")[0], code, "country", False, language)
    for part in ("all", language):
        for code, names in aliases[part]["names"].items():
            for name in names.split("|"):
                yield _entry(name, code, "country", False, language)
        for code, names in aliases[part].get("adjectives", {}).items():
            for name in names.split("|"):
                yield _entry(name, code, "country", True, language)
        for code, names in aliases[part]["blocs"].items():
            for name in names.split("|"):
                yield _entry(name, code, "bloc", False, language)


def _entry(name: str, code: str, kind: Literal["country", "bloc"], adjective: bool, language: str) -> _Entry:
    words = split_words(name, elisions=language in _ELIDING)
    keys = [word.key + ("'" + word.suffix if word.suffix else "") for word in words]
    acronym = name.isupper()
    if language == "ar":
        keys = [key.removeprefix("ال") for key in keys]
    elif not acronym and not (adjective and language in load_table("countries", "endings")["adjectives"]):
        cut = load_table("countries", "endings")["stems"].get(language, "(?!)")
        first = 0 if language in _ALL_INFLECTED else len(keys) - 1
        keys[first:] = [re.sub(cut, "", key) if len(key) > 3 else key for key in keys[first:]]
    return _Entry(tuple(keys), code, kind, adjective, acronym, lower=not name[0].isupper())


def _keys(word: Word, table: _Table) -> tuple[str, ...]:
    """The forms in which a word may stand in the table, or may begin with one of it."""
    keys = (f"{word.key}'{word.suffix}", word.key) if word.suffix else (word.key,)
    return tuple(_without_prefixes(word.key)) if table.language == "ar" else keys


def _without_prefixes(key: str) -> Iterator[str]:
    for conjunction in _CONJUNCTIONS:
        if key.startswith(conjunction):
            rest = key[len(conjunction) :]
            yield from (rest[len(one) :] for one in _PREPOSITIONS if rest.startswith(one) and len(rest) > len(one) + 1)


def _match(words: Sequence[Word], index: int, table: _Table) -> tuple[int, _Entry] | None:
    word = words[index]
    begun = [(key, names) for key in _keys(word, table) if (names := table.begun_by(key.partition("'")[0])) is not None]
    for key, names in begun:
        for entry in names.phrases:
            last = index + len(entry.words) - 1
            if not key.startswith(entry.words[0]) or last >= len(words) or not (word.capital or entry.lower):
                continue
            if _inflects(key[len(entry.words[0]) :], table) and _continues(words, index, entry, table):
                return last, entry
    for key, names in begun:
        for entry in names.singles:
            if key.startswith(entry.words[0]) and _fits(word, entry, key[len(entry.words[0]) :], table):
                return index, entry
    return None


def _inflects(rest: str, table: _Table) -> bool:
    """Whether a word that is not the last of its name may have the ending."""
    if not rest:
        return True
    inflected = table.language in _ALL_INFLECTED
    return inflected and any(one.fullmatch(rest) for one in (table.endings, table.adjective_endings))


def _continues(words: Sequence[Word], index: int, entry: _Entry, table: _Table) -> bool:
    for offset, key in enumerate(entry.words[1:], start=1):
        word = words[index + offset]
        if not (word.spaced or word.gap.strip() in _JOINS):
            return False
        final = offset == len(entry.words) - 1
        if not any(
            form == key
            or (
                form.startswith(key)
                and (_fits(word, entry, form[len(key) :], table) if final else _inflects(form[len(key) :], table))
            )
            for form in _keys(word, table)
        ):
            return False
    return True


def _fits(word: Word, entry: _Entry, rest: str, table: _Table) -> bool:
    """Whether a word that begins like an entry's last word is that word, with that rest as its inflection."""
    if entry.acronym:
        return word.upper and (not rest or "." in word.key)
    if not word.capital and not entry.lower and len(entry.words) == 1:
        return False
    endings = table.adjective_endings if entry.adjective else table.endings
    if not endings.fullmatch(rest):
        return False
    if not (rest and table.turkic and len(entry.words[-1]) <= _SHORT) or entry.words[-1] in table.freely_inflected:
        return True
    return (_PLURAL if entry.adjective else _LI).fullmatch(rest) is not None


def _is_other_name(words: Sequence[Word], first: int, last: int, language: str) -> bool:
    """Whether what spells a country is a part of another name, or a common word of the language."""
    word, table = words[first], _homographs(language)
    following = words[last + 1] if last + 1 < len(words) else None
    before = words[first - 1] if first and word.spaced else None
    if following and following.spaced and following.key in table.parts:
        return True
    if word.key == "us" and any(words[i].upper for i in (first - 1, last + 1) if 0 <= i < len(words)):
        return True  # "LET US TALK"
    if before is not None and word.key in table.people and before.capital and before.key in table.given:
        return True  # "Michael Jordan"
    homograph = table.words.get(word.key)
    if homograph is not None and first == last and _means_something_else(words, first, homograph):
        return True
    if first == last and word.key in table.opening and not word.suffix:
        opens = first == 0 or not (word.spaced or word.gap.strip() in {",", "-", "–", "(", "/"})
        if not opens or following is None or not following.spaced:
            return False
        return not following.capital and following.key not in _AND
    return False


def _means_something_else(words: Sequence[Word], place: int, homograph: _Homograph) -> bool:
    """Whether the words beside a homograph tell that it is no country."""
    word = words[place]
    before = words[place - 1] if place else None
    if before is not None and before.key in homograph.before and (word.spaced or word.gap.strip() == ","):
        return True
    if word.suffix:
        return False
    following = words[place + 1] if place + 1 < len(words) else None
    beside_it = following is not None and (following.spaced or following.gap in {"-", "‑"})
    if following is not None and beside_it and following.key.startswith(homograph.behind or ("\0",)):
        return True
    if not homograph.listed:
        return False
    beside = [] if following is None or following.gap.strip() != "," else [following.key]
    for step in (1, 2):  # "buğday ve Mısır", "buğday, Mısır", "Mısır ve buğday"
        if place >= step and (step == 1 or (before is not None and before.key in _AND)):
            beside.append(words[place - step].key)
        if step == 2 and place + step < len(words) and words[place + 1].key in _AND:
            beside.append(words[place + step].key)
    return any(key.startswith(homograph.listed) for key in beside)
