"""`ozetle model`: the embedded model's weights."""

from __future__ import annotations

import typer

from ozetle.cli.guard import say

app = typer.Typer(
    help="The embedded model's weights (1.1 GB, fetched on its first use).",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="OZETLE_LOCAL_MODEL=/path/to.gguf uses another file instead.",
)


@app.command()
def fetch() -> None:
    """Fetch the weights, unless they are there, and print their path. An interrupted fetch goes on where it stopped."""
    from ozetle.llm.weights import weights

    typer.echo(weights.model_file())


@app.command()
def path() -> None:
    """Print where the weights lie, or will lie once they are fetched."""
    from ozetle.llm.weights import weights

    place = weights.path()
    typer.echo(place)
    if not place.is_file():
        say("not fetched yet: ozetle model fetch")


@app.command()
def remove() -> None:
    """Delete the fetched weights and print what was deleted. A file that OZETLE_LOCAL_MODEL names is left alone."""
    from ozetle.llm.weights import weights

    removed = weights.remove()
    for file in removed:
        typer.echo(file)
    if not removed:
        say("nothing to remove")
