"""The three parcours as the kit gives them, walked from end to end without JavaScript."""

from itertools import product

import pytest
import yaml
from bs4 import BeautifulSoup
from django.core.management import call_command

from core.registry import registry
from core.version import current_version
from home.chargement.base import CONTENU, read_yaml
from parcours.models import EtapeParcours, LeviersPage, ParcoursPage
from parcours.services import fil_de
from tests.lecture import soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu", "db")]
PARCOURS = yaml.safe_load((CONTENU / "kit.yaml").read_text(encoding="utf-8"))["parcours"]
by_slug = pytest.mark.parametrize("facts", PARCOURS, ids=lambda facts: facts["slug"])


def nodes(soup: BeautifulSoup) -> int:
    return len([tag for tag in soup.find_all() if tag.find_parent("svg") is None])


def test_there_are_three_parcours_of_15_20_and_17_steps_in_order():
    counts = [(page.slug, page.etapes.count()) for page in ParcoursPage.objects.order_by("path")]
    assert counts == [
        ("comprendre-le-mouvement", 15),
        ("animer-le-territoire", 20),
        ("accompagner-les-organisations", 17),
    ]


@by_slug
def test_the_steps_of_a_parcours_are_those_of_the_kit_in_its_order(facts):
    fil = fil_de(facts["slug"], current_version())
    assert [etape.url.rstrip("/").rpartition("/")[2] for etape in fil.etapes] == facts["etapes"]


@by_slug
def test_the_steps_are_grouped_in_the_order_of_the_four_natures(facts):
    fil = fil_de(facts["slug"], current_version())
    natures = [nature["titre"] for nature in read_yaml("kit")["natures"]]
    assert [groupe.titre for groupe in fil.groupes] == natures


def test_every_step_is_essential_and_has_a_reason_of_its_own():
    reasons = list(EtapeParcours.objects.values_list("raison", flat=True))
    assert len(reasons) == 52
    assert all(reason.startswith("Pour ") and len(reason) > 40 for reason in reasons)
    assert len(set(reasons)) == 52
    assert not EtapeParcours.objects.filter(essentielle=False).exists()


@by_slug
def test_a_parcours_is_walked_from_its_first_step_to_its_last_by_real_links(client, facts):
    home = soup_of(client, f"/parcours/{facts['slug']}/")
    url, visited = home.select_one("[data-commencer]")["href"], []
    while url:
        page = soup_of(client, url)
        visited.append(url)
        assert f"Étape {len(visited)} sur {len(facts['etapes'])}" in page.get_text(" ", strip=True)
        previous = page.select_one("a[rel=prev]")
        assert (previous["href"] if previous else None) == (visited[-2] if len(visited) > 1 else None)
        following = page.select_one("a[rel=next]")
        url = following["href"] if following else None
    assert [url.split("?")[0].rstrip("/").rpartition("/")[2] for url in visited] == facts["etapes"]
    assert all(url.endswith(f"?parcours={facts['slug']}") for url in visited)


def test_the_time_of_the_mooc_is_told_apart(client):
    fil = fil_de("comprendre-le-mouvement", current_version())
    assert fil.temps.formation == 4 * 120
    assert fil.temps.inconnus > 0
    assert "dont 8\u00a0h de MOOC" in soup_of(client, "/parcours/comprendre-le-mouvement/").get_text()


def test_the_pages_of_the_room_stay_light(client):
    urls = [f"/parcours/{facts['slug']}/" for facts in PARCOURS]
    for url in ["/parcours/", "/parcours/par-ou-commencer/", "/kit/matrice/", "/leviers/", *urls]:
        assert nodes(soup_of(client, url)) <= 600, url


def test_the_matrix_shows_the_37_resources_and_the_52_steps(client):
    page = soup_of(client, "/kit/matrice/")
    assert len(page.select(".matrice th[scope=row]")) == 37
    assert len(page.select(".matrice td a")) == 52
    assert [group.get_text(strip=True) for group in page.select("th[scope=rowgroup]")] == [
        nature["titre"] for nature in read_yaml("kit")["natures"]
    ]


def test_the_matrix_begins_with_the_four_natures_and_each_cell_leads_to_its_steps(client):
    page = soup_of(client, "/kit/matrice/")
    rows = {row.th.get_text(): row.select("td") for row in page.select(".matrice-bref tbody tr")}
    assert [name.rpartition("(")[0].strip() for name in rows] == [each["titre"] for each in read_yaml("kit")["natures"]]
    for link in page.select(".matrice-bref td a"):
        address, _, anchor = link["href"].partition("#")
        assert soup_of(client, address).select_one(f"#{anchor}"), link["href"]
    assert len(page.select(".matrice-bref td a")) == 12 - len(page.select(".matrice-bref td [aria-hidden]"))


ANSWERS = list(product("123", repeat=3))


@pytest.mark.parametrize("answers", ANSWERS, ids="".join)
def test_every_combination_of_answers_leads_to_one_parcours_with_its_reason(client, answers):
    response = client.get("/parcours/par-ou-commencer/", {f"q{n}": value for n, value in enumerate(answers, start=1)})
    advice = BeautifulSoup(response.content, "html.parser").select_one("section.conseil")
    (card,) = advice.select("[data-parcours]")
    votes = [PARCOURS[int(value) - 1]["slug"] for value in answers]
    # The most voices; between three parcours with one each, the first question decides.
    assert card["data-parcours"] == max(votes, key=votes.count)
    assert "Parce que vous " in advice.get_text()
    assert not response.cookies


def test_the_three_questions_are_found_from_the_home_page_and_from_the_parcours(client):
    for address in ("/", "/parcours/"):
        assert soup_of(client, address).select('a[href="/parcours/par-ou-commencer/"]'), address


def test_a_resource_of_three_parcours_tells_them_to_search():
    etape = fil_de("animer-le-territoire", current_version()).etapes[0]
    assert registry.facettes([etape.page_id])["parcours"][etape.page_id] == [
        f"{facts['slug']}|{facts['titre_court']}" for facts in PARCOURS
    ]


def test_there_are_seven_levers_with_their_questions_and_seven_common_ones():
    page = LeviersPage.objects.get()
    assert [len(levier.liste_des_questions) for levier in page.leviers.all()] == [3, 3, 3, 3, 3, 3, 4]
    assert page.questions_communes.count() == 7


def test_loading_again_keeps_what_an_editor_changed():
    page = ParcoursPage.objects.get(slug="animer-le-territoire")
    page.etapes = list(page.etapes.all())[:3]
    page.save_revision().publish()
    call_command("charger_contenu", verbosity=0)
    assert ParcoursPage.objects.get(slug="animer-le-territoire").etapes.count() == 3
    assert ParcoursPage.objects.count() == 3
