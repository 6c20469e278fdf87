"""One self-contained HTML file from the parts in `page/`.

Nothing is loaded from anywhere, and the page's Content-Security-Policy (https://www.w3.org/TR/CSP3/) allows no script
and no style but the two that stand in it, told by their SHA-256. The data are JSON in `<script
type="application/json">`, in which nothing can end the element; the script makes text nodes of them, and Trusted Types
forbid it anything else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ozetle.articles import Article
    from ozetle.digests.digest import Digest, Failure

TITLE = "Haber özetleri"

# In this order they make one script: each uses what stands before it
_SCRIPTS = (
    "dom.js", "data.js", "filters.js", "reader.js", "chronology.js", "timeline.js", "figures.js", "countries.js",
    "main.js",
)  # fmt: skip
_PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
# What could end a script element, what JavaScript once took for newlines; controls that reorder or hide text, and lone
# surrogates, which no encoding can write, become U+FFFD, one for one, so that nothing shows as other than it is.
_ESCAPED = {code: f"\\u{code:04x}" for code in (*map(ord, "<>&"), *range(0x7F, 0xA0), 0x2028, 0x2029)} | dict.fromkeys(
    (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)), "\ufffd"
)


def report_html(
    results: Iterable[Digest | Failure],
    *,
    articles: Iterable[Article] = (),
    title: str = TITLE,
) -> str:
    """Return an HTML page that shows digests: articles with their evidence, timeline, figures, countries, filters.

    Args:
        results: digests, and failures, which the page lists; in any order.
        articles: the articles that were summarised, as `ozetle.articles.load` yields them. A digest holds only
            the sentences that bear its events out; with its article the page shows the whole text. An article belongs
            to a digest of the same source or id whose offsets fit its text; others are passed over.
        title: the page's heading.

    The page is UTF-8 when encoded, depends on nothing but its arguments, and asks for nothing from the network.
    """
    from ozetle.views.report.content import content_of
    from ozetle.views.terminal import clean

    content = content_of(results, articles)
    style, script = _part("report.css"), "".join(_part(name) for name in _SCRIPTS)
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    details = "\n".join(
        f'<script type="application/json" id="article-{number}">{_data(detail)}</script>'
        for number, detail in enumerate(content.details)
    )
    values = {
        "policy": policy,
        "title": html.escape(clean(title)),
        "style": style,
        "index": _data(content.index),
        "details": details,
        "script": script,
    }
    # in one pass: what a value holds is never taken for a placeholder
    return _PLACEHOLDER.sub(lambda found: values[found[1]], _part("report.html"))


def _data(value: Any) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _hash(source: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


@cache
def _part(name: str) -> str:
    return resources.files(__package__).joinpath("page", name).read_text(encoding="utf-8").replace("\r\n", "\n")
