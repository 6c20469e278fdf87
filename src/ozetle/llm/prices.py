"""What tokens cost: by the well-kept table of `genai-prices`, or by one of the user's own, which counts more."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ozetle.errors import ConfigurationError
from ozetle.llm.models import ModelChoice
from ozetle.usage import Usage

_MILLION = 1_000_000
_FEW = 1000  # tokens: prompts of more than some hundred thousand are dearer, and no article makes one


class Price(BaseModel):
    """What a million tokens cost, in whatever currency the table is in.

    Attributes:
        prompt: of prompts.
        cached: of prompts that the server had cached; by default as other prompts.
        cache_write: of prompts that the server is paid to remember; by default as other prompts.
        completion: of answers, reasoning included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)
    cache_write: float | None = Field(default=None, ge=0)

    def of(self, usage: Usage) -> float:
        """Return what some tokens cost; counts the server did not report cost nothing."""
        prompt = usage.prompt_tokens or 0
        cached = min(usage.cached_tokens or 0, prompt)
        written = min(usage.cache_write_tokens or 0, prompt - cached)
        cached_price = self.prompt if self.cached is None else self.cached
        write_price = self.prompt if self.cache_write is None else self.cache_write
        return (
            (prompt - cached - written) * self.prompt
            + cached * cached_price
            + written * write_price
            + (usage.completion_tokens or 0) * self.completion
        ) / _MILLION


@lru_cache(maxsize=64)
def known_price(choice: ModelChoice, tier: str | None = None, *, batch: bool = False) -> Price | None:
    """Return what a model's tokens cost in dollars, by the table that this installation of `genai-prices` carries.

    Args:
        choice: the model.
        tier: the service tier that is asked for.
        batch: whether it is asked in batches.

    Returns:
        the price; None where nobody knows it, or the model is asked at an address of one's own. The embedded model is
        free.
    """
    if choice.provider == "local":
        return Price(prompt=0, completion=0)
    if choice.prices is None:
        return None
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    context = {"service_tier": tier} if tier is not None else {}
    if batch:
        context["processing"] = "batch"

    def of_a_million(**tokens: int) -> float:
        found = calc_price(
            Tokens(**tokens), choice.served_name, provider_id=choice.prices, price_context=context or None
        )
        return float(found.total_price * (_MILLION // _FEW))

    try:
        return Price(
            prompt=of_a_million(input_tokens=_FEW),
            cached=of_a_million(input_tokens=_FEW, cache_read_tokens=_FEW),
            cache_write=of_a_million(input_tokens=_FEW, cache_write_tokens=_FEW),
            completion=of_a_million(output_tokens=_FEW),
        )
    except LookupError:
        return None


def read_price(path: Path, model: str, *, free: bool = False) -> Price:
    """Read a model's price from a table: a JSON object of models, each with the fields of `Price`.

    Args:
        path: the table.
        model: as it is named there.
        free: whether it costs nothing if it is not there, as the embedded model does.

    Raises:
        ConfigurationError: the file cannot be read, or has no usable price of the model.
    """
    remedy = f'It looks like {{"{model}": {{"prompt": 0.4, "cached": 0.1, "completion": 1.6}}}}, per million tokens.'
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"price table {path} cannot be read: {error}", remedy=remedy) from None
    if free and isinstance(table, dict) and model not in table:
        return Price(prompt=0, completion=0)
    if not isinstance(table, dict) or model not in table:
        raise ConfigurationError(f"price table {path} has no price of {model}", remedy=remedy)
    try:
        return Price.model_validate(table[model])
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigurationError(f"price table {path}: {model}: {where}: {first['msg']}", remedy=remedy) from None
