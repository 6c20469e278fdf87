"""A digest, facts and languages as people read them on a terminal, with Turkish labels.

Article and model text is only ever put into `Text` objects, never into rich markup, and without control characters: an
article cannot colour, move or retitle the terminal it is shown on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

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
        EventDate,
        EventFigure,
        Participant,
        Provenance,
    )
    from ozetle.facts import DateMention, Figure, NameMention
    from ozetle.facts.calendar_periods import Precision
    from ozetle.reading import Reading
    from ozetle.translating.translation import Translation

_SPACES = re.compile(r"[\s\x1c-\x1f\x85\u2028\u2029]+")
# C0, DEL and C1 controls; bidirectional embeddings, overrides and isolates, which would reorder what follows them
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WIDEST = 110
_LABEL_WIDTH = 8
_LONGEST_VALUE = 24
# codes that CLDR does not name
_OWN_NAMES = {"XN": "Kuzey Kıbrıs", "und": "belirsiz dil"}

_FLAGS = {
    "missing": "çeviri yok",
    "untranslated": "çevrilmemiş",
    "language": "Türkçe değil",
    "script": "yabancı harf",
    "markup": "işaretleme",
    "repeated": "yineleme",
    "added": "kaynakta olmayan söz",
    "incomplete": "eksik",
    "figure": "rakam tutmuyor",
    "date": "tarih tutmuyor",
    "name": "ad tutmuyor",
    "order": "başka cümlenin çevirisi olabilir",
}


def clean(text: str) -> str:
    """Return a text on one line, every run of white space a space, every other control character U+FFFD."""
    return _CONTROLS.sub("\ufffd", _SPACES.sub(" ", text)).strip()


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
    found = f"Olaylar ({len(digest.events)})" if digest.events else "Olay bulunamadı."
    console.print(Text(f"{found}\n", style="bold"))
    for number, event in enumerate(digest.events, 1):
        _print_event(event, number, console, width)
    if digest.translation is not None:
        _print_translation(digest.translation, console, width)
    for line in _footer(digest):
        console.print(line, width=width)


def render_facts(article: ArticleInfo, reading: Reading, console: Console) -> None:
    """Print what was read from one article without a model, in the order of the text."""
    rows = [
        *((figure.start, "rakam", figure.text, _value(figure)) for figure in reading.figures),
        *((day.start, "tarih", day.text, _days(day)) for day in reading.dates),
        *((country.start, "ülke", country.text, _country(country.code, country.kind)) for country in reading.countries),
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
        confidence = _number(Decimal(f"{language.confidence:.2f}"))
        table.add_row(
            *_cells(article.source or article.id, _language(language.code), language.code, confidence, language.method)
        )
    console.print(table)


def _heading(article: ArticleInfo, language: Language) -> Text:
    from rich.text import Text

    known = [_day(article.published) if article.published else "tarihsiz", _language(language.code)]
    if article.source or article.title:
        known.append(article.source or article.id)
    return Text.assemble((clean(article.title or article.id), "bold"), "\n", (clean(" · ".join(known)), "dim"))


def _print_event(event: Event, number: int, console: Console, width: int) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    label = f"{number}. {_label('types', event.type)}"
    console.print(Text.assemble((clean(label), "bold cyan"), " · ", (clean(_label("statuses", event.status)), "cyan")))
    console.print(Padding(Text(clean(event.headline), style="bold"), (0, 0, 0, 3)), width=width)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim", min_width=_LABEL_WIDTH)
    grid.add_column(overflow="fold")
    for name, lines in _details(event):
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
        grid.add_row(Text(""), Text(clean(sentence.text) or "(çeviri yok)"))
        if sentence.flags:
            codes = dict.fromkeys(flag.partition(":")[0] for flag in sentence.flags)
            wrong = ", ".join(_FLAGS.get(code, code) for code in codes)
            grid.add_row(Text(""), Text(f"⚠ {clean(wrong)}", style="yellow"))
    console.print(Padding(grid, (0, 0, 1, 2)), width=width)
    if translation.flagged:
        text = f"{len(translation.sentences)} cümleden {len(translation.flagged)} tanesi denetimden geçmedi (⚠)."
        console.print(Text(text, style="yellow"), width=width)


def _details(event: Event) -> Iterator[tuple[str, list[str]]]:
    """The labelled parts of an event that are there, each with its lines."""
    yield "tarih", [_when(event.date)] if event.date else []
    if event.place:
        known = [event.place.turkish_name, _country(event.place.country) if event.place.country else None]
        beside = ", ".join(text for text in known if text)
        yield "yer", [f"{event.place.text} ({beside})" if beside else event.place.text]
    yield "ülkeler", [", ".join(map(_country, event.countries))] if event.countries else []
    yield "kişiler", [_participant(part) for part in event.participants if part.kind == "person"]
    yield "taraflar", [_participant(part) for part in event.participants if part.kind != "person"]
    yield "rakamlar", [_figure(figure) for figure in event.figures]
    yield "belgeler", [f"{_label('instrument_kinds', paper.kind)}: {paper.name}" for paper in event.instruments]


def _footer(digest: Digest) -> Iterator[Text]:
    from rich.text import Text

    taken_out = len(digest.rejected)
    if taken_out:
        yield Text(f"Haberin doğrulamadığı {taken_out} iddia çıkarıldı (--format json: rejected).", style="yellow")
    yield from _origin(digest.provenance)


def _origin(origin: Provenance) -> Iterator[Text]:
    from rich.text import Text

    if origin.truncated:
        yield Text("Haber ya da yanıt uzunluk sınırında kesildi: özet eksik olabilir.", style="yellow")
    asked = "önbellekten" if origin.cache == "hit" else f"{origin.requests} istek"
    seconds = _number(Decimal(f"{origin.wall_s:.1f}" if origin.wall_s >= 1 else f"{origin.wall_s:.2f}"))
    yield Text(f"{clean(origin.model)} ({origin.strategy}) · {asked} · {seconds} sn\n", style="dim")


def _when(when: EventDate) -> str:
    from ozetle.digests.wording import date_in_words

    words = date_in_words(when)
    if not words:
        return f"“{when.text}” (çözülemedi)" if when.text else "belirsiz"
    if when.basis == "publication":
        return f"{words} (yayın günü)"
    return f"{words} (“{when.text}”)" if when.basis == "resolved" and when.text else words


def _participant(part: Participant) -> str:
    beside = [part.title, part.organisation, _country(part.country) if part.country else None]
    name = f"{part.name} ({part.turkish_name})" if part.turkish_name else part.name
    described = ", ".join([name, *(text for text in beside if text)])
    return f"{described} — {_label('roles', part.role)}"


def _figure(figure: EventFigure) -> str:
    value = _value(figure)
    plain = figure.text if value in ("", figure.text) else f"{figure.text} (= {value})"
    return f"{plain} — {figure.measure}" if figure.measure else plain


def _value(figure: EventFigure | Figure) -> str:
    """The value in base units with its unit, as Turkish writes numbers; empty if that is too long to be read."""
    ends = [_number(value) for value in (figure.value, figure.upper) if value is not None]
    if any(len(end) > _LONGEST_VALUE for end in ends):
        return ""
    number = "–".join(ends)
    if figure.unit == "percent":
        return f"%{number}"
    if figure.unit == "permille":
        return f"binde {number}"
    unit = figure.currency or ("" if figure.unit == "count" else figure.unit)
    return f"{number} {unit}".strip()


def _number(value: Decimal) -> str:
    """A number as Turkish writes it: 1.250,75."""
    return f"{value:,f}".translate(str.maketrans(",.", ".,"))


def _days(mention: DateMention) -> str:
    if mention.first is None and mention.last is None:
        return "çözülemedi"
    return _in_words(mention.first, mention.last, mention.precision)


def _day(day: date) -> str:
    return _in_words(day, day, "day")


def _in_words(first: date | None, last: date | None, precision: Precision) -> str:
    from ozetle.digests.digest import EventDate
    from ozetle.digests.wording import date_in_words

    return date_in_words(EventDate(text=None, start=first, end=last, precision=precision, basis="explicit"))


def _name(mention: NameMention) -> str:
    full = mention.name if mention.name != mention.text else None
    return ", ".join(text for text in (full, mention.title, mention.abbreviation) if text)


def _kind(kind: str) -> str:
    return _label("participant_kinds", kind) if kind != "unknown" else "ad"


def _label(choices: str, id: str) -> str:  # noqa: A002 (the field's name)
    from ozetle.asking.taxonomy import default_taxonomy

    return default_taxonomy().label(choices, id)  # type: ignore[arg-type]


def _country(code: str, kind: str = "country") -> str:
    """The Turkish name of a country; a bloc, whose codes may be those of countries, keeps its abbreviation."""
    return _names()[0].get(code, code) if kind == "country" else code


def _language(code: str) -> str:
    return _names()[1].get(code.partition("-")[0], code)


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Turkish names of the countries and of the languages, by code."""
    from babel import Locale

    turkish = Locale("tr")
    return ({**turkish.territories, **_OWN_NAMES}, {**turkish.languages, **_OWN_NAMES})


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
