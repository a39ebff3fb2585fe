"""Two cases side by side: what is known, what is shared, what is not known, and bad addresses."""

import pytest
from wagtail.models import Page, PageViewRestriction

from fils_rouges.models import Chiffre, Jalon, RessourceLiee
from tests.factories import clone_page
from tests.fils_rouges.factories import fil_rouge, index_page
from tests.kit.factories import nature_page, ressource
from tests.lecture import soup_of
from tests.mooc.factories import episode_page, follow, mooc_page, read_further

ADDRESS = "/fils-rouges/comparer/"


@pytest.fixture
def index(home):
    return index_page(home)


@pytest.fixture
def deux(index):
    """Two cases of one region, told differently."""
    first = fil_rouge(
        index,
        "L'un <i>",
        slug="un",
        region="75",
        annee=2012,
        forme="partenariats",
        enjeu="Un enjeu",
        acteurs=[("Orange", "entreprise"), ("La Poste", "entreprise"), ("Unis-Cité", "association")],
    )
    first.jalons = [Jalon(date="2016-02", fait="Un fait")]
    first.chiffres = [Chiffre(valeur="16", libelle="structures")]
    first.save_revision().publish()
    second = fil_rouge(
        index,
        "L'autre",
        slug="autre",
        region="75",
        forme="dialogue-territorial",
        forme_selon_le_mooc="partenariats",
        forme_selon_le_kit="dialogue-territorial",
        acteurs=[("orange", "entreprise"), ("Une fondation", "fondation")],
    )
    return first, second


def row(page, titre):
    """The text of the two cells below a heading of the table."""
    body = next(body for body in page.select("tbody") if body.th.text == titre)
    return [" ".join(cell.get_text(" ").split()) for cell in body.select("td")]


def test_two_cases_stand_side_by_side(client, deux):
    page = soup_of(client, f"{ADDRESS}?a=un&b=autre")
    assert [head.text for head in page.select("thead th[scope=col]")] == ["L’un <i>", "L’autre"]
    assert [link["href"] for link in page.select("thead a")] == [case.url for case in deux]
    assert row(page, "L’enjeu") == ["Un enjeu", "Non connu de ce site"]
    assert row(page, "Quand") == ["Année de départ : 2012", "Non connu de ce site"]
    assert row(page, "La chronologie") == ["février 2016 : Un fait", "Non connu de ce site"]
    assert row(page, "En chiffres") == ["16 structures", "Non connu de ce site"]
    assert row(page, "Forme de co-construction")[1].startswith("Dialogue territorial Le MOOC y voit")
    assert row(page, "Les acteurs")[0] == "Association (1) Unis-Cité Entreprises (2) Orange La Poste"
    assert all(len(body.select("td")) == 2 for body in page.select("tbody"))


def test_the_evaluation_and_what_each_sought_stand_side_by_side(client, deux):
    first, _ = deux
    first.evaluation = "Une évaluation l'a montré"
    actors = list(first.acteurs.all())
    actors[0].objectif = "être utile"
    first.acteurs = actors
    first.save_revision().publish()
    page = soup_of(client, f"{ADDRESS}?a=un&b=autre")
    assert row(page, "L’évaluation") == ["Une évaluation l’a montré", "Non connu de ce site"]
    assert row(page, "Ce que chacun cherchait") == ["Orange : être utile", "Non connu de ce site"]


def links(page, titre):
    """The links of the two cells below a heading of the table, as (text, address)."""
    body = next(body for body in page.select("tbody") if body.th.text == titre)
    return [[(" ".join(link.text.split()), link["href"]) for link in cell.select("a")] for cell in body.select("td")]


def test_the_resources_of_the_kit_stand_side_by_side(client, home, deux):
    first, _ = deux
    guide = ressource(nature_page(home), "L'étude")
    first.ressources = [RessourceLiee(ressource=guide)]
    first.save_revision().publish()
    page = soup_of(client, f"{ADDRESS}?a=un&b=autre")
    assert links(page, "Dans le kit") == [[("L’étude", guide.url)], []]
    assert row(page, "Dans le kit")[1] == "Non connu de ce site"


