"""Feeds, item by item: RSS 2.0, RSS 1.0 and Atom. Memory does not grow with the number of items.

Formats: the RSS 2.0 specification of the RSS Advisory Board; RDF Site Summary 1.0 with its modules content and Dublin
Core; RFC 4287 (Atom). Entities are those of HTML: feeds that declare some of their own are refused.
"""

from __future__ import annotations

import codecs
import html
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import BinaryIO
from xml.parsers import expat

from ozetle.articles.article import Article
from ozetle.articles.dating import parse_date
from ozetle.articles.decoding import byte_order_mark, decode
from ozetle.articles.pages import Paragraphs, language_tag, text_of_html, web_address
from ozetle.errors import ArticleError

_ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_OWN = "title link guid id pubDate published updated description summary content language"
# what is read of an item, by its name in the item's own namespace, else by its expanded name
_FIELDS = {
    **{name: name for name in _OWN.split()},
    "http://purl.org/rss/1.0/modules/content/ encoded": "encoded",
    f"{_DUBLIN_CORE} date": "date",
    f"{_DUBLIN_CORE} language": "language",
}
# in order of preference
_TEXTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "updated", "date")

_BEGINNING = re.compile(
    r"(?:[\s\ufeff]++|(?><\?.*?\?>)|(?><!--.*?-->))*+"
    r"<(?:(?:!DOCTYPE\s+)?(?:rss|rdf:RDF)(?=[\s>/\[])|!DOCTYPE\s+(?:\w+:)?feed(?=[\s>\[])"
    rf"|(?:\w+:)?feed\s[^>]*?{re.escape(_ATOM)})",
    re.DOTALL,
)
_DECLARATION = re.compile(r"\ufeff?(\s*)<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,30})")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML 1.0, section 2.2
_PIECE = 1 << 20
_LONGEST_TOKEN = 16 << 20


def begins_feed(beginning: bytes) -> bool:
    """Whether bytes that begin so are an RSS or Atom feed, even one that is refused for its DOCTYPE."""
    return bool(_BEGINNING.match(beginning.decode(byte_order_mark(beginning) or "latin-1", errors="replace")))


def read_items(beginning: bytes, stream: BinaryIO) -> Iterator[Item]:
    """The items of a feed, of which the beginning has been read, and the stream holds the rest.

    Raises:
        ArticleError: it has a DOCTYPE; or, after the items before that place, it is no well-formed XML.
        OSError: the stream cannot be read.
    """
    reader = _Reader()
    fed = 0
    broken: expat.ExpatError | None = None
    for piece in _pieces(beginning, stream):
        try:
            reader.parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            broken = error
        yield from reader.items
        reader.items.clear()
        if broken is not None:
            where = f"line {broken.lineno}, column {broken.offset + 1}"
            raise ArticleError(
                f"the feed's XML is broken at {where}: {expat.ErrorString(broken.code)}",
                remedy="Repair it there: only the items before are read.",
            )
        fed += len(piece)
        if fed - reader.parser.CurrentByteIndex > _LONGEST_TOKEN:  # older expats take quadratic time for it
            raise ArticleError(
                f"a tag or a comment of the feed is longer than {_LONGEST_TOKEN >> 20} MiB",
                remedy="Take it out: only the items before are read.",
            )


class Field:
    """A child of an item while it is read: its text, and the paragraphs of XML elements in it."""

    def __init__(self, attributes: dict[str, str], kind: str) -> None:
        self.attributes = attributes
        self._kind = attributes.get("type", kind).lower()
        self._raw: list[str] = []
        self._elements: Paragraphs | None = None

    def start(self, tag: str) -> None:
        if self._elements is None:
            self._elements = Paragraphs()
            self._elements.data("".join(self._raw))
        self._elements.start(tag)

    def end(self, tag: str) -> None:
        if self._elements is not None:
            self._elements.end(tag)

    def data(self, text: str) -> None:
        self._raw.append(text)
        if self._elements is not None:
            self._elements.data(text)

    @property
    def raw(self) -> str:
        return "".join(self._raw).strip()

    def text(self) -> str:
        """The text, paragraphs by blank lines; empty for base64 and the like.

        Raises:
            ArticleError: its HTML cannot be parsed.
        """
        is_html = "html" in self._kind
        if not is_html and self._kind not in {"text", "text/plain"}:
            return ""
        if self._elements is not None:
            return self._elements.close()
        return text_of_html(self.raw) if is_html else self.raw


