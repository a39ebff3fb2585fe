"""The sign-up pages and the archive, as a visitor and an editor see them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from core.registry import registry
from home.models import HomePage, StandardPage
from newsletter.models import LandingPage, LettrePage, LettresIndexPage, NewsletterIndexPage
from tests.newsletter import factories

pytestmark = pytest.mark.django_db


def test_each_page_type_takes_its_parents_only():
    assert NewsletterIndexPage.allowed_parent_page_models() == [HomePage]
    assert LandingPage.allowed_parent_page_models() == [NewsletterIndexPage]
    assert LettresIndexPage.allowed_parent_page_models() == [HomePage]
    assert LettrePage.allowed_parent_page_models() == [LettresIndexPage]
    assert StandardPage not in NewsletterIndexPage.allowed_subpage_models()


def test_the_main_page_holds_one_field_and_one_button(client, main):
    page = BeautifulSoup(client.get("/newsletter/").content, "html.parser").main
    form = page.find("form", action="/newsletter/inscription/")
    fields = [
        field
        for field in form.find_all("input")
        if field["type"] not in ("hidden",) and not field.find_parent(attrs={"aria-hidden": "true"})
    ]
    assert [field["name"] for field in fields] == ["courriel"]
    assert page.find("label", attrs={"for": fields[0]["id"]})
    assert len(form.find_all("button")) == 1
    assert "J’accepte" in form.text or "j’accepte" in form.text


def test_a_full_landing_shows_what_happens_next_who_writes_and_a_sample(client, home, main):
    sample = factories.letter(factories.archive(home), title="La première lettre")
    factories.landing(
        main, "pleine", title="Une promesse : la tenir !", chapo="Un chapô.", bouton="J’y vais",
        suite="<ol><li>Un courriel arrive.</li></ol>", qui_ecrit="<p>Nous.</p>", exemple=sample,
    )  # fmt: skip
    html = client.get("/newsletter/pleine/").content.decode()
    for text in (
        "Une promesse\u00a0: la tenir\u202f!",
        "J’y vais",
        "Un courriel arrive.",
        "Nous.",
        "La première lettre",
    ):
        assert text in html


def test_an_empty_landing_still_stands(client, main):
    factories.landing(main, "nue", chapo="", suite="", qui_ecrit="")
    html = client.get("/newsletter/nue/").content.decode()
    assert "Ce qui se passe ensuite" not in html
    assert "Recevoir la lettre" in html


def test_a_sample_that_is_a_draft_is_not_shown(client, home, main):
    draft = factories.letter(factories.archive(home), title="Un brouillon de lettre", live=False)
    factories.landing(main, "pleine", exemple=draft)
    assert "Un brouillon de lettre" not in client.get("/newsletter/pleine/").content.decode()


def test_the_main_page_offers_public_landings_only(client, main):
    factories.landing(main, "visible", title="Page visible")
    factories.landing(main, "cachee", title="Page cachée", live=False)
    html = client.get("/newsletter/").content.decode()
    assert "Page visible" in html
    assert "Page cachée" not in html


@pytest.mark.parametrize("slug", ["inscription", "verification", "confirmer", "desinscription"])
def test_a_landing_may_not_take_an_address_of_the_form(main, slug):
    with pytest.raises(ValidationError) as error:
        factories.landing(main, slug).full_clean()
    assert "sert déjà au formulaire" in str(error.value)


def test_the_archive_without_an_issue_says_so(client, home, main):
    factories.archive(home)
    assert "Aucune lettre n’est encore parue" in client.get("/lettres/").content.decode()


def test_the_archive_lists_public_issues_latest_first_and_by_pages(client, home):
    archive = factories.archive(home)
    for day in range(1, 46):
        factories.letter(
            archive, f"n{day}", title=f"Numéro {day}.", date=datetime.date(2026, 1, 1) + datetime.timedelta(day)
        )
    factories.letter(archive, "brouillon", title="Numéro caché", live=False)
    first, second = (client.get(f"/lettres/?page={page}").content.decode() for page in (1, 2))
    assert first.index("Numéro 45.") < first.index("Numéro 44.")
    assert "Numéro 1." in second and "Numéro 1." not in first
    assert "Numéro caché" not in first + second
    for bad in ("x", "-1", "99999999999999999999", "%00"):
        assert client.get(f"/lettres/?page={bad}").status_code == 200


def test_a_letter_shows_its_date_in_words(client, home):
    archive = factories.archive(home)
    factories.letter(
        archive, "premiere", date=datetime.date(2026, 3, 1), chapo="Bonjour.", corps=[("texte", "<p>Un mot.</p>")]
    )
    html = client.get("/lettres/premiere/").content.decode()
    assert 'datetime="2026-03-01"' in html
    assert "1<sup>er</sup>\u00a0mars\u00a02026" in html
    assert "Un mot." in html


def test_a_letter_is_found_by_search_and_a_landing_is_not(home, main):
    page = factories.letter(factories.archive(home), chapo="Bonjour.", date=datetime.date(2026, 3, 1))
    assert [passage.texte for passage in page.passages()] == ["Bonjour."]
    assert page.facettes() == {"annee": ["2026|2026"]}
    assert main.hors_recherche


def test_the_form_may_stand_in_any_page(home, main):
    inset = registry.bloc("inscription", RequestFactory().get("/"))
    assert inset.context["inscription"]["bouton"] == "Recevoir la lettre"
    assert inset.context["inscription"]["landing"] == main.pk


def test_no_form_is_offered_when_the_main_page_is_not_public(home):
    assert registry.bloc("inscription", RequestFactory().get("/")) is None


@pytest.mark.parametrize("landings", [1, 60])
def test_sign_up_pages_and_archive_cost_few_queries(client, home, main, landings, django_assert_max_num_queries):
    archive = factories.archive(home)
    for rank in range(landings):
        sample = factories.letter(archive, f"l{rank}")
        factories.landing(main, f"p{rank}", exemple=sample)
    for address in ("/newsletter/", "/newsletter/p0/", "/lettres/", "/lettres/l0/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_the_initial_content_has_two_sign_up_pages_and_invents_no_letter(client, db, contenu):
    assert client.get("/newsletter/").status_code == 200
    assert client.get("/newsletter/animer-un-territoire/").status_code == 200
    assert LettrePage.objects.count() == 0
    assert "Aucune lettre" in client.get("/lettres/").content.decode()
