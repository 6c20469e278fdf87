"""A bulletin as Markdown (CommonMark) and as one HTML page that needs nothing else and has no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape as escape_html

from ozetle.views import phrases
from ozetle.views.bulletin import Bulletin, BulletinLine
from ozetle.views.markdown import escape, link, strong
from ozetle.views.terminal import clean

_NOTHING = "Bu günlerde yayımlanmış haber yok."
_NO_EVENTS = "Haberlerde olay bulunamadı."
_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-bottom: 1px solid; padding-bottom: .2rem; margin-top: 2.5rem; }
h3 { font-size: 1rem; margin-bottom: .3rem; }
li { margin-bottom: .4rem; overflow-wrap: anywhere; }
.source { font-size: .85rem; opacity: .8; }
@media print { body { margin: 0; max-width: none; } a { color: inherit; } section { break-inside: avoid-page; } }
"""


def bulletin_markdown(bulletin: Bulletin) -> str:
    """Return a bulletin as Markdown, with a newline at its end."""
    blocks = [f"# {escape(bulletin.title)}", _contents(bulletin)]
    for section in bulletin.sections:
        blocks.append(f"## {escape(section.title)}")
        for group in section.groups:
            blocks += [f"### {escape(group.title)}", "\n".join(map(_markdown_line, group.lines))]
    return "\n\n".join(blocks) + "\n"


def _markdown_line(line: BulletinLine) -> str:
    parts = [f"{escape(line.lead)}:" if line.lead else "", strong(line.text)]
    if line.beside:
        parts.append(f"({escape('; '.join(line.beside))})")
    article = line.article
    source = ", ".join([link(_name(line), article.url), *map(escape, _known(line))])
    return f"- {' '.join(filter(None, parts))} — {source}"


def bulletin_html(bulletin: Bulletin) -> str:
    """Return a bulletin as an HTML page in UTF-8."""
    style_hash = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{style_hash}'; base-uri 'none'; form-action 'none'"
    title = _html(bulletin.title)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="tr">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style></head>",
            f"<body><main><h1>{title}</h1>",
            f"<p>{_html(_contents(bulletin))}</p>",
            *_html_sections(bulletin),
            "</main></body></html>\n",
        ]
    )


def _html_sections(bulletin: Bulletin) -> Iterator[str]:
    for section in bulletin.sections:
        yield f"<section><h2>{_html(section.title)}</h2>"
        for group in section.groups:
            yield f"<h3>{_html(group.title)}</h3><ul>"
            yield from (f"<li>{_html_line(line)}</li>" for line in group.lines)
            yield "</ul>"
        yield "</section>"


def _html_line(line: BulletinLine) -> str:
    parts = [f"{_html(line.lead)}:" if line.lead else "", f"<strong>{_html(line.text)}</strong>"]
    if line.beside:
        parts.append(f"({_html('; '.join(line.beside))})")
    article = line.article
    name, address = _html(_name(line)), phrases.web_address(article.url)
    linked = f'<a href="{escape_html(address)}">{name}</a>' if address else name
    source = ", ".join([linked, *map(_html, _known(line))])
    return f'{" ".join(filter(None, parts))} <span class="source">— {source}</span>'


def _html(text: str) -> str:
    return escape_html(clean(text))


def _contents(bulletin: Bulletin) -> str:
    if not bulletin.articles:
        return _NOTHING
    events = sum(len(group.lines) for section in bulletin.sections for group in section.groups)
    return f"{bulletin.articles} haber, {events} olay." if events else f"{bulletin.articles} haber. {_NO_EVENTS}"


def _name(line: BulletinLine) -> str:
    """What a source is called; its address or its id where it has no name."""
    return clean(line.name) or line.article.url or line.article.id


def _known(line: BulletinLine) -> list[str]:
    """What stands behind the name: the id, where the name is no title, and the day of publication."""
    article, known = line.article, []
    if clean(line.name) and not clean(article.title or ""):
        known.append(article.id)
    return [*known, phrases.day(article.published)] if article.published else known
