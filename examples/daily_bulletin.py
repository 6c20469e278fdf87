"""Make a bulletin of an RSS feed's newest day: what happened, was signed and is coming, each line with its source.

python examples/daily_bulletin.py              the feed in feeds/, from recorded answers
OZETLE_MODEL=openai/gpt-4.1-mini python examples/daily_bulletin.py https://example.org/rss.xml bulletin.html
"""

from __future__ import annotations

import html
import os
import re
import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.request import urlopen
from xml.etree.ElementTree import TreeBuilder, XMLParser, fromstring

from ozetle import Article, Cache, Digest, summarize_many
from ozetle.views.bulletin import bulletin_of
from ozetle.views.bulletin_pages import to_html, to_markdown

HERE = Path(__file__).parent
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class NoDoctype(TreeBuilder):
    def doctype(self, *_: object) -> None:
        sys.exit("The feed has a DOCTYPE, which may define entities that explode or read files. It is not read.")


def articles(feed: str) -> Iterator[Article]:
    """The dated items of an RSS 2.0 feed, a file or an address; their text is the content, else the description."""
    data = urlopen(feed, timeout=30).read() if re.match("https?://", feed) else Path(feed).read_bytes()
    for item in fromstring(data, XMLParser(target=NoDoctype())).iter("item"):
        page = item.findtext(CONTENT) or item.findtext("description") or ""
        paragraphs = re.sub(r"<(?:/p|/li|/h\d|br)\b[^>]*>", "\n\n", page)
        text = html.unescape(re.sub(r"<[^>]+>", "", paragraphs)).strip()
        title, url, sent = item.findtext("title"), item.findtext("link"), item.findtext("pubDate")
        if text and sent:
            yield Article.from_text(text, title=title, url=url, published=parsedate_to_datetime(sent).date())


found = list(articles(sys.argv[1] if len(sys.argv) > 1 else str(HERE / "feeds" / "ekonomi.xml")))
newest = max((article.published for article in found if article.published), default=None)
# without a model of yours, the answers recorded for the examples
cache = None if "OZETLE_MODEL" in os.environ else Cache(HERE / "recorded", mode="replay")

results = list(summarize_many([article for article in found if article.published == newest], cache=cache))
for failure in (result for result in results if not isinstance(result, Digest)):
    print(f"left out: {failure}", file=sys.stderr)
bulletin = bulletin_of(result for result in results if isinstance(result, Digest))
print(to_markdown(bulletin))
if len(sys.argv) > 2:
    Path(sys.argv[2]).write_text(to_html(bulletin), encoding="utf-8")
