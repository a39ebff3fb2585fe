"""A document is read after it is saved; its editor sees what came of it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from core.signals import document_extrait
from mediatheque import taches
from mediatheque.models import CustomDocument
from tests.mediatheque import fichiers

Etat = CustomDocument.Etat


def deposer(nom: str, contenu: bytes) -> CustomDocument:
    document = CustomDocument(title="Essai")
    document.file.save(nom, ContentFile(contenu), save=False)
    document._set_document_file_metadata()
    document.save()
    return document


@pytest.fixture
def lu(db, django_capture_on_commit_callbacks):
    """Save a document as an editor does, and give it as it is after its reading."""

    def save(nom: str, contenu: bytes) -> CustomDocument:
        with django_capture_on_commit_callbacks(execute=True):
            document = deposer(nom, contenu)
        document.refresh_from_db()
        return document

    return save


def test_a_saved_document_is_read(lu, tmp_path):
    document = lu("essai.pdf", fichiers.pdf(tmp_path).read_bytes())
    assert (document.etat, document.raison, document.nombre_de_pages) == (Etat.INDEXE, "", 2)
    assert list(document.textes.values_list("numero", "texte")) == [
        (1, "Première page du guide."),
        (2, "Le baromètre des alliances."),
    ]


def test_a_failure_is_a_state_with_its_reason(lu, tmp_path):
    document = lu("essai.pdf", fichiers.pdf_sans_texte(tmp_path).read_bytes())
    assert (document.etat, document.raison) == (Etat.ECHEC, "pas de texte : faites reconnaître les caractères")


def test_a_video_has_no_text_and_that_is_no_failure(lu):
    assert lu("film.mp4", b"images").etat == Etat.SANS_TEXTE


def test_a_new_file_replaces_the_old_text(lu, django_capture_on_commit_callbacks):
    document = lu("a.txt", b"Ancien")
    with django_capture_on_commit_callbacks(execute=True):
        document.file.save("b.txt", ContentFile(b"Nouveau"), save=False)
        document._set_document_file_metadata()
        document.save()
    assert [partie.texte for partie in document.textes.all()] == ["Nouveau"]


def test_a_new_title_does_not_read_the_file_again(lu, django_capture_on_commit_callbacks):
    document = lu("a.txt", b"Texte")
    with django_capture_on_commit_callbacks() as rappels:
        document.title = "Autre titre"
        document.save()
    assert not rappels


def test_a_queue_out_of_order_does_not_prevent_saving(db, monkeypatch, django_capture_on_commit_callbacks, caplog):
    class FileEnPanne:
        def enqueue(self, *args):
            raise RuntimeError("panne")

    monkeypatch.setattr(taches, "lire_un_document", FileEnPanne())
    with django_capture_on_commit_callbacks(execute=True):
        document = deposer("a.txt", b"Texte")
    document.refresh_from_db()
    assert document.etat == Etat.A_TRAITER
    assert "could not be queued" in caplog.text


def test_the_command_reads_what_waits_and_tells_it(db, capsys):
    deposer("a.txt", b"Texte")
    deposer("b.pdf", b"rien de tel")
    call_command("indexer")
    sortie = capsys.readouterr().out
    assert "2 documents lus, 1 en échec" in sortie
    assert "Essai : le PDF est abîmé" in sortie
    call_command("indexer")
    assert "0 documents lus" in capsys.readouterr().out


def test_a_lost_file_is_a_reason(lu):
    document = lu("a.txt", b"Texte")
    document.file.storage.delete(document.file.name)
    taches.lire(document)
    assert document.etat == Etat.ECHEC


def test_search_is_told_either_way(lu):
    entendus = []

    def entendre(sender, document, **kwargs):
        entendus.append(document.etat)

    document_extrait.connect(entendre)
    try:
        lu("a.txt", b"Texte")
        lu("b.pdf", b"rien")
    finally:
        document_extrait.disconnect(entendre)
    assert entendus == [Etat.INDEXE, Etat.ECHEC]


@pytest.mark.ignore_template_errors
def test_the_editor_sees_the_state_in_the_form_and_in_the_report(lu, admin_client):
    document = lu("b.pdf", b"rien de tel")
    assert (
        "échec : le PDF est abîmé" in admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    )
    assert "échec : le PDF est abîmé" in admin_client.get(reverse("lecture_des_documents")).content.decode()
    assert admin_client.get(reverse("lecture_des_documents") + "?export=csv").status_code == 200


@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(
    ("nom", "taille", "message"),
    [("a.exe", 10, "n’est pas autorisée"), ("a.pdf", 2_000, "Ce fichier est trop gros")],
)
def test_a_file_too_heavy_or_of_another_format_is_refused_in_french(admin_client, settings, nom, taille, message):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1_000
    reponse = admin_client.post(
        reverse("wagtaildocs:add"),
        {"title": "Essai", "file": SimpleUploadedFile(nom, b"x" * taille), "langue": "fr", "collection": 1},
    )
    assert message in reponse.content.decode().replace("&#x27;", "’").replace("n'est", "n’est")
    assert not CustomDocument.objects.exists()
