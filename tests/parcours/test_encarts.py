"""What a resource shows of the parcours that it is in, thanks to the registry."""

import pytest

from tests.lecture import soup_of
from tests.parcours.factories import parcours, ressource


@pytest.fixture
def steps(home):
    """Three resources, the steps of « p », of which the second is also the first of « q »."""
    pages = [ressource(home) for _ in range(3)]
    parcours(home, pages, slug="p", titre_court="Le premier")
    parcours(home, [pages[1]], slug="q", titre_court="Le second")
    return pages


def test_the_thread_shows_every_step_and_marks_the_one_being_read(client, steps):
    page = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    links = page.select(".fil-etapes a")
    assert [link["href"] for link in links] == [f"{step.get_url()}?parcours=p" for step in steps]
    assert [link.get("aria-current") for link in links] == [None, "step", None]
    text = page.select_one(".fil").get_text(" ", strip=True)
    assert "Étape 2 sur 3" in text
    assert "Raison 2." in text


def test_only_the_group_of_the_step_being_read_is_unfolded(client, steps):
    page = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    assert [bool(group.select("[aria-current]")) for group in page.select(".fil-groupe[open]")] == [True]


def test_the_place_in_the_parcours_is_told_before_the_title(client, steps):
    page = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    before = " ".join(text.strip() for text in page.h1.find_all_previous(string=True))
    assert "Étape 2 sur 3 du parcours" in before


def test_previous_and_next_keep_the_parcours(client, steps):
    page = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    assert page.select_one("a[rel=prev]")["href"] == f"{steps[0].get_url()}?parcours=p"
    assert page.select_one("a[rel=next]")["href"] == f"{steps[2].get_url()}?parcours=p"


def test_the_first_step_has_no_previous(client, steps):
    assert not soup_of(client, f"{steps[0].get_url()}?parcours=p").select("a[rel=prev]")


def test_the_last_step_has_no_next_and_leads_back_to_the_parcours(client, steps):
    page = soup_of(client, f"{steps[2].get_url()}?parcours=p")
    assert not page.select("a[rel=next]")
    assert "Vous êtes au bout de ce parcours" in page.get_text()
    assert page.select_one(".suite-fin a")["href"] == "/parcours/p/"


@pytest.mark.parametrize("word", ["inconnu", "", "%00", "q%27--", "é" * 300])
def test_a_parcours_that_means_nothing_is_ignored_quietly(client, steps, word):
    page = soup_of(client, f"{steps[0].get_url()}?parcours={word}")
    assert not page.select(".fil, a[rel=next]")
    assert "Dans quels parcours" in page.get_text()


def test_a_parcours_that_the_page_is_not_in_is_ignored(client, steps):
    page = soup_of(client, f"{steps[0].get_url()}?parcours=q")
    assert not page.select(".fil, a[rel=next]")


def test_outside_a_parcours_the_page_says_where_it_stands_in_each(client, steps):
    page = soup_of(client, steps[1].get_url())
    assert not page.select(".fil, a[rel=next]")
    places = {place.h3.get_text(): place for place in page.select(".place")}
    assert list(places) == ["Le premier", "Le second"]
    assert "Étape 2 sur 3" in places["Le premier"].get_text()
    assert [a["href"] for a in places["Le premier"].select("dd a")] == [
        f"{steps[0].get_url()}?parcours=p",
        f"{steps[2].get_url()}?parcours=p",
    ]
    assert "c’est la dernière étape" in places["Le second"].get_text()


def test_a_resource_of_no_parcours_offers_the_notebook_only(client, home):
    page = soup_of(client, ressource(home).get_url())
    assert page.select_one("form[data-carnet] button").get_text() == "Marquer comme lu"
    assert not page.select(".place, .fil")


def test_the_address_without_the_parcours_is_the_canonical_one(client, steps):
    page = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{steps[1].get_url()}"


def test_a_text_page_shows_no_parcours(client, home):
    parcours(home, [ressource(home)], slug="p")
    assert not soup_of(client, "/parcours/p/?parcours=p").select(".fil, [data-carnet], .place")


@pytest.mark.parametrize("count", [2, 20])
def test_a_step_costs_at_most_ten_queries(client, home, count, django_assert_max_num_queries):
    steps = [ressource(home) for _ in range(count)]
    for number in range(3):
        parcours(home, steps, slug=f"p-{number}")
    for url in (steps[1].get_url(), f"{steps[1].get_url()}?parcours=p-1"):
        client.get(url)
        with django_assert_max_num_queries(10):
            client.get(url)


def test_the_thread_of_twenty_steps_stays_light(client, home):
    steps = [ressource(home) for _ in range(20)]
    parcours(home, steps, slug="p")
    thread = soup_of(client, f"{steps[1].get_url()}?parcours=p").select_one(".fil")
    assert len([tag for tag in thread.find_all() if tag.find_parent("svg") is None]) <= 80
