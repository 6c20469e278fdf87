"""Digests for tests of the report, made up: as many as wanted, the same ones every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ozetle.articles import Article, Language
from ozetle.digests.digest import (
    ArticleInfo,
    Digest,
    Event,
    EventDate,
    EventFigure,
    Evidence,
    FactFigure,
    Facts,
    Failure,
    FailureInfo,
    FailureProvenance,
    Participant,
    Place,
    Provenance,
    Rejection,
)
from ozetle.extracting.prompts import PromptInfo
from ozetle.reasons import FlagCode, Refusal, RejectionCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation
from ozetle.usage import Usage

_COUNTRIES = ("TR", "KZ", "AZ", "AL", "DE", "IT", "IQ", "GE", "UZ", "KG", "US", "JP")
_CITIES = ("Iğdır", "İzmir", "Şanlıurfa", "Çorum", "Ankara", "Zonguldak", "Ölüdeniz", "Uşak")
_PEOPLE = ("Işıl Çınar", "İlker Şahin", "Ayşe Örnek", "Gülşah Öztürk", "Umut Ilgaz", "Çağla Ünal")
_TYPES = (
    "joint_mechanism_meeting", "bilateral_meeting", "official_visit", "promotion_event", "agreement_signed",
    "target_set", "economic_statistic", "support_programme",
)  # fmt: skip
_STATUSES = ("occurred", "occurred", "planned", "stated", "targeted")
_CLAUSES = (
    "Toplantıda gümrük kapılarının kapasitesi, demir yolu taşımacılığı ve karşılıklı yatırımlar ele alındı",
    "Taraflar yıl sonuna kadar ortak bir çalışma takvimi hazırlamayı kararlaştırdı",
    "Heyet, organize sanayi bölgesindeki fabrikaları gezdi ve iş insanlarıyla görüştü",
    "Bölgedeki ihracatçılar yeni pazarlara açılmak için destek istiyor",
)


def digest(text: str, events: Sequence[Event] = (), **more: Any) -> Digest:
    """A digest of a text with the events; `more` are fields of the digest, `article` some of those of its article."""
    article = {"id": "haber.txt", "source": "haber.txt", "title": None, "published": date(2026, 3, 12), "url": None}
    values: dict[str, Any] = {
        "article": ArticleInfo(**article | more.pop("article", {})),
        "language": Language(code=more.pop("language", "tr"), confidence=0.99, method="py3langid"),
        "summary": text[:200],
        "translation": None,
        "events": tuple(events),
        "facts": Facts(figures=(), dates=(), countries=()),
        "rejected": (),
        "provenance": Provenance(
            model="local/deneme",
            strategy="whole",
            prompt=PromptInfo(id="whole", version="1", sha256="0" * 64),
            schema_sha256="0" * 64,
            cache="hit",
            requests=0,
            repairs=0,
            truncated=False,
            usage=Usage(),
            wall_s=0.1,
            ozetle="0",
        ),
    }
    return Digest(**values | more)


def event(text: str, quote: str, **more: Any) -> Event:
    """An event that rests on one sentence of a text."""
    start = text.index(quote)
    values: dict[str, Any] = {
        "type": "bilateral_meeting",
        "status": "occurred",
        "headline": quote,
        "date": None,
        "place": None,
        "countries": (),
        "participants": (),
        "figures": (),
        "instruments": (),
        "evidence": (Evidence(sentence=1, start=start, end=start + len(quote), quote=quote),),
    }
    return Event(**values | more)


def figure(text: str, words: str, value: str, **more: Any) -> EventFigure:
    """A figure in a text, in dollars unless told otherwise."""
    start = text.index(words)
    values = {"unit": "currency", "currency": "USD", "measure": None, "start": start, "end": start + len(words)}
    return EventFigure(**{"text": words, "value": Decimal(value), **values, **more})


def failure(source: str, message: str) -> Failure:
    """An article that could not be summarised."""
    return Failure(
        article=ArticleInfo(id=source, source=source, title=None, published=None, url=None),
        error=FailureInfo(type="ArticleError", message=message, retryable=False),
        provenance=FailureProvenance(model=None, ozetle="0"),
    )


def many(count: int) -> tuple[list[Digest], list[Article]]:
    """Made-up digests with about six events each, every fifth of a foreign article, and their articles."""
    made = [_sample(number) for number in range(count)]
    return [one for one, _ in made], [article for _, article in made]


def _sample(number: int) -> tuple[Digest, Article]:
    chance = Random(number)
    published = date(2025, 1, 1) + timedelta(days=chance.randrange(500))
    city = chance.choice(_CITIES)
    sentences: list[str] = []
    for place in range(chance.randrange(5, 8)):
        amount = f"{chance.randrange(1, 999)},{chance.randrange(10)} milyon dolar"
        words = f"{chance.choice(_PEOPLE)}, {city} temaslarında {amount}"
        sentences += [f"{words} tutarındaki {number}-{place} sayılı konuyu ele aldı.", f"{chance.choice(_CLAUSES)}."]
    text = f"{city} gündemi {number}\n\n" + "\n\n".join(sentences)
    foreign = number % 5 == 4
    events = [_event(text, quote, 2 * place + 1, published, chance) for place, quote in enumerate(sentences[::2])]
    pairs = [
        TranslatedSentence(
            number=place,
            source=quote,
            text=f"Çeviri: {quote}",
            flags=(flag(FlagCode.FIGURE_MISSING, source="3"),) if place == 2 else (),
        )
        for place, quote in enumerate(sentences, 1)
    ]
    facts = [
        FactFigure(**one.model_dump(include={"text", "value", "unit", "currency", "start", "end"}))
        for known in events
        for one in known.figures
    ]
    claim = Rejection.of("events[0].place", "Atlantis", Refusal(RejectionCode.WORDS_NOT_IN_ARTICLE))
    made = digest(
        text,
        events,
        article={
            "id": f"haber-{number}.txt",
            "source": f"news/haber-{number}.txt",
            "title": f"{city} gündemi {number}",
            "published": published,
            "url": f"https://haber.example/{number}",
        },
        language="sq" if foreign else "tr",
        translation=Translation(sentences=tuple(pairs)) if foreign else None,
        facts=Facts(figures=tuple(facts), dates=(), countries=()),
        rejected=(claim,) if number % 7 == 0 else (),
    )
    return made, Article(text=text, id=f"haber-{number}.txt", source=f"news/haber-{number}.txt")


def _event(text: str, quote: str, sentence: int, published: date, chance: Random) -> Event:
    day = published + timedelta(days=chance.randrange(-30, 60))
    whole_month = chance.random() < 0.2
    first = day.replace(day=1) if whole_month else day
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if whole_month else day
    words = quote[quote.index("temaslarında ") + len("temaslarında ") : quote.index(" tutarındaki")]
    start = text.index(quote)
    at = text.index(words, start)
    value = Decimal(words.split()[0].replace(",", ".")) * 1_000_000
    amount = figure(text, words, f"{value:f}", start=at, end=at + len(words), measure="yatırım tutarı")
    name = quote.partition(",")[0]
    person = Participant(
        kind="person", name=name, title="Ticaret Bakanı", organisation=None, country="TR", role="visitor",
        start=start, end=start + len(name),
    )  # fmt: skip
    return event(
        text,
        quote,
        type=chance.choice(_TYPES),
        status=chance.choice(_STATUSES),
        date=EventDate(
            text=None, first=first, last=last, precision="month" if whole_month else "day", basis="publication"
        )
        if chance.random() < 0.9
        else None,
        place=Place(text=chance.choice(_CITIES), country=None),
        countries=tuple(chance.sample(_COUNTRIES, chance.choice((1, 2, 2, 3)))),
        participants=(person,),
        figures=(amount,),
        evidence=(Evidence(sentence=sentence, start=start, end=start + len(quote), quote=quote),),
    )
