"""The order of the Turkish alphabet: ç after c, ğ after g, ı before i, ö after o, ş after s, ü after u."""

from __future__ import annotations

import unicodedata

# q, w and x, which are not Turkish letters, stand where Turkish dictionaries put them
_ALPHABET = {letter: place for place, letter in enumerate("abcçdefgğhıijklmnoöpqrsştuüvwxyz")}
_LETTERS = 100
_OTHERS = 1_000


def turkish_key(text: str) -> tuple[tuple[int, ...], str]:
    """Return a key to sort texts by: spaces and signs before digits before letters, capitals as small letters.

    Letters with marks that are not Turkish (â, é) are sorted as those without; the text itself decides what is left.
    """
    lower = unicodedata.normalize("NFC", text).replace("İ", "i").replace("I", "ı").lower()
    return tuple(place for char in lower for place in _places(char)), text


def _places(char: str) -> tuple[int, ...]:
    if char in _ALPHABET:
        return (_LETTERS + _ALPHABET[char],)
    base = unicodedata.normalize("NFD", char)[0]
    if base in _ALPHABET:
        return (_LETTERS + _ALPHABET[base],)
    if char.isdecimal():
        return (10 + unicodedata.decimal(char),)
    if char.isalpha():
        return (_OTHERS + ord(char),)
    return () if unicodedata.combining(char) else (1,)
