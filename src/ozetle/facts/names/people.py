"""People's names: runs of capitalised words for which the text gives evidence that they name a person.

Evidence is a title beside the name, a given name or a surname's ending known from the tables, an initial, or that the
sentence has somebody say something. What stands in organisations, countries or headings gives no new names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ozetle.facts.names.candidates import PreparedText
from ozetle.facts.names.titles import find_title
from ozetle.facts.tables import word_set

_LONGEST_NAME = 6  # small words such as "bin" not counted
_HYPHENS = frozenset("-‐‑‒–")
_CASES = ("da", "de", "ta", "te", "dan", "den", "tan", "ten", "a", "e", "ya", "ye", "na", "ne", "daki", "deki")
_ADDRESSED = word_set("bey hanım efendi hoca paşa bəy xanım")
_SAID = word_set(
    "dedi konuştu söyledi getirdi ifadelerini ekledi anlattı konuşan dediler sözlerini söylədi dedi bildirdi vurğuladı "
    "tha deklaroi theksoi said told added сказал заявил отметил sagte erklärte betonte"
)
_SAYING = word_set(
    "belirten söyleyen vurgulayan kaydeden eden getiren aktaran anlatan ekleyen çeken değinen hatırlatan anımsatan "
    "bildiren konuşan konuşma yapan dile savunan öne süren sürdüren bulunan açıklayan işaret"
)
_SAID_BEFORE = word_set("said added sagte erklärte tha shtoi сказал сказала заявил заявила отметил отметила")
_SURNAME_CASES = ("", "а", "у", "ым", "ом", "ой", "е")  # of a Russian surname, a man's and a woman's
_AND = word_set("ve ile and dhe və und и")
_OFFICE_WITHIN = 4  # words between the comma and the office
# endings that Turkish nouns have more often than surnames (dotless)
_NOUN_ENDINGS = ("ği", "ğu", "ğü", "lik", "luk", "lük", "si", "su", "sü", "imi", "lar", "ler")


@dataclass(frozen=True, slots=True)
class Person:
    """Word indices of a name and of the title beside it; -1 when there is none.

    `known` is False for a run of capitalised words that may name anything: there is no evidence for a person.
    """

    first: int
    last: int
    title_first: int = -1
    title_last: int = -1
    known: bool = True

    @property
    def titled(self) -> bool:
        """Whether a title stands beside the name."""
        return self.title_first >= 0


def find_people(reading: PreparedText, taken: list[bool]) -> list[Person]:
    """The people named in a text, in order, and runs of words that may be; `taken` marks words of organisations."""
    said = {reading.sentence[i] for i, word in enumerate(reading.words) if word.key in _SAID}
    found: list[Person] = []
    index, size, floor = 0, len(reading.words), 0
    while index < size:
        if not reading.words[index].capital or not _can_name(reading, index, taken):
            index += 1
            continue
        last = index
        while last + 1 < size and reading.linked(last + 1):
            step = 1
            while step < 4 and last + step < size and reading.is_particle(last + step) and reading.linked(last + step):
                step += 1
            if step > 1 and last > index and reading.lexicon.language == "de":
                break  # "Bernd Kasper von der Commerzbank", but "Ursula von der Leyen"
            if last + step >= size or not reading.linked(last + step) or not _can_name(reading, last + step, taken):
                break
            last += step
        if last > index and last + 1 < size and _is_second_syllable(reading, last + 1):
            last += 1
        person = _person(reading, index, last, said, floor)
        if person is not None and not _is_editor(reading, person.last):
            found.append(person)
            floor = person.last + 1 if person.known else floor
        index = last + 1
    return _with_companions(reading, found)


def _with_companions(reading: PreparedText, found: list[Person]) -> list[Person]:
    """Takes whoever stands in a list of people for one of them: "X, Y ve Z eşlik etti"."""
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        step = order.step
        for place in order:
            person, other = found[place], found[place - step]
            first, second = sorted((person, other), key=lambda one: one.first)
            short = 1 <= person.last - person.first <= 2 and not reading.heading[person.first]
            if other.known and not person.known and short and _are_listed(reading, first.last, second.first):
                found[place] = replace(person, known=True)
    return found


def _are_listed(reading: PreparedText, last: int, first: int) -> bool:
    """Whether only a comma or "and" stands between two names."""
    words = reading.words
    if reading.sentence[last] != reading.sentence[first] or words[last].suffix:
        return False
    if first == last + 1:
        return words[first].gap.strip() == ","
    between = words[last + 1]
    return first == last + 2 and between.key in _AND and between.gap.strip() in ("", ",") and words[first].spaced


def _is_editor(reading: PreparedText, last: int) -> bool:
    """Whether somebody only made the page: "Ad Soyad tarafından yayına alınmıştır"."""
    following = reading.words[last + 1 : last + 3]
    return (
        len(following) == 2
        and following[0].key == "tarafindan"
        and following[1].key.startswith(("yayin", "yayim", "hazirlan"))
    )


def _is_second_syllable(reading: PreparedText, index: int) -> bool:
    """Whether a word in small letters belongs to the one before: "Kim Jung-kwan"."""
    word = reading.words[index]
    known = reading.lexicon.adjacent or any(
        before.key in reading.lexicon.surname_first for before in reading.words[max(0, index - 2) : index]
    )
    return known and not word.capital and word.gap in _HYPHENS and 1 < len(word.key) < 7


def _can_name(reading: PreparedText, index: int, taken: list[bool]) -> bool:
    word, lexicon = reading.words[index], reading.lexicon
    if not word.capital or taken[index] or reading.skipped[index] or "." in word.key:
        return False
    if reading.country[index] and not (index > 0 and reading.is_particle(index - 1)):
        return False
    if not lexicon.is_common(word.key) and not lexicon.is_title(word.key):
        return True
    return _is_name_all_the_same(reading, index)


def _is_name_all_the_same(reading: PreparedText, index: int) -> bool:
    """Whether a common noun, a month or a title is a name here: "Nevin İl", "Başkan Kasım Can", "Ali Emir"."""
    word, lexicon = reading.words[index], reading.lexicon
    if index == 0 or not reading.linked(index):
        return False
    if word.key in lexicon.surname_first and lexicon.is_title(reading.words[index - 1].key):
        return index + 1 < len(reading.words) and reading.linked(index + 1) and reading.words[index + 1].capital
    if lexicon.names_a_place(word.key):
        return False
    before = reading.words[index - 1]
    goes_on = index + 1 < len(reading.words) and reading.linked(index + 1) and reading.words[index + 1].capital
    if lexicon.is_given(word.key):
        return (lexicon.is_title(before.key) or lexicon.is_given(before.key)) and goes_on
    named = lexicon.is_given(before.key) and before.key not in lexicon.ambiguous_given
    if word.upper and not before.upper:
        return named or (index > 1 and lexicon.is_given(reading.words[index - 2].key))
    return named and word.key in lexicon.nouns and not goes_on


def _person(reading: PreparedText, first: int, last: int, said: set[int], floor: int) -> Person | None:
    lexicon, words = reading.lexicon, reading.words
    title = find_title(reading, first, floor)
    if title is None:
        run, first = first, _without_openers(reading, first, last)
        if first > run and not lexicon.adjacent:
            title = find_title(reading, first, floor)  # "посол Турции в Душанбе Умут Акар"
    if title is None:
        if _opens_before_surname(reading, first, last):
            return None
    elif not lexicon.adjacent:
        begins, first = first, _without_complement(reading, first, last)
        title = (title[0], first - 1) if first > begins else title
    last = _without_places(reading, first, last, titled=title is not None)
    count = sum(not reading.is_particle(i) for i in range(first, last + 1))
    if count < 1 or count > _LONGEST_NAME or _is_shouted(reading, first, last, title is not None):
        return None
    if (title is None or count == 1) and _is_named_after(reading, last):
        return None
    if title is not None:
        if count == 1 and not _single_name(reading, first, title):
            return None
        if reading.heading[first] and count > 2 and not lexicon.is_given(words[first].key):
            return None
        return Person(first, last, *title)
    if count == 1 and not reading.heading[first] and _speaks_alone(reading, first, said):
        return Person(first, last)
    if count < 2 or reading.heading[first]:
        return None
    return Person(first, last, known=_is_known(reading, first, last, said))


def _without_openers(reading: PreparedText, first: int, last: int) -> int:
    """Leave out what stands before the given name: the sentence's first word, a town."""
    lexicon, words = reading.lexicon, reading.words
    while first < last and reading.opens[first] and lexicon.is_opener(words[first].key):
        first += 1
    if last - first > 1 and reading.opens[first] and lexicon.looks_inflected(words[first].key):
        first += 1
    for index in range(first + 1, last):
        known = lexicon.is_given(words[index].key) and words[index].key not in lexicon.ambiguous_given
        before = words[index - 1].key
        alone = lexicon.is_city(before) or reading.opens[first]
        # "председателя правления Сбербанка Ирина Лаптева"
        complement = not lexicon.adjacent and not lexicon.looks_like_surname(before)
        if known and not lexicon.is_given(before) and (alone or complement):
            return index
    return first


