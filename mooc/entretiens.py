"""What the page of an interview shows: player, turns, chapters, quotation, downloads, structured data."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.utils.safestring import mark_safe

from core.context import absolute_base
from core.templatetags.typo import horodatage
from core.typography import typo_text
from mooc.lecteur import poster_of, versions_of
from mooc.mentions import html_du_tour, liens
from mooc.services import of_live_page, second_asked
from mooc.transcription import SousTitre, TranscriptionError, srt, vtt
from mooc.transcription.fichier import read_cues

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mooc.models import VideoPage

logger = logging.getLogger(__name__)
DOWNLOADS = (("vtt", "WebVTT"), ("srt", "SubRip"), ("txt", "texte"), ("pdf", "PDF"))
# Those that need times.
TIMED = {"vtt", "srt"}


def captions_of(document) -> list[SousTitre]:
    """The captions of a WebVTT document.

    Raises:
        TranscriptionError: unreadable, without any caption, or its file is missing.
    """
    return _read(document)[1]


def _read(document) -> tuple[bytes, list[SousTitre]]:
    """The bytes of a WebVTT document, and the captions that they hold."""
    try:
        with document.open_file() as file:
            content = file.read()
    except OSError as error:
        raise TranscriptionError("Le fichier de sous-titres est introuvable.") from error
    cues = read_cues(content, "vtt")
    if not cues:
        raise TranscriptionError("Le fichier ne contient aucun sous-titre.")
    return content, cues


def timed_transcript(page: VideoPage, extension: str) -> str | bytes:
    """The captions as VTT, byte for byte, or as SRT; those of the turns when the file is lost, empty or faulty.

    Empty when nothing has times: pages offer only what is not.
    """
    if page.sous_titres is not None:
        try:
            content, cues = _read(page.sous_titres)
            return content if extension == "vtt" else srt.write(cues)
        except TranscriptionError as error:
            # The editor is told of it by the form of the page, as soon as it is saved again.
            logger.warning("Captions of %s: %s", page.url_path, error)
    turns = [turn.as_tour() for turn in page.tours.all()]
    if not any(turn.debut is not None and turn.fin is not None for turn in turns):
        return ""
    return (vtt if extension == "vtt" else srt).write(turns)


def fiche_de_l_entretien(page: VideoPage, request: HttpRequest) -> dict[str, Any]:
    """Everything that the page shows, with what the address asks: a second, a version, a quotation."""

    def compute() -> dict[str, Any]:
        turns = turns_of(page)
        return {
            "versions": versions_of(page),
            "affiche": poster_of(page.affiche),
            "sous_titres": f"{page.get_url() or ''}transcription.vtt"
            if page.sous_titres_id and timed_transcript(page, "vtt")
            else "",
            "tours": turns,
            "chapitres": [
                {"titre": chapter.titre, "temps": horodatage(chapter.debut), "requete": _request(turns, chapter.debut)}
                for chapter in page.chapitres.all()
            ],
            "telechargements": _downloads(page, turns),
            "lecture": f"{page.get_url() or ''}transcription/" if turns else "",
            "episode": _episode(page),
            "minutes": page.temps_de_lecture().lecture,
        }

    facts = of_live_page(page, request, "entretien", compute)
    versions, asked = facts["versions"], request.GET.get("version", "")
    chosen = next((version for version in versions if version["cle"] == asked), versions[0] if versions else None)
    second = second_asked(request, page.duree)
    current = turn_at(facts["tours"], second) if second is not None else None
    cited = next((turn for turn in facts["tours"] if turn["ancre"] == request.GET.get("citer")), None)
    address = absolute_base(request) + (page.get_url() or "")
    return facts | {
        "lecteur": chosen,
        # What the links inside the page keep of its address: the version that the reader chose.
        "version": chosen["cle"] if chosen and chosen is not versions[0] else "",
        "seconde": second,
        "actuel": current,
        "adresse": address,
        "cite": cited,
        "citation": citation(cited, page.title, address) if cited else "",
    }


def turns_of(page: VideoPage) -> list[dict[str, Any]]:
    """The turns as templates take them; `requete` goes after the `?` of the page's address, or is empty."""
    links = liens(page)
    return [
        {
            "ancre": turn.ancre,
            "anciennes": turn.anciennes_ancres,
            "locuteur": turn.locuteur,
            "role": turn.role,
            "texte": turn.texte,
            # The page's own words alone; what is quoted, found or downloaded is `texte`.
            "html": mark_safe(html_du_tour(turn.texte, links.get(turn.ancre, []))),  # noqa: S308
            "debut": turn.debut,
            "fin": turn.fin,
            "temps": horodatage(turn.debut) if turn.debut is not None else "",
            "requete": turn.adresse[1:] if turn.debut is not None else "",
            "adresse": turn.adresse,
        }
        for turn in page.tours.all()
    ]


