"""What the player of an interview offers: the video, a lighter one, the sound alone, or a video kept elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import SourceImageIOError

from mooc.externes import video_externe

if TYPE_CHECKING:
    from mooc.models import VideoPage

POSTER = "width-960|format-webp"
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
AUDIO_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg"}


def versions_of(page: VideoPage) -> list[dict[str, Any]]:
    """What may be played, the first by default; `cle` is what `?version=` asks for."""
    versions = []
    if page.video is not None:
        versions.append(_file("video", "Vidéo", page.video))
    elif external := video_externe(page.video_externe):
        versions.append(
            {
                "cle": "video",
                "nom": f"Vidéo sur {external.hebergeur}",
                "genre": "externe",
                "titre": page.titre_externe or page.title,
                "hebergeur": external.hebergeur,
                "page": external.page,
                "integration": external.integration,
                "origine": external.origine,
                "hote": external.page.split("/")[2],
            }
        )
    if page.video_legere is not None:
        versions.append(_file("legere", "Vidéo légère", page.video_legere))
    if page.audio is not None:
        versions.append(_file("audio", "Son seul", page.audio))
    return versions


def _file(key: str, name: str, document) -> dict[str, Any]:
    extension = document.file_extension.lower()
    return {
        "cle": key,
        "nom": name,
        "genre": "audio" if key == "audio" else "video",
        "url": document.url,
        "format": extension.upper(),
        "type": (VIDEO_TYPES | AUDIO_TYPES).get(extension, "video/mp4"),
        "poids": document.file_size or 0,
    }


def poster_of(image) -> dict[str, Any] | None:
    """The poster made light; a picture whose file is lost shows none."""
    if image is None:
        return None
    try:
        rendition = image.get_rendition(POSTER)
    except (SourceImageIOError, InvalidFilterSpecError):
        return None
    return {"url": rendition.url, "largeur": rendition.width, "hauteur": rendition.height}
