"""What the search box proposes while the reader types: titles and terms, the likeliest first, then popular searches."""

from urllib.parse import urlencode

from django.db.models import Case, Q, When
from django.db.models.functions import Length
from django.http import HttpRequest

from core.typography import typo_text
from core.version import cached, request_version
from search.analyse import MOTS_VIDES, plier
from search.comprendre import nettoyer
from search.journal import requetes_populaires
from search.models import SearchEntry
from search.presentation import adresse
from search.proches import debut_proche, proches
from search.query import visibilite_actuelle

MAXIMUM = 8
POPULAIRES_MAX = 2
MOTS_MAX = 8


def suggerer(texte: str, request: HttpRequest) -> list[dict[str, str]]:
    """At most 8 `{"texte", "url", "genre"}`; misspelt words, finished or not, are mended when nothing begins so."""
    version = request_version(request)
    mots = "".join(c if c.isalnum() else " " for c in plier(nettoyer(texte))).split()[:MOTS_MAX]
    if len("".join(mots)) < 2:
        return []
    utiles = [mot for mot in mots[:-1] if mot not in MOTS_VIDES] + mots[-1:]
    trouves = _titres(utiles, version)
    if not trouves:
        corriges = proches(utiles, version, 1)
        mendes = [siens[0].forme if (siens := corriges.get(mot)) else mot for mot in utiles]
        trouves = _titres(mendes, version) if mendes != utiles else []
    if not trouves and (debut := debut_proche(utiles[-1], version)):
        trouves = _titres([*mendes[:-1], debut], version)
    populaires = _populaires(texte, version)
    suggestions: dict[str, dict[str, str]] = {}
    for entree in trouves:
        suggestion = {"texte": typo_text(entree.titre), "url": adresse(entree, request), "genre": entree.genre_label}
        suggestions.setdefault(entree.titre, suggestion)
        if len(suggestions) == MAXIMUM - len(populaires):
            break
    return [*suggestions.values(), *populaires]


def _populaires(texte: str, version: int) -> list[dict[str, str]]:
    """What other readers often search that begins so, other than what is typed already."""
    recherches = [autre for autre in requetes_populaires(texte, version) if plier(autre) != plier(nettoyer(texte))]
    return [
        {"texte": typo_text(autre), "url": f"/recherche/?{urlencode({'q': autre})}", "genre": "Recherche fréquente"}
        for autre in recherches[:POPULAIRES_MAX]
    ]


def _titres(mots: list[str], version: int) -> list[SearchEntry]:
    visibilite = cached(version, "search:visibilite", visibilite_actuelle)
    conditions = Q(position=0) & visibilite.condition
    for mot in mots:
        conditions &= Q(titre_plie__contains=f" {mot}")
    # Titles that begin so, then those that hold the words in this order, the shortest first.
    debut = " " + " ".join(mots)
    rang = Case(When(titre_plie__startswith=debut, then=0), When(titre_plie__contains=debut, then=1), default=2)
    lignes = SearchEntry.objects.filter(conditions).select_related("page")
    return list(lignes.order_by(rang, Length("titre"), "pk")[: 2 * MAXIMUM])
