"""A bulletin: the digests of a day or a week for a reader in a hurry, by countries, each line with its source.

Sections, each only where it has something: the pairs with Türkiye, Türkiye alone, events of three countries and more,
other pairs, other single countries, and what names no country; inside these by the Turkish alphabet. An event that
names fewer than two countries belongs to the pair its article is about, if the other events of the article name just
one that fits; an event that names none to the only country they name.

In a section: what happened, what was signed, the figures, what was said and aimed at, and what is coming, by its date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ozetle.facts.folding import capitalised
from ozetle.turkish import inflection as turkish_forms
from ozetle.turkish.collation import turkish_key
from ozetle.views import phrases

if TYPE_CHECKING:
    from ozetle.digests.digest import ArticleInfo, Digest, Event, EventFigure
    from ozetle.digests.own_fields import OwnValue
    from ozetle.facts import Figure

_HOME = "TR"
_HAPPENED, _SIGNED, _FIGURES, _SAID, _STOPPED, _COMING = range(6)
_GROUPS = (
    "Neler oldu",
    "İmzalananlar",
    "Rakamlar",
    "Açıklamalar, hedefler ve öngörüler",
    "Ertelenen, iptal edilen ve gerçekleşmeyenler",
    "Beklenenler",
)
_MULTILATERAL, _NOWHERE = "Çok taraflı", "Ülkesi belirtilmeyenler"
_UNDATED = "tarihi belli değil"
_LAST = date.max
_ROOM = 60

Countries = frozenset[str]
_Key = tuple[tuple[int, ...], str]
_Amount = tuple[Decimal, str]


@dataclass(frozen=True, slots=True)
class BulletinLine:
    """An event.

    Attributes:
        lead: when it is, of what is coming; which countries it concerns, of three and more that the headline does not
            name; else empty.
        text: its headline; without the countries and the date that stand beside it, if it is made of such parts.
        beside: figures that the headline does not have, and own fields with what they are called, in Turkish.
        article: its source.
        name: what the source is called; empty if it has no title and would be called by this very line.
    """

    lead: str
    text: str
    beside: tuple[str, ...]
    article: ArticleInfo
    name: str


@dataclass(frozen=True, slots=True)
class BulletinGroup:
    """Events of one section that belong together."""

    title: str
    lines: tuple[BulletinLine, ...]


@dataclass(frozen=True, slots=True)
class BulletinSection:
    """What concerns the same countries."""

    title: str
    groups: tuple[BulletinGroup, ...]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin; none of its texts is escaped.

    Attributes:
        title: "Bülten: 9–15 Şubat 2026".
        sections: in the order they are read.
        articles: how many it is made of.
        left_out: how many were published on other days, or nobody knows when.
    """

    title: str
    sections: tuple[BulletinSection, ...]
    articles: int
    left_out: int


class _Item(NamedTuple):
    countries: Countries
    group: int
    order: tuple[date, date, str, int]
    line: BulletinLine


def bulletin_of(digests: Iterable[Digest], first: date | None = None, last: date | None = None) -> Bulletin:
    """Return the bulletin of some digests.

    Args:
        digests: in any order.
        first, last: days of publication, inclusive; None is without bound. With a bound, articles without a day of
            publication are left out.
    """
    items: list[_Item] = []
    days: list[date] = []
    taken = left_out = 0
    for digest in digests:
        published = digest.article.published
        if (first or last) and not (published and (first or date.min) <= published <= (last or date.max)):
            left_out += 1
            continue
        taken += 1
        if published:
            days.append(published)
        items.extend(_items(digest))
    begin, end = first or min(days, default=None), last or max(days, default=None)
    title = f"Bülten: {phrases.period(begin, end)}" if begin and end and begin <= end else "Bülten"
    return Bulletin(title, _sections(items), taken, left_out)


def _sections(items: Iterable[_Item]) -> tuple[BulletinSection, ...]:
    inside: dict[Countries, list[_Item]] = {}
    for item in items:
        inside.setdefault(item.countries, []).append(item)
    sections: dict[tuple[int, _Key, str], list[_Item]] = {}
    for countries, found in inside.items():
        sections.setdefault(_section_key(countries), []).extend(found)
    return tuple(
        BulletinSection(key[-1], _groups(found)) for key, found in sorted(sections.items(), key=lambda pair: pair[0])
    )


def _groups(items: Iterable[_Item]) -> tuple[BulletinGroup, ...]:
    lines: dict[int, dict[BulletinLine, None]] = {}  # an article that is there twice is told once
    for item in sorted(items, key=lambda item: (item.group, item.order)):
        lines.setdefault(item.group, {})[item.line] = None
    return tuple(BulletinGroup(_GROUPS[number], tuple(found)) for number, found in lines.items())


def _section_key(countries: Countries) -> tuple[int, _Key, str]:
    """What orders the sections, and at its end the title."""
    title = " – ".join(_names(countries))
    if len(countries) > 2:
        rank, title = 2, _MULTILATERAL
    elif len(countries) == 2:
        rank = 0 if _HOME in countries else 3
    elif countries:
        rank = 1 if _HOME in countries else 4
    else:
        rank, title = 5, _NOWHERE
    return rank, turkish_key(title), title


