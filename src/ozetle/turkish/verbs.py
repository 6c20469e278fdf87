"""Tells from a Turkish sentence's verbs whether something happened, is planned, was said or is aimed at.

Turkish puts the verb of the main clause last, and marks tense by its suffix: -DI and -mIştIr for what happened,
-(y)AcAk for the future (Göksel and Kerslake, Turkish: A Comprehensive Grammar, 2005, chapters 8 and 21). A reporting
verb ("belirtti", "söyledi") puts the reported event into a nominal clause: -DIğInI for past and present, -(y)AcAğInI
for the future.
"""

from __future__ import annotations

import re

from ozetle.facts.folding import fold_text

_WORD = re.compile(r"[^\W\d_]+")
_FUTURE_FINITE = re.compile(r"(?:acak|ecek)(?:tır|tir|lar|ler|larını|lerini)?(?!\w)")
_FUTURE_REPORTED = re.compile("acağı|eceği|acakları|ecekleri")
_PAST_REPORTED = re.compile("[dt](?:ığı|iği|uğu|üğü|ıkları|ikleri|ukları|ükleri)")
_PAST = re.compile(r"\w+(?:[dt][ıiuü](?:lar|ler|k)?|m[ıiuü]ş(?:t[ıiuü]r)?)$")
_PLAN = ("planlan", "beklen", "öngör", "hazırlan", "gündeme gel", "programlan")
_AIM = ("hedefle", "hedefliyor", "amaçla", "amaçlıyor", "hedefi bulun", "amacı")
_WISH = ("gerek", "önem", "hazır ol", "arzu", "iste", "üzerinde dur", "öner", "davet")
_REPORTING = (
    "söyle", "belirt", "vurgula", "dedi", "denil", "getir", "kaydet", "kaydedil", "açıkla", "ifade", "değin", "anımsat",
    "hatırlat", "bildir", "aktar", "anlat", "işaret", "kullan", "dikkat", "çek", "et", "eden", "diye",
)  # fmt: skip
_LAST_WORDS = 4


def tense(sentence: str) -> str:
    """Return what a Turkish sentence's verbs say of it, as a status, whatever type of event it reports."""
    folded = fold_text(sentence)
    words = _WORD.findall(folded)
    number = len(words)
    while len(words) > 1 and words[-1].startswith(_REPORTING):
        words.pop()
    said, end = " ".join(words), " ".join(words[-_LAST_WORDS:])
    reported = len(words) < number
    if any(f" {aim}" in f" {end}" for aim in _AIM):
        return "targeted"
    past = _PAST.match(words[-1] if words else "") is not None
    # "izlenecek yol değerlendirildi": before a verb in the past a participle says what a noun is
    if (_FUTURE_FINITE.search(end) and not past) or _FUTURE_REPORTED.search(end):
        return "planned"
    if any(f" {plan}" in f" {end}" for plan in _PLAN) and not past:
        return "planned"
    if _FUTURE_REPORTED.search(said) and not _PAST_REPORTED.search(said):
        return "planned"
    if reported and any(f" {wish}" in f" {end}" for wish in _WISH):
        return "stated"
    return "occurred"


def ends_in_past(sentence: str) -> bool:
    """Return whether a Turkish sentence's last verb is in the past tense: "arttı", not "artıyor" or "ortağı"."""
    words = _WORD.findall(fold_text(sentence))
    return bool(words) and _PAST.match(words[-1]) is not None
