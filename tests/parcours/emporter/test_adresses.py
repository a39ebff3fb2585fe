"""The addresses of packs: ranges, conditions, one building for many, failures said in French."""

import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache

from core.version import current_version
from parcours.emporter import depot as rangement
from parcours.emporter import packs
from parcours.emporter.packs import SORTES
from tests.parcours.emporter.conftest import ADRESSE, BASE
from tests.parcours.emporter.outils import octets
from tests.parcours.factories import parcours, ressource

TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip"}


@pytest.mark.parametrize("sorte", SORTES)
def test_a_pack_is_built_when_it_is_asked_and_sent_whole(client, monde, sorte):
    reponse = client.get(ADRESSE + sorte)
    assert reponse.status_code == 200
    assert reponse["Content-Type"] == TYPES[sorte.partition("-")[0]]
    assert int(reponse["Content-Length"]) == len(octets(reponse))
    assert reponse["Content-Disposition"] == f'attachment; filename="Parcours Court p.{sorte.partition("-")[0]}"'
    assert "Last-Modified" in reponse
    assert not reponse.cookies


@pytest.mark.parametrize("sorte", SORTES)
def test_a_download_that_was_cut_goes_on_where_it_stopped(client, monde, sorte):
    tout = octets(client.get(ADRESSE + sorte))
    milieu = len(tout) // 2
    suite = client.get(ADRESSE + sorte, headers={"range": f"bytes={milieu}-"})
    assert suite.status_code == 206
    assert suite["Content-Range"] == f"bytes {milieu}-{len(tout) - 1}/{len(tout)}"
    assert tout[:milieu] + octets(suite) == tout
    assert client.get(ADRESSE + sorte, headers={"range": f"bytes={len(tout)}-"}).status_code == 416


@pytest.mark.parametrize("sorte", SORTES)
def test_head_tells_the_length_and_sends_nothing(client, monde, sorte):
    tete = client.head(ADRESSE + sorte)
    assert octets(tete) == b""
    assert int(tete["Content-Length"]) == len(octets(client.get(ADRESSE + sorte)))


def test_a_pack_that_did_not_change_is_not_sent_again(client, monde):
    etiquette = client.get(f"{ADRESSE}zip")["ETag"]
    assert client.get(f"{ADRESSE}zip", headers={"if-none-match": etiquette}).status_code == 304
    monde.public.title = "Un autre titre"
    monde.public.save_revision().publish()
    assert client.get(f"{ADRESSE}zip", headers={"if-none-match": etiquette}).status_code == 200


@pytest.mark.parametrize("sorte", SORTES)
def test_a_download_cut_before_the_same_content_was_built_again_starts_over(client, monde, depot, sorte):
    with time_machine.travel("2026-11-22 08:00:00+00:00", tick=False):
        premier = client.get(ADRESSE + sorte)
        debut = octets(premier)[:100]
    shutil.rmtree(depot)
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        entetes = {"range": "bytes=100-", "if-range": premier["ETag"]}
        suite = client.get(ADRESSE + sorte, headers=entetes)
        entier = octets(suite)
        assert suite.status_code == 200
        assert suite["ETag"] != premier["ETag"]
        assert client.get(ADRESSE + sorte, headers={"if-none-match": premier["ETag"]}).status_code == 200
        # Not built again since: the second part is taken as it is.
        reprise = client.get(ADRESSE + sorte, headers=entetes | {"if-range": suite["ETag"]})
        assert reprise.status_code == 206
        assert octets(reprise) == entier[100:]
    assert debut


def test_a_change_elsewhere_on_the_site_builds_nothing_again(client, home, monde, monkeypatch):
    client.get(f"{ADRESSE}pdf")
    ressource(home, title="Hors du parcours")
    monkeypatch.setattr(packs.pdf, "ecrire", pytest.fail)
    assert client.get(f"{ADRESSE}pdf").status_code == 200


@pytest.mark.parametrize("adresse", ["docx", "PDF", "zip-x", "pdf/x", "../pdf"])
def test_another_kind_of_pack_is_not_found(client, monde, adresse):
    assert client.get(ADRESSE + adresse, follow=True).status_code == 404


def test_a_final_slash_changes_nothing_and_the_bare_address_leads_to_the_choice(client, monde):
    assert client.get(f"{ADRESSE}pdf/").status_code == 200
    assert client.get(ADRESSE)["Location"] == "/parcours/p/#emporter"
    assert client.get("/parcours/inconnu/emporter/").status_code == 404
    assert client.post(f"{ADRESSE}pdf").status_code == 405


@pytest.mark.parametrize("sorte", SORTES)
@pytest.mark.ignore_template_errors  # of the bar that Wagtail shows to an administrator
def test_a_parcours_that_is_not_public_has_no_pack(client, admin_client, monde, sorte):
    client.get(ADRESSE + sorte)
    monde.page.unpublish()
    assert client.get(ADRESSE + sorte).status_code == 404
    assert admin_client.get(ADRESSE + sorte).status_code == 404


