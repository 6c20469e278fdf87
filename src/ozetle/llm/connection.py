"""The connection to one model server: one request out, one raw answer back. The vendors' own parts are in `vendors`."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

from ozetle.errors import ConfigurationError
from ozetle.llm import faults, formats
from ozetle.llm.faults import Redactor, Response
from ozetle.llm.models import ModelChoice, local_model_name
from ozetle.llm.options import ModelOptions, TimeOuts
from ozetle.llm.pace import Pace
from ozetle.llm.request import Mode, Request

if TYPE_CHECKING:
    import ssl

    import httpx2

NO_KEY = "none"
"""What keyless servers are given as a key: the vendors' clients insist on one."""


class Connection(ABC):
    """A pool of connections to one server, bound to the event loop it is first used in.

    Args:
        choice: the model, for the error messages.
        base_url: the server.
        key: the API key, or `NO_KEY`.
        timeouts: how long a request may take.
        options: what the user says about it.
        at_once: requests that may be under way at once.

    Attributes:
        pace: gives turns to send a request; its successes are noted here.
        redactor: knows this connection's secrets.
    """

    provider: ClassVar[str]
    """Whose API it is, in instructor's words."""
    modes: ClassVar[tuple[Mode, ...]]
    """The modes there are, the best first."""

    def __init__(
        self, choice: ModelChoice, base_url: str, key: str, timeouts: TimeOuts, options: ModelOptions, at_once: int
    ) -> None:
        self.pace = Pace(at_once)
        self._choice = choice
        self._timeouts = timeouts
        self._options = options
        self.redactor = Redactor([key if key != NO_KEY else "", *options.headers.values(), *self._secrets(base_url)])

    async def post(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Send what instructor rendered and return the raw answer.

        Raises:
            TransientError: the request was lost; repeating it may help.
            ModelRefusedError, RequestRejectedError: repeating it would not.
        """
        response = await self._answered(self._exchange(arguments))
        raw = formats.as_answer(response.body, self.redactor.known)
        if raw is None:
            raise faults.not_a_completion(response, self._choice, self.redactor)
        self.pace.go_on(response.headers)
        return raw

    async def models(self) -> list[str]:
        """Return the names of the models that the server has.

        Raises:
            TransientError, ModelRefusedError, RequestRejectedError: as `post`.
        """
        body = (await self._answered(self._list())).body
        listed = body.get("data", body.get("models")) if isinstance(body, dict) else body
        entries = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
        names = (entry.get("id") or entry.get("name") for entry in entries)
        return sorted(str(name).removeprefix("models/") for name in names if name)

    async def _answered(self, sending: Awaitable[httpx2.Response]) -> Response:
        """Wait for a response, and raise what is wrong with it, or with its absence, as this library's error."""
        import httpx2

        problem: Exception
        try:
            async with asyncio.timeout(self._timeouts.whole):
                response = self._response(await sending)
        except TimeoutError:
            problem = faults.timed_out(self._choice, self._timeouts.whole)
        except httpx2.ConnectTimeout:
            problem = faults.timed_out(self._choice, self._timeouts.connect)
        except httpx2.TimeoutException:
            problem = faults.timed_out(self._choice, self._timeouts.first_byte or self._timeouts.whole)
        except httpx2.HTTPError as error:
            problem = faults.lost(error, self._choice, self.redactor)
        else:
            if response.status < 300:
                return response
            problem = faults.refused(response, self._choice, self.redactor)
        # outside the handlers, so that no exception that holds the request's headers hangs on as its context
        raise problem

    @abstractmethod
    def arguments(self, request: Request) -> dict[str, Any]:
        """Return what instructor is called with to render a request."""

    @abstractmethod
    def completion(self, raw: Mapping[str, Any], text: str, mode: Mode) -> Any:
        """Return a raw answer as the vendor's own kind of object, with a text where the mode has it.

        Servers put answers into all kinds of places, in all kinds of wrappings; instructor looks into one.
        """

    @abstractmethod
    async def close(self) -> None:
        """Close what is open."""

    @abstractmethod
    async def _exchange(self, arguments: dict[str, Any]) -> httpx2.Response:
        """Send a request; raises what httpx2 raises where there is no response at all."""

    @abstractmethod
    async def _list(self) -> httpx2.Response:
        """Ask for the list of models; raises as `_exchange`."""

    def _secrets(self, base_url: str) -> list[str]:
        return []

    def _response(self, given: httpx2.Response) -> Response:
        """Read a response: UTF-8 whatever is declared, a stream that nobody asked for, an error in disguise."""
        text = self.redactor.known(decoded(given.content, given.charset_encoding))
        if text.lstrip().startswith(("data:", "event:", ": ")):
            whole = formats.from_events(text)
            text = text if whole is None else json.dumps(whole)
        response = Response(given.status_code, given.headers, text)
        hidden = faults.hidden_status(response.body) if given.status_code < 300 else None
        return response if hidden is None else Response(hidden, given.headers, text)


def decoded(content: bytes, declared: str | None) -> str:
    """Decode a body: JSON is UTF-8 (RFC 8259, 8.1), whatever the header says; the header counts where it is not."""
    try:
        return content.decode()
    except UnicodeDecodeError:
        try:
            return content.decode(declared or "utf-8", "replace")
        except LookupError:
            return content.decode("utf-8", "replace")


@cache
def certificates() -> ssl.SSLContext:
    """Load the certificate authorities once: it takes longer (80 ms) than all the rest of a connection."""
    import httpx2

    return httpx2.create_ssl_context()


def http_settings(host: str | None, timeouts: TimeOuts) -> dict[str, Any]:
    """Return how an HTTP client is made for a host."""
    import httpx2

    silence = min(timeouts.first_byte or timeouts.whole, timeouts.whole)
    return {
        "verify": certificates(),
        "timeout": httpx2.Timeout(silence, connect=min(timeouts.whole, timeouts.connect)),
        "follow_redirects": False,  # each of up to twenty would be a request that nobody counts
        # a proxy from the environment cannot reach this machine's own servers
        "trust_env": host not in ("localhost", "127.0.0.1", "::1"),
    }


def start_embedded(choice: ModelChoice) -> str:
    """Start the embedded model, unless it runs already, and return its base URL.

    Raises:
        ConfigurationError: the choice names a model that is not the embedded one.
        NoModelError: xllamacpp is not installed.
        WeightsError: its weights cannot be had.
    """
    if choice.provider != "local":
        raise ConfigurationError(
            f"no server for {choice.name}", remedy="Name its address with --base-url (base_url=…)."
        )
    if choice.served_name != local_model_name():
        raise ConfigurationError(
            f"the embedded model is {local_model_name()}, not {choice.served_name}",
            remedy=f"Set OZETLE_LOCAL_MODEL to the path of {choice.served_name}.gguf, or use --model local.",
        )
    from ozetle.llm import embedded

    return embedded.start().base_url
