"""Three questions lead to one parcours, whatever the answers, and nothing of them is kept."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.test.utils import WagtailPageTestCase

from home.models import HomePage
from parcours.models import OrientationPage, ParcoursIndexPage
from parcours.orientation import Question, Reponse, conseiller
from tests.parcours.factories import index, orientation, parcours, ressource

ADRESSE = "/parcours/par-ou-commencer/"


class TestTree(WagtailPageTestCase):
    def test_the_questions_live_below_the_list_of_parcours_only(self):
        self.assertCanCreateAt(ParcoursIndexPage, OrientationPage)
        self.assertCanNotCreateAt(HomePage, OrientationPage)
        self.assertAllowedSubpageTypes(OrientationPage, {})


@pytest.fixture
def three(home):
    """Three parcours, and three questions whose nth answer speaks for the nth."""
    pages = [parcours(home, [ressource(home)], slug=slug) for slug in ("un", "deux", "trois")]
    orientation(home, [pages] * 3)
    return pages


def soup_of(client, url: str = ADRESSE, **answers) -> BeautifulSoup:
    response = client.get(url, answers)
    assert response.status_code == 200
    assert not response.cookies
    return BeautifulSoup(response.content, "html.parser")


def advised(page: BeautifulSoup) -> list[str]:
    return [card["data-parcours"] for card in page.select("section.conseil [data-parcours]")]


def test_on_arrival_the_questions_are_asked_and_nothing_is_said_of_answers(client, three):
    page = soup_of(client)
    assert len(page.select("form.orientation[method=get] fieldset")) == 3
    assert not page.select("section.conseil, .erreurs, [checked]")


def test_the_parcours_with_the_most_voices_is_advised_with_the_reasons_of_its_answers(client, three):
    page = soup_of(client, q1="1", q2="2", q3="2")
    assert advised(page) == ["deux"]
    text = page.select_one("section.conseil").get_text()
    assert "Parce que raison 2-2 et raison 3-2." in text
    assert "raison 1-1" not in text


def test_between_equals_the_first_question_decides(client, three):
    assert advised(soup_of(client, q1="3", q2="1", q3="2")) == ["trois"]


def test_a_missing_answer_is_asked_for_and_the_others_are_kept(client, three):
    page = soup_of(client, q1="1", q3="2")
    assert not advised(page)
    assert len(page.select(".erreurs")) == 1
    assert "Choisissez une réponse" in page.select("fieldset")[1].get_text()
    assert [field["value"] for field in page.select("[checked]")] == ["1", "2"]


@pytest.mark.parametrize("value", ["0", "9", "-1", "x", "\x00", "1 ", "٣", "9" * 500])
def test_an_answer_that_means_nothing_is_no_answer(client, three, value):
    page = soup_of(client, q1=value, q2="1", q3="1")
    assert not advised(page)
    assert len(page.select(".erreurs")) == 1


def test_an_unpublished_parcours_is_never_advised(client, three):
    three[0].unpublish()
    assert advised(soup_of(client, q1="1", q2="1", q3="2")) == ["deux"]
    page = soup_of(client, q1="1", q2="1", q3="1")
    assert advised(page) == ["deux"]
    assert "le premier de la liste" in page.select_one("section.conseil").get_text()


def test_a_deleted_parcours_leaves_the_page_standing(client, three):
    three[2].delete()
    assert advised(soup_of(client, q1="3", q2="3", q3="1")) == ["un"]


def test_without_any_published_parcours_the_page_asks_nothing(client, three):
    for page in three:
        page.unpublish()
    page = soup_of(client, q1="1", q2="1", q3="1")
    assert not page.select("form.orientation")
    assert "Aucun parcours n’est encore conseillé" in page.get_text()


def test_the_list_of_parcours_offers_the_questions_only_when_they_are_published(client, three):
    assert soup_of(client, "/parcours/").select(f'a[href="{ADRESSE}"]')
    OrientationPage.objects.get().unpublish()
    assert not soup_of(client, "/parcours/").select(f'a[href="{ADRESSE}"]')


def test_a_preview_asks_the_questions_being_edited(three):
    page = OrientationPage.objects.get()
    page.questions[0].value["intitule"] = "Une question en brouillon ?"
    assert "en brouillon" in page.make_preview_request().render().content.decode()


def test_the_page_costs_at_most_twelve_queries(client, three, django_assert_max_num_queries):
    for answers in ({}, {"q1": "1", "q2": "2", "q3": "3"}):
        client.get(ADRESSE, answers)
        with django_assert_max_num_queries(12):
            client.get(ADRESSE, answers)


def question(votes: list[int], chosen: int) -> Question:
    answers = (
        Reponse(str(rank), "", "raison", page, choisie=rank == chosen % len(votes)) for rank, page in enumerate(votes)
    )
    return Question("q", "", tuple(answers))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.lists(st.tuples(st.lists(st.integers(1, 5), min_size=2, max_size=6), st.integers(0, 5)), min_size=3, max_size=3),
    st.dictionaries(st.integers(1, 5), st.sampled_from("abcde"), min_size=1),
)
def test_whatever_the_editor_wrote_every_combination_leads_to_one_published_parcours(asked, published):
    questions = [question(votes, chosen) for votes, chosen in asked]
    slugs = sorted(set(published.values()))
    advice = conseiller(questions, slugs, published)
    assert advice.slug in slugs
    voted = [choice.parcours_id in published for q in questions if (choice := q.choix)]
    assert bool(advice.raisons) is any(voted)


def test_the_list_of_parcours_is_not_disturbed_by_the_page_of_questions(client, three, home):
    assert len(soup_of(client, "/parcours/").select(".carte-parcours")) == 3
    assert index(home).get_children().count() == 4
