"""The programme of a meeting as a file for a diary."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from evenements.agenda import calendar_of
from evenements.models import RencontrePage


def programme_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The day, or the slot that `?creneau=` names, of a live and public meeting."""
    page = RencontrePage.objects.live().public().filter(slug=slug).first()
    if page is None:
        raise Http404
    slot = None
    if "creneau" in request.GET:
        slots = {str(slot.pk): slot for slot in page.creneaux.all()}
        slot = slots.get(request.GET["creneau"])
        if slot is None:
            raise Http404
    name = f"{slug}-{slot.pk}.ics" if slot else f"{slug}.ics"
    data = calendar_of(page, page.get_full_url(request), slot)
    return HttpResponse(
        data,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)},
    )