def _names(countries: Countries) -> list[str]:
    """Türkiye first, then by the alphabet."""
    names = sorted((phrases.country(code) for code in countries - {_HOME}), key=turkish_key)
    return [phrases.country(_HOME), *names] if _HOME in countries else names


def _items(digest: Digest) -> Iterator[_Item]:
    article = digest.article
    named = [frozenset(event.countries) for event in digest.events]
    for number, event in enumerate(digest.events):
        group, countries = _group(event), _concerned(named[number], named)
        first = last = article.published or _LAST
        leads = []
        if group == _COMING:
            leads.append((phrases.moment(event.date) if event.date else "") or _UNDATED)
            known = [day for day in (event.date.first, event.date.last) if day] if event.date else []
            first, last = min(known, default=_LAST), max(known, default=_LAST)
        if len(countries) > 2 and not all(name in event.headline for name in _names(countries)):
            leads.append(", ".join(_names(countries)))
        beside = dict.fromkeys([*_figures(event, digest), *_own(event, digest)])
        name = phrases.article_name(digest) if article.title or number else ""
        line = BulletinLine(
            "; ".join(leads), _text(event, countries, leads), tuple(filter(None, beside)), article, name
        )
        yield _Item(countries, group, (first, last, article.id, number), line)


def _text(event: Event, countries: Countries, leads: Sequence[str]) -> str:
    """The headline; one that is made of parts without those that its section or its lead already says."""
    text = event.headline
    if any(text.rstrip(".") in piece.quote for piece in event.evidence):
        return text
    if len(countries) <= 2 and countries == frozenset(event.countries):
        text = text.removeprefix(f"{turkish_forms.countries_in_words(event.countries)}: ")
    for lead in leads:
        shorter = text.removesuffix(f", {lead}.")
        text = text if shorter == text else f"{shorter}."
    return text if text == event.headline else capitalised(text)


def _group(event: Event) -> int:
    if event.status == "planned":
        return _COMING
    if event.status in ("postponed", "cancelled", "denied"):
        return _STOPPED
    if event.status in ("stated", "targeted", "expected"):
        return _SAID
    return {"agreement_signed": _SIGNED, "economic_statistic": _FIGURES}.get(event.type, _HAPPENED)


def _concerned(countries: Countries, named: Sequence[Countries]) -> Countries:
    """The countries of an event, or what its article, whose events name these, lets stand for them."""
    if len(countries) < 2:
        pairs = {others for others in named if len(others) == 2 and countries < others}
        if len(pairs) == 1:
            return pairs.pop()
    if not countries:
        single = {others for others in named if len(others) == 1}
        if len(single) == 1:
            return single.pop()
    return countries


def _figures(event: Event, digest: Digest) -> Iterator[str]:
    """The figures that the headline does not have."""
    for figure in event.figures:
        if figure.text not in event.headline and not _is_told(figure, event.headline):
            yield _figure(figure, digest)


def _is_told(figure: EventFigure, headline: str) -> bool:
    """Whether a headline has a figure, by value: it may have it in other words than the article."""
    return _amounts(figure) <= _told(headline)


@lru_cache(maxsize=8)
def _told(headline: str) -> frozenset[_Amount]:
    from ozetle.facts import read_figures

    return frozenset(amount for figure in read_figures(headline, "tr") for amount in _amounts(figure))


def _amounts(figure: EventFigure | Figure) -> set[_Amount]:
    return {(end, figure.currency or figure.unit) for end in (figure.value, figure.upper) if end is not None}


def _own(event: Event, digest: Digest) -> Iterator[str]:
    """The own fields that the headline does not have and that can be said in few words: sentences have no room."""
    for name, values in phrases.own_details(event, digest.provenance.labels):
        said = ", ".join(filter(None, (_own_value(value, event, digest) for value in values)))
        if 0 < len(said) <= _ROOM:
            yield f"{name}: {said}"


def _own_value(value: OwnValue, event: Event, digest: Digest) -> str:
    """A value in few words; nothing if the headline has it."""
    from ozetle.digests.digest import EventFigure

    if isinstance(value, EventFigure):
        return "" if _is_told(value, event.headline) else _figure(value, digest)
    said = phrases.own_value(value)
    return "" if said in event.headline else said


def _figure(figure: EventFigure, digest: Digest) -> str:
    """A figure in Turkish, with what it measures; nothing for a bare number."""
    words = turkish_forms.amount_in_words(figure)
    if figure.unit == "count":
        words = _count(figure, digest) or (figure.measure and phrases.value(figure)) or ""
    return f"{figure.measure}: {words}" if figure.measure and words else words


def _count(figure: EventFigure, digest: Digest) -> str:
    """A count with what it counts: "3 bini aşkın şirket" of a Turkish article, "3.000 şirket" of another one."""
    places = {(fact.start, fact.end): fact.counted for fact in digest.facts.figures}
    counted, language = places.get((figure.start, figure.end)), digest.language.code
    if counted and language == "tr" and figure.text.endswith(f" {counted}"):
        return figure.text
    return turkish_forms.count_in_words(figure, counted, language)
