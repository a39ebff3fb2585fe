"""What the room shows in others' pages: the cases that a resource of the kit tells of."""

from core.cards import cards_for
from core.protocols import Encart
from core.version import request_version
from fils_rouges import services


def cases_of(page, request) -> Encart | None:
    """At the end of a resource: the cases that it tells of."""
    version = request_version(request)
    ids = services.par_ressource(version).get(page.pk)
    cards = list(cards_for(ids, version).values()) if ids else []
    return Encart("fils_rouges/encart.html", {"cartes": cards}, ordre=50) if cards else None
