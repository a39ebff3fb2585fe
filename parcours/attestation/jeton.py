"""The token of an attestation: which parcours, which day, and a keyed digest of the name, signed.

Fifty bytes: the parcours (16), the day (2), the digest of the name (16), the signature (16). In base32 they are eighty
characters without a spare bit, so that a token has one writing only; small letters and digits from 2 to 7, which can
be copied by hand from paper. Without the key, nobody can try names on a token away from the site.

`ATTESTATION_KEYS`: the first key signs, all verify; removing a key retires what it signed.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import unicodedata
import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings

_CORPS = struct.Struct(">16sH16s")
_ECRIT = re.compile(r"[a-z2-7]{80}")
# 128 bits.
_OCTETS = 16
# Two bytes of days last until 2199.
_PREMIER_JOUR = date(2020, 1, 1)
# Signs that keyboards and word processors put one for another.
_MEMES_SIGNES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'") | dict.fromkeys("‐‑‒–—−", "-"))


class JetonInvalideError(ValueError):
    """No attestation of this site: cut, changed, or signed by a key that was retired."""


@dataclass(frozen=True, slots=True)
class Jeton:
    """What a token says, once its signature is verified.

    Attributes:
        parcours: permanent identifier of the parcours.
        jour: the day when the attestation was given.
    """

    parcours: str
    jour: date
    _nom: bytes = field(repr=False)
    _cle: bytes = field(repr=False)

    def est_au_nom_de(self, nom: str) -> bool:
        """Whether it was given to this name, compared as `normaliser` says."""
        debut = _debut(self.parcours, self.jour)
        return hmac.compare_digest(self._nom, _empreinte_du_nom(self._cle, debut, nom))


def creer(parcours: str, jour: date, nom: str) -> str:
    """The token of an attestation given this day, signed by the first key."""
    cle = _cle(settings.ATTESTATION_KEYS[0])
    debut = _debut(parcours, jour)
    corps = debut + _empreinte_du_nom(cle, debut, nom)
    return base64.b32encode(corps + _signature(cle, corps)).decode().lower()


def lire(jeton: str) -> Jeton:
    """What a token says.

    Raises:
        JetonInvalideError: see the class.
    """
    if not _ECRIT.fullmatch(jeton):
        raise JetonInvalideError
    octets = base64.b32decode(jeton.upper())
    corps, signature = octets[: _CORPS.size], octets[_CORPS.size :]
    for cle in map(_cle, settings.ATTESTATION_KEYS):
        if hmac.compare_digest(signature, _signature(cle, corps)):
            parcours, jours, nom = _CORPS.unpack(corps)
            return Jeton(str(uuid.UUID(bytes=parcours)), _PREMIER_JOUR + timedelta(days=jours), nom, cle)
    raise JetonInvalideError


def normaliser(nom: str) -> str:
    """A name as it is compared: neither capitals, spare spaces, invisible signs nor the look of a letter."""
    # Before NFKC too, which would make a space and an accent of « ´ ».
    replie = unicodedata.normalize("NFKC", nom.translate(_MEMES_SIGNES)).casefold()
    replie = unicodedata.normalize("NFKC", replie).translate(_MEMES_SIGNES)
    visible = "".join(" " if signe.isspace() else signe for signe in replie if not _invisible(signe))
    return " ".join(visible.split())


def _invisible(signe: str) -> bool:
    return unicodedata.category(signe) in ("Cc", "Cf") and not signe.isspace()


def _debut(parcours: str, jour: date) -> bytes:
    return _CORPS.pack(uuid.UUID(parcours).bytes, (jour - _PREMIER_JOUR).days, b"")[:-_OCTETS]


def _cle(reglage: str) -> bytes:
    return hashlib.blake2b(reglage.encode(), person=b"attestation.cle").digest()


def _empreinte_du_nom(cle: bytes, debut: bytes, nom: str) -> bytes:
    """Bound to the parcours and the day: two attestations do not tell that they are of the same person."""
    message = debut + normaliser(nom).encode()
    return hashlib.blake2b(message, key=cle, digest_size=_OCTETS, person=b"attestation.nom").digest()


def _signature(cle: bytes, corps: bytes) -> bytes:
    return hashlib.blake2b(corps, key=cle, digest_size=_OCTETS, person=b"attest.signature").digest()
