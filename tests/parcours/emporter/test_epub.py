"""The EPUB, judged by EPUBCheck."""

import io
import zipfile

from bs4 import BeautifulSoup
from django.utils import timezone
from lxml import etree

from core.version import current_version
from parcours.emporter import epub
from parcours.emporter.contenu import lire_le_livret
from tests.parcours.emporter.conftest import BASE
from tests.parcours.emporter.outils import messages_d_epubcheck
from tests.parcours.emporter.test_livret import HOSTILES
from tests.parcours.factories import parcours, ressource


def ouvrir(livret) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(epub.ecrire(livret, timezone.now())))


def test_epubcheck_has_nothing_to_say_of_hostile_content(home, tmp_path):
    corps = [
        ("intertitre", titre) if rang % 3 == 0 else ("texte", f"<p>{titre}</p><h5>x</h5><a href='javascript:1'>y</a>")
        for rang, titre in enumerate(HOSTILES)
    ]
    corps.append(("texte", "<p><a href='https://exemple.org/a b[1]?é=\"'>lien</a><a href=''>vide</a></p><ul></ul>"))
    corps.append(("tableau", {"data": [["a", None], ["1", "2"]], "first_row_is_table_header": True}))
    pages = [ressource(home, title=titre, resume=titre, corps=corps) for titre in HOSTILES]
    parcours(home, pages, slug="p", title=HOSTILES[1], corps=corps)
    fichier = tmp_path / "hostile.epub"
    fichier.write_bytes(epub.ecrire(lire_le_livret("p", BASE, current_version()), timezone.now()))
    assert messages_d_epubcheck(fichier) == []


def test_the_type_comes_first_and_as_it_is(livret):
    entree = ouvrir(livret).infolist()[0]
    assert (entree.filename, entree.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_every_page_is_xml_in_french_with_one_heading_of_level_one(livret):
    with ouvrir(livret) as archive:
        for nom in (nom for nom in archive.namelist() if nom.endswith(".xhtml")):
            racine = etree.fromstring(archive.read(nom))
            assert racine.get("lang") == "fr"
            assert len(racine.findall(".//{*}h1")) == 1, nom


def test_the_book_says_how_it_can_be_read(livret):
    paquet = BeautifulSoup(ouvrir(livret).read("EPUB/package.opf"), "xml")
    dits = {meta["property"] for meta in paquet.find_all("meta")}
    assert dits >= {
        f"schema:{nom}" for nom in ("accessMode", "accessModeSufficient", "accessibilityFeature",
                                    "accessibilityHazard", "accessibilitySummary")
    }  # fmt: skip


def test_the_contents_lead_to_every_step(livret):
    with ouvrir(livret) as archive:
        sommaire = BeautifulSoup(archive.read("EPUB/nav.xhtml"), "xml")
        liens = [a["href"] for a in sommaire.find("nav", id="toc").find_all("a")]
        assert len(liens) == len(livret.etapes) + 1
        assert all(f"EPUB/{lien}" in archive.namelist() for lien in liens)
