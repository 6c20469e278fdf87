"""`ozetle batch`: what a run would ask, as files for servers that answer in their own time and at a lower price."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ozetle.cli.asking import BaseUrl, CachePath, Glossary, Model, NoTranslate, StrategyName, chosen_cache, say_articles
from ozetle.cli.guard import FAILED, complain, counted, say
from ozetle.cli.inputs import STDIN, Inputs, Paths, checked
from ozetle.cli.own import EventClass, PromptFile, TaxonomyFile, event_class
from ozetle.errors import ConfigurationError, OzetleError
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from ozetle.batches import Batches
    from ozetle.llm.batch import BatchCollected, BatchFile

EXAMPLES = """\b
Examples:
  ozetle batch write news/ -o batches      what the cache lacks, as requests-001.jsonl …
  ozetle batch submit batches
  ozetle batch status batches
  ozetle batch collect batches             into the cache; then write again, for what is left
  ozetle summarize news/ -o digests.jsonl  asks nothing any more

\b
Some questions depend on answers to others, and some answers are no use. So repeat collect, write and submit
until write says that nothing is left: mostly two or three rounds. They can be run in this order at any time, by
a timer for example: nothing that is under way is written or submitted again.

\b
A batch cannot ask back. An answer that comes back unusable round after round can only be mended by an ordinary
run: ozetle summarize asks for it live, at the full price, and says to the model what was wrong.

\b
Without a Batch API: run the files where you like, and collect what comes out, for example
  vllm run-batch -i batches/requests-001.jsonl -o results.jsonl --model NAME
  ozetle batch collect batches --results results.jsonl
