"""The options and the course of the commands that ask a model."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from ozetle.cli.guard import FAILED, complain, counted, interrupted, say
from ozetle.cli.inputs import Inputs
from ozetle.cli.meter import Meter
from ozetle.cli.outputs import Format, opened
from ozetle.errors import ArticleError, OzetleError

if TYPE_CHECKING:
    from ozetle.cli.outputs import Result
    from ozetle.digests.digest import Failure
    from ozetle.llm.cache import Cache
    from ozetle.llm.prices import Price
    from ozetle.summarizer import Summarizer, Verb

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
        metavar="FORMAT",
        help="text for people, jsonl one JSON object a line, json one array, md Markdown, csv a table of events "
        "(of a translation, of its sentences), html a page to look through (of digests, at the run's end). "
        "Default: text on a terminal, else jsonl.",
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
NoTranslate = Annotated[
    bool, typer.Option("--no-translate", help="Leave out the translation of articles that are not Turkish.")
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
MaxRequests = Annotated[
    int | None,
    typer.Option("--max-requests", metavar="N", min=0, help="Send no more than N requests, repetitions included."),
]
MaxTokens = Annotated[
    int | None,
    typer.Option("--max-tokens", metavar="N", min=0, help="Send nothing more once N tokens are used."),
]
Prices = Annotated[
    Path | None,
    typer.Option(
        "--prices",
        metavar="FILE",
        help='Say the cost, by a JSON table per million tokens: {"MODEL": {"prompt": 0.4, "cached": 0.1, '
        '"completion": 1.6}}.',
    ),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Ask nothing; say what is cached and what would have to be asked.")
]
Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="Stop after N articles.")]


def write_all(
    summarizer: Summarizer,
    inputs: Inputs,
    work: Callable[..., Iterator[Result]],
    file: Path | None,
    form: Format | None,
    concurrency: int | None,
    prices: Path | None,
) -> int:
    """Do some work on every article and write the results in their order.

    Args:
        summarizer: whose model is asked; it is announced on stderr.
        inputs: the articles.
        work: a method of the summarizer that takes sources and yields results.
        file, form, concurrency, prices: as the options say.

    Returns:
        the exit status.
    """
    from ozetle.digests.digest import Failure

    price = _price(prices, summarizer)
    say(_announcement(summarizer))
    on_terminal = file is None and sys.stdout.isatty()
    with opened(file, form, inputs.paths, inputs.articles) as output:
        meter = Meter(inputs, summarizer.budget, price, late=_may_fetch(summarizer))
        results = cast("Generator[Result, None, None]", work(inputs, concurrency=concurrency, ordered=True))
        try:
            with meter.telling(), closing(results):
                for result in results:
                    with meter.aside() if on_terminal else nullcontext():
                        output.write(result)
                        if isinstance(result, Failure):
                            complain(str(result))
                    meter.count(result)
        except KeyboardInterrupt as interruption:
            meter.end("interrupted: ")
            return interrupted(interruption)
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


def report_dry_run(summarizer: Summarizer, inputs: Inputs, verb: Verb, prices: Path | None) -> int:
    """Go through the articles without asking anything, and say on stdout what a run would find and send.

    Returns:
        the exit status.
    """
    say(_announcement(summarizer))
    found = summarizer.dry_run(inputs, verb=verb, prices=prices)
    say_articles(found.cached, found.waiting, found.failures)
    cost = "" if found.cost is None else f", about {found.cost:.4f} for the prompts"
    typer.echo(f"at least {counted(found.requests, 'request')} to send, with about {found.prompt_tokens} tokens{cost}")
    return FAILED if found.failures else 0


def say_articles(cached: int, waiting: int, failures: Sequence[Failure]) -> None:
    """Say how many articles the cache answers, and which ones cannot be read."""
    for failure in failures:
        complain(str(failure))
    answered = f"{counted(cached, 'article')} answered from the cache"
    typer.echo(f"{answered}, {waiting} not yet, {len(failures)} unreadable")


def _price(prices: Path | None, summarizer: Summarizer) -> Price | None:
    if prices is None:
        return None
    from ozetle.llm.prices import read_price

    return read_price(prices, summarizer.choice.name, free=summarizer.choice.provider == "local")


def chosen_cache(path: Path | None, *, replay: bool, refresh: bool, no_cache: bool) -> Cache:
    """Return the cache that the options name.

    Raises:
        typer.BadParameter: the options exclude each other.
        CacheError: it cannot be opened.
    """
    from ozetle.llm.cache import Cache

    switches = {"--replay": replay, "--refresh": refresh, "--no-cache": no_cache}
    given = [name for name, wanted in switches.items() if wanted]
    if no_cache and path is not None:
        given.append("--cache")
    if len(given) > 1:
        raise typer.BadParameter(f"{' and '.join(given)} exclude each other")
    return Cache(path, "replay" if replay else "refresh" if refresh else "off" if no_cache else "normal")


def _announcement(summarizer: Summarizer) -> str:
    """Say which model is asked, how, and where its answers are kept; without credentials."""
    from ozetle.llm.models import OPENAI_BASE_URL

    choice, cache = summarizer.choice, summarizer.cache
    server = "" if choice.base_url in (None, OPENAI_BASE_URL) else f" at {choice.server}"
    kept = "no cache" if cache.path is None else f"cache {cache.path}"
    mode = "" if cache.mode in ("normal", "off") else f" ({cache.mode})"
    return f"model {choice.name}{server} ({summarizer.strategy}), {kept}{mode}"


def _may_fetch(summarizer: Summarizer) -> bool:
    """Whether the embedded model's weights may have to be fetched, which shows its own progress."""
    if summarizer.choice.provider != "local" or summarizer.cache.mode == "replay":
        return False
    from ozetle.llm.weights import weights

    return not weights.path().is_file()
