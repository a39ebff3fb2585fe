"""The copies of notebooks that learners asked to keep: made, merged, erased, forgotten."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from parcours.carnet import mots
from parcours.carnet.progres import MAX_PAGES, IllegibleError, Marque, Progres, fusionner
from parcours.models import Carnet

# Thirteen months without use: who comes back each year with the MOOC finds the notebook.
JOURS_SANS_USAGE = 396


class CarnetInconnuError(LookupError):
    """No notebook answers to this code: never made, erased, or unused for thirteen months."""


def maintenant_ms() -> int:
    return time.time_ns() // 1_000_000


def jusqu_au(carnet: Carnet) -> date:
    """The last day when the code works, if it is never used again."""
    return carnet.utilise_le + timedelta(days=JOURS_SANS_USAGE)


def creer(progres: Progres) -> tuple[bytes, Carnet]:
    """Keep a notebook under a new secret."""
    purger()
    secret, today = mots.nouveau(), timezone.localdate()
    carnet = Carnet.objects.create(
        empreinte=mots.empreinte(secret), progres=progres, cree_le=today, utilise_le=today
    )  # fmt: skip
    return secret, carnet


def trouver(secret: bytes) -> Carnet:
    """The notebook of a secret.

    Raises:
        CarnetInconnuError: none, or too old even if it was not purged yet.
    """
    carnet = Carnet.objects.filter(empreinte=mots.empreinte(secret), utilise_le__gte=_oldest()).first()
    if carnet is None:
        raise CarnetInconnuError
    return carnet


def progres_de(carnet: Carnet) -> Progres:
    """The notebook kept, as it can be merged."""
    return {uuid: _mark(marque) for uuid, marque in carnet.progres.items()}


def _mark(kept: list[int]) -> Marque:
    read, undone, position, position_at = kept
    return read, undone, position, position_at


def apporter(secret: bytes, apport: Progres) -> tuple[Carnet, Progres]:
    """Merge what a device brings into its notebook; the notebook and the union, for the device.

    What brings nothing new writes nothing, but once a day: a device may ask as often as it likes.

    Raises:
        CarnetInconnuError: see `trouver`.
        IllegibleError: the union would be too large.
    """
    carnet, today = trouver(secret), timezone.localdate()
    union = _union(carnet, apport)
    if carnet.utilise_le == today and union == progres_de(carnet):
        return carnet, union
    with transaction.atomic():
        row = Carnet.objects.select_for_update().filter(pk=carnet.pk).first()
        if row is None:  # Erased in between, from another device.
            raise CarnetInconnuError
        union = _union(row, apport)
        row.progres, row.utilise_le = union, today
        row.save(update_fields=["progres", "utilise_le"])
    return row, union


def _union(carnet: Carnet, apport: Progres) -> Progres:
    union = fusionner(progres_de(carnet), apport)
    if len(union) > MAX_PAGES:
        raise IllegibleError(f"Ces deux carnets réunis sont trop grands : {MAX_PAGES} pages au plus.")
    return union


def effacer(secret: bytes) -> bool:
    """Erase the notebook of a secret, its links with it; False when there was none."""
    count, _ = Carnet.objects.filter(empreinte=mots.empreinte(secret)).delete()
    return bool(count)


def purger() -> int:
    """Forget the notebooks unused for thirteen months; how many."""
    rows = Carnet.objects.filter(utilise_le__lt=_oldest())
    count = len(rows)
    rows.delete()
    return count


def _oldest() -> date:
    return timezone.localdate() - timedelta(days=JOURS_SANS_USAGE)
