"""The EPUB 3.3 of a parcours: text only, one file per step, written with the standard library.

It says what it is in its accessibility metadata; it claims no conformance to EPUB Accessibility, which asks that
somebody evaluated the copy.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from parcours.emporter.pdf import en_mots

if TYPE_CHECKING:
    from datetime import datetime

    from parcours.emporter.contenu import Livret

DOSSIER = "EPUB"
CONTENEUR = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{DOSSIER}/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""


def ecrire(livret: Livret, date: datetime) -> bytes:
    """The bytes of the EPUB, dated of the day when its content was read."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:

        def ajouter(nom: str, texte: str, methode: int = zipfile.ZIP_DEFLATED) -> None:
            entree = zipfile.ZipInfo(nom, date.astimezone(UTC).timetuple()[:6])
            entree.compress_type, entree.external_attr = methode, 0o644 << 16
            archive.writestr(entree, texte)

        # First, and as it is: readers know an EPUB by these bytes.
        ajouter("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        ajouter("META-INF/container.xml", CONTENEUR)
        for nom, texte in _pages(livret, date).items():
            ajouter(f"{DOSSIER}/{nom}", texte)
    return sortie.getvalue()


def _pages(livret: Livret, date: datetime) -> dict[str, str]:
    def page(gabarit: str, contexte: dict[str, Any]) -> str:
        return render_to_string(f"parcours/emporter/epub/{gabarit}", contexte)

    contexte = {"livret": livret, "date": en_mots(date)}
    sommaire = [
        {"numero": etape.numero, "titre": etape.titre, "id": f"etape-{etape.numero}", "fichier": _nom(etape.numero)}
        for etape in livret.etapes
    ]
    plan = {
        "livret": livret.donnees() | {"etapes": sommaire},
        "modifie": date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    pages = {
        "package.opf": page("package.opf", plan),
        "nav.xhtml": page("nav.xhtml", plan),
        "style.css": page("style.css", {}),
        "couverture.xhtml": page("couverture.xhtml", contexte),
    }
    return pages | {_nom(etape.numero): page("etape.xhtml", {"etape": etape}) for etape in livret.etapes}


def _nom(numero: int) -> str:
    return f"etape-{numero:02d}.xhtml"
