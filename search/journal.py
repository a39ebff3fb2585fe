"""What readers look for, counted without a trace of who they are: a text, a day, a number.

Kept: the text searched, how many times that day, how many times without result, and the ranks opened. Not kept:
address, session, browser, time, nor what came before or after. A text that looks personal is never written, nor
anything of a reader whose browser asks not to be tracked. Everything is forgotten after 13 months.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, F, Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from core.mesure import ne_pas_compter
from core.version import ONE_DAY, cached
from search.analyse import LONGUEUR_MAX, jetons, plier
from search.models import Mot, RechercheDuJour

logger = logging.getLogger(__name__)

# 13 months, and never more.
JOURS_GARDES = 395
TEXTE_MAX = 80
# New texts written in one day: nobody fills the disk by searching.
TEXTES_PAR_JOUR = 2000
RANG_MAX = 100
# Milliseconds that a count may wait for the database; later, it is dropped.
ATTENTE_MAX = 50
POPULAIRES_JOURS, POPULAIRES_FOIS, POPULAIRES_DATES = 90, 3, 2
POPULAIRES_MAX = 5

# An address (mail, web, street) or a title before a name; figures are counted apart.
_PERSONNEL = re.compile(
    r"@|://|\bwww\.|\b[\w-]+\.(?:fr|com|org|net|eu|io|info|gouv|pdf)\b|\b(?:mr|mme|mlle|monsieur|madame|mademoiselle)\b|"
    r"\b\d+\s*(?:bis|ter|quater)?,?\s+(?:rue|avenue|av|boulevard|bd|place|allee|impasse|chemin|route|quai)\b"
)
_CHIFFRES_MAX = 5
_PONCTUATION = re.compile(r"[^\w\s\"-]+")


def cle_de(texte: str) -> str:
    """What two ways of typing the same search have in common; empty for a text that must not be written."""
    plie = plier(texte)
    if len(texte) > TEXTE_MAX or _PERSONNEL.search(plie) or sum(c.isdigit() for c in plie) > _CHIFFRES_MAX:
        return ""
    return " ".join(_PONCTUATION.sub(" ", plie).split())[:TEXTE_MAX]


def noter_recherche(request: HttpRequest, texte: str, total: int) -> None:
    """Count a search and whether it found nothing; whatever happens, the reader has the answer, and at once."""
    cle = "" if ne_pas_compter(request) else cle_de(texte)
    if not cle:
        return
    jour = _aujourdhui()
    _ecrire(
        """
        INSERT INTO search_recherchedujour (jour, cle, texte, nombre, sans_resultat)
        SELECT %s, %s, %s, 1, %s
        WHERE EXISTS (SELECT 1 FROM search_recherchedujour WHERE jour = %s AND cle = %s)
           OR (SELECT COUNT(*) FROM search_recherchedujour WHERE jour = %s) < %s
        ON CONFLICT (jour, cle) DO UPDATE SET
            nombre = search_recherchedujour.nombre + 1,
            sans_resultat = search_recherchedujour.sans_resultat + EXCLUDED.sans_resultat""",
        [jour, cle, texte.lower()[:TEXTE_MAX], 0 if total else 1, jour, cle, jour, TEXTES_PAR_JOUR],
    )
    if cache.add(f"search:journal:{jour}", 1, ONE_DAY):
        # Embedded, no other process would do it.
        _essayer(purger)


def noter_clic(request: HttpRequest, texte: str, rang: int) -> None:
    """Count a result opened, when its search was counted today: never more openings of a rank than searches."""
    cle = "" if ne_pas_compter(request) else cle_de(texte)
    if not cle:
        return
    _ecrire(
        """
        INSERT INTO search_clicdujour (recherche_id, rang, nombre)
        SELECT id, %s, 1 FROM search_recherchedujour WHERE jour = %s AND cle = %s
        ON CONFLICT (recherche_id, rang) DO UPDATE SET nombre = search_clicdujour.nombre + 1
        WHERE search_clicdujour.nombre < (
            SELECT r.nombre FROM search_recherchedujour r WHERE r.id = search_clicdujour.recherche_id)""",
        [rang, _aujourdhui(), cle],
    )


def purger(jours: int = JOURS_GARDES) -> int:
    """Forget the searches of more than `jours` days ago; how many texts."""
    anciennes = RechercheDuJour.objects.filter(jour__lt=timezone.localdate() - timedelta(days=jours))
    _, par_modele = anciennes.delete()
    return par_modele.get(RechercheDuJour._meta.label, 0)


def requetes_populaires(debut: str, version: int) -> list[str]:
    """Searches that several readers made and that begin so, the commonest first.

    Proposed to everybody, hence the floors: typed several times, on several days, over the last 90 days, and made
    of words that the public site itself holds, so that no name or insult is ever passed on.
    """
    aujourdhui = timezone.localdate()
    populaires = cached(version, f"search:populaires:{aujourdhui}", lambda: _populaires(aujourdhui))
    cle = cle_de(debut)
    return [texte for autre, texte in populaires if autre.startswith(cle)][:POPULAIRES_MAX] if cle else []


def _populaires(aujourdhui: date) -> list[tuple[str, str]]:
    lignes = (
        RechercheDuJour.objects.filter(jour__gt=aujourdhui - timedelta(days=POPULAIRES_JOURS))
        .values("cle")
        .annotate(fois=Sum("nombre"), vaines=Sum("sans_resultat"), dates=Count("jour"), ecrit=Max("texte"))
        .filter(fois__gte=POPULAIRES_FOIS, dates__gte=POPULAIRES_DATES, vaines__lt=F("fois"))
        .order_by("-fois", "cle")
    )
    mots = {ligne["cle"]: _mots(ligne["cle"]) for ligne in lignes[:500]}
    voulus = {forme for siens in mots.values() for forme in siens}
    connues = set(Mot.objects.filter(forme__in=voulus).values_list("forme", flat=True))
    return [
        # Without signs: the words alone were looked at.
        (ligne["cle"], " ".join(_PONCTUATION.sub(" ", ligne["ecrit"]).split()))
        for ligne in lignes[:500]
        if mots[ligne["cle"]] <= connues
    ]


def _mots(cle: str) -> set[str]:
    """The words of a search that tell something, without accents."""
    formes = {plier(jeton.mot) for jeton in jetons(cle) if not jeton.joint}
    return {forme for forme in formes if 2 < len(forme) <= LONGUEUR_MAX and not forme.isdigit()}


def _aujourdhui():
    """Today, as the database takes it."""
    return connection.ops.adapt_datefield_value(timezone.localdate())


def _ecrire(sql: str, parametres: list) -> None:
    def ecrire() -> None:
        with connection.cursor() as curseur:
            curseur.execute(sql, parametres)

    _essayer(ecrire)


def _essayer(action: Callable[[], object]) -> None:
    try:
        with _sans_attendre():
            action()
    except DatabaseError:
        logger.debug("A search was not counted.", exc_info=True)


@contextmanager
def _sans_attendre() -> Iterator[None]:
    """Wait a moment only for the one writer of SQLite, or for a row that another transaction of PostgreSQL holds."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SELECT set_config('lock_timeout', %s, true)", [f"{ATTENTE_MAX}ms"])
            yield
        return
    connection.ensure_connection()
    attente = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    # Below Django's cursors: these two are not queries of the page.
    connection.connection.execute(f"PRAGMA busy_timeout = {ATTENTE_MAX}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {attente}")
