"""The kit as it is loaded: the counts to keep, the discrepancies to show."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from core.models import Territoire
from home.chargement.base import read_yaml
from kit.models import NaturePage, RessourcePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]


def test_the_kit_holds_37_resources_in_four_natures():
    counts = {nature.slug: RessourcePage.objects.live().child_of(nature).count() for nature in NaturePage.objects.all()}
    assert counts == {"cadre-de-reference": 3, "illustrations": 7, "methode": 9, "boite-a-outils": 18}
    assert sum(counts.values()) == 37


def test_every_resource_has_the_facts_of_the_list():
    for facts in read_yaml("kit")["ressources"]:
        page = RessourcePage.objects.get(slug=facts["slug"])
        assert page.title == facts["titre"]
        assert page.resume == facts["resume"]
        assert page.noms_des_producteurs == facts["producteurs"]
        assert page.date == str(facts["date"])
        assert (page.rubrique_de_sa_nature.slug if page.rubrique else None) == facts.get("rubrique")
        assert {each.nom for each in page.territoires.all()} == set(facts.get("territoires", []))
        assert page.note_de_source == facts.get("note_de_source", "")
        assert page.liste_des_composants == facts.get("composants", [])
        assert not page.documents()


def test_every_resource_tells_what_it_is_for():
    for page in RessourcePage.objects.all():
        headings = [block.value for block in page.corps if block.block_type == "intertitre"]
        assert headings == ["À quoi sert ce document", "Pour qui", "Avant de le lire"], page.slug


def test_both_courses_count_eight_hours():
    assert sorted(RessourcePage.objects.exclude(duree_minutes=None).values_list("slug", "duree_minutes")) == [
        ("mooc-alliances-qui-changent-les-territoires", 480),
        ("mooc-partenariats-qui-changent-le-monde", 480),
    ]


def test_old_regions_stand_in_the_regions_of_today():
    assert Territoire.objects.get(nom="Alsace").get_region_display() == "Grand Est"
    assert Territoire.objects.get(nom="France").region == ""


def test_a_discrepancy_between_sources_is_shown(client):
    text = client.get("/kit/boite-a-outils/etat-des-lieux-partenariats-france/").content.decode()
    assert "les tableaux des parcours de 2014" in text


@pytest.mark.parametrize(
    "address", ["/kit/", "/kit/boite-a-outils/", "/kit/boite-a-outils/etudes-phare/", "/documents-du-site/"]
)
def test_a_page_stays_light(client, address):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    for drawing in page.find_all("svg"):
        drawing.clear()
    assert len(page.find_all(True)) <= 600


def test_the_kit_shows_every_resource_on_its_first_page(client):
    page = BeautifulSoup(client.get("/kit/").content, "html.parser")
    assert len(page.select(".carte-titre")) == 37


def test_the_three_documents_of_the_site_can_be_downloaded(client):
    page = BeautifulSoup(client.get("/documents-du-site/").content, "html.parser")
    links = page.select("a.fichier")
    assert [re.search(r"\b(PDF|DOCX|ODT)\b", link.get_text()).group() for link in links] == ["PDF", "DOCX", "ODT"]
    for link in links:
        assert client.get(link["href"]).status_code == 200


def test_loading_again_keeps_what_an_editor_changed(client):
    page = RessourcePage.objects.get(slug="etudes-phare")
    page.resume = "Un résumé d’éditeur."
    page.save_revision().publish()
    call_command("charger_contenu", verbosity=0)
    assert RessourcePage.objects.get(slug="etudes-phare").resume == "Un résumé d’éditeur."
