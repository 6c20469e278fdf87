"""Which recorded answers are to go: by age, model, prompt, or because nothing will ask for them again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pydantic import AwareDatetime, BaseModel, ConfigDict

from ozetle.errors import CacheError, ConfigurationError
from ozetle.extracting.prompts import Prompt, prompt, prompts_folder
from ozetle.llm.cache.entries import EntryInfo, Store
from ozetle.llm.request import Request

_PLACEHOLDER = re.compile(r"\{\w+\}")


class Selection(BaseModel):
    """Entries that meet every condition that is set; without any, all.

    Attributes:
        before: recorded before this moment.
        model: `Request.model`.
        prompt: the prompt's id.
        stale: made with another version of a prompt than the installed one (see `is_stale`).
        damaged: cannot be read; nothing else is known of such entries, so that this goes with no other condition.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    before: AwareDatetime | None = None
    model: str | None = None
    prompt: str | None = None
    stale: bool = False
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
        if _fits(info, selection) and not (selection.stale and not _stale_entry(store, info.key)):
            yield info.key


def is_stale(request: Request) -> bool:
    """Whether a request was made with another text of its prompt than the one that is installed now.

    A request carries its prompt's id and filled-in text, not its version. It fits a template if it has the same turns,
    and the template's words between the placeholders stand in them in their order. Of a prompt that is not installed,
    one's own for example, nothing is known: such a request is not stale.
    """
    installed = _installed(request.name)
    if installed is None:
        return False
    turns, messages = installed.turns, request.messages
    return [turn.role for turn in turns] != [message.role for message in messages] or not all(
        _fits_template(message.content, turn.content) for turn, message in zip(turns, messages, strict=True)
    )


def _fits(info: EntryInfo, selection: Selection) -> bool:
    return (
        (selection.before is None or info.created < selection.before)
        and selection.model in (None, info.model)
        and selection.prompt in (None, info.prompt)
    )


def _stale_entry(store: Store, key: str) -> bool:
    entry = store.entry(key)
    return entry is not None and is_stale(entry.request)


def _is_damaged(store: Store, key: str) -> bool:
    try:
        store.entry(key)
    except CacheError:
        return True
    return False


@cache
def _installed(name: str) -> Prompt | None:
    # a name may come from anywhere, with an imported entry
    known = {path.stem for path in prompts_folder().glob("*.md")}
    return prompt(name) if name in known else None


def _fits_template(text: str, template: str) -> bool:
    """Whether a text is a template with something put in for its placeholders.

    The words between two placeholders are looked for from left to right; with wildcards alone between them the first
    place found is as good as any, which keeps this linear.
    """
    first, *rest = _PLACEHOLDER.split(template)
    if not rest:
        return text == first
    *between, last = rest
    end = len(text) - len(last)
    position = len(first)
    if not text.startswith(first) or not text.endswith(last):
        return False
    for words in between:
        found = text.find(words, position, end)
        if found < 0:
            return False
        position = found + len(words)
    return position <= end
