"""What a Markdown reader makes of a page (markdown-it-py, CommonMark with GitHub's tables and strikethrough)."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token


def tokens(page: str) -> Iterator[Token]:
    """Every token, those inside of paragraphs too."""
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page):
        yield token
        yield from token.children or ()


def shown(page: str) -> str:
    """The text that a reader sees, blocks on lines of their own."""
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
    return "\n".join(
        "".join(part.content for part in token.children or ()) for token in parsed if token.type == "inline"
    )


def kinds(page: str) -> set[str]:
    """Which kinds of tokens there are."""
    return {token.type for token in tokens(page)}


def links(page: str) -> list[str]:
    """Where the links and images lead."""
    return [str(address) for token in tokens(page) if (address := token.attrGet("href") or token.attrGet("src"))]
