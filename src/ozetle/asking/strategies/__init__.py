"""The two ways of asking; both lead from a reading to a draft."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from ozetle.asking.asker import Asker
from ozetle.asking.draft import Draft
from ozetle.asking.models import Strategy
from ozetle.asking.strategies.stepwise import stepwise
from ozetle.asking.strategies.whole import whole
from ozetle.reading import Reading

STRATEGIES: dict[Strategy, Callable[[Reading, Asker], Coroutine[Any, Any, Draft]]] = {
    "whole": whole,
    "stepwise": stepwise,
}

__all__ = ["STRATEGIES", "stepwise", "whole"]
