"""The options and the course of the commands that ask a model."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ozetle.cli.guard import FAILED, INTERRUPTED, complain, say
from ozetle.cli.inputs import Inputs
from ozetle.cli.meter import Meter
from ozetle.cli.outputs import Format, opened
from ozetle.errors import ArticleError, OzetleError

if TYPE_CHECKING:
    from ozetle.asking.cache import Cache
    from ozetle.cli.outputs import Result
    from ozetle.pipeline import Summarizer

OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file: overwritten at the start, then filled as results come.",
    ),
]
Form = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="text for people, jsonl one JSON object a line, json one array. Default: text on a terminal, else jsonl.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", metavar="MODEL", help="openai/NAME, ollama/NAME, local, or any NAME with --base-url."
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="An OpenAI-compatible server, as a rule ending in /v1."),
]
StrategyName = Annotated[
    Literal["whole", "stepwise"] | None,
    typer.Option("--strategy", help="One call an article, or many short questions. Default: what suits the model."),
]
Glossary = Annotated[
    Path | None,
    typer.Option(
        "--glossary", metavar="FILE", help='A JSON object of terms and their Turkish: {"joint board": "ortak kurul"}.'
    ),
]
CachePath = Annotated[
    Path | None,
    typer.Option(
        "--cache",
        metavar="PATH",
        help="Recorded answers: a .sqlite file or a folder. Default: OZETLE_CACHE, else one in your cache folder.",
    ),
]
Replay = Annotated[bool, typer.Option("--replay", help="Answer from the cache alone; ask no model.")]
Refresh = Annotated[bool, typer.Option("--refresh", help="Ask anew, and record the new answers.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither read nor record answers.")]
Concurrency = Annotated[
    int | None,
    typer.Option("--concurrency", metavar="N", min=1, help="Articles at once. Default: what suits the model."),
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Stop after N articles.")]


def write_all(
    summarizer: Summarizer,
    inputs: Inputs,
    work: Callable[..., Iterator[Result]],
    file: Path | None,
    form: Format | None,
    concurrency: int | None,
) -> int:
    """Do some work on every article and write the results in their order.

    Args:
        summarizer: whose model is asked; it is announced on stderr.
        inputs: the articles.
        work: a method of the summarizer that takes sources and yields results.
        file, form, concurrency: as the options say.

    Returns:
        the exit status.
    """
    from ozetle.digests.digest import Failure

    say(_announcement(summarizer))
    on_terminal = file is None and sys.stdout.isatty()
    with opened(file, form, inputs.paths) as output:
        meter = Meter(inputs, late=_may_fetch(summarizer))
        results = work(inputs, concurrency=concurrency, ordered=True)
        try:
            for result in results:
                with meter.aside() if on_terminal else nullcontext():
                    output.write(result)
                    if isinstance(result, Failure):
                        complain(str(result))
                meter.count(result)
        except KeyboardInterrupt:
            meter.end("interrupted: ")
            return INTERRUPTED
        except OzetleError as error:
            written = meter.done + meter.failed
            meter.end("stopped: " if written else "")
            if not written:
                raise
            complain(str(error))
            return FAILED
        meter.end()
    if not meter.done and not meter.failed:
        raise ArticleError("no article found", remedy="Give files, folders or - for stdin.")
    return FAILED if meter.failed else 0


def chosen_cache(path: Path | None, *, replay: bool, refresh: bool, no_cache: bool) -> Cache:
    """Return the cache that the options name.

    Raises:
        typer.BadParameter: the options exclude each other.
        CacheError: it cannot be opened.
    """
    from ozetle.asking.cache import Cache

    switches = {"--replay": replay, "--refresh": refresh, "--no-cache": no_cache}
    given = [name for name, wanted in switches.items() if wanted]
    if no_cache and path is not None:
        given.append("--cache")
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(given)} exclude each other")
    return Cache(path, "replay" if replay else "refresh" if refresh else "off" if no_cache else "normal")


def _announcement(summarizer: Summarizer) -> str:
    """Say which model is asked, how, and where its answers are kept; without credentials."""
    from ozetle.asking.models import OPENAI_BASE_URL

    choice, cache = summarizer.choice, summarizer.cache
    server = "" if choice.base_url in (None, OPENAI_BASE_URL) else f" at {choice.server}"
    kept = "no cache" if cache.path is None else f"cache {cache.path}"
    mode = "" if cache.mode in ("normal", "off") else f" ({cache.mode})"
    return f"model {choice.name}{server} ({summarizer.strategy}), {kept}{mode}"


def _may_fetch(summarizer: Summarizer) -> bool:
    """Whether the embedded model's weights may have to be fetched, which shows its own progress."""
    if summarizer.choice.provider != "local" or summarizer.cache.mode == "replay":
        return False
    from ozetle.asking import weights

    return not weights.path().is_file()
