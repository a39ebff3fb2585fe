"""A resume code: 128 random bits that a person copies, reads aloud or types on a telephone.

Twelve words of eleven bits: 128 of secret, 4 of control. The words are made by rule, of two open syllables, rather
than taken from a dictionary: nothing to license, no accent to type, and each sound is written in one way only, so
that what is heard is what is typed. French words would be nicer, but the one list made for this (BIP 39) opens
money purses: people are rightly told never to type such words in a page.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from itertools import islice, product

OCTETS = 16
NOMBRE_DE_MOTS = 12
BITS_PAR_MOT = 11
_CONTROLE = NOMBRE_DE_MOTS * BITS_PAR_MOT - OCTETS * 8

# No c, q, h, g, w, x, y: French hears them as another letter, or not at all.
_INITIALES = ("b", "ch", "d", "f", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "tr")
_MILIEUX = ("b", "d", "f", "l", "m", "n", "r", "t", "v")
_VOYELLES = ("a", "i", "o", "u")
# Words that a page should not show.
_EXCLUS = frozenset({"bita", "bito", "chibra", "lolo", "nana", "puta", "puto", "puti", "sado", "sida", "zobi", "zobo"})


def _words() -> tuple[str, ...]:
    made = map("".join, product(_INITIALES, _VOYELLES, _MILIEUX, _VOYELLES))
    return tuple(islice((word for word in made if word not in _EXCLUS), 2**BITS_PAR_MOT))


# Codes are in people's hands: the order of this list can never change.
MOTS = _words()
_RANG = {word: rank for rank, word in enumerate(MOTS)}
# What a person may write for what was heard, in order.
_ORTHOGRAPHES = (
    (re.compile(r"eau|au"), "o"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[iey])"), "s"),
    (re.compile(r"qu|q|c(?!h)"), "k"),
    (re.compile(r"(?<!c)h"), ""),
    (re.compile(r"ge(?=[aou])|g"), "j"),
    (re.compile(r"y"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
)


class CodeIllisibleError(ValueError):
    """What was typed is no code; the message says which word, in French."""


def nouveau() -> bytes:
    """A new secret."""
    return secrets.token_bytes(OCTETS)


def en_mots(secret: bytes) -> str:
    """The code of a secret, its words separated by spaces."""
    bits = (int.from_bytes(secret) << _CONTROLE) | _control(secret)
    shifts = range((NOMBRE_DE_MOTS - 1) * BITS_PAR_MOT, -1, -BITS_PAR_MOT)
    return " ".join(MOTS[(bits >> shift) % len(MOTS)] for shift in shifts)


def lire(texte: str) -> bytes:
    """The secret of a code, as typed: spaces, hyphens, capitals, accents and homophones do not matter.

    Raises:
        CodeIllisibleError: a word is missing or unknown, or the words do not go together.
    """
    words = re.findall(r"[a-z]+", unicodedata.normalize("NFD", texte[:500].lower()).translate(_SANS_ACCENT))
    if len(words) != NOMBRE_DE_MOTS:
        raise CodeIllisibleError(f"Un code de reprise a {NOMBRE_DE_MOTS} mots ; vous en avez saisi {len(words)}.")
    bits = 0
    for rank, word in enumerate(words, start=1):
        if (value := _RANG.get(_heard(word))) is None:
            raise CodeIllisibleError(f"Le mot {rank}, « {word[:20]} », n’est pas un mot de code. Vérifiez-le.")
        bits = (bits << BITS_PAR_MOT) | value
    secret = (bits >> _CONTROLE).to_bytes(OCTETS)
    if bits % 2**_CONTROLE != _control(secret):
        raise CodeIllisibleError("Un des mots n’est pas le bon, ou ils ne sont pas dans l’ordre. Relisez votre code.")
    return secret


def empreinte(secret: bytes) -> str:
    """What is stored of a secret.

    One SHA-256 is enough, without salt or slowness: 128 random bits are in no dictionary, and cannot be tried out.
    """
    return hashlib.sha256(secret).hexdigest()


_SANS_ACCENT = dict.fromkeys(range(0x300, 0x370))


def _heard(word: str) -> str:
    if word in _RANG:
        return word
    for pattern, replacement in _ORTHOGRAPHES:
        word = pattern.sub(replacement, word)
    return word


def _control(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> (8 - _CONTROLE)
