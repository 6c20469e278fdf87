"""The same small model and the same articles, three ways: this library `stepwise` and `whole`, and langextract.

python benchmarks/three_ways.py [ARTICLES GOLD] [--cache FOLDER] [--limit SECONDS] [-o three_ways.json]

The model is the embedded one (`pip install "ozetle[local]"`); langextract is left out where it is not installed. By
default the articles are those of examples/articles with examples/gold.json.

All three ask the same server, one request at a time, at temperature 0, through a meter that counts tokens and seconds
as the server reports them and breaks off what takes longer than the time limit an article (a failure). All three are
scored alike, by `ozetle.evaluating.events`. This library does not translate here, which langextract does not do
either; people, figures, dates, headlines and summaries, which are not compared, are in its tokens and seconds.
with_langextract.py says what langextract is asked: its prompt was written once, while this library's were tried on
many articles of this kind.

Seconds are of the machine the model runs on and of what else it does; the processor's seconds, on all its cores, much
less so, and tokens not at all.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from metering import Meter, Spent
from with_langextract import as_result, extract

from ozetle import Summarizer
from ozetle.articles import Article, load
from ozetle.errors import OzetleError
from ozetle.evaluating.events import evaluate
from ozetle.evaluating.gold import Gold, Result
from ozetle.llm.embedded import start
from ozetle.llm.models import Strategy, local_model_name

EXAMPLES = Path(__file__).parents[1] / "examples"
LIMIT = 600.0
"""Seconds; after as many the openai client that langextract uses would ask again."""
MAX_TOKENS = 2048
"""What `whole` may answer of this model's context of 8192 tokens."""

Way = Callable[[Article], Result]


def with_ozetle(strategy: Strategy, base_url: str, limit: float) -> Way:
    summarizer = Summarizer(
        "local",
        base_url=base_url,
        strategy=strategy,
        cache=False,
        translate=False,
        timeout=limit + 30,  # the meter breaks off before
    )

    def ask(article: Article) -> Result:
        try:
            return Result.model_validate(summarizer.summarize(article))
        except OzetleError as error:
            return failed(article, error)

    return ask


def with_langextract(base_url: str) -> Way:
    from langextract.core.exceptions import LangExtractError

    def ask(article: Article) -> Result:
        try:
            return as_result(article, extract(article, local_model_name(), base_url, MAX_TOKENS))
        except LangExtractError as error:
            return failed(article, error)

    return ask


def failed(article: Article, error: Exception) -> Result:
    return Result.model_validate({"article": {"id": article.id, "source": article.source}, "error": str(error)})


def run(name: str, ask: Way, articles: list[Article], meter: Meter, gold: Gold) -> dict[str, Any]:
    """Ask about each article and score the answers."""
    results: list[Result] = []
    spent: list[Spent] = []
    for article in articles:
        meter.start()
        results.append(ask(article))
        spent.append(meter.spent)
        print(f"{name}: {article.id}, {meter.spent.seconds:.0f} s", flush=True)
    total = {field.name: sum(getattr(one, field.name) for one in spent) for field in fields(Spent)}
    return {
        "scores": evaluate(gold, results).total.model_dump(mode="json"),
        "failures": sum(result.error is not None for result in results),
        "spent": total,
        "articles": [
            {"result": result.model_dump(mode="json"), "spent": asdict(one)}
            for result, one in zip(results, spent, strict=True)
        ],
    }


def table(ways: dict[str, dict[str, Any]]) -> str:
    """The results as a Markdown table."""
    found = ("found, right type", "found, any type", "precision", "status")
    tokens = ("prompt tokens (known before)", "completion tokens")
    columns = ("", *found, *tokens, "seconds (of the processor)", "cut off", "failures")
    lines = [list(columns), ["--"] * len(columns)]
    for name, way in ways.items():
        typed, untyped, status = (way["scores"][part] for part in ("events", "events_untyped", "status"))
        spent = way["spent"]
        lines.append(
            [
                name,
                f"{typed['found']} of {typed['gold']}",
                f"{untyped['found']} of {untyped['gold']}",
                f"{typed['right']} of {typed['predicted']}",
                f"{status['right']} of {status['total']}",
                f"{spent['prompt_tokens']:,} ({spent['cached_tokens']:,})",
                f"{spent['completion_tokens']:,}",
                f"{spent['seconds']:.0f} ({spent['processor_seconds']:.0f})",
                str(spent["cut_off"]),
                str(way["failures"]),
            ]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path, default=EXAMPLES / "articles")
    parser.add_argument("gold", nargs="?", type=Path, default=EXAMPLES / "gold.json")
    parser.add_argument("--cache", type=Path, help="a folder to keep the answers in, and to take them from")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds an article may take; default %(default)s")
    parser.add_argument("-o", "--output", type=Path, default=Path("three_ways.json"))
    options = parser.parse_args()
    gold = Gold.model_validate_json(options.gold.read_text(encoding="utf-8"))
    wanted = {article.file for article in gold.articles}
    found = [article for article in load(options.articles) if isinstance(article, Article)]
    articles = [article for article in found if {article.id, Path(article.source or "").name} & wanted]
    with tempfile.TemporaryDirectory() as folder:
        kept = options.cache or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        meter = Meter(lambda: start().base_url, kept, options.limit)
        with meter.serve() as base_url:
            strategies: tuple[Strategy, ...] = ("stepwise", "whole")
            ways = {f"ozetle {one}": with_ozetle(one, base_url, options.limit) for one in strategies}
            if importlib.util.find_spec("langextract") is None:
                print("langextract is not installed: left out")
            else:
                ways["langextract"] = with_langextract(base_url)
            measured = {name: run(name, ask, articles, meter, gold) for name, ask in ways.items()}
    packages = [name for name in ("ozetle", "xllamacpp", "langextract") if importlib.util.find_spec(name)]
    versions = {name: version(name) for name in packages}
    report = {"model": local_model_name(), "articles": len(articles), "versions": versions, "ways": measured}
    options.output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(measured))


if __name__ == "__main__":
    main()
