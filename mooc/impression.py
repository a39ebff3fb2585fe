"""The transcript of an interview as a PDF, laid out anew when its words change."""

from __future__ import annotations

import hashlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from core.context import absolute_base
from core.impression import ImpressionError, imprimer
from core.templatetags.typo import horodatage
from core.typography import typo_text
from mooc.entretiens import turns_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from mooc.models import VideoPage

GABARIT = Path(__file__).resolve().parent / "gabarits" / "transcription.typ"
ONE_WEEK = 7 * 86_400
# How long a failure is remembered: words that cannot be laid out are not tried again by each visitor.
A_WHILE = 300
# A process lays out one transcript at a time: it takes a second or two, and the memory of Typst.
_PRESSE = threading.Lock()


def pdf_of(page: VideoPage, request: HttpRequest) -> bytes:
    """The tagged PDF of the turns.

    Raises:
        core.impression.ImpressionError: it cannot be laid out.
    """
    date = timezone.localtime(page.last_published_at or page.latest_revision_created_at or timezone.now())
    data = _data(page, absolute_base(request) + (page.get_url() or ""))
    data["jour"] = [date.year, date.month, date.day]
    key = f"mooc:pdf:{hashlib.sha256(GABARIT.read_bytes() + json.dumps(data).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        with _PRESSE:
            content = cache.get(key)
            if content is None:
                try:
                    content = imprimer(GABARIT, data, date)
                except ImpressionError:
                    cache.set(key, b"", A_WHILE)
                    raise
                cache.set(key, content, ONE_WEEK)
    if not content:
        raise ImpressionError(f"{GABARIT.name}: failed less than {A_WHILE} seconds ago")
    return content


def _data(page: VideoPage, url: str) -> dict[str, Any]:
    episode = page.get_parent().specific
    facts = (
        ("Durée", horodatage(page.duree) if page.duree else ""),
        ("Origine", page.origine),
        ("Crédit", page.credit),
    )
    return {
        "site": settings.SITE_NAME,
        "titre": typo_text(page.title),
        "episode": typo_text(f"Épisode {episode.numero} : {episode.titre_court}"),
        "chapo": typo_text(page.chapo),
        "faits": [(label, typo_text(value)) for label, value in facts if value],
        "url": url,
        "tours": [
            {
                "temps": turn["temps"],
                "url": url + turn["adresse"],
                "locuteur": typo_text(turn["locuteur"]),
                "question": turn["role"] == "question",
                "texte": typo_text(turn["texte"]),
            }
            for turn in turns_of(page)
        ],
    }
