"""A digest or a translation as Markdown (CommonMark), in Turkish.

Article and model text is put on one line and escaped: it cannot start a heading, a list, a table, a link, HTML or
anything else. Links lead to http and https addresses only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ozetle.views import phrases
from ozetle.views.terminal import clean

if TYPE_CHECKING:
    from ozetle.articles import Language
    from ozetle.digests.digest import ArticleInfo, ArticleTranslation, Digest, Event, Rejection
    from ozetle.translating.flag import Flag
    from ozetle.translating.translation import Translation

# the last three of them, so that GitHub makes no link of a bare address
_INLINE = re.compile(r"[\\`*_{}\[\]<>|~&$^]|(?<=www)\.|:(?=//)|@", re.IGNORECASE)
_NUMBERED = re.compile(r"\d{1,9}[.)]")


def escape(text: str) -> str:
    """Return a text on one line that Markdown shows as it is, wherever on a line it stands."""
    escaped = _INLINE.sub(r"\\\g<0>", clean(text))
    if numbered := _NUMBERED.match(escaped):
        return f"{escaped[: numbered.end() - 1]}\\{escaped[numbered.end() - 1 :]}"
    return f"\\{escaped}" if escaped.startswith(("#", "+", "-", "=", ":")) else escaped


def link(text: str, url: str | None) -> str:
    """Return an escaped text, as a link where there is an address that may be linked to."""
    address = phrases.web_address(url)
    return f"[{escape(text)}](<{address.replace('&', '&amp;')}>)" if address else escape(text)


def strong(text: str) -> str:
    """Return an escaped text in bold."""
    return f"**{escaped}**" if (escaped := escape(text)) else ""


def to_markdown(result: Digest | ArticleTranslation) -> str:
    """Return a digest or a translation as Markdown, with a newline at its end."""
    from ozetle.digests.digest import Digest

    blocks = _digest(result) if isinstance(result, Digest) else _translated(result)
    return "\n\n".join(blocks) + "\n"


def _digest(digest: Digest) -> Iterator[str]:
    yield from _heading(digest.article, digest.language)
    yield escape(digest.summary)
    yield "## Olaylar" if digest.events else phrases.NO_EVENTS
    for number, event in enumerate(digest.events, 1):
        yield from _event(number, event, digest.provenance.labels)
    if digest.translation is not None:
        yield from _translation(digest.translation)
    if digest.rejected:
        yield "## Çıkarılan iddialar"
        yield "Haberin doğrulamadığı, bu yüzden çıkarılan iddialar:"
        yield "\n".join(map(_rejection, digest.rejected))
    yield f"*{escape(phrases.origin(digest.provenance))}*"


def _rejection(claim: Rejection) -> str:
    return f"- {escape(claim.claim)}: {escape(claim.turkish_reason)}"


def _translated(translation: ArticleTranslation) -> Iterator[str]:
    yield from _heading(translation.article, translation.source_language)
    yield from _translation(translation)
    yield f"*{escape(phrases.origin(translation.provenance))}*"


def _heading(article: ArticleInfo, language: Language) -> Iterator[str]:
    yield f"# {escape(article.title or article.id)}"
    known = [
        phrases.published(article.published),
        escape(phrases.language(language.code)),
        link(article.url or article.source or article.id, article.url),
    ]
    yield " · ".join(known)


def _event(number: int, event: Event, labels: phrases.Labels) -> Iterator[str]:
    kind, status = phrases.label("types", event.type, labels), phrases.label("statuses", event.status, labels)
    yield f"### {number}\\. {escape(kind)} · {escape(status)}"
    yield strong(event.headline)
    parts = list(phrases.details(event, labels))
    if parts:
        yield "\n".join(f"- {escape(name)}: {'; '.join(map(escape, lines))}" for name, lines in parts)
    yield "\n>\n".join(f"> “{escape(piece.quote)}” \\[{piece.sentence}\\]" for piece in event.evidence)


def _translation(translation: Translation) -> Iterator[str]:
    yield "## Çeviri"
    if translation.sentences:
        yield "| | kaynak | çeviri |\n|--|--|--|\n" + "\n".join(
            f"| {sentence.number} | {escape(sentence.source)} | {_turkish(sentence.text, sentence.flags)} |"
            for sentence in translation.sentences
        )


def _turkish(text: str, flags: tuple[Flag, ...]) -> str:
    said = escape(text) or phrases.NO_TRANSLATION
    return f"{said} ⚠ *{escape(phrases.flags(flags))}*" if flags else said
