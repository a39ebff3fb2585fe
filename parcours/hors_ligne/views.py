"""What reading without the site needs of it: the list of a parcours, the worker, the page shown elsewhere."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from parcours.hors_ligne.manifeste import manifeste

_SERVICE = (Path(__file__).parent / "service.js").read_bytes()


@require_safe
def lister(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of what a parcours is made of, the same for everybody."""
    liste = manifeste(slug, request)
    if liste is None:
        raise Http404
    etag = f'"{liste["version"]}"'
    reponse = get_conditional_response(request, etag=etag) or JsonResponse(liste)
    reponse["ETag"] = etag
    reponse["Cache-Control"] = "no-cache"
    return reponse


@require_safe
def service(request: HttpRequest) -> HttpResponse:
    """The service worker, at the root since it answers for the whole site; only a browser that was told to asks it."""
    reponse = HttpResponse(_SERVICE, content_type="text/javascript; charset=utf-8")
    reponse["Cache-Control"] = "no-cache"
    return reponse


@require_safe
def hors_ligne(request: HttpRequest) -> HttpResponse:
    """What a reader without connection sees in place of a page that is not kept: the parcours that are."""
    return render(request, "parcours/hors_ligne.html")
