"""The published JSON Schemas (https://json-schema.org/draft/2020-12/schema), as files in `schemas/`.

`python -m ozetle.digests.schemas schemas` writes them anew after a change of the models.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from ozetle.digests.digest import SCHEMAS
from ozetle.digests.document import SCHEMA_VERSION
from ozetle.digests.merged import MergedEvent
from ozetle.extracting.draft import Draft, draft_schema
from ozetle.extracting.taxonomy import default_taxonomy

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _AsWritten(GenerateJsonSchema):
    """A field with a default is written all the same, so its presence can be relied on."""

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


def published_schemas() -> dict[str, str]:
    """Return the text of each schema file by its name.

    `digest`, `translation`, `failure` and `merged_event` describe the JSON that is written, `draft` what a model is
    asked for, with the default taxonomy's ids (before a server's own restrictions are applied). Each has its `$id` and
    the `version` that `schema_version` repeats in what is written.
    """
    models: dict[str, type[BaseModel]] = {**SCHEMAS, "merged_event": MergedEvent}
    schemas = {
        name: model.model_json_schema(mode="serialization", schema_generator=_AsWritten)
        for name, model in models.items()
    }
    schemas["draft"] = draft_schema(Draft, default_taxonomy())
    return {name: _text(name, schema) for name, schema in schemas.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write `<name>.schema.json` files into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in published_schemas().items():
        path = folder / f"{name}.schema.json"
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _text(name: str, schema: dict[str, Any]) -> str:
    identity = {"$schema": DIALECT, "$id": f"urn:ozetle:schema:{name}:{SCHEMA_VERSION}", "version": SCHEMA_VERSION}
    return json.dumps({**identity, "title": schema["title"]} | schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ozetle.digests.schemas FOLDER")
    for path in write_schemas(Path(sys.argv[1])):
        print(path)
