"""`ozetle evaluate`."""

from __future__ import annotations

import io
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

import typer

from ozetle.cli.inputs import STDIN
from ozetle.errors import ConfigurationError
from ozetle.views.jsonl import to_line
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console
    from rich.table import Table

    from ozetle.evaluating.counts import Retrieval, Share
    from ozetle.evaluating.events import Evaluation, Scores
    from ozetle.evaluating.gold import Gold
    from ozetle.evaluating.translations import TranslationEvaluation

    Model = TypeVar("Model", bound=BaseModel)

EXAMPLES = """\b
Examples:
  ozetle evaluate gold.json digests.jsonl --articles news/
  ozetle evaluate gold.json small-model.jsonl large-model.jsonl
  ozetle summarize news/ | ozetle evaluate gold.json - --format text
  ozetle evaluate --translation reference.json translations.jsonl

\b
The gold is one JSON object; members that are not shown are ignored:
  {"articles": [{
    "file": "visit.txt",                     the article's id or its file's name
    "events": [{
      "acceptable_types": ["official_visit", "bilateral_meeting"],
      "core": true,                          false: optional, neither missed nor wrong
      "status": "occurred",
      "date": {"start": "2026-03-12", "end": "2026-03-12"},    inclusive; null: unknown
      "participants": [{"kind": "person", "name": "Ayşe Örnek"}],
      "figures": [{"value": "1500000000", "unit": "currency", "currency": "USD"}],
      "evidence": [{"start": 0, "end": 80, "quote": "..."}]}]}]}

\b
events     matched one to one; the evidence must cover at least half of a gold quote and,
           typed, the type be acceptable; of those that share a quote the one whose
           status and date agree comes first; recall is over core events
status     right among the typed matches; so are dates, where gold knows the first day
people     distinct names, whatever their case, apostrophes and suffixes
figures    distinct values with their currency, percent or count; ranks are left out
facts      the gold figures that were read without a model
grounding  evidence quotes that are the article's text at their offsets

\b
The reference of --translation has the Turkish of each content sentence:
  {"articles": [{"file": "plan-shqip.txt", "sentences": ["...", "..."]}]}

\b
chrF       character n-gram F-score over all sentences, 0 to 100 (sacrebleu; pip install "ozetle[evaluation]")
figures    sentences with figures whose translation has the same, by value
flagged    sentences that carry a flag
"""

_WIDTH = 100
_UTF8_BOM = "utf-8-sig"


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="What should be found: a JSON file, as below.", show_default=False)
    ],
    digests: Annotated[
        list[str],
        typer.Argument(
            metavar="DIGESTS",
            help="Runs to score, each a JSONL file that summarize wrote, or - for stdin.",
            show_default=False,
        ),
    ],
    articles: Annotated[
        Path | None,
        typer.Option(
            "--articles", metavar="DIR", help="The articles that were summarised; scores the grounding of quotes too."
        ),
    ] = None,
    translation: Annotated[
        bool, typer.Option("--translation", help="Score translations; GOLD is a reference translation, as below.")
    ] = False,
    form: Annotated[
        Literal["text", "json"] | None,
        typer.Option("--format", help="text for people, json one object. Default: text on a terminal, else json."),
    ] = None,
) -> None:
    """Score digests against gold: events, status, dates, people, figures; by article and in all, run beside run.

    An article that failed, or that a run lacks, counts as missing: nothing of it was found.
    """
    as_json = (form or ("text" if sys.stdout.isatty() else "json")) == "json"
    if translation:
        _evaluate_translations(gold, digests, as_json=as_json)
        return
    wanted = _gold(gold)
    texts = None if articles is None else _texts(articles, {article.file for article in wanted.articles})
    runs = {name: _evaluated(wanted, gold, name, texts) for name in digests}
    if as_json:
        typer.echo(to_line({"gold": str(gold), "runs": runs}))
    else:
        _print(lambda console: _print_tables(runs, console))


def _evaluate_translations(path: Path, names: list[str], *, as_json: bool) -> None:
    from ozetle.evaluating.translations import Reference, TranslatedResult, evaluate_translations

    remedy = "ozetle evaluate --help shows the format of a reference file."
    reference = _parsed(Reference, _content(path), str(path), None, remedy)
    runs = {name: evaluate_translations(reference, list(_lines(name, TranslatedResult))) for name in names}
    if as_json:
        typer.echo(to_line({"reference": str(path), "runs": runs}))
    else:
        _print(lambda console: _print_translation_tables(runs, console))


def _gold(path: Path) -> Gold:
    from ozetle.evaluating.gold import Gold

    gold = _parsed(Gold, _content(path), str(path), None, "ozetle evaluate --help shows the format of a gold file.")
    for file, count in Counter(article.file for article in gold.articles).items():
        if count > 1:
            raise ConfigurationError(f"the article {file} is in it twice", remedy="Leave one.", article=str(path))
    return gold


def _evaluated(gold: Gold, path: Path, name: str, texts: Mapping[str, str] | None) -> Evaluation:
    from ozetle.evaluating.events import evaluate
    from ozetle.evaluating.gold import Result

    results = list(_lines(name, Result))
    files = {article.file for article in gold.articles}
    if not any(files & result.article.files for result in results):
        cause = f"none of its articles is in {path}" if results else "there is no digest in it"
        remedy = "Give what ozetle summarize wrote for the gold's articles."
        raise ConfigurationError(cause, remedy=remedy, article=name)
    return evaluate(gold, results, texts)


