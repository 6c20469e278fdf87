"""What stands in some sentences of an article, as the reading has it: for strategies that do not ask for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from ozetle.articles import Sentence
from ozetle.extracting.taxonomy import EventType, Taxonomy
from ozetle.facts import DateMention, Figure, NameMention
from ozetle.facts.folding import fold_text
from ozetle.reading import Reading, within

# a proper noun with a locative suffix behind an apostrophe: Bişkek'te, Nahçıvan’daki
_LOCATIVE = re.compile(r"([^\W\d_a-zçğıöşü][^\W\d_]+)['’](?:de|da|te|ta)(?:ki)?\b")
# a place that someone goes to: Washington'a gidecek, Ankara'ya geldi
_DATIVE = re.compile(r"([^\W\d_a-zçğıöşü][^\W\d_]+)['’]y?[ae]\b(?=[^.]{0,40}?\b(?:gi[dt]|gel|ziyaret|ulaş|var))")
_MAX_PEOPLE = 8  # whose countries are looked for: each time all names of the article are gone through
_KNOWN = json.loads(Path(__file__).with_name("evidence.json").read_text(encoding="utf-8"))
_MECHANISMS = tuple(" ".join(_KNOWN["mechanisms"].values()).split())
_ANY_ROLE = "attendee"
_OTHER_SIDE = {"issuer": "addressee", "visitor": "counterpart"}
_HOME = "TR"
_CITIES: dict[str, str] = {city: code for code, cities in _KNOWN["cities"].items() for city in cities.split()}
_TURKISH_CITIES = frozenset(city for city, code in _CITIES.items() if code == _HOME)
_OFFICE = r"(?:cumhurbaşkanı|bakanı?)(?: yardımcısı)?"
_STATE_OFFICE = re.compile(rf"(?:.*\s)?{_OFFICE}", re.DOTALL)
_MINISTRY = "|".join(_KNOWN["ministries"].split())
_HOME_OFFICE = re.compile(rf"(?:t\.?c\.?\s)?(?:(?:{_MINISTRY}|ve),?\s)*{_OFFICE}")
# they live abroad: where they are says nothing of who visits whom
_DIPLOMAT = re.compile(r"\b(?:büyük)?elçi|konsolos|maslahatgüzar|\bataşe|müşavir")
# "Kazakistan Cumhurbaşkanı Tokayev ve Dışişleri Bakanı Köşerbayev": the first one's country is the second's too
_COORDINATED = re.compile(r"(?:['’]\w+)?[\s,;]*(?:\b(?:ve|ile|ayrıca)\b)?\s*")
# directly before a title: "Tataristan", where a sentence begins with it
_CAPITALISED = re.compile(r"\b[^\W\d_a-zçğıöşü]\w*[ \u00a0]+$")
_LONGEST_WORD = 40
_OF_A_VISIT = frozenset(("host", "visitor", "counterpart"))


class Mentions:
    """The facts and names read from some sentences, each in the order of the text; looked for when asked for."""

    def __init__(self, reading: Reading, sentences: Sequence[Sentence]) -> None:
        self._reading = reading
        self._spans = sorted((sentence.start, sentence.end) for sentence in sentences)

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures, each once."""
        return _once(within(self._reading.figures, self._spans))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """The dates as read."""
        return within(self._reading.dates, self._spans)

    @cached_property
    def countries(self) -> list[str]:
        """The codes of the countries, each once.

        Türkiye takes part too where its minister, whose title need not name it, is told of beside someone of another
        country; as far as the article names it anywhere.
        """
        mentions = within(self._reading.countries, self._spans)
        codes = [mention.code for mention in mentions if mention.kind == "country"]
        people = self.participants[:_MAX_PEOPLE]
        taking_part = {_country_of(self._reading, mention) for mention in people} - {None}
        named = any(mention.code == _HOME for mention in self._reading.countries)
        return list(dict.fromkeys([*codes, _HOME] if named and taking_part > {_HOME} else codes))

    @cached_property
    def participants(self) -> list[NameMention]:
        """One mention for each person and organisation, people first; a surname stands for the full name.

        The short name of a standing body ("Çalışma Grubu") is left out beside its full one.
        """
        found: dict[str, NameMention] = {}
        for mention in within(self._reading.names, self._spans):
            if mention.kind != "unknown":
                found.setdefault(fold_text(mention.name), self._reading.fullest_mentions.get(mention.name, mention))
        for name in [name for name in found if is_mechanism(name) and any(full.endswith(f" {name}") for full in found)]:
            del found[name]
        return sorted(found.values(), key=lambda mention: mention.kind != "person")


