"""The pages of the repository, their code blocks and what else they set as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from tests.conftest import REPOSITORY

PAGES = sorted(
    [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"), REPOSITORY / "examples" / "README.md"],
)
_TITLE = re.compile(r'title="([^"]+)"')


@dataclass(frozen=True)
class Block:
    """A block, fenced or indented.

    Attributes:
        line: its first line on the page, from 1.
        language: what it says it is; an indented block is sh.
        file: the file it says it is, if any.
        content: its text.
    """

    line: int
    language: str
    file: str | None
    content: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in their order."""
    found = []
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            title = _TITLE.search(token.info)
            language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
            found.append(Block(_line(token.map), language, title[1] if title else None, token.content))
        elif token.type == "code_block":
            found.append(Block(_line(token.map), "sh", None, token.content))
    return found


def names(page: Path) -> Iterator[str]:
    """What a page sets as code within its text, file names among it."""
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        for inner in token.children or ():
            if inner.type == "code_inline":
                yield " ".join(inner.content.split())


def _line(map_: list[int] | None) -> int:
    return map_[0] + 1 if map_ else 0
