"""What the page of an interview shows: player, turns, chapters, downloads, structured data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from core.context import absolute_base
from core.templatetags.typo import horodatage
from mooc.services import of_live_page, second_asked
from mooc.transcription import SousTitre, TranscriptionError
from mooc.transcription.fichier import read_cues

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mooc.models import VideoPage

POSTER = "width-960|format-webp"
MEDIA_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
DOWNLOADS = (("vtt", "WebVTT"), ("srt", "SubRip"), ("txt", "texte"))


def captions_of(document) -> list[SousTitre]:
    """The captions of a WebVTT document.

    Raises:
        TranscriptionError: unreadable, or its file is missing.
    """
    try:
        with document.open_file() as file:
            return read_cues(file.read(), "vtt")
    except OSError as error:
        raise TranscriptionError("Le fichier de sous-titres est introuvable.") from error


def fiche_de_l_entretien(page: VideoPage, request: HttpRequest) -> dict[str, Any]:
    """Everything that the page shows, and the turn at the second asked."""

    def compute() -> dict[str, Any]:
        turns = [
            {
                "ancre": turn.ancre,
                "locuteur": turn.locuteur,
                "role": turn.role,
                "texte": turn.texte,
                "debut": turn.debut,
                "temps": horodatage(turn.debut) if turn.debut is not None else "",
                "adresse": turn.adresse,
            }
            for turn in page.tours.all()
        ]
        return {
            "video": _video(page.video),
            "affiche": _poster(page.affiche),
            "sous_titres": f"{page.get_url() or ''}transcription.vtt" if page.sous_titres_id else "",
            "tours": turns,
            "chapitres": [
                {"titre": chapter.titre, "temps": horodatage(chapter.debut), "adresse": _address(turns, chapter.debut)}
                for chapter in page.chapitres.all()
            ],
            "telechargements": _downloads(page, turns),
            "episode": _episode(page),
            "minutes": page.temps_de_lecture().lecture,
        }

    facts = of_live_page(page, request, "entretien", compute)
    second = second_asked(request, page.duree)
    current = turn_at(facts["tours"], second) if second is not None else None
    return facts | {"seconde": second, "actuel": current}


def turn_at(turns: list[dict[str, Any]], second: float) -> dict[str, Any] | None:
    """The turn that is being said at a second: the last one that has started."""
    started = [turn for turn in turns if turn["debut"] is not None and int(turn["debut"]) <= second]
    return max(started, key=lambda turn: turn["debut"]) if started else None


def _address(turns: list[dict[str, Any]], second: int) -> str:
    """Where a chapter starts: its second, and the turn said then or just after."""
    timed = [turn for turn in turns if turn["debut"] is not None]
    turn = next((turn for turn in timed if turn["debut"] >= second), None) or turn_at(turns, second)
    return f"?t={second}#{turn['ancre']}" if turn else f"?t={second}"


def _video(document) -> dict[str, Any] | None:
    if document is None:
        return None
    return {
        "url": document.url,
        "format": document.file_extension.upper(),
        "type": MEDIA_TYPES.get(document.file_extension.lower(), "video/mp4"),
        "poids": document.file_size or 0,
    }


def _poster(image) -> dict[str, Any] | None:
    """The poster made light; a picture whose file is lost shows none."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(POSTER)
    except (SourceImageIOError, InvalidFilterSpecError):
        return None
    return {"url": rendition.url, "largeur": rendition.width, "hauteur": rendition.height}


def _downloads(page: VideoPage, turns: list[dict[str, Any]]) -> list[dict[str, str]]:
    timed = page.sous_titres_id is not None or any(turn["debut"] is not None for turn in turns)
    url = page.get_url() or ""
    return [
        {"extension": extension.upper(), "nom": name, "url": f"{url}transcription.{extension}"}
        for extension, name in DOWNLOADS
        if (turns if extension == "txt" else timed)
    ]


def _episode(page: VideoPage) -> dict[str, Any] | None:
    parent = page.get_parent().specific if page.depth else None
    return {"numero": parent.numero, "titre": parent.titre_court, "url": parent.get_url()} if parent else None


def video_object(page: VideoPage, request: HttpRequest) -> list[dict[str, Any]]:
    """The interview as schema.org's VideoObject; nothing without a video."""
    base, facts = absolute_base(request), fiche_de_l_entretien(page, request)
    if facts["video"] is None:
        return []
    poster = facts["affiche"]["url"] if facts["affiche"] else page.image_de_partage()
    data: dict[str, Any] = {
        "@type": "VideoObject",
        "url": base + page.get_url(request),
        "name": page.title,
        "description": page.meta_description or page.title,
        "thumbnailUrl": poster if poster.startswith("http") else base + poster,
        "contentUrl": base + facts["video"]["url"],
        "encodingFormat": facts["video"]["type"],
        "inLanguage": "fr",
        "transcript": "\n".join(
            f"{turn['locuteur']} : {turn['texte']}" if turn["locuteur"] else turn["texte"] for turn in facts["tours"]
        ),
    }
    if page.first_published_at:
        data["uploadDate"] = page.first_published_at.isoformat()
    if page.duree:
        data["duration"] = f"PT{page.duree}S"
    if facts["episode"]:
        data["isPartOf"] = {"@type": "LearningResource", "url": base + facts["episode"]["url"]}
    return [data]
