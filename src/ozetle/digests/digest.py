"""The digest: what is known of an article after every claim has been checked against it.

Offsets count Unicode code points in the article's raw text, end exclusive, and `text[start:end]` is always the quoted
text. Absent values are None, never guessed. Dates are days without a time zone, as the article gives them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Generic, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, SerializeAsAny, WithJsonSchema
from typing_extensions import TypeVar

from ozetle._version import __version__
from ozetle.articles import Article, Language, LoadFailure
from ozetle.digests.document import Document
from ozetle.errors import OzetleError
from ozetle.extracting.prompts import PromptInfo
from ozetle.facts import CountryMention, DateMention
from ozetle.facts.figures.reader import Bound
from ozetle.reasons import ErrorType, Refusal, RejectionCode
from ozetle.translating.translation import Translation
from ozetle.usage import Usage

_MAX_DIGITS = 1000  # before or behind the point: more than any amount has; a line may not make views write for ever


def _of_bounded_size(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value.adjusted()) > _MAX_DIGITS or len(value.as_tuple().digits) > 2 * _MAX_DIGITS:
        raise ValueError(f"a number of more than {_MAX_DIGITS} digits")
    return value


Value = Annotated[
    Decimal,
    AfterValidator(_of_bounded_size),
    PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, mode="serialization"),
]
"""A decimal number, in JSON a string without exponent: "224600000000"."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleInfo(_Part):
    """Which article this is."""

    id: str
    """The given id, the file's name, or the beginning of the text's SHA-256."""
    source: str | None
    """The path or URL as given."""
    title: str | None
    published: date | None
    url: str | None

    @classmethod
    def of(cls, article: Article) -> Self:
        """Return which article this is."""
        return cls(**{name: getattr(article, name) for name in cls.model_fields})


class EventDate(_Part):
    """When an event happens: the days `first` to `last`, both inclusive; either may be unknown."""

    text: str | None
    """The article's words, or None when the publication date stands in."""
    first: date | None
    last: date | None
    precision: Literal["day", "month", "range", "year", "unknown"]
    basis: Literal["explicit", "resolved", "publication", "unresolved"]
    """Given in full; resolved from the publication date or another date; the publication date itself; unresolved."""
    start: int | None = None
    """Where `text` begins; None where the publication date stands in, and in a merged event."""
    end: int | None = None
    """Where it ends."""


class Place(_Part):
    """Where an event happens."""

    text: str
    """The article's words."""
    turkish_name: str | None = None
    """Its Turkish name, where the article is not Turkish and it differs."""
    country: str | None
    """ISO 3166-1 alpha-2, where the article's words name the country."""

    @property
    def in_turkish(self) -> str:
        """Its Turkish name where one is known, else the article's words."""
        return self.turkish_name or self.text


class Participant(_Part):
    """Someone or something that takes part in an event."""

    kind: str
    """An id of the taxonomy: person, organisation, country, group."""
    name: str
    """The full name as the article has it somewhere; `start` and `end` are its place."""
    turkish_name: str | None = None
    """A person's name as Turkish writes it, where the article is not Turkish and it differs."""
    title: str | None
    """The office that stands beside the name."""
    organisation: str | None
    country: str | None
    """ISO 3166-1 alpha-2."""
    role: str
    """An id of the taxonomy."""
    start: int
    end: int

    @property
    def in_turkish(self) -> str:
        """The name in Turkish where that is known, else as the article has it."""
        return self.turkish_name or self.name


class EventFigure(_Part):
    """A figure of an event."""

    text: str
    value: Value
    """In base units: "224,6 milyar dolar" is 224600000000; of a range the lower end."""
    upper: Value | None = None
    """The upper end of a range, else None."""
    unit: str
    """currency, percent, permille, count, or a physical unit."""
    currency: str | None
    """ISO 4217."""
    bound: Bound | None = None
    """over, about or under where the text says that the figure is not exact: "en az", "yaklaşık", "3 bini aşkın"."""
    measure: str | None
    """What it measures, in Turkish."""
    start: int
    end: int


class Instrument(_Part):
    """A document that is signed, adopted or referred to."""

    kind: str
    """An id of the taxonomy."""
    name: str
    """The article's words."""
    start: int
    end: int


class Evidence(_Part):
    """A sentence of the article that reports the event."""

    sentence: int
    """Its number among the article's content sentences, from 1."""
    start: int
    end: int
    quote: str


class Words(_Part):
    """Words of the sentences that report an event; what a field of one's own holds that is grounded in them."""

    text: str
    start: int
    end: int


