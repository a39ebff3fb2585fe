"""The page of the notebook and the copies kept under a code, as a device asks for them."""

import json
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone

from core.version import current_version
from parcours.carnet import garde, mots, views
from parcours.carnet.progres import MAX_PAGES
from parcours.models import Carnet
from tests.parcours.carnets import PAGES
from tests.parcours.factories import parcours, ressource

pytestmark = pytest.mark.django_db
UN, DEUX, TROIS = PAGES[1:4]


@pytest.fixture
def ask(client):
    """Ask as a script of this site does."""

    def post(action, **body):
        return client.post(
            f"/parcours/carnet/{action}/", json.dumps(body), content_type="application/json",
            headers={"Sec-Fetch-Site": "same-origin"},
        )  # fmt: skip

    return post


@pytest.fixture
def code(ask):
    """A code under which one page is read."""
    return ask("code", progres={UN: [100, 0, 0, 0]}).json()["code"]


def test_a_code_is_given_and_only_its_digest_is_kept(ask):
    response = ask("code", progres={UN: [100, 0, 0, 0]})
    assert response.status_code == 201
    code, row = response.json()["code"], Carnet.objects.get()
    assert row.empreinte == mots.empreinte(mots.lire(code))
    assert row.progres == {UN: [100, 0, 0, 0]}
    assert {field.name for field in Carnet._meta.fields} == {"id", "empreinte", "progres", "cree_le", "utilise_le"}
    assert response.json()["jusqu_au"] == str(timezone.localdate() + timedelta(days=396))


def test_two_devices_have_the_same_union_in_either_order_and_replayed(ask):
    phone, desk = {UN: [100, 0, 0, 0], DEUX: [50, 60, 0, 0]}, {DEUX: [70, 0, 5, 9], TROIS: [1, 0, 0, 0]}
    union = {UN: [100, 0, 0, 0], DEUX: [70, 60, 5, 9], TROIS: [1, 0, 0, 0]}
    for order in ((phone, desk), (desk, phone), (phone, desk, phone, desk, desk)):
        code = ask("code").json()["code"]
        for device in order:
            answer = ask("reprendre", code=code, progres=device).json()
        assert answer["progres"] == union
        assert Carnet.objects.order_by("-pk").first().progres == union


def test_a_code_is_read_however_it_is_typed(ask, code):
    assert ask("reprendre", code=code.upper().replace(" ", "-")).json()["progres"] == {UN: [100, 0, 0, 0]}


def test_times_to_come_are_brought_back_to_now(ask, code):
    answer = ask("reprendre", code=code, progres={UN: [10**15, 10**15 - 1, 0, 0]}).json()["progres"][UN]
    assert answer[1] < answer[0] <= garde.maintenant_ms() + 300_000


def test_an_unknown_code_is_a_clear_answer(ask):
    response = ask("reprendre", code=mots.en_mots(mots.nouveau()), progres={})
    assert response.status_code == 404
    assert "Aucun carnet ne répond à ce code" in response.json()["erreur"]


def test_a_code_badly_typed_is_explained(ask):
    response = ask("reprendre", code="baba bonjour", progres={})
    assert (response.status_code, "douze" in response.json()["erreur"] or "12" in response.json()["erreur"]) == (
        422,
        True,
    )


