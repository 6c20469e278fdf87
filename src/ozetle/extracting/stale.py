"""Tells which recorded requests were made with an earlier text of a prompt: nothing will ask for them again."""

from __future__ import annotations

import re
from functools import cache

from ozetle.extracting.prompts import Prompt, prompt, prompts_folder
from ozetle.llm.request import Request

_PLACEHOLDER = re.compile(r"\{\w+\}")


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
