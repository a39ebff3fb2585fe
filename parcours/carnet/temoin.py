"""The notebook of a reader without JavaScript: one signed cookie, set by the first « Marquer comme lu » only.

A cookie holds 4,096 bytes. Each mark takes twenty: the sixteen of the page's identifier, four for the time in seconds
and what was done (its last bit: 1 read, 0 unread); in base64, 120 marks fit, twice what the site has to read.
The page's whole identifier rather than a short one: nothing to look up, and the marks merge as they are with those of
another device.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.core import signing

from parcours.carnet.progres import UUID, Marque, Progres, lues

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NOM = "carnet"
SEL = "parcours.carnet.temoin"
# Thirteen months from the last mark, as long as a copy kept under a code.
DUREE = 396 * 86_400
MAX_MARQUES = 120
_RECORD = struct.Struct(">16sI")
_SLUG = re.compile(r"[-\w]{0,100}", re.ASCII)
# Seconds are counted from 2020, so that the bit left for what was done lasts until 2088.
_EPOCH = 1_577_836_800


@dataclass(frozen=True, slots=True)
class Temoin:
    """What the cookie says.

    Attributes:
        dernier: slug of the parcours last followed, or empty.
        present: whether the reader has the cookie at all.
    """

    progres: Progres = field(default_factory=dict)
    dernier: str = ""
    present: bool = False

    @property
    def lus(self) -> set[str]:
        """Identifiers of the pages read."""
        return lues(self.progres)

    def marquer(self, page: str, lu: bool, maintenant_ms: int, dernier: str = "") -> Temoin:
        """The same with a page marked as read or unread; beyond what fits, the oldest marks are left out."""
        old = self.progres.get(page, (0, 0, 0, 0))
        # The cookie counts in seconds: the next one, when a mark and its undoing fall in the same.
        now = max(maintenant_ms // 1000, max(old[:2]) // 1000 + 1) * 1000
        progres = self.progres | {page: (now, 0, 0, 0) if lu else (0, now, 0, 0)}
        return replace(self, progres=_kept(progres), dernier=dernier or self.dernier, present=True)


def _kept(progres: Progres) -> Progres:
    def by_use(item: tuple[str, Marque]) -> tuple[bool, int]:
        return item[1][0] > item[1][1], max(item[1][:2])

    return dict(sorted(progres.items(), key=by_use, reverse=True)[:MAX_MARQUES])


def de_progres(progres: Progres, dernier: str = "") -> Temoin:
    """A cookie that says what a notebook says, without the positions in the videos."""
    marks = {page: (m[0] // 1000 * 1000, 0, 0, 0) if m[0] > m[1] else (0, m[1] // 1000 * 1000, 0, 0)
             for page, m in progres.items() if max(m[:2])}  # fmt: skip
    return Temoin(_kept(marks), dernier, present=True)


def lire(request: HttpRequest) -> Temoin:
    """What the reader's cookie says, read once; a cookie that is not ours is none.

    From then on the answer depends on the cookie: `parcours.carnet.middleware` says so to the caches.
    """
    if not hasattr(request, "_temoin"):
        request._temoin = _decode(request.COOKIES.get(NOM, ""))
    return request._temoin


def ecrire(response: HttpResponse, request: HttpRequest, temoin: Temoin) -> None:
    """Set the cookie."""
    response.set_cookie(
        NOM, _encode(temoin), max_age=DUREE, httponly=True, samesite="Lax", secure=request.is_secure()
    )  # fmt: skip


def oublier(response: HttpResponse) -> None:
    """Drop the cookie."""
    response.delete_cookie(NOM, samesite="Lax")


def vider(request: HttpRequest) -> None:
    """Draw the answer to this request as if the reader had no cookie."""
    request._temoin = Temoin()


def _encode(temoin: Temoin) -> str:
    records = b"".join(
        _RECORD.pack(uuid.UUID(page).bytes, (max(m[:2]) // 1000 - _EPOCH) << 1 | (m[0] > m[1]))
        for page, m in temoin.progres.items()
        if 0 <= max(m[:2]) // 1000 - _EPOCH < 2**31
    )
    return signing.Signer(salt=SEL).sign(f"{temoin.dernier}.{base64.urlsafe_b64encode(records).decode().rstrip('=')}")


def _decode(value: str) -> Temoin:
    try:
        dernier, _, text = signing.Signer(salt=SEL).unsign(value).partition(".")
        records = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        progres = {str(uuid.UUID(bytes=page)): _mark(time) for page, time in _RECORD.iter_unpack(records)}
    except (signing.BadSignature, binascii.Error, struct.error):
        return Temoin()
    return Temoin(progres, dernier, present=True)


def _mark(time: int) -> Marque:
    moment = ((time >> 1) + _EPOCH) * 1000
    return (moment, 0, 0, 0) if time & 1 else (0, moment, 0, 0)


def est_un_slug(texte: str) -> bool:
    """Whether a parcours may have this slug: what the cookie remembers of the last one followed."""
    return _SLUG.fullmatch(texte) is not None


def est_une_page(texte: str) -> bool:
    """Whether a page may have this identifier."""
    return UUID.fullmatch(texte) is not None
