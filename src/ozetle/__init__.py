"""Özetle turns news articles into verified, structured digests in Turkish with a language model.

from ozetle import summarize

digest = summarize("Ticaret Bakanı … Washington'a gidecek.")
for event in digest.events:
    print(event.headline, event.date, event.evidence[0].quote)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ozetle._version import __version__

if TYPE_CHECKING:
    from ozetle import facts, views
    from ozetle.api import (
        asummarize,
        asummarize_many,
        atranslate,
        atranslate_many,
        summarize,
        summarize_many,
        translate,
        translate_many,
    )
    from ozetle.articles import Article, Language, LoadFailure, detect_language, load
    from ozetle.batches import Batches, BatchStatus, BatchWritten
    from ozetle.coreference.merge import (
        ConflictingValue,
        Contradiction,
        MergedEvent,
        MergedFigure,
        MergedInstrument,
        MergedParticipant,
        Report,
        merge,
    )
    from ozetle.digests.digest import (
        ArticleInfo,
        ArticleTranslation,
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
        Instrument,
        Participant,
        Place,
        Provenance,
        Rejection,
        Words,
    )
    from ozetle.errors import OzetleError
    from ozetle.extracting.prompts import PromptInfo
    from ozetle.extracting.taxonomy import EventType, LabelledSentence, Taxonomy, Term
    from ozetle.llm.batch import BatchCollected, BatchFile
    from ozetle.llm.budget import Budget
    from ozetle.llm.cache import Cache, CacheStats, Entry, EntryInfo, FailedAttempt, RecordedAnswer, Selection
    from ozetle.llm.dialects.dialect import Dialect
    from ozetle.llm.events import (
        AnswerRejected,
        DialectLearned,
        ModelEvent,
        QuestionAnswered,
        QuestionAsked,
        QuestionFailed,
        RequestRetried,
    )
    from ozetle.llm.models import ModelChoice, Profile
    from ozetle.llm.options import ModelOptions, TimeOuts
    from ozetle.llm.request import Message, Mode, Request
    from ozetle.reasons import ErrorType, FlagCode, RejectionCode
    from ozetle.settings import Options, Settings
    from ozetle.summarizer import DryRun, Summarizer, Unanswered
    from ozetle.translating.flag import Flag
    from ozetle.translating.translation import TranslatedSentence, Translation
    from ozetle.usage import Usage
    from ozetle.views.jsonl import read_digests

# imported when first used, so that `import ozetle` is fast
_NAMES = {
    "ozetle.api": (
        "asummarize asummarize_many atranslate atranslate_many summarize summarize_many translate translate_many"
    ),
    "ozetle.articles": "Article Language LoadFailure detect_language load",
    "ozetle.batches": "BatchStatus BatchWritten Batches",
    "ozetle.coreference.merge": (
        "ConflictingValue Contradiction MergedEvent MergedFigure MergedInstrument MergedParticipant Report merge"
    ),
    "ozetle.digests.digest": (
        "ArticleInfo ArticleTranslation Digest Event EventDate EventFigure Evidence FactFigure Facts Failure "
        "FailureInfo FailureProvenance Instrument Participant Place Provenance Rejection Words"
    ),
    "ozetle.errors": "OzetleError",
    "ozetle.extracting.prompts": "PromptInfo",
    "ozetle.extracting.taxonomy": "EventType LabelledSentence Taxonomy Term",
    "ozetle.llm.batch": "BatchCollected BatchFile",
    "ozetle.llm.budget": "Budget",
    "ozetle.llm.cache": "Cache CacheStats Entry EntryInfo FailedAttempt RecordedAnswer Selection",
    "ozetle.llm.dialects.dialect": "Dialect",
    "ozetle.llm.events": (
        "AnswerRejected DialectLearned ModelEvent QuestionAnswered QuestionAsked QuestionFailed RequestRetried"
    ),
    "ozetle.llm.models": "ModelChoice Profile",
    "ozetle.llm.options": "ModelOptions TimeOuts",
    "ozetle.llm.request": "Message Mode Request",
    "ozetle.reasons": "ErrorType FlagCode RejectionCode",
    "ozetle.settings": "Options Settings",
    "ozetle.summarizer": "DryRun Summarizer Unanswered",
    "ozetle.translating.flag": "Flag",
    "ozetle.translating.translation": "TranslatedSentence Translation",
    "ozetle.usage": "Usage",
    "ozetle.views.jsonl": "read_digests",
}
_HOMES = {name: module for module, names in _NAMES.items() for name in names.split()}
_MODULES = ("facts", "views")

__all__ = [
    "AnswerRejected",
    "Article",
    "ArticleInfo",
    "ArticleTranslation",
    "BatchCollected",
    "BatchFile",
    "BatchStatus",
    "BatchWritten",
    "Batches",
    "Budget",
    "Cache",
    "CacheStats",
    "ConflictingValue",
    "Contradiction",
    "Dialect",
    "DialectLearned",
    "Digest",
    "DryRun",
    "Entry",
    "EntryInfo",
    "ErrorType",
    "Event",
    "EventDate",
    "EventFigure",
    "EventType",
    "Evidence",
    "FactFigure",
    "Facts",
    "FailedAttempt",
    "Failure",
    "FailureInfo",
    "FailureProvenance",
    "Flag",
    "FlagCode",
    "Instrument",
    "LabelledSentence",
    "Language",
    "LoadFailure",
    "MergedEvent",
    "MergedFigure",
    "MergedInstrument",
    "MergedParticipant",
    "Message",
    "Mode",
    "ModelChoice",
    "ModelEvent",
    "ModelOptions",
    "Options",
    "OzetleError",
    "Participant",
    "Place",
    "Profile",
    "PromptInfo",
    "Provenance",
    "QuestionAnswered",
    "QuestionAsked",
    "QuestionFailed",
    "RecordedAnswer",
    "Rejection",
    "RejectionCode",
    "Report",
    "Request",
    "RequestRetried",
    "Selection",
    "Settings",
    "Summarizer",
    "Taxonomy",
    "Term",
    "TimeOuts",
    "TranslatedSentence",
    "Translation",
    "Unanswered",
    "Usage",
    "Words",
    "__version__",
    "asummarize",
    "asummarize_many",
    "atranslate",
    "atranslate_many",
    "detect_language",
    "facts",
    "load",
    "merge",
    "read_digests",
    "summarize",
    "summarize_many",
    "translate",
    "translate_many",
    "views",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"ozetle.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'ozetle' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