def test_a_failure_is_said_in_french_and_noted(client, monde, monkeypatch, caplog):
    def echouer(*args):
        raise RuntimeError("disque plein")

    monkeypatch.setattr(packs.pdf, "ecrire", echouer)
    reponse = client.get(f"{ADRESSE}pdf")
    assert reponse.status_code == 503
    assert reponse["Retry-After"]
    page = BeautifulSoup(reponse.content, "html.parser").main
    assert "ne peut pas être préparé" in page.h1.get_text()
    assert page.find("a", href="/parcours/p/")
    assert "disque plein" in caplog.text
    monkeypatch.undo()
    assert client.get(f"{ADRESSE}pdf").status_code == 200


def test_ten_who_ask_at_once_have_it_built_once(monde, monkeypatch):
    """Threads share the test's transaction through the plain values that are read: only the building is raced."""
    version = current_version()
    livret = packs.lire_le_livret("p", BASE, version)
    construits, vrai, ensemble = [], packs.pdf.ecrire, threading.Barrier(10)

    def compter(*args):
        construits.append(1)
        return vrai(*args)

    monkeypatch.setattr(packs, "lire_le_livret", lambda *args: livret)
    monkeypatch.setattr(packs.pdf, "ecrire", compter)

    def demander(_):
        ensemble.wait()
        return packs.pack("p", SORTES["pdf"], BASE, version)

    packs.services.slugs(version)
    with ThreadPoolExecutor(10) as fils:
        trouves = list(fils.map(demander, range(10)))
    assert len(construits) == 1
    assert len({trouve.chemin for trouve in trouves}) == 1


def test_who_waits_too_long_for_another_is_told_so(client, monde, monkeypatch):
    monkeypatch.setattr(rangement, "ATTENTE", 0.1)
    with rangement.verrou("p"):
        assert client.get(f"{ADRESSE}epub").status_code == 503


def test_old_contents_leave_the_disk(client, monde, depot):
    for rang in range(rangement.EMPREINTES_GARDEES + 3):
        monde.public.resume = f"Résumé {rang}."
        monde.public.save_revision().publish()
        for sorte in SORTES:
            client.get(ADRESSE + sorte)
    restes = [fichier for fichier in (depot / "p").iterdir() if not fichier.name.startswith(".")]
    assert len({fichier.name.partition(".")[0] for fichier in restes} - {"etat"}) == rangement.EMPREINTES_GARDEES


def test_the_folder_may_be_emptied_at_any_time(client, monde):
    # A book tells the second when it was made.
    with time_machine.travel("2026-11-22 08:00:00+00:00", tick=False):
        avant = octets(client.get(f"{ADRESSE}epub"))
        rangement.tout_oublier()
        assert octets(client.get(f"{ADRESSE}epub")) == avant


def test_a_file_that_goes_after_the_plan_makes_another_archive(client, monde, livret):
    from pathlib import Path

    from django.conf import settings

    client.get(f"{ADRESSE}zip-complet")
    (film,) = [piece for piece in livret.pieces if piece.nom.endswith(".mp4")]
    (Path(settings.MEDIA_ROOT) / film.chemin).unlink()
    reponse = client.get(f"{ADRESSE}zip-complet")
    assert int(reponse["Content-Length"]) == len(octets(reponse))


def test_the_page_of_the_parcours_tells_size_and_date_of_what_is_built_only(client, monde):
    def offres():
        page = BeautifulSoup(client.get("/parcours/p/").content, "html.parser")
        return {a["href"]: a.parent.get_text(" ", strip=True) for a in page.select(".emporter a")}

    assert set(offres()) == {f"{ADRESSE}{sorte}" for sorte in ("pdf", "epub", "zip")}
    assert not any("ko" in texte for texte in offres().values())
    for sorte in SORTES:
        client.get(ADRESSE + sorte)
    construites = offres()
    assert set(construites) == {ADRESSE + sorte for sorte in SORTES}
    for texte in construites.values():
        assert "ko," in texte
    monde.public.title = "Un autre titre"
    monde.public.save_revision().publish()
    assert not any("ko" in texte for texte in offres().values())


def test_telling_sizes_asks_no_query_and_survives_a_broken_note(rf, monde, client, depot, django_assert_num_queries):
    from core.version import request_version

    client.get(f"{ADRESSE}pdf")
    request = rf.get("/parcours/p/")
    request_version(request)
    with django_assert_num_queries(0):
        assert packs.offre("p", request)[0]["taille"]
    (depot / "p" / "etat.json").write_text("{")
    assert packs.offre("p", request)[0]["taille"] is None


def test_a_preview_and_an_empty_parcours_offer_nothing(client, home, monde):
    parcours(home, [], slug="vide")
    assert b"Emporter ce parcours" not in client.get("/parcours/vide/").content
    assert b"Emporter ce parcours" not in monde.page.make_preview_request().render().content


def test_addresses_of_the_site_have_their_own_packs_up_to_a_few(client, monde, depot):
    for port in range(8000, 8000 + rangement.ADRESSES_GARDEES + 2):
        cache.clear()
        client.get(f"{ADRESSE}epub", headers={"host": f"localhost:{port}"})
    etat = json.loads((depot / "p" / "etat.json").read_text())
    assert len(etat) == rangement.ADRESSES_GARDEES
    assert f"http://localhost:{8000 + rangement.ADRESSES_GARDEES + 1}" in etat
