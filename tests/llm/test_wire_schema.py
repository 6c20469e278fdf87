from __future__ import annotations

import copy
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field

from ozetle.errors import ConfigurationError
from ozetle.llm.wire_schema import strict_schema


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Person(BaseModel):
    name: str = Field(max_length=60, min_length=1)
    title: str | None = None
    default: int = Field(3, ge=0, le=9, description="a field whose name is a keyword")


class Draft(BaseModel):
    """What the class says."""

    summary: str = Field("", description="two sentences", examples=["x"])
    people: list[Person] = Field(default_factory=list, max_length=4)
    chair: Person | None = Field(None, description="who chairs")
    colour: Colour = Field(Colour.RED, description="which")
    pair: Annotated[list[int], Field(min_length=2, max_length=2)] = [1, 2]
    kind: Literal["a"] = "a"


class Tree(BaseModel):
    label: str
    children: list[Tree] = []


def walk(part: Any) -> Any:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from walk(value)
    elif isinstance(part, list):
        for value in part:
            yield from walk(value)


def is_field_list(part: dict[str, Any]) -> bool:
    return all(isinstance(value, dict) for value in part.values())


@pytest.mark.parametrize("model", [Draft, Tree, Person])
@pytest.mark.parametrize("keep", [True, False])
def test_every_object_is_closed_and_every_field_required(model: type[BaseModel], keep: bool) -> None:
    original = model.model_json_schema()
    before = copy.deepcopy(original)
    schema = strict_schema(original, keep_max_length=keep)
    assert original == before
    for part in walk(schema):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
        if "$ref" in part:
            assert part.keys() == {"$ref"}
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]
        if not is_field_list(part):
            assert not part.keys() & {"default", "title", "examples", "allOf", "oneOf", "discriminator", "uniqueItems"}


def test_fields_keep_their_order_names_and_limits() -> None:
    schema = strict_schema(Draft.model_json_schema(), keep_max_length=True)
    fields = schema["properties"]
    assert list(fields) == ["summary", "people", "chair", "colour", "pair", "kind"]
    assert fields["summary"] == {"type": "string", "description": "two sentences"}
    assert fields["people"] == {"type": "array", "maxItems": 4, "items": {"$ref": "#/$defs/Person"}}
    assert fields["colour"] == {"type": "string", "enum": ["red", "blue"], "description": "which"}
    assert fields["chair"]["anyOf"] == [{"$ref": "#/$defs/Person"}, {"type": "null"}]
    person = schema["$defs"]["Person"]["properties"]
    assert list(person) == ["name", "title", "default"]
    assert person["name"] == {"type": "string", "maxLength": 60, "minLength": 1}
    assert person["default"]["maximum"] == 9


def test_lengths_go_where_the_server_rejects_them() -> None:
    person = strict_schema(Person.model_json_schema())["properties"]
    assert person["name"] == {"type": "string"}


def test_unused_definitions_go() -> None:
    schema = strict_schema(Draft.model_json_schema())
    assert list(schema["$defs"]) == ["Person"]  # Colour is written out, its description standing beside the reference


def test_a_model_that_holds_itself() -> None:
    schema = strict_schema(Tree.model_json_schema())
    assert schema["type"] == "object"
    assert schema["properties"]["children"]["items"] == {"$ref": "#/$defs/Tree"}
    assert schema["$defs"]["Tree"]["required"] == ["label", "children"]


def test_unions_become_any_of() -> None:
    class Cat(BaseModel):
        kind: Literal["cat"]

    class Dog(BaseModel):
        kind: Literal["dog"]

    class Owner(BaseModel):
        pet: Annotated[Cat | Dog, Field(discriminator="kind")]

    assert strict_schema(Owner.model_json_schema())["properties"]["pet"] == {
        "anyOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Dog"}]
    }


def test_all_of_is_written_out() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"allOf": [{"$ref": "#/$defs/A"}], "description": "mine", "default": {}}},
        "$defs": {"A": {"type": "object", "properties": {"b": {"type": "integer"}}, "description": "theirs"}},
    }
    assert strict_schema(schema)["properties"]["a"] == {
        "type": "object",
        "properties": {"b": {"type": "integer"}},
        "required": ["b"],
        "additionalProperties": False,
        "description": "mine",
    }


def test_free_form_keys_are_refused_by_name() -> None:
    class Loose(BaseModel):
        people: list[dict[str, int]]

    with pytest.raises(ConfigurationError, match=r"Loose\.people\[\]"):
        strict_schema(Loose.model_json_schema())


@pytest.mark.parametrize("schema", [{"type": "array", "items": {"type": "string"}}, {"type": "string"}, {}])
def test_an_answer_is_an_object(schema: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match="object"):
        strict_schema(schema)


def test_a_described_reference_to_itself_is_refused_not_followed_for_ever() -> None:
    class Node(BaseModel):
        parent: Annotated[Node | None, Field(description="fine: the description stands outside the reference")] = None
        twin: Node = Field(description="not fine")

    with pytest.raises(ConfigurationError, match="itself"):
        strict_schema(Node.model_json_schema())
