from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ozetle.digests.schemas import published_schemas, write_schemas
from ozetle.extracting.taxonomy import default_taxonomy

REPOSITORY = Path(__file__).parents[2]
REWRITE = "the models have changed: rewrite the files with `python -m ozetle.digests.schemas schemas`"


def schema(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(published_schemas()[name])
    return content


def test_the_files_in_the_repository_are_those_of_the_models() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (REPOSITORY / "schemas").glob("*.schema.json")}

    assert files == {f"{name}.schema.json": text for name, text in published_schemas().items()}, REWRITE


@pytest.mark.parametrize("name", ["digest", "translation", "failure", "merged_event", "draft"])
def test_each_schema_says_what_it_is(name: str) -> None:
    text = published_schemas()[name]

    told = json.loads(text)
    assert list(told)[:4] == ["$schema", "$id", "version", "title"]
    assert (told["$id"], told["version"]) == (f"urn:ozetle:schema:{name}:2", 2)
    assert name == "draft" or told["properties"]["schema_version"]["const"] == 2
    assert text.endswith("}\n")
    assert "\\u" not in text


def test_the_digest_is_described_as_it_is_written() -> None:
    digest = schema("digest")

    assert digest["required"] == [
        "schema_version", "article", "language", "summary", "translation", "events", "facts", "rejected", "provenance"
    ]  # fmt: skip
    assert digest["additionalProperties"] is False
    figure = digest["$defs"]["EventFigure"]
    assert figure["properties"]["value"]["type"] == "string"
    assert "upper" in figure["required"]  # a value with a default is written all the same


def test_each_field_of_a_merged_event_is_described() -> None:
    merged = schema("merged_event")

    own = [merged, *(part for name, part in merged["$defs"].items() if name.startswith("Merged"))]
    own += [merged["$defs"][name] for name in ("Report", "Contradiction", "ConflictingValue")]
    assert [name for part in own for name, field in part["properties"].items() if not field.get("description")] == []
    assert merged["$defs"]["Report"]["properties"]["event"]["$ref"] == "#/$defs/Event"
    assert merged["required"] == list(merged["properties"])
    assert merged["$defs"]["MergedFigure"]["properties"]["value"]["type"] == "string"


def test_the_draft_names_the_taxonomy() -> None:
    event = schema("draft")["$defs"]["DraftEvent"]["properties"]

    assert event["type"]["enum"] == default_taxonomy().ids("types")
    assert "x-choice" not in published_schemas()["draft"]


def test_writing_them_makes_the_folder(tmp_path: Path) -> None:
    written = write_schemas(tmp_path / "new")

    names = ["digest", "draft", "failure", "merged_event", "translation"]
    assert sorted(path.name for path in written) == [f"{name}.schema.json" for name in names]
    assert written[0].read_text(encoding="utf-8") == published_schemas()["digest"]
