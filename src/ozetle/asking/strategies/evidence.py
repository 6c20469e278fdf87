"""What stands in some sentences of an article, as the reading has it: for strategies that do not ask for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from ozetle.articles import Sentence
from ozetle.asking.draft import DraftEvent
from ozetle.asking.strategies.turkish_verbs import ends_in_past
from ozetle.asking.taxonomy import EventType, Taxonomy
from ozetle.facts import DateMention, Figure, NameMention
from ozetle.facts.folding import fold_text
from ozetle.reading import PUBLICATION_ID, Reading, within

# a proper noun with a locative suffix behind an apostrophe: Bişkek'te, Nahçıvan’daki
_LOCATIVE = re.compile(r"([^\W\d_a-zçğıöşü][^\W\d_]+)['’](?:de|da|te|ta)(?:ki)?\b")
# a place that someone goes to: Washington'a gidecek, Ankara'ya geldi
_DATIVE = re.compile(r"([^\W\d_a-zçğıöşü][^\W\d_]+)['’]y?[ae]\b(?=[^.]{0,40}?\b(?:gi[dt]|gel|ziyaret|ulaş|var))")
_COMPARED = re.compile(r"\W+(?:\w+\W+){0,2}?(?:göre|kıyasla|nazaran)\b")

_MOST_CARRIED = 2  # sentences
_STATISTIC = "economic_statistic"
_MECHANISMS = tuple(
    word
    for words in (
        "komisyon konsey kurul komite grub komision këshill grup komitet commission council committee komissiya şura",
        "комисси совет комитет kommission ausschuss arbeitsgruppe",
    )
    for word in words.split()
)


_ANY_ROLE = "attendee"
_OTHER_SIDE = {"issuer": "addressee", "visitor": "counterpart"}


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
        """The codes of the countries, each once."""
        mentions = within(self._reading.countries, self._spans)
        return list(dict.fromkeys(mention.code for mention in mentions if mention.kind == "country"))

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


def date_id(reading: Reading, sentences: Sequence[Sentence], status: str) -> str | None:
    """Return the id of the date on which an event happens.

    The first resolved date of its sentences that is not just compared with ("geçen yılın aynı dönemine göre"); without
    one the publication date for what has just happened or was just said, and nothing for plans and aims.
    """
    for mention in Mentions(reading, sentences).dates:
        compared = _COMPARED.match(reading.article.text, mention.end)
        if mention.basis != "unresolved" and not compared and _fits(mention, status, reading.article.published):
            return reading.date_id(mention)
    return PUBLICATION_ID if reading.article.published and status in ("occurred", "stated") else None


def carried_date_id(
    reading: Reading, sentences: Sequence[Sentence], status: str, type_: str, earlier: Sequence[DraftEvent]
) -> str | None:
    """Return the id of a date that an event without one takes over from an event told just before it, or None.

    A plan told after a dated plan belongs to the same time ("Görüşmede … ele alınacak"); a Turkish statistic in the
    past tense after one of a period is of that period ("46 il ihracatını artırdı").
    """
    own = date_id(reading, sentences, status)
    before = earlier[-1] if earlier else None
    if own not in (None, PUBLICATION_ID) or before is None or before.status != status or not before.date:
        return None
    mention = reading.date(before.date)
    gap = (sentences[0].number or 0) - max(before.sentences, default=0)
    if mention is None or gap > _MOST_CARRIED:
        return None
    if status == "planned":
        return before.date
    of_period = type_ == before.type == _STATISTIC and mention.precision in ("month", "range", "year")
    past = reading.language.code.startswith("tr") and ends_in_past(sentences[-1].text)
    return before.date if of_period and past else None


def _fits(mention: DateMention, status: str, published: date | None) -> bool:
    """Whether an event of a status can be then: what has occurred is not wholly to come, what is planned not past."""
    if status == "stated" and mention.precision != "day":
        return False  # a period is what is spoken of, not when
    if published is None:
        return True
    if status == "occurred":
        if mention.first is None or mention.last is None:
            return True
        ahead = mention.first.year < mention.last.year and mention.last > published  # a plan's years
        return mention.first <= published and not ahead
    if status == "planned":
        return mention.last is None or mention.last >= published
    return True


def place(reading: Reading, sentences: Sequence[Sentence]) -> str | None:
    """Return where a Turkish sentence says that something happens.

    The first proper noun in the locative, or in the dative before a verb of going, that is no name or date.
    """
    if not reading.language.code.startswith("tr"):
        return None
    for pattern in (_LOCATIVE, _DATIVE):
        for sentence in sentences:
            for found in pattern.finditer(reading.article.text, sentence.start, sentence.end):
                named = any(name.start <= found.start(1) < name.end for name in reading.names)
                dated = any(date.start <= found.start(1) < date.end for date in reading.dates)
                if not named and not dated:
                    return found[1]
    return None


def roles(
    reading: Reading,
    participants: Sequence[NameMention],
    sentences: Sequence[Sentence],
    type_: EventType,
    taxonomy: Taxonomy,
) -> list[str]:
    """Return the role of each participant: what a cue in its sentence shows, else the type's usual one.

    Of several people in an exchange (issuer and addressee, host and visitor) the first named acts, the others receive.
    """
    language = reading.language.code.partition("-")[0]
    allowed = type_.roles or (_ANY_ROLE, *taxonomy.ids("roles"))
    found: list[str] = []
    people = 0
    for mention in participants:
        told = [sentence.text for sentence in sentences if _names(reading, mention, sentence)]
        shown = [role for text in told for role in taxonomy.shown_roles(text, language) if role in allowed]
        if mention.kind == "organisation":
            mechanism = "mechanism" in allowed and is_mechanism(mention.name)
            found.append("mechanism" if mechanism else _usual(allowed, ("attendee", "party")) if shown else allowed[0])
            continue
        people += 1
        if "co_chair" in shown:
            found.append("co_chair")
        elif "chair" in shown:
            found.append("chair" if people == 1 else allowed[0])
        elif "host" in shown:
            found.append("host" if people == 1 else _usual(allowed, ("visitor", "attendee")))
        else:
            exchange = _OTHER_SIDE.get(allowed[0], "")
            found.append(allowed[0] if people == 1 or exchange not in allowed else exchange)
    return found


def is_mechanism(name: str) -> bool:
    """Return whether an organisation's name is that of a standing joint body."""
    folded = fold_text(name)
    return any(f" {word}" in f" {folded}" for word in _MECHANISMS)


def _names(reading: Reading, mention: NameMention, sentence: Sentence) -> bool:
    return any(name.name == mention.name and sentence.start <= name.start < sentence.end for name in reading.names)


def _usual(allowed: Sequence[str], wanted: Sequence[str]) -> str:
    return next((role for role in wanted if role in allowed), allowed[0])
