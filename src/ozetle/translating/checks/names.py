"""Whether a translation names the countries and people of its source, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ozetle.facts import CountryMention, NameMention
from ozetle.facts.cldr import country_names
from ozetle.facts.countries.reader import known_languages
from ozetle.facts.name_forms.cases import nominatives
from ozetle.facts.name_forms.matching import names_agree
from ozetle.facts.name_forms.table import name_key, places
from ozetle.facts.tables import key_of
from ozetle.reasons import FlagCode
from ozetle.translating.checks.lexicon import meanings
from ozetle.translating.checks.reading import SentenceReading
from ozetle.translating.flag import Flag, flag

# "Bundeskanzler" may become "Almanya Başbakanı"
_HOME = {
    "sq": ("AL", "XK"), "az": ("AZ",), "en": ("GB", "US"), "ru": ("RU",), "de": ("DE", "AT", "CH"), "fr": ("FR",),
    "uk": ("UA",), "kk": ("KZ",), "ky": ("KG",), "uz": ("UZ",), "tk": ("TM",), "bg": ("BG",), "el": ("GR",),
    "ro": ("RO",),
}  # fmt: skip
_NOUNS_IN_CAPITALS = frozenset({"de", "lb"})
_SHORTEST_CITY = 4
_FEWEST_FOR_ANOTHER = 4  # consonants of names that may differ in one


def country_problems(source: SentenceReading, text: SentenceReading, article: ArticleNames) -> Iterator[Flag]:
    """A country of the source that the translation does not name, or has another one for."""
    theirs = text.places
    ours = source.places
    lost = [one for one in source.countries if one.code not in theirs and not _has_country(text, one)]
    new = [country for country in text.countries if country.code not in ours]
    known = source.language in known_languages()
    for country in lost:
        if known and not country.adjective and not country.text.split()[-1].islower():
            yield flag(FlagCode.NAME_MISSING, source=country.text)
            return
    for country in new:
        if known and not country.adjective and not article.may_name(country, text, source):
            yield flag(FlagCode.NAME_ADDED, translation=country.text)
            return
    if lost and new:
        yield flag(FlagCode.NAME_COUNTRY, source=lost[0].text, translation=new[0].text)


def _named(name: str, language: str, text: str) -> bool:
    """Whether a text has a name; a title that the reader took for a part of the name may be missing."""
    _, _, rest = name.partition(" ")
    return names_agree(name, language, text) or (" " in rest and names_agree(rest, language, text))


def _whole(text: str, mention: NameMention) -> str:
    """A name up to the end of its last word: the end of "Məmmədzadə" may have been taken for a suffix."""
    end = mention.end
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[mention.start : end]


def name_problems(source: SentenceReading, text: SentenceReading, article: ArticleNames) -> Iterator[Flag]:
    """A person of the source whom the translation does not name, or one whom the article does not name."""
    for mention in source.names:
        if mention.kind == "person" and not any(
            _named(name, source.language, text.text) for name in (mention.text, _whole(source.text, mention))
        ):
            yield flag(FlagCode.NAME_MISSING, source=mention.text)
            return
    strange = [word for word in _inner_capitals(text) if not article.has_name(word, text, source)]
    if not strange and source.language != "ar":  # where every word may be a name, single ones agree too easily
        return
    for mention in text.names:
        words = SentenceReading(mention.text, "tr", None, source.language).words
        if mention.kind == "unknown":
            known = any(meanings(word.plain, "tr") or article.has_name(word.text, text, source) for word in words)
        else:
            known = mention.kind == "organisation" or article.has_name(mention.text, text, source)
        if not known:
            yield flag(FlagCode.NAME_ADDED, translation=mention.text)
            return
    if strange and source.language not in _NOUNS_IN_CAPITALS:
        for mention in source.names:
            if mention.kind == "unknown" and not any(
                names_agree(word, source.language, text.text) for word in mention.text.split()
            ):
                yield flag(FlagCode.NAME_CHANGED, source=mention.text, translation=strange[0])
                return


def city_problems(source: SentenceReading, text: SentenceReading) -> Iterator[Flag]:
    """A city of the source that the translation does not name, neither as it is nor by its Turkish name."""
    known = places(source.language)
    for word in source.words if source.language != "ar" else ():
        if not word.capital or len(word.text) < _SHORTEST_CITY:
            continue
        forms = [key for form in nominatives(name_key(word.text), source.language) if (key := name_key(form)) in known]
        if forms and not names_agree(word.text, source.language, text.text):
            yield flag(FlagCode.NAME_MISSING, source=word.text)
            return


def _has_country(text: SentenceReading, country: CountryMention) -> bool:
    """Whether a Turkish text has a country's name where the reader doubts it: in another name, or "Katar", a word."""
    name = country_names("tr").get(country.code, country.text)
    written = key_of(text.text)
    return key_of(name.split(" (")[0]) in written or key_of(country.text) in written


def _inner_capitals(text: SentenceReading) -> list[str]:
    """Capitalised words of a translation that do not open it, belong to no date, and mean nothing else."""
    return [
        word.text
        for word in text.words[1:]
        if word.capital
        and len(word.text) > 2
        and not meanings(word.plain, "tr")
        and not any(date.start <= word.start < date.end for date in text.dates)
    ]


class ArticleNames:
    """The names of an article by their sound; a translation may say a surname where its own source says "he"."""

    def __init__(self, sources: Sequence[SentenceReading]) -> None:
        self._sources = sources

    def may_name(self, country: CountryMention, text: SentenceReading, source: SentenceReading) -> bool:
        """Whether a translation may name a country that is not read from its source: one that the article is about."""
        at_home = country.code in _HOME.get(source.language, ())
        near = any(country.code in other.places for other in self._sources)
        return at_home or near or source.language == "ar" or self.has_name(country.text, text, source)

    def has_name(self, name: str, text: SentenceReading, source: SentenceReading) -> bool:
        """Whether a name of a translation sounds like words of its source, or of another sentence of the article."""
        words = SentenceReading(name, "tr", None, source.language).words
        sounds = [sound for word in words if len(word.plain) > 2 and len(sound := text.skeleton(word)) > 1]
        if not sounds or _stands_in(sounds, source):
            return True
        agree = (m.kind != "organisation" and names_agree(m.text, source.language, name) for m in source.names)
        return any(agree) or any(_stands_in(sounds, other) for other in self._sources)


def _stands_in(sounds: list[str], sentence: SentenceReading) -> bool:
    """Whether words that sound like a name's stand in a sentence near one another, in order."""
    words = sentence.candidates
    for place, forms in enumerate(words):
        if any(_sound_alike(sounds[0], form) for form in forms):
            rest = words[place + 1 : place + 2 * len(sounds)]
            if all(any(_sound_alike(sound, form) for forms in rest for form in forms) for sound in sounds[1:]):
                return True
    return False


def _sound_alike(one: str, other: str) -> bool:
    """Whether two skeletons are the same but for an ending and, in longer ones, one consonant."""
    if one[:1] != other[:1]:
        return False
    if other.startswith(one) or (one.startswith(other) and len(other) > 2):
        return True
    if min(len(one), len(other)) < _FEWEST_FOR_ANOTHER:
        return False
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    rest, theirs = one[common:], other[common:]
    # one consonant more, less or other, with the same ones behind it
    return any(theirs[after:].startswith(rest[before:]) for before, after in ((1, 1), (0, 1), (1, 0)))
