"""A server that answers whatever schema it is sent with random valid nonsense: nothing of it may reach a digest.

The answers are full of invented names, of the article's own names and figures slightly changed, of wrong ids, markup
and other scripts. The checks here read the article on their own and share no code with grounding.
"""

from __future__ import annotations

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import pytest
from hypothesis import settings
from pydantic import Field

from ozetle import Article, Digest, Event, EventDate, EventFigure, Failure, Place, Summarizer, Words
from ozetle.digests.own_fields import draft_of, own_names
from ozetle.extracting.draft import Draft, draft_schema
from ozetle.extracting.taxonomy import default_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.llm.answers import parse
from ozetle.llm.models import Strategy
from ozetle.llm.wire_schema import strict_schema
from ozetle.reading import read
from ozetle.views.jsonl import from_line, to_line
from tests.llm.server import FakeServer, Received, Reply, chat_completion, completion
from tests.views.digests import digest as digest_of

pytestmark = pytest.mark.hypothesis  # runs with it, although the answers are made up here
ANSWERS = settings().max_examples * 4

ARTICLES = (
    Article.from_text(
        "Ticaret Bakanı Ayşe Demir, 4 Mart 2026'da Kahire'de Mısır Sanayi Bakanı Karim Fahmi ile bir araya geldi. "
        "İki ülke arasındaki ticaret 2025 yılında yüzde 4,5 artışla 8,2 milyar dolara çıktı. "
        "Demir, ticaretin 15 milyar dolara ulaşmasını hedeflediklerini söyledi. "
        "Görüşmenin ardından Türkiye-Mısır Karma Ekonomik Komisyonu 12. Dönem Protokolü imzalandı. "
        "Toplantıya 3.000 firma katıldı.",
        id="tr-1",
        published=date(2026, 3, 5),
    ),
    Article.from_text(
        "Özbekistan Yatırım Bakanı Rustam Xolmurodov, gelecek hafta İstanbul'da düzenlenecek foruma katılacak. "
        "Forumda 250 milyon avroluk anlaşma imzalanması bekleniyor. "
        "Türkiye'nin Özbekistan'a ihracatı ocak-ekim döneminde yüzde 12 artarak 1 milyar 250 milyon dolar oldu. "
        "Çetinkaya Holding, Taşkent'te 46 mağaza açacak.",
        id="tr-2",
        published=date(2025, 11, 20),
    ),
    Article.from_text(
        "Ministri i Ekonomisë Arben Hoxha u takua në Tiranë me ministrin turk Kemal Arslan. "
        "Dy ministrat nënshkruan më 12 mars 2026 një marrëveshje bashkëpunimi. "
        "Eksportet e Shqipërisë drejt Turqisë arritën në 145 milionë euro, me një rritje prej 6,5 për qind.",
        id="sq",
        published=date(2026, 3, 13),
        language="sq",
    ),
    Article.from_text(
        "Azərbaycanın İqtisadiyyat naziri Elçin Səfərov Bakıda Türkiyənin ticarət naziri Kemal Arslan ilə görüşüb. "
        "Nazirlər 2026-cı ilin 10 fevralında ticarət sazişi imzalayıblar. "
        "İki ölkə arasında ticarət dövriyyəsi 7,4 milyard dollara çatıb.",
        id="az",
        published=date(2026, 2, 11),
        language="az",
    ),
)
PEOPLE = ("Jean Dupont", "Mehmet Kaya", "Olga Petrova", "Zeynep Aktürk", "Bakan Yılmazer", "李强", "Иван Петров")
BODIES = ("Uluslararası Kahve Birliği", "Ministry of Silly Walks", "Karadeniz Vakfı", "Birleşik Krallık", "Fransa")
STRANGERS = frozenset(" ".join(PEOPLE).split()) - {"Bakan"}
WORDS = (
    "", " ", "P", "D1", "D2", "D99", "F1", "F2", "F99", "S1", "TR", "eg", "ZZ", "null", "None", "{{ 7*7 }}",
    "{% if x %}", "<b>Demir</b>", "[1](http://x)", "```json", "\u202eters", "合作协议签署", "Договор подписан.", "\x00",
    "\ud83d", "12", "1.250,75", "99 milyar dolar", "yüzde 88", "31 Aralık 2031", "The ministers met in Cairo.",
    "ab " * 2000, "Ş" * 5000,
)  # fmt: skip
MONTHS = (
    "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık",
)  # fmt: skip
SENTENCES = (
    "{who}, {where} kentinde {whom} ile görüştü.",
    "İhracat {figure} oldu.",
    "{who}, ticaretin {figure} düzeyine çıkacağını söyledi.",
    "Toplantı {day} tarihinde yapıldı.",
    "{whom} ile {body} arasında protokol imzalandı.",
    "{body} toplantısına {who} katıldı.",
)


