"""The PDF booklet."""

import re

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from django.utils import timezone

from core.impression import ImpressionError, imprimer
from core.impression.mise_en_page import dessinable
from core.version import current_version
from parcours.emporter import pdf
from parcours.emporter.contenu import lire_le_livret
from tests.parcours.emporter.conftest import BASE
from tests.parcours.emporter.outils import texte_du_pdf
from tests.parcours.factories import parcours, ressource

HOSTILES = (
    '#let x = panic("non") $a$ [b] *c* _d_ `e` <f> @g // h',
    "<script>alert(1)</script> & &amp; ]]> --> \\",
    "Un titre " + "très " * 47 + "long",
    "x" * 250,
    "Une fusée 🚀 et un cœur ❤️ 👩‍🚀",
    "مرحبا بالعالم",
    "שלום \u202eabc\u202c",
    "漢字 et ελληνικά",
    "#{ } \" ' ~ -- ... \u200b\u00ad",
)


def livret_de(home, *titres: str, **fields):
    pages = [ressource(home, title=titre, resume=f"{titre} : le résumé.") for titre in titres]
    parcours(home, pages, slug="p", **fields)
    return lire_le_livret("p", BASE, current_version())


@pytest.mark.django_db
def test_the_booklet_is_a_tagged_french_pdf_ua(livret):
    contenu = pdf.ecrire(livret, timezone.now())
    document = pypdfium2.PdfDocument(contenu)
    assert pdfium.FPDFCatalog_IsTagged(document)
    assert re.search(rb"/Lang ?\(fr", contenu)
    assert re.search(rb"pdfuaid:part>1<", contenu)
    assert document.get_metadata_value("Title") == livret.titre


def test_each_step_starts_a_page_that_the_outline_and_the_contents_name(livret):
    document = pypdfium2.PdfDocument(pdf.ecrire(livret, timezone.now()))
    debuts = {signet.get_title(): signet.get_dest().get_index() for signet in document.get_toc() if signet.level == 0}
    textes = [page.get_textpage().get_text_bounded() for page in document]
    sommaire = textes[debuts["Sommaire"]]
    etapes = [f"{etape.numero}. {etape.titre}" for etape in livret.etapes]
    pages = [debuts[titre] for titre in etapes]
    assert pages == sorted(set(pages))
    for titre, page in zip(etapes, pages, strict=True):
        assert titre in textes[page]
        assert re.search(rf"{re.escape(titre)}[ .]*{page + 1}\b", sommaire), sommaire


def test_a_step_tells_its_reason_its_files_and_what_is_missing(livret):
    texte = texte_du_pdf(pdf.ecrire(livret, timezone.now()))
    for attendu in (
        "Pourquoi lire ceci : Raison 1.",
        "Le corps public.",
        "guide-public.pdf (PDF, 17\u00a0octets)",
        "Ce site n’a pas ce document.",
        "réservé à ses lecteurs",
        livret.etapes[0].url,
    ):
        assert attendu in texte, attendu


@pytest.mark.parametrize("titre", HOSTILES)
def test_any_title_is_text_and_the_booklet_stays_pdf_ua(home, titre):
    livret = livret_de(home, titre, title=titre, chapo=titre, pour_qui=titre[:240], titre_court=titre[:60])
    contenu = pdf.ecrire(livret, timezone.now())
    assert b"pdfuaid:part>1<" in contenu
    assert pypdfium2.PdfDocument(contenu).get_metadata_value("Title")


def test_markup_of_the_layout_is_printed_as_it_was_written(home):
    texte = texte_du_pdf(pdf.ecrire(livret_de(home, HOSTILES[0]), timezone.now()))
    assert '#let x = panic("non") $a$ [b] *c* _d_' in texte.replace("«\u00a0", '"').replace("\u00a0»", '"')


def test_a_parcours_without_any_step_has_a_booklet(home):
    assert "pas encore publiées" in texte_du_pdf(pdf.ecrire(livret_de(home), timezone.now()))


def test_what_no_font_draws_is_left_out_or_marked():
    assert dessinable("a 🚀 b") == "a  b"
    assert dessinable("漢") == "□"
    assert dessinable(["Ω", {"c": "é\u202f!"}]) == ["Ω", {"c": "é\u202f!"}]
    assert dessinable("a\x00b\u202ec") == "abc"


def test_a_layout_that_fails_says_why(tmp_path):
    gabarit = tmp_path / "faux.typ"
    gabarit.write_text("#inconnu")
    with pytest.raises(ImpressionError, match="unknown variable"):
        imprimer(gabarit, {}, timezone.now())


def test_a_layout_reads_nothing_beside_its_folder(tmp_path):
    gabarit = tmp_path / "la" / "curieux.typ"
    gabarit.parent.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    gabarit.write_text('#read("../secret.txt")')
    with pytest.raises(ImpressionError):
        imprimer(gabarit, {}, timezone.now())


def test_what_breaks_pdf_ua_is_printed_without_its_stamp_and_noted(tmp_path, caplog):
    gabarit = tmp_path / "sans-titre.typ"
    gabarit.write_text("Un document sans titre.")
    contenu = imprimer(gabarit, {}, timezone.now())
    assert b"pdfuaid" not in contenu
    assert pdfium.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(contenu))
    assert "not PDF/UA-1" in caplog.text
