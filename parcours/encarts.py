"""What parcours show inside the pages that are their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.protocols import Encart
from core.version import request_version
from parcours import services
from parcours.fil import Etape, Fil
from parcours.models.parcours import TYPES_D_ETAPE

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


def _followed(page: Page, request: HttpRequest) -> tuple[Fil, Etape] | None:
    """The parcours that the address names and the page's step in it; None when the word means nothing."""
    slug = request.GET.get("parcours", "")
    if not slug or page._meta.label not in TYPES_D_ETAPE:
        return None
    fil = services.fil_de(slug, request_version(request))
    etape = fil.etape_de(page.pk) if fil else None
    return (fil, etape) if fil and etape else None


def etape_en_cours(page: Page, request: HttpRequest) -> Encart | None:
    """Above the title: where the reader is in the parcours; on a phone the thread itself comes after the text."""
    followed = _followed(page, request)
    if followed is None:
        return None
    fil, etape = followed
    return Encart("parcours/encarts/etape.html", {"fil": fil, "etape": etape}, ordre=10)


def fil_a_cote(page: Page, request: HttpRequest) -> Encart | None:
    """Beside the text: the numbered thread of the parcours being followed."""
    followed = _followed(page, request)
    if followed is None:
        return None
    fil, etape = followed
    return Encart("parcours/encarts/fil.html", {"fil": fil, "etape": etape}, ordre=10)


def suite(page: Page, request: HttpRequest) -> Encart | None:
    """Right after the text: mark as read and, in a parcours, what comes before and after."""
    if page._meta.label not in TYPES_D_ETAPE:
        return None
    followed = _followed(page, request)
    if followed is None:
        return Encart("parcours/encarts/carnet.html", {"uuid": page.uuid}, ordre=10)
    fil, etape = followed
    context = {
        "uuid": page.uuid,
        "fil": fil,
        "etape": etape,
        "avant": _neighbour(fil, fil.avant(etape)),
        "apres": _neighbour(fil, fil.apres(etape)),
    }
    return Encart("parcours/encarts/suite.html", context, ordre=10)


def _neighbour(fil: Fil, etape: Etape | None) -> dict | None:
    return {"titre": etape.titre, "numero": etape.numero, "lien": fil.lien(etape)} if etape else None


def dans_quels_parcours(page: Page, request: HttpRequest) -> Encart | None:
    """At the end, outside any parcours: those that have this page as a step, and what to read around it."""
    if page._meta.label not in TYPES_D_ETAPE or _followed(page, request) is not None:
        return None
    places = services.places_de(page.pk, request_version(request))
    return Encart("parcours/encarts/places.html", {"places": places}, ordre=20) if places else None
