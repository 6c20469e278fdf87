"""Organisations' names: capitalised words that end in, or open with, a word such as Bakanlığı, Komisyonu, Ministria."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ozetle.facts.names.candidates import PreparedText, enumerates

_LONGEST = 14
_ABBREVIATION = re.compile(r"[ \t\u00a0]?\((?P<short>[^\W\d_][^\s()]{1,11})\)")
_JOINS = frozenset("-‐‑‒–—")
_COMPLEMENT = frozenset({"of", "for", "für"})
_AND = frozenset({"and", "und"})
_OBJECT = ("yi", "yu", "yü")  # "Toplantıyı Türkiye İhracatçılar Meclisi düzenledi"
_IN_COMPLEMENT = _COMPLEMENT | _AND | {"the"}


@dataclass(frozen=True, slots=True)
class Organisation:
    """Word indices of an organisation's name, the raw offset where it ends without suffixes, its abbreviation."""

    first: int
    last: int
    end: int
    abbreviation: str | None


def find_organisations(reading: PreparedText) -> list[Organisation]:
    """The organisations named in a text, in order; they do not overlap."""
    found: list[Organisation] = []
    order, index = reading.lexicon.organisation_order, len(reading.words) - 1
    while index >= 0:
        organisation = None
        if reading.words[index].capital and not reading.skipped[index]:
            organisation = _known(reading, index)
            if organisation is None and order != "first":
                organisation = _ending_at(reading, index)
        if organisation is not None:
            found.append(organisation)
            index = organisation.first
        index -= 1
    found.reverse()
    if order == "last":
        return found
    return _without_overlaps(sorted(found + _opened(reading), key=lambda o: (o.first, -o.last)))


def _without_overlaps(organisations: list[Organisation]) -> list[Organisation]:
    kept: list[Organisation] = []
    for organisation in organisations:
        if not kept or organisation.first > kept[-1].last:
            kept.append(organisation)
    return kept


def _known(reading: PreparedText, index: int) -> Organisation | None:
    """An organisation of the table whose last word is this one."""
    words = reading.words
    for keys in reading.lexicon.known_organisations.get(words[index].key, ()):
        first = index - len(keys) + 1
        if first >= 0 and all(word.key == key for word, key in zip(words[first:index], keys, strict=False)):
            joined = all(reading.linked(i) and words[i].capital for i in range(first + 1, index + 1))
            if joined:
                return _organisation(reading, first, index, words[index].key)
    return None


def _ending_at(reading: PreparedText, index: int) -> Organisation | None:
    lexicon, words = reading.lexicon, reading.words
    head = lexicon.organisation_head(words[index].key)
    if head is None or (head in lexicon.needs_before and words[index - 1].key not in lexicon.needs_before[head]):
        return None
    first = index
    while index - first < _LONGEST and _extends_left(reading, first):
        first -= 1
    if head == "kurulu" and _is_office(reading, first, index):
        return None
    first = _without_people(reading, first, index, head)
    first = _without_openers(reading, first, index)
    if first >= index or (all(reading.country[i] for i in range(first, index)) and head in {"evi", "grubu", "şirketi"}):
        return None
    if lexicon.organisation_order == "both":
        index = _with_complement(reading, index)
    return _organisation(reading, first, index, head)


def _is_office(reading: PreparedText, first: int, index: int) -> bool:
    """Whether a board is only a part of a title: "Bakanlar Kurulu Başkanı", "Yönetim Kurulu Başkanı"."""
    lexicon, words, behind = reading.lexicon, reading.words, index + 1
    titled = behind < len(words) and reading.linked(behind) and lexicon.is_head(words[behind].key)
    return titled and all(words[i].key in lexicon.titles.fields or reading.country[i] for i in range(first, index))


def _with_complement(reading: PreparedText, head: int) -> int:
    """The last word of an English or German name with a complement: "Arta Chamber of Commerce and Industry"."""
    words, lexicon, last = reading.words, reading.lexicon, head
    for at in range(head + 1, min(head + _LONGEST, len(words))):
        word, before = words[at], words[at - 1]
        if not reading.linked(at):
            break
        if not word.capital:
            if word.key not in (_COMPLEMENT if at == head + 1 else _IN_COMPLEMENT) or before.key in _AND:
                break
            continue
        stranger = lexicon.is_given(word.key) or lexicon.is_title(word.key)
        if at == head + 1 or stranger or (before.key == "for" and reading.country[at]):
            break
        if before.key in _AND and _names_another(reading, at):
            break
        last = at
    return last


def _names_another(reading: PreparedText, at: int) -> bool:
    """Whether behind "and" another name begins: "the Bank of Ruritania and …", "… and Ruritanian Airlines"."""
    return reading.words[at].upper or reading.country[at] or reading.country[at - 2]


