"""PDF, page by page, with PDFium."""

from pathlib import Path

import pypdfium2

from mediatheque.extraction.parties import TEXTE_MAX, Lecture, Partie, Refus, propre

SANS_TEXTE = "pas de texte : faites reconnaître les caractères"
PAGES_MAX = 3_000


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