"""

app = typer.Typer(
    help="Answers at the Batch API's price: write what the cache lacks, submit it, see how it stands, collect it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog=EXAMPLES,
)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="What write -o named.", show_default=False)]
SameBaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="The server that write named, where its address holds a login."),
]

_MAX_CAUSES = 10


@app.command(short_help="Write the requests that the cache lacks.")
def write(
    paths: Paths,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="FOLDER", help="Where the files go; made if need be.", show_default=False
        ),
    ],
    model: Model = None,
    base_url: BaseUrl = None,
    strategy: StrategyName = None,
    no_translate: NoTranslate = False,
    glossary: Glossary = None,
    event: EventClass = None,
    taxonomy: TaxonomyFile = None,
    prompt: PromptFile = None,
    cache: CachePath = None,
    max_requests_per_file: Annotated[
        int, typer.Option("--max-requests-per-file", metavar="N", min=1, max=50_000, help="Lines of one file.")
    ] = 45_000,
    max_bytes_per_file: Annotated[
        int, typer.Option("--max-bytes-per-file", metavar="N", min=1, max=200_000_000, help="Bytes of one file.")
    ] = 180_000_000,
) -> None:
    """Write the requests that summarize would send into files of OpenAI's batch format.

    The options must be those of the summarize to come. Files that were not submitted are replaced, so collect results
    from elsewhere first. What is submitted and not yet collected is not written again; what came to nothing is.
    """
    paths = checked(paths)
    _check_apart(output, paths)
    from ozetle.batches import Batches
    from ozetle.summarizer import Summarizer

    with (
        chosen_cache(cache, replay=False, refresh=False, no_cache=False) as answers,
        Summarizer(
            model,
            base_url=base_url,
            cache=answers,
            strategy=strategy,
            event=event_class(event),
            taxonomy=taxonomy,
            prompt=prompt,
            translate=not no_translate,
            glossary=glossary,
        ) as summarizer,
    ):
        say(f"model {summarizer.choice.name} ({summarizer.strategy}), cache {summarizer.cache.path}")
        written = Batches(output).write(
            summarizer,
            Inputs(paths),
            max_requests_per_file=max_requests_per_file,
            max_bytes_per_file=max_bytes_per_file,
        )
    say_articles(written.cached, written.waiting, written.failures)
    if written.under_way:
        are = "is" if written.under_way == 1 else "are"
        typer.echo(f"{counted(written.under_way, 'request')} {are} under way: ozetle batch collect {output}")
    if not written.files:
        typer.echo("nothing to write")
    else:
        wrote = f"{counted(written.requests, 'request')} written to {counted(len(written.files), 'file')}"
        typer.echo(f"{wrote} in {output}, with about {written.prompt_tokens} tokens")
    if written.repeated:
        say(
            f"{written.repeated} of them were answered before, to no use; what goes on so, ozetle summarize may mend"
            " by asking back",
            typer.colors.YELLOW,
        )
    raise typer.Exit(FAILED if written.failures else 0)


@app.command(short_help="Hand the files to the Batch API.")
def submit(folder: Folder, base_url: SameBaseUrl = None) -> None:
    """Upload the files and create their batches. After an interruption, run it again: nothing is submitted twice."""
    from ozetle.batches import Batches

    batches = Batches(folder, base_url=base_url)
    if all(shard.batch_id is not None or shard.collected for shard in batches.files):
        typer.echo("nothing to submit")
        return
    _announce(batches)
    submitted: list[BatchFile] = []

    def tell(shard: BatchFile) -> None:
        submitted.append(shard)
        typer.echo(_row(shard))

    try:
        batches.submit(tell)
    except OzetleError as error:
        if not submitted:
            raise
        complain(str(error))
        raise typer.Exit(FAILED) from None


@app.command(short_help="Say how the batches stand.")
def status(folder: Folder, base_url: SameBaseUrl = None) -> None:
    """Print a line for each file: its requests, how its batch stands, how many are answered."""
    from ozetle.batches import Batches

    batches = Batches(folder, base_url=base_url)
    if any(shard.batch_id is not None and not shard.collected for shard in batches.files):
        _announce(batches)
    found = batches.status()
    for one in found:
        counts = "" if one.answered is None else f", {one.answered} answered, {one.failed} failed"
        typer.echo(_row(one.file) + counts)
    if not found:
        typer.echo("no file is written")


@app.command(short_help="Put the answers into the cache.")
def collect(
    folder: Folder,
    results: Annotated[
        list[Path] | None,
        typer.Option("--results", metavar="FILE", help="A results file from elsewhere; may be given several times."),
    ] = None,
    cache: CachePath = None,
    base_url: SameBaseUrl = None,
) -> None:
    """Record the answers of the batches that are over, or those of results files, in the cache.

    Each answer is checked against its request. What failed, expired or cannot be used is said by cause, and written
    again by the next write; the status is 1 then.
    """
    from ozetle.batches import Batches

    batches = Batches(folder, base_url=base_url)
    is_any_under_way = any(shard.batch_id is not None and not shard.collected for shard in batches.files)
    if not results and not is_any_under_way:
        typer.echo("nothing to collect: no batch is under way")
        return
    if not results:
        _announce(batches)
    raise typer.Exit(_report(batches.collect(cache, results=results or ())))


def _announce(batches: Batches) -> None:
    choice = batches.choice
    say(f"model {choice.name} at {choice.server}")


def _report(tally: BatchCollected) -> int:
    """Say what was collected, and return the exit status."""
    failed = sum(tally.failed.values())
    known = f", {tally.known} there already" if tally.known else ""
    typer.echo(f"{counted(tally.recorded, 'answer')} recorded{known}")
    if tally.under_way:
        typer.echo(f"{tally.under_way} batch{' is' if tally.under_way == 1 else 'es are'} not finished")
    _listed([f"{count} × {cause}" for cause, count in tally.failed.most_common()])
    _listed(tally.strange)
    if failed:
        say(
            f"{counted(failed, 'request')} without a usable answer: the next write has those that are needed again",
            typer.colors.YELLOW,
        )
    if tally.strange:
        say(f"{counted(len(tally.strange), 'line')} passed over", typer.colors.YELLOW)
    return FAILED if failed or tally.strange else 0


def _listed(problems: list[str]) -> None:
    for problem in problems[:_MAX_CAUSES]:
        complain(problem)
    if len(problems) > _MAX_CAUSES:
        complain(f"and {len(problems) - _MAX_CAUSES} more of the kind")


def _row(shard: BatchFile) -> str:
    status = f"collected ({shard.status})" if shard.collected else shard.status
    said = (f"{shard.file}: {counted(shard.requests, 'request')}", status, shard.batch_id)
    return clean(", ".join(part for part in said if part))


def _check_apart(folder: Path, inputs: list[str]) -> None:
    """Refuse an output that lies among the inputs: its files would be read as articles the next time."""
    target = folder.resolve()
    for given in inputs:
        if given != STDIN and Path(given).resolve() in (target, *target.parents):
            raise ConfigurationError(
                f"the output {folder} lies among the articles to read", remedy="Write it elsewhere."
            )
