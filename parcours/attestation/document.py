"""The PDF of an attestation: tagged, in French, PDF/UA-1, with the address where it is checked, also as a QR code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.utils import timezone

from core.impression import imprimer
from core.templatetags.typo import pluriel_fr
from core.typography import typo_text
from parcours.emporter.pdf import en_mots

if TYPE_CHECKING:
    from datetime import datetime

    from parcours.fil import Fil

GABARIT = Path(__file__).resolve().parent / "gabarits" / "attestation.typ"


def ecrire(fil: Fil, nom: str, date: datetime, base: str, chemin: str) -> bytes:
    """The PDF.

    Args:
        nom: printed as it was typed.
        date: of the day when it is given.
        base: scheme and host of the site.
        chemin: root-relative address where it is checked; its last part is the token.

    Raises:
        ImpressionError: the layout fails.
    """
    local = timezone.localtime(date)
    avant, _, jeton = chemin.rstrip("/").rpartition("/")
    donnees = {
        "site": settings.SITE_NAME,
        "nom": nom,
        "titre": typo_text(fil.titre),
        "titre_court": typo_text(fil.titre_court),
        "etapes": _etapes(fil),
        "date": en_mots(date),
        "jour": [local.year, local.month, local.day],
        "url": f"{base}{fil.url}",
        "adresse": f"{base}{chemin}",
        "adresse_coupee": [f"{base}{avant}/", f"{jeton}/"],
        "qr": qr_code(f"{base}{chemin}"),
    }
    return imprimer(GABARIT, donnees, date, prive=True)


def _etapes(fil: Fil) -> str:
    """« 20 étapes, dont 14 essentielles »."""
    etapes = pluriel_fr(fil.nombre, "étape,étapes")
    facultatives = fil.nombre - len(fil.a_lire)
    return f"{etapes}, dont {pluriel_fr(len(fil.a_lire), 'essentielle,essentielles')}" if facultatives else etapes


def qr_code(adresse: str) -> str:
    """The SVG of a QR code that still reads with 15 % of it stained (level M), its quiet zone of four included."""
    return segno.make(adresse, error="m", micro=False).svg_inline(border=4, dark="#000", light="#fff")
