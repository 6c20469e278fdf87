"""Scores of digests against gold events that people wrote.

A gold file is one JSON object; members that are not named here are ignored:

    {"articles": [{
        "file": "visit.txt",                  the article's id, or the last part of its source
        "events": [{
            "acceptable_types": ["official_visit", "bilateral_meeting"],   ids of the taxonomy that count as right
            "core": true,                     false: optional, neither missed nor wrong when found
            "status": "occurred",
            "date": {"start": "2026-03-12", "end": "2026-03-12"},          inclusive ISO days; null if unknown
            "participants": [{"kind": "person", "name": "Ayşe Örnek"}],
            "figures": [{"value": "1500000000", "unit": "currency", "currency": "USD"}],
            "evidence": [{"start": 0, "end": 80, "quote": "…"}]}]}]}

Values are in base units; offsets count Unicode code points in the article's raw text, end exclusive. What is scored:

- events: predicted and gold events are matched one to one, as many as can be, core events first. A pair may be matched
  when the predicted evidence covers at least half of one gold quote; typed, the type must be acceptable too, and of
  gold events that share a quote the one whose status and date agree is taken first. Recall is over core gold events,
  precision over predicted events, where optional gold events count as right.
- status and dates: accuracy over the typed matches; of dates, where gold knows the first day, both ends must agree.
- people: the distinct names of an article's events, compared without case, diacritics, apostrophes and the suffixes
  behind them; a surname alone stands for the full name.
- figures: the distinct pairs of value and unit of an article's events, where the unit is the currency, else percent,
  else count. Ranks are left out.
- facts: which of the same gold figures were read without a model.
- grounding: how many evidence quotes are the raw text at their offsets.

Precision, recall, accuracy and F1 (the harmonic mean of precision and recall) are as in Manning, Raghavan and Schütze,
Introduction to Information Retrieval (2008), chapter 8, summed over the articles before dividing (micro-averaged).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from ozetle.errors import ConfigurationError
from ozetle.evaluating.counts import Counts, Retrieval, Share
from ozetle.evaluating.gold import (
    Amount,
    Days,
    Gold,
    GoldArticle,
    GoldEvent,
    PredictedEvent,
    Quote,
    Result,
    ScoredEvent,
)
from ozetle.facts.folding import dotless, fold_text, strip_suffix


class Scores(Counts):
    """The scores of one article or of all, as the module describes them."""

    articles: int = 0
    missing: int = 0
    """Articles without a digest: failed, or not in the run at all."""
    events: Retrieval = Retrieval()
    """Typed."""
    events_untyped: Retrieval = Retrieval()
    status: Share = Share()
    dates: Share = Share()
    people: Retrieval = Retrieval()
    figures: Retrieval = Retrieval()
    facts: Share = Share()
    grounding: Share = Share()
    """Of nothing where the articles' texts are not given."""


class Evaluation(BaseModel):
    """The scores of a run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: Scores
    articles: dict[str, Scores]
    """By the gold article's `file`."""


def evaluate(gold: Gold, results: Iterable[Result], texts: Mapping[str, str] | None = None) -> Evaluation:
    """Score the digests of a run.

    Args:
        gold: what should be found.
        results: what was found; `Result.model_validate` takes a `Digest` or `Failure`. Those of articles that are not
            in gold are passed over; of an article that comes twice the last one counts.
        texts: the articles' raw texts by the gold articles' `file`, for `grounding`.

    Raises:
        ConfigurationError: texts are given, but that of an article with a digest is not among them.
    """
    latest = {file: result for result in results for file in result.article.files}
    scores: dict[str, Scores] = {}
    for article in gold.articles:
        result = latest.get(article.file)
        if result is None or result.error is not None:
            scores[article.file] = _score(article, None)
        else:
            scores[article.file] = _score(article, result) + Scores(grounding=_grounding(article.file, result, texts))
    return Evaluation(total=sum(scores.values(), Scores()), articles=scores)


def matching(
    candidates: Sequence[Collection[int]],
    core: Collection[int],
    agrees: Callable[[int, int], bool] = lambda _predicted, _event: True,
) -> dict[int, int]:
    """Match predicted and gold events one to one: as many core ones as can be, then as many of all as can be.

    Each round looks for augmenting paths (Berge, Two theorems in graph theory, 1957), on which a gold event that is
    matched stays so, hence the core ones too. Pairs that agree are tried before the others.

    Args:
        candidates: for each predicted event the gold events it may be matched with.
        core: the gold events that come first.
        agrees: whether a predicted event says of a gold one what gold says; all do as a rule.

    Returns:
        The gold event of each predicted event that is matched.
    """
    owner: dict[int, int] = {}

    def place(predicted: int, allowed: Sequence[Sequence[int]], tried: set[int]) -> bool:
        for event in allowed[predicted]:
            if event not in tried:
                tried.add(event)
                if event not in owner or place(owner[event], allowed, tried):
                    owner[event] = predicted
                    return True
        return False

    everything = [sorted(events, key=lambda event: (event not in core, event)) for events in candidates]
    agreeing = [[event for event in events if agrees(one, event)] for one, events in enumerate(everything)]
    for allowed in (_among(core, agreeing), _among(core, everything), agreeing, everything):
        for predicted in range(len(candidates)):
            if predicted not in owner.values():
                place(predicted, allowed, set())
    return {predicted: event for event, predicted in owner.items()}


