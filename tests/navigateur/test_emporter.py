"""A learner takes a parcours away, from the real server."""

import hashlib
import http.client
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

SORTES = ("pdf", "epub", "zip", "zip-complet")
# Best practices of sites (one main landmark) do not apply to the pages of a book.
NORMES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PARCOURS = "/parcours/animer-le-territoire/"


def demander(serveur, sorte: str, methode: str = "GET", **entetes) -> tuple[int, dict[str, str], bytes]:
    """The answer as it comes on the wire: `read` raises when fewer bytes come than were announced."""
    connexion = http.client.HTTPConnection(urlsplit(serveur.url).netloc, timeout=60)
    connexion.request(methode, f"{PARCOURS}emporter/{sorte}", headers={"Accept-Encoding": "gzip, br", **entetes})
    reponse = connexion.getresponse()
    corps = reponse.read()
    connexion.close()
    return reponse.status, {cle.lower(): valeur for cle, valeur in reponse.getheaders()}, corps


@pytest.mark.parametrize("sorte", SORTES)
def test_the_announced_length_is_the_number_of_bytes_received(serveur, sorte):
    statut, entetes, corps = demander(serveur, sorte)
    assert statut == 200
    assert int(entetes["content-length"]) == len(corps) > 10_000
    assert "transfer-encoding" not in entetes
    assert "content-encoding" not in entetes
    tete = demander(serveur, sorte, "HEAD")
    assert (tete[0], tete[1]["content-length"], tete[2]) == (200, str(len(corps)), b"")


@pytest.mark.parametrize("sorte", SORTES)
def test_a_download_goes_on_where_it_was_cut(serveur, sorte):
    _, entetes, tout = demander(serveur, sorte)
    statut, suite, reste = demander(serveur, sorte, Range=f"bytes={len(tout) // 3}-", **{"If-Range": entetes["etag"]})
    assert statut == 206
    assert tout[: len(tout) // 3] + reste == tout
    assert int(suite["content-length"]) == len(reste)
    assert demander(serveur, sorte, **{"If-None-Match": entetes["etag"]})[0] == 304


def test_ten_learners_at_once_receive_the_same_bytes(serveur):
    serveur.manage("preparer_emporter", "--purger")
    with ThreadPoolExecutor(10) as fils:
        recus = list(fils.map(lambda _: demander(serveur, "zip"), range(10)))
    assert {statut for statut, *_ in recus} == {200}
    assert len({hashlib.sha256(corps).hexdigest() for *_, corps in recus}) == 1


def test_a_learner_unpacks_the_archive_and_reads_it_without_the_site(visiteur, serveur, tmp_path):
    visiteur.goto(PARCOURS)
    with visiteur.expect_download() as attente:
        visiteur.get_by_role("link", name="Archive ZIP", exact=True).click()
    fichier = tmp_path / "parcours.zip"
    attente.value.save_as(fichier)
    assert attente.value.suggested_filename == "Parcours Animer son territoire.zip"
    with zipfile.ZipFile(fichier) as archive:
        archive.extractall(tmp_path / "ici")
    sommes = subprocess.run(
        ["sha256sum", "--check", "--strict", "MANIFESTE.sha256"], cwd=tmp_path / "ici", capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert sommes.returncode == 0, sommes.stdout + sommes.stderr
    demandes = []
    visiteur.on("request", lambda requete: demandes.append(requete.url))
    visiteur.goto((tmp_path / "ici" / "index.html").as_uri())
    assert visiteur.locator("article").count() == 20
    assert all(adresse.startswith("file:") for adresse in demandes)
    assert visiteur.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_page_of_the_archive_and_the_pages_of_the_book_have_no_barrier_that_axe_sees(
    visiteur, serveur, tmp_path
):
    from axe_playwright_python.sync_playwright import Axe

    for sorte in ("zip", "epub"):
        fichier = tmp_path / sorte
        fichier.write_bytes(demander(serveur, sorte)[2])
        with zipfile.ZipFile(fichier) as archive:
            archive.extractall(tmp_path / f"{sorte}-ouvert")
    livre = tmp_path / "epub-ouvert" / "EPUB"
    for page in (tmp_path / "zip-ouvert" / "index.html", livre / "couverture.xhtml", livre / "nav.xhtml",
                 livre / "etape-01.xhtml"):  # fmt: skip
        visiteur.goto(page.as_uri())
        jugement = Axe().run(visiteur, options={"runOnly": NORMES})
        assert jugement.violations_count == 0, jugement.generate_report()


def test_the_page_says_what_each_file_weighs_and_its_date(visiteur, serveur):
    serveur.manage("preparer_emporter", "--adresse", serveur.url)
    visiteur.goto(PARCOURS)
    for element in visiteur.locator("section.emporter li").all():
        assert element.locator("time").count() == 1
        assert "\u00a0ko" in element.inner_text()