@pytest.mark.parametrize("action", ["code", "reprendre", "courriel", "effacer"])
@pytest.mark.parametrize(
    "body",
    ["{", "[]", "null", "12", '"x"', "[" * 60_000, '{"progres": []}', '{"progres": {"x": 1}}', '{"code": {"a": 1}}',
     '{"code": 5}', '{"courriel": []}', '{"progres": null}', "\x00"],
)  # fmt: skip
def test_a_request_that_is_no_notebook_is_refused_in_french(client, action, body):
    response = client.post(f"/parcours/carnet/{action}/", body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["erreur"].endswith(".")
    assert not Carnet.objects.exists()


def test_a_request_too_long_is_refused_before_it_is_read(client):
    response = client.post("/parcours/carnet/code/", " " * 300_000, content_type="application/json")
    assert response.status_code == 413


def test_a_union_too_large_is_refused_and_the_copy_stays(ask):
    halves = [
        {f"{rank:08x}-0000-0000-0000-00000000000{half}": [1, 0, 0, 0] for rank in range(MAX_PAGES // 2 + 1)}
        for half in (1, 2)
    ]
    code = ask("code", progres=halves[0]).json()["code"]
    assert ask("reprendre", code=code, progres=halves[1]).status_code == 422
    assert len(Carnet.objects.get().progres) == MAX_PAGES // 2 + 1


def test_asking_again_without_news_writes_nothing(ask, code, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask("reprendre", code=code, progres={UN: [100, 0, 0, 0]})


def test_a_merge_costs_four_queries_and_leaves_the_caches_of_the_site_alone(ask, code, django_assert_max_num_queries):
    before = current_version()
    # The copy, then in one transaction (its savepoint, here) the same row locked and written.
    with django_assert_max_num_queries(5):
        ask("reprendre", code=code, progres={DEUX: [1, 0, 0, 0]})
    assert current_version() == before


def test_a_copy_is_forgotten_after_thirteen_months_without_use(ask, code, capsys):
    with time_machine.travel(timezone.now() + timedelta(days=390)):
        assert ask("reprendre", code=code).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=780)):
        assert ask("reprendre", code=code).status_code == 200
        call_command("purger_carnets")
        assert "Carnets effacés : 0." in capsys.readouterr().out
    with time_machine.travel(timezone.now() + timedelta(days=780 + 397)):
        assert ask("reprendre", code=code).status_code == 404
        call_command("purger_carnets")
        assert "Carnets effacés : 1." in capsys.readouterr().out
    assert not Carnet.objects.exists()


def test_erasing_needs_the_code_only_and_may_be_asked_twice(ask, code):
    other = ask("code").json()["code"]
    assert ask("effacer", code=code).status_code == 200
    assert ask("effacer", code=code).status_code == 200
    assert ask("reprendre", code=code).status_code == 404
    assert ask("reprendre", code=other).status_code == 200


def test_who_asks_too_often_is_told_and_loses_nothing(ask):
    answers = [ask("code").status_code for _ in range(31)]
    assert answers == [201] * 30 + [429]


@pytest.mark.parametrize(
    ("action", "limit", "allowed"),
    [("reprendre", "REPRISES", 200), ("courriel", "ENVOIS", 200), ("lien/inconnu", "REPRISES", 410)],
)
def test_what_opens_a_notebook_is_asked_so_many_times_an_hour(ask, code, monkeypatch, action, limit, allowed):
    monkeypatch.setattr(views, limit, 2)
    answers = [ask(action, code=code, courriel="ada@example.org") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [allowed, allowed, 429]
    assert answers[2].json()["erreur"].startswith("Trop de demandes viennent de votre connexion.")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert ask(action, code=code, courriel="ada@example.org").status_code == allowed


@pytest.mark.parametrize("action", ["code", "reprendre", "courriel", "effacer", "marquer"])
def test_another_site_cannot_write_in_a_notebook(client, action):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://ailleurs.example"}):
        response = client.post(f"/parcours/carnet/{action}/", {"uuid": UN, "lu": "1"}, headers=headers)
        assert response.status_code == 403
        assert not response.cookies


@pytest.mark.parametrize("action", ["code", "reprendre", "courriel", "effacer", "marquer"])
def test_opening_the_address_of_a_form_changes_nothing(client, action):
    assert client.get(f"/parcours/carnet/{action}/").status_code == 405


def test_no_answer_to_a_script_sets_a_cookie_or_is_kept_by_a_cache(ask, code):
    for response in (ask("code"), ask("reprendre", code=code), ask("reprendre", code="x")):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


def test_the_page_shows_the_parcours_and_sets_nothing(client, home):
    parcours(home, [ressource(home)], slug="p", titre_court="Le premier")
    response = client.get("/parcours/carnet/")
    page = BeautifulSoup(response.content, "html.parser")
    assert not response.cookies
    assert [title.get_text() for title in page.select(".carte-titre")] == ["Le premier"]
    assert all(box.has_attr("hidden") for box in page.select("[data-lie], [data-js], [data-carnet-perdu]"))
    assert "treize mois" in page.main.get_text()


def test_the_page_without_any_parcours_says_so(client, home):
    assert "Aucun parcours n’est encore publié" in client.get("/parcours/carnet/").content.decode()


def test_no_parcours_takes_the_address_of_the_notebook(home):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="sert déjà"):
        parcours(home, slug="carnet").full_clean()


def test_reordering_and_republishing_keep_the_key_of_the_marks(home):
    first, second = ressource(home), ressource(home)
    page = parcours(home, [first, second], slug="p")
    keys = {first.uuid, second.uuid}
    page.etapes = list(reversed(page.etapes.all()))
    page.save_revision().publish()
    first.unpublish()
    first.save_revision().publish()
    first.refresh_from_db()
    from parcours.services import fil_de

    assert {etape.uuid for etape in fil_de("p", current_version()).etapes} == keys
