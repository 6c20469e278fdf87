"""What every JSON object that is written has in common: the version of its schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from ozetle.errors import ConfigurationError

SCHEMA_VERSION: Final = 2
"""Of digests, translations, failures and merged events; it changes when a program that reads them must change."""

_ANEW = "Make it anew: `ozetle summarize` with the cache that has the answers asks no model again."
_TOO_NEW = "Read it with the newer ozetle that wrote it."


class Document(BaseModel):
    """A JSON object that programs read back; one of another schema version is refused as such."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    schema_version: Literal[2] = SCHEMA_VERSION
    """Of this shape. Version 1 had none: its `date.start` was a day, its flags and reasons were sentences."""

    @model_validator(mode="before")
    @classmethod
    def _is_of_this_version(cls, data: Any) -> Any:
        # where Python code makes one, its article is a model, and the version need not be told
        if isinstance(data, Mapping) and isinstance(data.get("article"), Mapping):
            version = data.get("schema_version", 1)
            if version != SCHEMA_VERSION:
                newer = isinstance(version, int) and version > SCHEMA_VERSION
                raise ConfigurationError(
                    f"it has schema version {version}, and this ozetle reads version {SCHEMA_VERSION}",
                    remedy=_TOO_NEW if newer else _ANEW,
                )
        return data
