"""Cuts a folded text into the tokens of the date grammar: numbers, months, weekdays, units, relations, and the rest."""

from __future__ import annotations

import re
from typing import NamedTuple

from ozetle.facts.date_vocabulary import NOT_NUMERALS, NUMBER_SUFFIX, Vocabulary, case_of, classify, vocabulary
from ozetle.facts.folding import Folded, dotless

# one token; runs on folded, dotless text, where every dash is "-" and every apostrophe "'"
_TOKEN = re.compile(
    r"(?:(?P<iso>(?<![\w./-])\d{4}(?P<dash>[./-])\d{1,2}(?P=dash)\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<numeric>(?<![\w./-])(?:\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{4}|\d\d(?P<sep2>[./])\d\d(?P=sep2)\d\d)"
    r"(?!\d|[./,-]\d))"
    r"|(?P<short>(?<![\w./-])\d{1,2}/\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<figure>\d+(?:[.,:]\d+)+|[%$€£₺] ?\d+(?:[.,:]\d+)*)"
    r"|(?P<number>\d+)(?P<glued>\.(?= ?[^\W\d]|-\d)|(?:st|nd|rd|th|d[ae]n?|t[ae]n?|n?[iuü]n)(?!\w)"
    r"|-(?:c[iuü]|d[aeə]n?|n?[iuü]n)(?!\w))?"
    r"|(?P<word>[^\W\d_]\w*))"
    r"(?:'(?P<suffix>[^\W\d_]{1,12})(?!\w))?"
    r"|(?P<mark>[^\s\w'])"
)
_ENGLISH_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_LONGEST_NUMERAL = 8


class Token(NamedTuple):
    """One token; offsets index the folded text.

    Attributes:
        kind: its class in the grammar, one character (see data/date_words.json; "d" a number up to 31, "n" a larger
            one, "Y" one that can be a year, "O" an ordinal, "C" a decade, "#" a numeric date, "/" one without a year,
            a punctuation mark itself where the grammar knows it, "x" anything else).
        value: its number, or the table's value.
        key: the folded, dotless word.
        start: where it begins.
        stem_end: where it ends without a suffix behind an apostrophe.
        end: where it ends with it.
        case: the case of its suffix (see `date_vocabulary.case_of`).
        suffixed: whether a suffix stands behind an apostrophe.
        prefixed: whether a preposition or another linking word stands before it.
        date: year (0 when there is none), month and day of a numeric date.
    """

    kind: str
    value: int
    key: str
    start: int
    stem_end: int
    end: int
    case: str = ""
    suffixed: bool = False
    prefixed: bool = False
    date: tuple[int, int, int] | None = None


def tokenize(folded: Folded, language: str) -> list[Token]:
    """All tokens of a text but the linking words of its language ("të", "of", "des"). Linear in its length."""
    keys = dotless(folded.text)
    words = vocabulary(language)
    tokens: list[Token] = []
    linked, skip_to = False, 0
    for match in _TOKEN.finditer(keys):
        if match.start() < skip_to:
            continue
        if match["mark"] is not None:
            mark, start = match["mark"], match.start()
            token = Token(mark if mark in "-,." else "x", 0, mark, start, start + 1, start + 1)
        elif match["word"] is not None:
            token = _word(match, folded.text, keys, words, language)
            skip_to = token.end
        else:
            token = _number(match, words)
        if token.kind != "i":
            tokens.append(token._replace(prefixed=True) if linked else token)
        linked = token.kind == "i"
    return _merged(tokens) if words is not None else tokens


def _number_kind(value: int) -> str:
    if 1 <= value <= 31:
        return "d"
    return "Y" if 1000 <= value <= 2999 else "n"


def _number(match: re.Match[str], words: Vocabulary | None) -> Token:
    start, end, suffix = match.start(), match.end(), match["suffix"] or ""
    stem_end = match.start("suffix") - 1 if suffix else end
    case = case_of(suffix) if suffix else ""
    if match["number"] is None or len(match["number"]) > 6:
        kind, when = _numeric_date(match)
        return Token(kind, 0, match.group(), start, stem_end, end, case, bool(suffix), date=when)
    value, glued = int(match["number"]), match["glued"] or ""
    token = Token(_number_kind(value), value, match["number"], start, stem_end, end, case, bool(suffix))
    if glued == ".":
        ordinal = words is not None and words.ordinal_dot and token.kind == "d"
        return token._replace(kind="O" if ordinal else token.kind, stem_end=stem_end - 1)
    if glued.startswith("-"):
        case = "" if glued[1] == "c" else case_of(glued)
        return token._replace(case=case, stem_end=match.end("number") if case else end)
    if glued in _ENGLISH_ORDINALS:
        return token
    if glued or suffix:
        return _suffixed(token, glued or suffix, known=not glued)
    return token


