"""The transcript of an interview, below its address: the text alone, and its files."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from core.impression import ImpressionError
from mooc.entretiens import fiche_de_l_entretien, timed_transcript
from mooc.impression import pdf_of
from mooc.models import VideoPage
from mooc.transcription import texte

logger = logging.getLogger(__name__)
TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "txt": "text/plain", "pdf": "application/pdf"}


def public_interview(request: HttpRequest, numero: int, video: str) -> VideoPage:
    """The live, public interview at an address.

    Raises:
        Http404: none there, a draft, or a page that not everybody may see.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    path = f"{site.root_page.url_path}mooc/episode-{numero}/{video}/"
    page = VideoPage.objects.live().public().select_related("sous_titres").filter(url_path=path).first()
    if page is None:
        raise Http404
    return page


@require_safe
def lecture(request: HttpRequest, numero: int, video: str) -> HttpResponse:
    """The words alone, to read and to print."""
    page = public_interview(request, numero, video)
    facts = fiche_de_l_entretien(page, request)
    if not facts["tours"]:
        raise Http404
    return render(request, "mooc/lecture.html", {"page": page, "entretien": facts})


@require_safe
def transcription(request: HttpRequest, numero: int, video: str, extension: str) -> HttpResponse:
    """A transcript to download; captions that were uploaded are served byte for byte."""
    page = public_interview(request, numero, video)
    turns = [turn.as_tour() for turn in page.tours.all()]
    content: str | bytes = ""
    if extension == "txt":
        if turns:
            content = texte.write(turns, page.title, page.get_full_url(request))
    elif extension == "pdf":
        if turns:
            try:
                content = pdf_of(page, request)
            except ImpressionError:
                logger.exception("PDF of %s", page.url_path)
                return render(request, "mooc/pdf_indisponible.html", {"page": page}, status=503)
    else:
        content = timed_transcript(page, extension)
    if not content:
        raise Http404
    kind = TYPES[extension]
    return HttpResponse(
        content,
        content_type=kind if extension == "pdf" else f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{page.slug}.{extension}"'},
    )
