"""A digest or a failure as one line of JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ozetle.errors import ArticleError, ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ozetle.articles import LoadFailure
    from ozetle.digests.digest import Digest, Failure

_BOM = b"\xef\xbb\xbf"
# JSON may carry controls as they are; but some programs break lines at them, and a terminal may obey them. A lone
# surrogate, which no encoding can write, comes from a file name that is no UTF-8.
_REPLACED = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)} | dict.fromkeys(
    range(0xD800, 0xE000), "\ufffd"
)


def to_line(result: BaseModel | Mapping[str, Any]) -> str:
    """Return a digest, a failure or a mapping of models as JSON on one line, without a newline at its end."""
    return _json(result, None)


def to_block(result: BaseModel) -> str:
    """Return the same JSON over several lines, indented by two spaces."""
    return _json(result, 2)


def _json(result: BaseModel | Mapping[str, Any], indent: int | None) -> str:
    from pydantic_core import to_jsonable_python

    separators = (",", ":") if indent is None else None
    text = json.dumps(to_jsonable_python(result), ensure_ascii=False, indent=indent, separators=separators)
    return text.translate(_REPLACED)


def from_line(line: str) -> Digest | Failure:
    """Read what `to_line` wrote for a digest or a failure; events may have own fields.

    Raises:
        ConfigurationError: the line is neither, or of another schema version.
    """
    from pydantic import ValidationError

    from ozetle.digests.digest import Digest, Failure
    from ozetle.digests.own_fields import ReadEvent

    remedy = "Each line must be one that ozetle summarize wrote."
    try:
        content = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"not a digest: the line is no JSON ({error})", remedy=remedy) from None
    failed = isinstance(content, dict) and "error" in content
    try:
        if failed:
            return Failure.model_validate_json(line)
        try:
            return Digest.model_validate_json(line)
        except ValidationError as error:
            if not any(item["type"] == "extra_forbidden" and item["loc"][0] == "events" for item in error.errors()):
                raise
            return Digest[ReadEvent].model_validate_json(line)  # the only reason may be that events have own fields
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the line"
        name = "failure" if failed else "digest"
        raise ConfigurationError(f"not a {name}: {where}: {first['msg']}", remedy=remedy) from None


def read_digests(source: str | Path | BinaryIO) -> Iterator[Digest | Failure | LoadFailure]:
    """Read digests back from a file of JSON lines, as `ozetle summarize -o` and `views.to_line` write them.

    Args:
        source: the path of the file, or a binary stream. One line is in memory at a time.

    Yields:
        a `Digest` or, of an article that could not be summarised, a `Failure` for each line, and a `LoadFailure` in the
        place of a line that is neither, or of the whole file if it cannot be read. Own fields of events are kept. A bad
        line never costs the good ones.
    """
    if not isinstance(source, str | Path):
        yield from _results(source, "-")
        return
    name = str(source)
    try:
        with Path(source).open("rb") as lines:
            yield from _results(lines, name)
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield _unreadable(name, f"cannot be read: {what}", "Check the path.")


def _results(lines: Iterable[bytes], name: str) -> Iterator[Digest | Failure | LoadFailure]:
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(_BOM) if number == 1 else line
        if not content.strip():
            continue
        if number == 1 and content.strip() == b"[":
            yield _unreadable(name, "it is a JSON array", "Write JSON lines with --format jsonl.")
            return
        try:
            yield from_line(content.decode())
        except UnicodeDecodeError as error:
            yield _unreadable(f"{name}:{number}", f"not a digest: the line is no UTF-8 (byte {error.start + 1})")
        except ConfigurationError as error:
            yield _unreadable(f"{name}:{number}", error.cause, error.remedy)


def _unreadable(source: str, cause: str, remedy: str = "") -> LoadFailure:
    from ozetle.articles import LoadFailure

    return LoadFailure(source=source, error=ArticleError(cause, remedy=remedy, article=source))
