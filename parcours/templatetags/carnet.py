"""The reader's marks in a page, when they are in the cookie of a reader without JavaScript.

For everyone else these tags draw nothing: `static/js/carnet.js` shows what the browser keeps, and the page is the
same for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template

from core.protocols import Temps
from core.templatetags.typo import duree_en_mots, pluriel_fr
from core.typography import FINE
from core.version import request_version
from parcours import services
from parcours.carnet import temoin

if TYPE_CHECKING:
    from collections.abc import Sequence

register = template.Library()


@dataclass(frozen=True, slots=True)
class Lecture:
    """Where the reader is in a list of pages.

    Attributes:
        present: whether the reader has the cookie.
        lus: identifiers of all the pages read.
        lues: how many of the list are read.
        suivante: rank, from 1, of the first page of the list that is not read; 0 when all are.
        adresse: the address of that page, or empty.
        reste: the time of those that are not read.
    """

    present: bool
    lus: frozenset[str]
    lues: int
    nombre: int
    suivante: int
    adresse: str
    reste: Temps


def lecture_de(
    said: temoin.Temoin, uuids: Sequence[str], adresses: Sequence[str], durees: Sequence[str] = ()
) -> Lecture:
    """Where a reader who has this cookie is in a list of pages."""
    read = said.lus
    rank = next((rank for rank, uuid in enumerate(uuids, start=1) if uuid not in read), 0)
    return Lecture(
        present=said.present,
        lus=frozenset(read),
        lues=sum(uuid in read for uuid in uuids),
        nombre=len(uuids),
        suivante=rank,
        adresse=adresses[rank - 1] if rank and len(adresses) == len(uuids) else "",
        reste=sum(
            (
                Temps(*map(int, duree.split("/")))
                for page, duree in zip(uuids, durees, strict=False)
                if page not in read
            ),
            Temps(),
        ),
    )


@register.simple_tag(takes_context=True)
def lecture(context, uuids: str = "", adresses: str = "", durees: str = "") -> Lecture:
    """Where the reader is in a list given as `Fil.uuids`, `Fil.adresses` and `Fil.durees`."""
    request = context.get("request")
    said = temoin.lire(request) if request else temoin.Temoin()
    return lecture_de(said, uuids.split(), adresses.split(), durees.split())


@register.filter
def reste_en_mots(temps: Temps) -> str:
    """The time left, without the MOOC then with it; `static/js/carnet/temps.js` says the same."""
    parts = []
    if temps.lecture:
        parts.append(f"{duree_en_mots(temps.lecture)} de lecture sur ce site")
    if temps.formation:
        parts.append(f"{duree_en_mots(temps.total)} en suivant aussi la formation")
    if temps.inconnus:
        parts.append(pluriel_fr(temps.inconnus, "document de durée inconnue,documents de durée inconnue"))
    return f"Il reste {f'{FINE}; '.join(parts)}." if parts else "Le temps qui reste n’est pas connu."


@register.simple_tag(takes_context=True)
def reprise(context) -> dict | None:
    """The step at which to resume the parcours last followed; None when there is nothing to resume."""
    request = context.get("request")
    said = temoin.lire(request) if request else temoin.Temoin()
    version = request_version(request) if said.dernier else 0
    fil = services.fil_de(said.dernier, version) if said.dernier else None
    if fil is None:
        return None
    here = lecture_de(said, fil.uuids.split(), fil.adresses.split())
    return {"titre": fil.titre_court, "numero": here.suivante, "adresse": here.adresse} if here.adresse else None