def _opens_before_surname(reading: PreparedText, first: int, last: int) -> bool:
    """Whether a Russian sentence begins with a noun and a surname known from elsewhere: "Слова Орловой"."""
    lexicon, words = reading.lexicon, reading.words
    if lexicon.language != "ru" or last != first + 1 or not reading.opens[first] or lexicon.is_given(words[first].key):
        return False
    surname = words[last].key
    nominatives = lexicon.stems(surname)[1:]
    if not nominatives:
        return False
    root = nominatives[-1].removesuffix("а")
    return any(root + case in reading.capital_keys and root + case != surname for case in _SURNAME_CASES)


def _without_complement(reading: PreparedText, first: int, last: int) -> int:
    """Leave out what a title is of: "депутат Милли Меджлиса Севда Гаджиева"."""
    lexicon, words = reading.lexicon, reading.words
    if last - first > 1 and words[first].upper and not words[first + 1].upper:
        return first + 1  # "главу компании BP Гэри Холдена"
    for index in range(first + 1, last):
        if lexicon.is_given(words[index].key) and not any(lexicon.is_given(words[i].key) for i in range(first, index)):
            return index
    return first


def _is_named_after(reading: PreparedText, last: int) -> bool:
    """Whether the words behind a name make it a place's or a body's: "Hasan Turan Kongre Salonu"."""
    for index in range(last + 1, min(last + 4, len(reading.words))):
        if not (reading.linked(index) and reading.words[index].capital):
            return False
        if reading.lexicon.names_a_place(reading.words[index].key):
            return True
    return False


