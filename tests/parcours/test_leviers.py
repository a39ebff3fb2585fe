"""The seven levers, their questions, and a self-positioning that is never sent."""

import pytest
from bs4 import BeautifulSoup

from parcours.models import Levier, LeviersPage, NiveauDePosition, QuestionCommune


def leviers(home, count: int = 2) -> LeviersPage:
    page = LeviersPage(title="Les leviers", slug="leviers", chapo="Où en sommes-nous ?")
    page.leviers = [Levier(titre=f"Levier {n}", questions="Une ?\n\n Deux ? ", sort_order=n) for n in range(count)]
    page.niveaux = [NiveauDePosition(libelle=label, sort_order=n) for n, label in enumerate(("Bas", "Haut"))]
    page.questions_communes = [QuestionCommune(theme="acteurs", question="Qui est là ?", sort_order=0)]
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def test_each_lever_is_a_group_of_choices_with_its_questions(client, home):
    leviers(home)
    page = BeautifulSoup(client.get("/leviers/").content, "html.parser")
    groups = page.select("fieldset.levier")
    assert [group.legend.get_text().strip() for group in groups] == ["1. Levier 0", "2. Levier 1"]
    assert [li.get_text() for li in groups[0].select("li")] == ["Une\u202f?", "Deux\u202f?"]
    assert [i["value"] for i in groups[0].select("input[type=radio]")] == ["0", "1"]
    assert "Qui est là" in page.select_one(".questions-communes").get_text()


def test_nothing_can_be_posted(client, home):
    leviers(home)
    answer = client.get("/leviers/")
    page = BeautifulSoup(answer.content, "html.parser")
    fields = page.select("[data-leviers] input, [data-leviers] button")
    assert len(fields) == 6
    assert not [field for field in fields if field.find_parent("form") or field.has_attr("form")]
    assert {button["type"] for button in page.select("[data-leviers] button")} == {"button"}
    sent = client.post("/leviers/", {field.get("name", "x"): "1" for field in fields})
    assert sent.content == answer.content
    assert not sent.cookies
    assert page.select_one("[data-bilan]").has_attr("hidden")


def test_without_levers_the_page_says_so(client, home):
    home.add_child(instance=LeviersPage(title="Les leviers", slug="leviers"))
    assert "Aucun levier n’est encore publié" in client.get("/leviers/").content.decode()


def test_each_lever_is_found_by_search_at_its_own_anchor(home):
    passages = {passage.ancre: passage.texte for passage in leviers(home).passages()}
    assert passages["#levier-levier-1"] == "Une ? Deux ?"
    assert passages["#questions-communes"] == "Qui est là ?"


def test_two_levers_of_the_same_title_have_each_an_anchor(home):
    page = LeviersPage(title="Les leviers", slug="leviers")
    page.leviers = [Levier(titre="Évaluer", questions="Une ?", sort_order=n) for n in range(2)]
    assert [levier.ancre for levier in page.leviers_ancres()] == ["levier-evaluer", "levier-evaluer-2"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_levers_cost_at_most_twelve_queries(client, home, count, django_assert_max_num_queries):
    leviers(home, count)
    client.get("/leviers/")
    with django_assert_max_num_queries(12):
        client.get("/leviers/")
