"""Countries and blocs of states read from a text.

Names, official names, short forms, nationalities and inflected forms of all these are found. The names are those of
Unicode CLDR (`data/country_names.json`, written by tools/build_country_names.py) and the short forms, nationalities
and blocs of `data/country_aliases.json`, for Turkish, Azerbaijani, Albanian, English, German, Russian, Kazakh, Kyrgyz,
Uzbek and Turkmen. In any other language the English names and the international abbreviations are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ozetle.facts.tables import load_table, word_set
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


_TURKISH = (
    r"l[iuü](?:l[ae]r)?(?:[iuü]n?|[ae]|[dt][ae]n?)?"
    r"|(?:l[ae]r)?(?:[iuü]n?|n[iuü]n|n?[dt][ae]n?|y?[iuü]|[yn]?[ae]|y?l[ae]|[dt][iuü]r)?"
)
# what may follow a name's stem, glued, by language; keys are dotless
_ENDINGS = {
    "tr": _TURKISH,
    "az": r"l[iuü](?:l[aə]r)?|(?:l[aə]r)?(?:[iuü]n?|n[iuü]n|n?d[aə]n?|y?[iuü]|[yn]?[aə]|y?l[aə])?",
    "tk": r"l[yiuü](?:l[ae]r)?|(?:l[ae]r)?(?:n?[yiuü]ň|n?d[ae]n?|n?[yiuü]|[nyd]?[ae])?",
    "uz": r"lik(?:lar)?|(?:lar)?(?:ning|ni|ga|da|dan)?",
    "kk": r"(?:[дтл][аеы]р)?(?:[ндт][ыі]ң|[ндт][ыі]|[гғкқ][ае]|[дт][ае]н?|[мбп]ен|лық|дық|тық|лік|дік|тік)?",
    "ky": r"(?:[дтл][аеор]р)?(?:[ндт][ыиуү]н|[ндт][ыиуү]|[гк][аеоө]|[дт][аеоө]н?|лык|дык|тык|лик)?",
    "sq": r"(?:[aeiuë]|[ëië]s|is[ëe]|s[ëe]|[ëi]n|n[ëe]|it|in|un|ut|të|ve|ëve|v?et|ja|jes?[ëe]?|jen)?",
    "ru": r"(?:[аяыиуюеойь]|[оеё]й|[оеё]м|ою|ею|и[яюией]|[аи]?ям?и?|ам|ами|ах|ов|ии|ию|ией)?",
    "de": r"(?:e?s)?",
    "en": r"",
}
_RU_ADJECTIVE = r"(?:ий|ая|ое|ие|ого|ой|ому|им|их|ими|ую|ом|о)"
_STEM = {"ru": re.compile(r"[аяийьыео]$"), "sq": re.compile(r"[ëa]$")}
# behind a name of four letters or less only some glued suffixes are taken: "Çini" is a tile, "Çekin" means "pull"
_SHORT = 4
_PLURAL = re.compile(r"l[ae]r(?:[iuü]n?|[ae]|[dt][ae]n?|l[ae])?")
_LI = re.compile(r"l[iuü](?:l[ae]r)?(?:[iuü]n?|[ae]|[dt][ae]n?)?")
# names that are also common words: at the start of a sentence they need a suffix, a comma or a hyphen behind them
_ALSO_WORDS = word_set(
    "Mali Fas Çad Umman Mısır Gine Benin Katar Çek Rum Man Jordan Chad Malta Butan Panama Niger Turkey"
)
# before these a name is a part of another one: "Latin Amerika", "Yeni Gine"
_NOT_AFTER = {
    "amerika": word_set("latin güney kuzey orta"),
    "america": word_set("latin south north central"),
    "america's": word_set("latin south north central"),
    "azerbaycan": word_set("batı doğu güney"),  # provinces of Iran
    "gine": word_set("yeni papua ekvator"),
    "guinea": word_set("new equatorial"),
    "kore": word_set("güney kuzey"),
    "mexico": word_set("new"),
    "ingiltere": word_set("yeni"),
    "england": word_set("new"),
    "britanya": word_set("yeni"),
    "wales": word_set("south"),
}
_JOINS = frozenset({"-", "–", "—", "‑", "&", "."})
_STREETS = word_set(
    "caddesi sokağı sokak bulvarı mahallesi meydanı apartmanı kulübü lokantası street avenue boulevard square straße"
)


def read_countries(text: str, language: str = "tr") -> list[CountryMention]:
    """The countries and blocs a text names, in order of appearance, one mention for each.

    Args:
        text: any text.
        language: BCP 47 code of its language.

    Returns:
        mentions that do not overlap; for every one ``text[start:end] == mention.text``.
    """
    words = split_words(text)
    mentions: list[CountryMention] = []
    for first, last, entry in find_countries(words, language.split("-")[0].lower()):
        # "Oʻzbekiston": what stands behind the apostrophe may belong to the name
        start, end = words[first].start, words[last].end if "'" in entry.words[-1] else words[last].stem_end
        mentions.append(
            CountryMention(
                text=text[start:end], start=start, end=end, code=entry.code, kind=entry.kind, adjective=entry.adjective
            )
        )
    return mentions


def find_countries(words: Sequence[Word], language: str) -> Iterator[tuple[int, int, _Entry]]:
    """Index of the first and the last word of each country or bloc named, with its table entry."""
    table = _table(language)
    index = 0
    while index < len(words):
        found = _match(words, index, table)
        if found is None or _is_other_name(words, index, found[0]):
            index += 1
            continue
        yield index, *found
        index = found[0] + 1


@dataclass(slots=True, frozen=True)
class _Table:
    singles: dict[str, list[_Entry]]
    phrases: dict[str, list[_Entry]]
    endings: re.Pattern[str]
    adjective_endings: re.Pattern[str]
    turkic: bool
    longest: int  # of the single words


@cache
def _table(language: str) -> _Table:
    language = language if language in _ENDINGS else "en"
    singles: dict[str, list[_Entry]] = {}
    phrases: dict[str, list[_Entry]] = {}
    for entry in _entries(language):
        target = singles if len(entry.words) == 1 else phrases
        target.setdefault(entry.words[0], []).append(entry)
    for entries in phrases.values():
        entries.sort(key=lambda entry: -len(entry.words))
    return _Table(
        singles,
        phrases,
        re.compile(_ENDINGS[language]),
        re.compile(_RU_ADJECTIVE if language == "ru" else _ENDINGS[language]),
        language in {"tr", "az"},
        max(map(len, singles)),
    )


def _entries(language: str) -> Iterator[_Entry]:
    aliases = load_table("country_aliases")
    for code, name in load_table("country_names")["names"][language].items():
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
    keys = [word.key + ("'" + word.suffix if word.suffix else "") for word in split_words(name)]
    acronym = name.isupper()
    if not acronym and language in _STEM and not (adjective and language == "ru") and len(keys[-1]) > 3:
        keys[-1] = _STEM[language].sub("", keys[-1])
    return _Entry(tuple(keys), code, kind, adjective, acronym, lower=name[0].islower())


def _match(words: Sequence[Word], index: int, table: _Table) -> tuple[int, _Entry] | None:
    word = words[index]
    keys = (f"{word.key}'{word.suffix}", word.key) if word.suffix else (word.key,)
    for key in keys:
        for entry in table.phrases.get(key, ()):
            last = index + len(entry.words) - 1
            if last < len(words) and word.capital and _continues(words, index, entry, table):
                return last, entry
    for key in keys:
        for length in range(min(len(key), table.longest), 1, -1):
            for entry in table.singles.get(key[:length], ()):
                if _fits(word, entry, key[length:], table):
                    return index, entry
    return None


def _continues(words: Sequence[Word], index: int, entry: _Entry, table: _Table) -> bool:
    for offset, key in enumerate(entry.words[1:], start=1):
        word = words[index + offset]
        if not (word.spaced or word.gap.strip() in _JOINS):
            return False
        if offset < len(entry.words) - 1:
            if word.key != key and f"{word.key}'{word.suffix}" != key:
                return False
        elif not (word.key.startswith(key) and _fits(word, entry, word.key[len(key) :], table)) and (
            f"{word.key}'{word.suffix}" != key
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
    if not (rest and table.turkic and len(entry.words[-1]) <= _SHORT):
        return True
    return (_PLURAL if entry.adjective else _LI).fullmatch(rest) is not None


def _is_other_name(words: Sequence[Word], first: int, last: int) -> bool:
    word, following = words[first], words[last + 1] if last + 1 < len(words) else None
    if first and word.spaced and words[first - 1].key in _NOT_AFTER.get(word.key, ()):
        return True
    if following and following.spaced and following.key in _STREETS:
        return True
    if first == last and word.key in _ALSO_WORDS and not word.suffix:
        opens = first == 0 or not (word.spaced or word.gap.strip() in {",", "-", "–", "(", "/"})
        return opens and following is not None and following.spaced and not following.capital
    return False
