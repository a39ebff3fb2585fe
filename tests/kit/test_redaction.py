"""An editor publishes a resource: what the form asks for, offers and refuses."""

import pytest
from django.contrib.auth import get_user_model
from django.template import engines
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.models import Organisme
from kit.models import RessourcePage
from tests.kit.factories import document, nature_page, ressource


@pytest.fixture
def editor(client, db, monkeypatch):
    """An editor logged in; Wagtail's own templates leave variables undefined, ours are watched elsewhere."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")
    client.force_login(get_user_model().objects.create_superuser("marie", "marie@example.org", "x"))
    return client


@pytest.fixture
def nature(home):
    return nature_page(home, rubriques=["Évaluer"])


def form(**values) -> dict:
    fields = {
        "title": "Un guide", "slug": "un-guide", "resume": "Ce que le guide contient.", "date": "2016-11",
        "forme": "", "rubrique": "", "duree": "", "duree_minutes": "", "composants": "", "note_de_source": "",
        "image": "", "mots_cles": "", "corps": streamfield([]), "producteurs": inline_formset([]),
        "fichiers": inline_formset([]), "comments": inline_formset([]), "search_description": "", "seo_title": "",
    }  # fmt: skip
    return nested_form_data(fields | values)


def add_url(nature) -> str:
    return reverse("wagtailadmin_pages:add", args=["kit", "ressourcepage", nature.pk])


def test_a_title_and_a_summary_are_enough_to_publish(editor, nature):
    editor.post(add_url(nature), form(date="") | {"action-publish": "1"})
    page = RessourcePage.objects.get()
    assert page.live
    assert editor.get(page.url).status_code == 200


def test_a_resource_is_published_with_its_producer_and_its_file(editor, nature):
    producer, held = Organisme.objects.create(nom="MEDEF"), document()
    values = form(
        producteurs=inline_formset([{"organisme": producer.pk}]),
        fichiers=inline_formset([{"document": held.pk, "libelle": ""}]),
        rubrique=str(nature.rubriques.get().pk),
    )
    editor.post(add_url(nature), values | {"action-publish": "1"})
    page = RessourcePage.objects.get()
    assert (page.live, page.noms_des_producteurs, page.documents()) == (True, ["MEDEF"], [held])


def test_a_draft_may_have_no_summary_and_a_publication_may_not(editor, nature):
    response = editor.post(add_url(nature), form(resume="") | {"action-publish": "1"})
    assert "resume" in response.context["form"].errors
    editor.post(add_url(nature), form(resume=""))
    assert RessourcePage.objects.get().live is False


def test_a_bad_date_comes_back_with_a_french_message_and_nothing_lost(editor, nature):
    response = editor.post(add_url(nature), form(date="nov 2016") | {"action-publish": "1"})
    text = response.content.decode()
    assert "Écrivez la date sous la forme" in text
    assert "Ce que le guide contient." in text


def test_only_the_rubriques_of_the_nature_are_offered(editor, home, nature):
    other = nature_page(home, "boite-a-outils", "Boîte à outils", ["Guides pratiques"])
    choices = [str(label) for _, label in editor.get(add_url(nature)).context["form"].fields["rubrique"].choices]
    assert choices == ["Aucune rubrique", "Évaluer"]
    response = editor.post(add_url(nature), form(rubrique=str(other.rubriques.get().pk)) | {"action-publish": "1"})
    assert "choisissez-en une autre" in str(response.context["form"].errors["rubrique"])


def test_an_existing_resource_opens_for_editing_and_previews(editor, nature):
    page = ressource(nature, producteurs=["MEDEF"], fichiers=[document()])
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


@pytest.mark.parametrize("model", ["organisme", "territoire"])
def test_vocabularies_have_their_lists(editor, db, model):
    assert editor.get(reverse(f"wagtailsnippets_core_{model}:list")).status_code == 200
    assert editor.get(reverse(f"wagtailsnippets_core_{model}:add")).status_code == 200
