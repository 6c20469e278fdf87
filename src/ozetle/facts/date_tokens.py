"""Cuts a folded text into the tokens of the date grammar: numbers, months, weekdays, units, relations, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ozetle.facts.folding import Folded, dotless, fold_text
from ozetle.facts.tables import key_of, load_table

# one token; runs on folded, dotless text, so that a dash is "-" and an apostrophe "'"
_TOKEN = re.compile(
    r"(?P<iso>(?<![\w./-])\d{4}-\d{1,2}-\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<numeric>(?<![\w./-])\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{4}(?!\d|[./,-]\d))"
    r"|(?P<short>(?<![\w./-])\d{1,2}/\d{1,2}(?![\d/]|[.,-]\d))"
    r"|(?P<figure>\d+(?:[.,:]\d+)+|[%$€£₺] ?\d+(?:[.,:]\d+)*)"
    r"|(?P<number>\d+)(?P<dot>\.(?= ?[^\W\d]|-\d))?(?P<glued>[^\W\d_]{1,8}(?!\w))?"
    r"|(?P<word>[^\W\d_]\w*)"
    r"|(?P<mark>[^\s\w'])"
)
_SUFFIX = re.compile(r"'(?P<suffix>[^\W\d_]{1,12})(?!\w)|-(?P<dashed>(?:ci|cu|cı|cü|d[ae]n?|s[ie]?n?d?[ae]?n?|n[iuü]n|u|ü)(?!\w))")
_CONSONANT = re.compile(
    r"(?:[iuü]n|[iuü]|[aeə]|[dt][aeə]n?|l[aeə]|[iuü]n[dt][aeə]n?|[iuü]n[aeə]|[iuü]n[iuü]n?|[iuü]yl[aeə]|[iuü]nc[aeə])?(?:ki)?"
)
_VOWEL = re.compile(
    r"(?:n[iuü]n|y?[iuü]|y[aeə]|[dt][aeə]n?|yl[aeə]|s[iuü](?:n[dt][aeə]n?|n[aeə]|n[iuü]n?|yl[aeə])?)?(?:ki)?"
)
_NUMBER_SUFFIX = re.compile(
    r"(?P<ordinal>[iuü]?nc[iuü])?(?P<plural>l[ae]r)?"
    r"(?:n?[iuü]n|s?[iuü](?:n[dt][ae]n?|n[ae]|n[iuü]n)?|y?[aeiuü]|[dt][ae]n?|y?l[ae]|n[ae]|d[iuü]r)?(?:ki)?"
)
_VOWELS = "aeiouöüəâîû"
_CASES = (
    ("ki", ("ki",)),
    ("abl", ("dan", "den", "tan", "ten", "dən")),
    ("loc", ("da", "de", "ta", "te", "də")),
    ("ins", ("la", "le", "yla", "yle", "lə")),
    ("gen", ("in", "un", "ün", "nin", "nun", "nün")),
    ("dat", ("a", "e", "ya", "ye", "na", "ne", "ə", "yə", "nə")),
    ("poss", ("i", "u", "ü", "si", "su", "sü")),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token; offsets index the folded text.

    Attributes:
        kind: its class in the grammar, one character (see data/date_words.json; "d" a number up to 31, "n" a larger
            one, "Y" one that can be a year, "O" an ordinal, "C" a decade, "#" a numeric date, "x" anything else).
        value: its number, or the table's value.
        key: the folded, dotless word.
        start: where it begins.
        stem_end: where it ends without a suffix behind an apostrophe.
        end: where it ends with it.
        case: the case of its suffix: "", "gen", "loc", "abl", "dat", "ins", "poss" or "ki".
        suffixed: whether a suffix stands behind an apostrophe.
        prefixed: whether a preposition or another linking word stands before it.
        date: year, month and day of a numeric date.
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


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The table of one language, ready for look-up."""

    words: dict[str, tuple[str, int]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, int]]]
    inflected: dict[str, tuple[str, int]]
    abbreviated: dict[str, tuple[str, int]]
    numbers: dict[str, int]
    future: re.Pattern[str]
    past: re.Pattern[str]
    dotted: dict[str, str]  # stems that another word is like but for the dots of its i: "kış" and "kişi"
    agglutinates: bool
    ordinal_dot: bool


_UNITS = {"d": "G", "w": "H", "m": "A", "y": "L", "q": "Q", "h": "h", "c": "c", "e": "e", "j": "j"}


