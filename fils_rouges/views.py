"""Two cases side by side, at an address that may be kept and sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.version import request_version
from fils_rouges import comparaison
from fils_rouges.services import fils_rouges_en_bref


def comparer(request: HttpRequest) -> HttpResponse:
    """The form, and the two cases that `?a=` and `?b=` name once both are there."""
    version = request_version(request)
    asked = comparaison.demandes(version, request.GET)
    context: dict = {"demandes": asked, "cas_a_comparer": fils_rouges_en_bref(version)}
    chosen = [each.cas.page_id for each in asked if each.cas is not None and not each.erreur]
    if len(chosen) == len(asked):
        first, second = (comparaison.colonne(page_id, version) for page_id in chosen)
        context |= {
            "colonnes": (first, second),
            "communs": comparaison.communs(first, second, version),
            "lignes": comparaison.tableau((first, second), version),
        }
    return render(request, "fils_rouges/comparer.html", context)
