"""The list of subscriptions in the admin: read, searched, exported; never written by hand."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from newsletter.models import Abonnement
from tests.newsletter import factories

# Wagtail’s own templates use variables that they do not define.
pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def reader(client, home):
    """A person who may read subscriptions, and nothing more."""
    user = get_user_model().objects.create_user("lectrice", password="lectrice-1")
    user.user_permissions.add(
        Permission.objects.get(codename="access_admin"), Permission.objects.get(codename="view_abonnement")
    )
    client.force_login(user)
    return client


def test_the_team_reads_searches_and_filters(reader):
    factories.subscription("ada@example.org", Abonnement.Etat.CONFIRME)
    factories.subscription("bob@example.org")
    html = reader.get("/admin/abonnements/").content.decode()
    assert "ada@example.org" in html and "bob@example.org" in html
    assert "Abonnements" in html
    searched = reader.get("/admin/abonnements/?q=ada").content.decode()
    assert "bob@example.org" not in searched
    filtered = reader.get("/admin/abonnements/?etat__exact=confirme").content.decode()
    assert "bob@example.org" not in filtered


def test_nobody_creates_or_changes_a_subscription_by_hand(admin_client, home):
    row = factories.subscription()
    assert "abonnements/create" not in admin_client.get("/admin/abonnements/").content.decode()
    for address in ("create/", f"edit/{row.pk}/"):
        assert admin_client.get(f"/admin/abonnements/{address}").status_code in (302, 403, 404)


def test_an_administrator_erases_an_address_on_demand(admin_client, home):
    row = factories.subscription()
    admin_client.post(f"/admin/abonnements/delete/{row.pk}/")
    assert not Abonnement.objects.exists()


def test_the_proof_of_consent_is_shown(reader):
    row = factories.subscription(consentement="Le texte montré ce jour-là.")
    assert "Le texte montré ce jour-là." in reader.get(f"/admin/abonnements/inspect/{row.pk}/").content.decode()


def test_the_export_opens_in_a_spreadsheet_without_a_formula(reader):
    factories.subscription("=1+1@example.org")
    csv = b"".join(reader.get("/admin/abonnements/?export=csv").streaming_content).decode()
    assert "'=1+1@example.org" in csv
    assert "en attente" in csv
    assert reader.get("/admin/abonnements/?export=xlsx").status_code == 200


def test_who_may_not_read_subscriptions_does_not_see_them(client, home):
    user = get_user_model().objects.create_user("redacteur", password="redacteur-1")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get("/admin/abonnements/").status_code in (302, 403)
    assert "/admin/abonnements/" not in client.get("/admin/").content.decode()
