"""`ozetle translate`."""

from __future__ import annotations

import typer

from ozetle.cli.asking import (
    BaseUrl,
    CachePath,
    Concurrency,
    Form,
    Glossary,
    Limit,
    Model,
    NoCache,
    OutputFile,
    Refresh,
    Replay,
    StrategyName,
    chosen_cache,
    write_all,
)
from ozetle.cli.inputs import Inputs, Paths, checked

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
    cache: CachePath = None,
    replay: Replay = False,
    refresh: Refresh = False,
    no_cache: NoCache = False,
    concurrency: Concurrency = None,
    limit: Limit = None,
) -> None:
    """Translate articles into Turkish, sentence by sentence.

    Every sentence is checked against its source: figures, dates, names, language. Those that fail are asked for once
    more, and flagged if they still fail. An article in Turkish comes out as it is.
    """
    paths = checked(paths)
    from ozetle.pipeline import Summarizer

    summarizer = Summarizer(
        model,
        base_url=base_url,
        cache=chosen_cache(cache, replay=replay, refresh=refresh, no_cache=no_cache),
        strategy=strategy,
        glossary=glossary,
    )
    inputs = Inputs(paths, limit=limit)
    raise typer.Exit(write_all(summarizer, inputs, summarizer.translate_many, output, form, concurrency))
