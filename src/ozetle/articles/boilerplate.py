"""Page boilerplate: what stands on a news page beside the article's own sentences, recognised by its wording."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from ozetle.articles.dating import date_line
from ozetle.articles.text import key, plain

Reason = Literal[
    "date",  # the leading `date YYYY-MM-DD`, or a page's own date line
    "time",  # a page time ("16:25")
    "title",  # the article's title, wherever the page repeats it
    "heading",  # a heading inside the body
    "section",  # a section of the site ("Son Dakika", "Ekonomi")
    "tags",
    "source",  # a credit to an agency or a site ("Kaynak: AA")
    "byline",  # "Haber: NAME"
    "dateline",  # place and agency on a line of their own
    "photo",
    "embed",  # a tweet or the like
    "comments",  # comment prompts and disclaimers
    "legal",
    "share",  # "follow us", "share this"
    "related",  # other articles
    "separator",  # punctuation alone
    "repeated",  # a sentence that stands further up, word for word
]

LONGEST_BOILERPLATE = 500
"""A line of more characters is text."""

_LONGEST_EXACT = 60
_WORD_CHARACTER = re.compile(r"[^\W_]")
_SMALL_WORDS = frozenset({"ve", "and", "dhe", "və", "и"})


def credit(text: str) -> Reason | None:
    """What kind of boilerplate the wording alone shows this line or sentence to be, or None."""
    if not _WORD_CHARACTER.search(text):
        return "separator"
    if len(text) > LONGEST_BOILERPLATE:
        return None
    if (dated := date_line(text)) is not None:
        return dated
    rules = _rules()
    folded = " ".join(plain(text).split())
    if len(folded) <= _LONGEST_EXACT and (exact := rules.lines.get(key(folded))) is not None:
        return exact
    if rules.any_opening.match(folded):  # one look for all: most sentences have none
        for reason, longest, opening in rules.openings:
            if len(folded) <= longest and opening.match(folded):
                return None if reason == "byline" and not _names_follow(text) else reason
    for reason, strings, phrase in rules.phrases:
        for string in strings:
            if string in folded and phrase.search(folded):
                return reason
    return None


class _Rules(NamedTuple):
    """The wordings of data/boilerplate.toml, compiled."""

    lines: dict[str, Reason]
    any_opening: re.Pattern[str]
    openings: list[tuple[Reason, int, re.Pattern[str]]]
    phrases: list[tuple[Reason, list[str], re.Pattern[str]]]


@cache
def _rules() -> _Rules:
    data = tomllib.loads(files("ozetle.articles").joinpath("data/boilerplate.toml").read_text("utf-8"))
    parts: dict[str, str] = {}
    for name, part in data["parts"].items():
        parts[name] = _filled(part, parts)
    openings = [
        (_reason(rule["reason"]), rule["longest"], _filled(rule["pattern"], parts)) for rule in data["openings"]
    ]
    return _Rules(
        lines={
            " ".join(line.split()): _reason(name)
            for name, wordings in data["lines"].items()
            for line in wordings.split("/")
        },
        any_opening=re.compile("|".join(pattern for _, _, pattern in openings)),
        openings=[(reason, longest, re.compile(pattern)) for reason, longest, pattern in openings],
        phrases=[
            (_reason(rule["reason"]), rule["strings"], re.compile(_filled(rule["pattern"], parts)))
            for rule in data["phrases"]
        ],
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """The pattern on one line, the parts it names in braces put in."""
    pattern = pattern.replace("\n", "")
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", part)
    return pattern


def _reason(name: str) -> Reason:
    known: dict[str, Reason] = {reason: reason for reason in get_args(Reason)}
    return known[name]


def _names_follow(text: str) -> bool:
    """Whether names follow a byline's label: every word begins with a capital."""
    names = text.partition(":")[2] or text.partition(" ")[2]
    return not any(word[0].islower() and word not in _SMALL_WORDS for word in names.split())
