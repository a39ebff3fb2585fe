"""How long a step and a parcours take: what the site does not hold is unknown, never guessed."""

import pytest
from bs4 import BeautifulSoup

from core.protocols import Temps
from core.version import current_version
from parcours.services import fil_de
from parcours.templatetags.carnet import lecture_de, reste_en_mots
from tests.parcours.factories import parcours, ressource


def soup_of(client, url: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url).content, "html.parser")


def text_of(tag) -> str:
    return tag.get_text(" ", strip=True).replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def page(home):
    """Two resources of which the site has no file, the second a course of eight hours."""
    steps = [ressource(home), ressource(home, duree_minutes=480)]
    return parcours(home, steps, slug="p")


def test_each_step_says_its_time_and_whether_it_is_essential(client, page):
    page.etapes = list(page.etapes.all())
    page.etapes.all()[1].essentielle = False
    page.save_revision().publish()
    soup = soup_of(client, "/parcours/p/")
    assert "Étape essentielle · 1 min de lecture, 1 document de durée inconnue" in text_of(soup.select_one("#etape-1"))
    assert "Étape facultative · 1 min de lecture, 8 h de formation" in text_of(soup.select_one("#etape-2"))
    brief = text_of(soup.select_one(".parcours-bref"))
    assert "L’essentiel 1 étape : 1 min de lecture, 1 document de durée inconnue" in brief


def test_the_total_is_told_with_and_without_the_course_and_with_what_is_unknown(client, page):
    brief = text_of(soup_of(client, "/parcours/p/").select_one(".parcours-bref"))
    assert "Lecture sur ce site 2 min" in brief
    assert "En suivant aussi la formation 8 h 02" in brief
    assert "Durée inconnue 1 document que ce site ne détient pas" in brief
    # All of it is essential: it is not said twice.
    assert "L’essentiel" not in brief


def test_the_page_of_a_step_says_its_time_beside_the_text(client, page):
    thread = soup_of(client, f"{page.etapes.all()[0].page.get_url()}?parcours=p").select_one(".fil")
    assert "1 min de lecture, 1 document de durée inconnue" in text_of(thread)


def test_the_time_left_is_that_of_the_steps_not_read():
    from parcours.carnet.temoin import Temoin

    said = Temoin({"a": (2, 1, 0, 0)}, "p", present=True)
    here = lecture_de(said, ["a", "b", "c"], [], ["5/0/1", "7/480/0", "1/0/2"])
    assert here.reste == Temps(8, 480, 2)


@pytest.mark.parametrize(
    ("temps", "words"),
    [
        (Temps(8), "Il reste 8 min de lecture sur ce site."),
        (
            Temps(65, 480, 2),
            "Il reste 1 h 05 de lecture sur ce site ; 9 h 05 en suivant aussi la formation ; "
            "2 documents de durée inconnue.",
        ),
        (Temps(0, 0, 1), "Il reste 1 document de durée inconnue."),
        (Temps(), "Le temps qui reste n’est pas connu."),
    ],
)
def test_the_time_left_is_said_with_and_without_the_course(temps, words):
    assert reste_en_mots(temps).replace("\xa0", " ").replace("\u202f", " ") == words


def test_a_reader_without_javascript_sees_the_time_left_once_something_is_read(client, page):
    assert soup_of(client, "/parcours/p/").select_one("[data-reste]").has_attr("hidden")
    uuid = page.etapes.all()[0].page.specific.uuid
    client.post("/parcours/carnet/marquer/", {"uuid": uuid, "parcours": "p", "lu": "1", "retour": "/parcours/p/"})
    left = soup_of(client, "/parcours/p/").select_one("[data-reste]")
    assert not left.has_attr("hidden")
    assert text_of(left) == "Il reste 1 min de lecture sur ce site ; 8 h 01 en suivant aussi la formation."


def test_times_are_given_to_the_script_in_the_order_of_the_steps(page):
    assert fil_de("p", current_version()).durees == "1/0/1 1/480/0"
