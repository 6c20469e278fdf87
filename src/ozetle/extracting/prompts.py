"""Prompt files: front matter, then the turns of a conversation.

    ---
    id: whole
    version: 1
    purpose: one structured call an article
    ---
    === system
    … {event_types} …
    === user
    {article}

A turn begins with a line `=== system`, `=== user` or `=== assistant`. A placeholder is a word in braces; only the names
that the code passes are replaced, once, so that nothing in an article is ever taken for a placeholder.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import get_args

from pydantic import BaseModel, ConfigDict

from ozetle.errors import ConfigurationError
from ozetle.llm.request import Message

_FRONT_MATTER = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_TURN = re.compile(r"^=== (\w+)[ \t]*(?:\n|\Z)", re.MULTILINE)
_PLACEHOLDER = re.compile(r"{(\w+)}")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")  # it is the name of the answer's schema, which takes no more
_ROLES = get_args(Message.model_fields["role"].annotation)


class PromptInfo(BaseModel):
    """Which prompt was used; of several, ids and versions are joined by "+"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: str
    sha256: str


class Prompt(BaseModel):
    """A prompt template.

    Attributes:
        info: its id, version, and the SHA-256 of the whole file.
        purpose: what it is for.
        turns: role and text of each turn, placeholders unfilled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    info: PromptInfo
    purpose: str
    turns: tuple[Message, ...]

    def messages(self, **values: str) -> tuple[Message, ...]:
        """Return the turns with each `{name}` of `values` replaced; other braces stay as they are."""
        turns = list(self.turns)
        for index, names in self._open_turns.items():
            given = tuple((name, values[name]) for name in names if name in values)
            if given:
                turns[index] = _filled(turns[index], given)
        return tuple(turns)

    @cached_property
    def _open_turns(self) -> dict[int, list[str]]:
        """What may be placeholders in each turn that has any: of the many turns of a prompt, very few."""
        found = {index: _PLACEHOLDER.findall(turn.content) for index, turn in enumerate(self.turns)}
        return {index: sorted(set(names)) for index, names in found.items() if names}


@lru_cache(maxsize=16)
def _filled(turn: Message, values: tuple[tuple[str, str], ...]) -> Message:
    """The turn with its placeholders replaced; what is the same for every sentence of an article is remembered."""
    known = dict(values)
    names = re.compile("{(" + "|".join(map(re.escape, known)) + ")}")
    return Message(role=turn.role, content=names.sub(lambda found: known[found[1]], turn.content))


@cache
def prompt(id: str) -> Prompt:  # noqa: A002 (the front matter's name)
    """Return one of the library's own prompts."""
    return read_prompt(prompts_folder() / f"{id}.md")


def own_prompt(path: Path, needed: str) -> Prompt:
    """Read a prompt file that takes the place of one of the library's own.

    Args:
        path: the file.
        needed: the placeholder without which the model would not see what it is asked about.

    Raises:
        ConfigurationError: the file cannot be read, is no prompt, lacks the placeholder, or has the id of one of the
            library's own.
    """
    own = read_prompt(path)
    if (prompts_folder() / f"{own.info.id}.md").is_file():
        raise ConfigurationError(
            f"prompt {path} has the id of the library's own prompt {own.info.id!r}", remedy="Give it an id of its own."
        )
    if not any(f"{{{needed}}}" in turn.content for turn in own.turns):
        raise ConfigurationError(
            f"prompt {path} has no placeholder {{{needed}}}", remedy="Without it the model does not see the article."
        )
    return own


def read_prompt(path: Path) -> Prompt:
    """Read a prompt file.

    Raises:
        ConfigurationError: the file cannot be read, or is no prompt.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        raise ConfigurationError(f"prompt {path} cannot be read: {reason}") from None
    front = _FRONT_MATTER.match(text)
    fields = dict(line.split(": ", 1) for line in front[1].splitlines() if ": " in line) if front else {}
    if front is None or not {"id", "version", "purpose"} <= fields.keys():
        raise ConfigurationError(f"prompt {path} lacks front matter with id, version and purpose")
    if not _ID.fullmatch(fields["id"]):
        raise ConfigurationError(f"prompt {path}: the id {fields['id']!r} has more than letters, digits, - and _")
    before, *parts = _TURN.split(text[front.end() :])
    turns = list(zip(parts[::2], parts[1::2], strict=True))
    if before.strip() or not turns or any(role not in _ROLES for role, _ in turns):
        raise ConfigurationError(f"prompt {path} must consist of turns: === system, === user, === assistant")
    return Prompt(
        info=PromptInfo(id=fields["id"], version=fields["version"], sha256=hashlib.sha256(text.encode()).hexdigest()),
        purpose=fields["purpose"],
        turns=tuple(Message.model_validate({"role": role, "content": turn.strip("\n")}) for role, turn in turns),
    )


def joined(prompts: Iterable[Prompt]) -> PromptInfo:
    """Return what identifies several prompts together."""
    infos = [prompt.info for prompt in prompts]
    if len(infos) == 1:
        return infos[0]
    return PromptInfo(
        id="+".join(info.id for info in infos),
        version="+".join(info.version for info in infos),
        sha256=hashlib.sha256("".join(info.sha256 for info in infos).encode()).hexdigest(),
    )


def prompts_folder() -> Path:
    """Return the folder of the library's prompts: inside the installed package, or at the top of the repository."""
    package = Path(__file__).parents[1]
    installed = package / "prompts"
    return installed if installed.is_dir() else package.parents[1] / "prompts"
