"""The words by which names are told apart: titles, heads of organisations' names, places, given names, common words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ozetle.facts.cldr import cities
from ozetle.facts.name_forms.cases import is_cyrillic_given, nominatives
from ozetle.facts.name_forms.table import foreign_given
from ozetle.facts.tables import key_of, load_table, word_set

_MONTHS_AND_DAYS = (
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık pazartesi salı çarşamba perşembe cuma "
    "cumartesi pazar january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday yanvar fevral aprel iyun iyul avqust sentyabr oktyabr noyabr "
    "dekabr"
)
# Turkish case and copula suffixes behind a possessive: "Bakanlığından", "Konseyinin"
_GLUED_CASE = re.compile("n?[iuü]n|n[aeəiuü]|n?[dt][aeə](?:n|ki)?|nc[aeə]|yl[aeə]|[dt][iuü]r|yd[iuü]")
_SURNAME = re.compile(
    r"\w{2,}(?:oglu|oğlu|yev|yeva|ov|ova|ev|eva|ýew|ýewa|ow|zade|zadə|zoda|zada|iç|viç|vic|vić|viq|sky|ski|skiy|skyi|"
    r"enko|çenko|yan|dze|şvili|shvili|uly|uulu|kızı|ев|ов|ева|ова|ский|ин|ич|енко|шев)"
)


_PLURAL = re.compile(
    r"(?P<stem>\w{3,}?)l[ae]r(?:i|iyla|iyle|in|ini|inin|ina|ine|inda|inde|indan|inden|a|e|da|de|dan|den|la|le)?$"
)
# a Turkish noun in a case, at the beginning of a sentence: "Projeyi", "Fuarı", "Gemiden"
_INFLECTED = re.compile(r"\w{2,}(?:[bcçdfgğhjklmnprsştvyz][iuü]|y[aeə]|n[aeə]|[dt][aeə]n?|n?[iuü]n|l[aeə]r)")
# endings of abstract and plural nouns: "yardımcılığına", "ödülleri", "modernizasyonu" is not one
_ABSTRACT = re.compile(r"\w*?(?:l[iuü]ğ[iuü]|l[ae]r[iuü]|m[ae]s[iuü])(?:n[iuü]n?|n[ae]|n[dt][ae]n?|yl[ae])?")
# a Russian adjective that is no surname in the nominative: "Центрального банка", "Астраханской области"
_RUSSIAN_ADJECTIVE = re.compile(r"\w+(?:[ое]го|[ое]му|ое|ее|ые|ие|[ыи]х|[ыи]ми)|\w*[^оеё][внкшщгхтрл]ой")
_WOMANS_GENITIVE = re.compile(r"\w+(?:[оеё]в|[иы]н)ой")
# endings of titles in the languages that decline them
_TITLE_ENDINGS = {
    "sq": (
        *(("i", ("", "i", "it", "in")), ("u", ("u", "ut", "un"))),
        *(("ja", ("ja", "es", "en", "e")), ("sha", ("sha", "shës", "shën", "she"))),
    ),
    "ru": (("ь", ("ь", "я", "ю", "ем", "е")), ("а", ("а", "ы", "у", "ой", "е")), ("", ("", "а", "у", "ом", "е"))),
}
# endings that names take without an apostrophe
_CASE_ENDINGS = {
    "az": re.compile("n?[iuü]n|[ny]?[aə]|[ny]?[iuü]|d[aə]n?|l[aə]|yl[aə]"),
    "sq": re.compile("i|it|in|u|ut|un|s|së|n|a|as|ë|ën|ës"),
}
_OPENER_CASE = re.compile("n?[iuü]n|[yn]?[ae]|[yn]?[iuü]|[dt][ae]n?|y?l[ae]|[dt][ae]ki")
_SURE_ENDING = re.compile("l[aə]|d[aə]n?")
_AFTER_N = frozenset({"in", "un", "ün"})
_LI_SURNAME = re.compile(r"\w+l[iuü]")  # Azerbaijani surnames: Həsənli, Qasımlı
_LONGEST_ENDING = 4


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

    language: str
    titles: Titles
    compound_heads: tuple[str, ...]
    case_endings: re.Pattern[str] | None
    glues: bool  # names take case endings without an apostrophe, as in Azerbaijani
    adjacent: bool  # a title stands directly before the name, as in Turkish; else a few words may come between
    organisation_heads: frozenset[str]
    organisation_order: str
    organisation_links: frozenset[str]
    needs_before: dict[str, frozenset[str]]
    named_after_people: frozenset[str]
    known_organisations: dict[str, list[tuple[str, ...]]]  # by their last word, the shortest first
    openers: frozenset[str]
    never_in_person: frozenset[str]
    nouns: frozenset[str]  # of these, the ones that are surnames too: behind a given name they may be
    parts_of_places: frozenset[str]  # behind a name these make it a street's, a building's, an event's
    cities: frozenset[str]
    given: frozenset[str]
    ambiguous_given: frozenset[str]
    surname_first: frozenset[str]
    behind_da: frozenset[str]

    def is_given(self, key: str) -> bool:
        """Whether the word is a given name the tables know; in Cyrillic letters in any case ("Рауфом")."""
        return key in self.given or (self.language == "ru" and is_cyrillic_given(key, self.language))

    def organisation_head(self, key: str) -> str | None:
        """The head word that a word is a form of: "komisyonunun" → "komisyonu"; None when it is none."""
        return self.possessive(key, self.organisation_heads)

    def possessive(self, key: str, heads: frozenset[str]) -> str | None:
        """The word of a set that a word is a form of: "komisyonunun" → "komisyonu"; None when it is none."""
        if key in heads:
            return key
        if self.adjacent:
            for length in range(len(key) - 1, max(3, len(key) - 6), -1):
                if key[:length] in heads and _GLUED_CASE.fullmatch(key, length):
                    return key[:length]
        return None

    def is_plural_title(self, key: str) -> bool:
        """Whether the word is a Turkish title in the plural: "milletvekilleri", "yardımcılarıyla"."""
        match = _PLURAL.match(key) if self.adjacent else None
        if match is None:
            return False
        forms = (match["stem"], match["stem"] + "i", match["stem"] + "si")
        return any(form in self.titles.heads or form in self.titles.tails for form in forms)

    def is_common(self, key: str) -> bool:
        """Whether the word is never part of a person's name."""
        return (
            key in self.never_in_person
            or self.is_plural_title(key)
            or self.possessive(key, self.parts_of_places) is not None
        )

    def is_head(self, key: str) -> bool:
        """Whether the word names an office; German compounds too ("Außenminister")."""
        return key in self.titles.heads or (self.compound_heads != () and key.endswith(self.compound_heads))

    def is_title(self, key: str) -> bool:
        """Whether the word can stand directly before a name as its title."""
        return (
            self.is_head(key)
            or key in self.titles.tails
            or key in self.titles.plain
            or (self.is_plural_title(key) and key.endswith(("lari", "leri")))
        )

    def stems(self, key: str) -> list[str]:
        """The word and what it may be an inflected form of, where the language glues its case endings to names."""
        if self.language == "ru":
            return list(nominatives(key, self.language))
        if self.case_endings is None or key.endswith(("zadə", "zade")):  # "Səfərzadə" is in no locative
            return [key]
        shortest = max(3, len(key) - _LONGEST_ENDING)
        lengths = range(len(key) - 1, shortest - 1, -1)
        return [key, *(key[:length] for length in lengths if self.case_endings.fullmatch(key, length))]

    def surely_inflected(self, stem: str, ending: str) -> bool:
        """Whether an ending glued to a name is a case in any event: Azerbaijani "Fidanla", "Ərdoğanın"."""
        return (
            self.glues
            and len(stem) > 3
            and (
                _SURE_ENDING.fullmatch(ending) is not None
                or (stem[-1] == "n" and ending in _AFTER_N and not _LI_SURNAME.fullmatch(stem[:-1]))
                or (ending[0] == "n" and ending[1:] in _AFTER_N and _LI_SURNAME.fullmatch(stem) is not None)
            )
        )

    def is_adjective(self, key: str) -> bool:
        """Whether a capitalised Russian word is an adjective in a name of something: "Центрального банка"."""
        return (
            self.language == "ru"
            and _RUSSIAN_ADJECTIVE.fullmatch(key) is not None
            and _WOMANS_GENITIVE.fullmatch(key) is None
        )

    def is_opener(self, key: str) -> bool:
        """Whether the word, inflected or not, opens sentences and headings without being part of a name."""
        if key in self.openers:
            return True
        if not self.adjacent or key in self.titles.fields:
            return False
        lengths = range(len(key) - 1, max(3, len(key) - _LONGEST_ENDING) - 1, -1)
        return any(key[:length] in self.openers and _OPENER_CASE.fullmatch(key, length) for length in lengths)

    def is_city(self, key: str) -> bool:
        """Whether the word is a town, inflected or not."""
        return any(stem in self.cities for stem in self.stems(key))

    def names_a_place(self, key: str) -> bool:
        """Whether the word behind a name makes it a street's, a building's, an event's or a body's."""
        return self.possessive(key, self.parts_of_places) is not None

    def looks_inflected(self, key: str) -> bool:
        """Whether the first word of a sentence looks like a noun in a case and is no name the tables know."""
        known = self.is_given(key) or key in self.titles.fields or self.is_city(key) or self.is_title(key)
        return self.adjacent and not known and not self.looks_like_surname(key) and bool(_INFLECTED.fullmatch(key))

    @staticmethod
    def looks_abstract(key: str) -> bool:
        """Whether the word has an ending of abstract or plural nouns, which no surname has."""
        return _ABSTRACT.fullmatch(key) is not None

    def looks_like_surname(self, key: str) -> bool:
        """Whether the word has an ending that only surnames have: -oğlu, -ov, -yev, -zade, …"""
        return len(key) > 4 and _SURNAME.fullmatch(key) is not None and key not in self.never_in_person