def test_the_episodes_that_speak_of_each_case_stand_side_by_side_and_the_shared_ones_are_said(client, home, deux):
    first, second = deux
    mooc = mooc_page(home)
    for numero in (1, 2):
        episode = episode_page(mooc, numero, titre_court="L'épisode")
        follow(episode, first)
    follow(episode, second)
    read_further(episode, second)
    hidden = episode_page(mooc, 3)
    follow(hidden, second)
    hidden.unpublish()
    page = soup_of(client, f"{ADDRESS}?a=un&b=autre")
    one, two = ("Épisode 1 : L’épisode", "/mooc/episode-1/"), ("Épisode 2 : L’épisode", "/mooc/episode-2/")
    further = ("Épisode 2, Allons plus loin : L’épisode", "/mooc/episode-2/#allons-plus-loin")
    assert links(page, "Épisodes du MOOC") == [[one, two], [two, further]]
    shared = page.select_one("[aria-labelledby=communs]").select("a")
    assert [link["href"] for link in shared] == ["/mooc/episode-2/"]


def test_a_case_that_no_episode_speaks_of_says_so(client, deux):
    assert row(soup_of(client, f"{ADDRESS}?a=un&b=autre"), "Épisodes du MOOC") == ["Non connu de ce site"] * 2


def test_what_both_have_is_said_first_and_nothing_else(client, deux):
    shared = soup_of(client, f"{ADDRESS}?a=un&b=autre").select_one("[aria-labelledby=communs]")
    assert [value.text for value in shared.select("dd")] == [
        "Nouvelle-Aquitaine", "Partenariats entre organisations", "entreprises", "Orange"
    ]  # fmt: skip


def test_two_cases_that_share_nothing_known_say_so(client, index):
    fil_rouge(index, "A", slug="a")
    fil_rouge(index, "B", slug="b")
    assert "Rien de ce que ce site sait" in soup_of(client, f"{ADDRESS}?a=a&b=b").text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?a=un&b=disparu", "n’existe pas, ou n’est plus publié"),
        ("?a=un&b=%00", "n’existe pas, ou n’est plus publié"),
        (f"?a=un&b={'x' * 3000}", "n’existe pas, ou n’est plus publié"),
        ("?a=un&b=un", "le même cas que le premier"),
    ],
)
def test_a_case_that_cannot_be_compared_is_named_and_the_other_choice_is_kept(client, deux, query, message):
    page = soup_of(client, ADDRESS + query)
    wrong = page.select_one("select[aria-invalid]")
    assert wrong["name"] == "b"
    assert message in page.find(id=wrong["aria-describedby"]).text
    assert page.select_one("select[name=a] option[selected]")["value"] == "un"
    assert not page.select("table")


def test_one_case_alone_waits_for_the_second(client, deux):
    page = soup_of(client, f"{ADDRESS}?a=un")
    assert "Choisissez le second cas" in page.text
    assert not page.select("[aria-invalid]")


def test_a_case_and_the_list_lead_to_the_comparison(client, index, deux):
    first, _ = deux
    link = soup_of(client, first.url).find("a", string="Comparer ce cas à un autre")
    assert soup_of(client, link["href"]).select_one("select[name=a] option[selected]")["value"] == "un"
    form = soup_of(client, index.url).select_one(f"form[action='{ADDRESS}']")
    assert [select["name"] for select in form.select("select")] == ["a", "b"]


def test_with_less_than_two_cases_nothing_offers_to_compare(client, index):
    assert "n’en tient aucun" in soup_of(client, ADDRESS).select_one(".vide").text
    page = fil_rouge(index, "Seul")
    assert "n’en tient qu’un" in soup_of(client, ADDRESS).select_one(".vide").text
    assert "Comparer" not in soup_of(client, page.url).select_one("#contenu").text
    assert "Comparer" not in soup_of(client, index.url).select_one("#contenu").text


def test_drafts_and_private_cases_are_not_compared(client, index, deux):
    fil_rouge(index, "Brouillon", slug="brouillon", publie=False)
    private = fil_rouge(index, "Réservé", slug="reserve")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    for slug in ("brouillon", "reserve"):
        page = soup_of(client, f"{ADDRESS}?a=un&b={slug}")
        assert "n’existe pas" in page.text
        assert "Réservé" not in page.text
        assert "Brouillon" not in page.text


@pytest.mark.parametrize("count", [0, 150])
def test_the_comparison_stays_under_its_ceiling(client, home, deux, django_assert_max_num_queries, count):
    mooc = mooc_page(home)
    for numero in range(1, count // 10 + 2):
        follow(episode_page(mooc, numero), deux[0])
    if count:
        clone_page(Page.objects.get(pk=deux[0].pk), count)
    address = f"{ADDRESS}?a=un&b=autre"
    assert client.get(address).status_code == 200
    with django_assert_max_num_queries(10):
        client.get(address)
