"""Headlines and summaries of verified parts, in Turkish, for where a model's own words may not be shown.

A headline made of parts has no verb, since nothing but the type says what the parts have to do with each other:

- "Türkiye–Kazakistan: ortak mekanizma toplantısı (Hakan Fidan, Yermek Köşerbayev), Ankara, 2 Şubat 2026."
- "Türkiye–Mısır: Ayşe Demir ile Karim Fahmi görüşmesi, Kahire."
- "Türkiye–Kazakistan: ekonomik veri (8,95 milyar dolar), Ocak–Kasım 2025."
- "Öneri: Jamieson Greer, Ömer Bolat."
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ozetle.digests.digest import Event
from ozetle.extracting.taxonomy import Taxonomy
from ozetle.facts.folding import capitalised
from ozetle.reading import Reading
from ozetle.translating.translation import Translation
from ozetle.turkish.inflection import (
    amount_in_words,
    count_in_words,
    countries_in_words,
    country_name,
    date_in_words,
    day_in_words,
    listed,
    number_in_words,
)

_QUOTED_LENGTH = 160
_SUMMARY_EVENTS = 3
_MAX_PEOPLE = _MAX_FIGURES = 3
NOTHING = "Haberde özetlenecek bir olay bulunamadı."

_NAME_WORDS = 2
_DOCUMENTS, _ANY_DOCUMENT, _OTHER_DOCUMENT = "{documents}", "belge", "other"
# else it would seem to have happened
_SAID_BEHIND = frozenset({"postponed", "cancelled", "denied", "stated", "targeted"})
_OF_THEIR_OWN = frozenset({"target_set", "proposal_made", "official_statement"})  # types whose name says so
_BEFORE_MEASURE = {"economic_statistic": "", "target_set": "hedeflenen "}
_EXPECTED = "beklenen "
_BOUNDS = {"over": "en az", "under": "en çok", "about": "yaklaşık"}


def headline_of(event: Event, reading: Reading, taxonomy: Taxonomy, translation: Translation | None = None) -> str:
    """Return a headline: a short sentence of the evidence in Turkish, else one made of the event's verified parts.

    Args:
        event: the event.
        reading: the article it is of.
        taxonomy: the labels of the event types and of the kinds of documents.
        translation: the article in Turkish, if it is not; only its sound sentences are used.
    """
    for piece in event.evidence:
        quote = piece.quote if reading.language.code == "tr" else None
        if translation is not None:
            quote = translation.sound(piece.sentence)
        if quote and len(quote) <= _QUOTED_LENGTH and quote.count('"') % 2 == 0:
            return quote if quote.endswith((".", "!", "?", "…")) else f"{quote.rstrip(' ,;:')}."
    return f"{capitalised(_made_of_parts(event, reading, taxonomy))}."


def _made_of_parts(event: Event, reading: Reading, taxonomy: Taxonomy) -> str:
    people, countries = _people(event), countries_in_words(event.countries)
    noun, names_people = _noun(event, people, taxonomy)
    measured = _measured(event, reading)
    amounts = "" if measured else ", ".join(_amounts(event, reading))
    details = "; ".join(filter(None, ("" if names_people else _named(people), amounts)))
    around = ", ".join(filter(None, (_place(event, reading), _date(event, reading))))
    if not (countries or details or names_people or measured or around):
        published = reading.article.published
        return f"{noun} ({day_in_words(published)} tarihli haber)" if published else noun
    if measured:
        noun = measured
    if not countries and not measured:
        said = f"{noun}: {details}" if details else noun
    else:
        said = ": ".join(filter(None, (countries, noun))) + (f" ({details})" if details else "")
    return f"{said}, {around}" if around else said


def _noun(event: Event, people: Sequence[str], taxonomy: Taxonomy) -> tuple[str, bool]:
    """What an event of its type is called, and whether that has its people."""
    kind = taxonomy.event_type(event.type)
    names_people = kind is not None and kind.between_two is not None and len(people) == 2
    if kind is not None and names_people:
        noun = f"{people[0]} ile {people[1]} {kind.between_two}"
    else:
        noun = (kind and (kind.nouns.get(event.status) or kind.noun)) or taxonomy.label("types", event.type)
        noun = noun.replace(_DOCUMENTS, _documents(event, taxonomy))
    if event.status in _SAID_BEHIND and event.type not in _OF_THEIR_OWN:
        noun = f"{noun} ({taxonomy.label('statuses', event.status)})"
    return noun, names_people


def _documents(event: Event, taxonomy: Taxonomy) -> str:
    """The kinds of an event's documents: "protokol ve plan"."""
    kinds = dict.fromkeys(part.kind for part in event.instruments if part.kind != _OTHER_DOCUMENT)
    return listed([taxonomy.label("instrument_kinds", kind) for kind in kinds]) or _ANY_DOCUMENT


def _measured(event: Event, reading: Reading) -> str:
    """The figures of a statistic or target with what they measure, if that is known of all of them; else nothing."""
    if event.type not in _BEFORE_MEASURE or not all(figure.measure for figure in event.figures):
        return ""
    figures = ", ".join(_amounts(event, reading))
    before = _EXPECTED if event.status == "expected" else _BEFORE_MEASURE[event.type]
    return figures and f"{before}{figures}"


def _amounts(event: Event, reading: Reading) -> Iterator[str]:
    """The first figures in words, each with what it measures if that is known; a bare number says nothing."""
    read = {(figure.start, figure.end): figure for figure in reading.figures}
    said: dict[str, None] = {}
    for figure in event.figures:
        known = read.get((figure.start, figure.end))
        words = amount_in_words(figure)
        if figure.unit == "count":
            words = count_in_words(figure, known.counted if known else None, reading.language.code)
            words = words or (number_in_words(figure.value) if figure.measure and figure.upper is None else "")
        if words:
            bound = _BOUNDS[known.bound] if known and known.bound else ""
            said[" ".join(filter(None, (figure.measure, bound, words)))] = None
    yield from list(said)[:_MAX_FIGURES]


def _people(event: Event) -> list[str]:
    names = (part.in_turkish for part in event.participants if part.kind == "person")
    return list(dict.fromkeys(names))


def _named(people: Sequence[str]) -> str:
    return ", ".join(people[:_MAX_PEOPLE]) + (" ve diğerleri" if len(people) > _MAX_PEOPLE else "")


def _place(event: Event, reading: Reading) -> str:
    """The place, unless it is one of the countries; of a foreign article only what is a name, not a description."""
    if event.place is None:
        return ""
    name = event.place.in_turkish
    words = name.split()
    foreign = reading.language.code != "tr"
    if foreign and (len(words) > _NAME_WORDS or not all(word[0].isupper() for word in words)):
        return ""
    return "" if name in {country_name(code) for code in event.countries} else name


def _date(event: Event, reading: Reading) -> str:
    """The date, if it is the article's; the year in which it was published says nothing of what it reports."""
    when, published = event.date, reading.article.published
    if when is None or when.basis == "publication":
        return ""
    same_year = published and when.precision == "year" and when.first and when.first.year == published.year
    return "" if same_year and event.type not in _BEFORE_MEASURE else date_in_words(when)


def summary_of(events: Sequence[Event], reading: Reading, taxonomy: Taxonomy) -> str:
    """Return a summary made of the headlines of the first events; statements give way to other events."""
    ranked = sorted(events, key=lambda event: event.type in ("official_statement", "other"))[:_SUMMARY_EVENTS]
    chosen = [event for event in events if event in ranked]
    headlines = dict.fromkeys(event.headline for event in chosen)
    return " ".join(headlines) or NOTHING
