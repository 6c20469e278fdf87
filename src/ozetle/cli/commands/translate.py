"""`ozetle translate`."""

from __future__ import annotations

import typer

from ozetle.cli.asking import (
    BaseUrl,
    CachePath,
    Concurrency,
    DryRun,
    Form,
    Glossary,
    Limit,
    MaxRequests,
    MaxTokens,
    Model,
    NoCache,
    OutputFile,
    Prices,
    Refresh,
    Replay,
    StrategyName,
    chosen_cache,
    report_dry_run,
    write_all,
)
from ozetle.cli.inputs import Inputs, Paths, Published, checked

EXAMPLES = """\b
Examples:
  ozetle translate lajm.txt
  ozetle translate news/ -o translations.jsonl
  ozetle translate - --glossary terms.json < article.html
"""


def translate(
    paths: Paths,
    output: OutputFile = None,
    form: Form = None,
    model: Model = None,
    base_url: BaseUrl = None,
    strategy: StrategyName = None,
    glossary: Glossary = None,
    published: Published = None,
    cache: CachePath = None,
    replay: Replay = False,
    refresh: Refresh = False,
    no_cache: NoCache = False,
    concurrency: Concurrency = None,
    limit: Limit = None,
    max_requests: MaxRequests = None,
    max_tokens: MaxTokens = None,
    prices: Prices = None,
    dry_run: DryRun = False,
) -> None:
    """Translate articles into Turkish, sentence by sentence.

    Every sentence is checked against its source: figures, dates, names, language. Those that fail are asked for once
    more, and flagged if they still fail. An article in Turkish comes out as it is.
    """
    if form == "html":
        raise typer.BadParameter(
            "a translation has no HTML page: take md or text, or ozetle summarize --format html, whose page has the "
            "translation beside the original"
        )
    paths = checked(paths)
    from ozetle.llm.budget import Budget
    from ozetle.summarizer import Summarizer

    with (
        chosen_cache(cache, replay=replay, refresh=refresh, no_cache=no_cache) as answers,
        Summarizer(
            model,
            base_url=base_url,
            cache=answers,
            strategy=strategy,
            glossary=glossary,
            budget=Budget(max_requests, max_tokens),
        ) as summarizer,
    ):
        inputs = Inputs(paths, limit=limit, published=published)
        if dry_run:
            raise typer.Exit(report_dry_run(summarizer, inputs, "translate", prices))
        raise typer.Exit(write_all(summarizer, inputs, summarizer.translate_many, output, form, concurrency, prices))
