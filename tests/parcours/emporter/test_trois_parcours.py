"""The packs of the initial content."""

import hashlib
import io
import zipfile

import pypdfium2.raw as pdfium
import pytest
from pypdfium2 import PdfDocument

from parcours.emporter.archive import MANIFESTE
from tests.parcours.emporter.outils import messages_d_epubcheck, octets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]
PARCOURS = {"comprendre-le-mouvement": 15, "animer-le-territoire": 20, "accompagner-les-organisations": 17}


@pytest.mark.parametrize("slug", PARCOURS)
def test_epubcheck_has_nothing_to_say(client, tmp_path, slug):
    fichier = tmp_path / f"{slug}.epub"
    fichier.write_bytes(octets(client.get(f"/parcours/{slug}/emporter/epub", headers={"host": "localhost:8000"})))
    assert messages_d_epubcheck(fichier) == []


@pytest.mark.parametrize(("slug", "etapes"), PARCOURS.items())
def test_the_booklet_is_pdf_ua_with_a_page_a_step(client, slug, etapes):
    contenu = octets(client.get(f"/parcours/{slug}/emporter/pdf"))
    document = PdfDocument(contenu)
    assert b"pdfuaid:part>1<" in contenu
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert len([signet for signet in document.get_toc() if signet.level == 0]) == etapes + 2
    assert len(document) >= etapes + 2


@pytest.mark.parametrize("sorte", ["zip", "zip-complet"])
@pytest.mark.parametrize("slug", PARCOURS)
def test_the_archive_has_its_announced_length_and_true_sums(client, slug, sorte):
    reponse = client.get(f"/parcours/{slug}/emporter/{sorte}")
    contenu = octets(reponse)
    assert int(reponse["Content-Length"]) == len(contenu)
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        lignes = [ligne.split("  ", 1) for ligne in archive.read(MANIFESTE).decode().splitlines()]
        assert sorted(nom for _, nom in lignes) == sorted(set(archive.namelist()) - {MANIFESTE})
        for somme, nom in lignes:
            assert hashlib.sha256(archive.read(nom)).hexdigest() == somme
