"""Cuts a folded text into the tokens of the date grammar: numbers, months, weekdays, units, relations, and the rest."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ozetle.facts.dates.vocabulary import (
    LONGEST_WORD,
    MOST_KNOWN,
    NOT_NUMERALS,
    Vocabulary,
    case_of,
    number_ending,
    vocabulary,
)
from ozetle.facts.folding import Folded, dotless, is_typed_in_ascii

# The patterns run on folded, dotless text, where every dash is "-" and every apostrophe "'". No part of them can be
# given up and tried again in more than one way, so that no text makes them slow.
_NUMBERS = (
    r"(?P<iso>(?<![\w./-])\d{4}(?P<dash>[./-])\d{1,2}(?P=dash)\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<numeric>(?<![\w./])(?<![^\W\d]-)(?:\d{1,2}(?P<sep>[./])\d{1,2}(?P=sep)\d{4}|\d\d(?P<sep2>[./])\d\d(?P=sep2)\d\d)"
    r"(?!\d|[./,]\d))"
    r"|(?P<dashed>(?<![\w./-])\d{1,2}-\d{1,2}-\d{4}(?!\d|[./,-]\d))"
    r"|(?P<partial>(?<![\w./-])\d{1,2}(?P<sep3>[./])\d{1,2}\.?(?= ?(?:-|bis|ile|ila|to|по|до|deri) ?"
    r"\d{1,2}(?P=sep3)\d{1,2}(?P=sep3)\d{4}(?!\d)))"
    r"|(?P<short>(?<![\w./-])\d{1,2}/\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<figure>\d+(?:[.,:]\d+)+|[%$€£₺] ?\d+(?:[.,:]\d+)*)"
    r"|(?P<number>\d+)(?P<glued>@|(?:st|nd|rd|th|s|ers?|d[ae]n?|t[ae]n?|n?[iuü]n)(?!\w)"
    r"|-(?:c[iuü]|d[aeə][nk]?|n?[iuü]n|[iuü]|s[iuü]|х|е|ые|ті|те|ти|ih)(?!\w))?"
)
_SUFFIX = r"(?:'(?P<suffix>[^\W\d_]{1,12})(?!\w))?"
_NO_SUFFIX = r"(?P<suffix>(?!))?"
_MARKS = r"(?P<slash>(?<=\d)/(?=\d))|(?P<mark>[^\s\w'])"


_DOT = r"\.(?= ?[^\W\d]|-\d)"


@cache
def _pattern(*, suffixes: bool, clitics: bool, dots: bool) -> re.Pattern[str]:
    """One token.

    Args:
        suffixes: whether an apostrophe parts a suffix from its word, and does not elide a vowel ("l'année").
        clitics: whether words are glued to what follows them, figures too ("و2025").
        dots: whether a full stop behind a number may belong to it ("3. çeyrek", "3. Mai").
    """
    numbers = _NUMBERS.replace("@", _DOT if dots else "(?!)")
    word = r"[^\W\d_]+" if clitics else r"[^\W\d_]\w*"
    return re.compile(rf"(?:(?P<word>{word})|{numbers}){_SUFFIX if suffixes else _NO_SUFFIX}|{_MARKS}")


_ENGLISH_ORDINALS = frozenset({"st", "nd", "rd", "th"})
# "1990s", "1990er Jahre", "1990-е годы", "90-те години", "1990-ih"
_DECADE_ENDINGS = frozenset({"s", "er", "ers", "-х", "-е", "-ые", "-ті", "-те", "-ти", "-ih"})
_ORDINAL_WORD = re.compile(r"[iuü]nc[iuü]\w{0,4}$")
_POSSESSED = re.compile(r"[iuü]nd[ae]$")
_LONGEST_NUMERAL = 8
_NUMERALS = frozenset("NC?")


class Lexeme(NamedTuple):
    """What a token is, wherever it stands; tokens that look alike share one.

    Attributes:
        kind: its class in the grammar, one character (see data/date_words.json; "d" a number up to 31, "n" a larger
            one, "Y" one that can be a year, "O" an ordinal, "C" a decade, "#" a numeric date, "/" one without a year,
            "|" a slash between numbers, a punctuation mark itself where the grammar knows it, "x" anything else).
        value: its number, or the table's value.
        key: the folded, dotless word.
        stem_length: its length without a suffix behind an apostrophe.
        length: its length with it.
        case: the case of its suffix (see `date_vocabulary.case_of`).
        tense: that of a verb form (see `date_vocabulary.WordClass`), 0 for any other word.
        suffixed: whether a suffix stands behind an apostrophe.
        possessed: whether it is a number with a possessive and a locative suffix ("22'sinde").
        link: the preposition or other linking word that stands before it, the first of several, or "".
        date: year (0 when there is none), month and day of a numeric date.
    """

    kind: str
    value: int
    key: str
    stem_length: int
    length: int
    case: str = ""
    tense: int = 0
    suffixed: bool = False
    possessed: bool = False
    link: str = ""
    date: tuple[int, int, int] | None = None


class Tokens(NamedTuple):
    """The tokens of a text: what they are, and where in the folded text each begins."""

    lexemes: list[Lexeme]
    starts: list[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """From the first token's beginning to the last one's stem end."""
        return self.starts[first], self.starts[last] + self.lexemes[last].stem_length


def tokenize(folded: Folded, language: str) -> Tokens:
    """All tokens of a text but the linking words of its language ("të", "of", "des"). Linear in its length."""
    keys = dotless(folded.text)
    words = vocabulary(language, ascii_only=language == "tr" and is_typed_in_ascii(folded.raw))
    tokens = Tokens([], [])
    seen: dict[tuple[int | None, str], Lexeme] = words.seen if words is not None else {}
    link, skip_to = "", 0
    pattern = _pattern(
        suffixes=words is None or words.agglutinates,
        clitics=words is not None and bool(words.clitics),
        dots=words is None or words.dots,
    )
    for match in pattern.finditer(keys):
        start, text = match.start(), match.group()
        if start < skip_to:
            continue
        look = match.lastindex, text  # which alternative of the pattern, and what it took
        lexeme = seen.get(look)
        if lexeme is None:
            if (key := match["word"]) is not None:
                if words is not None and (clitic := words.clitic(key)) is not None:
                    if clitic != "i":
                        tokens.lexemes.append(Lexeme(clitic, 0, key[0], 0, 0))
                        tokens.starts.append(start)
                    elif not link:
                        link = key[0]
                    key, start = key[1:], start + 1
                lexeme, fixed = _word(match, key, start, folded.text, keys, words)
            else:
                lexeme, fixed = _number_or_mark(match, words)
            if fixed and start == match.start() and len(text) <= LONGEST_WORD and len(seen) < MOST_KNOWN:
                seen[look] = lexeme
        skip_to = start + lexeme.length
        if lexeme.kind == "i":
            link = link or lexeme.key
            continue
        tokens.lexemes.append(lexeme._replace(link=link) if link else lexeme)
        tokens.starts.append(start)
        link = ""
    return _merged(tokens) if words is not None else tokens


def _number_kind(value: int) -> str:
    if 1 <= value <= 31:
        return "d"
    return "Y" if 1000 <= value <= 2999 else "n"


def _number_or_mark(match: re.Match[str], words: Vocabulary | None) -> tuple[Lexeme, bool]:
    """The lexeme, and whether what the pattern takes in the same way is always that."""
    text, digits, suffix = match.group(), match["number"], match["suffix"] or ""
    if match["mark"] is not None:
        return Lexeme(text if text in "-,.()" else "x", 0, text, 1, 1), True
    if match["slash"] is not None:
        return Lexeme("|", 0, text, 1, 1), True
    length = len(text)
    stem = length - len(suffix) - bool(suffix)
    case = case_of(suffix) if suffix else ""
    if digits is None or len(digits) > 6:
        kind, when = _numeric_date(match)
        return Lexeme(kind, 0, text, stem, length, case, 0, bool(suffix), date=when), not suffix
    value, glued = int(digits), match["glued"] or ""
    kind = _number_kind(value)
    if glued == ".":
        if words is not None and words.ordinal_dot and kind in "dn":
            kind = "O" if kind == "d" else "x"  # "100. yılında": an anniversary
        return Lexeme(kind, value, digits, stem - 1, length, case, 0, bool(suffix)), True
    if glued == "er" and value < 20:  # "1er mars"
        return Lexeme(kind, value, digits, length, length), True
    if glued in _DECADE_ENDINGS:
        kind = "C" if value % 10 == 0 and (20 <= value < 100 or kind == "Y") else "x"
        return Lexeme(kind, value, digits, length, length, suffixed=glued == "s"), True
    if glued.startswith("-"):
        if glued[1] == "c" and kind == "n":
            kind = "x"
        case = "" if glued[1] == "c" else case_of(glued[1:])
        return Lexeme(kind, value, digits, len(digits) if case else length, length, case), True
    ending = glued or suffix
    found = number_ending(ending) if ending and ending not in _ENGLISH_ORDINALS else None
    if found is None:
        return Lexeme(kind, value, digits, stem, length, case, 0, bool(suffix)), True
    if found.ordinal and kind in "dn":
        kind = "O" if kind == "d" else "x"
    elif found.plural:
        kind = "C" if kind in "nY" else "x"
    stem = length - len(ending) + (found.plural or -bool(suffix))
    return Lexeme(kind, value, digits, stem, length, found.case, 0, True, found.possessed), True


def _numeric_date(match: re.Match[str]) -> tuple[str, tuple[int, int, int] | None]:
    if (text := match["iso"]) is not None:
        year, month, day = text.split(match["dash"])
        return "#", (int(year), int(month), int(day))
    if (text := match["short"] or match["partial"]) is not None:
        day, month = text.rstrip(".").split(match["sep3"] or "/")
        return "/", (0, int(month), int(day))
    if (text := match["numeric"] or match["dashed"]) is not None:
        day, month, year = text.split(match["sep"] or match["sep2"] or "-")
        century = 0 if len(year) > 2 else 2000 if int(year) < 50 else 1900
        return "#", (int(year) + century, int(month), int(day))
    return "x", None


def _word(
    match: re.Match[str], key: str, start: int, text: str, keys: str, words: Vocabulary | None
) -> tuple[Lexeme, bool]:
    """The lexeme, and whether what the pattern takes in the same way is always that."""
    stem, length, suffix = match.end("word") - start, match.end() - start, match["suffix"]
    if words is None:
        return Lexeme("x", 0, key, stem, length), True
    phrases = words.phrases.get(key, ())
    for phrase, word in phrases:
        if keys.startswith(phrase, start) and not keys[start + len(phrase) : start + len(phrase) + 1].isalnum():
            return Lexeme(word.kind, word.value, phrase, len(phrase), len(phrase)), False
    kind, value, case, tense = words.classify(key)
    fixed = not phrases
    if kind == "S":
        fixed = False
        if any(key.startswith(k) and not text.startswith(exact, start) for k, exact in words.dotted.items()):
            kind = "x"
    elif kind in "mw" and not suffix:
        fixed = False
        length += keys.startswith(".", start + length)  # an abbreviation's full stop
    return Lexeme(kind, value, key, stem, length, case_of(suffix) if suffix else case, tense, bool(suffix)), fixed


def _merged(tokens: Tokens) -> Tokens:
    """Numerals written in words become one number; "on yıl" behind a number a decade, "iş günü" a business day."""
    lexemes, starts = tokens
    out, out_starts = Tokens([], [])
    index = 0
    while index < len(lexemes):
        lexeme, start = lexemes[index], starts[index]
        if lexeme.kind == "x" and lexeme.key != "ilə":  # most are
            out.append(lexeme)
            out_starts.append(start)
            index += 1
            continue
        if lexeme.kind in _NUMERALS and lexeme.key.isalpha():
            last = _numeral_end(lexemes, index)
            possessor = out and out[-1].kind in "MA" and out[-1].case == "gen"
            lexeme = _numeral(lexemes[index : last + 1], starts[last] - start, pronoun=not possessor)
            follows = lexemes[last + 1] if last + 1 < len(lexemes) else lexeme
            if follows.kind == "O" and follows.value < 10 and lexeme.value in range(10, 100, 10) and not lexeme.case:
                last += 1  # "yirmi birinci"
                lexeme = _stretched(follows, starts[last] - start)._replace(value=lexeme.value + follows.value)
            index = last
        if lexeme.kind == "L" and len(out) > 1 and out[-1].key == "on" and out[-1].kind == "d" and out[-2].kind in "dn":
            out.pop()
            lexeme, start = _stretched(lexeme, start - out_starts[-1])._replace(kind="e"), out_starts.pop()
        elif lexeme.kind == "M" and len(out) > 1 and out[-1].key == "/" and out[-2][:2] == lexeme[:2]:
            del out[-1], out_starts[-1]  # "كانون الثاني/يناير", one month by two names
            lexeme, start = _stretched(lexeme, start - out_starts[-1]), out_starts.pop()
            out.pop()
        elif lexeme.key == "ilə" and out and out[-1].kind == "Y" and out[-1].length > 4:
            lexeme = lexeme._replace(kind="L", case="dat")  # "2030-cu ilə": not "with" but "year"
        elif lexeme.kind == "G" and out and out[-1].key == "iş":
            out.pop()
            lexeme, start = _stretched(lexeme, start - out_starts[-1])._replace(kind="j"), out_starts.pop()
        out.append(lexeme)
        out_starts.append(start)
        index += 1
    return Tokens(out, out_starts)


def _stretched(lexeme: Lexeme, by: int) -> Lexeme:
    """The lexeme begun that much earlier."""
    return lexeme._replace(stem_length=lexeme.stem_length + by, length=lexeme.length + by)


def _numeral_end(tokens: list[Lexeme], first: int) -> int:
    last = first
    while (
        tokens[last].kind == "N"
        and not tokens[last].case
        and last + 1 < len(tokens)
        and last - first < _LONGEST_NUMERAL
        and tokens[last + 1].kind in _NUMERALS
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


def _numeral(parts: list[Lexeme], offset: int, *, pronoun: bool) -> Lexeme:
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
    if _ORDINAL_WORD.search(last.key):
        kind = "O" if kind == "d" else "x"
    if kind == "Y" and len(parts) == 1:
        kind = "n"  # "bini aşkın": a thousand of something
    if pronoun and len(parts) == 1 and last.key in NOT_NUMERALS:
        kind = "x"
    possessed = last.case == "loc" and _POSSESSED.search(last.key) is not None
    key = last.key if len(parts) == 1 else " ".join(part.key for part in parts)
    return _stretched(last, offset)._replace(kind=kind, value=value, key=key, possessed=possessed)
