"""What happens on the way to an answer, told to whoever wants to know, as typed events."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ozetle.llm.request import Request
from ozetle.usage import Usage

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ModelEvent:
    """Something that happened to a question.

    Attributes:
        request: the question, as it is sent; `request.key` tells questions apart, `request.name` their prompts.
    """

    request: Request


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(ModelEvent):
    """A question is about to be sent: the cache has no answer of use."""


@dataclass(frozen=True, kw_only=True)
class RequestRetried(ModelEvent):
    """A request was lost, and is sent again unless it was lost too often.

    Attributes:
        reason: what became of it.
    """

    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerRejected(ModelEvent):
    """An answer does not validate; the model is told why and asked again, unless it was asked too often.

    Attributes:
        reason: why.
    """

    reason: str


@dataclass(frozen=True, kw_only=True)
class DialectLearned(ModelEvent):
    """The server refused a request as it was put, and is asked otherwise from now on.

    Attributes:
        difference: what is otherwise.
    """

    difference: str


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(ModelEvent):
    """There is an answer.

    Attributes:
        cached: whether it was recorded before.
        requests: how many were sent for it, lost ones included.
        repairs: how often the model was asked again.
        truncated: whether it was cut off, and only what was whole is used.
        usage: token counts; of a recorded answer what they were.
        seconds: how long it took.
    """

    cached: bool
    requests: int
    repairs: int
    truncated: bool
    usage: Usage
    seconds: float


@dataclass(frozen=True, kw_only=True)
class QuestionFailed(ModelEvent):
    """There is no answer.

    Attributes:
        error: why.
        seconds: how long it took to find out.
    """

    error: Exception
    seconds: float


Listener = Callable[[ModelEvent], None]


def told(listener: Listener | None, event: ModelEvent) -> None:
    """Tell an event; a listener that fails is said so in the log, and costs nothing else."""
    if listener is None:
        return
    try:
        listener(event)
    except Exception:
        logger.exception("a listener failed at %s", type(event).__name__)
