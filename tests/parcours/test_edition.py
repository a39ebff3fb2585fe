"""An editor makes and changes a parcours in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from parcours.models import ParcoursPage
from tests.parcours.factories import index, parcours, ressource
from tests.parcours.test_leviers import leviers


@pytest.fixture(autouse=True)
def _templates_of_wagtail(monkeypatch):
    """Wagtail's own templates count on undefined variables being empty."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


def form(steps, **fields) -> dict:
    rows = [{"page": page.pk, "raison": "Pour voir.", "essentielle": True} for page in steps]
    return nested_form_data(
        {
            "title": "Un parcours",
            "slug": "un-parcours",
            "titre_court": "Court",
            "pour_qui": "",
            "chapo": "Un chapô.",
            "corps": streamfield([]),
            "etapes": inline_formset(rows),
            "action-publish": "1",
        }
        | fields
    )


def test_an_editor_publishes_a_parcours_with_its_steps(admin_client, home):
    steps = [ressource(home), ressource(home)]
    url = reverse("wagtailadmin_pages:add", args=["parcours", "parcourspage", index(home).pk])
    assert admin_client.get(url).status_code == 200
    response = admin_client.post(url, form(steps))
    assert response.status_code == 302
    page = ParcoursPage.objects.get(slug="un-parcours")
    assert page.live
    assert [etape.page_id for etape in page.etapes.all()] == [step.pk for step in steps]


def test_the_same_page_twice_is_refused_with_the_reason_and_nothing_is_lost(admin_client, home):
    step = ressource(home, title="La note")
    url = reverse("wagtailadmin_pages:add", args=["parcours", "parcourspage", index(home).pk])
    response = admin_client.post(url, form([step, step]))
    text = response.content.decode()
    assert response.status_code == 200
    assert "« La note » est déjà une étape de ce parcours." in text
    assert "Un chapô." in text
    assert not ParcoursPage.objects.exists()


def test_a_page_that_cannot_be_a_step_is_refused(admin_client, home):
    url = reverse("wagtailadmin_pages:add", args=["parcours", "parcourspage", index(home).pk])
    response = admin_client.post(url, form([home]))
    assert response.status_code == 200
    assert "Une étape est une ressource du kit" in response.content.decode()


@pytest.mark.parametrize("field", ["title", "titre_court"])
def test_a_missing_field_is_said_on_the_form(admin_client, home, field):
    url = reverse("wagtailadmin_pages:add", args=["parcours", "parcourspage", index(home).pk])
    response = admin_client.post(url, form([ressource(home)], **{field: ""}))
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one(f"input[name={field}]")["aria-invalid"] == "true"


def test_the_edit_form_opens_with_its_steps(admin_client, home):
    page = parcours(home, [ressource(home)], slug="p")
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Raison 1." in response.content.decode()


def test_the_api_tells_the_steps_of_a_parcours(client, home):
    step = ressource(home, title="La note")
    page = parcours(home, [step], slug="p")
    data = client.get(f"/api/v2/pages/{page.pk}/").json()
    assert data["etapes"][0]["page"]["title"] == "La note"


def test_steps_that_an_editor_drags_elsewhere_are_read_in_their_new_order(admin_client, client, home):
    steps = [ressource(home) for _ in range(3)]
    page = parcours(home, steps, slug="p")
    rows = [
        {"id": step.pk, "page": step.page_id, "raison": step.raison, "essentielle": True} for step in page.etapes.all()
    ]
    sent = form([], slug="p", etapes=inline_formset(rows, initial=3))
    # What dragging changes: the rows stay where they are in the form, their order does not.
    sent |= {f"etapes-{rank}-ORDER": str(3 - rank) for rank in range(3)}
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert response.status_code == 302
    shown = BeautifulSoup(client.get("/parcours/p/").content, "html.parser").select("ol.etapes > li")
    assert [item["id"] for item in shown] == ["etape-1", "etape-2", "etape-3"]
    assert [item["data-uuid"] for item in shown] == [step.uuid for step in reversed(steps)]
    thread = client.get(f"{steps[2].get_url()}?parcours=p").content.decode()
    assert BeautifulSoup(thread, "html.parser").select_one(".fil-rang").get_text() == "Étape 1 sur 3"


def test_the_levers_follow_what_an_editor_changes_in_the_admin(admin_client, client, home):
    page = leviers(home)
    before = BeautifulSoup(client.get("/leviers/").content, "html.parser").select("[data-levier]")
    levers = [{"id": one.pk, "titre": f"{one.titre} revu", "questions": "Une seule ?"} for one in page.leviers.all()]
    levels = [{"id": one.pk, "libelle": one.libelle} for one in page.niveaux.all()]
    sent = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "chapo": page.chapo,
            "corps": streamfield([]),
            "leviers": inline_formset(levers, initial=2),
            "niveaux": inline_formset([*levels, {"id": "", "libelle": "Plus haut"}], initial=2),
            "questions_communes": inline_formset([]),
            "action-publish": "1",
        }
    )
    sent |= {"leviers-0-ORDER": "2", "leviers-1-ORDER": "1"}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert admin_client.get(url).status_code == 200
    assert admin_client.post(url, sent).status_code == 302
    after = BeautifulSoup(client.get("/leviers/").content, "html.parser").select("[data-levier]")
    assert [group.select_one("[data-titre]").get_text() for group in after] == ["Levier 1 revu", "Levier 0 revu"]
    assert [label.get_text(strip=True) for label in after[0].select("label")] == ["Bas", "Haut", "Plus haut"]
    # What the readers' devices know a lever by has not changed.
    assert [group["data-levier"] for group in after] == [group["data-levier"] for group in reversed(before)]
