"""What tokens cost, by a table of the user's own: prices change too often to be kept here."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ozetle.errors import ConfigurationError
from ozetle.usage import Usage

_MILLION = 1_000_000


class Price(BaseModel):
    """What a million tokens cost, in whatever currency the table is in.

    Attributes:
        prompt: of prompts.
        cached: of prompts that the server had cached; by default as other prompts.
        completion: of answers, reasoning included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)
    cached: float | None = Field(default=None, ge=0)

    def of(self, usage: Usage) -> float:
        """Return what some tokens cost; counts the server did not report cost nothing."""
        cached = min(usage.cached_tokens or 0, usage.prompt_tokens or 0)
        fresh = (usage.prompt_tokens or 0) - cached
        cached_price = self.prompt if self.cached is None else self.cached
        return (
            fresh * self.prompt + cached * cached_price + (usage.completion_tokens or 0) * self.completion
        ) / _MILLION


def read_price(path: Path, model: str, *, free: bool = False) -> Price:
    """Read a model's price from a table: a JSON object of models, each with `prompt`, `completion` and `cached`.

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
