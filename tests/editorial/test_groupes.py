"""Two groups and a review: made once, in French, then the administrator's own."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Workflow

from core.models import Organisme, Terme
from home.chargement.base import Chargeur
from home.chargement.editorial import charger
from home.models import HomePage, StandardPage
from newsletter.models import NewsletterIndexPage

# Wagtail's own templates use variables that they do not define.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def team(home):
    """A writer and a reviewer of a site whose editorial set-up is loaded."""
    charger(Chargeur())
    model = get_user_model()
    people = {}
    for name in ("Rédaction", "Relecture"):
        people[name] = model.objects.create_user(name.lower(), password="mot-de-passe-1")
        people[name].groups.add(Group.objects.get(name=name))
    return people


def test_the_set_up_replaces_wagtail_s_english_defaults(team):
    assert set(Group.objects.values_list("name", flat=True)) == {"Rédaction", "Relecture"}
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Relecture"]


def test_a_writer_edits_and_submits_but_does_not_publish(team, home):
    rights = home.permissions_for_user(team["Rédaction"])
    assert rights.can_add_subpage()
    assert rights.can_edit()
    assert not rights.can_publish()
    assert rights.can_submit_for_moderation()


def test_a_reviewer_publishes_everywhere(team, home):
    assert home.permissions_for_user(team["Relecture"]).can_publish()


def test_the_review_covers_every_page_below_the_home_page(team, home):
    page = home.add_child(instance=StandardPage(title="Une page", slug="une-page"))
    assert page.get_workflow().name == "Relecture"


def test_what_a_writer_submits_is_public_once_a_reviewer_approves(team, home, client):
    page = home.add_child(instance=StandardPage(title="À relire", slug="a-relire", live=False))
    page.save_revision(user=team["Rédaction"])
    state = page.get_workflow().start(page, team["Rédaction"])
    assert client.get("/a-relire/").status_code == 404
    assert page in [
        task.revision.content_object
        for task in state.current_task_state.__class__.objects.reviewable_by(team["Relecture"])
    ]
    state.current_task_state.approve(user=team["Relecture"])
    assert client.get("/a-relire/").status_code == 200


def test_rights_on_vocabularies_redirects_and_subscriptions(team):
    reviewer, writer = team["Relecture"], team["Rédaction"]
    for permission in ("core.change_terme", "wagtailredirects.add_redirect", "newsletter.view_abonnement"):
        assert reviewer.has_perm(permission)
        assert not writer.has_perm(permission)
    assert writer.has_perm(f"core.add_{Organisme._meta.model_name}")
    assert not reviewer.has_perm("newsletter.change_abonnement")


def test_loading_again_keeps_what_an_administrator_changed(team, home):
    group = Group.objects.get(name="Rédaction")
    group.permissions.clear()
    GroupPagePermission.objects.filter(group=group).delete()
    Workflow.objects.all().delete()
    Group.objects.get(name="Relecture").delete()
    charger(Chargeur())
    assert not group.permissions.exists()
    assert not Group.objects.filter(name="Relecture").exists()
    assert not Workflow.objects.exists()


def test_defaults_that_somebody_uses_are_kept(home):
    editor = get_user_model().objects.create_user("ancienne")
    editor.groups.add(Group.objects.get(name="Editors"))
    charger(Chargeur())
    assert Group.objects.filter(name="Editors").exists()
    assert not Group.objects.filter(name="Moderators").exists()


def test_the_dashboard_offers_the_three_tasks_that_each_person_may_do(team, home, client):
    home.add_child(instance=NewsletterIndexPage(title="La lettre", slug="newsletter"))
    client.force_login(team["Relecture"])
    html = client.get("/admin/").content.decode()
    assert "Que voulez-vous faire" in html
    assert "Corriger une page" in html
    assert "Voir les abonnements" in html
    client.force_login(team["Rédaction"])
    assert "Voir les abonnements" not in client.get("/admin/").content.decode()


def test_the_glossary_is_edited_from_the_menu(team, client):
    Terme.objects.create(nom="Alliance", definition="Un mot.")
    client.force_login(team["Relecture"])
    assert "Glossaire" in client.get("/admin/").content.decode()
    assert "Alliance" in client.get("/admin/snippets/core/terme/").content.decode()


def test_a_page_form_speaks_french(team, home, client):
    client.force_login(team["Rédaction"])
    html = client.get(f"/admin/pages/add/home/standardpage/{HomePage.objects.get().pk}/").content.decode()
    assert "Enregistrer le brouillon" in html
    assert "Submit to" not in html


def test_the_address_of_a_new_page_has_no_accent(home):
    page = home.add_child(instance=StandardPage(title="Été à Évry"))
    assert page.slug == "ete-a-evry"


def test_the_login_form_is_in_french(home, client):
    html = client.get("/admin/login/").content.decode()
    assert "Mot de passe" in html
    assert "Password" not in html


def test_a_new_page_is_saved_by_its_buttons_only(team, home, client):
    """Saved by itself at the same time, it would be made twice: the second time is an error."""
    client.force_login(team["Rédaction"])
    response = client.get(f"/admin/pages/add/home/standardpage/{home.pk}/")
    assert response.context["autosave_enabled"] is False


def test_the_command_loads_the_set_up_once(db, contenu):
    assert Group.objects.count() == 2
    call_command("charger_contenu", verbosity=0)
    assert Group.objects.count() == 2
