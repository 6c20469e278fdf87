"""What decides how articles are summarised: one type that every call shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Generic, Literal, TypedDict, Unpack

from typing_extensions import TypeVar

from ozetle.digests.digest import Event
from ozetle.extracting.taxonomy import Taxonomy
from ozetle.llm.budget import Budget
from ozetle.llm.cache import Cache
from ozetle.llm.events import Listener
from ozetle.llm.models import Strategy, without_login
from ozetle.llm.options import ModelOptions, ReasoningEffort, ServiceTier, TimeOuts
from ozetle.translating.glossary import Glossary

OwnEvent = TypeVar("OwnEvent", bound=Event, default=Event)
CacheChoice = Cache | str | Path | Literal[False] | None


@dataclass(frozen=True, kw_only=True, repr=False)
class Settings(Generic[OwnEvent]):
    """All that `Summarizer` and the one-off calls can be told; each takes the same names as keyword arguments.

    Settings can be pickled, for processes of one's own, unless they hold a `Budget`, or a `Cache` that cannot be opened
    twice. What they show of themselves (`repr`) has neither the key nor a login in the base URL.
    """

    model: str | None = None
    """`openai/<name>`, `ollama/<name>`, `local`, or any name with `base_url`. Default: `OZETLE_MODEL`, else OpenAI when
    `OPENAI_API_KEY` is set, else the embedded model; in replay the recorded one."""
    base_url: str | None = None
    """An OpenAI-compatible server, as a rule ending in `/v1`."""
    api_key: str | None = field(default=None, repr=False)
    """Overrides the environment (`OPENAI_API_KEY`, or `OZETLE_API_KEY` with `base_url`)."""
    cache: CacheChoice = None
    """A `Cache`, the path of one, False for none, or None for the default one in the user's cache folder."""
    strategy: Strategy | None = None
    """`whole` or `stepwise`; by default what suits the model."""
    event: type[OwnEvent] = Event  # type: ignore[assignment]
    """The class of the events; a subclass of `Event` may have fields of one's own, see `ozetle.digests.own_fields`."""
    taxonomy: Taxonomy | str | Path | None = None
    """The event types; by default those of trade and economic diplomacy. A str or Path is that of a JSON file, see
    `ozetle.extracting.taxonomy.read_taxonomy`."""
    prompt: str | Path | None = None
    """The path of a prompt file that takes the place of the strategy's own: of `prompts/whole.md`, or of
    `prompts/stepwise-label.md`; it may have the same placeholders."""
    translate: bool = True
    """Whether a digest of an article that is not Turkish has its translation."""
    glossary: Glossary | str | Path | None = None
    """Terms of the articles' language and their Turkish, besides the library's own; a str or Path is that of a JSON
    object of them."""
    timeout: float | TimeOuts = 300.0
    """Seconds one request may take, or each of its parts; one that takes longer is given up and repeated once."""
    effort: ReasoningEffort | None = None
    """How long a reasoning model may think; by default what suits the model."""
    service_tier: ServiceTier | None = None
    """How fast and how dear answers are, where the server has tiers: `flex` is half the price and slow."""
    headers: Mapping[str, str] | None = field(default=None, repr=False)
    """Sent with every request, to a gateway perhaps. They are secrets: none is recorded or logged."""
    body: Mapping[str, Any] | None = None
    """More fields of every request. The answer may depend on them, so they count when it is looked up."""
    client: Any = field(default=None, repr=False)
    """The vendor's own asynchronous client to ask through; see `ModelOptions.client`."""
    budget: Budget | None = None
    """What may be spent; by default without limits."""
    on_event: Listener | None = field(default=None, repr=False)
    """Is told what happens on the way to each answer, and what is taken out of digests; see `ModelEvent`."""

    def options(self) -> ModelOptions:
        """Return what is said about how the model is asked."""
        return ModelOptions(
            effort=self.effort,
            service_tier=self.service_tier,
            headers=dict(self.headers or {}),
            body=dict(self.body or {}),
            client=self.client,
        )

    def __repr__(self) -> str:
        given = {one.name: getattr(self, one.name) for one in fields(self) if one.repr}
        if self.base_url is not None:
            given["base_url"] = without_login(self.base_url)
        defaults = {one.name: one.default for one in fields(self)}
        shown = (f"{name}={value!r}" for name, value in given.items() if value != defaults[name])
        return f"Settings({', '.join(shown)})"


class Options(TypedDict, Generic[OwnEvent], total=False):
    """The keyword arguments of the calls: the fields of `Settings` but for `model`, and `settings` that hold them."""

    settings: Settings[OwnEvent]
    """What the other arguments do not say."""
    base_url: str | None
    api_key: str | None
    cache: CacheChoice
    strategy: Strategy | None
    event: type[OwnEvent]
    taxonomy: Taxonomy | str | Path | None
    prompt: str | Path | None
    translate: bool
    glossary: Glossary | str | Path | None
    timeout: float | TimeOuts
    effort: ReasoningEffort | None
    service_tier: ServiceTier | None
    headers: Mapping[str, str] | None
    body: Mapping[str, Any] | None
    client: Any
    budget: Budget | None
    on_event: Listener | None


def settings_of(model: str | None, **options: Unpack[Options[OwnEvent]]) -> Settings[OwnEvent]:
    """Return the settings that the arguments of a call amount to."""
    given = dict(options)
    base = options.get("settings")
    given.pop("settings", None)
    if model is not None or base is None:
        given["model"] = model
    return replace(base if base is not None else Settings(), **given)  # type: ignore[arg-type, return-value]


def opened_cache(cache: CacheChoice) -> Cache:
    """Return the cache that is meant.

    Raises:
        CacheError: it cannot be opened.
    """
    if isinstance(cache, Cache):
        return cache
    return Cache(mode="off") if cache is False else Cache(cache)
