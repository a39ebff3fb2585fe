"""The four cases of the initial content, as a visitor reads them."""

import pytest

from core.version import current_version
from fils_rouges import services
from fils_rouges.models import FilRougePage
from tests.lecture import soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]


@pytest.mark.parametrize(
    ("slug", "families"),
    [
        (
            "silver-geek",
            {"association": 6, "entreprise": 5, "collectivite": 1, "fondation": 2, "reseau": 3},
        ),
        ("charenton-saint-maurice", {"association": 1, "entreprise": 2, "collectivite": 1, "academique": 1}),
        ("labo-partenariats-alsace", {"association": 2, "entreprise": 1}),
    ],
)
def test_the_list_of_actors_groups_all_of_them_by_family(client, slug, families):
    page = soup_of(client, f"/fils-rouges/{slug}/")
    found = {
        section["aria-labelledby"].removeprefix("famille-"): len(section.select("li"))
        for section in page.select("section.famille")
    }
    assert found == families


def test_silver_geek_draws_its_seventeen_actors_twice_and_lists_them(client):
    page = soup_of(client, "/fils-rouges/silver-geek/")
    assert [len(drawing.select(".liens path")) for drawing in page.select("svg.dessin")] == [17, 17]
    assert len(page.select("section.famille li")) == 17
    assert "17\u00a0acteurs" in page.text
    assert "offrir des missions à des jeunes" in page.text


def test_the_two_readings_of_a_case_are_both_shown(client):
    silver_geek = soup_of(client, "/fils-rouges/silver-geek/").text
    assert "Le MOOC y voit des partenariats entre organisations" in silver_geek
    assert "le kit, une expérimentation collective" in silver_geek
    charenton = soup_of(client, "/fils-rouges/charenton-saint-maurice/").text
    assert "Le MOOC y voit une expérimentation collective" in charenton
    assert "le kit, un dialogue territorial" in charenton


def test_sources_that_agree_show_no_disagreement(client):
    assert "Le MOOC y voit" not in soup_of(client, "/fils-rouges/labo-partenariats-alsace/").text


def test_the_case_of_the_kit_says_that_the_mooc_does_not_count_it(client):
    page = soup_of(client, "/fils-rouges/district-solidaire/")
    assert "le MOOC ne le compte pas parmi ses fils rouges" in page.text
    assert "ne nomment pas les acteurs" in page.text
    assert "Aucune des trois formes" in page.text
    assert not page.select("svg.dessin")


def test_the_timeline_keeps_the_precision_of_its_source(client):
    page = soup_of(client, "/fils-rouges/charenton-saint-maurice/")
    times = [(time["datetime"], time.text) for time in page.select(".chronologie time")]
    assert times == [("2011", "2011"), ("2013", "2013"), ("2016-02", "février\u00a02016")]
    assert "Date non connue" in soup_of(client, "/fils-rouges/silver-geek/").select_one(".chronologie").text


def test_the_map_and_the_list_hold_the_same_links(client):
    page = soup_of(client, "/fils-rouges/")
    on_map = {(link["href"], link["aria-label"]) for link in page.select("svg.carte-de-france a")}
    in_list = {(link["href"], link.text) for link in page.select("nav[aria-label='Fils rouges par région'] a")}
    assert on_map == in_list
    assert len(on_map) == 4


def test_the_classification_of_actors_is_said_to_be_ours(client):
    assert "Classement du site, à vérifier" in soup_of(client, "/fils-rouges/silver-geek/").text


def test_years_are_not_written_with_a_thousand_separator(client):
    assert "2012" in soup_of(client, "/fils-rouges/labo-partenariats-alsace/").select_one(".faits").text


def test_every_anchor_of_a_passage_exists_in_the_page(client):
    for case in FilRougePage.objects.all():
        page = soup_of(client, case.get_url())
        anchors = {passage.ancre.removeprefix("#") for passage in case.passages() if passage.ancre}
        missing = {anchor for anchor in anchors if page.find(id=anchor) is None}
        assert not missing, (case.slug, missing)


def test_cases_in_brief_tell_what_the_home_page_shows():
    cases = {case.titre: case for case in services.fils_rouges_en_bref(current_version())}
    assert len(cases) == 4
    assert cases["Silver Geek"].region == "75"
    assert cases["Silver Geek"].territoire == "Poitou-Charentes"
    assert cases["Silver Geek"].url == "/fils-rouges/silver-geek/"


def test_facets_carry_their_labels():
    page = FilRougePage.objects.get(slug="labo-partenariats-alsace")
    assert page.facettes() == {
        "territoire": ["alsace|Alsace"],
        "organisme": ["alsace-active|Alsace Active"],
        "annee": ["2012|2012"],
    }
