"""The search page, its suggestions and its JSON form."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.version import cached, request_version
from search.adresses import TRIS, Recherche, entier
from search.aide import demande_de_document, portes, termes_voisins
from search.facettes import FACETTES, VALEURS_MAX, Valeur, premieres
from search.journal import noter_recherche
from search.presentation import presenter
from search.query import PAR_PAGE, Resultats, chercher
from search.suggestions import suggerer

TAILLE_MAX = 100
# Values of a facet outside its fold, and of all facets on a page: a reader's phone draws them all, folded or not.
VALEURS_MONTREES, VALEURS_PAR_PAGE = 6, 150
# With no more results than this, the page also shows other ways on.
PEU = 3


def _chercher(request: HttpRequest, taille: int = PAR_PAGE) -> tuple[Recherche, Resultats]:
    voulue = Recherche.lue(request)
    resultats = chercher(
        voulue.texte,
        voulue.filtres,
        entier(request.GET.get("page"), 1),
        version=request_version(request),
        taille=taille,
        tri=voulue.tri,
        tels_quels=voulue.tels_quels,
    )
    return voulue, resultats


@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """`/recherche/?q=…`: a page that any reader can keep, send or walk without JavaScript."""
    voulue, resultats = _chercher(request)
    texte, filtres = voulue.texte, voulue.filtres
    hits = presenter(resultats, request)
    groupes = _groupes(resultats)
    choisies = [
        {
            "libelle": valeur.libelle,
            "facette": FACETTES[nom],
            "url": replace(voulue, filtres=voulue.sans(nom, valeur.valeur)).adresse(),
        }
        for nom, valeurs in resultats.facettes.items()
        for valeur in valeurs
        if valeur.choisie
    ]
    if texte and request.GET.keys() <= {"q"} and request.method == "GET":
        noter_recherche(request, texte, resultats.total)
    version = request_version(request)
    contexte = {
        "q": texte,
        "resultats": resultats,
        "hits": hits,
        "premier": (resultats.page - 1) * PAR_PAGE + 1,
        "facettes": groupes,
        "choisies": choisies,
        "filtres": filtres,
        "tri": voulue.tri,
        "tris": [(nom, libelle, replace(voulue, tri=nom).adresse()) for nom, libelle in TRIS.items()],
        "tels_quels": voulue.tels_quels,
        "sans_filtre": replace(voulue, filtres={}).adresse(),
        "precedente": voulue.adresse(page=resultats.page - 1) if resultats.page > 1 else "",
        "suivante": voulue.adresse(page=resultats.page + 1) if resultats.page < resultats.pages else "",
        "suggestion": resultats.suggestion,
        # Counted without filters when they leave nothing, and in the usual way.
        "url_suggestion": replace(
            voulue, texte=resultats.suggestion, filtres=filtres if resultats.total else {}, tels_quels=False
        ).adresse(),
        "url_tels_quels": replace(voulue, tels_quels=True).adresse(),
        "url_mots_proches": replace(voulue, tels_quels=False).adresse(),
        "flux": f"/flux/recherche/{replace(voulue, tri='pertinence').adresse()}",
        "cherche": bool(texte or filtres),
        "portes": cached(version, "search:portes", portes) if not hits else [],
        "peu": resultats.total <= PEU,
        "demander": demande_de_document(texte, settings.SITE_NAME, version) if resultats.total <= PEU else "",
        "voisins": termes_voisins(texte, version) if texte and not hits else [],
        "exact": resultats.exact,
    }
    return render(request, "search/recherche.html", contexte)


def _groupes(resultats: Resultats) -> list[dict]:
    """The facets that help, with the values outside their folds, those inside, and how many are left out."""
    utiles = {nom: _utiles(valeurs, resultats) for nom, valeurs in resultats.facettes.items()}
    au_plus = VALEURS_MAX
    while sum(min(len(valeurs), au_plus) for valeurs in utiles.values()) > VALEURS_PAR_PAGE:
        au_plus -= 1
    groupes = []
    for nom, valeurs in utiles.items():
        montrees = premieres(valeurs, au_plus)
        if montrees:
            groupes.append(
                {
                    "nom": nom,
                    "libelle": FACETTES[nom],
                    "valeurs": montrees[:VALEURS_MONTREES],
                    "autres": montrees[VALEURS_MONTREES:],
                    "tues": len(valeurs) - len(montrees),
                }
            )
    return groupes


def _utiles(valeurs: list[Valeur], resultats: Resultats) -> list[Valeur]:
    """A facet that would not narrow anything is not shown, unless it is in use."""
    if any(valeur.choisie for valeur in valeurs):
        return valeurs
    return valeurs if len(valeurs) > 1 or any(valeur.nombre < resultats.total for valeur in valeurs) else []


@require_safe
@cache_control(max_age=60)
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/recherche/suggestions/?q=…`: a JSON list of `{"texte", "url"}`, at most 8."""
    return JsonResponse(suggerer(request.GET.get("q", ""), request), safe=False)


@require_safe
def api(request: HttpRequest) -> JsonResponse:
    """`/api/recherche/?q=…`: the same search as JSON; parameters that make no sense are ignored."""
    _, resultats = _chercher(request, entier(request.GET.get("taille"), PAR_PAGE, TAILLE_MAX))
    hits = presenter(resultats, request)
    return JsonResponse(
        {
            "total": resultats.total,
            "exact": resultats.exact,
            "page": resultats.page,
            "pages": resultats.pages,
            "corrige": resultats.corrige,
            "aussi": list(resultats.aussi),
            "approche": resultats.approche,
            "suggestion": resultats.suggestion,
            "resultats": [
                {
                    "titre": hit.titre,
                    "type": hit.type,
                    "url": hit.extraits[0].url if hit.extraits else hit.url,
                    "extrait": hit.extraits[0].texte if hit.extraits else "",
                    "score": hit.score,
                    "mis_en_avant": hit.mis_en_avant,
                    "chemin": list(hit.chemin),
                    "passages": [
                        {"url": extrait.url, "lieu": extrait.lieu, "extrait": extrait.texte} for extrait in hit.extraits
                    ],
                }
                for hit in hits
            ],
            "facettes": {
                nom: [
                    {"valeur": v.valeur, "libelle": v.libelle, "nombre": v.nombre, "choisie": v.choisie}
                    for v in premieres(valeurs)
                ]
                for nom, valeurs in resultats.facettes.items()
            },
        },
        json_dumps_params={"ensure_ascii": False},
    )
