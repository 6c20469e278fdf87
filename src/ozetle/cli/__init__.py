"""The command line: `ozetle COMMAND …`. Heavy modules are imported inside the commands, so that help comes at once."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Annotated, Any

import typer

from ozetle._version import __version__
from ozetle.cli.commands import (
    batch,
    bulletin,
    cache,
    evaluate,
    export,
    merge,
    model,
    read,
    report,
    schema,
    show,
    summarize,
    translate,
)
from ozetle.cli.guard import Guard

__all__ = ["app"]

EXAMPLES = """\b
Examples:
  ozetle summarize article.txt                       read it on the terminal
  ozetle summarize news/ -o digests.jsonl            a folder, one JSON line an article
  ozetle summarize - --model openai/gpt-4.1-mini < article.txt
  ozetle translate lajm.txt                          into Turkish, sentence by sentence, checked
  ozetle facts article.txt                           figures, dates, countries, names; no model
  ozetle model fetch                                 the embedded model, once

\b
The model is --model, else OZETLE_MODEL, else OpenAI when OPENAI_API_KEY is set, else the embedded one
(pip install "ozetle[local]").

\b
Exit status: 0 all done, 1 some articles failed (the others are written), 2 wrong usage or nothing could run,
130 or 143 interrupted. Data goes to stdout or -o, everything else to stderr.
"""


class _App(typer.Typer):
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().__call__(*args, **kwargs)
        except SystemExit as ending:
            if isinstance(ending.code, int) and ending.code:
                # a thread may still be waiting for stdin or for a download, and the interpreter would wait for it
                with contextlib.suppress(OSError, ValueError):
                    sys.stdout.flush()
                    sys.stderr.flush()
                os._exit(ending.code)
            raise


app = _App(
    name="ozetle",
    cls=Guard,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # with rich the help takes three times as long
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EXAMPLES,
)
app.command("summarize", short_help="Summarise articles into verified digests.", epilog=summarize.EXAMPLES)(
    summarize.summarize
)
app.command("translate", short_help="Translate articles into Turkish, checked.", epilog=translate.EXAMPLES)(
    translate.translate
)
app.command("detect", short_help="Tell the language of articles.", epilog=read.DETECT_EXAMPLES)(read.detect)
app.command("facts", short_help="Read figures, dates, countries, names; no model.", epilog=read.FACTS_EXAMPLES)(
    read.facts
)
app.command("evaluate", short_help="Score digests against gold.", epilog=evaluate.EXAMPLES)(evaluate.evaluate)
app.command("report", short_help="One HTML page to look through digests.", epilog=report.EXAMPLES)(report.report)
app.command("show", short_help="Print digests on the terminal.", epilog=show.EXAMPLES)(show.show)
app.command("bulletin", short_help="A bulletin of digests, Markdown or HTML.", epilog=bulletin.EXAMPLES)(
    bulletin.bulletin
)
app.command("export", short_help="Digests as tables: CSV or Parquet.", epilog=export.EXPORT_EXAMPLES)(export.export)
app.command("calendar", short_help="Planned events as a calendar (.ics).", epilog=export.CALENDAR_EXAMPLES)(
    export.calendar
)
app.command("merge", short_help="Tell each event once, with all its reports.", epilog=merge.EXAMPLES)(merge.merge)
app.command("schema", short_help="Print a JSON Schema.", epilog=schema.EXAMPLES)(schema.schema)
app.add_typer(batch.app, name="batch", short_help="The Batch API: write, submit, status, collect.")
app.add_typer(cache.app, name="cache", short_help="The recorded answers: stats, list, show, export, import, prune.")
app.add_typer(model.app, name="model", short_help="The embedded model: fetch, path, remove.")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ozetle {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn news articles into verified, structured digests in Turkish with a language model."""
