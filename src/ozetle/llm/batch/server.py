"""A server's files and batches, over the openai client."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ozetle.errors import ConfigurationError, ModelUnreachableError
from ozetle.llm.batch.folder import Id, State
from ozetle.llm.batch.lines import ENDPOINT
from ozetle.llm.cache import Cache
from ozetle.llm.client import Client
from ozetle.llm.faults import Redactor
from ozetle.llm.models import ModelChoice, choose_model
from ozetle.llm.retries import Losses, Retries, TransientError
from ozetle.llm.vendors.openai import OpenAIConnection

if TYPE_CHECKING:
    import openai

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)

_OVER = ("completed", "failed", "expired", "cancelled")
_PAGE = 100
_NO_BATCHES = (
    "it takes no batches, or the base URL is wrong (it usually ends in /v1). Shards can be run elsewhere too, and"
    " collected with --results."
)
_ACCOUNT = "Is the key that of the account that submitted it?"


class _Counts(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    total: int = 0
    completed: int = 0
    failed: int = 0


class _Problem(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    message: str | None = None


class _Problems(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    data: tuple[_Problem, ...] | None = None


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Id


class Batch(BaseModel):
    """A batch as the server describes it.

    Attributes:
        id: the server's name of it.
        status: `validating`, `in_progress`, `completed` …
        input_file_id, output_file_id, error_file_id: the server's names of its files; None where there is none.
        request_counts: how many requests are answered and failed so far.
        errors: why it failed as a whole.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Id
    status: str
    input_file_id: str | None = None
    output_file_id: str | None = None
    error_file_id: str | None = None
    request_counts: _Counts | None = None
    errors: _Problems | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in _OVER


class _Batches(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    data: tuple[Batch, ...]
    has_more: bool | None = None


class BatchServer:
    """The server of a model's batches. Bound to the event loop it is first used in; `close` it there.

    Every method raises ConfigurationError where there is no key, ModelRefusedError and RequestRejectedError where the
    server refuses, ModelUnreachableError and RateLimitedError after all repetitions.

    Args:
        choice: the model.
        api_key: overrides the environment.
        timeout: seconds the server may be silent.
        retries: how lost requests are repeated.

    Raises:
        ConfigurationError: the model has no server.
    """

    def __init__(
        self,
        choice: ModelChoice,
        *,
        api_key: str | None = None,
        timeout: float = 300.0,
        retries: Retries | None = None,
    ) -> None:
        if choice.base_url is None:
            raise ConfigurationError(
                f"{choice.name} has no server that takes batches", remedy="Name one with --base-url when writing them."
            )
        self._choice = choice
        self._client = Client(choice, Cache(mode="off"), timeout=timeout, api_key=api_key)
        self._retries = retries or Retries()

    async def upload(self, path: Path) -> str:
        """Upload a shard and return the server's name of the file."""

        async def send(client: openai.AsyncOpenAI) -> str:
            with path.open("rb") as file:  # anew for each repetition
                given = await client.files.with_raw_response.create(file=(path.name, file), purpose="batch")
            return self._read(given.text, _File).id

        return await self._retried(send, _NO_BATCHES)

    async def create(self, file_id: str, *, perhaps_there: bool) -> Batch:
        """Create the batch of an uploaded file, once.

        A creation that was lost on the way may have happened all the same. So it is looked up before it is repeated,
        among the server's batches, by its file.

        Args:
            file_id: the server's name of the file.
            perhaps_there: whether an earlier process may have created it.
        """
        tried = perhaps_there

        async def send(client: openai.AsyncOpenAI) -> Batch:
            nonlocal tried
            found = await self._of_file(client, file_id) if tried else None
            if found is not None:
                return found
            tried = True
            given = await client.batches.with_raw_response.create(
                input_file_id=file_id, endpoint=ENDPOINT, completion_window="24h"
            )
            return self._read(given.text, Batch)

        return await self._retried(send, _NO_BATCHES)

    async def batch(self, batch_id: str) -> Batch:
        """Return how a batch stands."""

        async def send(client: openai.AsyncOpenAI) -> Batch:
            return self._read((await client.batches.with_raw_response.retrieve(batch_id)).text, Batch)

        return await self._retried(send, f"there is no batch {batch_id}. {_ACCOUNT}")

    async def download(self, file_id: str, into: IO[bytes]) -> None:
        """Write a file's content into an empty stream, and rewind it."""

        async def send(client: openai.AsyncOpenAI) -> None:
            into.seek(0)
            into.truncate()
            async with client.files.with_streaming_response.content(file_id) as response:
                async for chunk in response.iter_bytes():
                    into.write(chunk)
            into.seek(0)

        await self._retried(send, f"there is no file {file_id}. {_ACCOUNT}")

    async def redactor(self) -> Redactor:
        """Return what takes this server's secrets out of texts."""
        return (await self._client.connection()).redactor

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _of_file(self, client: openai.AsyncOpenAI, file_id: str) -> Batch | None:
        more: dict[str, Any] = {}
        while True:
            given = await client.batches.with_raw_response.list(limit=_PAGE, **more)
            page = self._read(given.text, _Batches)
            found = next((batch for batch in page.data if batch.input_file_id == file_id), None)
            if found is not None or not page.has_more or not page.data:
                return found
            more = {"after": page.data[-1].id}

    async def _retried(self, action: Callable[[openai.AsyncOpenAI], Awaitable[T]], absent: str) -> T:
        """Do something, repeating it where it is lost.

        Args:
            action: what to do with the openai client.
            absent: what it means if the server says that there is no such thing.
        """
        import openai

        async def told(client: openai.AsyncOpenAI) -> T:
            try:
                return await action(client)
            except openai.APIStatusError as error:
                if error.status_code not in (404, 405):
                    raise
                status = error.status_code
            raise ConfigurationError(f"{self._choice.server} answered {status}: {absent}")

        connection = await self._client.connection()
        if not isinstance(connection, OpenAIConnection):
            raise ConfigurationError(f"{self._choice.name} takes no batches of this kind", remedy="Ask it live.")
        try:
            async for attempt in Losses(self._retries).policy():
                with attempt:
                    return await connection.call(told)
        except TransientError as error:
            problem = error.error
        raise problem

    def _read(self, text: str, model: type[M]) -> M:
        try:
            return model.model_validate(json.loads(text))
        except (ValidationError, ValueError, RecursionError):
            what = model.__name__.strip("_").lower()
        problem = ModelUnreachableError(
            f"{self._choice.server} did not answer with the {what} it was asked for",
            remedy="Does it take batches, and is the base URL right? It usually ends in /v1.",
        )
        raise TransientError(problem)


def choice_of(state: State, base_url: str | None = None) -> ModelChoice:
    """Choose the model and the server that a folder's batches are for.

    Args:
        state: what the folder's record says.
        base_url: the server's address, if it needs a login; the settings are asked too.

    Raises:
        ConfigurationError: the base URL is another server's.
    """
    if state.server is None:
        return choose_model(state.model)
    if base_url is not None:
        choice = choose_model(state.model, base_url)
        if choice.server != state.server:
            raise ConfigurationError(
                f"the batches are for {state.server}, not for {choice.server}", remedy="Use another folder for it."
            )
        return choice
    try:
        choice = choose_model(state.model)
    except ConfigurationError:  # a bare name, and no server in the settings
        return choose_model(state.model, state.server)
    return choice if choice.server == state.server else choose_model(state.model, state.server)
