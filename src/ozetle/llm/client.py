"""Asks a model: from the cache, else live, each question once, in the dialect of its server."""

from __future__ import annotations

import asyncio
import os
import time
from copy import copy
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from pydantic import BaseModel, ValidationError

from ozetle.errors import (
    AnswerError,
    CacheMissError,
    ConfigurationError,
    ModelError,
    OzetleError,
    RequestRejectedError,
    UnansweredError,
)
from ozetle.llm import answers
from ozetle.llm import network_guard as live
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache, FailedAttempt, RecordedAnswer
from ozetle.llm.connection import NO_KEY, Connection, start_embedded
from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.events import DialectLearned, Listener, QuestionAnswered, QuestionAsked, QuestionFailed, told
from ozetle.llm.learning import Speech
from ozetle.llm.models import ModelChoice
from ozetle.llm.options import ModelOptions, TimeOuts
from ozetle.llm.question import Answer, Means, Question, reason_of
from ozetle.llm.request import Request
from ozetle.llm.request_collector import RequestCollector
from ozetle.llm.retries import Retries
from ozetle.llm.telemetry import QuestionSpan, question_span
from ozetle.llm.vendors import connection_type
from ozetle.usage import Effort, Usage

T = TypeVar("T", bound=BaseModel)


class Client:
    """Asks one model. Usable from any event loop, and from several at once; `aclose` in each that asked live.

    Args:
        choice: the model.
        cache: where answers are looked up and recorded.
        timeout: seconds one request may take as a whole, or each of its parts.
        options: what else the user says about how the model is asked.
        api_key: overrides the environment variable that `choice` names.
        max_repairs: how often an answer that does not validate is asked for again.
        retries: how lost requests are repeated.
        at_once: requests under way at once; by default what suits the model.
        budget: what may be spent; by default without limits.
        listener: is told what happens, in the thread and event loop of who asks.
    """

    def __init__(
        self,
        choice: ModelChoice,
        cache: Cache,
        *,
        timeout: float | TimeOuts = 300.0,
        options: ModelOptions | None = None,
        api_key: str | None = None,
        max_repairs: int = 2,
        retries: Retries | None = None,
        at_once: int | None = None,
        budget: Budget | None = None,
        listener: Listener | None = None,
    ) -> None:
        self._options = options or ModelOptions()
        self.choice = choice if self._options.effort is None else choice.with_effort(self._options.effort)
        self.cache = cache
        self._timeouts = TimeOuts.of(timeout)
        if self._timeouts.first_byte is None and choice.first_byte is not None and self._options.service_tier != "flex":
            self._timeouts = replace(self._timeouts, first_byte=choice.first_byte)
        self.speech = Speech(choice)
        self._api_key = api_key
        self.at_once = at_once or choice.profile.concurrency
        self.budget = budget or Budget()
        self._listener = listener
        self._means = Means(
            choice=self.choice,
            cache=cache,
            budget=self.budget,
            retries=retries or Retries(),
            max_repairs=max_repairs,
            speech=self.speech,
            connection=self.connection,
            listener=listener,
        )
        self._collector: RequestCollector | None = None
        self._connections: WeakKeyDictionary[asyncio.AbstractEventLoop, Connection] = WeakKeyDictionary()
        self._starting: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()
        self._flights: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, _Flight]] = WeakKeyDictionary()

    def noting(self, collector: RequestCollector) -> Client:
        """Return a client over the same cache that notes the requests whose answers it lacks, and asks none."""
        noting = copy(self)
        noting._collector = collector
        return noting

    async def ask(self, request: Request, answer: type[T], *, optional: bool = False) -> Answer[T]:
        """Return the model's answer, validated as `answer`.

        A recorded answer that `answer` refuses today is asked for again, and kept among the new entry's failed
        attempts. An answer that stays unusable is recorded too, where there is none yet: it was paid for, and a later
        reader may understand it.

        Args:
            request: what is asked.
            answer: the model the answer is validated with.
            optional: who asks can do without the answer. A recorded one that is refused is an AnswerError then,
                instead of being paid for again by every run over the same cache.

        Raises:
            CacheMissError: replay, and the answer is not recorded or is refused today.
            UnansweredError: the request was noted among the collected ones.
            CacheError: the cache cannot be read. (If only recording fails, the answer is returned with a warning.)
            ConfigurationError: no key for OpenAI, or the embedded model is not the one asked for.
            NoModelError, WeightsError: the embedded model is not installed, or its weights cannot be had.
            ModelUnreachableError, RateLimitedError: requests kept being lost.
            ModelRefusedError: wrong key, unknown model, used-up quota.
            RequestRejectedError: the server rejects this request.
            AnswerError: the answer stayed unusable after the repairs, was refused, or was cut off with nothing whole.
        """
        if self._options.body:
            request = request.changed(parameters={**request.parameters, **self._options.body})
        started = time.monotonic()
        with question_span(request, self.choice, self._options) as span:
            try:
                found = await self._asked(request, answer, span, optional=optional)
            except UnansweredError:
                raise
            except OzetleError as error:
                span.failed(error)
                seconds = time.monotonic() - started
                told(self._listener, QuestionFailed(request=request, error=error, seconds=seconds))
                raise
            span.answered(found, found.value, hit=found.hit, truncated=found.truncated)
        told(
            self._listener,
            QuestionAnswered(
                request=request,
                cached=found.hit,
                requests=found.requests,
                repairs=found.repairs,
                truncated=found.truncated,
                usage=found.usage,
                seconds=time.monotonic() - started,
            ),
        )
        return found

    async def _asked(self, request: Request, answer: type[T], span: QuestionSpan, *, optional: bool) -> Answer[T]:
        """Look the answer up, else ask, in the server's dialect, and anew in a better one where that is refused."""
        self.speech.look_at_recordings(request, self.cache)
        refused: Effort | None = None
        while True:
            dialect = self.speech.dialect
            adapted = dialect.adapted(request)
            span.sent(adapted)
            found, failed = self._recorded(adapted, answer, optional=optional)
            if found is not None:
                return found if refused is None else replace(found, requests=refused.requests)
            if self.cache.mode == "replay":
                raise self._miss(failed)
            if self._collector is not None:
                self._collector.note(adapted)
                raise UnansweredError("an answer it needs is not recorded yet")
            # who asks the same as one that is under way waits for that alone
            first = adapted.key not in self._under_way() and await self.speech.wait_turn()
            try:
                if self.speech.dialect != dialect:
                    continue
                given = await self._once(adapted, answer, dialect, failed)
                return given if refused is None else replace(given, requests=given.requests + refused.requests)
            except RequestRejectedError as error:
                modes = connection_type(self.choice).modes
                difference = self.speech.learn(dialect, adapted, error, modes)
                if difference is None:
                    raise
                if difference:
                    told(self._listener, DialectLearned(request=adapted, difference=difference))
                sent = error.effort.requests if error.effort else 0
                refused = Effort(usage=Usage(), requests=sent + (refused.requests if refused else 0))
            finally:
                if first:
                    self.speech.first_is_over()

    def _recorded(
        self, request: Request, answer: type[T], *, optional: bool
    ) -> tuple[Answer[T] | None, tuple[FailedAttempt, ...]]:
        """Return the recorded answer, None where there is none that is of use, and the attempts that failed so far."""
        entry = self.cache.get(request.key)
        if entry is None:
            return None, ()
        try:
            parsed = answers.parse(entry.response, answer)
        except (AnswerError, ValidationError) as error:
            if optional:
                raise self._given_up(entry, reason_of(error)) from None
            old = FailedAttempt(when=entry.created, reason=reason_of(error), response=entry.response)
            return None, (*entry.failed, old)
        return Answer(parsed.value, hit=True, truncated=parsed.truncated, usage=entry.usage), ()

    async def _once(
        self, request: Request, answer: type[T], dialect: Dialect, failed: tuple[FailedAttempt, ...]
    ) -> Answer[T]:
        """Ask, or wait for the same request that is under way already: identical requests are paid for once."""
        flights = self._under_way()
        flight = flights.get(request.key)
        leads = flight is None
        if flight is None:
            # a task of its own, so that whoever asked first may be cancelled without costing the others their answer
            told(self._listener, QuestionAsked(request=request))
            task = asyncio.create_task(Question(self._means, request, answer, dialect, failed).ask())
            flight = flights[request.key] = _Flight(task)
            task.add_done_callback(lambda _: self._land(flights, request.key, task))
        flight.waiting += 1
        try:
            found: Answer[T] = await asyncio.shield(flight.task)
        except asyncio.CancelledError:
            if flight.waiting == 1:
                self._land(flights, request.key, flight.task)  # whoever asks from now on starts anew
                flight.task.cancel()
                await asyncio.gather(flight.task, return_exceptions=True)
            raise
        except OzetleError as error:
            raise (error if leads else _shared(error)) from None
        finally:
            flight.waiting -= 1
        return found if leads else replace(found, hit=True, requests=0, repairs=0)

    def _under_way(self) -> dict[str, _Flight]:
        return self._flights.setdefault(asyncio.get_running_loop(), {})

    @staticmethod
    def _land(flights: dict[str, _Flight], key: str, task: asyncio.Task[Answer[Any]]) -> None:
        """Forget a request that is no longer under way, unless the same one was asked anew meanwhile."""
        if key in flights and flights[key].task is task:
            del flights[key]

    async def aclose(self) -> None:
        """Close the connections made in the running event loop; asking again opens new ones."""
        connection = self._connections.pop(asyncio.get_running_loop(), None)
        if connection is not None:
            await connection.close()

    async def connection(self) -> Connection:
        """Return the running event loop's connection; the first call may start the embedded model."""
        live.check(self.choice.name)
        loop = asyncio.get_running_loop()
        async with self._starting.setdefault(loop, asyncio.Lock()):  # first come, first served
            if loop not in self._connections:
                key = self._key()
                base_url = self.choice.base_url
                if base_url is None:
                    base_url = await asyncio.to_thread(start_embedded, self.choice)
                self._connections[loop] = connection_type(self.choice)(
                    self.choice, base_url, key, self._timeouts, self._options, self.at_once
                )
        return self._connections[loop]

    def _key(self) -> str:
        name = self.choice.api_key_env
        key = (self._api_key or os.environ.get(name, "")).strip()
        if not key and self.choice.key_needed and self._options.client is None:
            raise ConfigurationError(f"{self.choice.name} needs a key", remedy=f"Set {name}.")
        if not key.isascii() or not key.isprintable() or " " in key:  # no header can carry it
            raise ConfigurationError(f"{name} holds characters that no key has", remedy=f"Set {name} to the key alone.")
        return key or NO_KEY

    def _miss(self, failed: tuple[FailedAttempt, ...]) -> CacheMissError:
        if failed:
            cause = f"the answer recorded in {self.cache.path} is refused today: {failed[-1].reason}"
        else:
            cause = f"an answer of {self.choice.name} it needs is not recorded in {self.cache.path}"
        return CacheMissError(cause, remedy="Run once without replay to record it.")

    def _given_up(self, entry: RecordedAnswer, reason: str) -> AnswerError:
        cause = f"the answer recorded in {self.cache.path} is no use: {reason}"
        error = AnswerError(cause, remedy="Ask anew with --refresh.")
        error.effort = Effort(usage=entry.usage)
        return error


@dataclass
class _Flight:
    """A request under way, and how many wait for its answer."""

    task: asyncio.Task[Answer[Any]]
    waiting: int = 0


def _shared(error: OzetleError) -> OzetleError:
    """Return the error for another who waited for the same answer: it names its own article, and sent nothing."""
    own = copy(error)
    if isinstance(own, ModelError) and own.effort is not None:
        own.effort = replace(own.effort, requests=0, repairs=0)
    return own
