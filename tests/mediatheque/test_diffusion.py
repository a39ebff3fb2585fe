"""Files are served whole or by ranges, and only to whom they are open."""

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Collection, CollectionViewRestriction

from tests.search.factories import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def rendu():
    """A rendition on disk, of 1,000 bytes."""
    fichier = Path(settings.MEDIA_ROOT) / "images" / "photo.width-400.png"
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_bytes(bytes(range(250)) * 4)
    return "/media/images/photo.width-400.png"


def octets(reponse) -> bytes:
    return b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def test_a_rendition_is_kept_for_a_year(client, rendu):
    reponse = client.get(rendu)
    assert reponse.status_code == 200
    assert len(octets(reponse)) == 1000
    assert reponse["Content-Type"] == "image/png"
    assert "immutable" in reponse["Cache-Control"]
    assert reponse["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("plage", "recu", "contenu"),
    [("bytes=0-0", 1, "0-0"), ("bytes=10-19", 10, "10-19"), ("bytes=990-", 10, "990-999"), ("bytes=-5", 5, "995-999"),
     ("bytes=900-5000", 100, "900-999")],
)  # fmt: skip
def test_a_range_is_given_alone(client, rendu, plage, recu, contenu):
    reponse = client.get(rendu, headers={"range": plage})
    assert reponse.status_code == 206
    assert reponse["Content-Range"] == f"bytes {contenu}/1000"
    assert reponse["Content-Length"] == str(recu)
    assert len(octets(reponse)) == recu


def test_a_range_beyond_the_end_is_refused(client, rendu):
    reponse = client.get(rendu, headers={"range": "bytes=1000-1001"})
    assert reponse.status_code == 416
    assert reponse["Content-Range"] == "bytes */1000"


@pytest.mark.parametrize("plage", ["bytes=abc", "lines=1-2", "bytes=5-2", "bytes=0-1,5-6", "bytes"])
def test_a_range_without_meaning_is_ignored(client, rendu, plage):
    reponse = client.get(rendu, headers={"range": plage})
    assert reponse.status_code == 200
    assert len(octets(reponse)) == 1000


def test_head_says_the_size_without_the_bytes(client, rendu):
    reponse = client.head(rendu)
    assert (reponse.status_code, reponse["Content-Length"], octets(reponse)) == (200, "1000", b"")
    assert reponse["Accept-Ranges"] == "bytes"


def test_an_unchanged_file_is_not_sent_again(client, rendu):
    etag = client.get(rendu)["ETag"]
    assert client.get(rendu, headers={"if-none-match": etag}).status_code == 304


def test_a_changed_file_is_sent_whole(client, rendu):
    assert client.get(rendu, headers={"range": "bytes=0-9", "if-range": '"autre"'}).status_code == 200
    etag = client.get(rendu)["ETag"]
    assert client.get(rendu, headers={"range": "bytes=0-9", "if-range": etag}).status_code == 206


def test_a_range_is_never_compressed(client, rendu):
    reponse = client.get(rendu, headers={"range": "bytes=0-899", "accept-encoding": "gzip"})
    assert "Content-Encoding" not in reponse
    assert reponse["Content-Length"] == "900"


@pytest.mark.parametrize(
    "adresse",
    ["/media/../base.sqlite3", "/media/%2e%2e/base.sqlite3", "/media/images/../../base.sqlite3", "/media/images/",
     "/media/rien.png", "/media//etc/passwd", "/media/images/photo.width-400.png/x", "/media/" + "a" * 3000],
)  # fmt: skip
def test_nothing_else_of_the_disk_is_served(client, rendu, adresse):
    assert client.get(adresse).status_code == 404


def test_a_document_is_not_served_as_a_media(client):
    guide = document("Guide", "Bonjour")
    for chemin in (guide.file.name, f"images/../{guide.file.name}", f"./{guide.file.name}"):
        assert client.get(f"/media/{chemin}").status_code == 404


def test_a_pdf_opens_in_the_browser_by_ranges(client):
    reponse = client.get(document("Guide", "Bonjour").url, headers={"range": "bytes=0-4"})
    assert reponse.status_code == 206
    assert octets(reponse) == b"Guide"
    assert reponse["Content-Disposition"] == "inline"
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_a_video_can_be_sought(client):
    reponse = client.get(document("Film", "images", nom="film.mp4").url, headers={"range": "bytes=1-2"})
    assert (reponse.status_code, reponse["Content-Type"], reponse["Content-Disposition"]) == (
        206,
        "video/mp4",
        "inline",
    )


def test_another_format_is_downloaded(client):
    reponse = client.get(document("Page", "<script>", nom="page.html").url)
    assert reponse["Content-Disposition"].startswith("attachment")
    assert "sandbox" in reponse["Content-Security-Policy"]


def test_a_document_of_a_private_collection_asks_for_a_login(client):
    collection = Collection.get_first_root_node().add_child(name="Réservée")
    guide = document("Guide", "Bonjour", collection=collection)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    reponse = client.get(guide.url, headers={"range": "bytes=0-4"})
    assert reponse.status_code == 302
    assert "login" in reponse["Location"]


@pytest.mark.parametrize("adresse", ["/documents/99999999999999999999999/a.pdf", "/documents/1/../x", "/documents/0/"])
def test_a_document_that_is_not_there_is_a_404(client, adresse):
    assert client.get(adresse).status_code == 404


def test_a_document_whose_file_is_lost_is_a_404(client):
    guide = document("Guide", "Bonjour")
    Path(guide.file.path).unlink()
    assert client.get(guide.url).status_code == 404
