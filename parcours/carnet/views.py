"""The page of the notebook, and what receives its forms: without JavaScript as forms, from a script as JSON.

A GET changes nothing. Nothing is kept by the site before the reader asks for a code.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.context import absolute_base
from core.limits import under_limit
from core.origin import same_origin_required
from core.version import request_version
from parcours import services
from parcours.carnet import envoi, garde, mots, temoin
from parcours.carnet.demande import RefusError, en_json, expliquer, limiter, lire_demande

logger = logging.getLogger(__name__)

# In an hour, for one network address: a class of thirty behind one box marks twenty pages each.
CODES, REPRISES, ENVOIS, ENVOIS_PAR_ADRESSE = 30, 1_200, 10, 3
MAUVAISE_ADRESSE = (
    "Cette adresse n’est pas complète ou contient un caractère interdit. Vérifiez-la : elle a la forme nom@exemple.fr."
)
ENVOI_IMPOSSIBLE = "Le courriel n’a pas pu partir. Recommencez dans quelques minutes, ou notez les mots du code."
ENVOYE = "Le courriel est parti. Ouvrez-le sur l’autre appareil ; votre adresse n’a pas été gardée."
# What the site has erased, and no more: what the browser keeps is for its script, which then says the rest.
EFFACE = "Le site a effacé vos marques de son cookie, et la copie gardée sous ce code, s’il y en avait."
EFFACE_SANS_CODE = (
    "Le site a effacé vos marques de son cookie, s’il y en avait. Si vous avez un code de reprise, indiquez-le pour "
    "effacer aussi la copie du site."
)


# The field of the page that each form posts its code from; the form of the e-mail posts the code that the page shows.
_FIELDS = {"carnet_courriel": "code", "carnet_effacer": "a_effacer"}


def _page(request: HttpRequest, status: int = 200, **said) -> HttpResponse:
    """The page of the notebook with what was just said, and what was typed in the form that answers."""
    context: dict = dict.fromkeys(("code", "saisie", "a_effacer", "erreur", "champ", "fait", "recu", "a_vider"), "")
    name = request.resolver_match.url_name if request.resolver_match else ""
    context[_FIELDS.get(name or "", "saisie")] = request.POST.get("code", "")[:500]
    context |= {"jusqu_au": None, "courriel": request.POST.get("courriel", "")[:254]} | said
    if context["champ"] == "code" and name == "carnet_effacer":
        context["champ"] = "a_effacer"
    context["cartes"] = services.cartes_parcours(request_version(request))
    return render(request, "parcours/carnet.html", context, status=status)


@require_safe
def carnet(request: HttpRequest) -> HttpResponse:
    """The page: progress, resume code, file, erasing."""
    return _page(request)


@never_cache
@same_origin_required
@require_POST
def marquer(request: HttpRequest) -> HttpResponse:
    """Mark a page as read or unread without JavaScript: in the cookie, set here for the first time."""
    page, slug = request.POST.get("uuid", ""), request.POST.get("parcours", "")
    back = request.POST.get("retour", "")[:500]
    if not back.startswith("/") or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("carnet")
    response = HttpResponseRedirect(f"{back}#marquer", status=303)
    if temoin.est_une_page(page):
        # A parcours whose name is too long for the cookie is not remembered as the last one; the mark is.
        slug = slug if temoin.est_un_slug(slug) else ""
        marked = temoin.lire(request).marquer(page, request.POST.get("lu") == "1", garde.maintenant_ms(), slug)
        temoin.ecrire(response, request, marked)
    return response


@never_cache
@same_origin_required
@require_http_methods(["GET", "DELETE"])
def du_temoin(request: HttpRequest) -> HttpResponse:
    """What the cookie says, for a script that moves it into the browser's own storage, then drops the cookie."""
    if request.method == "DELETE":
        response = HttpResponse(status=204)
        temoin.oublier(response)
        return response
    said = temoin.lire(request)
    return JsonResponse({"progres": said.progres, "dernier": said.dernier})


