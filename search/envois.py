"""The outbox: what an engine beside the database must still be told.

Keys of rows are written in the transaction that changes the rows, and forgotten once the engine was told what these
rows are now. A crash, or an engine that is down, only delays them: the next sending finds them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from search.models import Envoi, Expediteur
from search.moteurs import moteur
from search.moteurs.clients import Injoignable

logger = logging.getLogger(__name__)

LOT = 500
# A sender that says nothing for that long is dead; longer than the engine may take over a batch.
TOUR = timedelta(seconds=90)
# What could not be sent is tried again after that long.
RELANCE = timedelta(seconds=60)
_suspendus: ContextVar[bool] = ContextVar("envois_suspendus", default=False)


def noter(cles: Collection[int]) -> None:
    """Remember that these rows changed, in the caller's transaction; they are sent once it is kept."""
    if not cles or not moteur().distant:
        return
    Envoi.objects.bulk_create([Envoi(entree_id=cle) for cle in cles], batch_size=LOT)
    if not _suspendus.get():
        transaction.on_commit(_demander)


def _demander() -> None:
    try:
        envoyer_ce_qui_attend.enqueue()
    except Exception:
        # The content is saved and the outbox keeps its word: the next sending takes everything.
        logger.exception("The sending to the search engine could not be queued")


@contextmanager
def en_suspens() -> Iterator[None]:
    """Let what is noted wait: the caller sends it."""
    jeton = _suspendus.set(True)
    try:
        yield
    finally:
        _suspendus.reset(jeton)


@task()
def envoyer_ce_qui_attend() -> None:
    """Empty the outbox; what cannot be sent now is tried again later where there is a worker to do it."""
    try:
        vider()
    except Injoignable as panne:
        logger.warning("The search engine cannot be told, %s changes wait: %s", Envoi.objects.count(), panne)
    if Envoi.objects.exists():
        _relancer()


def _relancer() -> None:
    maintenant = timezone.now()
    if envoyer_ce_qui_attend.get_backend().supports_defer and (
        # Whoever changes the row asks; the others know that it is asked.
        Expediteur.objects.filter(Q(relance=None) | Q(relance__lte=maintenant)).update(relance=maintenant + RELANCE)
    ):
        envoyer_ce_qui_attend.using(run_after=maintenant + RELANCE).enqueue()


def vider() -> int:
    """Send everything that waits; how many rows. Another sender at work is left to do it."""
    nombre = 0
    # Looked at again once the turn is over: what was noted at the last moment found the turn taken.
    while Envoi.objects.exists():
        with tour() as mien:
            if mien is None:
                break
            nombre += mien.vider()
    return nombre


class Tour:
    """The turn of one sender: two at once could tell the engine an older state after a newer one."""

    def __init__(self) -> None:
        self.nom = uuid4().hex

    def prendre(self) -> bool:
        """Take the turn if nobody has it."""
        Expediteur.objects.bulk_create([Expediteur(pk=1)], ignore_conflicts=True)
        libre = Q(jusque=None) | Q(jusque__lt=timezone.now())
        return bool(Expediteur.objects.filter(libre).update(nom=self.nom, jusque=timezone.now() + TOUR))

    def garder(self) -> None:
        """Show that the sender is alive; refuse to go on if it was taken for dead."""
        if not Expediteur.objects.filter(nom=self.nom).update(jusque=timezone.now() + TOUR):
            raise Injoignable("another sender took the turn")

    def rendre(self) -> None:
        Expediteur.objects.filter(nom=self.nom).update(nom="", jusque=None)

    def vider(self, ou: Iterable[str] = ("",)) -> int:
        """Send what waits, the oldest first, to each of these indexes (the empty name: the one that readers ask)."""
        ou, nombre = list(ou), 0
        while lot := list(Envoi.objects.order_by("pk")[:LOT]):
            self.garder()
            cles = list(dict.fromkeys(envoi.entree_id for envoi in lot))
            for index in ou:
                moteur().envoyer(cles, index)
            Envoi.objects.filter(pk__in=[envoi.pk for envoi in lot])._raw_delete(using="default")
            nombre += len(cles)
        if nombre and "" in ou:
            moteur().rafraichir()
        return nombre

    def oublier(self) -> None:
        """Send nothing of what waits."""
        self.garder()
        Envoi.objects.all()._raw_delete(using="default")


@contextmanager
def tour(*, attendre: bool = False) -> Iterator[Tour | None]:
    """The turn to send, or None when another has it and the caller does not wait."""
    mien = Tour()
    while not (pris := mien.prendre()) and attendre:
        time.sleep(1)
    try:
        yield mien if pris else None
    finally:
        if pris:
            mien.rendre()
