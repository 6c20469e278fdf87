"""What names, documents and sentences are compared by: spellings of people, beginnings of words, numbers of sessions.

People of foreign articles are compared by their Turkish names; what is left of the differences between
transliterations (Koşerbayev, Kosherbaev; Saygın, Saygin) is taken out by writing every sound with one letter. Where
two languages spell a name by ear (Hale, Heyl) its consonants decide.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from ozetle.facts.tables import key_of, word_set

_WORD = re.compile(r"[^\W\d_]{2,}|\d+")
_SUFFIX = re.compile(r"(?<=\w)'\w*")
_LETTERS = re.compile(r"[^\W\d_]+")
# one letter for each sound, whatever the alphabet or the habit of transliteration
_SOUNDS = (
    ("sch", "s"), ("dzh", "c"), ("sh", "s"), ("ch", "c"), ("zh", "c"), ("dj", "c"), ("xh", "c"), ("kh", "h"),
    ("gh", "g"), ("ts", "c"), ("x", "ks"), ("j", "c"), ("w", "v"), ("q", "k"), ("ph", "f"), ("y", "i"), ("ie", "e"),
)  # fmt: skip
_GLIDE = re.compile("(?<=[aeiou])j(?![aeiou])")  # Albanian and German "Ajdogan" is Aydoğan; "Jomart" is Cömert
_REPEATED = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"(?<=.)(?:[eiou]|a(?!$))")  # the last "a" parts Orlova from Orlov
BEGINNING = 5
"""Letters of a word that are compared: what follows is as a rule a Turkish ending."""
_COGNATE = 4

_LITTLE_SAYING = word_set(
    "bir ile için ise daha çok olan olarak olduğu olduğunu oldu olacak etti edildi edecek edilecek yapıldı yapılacak "
    "yaptı yapacak gerçekleşti gerçekleştirdi gerçekleştirildi düzenlendi düzenlenecek başladı başlayacak başlatıldı "
    "verdi verildi aldı alındı karar kararı söyledi belirtti vurguladı açıkladı ifade kaydetti bildirdi dile getirdi "
    "anlattı diyen dedi konuştu aktardı değindi yeni iki arasında arasındaki kapsamında göre sonra önce bakan bakanı "
    "bakanlığı başbakan cumhurbaşkanı ülke ülkeler taraf taraflar bugün dün yarın yılında yılı ayında ilk bu şu ve de "
    "da ikili görüşme ziyaret ortak mekanizma toplantısı imzalanan belge alınan ekonomik veri resmî hedef tanıtım "
    "etkinliği açıklama öneri destek programı proje ticaret önlemi başka olay artık gerektiğini yürürlüğe girdi "
    "imza attı atıldı geldi gidecek getirdi koydu konusu alanında uygulaması"
)
_GENERIC_PAPER = word_set(
    "protokol protokolü protokolünü anlaşma anlaşması mutabakat zaptı zabıt muhtıra muhtırası bildiri bildirisi "
    "bildiriye plan planı belge belgesi belgeler ortak karşılıklı dönem dönemi iş işbirliği birliği niyet arasında "
    "memorandum memorandumi memorandumin mirëkuptimit protokolli protokollin marrëveshje marrëveshja marrëveshjen "
    "plani planin deklaratë deklarata bashkëpunimit përbashkët agreement protocol understanding mou memorandum "
    "declaration joint cooperation plan of on the and for between letter intent saziş sazişi memorandumu bəyannamə "
    "əməkdaşlıq haqqında dair протокол протокола соглашение соглашения меморандум меморандума декларация декларацию "
    "совместная совместную план сотрудничестве сотрудничества взаимопонимании между"
)

_SESSIONS = (
    "dönem toplantı oturum zirve forum konsey komisyon komite kurul kongre "  # Turkish
    "iclas mbledhj takim sesion samit këshill komision "  # Azerbaijani, Albanian
    "session meeting round summit council commission committee sitzung tagung treffen gipfel "
    "заседани встреч саммит форум сесси"
)
_SESSION = "|".join(sorted({key_of(word) for word in _SESSIONS.split()}, key=len, reverse=True))
_SESSION_STEM = re.compile(_SESSION)
_ORDINALS = {
    key_of(form): number
    for forms, number in (
        ("ilk birinci first parë erste первое первый первая", 1),
        ("ikinci second dytë zweite второе второй вторая", 2),
        ("üçüncü third tretë dritte третье третий третья", 3),
        ("dördüncü fourth katërt vierte четвертое четвертый", 4),
        ("beşinci fifth pestë fünfte пятое пятый", 5),
        ("altıncı sixth gjashtë sechste шестое шестой", 6),
        ("yedinci yeddinci seventh shtatë siebte седьмое седьмой", 7),
        ("sekizinci səkkizinci eighth tetë achte восьмое восьмой", 8),
        ("dokuzuncu doqquzuncu ninth nëntë neunte девятое девятый", 9),
        ("onuncu tenth dhjetë zehnte десятое десятый", 10),
    )
    for form in forms.split()
}
_NUMBER = (
    r"(?:(?P<{0}>\d{{1,3}})(?:\.|-?(?:[iuü]?nc[iuü]|c[iuü]|th|st|nd|rd|e|ое|е|й|я|të|ta))|(?P<{1}>"
    + "|".join(sorted(_ORDINALS, key=len, reverse=True))
    + r")(?!\w))"
)
_SESSION_NUMBER = re.compile(
    rf"(?<!\w){_NUMBER.format('digits', 'word')}(?:[ -]+[\w'-]+){{0,3}}?[ -]+(?:{_SESSION})"
    rf"|(?<!\w)(?:{_SESSION})\w* (?:e|i|të|se) {_NUMBER.format('digits2', 'word2')}"
)


class Person(NamedTuple):
    """A person's name as it is compared: the sounds of the given names and of the surname."""

    given: tuple[str, ...]
    surname: str
    key: str
    """The same for every spelling of the surname."""