class Event(_Part):
    """One event, with what bears it out.

    A subclass may add fields of its own, which are asked for, grounded and shown like these; see
    `ozetle.digests.own_fields`.
    """

    type: str
    """An id of the taxonomy."""
    status: str
    """occurred, planned, stated, targeted, expected, postponed, cancelled or denied."""
    headline: str
    """One Turkish sentence."""
    date: EventDate | None
    place: Place | None
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2."""
    participants: tuple[Participant, ...]
    figures: tuple[EventFigure, ...]
    instruments: tuple[Instrument, ...]
    evidence: tuple[Evidence, ...]
    """Never empty."""

    @property
    def is_headline_quoted(self) -> bool:
        """Whether the headline stands in the evidence: then it is the article's own words."""
        return any(self.headline.rstrip(".") in piece.quote for piece in self.evidence)


class FactFigure(_Part):
    """A figure read from the article without a model."""

    text: str
    value: Value
    upper: Value | None = None
    unit: str
    currency: str | None
    counted: str | None = None
    """What a count counts, as the article writes it."""
    bound: Bound | None = None
    start: int
    end: int


class Facts(_Part):
    """All that was read from the article without a model."""

    figures: tuple[FactFigure, ...]
    dates: tuple[DateMention, ...]
    countries: tuple[CountryMention, ...]


class Rejection(_Part):
    """A claim of the model that the article does not bear out, and that was therefore taken out."""

    path: str
    """Where it stood in the answer: `events[0].participants[1].name`."""
    claim: str
    code: RejectionCode
    """Why it was taken out."""
    data: dict[str, str] = Field(default_factory=dict)
    """What the reason names, such as `words` of the claim."""
    reason: str
    """The code's English sentence, with the data."""

    @classmethod
    def of(cls, path: str, claim: str, why: Refusal) -> Self:
        """Return the rejection of a claim."""
        return cls(path=path, claim=claim, code=why.code, data=dict(why.data), reason=why.english)

    @property
    def turkish_reason(self) -> str:
        """The code's Turkish sentence, with the data."""
        return self.code.in_turkish(self.data)


class Provenance(_Part):
    """How a digest came about."""

    model: str
    strategy: Literal["whole", "stepwise"]
    prompt: PromptInfo | None
    """None if nothing had to be asked."""
    schema_sha256: str
    """SHA-256 of the schemas the answers had to follow."""
    cache: Literal["hit", "miss", "off"]
    """hit: every answer was recorded already."""
    requests: int
    """Live requests, lost ones included."""
    repairs: int
    """Answers that had to be asked for again."""
    truncated: bool
    """Whether an answer was cut off, or the article was too long to be asked about whole."""
    usage: Usage
    wall_s: float
    ozetle: str
    """The library's version."""
    labels: dict[str, dict[str, str]] = Field(default_factory=dict)
    """What a desk's own ids and fields are called in Turkish, by list of choices and under "fields":
    {"types": {"crop_export": "tarım ihracatı"}, "fields": {"sector": "sektör"}}."""


E = TypeVar("E", bound=Event, default=Event, covariant=True)


class Digest(Document, Generic[E]):
    """A verified, structured summary of one article; `Digest[OwnEvent]` if its events are of a class of one's own."""

    article: ArticleInfo
    language: Language
    summary: str
    """Turkish, two or three sentences."""
    translation: Translation | None
    """None for articles in Turkish, in a language that cannot be told, and where no translation was wanted."""
    events: tuple[SerializeAsAny[E], ...]
    facts: Facts
    rejected: tuple[Rejection, ...]
    provenance: Provenance


class ArticleTranslation(Document, Translation):
    """An article's translation, and how it came about."""

    article: ArticleInfo
    source_language: Language
    provenance: Provenance


class FailureInfo(_Part):
    """What went wrong."""

    type: ErrorType
    """What kind of error: the name of its class."""
    message: str
    retryable: bool
    """Whether the same call may succeed later."""


class FailureProvenance(_Part):
    """How far a failed article got."""

    model: str | None
    ozetle: str


class Failure(Document):
    """An article that could not be summarised."""

    article: ArticleInfo
    error: FailureInfo
    provenance: FailureProvenance

    @classmethod
    def of(cls, error: OzetleError, article: Article | LoadFailure, model: str | None) -> Self:
        """Return the failure of an article that could not be read or summarised with a model."""
        if isinstance(article, Article):
            info = ArticleInfo.of(article)
        else:
            info = ArticleInfo(
                id=article.id or article.source, source=article.source, title=None, published=None, url=None
            )
        return cls(
            article=info,
            error=FailureInfo(type=error.type, message=str(error), retryable=error.retryable),
            provenance=FailureProvenance(model=model, ozetle=__version__),
        )

    def __str__(self) -> str:
        return self.error.message


SCHEMAS: dict[str, type[BaseModel]] = {"digest": Digest, "translation": ArticleTranslation, "failure": Failure}
"""The models whose JSON Schemas are published, by name."""
