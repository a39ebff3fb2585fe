"""Files of a transcript, below the address of its interview."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from mooc.entretiens import captions_of
from mooc.models import VideoPage
from mooc.transcription import TranscriptionError, srt, texte, vtt

TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "txt": "text/plain"}


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
def transcription(request: HttpRequest, numero: int, video: str, extension: str) -> HttpResponse:
    """A transcript to download; captions that were uploaded are served byte for byte."""
    page = public_interview(request, numero, video)
    turns = [turn.as_tour() for turn in page.tours.all()]
    content: str | bytes = ""
    if extension == "txt":
        if turns:
            content = texte.write(turns, page.title, page.get_full_url(request))
    elif page.sous_titres is not None:
        try:
            if extension == "vtt":
                with page.sous_titres.open_file() as file:
                    content = file.read()
            else:
                content = srt.write(captions_of(page.sous_titres))
        except (OSError, TranscriptionError) as error:
            raise Http404(str(error)) from error
    elif any(turn.debut is not None and turn.fin is not None for turn in turns):
        content = (vtt if extension == "vtt" else srt).write(turns)
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type=f"{TYPES[extension]}; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{page.slug}.{extension}"'},
    )
