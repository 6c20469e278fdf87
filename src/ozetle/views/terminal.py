"""A digest, facts and languages as people read them on a terminal, with Turkish labels.

Article and model text is only ever put into `Text` objects, never into rich markup, and without control characters: an
article cannot colour, move or retitle the terminal it is shown on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from ozetle.views import phrases

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ozetle.articles import Language
    from ozetle.digests.digest import (
        ArticleInfo,
        ArticleTranslation,
        Digest,
        Event,
        Provenance,
    )
    from ozetle.facts import CountryMention, DateMention, NameMention
    from ozetle.reading import Reading
    from ozetle.translating.translation import Translation

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# C0, DEL and C1 controls; bidirectional embeddings, overrides and isolates, which would reorder what follows them
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WIDEST = 110
_LABEL_WIDTH = 8
_WIDEST_LABEL = 18  # of own fields


def clean(text: str) -> str:
    """Return a text on one line, every run of white space a space, every other control character U+FFFD."""
    return _CONTROLS.sub("\ufffd", _SPACES.sub(" ", text)).strip()


def to_text(result: Digest | ArticleTranslation, width: int = 100) -> str:
    """Return what `render` prints, without colours; lines end at the width, without spaces behind them."""
    from rich.console import Console

    page = io.StringIO()
    render(result, Console(file=page, width=width, highlight=False))
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))  # rich fills every line up


def render(result: Digest | ArticleTranslation, console: Console) -> None:
    """Print one digest, or one translation."""
    from ozetle.digests.digest import Digest

    width = min(console.width, _WIDEST)
    if isinstance(result, Digest):
        _print_digest(result, console, width)
    else:
        console.print(_heading(result.article, result.source_language), width=width)
        _print_translation(result, console, width)
        for line in _origin(result.provenance):
            console.print(line, width=width)


def _print_digest(digest: Digest, console: Console, width: int) -> None:
    from rich.padding import Padding
    from rich.text import Text

    console.print(_heading(digest.article, digest.language), width=width)
    console.print(Text("\nÖzet", style="bold"))
    console.print(Padding(Text(clean(digest.summary)), (0, 0, 1, 2)), width=width)
    found = f"Olaylar ({len(digest.events)})" if digest.events else phrases.NO_EVENTS
    console.print(Text(f"{found}\n", style="bold"))
    for number, event in enumerate(digest.events, 1):
        _print_event(event, number, digest.provenance.labels, console, width)
    if digest.translation is not None:
        _print_translation(digest.translation, console, width)
    for line in _footer(digest):
        console.print(line, width=width)


def render_facts(article: ArticleInfo, reading: Reading, console: Console) -> None:
    """Print what was read from one article without a model, in the order of the text."""
    rows = [
        *((figure.start, "rakam", figure.text, phrases.value(figure)) for figure in reading.figures),
        *((day.start, "tarih", day.text, _days(day)) for day in reading.dates),
        *((country.start, "ülke", country.text, _country(country)) for country in reading.countries),
        *((name.start, _kind(name.kind), name.text, _name(name)) for name in reading.names),
    ]
    table = _table("tür", "haberde", "anlamı", "yer")
    for start, kind, text, meaning in sorted(rows, key=lambda row: row[0]):
        table.add_row(*_cells(kind, text, meaning, str(start)))
    console.print(_heading(article, reading.language))
    console.print(table if rows else _cells("Rakam, tarih, ülke ya da ad bulunamadı.")[0])
    console.print()


def render_languages(rows: Iterable[tuple[ArticleInfo, Language]], console: Console) -> None:
    """Print the language of each article."""
    table = _table("haber", "dil", "kod", "güven", "yöntem")
    for article, language in rows:
        confidence = phrases.number(Decimal(f"{language.confidence:.2f}"))
        table.add_row(
            *_cells(
                article.source or article.id,
                phrases.language(language.code),
                language.code,
                confidence,
                language.method,
            )
        )
    console.print(table)


def _heading(article: ArticleInfo, language: Language) -> Text:
    from rich.text import Text

    known = [phrases.published(article.published), phrases.language(language.code)]
    if article.source or article.title:
        known.append(article.source or article.id)
    return Text.assemble((clean(article.title or article.id), "bold"), "\n", (clean(" · ".join(known)), "dim"))


def _print_event(event: Event, number: int, labels: phrases.Labels, console: Console, width: int) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    label = f"{number}. {phrases.label('types', event.type, labels)}"
    status = phrases.label("statuses", event.status, labels)
    console.print(Text.assemble((clean(label), "bold cyan"), " · ", (clean(status), "cyan")), width=width)
    console.print(Padding(Text(clean(event.headline), style="bold"), (0, 0, 0, 3)), width=width)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold", style="dim", min_width=_LABEL_WIDTH, max_width=_WIDEST_LABEL)
    grid.add_column(overflow="fold")
    for name, lines in phrases.details(event, labels):
        for text in lines:
            grid.add_row(*_cells(name, text))
            name = ""
    for piece in event.evidence:
        grid.add_row(Text(f"[{piece.sentence}]"), Text(f"“{clean(piece.quote)}”", style="dim"))
    console.print(Padding(grid, (0, 0, 1, 3)), width=width)


def _print_translation(translation: Translation, console: Console, width: int) -> None:
    """Print each Turkish sentence under its source, and what is wrong with it."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    console.print(Text("\nÇeviri", style="bold"))
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for sentence in translation.sentences:
        if sentence.source != sentence.text:
            grid.add_row(Text(f"[{sentence.number}]"), Text(clean(sentence.source), style="dim"))
        grid.add_row(Text(""), Text(clean(sentence.text) or phrases.NO_TRANSLATION))
        if sentence.flags:
            grid.add_row(Text(""), Text(f"⚠ {clean(phrases.flags(sentence.flags))}", style="yellow"))
    console.print(Padding(grid, (0, 0, 1, 2)), width=width)
    if translation.flagged:
        text = f"{len(translation.sentences)} cümleden {len(translation.flagged)} tanesi denetimden geçmedi (⚠)."
        console.print(Text(text, style="yellow"), width=width)


