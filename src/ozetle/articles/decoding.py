"""Bytes to text: UTF-8 first, then what the page declares, then what charset-normalizer finds."""

from __future__ import annotations

import codecs
import re

from ozetle.errors import ArticleError

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),  # stays in the text as U+FEFF: offsets index the file's own characters
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3\x00", "a database"),
)
_SAMPLE = 4096
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# The web reads these names so (WHATWG Encoding Standard, 4.2): real pages use the Windows sets' extra characters.
_READ_AS = {
    "iso-8859-9": "cp1254",
    "iso8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_LEAST_GOOD = 20
_ASCII_AND_MARKS = bytes(range(0x80)) + "‘’“”–—…€«»°·\xa0".encode("cp1254")
_TURKISH_ONLY = "ğışĞİŞ".encode("cp1254")
_TURKISH = _TURKISH_ONLY + "çöüÇÖÜâîûÂÎÛ".encode("cp1254")


def byte_order_mark(data: bytes) -> str | None:
    """The encoding that the bytes' byte order mark names, or None."""
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of the bytes, newlines untouched.

    In order: a byte order mark; UTF-8; the declared encoding; UTF-8 with a few damaged characters (U+FFFD in their
    place); cp1254 where nearly all bytes beyond ASCII are Turkish letters in it, as on old Turkish pages; the encoding
    that charset-normalizer finds, which takes short Turkish texts for Baltic or Nordic ones.

    Raises:
        ArticleError: the bytes are no text, or in no encoding that can be told.
    """
    if encoding := byte_order_mark(data):
        return data.decode(encoding, errors="replace")
    refuse_binary(data[:_SAMPLE])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for attempt in (_declared, _damaged_utf8, _turkish, _detected):
        text = attempt(data, declared)
        if text is not None:
            return text
    raise ArticleError("the text's encoding cannot be told", remedy="Save it as UTF-8.")


def declared_charset(data: bytes) -> str | None:
    """The character set an HTML page names in a meta tag near its beginning, or None."""
    found = _META_CHARSET.search(data[:_SAMPLE])
    return found[1].decode("ascii", errors="ignore") if found else None


def refuse_binary(beginning: bytes) -> None:
    """Raise ArticleError if the file that begins so holds no text."""
    for mark, what in _FORMATS:
        if beginning.startswith(mark):
            raise ArticleError(f"this is {what}, not text", remedy="Save the article as text, HTML or JSONL.")
    if len(_CONTROL.findall(beginning)) * 100 > len(beginning) or b"\x00" in beginning:
        raise ArticleError("this is a binary file, not text", remedy="Save the article as text, HTML or JSONL.")


def _declared(data: bytes, declared: str | None) -> str | None:
    name = (declared or "").strip().lower()
    try:
        return data.decode(_READ_AS.get(name, name)) if name else None
    except (LookupError, UnicodeError):
        return None


def _damaged_utf8(data: bytes, _: str | None) -> str | None:
    """UTF-8 with a character broken here and there, as where a file was cut; no other encoding looks like it."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    good = sum(1 for c in text if c > "\x7f") - damaged
    return text if good >= _LEAST_GOOD * damaged else None


def _turkish(data: bytes, _: str | None) -> str | None:
    letters = data.translate(None, _ASCII_AND_MARKS)
    others = len(letters.translate(None, _TURKISH))
    own = len(letters) - len(letters.translate(None, _TURKISH_ONLY))
    return data.decode("cp1254", errors="replace") if others * 50 <= len(letters) <= own * 5 else None


def _detected(data: bytes, _: str | None) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding)
    except UnicodeError:
        return str(best)
