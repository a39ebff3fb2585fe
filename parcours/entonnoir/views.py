"""Where `static/js/carnet/compte.js` tells that a step was reached or read for the first time on a device."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.limits import under_limit, visitor_address
from core.mesure import ne_pas_compter
from core.origin import same_origin_required
from core.version import request_version
from parcours import services
from parcours.entonnoir.comptes import compter

logger = logging.getLogger(__name__)

# In an hour, for one network address: a class of thirty behind one box walks twenty steps each, and reads them.
MESURES = 1_200
_SAID = {"": False, "0": False, "1": True}


@never_cache
@same_origin_required
@require_POST
def mesurer(request: HttpRequest) -> HttpResponse:
    """Count a step reached, read, or both; 204 whether or not it was counted, so that the answer tells nothing."""
    sent = request.POST
    reached, read = (_SAID.get(sent.get(name, "")) for name in ("atteinte", "lecture"))
    if reached is None or read is None or not (reached or read):
        return HttpResponse(status=400)
    fil = services.fil_de(sent.get("parcours", ""), request_version(request))
    etape = next((etape for etape in fil.etapes if etape.uuid == sent.get("etape")), None) if fil else None
    if fil is None or fil.page_id is None or etape is None:
        return HttpResponse(status=400)
    if ne_pas_compter(request):
        return HttpResponse(status=204)
    if not under_limit("parcours-mesure", visitor_address(request), MESURES):
        return HttpResponse(status=429)
    try:
        compter(fil.page_id, etape.uuid, atteinte=reached, lecture=read)
    except DatabaseError:
        # A database busy for too long: the count is lost, the reader is not concerned.
        logger.warning("a step of a parcours was not counted", exc_info=True)
        return HttpResponse(status=503)
    return HttpResponse(status=204)
