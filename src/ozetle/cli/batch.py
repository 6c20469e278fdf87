"""`ozetle batch`: what a run would ask, as files for servers that answer in their own time and at a lower price."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ozetle.cli.asking import BaseUrl, CachePath, Glossary, Model, StrategyName, chosen_cache
from ozetle.cli.guard import FAILED, complain, counted, say
from ozetle.cli.inputs import STDIN, Inputs, Paths, checked
from ozetle.cli.own import EventClass, PromptFile, TaxonomyFile, event_class
from ozetle.errors import ConfigurationError, OzetleError
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from ozetle.llm.batch import BatchFolder, BatchServer, Shard, Tally

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
    no_translate: Annotated[
        bool, typer.Option("--no-translate", help="Leave out the translation of articles that are not Turkish.")
    ] = False,
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
    from ozetle.digests.digest import Failure
    from ozetle.errors import UnansweredError
    from ozetle.llm.batch import BatchWriter
    from ozetle.llm.request_collector import RequestCollector
    from ozetle.summarizer import Summarizer

    collector = RequestCollector()
    summarizer = Summarizer(
        model,
        base_url=base_url,
        cache=chosen_cache(cache, replay=False, refresh=False, no_cache=False),
        strategy=strategy,
        event=event_class(event),
        taxonomy=taxonomy,
        prompt=prompt,
        translate=not no_translate,
        glossary=glossary,
        collector=collector,
    )
    say(f"model {summarizer.choice.name} ({summarizer.strategy}), cache {summarizer.cache.path}")
    answered = waiting = failed = 0
    with BatchWriter(
        output,
        summarizer.choice,
        summarizer.cache,
        most_requests=max_requests_per_file,
        most_bytes=max_bytes_per_file,
    ) as writer:
        for result in summarizer.summarize_many(Inputs(paths), concurrency=1, ordered=True):
            # a digest may lack the better wording that only another answer would give it
            if writer.take(collector):
                waiting += 1
            elif not isinstance(result, Failure):
                answered += 1
            elif result.error.type != UnansweredError.__name__:
                failed += 1
                complain(str(result))
        shards = writer.commit()
    typer.echo(f"{counted(answered, 'article')} answered from the cache, {waiting} not yet, {failed} unreadable")
    if writer.under_way:
        are = "is" if writer.under_way == 1 else "are"
        typer.echo(f"{counted(writer.under_way, 'request')} {are} under way: ozetle batch collect {output}")
    if not shards:
        typer.echo("nothing to write")
    else:
        written = f"{counted(writer.written, 'request')} written to {counted(len(shards), 'file')}"
        typer.echo(f"{written} in {output}, with about {writer.tokens} tokens")
    if writer.repeated:
        say(
            f"{writer.repeated} of them were answered before, to no use; what goes on so, ozetle summarize may mend"
            " by asking back",
            typer.colors.YELLOW,
        )
    raise typer.Exit(FAILED if failed else 0)


@app.command(short_help="Hand the files to the Batch API.")
def submit(folder: Folder, base_url: SameBaseUrl = None) -> None:
    """Upload the files and create their batches. After an interruption, run it again: nothing is submitted twice."""
    from ozetle.llm.batch import BatchFolder
    from ozetle.llm.batch import submit as submit_all

    opened = BatchFolder.open(folder)
    if all(shard.batch_id is not None for shard in opened.waiting()):
        typer.echo("nothing to submit")
        return
    submitted: list[Shard] = []

    def tell(shard: Shard) -> None:
        submitted.append(shard)
        typer.echo(_row(shard))

    try:
        _with_server(opened, base_url, lambda server: submit_all(opened, server, tell))
    except OzetleError as error:
        if not submitted:
            raise
        complain(str(error))
        raise typer.Exit(FAILED) from None


@app.command(short_help="Say how the batches stand.")
def status(folder: Folder, base_url: SameBaseUrl = None) -> None:
    """Print a line for each file: its requests, how its batch stands, how many are answered."""
    from ozetle.llm.batch import BatchFolder, refresh

    opened = BatchFolder.open(folder)
    counts: dict[str, str] = {}
    if any(shard.batch_id is not None for shard in opened.waiting()):

        def tell(shard: Shard, batch: Any) -> None:
            done = batch.request_counts
            counts[shard.file] = f", {done.completed} answered, {done.failed} failed" if done else ""

        _with_server(opened, base_url, lambda server: refresh(opened, server, tell))
    for shard in opened.state.shards:
        typer.echo(_row(shard) + counts.get(shard.file, ""))
    if not opened.state.shards:
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
    from ozetle.llm.batch import BatchFolder
    from ozetle.llm.batch import collect as collect_batches

    opened = BatchFolder.open(folder)
    with chosen_cache(cache, replay=False, refresh=False, no_cache=False) as answers:
        if results:
            raise typer.Exit(_report(_collected_from(opened, results, answers)))
        if not any(shard.batch_id is not None for shard in opened.waiting()):
            typer.echo("nothing to collect: no batch is under way")
            return
        tally = _with_server(opened, base_url, lambda server: collect_batches(opened, server, answers))
    raise typer.Exit(_report(tally))


def _collected_from(folder: BatchFolder, results: list[Path], cache: Any) -> Tally:
    from ozetle.llm.batch import collect_files
    from ozetle.llm.faults import Redactor

    secrets = [os.environ.get(name, "").strip() for name in ("OPENAI_API_KEY", "OZETLE_API_KEY")]
    return collect_files(folder, results, cache, Redactor(secrets))


def _report(tally: Tally) -> int:
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


def _row(shard: Shard) -> str:
    status = f"collected ({shard.status})" if shard.collected else shard.status
    said = (f"{shard.file}: {counted(shard.requests, 'request')}", status, shard.batch_id)
    return clean(", ".join(part for part in said if part))


def _with_server(
    folder: BatchFolder, base_url: str | None, work: Callable[[BatchServer], Coroutine[Any, Any, Any]]
) -> Any:
    """Do something with the server that a folder's batches are for."""
    from ozetle import _loop
    from ozetle.llm.batch import BatchServer, choice_of

    choice = choice_of(folder.state, base_url)
    say(f"model {choice.name} at {choice.server}")
    server = BatchServer(choice)

    async def closing() -> Any:
        try:
            return await work(server)
        finally:
            await server.close()

    return _loop.run(closing())


def _check_apart(folder: Path, inputs: list[str]) -> None:
    """Refuse an output that lies among the inputs: its files would be read as articles the next time."""
    target = folder.resolve()
    for given in inputs:
        if given != STDIN and Path(given).resolve() in (target, *target.parents):
            raise ConfigurationError(
                f"the output {folder} lies among the articles to read", remedy="Write it elsewhere."
            )
