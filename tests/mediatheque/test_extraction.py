"""Each format gives its text, part by part; a harmful or damaged file gives a reason in French."""

import shlex
import sys
import zipfile

import pytest

from mediatheque.extraction import Refus, extraire
from mediatheque.extraction.parties import numeroter, propre
from tests.mediatheque import fichiers


@pytest.mark.parametrize("fabrique", [fichiers.docx, fichiers.odt])
def test_a_text_is_cut_at_its_headings(tmp_path, fabrique):
    parties = extraire(fabrique(tmp_path)).parties
    assert [partie.titre for partie in parties] == ["Préparer la rencontre", "Décider ensemble"]
    assert "Noter chaque décision au baromètre." in parties[1].texte


def test_the_cells_of_a_table_are_read(tmp_path):
    assert "Le comité" in extraire(fichiers.docx(tmp_path)).parties[1].texte


def test_a_pdf_is_read_page_by_page(tmp_path):
    lecture = extraire(fichiers.pdf(tmp_path, "Première page.", "", "Le baromètre."))
    assert [(partie.numero, partie.texte) for partie in lecture.parties] == [
        (1, "Première page."),
        (3, "Le baromètre."),
    ]
    assert lecture.pages == 3


def test_a_pdf_of_images_says_what_to_do(tmp_path):
    with pytest.raises(Refus, match="pas de texte : faites reconnaître les caractères"):
        extraire(fichiers.pdf_sans_texte(tmp_path))


@pytest.mark.parametrize("fabrique", [fichiers.pptx, fichiers.odp])
def test_slides_are_read_one_by_one_in_order(tmp_path, fabrique):
    parties = extraire(fabrique(tmp_path)).parties
    assert parties[0].texte.startswith("Bonjour le territoire")
    assert "Le baromètre des alliances" in parties[1].texte


def test_slides_are_read_in_the_order_shown_with_their_notes(tmp_path):
    parties = extraire(fichiers.pptx_reordonne(tmp_path)).parties
    assert [partie.texte for partie in parties] == ["Montrée en premier", "Montrée en second\nÀ dire à voix haute"]


def test_a_text_box_is_read_once(tmp_path):
    assert extraire(fichiers.docx_a_cadre(tmp_path)).parties[0].texte == "Autour\nDans le cadre"


def test_sheets_are_read_one_by_one(tmp_path):
    parties = extraire(fichiers.xlsx(tmp_path)).parties
    assert [(p.titre, p.texte) for p in parties] == [("Budget", "Partenaire · Baromètre"), ("Suivi", "Alliance · 12")]


def test_an_open_sheet_is_read(tmp_path):
    partie = extraire(fichiers.ods(tmp_path)).parties[0]
    assert (partie.titre, partie.texte) == ("Budget", "Partenaire · Baromètre")


def test_a_book_is_read_in_its_order(tmp_path):
    assert [p.titre for p in extraire(fichiers.epub(tmp_path)).parties] == ["Avant-propos", "Chapitre un"]


@pytest.mark.parametrize(
    ("nom", "contenu", "attendu"),
    [
        ("a.txt", "Évaluation".encode("cp1252"), "Évaluation"),
        ("a.txt", "Évaluation".encode("utf-16"), "Évaluation"),
        ("a.txt", b"avant\x00apr\xc3\xa8s", "avant après"),
        ("a.csv", "nom;rôle\nAnne;pilote\n".encode(), "nom · rôle\nAnne · pilote"),
        (
            "a.html",
            "<title>x</title><style>p{}</style><p>Été &amp; hiver</p><script>1</script>".encode(),
            "Été & hiver",
        ),
        ("a.vtt", b"WEBVTT\n\nNOTE rien\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Voix>Bonjour</v>\n", "Bonjour"),
    ],
)
def test_plain_formats_are_read(tmp_path, nom, contenu, attendu):
    (tmp_path / nom).write_bytes(contenu)
    assert extraire(tmp_path / nom).parties[0].texte == attendu


@pytest.mark.parametrize("fabrique", [fichiers.bombe, fichiers.cohue])
def test_a_bomb_is_refused_before_it_unpacks(tmp_path, fabrique):
    with pytest.raises(Refus, match="démesuré"):
        extraire(fabrique(tmp_path))


def test_a_bomb_disguised_as_a_sheet_is_refused(tmp_path):
    with pytest.raises(Refus, match="démesuré"):
        extraire(fichiers.bombe(tmp_path, "bombe.xlsx"))


