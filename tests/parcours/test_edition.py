"""An editor makes and changes a parcours in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from parcours.models import ParcoursPage
from tests.parcours.factories import index, parcours, ressource


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