def _is_known(reading: PreparedText, first: int, last: int, said: set[int]) -> bool:
    """Whether an untitled run of words names a person."""
    lexicon, words = reading.lexicon, reading.words
    keys = [*(words[i].key for i in range(first, last)), reading.name_key(last)]
    if lexicon.is_city(keys[0]) and not lexicon.is_given(keys[0]):
        return False
    given = any(lexicon.is_given(key) and key not in lexicon.ambiguous_given for key in keys[:-1])
    noun = any(lexicon.looks_abstract(key) or (not given and key.endswith(_NOUN_ENDINGS)) for key in keys[1:])
    if noun and not any(map(lexicon.looks_like_surname, keys)):
        return False
    if given:
        return True
    if lexicon.looks_like_surname(keys[-1]):
        return True
    if lexicon.is_given(keys[0]) and len(keys) == 2 and keys[1] not in lexicon.openers:
        return True
    if any(len(key) == 1 for key in keys[1:-1]):
        return True
    following = words[last + 1] if last + 1 < len(words) else None
    if following is not None and following.key in _ADDRESSED:
        return True
    if not lexicon.adjacent and len(keys) <= 3 and _is_explained(reading, first, last):
        return True
    if len(keys) > 3 or reading.sentence[first] not in said or any(words[i].upper for i in range(first, last + 1)):
        return False
    speaks = following is not None and (
        following.gap.strip() == "," or following.key in {"da", "de", "ise", "said", "tha", "told"}
    )
    before = words[first - 1] if first else None
    return (reading.opens[first] and speaks and words[last].suffix == "") or (
        before is not None and before.key in _SAYING and reading.linked(first)
    )


