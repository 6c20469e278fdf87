"""Tells from a Turkish sentence's verbs whether what it reports happened, is to come, is wished for, or did not happen.

Turkish puts the verb of the main clause last, and marks tense by its suffix: -DI and -mIştIr for what happened,
-(y)AcAk for the future, with -mA- before it what is negated (Göksel and Kerslake, Turkish: A Comprehensive Grammar,
2005, chapters 8, 20 and 21). A reporting verb ("belirtti", "söyledi") puts the reported event into a nominal clause:
-DIğInI for past and present, -(y)AcAğInI for the future. What is put off, called off, hoped for or weighed is an
infinitive or a noun before a verb that says so: "imzalanması ertelendi", "vergi getirmeyi değerlendiriyor".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from ozetle.facts.folding import fold_text

_WORD = re.compile(r"[^\W\d_]+")
_FUTURE_FINITE = re.compile(r"(?:acak|ecek)(?:tır|tir|lar|ler|larını|lerini)?(?!\w)")
_FUTURE_REPORTED = re.compile("acağı|eceği|acakları|ecekleri")
_PAST_REPORTED = re.compile("[dt](?:ığı|iği|uğu|üğü|ıkları|ikleri|ukları|ükleri)")
_PAST = re.compile(r"\w+(?:[dt][ıiuü](?:lar|ler|k)?|m[ıiuü]ş(?:t[ıiuü]r)?)$")
_PLAN = ("planlan", "planlıyor", "planlamakta", "beklen", "öngör", "hazırlan", "gündeme gel", "programlan")
_AIM = ("hedefle", "hedefliyor", "amaçla", "amaçlıyor", "hedefi bulun", "amacı")
_WISH = ("gerek", "önem", "hazır ol", "arzu", "iste", "üzerinde dur", "öner", "davet")
_REPORTING = (
    "söyle", "belirt", "vurgula", "dedi", "denil", "getir", "kaydet", "kaydedil", "açıkla", "ifade", "değin", "anımsat",
    "hatırlat", "bildir", "aktar", "anlat", "işaret", "kullan", "dikkat", "çek", "et", "eden", "diye",
)  # fmt: skip
_LAST_WORDS = 4
# what ends the clause that they report: "başladığını anımsatan Bakan, …", "düzenleneceğini belirterek, …"
_SAID = re.compile(r"(?:söyle|belirt|vurgula|kayded|kaydet|açıkla|anımsat|hatırlat|bildir|aktar|anlat)\w*$")
_NOMINAL = re.compile(r"\w+(?:[dt][ıiuü]ğ|acağ|eceğ|acak|ecek|m[ae]s[ıi])\w*$")

# a stem is negated by -mA before tense, person or a nominal suffix: imzalanmadı, gitmeyecek, toplanmadığını
_NEGATED = re.compile(
    r"(\w{2,}?)(?:m[ae](?:d[ıiuü]|m[ıiuü]ş|yacak|yecek|yacağ|yeceğ|dığ|diğ|mas[ıi]|mes[ıi]|yan|yen)|m[ıiuü]yor|m[ae]z(?:lar|ler)?$)"
)
_POSTPONED = re.compile(
    r"\b(?:ertele|tehir ed|tehir et|sarkt|sarkacak|(?:başka bir|ileri bir|daha ileri|sonraki) (?:tarihe|güne)|"
    r"(?:yıla|aya|haftaya|tarihe|sonbahara|ilkbahara|yaza|kışa|güze|bahara) (?:bırakıl|kald|kayd|alın|ötelen)|ötele)"
)
_CANCELLED = re.compile(r"\b(?:iptal (?:ed|et|oldu|olan)|vazgeç|rafa kald|feshe|feshed|suya düş)")
_REFUSED = re.compile(r"\b(?:redded|reddet|geri çevir|geri çevr|yalanla|kabul görme)")
_ABSENT = re.compile(r"\b(?:yok|yoktu|yoktur|değil|değildi|değildir|bulunmuyor|bulunmamakta)$")
_ABSENT_ANYWHERE = re.compile(r"\b(?:yok\w*|değil\w*|bulunmuyor|bulunmamakta|olmadan|\w+m[ae]d[ae]n)\b")
_NOT_ONLY = re.compile(r"\b(?:yalnızca|sadece|yalnız)\b.*?\bdeğil\b")
_FORECAST = re.compile(
    r"\b(?:(?:beklen(?:iyor|mekte|ildi)|bekl(?:iyor|emekte))(?!d[ıiuü]|yd[ıiuü])|öngör(?:ül|üyor|mekte|dü)|"
    r"tahmin (?:ed|et)|kestiri(?:li)?yor)"
)
_WEIGHED = re.compile(
    r"\bgündem(?:de|inde|lerinde)\b|(?:m[ae]y[ıi]|m[ae]s[ıi](?:n[ıi])?|m[ae]k|ihtimalini|olasılığını|seçeneğini)"
    r" (?:\w+ ){0,2}?(?:değerlendir(?:iyor|mekte|iliyor|ildi)|düşün(?:üyor|mekte|ülüyor|düğ|dük)|tartış(?:ıyor|ılıyor)|"
    r"görüş(?:üyor|ülüyor)|ele alıyor|masada|um(?:uyor|duğ|ut)|ümit|dil(?:iyor|edi|eğ)|ist(?:iyor|edi|eğ)|arzu)"
)


class Modality(StrEnum):
    """What a sentence says of the event it tells of."""

    HAPPENED = "happened"
    TO_COME = "to_come"
    FORECAST = "forecast"
    AIMED_AT = "aimed_at"
    WISHED = "wished"
    """Proposed, asked, hoped for or weighed."""
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    """It did not happen, will not, or was refused."""


def modality(sentence: str, cues: Sequence[str] = ()) -> Modality:
    """Return what a Turkish sentence's verbs say of the event it tells of.

    Args:
        sentence: the sentence.
        cues: folded beginnings of words that tell of the event ("imza"); what stands before the first of them says
            nothing of it, because a Turkish verb follows what it governs. Without them the whole sentence counts.
    """
    governed = " ".join(_governing(_WORD.findall(fold_text(sentence)), cues))
    stopped = _stopped(governed)
    if stopped is not None:
        return stopped
    if _WEIGHED.search(governed):
        return Modality.WISHED
    told = tense(governed)
    if told is not Modality.AIMED_AT and _FORECAST.search(governed):
        return Modality.FORECAST
    return told


def _governing(words: Sequence[str], cues: Sequence[str]) -> Sequence[str]:
    """The words from the first with a cue to the end of its clause."""
    first = next((place for place, word in enumerate(words) if word.startswith(tuple(cues))), 0) if cues else 0
    for place in range(first + 1, len(words)):
        if _SAID.match(words[place]) and _NOMINAL.match(words[place - 1]):
            return words[first : place + 1]
    return words[first:]


def _stopped(governed: str) -> Modality | None:
    """Whether words say that something was put off, called off, or did not happen."""
    for pattern, kind in (
        (_CANCELLED, Modality.CANCELLED),
        (_POSTPONED, Modality.POSTPONED),
        (_REFUSED, Modality.DENIED),
    ):
        found = pattern.search(governed)
        if found is not None and not _NEGATED.match(governed[found.start() :].split(" ")[0]):
            return kind
    if _ABSENT.search(governed) or _negated(governed):
        return Modality.DENIED
    return None


def negated_stems(sentence: str) -> set[str]:
    """Return the folded stems of a Turkish sentence's negated verbs: "imzala" of "imzalamadı"."""
    words = _WORD.findall(sentence)
    plain = words if sentence.isupper() else [word for word in words if not word[0].isupper()]  # Korkmaz is a name
    return {found[1] for word in plain if (found := _NEGATED.match(fold_text(word))) is not None}


