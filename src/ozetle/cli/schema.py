"""`ozetle schema`."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

EXAMPLES = """\b
Examples:
  ozetle schema                      of a digest
  ozetle schema failure > failure.schema.json
"""


def schema(
    name: Annotated[
        Literal["digest", "failure", "draft"],
        typer.Argument(
            metavar="[NAME]",
            help="digest (default): what summarize writes; failure: its line for an article that failed; "
            "draft: what a model is asked for.",
            show_default=False,
        ),
    ] = "digest",
) -> None:
    """Print a JSON Schema."""
    from ozetle.digests.schemas import published_schemas

    typer.echo(published_schemas()[name], nl=False)
