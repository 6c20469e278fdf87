"""Scores of translations against reference translations that people wrote.

A reference file is one JSON object; members that are not named here are ignored:

    {"articles": [{
        "file": "plan-shqip.txt",             the article's id, or the last part of its source
        "sentences": ["…", "…"]}]}            the Turkish of each content sentence, in their order

What is scored, over all articles and for each:

- chrF: Popović, chrF: character n-gram F-score for automatic MT evaluation (WMT 2015), as sacrebleu computes it with
  its defaults (chrF2, n-grams of 1 to 6 characters), 0 to 100. A sentence without a translation scores as empty.
- figures: how many sentences that have figures, or whose translation has, have the same in both, by value.
- flagged: how many sentences carry a flag of the checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ozetle.errors import ConfigurationError
from ozetle.evaluating.counts import Share
from ozetle.evaluating.gold import Lenient, Source
from ozetle.facts import read_figures
from ozetle.reasons import FlagCode
from ozetle.translating.checks import problems

_OF_FIGURES = frozenset(
    (FlagCode.FIGURE_MISSING, FlagCode.FIGURE_CHANGED, FlagCode.FIGURE_ADDED, FlagCode.FIGURE_CURRENCY)
)


class ReferenceArticle(Lenient):
    """The reference translation of one article."""

    file: str
    sentences: tuple[str, ...]


class Reference(Lenient):
    """A reference file."""

    articles: tuple[ReferenceArticle, ...]


class _Sentence(Lenient):
    source: str
    text: str
    flags: tuple[Any, ...] = ()
    """Counted alone, whatever they say."""


class _Language(Lenient):
    code: str


class _Article(Source):
    published: date | None = None


class _Translation(Lenient):
    sentences: tuple[_Sentence, ...]


class TranslatedResult(Lenient):
    """A line that `ozetle translate` or `ozetle summarize` wrote; one without a translation has no sentences."""

    article: _Article
    source_language: _Language | None = None
    language: _Language | str | None = None
    sentences: tuple[_Sentence, ...] = ()
    translation: _Translation | None = None

    @property
    def translated(self) -> tuple[_Sentence, ...]:
        """The sentences, wherever the line has them."""
        return self.translation.sentences if self.translation is not None else self.sentences

    @property
    def source_code(self) -> str:
        """The code of the language that was translated."""
        language = self.source_language or self.language
        return language.code if isinstance(language, _Language) else "und"


class TranslationScores(BaseModel):
    """Scores of one article, or of all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: int
    missing: int
    """Articles of the reference without a translation."""
    chrf: float
    """0 to 100."""
    figures: Share
    flagged: Share


class TranslationEvaluation(BaseModel):
    """Scores of a run: all articles together, and each by its name in the reference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: TranslationScores
    articles: dict[str, TranslationScores] = Field(default_factory=dict)


def evaluate_translations(reference: Reference, results: Sequence[TranslatedResult]) -> TranslationEvaluation:
    """Score the translations of some results.

    Raises:
        ConfigurationError: sacrebleu is not installed, or a translation has another number of sentences.
    """
    by_file: dict[str, TranslatedResult] = {}
    for result in results:
        for file in result.article.files:
            by_file.setdefault(file, result)
    pairs = [(article, by_file.get(article.file)) for article in reference.articles]
    for article, found in pairs:
        if found is not None and found.translated and len(found.translated) != len(article.sentences):
            raise ConfigurationError(
                f"the reference has {len(article.sentences)} sentences, the translation {len(found.translated)}",
                remedy="Give one reference sentence for each content sentence.",
                article=article.file,
            )
    return TranslationEvaluation(
        total=_scores(pairs), articles={article.file: _scores([(article, result)]) for article, result in pairs}
    )


def _scores(pairs: Sequence[tuple[ReferenceArticle, TranslatedResult | None]]) -> TranslationScores:
    texts: list[str] = []
    wanted: list[str] = []
    with_figures = agreeing = flagged = sentences = missing = 0
    for article, result in pairs:
        translated = result.translated if result is not None else ()
        wanted += article.sentences
        texts += [sentence.text for sentence in translated] or [""] * len(article.sentences)
        if result is None or not translated:
            missing += 1
            continue
        found = problems(
            [sentence.source for sentence in translated],
            [sentence.text for sentence in translated],
            result.source_code,
            published=result.article.published,
        )
        for sentence, wrong in zip(translated, found, strict=True):
            sentences += 1
            flagged += bool(sentence.flags)
            wrong_figure = not sentence.text or any(found.code in _OF_FIGURES for found in wrong)
            if wrong_figure or read_figures(sentence.source, result.source_code):
                with_figures += 1
                agreeing += not wrong_figure
    return TranslationScores(
        articles=len(pairs),
        missing=missing,
        chrf=round(_chrf(texts, wanted), 2),
        figures=Share(right=agreeing, total=with_figures),
        flagged=Share(right=flagged, total=sentences),
    )


def _chrf(texts: list[str], wanted: list[str]) -> float:
    try:
        from sacrebleu.metrics.chrf import CHRF
    except ImportError:
        raise ConfigurationError(
            "sacrebleu is not installed", remedy='Install it: pip install "ozetle[evaluation]".'
        ) from None
    metric: Any = CHRF()
    return float(metric.corpus_score(texts, [wanted]).score) if texts else 0.0
