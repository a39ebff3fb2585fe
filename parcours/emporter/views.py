"""The packs of a parcours, sent from disk with ranges and conditional requests."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from core.context import absolute_base
from core.version import request_version
from mediatheque.diffusion import servir
from parcours import services
from parcours.emporter.packs import SORTES, PackError, pack


@require_safe
def choisir(request: HttpRequest, slug: str) -> HttpResponse:
    """`/emporter/` alone leads to the choice, on the page of the parcours."""
    fil = services.fil_de(slug, request_version(request))
    if fil is None:
        raise Http404
    return redirect(f"{fil.url}#emporter")


@require_safe
def emporter(request: HttpRequest, slug: str, sorte: str) -> HttpResponseBase:
    """One pack, the same for everybody; built now if it is missing, 503 when it cannot be."""
    version = request_version(request)
    fil = services.fil_de(slug, version)
    if fil is None or sorte not in SORTES:
        raise Http404
    try:
        trouve = pack(slug, SORTES[sorte], absolute_base(request), version)
    except PackError:
        contexte = {"fil": fil, "sorte": SORTES[sorte]}
        reponse = render(request, "parcours/emporter/indisponible.html", contexte, status=503)
        reponse["Retry-After"] = "60"
        reponse["Cache-Control"] = "no-store"
        return reponse
    if trouve is None:
        raise Http404
    nom = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", f"Parcours {fil.titre_court}").strip()
    entetes = [
        ("Content-Disposition", content_disposition_header(True, f"{nom}.{trouve.sorte.extension}") or "attachment"),
        ("ETag", f'"{trouve.etiquette}"'),
        # The same address holds another content tomorrow: the browser asks, and is told when nothing changed.
        ("Cache-Control", "no-cache"),
    ]
    return servir(request, trouve.chemin, entetes, trouve.sorte.type_mime, trouve.plan())