def _among(core: Collection[int], candidates: Sequence[Sequence[int]]) -> list[list[int]]:
    return [[event for event in events if event in core] for events in candidates]


def comparable_name(name: str) -> str:
    """A person's name as names are compared: "TÜRKAN ŞORAY’ın" and "Türkan Şoray" are both "turkan soray"."""
    folded = dotless(fold_text(strip_suffix(name.strip()))).replace("'", "")
    letters = (char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char))
    return " ".join("".join(letters).split())


def _score(gold: GoldArticle, result: Result | None) -> Scores:
    """The scores of one article but its grounding; of a missing one what should have been found."""
    predicted = result.events if result else ()
    near = [
        [number for number, event in enumerate(gold.events) if any(_covers(one.evidence, q) for q in event.evidence)]
        for one in predicted
    ]
    typed = [
        [number for number in numbers if one.type in gold.events[number].acceptable_types]
        for one, numbers in zip(predicted, near, strict=True)
    ]
    core = {number for number, event in enumerate(gold.events) if event.core}
    matches = matching(typed, core, lambda one, number: _agrees(predicted[one], gold.events[number]))
    pairs = [(predicted[one], gold.events[number]) for one, number in matches.items()]
    dated = [(one.date, event.date) for one, event in pairs if event.date and event.date.first]
    wanted = _figures(gold.events)
    return Scores(
        articles=1,
        missing=int(result is None),
        events=_retrieval_of_events(matches, core, len(predicted)),
        events_untyped=_retrieval_of_events(matching(near, core), core, len(predicted)),
        status=Share(right=sum(one.status == event.status for one, event in pairs), total=len(pairs)),
        dates=Share(right=sum(_ends(found) == days.ends for found, days in dated), total=len(dated)),
        people=_retrieval_of_people(_people(gold.events), _people(predicted)),
        figures=_retrieval_of_figures(wanted, _figures(predicted)),
        facts=Share(right=len(wanted & _distinct(result.facts.figures if result else ())), total=len(wanted)),
    )


def _covers(evidence: Iterable[Quote], quote: Quote) -> bool:
    # the sentences of one event's evidence never overlap, so that their parts of the quote can be added up
    covered = sum(max(0, min(piece.end, quote.end) - max(piece.start, quote.start)) for piece in evidence)
    return 0 < quote.end - quote.start <= 2 * covered


def _agrees(predicted: PredictedEvent, gold: GoldEvent) -> bool:
    """Whether a predicted event has the status and, where gold knows it, the date of a gold event."""
    dated = gold.date is not None and gold.date.first is not None
    return predicted.status == gold.status and (not dated or _ends(predicted.date) == _ends(gold.date))


def _ends(days: Days | None) -> tuple[date | None, date | None]:
    return days.ends if days else (None, None)


def _people(events: Iterable[ScoredEvent]) -> set[str]:
    parts = (part for event in events for part in event.participants if part.kind == "person")
    return {comparable_name(part.name) for part in parts if part.name}


def _figures(events: Iterable[ScoredEvent]) -> set[tuple[Decimal, str]]:
    return _distinct(figure for event in events for figure in event.figures)


def _distinct(figures: Iterable[Amount]) -> set[tuple[Decimal, str]]:
    return {
        (figure.value, figure.currency or ("percent" if figure.unit == "percent" else "count"))
        for figure in figures
        if figure.value is not None and (figure.currency or figure.unit != "rank")
    }


def _retrieval_of_events(matches: Mapping[int, int], core: Collection[int], predicted: int) -> Retrieval:
    found = sum(event in core for event in matches.values())
    return Retrieval(gold=len(core), found=found, predicted=predicted, right=len(matches))


def _retrieval_of_people(gold: set[str], predicted: set[str]) -> Retrieval:
    return Retrieval(
        gold=len(gold),
        found=sum(any(_same_person(name, other) for other in predicted) for name in gold),
        predicted=len(predicted),
        right=sum(any(_same_person(name, other) for other in gold) for name in predicted),
    )


def _retrieval_of_figures(gold: set[tuple[Decimal, str]], predicted: set[tuple[Decimal, str]]) -> Retrieval:
    both = len(gold & predicted)
    return Retrieval(gold=len(gold), found=both, predicted=len(predicted), right=both)


def _same_person(name: str, other: str) -> bool:
    return name == other or name.endswith(f" {other}") or other.endswith(f" {name}")


def _grounding(file: str, result: Result, texts: Mapping[str, str] | None) -> Share:
    if texts is None:
        return Share()
    if file not in texts:
        raise ConfigurationError(f"the article {file} is not among the texts", remedy="Give all that have a digest.")
    quotes = [quote for event in result.events for quote in event.evidence]
    right = sum(quote.start >= 0 and texts[file][quote.start : quote.end] == quote.quote for quote in quotes)
    return Share(right=right, total=len(quotes))
