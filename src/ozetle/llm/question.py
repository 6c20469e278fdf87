"""One question on its way to an answer: its repetitions, its repairs, and what they cost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from ozetle.errors import AnswerError, CacheError, ModelError, RateLimitedError
from ozetle.llm import answers
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache, Entry, FailedAttempt
from ozetle.llm.connection import Connection
from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.events import AnswerRejected, Listener, RequestRetried, told
from ozetle.llm.formats import model_of, recorded_fields, reply
from ozetle.llm.instructing import instructed
from ozetle.llm.learning import Speech
from ozetle.llm.models import ModelChoice
from ozetle.llm.request import Request
from ozetle.llm.retries import Losses, Retries, TransientError
from ozetle.usage import Effort, Usage

T = TypeVar("T", bound=BaseModel)

_MAX_FAILED = 10

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer(Effort, Generic[T]):
    """An answer and what it took.

    Attributes:
        value: the validated answer.
        hit: it came from the cache.
        truncated: it was cut off at the length limit; `value` holds what was complete.
    """

    value: T
    hit: bool
    truncated: bool


@dataclass(frozen=True)
class Means:
    """What all questions to one model share.

    Attributes:
        choice: the model.
        cache: where answers are recorded.
        budget: what may be spent.
        retries: how lost requests are repeated.
        max_repairs: how often an answer that does not validate is asked for again.
        speech: what the server takes.
        connection: opens the connection, or returns the one that is open.
        listener: who is told what happens.
    """

    choice: ModelChoice
    cache: Cache
    budget: Budget
    retries: Retries
    max_repairs: int
    speech: Speech
    connection: Callable[[], Awaitable[Connection]]
    listener: Listener | None


class Question(Generic[T]):
    """One request on its way to an answer: its repetitions, its repairs, and what they cost."""

    def __init__(
        self, means: Means, request: Request, answer: type[T], dialect: Dialect, failed: tuple[FailedAttempt, ...]
    ) -> None:
        self._means = means
        self._choice = means.choice
        self._request = request
        self._answer = answer
        self._dialect = dialect
        self._failed = list(failed)
        self._losses = Losses(means.retries)
        self._usage = Usage()
        self._requests = 0
        self._answered = 0
        self._parsed: answers.Parsed[T] | None = None

    async def ask(self) -> Answer[T]:
        """Return the answer; raises as `Client.ask`."""
        problem: BaseException | None = None
        try:
            connection = await self._means.connection()
            await instructed(
                partial(self._create, connection),
                self._request,
                connection.arguments(self._request),
                self._dialect,
                self._read,
                provider=connection.provider,
                most=self._means.max_repairs,
            )
        except Exception as error:  # noqa: BLE001 (instructor wraps whatever was raised)
            problem = error.__cause__ or error
        parsed = self._parsed
        if parsed is None:
            await self._record_refused()
            final = self._final(problem)
            if isinstance(final, ModelError):
                repairs = max(0, self._answered - 1)
                final.effort = Effort(usage=self._usage, requests=self._requests, repairs=repairs)
            raise final from None
        return Answer(
            parsed.value,
            hit=False,
            truncated=parsed.truncated,
            usage=self._usage,
            requests=self._requests,
            repairs=self._answered - 1,
        )

    async def _create(self, connection: Connection, **arguments: Any) -> Any:
        """Send what instructor rendered, keep the raw answer, and return it as instructor reads it."""
        raw = await self._send(connection, arguments)
        self._means.speech.answered()
        self._answered += 1
        usage = Usage.of(raw)
        self._usage += usage
        self._means.budget.spend(usage)
        said = reply(raw)
        try:
            self._parsed = answers.parse(raw, self._answer)
        except (AnswerError, ValidationError) as error:
            reason = reason_of(error)
            self._failed.append(FailedAttempt(when=_now(), reason=reason, response=recorded_fields(raw)))
            told(self._means.listener, AnswerRejected(request=self._request, reason=reason))
            if isinstance(error, AnswerError) and said.is_final:
                raise
            return connection.completion(raw, said.text, self._request.mode)
        await self._record(raw, self._failed, replace=True)
        return connection.completion(raw, self._parsed.text, self._request.mode)

    def _read(self, text: str) -> None:
        """Validate the text that instructor found in an answer; what it raises is what the model is told."""
        if self._parsed is None:
            self._answer.model_validate_json(text)

    async def _send(self, connection: Connection, arguments: dict[str, Any]) -> dict[str, Any]:
        try:
            async for attempt in self._losses.policy():
                with attempt:
                    return await self._post(connection, arguments)
        except TransientError as error:
            problem = error.error
        raise problem

    async def _post(self, connection: Connection, arguments: dict[str, Any]) -> dict[str, Any]:
        async with connection.pace.turn() as began:
            self._means.budget.take()
            self._requests += 1
            try:
                return await connection.post(arguments)
            except TransientError as error:
                self._means.speech.lost()
                if isinstance(error.error, RateLimitedError):
                    connection.pace.slow_down(began, error.retry_after)
                self._failed.append(FailedAttempt(when=_now(), reason=error.reason))
                logger.info("%s: %s (%d lost)", self._choice.name, error, len(self._failed))
                told(self._means.listener, RequestRetried(request=self._request, reason=error.reason))
                raise

    def _final(self, problem: BaseException | None) -> BaseException:
        if isinstance(problem, ValidationError) or problem is None:
            count = self._answered
            return AnswerError(
                f"{self._choice.name} gave no usable answer in {count} {'try' if count == 1 else 'tries'}:"
                f" {self._failed[-1].reason}",
                remedy="Try again, or use another model.",
            )
        return problem

    async def _record_refused(self) -> None:
        answered = [attempt for attempt in self._failed if attempt.response is not None]
        if self._answered and answered:
            last = answered[-1]
            await self._record(
                last.response or {}, [attempt for attempt in self._failed if attempt is not last], replace=False
            )

    async def _record(self, raw: dict[str, Any], failed: list[FailedAttempt], *, replace: bool) -> None:
        if self._means.cache.mode == "off":
            return
        entry = Entry(
            key=self._request.key,
            request=self._request,
            response=recorded_fields(raw),
            created=_now(),
            model=model_of(raw) or self._choice.served_name,
            usage=self._usage,
            failed=tuple(failed[-_MAX_FAILED:]),
        )
        try:
            # in a thread: answers that come together share one sync of the disk, and nothing else waits for it
            recording = asyncio.ensure_future(asyncio.to_thread(self._means.cache.put, entry, replace=replace))
            try:
                await asyncio.shield(recording)
            except asyncio.CancelledError:  # it was paid for: who breaks off waits until it is on disk
                await asyncio.gather(recording, return_exceptions=True)
                raise
        except CacheError as error:
            logger.warning(
                "an answer could not be recorded: %s", error
            )  # it was paid for: the caller gets it all the same


def reason_of(error: AnswerError | ValidationError) -> str:
    """Say in one line why an answer was refused."""
    if isinstance(error, AnswerError):
        return error.cause
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    said = "; ".join(f"{'.'.join(map(str, problem['loc'])) or 'answer'}: {problem['msg']}" for problem in problems[:3])
    return " ".join(said.split()) + (f"; and {len(problems) - 3} more" if len(problems) > 3 else "")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