def _class(name: str) -> tuple[str, int]:
    if name[0] == "U":
        return _UNITS[name[1]], 0
    return name[0], int(name[1:] or 0)


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The words of dates in a language; None where there is no table."""
    table = load_table("date_words").get(language)
    if not isinstance(table, dict):
        return None
    words: dict[str, tuple[str, int]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, int]]] = {}
    for name, forms in table["words"].items():
        for form in key_of(forms).split():
            parts = tuple(form.split("_"))
            if len(parts) > 1:
                phrases.setdefault(parts[0], []).append((parts, *_class(name)))
            else:
                words[form] = _class(name)
    ordinals = key_of(table["ordinals"]).split()
    values = table.get("ordinal_values", "").split() or range(1, len(ordinals) + 1)
    for form, value in zip(ordinals, values, strict=True):
        words.setdefault(form, ("O", int(value)))
    collect = {
        part: {form: _class(name) for name, forms in table.get(part, {}).items() for form in key_of(forms).split()}
        for part in ("inflected", "abbreviated")
    }
    return Vocabulary(
        words=words,
        phrases=phrases,
        inflected=collect["inflected"],
        abbreviated={form: (kind.lower(), value) for form, (kind, value) in collect["abbreviated"].items()},
        numbers={form: int(value) for value, forms in table["numbers"].items() for form in key_of(forms).split()},
        future=re.compile(table["future"]),
        past=re.compile(table["past"]),
        dotted={key_of(word): fold_text(word) for word in table.get("dotted", "").split()},
        agglutinates=language in {"tr", "az"},
        ordinal_dot=language in {"tr", "az", "en"},
    )


def tokenize(folded: Folded, words: Vocabulary | None) -> list[Token]:
    """All tokens of a text but the linking words of its language ("të", "of", "des"). Linear in its length."""
    keys = dotless(folded.text)
    tokens: list[Token] = []
    position, size, linked = 0, len(keys), False
    while position < size:
        match = _TOKEN.match(keys, position)
        if match is None:
            position += 1
            continue
        token = _numeric(match) if match["word"] is None else _word(match, keys, words)
        if words is not None and token.kind == "S" and not _is_dotted(token, folded.text, words):
            token = replace(token, kind="x")
        if match["mark"] is not None:
            token = Token(match["mark"] if match["mark"] in "-,./" else "x", 0, match["mark"], *(match.start(), match.end(), match.end()))
        elif match["word"] is None:
            token = _with_suffix(token, keys, words)
        position = token.end
        if token.kind != "i":
            tokens.append(replace(token, prefixed=True) if linked else token)
        linked = token.kind == "i"
    return _merged(tokens, words) if words is not None else tokens


def _is_dotted(token: Token, text: str, words: Vocabulary) -> bool:
    return all(
        text.startswith(word, token.start) for key, word in words.dotted.items() if token.key.startswith(key)
    )


def _numeric(match: re.Match[str]) -> Token:
    start, end, key = match.start(), match.end(), match.group()
    if match["iso"] or match["numeric"]:
        parts = [int(part) for part in re.split(r"[./-]", key)]
        when = (parts[0], parts[1], parts[2]) if match["iso"] else (parts[2], parts[1], parts[0])
        return Token("#", 0, key, start, end, end, date=when)
    if match["short"]:
        first, second = key.split("/")
        return Token("/", 0, key, start, end, end, date=(0, int(second), int(first)))
    if match["number"] is None or len(match["number"]) > 6:
        return Token("x", 0, key, start, end, end)
    return Token(_number_kind(int(match["number"])), int(match["number"]), match["number"], start, end, end)


def _number_kind(value: int) -> str:
    if 1 <= value <= 31:
        return "d"
    return "Y" if 1000 <= value <= 2999 else "n"


def _with_suffix(token: Token, keys: str, words: Vocabulary | None) -> Token:
    """A number or numeric date with the suffix or the ordinal dot behind it."""
    stem_end = token.start + len(token.key)
    if token.kind in "dnY":
        rest = keys[stem_end : token.end]
        if rest.startswith("."):
            ordinal = words is not None and words.ordinal_dot and token.kind == "d"
            return replace(token, kind="O" if ordinal else token.kind, end=stem_end + 1, stem_end=stem_end)
        if rest:
            return _suffixed(replace(token, stem_end=stem_end), rest, token.end, glued=True)
    match = _SUFFIX.match(keys, token.end)
    if match is None:
        return token
    if match["dashed"]:
        return replace(token, end=match.end(), case=_case(match["dashed"]) if match["dashed"][0] not in "c" else "")
    return _suffixed(token, match["suffix"], match.end(), glued=False)


def _suffixed(token: Token, suffix: str, end: int, *, glued: bool) -> Token:
    match = _NUMBER_SUFFIX.fullmatch(suffix)
    if match is None:
        if glued and suffix in {"st", "nd", "rd", "th"}:
            return replace(token, end=end, stem_end=end)
        return replace(token, kind="x", end=end) if glued else token
    kind = token.kind
    if match["ordinal"] and kind == "d":
        kind = "O"
    elif match["plural"] and kind in "nY":
        kind = "C"
    elif match["plural"]:
        kind = "x"
    plural = match.end("plural") if kind == "C" else 0
    return replace(token, kind=kind, end=end, stem_end=token.stem_end if not plural else end - len(suffix) + plural, case=_case(suffix), suffixed=True)


def _case(suffix: str) -> str:
    for case, endings in _CASES:
        if case == "ki" and suffix == "ki":
            continue
        if suffix.endswith(endings):
            return case
    return ""


def _word(match: re.Match[str], keys: str, words: Vocabulary | None) -> Token:
    key, start, end = match["word"], match.start(), match.end()
    stem_end, suffix = end, ""
    tail = _SUFFIX.match(keys, end)
    if tail is not None and tail["suffix"]:
        suffix, end = tail["suffix"], tail.end()
    plain = Token("x", 0, key, start, stem_end, end, case=_case(suffix) if suffix else "", suffixed=bool(suffix))
    if words is None:
        return replace(plain, end=end)
    for parts, kind, value in words.phrases.get(key, ()):
        phrase = " ".join(parts)
        if keys.startswith(phrase, start) and not keys[start + len(phrase) : start + len(phrase) + 1].isalnum():
            return Token(kind, value, phrase, start, start + len(phrase), start + len(phrase))
    found = words.words.get(key)
    if found is not None:
        return replace(plain, kind=found[0], value=found[1], case=plain.case or _glued_case(key, found[0]))
    if key in words.numbers:
        return replace(plain, kind="N", value=words.numbers[key])
    if key in words.abbreviated:
        kind, value = words.abbreviated[key]
        dot = stem_end == end and keys[end : end + 1] == "."
        return replace(plain, kind=kind, value=value, end=end + dot)
    return _inflected(plain, words) if words.agglutinates else plain


def _glued_case(key: str, kind: str) -> str:
    return _case(key) if kind in "DEbo" else ""


def _inflected(plain: Token, words: Vocabulary) -> Token:
    key = plain.key
    for length in range(len(key), 1, -1):
        stem, rest = key[:length], key[length:]
        found = words.inflected.get(stem)
        if found is not None and _fits(stem, rest):
            return replace(plain, kind=found[0], value=found[1], case=plain.case or (_case(rest) if rest else ""))
        number = words.numbers.get(stem)
        if number is not None and rest and _NUMBER_SUFFIX.fullmatch(rest) and not rest.startswith("nd"):
            if stem in {"on", "yüz", "bin", "bir"} and len(key) == length + len(rest) and stem + rest in _NOT_NUMBERS:
                kind = "C" if rest.startswith(("ler", "lar")) else "?"
                return replace(plain, kind=kind, value=number, case=_case(rest))
            kind = "C" if rest.startswith(("ler", "lar")) else "N"
            return replace(plain, kind=kind, value=number, case=_case(rest))
    return plain


# inflected numerals that are also pronouns, percents or adverbs: they count only at the end of a longer numeral
_NOT_NUMBERS = frozenset("onun ona onda ondan onlar onu onlari onlarin onlarda yüzde yüze binde birde birden bire biri birine birinin birinde".split())


def _fits(stem: str, rest: str) -> bool:
    if not rest:
        return True
    if stem[-1] in _VOWELS:
        return _VOWEL.fullmatch(rest) is not None
    return _CONSONANT.fullmatch(rest) is not None


def _merged(tokens: list[Token], words: Vocabulary) -> list[Token]:
    """Numerals written in words become one number; "on yıl" becomes a decade, "iş günü" a business day."""
    out: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind == "N" or (token.kind == "C" and token.value < 1000):
            last = index
            while tokens[last].kind == "N" and not tokens[last].case and last + 1 < len(tokens) and (
                tokens[last + 1].kind in "NC?" and tokens[last + 1].value != 0
                and _continues_number(tokens[last].value, tokens[last + 1].value, last - index)
            ):
                last += 1
            token = _numeral(tokens[index : last + 1])
            index = last
        if token.kind == "?" or (token.kind == "C" and token.key in _NOT_NUMBERS):
            token = replace(token, kind="x")
        previous = out[-1] if out else None
        if previous is not None and token.kind == "L" and previous.value == 10 and previous.kind == "d" and len(out) > 1:
            if previous.key == "on" and out[-2].kind in "dn":
                out.pop()
                token = replace(token, kind="e", start=previous.start)
        elif previous is not None and token.kind == "G" and previous.key == "iş":
            out.pop()
            token = replace(token, kind="j", start=previous.start)
        out.append(token)
        index += 1
    return out


def _continues_number(value: int, following: int, length: int) -> bool:
    if length > 8:
        return False
    if following == 1000:
        return value < 1000
    if following == 100:
        return value < 10 or value == 1000
    if value in {100, 1000}:
        return following < value or following in {2, 3, 4, 5, 6, 7, 8, 9}
    return value % 10 == 0 and following < 10 and value < 100


def _numeral(parts: list[Token]) -> Token:
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
    if kind == "C" and value < 1000 and value % 10:
        kind = "x"
    return replace(last, kind=kind, value=value, start=parts[0].start, key=" ".join(part.key for part in parts))
