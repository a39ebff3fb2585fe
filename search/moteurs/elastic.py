"""Elasticsearch and OpenSearch: one document per row of `SearchEntry`, sent by `search.envois`.

The rows stay the truth, and their full text stays in the database: when the engine cannot answer, the database does.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from time import monotonic
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page

from search.models import Envoi, SearchEntry
from search.moteurs import corps
from search.moteurs.base import Demande, Filtres, Moteur, Reponse, Visibilite
from search.moteurs.clients import Clients, Injoignable

logger = logging.getLogger(__name__)

LOT = 500
# Seconds during which an engine that failed is not asked again.
REPIT = 15
# Passages found whose rows are looked for, to know an index that tells of another time.
TEMOINS = 40
# Rows gone that the engine was not told of yet; with more, the database answers instead.
RETIRES_MAX = 2_000
# Keys in one clause; the servers refuse more than 65,536.
CLES_MAX = 30_000


class Perime(Exception):  # noqa: N818 (French reads better here)
    """The index tells of rows that were all replaced: by `indexer --complet`, or by the copy of a backup."""


class EnRetard(Exception):  # noqa: N818
    """Too much is gone that the engine was not told of yet."""


class MoteurElastic(Moteur):
    """An engine beside the database. Readers ask an alias; a rebuilding swaps the index behind it."""

    distant = True

    def __init__(self, clients: Clients, secours: Moteur) -> None:
        """Args: clients of the engine; `secours`, the engine that answers when it does not."""
        self.nom, self.clients, self.secours = clients.nom, clients, secours
        self.pas_avant = 0.0

    def search(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite, limite: int, par_date: bool = False
    ) -> Reponse:
        if monotonic() >= self.pas_avant:
            try:
                return self._chercher(demande, filtres, visibilite, limite, par_date)
            except EnRetard:
                logger.info("The search engine is late, the database answers")
            except (*self.clients.pannes, Perime) as panne:
                self.pas_avant = monotonic() + REPIT
                logger.error("The search engine fails, the database answers for %s seconds: %s", REPIT, panne)
        return self.secours.search(demande, filtres, visibilite, limite, par_date)

    def _chercher(
        self, demande: Demande, filtres: Filtres, visibilite: Visibilite, limite: int, par_date: bool
    ) -> Reponse:
        caches = [*_caches(visibilite), _retires()]

        def demander(*, flou: bool) -> Any:
            dite = corps.recherche(demande, filtres, caches, limite, par_date=par_date, flou=flou)
            return self.clients.lecture.search(index=self.nom, body=dite)

        reponse = corps.reponse(brute := demander(flou=False))
        if demande.texte and demande.groupes and corps.rien_du_tout(brute):
            # Letters are forgiven only when nothing is written as asked; never those of a phrase.
            reponse = replace(corps.reponse(demander(flou=True)), approche=True)
        vus = [candidat.pk for candidat in reponse.candidats[:TEMOINS]]
        if SearchEntry.objects.filter(pk__in=vus).count() * 2 < len(vus):
            raise Perime("most passages found are gone; run `manage.py indexer`")
        return reponse

    def envoyer(self, cles: Collection[int], index: str = "") -> None:
        """Make the engine tell what these rows are now, there or gone; twice is as good as once.

        Args:
            cles: keys of rows.
            index: one being built; otherwise the one that readers ask.
        """
        presentes = SearchEntry.objects.select_related("etiquettes").in_bulk(list(cles))
        actions = [
            {"_op_type": "index", "_id": str(cle), "_source": corps.document(presentes[cle])}
            if cle in presentes
            else {"_op_type": "delete", "_id": str(cle)}
            for cle in cles
        ]
        # A missing alias must not become an index of the engine's own making.
        ou: dict[str, Any] = {"index": index} if index else {"index": self.nom, "require_alias": True}
        options = {"chunk_size": LOT, "max_chunk_bytes": 10_000_000, "raise_on_error": False, "yield_ok": False}
        try:
            for _, details in self.clients.lots(self.clients.ecriture, actions, **options, **ou):
                _juger(details)
        except self.clients.pannes as panne:
            raise Injoignable(str(panne)) from panne

    def rafraichir(self, index: str = "") -> None:
        """Let readers find what was sent."""
        try:
            self.clients.ecriture.indices.refresh(index=index or self.nom)
        except self.clients.pannes as panne:
            raise Injoignable(str(panne)) from panne

    def rebuild(self, *, complet: bool = False) -> int:
        """Bring the rows up to date, build another index from them, and swap it at once."""
        from search import envois

        with envois.en_suspens():
            super().rebuild(complet=complet)
        try:
            with envois.tour(attendre=True) as tour:
                nombre = self._rebatir(tour)
        except self.clients.pannes as panne:
            raise Injoignable(str(panne)) from panne
        # What was noted at the last moment found the turn taken.
        envois.vider()
        return nombre

    def _rebatir(self, tour) -> int:
        serveur = self.clients.ecriture.indices
        lus = set(serveur.get_alias(name=self.nom)) if serveur.exists_alias(name=self.nom) else set()
        for reste in set(serveur.get(index=f"{self.nom}-*")) - lus:
            # Of a rebuilding that was killed; another site's name may begin like ours.
            if re.fullmatch(rf"{self.nom}-\d{{14}}-[0-9a-f]{{6}}", reste):
                serveur.delete(index=reste)
        nouveau = f"{self.nom}-{timezone.now():%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        serveur.create(index=nouveau, body=corps.INDEX)
        if not lus:
            # Nobody reads yet: what waits is in the rows.
            tour.oublier()
        nombre, derniere = 0, 0
        lignes = SearchEntry.objects.order_by("pk").values_list("pk", flat=True)
        while cles := list(lignes.filter(pk__gt=derniere)[:LOT]):
            self.envoyer(cles, nouveau)
            nombre, derniere = nombre + len(cles), cles[-1]
            # What changes meanwhile goes to both: to readers now, and to what they will read.
            tour.vider([nouveau, *([""] if lus else [])])
            tour.garder()
        self.rafraichir(nouveau)
        tour.garder()
        retraits = [{"remove_index": {"index": ancien}} for ancien in lus]
        serveur.update_aliases(body={"actions": [{"add": {"index": nouveau, "alias": self.nom}}, *retraits]})
        return nombre


def _juger(details: dict[str, Any]) -> None:
    """What to think of an operation that failed."""
    (operation, resultat), *_ = details.items()
    statut = resultat.get("status", 500)
    if operation == "delete" and statut == 404 and "error" not in resultat:
        return
    if statut == 429 or statut >= 500 or "index" in str(resultat.get("error", {}).get("type", "")):
        raise Injoignable(str(resultat))
    # Sent again, it would be refused again, and hold back all that follows.
    logger.error("The search engine refuses passage %s: %s", resultat.get("_id"), resultat)


def _caches(visibilite: Visibilite) -> list[corps.Corps]:
    """What is hidden now, whatever was sent: read in the database at each search."""
    invisibles = Q(live=False)
    for branche in visibilite.branches:
        invisibles |= Q(path__startswith=branche)
    lignes = SearchEntry.objects.filter(page_id=OuterRef("pk"))
    pages = list(Page.objects.filter(invisibles).filter(Exists(lignes)).values_list("pk", flat=True))
    return [*_parmi("page", pages), *_parmi("collection", visibilite.collections)]


def _parmi(champ: str, cles: Sequence[int]) -> list[corps.Corps]:
    return [{"terms": {champ: list(cles[debut : debut + CLES_MAX])}} for debut in range(0, len(cles), CLES_MAX)]


def _retires() -> corps.Corps:
    """What the engine may still hold of rows that are gone: neither shown nor counted.

    Raises:
        EnRetard: when they are too many to be named.
    """
    presente = SearchEntry.objects.filter(pk=OuterRef("entree_id"))
    cles = set(Envoi.objects.exclude(Exists(presente)).values_list("entree_id", flat=True)[: RETIRES_MAX + 1])
    if len(cles) > RETIRES_MAX:
        raise EnRetard
    return {"ids": {"values": [str(cle) for cle in sorted(cles)]}}
