"""A reader without JavaScript marks, counts, resumes and takes a code: the choice lives in one signed cookie."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse

from parcours.carnet import garde, temoin
from parcours.models import Carnet
from tests.lecture import soup_of
from tests.parcours.factories import parcours, ressource

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(home):
    pages = [ressource(home) for _ in range(3)]
    parcours(home, pages, slug="p", titre_court="Le premier")
    parcours(home, [pages[0]], slug="q", titre_court="Le second")
    return pages


@pytest.fixture
def press(client):
    """Press the button of the form on a page, as the browser does."""

    def send(url: str, selector: str = "form[data-carnet]", **fields):
        form = soup_of(client, url).select_one(selector)
        assert form, f"no {selector} on {url}"
        sent = {field["name"]: field.get("value", "") for field in form.select("input[name], button[name]")}
        return client.post(str(form["action"]), sent | fields, headers={"Sec-Fetch-Site": "same-origin"})

    return send


def test_marking_sets_one_signed_cookie_that_scripts_cannot_read(press, steps):
    url = f"{steps[0].get_url()}?parcours=p"
    response = press(url)
    assert (response.status_code, response["Location"]) == (303, f"{url}#marquer")
    (cookie,) = response.cookies.values()
    assert (cookie.key, cookie["httponly"], cookie["samesite"], cookie["path"]) == ("carnet", True, "Lax", "/")
    assert cookie["max-age"] == 396 * 86_400
    assert not cookie["secure"]


def test_over_https_the_cookie_never_travels_in_clear(client):
    response = client.post("/parcours/carnet/marquer/", {"uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12}, secure=True)
    assert response.cookies["carnet"]["secure"]


def test_marked_undone_and_marked_again_within_a_second(client, press, steps):
    url = f"{steps[0].get_url()}?parcours=p"
    for label in ("Marquer comme non lu", "Marquer comme lu", "Marquer comme non lu"):
        press(url)
        assert soup_of(client, url).select_one("form[data-carnet] button").get_text() == label


def test_steps_counter_and_resume_are_drawn_from_the_cookie(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    page = soup_of(client, "/parcours/p/")
    assert page.select_one("[data-texte]").get_text() == "1\u00a0étape lue sur 3"
    assert page.select_one("progress")["value"] == "1"
    assert [item["id"] for item in page.select(".etapes > [data-lu]")] == ["etape-1"]
    resume = page.select_one("[data-parcours-reprendre]")
    assert (resume["href"], resume.get_text()) == (f"{steps[1].get_url()}?parcours=p", "Reprendre à l’étape 2")
    thread = soup_of(client, f"{steps[1].get_url()}?parcours=p")
    assert [item.a["href"] for item in thread.select(".fil-etapes [data-lu]")] == [f"{steps[0].get_url()}?parcours=p"]
    last = soup_of(client, "/parcours/").select_one("[data-carnet-dernier]")
    assert not last.has_attr("hidden")
    assert last.get_text(strip=True) == "Reprendre «\u00a0Le premier\u00a0», étape 2"


def test_what_is_read_in_one_parcours_is_read_in_the_other(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    page = soup_of(client, "/parcours/q/")
    assert page.select_one("[data-texte]").get_text() == "1\u00a0étape lue sur 1"
    assert page.select_one("[data-parcours-reprendre]").has_attr("hidden")


def test_a_page_drawn_with_the_cookie_is_kept_by_no_cache(client, press, steps):
    addresses = ["/parcours/", "/parcours/p/", "/parcours/carnet/", f"{steps[1].get_url()}?parcours=p"]
    for address in addresses:
        response = client.get(address)
        assert not response.cookies
        assert "no-store" not in response.get("Cache-Control", "")
        assert "Cookie" in response["Vary"]
    press(f"{steps[0].get_url()}?parcours=p")
    for address in addresses:
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-store", address
        assert "Cookie" in response["Vary"]
    assert "no-store" not in client.get("/robots.txt").get("Cache-Control", "")


@pytest.mark.parametrize("value", ["", "x", "x:y", ".AAAA:sig", "é", "a" * 5000, "p.!!!:x"])
def test_a_cookie_that_is_not_ours_breaks_no_page(client, steps, value):
    client.cookies["carnet"] = value
    page = soup_of(client, "/parcours/p/")
    assert page.select_one("[data-parcours-progres]").has_attr("hidden")


def test_a_cookie_changed_by_hand_is_worth_nothing(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    value = client.cookies["carnet"].value
    client.cookies["carnet"] = re.sub("^p", "q", value)
    assert soup_of(client, "/parcours/p/").select_one("[data-parcours-progres]").has_attr("hidden")


def test_the_fullest_cookie_fits_in_a_browser_and_is_read_back(rf):
    said = temoin.Temoin()
    for rank in range(temoin.MAX_MARQUES + 30):
        said = said.marquer(
            f"{rank:08x}-0000-4000-8000-000000000000", True, garde.maintenant_ms() + rank * 1000, "s" * 99
        )
    request, response = rf.get("/"), HttpResponse()
    temoin.ecrire(response, request, said)
    morsel = response.cookies["carnet"]
    assert len(morsel.OutputString()) <= 4096
    again = rf.get("/")
    again.COOKIES["carnet"] = morsel.value
    assert temoin.lire(again) == said
    assert len(said.lus) == temoin.MAX_MARQUES
    assert f"{temoin.MAX_MARQUES + 29:08x}-0000-4000-8000-000000000000" in said.lus


@pytest.mark.parametrize(
    "fields",
    [{"uuid": "x"}, {"uuid": ""}, {}, {"uuid": "\x00"}, {"uuid": "0" * 36}, {"parcours": "é" * 300, "uuid": "0" * 36}],
)
def test_a_form_made_by_hand_sets_no_cookie(client, fields):
    response = client.post("/parcours/carnet/marquer/", fields)
    assert response.status_code == 303
    assert not response.cookies


@pytest.mark.parametrize(
    "back",
    ["https://ailleurs.example/", "//ailleurs.example/", "/\\ailleurs.example", "javascript:alert(1)", "", "kit/"],
)
def test_marking_never_leads_out_of_the_site(client, back):
    response = client.post("/parcours/carnet/marquer/", {"uuid": "x", "retour": back})
    assert response["Location"] == "/parcours/carnet/#marquer"


def test_a_code_is_made_from_the_cookie_and_used_on_another_device(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    page = BeautifulSoup(press("/parcours/carnet/", "[data-creer]").content, "html.parser")
    code = page.select_one("[data-code]").get_text()
    assert list(Carnet.objects.get().progres) == [steps[0].uuid]
    client.cookies.clear()
    press(f"{steps[1].get_url()}?parcours=p")
    response = press("/parcours/carnet/", "[data-reprendre]", code=code)
    assert (response.status_code, response["Location"]) == (303, "/parcours/carnet/#ma-progression")
    assert soup_of(client, "/parcours/p/").select_one("[data-texte]").get_text() == "2\u00a0étapes lues sur 3"


def test_a_code_badly_typed_comes_back_in_its_field_with_the_reason(press, steps):
    response = press("/parcours/carnet/", "[data-reprendre]", code="baba <b>")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    field = page.select_one("#carnet-code")
    assert (field.get_text(), field["aria-invalid"]) == ("baba <b>", "true")
    assert page.find(role="alert")["id"] in field["aria-describedby"]


def test_erasing_drops_the_cookie_and_the_copy(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    page = BeautifulSoup(press("/parcours/carnet/", "[data-creer]").content, "html.parser")
    response = press("/parcours/carnet/", "[data-effacer]", code=page.select_one("[data-code]").get_text())
    assert response.cookies["carnet"]["max-age"] == 0
    said = BeautifulSoup(response.content, "html.parser")
    assert (
        said.select_one("[data-fait]").get_text().startswith("Le site a effacé vos marques de son cookie, et la copie")
    )
    assert not Carnet.objects.exists()
    assert soup_of(client, "/parcours/p/").select_one("[data-parcours-progres]").has_attr("hidden")


def test_erasing_without_a_code_says_that_a_copy_may_remain(press, steps):
    response = press("/parcours/carnet/", "[data-effacer]", code=" ")
    assert "Si vous avez un code de reprise, indiquez-le" in response.content.decode()
    # The code that the browser may keep must outlive the answer, or the copy could never be erased.
    assert "Clear-Site-Data" not in response
    assert BeautifulSoup(response.content, "html.parser").select_one("[data-a-vider] form[data-effacer]")


def test_the_page_of_the_notebook_asks_for_no_erasing_by_itself(client, press, steps):
    assert not soup_of(client, "/parcours/carnet/").select("[data-a-vider]")
    refused = press("/parcours/carnet/", "[data-effacer]", code="baba")
    assert not BeautifulSoup(refused.content, "html.parser").select("[data-a-vider]")


def test_a_code_badly_typed_erases_nothing(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    response = press("/parcours/carnet/", "[data-effacer]", code="baba")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#carnet-code-efface[aria-invalid=true]")["value"] == "baba"
    assert page.select_one("#carnet-code").get_text() == ""
    assert soup_of(client, "/parcours/p/").select_one("[data-texte]").get_text() == "1\u00a0étape lue sur 3"


def test_a_script_reads_the_cookie_then_drops_it(client, press, steps):
    press(f"{steps[0].get_url()}?parcours=p")
    answer = client.get("/parcours/carnet/temoin/")
    assert "no-store" in answer["Cache-Control"]
    said = json.loads(answer.content)
    assert (list(said["progres"]), said["dernier"]) == ([steps[0].uuid], "p")
    assert client.delete("/parcours/carnet/temoin/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.delete("/parcours/carnet/temoin/").status_code == 204
    assert soup_of(client, "/parcours/p/").select_one("[data-parcours-progres]").has_attr("hidden")


def test_a_reader_with_a_cookie_costs_no_more_queries(client, press, steps, django_assert_max_num_queries):
    url = f"{steps[1].get_url()}?parcours=p"
    press(f"{steps[0].get_url()}?parcours=p")
    for address, ceiling in ((url, 10), ("/parcours/p/", 12), ("/parcours/", 12), ("/parcours/carnet/", 12)):
        client.get(address)
        with django_assert_max_num_queries(ceiling):
            client.get(address)
