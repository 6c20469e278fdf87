"""Checks that a Turkish text which a model wrote about an article may be shown: its language, its form, its facts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from itertools import combinations

from ozetle.articles import detect_language
from ozetle.articles.boundaries import sentence_spans
from ozetle.facts import DateMention, read_countries, read_dates, read_figures, read_names
from ozetle.facts.folding import find, fold_text, is_turkish_ending
from ozetle.facts.name_forms.matching import names_agree
from ozetle.facts.numbers.lexicon import lexicon
from ozetle.facts.tables import key_of
from ozetle.reading import BEGINNING as _BEGINNING
from ozetle.reading import NUMBER, Reading, digits_plain
from ozetle.reasons import Refusal
from ozetle.reasons import RejectionCode as Code

_LETTERS = frozenset("abcçdefgğhıijklmnoöprsştuüvyzâîûqwx")
_OWN_LETTERS = frozenset("ğış")
_APOSTROPHE = re.compile("['’]")
_DERIVING = re.compile("[cç]|l(?![ae]r)")  # -ci, -li, -lik; not the plural
# what turns the direction of writing, or is not seen: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.UNICODE)
_COLON = re.compile(r"(?<=\w:)\s")
_TWO_LETTERS = re.compile(r"[^\W\d_]['’]?[^\W\d_]")  # of one word
_ENDS = (".", "!", "?", "…", '"', "”", "'", "’", ")")
_OWN_WORDS = 3  # fewer words of the article in a row are not its own sentence
_STEM = 4  # characters: Turkish suffixes leave at least this much of a word as it was
_CONFIDENT = 0.8
_SAME_WORDS = 0.6  # share of the words of both; of two sentences that say the same in other order it is near 1
# words that nearly every Turkish sentence of a few words has one of, and no neighbouring language writes alike
_COMMON = frozenset(
    word
    for words in (
        "ve ile için bir bu olarak olan göre arasında yılında ayında tarihinde üzere kadar sonra oldu etti edildi",
        "yapıldı gerçekleştirildi imzalandı imzaladı düzenlendi düzenlenecek yapılacak gidecek görüştü önerdi",
        "belirtti söyledi açıkladı vurguladı planlanıyor hedefleniyor arttı ulaştı toplantısı türkiye nın nin",
    )
    for word in words.split()
)
# stems of what figures are measures of, as economic news calls it; endings may follow
_MEASURES = tuple(
    stem
    for stems in (
        "ihracat ithalat ticaret hacim hacm artış azalış düşüş büyüme küçülme oran hedef yatırım üretim tüketim tutar",
        "değer miktar pay sayı gelir gider bütçe kapasite fiyat ciro satış alım istihdam işsizlik enflasyon faiz borç",
        "rezerv gümrük vergi tarife ürün hizmet proje bedel maliyet sermaye stok hibe hisse nüfus toplam yıllık aylık",
        "günlük haftalık ikili karşılıklı dış iç net brüt cari doğrudan yabancı açık açığ fazla denge fark",
        "turist ziyaretçi yolcu katılımcı şirket firma ülke uçuş sefer yük taşıma taşımacılık tarım sanayi enerji",
        "sektör ekonomi destek kredi finansman garanti katkı limit kota süre dönem tahmin öngörü beklenti kişi başı",
        "milli hasıla petrol doğal gaz elektrik hammadde mal eşya ortak iş birliği işbirliği anlaşma sözleşme",
    )
    for stem in stems.split()
)
_SHORT_PHRASE = 5  # words; detectors cannot tell the language of so few


class Judge:
    """Says whether Turkish texts about one article may be shown; each text is judged once, whoever asks."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._judged: dict[tuple[str, bool], Refusal | None] = {}

    def problem(self, text: str, *, complete: bool = True) -> Refusal | None:
        """Return why a text must not be shown, or None when it may.

        Args:
            text: the text.
            complete: whether the text must end like a sentence.
        """
        key = text, complete
        if key not in self._judged:
            self._judged[key] = _problem(text, self._reading, complete=complete)
        return self._judged[key]

    def field_problem(self, text: str, *, max_length: int, sentences: bool) -> Refusal | None:
        """Return why a model's text must not be shown in a digest's field, or None when it may.

        Args:
            text: the text; without a full stop at its end it need not be a whole sentence.
            max_length: of the field, in characters: a text that fills it was cut off there.
            sentences: whether the field holds sentences; else a phrase.
        """
        ended = text.strip().endswith((".", "!", "?"))
        found = self.problem(text, complete=sentences and ended)
        return _refusal(Code.CUT_OFF) if found is None and len(text) >= max_length and not ended else found


def _refusal(code: Code, **data: str) -> Refusal:
    return Refusal(code, data)


