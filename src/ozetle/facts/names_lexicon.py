"""The words by which names are told apart: titles, heads of organisations' names, places, given names, common words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ozetle.facts.tables import key_of, load_table, word_set

_MONTHS_AND_DAYS = (
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe cuma "
    "cumartesi pazar january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday yanvar fevral aprel iyun iyul avqust sentyabr oktyabr noyabr dekabr"
)
# Turkish case and copula suffixes behind a possessive: "Bakanlığından", "Konseyinin"
_GLUED_CASE = re.compile(r"(?:n?[iuü]n|n[aeiuü]|n?[dt][ae](?:n|ki)?|nc[ae]|yl[ae]|[dt][iuü]r|yd[iuü])")
_SURNAME = re.compile(
    r"\w{2,}(?:oglu|oğlu|yev|yeva|ov|ova|ev|eva|ýew|ýewa|ow|zade|zadə|zoda|zada|iç|viç|vic|vić|viq|sky|ski|skiy|skyi|"
    r"enko|çenko|yan|dze|şvili|shvili|uly|uulu|kızı|ев|ов|ева|ова|ский|ин|ич|енко|шев)"
)


@dataclass(frozen=True, slots=True)
class Titles:
    """Title words of one language; see data/titles.json."""

    heads: frozenset[str]
    tails: frozenset[str]
    plain: frozenset[str]
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables for one language, as keys (see `tables.key_of`)."""

    titles: Titles
    adjacent: bool  # a title stands directly before the name, as in Turkish; else a few words may come between
    organisation_heads: frozenset[str]
    organisation_order: str
    organisation_links: frozenset[str]
    needs_before: dict[str, frozenset[str]]
    named_after_people: frozenset[str]
    known_organisations: frozenset[tuple[str, ...]]
    openers: frozenset[str]
    never_in_person: frozenset[str]
    cities: frozenset[str]
    given: frozenset[str]
    ambiguous_given: frozenset[str]

    def organisation_head(self, key: str) -> str | None:
        """The head word that a word is a form of: "komisyonunun" → "komisyonu"; None when it is none."""
        if key in self.organisation_heads:
            return key
        if self.adjacent:
            for length in range(len(key) - 1, max(3, len(key) - 6), -1):
                if key[:length] in self.organisation_heads and _GLUED_CASE.fullmatch(key, length):
                    return key[:length]
        return None

    def is_title(self, key: str) -> bool:
        """Whether the word can stand directly before a name as its title."""
        return key in self.titles.heads or key in self.titles.tails or key in self.titles.plain

    def looks_like_surname(self, key: str) -> bool:
        """Whether the word has an ending that only surnames have: -oğlu, -ov, -yev, -zade, …"""
        return len(key) > 4 and _SURNAME.fullmatch(key) is not None and key not in self.never_in_person


@cache
def lexicon(language: str) -> Lexicon:
    """The tables for a language; an unknown language gets the English ones."""
    titles, bodies, common, given = (
        load_table(name) for name in ("titles", "organisations", "common_words", "given_names")
    )
    language = language if language in bodies["order"] else "en"
    own = titles[language]
    heads = word_set(bodies["heads"][language])
    if language != "en":
        heads |= word_set(bodies["heads"]["tr_bare"])
    openers = {"tr": "openers", "az": "openers"}.get(language, f"{language}_openers")
    title_words = Titles(*(word_set(own[part]) for part in ("heads", "tails", "plain", "fields")))
    blocked = word_set([bodies["places"], bodies["events"], common["nouns"], _MONTHS_AND_DAYS])
    return Lexicon(
        titles=title_words,
        adjacent=language in {"tr", "az"},
        organisation_heads=heads,
        organisation_order=bodies["order"][language],
        organisation_links=word_set(bodies["links"][language]),
        needs_before={
            key_of(head): word_set(words) for head, words in bodies["needs_before"].items() if head != "about"
        },
        named_after_people=word_set(bodies["named_after_people"]),
        known_organisations=frozenset(tuple(key_of(name).split()) for name in bodies["known"].split("|")),
        openers=word_set(common[openers]),
        never_in_person=blocked | heads | title_words.heads | title_words.tails,
        cities=frozenset(key_of(city) for city in load_table("cities")["names"])
        | word_set(load_table("turkish_places")["names"]),
        given=word_set(given["names"]),
        ambiguous_given=word_set(given["ambiguous"]),
    )
