"""Headings and titles: short lines without a final mark, and the page's title wherever it is repeated."""

from __future__ import annotations

import re
from collections import Counter

from ozetle.articles.boilerplate import credit
from ozetle.articles.dating import without_prefix
from ozetle.articles.text import Line, key, plain

_TITLE_TAIL = re.compile(r"\s[-–—|:»]\s(?P<tail>[^-–—|»]{2,40})$")
_KNOWN_TAIL = re.compile(
    r"(?:.{0,25}\b)?(?:son dakika|haber(?:ler|i|leri)?|news|gazete(?:si)?|ajansi?|tv|lajme|xeber(?:ler)?i?|новости"
    r"|com|com\.tr|\w+\.(?:com|net|org|az|al))$"
)
# "…" dedi: an attribution without its full stop is still a sentence
_BARE_ATTRIBUTION = re.compile(
    r"[\"'] (?:dedi|diye konustu|ifadelerini kullandi|denildi|seklinde konustu|dediler|deyib|tha|he said|said)$"
)
_FINAL = tuple(".!?…:;,。！？؟۔।")
_CLOSERS = "\"'”’»)]』」"

HEADING_CHARACTERS = 100
TITLE_CHARACTERS = 200
HEADING_WORDS = 12
_WORDS_AROUND = 5
_MAX_REPEATED = 20


def is_punctuated(text: str) -> bool:
    """Whether the line ends as sentences do (or announces what follows, with a colon, semicolon or comma)."""
    return text.rstrip(_CLOSERS).endswith(_FINAL)


def _asks_or_calls(text: str) -> bool:
    """Whether the line ends with a mark that titles end with too."""
    return text.rstrip(_CLOSERS).endswith(("?", "!", "؟", "？", "！", "…", "..."))


def looks_like_heading(text: str) -> bool:
    """Whether a line is short and ends without a final mark, as headings and titles do and sentences do not."""
    if len(text) > HEADING_CHARACTERS or text[0] in "-•*–—▪●·" or is_punctuated(text):
        return False
    return len(text.split()) <= HEADING_WORDS and not _BARE_ATTRIBUTION.search(plain(text))


def is_tag_list(text: str) -> bool:
    """Whether a line without a final mark is a list of three or more bare words or names ("Ekonomi, Ticaret, Fuar")."""
    items = [item.strip() for item in text.split(",")]
    return (
        len(items) >= 3
        and not is_punctuated(text)
        and all(item and len(item.split()) <= 4 and len(item) <= 40 for item in items)
        and sum(len(item.split()) for item in items) <= 2 * len(items)
    )


def find_title(text: str, all_lines: list[Line]) -> str | None:
    """The title a plain text begins with: the line without a full stop before its first sentence, no site name."""
    _, all_lines = without_prefix(text, all_lines)
    for number, line in enumerate(all_lines):
        if credit(line.text):
            continue
        if len(line.text) > TITLE_CHARACTERS or (is_punctuated(line.text) and not _asks_or_calls(line.text)):
            return None
        title = line.text.lstrip("# ")
        if len(key(title).split()) < 2 or not any(is_punctuated(later.text) for later in all_lines[number + 1 :]):
            return None
        return _without_repeated_site(title, all_lines[number + 1 :])
    return None


def _without_repeated_site(title: str, later: list[Line]) -> str:
    """Take off even a site's name that is not known as one, when the title stands without it further on."""
    found = _TITLE_TAIL.search(title)
    if found and any(key(line.text) == key(title[: found.start()]) for line in later):
        return title[: found.start()]
    return without_site(title)


def without_site(title: str) -> str:
    """The title without the site's name that pages put after it ("… - Son Dakika", "… | Haberler")."""
    while found := _TITLE_TAIL.search(title):
        if not _KNOWN_TAIL.match(plain(found["tail"])):
            break
        title = title[: found.start()]
    return title


class Titles:
    """Recognises a line that repeats the article's title, or a heading that the page repeats."""

    def __init__(self, title: str | None, all_lines: list[Line]) -> None:
        counts = Counter(key(line.text) for line in all_lines if not is_punctuated(line.text))
        repeated = [text for text, count in counts.most_common() if count > 1 and text.count(" ") >= 2]
        own = [key(title), key(without_site(title))] if title else []
        self._keys = {text for text in own + repeated if text}
        self._long = [text.split() for text in own + repeated[:_MAX_REPEATED] if text.count(" ") >= 2]
        self._ends_like_sentence = bool(title) and is_punctuated(title or "")

    def repeats(self, text: str) -> bool:
        """Whether `text` is a title, alone, cut short, or among up to five more words ("SON DAKİKA: …")."""
        if len(text) > 2 * TITLE_CHARACTERS:
            return False
        cut_short = text.endswith(("...", "…"))
        punctuated = is_punctuated(text) and not _asks_or_calls(text)
        if punctuated and not self._ends_like_sentence and not cut_short:
            return False
        words = key(text).split()
        if cut_short and len(words) >= 3 and any(title[: len(words)] == words for title in self._long):
            return True
        if punctuated and not self._ends_like_sentence:
            return False
        if " ".join(words) in self._keys:
            return True
        return not punctuated and any(
            title == words[begin : begin + len(title)]
            for title in self._long
            if 0 < len(words) - len(title) <= _WORDS_AROUND
            for begin in range(len(words) - len(title) + 1)
        )