def _problem(text: str, reading: Reading, *, complete: bool) -> Refusal | None:
    stripped = text.strip()
    if not stripped:
        return _refusal(Code.EMPTY)
    parts = _sentences(stripped)
    if not all(map(_TWO_LETTERS.search, parts)):
        return _refusal(Code.NO_WORDS)
    own = reading.language.code == "tr" and len(set(parts)) == len(parts)
    if own and all(len(part.split()) >= _OWN_WORDS and _is_own(part.rstrip("."), reading) for part in parts):
        return None
    if _INVISIBLE.search(stripped):
        return _refusal(Code.INVISIBLE)
    words = [word.lower() for word in _WORD.findall(fold_text(stripped))]
    if complete and not stripped.endswith(_ENDS):
        return _refusal(Code.CUT_OFF)
    return (
        _markup(stripped)
        or (_unfinished(stripped) if complete else None)
        or _script(_WORD.findall(stripped), reading)
        or _repetition(stripped, words)
        or _language(stripped, words, reading)
        or _dates(stripped, reading)
        or _figures(stripped, reading)
        or _countries(stripped, reading)
        or _names(stripped, reading)
    )


def _is_own(words: str, reading: Reading) -> bool:
    """Whether the article has these words, and no figure or date of it is cut in two at their ends."""
    whole = [(mention.start, mention.end) for mention in reading.figures]
    whole += [(mention.start, mention.end) for mention in reading.dates]
    return any(
        not any(first < edge < last for first, last in whole for edge in span) for span in find(reading.folded, words)
    )


def _markup(text: str) -> Refusal | None:
    return _refusal(Code.MARKUP) if re.search(r"[{}<>\[\]|\\]|\b[FDS]\d+\b|```", text) else None


def _unfinished(text: str) -> Refusal | None:
    """A Turkish sentence ends with its verb; one that ends with a name was broken off."""
    for sentence in _sentences(text):
        words = _WORD.findall(sentence)
        if sentence.endswith(":") or not words:  # a label before a sentence
            continue
        if len(words) == 1 or (words[-1][0].isupper() and "'" not in words[-1]):
            return _refusal(Code.NO_SENTENCE)
    return None


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, and what a colon parts from one; each check asks for them."""
    return tuple(
        part.strip()
        for start, end in sentence_spans(text, 0, len(text))
        for part in _COLON.split(text[start:end])
        if part.strip()
    )


def _script(words: list[str], reading: Reading) -> Refusal | None:
    """Foreign letters stand in names only, and in those of the article."""
    for word in words:
        foreign = any(char.isalpha() and char not in _LETTERS for char in fold_text(word))
        if foreign and (word.islower() or fold_text(word).partition("'")[0] not in reading.folded.text):
            return _refusal(Code.WORD_NOT_TURKISH, words=word)
    return None


def _countries(text: str, reading: Reading) -> Refusal | None:
    """Countries are the article's, and called by their Turkish names."""
    known = {mention.code for mention in reading.countries}
    read = read_countries(text, "tr")
    for mention in read:
        if mention.kind == "country" and mention.code not in known:
            return _refusal(Code.OTHER_COUNTRY, words=mention.text)
    if reading.language.code != "tr":
        spans = [(mention.start, mention.end) for mention in read]
        for mention in read_countries(text, reading.language.code):
            if not any(start < mention.end and mention.start < end for start, end in spans):
                return _refusal(Code.WORD_NOT_TURKISH, words=mention.text)
    return None


def _repetition(text: str, words: list[str]) -> Refusal | None:
    sentences = [frozenset(_WORD.findall(fold_text(part))) for part in _sentences(text)]
    for first, second in combinations(sentences, 2):
        if len(first & second) > _SAME_WORDS * len(first | second):
            return _refusal(Code.SAID_TWICE)
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    if triples and triples.most_common(1)[0][1] >= 3:
        return _refusal(Code.REPETITIVE)
    return None


def _language(text: str, words: list[str], reading: Reading) -> Refusal | None:
    if reading.language.code == "tr":
        known = sum(_in_article(word, reading) for word in words)
        if known * 2 >= len(words):
            return None
    if len(_COMMON.intersection(words)) * 12 >= len(words):
        return None
    found = detect_language(text)
    if found.code == "tr":
        return None
    unsure = found.code == "und" or found.confidence < _CONFIDENT
    if unsure and (any(_OWN_LETTERS.intersection(word) for word in words) or _is_measure(text, words)):
        return None
    return _refusal(Code.NOT_TURKISH, language=found.code)


def _is_measure(text: str, words: list[str]) -> bool:
    """Whether a text is a phrase, and no sentence, of words most of which Turkish economic news has for its figures."""
    known = sum(any(_is_case_of(word, stem) for stem in _MEASURES) for word in words[: _SHORT_PHRASE + 1])
    return len(words) <= _SHORT_PHRASE and not text.endswith(_ENDS) and known * 2 > len(words)