class Item:
    """An RSS item or an Atom entry; what is missing or cannot be read of title, url, id, … is None."""

    def __init__(self, namespace: str, language: str | None) -> None:
        self.namespace = namespace
        self._language = language
        self._fields: dict[str, list[Field]] = defaultdict(list)

    def field(self, name: str, attributes: dict[str, str]) -> Field | None:
        """A new field for a child of that expanded name, or None if it is of no interest."""
        known = _FIELDS.get(name.removeprefix(f"{self.namespace} "))
        if known is None:
            return None
        field = Field(attributes, "text" if self.namespace == _ATOM else "html")
        self._fields[known].append(field)
        return field

    @property
    def url(self) -> str | None:
        links = [
            link.attributes.get("href", "").strip() or link.raw
            for link in self._fields["link"]
            if link.attributes.get("rel", "alternate") == "alternate"
        ]
        links += [guid.raw for guid in self._fields["guid"] if guid.attributes.get("isPermaLink") != "false"]
        return next(filter(None, map(web_address, links)), None)

    @property
    def id(self) -> str | None:
        given = (" ".join(field.raw.split()) for name in ("guid", "id") for field in self._fields[name])
        return next(filter(None, given), None) or self.url

    def article(self, *, id: str | None, source: str) -> Article:  # noqa: A002 - the field's name
        """The item's article, whose text is that of its HTML.

        Raises:
            ArticleError: there is no text.
        """
        used, text = next(
            ((field, text) for name in _TEXTS for field in self._fields[name] if (text := field.text())), (None, "")
        )
        if used is None:
            raise ArticleError("the item has only a title and a link", remedy="Fetch the page and give that.")
        languages = [field.raw for field in self._fields["language"]]
        languages += [used.attributes.get(_XML_LANG, ""), self._language or ""]
        return Article.from_text(
            text,
            id=id,
            source=source,
            title=next(filter(None, map(_title, self._fields["title"])), None),
            published=next(filter(None, (_day(field.raw) for name in _DATES for field in self._fields[name])), None),
            url=self.url,
            language=next(filter(None, map(language_tag, languages)), None),
        )


class _Reader:
    """Expat's handlers: they put finished items into `items`, and keep nothing else of the feed."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._language: str | None = None
        self._item: Item | None = None
        self._field: Field | None = None
        self._depth = self._item_depth = self._field_depth = 0
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.SkippedEntityHandler = self._entity
        parser.UseForeignDTD(True)  # nothing is fetched, but &nbsp; and the like are skipped instead of errors

    def _refuse(self, *_: object) -> None:
        raise ArticleError(
            "the feed has a DOCTYPE, which may define entities that explode or read files",
            remedy="Take the DOCTYPE out.",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        namespace, _, local = name.rpartition(" ")
        if self._field is not None:
            self._field.start(local.lower())
        elif self._item is not None:
            if self._depth == self._item_depth + 1 and (field := self._item.field(name, attributes)):
                self._field, self._field_depth = field, self._depth
        elif local == ("entry" if namespace == _ATOM else "item"):
            self._item, self._item_depth = Item(namespace, attributes.get(_XML_LANG) or self._language), self._depth
        elif local in {"rss", "RDF", "feed", "channel"}:
            self._language = attributes.get(_XML_LANG) or self._language
        elif local == "language":
            self._field, self._field_depth = Field(attributes, "text"), self._depth

    def _end(self, name: str) -> None:
        if self._field is not None:
            if self._depth > self._field_depth:
                self._field.end(name.rpartition(" ")[2].lower())
            else:
                if self._item is None:
                    self._language = self._field.raw or self._language
                self._field = None
        elif self._item is not None and self._depth == self._item_depth:
            self.items.append(self._item)
            self._item = None
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._field is not None:
            self._field.data(text)

    def _entity(self, name: str, _: object) -> None:
        self._data(html.unescape(f"&{name};"))


def _pieces(beginning: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The feed in UTF-8 without its XML declaration, and an empty piece at its end; other encodings as one piece."""
    beginning += stream.read(_PIECE)
    found = _ENCODING.search(beginning)
    declared = found[1].decode("ascii") if found else "utf-8"
    if _is_utf8(beginning, declared):
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        first, rest = decoder.decode(beginning), map(decoder.decode, iter(partial(stream.read, _PIECE), b""))
    else:
        first, rest = decode(beginning + stream.read(), declared=declared), map(str, ())
    yield _clean(_DECLARATION.sub(r"\1", first, count=1))
    for text in rest:
        if text:
            yield _clean(text)
    yield b""


def _is_utf8(beginning: bytes, declared: str) -> bool:
    if byte_order_mark(beginning) not in {None, "utf-8"}:
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return not beginning.isascii() or declared.lower() in {"utf-8", "us-ascii"}


def _clean(text: str) -> bytes:
    """Without the characters XML forbids: one that slipped into an item must not cost those after it."""
    return _FORBIDDEN.sub(" ", text).encode(errors="replace")


def _title(field: Field) -> str:
    """On one line. RSS titles are text, whose entities are escaped once more now and then."""
    text = field.text() if "type" in field.attributes else html.unescape(field.raw)
    return " ".join(text.split())


def _day(text: str) -> date | None:
    """The day in the date's own time zone; RFC 822 allows years of two digits too."""
    from email.utils import parsedate_to_datetime

    if (day := parse_date(text)) is None:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            day = parsedate_to_datetime(text).date()
    return day