@lru_cache(maxsize=65536)
def person_of(name: str) -> Person:
    """Return how a person's Turkish name is compared."""
    words = [_sounds(word) for word in _LETTERS.findall(key_of(name))] or [""]
    return Person(given=tuple(word for word in words[:-1] if word), surname=words[-1], key=_consonants(words[-1]))


def same_person(first: Person, second: Person) -> bool:
    """Whether two names may be one person's; a surname stands for the full name, an initial for a given name."""
    return first.key == second.key and (first == second or _same_given(first, second))


@lru_cache(maxsize=65536)
def _same_given(first: Person, second: Person) -> bool:
    spelled_alike = first.surname == second.surname
    if not first.given or not second.given:
        return spelled_alike
    same_given = any(
        one == other or (one[:1] == other[:1] and 1 in (len(one), len(other)))
        for one in first.given
        for other in second.given
    )
    if same_given:
        return True
    # by ear: the vowels differ, so all the rest must agree
    by_ear = [_consonants(name) for name in first.given] == [_consonants(name) for name in second.given]
    return by_ear and not spelled_alike


def _sounds(word: str) -> str:
    plain = _GLIDE.sub("y", _plain(word))
    for spelling, sound in _SOUNDS:
        plain = plain.replace(spelling, sound)
    plain = _REPEATED.sub(r"\1", plain)
    return plain[1:] if plain.startswith("ie") else plain


@lru_cache(maxsize=65536)
def _consonants(sounds: str) -> str:
    return _VOWELS.sub("", sounds)


@lru_cache(maxsize=65536)
def beginnings(name: str) -> frozenset[str]:
    """The beginnings of a name's words that say something; remembered, as names come again and again."""
    return sentence_beginnings(name)


def sentence_beginnings(text: str) -> frozenset[str]:
    """The beginnings of a Turkish sentence's words that say something."""
    return frozenset(filter(None, map(_beginning, _WORD.findall(_SUFFIX.sub("", key_of(text))))))


@lru_cache(maxsize=65536)
def _beginning(word: str) -> str:
    """The beginning of a word; nothing of one that says little."""
    beginning = _plain(word)[:BEGINNING]
    return "" if len(word) < 3 or beginning in _little_saying() else beginning


@lru_cache(maxsize=65536)
def title_words(name: str) -> frozenset[str]:
    """The beginnings of the words of a document's name that tell it from others of its kind."""
    words = _WORD.findall(_SUFFIX.sub("", key_of(name)))
    # a short number is a session's, a long one the year that a plan is for
    telling = (word for word in words if word not in _GENERIC_PAPER and (len(word) == 4 or not word.isdigit()))
    return frozenset(_plain(word)[:_COGNATE] for word in telling)


@cache
def _little_saying() -> frozenset[str]:
    return frozenset(_plain(word)[:BEGINNING] for word in _LITTLE_SAYING)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def place_key(name: str) -> str:
    """The sounds of a place's Turkish name."""
    return " ".join(_sounds(word) for word in _LETTERS.findall(_SUFFIX.sub("", key_of(name))))


def same_place(first: str, second: str) -> bool:
    """Whether two place keys name one place: one is in a case ("Priştine", "Pristina"), or a part of the other."""
    if first == second or first in second.split() or second in first.split():
        return True
    shared = next((i for i, (one, other) in enumerate(zip(first, second, strict=False)) if one != other), None)
    length = min(len(first), len(second)) if shared is None else shared
    return length >= max(4, min(len(first), len(second)) - 2)


def session_numbers(text: str) -> frozenset[int]:
    """The numbers of meetings that a text gives: 12 of "12. Dönem Toplantısı", 8 of "takimi i tetë"."""
    key = key_of(text)
    if not _SESSION_STEM.search(key):
        return frozenset()
    found = set()
    for match in _SESSION_NUMBER.finditer(key):
        digits, word = match["digits"] or match["digits2"], match["word"] or match["word2"]
        found.add(int(digits) if digits else _ORDINALS[word])
    return frozenset(found)
