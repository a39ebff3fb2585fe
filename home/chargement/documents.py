"""Initial content: the documents that the site wrote itself, outside the kit's counts."""

from __future__ import annotations

from home.chargement.base import CONTENU, Chargeur, read_yaml
from home.models import HomePage
from kit.models import DocumentDuSite, DocumentsDuSitePage


def charger(c: Chargeur) -> None:
    """Three files and the page that presents them."""
    text = read_yaml("textes_kit")["documents_du_site"]
    presented = []
    for rank, each in enumerate(text["documents"]):
        document = c.document(each["titre"], CONTENU / "documents" / each["fichier"])
        if document is not None:
            presented.append(
                DocumentDuSite(sort_order=rank, document=document, presentation=each["presentation"].strip())
            )
    c.page(
        HomePage.objects.first(),
        DocumentsDuSitePage,
        "documents-du-site",
        title=text["titre"],
        chapo=text["chapo"].strip(),
        source=text["documents"],
        enfants={"documents_presentes": presented},
    )
