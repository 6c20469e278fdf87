"""The tables behind Turkish forms of foreign names: letters, people, places, spellings of one name.

From `data/name_forms.json`; the cities of time zones come from Unicode CLDR through Babel.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ozetle.facts.cldr import cities
from ozetle.facts.tables import key_of, load_table, word_set

Letters = dict[str, tuple[str, ...]]

TURKISH_LETTERS = frozenset("abcçdefgğhıijklmnoöprsştuüvyzâîû")
# languages whose Latin alphabet tells ş from s and ı from i as Turkish does
TURKISH_ALPHABETS = frozenset({"tr", "az", "crh", "tk", "gag", "tt", "ku"})
_SLAVIC_LATIN = frozenset({"hr", "bs", "sr", "sl", "cs", "sk", "pl", "cnr", "sh"})
_COLUMNS = ("tr", "en", "de", "sq", "az", "ru", "ar")
_SHORTEST_SURNAME = 4
_SHORTEST_CITY = 3


def _tables() -> dict[str, Any]:
    return load_table("name_forms", "name_forms")


@cache
def letters(script: str, language: str) -> Letters:
    """The Turkish spellings of each letter or group of a script ("latin", "cyrillic", …) in a language, as keys."""
    tables = _tables()["letters"]
    parts = [tables[script]]
    if script == "latin":
        if language in TURKISH_ALPHABETS:
            parts.append(tables["turkish"])
        elif language not in _SLAVIC_LATIN and language not in {"sq", "de", "uz", "ro"}:
            parts.append(tables["english"])
        parts.append(tables["slavic"] if language in _SLAVIC_LATIN else tables.get(f"{language}_latin", ""))
    own = tables.get(f"{language}_cyrillic" if script == "cyrillic" else "", "")
    if own or script == "latin" or (script == "cyrillic" and language in _CYRILLIC):
        parts.append(own or tables.get(language, ""))
    return {key: values for part in parts for key, values in _pairs(part)}


_CYRILLIC = frozenset({"uk", "bg", "sr", "mk", "kk", "ky", "uz", "tg"})


def _pairs(entries: str) -> list[tuple[str, tuple[str, ...]]]:
    pairs = []
    for entry in entries.split():
        key, values = entry.split(":")
        pairs.append((key, tuple("" if value == "-" else value for value in values.split(","))))
    return pairs


@cache
def written(language: str) -> dict[str, str]:
    """What of a Latin-script language is respelled in Turkish, besides the accents."""
    return {key: values[0] for key, values in _pairs(_tables()["written"].get(language, ""))}


@cache
def accents() -> dict[str, str]:
    """Latin letters that are no Turkish ones, each with the Turkish letter for it, both cases."""
    plain: dict[str, str] = {}
    for key, values in letters("latin", "en").items():
        if len(key) == 1 and not key.isascii() and key not in TURKISH_LETTERS and key not in {"ä", "ə"}:
            plain[key] = values[0]
            upper = key.upper()
            if len(upper) == 1 and upper != key:
                plain[upper] = values[0][:1].upper() + values[0][1:]
    return plain


@dataclass(frozen=True, slots=True)
class People:
    """People of state: `full` names and `surnames` (those of one person), by key, in Turkish."""

    full: dict[str, str]
    surnames: dict[str, str]


@cache
def people() -> People:
    """The people of the table under every spelling."""
    full: dict[str, str] = {}
    surnames: dict[str, str] = {}
    shared: set[str] = set()
    for row in _tables()["people"]:
        turkish = row.split("|")[0]
        for form in row.split("|"):
            full[name_key(form)] = turkish
            surname, own = name_key(form.split()[-1]), turkish.split()[-1]
            if surnames.setdefault(surname, own) != own or len(surname) < _SHORTEST_SURNAME:
                shared.add(surname)
    return People(full, {key: value for key, value in surnames.items() if key not in shared})


@cache
def words() -> dict[str, str]:
    """Single words of names whose Turkish spelling no letter rule gives, by key."""
    return {name_key(word): turkish for word, turkish in _tables()["words"].items()}


@cache
def places(language: str) -> dict[str, str]:
    """The Turkish names of cities, by the key of what they are called in a language."""
    found = _cldr_places(language)
    column = _COLUMNS.index(language) if language in _COLUMNS else None
    for row in _tables()["places"]:
        cells = row.split("|")
        if column is not None:
            found.update({name_key(form): cells[0] for form in cells[column].split("/")})
    # a Turkish name stays what it is, whatever another city is called in that language
    found.update({name_key(row.split("|")[0]): row.split("|")[0] for row in _tables()["places"]})
    return found


def _cldr_places(language: str) -> dict[str, str]:
    """Exemplar cities of time zones, for the zones that have one in Turkish."""
    turkish = {zone: city for zone, city in cities("tr").items() if "," not in city}
    foreign = cities(language)
    found = {
        name_key(foreign[zone]): city for zone, city in turkish.items() if len(foreign.get(zone, "")) >= _SHORTEST_CITY
    }
    return found | {name_key(city): city for city in turkish.values()} if foreign else {}


@cache
def spellings() -> dict[str, tuple[str, ...]]:
    """For each spelling of a name's element, all spellings of it, as keys."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _tables()["same"]:
        group = tuple(dict.fromkeys(key_of(form) for form in row.split()))
        for form in group:
            found[form] = tuple(dict.fromkeys((*found.get(form, ()), *group)))
    return found


@cache
def first_names(gender: str) -> frozenset[str]:
    """Given names of Russian text, "male" or "female", as keys."""
    return word_set(_tables()[gender])


@cache
def given_names() -> frozenset[str]:
    """Given names in Latin letters of any language, as keys."""
    return word_set(load_table("names", "given_names")["names"])


@cache
def foreign_given(language: str) -> frozenset[str]:
    """Given names of a language that are rare in Turkish texts, Turkish ones without their letters among them."""
    own = word_set(_tables()["given"].get(language, ""))
    words_too = {ascii_key(name) for name in load_table("names", "given_names")["ambiguous"].split()}
    return own if language in TURKISH_ALPHABETS else own | (frozenset(turkish_given()) - words_too)


@cache
def turkish_given() -> dict[str, str]:
    """Turkish given names by what is left of them in ASCII, where a Turkish letter is lost and no other name meant."""
    names = " ".join(load_table("names", "given_names")["names"]).split()
    plain = {key_of(name) for name in names if name.isascii() and name[0] != "I"}
    turkish = [name for name in names if set(key_of(name)) <= TURKISH_LETTERS]
    return {ascii_key(name): name for name in turkish if not name.isascii() and ascii_key(name) not in plain}


@cache
def turkish_surnames() -> dict[str, str]:
    """Common Turkish surnames and those of people of state, by what is left of them in ASCII."""
    return {ascii_key(name): name for name in _tables()["turkish_surnames"].split()}


def ascii_key(word: str) -> str:
    """A word's key without any marks: "Çağrı" → "cagri"."""
    return "".join(char for char in unicodedata.normalize("NFD", key_of(word)) if not unicodedata.combining(char))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name as it is looked up: folded, dotless, hyphens as blanks, Arabic vowel points and tatweel left out."""
    key = "".join(char for char in key_of(name) if not ("\u064b" <= char <= "\u065f" or char in "\u0640\u0670"))
    return " ".join(key.replace("-", " ").split())
