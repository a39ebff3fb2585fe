"""What a browser is told to keep of a parcours: all that opens it, and only what everybody may open."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.version import current_version
from mooc.models import EpisodePage
from parcours.emporter import packs
from parcours.models import ParcoursPage
from tests.mooc import factories as mooc
from tests.parcours.emporter.conftest import avec_fichier
from tests.parcours.factories import parcours, ressource

ADRESSE = "/parcours/p/hors-ligne.json"


@pytest.fixture(autouse=True)
def _packs_apart(settings, tmp_path):
    """The page of a parcours tells which packs are ready: those of another test are not ours."""
    settings.EMPORTER_ROOT = tmp_path


@dataclass
class Monde:
    """A parcours `p` whose steps are, in order: a resource with two files, an episode, and two hidden ones."""

    page: ParcoursPage
    public: object
    guide: object
    film: object
    cachees: list


@pytest.fixture
def monde(home) -> Monde:
    prive = Collection.get_first_root_node().add_child(name="Privée")
    CollectionViewRestriction.objects.create(collection=prive, restriction_type="login")
    guide, reserve = mooc.document("guide.pdf", b"%PDF-1.7 le guide"), mooc.document("reserve.pdf", b"secret")
    reserve.collection = prive
    reserve.save()
    public = avec_fichier(ressource(home, title="Étape publique"), guide, reserve)
    brouillon, fermee = ressource(home), ressource(home)
    episode = mooc.episode_page(mooc.mooc_page(home), 1)
    film = mooc.document("film.mp4", b"film" * 1000)
    mooc.video_page(episode, turns=2, video=film, sous_titres=mooc.document("film.vtt", b"WEBVTT\n"))
    mooc.video_page(episode, "cache", video=mooc.document("secret.mp4", b"secret")).unpublish()
    page = parcours(home, [public, EpisodePage.objects.get(), brouillon, fermee], slug="p")
    brouillon.unpublish()
    PageViewRestriction.objects.create(page=fermee, restriction_type="login")
    return Monde(page, public, guide, film, [brouillon, fermee])


def lister(client) -> dict:
    reponse = client.get(ADRESSE)
    assert reponse.status_code == 200
    return reponse.json()


def adresses(liste: dict, *sortes: str) -> list[str]:
    return [adresse["url"] for adresse in liste["adresses"] if adresse["sorte"] in sortes]


def test_the_parcours_its_steps_and_the_interviews_below_them_are_listed(client, monde):
    assert adresses(lister(client), "page") == [
        "/parcours/p/",
        f"{monde.public.get_url()}?parcours=p",
        "/mooc/episode-1/?parcours=p",
        "/mooc/episode-1/entretien/",
        "/hors-ligne/",
    ]


def test_drafts_private_pages_and_private_files_are_not(client, monde):
    liste = lister(client)
    assert adresses(liste, "fichier") == [monde.guide.url]
    assert not [url for url in adresses(liste, "page", "fichier", "media") if "secret" in url or "cache" in url]
    assert not [url for url in adresses(liste, "page") for cachee in monde.cachees if f"/{cachee.slug}/" in url]


def test_an_administrator_is_told_the_same_as_everybody(client, admin_client, monde):
    assert lister(admin_client) == lister(client)
    cache.clear()
    assert lister(admin_client) == lister(client)


def test_every_address_opens_for_everybody_and_weighs_what_is_said(client, monde):
    liste = lister(client)
    assert len({adresse["url"] for adresse in liste["adresses"]}) == len(liste["adresses"])
    for adresse in liste["adresses"]:
        if adresse["sorte"] == "statique":
            recu = Path(finders.find(adresse["url"].removeprefix("/static/"))).read_bytes()
        else:
            reponse = client.get(adresse["url"])
            assert reponse.status_code == 200, adresse["url"]
            recu = b"".join(reponse) if reponse.streaming else reponse.content
        assert len(recu) == adresse["octets"], adresse["url"]


def test_the_weight_is_that_of_the_page_once_its_packs_are_ready(client, monde):
    avant = lister(client)
    packs.preparer(current_version(), ["http://testserver"])
    apres = lister(client)
    assert apres["version"] != avant["version"]
    (poids,) = (adresse["octets"] for adresse in apres["adresses"] if adresse["url"] == monde.page.url)
    assert poids == len(client.get(monde.page.url).content)


def test_what_styles_and_scripts_load_in_turn_is_listed(client, monde):
    liste = lister(client)
    assert {
        "/static/css/site.css",
        "/static/css/mooc.css",
        "/static/fonts/atkinson.woff2",
        "/static/js/carnet.js",
        "/static/js/carnet/liaison.js",
        "/static/js/hors-ligne/copie.js",
    } <= set(adresses(liste, "statique"))


def test_media_are_apart_and_their_weight_too(client, monde):
    liste = lister(client)
    poids = {adresse["url"]: adresse["octets"] for adresse in liste["adresses"]}
    medias = adresses(liste, "media")
    assert monde.film.url in medias
    assert liste["octets_des_medias"] == sum(poids[url] for url in medias) > 4000
    assert liste["octets"] == sum(poids.values()) - liste["octets_des_medias"]


def test_nothing_that_is_written_to_is_ever_listed(client, monde):
    for url in adresses(lister(client), "page", "statique", "fichier", "media"):
        assert not url.startswith(("/admin", "/api", "/recherche", "/parcours/carnet", "/newsletter"))


def test_the_version_changes_with_what_is_listed_and_with_nothing_else(client, home, monde):
    avant = lister(client)["version"]
    ressource(home, "illustrations", title="Sans rapport")
    assert lister(client)["version"] == avant
    monde.public.resume = "Un autre résumé."
    monde.public.save_revision()
    assert lister(client)["version"] == avant
    monde.public.save_revision().publish()
    assert lister(client)["version"] != avant


def test_a_file_replaced_at_the_same_address_changes_the_version(client, monde):
    avant = lister(client)
    Path(monde.guide.file.path).write_bytes(b"%PDF-1.7 un autre guide")
    cache.clear()
    assert lister(client)["version"] != avant["version"]


def test_a_step_that_closes_leaves_the_list(client, monde):
    monde.public.unpublish()
    liste = lister(client)
    assert not [url for url in adresses(liste, "page") if monde.public.slug in url]
    assert adresses(liste, "fichier") == []


def test_only_a_published_parcours_that_has_steps_has_a_list(client, home, monde):
    parcours(home, slug="vide")
    assert client.get("/parcours/vide/hors-ligne.json").status_code == 404
    assert client.get("/parcours/inconnu/hors-ligne.json").status_code == 404
    PageViewRestriction.objects.create(page=monde.page, restriction_type="login")
    assert client.get(ADRESSE).status_code == 404


def test_who_has_the_list_is_told_when_nothing_changed(client, monde):
    premiere = client.get(ADRESSE)
    assert premiere["Cache-Control"] == "no-cache"
    assert client.get(ADRESSE, headers={"If-None-Match": premiere["ETag"]}).status_code == 304
    assert client.post(ADRESSE).status_code == 405


@pytest.mark.parametrize("count", [2, 40])
def test_the_list_costs_two_queries_once_it_is_made(client, home, count, django_assert_max_num_queries):
    parcours(home, [ressource(home) for _ in range(count)], slug="p")
    lister(client)
    with django_assert_max_num_queries(2):
        assert len(adresses(lister(client), "page")) == count + 2


def test_making_the_list_of_a_large_parcours_asks_few_queries_a_step(client, home, django_assert_max_num_queries):
    parcours(home, [ressource(home) for _ in range(40)], slug="p")
    with django_assert_max_num_queries(40 * 30):
        lister(client)


def test_the_worker_is_a_script_at_the_root_that_browsers_ask_for_again(client):
    reponse = client.get("/hors-ligne.js")
    assert reponse["Content-Type"].startswith("text/javascript")
    assert reponse["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in reponse["Content-Security-Policy"]
    assert not reponse.cookies


def test_the_page_shown_without_connection_is_not_for_search_engines(client, home):
    page = client.get("/hors-ligne/").content.decode()
    assert "Vous êtes hors ligne" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_preview_offers_nothing_to_keep(rf, admin_user, monde):
    reponse = monde.page.make_preview_request()
    assert b"data-hors-ligne" not in reponse.content


def test_the_button_is_hidden_without_javascript(client, monde):
    assert 'data-hors-ligne="p" hidden' in client.get("/parcours/p/").content.decode()
