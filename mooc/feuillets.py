"""Episodes and interviews as they are taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from core.cards import cards_for
from core.protocols import Feuillet
from core.templatetags.typo import horodatage
from core.version import current_version
from mooc.externes import video_externe

if TYPE_CHECKING:
    from mooc.models import EpisodePage, VideoPage


def of_episode(page: EpisodePage) -> Feuillet:
    """Questions, key ideas, reflection and readings; the videos of its interviews that everybody may see."""
    from mooc.models import VideoPage

    version = current_version()
    interviews = list(VideoPage.objects.child_of(page).live().public().order_by("path"))
    links = list(page.liens.all())
    found = cards_for([link.cible_id for link in links], version)
    context = {
        "page": page,
        "entretiens": list(cards_for([interview.pk for interview in interviews], version).values()),
        "lectures": [
            {"titre": card.titre, "url": card.url, "note": link.note}
            for link in links
            if (card := found.get(link.cible_id))
        ],
    }
    missing = (
        ""
        if interviews
        else "Ce site ne détient pas les entretiens de cet épisode : les témoignages se regardent dans le MOOC."
    )
    return Feuillet(
        html=render_to_string("mooc/feuillets/episode.html", context),
        absence=missing,
        medias=tuple(media for interview in interviews for media in _media_of(interview)),
    )


def of_interview(page: VideoPage) -> Feuillet:
    """The transcript, which needs no player; the video and its captions when the site has them."""
    external = video_externe(page.video_externe)
    facts = (
        ("Durée de la vidéo", horodatage(page.duree) if page.duree else ""),
        ("Origine", page.origine),
        ("Crédit", page.credit),
    )
    return Feuillet(
        faits=tuple((label, value) for label, value in facts if value),
        html=render_to_string(
            "mooc/feuillets/entretien.html", {"tours": list(page.tours.all()), "resume": page.resume}
        ),
        absence="" if page.video_id else "La vidéo de cet entretien n’est pas sur ce site.",
        liens=((f"Vidéo sur {external.hebergeur}", external.page),) if external else (),
        medias=tuple(_media_of(page)),
    )


def _media_of(page: VideoPage) -> list:
    return [document for document in (page.video, page.sous_titres) if document is not None]
