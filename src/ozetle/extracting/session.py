"""Asks the questions about one article and keeps the tally of what they took."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Coroutine, Iterable
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from ozetle.errors import AnswerError, BudgetError, ModelError, OzetleError
from ozetle.extracting.draft import Draft
from ozetle.extracting.prompts import Prompt, PromptInfo, joined
from ozetle.extracting.taxonomy import Taxonomy
from ozetle.llm.client import Client
from ozetle.llm.question import Answer
from ozetle.llm.request import Request
from ozetle.usage import Effort, Usage

T = TypeVar("T", bound=BaseModel)
A = TypeVar("A")
B = TypeVar("B")
R = TypeVar("R")


async def together(questions: Iterable[Coroutine[Any, Any, R]]) -> list[R]:
    """Ask questions that do not depend on one another, and return what comes of each, in their order.

    All are asked before the first error is raised, because what the others answer is kept and need not be asked again;
    only an error that stops the whole run stops them too. They take their turns in their order.
    """
    tasks = [asyncio.ensure_future(question) for question in questions]
    try:
        for task in asyncio.as_completed(tasks):
            try:
                await task
            except OzetleError as error:
                if error.stops_run and not isinstance(error, BudgetError):  # what is sent already is paid for
                    raise
    finally:
        for waiting in tasks:
            waiting.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return [task.result() for task in tasks]


async def gather_pair(first: Coroutine[Any, Any, A], second: Coroutine[Any, Any, B]) -> tuple[A, B]:
    """Do the same with two questions, or series of them, of different kinds."""
    found: list[Any] = await together([first, second])
    return found[0], found[1]


class ArticleSession:
    """One article's way to the model.

    Attributes:
        taxonomy: the choices the model may make.
        draft: what the model is asked for; a subclass where the events have fields of one's own.
        template: the prompt that takes the place of the strategy's own, or None.
        requests, repairs, misses: counts so far; a miss is an answer that was not recorded before.
        usage: token counts so far.
        truncated: whether an answer was cut off, or a strategy left part of a long article out.
    """

    def __init__(
        self, client: Client, taxonomy: Taxonomy, draft: type[Draft] = Draft, template: Prompt | None = None
    ) -> None:
        self._client = client
        self.taxonomy = taxonomy
        self.draft = draft
        self.template = template
        self.requests = self.repairs = self.misses = 0
        self.usage = Usage()
        self.truncated = False
        self._prompts: dict[str, Prompt] = {}
        self._answers: dict[str, type[BaseModel]] = {}

    async def ask(
        self,
        prompt: Prompt,
        answer: type[T],
        schema: dict[str, Any],
        *,
        max_tokens: int,
        optional: bool = False,
        again: bool = False,
        **values: str,
    ) -> T:
        """Ask one question and return the validated answer.

        Args:
            prompt: the template.
            answer: the model the answer is validated with.
            schema: the JSON Schema the answer has to follow.
            max_tokens: limit of the answer's length.
            optional: the article's digest can do without the answer, see `Client.ask`.
            again: it asks for what an earlier answer did wrong, and counts as a repair.
            values: what is put in for the template's placeholders.

        Raises:
            ModelError, CacheError, ConfigurationError: see `Client.ask`.
        """
        profile = self._client.choice.profile
        request = Request(
            model=self._client.choice.name,
            messages=prompt.messages(**values),
            name=prompt.info.id,
            answer_schema=profile.wire_schema(schema),
            parameters=profile.parameters(max_tokens=max_tokens),
        )
        self._prompts.setdefault(prompt.info.id, prompt)
        self._answers.setdefault(prompt.info.id, answer)
        try:
            found: Answer[T] = await self._client.ask(request, answer, optional=optional)
        except ModelError as error:
            if error.effort is not None:
                self._count(error.effort, again=again)
                self.misses += isinstance(error, AnswerError) and error.effort.requests > 0
            raise
        self._count(found, again=again)
        self.misses += not found.hit
        self.truncated |= found.truncated
        return found.value

    def _count(self, effort: Effort, *, again: bool) -> None:
        self.requests += effort.requests
        self.repairs += effort.repairs + (again and effort.requests > 0)
        self.usage += effort.usage

    @property
    def context_window(self) -> int | None:
        """Tokens of prompt and answer together, or None if unknown."""
        return self._client.choice.profile.context_window

    @property
    def prompt(self) -> PromptInfo | None:
        """What identifies the prompts used so far; None before the first question."""
        return joined(self._prompts[name] for name in sorted(self._prompts)) if self._prompts else None

    @property
    def schema_sha256(self) -> str:
        """SHA-256 over the answer models' schemas used so far and the taxonomy."""
        return _schema_sha256(tuple(self._answers[name] for name in sorted(self._answers)), self.taxonomy.as_json)


@lru_cache(maxsize=64)
def _schema_sha256(answers: tuple[type[BaseModel], ...], taxonomy: str) -> str:
    used = [answer.model_json_schema() for answer in answers]
    text = f"[{json.dumps(used, sort_keys=True, ensure_ascii=False)}, {taxonomy}]"
    return hashlib.sha256(text.encode()).hexdigest()