def _footer(digest: Digest) -> Iterator[Text]:
    from rich.text import Text

    taken_out = len(digest.rejected)
    if taken_out:
        yield Text(f"Haberin doğrulamadığı {taken_out} iddia çıkarıldı (--format json: rejected).", style="yellow")
    yield from _origin(digest.provenance)


def _origin(origin: Provenance) -> Iterator[Text]:
    from rich.text import Text

    if origin.truncated:
        yield Text(phrases.CUT_OFF, style="yellow")
    asked = "önbellekten" if origin.cache == "hit" else f"{origin.requests} istek"
    seconds = phrases.number(Decimal(f"{origin.wall_s:.1f}" if origin.wall_s >= 1 else f"{origin.wall_s:.2f}"))
    yield Text(f"{clean(origin.model)} ({origin.strategy}) · {asked} · {seconds} sn\n", style="dim")


def _days(mention: DateMention) -> str:
    return phrases.moment(mention) or phrases.UNRESOLVED


def _name(mention: NameMention) -> str:
    full = mention.name if mention.name != mention.text else None
    return ", ".join(text for text in (full, mention.title, mention.abbreviation) if text)


def _kind(kind: str) -> str:
    return phrases.label("participant_kinds", kind) if kind != "unknown" else "ad"


def _country(mention: CountryMention) -> str:
    """The Turkish name of a country; a bloc, whose codes may be those of countries, keeps its abbreviation."""
    return phrases.country(mention.code) if mention.kind == "country" else mention.code


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _cells(*texts: str) -> list[Text]:
    from rich.text import Text

    return [Text(clean(text)) for text in texts]
