"""The two ways of asking; both lead from a reading to a draft."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from ozetle.extracting.draft import Draft
from ozetle.extracting.session import ArticleSession
from ozetle.extracting.strategies.stepwise import stepwise
from ozetle.extracting.strategies.whole import whole
from ozetle.llm.models import Strategy
from ozetle.reading import Reading
from ozetle.turkish.soundness import Judge

STRATEGIES: dict[Strategy, Callable[[Reading, ArticleSession, Judge], Coroutine[Any, Any, Draft]]] = {
    "whole": whole,
    "stepwise": stepwise,
}

__all__ = ["STRATEGIES", "stepwise", "whole"]