class Nonsense:
    """Random instances of JSON Schemas, made of one article's words, of these slightly changed, and of inventions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def instance(self, schema: dict[str, Any], article: str, root: dict[str, Any]) -> Any:
        if "$ref" in schema:
            return self.instance(root["$defs"][schema["$ref"].rpartition("/")[2]], article, root)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        if "anyOf" in schema:
            return self.instance(self.random.choice(schema["anyOf"]), article, root)
        match schema.get("type"):
            case "object":
                return {name: self.instance(part, article, root) for name, part in schema["properties"].items()}
            case "array":
                most = min(schema.get("maxItems", 3), 3)
                count = self.random.randint(min(schema.get("minItems", 0), most), most)
                return [self.instance(schema["items"], article, root) for _ in range(count)]
            case "integer":
                return self.random.choice([self.random.randint(1, 5), self.random.randint(-3, 10**7)])
            case "number":
                return self.random.uniform(-1e9, 1e9)
            case "boolean":
                return self.random.random() < 0.5
            case "null":
                return None
        return self.string(article)[: schema.get("maxLength")]

    def string(self, article: str) -> str:
        kinds = (self.word, self.phrase, self.changed, self.name, self.sentence)
        return self.random.choice(kinds)(article)

    def word(self, _: str) -> str:
        return self.random.choice(WORDS)

    def phrase(self, article: str) -> str:
        """Some of the article's own words."""
        words = article.split()
        start = self.random.randrange(len(words))
        return " ".join(words[start : start + self.random.randint(1, 4)]).strip(".,")

    def changed(self, article: str) -> str:
        """The article's own words with a digit, a letter or an ending changed."""
        phrase = self.phrase(article)
        at = self.random.randrange(len(phrase))
        other = self.random.choice("0123456789" if phrase[at].isdigit() else "aeıioöuübcdkmxqw")
        return self.random.choice(
            [
                phrase[:at] + other + phrase[at + 1 :],
                phrase[:at] + phrase[at + 1 :],
                phrase + self.random.choice(["oğlu", "ov", "x", "lerinki", "0", "'nin", "lı", " A.Ş."]),
                phrase.upper(),
            ]
        )

    def name(self, article: str) -> str:
        names: list[str] = re.findall(r"[A-ZÇĞİÖŞÜ]\w+ [A-ZÇĞİÖŞÜ]\w+", article)
        return self.random.choice([*PEOPLE, *BODIES, *names])

    def figure(self, article: str) -> str:
        figures: list[str] = re.findall(
            r"(?:yüzde )?\d[\d.,]*\d?(?: (?:milyar|milyon|milionë|milyard)\w*)?(?: dolar| euro)?", article
        )
        figure = self.random.choice(figures)
        at = self.random.choice([i for i, char in enumerate(figure) if char.isdigit()])
        return self.random.choice([figure, figure[:at] + self.random.choice("123456789") + figure[at + 1 :]])

    def sentence(self, article: str) -> str:
        """A Turkish sentence as a model might write it, with true and untrue parts."""
        pick = self.random.choice
        return pick(SENTENCES).format(
            who=pick([self.name, self.changed])(article),
            whom=pick([self.name, self.changed])(article),
            where=pick(["Kahire", "Paris", "İstanbul", "Londra"]),
            body=pick([*BODIES, self.phrase(article)]),
            figure=self.figure(article),
            day=f"{self.random.randint(1, 28)} {pick(MONTHS)} {self.random.randint(2024, 2027)}",
        )


class AdversarialServer(FakeServer):
    """Answers every request with nonsense that fits its schema."""

    def __init__(self, seed: int) -> None:
        nonsense = Nonsense(seed)

        def reply(received: Received) -> Reply:
            schema = received.body["response_format"]["json_schema"]["schema"]
            asked = received.body["messages"][-1]["content"]
            article = next((found.text for found in ARTICLES if found.text[:30] in asked), ARTICLES[0].text)
            return completion(json.dumps(nonsense.instance(schema, article, schema)))

        super().__init__([reply])


