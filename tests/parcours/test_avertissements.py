"""An editor is told what is to be looked at again in the steps; nothing of it prevents saving."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.template import engines
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import Utilisateur
from core.version import current_version
from parcours import avertissements as avis
from parcours.models import ParcoursPage
from parcours.services import fil_de
from tests.parcours.factories import parcours, ressource


@pytest.fixture(autouse=True)
def _templates_of_wagtail(monkeypatch):
    """Wagtail's own templates count on undefined variables being empty."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def page(home):
    """Five steps: in order, whole, without reason, unpublished, private, deleted; times known except the second's."""
    steps = [ressource(home, title=f"Page {n}", duree_minutes=None if n == 2 else 30) for n in range(1, 6)]
    made = parcours(home, steps, slug="p")
    made.etapes = list(made.etapes.all())
    made.etapes.all()[1].raison = " "
    made.save_revision().publish()
    steps[2].unpublish()
    PageViewRestriction.objects.create(page=steps[3], restriction_type="login")
    steps[4].delete()
    return ParcoursPage.objects.get(pk=made.pk)


def kinds(page) -> list[tuple[str, int]]:
    return [(warning.sorte, warning.rang) for warning in avis.avertissements(page)]


def test_each_step_is_told_with_what_it_lacks_the_gravest_first(page):
    assert kinds(page) == [
        (avis.SUPPRIMEE, 5),
        (avis.HORS_LIGNE, 3),
        (avis.PRIVEE, 4),
        (avis.SANS_RAISON, 2),
        (avis.DUREE_INCONNUE, 2),
    ]


def test_a_deleted_resource_leaves_its_step_to_the_editor_and_nothing_to_readers(page):
    assert [(step.page_id, step.raison) for step in page.etapes.all()][4] == (None, "Raison 5.")
    assert [etape.titre for etape in fil_de("p", current_version()).etapes] == ["Page 1", "Page 2"]
    assert [step.page_id for step in page.get_latest_revision_as_object().etapes.all()][4] is None


def test_the_form_lists_the_warnings_with_links_to_mend_them(admin_client, page):
    response = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    form = BeautifulSoup(response.content, "html.parser")
    text = form.get_text(" ", strip=True).replace("\xa0", " ")
    assert "5 points à revoir" in text
    for words in ("Page supprimée : 1 étape", "Page non publiée : 1 étape", "Sans raison : 1 étape"):
        assert words in text, words
    unpublished = page.etapes.all()[2].page
    assert form.select(f'a[href="{reverse("wagtailadmin_pages:edit", args=[unpublished.pk])}"]')
    assert form.select('a[href="#inline_child_etapes-4"]')
    assert form.select_one("#inline_child_etapes-4")


def test_a_parcours_without_anything_to_look_at_says_so(admin_client, home):
    page = parcours(home, [ressource(home, duree_minutes=30)], slug="p")
    text = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Rien à revoir" in text


def test_what_is_to_be_looked_at_prevents_nobody_from_publishing(admin_client, page):
    rows = [
        {"id": step.pk, "page": step.page_id or "", "raison": step.raison.strip(), "essentielle": True}
        for step in page.etapes.all()
    ]
    data = nested_form_data(
        {
            "title": "Titre changé", "slug": "p", "titre_court": "Court", "pour_qui": "", "chapo": "",
            "corps": streamfield([]), "etapes": inline_formset(rows, initial=5), "action-publish": "1",
        }
    )  # fmt: skip
    response = admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.status_code == 302
    assert ParcoursPage.objects.get(pk=page.pk).title == "Titre changé"


def test_the_report_shows_the_steps_of_every_parcours_to_those_who_may_mend_them(admin_client, client, page):
    url = reverse("etapes_a_revoir")
    text = admin_client.get(url).content.decode()
    assert "Page 3" in text
    assert "page non publiée" in text
    csv = b"".join(admin_client.get(url, {"export": "csv"}).streaming_content).decode()
    assert len(csv.strip().splitlines()) == 6
    stranger = Utilisateur.objects.create_user("lectrice")
    stranger.groups.add(Group.objects.create(name="Sans pages"))
    client.force_login(stranger)
    assert client.get(url).status_code == 302


def test_many_steps_cost_no_more_queries_than_few(home, django_assert_max_num_queries):
    few = parcours(home, [ressource(home)], slug="peu")
    many = parcours(home, [ressource(home) for _ in range(12)], slug="beaucoup")
    avis.avertissements(few)
    with django_assert_max_num_queries(40):
        avis.avertissements(many)
