"""Asking for an attestation, and checking one. Neither sets a cookie, writes a row, nor logs a name."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core.context import absolute_base
from core.impression import ImpressionError
from core.limits import under_limit, visitor_address
from core.origin import same_origin_required
from core.version import request_version
from parcours import services
from parcours.attestation import document, jeton
from parcours.attestation.formulaires import DemandeForm, NomForm

logger = logging.getLogger(__name__)

# In an hour, for one network address: a class of thirty behind one box takes its three attestations.
DEMANDES, VERIFICATIONS = 90, 300
TROP = "Trop de demandes viennent de votre connexion. Attendez une heure, puis recommencez."
PANNE = "L’attestation n’a pas pu être préparée. L’erreur est notée ; recommencez dans une minute."


@never_cache
@sensitive_post_parameters("nom")
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def demander(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of an attestation; posted, its PDF."""
    fil = services.fil_de(slug, request_version(request))
    if fil is None or not fil.etapes:
        raise Http404
    if request.method != "POST":
        return _formulaire(request, fil, DemandeForm())
    formulaire = DemandeForm(request.POST)
    if not formulaire.is_valid():
        return _formulaire(request, fil, formulaire, status=422)
    if not under_limit("attestation", visitor_address(request), DEMANDES):
        return _formulaire(request, fil, formulaire, TROP, 429)
    nom, date = formulaire.cleaned_data["nom"], timezone.now()
    chemin = reverse("attestation", args=[jeton.creer(fil.uuid, timezone.localdate(date), nom)])
    try:
        pdf = document.ecrire(fil, nom, date, absolute_base(request), chemin)
    except ImpressionError:
        # Its message may quote what was printed.
        logger.error("An attestation of the parcours %s could not be printed", slug)
        return _formulaire(request, fil, formulaire, PANNE, 503)
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse["Content-Disposition"] = content_disposition_header(True, f"attestation-{slug}.pdf") or "attachment"
    return reponse


def _formulaire(request: HttpRequest, fil, formulaire, alerte: str = "", status: int = 200) -> HttpResponse:
    contexte = {"fil": fil, "formulaire": formulaire, "alerte": alerte}
    return render(request, "parcours/attestation/demander.html", contexte, status=status)


# Any site may send this form, which changes nothing: its referrer policy makes browsers hide where it comes from.
@csrf_exempt
@never_cache
@sensitive_post_parameters("nom")
@require_http_methods(["GET", "HEAD", "POST"])
def verifier(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an attestation: it asks for the name, and tells whether it is the right one; 404 for no token."""
    contexte: dict = {"attestation": None, "fil": None, "verdict": "", "alerte": "", "formulaire": NomForm()}
    status = 200
    try:
        contexte["attestation"] = lue = jeton.lire(token)
    except jeton.JetonInvalideError:
        return _privee(render(request, "parcours/attestation/inconnue.html", status=404))
    contexte["fil"] = services.fil_de_uuid(lue.parcours, request_version(request))
    if request.method == "POST":
        contexte["formulaire"] = formulaire = NomForm(request.POST)
        if not formulaire.is_valid():
            status = 422
        elif not under_limit("attestation-verifier", visitor_address(request), VERIFICATIONS):
            contexte["alerte"], status = TROP, 429
        else:
            juste = lue.est_au_nom_de(formulaire.cleaned_data["nom"])
            contexte["verdict"] = "conforme" if juste else "non conforme"
    return _privee(render(request, "parcours/attestation/verifier.html", contexte, status=status))


def _privee(reponse: HttpResponse) -> HttpResponse:
    """No other site is told the address, and no search engine keeps it."""
    reponse["Referrer-Policy"] = "no-referrer"
    reponse["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return reponse