def _declined(titles: frozenset[str], language: str) -> frozenset[str]:
    """Titles in all their cases, where the language declines them; those in the nominative suffice in the table."""
    found = set(titles)
    for title in titles:
        for ending, forms in _TITLE_ENDINGS.get(language, ()):
            if title.endswith(ending) and (ending or title[-1] not in "аеёиоуыэюяйь"):
                found.update(title.removesuffix(ending) + form for form in forms)
                break
    if language == "sq":
        found |= {prefix + title for title in found for prefix in ("zëvendës", "nën", "bashkë")}
    return frozenset(found)


def _by_last_word(names: list[str]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(key_of(name).split()) for name in names), key=len):
        if len(words) > 1:  # one word alone may be anything
            found.setdefault(words[-1], []).append(words)
    return found


@cache
def lexicon(language: str) -> Lexicon:
    """The tables for a language; an unknown language gets the English ones."""
    titles, bodies, common, given = (
        load_table("names", name) for name in ("titles", "organisations", "common_words", "given_names")
    )
    language = language if language in bodies["order"] else "en"
    own = titles[language]
    heads = word_set(bodies["heads"][language])
    if language != "en":
        heads |= word_set(bodies["heads"]["tr_bare"])
    openers = {"tr": "openers", "az": "openers"}.get(language, f"{language}_openers")
    heads_of_titles = _declined(word_set(own["heads"]), language)
    title_words = Titles(heads_of_titles, *(word_set(own[part]) for part in ("tails", "plain", "fields")))
    given_names = word_set(given["names"]) | (foreign_given(language) if language != "tr" else frozenset())
    blocked = word_set([bodies["places"], bodies["events"], _MONTHS_AND_DAYS])
    nouns = (word_set(common["nouns"]) | title_words.fields) - given_names
    return Lexicon(
        language=language,
        titles=title_words,
        compound_heads=tuple(head for head in title_words.heads if len(head) > 4) if language == "de" else (),
        case_endings=_CASE_ENDINGS.get(language),
        glues=language == "az",
        adjacent=language in {"tr", "az"},
        organisation_heads=heads,
        organisation_order=bodies["order"][language],
        organisation_links=word_set(bodies["links"][language]),
        needs_before={
            key_of(head): word_set(words) for head, words in bodies["needs_before"].items() if head != "about"
        },
        named_after_people=word_set(bodies["named_after_people"]),
        known_organisations=_by_last_word(bodies["known"].split("|")),
        openers=word_set(common[openers]),
        never_in_person=blocked | nouns | heads | title_words.heads | title_words.tails,
        nouns=nouns - heads,
        parts_of_places=word_set([bodies["places"], bodies["events"]]) | heads,
        cities=frozenset(key_of(city) for known in {language, "tr", "en"} for city in cities(known).values())
        | word_set(load_table("names", "turkish_places")["names"]),
        given=given_names,
        ambiguous_given=word_set(given["ambiguous"]),
        surname_first=word_set(given["surname_first"]),
        behind_da=word_set(given["behind_da"]),
    )
