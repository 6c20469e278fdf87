"""The article's sentences: numbered, with exact offsets, the page's boilerplate marked."""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from ozetle.articles.article import Article
from ozetle.articles.boilerplate import LONGEST_BOILERPLATE, Reason, credit
from ozetle.articles.boundaries import sentence_spans
from ozetle.articles.dating import without_prefix
from ozetle.articles.headings import Titles, is_punctuated, is_tag_list, looks_like_heading
from ozetle.articles.text import Line, lines


class Sentence(BaseModel):
    """A sentence of the article, or a piece of page boilerplate."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int | None
    """1 for the first content sentence, and so on; None for boilerplate."""
    start: int
    """Offset of the first character in the article's text."""
    end: int
    """Offset after the last character."""
    text: str
    """`article.text[start:end]`, without white space at either edge."""
    boilerplate: Reason | None = None
    """Why this is page boilerplate and no sentence of the article; None for content."""
    paragraph: int
    """The line or paragraph it stands in, from 1; boilerplate counts."""

    @property
    def heading(self) -> bool:
        """Whether this is a heading inside the body: no evidence of anything, but context for what follows it."""
        return self.boilerplate == "heading"


class _Piece(NamedTuple):
    start: int
    end: int
    reason: Reason | None
    paragraph: int


def split(article: Article) -> tuple[Sentence, ...]:
    """All sentences and pieces of boilerplate, in order, without overlap; only white space stands between them.

    Titles, headings, credits, page times, comment prompts, tag lists and the like are boilerplate, and so is a sentence
    that repeats an earlier one. An article that would be boilerplate altogether is content altogether.
    """
    text = article.text
    prefix, all_lines = without_prefix(text, lines(text))
    pieces = [_Piece(prefix.start, prefix.end, "date", 1)] if prefix else []
    titles = Titles(article.title, all_lines)
    spans = [list(sentence_spans(text, line.start, line.end)) for line in all_lines]
    reasons = _line_reasons(text, all_lines, spans, titles)
    first = len(pieces) + 1
    for paragraph, (line, reason, inside) in enumerate(zip(all_lines, reasons, spans, strict=True), start=first):
        if reason is None:
            pieces += _sentences(text, inside, titles, paragraph)
        else:
            pieces.append(_Piece(line.start, line.end, reason, paragraph))
    pieces = _without_repeats(text, pieces)
    if all(piece.reason for piece in pieces):
        pieces = [piece._replace(reason=None) for piece in pieces]
    sentences, number = [], 0
    for start, end, reason, paragraph in pieces:
        number += reason is None
        sentences.append(
            Sentence(
                number=None if reason else number,
                start=start,
                end=end,
                text=text[start:end],
                boilerplate=reason,
                paragraph=paragraph,
            )
        )
    return tuple(sentences)


def _line_reasons(
    text: str, all_lines: list[Line], spans: list[list[tuple[int, int]]], titles: Titles
) -> list[Reason | None]:
    """What each line as a whole is; None for lines of content."""
    reasons = [_line_reason(text, line, inside, titles) for line, inside in zip(all_lines, spans, strict=True)]
    _mark_tweets(all_lines, reasons)
    _mark_stray_headings(all_lines, reasons)
    content = sum(len(line.text) for line, reason in zip(all_lines, reasons, strict=True) if reason is None)
    headings = sum(len(line.text) for line, reason in zip(all_lines, reasons, strict=True) if reason == "heading")
    if headings > content:  # a text that does without full stops
        return [None if reason == "heading" else reason for reason in reasons]
    return reasons


_WHOLE_LINES = frozenset({"date", "time", "tags", "separator"})
_TWEET_LINES = 3
_SECTION_WORDS = 3


def _line_reason(text: str, line: Line, spans: list[tuple[int, int]], titles: Titles) -> Reason | None:
    if len(line.text) > LONGEST_BOILERPLATE:
        return None
    if titles.repeats(line.text):
        return "title"
    if len(spans) > 1 and (reason := credit(text[slice(*spans[0])])) in {"comments", "legal"}:
        return reason  # what a disclaimer begins, it goes on with
    reason = credit(line.text)
    if reason is not None and (reason in _WHOLE_LINES or len(spans) == 1):
        return reason
    return "heading" if reason is None and len(spans) == 1 and looks_like_heading(line.text) else None


def _mark_tweets(all_lines: list[Line], reasons: list[Reason | None]) -> None:
    """Mark up to three lines of a tweet, above its link or its "— NAME (@handle) date", that are no sentences."""
    left = 0
    for number in range(len(all_lines) - 1, -1, -1):
        line = all_lines[number]
        if reasons[number] == "embed":
            left = _TWEET_LINES
        elif left and reasons[number] in {None, "heading"} and not is_punctuated(line.text):
            reasons[number] = "embed" if len(line.text) <= LONGEST_BOILERPLATE else reasons[number]
            left -= 1
        else:
            left = 0
        if line.begins_block:
            left = 0


def _mark_stray_headings(all_lines: list[Line], reasons: list[Reason | None]) -> None:
    """Judge the lines without a final mark that head nothing: other boilerplate or the end follows, no sentence.

    Below the first sentence they are tags, other articles' titles, section words, or a sentence without its full stop.
    """
    first = next((number for number, reason in enumerate(reasons) if reason is None), len(reasons))
    related = False
    run: list[int] = []
    for number in range(first, len(all_lines) + 1):
        reason = reasons[number] if number < len(all_lines) else "separator"
        if reason == "heading":
            run.append(number)
            continue
        if reason is not None:
            for stray in run:
                reasons[stray] = _stray(all_lines[stray].text, related=related or len(run) > 1)
        run = []
        related = reason == "related" or (related and reason is not None)


def _stray(text: str, *, related: bool) -> Reason | None:
    if is_tag_list(text):
        return "tags"
    if related:
        return "related"
    return None if len(text.split()) > _SECTION_WORDS else "section"


def _sentences(text: str, spans: list[tuple[int, int]], titles: Titles, paragraph: int) -> list[_Piece]:
    """The sentences of a line of content, and the credits and titles that are glued to them."""
    if len(spans) == 1:
        return [_Piece(*spans[0], None, paragraph)]
    pieces: list[_Piece] = []
    for start, end in spans:
        piece = text[start:end]
        reason = credit(piece)
        if reason is None and pieces and not is_punctuated(piece) and titles.repeats(piece):
            reason = "title"
        pieces.append(_Piece(start, end, reason, paragraph))
    return pieces


_NO_WORD = re.compile(r"[\W_]+")
_FEWEST_WORDS = 6


def _without_repeats(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Mark sentences of six words or more that say word for word what an earlier one says."""
    seen: set[str] = set()
    marked = []
    for piece in pieces:
        words = _NO_WORD.sub(" ", text[piece.start : piece.end]).strip() if piece.reason is None else ""
        if words.count(" ") >= _FEWEST_WORDS - 1:
            if words in seen:
                piece = piece._replace(reason="repeated")
            seen.add(words)
        marked.append(piece)
    return marked
