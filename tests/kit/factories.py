"""Builders of the kit: a nature, a resource, a document, a spreadsheet."""

from __future__ import annotations

import csv
from itertools import count
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from openpyxl import Workbook
from wagtail.documents import get_document_model

from core.models import Organisme, Territoire
from kit.models import FichierRessource, KitPage, NaturePage, ProducteurDeRessource, RessourcePage, Rubrique
from tests.factories import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from home.models import HomePage

COLONNES = (
    "slug", "titre", "nature", "rubrique", "producteurs", "date", "resume", "fichier", "mots_cles", "statut",
)  # fmt: skip
_numbers = count(1)


def kit_page(home: HomePage) -> KitPage:
    return KitPage.objects.first() or published(home, KitPage(title="Le kit", slug="kit", chapo="Tout le kit."))


def nature_page(
    home: HomePage, slug: str = "methode", title: str = "Méthode", rubriques: Iterable[str] = ()
) -> NaturePage:
    found = NaturePage.objects.filter(slug=slug).first()
    if found is not None:
        return found
    page = NaturePage(title=title, slug=slug)
    page.rubriques = [Rubrique(sort_order=rank, titre=titre) for rank, titre in enumerate(rubriques)]
    return published(kit_page(home), page)


def ressource(parent: NaturePage, title: str = "", *, producteurs=(), territoires=(), fichiers=(), **fields):
    """A published resource; producers and territories are names, files are documents."""
    number = next(_numbers)
    fields = {"slug": f"r-{number}", "resume": f"Le résumé {number}."} | fields
    page = RessourcePage(title=title or f"Ressource {number}", **fields)
    page.producteurs = [
        ProducteurDeRessource(sort_order=rank, organisme=Organisme.objects.get_or_create(nom=name)[0])
        for rank, name in enumerate(producteurs)
    ]
    page.fichiers = [FichierRessource(sort_order=rank, document=document) for rank, document in enumerate(fichiers)]
    page.territoires = [Territoire.objects.get_or_create(nom=name)[0] for name in territoires]
    return published(parent, page)


def document(name: str = "guide.txt", content: bytes = b"Un guide.", titre: str = "Un guide", **fields):
    held = get_document_model()(title=titre, **fields)
    held.file.save(name, ContentFile(content), save=False)
    held._set_document_file_metadata()
    held.save()
    return held


def ligne(slug: str, **values: str) -> dict[str, str]:
    """A correct row of a spreadsheet, with some values changed."""
    row = {
        "slug": slug, "titre": f"Titre de {slug}", "nature": "methode", "rubrique": "evaluer",
        "producteurs": "Le RAMEAU;ESSEC", "date": "2016-11", "resume": f"Le résumé de {slug}.", "fichier": "",
        "mots_cles": "alliance;territoire", "statut": "publie",
    }  # fmt: skip
    return row | values


def csv_file(path: Path, rows: Iterable[Mapping[str, str]], delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    with path.open("w", newline="", encoding=encoding) as stream:
        writer = csv.DictWriter(stream, COLONNES, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def xlsx_file(path: Path, rows: Iterable[Mapping]) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.append(COLONNES)
    for row in rows:
        sheet.append([row[name] for name in COLONNES])
    book.save(path)
    return path