def turn_at(turns: list[dict[str, Any]], second: float) -> dict[str, Any] | None:
    """The turn that is being said at a second: the last one that has started."""
    started = [turn for turn in turns if turn["debut"] is not None and int(turn["debut"]) <= second]
    return max(started, key=lambda turn: turn["debut"]) if started else None


def citation(turn: dict[str, Any], titre: str, adresse: str) -> str:
    """A turn as it is quoted: its words, who said them when they are named, where, at which second, the address.

    Args:
        adresse: absolute address of the page.
    """
    source = [turn["locuteur"], f"« {titre} »", f"à {turn['temps']}" if turn["temps"] else ""]
    words = typo_text(f"« {turn['texte']} » {', '.join(part for part in source if part)}")
    return f"{words}, {adresse}{turn['adresse']}"


def _request(turns: list[dict[str, Any]], second: int) -> str:
    """Where a chapter starts: its second, and the turn said then or just after."""
    timed = [turn for turn in turns if turn["debut"] is not None]
    turn = next((turn for turn in timed if turn["debut"] >= second), None) or turn_at(turns, second)
    return f"t={second}#{turn['ancre']}" if turn else f"t={second}"


def _downloads(page: VideoPage, turns: list[dict[str, Any]]) -> list[dict[str, str]]:
    url = page.get_url() or ""
    return [
        {"extension": extension.upper(), "nom": name, "url": f"{url}transcription.{extension}"}
        for extension, name in DOWNLOADS
        if (timed_transcript(page, extension) if extension in TIMED else turns)
    ]


def _episode(page: VideoPage) -> dict[str, Any] | None:
    parent = page.get_parent().specific if page.depth else None
    return {"numero": parent.numero, "titre": parent.titre_court, "url": parent.get_url()} if parent else None


def video_object(page: VideoPage, request: HttpRequest) -> list[dict[str, Any]]:
    """The interview as schema.org's VideoObject, or AudioObject; nothing without anything to play."""
    base, facts = absolute_base(request), fiche_de_l_entretien(page, request)
    if not facts["versions"]:
        return []
    media = facts["versions"][0]
    poster = facts["affiche"]["url"] if facts["affiche"] else page.image_de_partage()
    data: dict[str, Any] = {
        "@type": "AudioObject" if media["genre"] == "audio" else "VideoObject",
        "url": base + page.get_url(request),
        "name": page.title,
        "description": page.meta_description or page.title,
        "thumbnailUrl": poster if poster.startswith("http") else base + poster,
        "inLanguage": "fr",
        "transcript": "\n".join(
            f"{turn['locuteur']} : {turn['texte']}" if turn["locuteur"] else turn["texte"] for turn in facts["tours"]
        ),
    }
    if media["genre"] == "externe":
        data["embedUrl"] = media["integration"].partition("?")[0]
    else:
        data |= {"contentUrl": base + media["url"], "encodingFormat": media["type"]}
    if page.first_published_at:
        data["uploadDate"] = page.first_published_at.isoformat()
    if page.duree:
        data["duration"] = f"PT{page.duree}S"
    if facts["episode"]:
        data["isPartOf"] = {"@type": "LearningResource", "url": base + facts["episode"]["url"]}
    return [data]
