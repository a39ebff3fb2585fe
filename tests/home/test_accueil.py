"""The home page: what it shows of each room, and what disappears."""

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction
from wagtail.test.utils import WagtailPageTestCase

from home.composition import natures
from home.constellation import KINDS, dessin
from home.models import GlossairePage, HomePage, PlanDuSitePage, StandardPage
from tests.home.factories import with_sections
from tests.kit.factories import nature_page, ressource


def page_of(client) -> BeautifulSoup:
    response = client.get("/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node) -> str:
    return re.sub(r"\s+", " ", node.get_text(" ")).strip()


class TestArbre(WagtailPageTestCase):
    def test_pages_of_the_room_have_their_place(self):
        self.assertAllowedParentPageTypes(StandardPage, {HomePage, StandardPage})
        self.assertAllowedParentPageTypes(GlossairePage, {HomePage})
        self.assertAllowedParentPageTypes(PlanDuSitePage, {HomePage})
        self.assertAllowedSubpageTypes(StandardPage, {StandardPage})
        self.assertAllowedSubpageTypes(GlossairePage, set())


def test_an_empty_site_shows_its_promise_and_no_empty_section(client, home):
    with_sections(home)
    page = page_of(client)
    assert words(page.h1) == "Accueil d’essai"
    assert not page.select("section h2")


def test_the_natures_count_their_public_resources(client, home):
    methode = nature_page(home)
    ressource(methode)
    ressource(methode).unpublish()
    PageViewRestriction.objects.create(page=ressource(methode), restriction_type="login")
    with_sections(home)
    page = page_of(client)
    assert words(page.select_one(".nature-nombre")) == "1 ressource"
    assert page.select_one(".nature h3 a")["href"] == "/kit/methode/"


def test_the_latest_resources_come_first(client, home):
    methode = nature_page(home)
    for title in ("Ancienne", "Deuxième", "Troisième", "Toute nouvelle"):
        ressource(methode, title)
    with_sections(home)
    titles = [words(title) for title in page_of(client).select("#nouveautes ~ *, section .carte .carte-titre")]
    assert titles[0] == "Toute nouvelle"
    assert "Ancienne" not in titles


def test_an_editor_orders_and_words_the_sections(client, home):
    ressource(nature_page(home))
    home.sections = [
        {"type": "nouveautes", "value": {"titre": "Tout frais", "texte": "Lisez-les !"}},
        {"type": "kit", "value": {"titre": "Nos natures", "texte": ""}},
        {"type": "texte", "value": [{"type": "intertitre", "value": "Un mot de l'équipe"}]},
    ]
    home.save_revision().publish()
    assert [words(title) for title in page_of(client).select("main h2")] == [
        "Tout frais",
        "Nos natures",
        "Un mot de l’équipe",
    ]


def test_natures_are_asked_once_per_version(home, django_assert_num_queries):
    ressource(nature_page(home))
    natures(7)
    with django_assert_num_queries(0):
        natures(7)


def test_the_drawing_is_the_same_each_time_and_each_alliance_holds_the_four_kinds():
    drawing = dessin()
    dessin.cache_clear()
    assert dessin() == drawing
    allied = [star.genre for star in drawing.etoiles if star.alliee]
    assert sorted(allied) == sorted(KINDS * len(drawing.alliances))
    assert all(0 < star.x < drawing.largeur and 0 < star.y < drawing.hauteur for star in drawing.etoiles)


@pytest.mark.usefixtures("contenu")
class TestContenu:
    @pytest.fixture(autouse=True)
    def _base(self, db):
        """The loaded content, in a savepoint."""

    def test_the_home_page_shows_every_room(self, client):
        page = page_of(client)
        assert [words(one).split()[0] for one in page.select(".nature-nombre")] == ["3", "7", "9", "18"]
        assert [one["href"] for one in page.select(".carte-parcours .carte-titre a")] == [
            "/parcours/comprendre-le-mouvement/",
            "/parcours/animer-le-territoire/",
            "/parcours/accompagner-les-organisations/",
        ]
        assert [one["href"] for one in page.select(".episodes-en-bref a")] == [
            f"/mooc/episode-{number}/" for number in (1, 2, 3, 4)
        ]
        assert page.select_one('.rencontre a[href="/rencontres/7e-rencontre-pionniers-alliances/"]')
        assert page.select_one('form[method="post"] input[type=email]')
        assert "Accessibilité\u00a0: non conforme" in page.footer.get_text()

    def test_the_map_has_the_same_links_as_the_list(self, client):
        page = page_of(client)
        on_the_map = {one["href"] for one in page.select(".carte-de-france a")}
        listed = {one["href"] for one in page.select(".territoires-cas a")}
        assert on_the_map
        assert on_the_map <= listed

    def test_links_of_the_home_page_have_names_of_their_own(self, client):
        targets: dict[str, set] = {}
        for link in page_of(client).select("main a:not([hidden])"):
            name = link.get("aria-label") or words(link)
            targets.setdefault(name, set()).add(link["href"])
        assert not {name: found for name, found in targets.items() if len(found) > 1}
