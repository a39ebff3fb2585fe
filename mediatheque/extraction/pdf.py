"""PDF, page by page, and the image of its first page, with PDFium."""

import io
from pathlib import Path

import pypdfium2

from mediatheque.extraction.parties import TEXTE_MAX, Lecture, Partie, Refus, propre

SANS_TEXTE = "pas de texte : faites reconnaître les caractères"
PAGES_MAX = 3_000
# Twice the width at which a cover is shown, for dense screens.
LARGEUR_DE_COUVERTURE = 480
HAUTEUR_DE_COUVERTURE = 960


def lire_pdf(fichier: Path) -> Lecture:
    """Each page that holds text, under its own number: a reader opens the file at that page."""
    try:
        document = pypdfium2.PdfDocument(fichier)
    except pypdfium2.PdfiumError as erreur:
        protege = "password" in str(erreur).lower()
        raise Refus("le PDF est protégé par un mot de passe" if protege else "le PDF est abîmé") from erreur
    parties, total = [], 0
    for rang in range(min(len(document), PAGES_MAX)):
        texte = _texte(document, rang)
        if texte:
            parties.append(Partie(rang + 1, "", texte))
        total += len(texte)
        if total > TEXTE_MAX:
            break
    if not parties:
        raise Refus(SANS_TEXTE)
    return Lecture(parties, len(document))


def _texte(document: pypdfium2.PdfDocument, rang: int) -> str:
    try:
        page = document[rang]
        return propre(page.get_textpage().get_text_bounded(errors="ignore"))
    except pypdfium2.PdfiumError:
        # One damaged page does not hide the others.
        return ""


def dessiner_couverture(fichier: Path) -> bytes:
    """The first page as WebP; a page out of all proportion is drawn smaller, never larger than the bounds."""
    page = pypdfium2.PdfDocument(fichier)[0]
    largeur, hauteur = page.get_size()
    echelle = min(LARGEUR_DE_COUVERTURE / largeur, HAUTEUR_DE_COUVERTURE / hauteur)
    image = page.render(scale=echelle).to_pil().convert("RGB")
    image.thumbnail((LARGEUR_DE_COUVERTURE, HAUTEUR_DE_COUVERTURE))
    sortie = io.BytesIO()
    image.save(sortie, "WEBP", quality=72, method=6)
    return sortie.getvalue()