def _extends_left(reading: PreparedText, first: int) -> bool:
    """Whether the word before belongs to the same capitalised run."""
    if first == 0 or reading.skipped[first - 1]:
        return False
    if not reading.linked(first):
        return enumerates(reading, first)
    before = reading.words[first - 1]
    if before.capital:
        return reading.words[first].spaced or reading.words[first].gap.strip() in {*_JOINS, "."}
    if before.key not in reading.lexicon.organisation_links or first < 2 or not reading.linked(first - 1):
        return False
    # "ve" joins two words of one name, not two names
    earlier = reading.words[first - 2]
    return (
        earlier.capital
        and not earlier.upper
        and not reading.country[first - 2]
        and not reading.country[first]  # "Bolat ve Suriye Gümrük İdaresi"
        and reading.lexicon.organisation_head(earlier.key) is None
        and not reading.lexicon.is_title(earlier.key)
    )


def _without_people(reading: PreparedText, first: int, index: int, head: str) -> int:
    """Cut off a titled person who stands before the organisation: "Bakan Ömer Bolat Ticaret Bakanlığı'nda"."""
    lexicon, words = reading.lexicon, reading.words
    for at in range(index - 1, first - 1, -1):
        key = words[at].key
        named = lexicon.is_given(key) and key not in lexicon.ambiguous_given and head not in lexicon.named_after_people
        title = lexicon.is_title(key) and not lexicon.is_plural_title(key) and not lexicon.is_common(words[at + 1].key)
        if title or named:
            start = at + 1 + (named and not title)  # behind a given name comes the surname
            while start < index and not (
                reading.country[start] or words[start].key in lexicon.never_in_person or words[start].upper
            ):
                start += 1
            return start
    return first


def _without_openers(reading: PreparedText, first: int, index: int) -> int:
    words, lexicon = reading.words, reading.lexicon
    while first < index and (
        words[first].key in lexicon.organisation_links
        or (
            reading.opens[first]
            and words[first].key in lexicon.openers
            and words[first].key not in lexicon.titles.fields
        )
        or (
            reading.opens[first]
            and words[first].key.endswith(("da", "de", "nda", "nde", "ndan", "nden"))
            and not reading.country[first]
        )
        or (reading.opens[first] and words[first].key.endswith(_OBJECT) and reading.country[first + 1])
    ):
        first += 1
    return first


def _organisation(reading: PreparedText, first: int, last: int, head: str) -> Organisation:
    word = reading.words[last]
    end = word.stem_end
    if len(word.key) == word.stem_end - word.start and word.key.startswith(head):
        end = word.start + len(head)
    return Organisation(first, last, end, _abbreviation(reading, last))


def _abbreviation(reading: PreparedText, last: int) -> str | None:
    """The abbreviation in brackets behind a word."""
    match = _ABBREVIATION.match(reading.text, reading.words[last].end)
    return match["short"] if match and sum(char.isupper() for char in match["short"]) >= 2 else None


def _opened(reading: PreparedText) -> list[Organisation]:
    """Names that begin with their head: "Ministria e Punëve të Jashtme", "Council of Europe"."""
    lexicon, words = reading.lexicon, reading.words
    found: list[Organisation] = []
    index = 0
    while index < len(words):
        if words[index].key not in lexicon.organisation_heads or not words[index].capital or reading.skipped[index]:
            index += 1
            continue
        last, at = index, index + 1
        # "kryetarin e Kuvendit Gramoz Ruçi": behind a title's complement a person's name begins
        titled = index > 1 and lexicon.is_head(words[index - 2].key) and words[index - 1].key in lexicon.titles.fields
        while at < len(words) and at - index < _LONGEST and (reading.linked(at) or (words[at].gap in _JOINS)):
            if words[at].capital and words[at].key not in lexicon.organisation_heads:
                if at == index + 1 and not reading.country[at] and (titled or lexicon.is_given(words[at].key)):
                    break
                if at > index + 1 and _begins_person(reading, at):
                    break
                if words[at - 1].key in _AND and _names_another(reading, at):
                    break
                last = at
            elif not _links(reading, at):
                break
            at += 1
        if last > index:
            found.append(_organisation(reading, index, last, words[last].key))
        index = last + 1
    return found


def _links(reading: PreparedText, at: int) -> bool:
    """Whether a word in small letters stands inside a name that begins with its head."""
    lexicon, key = reading.lexicon, reading.words[at].key
    if key == "the" and reading.words[at - 1].key in _AND:
        return False
    return key in lexicon.organisation_links or (lexicon.organisation_order == "first" and key in lexicon.titles.fields)


def _begins_person(reading: PreparedText, index: int) -> bool:
    """Whether behind an organisation's name a person's begins: "МИД России Андрей Соколов"."""
    lexicon, words = reading.lexicon, reading.words
    if lexicon.organisation_order != "first" or not words[index - 1].capital or words[index].gap in _JOINS:
        return False
    goes_on = index + 1 < len(words) and reading.linked(index + 1) and words[index + 1].capital
    return goes_on and (
        lexicon.is_given(words[index].key) or (reading.country[index - 1] and not reading.country[index])
    )
