"""Where `static/js/clics.js` tells that a result was opened."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from core.origin import same_origin_required
from search.comprendre import nettoyer
from search.journal import RANG_MAX, noter_clic


@same_origin_required
@require_POST
def clic(request: HttpRequest) -> HttpResponse:
    """Count the rank opened of a search; says nothing of what was counted before, nor whether this was."""
    rang = request.POST.get("rang", "")
    if not (rang.isascii() and rang.isdigit() and len(rang) <= 3 and 1 <= int(rang) <= RANG_MAX):
        return HttpResponse(status=400)
    noter_clic(request, nettoyer(request.POST.get("q", "")), int(rang))
    return HttpResponse(status=204)
