"""What receives the sign-up form and the links of the e-mails. A GET never changes anything: mail scanners follow
links. No answer tells whether an address is subscribed."""

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.context import absolute_base
from core.limits import under_limit, visitor_address
from core.origin import same_origin_required
from newsletter import abonnements
from newsletter.bloc import main_page
from newsletter.courriels import repondre
from newsletter.forms import InscriptionForm
from newsletter.liens import ExpiredLinkError, UnknownLinkError, lire_confirmer, lire_desinscrire
from newsletter.models import Abonnement, LandingPage, PageInscription

logger = logging.getLogger(__name__)

# In an hour.
COURRIELS_PAR_ADRESSE = 3
DEMANDES_PAR_VISITEUR = 20

TROP_DE_DEMANDES = (
    "Trop de demandes viennent de votre connexion. Attendez une heure, puis recommencez : rien n’a été perdu."
)
ENVOI_IMPOSSIBLE = (
    "Votre demande est notée, mais le courriel de confirmation n’a pas pu partir. Recommencez dans quelques minutes : "
    "votre adresse est toujours dans le champ ci-dessous."
)


class SeeOther(HttpResponseRedirect):
    """303: the browser fetches the next page with GET, and reloading it sends nothing again."""

    status_code = 303


def _page_of(request: HttpRequest) -> PageInscription:
    """The sign-up page that the form stands for; the main one when it tells none that is public.

    Raises:
        Http404: the site has no sign-up page.
    """
    key = request.POST.get("landing", "")
    page: PageInscription | None = None
    if key.isascii() and key.isdecimal() and len(key) < 10:
        page = LandingPage.objects.live().public().filter(pk=int(key)).first()
    page = page or main_page()
    if page is None:
        raise Http404("no sign-up page")
    return page


def _page_again(request: HttpRequest, page: PageInscription, form: InscriptionForm, alerte: str, status: int):
    """The sign-up page itself, with what was typed and what went wrong."""
    context = page.get_context(request, formulaire=form, alerte=alerte)
    return render(request, page.template, context, status=status)


@never_cache
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def inscription(request: HttpRequest) -> HttpResponse:
    """Receive the form: record the request, send the e-mail, and answer the same whatever the address."""
    if request.method != "POST":
        return redirect("/newsletter/")
    page, form = _page_of(request), InscriptionForm(request.POST)
    if form.est_un_robot:
        return SeeOther(reverse("newsletter_verification"))
    if not form.is_valid():
        return _page_again(request, page, form, form.erreur, 422)
    if not under_limit("newsletter-visiteur", visitor_address(request), DEMANDES_PAR_VISITEUR):
        return _page_again(request, page, form, TROP_DE_DEMANDES, 429)
    courriel = form.cleaned_data["courriel"]
    abonnement = abonnements.demander(courriel, page)
    # Beyond the limit the answer stays the same, and the mailbox is left in peace.
    if under_limit("newsletter-adresse", courriel, COURRIELS_PAR_ADRESSE) and not repondre(
        abonnement, absolute_base(request)
    ):
        logger.error("the answer to subscription %s could not be sent", abonnement.pk)
        return _page_again(request, page, form, ENVOI_IMPOSSIBLE, 503)
    return SeeOther(reverse("newsletter_verification"))


@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """« Un courriel vous attend »: the same page for everybody."""
    return render(request, "newsletter/verification.html")


@never_cache
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirmer(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; the button confirms."""
    try:
        lien = lire_confirmer(token)
        abonnements.verifier(lien)
        if request.method == "POST":
            nouveau = abonnements.confirmer(lien)
            return render(request, "newsletter/bienvenue.html", _thanks(lien.abonnement) | {"nouveau": nouveau})
    except ExpiredLinkError:
        return _dead_link(request, "expire", 410)
    except UnknownLinkError:
        return _dead_link(request, "inconnu", 404)
    if lien.abonnement.etat == Abonnement.Etat.CONFIRME:
        return render(request, "newsletter/bienvenue.html", _thanks(lien.abonnement) | {"nouveau": False})
    return render(request, "newsletter/confirmer.html")


@never_cache
@same_origin_required
@require_http_methods(["GET", "HEAD", "POST"])
def desinscription(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button; the button unsubscribes, and so does the mailbox's own (RFC 8058)."""
    try:
        abonnement = lire_desinscrire(token)
    except UnknownLinkError:
        return render(request, "newsletter/desinscription_inconnue.html", status=404)
    if request.method == "POST":
        abonnements.desinscrire(abonnement)
        return render(request, "newsletter/au_revoir.html")
    if abonnement.etat == Abonnement.Etat.DESINSCRIT:
        return render(request, "newsletter/au_revoir.html")
    return render(request, "newsletter/desinscription.html")


def _thanks(abonnement: Abonnement) -> dict:
    """The thanks of the page where the visitor subscribed."""
    page = LandingPage.objects.filter(pk=abonnement.landing_id).first() or main_page()
    return {"remerciement": page.remerciement if page else ""}


def _dead_link(request: HttpRequest, raison: str, status: int) -> HttpResponse:
    page = main_page()
    context = {
        "raison": raison,
        "inscription": page.pour_formulaire() if page else None,
        "formulaire": InscriptionForm(),
        "alerte": "",
    }
    return render(request, "newsletter/lien_perime.html", context, status=status)