SCALES = {"bin": 10**3, "milyon": 10**6, "milion": 10**6, "milyar": 10**9, "milyard": 10**9, "trilyon": 10**12}
NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s+(?:bin|mil[yi]on|milyard?|trilyon)(?=\w{0,6}\b))?(?!\w*\d)")
SUFFIX = re.compile(
    "(?:l[ae]r|l[ıiuü]k)?(?:s?[ıiuü]n?)?(?:[ny]?[ae]|n?d[ae]n?|t[ae]n?|n?[ıiuü]n|[yn]?[ıiuü]|y?l[ae]|ki|ca|ce)*"
    "(?:n?ə|d[əa]n?|[ıi]t|[ëa]s?|it|n?[ıi]n)?"
)


def lowered(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("İ", "i").lower().replace("ı", "i")
    return re.sub("[’‘`´]", "'", text)


def values(text: str) -> set[Decimal]:
    """The numbers a text holds, Turkish style, with their scale words."""
    found: set[Decimal] = set()
    for match in NUMBER.finditer(lowered(text)):
        number, _, scale = match[0].partition(" ")
        digits = (
            number if "," in number or not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", number) else number.replace(".", "")
        )
        if re.fullmatch(r"[\d.]*\d(?:,\d+)?", digits):
            digits = digits.replace(".", "").replace(",", ".") if "," in digits else digits
        try:
            found.add(Decimal(digits) * SCALES.get(scale.strip(), 1))
        except ArithmeticError:
            found.add(Decimal(-1))
    return found


def days(digest: Digest) -> set[date]:
    """The days within the dates that were read and the publication date."""
    found = {digest.article.published} if digest.article.published else set()
    for mention in digest.facts.dates:
        first, last = mention.first or mention.last, mention.last or mention.first
        while first and last and first <= last:
            found.add(first)
            first += timedelta(1)
    return found


def own_words(digest: Digest, raw: str) -> set[str]:
    """The words that a free text may take its names from: the article's, and what the library calls things."""
    from babel import Locale

    from ozetle.extracting.taxonomy import default_taxonomy

    names = Locale("tr").territories
    taxonomy = default_taxonomy()
    said = [raw, *(names[fact.code] for fact in digest.facts.countries if fact.code in names), *MONTHS]
    said += [taxonomy.label("types", event.type) for event in digest.events]
    return set(re.findall(r"[^\W\d_]+", lowered(" ".join(said))))


def is_own(word: str, known: set[str]) -> bool:
    """Whether a word is one of the known ones, or one of them with a suffix, or one of them without its suffix."""
    stems = [word[:at] for at in range(3, len(word) + 1) if SUFFIX.fullmatch(word[at:])]
    return (
        word in known
        or any(stem in known for stem in stems)
        or any(other.startswith(stem) and SUFFIX.fullmatch(other[len(stem) :]) for stem in stems for other in known)
    )


def untrue(text: str, digest: Digest, raw: str) -> list[str]:
    """What a free text says that the article does not."""
    problems: list[str] = []
    calendar = days(digest)
    for match in re.finditer(r"(\d{1,2}) (" + "|".join(MONTHS) + r")\w* (\d{4})", text):
        said = (int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
        if said not in {(day.year, day.month, day.day) for day in calendar}:
            problems.append(match[0])
    numbers = values(raw) | {fact.value for fact in digest.facts.figures}
    numbers |= {Decimal(part) for day in calendar for part in (day.year, day.day)}
    problems += [str(value) for value in values(text) - numbers]
    turkish = digest.language.code == "tr"
    known = own_words(digest, raw)
    for sentence in re.split(r"(?<=[.!?;:])\s+", text):
        for match in re.finditer(r"[^\W\d_]+(?:['’]\w+)?", sentence):
            word = re.split("['’]", match[0])[0]
            named = word[0].isupper() and (match.start() > 0 or word in raw)
            # institutions and places of other languages have Turkish names of their own; people do not
            invented = named and not is_own(lowered(word), known) if turkish else word in STRANGERS and word not in raw
            if invented or not all("LATIN" in unicodedata.name(char, "") for char in word):
                problems.append(word)
    if re.search(r"[{}<>\[\]|\\\x00]|```", text):
        problems.append("markup")
    return problems


def ungrounded(digest: Digest, raw: str) -> Iterator[str]:
    """Every part of a digest, its free texts aside, that the article does not bear out."""
    published = digest.article.published
    figures = {(fact.text, fact.value, fact.upper, fact.unit, fact.currency) for fact in digest.facts.figures}
    dates = {(fact.text, fact.first, fact.last) for fact in digest.facts.dates}
    countries = {fact.code for fact in digest.facts.countries}
    spans: list[tuple[int | None, int | None, str]]
    spans = [(fact.start, fact.end, fact.text) for fact in digest.facts.figures]
    spans += [(fact.start, fact.end, fact.text) for fact in digest.facts.dates]
    spans += [(fact.start, fact.end, fact.text) for fact in digest.facts.countries]
    for event in digest.events:
        if not event.evidence:
            yield "no evidence"
        spans += [(piece.start, piece.end, piece.quote) for piece in event.evidence]
        spans += [(part.start, part.end, part.name) for part in event.participants]
        spans += [(part.start, part.end, part.name) for part in event.instruments]
        spans += [(figure.start, figure.end, figure.text) for figure in event.figures]
        if event.date and event.date.text is not None:
            spans.append((event.date.start, event.date.end, event.date.text))
        for part in event.participants:
            yield from (f"beside {text}" for text in (part.title, part.organisation) if text and text not in raw)
        if event.place and event.place.text not in raw:
            yield f"place {event.place.text}"
        for figure in event.figures:
            if (figure.text, figure.value, figure.upper, figure.unit, figure.currency) not in figures:
                yield f"figure {figure.text}"
        if event.date and event.date.text is None and (event.date.first, event.date.last) != (published, published):
            yield f"date {event.date}"
        if event.date and event.date.text and (event.date.text, event.date.first, event.date.last) not in dates:
            yield f"date {event.date.text}"
        said = {*event.countries, *(part.country for part in event.participants if part.country)}
        said |= {event.place.country} if event.place and event.place.country else set()
        yield from (f"country {code}" for code in said - countries)
    yield from (f"span {text}" for start, end, text in spans if not text.strip() or raw[start:end] != text)


def free_texts(digest: Digest) -> list[str]:
    measures = [figure.measure for event in digest.events for figure in event.figures if figure.measure]
    return [digest.summary, *(event.headline for event in digest.events), *measures]


@pytest.fixture(scope="module")
def digests() -> list[tuple[Digest, str]]:
    """What came of so many answers at least, each digest with its article's text."""
    found: list[tuple[Digest, str]] = []
    texts = {article.id: article.text for article in ARTICLES}
    rounds: dict[Strategy, int] = {"whole": ANSWERS // 12, "stepwise": ANSWERS // 35 + 1}
    with AdversarialServer(seed=20260305) as server:
        for strategy, times in rounds.items():
            summarizer = Summarizer("test", base_url=server.base_url, strategy=strategy, cache=False)
            for digest in summarizer.summarize_many(ARTICLES * times, concurrency=1):
                assert not isinstance(digest, Failure), digest
                found.append((digest, texts[digest.article.id]))
        assert len(server.received) >= ANSWERS
    return found


def test_nothing_ungrounded_gets_through(digests: list[tuple[Digest, str]]) -> None:
    assert [problem for digest, raw in digests for problem in ungrounded(digest, raw)] == []
    # the checks saw something: events with all their parts, and claims that were taken out
    events = [event for digest, _ in digests for event in digest.events]
    assert len(events) > ANSWERS * 0.3
    for part in ("participants", "figures", "instruments", "place", "date", "countries"):
        assert sum(bool(getattr(event, part)) for event in events) > ANSWERS * 0.02, part
    assert sum(len(digest.rejected) for digest, _ in digests) > ANSWERS


def test_no_text_says_what_the_article_does_not(digests: list[tuple[Digest, str]]) -> None:
    texts = {(text, digest.article.id): (digest, raw) for digest, raw in digests for text in free_texts(digest)}
    found = [f"{problems} in “{text}”" for (text, _), at in texts.items() if (problems := untrue(text, *at))]
    assert not found, "\n".join(found)


class DeskEvent(Event):
    """An own field of every kind; hand-written for these tests."""

    subject: Words | None = Field(None, description="what it is about")
    town: Place | None = Field(None, description="where")
    cost: EventFigure | None = Field(None, description="what it costs")
    deadline: EventDate | None = Field(None, description="by when")
    sectors: tuple[Literal["tarım", "enerji"], ...] = Field((), description="sectors concerned")
    goods: tuple[Words, ...] = Field((), description="what is sold")
    amounts: tuple[EventFigure, ...] = Field((), description="amounts")
    size: Literal["büyük", "küçük"] = Field("küçük", description="how large it is")
    effect: str | None = Field(None, description="what it changes", max_length=150)


OWN = own_names(DeskEvent)
# of a wrong type, or written otherwise than asked for
ODD: tuple[Any, ...] = (
    0, 3.5, float("inf"), True, {}, {"text": "Kahire"}, [], [None], [[1]], ["F1", "F2"], None, "f1 ", "d1", "P", "\0",
)  # fmt: skip


def own_problems(event: DeskEvent, digest: Digest, raw: str) -> Iterator[str]:
    """What an event's own fields hold that the article, or for words the event's own sentences, do not bear out."""
    figures = {(fact.text, fact.value, fact.unit, fact.start, fact.end) for fact in digest.facts.figures}
    published = digest.article.published
    dates: set[tuple[str | None, date | None, date | None]] = {(None, published, published)}
    dates |= {(fact.text, fact.first, fact.last) for fact in digest.facts.dates}
    for words in filter(None, (event.subject, *event.goods)):
        within = any(piece.start <= words.start and words.end <= piece.end for piece in event.evidence)
        if not within or not words.text.strip() or raw[words.start : words.end] != words.text:
            yield f"words {words}"
    for figure in filter(None, (event.cost, *event.amounts)):
        if (figure.text, figure.value, figure.unit, figure.start, figure.end) not in figures:
            yield f"figure {figure}"
    if event.deadline and (event.deadline.text, event.deadline.first, event.deadline.last) not in dates:
        yield f"date {event.deadline}"
    if event.town and event.town.text not in raw:
        yield f"place {event.town}"
    if not {event.size, *event.sectors} <= {"tarım", "enerji", "büyük", "küçük"}:
        yield f"choices {event}"
    yield from untrue(event.effect, digest, raw) if event.effect else ()


def test_own_fields_hold_nothing_ungrounded_and_harm_nothing_else() -> None:
    draft, taxonomy = draft_of(DeskEvent), default_taxonomy()
    schema = strict_schema(draft_schema(draft, taxonomy))
    nonsense = Nonsense(20260712)
    filled = dict.fromkeys(OWN, 0)
    readings = [read(article) for article in ARTICLES]
    for number in range(ANSWERS):
        reading = readings[number % len(readings)]
        raw = reading.article.text
        answer = nonsense.instance(schema, raw, schema)
        for told in answer["events"]:
            told["sentences"] = [1, *told["sentences"]]
            for name in OWN:
                if nonsense.random.random() < 0.3:
                    told[name] = nonsense.random.choice(ODD)
        plain = {**answer, "events": [{k: v for k, v in told.items() if k not in OWN} for told in answer["events"]]}
        found = ground(parse(chat_completion(json.dumps(answer)), draft).value, reading, taxonomy, None, DeskEvent)
        without = ground(parse(chat_completion(json.dumps(plain)), Draft).value, reading, taxonomy)
        assert found.summary == without.summary
        assert [event.model_dump(exclude={*OWN}) for event in found.events] == [
            event.model_dump() for event in without.events
        ]
        known = digest_of(*found.events, published=reading.article.published)
        facts = {"figures": reading.figures, "dates": reading.dates, "countries": reading.countries}
        whole = known.model_copy(update={"facts": known.facts.model_copy(update=facts), "language": reading.language})
        for event in found.events:
            assert isinstance(event, DeskEvent)
            assert [*own_problems(event, whole, raw)] == []
            for name in OWN:
                filled[name] += bool(getattr(event, name))
        line = to_line(known)
        assert to_line(from_line(line)) == line
    assert min(filled.values()) >= ANSWERS * 0.02, filled  # the checks saw something
