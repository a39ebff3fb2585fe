"""Cases and their list: tree, filters, empty states, cost, hostile names."""

import itertools

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail.test.utils.page_tests import WagtailPageTestCase

from fils_rouges import carte_de_france, constellation
from fils_rouges.models import Chiffre, FilRougePage, FilsRougesIndexPage, Jalon, RessourceLiee
from home.models import HomePage
from tests.factories import clone_page
from tests.fils_rouges.factories import fil_rouge, index_page
from tests.kit.factories import nature_page, ressource
from tests.lecture import soup_of


class TreeTests(WagtailPageTestCase):
    def test_a_case_lives_only_below_the_list_of_cases(self):
        self.assertAllowedParentPageTypes(FilRougePage, {FilsRougesIndexPage})
        self.assertAllowedSubpageTypes(FilRougePage, set())

    def test_the_list_lives_below_the_home_page(self):
        self.assertAllowedParentPageTypes(FilsRougesIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(FilsRougesIndexPage, {FilRougePage})


@pytest.fixture
def index(home):
    return index_page(home)


def titles(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return [title.text for title in BeautifulSoup(response.content, "html.parser").select(".carte-titre")]


def test_an_empty_list_says_so(client, index):
    assert "Aucun fil rouge n’est encore publié" in client.get(index.url).content.decode()


def test_a_case_with_nothing_but_a_title_is_a_whole_page(client, index):
    page = fil_rouge(index, "Rien que son nom " * 14)
    content = client.get(page.url).content.decode()
    assert content.count("<h1") == 1
    assert "None" not in content


@pytest.mark.parametrize(
    "said",
    [
        "ne disent pas l’enjeu",
        "ne nomment pas les acteurs",
        "ne donnent pas la chronologie",
        "ne sait pas si ce cas a été évalué",
        "ne donnent pas de chiffre",
        "Région d’aujourd’huiNon connue",
        "PorteurNon connu",
        "Année de départNon connue",
        "Aucune des trois formes",
    ],
)
def test_what_is_not_known_of_a_case_is_said(client, index, said):
    assert said in BeautifulSoup(client.get(fil_rouge(index).url).content, "html.parser").text


def test_a_figure_is_shown_with_its_date_and_its_source(client, index):
    page = fil_rouge(index)
    page.chiffres = [Chiffre(valeur="12 %", libelle="des habitants l'ont vu", date="2016-02", source="Une étude")]
    page.save_revision().publish()
    figures = BeautifulSoup(client.get(page.url).content, "html.parser").select_one("[aria-labelledby=chiffres]")
    assert figures.select_one("strong").text == "12\u00a0%"
    assert figures.time["datetime"] == "2016-02"
    assert "l’ont vu" in figures.text
    assert "Une étude" in figures.text


def test_the_page_says_of_how_many_actors_it_knows_what_they_sought(client, index):
    page = fil_rouge(index, acteurs=[("A", "reseau"), ("B", "reseau")])
    assert "Les sources ne disent pas ce que chacun cherchait" in client.get(page.url).content.decode()
    actors = list(page.acteurs.all())
    actors[0].objectif = "apprendre"
    page.acteurs = actors
    page.save_revision().publish()
    assert "pour 1 des 2 acteurs" in client.get(page.url).content.decode()


def test_an_actor_is_listed_with_its_role_and_what_it_sought(client, index):
    page = fil_rouge(index, acteurs=[("A", "reseau"), ("B", "reseau")])
    actors = list(page.acteurs.all())
    actors[0].role = "l'hôte"
    actors[1].objectif = "apprendre d'ailleurs"
    page.acteurs = actors
    page.save_revision().publish()
    listed = [" ".join(item.text.split()) for item in soup_of(client, page.url).select("section.famille li")]
    assert listed == ["1. A – l’hôte", "2. BCe que cet acteur cherchait : apprendre d’ailleurs"]


def test_the_evaluation_is_told_and_linked(client, index):
    page = fil_rouge(index, evaluation="On a mesuré l'effet.", site_evaluation="https://example.org/evaluation")
    told = soup_of(client, page.url).select_one("[aria-labelledby=evaluation]")
    assert "On a mesuré l’effet." in told.text
    assert [link["href"] for link in told.select("a")] == ["https://example.org/evaluation"]
    assert "ne sait pas" not in told.text


def test_the_resources_of_a_case_are_offered_but_not_drafts(client, home, index):
    page = fil_rouge(index)
    nature = nature_page(home)
    shown, draft = ressource(nature, "L'étude du cas"), ressource(nature, "Brouillon")
    page.ressources = [RessourceLiee(ressource=each) for each in (shown, draft)]
    page.save_revision().publish()
    draft.unpublish()
    section = soup_of(client, page.url).select_one("[aria-labelledby=ressources]")
    assert section.h2.text == "Dans le kit"
    assert [(link.text, link["href"]) for link in section.select(".carte-titre a")] == [("L’étude du cas", shown.url)]


def test_the_address_of_the_comparison_is_not_for_a_case(index):
    page = FilRougePage(title="Comparer", slug="comparer")
    with pytest.raises(ValidationError, match="autre page du site"):
        page.clean()


def test_drafts_and_private_cases_stay_out_of_the_list_and_the_map(client, index):
    from wagtail.models import PageViewRestriction

    fil_rouge(index, "Brouillon", publie=False, region="11")
    private = fil_rouge(index, "Privé", region="53")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    fil_rouge(index, "Public", region="75")
    assert titles(client, index.url) == ["Public"]
    content = client.get(index.url).content.decode()
    assert "Brouillon" not in content
    assert "Privé" not in content


def test_a_region_with_several_cases_leads_to_the_filtered_list(client, index):
    fil_rouge(index, "A", region="75")
    fil_rouge(index, "B", region="75")
    page = BeautifulSoup(client.get(index.url).content, "html.parser")
    link = page.select_one("svg.carte-de-france a")
    assert link["href"] == f"{index.url}?region=75#cas"
    assert link["aria-label"] == "Nouvelle-Aquitaine\u00a0: 2 cas"


def test_a_hostile_actor_is_text_in_the_drawing_and_in_the_list(client, index):
    page = fil_rouge(
        index, "<b>Cas</b>", acteurs=[("</text><script>alert(1)</script>", "association"), ("& Cie", "reseau")]
    )
    content = client.get(page.url).content.decode()
    assert "<script>alert" not in content
    assert "<b>Cas" not in content.split("<main")[1]
    drawing = BeautifulSoup(content, "html.parser").select_one("svg.dessin.large")
    assert "</text><script>" in drawing.text


def test_a_preview_shows_actors_that_are_not_saved(index, rf):
    page = fil_rouge(index, "Aperçu")
    page.acteurs.add(page.acteurs.model(nom="Nouvel acteur", famille="reseau"))
    response = page.make_preview_request()
    assert "Nouvel acteur" in response.render().content.decode()


@pytest.mark.parametrize("count", [1, 2, 3, 17, 48])
def test_no_two_labels_of_a_drawing_overlap(count):
    drawing = constellation.wide(
        "Un cas", [(f"Un acteur au nom plutôt long {rank}", "reseau") for rank in range(count)]
    )
    for side in ("start", "end"):
        lines = sorted(int(y) for node in drawing.noeuds if node.alignement == side for y, _ in node.lignes)
        assert all(after - before >= 20 for before, after in itertools.pairwise(lines))


def test_too_many_actors_are_listed_without_a_drawing(client, index):
    page = fil_rouge(index, "Foule", acteurs=[(f"Acteur {rank}", "reseau") for rank in range(60)])
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    assert not soup.select("svg.dessin")
    assert len(soup.select("section.famille li")) == 60


def test_the_mark_of_each_region_stands_within_the_map():
    _, outlines = carte_de_france.contours()
    assert len(outlines) == 18
    assert all(0 < int(outline.x) < 580 and 0 < int(outline.y) < 643 for outline in outlines)


@pytest.mark.parametrize("date", ["2016-13", "16", "février 2016", "2016-02-01", "٢٠١٦"])
def test_a_date_of_the_timeline_is_a_year_or_a_month(date):
    with pytest.raises(ValidationError, match="AAAA"):
        Jalon(date=date, fait="Un fait").clean_fields(exclude=["page"])


@pytest.mark.parametrize("count", [0, 150])
def test_a_case_and_the_list_stay_under_their_ceilings_with_few_and_many_cases(
    client, index, django_assert_max_num_queries, count
):
    page = fil_rouge(index, "Modèle", region="75", acteurs=[(f"Acteur {rank}", "reseau") for rank in range(17)])
    if count:
        clone_page(Page.objects.get(pk=page.pk), count)
    for address, ceiling in ((page.url, 10), (index.url, 12), (f"{index.url}?region=75&page=2", 12)):
        assert client.get(address).status_code == 200
        with django_assert_max_num_queries(ceiling):
            client.get(address)


def test_a_case_is_described_to_machines(client, index):
    page = fil_rouge(index, "Cas décrit", region="75", chapo="Un chapô.")
    content = client.get(page.url).content.decode()
    assert '"@type": "Article"' in content
    assert '"name": "Nouvelle-Aquitaine"' in content


def test_an_apostrophe_in_joined_facts_is_not_escaped_twice(client, index):
    from core.models import Territoire

    page = fil_rouge(index, "Cas")
    page.territoires = [Territoire.objects.create(nom="Vallée de l'Arve & alentours")]
    page.save_revision().publish()
    facts = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".faits").text
    assert "Vallée de l’Arve & alentours" in facts