def _lines(name: str, model: type[Model]) -> Iterator[Model]:
    """What the lines of a run hold; only a newline ends one, since JSON may hold other line separators."""
    content = _content(Path(name)) if name != STDIN else sys.stdin.buffer.read().decode(_UTF8_BOM, errors="replace")
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            yield _parsed(model, line, name, number, "Each line must be one that ozetle wrote.")


def _texts(place: Path, wanted: Collection[str]) -> dict[str, str]:
    """The raw texts of the wanted articles that can be read, by the name gold has for them."""
    from ozetle.articles import Article, load
    from ozetle.evaluating.gold import Source

    texts: dict[str, str] = {}
    for found in load(place):
        if isinstance(found, Article):
            files = Source(id=found.id, source=found.source).files
            texts |= {file: found.text for file in files if file in wanted}
    if not texts:
        cause = f"{place} holds none of the gold's articles"
        raise ConfigurationError(cause, remedy="Give their folder to --articles.")
    return texts


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode(_UTF8_BOM)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigurationError("not UTF-8", remedy="Save it as UTF-8.", article=f"{path}:{line}") from None
    except (OSError, ValueError) as error:
        cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ConfigurationError(f"cannot read {path}: {cause}", remedy="Check the path.") from None


def _parsed(model: type[Model], text: str, name: str, line: int | None, remedy: str) -> Model:
    """Validate JSON that is the given line of a file, or the whole file.

    Raises:
        ConfigurationError: with the file, the line and the member that is wrong.
    """
    from pydantic import ValidationError

    place = name if line is None else f"{name}:{line}"
    try:
        return model.model_validate(json.loads(text), from_attributes=False)
    except json.JSONDecodeError as error:
        cause, place = f"not JSON: {error.msg} at column {error.colno}", f"{name}:{line or error.lineno}"
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
        cause = f"{where}: {first['msg']}" if where else "not a JSON object"
    except (ValueError, RecursionError) as error:
        cause = f"not JSON: {'nested too deeply' if isinstance(error, RecursionError) else error}"
    raise ConfigurationError(cause, remedy=remedy, article=place)


def _print(tables: Callable[[Console], None]) -> None:
    from rich.console import Console

    if sys.stdout.isatty():
        tables(Console(highlight=False))
        return
    page = io.StringIO()
    tables(Console(file=page, width=_WIDTH, highlight=False))
    typer.echo("\n".join(line.rstrip() for line in page.getvalue().rstrip().split("\n")))


def _print_translation_tables(runs: Mapping[str, TranslationEvaluation], console: Console) -> None:
    """Print a line for each run, all articles together, and one for each article."""
    from rich.text import Text

    table = _table("run", "article", "missing", "chrF", "figures agree", "flagged")
    for name, run in runs.items():
        for file, scores in {"all": run.total, **run.articles}.items():
            measures = (f"{scores.missing} of {scores.articles}", f"{scores.chrf:.1f}", _share(scores.figures))
            table.add_row(Text(clean(Path(name).name)), Text(clean(file)), *measures, _share(scores.flagged))
    console.print(table)


def _print_tables(runs: Mapping[str, Evaluation], console: Console) -> None:
    """Print the totals with a column for each run, then each article with a line for each run."""
    from rich.text import Text

    names = [Path(name).name for name in runs]
    labels = [clean(name) for name in (names if len(set(names)) == len(names) else runs)]
    totals = _table("", "", *labels)
    rows = [list(_measures(run.total)) for run in runs.values()]
    for row in zip(*rows, strict=True):
        group, measure, _ = row[0]
        totals.add_row(group, measure, *(value for _, _, value in row))
    console.print(totals)

    several = len(runs) > 1
    measures = ("events\nP", "\nR", "\nF1", "\nstatus", "\ndates", "people\nP", "\nR", "figures\nP", "\nR", "\nquotes")
    by_article = _table("\narticle", *(["\nrun"] if several else []), *measures)
    for file in next(iter(runs.values())).articles:
        shown = clean(file)
        for label, run in zip(labels, runs.values(), strict=True):
            by_article.add_row(Text(shown), *([Text(label)] if several else []), *_row(run.articles[file]))
            shown = ""
    console.print(by_article)


def _measures(scores: Scores) -> Iterator[tuple[str, str, str]]:
    """Group, measure and value of each score."""
    yield "articles", "missing", f"{scores.missing} of {scores.articles}"
    yield from _retrieval("events, typed", scores.events)
    yield from _retrieval("events, untyped", scores.events_untyped)
    yield "status", "accuracy", _share(scores.status)
    yield "dates", "accuracy", _share(scores.dates)
    yield from _retrieval("people", scores.people)
    yield from _retrieval("figures", scores.figures)
    yield "facts", "figures read", _share(scores.facts)
    yield "grounding", "quotes exact", _share(scores.grounding)


def _retrieval(name: str, score: Retrieval) -> Iterator[tuple[str, str, str]]:
    yield name, "precision", _counted(score.precision, score.right, score.predicted)
    yield "", "recall", _counted(score.recall, score.found, score.gold)
    yield "", "F1", _number(score.f1)


def _row(scores: Scores) -> tuple[str, ...]:
    if scores.missing:
        return ("missing",)
    events, people, figures = scores.events, scores.people, scores.figures
    values = (
        *(events.precision, events.recall, events.f1, scores.status.share, scores.dates.share),
        *(people.precision, people.recall, figures.precision, figures.recall, scores.grounding.share),
    )
    return tuple("–" if value is None else f"{value:.2f}" for value in values)


def _share(score: Share) -> str:
    return _counted(score.share, score.right, score.total)


def _counted(value: float | None, part: int, whole: int) -> str:
    return _number(value) if value is None else f"{_number(value)}  {part}/{whole}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in columns:
        table.add_column(Text(name), overflow="fold")
    return table
