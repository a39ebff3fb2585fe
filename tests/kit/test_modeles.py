"""The pages of the kit: where they go, what they refuse, what they tell other rooms."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from core.protocols import Temps
from home.models import HomePage
from kit.models import DocumentsDuSitePage, KitPage, NaturePage, RessourcePage
from tests.kit.factories import document, nature_page, ressource

tree = WagtailPageTestCase()


def test_pages_go_where_the_kit_wants_them():
    tree.assertAllowedParentPageTypes(KitPage, {HomePage})
    tree.assertAllowedParentPageTypes(NaturePage, {KitPage})
    tree.assertAllowedParentPageTypes(RessourcePage, {NaturePage})
    tree.assertAllowedParentPageTypes(DocumentsDuSitePage, {HomePage})
    tree.assertAllowedSubpageTypes(RessourcePage, {})
    tree.assertAllowedSubpageTypes(KitPage, {NaturePage})


def test_a_nature_may_not_take_the_address_of_the_matrix(home):
    page = nature_page(home)
    page.slug = "matrice"
    with pytest.raises(ValidationError, match="autre page du site"):
        page.full_clean()


def test_a_rubrique_of_another_nature_is_refused_in_french(home):
    ours, other = nature_page(home), nature_page(home, "boite-a-outils", "Boîte à outils", ["Guides"])
    page = ressource(ours)
    page.rubrique = other.rubriques.get()
    with pytest.raises(ValidationError, match="autre nature"):
        page.full_clean()


def test_a_resource_moved_to_another_nature_leaves_its_rubrique(home):
    ours, other = nature_page(home, rubriques=["Évaluer"]), nature_page(home, "illustrations", "Illustrations")
    page = ressource(ours, rubrique=ours.rubriques.get())
    page.move(other, pos="last-child")
    moved = RessourcePage.objects.get(pk=page.pk)
    assert moved.rubrique_de_sa_nature is None
    assert moved.facettes()["nature"] == ["illustrations|Illustrations"]


def test_a_resource_tells_its_facets_with_their_labels(home):
    nature = nature_page(home, rubriques=["Évaluer"])
    page = ressource(
        nature, producteurs=["Le RAMEAU"], territoires=["Alsace"], date="2015/2016", rubrique=nature.rubriques.get()
    )
    assert page.facettes() == {
        "nature": ["methode|Méthode"],
        "rubrique": ["evaluer|Évaluer"],
        "organisme": ["le-rameau|Le RAMEAU"],
        "territoire": ["alsace|Alsace"],
        "annee": ["2015|2015", "2016|2016"],
        "demande": ["fichiers|Le RAMEAU"],
    }


def test_a_resource_whose_file_is_held_is_not_to_be_asked_for(home):
    page = ressource(nature_page(home), producteurs=["Le RAMEAU"], fichiers=[document()])
    assert page.facettes()["demande"] == []


def test_what_is_not_held_has_no_reading_time_and_a_course_has_its_own(home):
    nature = nature_page(home)
    assert ressource(nature).temps_de_lecture() == Temps(lecture=1, inconnus=1)
    assert ressource(nature, duree_minutes=480).temps_de_lecture() == Temps(lecture=1, formation=480)


def test_the_text_of_a_held_file_counts_in_the_reading_time(home):
    held = document(content=b"mot " * 2000)
    held.textes.all().delete()
    held.textes.create(numero=1, texte="mot " * 2000)
    assert ressource(nature_page(home), fichiers=[held]).temps_de_lecture() == Temps(lecture=11)


def test_the_card_tells_producer_year_form_format_and_weight(home):
    page = ressource(nature_page(home), producteurs=["MEDEF", "Le RAMEAU"], date="2014-04", forme="guide",
                     fichiers=[document(content=b"x" * 1200)])  # fmt: skip
    carte = page.carte()
    assert [detail.replace("\u00a0", " ") for detail in carte.details] == [
        "MEDEF, Le RAMEAU", "avril 2014", "guide", "TXT, 1 ko",
    ]  # fmt: skip
    assert (carte.nature, carte.nature_titre, carte.resume) == ("methode", "Méthode", page.resume)


def test_cards_cost_the_same_for_one_and_for_twenty(home, django_assert_num_queries):
    nature = nature_page(home)
    for _ in range(20):
        ressource(nature, producteurs=["Le RAMEAU"], fichiers=[document()])
    with django_assert_num_queries(7):
        cards = [page.carte() for page in RessourcePage.pour_cartes(RessourcePage.objects.all())]
    assert len(cards) == 20


def test_the_passages_hold_the_summary_the_sections_and_the_facts(home):
    page = ressource(
        nature_page(home), producteurs=["Alsace Active"], composants="PHARE Citoyens",
        corps=[{"type": "intertitre", "value": "Pour qui"}, {"type": "texte", "value": "<p>Pour les élus.</p>"}],
    )  # fmt: skip
    found = {passage.ancre: passage.texte for passage in page.passages()}
    assert found[""] == page.resume
    assert "Pour les élus." in found["#pour-qui"]
    assert "Alsace Active" in found["#fiche"]
    assert "PHARE Citoyens" in found["#fiche"]


def test_the_base_page_of_wagtail_finds_the_resource(home):
    page = ressource(nature_page(home))
    assert Page.objects.get(pk=page.pk).specific == page