def _is_case_of(word: str, stem: str) -> bool:
    return word.startswith(stem) and is_turkish_ending(stem, word[len(stem) :])


def _figures(text: str, reading: Reading) -> Refusal | None:
    known = {(figure.value, figure.currency) for figure in reading.figures}
    known |= {(figure.upper, figure.currency) for figure in reading.figures if figure.upper is not None}
    figures = read_figures(text, "tr")
    for figure in figures:
        for value in (figure.value, figure.upper):
            if value is not None and (value, figure.currency) not in known:
                return _refusal(Code.OTHER_FIGURE, words=figure.text)
        # a slip of a scale word is forgiven to an article, not to a model
        if any(map(lexicon("tr").misspelt_scale, key_of(figure.text).split())):
            return _refusal(Code.OTHER_FIGURE, words=figure.text)
    figure_spans = [(figure.start, figure.end) for figure in figures]
    years = {str(day.year) for mention in reading.dates for day in (mention.first, mention.last) if day}
    days = {str(day.day) for mention in reading.dates for day in (mention.first, mention.last) if day}
    if reading.article.published:
        years.add(str(reading.article.published.year))
        days.add(str(reading.article.published.day))
    for found in NUMBER.finditer(digits_plain(text)):
        if any(start <= found.start() < end for start, end in figure_spans):
            continue
        if found[0] not in reading.numbers | years | days:
            return _refusal(Code.OTHER_NUMBER, words=found[0])
    return None


def _dates(text: str, reading: Reading) -> Refusal | None:
    """Dates are the article's: each falls together with one that was read from it, or with the publication."""
    published = reading.article.published
    known = [(mention.first or mention.last, mention.last or mention.first) for mention in reading.dates]
    known.append((published, published))
    for mention in _dates_in(text, published):
        first, last = mention.first or mention.last, mention.last or mention.first
        if first is None or last is None:
            continue
        if not any(start and end and start <= last and first <= end for start, end in known):
            return _refusal(Code.OTHER_DATE, words=mention.text)
    return None


@lru_cache(maxsize=8)
def _dates_in(text: str, published: date | None) -> tuple[DateMention, ...]:
    """The dates of a Turkish text; of one sentence they are asked for twice."""
    return tuple(read_dates(text, published, "tr"))


def _names(text: str, reading: Reading) -> Refusal | None:
    """Names are the article's: as they stand there, those of a foreign one in their Turkish form too."""
    return _own_names(text, reading) if reading.language.code == "tr" else _foreign_names(text, reading)


def _own_names(text: str, reading: Reading) -> Refusal | None:
    for sentence in _sentences(text):
        dates = [(mention.start, mention.end) for mention in _dates_in(sentence, reading.article.published)]
        words = list(_WORD.finditer(sentence))
        for position, found in enumerate(words):
            word = found[0]
            # where a sentence begins a capital may mean nothing; before an apostrophe, or another capital, it is a name
            begins = position == 0 and not (_APOSTROPHE.search(word) or (len(words) > 1 and words[1][0][0].isupper()))
            dated = any(start <= found.start() < end for start, end in dates)
            if word[0].isupper() and not begins and not dated and not _is_articles_word(fold_text(word), reading):
                return _refusal(Code.OTHER_NAME, words=word)
    return None


def _foreign_names(text: str, reading: Reading) -> Refusal | None:
    """Institutions and places have Turkish names of their own; people keep theirs, in Turkish letters."""
    language = reading.language.code
    for mention in read_names(text, "tr"):
        for word in mention.text.split() if mention.kind != "organisation" else ():
            if not any(names_agree(source, language, word) for source in reading.name_words):
                return _refusal(Code.OTHER_NAME, words=mention.text)
    return None


def _in_article(word: str, reading: Reading) -> bool:
    stem = word.partition("'")[0]
    return stem[: max(_STEM, len(stem) - 5)] in reading.folded.text


def _is_articles_word(word: str, reading: Reading) -> bool:
    """Whether the article has the word, in whatever case."""
    word = word.partition("'")[0]
    others = reading.words_by_beginning.get(word[:_BEGINNING], frozenset())
    return word in others or any(
        # Rustam is no case of Rusta
        (word.startswith(other) or other not in reading.people_words) and _are_cases_of_one(word, other)
        for other in others
    )


def _are_cases_of_one(first: str, second: str) -> bool:
    """Whether two words are one but for Turkish endings; where both have one, none that makes another word."""
    same = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(first), len(second)) if same is None else same
    for length in range(same, _BEGINNING - 1, -1):
        endings = [ending for ending in (first[length:], second[length:]) if ending]
        plain = len(endings) < 2 or not any(map(_DERIVING.match, endings))
        if plain and all(is_turkish_ending(first[:length], ending) for ending in endings):
            return True
    return False
