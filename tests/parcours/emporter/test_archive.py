"""The ZIP: its length known ahead, its sums true, its bytes readable from anywhere."""

import hashlib
import io
import random
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from parcours.emporter import archive
from parcours.emporter.archive import MANIFESTE, Plan


@pytest.fixture
def complet(livret) -> Plan:
    return archive.planifier(livret, b"%PDF", timezone.now(), avec_medias=True)


def lu(plan: Plan) -> bytes:
    with plan.ouvrir() as fichier:
        return fichier.read()


def test_the_light_archive_has_the_documents_and_the_whole_one_the_media_too(livret, complet):
    leger = archive.planifier(livret, b"%PDF", timezone.now(), avec_medias=False)
    debut = ["index.html", "livret.pdf", "LIENS.txt", "documents/01-guide-publicpdf.pdf"]
    assert zipfile.ZipFile(io.BytesIO(lu(leger))).namelist() == [*debut, MANIFESTE]
    assert zipfile.ZipFile(io.BytesIO(lu(complet))).namelist() == [
        *debut, "medias/04-filmmp4.mp4", "medias/04-filmvtt.vtt", MANIFESTE,
    ]  # fmt: skip


def test_the_length_is_known_ahead_and_nothing_is_compressed(complet):
    contenu = lu(complet)
    assert len(contenu) == complet.taille
    with zipfile.ZipFile(io.BytesIO(contenu)) as ouverte:
        assert ouverte.testzip() is None
        for entree in ouverte.infolist():
            assert entree.compress_type == zipfile.ZIP_STORED
            # Readers that take an archive as it comes need sizes before the bytes.
            assert not entree.flag_bits & 0x08
            assert entree.filename.isascii()


def test_the_sums_of_the_manifest_are_those_of_every_other_file(complet):
    with zipfile.ZipFile(io.BytesIO(lu(complet))) as ouverte:
        sommes = dict(reversed(ligne.split("  ", 1)) for ligne in ouverte.read(MANIFESTE).decode().splitlines())
        assert sommes == {
            nom: hashlib.sha256(ouverte.read(nom)).hexdigest() for nom in ouverte.namelist() if nom != MANIFESTE
        }


def test_big_files_stay_on_the_disk_and_out_of_the_plan(complet):
    assert sum(isinstance(morceau, archive.Fichier) for morceau in complet.morceaux) == 3
    assert b"film" * 10 not in complet.en_json()


def test_the_plan_is_the_same_once_read_again(complet):
    assert lu(Plan.de_json(complet.en_json())) == lu(complet)


def test_any_part_of_the_archive_can_be_read(complet):
    tout = lu(complet)
    hasard = random.Random(4)
    with complet.ouvrir() as fichier:
        for _ in range(200):
            debut, combien = hasard.randrange(len(tout)), hasard.randrange(1, 300)
            fichier.seek(debut)
            assert tout[debut : debut + combien].startswith(fichier.read(combien))
        fichier.seek(len(tout))
        assert fichier.read(10) == b""


def test_a_file_that_became_shorter_breaks_the_download(complet, livret, settings):
    from pathlib import Path

    (piece,) = [piece for piece in livret.pieces if piece.nom.endswith(".mp4")]
    (Path(settings.MEDIA_ROOT) / piece.chemin).write_bytes(b"court")
    assert not complet.a_ses_fichiers
    with pytest.raises(OSError, match="shorter"):
        lu(complet)


def test_more_than_four_gigabytes_are_told_in_zip64(livret, settings, monkeypatch):
    """The limit is lowered: the format is the same, without writing four gigabytes."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 100)
    plan = archive.planifier(livret, b"%PDF" * 100, timezone.now(), avec_medias=True)
    monkeypatch.undo()
    contenu = lu(plan)
    assert len(contenu) == plan.taille
    with zipfile.ZipFile(io.BytesIO(contenu)) as ouverte:
        assert ouverte.testzip() is None
        assert ouverte.getinfo("medias/04-filmmp4.mp4").file_size == 4000


def test_the_first_page_reads_offline_and_leads_to_the_files(complet):
    with zipfile.ZipFile(io.BytesIO(lu(complet))) as ouverte:
        page = BeautifulSoup(ouverte.read("index.html"), "html.parser")
        assert len(page.find_all("h1")) == 1
        assert page.html["lang"] == "fr"
        assert not page.select("script, img, link, iframe")
        ici = {a["href"] for a in page.select("a[href]") if not a["href"].startswith(("http", "#", "mailto"))}
        assert ici == {nom for nom in ouverte.namelist() if nom != "index.html"}
        for ancre in page.select("a[href^='#']"):
            assert page.find(id=ancre["href"][1:])


def test_what_has_no_file_is_listed_as_a_link(complet, livret):
    with zipfile.ZipFile(io.BytesIO(lu(complet))) as ouverte:
        liens = ouverte.read("LIENS.txt").decode()
    for etape in livret.etapes:
        assert etape.url in liens
    assert "Ce site n’a pas ce document." in liens
    assert "réservé à ses lecteurs" in liens
