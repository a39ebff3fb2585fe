"""The first page of a PDF is its cover: it follows the file, and is open to whom the file is."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from mediatheque import taches
from mediatheque.extraction import rendre_couverture
from mediatheque.models import CustomDocument
from tests.mediatheque import fichiers
from tests.search.factories import document


@pytest.fixture
def lu(db, tmp_path, django_capture_on_commit_callbacks):
    """A PDF saved as an editor does, and read."""

    def save(*pages: str, **champs) -> CustomDocument:
        nouveau = CustomDocument(title="Guide", **champs)
        with django_capture_on_commit_callbacks(execute=True):
            remplir(nouveau, fichiers.pdf(tmp_path, *pages).read_bytes())
        nouveau.refresh_from_db()
        return nouveau

    return save


def remplir(nouveau: CustomDocument, contenu: bytes, nom: str = "guide.pdf") -> None:
    nouveau.file.save(nom, ContentFile(contenu), save=False)
    nouveau._set_document_file_metadata()
    nouveau.save()


def sur_le_disque() -> set[str]:
    dossier = Path(settings.MEDIA_ROOT) / "couvertures"
    return {fichier.name for fichier in dossier.iterdir()} if dossier.exists() else set()


def octets(reponse) -> bytes:
    return b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def test_a_pdf_that_is_read_has_its_first_page_as_cover(lu, client):
    guide = lu("Première page.")
    reponse = client.get(guide.url_de_la_couverture)
    assert (reponse.status_code, reponse["Content-Type"]) == (200, "image/webp")
    assert Image.open(io.BytesIO(octets(reponse))).size == (guide.couverture_largeur, guide.couverture_hauteur)
    assert guide.couverture_largeur == 480


def test_a_pdf_of_images_has_a_cover_too(tmp_path):
    assert rendre_couverture(fichiers.pdf_sans_texte(tmp_path))


def test_a_page_out_of_proportion_stays_within_bounds(tmp_path):
    image = Image.open(io.BytesIO(rendre_couverture(fichiers.pdf_tres_haut(tmp_path))))
    assert image.height == 960
    assert image.width < 480


@pytest.mark.parametrize("contenu", [b"", b"rien de tel", b"%PDF-1.7 tronque"])
def test_what_cannot_be_drawn_has_no_cover(tmp_path, contenu):
    (tmp_path / "a.pdf").write_bytes(contenu)
    assert rendre_couverture(tmp_path / "a.pdf") == b""


def test_a_drawing_too_long_is_stopped(tmp_path):
    assert rendre_couverture(fichiers.pdf(tmp_path), secondes=0.001) == b""


def test_a_new_file_has_a_new_cover_and_the_old_one_is_gone(lu, tmp_path, django_capture_on_commit_callbacks):
    avant = sur_le_disque()
    guide = lu("Première page.")
    ancienne = guide.couverture.read()
    with django_capture_on_commit_callbacks(execute=True):
        remplir(guide, fichiers.pdf(tmp_path, "Une autre.").read_bytes())
    guide.refresh_from_db()
    assert guide.couverture.read() != ancienne
    assert sur_le_disque() - avant == {Path(guide.couverture.name).name}


def test_a_file_that_is_no_longer_a_pdf_has_no_cover(lu, client, django_capture_on_commit_callbacks):
    avant = sur_le_disque()
    guide = lu("Première page.")
    adresse = guide.url_de_la_couverture
    with django_capture_on_commit_callbacks(execute=True):
        remplir(guide, b"Du texte", "guide.txt")
    guide.refresh_from_db()
    assert guide.url_de_la_couverture == ""
    assert sur_le_disque() == avant
    assert client.get(adresse).status_code == 404


def test_a_cover_read_again_leaves_one_file(lu, django_capture_on_commit_callbacks):
    avant = sur_le_disque()
    guide = lu("Première page.")
    with django_capture_on_commit_callbacks(execute=True):
        taches.lire(guide)
    assert len(sur_le_disque() - avant) == 1


def test_a_deleted_document_takes_its_cover_along(lu, django_capture_on_commit_callbacks):
    avant = sur_le_disque()
    guide = lu("Première page.")
    with django_capture_on_commit_callbacks(execute=True):
        guide.delete()
    assert sur_le_disque() == avant


def test_the_cover_of_a_private_document_asks_for_a_login(lu, client):
    guide = lu("Première page.", collection=Collection.get_first_root_node().add_child(name="Réservée"))
    CollectionViewRestriction.objects.create(collection=guide.collection, restriction_type="login")
    reponse = client.get(guide.url_de_la_couverture)
    assert reponse.status_code == 302
    assert "login" in reponse["Location"]
    assert not CustomDocument.objects.get(pk=guide.pk).ouvert_a_tous


def test_a_cover_is_not_served_as_a_media(lu, client):
    guide = lu("Première page.")
    assert client.get(f"/media/{guide.couverture.name}").status_code == 404
    assert client.get(f"/media/images/../{guide.couverture.name}").status_code == 404


def test_a_document_without_cover_has_none_to_serve(db, client):
    guide = document("Guide", "Bonjour")
    assert client.get(reverse("couverture", args=[guide.pk])).status_code == 404
    assert client.get("/documents/99999999999999999999999/couverture.webp").status_code == 404


def test_an_unchanged_cover_is_not_sent_again(lu, client):
    adresse = lu("Première page.").url_de_la_couverture
    assert client.get(adresse, headers={"if-none-match": client.get(adresse)["ETag"]}).status_code == 304


@pytest.mark.ignore_template_errors
def test_the_editor_sees_the_cover(lu, admin_client):
    guide = lu("Première page.")
    assert guide.url_de_la_couverture in admin_client.get(reverse("wagtaildocs:edit", args=[guide.pk])).content.decode()
