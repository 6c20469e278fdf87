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
        Literal["digest", "translation", "failure", "merged_event", "draft"],
        typer.Argument(
            metavar="[NAME]",
            help="digest (default): what summarize writes; translation: what translate writes; failure: the line of "
            "an article that failed; merged_event: what merge writes; draft: what a model is asked for.",
            show_default=False,
        ),
    ] = "digest",
) -> None:
    """Print a JSON Schema."""
    from ozetle.digests.schemas import published_schemas

    typer.echo(published_schemas()[name], nl=False)
