"""A long video is sought, not restarted: byte ranges of a 90 MB file, under both servers that come with the site."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from home.chargement.mooc import FICHIERS
from tests.navigateur.attente import attendre
from tests.navigateur.conftest import ROOT, environment
from tests.navigateur.longue_video import allonger

MEGA = 1_000_000
TAILLE = 90 * MEGA
NOM = "longue-video.mp4"
SECONDE = "document.querySelector('video').currentTime"
POSER = f"""
from wagtail.documents import get_document_model
from mooc.models import EpisodePage, TourDeParole, VideoPage
document = get_document_model()(title="Une longue vidéo d’essai")
document.file.name = "documents/{NOM}"
document._set_document_file_metadata()
document.save()
page = VideoPage(title="Une longue vidéo", slug="longue-video", duree=228, video=document)
page.tours = [TourDeParole(sort_order=rank, debut=rank * 12, texte=f"Tour {{rank}}.") for rank in range(19)]
EpisodePage.objects.get(slug="episode-2").add_child(instance=page)
page.save_revision().publish()
print(document.url)
"""


@pytest.fixture(scope="module")
def adresse(serveur) -> str:
    """The address of a playable video of 90 MB, below an interview at `/mooc/episode-2/longue-video/`."""
    file = serveur.var / "media" / "documents" / NOM
    file.parent.mkdir(parents=True, exist_ok=True)
    allonger(FICHIERS / "presentation-du-kit.mp4", file, TAILLE)
    assert file.stat().st_blocks * 512 < MEGA * 2, "the file is not sparse: it takes its whole size on the disk"
    return serveur.manage("shell", "--verbosity=0", "-c", POSER).split()[-1]


@pytest.fixture(scope="module", params=["make start", "make dev"])
def hote(request, serveur) -> str:
    """Each of the two servers: gunicorn, and Django's own."""
    if request.param == "make start":
        yield urlsplit(serveur.url).netloc
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = environment(serveur.var) | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"], cwd=ROOT, env=settings,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(300):
            assert process.poll() is None, "the server stopped"
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def ask(host: str, path: str, method: str = "GET", limit: int | None = None, **headers: str):
    """Status, headers and bytes of an answer; `limit` stops reading, as a player does that seeks again."""
    connection = HTTPConnection(host, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    found = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read(limit)
    connection.close()
    return found


@pytest.fixture(scope="module")
def bytes_of(serveur, adresse):
    def read(start: int, length: int) -> bytes:
        with (serveur.var / "media" / "documents" / NOM).open("rb") as file:
            file.seek(start)
            return file.read(length)

    return read


def test_a_seek_at_eighty_percent_is_answered_at_once(hote, adresse, bytes_of):
    start = TAILLE * 8 // 10
    begun = time.monotonic()
    status, headers, content = ask(hote, adresse, limit=65_536, Range=f"bytes={start}-")
    assert time.monotonic() - begun < 5
    assert status == 206
    size = int(headers["content-range"].rpartition("/")[2])
    assert abs(size - TAILLE) < MEGA
    assert headers["content-range"] == f"bytes {start}-{size - 1}/{size}"
    assert int(headers["content-length"]) == size - start
    assert headers["content-type"] == "video/mp4"
    assert content == bytes_of(start, 65_536)


def test_the_end_of_a_long_file_is_whole(hote, adresse, bytes_of):
    status, headers, content = ask(hote, adresse, Range="bytes=-150000")
    assert status == 206
    size = int(headers["content-range"].rpartition("/")[2])
    assert headers["content-range"] == f"bytes {size - 150_000}-{size - 1}/{size}"
    assert content == bytes_of(size - 150_000, 150_000)


def test_a_part_belongs_to_the_file_that_was_begun(hote, adresse):
    _, headers, _ = ask(hote, adresse, "HEAD")
    for same in (headers["etag"], headers["last-modified"]):
        status, _, content = ask(hote, adresse, Range="bytes=10-19", If_Range=same)
        assert (status, len(content)) == (206, 10)
    for other in ('"autre"', "Mon, 01 Jan 2001 00:00:00 GMT"):
        status, whole, _ = ask(hote, adresse, limit=10, Range="bytes=10-19", If_Range=other)
        assert (status, whole["content-length"]) == (200, headers["content-length"])


def test_beyond_the_end_is_refused_with_the_size(hote, adresse):
    _, headers, _ = ask(hote, adresse, "HEAD")
    status, refused, _ = ask(hote, adresse, Range=f"bytes={headers['content-length']}-")
    assert status == 416
    assert refused["content-range"] == f"bytes */{headers['content-length']}"


def test_head_tells_the_size_and_that_parts_may_be_asked(hote, adresse):
    status, headers, content = ask(hote, adresse, "HEAD")
    assert (status, content) == (200, b"")
    assert headers["accept-ranges"] == "bytes"
    assert abs(int(headers["content-length"]) - TAILLE) < MEGA
    status, headers, content = ask(hote, adresse, "HEAD", Range="bytes=0-99")
    assert (status, headers["content-length"], content) == (206, "100", b"")


def test_a_browser_plays_a_long_video_from_eighty_percent(serveur, adresse, visiteur):
    parts = []
    visiteur.on(
        "response",
        lambda response: (
            parts.append((response.status, response.headers.get("content-range", "")))
            if response.url.endswith(NOM)
            else None
        ),
    )
    visiteur.goto("/mooc/episode-2/longue-video/")
    visiteur.locator(".tours a[href='?t=180#t-180']").click()
    # It plays on from there: a player that cannot seek starts again from zero.
    attendre(visiteur, f"() => {SECONDE} > 180.5 && {SECONDE} < 200", seconds=30)
    assert {status for status, _ in parts} == {206}
    starts = [int(part.split()[1].split("-")[0]) for _, part in parts]
    assert any(start > TAILLE // 2 for start in starts), "the second half was never asked for"
