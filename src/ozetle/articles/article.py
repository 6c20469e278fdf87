"""An article as it was read: the raw text that every offset indexes, and what is known about it."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import PurePath
from typing import Self

from pydantic import BaseModel, ConfigDict

from ozetle.articles.dating import read_published
from ozetle.articles.headings import find_title
from ozetle.articles.text import SPACE, lines
from ozetle.errors import ArticleError

_NUMBER = re.compile(r"(?::\d+|\[\d+\])?")  # of a line or an item, as `load` makes ids
_SHA256 = re.compile("[0-9a-f]{16}")  # it says nothing to people


class Article(BaseModel):
    """An article; `Article.from_text` makes one, and reads its title and day from the text where they are not given.

    The text is never changed: offsets (Unicode code points, end exclusive) always index `text`.

    For a plain file `text` is the file's content, its newlines and a leading byte order mark as they are. For an HTML
    page it is the text that trafilatura extracts, which offsets can index; its white space is normalised (no NBSP).
    For a feed's item it is all the text of its HTML, paragraphs by blank lines.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    """The raw text."""
    id: str
    """The given id, else the file's name, else the first 16 hexadecimal digits of the text's SHA-256."""
    source: str | None = None
    """The path or URL the article was read from, as given."""
    title: str | None = None
    """The title from metadata, or the line a plain text begins with."""
    published: date | None = None
    """The day of publication, in the page's own time zone; None when neither metadata nor the page tells it."""
    published_span: tuple[int, int] | None = None
    """Where in `text` the day of publication was read, if it was read there."""
    url: str | None = None
    """The article's address, from metadata."""
    language: str | None = None
    """The declared language, a BCP 47 tag; not checked against the text (see `detect_language`)."""

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - the field's name in the contract
        source: str | None = None,
        title: str | None = None,
        published: date | None = None,
        url: str | None = None,
        language: str | None = None,
    ) -> Self:
        """An article from its text and what is known; title and day of publication are read from the text if not given.

        Lone surrogates, which no encoding can write, become U+FFFD, one for one.

        Raises:
            ArticleError: the text is empty or blank.
        """
        if not text.strip(SPACE):
            raise ArticleError(
                "the text is empty" if not text else "the text is blank",
                remedy="Give an article with at least one sentence.",
                article=source or id,
            )
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if _has_surrogates(text) else text
        all_lines = lines(text)
        read = read_published(text, all_lines) if published is None else None
        return cls(
            text=text,
            id=id or hashlib.sha256(text.encode()).hexdigest()[:16],
            source=source,
            title=title or find_title(text, all_lines),
            published=read.day if read else published,
            published_span=(read.start, read.end) if read else None,
            url=url,
            language=language,
        )


def place_of(article: Article) -> str:
    """What an error calls an article: its source; of a source of several, with the line or number, or (the id)."""
    if article.source is None:
        return article.id
    _, found, behind = article.id.rpartition(PurePath(article.source).name)
    if found and _NUMBER.fullmatch(behind):
        return article.source + behind
    return article.source if _SHA256.fullmatch(article.id) else f"{article.source} ({article.id})"


def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
