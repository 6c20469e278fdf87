"""Reading articles from files, folders and streams: plain text, HTML, JSONL, JSON and feeds."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict

from ozetle.articles.article import Article
from ozetle.articles.decoding import byte_order_mark, declared_charset, decode, refuse_binary
from ozetle.articles.feeds import begins_feed, read_items
from ozetle.articles.pages import article_from_page, looks_like_html
from ozetle.articles.records import article_from_record
from ozetle.errors import ArticleError

Form = Literal["text", "html", "jsonl", "json", "feed"]

FORMS: dict[str, Form] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".json": "json",
    ".xml": "feed", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
"""Forms by a file's suffix; other files are told by their content."""

# What browsers save beside a page, and what else lies in folders of articles
_PASSED_OVER = re.compile(
    r"\.(?:css|m?js|map|png|jpe?g|gif|svg|webp|avif|ico|bmp|tiff?|woff2?|ttf|eot|otf|mp3|mp4|webm|ogg|wav|m4a|avi|mov"
    r"|pyc?|log|db|sqlite3?|tmp|bak|part)$",
    re.IGNORECASE,
)
_SNIFFED = 4096
_LONGEST_PROLOG = 1 << 16
_LONGEST_PATH = 300
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=\{\s*[\"}]|\[\s*[{\]])([{\[])")


class LoadFailure(BaseModel):
    """An article that could not be read, in the place where it would stand among the others."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    source: str
    """The file's path as given, with `:LINE` for a line of JSONL, `[INDEX]` for an element of a JSON list, and
    `:NUMBER`, from 1, for an item of a feed."""
    error: ArticleError
    """What is wrong and what to do about it; names the source."""
    id: str | None = None
    """The id that the article would have had, told from the file's name; None where there is no file."""


def load(source: str | Path | Article | BinaryIO) -> Iterator[Article | LoadFailure]:
    """The articles of a source, one by one, and a failure in the place of each that cannot be read.

    Args:
        source: an article's text (str); a file or a folder (Path); a binary stream, such as `sys.stdin.buffer`, whose
            content tells its form; or an Article, which is handed on. A folder is read
            with its subfolders, each folder's files by name before its subfolders; hidden files are passed over, and so
            are images, scripts and the like that browsers save beside a page. A JSONL file is never held as a whole,
            nor is a feed (RSS 2.0, RSS 1.0, Atom) in UTF-8. A feed's item has its guid or Atom id as id, else its
            address; its text is all the text of its HTML, paragraphs separated by blank lines. The source of what a
            stream holds is "-"; JSONL is read from it line by line, as it arrives.

    Nothing is raised for what is wrong with a source: a bad line or file never costs the good ones.
    """
    if isinstance(source, Article):
        yield source
    elif isinstance(source, Path):
        yield from _load_folder(source) if _is_folder(source) else _load_file(source, source.name)
    elif isinstance(source, str):
        yield from _guarded("text", partial(article_from_str, source), None)
    else:
        yield from _load_stream(source, None, source="-", name=None)


def load_one(path: Path) -> Article:
    """The article of a file that holds exactly one.

    Raises:
        ArticleError: it cannot be read, is a folder, or holds several articles.
    """
    if _is_folder(path):
        raise ArticleError("this is a folder", remedy="Use summarize_many for its articles.", article=str(path))
    loaded = load(path)
    article = next(loaded, None)
    if isinstance(article, LoadFailure):
        raise article.error
    if article is None:
        raise ArticleError("the file holds no article", article=str(path))
    if next(loaded, None) is not None:
        raise ArticleError("the file holds several articles", remedy="Use summarize_many.", article=str(path))
    return article


def article_from_str(text: str) -> Article:
    """The article whose text this is.

    Raises:
        ArticleError: it is blank, or a path that was meant as one.
    """
    if _looks_like_path(text):
        raise ArticleError(
            f"{text!r} looks like the name of a file or folder, and a str is an article's text",
            remedy=f"Give pathlib.Path({text!r}).",
        )
    return Article.from_text(text)


def _looks_like_path(text: str) -> bool:
    """Whether a text names a file or folder: one that exists, or one word with a known suffix or a slash at its end."""
    if not text or "\n" in text or len(text) > _LONGEST_PATH:
        return False
    if not any(map(str.isspace, text)) and text.lower().endswith((*FORMS, "/", "\\")):
        return True
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # opening it as a file says what is wrong
        return False


def _load_folder(folder: Path) -> Iterator[Article | LoadFailure]:
    unreadable: list[OSError] = []
    found = False
    for path in files_in(folder, unreadable.append):
        found = True
        yield from _load_file(path, path.relative_to(folder).as_posix())
    for error in unreadable:
        where = Path(error.filename or folder)
        yield _failure(str(where), _cannot_read(error), where.name)
    if not found and not unreadable:
        nothing = ArticleError("the folder holds no articles", remedy=f"Put articles there ({', '.join(FORMS)}).")
        yield _failure(str(folder), nothing, folder.name)


def files_in(folder: Path, noticed: Callable[[OSError], object] | None = None) -> Iterator[Path]:
    """The files of a folder that are read as articles, in order; `noticed` is told of folders that cannot be read."""
    for parent, subfolders, names in os.walk(folder, onerror=noticed):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and not _PASSED_OVER.search(name) and path.is_file():
                yield path


def _load_file(path: Path, name: str) -> Iterator[Article | LoadFailure]:
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        yield _failure(str(path), _cannot_read(error), name)
        return
    with stream:
        yield from _load_stream(stream, FORMS.get(path.suffix.lower()), source=str(path), name=name)


def _beginning(stream: BinaryIO) -> bytes:
    """Read enough to tell the form: a first line at least, and no more than has arrived of a pipe."""
    read = getattr(stream, "read1", stream.read)
    beginning = b""
    while len(beginning) < _SNIFFED and b"\n" not in beginning.lstrip():
        part: bytes = read(_SNIFFED - len(beginning))
        if not part:
            break
        beginning += part
    return beginning


def _load_stream(
    stream: BinaryIO, form: Form | None, *, source: str, name: str | None
) -> Iterator[Article | LoadFailure]:
    """The articles of an open stream; `name` is a lone article's id and begins the ids of several."""
    try:
        beginning = _beginning(stream)
        if byte_order_mark(beginning) is None:
            refuse_binary(beginning)
        form = form or _form_of(beginning)
        if form == "jsonl":
            yield from _load_lines(_lines(beginning, stream), source=source, name=name)
            return
        if form in {None, "feed"}:
            beginning += stream.read(_LONGEST_PROLOG)
            if begins_feed(beginning):
                yield from _load_feed(beginning, stream, source=source, name=name)
                return
        data = beginning + stream.read()
    except ArticleError as error:
        yield _failure(source, error, name)
        return
    except OSError as error:
        yield _failure(source, _cannot_read(error), name)
        return
    if form == "json":
        yield from _load_json(data, source=source, name=name)
    else:
        yield from _guarded(source, partial(_article_from_bytes, data, form, id=name, source=source), name)


def _form_of(beginning: bytes) -> Form | None:
    """JSON or JSONL when the beginning looks like it: an object alone on the first line is JSONL."""
    start = _JSON.match(beginning)
    if start is None:
        return None
    first_line, newline, _ = beginning[start.start(1) :].partition(b"\n")
    if start[1] == b"[":
        return "json"
    try:
        return "jsonl" if not newline or isinstance(json.loads(first_line), dict) else "json"
    except (ValueError, RecursionError):
        return "json" if first_line.rstrip().endswith((b"{", b"[", b",")) else "jsonl"


def _lines(beginning: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The stream's lines, its first bytes having been read; UTF-16 and UTF-32 as UTF-8."""
    encoding = byte_order_mark(beginning)
    if encoding not in {None, "utf-8"}:
        text = (beginning + stream.read()).decode(encoding or "", errors="replace")
        yield from (line.encode(errors="replace") for line in text.split("\n"))
        return
    *complete, rest = beginning.split(b"\n")
    yield from complete
    yield rest + stream.readline()
    yield from stream


def _article_from_bytes(data: bytes, form: Form | None, *, id: str | None, source: str) -> Article:  # noqa: A002
    if not data:
        raise ArticleError("the file is empty", remedy="Give an article with at least one sentence.")
    text = decode(data, declared=declared_charset(data) if form != "text" else None)
    if form == "html" or (form in {None, "feed"} and looks_like_html(text)):
        return article_from_page(text, id=id, source=source)
    if form == "feed":
        raise ArticleError("this is no RSS or Atom feed", remedy="Save the article as text, HTML or JSONL.")
    return Article.from_text(text, id=id, source=source)


def _load_json(data: bytes, *, source: str, name: str | None) -> Iterator[Article | LoadFailure]:
    try:
        value = json.loads(decode(data).lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # an object a line, whatever the file is called
            yield from _load_lines(data.split(b"\n"), source=source, name=name)
        else:
            yield _failure(source, _no_json(error), name)
        return
    except (ArticleError, ValueError, RecursionError) as error:
        yield _failure(source, error if isinstance(error, ArticleError) else _no_json(error), name)
        return
    if not isinstance(value, list):
        yield from _guarded(source, partial(article_from_record, value, id=name, source=source), name)
    elif not value:
        yield _failure(source, ArticleError("the list is empty", remedy='Give articles: [{"text": "…"}].'), name)
    else:
        for index, record in enumerate(value):
            own_id = f"{name}[{index}]" if name else None
            read = partial(article_from_record, record, id=own_id, source=source)
            yield from _guarded(f"{source}[{index}]", read, own_id)


def _load_lines(lines: Iterable[bytes], *, source: str, name: str | None) -> Iterator[Article | LoadFailure]:
    empty = True
    numbered = enumerate(lines, start=1)
    while True:
        try:
            number, line = next(numbered, (0, b""))
        except OSError as error:
            yield _failure(source, _cannot_read(error), name)
            return
        if not number:
            break
        if line.strip():
            empty = False
            own_id = f"{name}:{number}" if name else None
            read = partial(_article_from_line, line, id=own_id, source=source)
            yield from _guarded(f"{source}:{number}", read, own_id)
    if empty:
        nothing = ArticleError("the file is empty", remedy='Give one article a line: {"text": "…"}.')
        yield _failure(source, nothing, name)


def _load_feed(beginning: bytes, stream: BinaryIO, *, source: str, name: str | None) -> Iterator[Article | LoadFailure]:
    number = 0
    taken = set()
    try:
        for number, item in enumerate(read_items(beginning, stream), start=1):
            own_id = item.id
            if own_id is None or own_id in taken:
                own_id = f"{name}:{number}" if name else None
            taken.add(own_id)
            yield from _guarded(f"{source}:{number}", partial(item.article, id=own_id, source=source), own_id)
    except ArticleError as error:
        yield _failure(source, error, name)
    except OSError as error:
        yield _failure(source, _cannot_read(error), name)
    else:
        if not number:
            nothing = ArticleError("the feed has no items", remedy="Give one with items or entries.")
            yield _failure(source, nothing, name)


def _article_from_line(line: bytes, *, id: str | None, source: str) -> Article:  # noqa: A002 - the field's name
    try:
        record = json.loads(decode(line).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _no_json(error) from error
    return article_from_record(record, id=id, source=source)


def _guarded(source: str, read: Callable[[], Article], name: str | None) -> Iterator[Article | LoadFailure]:
    try:
        yield read()
    except ArticleError as error:
        yield _failure(source, error, name)


def _failure(source: str, error: ArticleError, name: str | None) -> LoadFailure:
    error.article = source  # more exact than what the error knows: with the line
    return LoadFailure(source=source, error=error, id=name or None)


def _no_json(error: Exception) -> ArticleError:
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        return ArticleError(f"this is not JSON: {error.msg} at {where}", remedy='Write articles as {"text": "…"}.')
    what = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return ArticleError(f"this is not JSON: {what}", remedy='Write articles as {"text": "…"}.')


def _cannot_read(error: OSError | ValueError) -> ArticleError:
    if isinstance(error, FileNotFoundError):
        return ArticleError("there is no such file or folder", remedy="Check the path.")
    if isinstance(error, PermissionError):
        return ArticleError("it may not be read", remedy="Give yourself the permission to read it.")
    what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ArticleError(f"it cannot be read: {what}", remedy="Check the path.")
