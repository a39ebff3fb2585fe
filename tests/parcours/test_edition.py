"""An editor makes and changes a parcours in the admin."""

import pytest
from bs4 import BeautifulSoup
from django.template import engines
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from parcours.models import LeviersPage, ParcoursPage
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


@pytest.fixture
def envoyer(admin_client):
    """Opens the form of the levers' page, changes some of its fields, and sends what a browser would."""

    def send(page, **changes):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        form = BeautifulSoup(admin_client.get(url).content, "html.parser").select_one("form#page-edit-form")
        sent = {field["name"]: field.get("value", "") for field in form.select("input[name][type=hidden]")}
        sent |= {field["name"]: field.get("value", "") for field in form.select("input[name][type=text]")}
        sent |= {field["name"]: field.get_text().removeprefix("\n") for field in form.select("textarea[name]")}
        # As the button « Ajouter » does: one more row, from the template of the empty one.
        for relation in ("leviers", "niveaux"):
            rank = int(sent[f"{relation}-TOTAL_FORMS"])
            if any(name.startswith(f"{relation}-{rank}-") for name in changes):
                row = BeautifulSoup(
                    form.select_one(f"#id_{relation}-EMPTY_FORM_TEMPLATE").decode_contents(), "html.parser"
                )
                empty = {f["name"]: f.get("value", "") for f in row.select("[name]")}
                sent |= {name.replace("__prefix__", str(rank)): value for name, value in empty.items()}
                sent[f"{relation}-TOTAL_FORMS"] = str(rank + 1)
        sent = {name: value for name, value in sent.items() if not name.endswith("-DELETE")}
        return admin_client.post(url, sent | {"corps-count": "0"} | changes)

    return send


def test_a_lever_added_in_the_admin_keeps_its_key_when_it_is_reworded_and_published_again(envoyer, client, home):
    def keys() -> dict[str, str]:
        groups = BeautifulSoup(client.get("/leviers/").content, "html.parser").select("[data-levier]")
        return {
            " ".join(one.get_text() for one in group.select("[data-titre]")): str(group["data-levier"])
            for group in groups
        }

    page = leviers(home)
    added = {"leviers-2-titre": "Un ajout", "leviers-2-questions": "Une ?", "leviers-2-ORDER": "3"}
    assert envoyer(page, **added).status_code == 302
    assert envoyer(page, **{"leviers-2-titre": "Un ajout revu"}).status_code == 302
    # Two drafts made before the lever had a row, published one after the other, as by a schedule.
    revised, draft = page.revisions.order_by("-pk")[:2]
    draft.publish()
    first = keys()
    assert len(set(first.values())) == 3
    revised.publish()
    assert keys() == {"Levier 0": first["Levier 0"], "Levier 1": first["Levier 1"], "Un ajout revu": first["Un ajout"]}
    last = {"leviers-2-titre": "Tout autrement dit", "action-publish": "1"}
    assert envoyer(page, **last).status_code == 302
    assert keys()["Tout autrement dit"] == first["Un ajout"]


def test_two_levels_of_the_same_wording_are_refused(envoyer, home):
    page = leviers(home)
    answer = envoyer(page, **{"niveaux-1-libelle": "bas "})
    assert answer.status_code == 200
    assert "Deux niveaux s’appellent « bas » : donnez à chacun son libellé." in answer.content.decode()
    assert [niveau.libelle for niveau in LeviersPage.objects.get().niveaux.all()] == ["Bas", "Haut"]