def figure_key(reading: Reading, sentences: Sequence[Sentence]) -> frozenset[tuple[Decimal, str]]:
    """Return what the sentences' figures are, for telling whether two report the same ones."""
    return frozenset(map(_identity, Mentions(reading, sentences).figures))


def _identity(figure: Figure) -> tuple[Decimal, str]:
    return figure.value, figure.currency or figure.unit


def _once(figures: Sequence[Figure]) -> list[Figure]:
    """Drop figures that were mentioned before."""
    return list({_identity(figure): figure for figure in reversed(figures)}.values())[::-1]


def place(reading: Reading, sentences: Sequence[Sentence]) -> str | None:
    """Return where a Turkish sentence says that something happens.

    The first proper noun in the locative, or in the dative before a verb of going, that is no name or date.
    """
    if reading.language.code != "tr":
        return None
    for pattern in (_LOCATIVE, _DATIVE):
        for sentence in sentences:
            for found in _places(reading, sentence, pattern):
                return found[1]
    return None


def _places(reading: Reading, sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for found in pattern.finditer(reading.article.text, sentence.start, sentence.end):
        named = any(name.start <= found.start(1) < name.end for name in reading.names)
        dated = any(date.start <= found.start(1) < date.end for date in reading.dates)
        if not named and not dated:
            yield found


def roles(
    reading: Reading,
    participants: Sequence[NameMention],
    sentences: Sequence[Sentence],
    type_: EventType,
    taxonomy: Taxonomy,
) -> list[str]:
    """Return the role of each participant: what a cue in its sentence shows, else the type's usual one.

    Of several people in an exchange (issuer and addressee, host and visitor) the first named acts, the others receive;
    but nobody visits the own country. Where people of the place's country and of another are told, these are visitors,
    and those hosts if one of them is named first or a cue shows it, else counterparts. Whom only sentences about
    companions name ("eşlik edecek", "hazır bulundu") attends.
    """
    sides = _sides(reading, participants, sentences) if _OF_A_VISIT.issubset(type_.roles) else {}
    language = reading.language.code
    allowed = type_.roles or (_ANY_ROLE, *taxonomy.ids("roles"))
    found: list[str] = []
    people = 0
    for mention in participants:
        told = [sentence.text for sentence in sentences if _names(reading, mention, sentence)]
        cues = [[role for role in taxonomy.shown_roles(text, language) if role in allowed] for text in told]
        shown = [role for roles in cues for role in roles]
        if mention.kind == "organisation":
            mechanism = "mechanism" in allowed and is_mechanism(mention.name)
            found.append("mechanism" if mechanism else _usual(allowed, ("attendee", "party")) if shown else allowed[0])
            continue
        people += 1
        if "co_chair" in shown:
            found.append("co_chair")
        elif "chair" in shown:
            found.append("chair" if people == 1 else allowed[0])
        elif people > 1 and all(_ANY_ROLE in roles for roles in cues):
            found.append(_ANY_ROLE)
        elif sides:
            at_home = sides.get(mention.name)
            hosting = next(iter(sides.values())) or "host" in shown
            found.append("visitor" if at_home is False else "host" if at_home and hosting else "counterpart")
        elif "host" in shown:
            found.append("host" if people == 1 else _usual(allowed, ("visitor", "attendee")))
        else:
            exchange = _OTHER_SIDE.get(allowed[0], "")
            found.append(allowed[0] if people == 1 or exchange not in allowed else exchange)
    return found


def _sides(reading: Reading, participants: Sequence[NameMention], sentences: Sequence[Sentence]) -> dict[str, bool]:
    """Return whether each person whose country is known is at home; empty unless some are and some are not."""
    country = _country_of_place(reading, sentences) if reading.language.code == "tr" else None
    of_people = {mention.name: _country_of(reading, mention) for mention in participants if mention.kind == "person"}
    at_home = {name: code == country for name, code in of_people.items() if code}
    return at_home if country and len(set(at_home.values())) > 1 else {}


def _country_of_place(reading: Reading, sentences: Sequence[Sentence]) -> str | None:
    """Return the country of the places in the first sentence that names any; None if unknown or of several."""
    for sentence in sentences:
        places = [found for pattern in (_LOCATIVE, _DATIVE) for found in _places(reading, sentence, pattern)]
        codes = {_country_at(reading, found.start(1)) or _CITIES.get(found[1]) for found in places}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    return None


def _country_at(reading: Reading, position: int) -> str | None:
    at = [mention.code for mention in reading.countries if mention.start <= position < mention.end]
    return at[0] if at else None


def _country_of(reading: Reading, mention: NameMention) -> str | None:
    """Return the country of a person by the title beside the name, or None where that does not tell it.

    A Turkish article leaves it out of the titles of its own state alone; one that has it there too is, like one that
    nowhere names Türkiye, perhaps a translation.
    """
    if mention.kind != "person" or mention.title is None or mention.title_start is None or mention.title_end is None:
        return None
    title = fold_text(mention.title)
    if _DIPLOMAT.search(title):
        return None
    named = within(reading.countries, [(mention.title_start, mention.title_end)])
    codes = {country.code for country in named} | {_CITIES[word] for word in mention.title.split() if word in _CITIES}
    if codes:
        return codes.pop() if len(codes) == 1 and all(country.kind == "country" for country in named) else None
    own = _HOME_OFFICE.fullmatch(title) and _stands_alone(reading, mention) and _is_turkish(reading)
    return _HOME if own else None


def _is_turkish(reading: Reading) -> bool:
    """Whether an article is certainly Türkiye's own, not one of another country's translated."""
    if reading.language.code != "tr":
        return False
    for mention in reading.names:
        office = mention.title_start is not None and _STATE_OFFICE.fullmatch(fold_text(mention.title or ""))
        if office and _country_at(reading, mention.title_start or 0) == _HOME:
            return False
    named = any(mention.code == _HOME for mention in reading.countries)
    return named or not _TURKISH_CITIES.isdisjoint(reading.name_words)


def _stands_alone(reading: Reading, mention: NameMention) -> bool:
    """Whether nothing before a title may belong to it: a region, or another title whose country the two share."""
    start = mention.title_start or 0
    if _CAPITALISED.search(reading.article.text, max(0, start - _LONGEST_WORD), start):
        return False
    before = [name for name in reading.names if name.end <= start]
    between = reading.article.text[before[-1].end : start] if before else ""
    return not before or before[-1].kind != "person" or not _COORDINATED.fullmatch(between)


def is_mechanism(name: str) -> bool:
    """Return whether an organisation's name is that of a standing joint body."""
    folded = fold_text(name)
    return any(f" {word}" in f" {folded}" for word in _MECHANISMS)


def _names(reading: Reading, mention: NameMention, sentence: Sentence) -> bool:
    return any(name.name == mention.name and sentence.start <= name.start < sentence.end for name in reading.names)


def _usual(allowed: Sequence[str], wanted: Sequence[str]) -> str:
    return next((role for role in wanted if role in allowed), allowed[0])
