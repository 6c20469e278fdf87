"""Which recorded answers are to go: by age, model, prompt, by what was asked, or because they are damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ozetle.errors import CacheError, ConfigurationError
from ozetle.llm.cache.entries import EntryInfo, Store
from ozetle.llm.request import Request


class Selection(BaseModel):
    """Entries that meet every condition that is set; without any, all.

    Attributes:
        before: recorded before this moment.
        model: `Request.model`.
        prompt: the prompt's id.
        request: whether an entry's request is one of those to go, as `ozetle.extracting.stale.is_stale` tells it.
        damaged: cannot be read; nothing else is known of such entries, so that this goes with no other condition.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: AwareDatetime | None = None
    model: str | None = None
    prompt: str | None = None
    request: Callable[[Request], bool] | None = None
    damaged: bool = False


def selected(store: Store, selection: Selection) -> Iterator[str]:
    """Yield the keys of the selected entries.

    Raises:
        CacheError: the store cannot be read, or an entry is damaged that has to be read.
        ConfigurationError: `damaged` is set together with another condition.
    """
    if selection.damaged:
        if selection != Selection(damaged=True):
            raise ConfigurationError("of damaged entries nothing else is known", remedy="Prune them by themselves.")
        yield from filter(lambda key: _is_damaged(store, key), store.keys())
        return
    for info in store.infos():
        if _fits(info, selection) and (selection.request is None or _is_asked(store, info.key, selection.request)):
            yield info.key


def _fits(info: EntryInfo, selection: Selection) -> bool:
    return (
        (selection.before is None or info.created < selection.before)
        and selection.model in (None, info.model)
        and selection.prompt in (None, info.prompt)
    )


def _is_asked(store: Store, key: str, wanted: Callable[[Request], bool]) -> bool:
    entry = store.entry(key)
    return entry is not None and wanted(entry.request)


def _is_damaged(store: Store, key: str) -> bool:
    try:
        store.entry(key)
    except CacheError:
        return True
    return False
