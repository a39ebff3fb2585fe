"""The pages of parcours as readers see them."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from parcours.models import ParcoursPage
from tests.lecture import soup_of
from tests.parcours.factories import index, parcours, ressource


def test_an_empty_parcours_says_so_and_shows_a_way_on(client, home):
    parcours(home, slug="vide")
    page = soup_of(client, "/parcours/vide/")
    assert "ne sont pas encore publiées" in page.main.get_text()
    assert not page.select("[data-commencer]")


def test_an_empty_list_of_parcours_says_so(client, home):
    index(home)
    assert "Aucun parcours n’est encore publié" in soup_of(client, "/parcours/").main.get_text()


def test_the_page_lists_every_step_in_order_with_its_reason(client, home):
    steps = [ressource(home) for _ in range(3)]
    parcours(home, steps, slug="p")
    page = soup_of(client, "/parcours/p/")
    links = [a["href"] for a in page.select("ol.etapes a")]
    assert links == [f"{step.get_url()}?parcours=p" for step in steps]
    assert page.select_one("[data-commencer]")["href"] == links[0]
    assert "Raison 2." in page.select_one("#etape-2").get_text()


def test_what_javascript_fills_is_hidden_without_it(client, home):
    parcours(home, [ressource(home)], slug="p")
    for url in ("/parcours/p/", "/parcours/", "/parcours/carnet/"):
        page = soup_of(client, url)
        for selector in ("[data-parcours-progres]", "[data-parcours-reprendre]"):
            assert all(tag.has_attr("hidden") for tag in page.select(selector)), selector
    assert all(tag.has_attr("hidden") for tag in page.select("[data-js], [data-lie], [data-carnet-perdu]"))


def test_a_parcours_is_described_to_machines_as_a_course(client, home):
    steps = [ressource(home), ressource(home)]
    parcours(home, steps, slug="p")
    data = json.loads(soup_of(client, "/parcours/p/").find("script", type="application/ld+json").string)
    course = next(thing for thing in data["@graph"] if thing["@type"] == "Course")
    assert [part["url"] for part in course["hasPart"]] == [f"http://testserver{step.get_url()}" for step in steps]


def test_the_home_cards_tell_time_and_steps_of_each_parcours(home):
    from core.version import current_version
    from parcours.services import cartes_parcours

    step = ressource(home)
    parcours(home, [step], slug="p", title="Un parcours", titre_court="Court", chapo="Le chapô.")
    (card,) = cartes_parcours(current_version())
    assert (card["titre"], card["titre_court"], card["nombre"]) == ("Un parcours", "Court", 1)
    assert card["etapes"] == [(step.specific.uuid, f"{step.get_url()}?parcours=p")]


def test_a_page_number_that_means_nothing_shows_the_first_page(client, home):
    parcours(home, [ressource(home)], slug="p")
    for number in ("x", "-1", "9" * 30, "%00", ""):
        assert client.get(f"/parcours/?page={number}").status_code == 200
        assert client.get(f"/kit/matrice/?page={number}").status_code == 200


@pytest.mark.parametrize("count", [2, 20])
def test_the_pages_of_parcours_stay_under_twelve_queries(client, home, count, django_assert_max_num_queries):
    steps = [ressource(home) for _ in range(count)]
    for number in range(3):
        parcours(home, steps, slug=f"p-{number}")
    for url in ("/parcours/", "/parcours/p-1/", "/kit/matrice/"):
        client.get(url)
        with django_assert_max_num_queries(12):
            client.get(url)


def test_many_parcours_cost_no_more_queries_than_one(client, home, django_assert_max_num_queries):
    steps = [ressource(home)]
    for number in range(30):
        parcours(home, steps, slug=f"p-{number}")
    client.get("/parcours/")
    with django_assert_max_num_queries(12):
        page = BeautifulSoup(client.get("/parcours/").content, "html.parser")
    assert len(page.select(".carte-parcours")) == 24
    assert page.select_one("a[rel=next]")


def test_the_matrix_links_each_resource_to_its_steps(client, home):
    both, alone, nowhere = ressource(home, "methode"), ressource(home, "methode"), ressource(home, "illustrations")
    parcours(home, [both, alone], slug="p-1")
    parcours(home, [both], slug="p-2")
    page = soup_of(client, "/kit/matrice/")
    rows = {row.th.get_text(): row for row in page.select("tr:has(th[scope=row])")}
    assert [a["href"] for a in rows[both.title].select("td a")] == [
        f"{both.get_url()}?parcours=p-1",
        f"{both.get_url()}?parcours=p-2",
    ]
    assert [td.get_text() for td in rows[alone.title].select("td")] == ["2", ""]
    assert not rows[nowhere.title].select("td a")


def test_an_empty_kit_has_a_matrix_that_says_so(client, home):
    assert "Aucune ressource" in soup_of(client, "/kit/matrice/").main.get_text()


def test_a_preview_shows_the_steps_being_edited(home, rf):
    page = parcours(home, [ressource(home)], slug="p")
    added = ressource(home, title="Ajoutée en brouillon")
    from parcours.models import EtapeParcours

    page.etapes = [*page.etapes.all(), EtapeParcours(page=added, sort_order=5)]
    response = page.make_preview_request()
    assert "Ajoutée en brouillon" in response.render().content.decode()
    assert "Ajoutée en brouillon" not in str(ParcoursPage.objects.get(pk=page.pk).etapes.all())


def test_machines_are_told_the_steps_that_readers_see_and_no_draft_nor_private_page(client, home):
    steps = [ressource(home, title=title) for title in ("Ouverte", "Retirée", "Réservée")]
    page = parcours(home, steps, slug="p")
    steps[1].unpublish()
    PageViewRestriction.objects.create(page=steps[2], restriction_type="login")
    answer = client.get(f"/api/v2/pages/{page.pk}/")
    (told,) = answer.json()["etapes"]
    assert told["page"] == {
        "id": steps[0].pk,
        "meta": {"type": "kit.RessourcePage", "detail_url": f"http://localhost/api/v2/pages/{steps[0].pk}/"},
        "title": "Ouverte",
    }
    assert (told["raison"], told["essentielle"]) == ("Raison 1.", True)
    said = client.get("/api/v2/pages/?type=parcours.ParcoursPage&fields=etapes(page(title))").content.decode()
    for text in (answer.content.decode(), said):
        assert "Ouverte" in text
        assert not re.search("Retirée|Réservée|Raison [23]", text)
