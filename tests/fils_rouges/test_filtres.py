"""The filters of the cases: each combination finds what answers it, or says that nothing does and how to go on."""

import itertools

import pytest

from core.version import current_version
from fils_rouges import filtres
from tests.fils_rouges.factories import fil_rouge, index_page
from tests.lecture import soup_of


@pytest.fixture
def index(home):
    page = index_page(home)
    fil_rouge(page, "A", forme="partenariats", region="75", acteurs=[("X", "association")])
    fil_rouge(page, "B", region="75", acteurs=[("Y", "fondation"), ("Z", "association")])
    fil_rouge(page, "C", region="11", forme="dialogue-territorial", forme_selon_le_kit="partenariats")
    return page


def titles(soup):
    return [title.text for title in soup.select(".carte-titre")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["A", "B", "C"]),
        ("?forme=partenariats", ["A", "C"]),
        ("?forme=dialogue-territorial", ["C"]),
        ("?forme=non-connu", ["B"]),
        ("?famille=fondation", ["B"]),
        ("?famille=non-connu", ["C"]),
        ("?region=75", ["A", "B"]),
        ("?region=75&famille=fondation", ["B"]),
        ("?forme=partenariats&famille=association&region=75", ["A"]),
        ("?forme=partenariats&famille=fondation", []),
        ("?region=53", []),
        ("?forme=inconnue&region=99&famille=", ["A", "B", "C"]),
        ("?region=%00&page=99999999999999999999", ["A", "B", "C"]),
        ("?page=abc", ["A", "B", "C"]),
    ],
)
def test_filters_keep_what_answers_and_ignore_what_is_no_answer(client, index, query, expected):
    assert titles(soup_of(client, index.url + query)) == expected


def test_a_choice_tells_how_many_cases_it_would_find_with_the_other_filters(client, index):
    page = soup_of(client, f"{index.url}?famille=association")
    options = [option.text for option in page.select("#filtre-region option")]
    assert options == ["Toutes", "Île-de-France (0)", "Nouvelle-Aquitaine (2)"]
    assert page.select_one("#filtre-famille option[selected]").text == "Association (2)"


def test_an_empty_combination_says_so_and_offers_to_drop_each_filter(client, index):
    page = soup_of(client, f"{index.url}?forme=partenariats&famille=fondation")
    assert "Aucun cas ne répond à tous ces filtres à la fois" in page.select_one(".vide").text
    links = {link["href"]: " ".join(link.text.split()) for link in page.select(".filtres-actifs a")}
    assert links == {
        f"{index.url}?famille=fondation#cas": (
            "Retirer « Forme de co-construction : Partenariats entre organisations » (1 cas)"
        ),
        f"{index.url}?forme=partenariats#cas": "Retirer « Famille d’acteurs : Fondation » (2 cas)",
    }
    for address in links:
        assert titles(soup_of(client, address.removesuffix("#cas")))


def test_a_region_without_any_case_is_not_mistaken_for_no_filter(client, index):
    page = soup_of(client, f"{index.url}?region=53")
    assert "aucun cas qui réponde à ce filtre" in page.select_one(".vide").text
    assert page.select_one("#filtre-region option[selected]").text == "Bretagne (0)"


def test_every_combination_of_answers_counts_what_it_shows(index):
    version = current_version()
    forms = ("", "partenariats", "experimentation-collective", filtres.AUCUN)
    families = ("", "association", "reseau", filtres.AUCUN)
    for forme, famille, region in itertools.product(forms, families, ("", "75", "53", filtres.AUCUN)):
        query = {"forme": forme, "famille": famille, "region": region}
        found = filtres.liste(version, query, "/fils-rouges/")
        assert found["nombre"] == len(found["cartes"])
        assert len(found["filtres_actifs"]) == sum(map(bool, query.values()))
        assert all(each.nombre_sans >= found["nombre"] for each in found["filtres_actifs"])


def test_the_pages_of_a_filtered_list_keep_its_filters(client, home):
    page = index_page(home)
    for rank in range(filtres.PER_PAGE + 1):
        fil_rouge(page, f"Cas {rank}", region="75")
    following = soup_of(client, f"{page.url}?region=75").select_one("a[rel=next]")
    assert following["href"] == "?region=75&page=2"
    assert titles(soup_of(client, page.url + following["href"])) == [f"Cas {filtres.PER_PAGE}"]


@pytest.mark.parametrize(("query", "said"), [("?forme=partenariats", True), ("?forme=dialogue-territorial", False)])
def test_a_case_found_by_the_reading_of_one_source_is_explained(client, index, query, said):
    assert ("Les sources ne s’accordent pas toujours" in soup_of(client, index.url + query).text) is said
