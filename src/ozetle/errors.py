"""Every error this library raises.

OzetleError
├── ArticleError             an article cannot be read: missing, empty, binary, malformed
├── ConfigurationError       the call or the settings are wrong
│   └── NoModelError         no model was chosen and none can be had
├── BudgetError              as much is spent as was allowed
├── CacheError               the cache file cannot be used
│   ├── CacheMissError       replay was asked for and the answer is not recorded
│   └── UnansweredError      only what is recorded was wanted, and the question was noted for later
└── ModelError               the model could not be asked, or its answer cannot be used
    ├── ModelUnreachableError    no connection, time-out, no answer that is one
    │   └── ServerFailedError    the server is there and failed (5xx)
    ├── RateLimitedError         the server asks to slow down
    ├── ModelRefusedError        wrong key, exhausted quota, unknown model: no article would fare better
    ├── RequestRejectedError     the server rejects this one request
    ├── AnswerError              the answer stayed unusable after the bounded repairs
    └── WeightsError             the embedded model's weights cannot be had
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from ozetle.reasons import ErrorType

if TYPE_CHECKING:
    from ozetle.usage import Effort


class OzetleError(Exception):
    """Base of all errors; its text is one line: the article, the cause, the remedy.

    Attributes:
        cause: what went wrong, without the article and the remedy.
        remedy: what the reader can do about it; may be empty.
        article: the path, URL or id of the article concerned, or None.
        type: what kind of error it is, as failures and programs that read them name it.
        retryable: whether the same call may succeed later.
        stops_run: whether a run over many articles should stop, because every other article would fail alike.
    """

    type: ClassVar[ErrorType] = ErrorType.OTHER
    retryable: ClassVar[bool] = False
    stops_run: ClassVar[bool] = False

    def __init__(self, cause: str, *, remedy: str = "", article: str | None = None) -> None:
        super().__init__(cause)
        self.cause = " ".join(cause.split())
        self.remedy = " ".join(remedy.split())
        self.article = article

    def about(self, article: str) -> Self:
        """Name the article this error concerns, unless it is named already; returns the error itself."""
        if self.article is None:
            self.article = article
        return self

    def __str__(self) -> str:
        text = f"{self.article}: {self.cause}" if self.article else self.cause
        if not self.remedy:
            return text
        return f"{text}{'' if text.endswith(('.', '!', '?')) else '.'} {self.remedy}"


class ArticleError(OzetleError):
    """An article cannot be read."""

    type = ErrorType.ARTICLE


class ConfigurationError(OzetleError):
    """The call, the command or the settings are wrong."""

    type = ErrorType.CONFIGURATION
    stops_run = True


class NoModelError(ConfigurationError):
    """No model was chosen and none can be had."""

    type = ErrorType.NO_MODEL


class BudgetError(OzetleError):
    """A run has spent as many requests or tokens as it was allowed."""

    type = ErrorType.BUDGET
    retryable = True
    stops_run = True


class CacheError(OzetleError):
    """The cache cannot be opened, read or written."""

    type = ErrorType.CACHE
    stops_run = True


class CacheMissError(CacheError):
    """Replay was asked for, and an answer the article needs is not recorded."""

    type = ErrorType.CACHE_MISS
    stops_run = False


class UnansweredError(CacheError):
    """A question was noted for later instead of asked; see `ozetle.llm.request_collector`."""

    type = ErrorType.UNANSWERED
    stops_run = False


class ModelError(OzetleError):
    """The model could not be asked, or its answer cannot be used.

    Attributes:
        effort: what asking took all the same; None if there was none.
    """

    type = ErrorType.MODEL
    effort: Effort | None = None


class ModelUnreachableError(ModelError):
    """No connection, a time-out, or nothing that is an answer, after all retries."""

    type = ErrorType.MODEL_UNREACHABLE
    retryable = True


class ServerFailedError(ModelUnreachableError):
    """The server is there and says that it failed (5xx), after all retries: perhaps because of this one request."""

    type = ErrorType.SERVER_FAILED


class RateLimitedError(ModelError):
    """The server still asks to slow down after all retries."""

    type = ErrorType.RATE_LIMITED
    retryable = True


class ModelRefusedError(ModelError):
    """Wrong key, exhausted quota or unknown model: every other article would fail alike."""

    type = ErrorType.MODEL_REFUSED
    stops_run = True


class RequestRejectedError(ModelError):
    """The server rejects this one request, for its length for example.

    Attributes:
        said: the server's words, without what they echo of the request.
        parameter: the parameter that it refuses, if it names one in a field of its own.
    """

    said: str = ""
    parameter: str | None = None

    type = ErrorType.REQUEST_REJECTED


class AnswerError(ModelError):
    """The model's answer stayed unusable after the bounded repairs."""

    type = ErrorType.ANSWER
    retryable = True


class WeightsError(ModelError):
    """The embedded model's weights cannot be fetched or do not match their checksum."""

    type = ErrorType.WEIGHTS
    stops_run = True