def _speaks_alone(reading: PreparedText, index: int, said: set[int]) -> bool:
    """Whether a bare surname is said to have said something: "Açılışta konuşan Sezgin, hedefleri anlattı."."""
    lexicon, words = reading.lexicon, reading.words
    word, following = words[index], words[index + 1] if index + 1 < len(words) else None
    if following is None or following.gap.strip() != "," or reading.sentence[index] not in said:
        return False
    if word.suffix or word.upper or len(word.key) < 3 or lexicon.is_city(word.key) or not lexicon.adjacent:
        return False
    if reading.opens[index]:
        return lexicon.is_given(word.key) or lexicon.looks_like_surname(word.key)
    before = words[index - 1]
    return before.key in _SAYING and reading.linked(index) and word.key not in lexicon.openers


def _is_explained(reading: PreparedText, first: int, last: int) -> bool:
    """Whether an office stands behind the name, or "said" before it: 'said Selva Arikan, an economist at …'."""
    words = reading.words
    if first and words[first - 1].key in _SAID_BEFORE and reading.linked(first) and not words[first - 1].capital:
        return True
    for index in range(last + 1, min(last + 2 + _OFFICE_WITHIN, len(words))):
        word = words[index]
        if word.gap.strip() != ("," if index == last + 1 else "") or reading.sentence[index] != reading.sentence[last]:
            return False
        if not word.capital and reading.lexicon.is_head(word.key):
            return True
    return False


def _single_name(reading: PreparedText, index: int, title: tuple[int, int]) -> bool:
    """Whether one word behind a title is a surname: "Bakan Bolat"."""
    lexicon, word = reading.lexicon, reading.words[index]
    if lexicon.is_city(word.key) and not lexicon.is_given(word.key):
        return False
    if word.upper and not all(reading.words[i].upper for i in range(title[0], title[1] + 1)):
        return False
    if lexicon.is_adjective(word.key) and index + 1 < len(reading.words) and reading.linked(index + 1):
        return False
    if lexicon.looks_like_surname(reading.name_key(index)):
        return True
    return (
        len(word.key) > 2
        and not word.key.endswith(_NOUN_ENDINGS)
        and not lexicon.looks_abstract(word.key)
        and not reading.heading[index]
        and word.key not in lexicon.openers
        and lexicon.is_title(reading.words[title[1]].key)
    )


def _without_places(reading: PreparedText, first: int, last: int, *, titled: bool) -> int:
    """Leave out a town that follows the name: "Ömer Bolat Washington'da"."""
    lexicon, words = reading.lexicon, reading.words
    for index in range(first + 1, last + 1):
        if lexicon.is_city(words[index].key) and not lexicon.is_given(words[index].key):
            if lexicon.glues and index == last == first + 1 and lexicon.is_given(words[first].key):
                continue  # a surname that is a town too: "Mahmut Sarpın"
            inflected = words[index].suffix in _CASES or words[index].key not in lexicon.cities
            if inflected or index - first >= 2 or (titled and index < last):
                return index - 1
    return last


def _is_shouted(reading: PreparedText, first: int, last: int, titled: bool) -> bool:
    """Names all in capitals are by-lines or acronyms, unless a title stands before them."""
    upper = [reading.words[i].upper for i in range(first, last + 1)]
    if all(upper):
        return not titled
    return not titled and upper[0]
