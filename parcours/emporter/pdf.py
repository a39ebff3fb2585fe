"""The booklet: a tagged PDF in French, laid out by Typst."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format

from core.impression import imprimer

if TYPE_CHECKING:
    from datetime import datetime

    from parcours.emporter.contenu import Livret

GABARIT = Path(__file__).resolve().parent / "gabarits" / "livret.typ"


def en_mots(date: datetime) -> str:
    """« 22 novembre 2026 », with the first of a month as French says it."""
    local = timezone.localtime(date)
    jour = "1er" if local.day == 1 else str(local.day)
    return f"{jour} {date_format(local, 'F Y')}"


def ecrire(livret: Livret, date: datetime) -> bytes:
    """The PDF of a booklet, dated of the day when its content was read."""
    local = timezone.localtime(date)
    donnees = livret.donnees() | {"date": en_mots(date), "jour": [local.year, local.month, local.day]}
    return imprimer(GABARIT, donnees, date)
