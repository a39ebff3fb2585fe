"""The search page, its suggestions and its JSON form."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.version import cached, request_version
from search.aide import demande_de_document, portes, termes_voisins
from search.comprendre import nettoyer
from search.facettes import FACETTES, Valeur, filtres_de
from search.journal import noter_recherche
from search.presentation import presenter
from search.query import PAR_PAGE, Resultats, chercher
from search.suggestions import suggerer

TAILLE_MAX = 100
TRIS = {"pertinence": "Pertinence", "date": "Date"}
VALEURS_MONTREES = 6
# With no more results than this, the page also shows other ways on.
PEU = 3


def _entier(texte: str | None, defaut: int, maximum: int = 1_000_000) -> int:
    """A positive integer of the address, or `defaut` for anything else."""
    if texte and texte.isascii() and texte.isdigit() and len(texte) <= 9:
        return min(max(int(texte), 1), maximum)
    return maximum if texte and texte.isascii() and texte.isdigit() else defaut


def _demande(request: HttpRequest, taille: int = PAR_PAGE) -> tuple[str, dict, str, Resultats]:
    texte = nettoyer(request.GET.get("q", ""))
    filtres = filtres_de(request.GET)
    tri = request.GET.get("tri", "")
    tri = tri if tri in TRIS else "pertinence"
    page = _entier(request.GET.get("page"), 1)
    resultats = chercher(texte, filtres, page, version=request_version(request), taille=taille, tri=tri)
    return texte, filtres, tri, resultats


def _adresse(texte: str, filtres: dict, tri: str, **plus) -> str:
    parametres: list[tuple[str, object]] = [("q", texte)]
    parametres += [(nom, valeur) for nom, valeurs in filtres.items() for valeur in valeurs]
    if tri != "pertinence":
        parametres.append(("tri", tri))
    return "?" + urlencode([*parametres, *plus.items()])


def _sans(filtres: dict, nom: str, valeur: str) -> dict:
    return {n: restantes for n, vs in filtres.items() if (restantes := [v for v in vs if (n, v) != (nom, valeur)])}


@require_safe
def recherche(request: HttpRequest) -> HttpResponse:
    """`/recherche/?q=…`: a page that any reader can keep, send or walk without JavaScript."""
    texte, filtres, tri, resultats = _demande(request)
    hits = presenter(resultats, request)
    groupes = [
        {"nom": nom, "libelle": libelle, "valeurs": valeurs[:VALEURS_MONTREES], "autres": valeurs[VALEURS_MONTREES:]}
        for nom, libelle in FACETTES.items()
        if (valeurs := _utiles(resultats.facettes.get(nom, []), resultats))
    ]
    choisies = [
        {
            "libelle": valeur.libelle,
            "facette": FACETTES[nom],
            "url": _adresse(texte, _sans(filtres, nom, valeur.valeur), tri),
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
        "tri": tri,
        "tris": [(nom, libelle, _adresse(texte, filtres, nom)) for nom, libelle in TRIS.items()],
        "sans_filtre": _adresse(texte, {}, tri),
        "precedente": _adresse(texte, filtres, tri, page=resultats.page - 1) if resultats.page > 1 else "",
        "suivante": _adresse(texte, filtres, tri, page=resultats.page + 1) if resultats.page < resultats.pages else "",
        "suggestion": resultats.suggestion,
        "url_suggestion": _adresse(resultats.suggestion, filtres, tri) if resultats.suggestion else "",
        "flux": f"/flux/recherche/{_adresse(texte, filtres, 'pertinence')}",
        "cherche": bool(texte or filtres),
        "portes": cached(version, "search:portes", portes) if not hits else [],
        "peu": resultats.total <= PEU,
        "demander": demande_de_document(texte, settings.SITE_NAME, version) if resultats.total <= PEU else "",
        "voisins": termes_voisins(texte, version) if texte and not hits else [],
        "exact": resultats.exact,
    }
    return render(request, "search/recherche.html", contexte)


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
    taille = _entier(request.GET.get("taille"), PAR_PAGE, TAILLE_MAX)
    _, _, _, resultats = _demande(request, taille)
    hits = presenter(resultats, request)
    return JsonResponse(
        {
            "total": resultats.total,
            "exact": resultats.exact,
            "page": resultats.page,
            "pages": resultats.pages,
            "corrige": resultats.corrige,
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
                    for v in valeurs
                ]
                for nom, valeurs in resultats.facettes.items()
            },
        },
        json_dumps_params={"ensure_ascii": False},
    )