def is_reporting(stem: str) -> bool:
    """Return whether a folded verb is one by which speech is reported ("açıkla", "söyle")."""
    return stem.startswith(_REPORTING)


def stopped_by_a_word(sentence: str) -> bool:
    """Return whether a Turkish sentence has a word of putting off, calling off, refusing or lacking."""
    text = _NOT_ONLY.sub("", " ".join(_WORD.findall(fold_text(sentence))))
    return any(pattern.search(text) for pattern in (_CANCELLED, _POSTPONED, _REFUSED, _ABSENT_ANYWHERE))


def _negated(governed: str) -> bool:
    """Whether the verb that the words end in, or the one before a reporting verb, is negated."""
    words = governed.split(" ")
    while len(words) > 1 and words[-1].startswith(_REPORTING) and not _NEGATED.match(words[-1]):
        words.pop()
    return _NEGATED.match(words[-1]) is not None


def tense(sentence: str) -> Modality:
    """Return what the tenses of a Turkish sentence's verbs say, whether they are negated or not."""
    folded = fold_text(sentence)
    words = _WORD.findall(folded)
    number = len(words)
    while len(words) > 1 and words[-1].startswith(_REPORTING):
        words.pop()
    said, end = " ".join(words), " ".join(words[-_LAST_WORDS:])
    reported = len(words) < number
    if any(f" {aim}" in f" {end}" for aim in _AIM):
        return Modality.AIMED_AT
    past = _PAST.match(words[-1] if words else "") is not None
    # "izlenecek yol değerlendirildi": before a verb in the past a participle says what a noun is
    if (_FUTURE_FINITE.search(end) and not past) or _FUTURE_REPORTED.search(end):
        return Modality.TO_COME
    if any(f" {plan}" in f" {end}" for plan in _PLAN) and not past:
        return Modality.TO_COME
    if _FUTURE_REPORTED.search(said) and not _PAST_REPORTED.search(said):
        return Modality.TO_COME
    if reported and any(f" {wish}" in f" {end}" for wish in _WISH):
        return Modality.WISHED
    return Modality.HAPPENED


def ends_in_past(sentence: str) -> bool:
    """Return whether a Turkish sentence's last verb is in the past tense: "arttı", not "artıyor" or "ortağı"."""
    words = _WORD.findall(fold_text(sentence))
    return bool(words) and _PAST.match(words[-1]) is not None