@never_cache
@same_origin_required
@require_POST
@expliquer(_page)
def creer(request: HttpRequest) -> HttpResponse:
    """Keep a copy of the notebook under a new code."""
    asked = lire_demande(request)
    limiter(request, "code", CODES)
    secret, kept = garde.creer(asked.progres)
    return _with_code(request, secret, garde.jusqu_au(kept), 201)


def _with_code(request: HttpRequest, secret: bytes, day, status: int) -> HttpResponse:
    if en_json(request):
        return JsonResponse({"code": mots.en_mots(secret), "jusqu_au": day.isoformat()}, status=status)
    return _page(request, code=mots.en_mots(secret), jusqu_au=day)


@never_cache
@same_origin_required
@require_POST
@expliquer(_page)
def reprendre(request: HttpRequest) -> HttpResponse:
    """Merge what this device has with what is kept under a code; both have the union then."""
    asked = lire_demande(request)
    limiter(request, "reprise", REPRISES)
    kept, union = garde.apporter(mots.lire(asked.code), asked.progres)
    if en_json(request):
        return JsonResponse({"progres": union, "jusqu_au": garde.jusqu_au(kept).isoformat()})
    response = HttpResponseRedirect(reverse("carnet") + "#ma-progression", status=303)
    temoin.ecrire(response, request, temoin.de_progres(union, temoin.lire(request).dernier))
    return response


@never_cache
@same_origin_required
@require_POST
@expliquer(_page)
def envoyer(request: HttpRequest) -> HttpResponse:
    """Send a link to the notebook. At once rather than by a task: a task's row would keep the address."""
    asked = lire_demande(request)
    secret = mots.lire(asked.code)
    try:
        address = forms.EmailField(max_length=254).clean(asked.courriel)
    except ValidationError as error:
        raise RefusError(MAUVAISE_ADRESSE, 422, "courriel") from error
    limiter(request, "envoi", ENVOIS)
    kept = garde.trouver(secret)
    # Beyond the limit the answer stays the same, and the mailbox is left in peace.
    if under_limit("carnet-adresse", address.lower(), ENVOIS_PAR_ADRESSE):
        try:
            envoi.message(address, absolute_base(request) + envoi.creer_lien(secret)).send()
        except (OSError, SMTPException) as error:
            logger.error("a resume link could not be sent: %s", type(error).__name__)
            raise RefusError(ENVOI_IMPOSSIBLE, 503) from error
    if en_json(request):
        return JsonResponse({"fait": ENVOYE})
    return _page(request, code=mots.en_mots(secret), jusqu_au=garde.jusqu_au(kept), fait=ENVOYE, courriel="")


def _dead_link(request: HttpRequest, status: int, erreur: str, champ: str) -> HttpResponse:
    return render(request, "parcours/carnet_lien.html", {"erreur": erreur, "token": ""}, status=status)


@never_cache
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
@expliquer(_dead_link)
def lien(request: HttpRequest, token: str) -> HttpResponse:
    """The page of an e-mailed link: a button; the button gives the code, once."""
    if request.method == "POST":
        limiter(request, "reprise", REPRISES)
        return _page(request, recu=mots.en_mots(envoi.consommer(token)))
    if not envoi.est_bon(token):
        raise envoi.LienPerduError
    return render(request, "parcours/carnet_lien.html", {"erreur": "", "token": token})


@never_cache
@same_origin_required
@require_POST
@expliquer(_page)
def effacer(request: HttpRequest) -> HttpResponse:
    """Forget the cookie, and the copy kept under the code when one is given.

    Pressed before the script of the page was there, on a slow network: the page that answers asks it for the rest, the
    browser's storage and the copy under the code that only the browser knows.
    """
    asked = lire_demande(request)
    fait = EFFACE_SANS_CODE
    if asked.code.strip():
        garde.effacer(mots.lire(asked.code))
        fait = EFFACE
    temoin.vider(request)
    response = (
        JsonResponse({"fait": fait}) if en_json(request) else _page(request, fait=fait, a_effacer="", a_vider=True)
    )
    temoin.oublier(response)
    return response
