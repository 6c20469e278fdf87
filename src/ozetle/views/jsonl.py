"""A digest or a failure as one line of JSON, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ozetle.errors import ConfigurationError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ozetle.digests.digest import Digest, Failure

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
