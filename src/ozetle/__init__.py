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
    from ozetle import facts
    from ozetle.api import (
        asummarize,
        asummarize_many,
        atranslate,
        summarize,
        summarize_many,
        translate,
    )
    from ozetle.articles import Article, Language, LoadFailure, detect_language, load
    from ozetle.coreference.merge import MergedEvent, merge
    from ozetle.digests.digest import Digest, Event, EventDate, EventFigure, Failure, Place, Words
    from ozetle.errors import OzetleError
    from ozetle.llm.budget import Budget
    from ozetle.llm.cache import Cache
    from ozetle.summarizer import Summarizer
    from ozetle.translating.translation import Translation

# imported when first used, so that `import ozetle` is fast
_HOMES = {
    "Article": "ozetle.articles",
    "Budget": "ozetle.llm.budget",
    "Cache": "ozetle.llm.cache",
    "Digest": "ozetle.digests.digest",
    "Event": "ozetle.digests.digest",
    "EventDate": "ozetle.digests.digest",
    "EventFigure": "ozetle.digests.digest",
    "Failure": "ozetle.digests.digest",
    "Language": "ozetle.articles",
    "LoadFailure": "ozetle.articles",
    "MergedEvent": "ozetle.coreference.merge",
    "OzetleError": "ozetle.errors",
    "Place": "ozetle.digests.digest",
    "Summarizer": "ozetle.summarizer",
    "Words": "ozetle.digests.digest",
    "asummarize": "ozetle.api",
    "asummarize_many": "ozetle.api",
    "detect_language": "ozetle.articles",
    "load": "ozetle.articles",
    "merge": "ozetle.coreference.merge",
    "summarize": "ozetle.api",
    "summarize_many": "ozetle.api",
    "translate": "ozetle.api",
    "Translation": "ozetle.translating.translation",
    "atranslate": "ozetle.api",
}

__all__ = [
    "Article",
    "Budget",
    "Cache",
    "Digest",
    "Event",
    "EventDate",
    "EventFigure",
    "Failure",
    "Language",
    "LoadFailure",
    "MergedEvent",
    "OzetleError",
    "Place",
    "Summarizer",
    "Translation",
    "Words",
    "__version__",
    "asummarize",
    "asummarize_many",
    "atranslate",
    "detect_language",
    "facts",
    "load",
    "merge",
    "summarize",
    "summarize_many",
    "translate",
]


def __getattr__(name: str) -> Any:
    if name == "facts":
        return import_module("ozetle.facts")
    if name not in _HOMES:
        raise AttributeError(f"module 'ozetle' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
