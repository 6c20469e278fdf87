"""Digests for the tests of the views: made by hand, or of any text whatever."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from ozetle.articles import Language
from ozetle.digests.digest import (
    ArticleInfo,
    Digest,
    Event,
    EventDate,
    EventFigure,
    Evidence,
    Facts,
    Instrument,
    Participant,
    Place,
    Provenance,
    Rejection,
    Words,
)
from ozetle.reasons import FlagCode, RejectionCode
from ozetle.translating.flag import flag
from ozetle.translating.translation import TranslatedSentence, Translation
from ozetle.usage import Usage

PROVENANCE = Provenance(
    model="local/deneme",
    strategy="whole",
    prompt=None,
    schema_sha256="0" * 64,
    cache="hit",
    requests=0,
    repairs=0,
    truncated=False,
    usage=Usage(),
    wall_s=0.1,
    ozetle="0",
)
NASTY = (
    "=1+1", "+90 312", "-2,5", "@SUM(A1)", "\t=cmd", "\r\n=x", "'=x", "''@", " =1", "＝1", "a;b,c\"d\ne", "\0\ud800",
    "[x](javascript:alert(1))", "<script>alert(1)</script>", "![](http://evil)", "http://evil.example", "<http://evil>",
    "www.evil.example", "a@b.example", "[a]: http://evil", "**kalın**", "_x_", "~~y~~", "$x$", "# başlık", "1. liste",
    "- liste", "---", "===", ":::", "| a | b |", "\\|", "\\", "&lt;b&gt;", "```", "    kod", "\u2028\u0085",
    "BEGIN:VEVENT\r\nX:1",
)  # fmt: skip


class OwnEvent(Event):
    """An event with a field of each kind."""

    ministry: Words | None = None
    office: Place | None = None
    budgets: tuple[EventFigure, ...] = ()
    deadline: EventDate | None = None
    effect: str | None = None


def when(start: date | None, end: date | None = None, precision: Any = "day", basis: Any = "explicit") -> EventDate:
    """A date; of one day by default."""
    return EventDate(text=None, first=start, last=end or start, precision=precision, basis=basis)


def event(headline: str = "Taraflar görüştü.", **changed: Any) -> Event:
    """An event with a sentence as evidence and whatever is given."""
    known: dict[str, Any] = {
        "type": "bilateral_meeting",
        "status": "occurred",
        "date": None,
        "place": None,
        "countries": (),
        "participants": (),
        "figures": (),
        "instruments": (),
        "evidence": (Evidence(sentence=1, start=0, end=len(headline), quote=headline),),
    }
    return Event(headline=headline, **{**known, **changed})


def figure(text: str, value: str, **changed: Any) -> EventFigure:
    """A figure, of money by default."""
    known: dict[str, Any] = {"unit": "currency", "currency": "USD", "measure": None, "start": 0, "end": len(text)}
    return EventFigure(text=text, value=Decimal(value), **{**known, **changed})


def digest(*events: Event, language: str = "tr", **article: Any) -> Digest:
    """A digest of some events, of an article with whatever is given."""
    known: dict[str, Any] = {
        "id": "haber.txt",
        "source": "haberler/haber.txt",
        "title": "Haberin başlığı",
        "published": date(2026, 2, 13),
        "url": "https://haber.example/1",
    }
    return Digest(
        article=ArticleInfo(**{**known, **article}),
        language=Language(code=language, confidence=1.0, method="declared"),
        summary="Taraflar görüştü.",
        translation=None,
        events=events,
        facts=Facts(figures=(), dates=(), countries=()),
        rejected=(),
        provenance=PROVENANCE,
    )


texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=20), max_size=2).map("".join)
maybe = st.none() | texts
days = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2025, 1, 1), date(2026, 12, 31))
places = st.integers(0, 10**6)
values = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-(10**9), 10**9, places=2)
codes = st.sampled_from(["TR", "AZ", "KZ", "XN", "US"]) | texts


def _digest(**parts: Any) -> Digest:
    return Digest(**parts)


def labels(*ids: str) -> st.SearchStrategy[dict[str, str]]:
    """What some ids are called: anything."""
    return st.fixed_dictionaries(dict.fromkeys(ids, texts))


dates = st.builds(
    EventDate,
    text=maybe,
    first=st.none() | days,
    last=st.none() | days,
    precision=st.sampled_from(["day", "month", "range", "year", "unknown"]),
    basis=st.sampled_from(["explicit", "resolved", "publication", "unresolved"]),
    start=st.none() | places,
    end=st.none() | places,
)
figures = st.builds(
    EventFigure,
    text=texts,
    value=values,
    upper=st.none() | values,
    unit=texts,
    currency=maybe,
    measure=maybe,
    start=places,
    end=places,
)
spots = st.builds(Place, text=texts, turkish_name=maybe, country=st.none() | codes)
events = st.builds(
    OwnEvent,
    ministry=st.none() | st.builds(Words, text=texts, start=places, end=places),
    office=st.none() | spots,
    budgets=st.lists(figures, max_size=2).map(tuple),
    deadline=st.none() | dates,
    effect=maybe,
    type=st.sampled_from(["agreement_signed", "economic_statistic"]) | texts,
    status=st.sampled_from(["occurred", "planned", "planned", "stated"]) | texts,
    headline=texts,
    date=st.none() | dates,
    place=st.none() | spots,
    countries=st.lists(codes, max_size=3).map(tuple),
    participants=st.lists(
        st.builds(
            Participant,
            kind=texts,
            name=texts,
            turkish_name=maybe,
            title=maybe,
            organisation=maybe,
            country=maybe,
            role=texts,
            start=places,
            end=places,
        ),
        max_size=1,
    ).map(tuple),
    figures=st.lists(figures, max_size=1).map(tuple),
    instruments=st.lists(st.builds(Instrument, kind=texts, name=texts, start=places, end=places), max_size=1).map(
        tuple
    ),
    evidence=st.lists(
        st.builds(Evidence, sentence=places, start=places, end=places, quote=texts), min_size=1, max_size=2
    ).map(tuple),
)
digests = st.builds(
    _digest,
    article=st.builds(
        ArticleInfo,
        id=texts,
        source=maybe,
        title=maybe,
        published=st.none() | days,
        url=st.sampled_from([None, "https://haber.example/a?b=1&c=(2)", "javascript:alert(1)", "http://["]) | texts,
    ),
    language=st.sampled_from(["tr", "sq"]).map(lambda code: Language(code=code, confidence=1.0, method="declared")),
    summary=texts,
    translation=st.none()
    | st.builds(
        Translation,
        sentences=st.lists(
            st.builds(
                TranslatedSentence,
                number=places,
                source=texts,
                text=texts,
                flags=st.lists(st.builds(flag, st.sampled_from(FlagCode), words=texts, source=texts), max_size=2).map(
                    tuple
                ),
            ),
            max_size=2,
        ).map(tuple),
    ),
    events=st.lists(events, max_size=3).map(tuple),
    facts=st.just(Facts(figures=(), dates=(), countries=())),
    rejected=st.lists(
        st.builds(
            Rejection,
            path=texts,
            claim=texts,
            code=st.sampled_from(RejectionCode),
            data=st.fixed_dictionaries({"words": texts}),
            reason=texts,
        ),
        max_size=1,
    ).map(tuple),
    provenance=st.fixed_dictionaries(
        {}, optional={"types": labels("agreement_signed"), "fields": labels("ministry", "effect")}
    ).map(lambda own: PROVENANCE.model_copy(update={"labels": own})),
)
"""Digests that say anything anywhere."""
