"""What a user may say about how a model is asked, besides which one it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
ServiceTier = Literal["auto", "default", "flex", "priority", "fast", "standard_only"]


@dataclass(frozen=True, kw_only=True)
class TimeOuts:
    """How long a request may take, in seconds; one that takes longer is given up and repeated once.

    Attributes:
        connect: until the connection stands.
        first_byte: without a byte of the answer, which comes as a whole; None for `whole`.
        whole: altogether.
    """

    connect: float = 10.0
    first_byte: float | None = None
    whole: float = 300.0

    @classmethod
    def of(cls, timeout: float | TimeOuts) -> TimeOuts:
        """Return time-outs; a number is that of the whole request."""
        return timeout if isinstance(timeout, TimeOuts) else cls(whole=timeout)


@dataclass(frozen=True, kw_only=True)
class ModelOptions:
    """How a model is asked.

    Attributes:
        effort: how long a reasoning model may think; by default what suits the model.
        service_tier: how fast and how dear answers are, where the server has tiers: `flex` is half the price and slow.
            The answer does not depend on it, so recorded answers of every tier are used.
        headers: sent with every request, for a gateway perhaps. They are secrets: none is recorded or logged.
        body: more fields of every request. The answer may depend on them, so they count when it is looked up.
        client: the vendor's own asynchronous client to ask through (`openai.AsyncOpenAI`, `anthropic.AsyncAnthropic`,
            `google.genai.Client`): its address, key, proxies and certificates are used. It is not closed.
    """

    effort: ReasoningEffort | None = None
    service_tier: ServiceTier | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] = field(default_factory=dict)
    client: Any = field(default=None, repr=False)