def _numeric_date(match: re.Match[str]) -> tuple[str, tuple[int, int, int] | None]:
    for group, separator in (("iso", match["dash"]), ("numeric", match["sep"] or match["sep2"]), ("short", "/")):
        if match[group] is not None:
            parts = [int(part) for part in match[group].split(separator)]
            if group == "iso":
                return "#", (parts[0], parts[1], parts[2])
            if group == "short":
                return "/", (0, parts[1], parts[0])
            year = parts[2] + (0 if parts[2] > 99 else 2000 if parts[2] < 50 else 1900)
            return "#", (year, parts[1], parts[0])
    return "x", None


def _suffixed(token: Token, suffix: str, *, known: bool) -> Token:
    """A number with a Turkish suffix, behind an apostrophe (`known`) or glued ("2025te")."""
    match = NUMBER_SUFFIX.fullmatch(suffix)
    if match is None:
        return token
    kind, stem_end = token.kind, token.end - len(suffix) - known
    if match["ordinal"] and kind == "d":
        kind = "O"
    elif match["plural"]:
        kind = "C" if kind in "nY" else "x"
        stem_end = token.end - len(suffix) + match.end("plural")
    case = "li" if match["plural"] in {"li", "lu", "lü"} else case_of(suffix)
    return token._replace(kind=kind, stem_end=stem_end, case=case, suffixed=True)


def _word(match: re.Match[str], text: str, keys: str, words: Vocabulary | None, language: str) -> Token:
    key, start, end, suffix = match["word"], match.start(), match.end(), match["suffix"] or ""
    stem_end = match.end("word")
    if words is None:
        return Token("x", 0, key, start, stem_end, end)
    for phrase, word in words.phrases.get(key, ()):
        if keys.startswith(phrase, start) and not keys[start + len(phrase) : start + len(phrase) + 1].isalnum():
            return Token(word.kind, word.value, phrase, start, start + len(phrase), start + len(phrase))
    kind, value, case = classify(key, language)
    if kind == "S" and any(
        key.startswith(k) and not text.startswith(exact, start) for k, exact in words.dotted.items()
    ):
        kind = "x"
    if kind in "mw" and not suffix and keys[end : end + 1] == ".":
        end += 1  # an abbreviation's full stop
    return Token(kind, value, key, start, stem_end, end, case_of(suffix) if suffix else case, bool(suffix))


def _merged(tokens: list[Token]) -> list[Token]:
    """Numerals written in words become one number; "on yıl" behind a number a decade, "iş günü" a business day."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind in "NC?" and token.key.isalpha():
            last = _numeral_end(tokens, index)
            token = _numeral(
                tokens[index : last + 1], pronoun=not (out and out[-1].kind in "MA" and out[-1].case == "gen")
            )
            index = last
            follows = tokens[last + 1] if last + 1 < len(tokens) else token
            if follows.kind == "O" and follows.value < 10 and token.value in range(10, 100, 10) and not token.case:
                token = follows._replace(value=token.value + follows.value, start=token.start)  # "yirmi birinci"
                index = last + 1
        if token.kind == "L" and len(out) > 1 and out[-1].key == "on" and out[-1].kind == "d" and out[-2].kind in "dn":
            token = token._replace(kind="e", start=out.pop().start)
        elif token.kind == "G" and out and out[-1].key == "iş":
            token = token._replace(kind="j", start=out.pop().start)
        out.append(token)
        index += 1
    return out


def _numeral_end(tokens: list[Token], first: int) -> int:
    last = first
    while (
        tokens[last].kind == "N"
        and not tokens[last].case
        and last + 1 < len(tokens)
        and last - first < _LONGEST_NUMERAL
        and tokens[last + 1].kind in "NC?"
        and tokens[last + 1].key.isalpha()
        and _continues(tokens[last].value, tokens[last + 1].value)
    ):
        last += 1
    return last


def _continues(value: int, following: int) -> bool:
    """Whether a Turkish numeral goes on: "yirmi" "bir", "iki" "bin", not "iki" "üç"."""
    if following == 1000:
        return value < 1000
    if following == 100:
        return value < 10 or value == 1000
    if value in {100, 1000}:
        return following < value
    return value % 10 == 0 and following < 10


def _numeral(parts: list[Token], *, pronoun: bool) -> Token:
    """The number of some words; one word that may be a pronoun ("biri", "onlar") is none unless `pronoun` is False."""
    total = current = 0
    for part in parts:
        if part.value == 1000:
            total, current = total + max(1, current) * 1000, 0
        elif part.value == 100:
            current = max(1, current) * 100
        else:
            current += part.value
    value, last = total + current, parts[-1]
    kind = "C" if last.kind == "C" else _number_kind(value)
    if kind == "Y" and len(parts) == 1:
        kind = "n"  # "bini aşkın": a thousand of something
    if pronoun and len(parts) == 1 and last.key in NOT_NUMERALS:
        kind = "x"
    return last._replace(kind=kind, value=value, start=parts[0].start, key=" ".join(part.key for part in parts))
