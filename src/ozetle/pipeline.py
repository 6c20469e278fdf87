"""The way of one article: read, ask, ground."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Generic, cast

from ozetle._version import __version__
from ozetle.articles import Article
from ozetle.articles.article import place_of
from ozetle.digests.digest import ArticleInfo, ArticleTranslation, Digest, Event, FactFigure, Facts, Provenance
from ozetle.digests.own_fields import draft_of, labels_of
from ozetle.errors import ConfigurationError, OzetleError
from ozetle.extracting.prompts import own_prompt
from ozetle.extracting.session import ArticleSession, gather_pair
from ozetle.extracting.strategies import STRATEGIES
from ozetle.extracting.taxonomy import default_taxonomy, read_taxonomy
from ozetle.grounding.grounding import ground
from ozetle.llm.client import Client
from ozetle.llm.models import ModelChoice, Strategy
from ozetle.reading import Reading, read
from ozetle.settings import OwnEvent, Settings
from ozetle.translating.glossary import read_glossary
from ozetle.translating.translation import Translation
from ozetle.translating.translator import kept, translated
from ozetle.turkish.soundness import Judge

_SHOWN_IN: dict[Strategy, str] = {"whole": "article", "stepwise": "sentence"}  # placeholders of the main prompts


class Pipeline(Generic[OwnEvent]):
    """Makes digests and translations of articles, one at a time or several at once.

    Args:
        settings: what is to be made of them.
        choice: the model.

    Raises:
        ConfigurationError: a setting is wrong.
    """

    def __init__(self, settings: Settings[OwnEvent], choice: ModelChoice) -> None:
        self.strategy: Strategy = settings.strategy or choice.profile.strategy
        if self.strategy not in STRATEGIES:
            raise ConfigurationError(
                f"there is no strategy {self.strategy!r}", remedy=f"Choose one of {', '.join(STRATEGIES)}."
            )
        self.event = settings.event
        taxonomy, glossary = settings.taxonomy, settings.glossary
        if isinstance(taxonomy, str | Path):
            taxonomy = read_taxonomy(Path(taxonomy))
        self.taxonomy = taxonomy or default_taxonomy()
        self.glossary = read_glossary(Path(glossary)) if isinstance(glossary, str | Path) else dict(glossary or {})
        self._choice = choice
        self._draft = draft_of(self.event)
        self._template = own_prompt(Path(settings.prompt), _SHOWN_IN[self.strategy]) if settings.prompt else None
        self._translates = settings.translate

    async def digest(self, article: Article, client: Client) -> Digest[OwnEvent]:
        """Return the digest of an article.

        Args:
            article: the article.
            client: the way to the model.

        Raises:
            OzetleError: the model cannot be asked, or gave no usable answer; it names the article.
        """
        started = time.monotonic()
        session = ArticleSession(client, self.taxonomy, self._draft, self._template)
        try:
            reading = read(article)
            judge = Judge(reading)
            draft, translation = await gather_pair(
                STRATEGIES[self.strategy](reading, session, judge),
                self._translated(reading, session, wanted=self._translates),
            )
        except OzetleError as error:
            raise error.about(place_of(article)) from None
        # of a small model, even sentences that pass the checks are too often untrue to stand as headlines
        worded = translation if self.strategy == "whole" else None
        grounded = ground(draft, reading, self.taxonomy, worded, self.event, judge)
        own: type[Digest[OwnEvent]] = Digest if self.event is Event else Digest[self.event]  # type: ignore[name-defined]
        return own(
            article=ArticleInfo.of(article),
            language=reading.language.with_opinion(draft.language),
            summary=grounded.summary,
            translation=translation,
            events=cast("tuple[OwnEvent, ...]", grounded.events),
            facts=_facts(reading),
            rejected=grounded.rejected,
            provenance=self._provenance(
                session, client, started, labels_of(grounded.events, self.event, self.taxonomy)
            ),
        )

    async def translation(self, article: Article, client: Client) -> ArticleTranslation:
        """Return the Turkish translation of an article; arguments and errors as for `digest`."""
        started = time.monotonic()
        session = ArticleSession(client, self.taxonomy)
        try:
            reading = read(article)
            translation = await self._translated(reading, session, wanted=True)
        except OzetleError as error:
            raise error.about(place_of(article)) from None
        return ArticleTranslation(
            sentences=translation.sentences if translation else kept(reading).sentences,
            article=ArticleInfo.of(article),
            source_language=reading.language,
            provenance=self._provenance(session, client, started),
        )

    async def _translated(self, reading: Reading, session: ArticleSession, *, wanted: bool) -> Translation | None:
        if not wanted or reading.language.code in ("tr", "und"):
            return None
        return await translated(reading, session, self.strategy, self.glossary)

    def _provenance(
        self, session: ArticleSession, client: Client, started: float, labels: dict[str, dict[str, str]] | None = None
    ) -> Provenance:
        return Provenance(
            model=self._choice.name,
            strategy=self.strategy,
            prompt=session.prompt,
            schema_sha256=session.schema_sha256,
            cache="off" if client.cache.mode == "off" else "miss" if session.misses else "hit",
            requests=session.requests,
            repairs=session.repairs,
            truncated=session.truncated,
            usage=session.usage,
            wall_s=round(time.monotonic() - started, 3),
            ozetle=__version__,
            labels=labels or {},
        )


def _facts(reading: Reading) -> Facts:
    return Facts(
        figures=tuple(
            FactFigure(**{name: getattr(figure, name) for name in FactFigure.model_fields})
            for figure in reading.figures
        ),
        dates=reading.dates,
        countries=reading.countries,
    )
