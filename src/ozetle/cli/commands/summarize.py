"""`ozetle summarize`."""

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
    NoTranslate,
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
from ozetle.cli.own import EventClass, PromptFile, TaxonomyFile, event_class

EXAMPLES = """\b
Examples:
  ozetle summarize article.txt
  ozetle summarize news/ more.jsonl -o digests.jsonl
  ozetle summarize - --format text < article.html
  ozetle summarize news/ --format html -o report.html
  ozetle summarize article.txt -m ollama/qwen2.5:7b
  ozetle summarize article.txt -m NAME --base-url http://localhost:8000/v1
  ozetle summarize article.txt --no-translate
  ozetle summarize examples/articles --cache examples/recorded --replay
"""


def summarize(
    paths: Paths,
    output: OutputFile = None,
    form: Form = None,
    model: Model = None,
    base_url: BaseUrl = None,
    strategy: StrategyName = None,
    no_translate: NoTranslate = False,
    glossary: Glossary = None,
    published: Published = None,
    event: EventClass = None,
    taxonomy: TaxonomyFile = None,
    prompt: PromptFile = None,
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
    """Summarise articles: what happened, who took part, when, which figures; each with the sentence that says so.

    One digest for each article, in the order given, each written as soon as it is finished. An article that fails is a
    line too, with "error" in place of the digest, and is said on stderr.
    """
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
            event=event_class(event),
            taxonomy=taxonomy,
            prompt=prompt,
            translate=not no_translate,
            glossary=glossary,
            budget=Budget(max_requests, max_tokens),
        ) as summarizer,
    ):
        inputs = Inputs(paths, limit=limit, keep=form == "html", published=published)
        if dry_run:
            raise typer.Exit(report_dry_run(summarizer, inputs, "summarize", prices))
        raise typer.Exit(write_all(summarizer, inputs, summarizer.summarize_many, output, form, concurrency, prices))