def test_entities_are_refused(tmp_path):
    with pytest.raises(Refus, match="entités"):
        extraire(fichiers.entites(tmp_path))


def test_entities_in_a_sheet_are_refused(tmp_path):
    with pytest.raises(Refus, match="abîmé : il ne s’ouvre pas"):
        extraire(fichiers.xlsx_a_entites(tmp_path))


@pytest.mark.parametrize("fabrique", [fichiers.pdf_protege, fichiers.docx_protege, fichiers.odt_protege])
def test_a_password_is_told_as_such(tmp_path, fabrique):
    with pytest.raises(Refus, match="protégé par un mot de passe"):
        extraire(fabrique(tmp_path))


def test_a_file_of_old_says_how_to_save_it(tmp_path):
    with pytest.raises(Refus, match="enregistrez-le en DOCX"):
        extraire(fichiers.ancien_doc(tmp_path))


@pytest.mark.parametrize("extension", ["pdf", "docx", "txt", "html", "vtt", "csv", "epub"])
def test_an_empty_file_is_told_as_such(tmp_path, extension):
    (tmp_path / f"vide.{extension}").touch()
    with pytest.raises(Refus, match="le fichier est vide"):
        extraire(tmp_path / f"vide.{extension}")


@pytest.mark.parametrize("extension", ["pdf", "docx", "odt", "pptx", "odp", "xlsx", "ods", "epub"])
@pytest.mark.parametrize("contenu", [b"", b"rien de tel", b"PK\x03\x04 tronque"])
def test_a_damaged_file_gives_a_reason(tmp_path, extension, contenu):
    fichier = tmp_path / f"essai.{extension}"
    fichier.write_bytes(contenu)
    with pytest.raises(Refus, match=r"abîmé|aucun|pas de texte|vide"):
        extraire(fichier)


def test_a_zip_without_the_right_entries_gives_a_reason(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("autre.xml", "<a/>")
    with pytest.raises(Refus, match="abîmé"):
        extraire(tmp_path / "a.docx")


def test_a_reading_too_long_is_stopped(tmp_path):
    with pytest.raises(Refus, match="trop de temps"):
        extraire(fichiers.docx(tmp_path), secondes=0.001)


@pytest.fixture
def lecteur(tmp_path, monkeypatch):
    """The same subprocess, told something first."""
    vrai = sys.executable

    def tell(code: str) -> None:
        avant = "import sys; from mediatheque.extraction import __main__ as m; sys.argv[1:] = sys.argv[-2:]"
        programme = f"{avant}; {code}; m.main()"
        relais = tmp_path / "python"
        relais.write_text(f'#!/bin/sh\nexec {shlex.quote(vrai)} -c {shlex.quote(programme)} "$@"\n', encoding="utf-8")
        relais.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(relais))

    return tell


def test_a_reading_that_asks_for_too_much_memory_is_refused(tmp_path, lecteur):
    vide = tmp_path / "vide.txt"
    with vide.open("wb") as fichier:
        fichier.truncate(300 * 1024 * 1024)
    lecteur("m.MEMOIRE_MAX = 256 * 1024 * 1024")
    with pytest.raises(Refus, match="trop grand pour être lu"):
        extraire(vide)


def test_a_reading_that_writes_too_much_is_refused_whole(tmp_path, lecteur):
    long = tmp_path / "long.txt"
    long.write_text("Une phrase de plus. " * 1000, encoding="utf-8")
    lecteur("m.SORTIE_MAX = 10_000")
    with pytest.raises(Refus, match="trop grand pour être lu"):
        extraire(long)
    lecteur("m.SORTIE_MAX = 50_000")
    assert extraire(long).parties


def test_a_reading_that_computes_without_end_is_stopped_by_the_system(tmp_path, lecteur):
    lecteur("m.SECONDES_DE_CALCUL = 1; m.lire = lambda fichier: any(iter(int, 1))")
    with pytest.raises(Refus, match="trop grand pour être lu"):
        extraire(fichiers.docx(tmp_path))


def test_words_cut_at_the_end_of_a_line_are_mended():
    assert propre("un parte-\nnariat, co-\r\nconstruit\nNord-\nPas") == "un partenariat, coconstruit\nNord-\nPas"


def test_a_long_part_is_cut_near_what_it_says():
    parties = numeroter([("Titre", "Une phrase de plus. " * 1000)])
    assert len(parties) > 2
    assert max(len(partie.texte) for partie in parties) <= 6000
    assert {partie.titre for partie in parties} == {"Titre"}
