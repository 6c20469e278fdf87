"""Brings a JSON Schema into the form that structured outputs take."""

from __future__ import annotations

from typing import Any

from ozetle.errors import ConfigurationError

# what OpenAI's strict mode takes (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas);
# llama.cpp, vLLM and Ollama take these too
_KEPT = frozenset(
    (
        *("$ref", "type", "description", "enum", "const", "format", "pattern", "minItems", "maxItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    )
)
_LENGTHS = frozenset(("minLength", "maxLength"))


def strict_schema(schema: dict[str, Any], *, keep_max_length: bool = False) -> dict[str, Any]:
    """Return a schema with every field required, no extra fields, no defaults, and no keyword that servers reject.

    `oneOf` becomes `anyOf`, a part given by `allOf` or by a reference with keywords beside it is written out, unused
    definitions go. The order of the fields stays, because models answer in it.

    Args:
        schema: a JSON Schema as pydantic writes it; it is not changed.
        keep_max_length: keep `minLength` and `maxLength`, which grammar-constrained servers enforce and OpenAI rejects.

    Raises:
        ConfigurationError: the root is no object, a field takes free-form keys, or one with a description holds itself.
    """
    definitions = schema.get("$defs", {})
    kept = _KEPT | _LENGTHS if keep_max_length else _KEPT
    used: dict[str, Any] = {}

    def adapt(part: dict[str, Any], path: str) -> dict[str, Any]:
        part = _written_out(part, definitions)
        result: dict[str, Any] = {name: value for name, value in part.items() if name in kept}
        if "$ref" in result:
            name = result["$ref"].removeprefix("#/$defs/")
            if name not in used:
                used[name] = {}  # before the descent: a definition may refer to itself
                used[name] = adapt(definitions[name], name)
            return result
        options = part.get("anyOf") or part.get("oneOf")
        if options:
            result["anyOf"] = [adapt(option, path) for option in options]
        if "items" in part:
            result["items"] = adapt(part["items"], f"{path}[]")
        if part.get("type") == "object" or "properties" in part:
            if "properties" not in part:
                raise ConfigurationError(
                    f"field {path} takes free-form keys, which cannot be asked of a model",
                    remedy="Give it a model with named fields.",
                )
            result["type"] = "object"
            result["properties"] = {name: adapt(field, f"{path}.{name}") for name, field in part["properties"].items()}
            result["required"] = list(part["properties"])
            result["additionalProperties"] = False
        return result

    root = dict(schema)
    while "$ref" in root:  # a model that refers to itself is a reference at the root
        root = definitions[root["$ref"].removeprefix("#/$defs/")]
    try:
        result = adapt(root, str(root.get("title", "answer")))
    except RecursionError:
        raise ConfigurationError(
            "a field with a description is of the model itself", remedy="Leave out that field's description."
        ) from None
    if result.get("type") != "object":
        raise ConfigurationError("an answer's schema must be an object with named fields")
    return result | ({"$defs": used} if used else {})


def _written_out(part: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Merge `allOf`, and a reference that has keywords beside it, into the part itself."""
    for option in part.get("allOf", ()):
        part = _written_out(option, definitions) | {name: value for name, value in part.items() if name != "allOf"}
    beside = part.keys() - {"$ref", "title", "default", "examples"}
    if "$ref" in part and beside:
        target = definitions[part["$ref"].removeprefix("#/$defs/")]
        part = _written_out(target, definitions) | {name: value for name, value in part.items() if name != "$ref"}
    return part
