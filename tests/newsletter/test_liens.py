"""Links of the e-mails: a GET changes nothing, a POST may come twice, a bad link helps."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.utils import timezone

from newsletter.liens import SEL_CONFIRMER, lien_confirmer, lien_desinscrire
from newsletter.models import Abonnement
from tests.newsletter import factories

pytestmark = pytest.mark.django_db
Etat = Abonnement.Etat


def state() -> str:
    return Abonnement.objects.get().etat


def test_opening_the_links_as_a_mail_scanner_does_changes_nothing(client, main):
    row = factories.subscription()
    for link in (lien_confirmer(row), lien_desinscrire(row)):
        for method in (client.get, client.head, client.options):
            method(link)
    assert state() == Etat.EN_ATTENTE


def test_the_button_confirms_and_thanks_with_the_words_of_the_landing(client, main):
    page = factories.landing(main, remerciement="<p>Commencez par le kit.</p>")
    row = factories.subscription(landing=page)
    link = lien_confirmer(row)
    assert "Confirmer mon inscription" in client.get(link).content.decode()
    html = client.post(link).content.decode()
    assert "votre inscription est confirmée" in html
    assert "Commencez par le kit." in html
    row.refresh_from_db()
    assert row.etat == Etat.CONFIRME
    assert row.confirme_le is not None


def test_confirming_again_is_told_kindly_and_keeps_the_first_date(client, main):
    row = factories.subscription()
    client.post(lien_confirmer(row))
    first = Abonnement.objects.get().confirme_le
    for method in (client.get, client.post):
        response = method(lien_confirmer(row))
        assert response.status_code == 200
        assert "déjà confirmée" in response.content.decode()
    assert Abonnement.objects.get().confirme_le == first


def test_a_link_of_a_week_ago_is_too_old_and_a_new_one_may_be_asked(client, main):
    row = factories.subscription()
    link = lien_confirmer(row)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        for method in (client.get, client.post):
            response = method(link)
            assert response.status_code == 410
            assert "Ce lien ne vaut plus" in response.content.decode()
            assert 'action="/newsletter/inscription/"' in response.content.decode()
    assert state() == Etat.EN_ATTENTE


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "x" * 5000, "%00", "..", "a%2Fb", "🙂"])
@pytest.mark.parametrize("kind", ["confirmer", "desinscription"])
def test_a_forged_link_is_refused_with_help(client, main, kind, token):
    factories.subscription()
    for method in (client.get, client.post):
        response = method(f"/newsletter/{kind}/{token}/")
        assert response.status_code in (400, 404)
    assert state() == Etat.EN_ATTENTE


def test_a_link_with_one_letter_changed_is_refused(client, main):
    link = lien_confirmer(factories.subscription())
    forged = link[:-3] + ("a" if link[-3] != "a" else "b") + link[-2:]
    assert client.post(forged).status_code == 404
    assert state() == Etat.EN_ATTENTE


def test_a_link_to_unsubscribe_confirms_nothing(client, main):
    row = factories.subscription()
    stolen = lien_desinscrire(row).replace("desinscription", "confirmer")
    assert client.post(stolen).status_code == 404
    assert state() == Etat.EN_ATTENTE


def test_a_link_of_an_erased_address_is_unknown(client, main):
    token = signing.dumps([uuid.uuid4().hex, 1], salt=SEL_CONFIRMER)
    assert client.get(f"/newsletter/confirmer/{token}/").status_code == 404


def test_the_button_unsubscribes_and_says_farewell_even_twice(client, main):
    row = factories.subscription(etat=Etat.CONFIRME)
    link = lien_desinscrire(row)
    assert "Me désinscrire" in client.get(link).content.decode()
    for _ in range(2):
        assert "vous ne recevrez plus la lettre" in client.post(link).content.decode()
    row.refresh_from_db()
    assert row.etat == Etat.DESINSCRIT
    assert row.desinscrit_le is not None
    assert "vous ne recevrez plus" in client.get(link).content.decode()


def test_a_mailbox_unsubscribes_with_one_post(client, main):
    row = factories.subscription(etat=Etat.CONFIRME)
    response = client.post(lien_desinscrire(row), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert state() == Etat.DESINSCRIT


def test_another_site_cannot_unsubscribe_nor_confirm(client, main):
    row = factories.subscription()
    for link in (lien_confirmer(row), lien_desinscrire(row)):
        assert client.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert state() == Etat.EN_ATTENTE


def test_a_link_to_unsubscribe_works_years_later(client, main):
    link = lien_desinscrire(factories.subscription(etat=Etat.CONFIRME))
    with time_machine.travel(timezone.now() + timedelta(days=3000)):
        assert client.post(link).status_code == 200
    assert state() == Etat.DESINSCRIT


def test_who_left_comes_back_with_a_new_consent_and_the_old_link_stays_dead(client, ask, main):
    row = factories.subscription(etat=Etat.CONFIRME, consentement="L’ancien.")
    old = lien_confirmer(row)
    client.post(lien_desinscrire(row))
    assert client.post(old).status_code == 410
    ask("ada@example.org")
    assert state() == Etat.EN_ATTENTE
    assert Abonnement.objects.get().consentement == main.consentement
    assert client.post(old).status_code == 410
    assert state() == Etat.EN_ATTENTE
    client.post(factories.links(mail.outbox[-1])[0])
    assert state() == Etat.CONFIRME


def test_the_pages_of_links_are_not_kept_nor_indexed(client, main):
    row = factories.subscription()
    for link in (lien_confirmer(row), lien_desinscrire(row)):
        response = client.get(link)
        assert "no-store" in response["Cache-Control"]
        html = response.content.decode()
        assert 'content="noindex"' in html
        assert 'rel="canonical"' not in html


def test_nothing_in_the_database_gives_a_link(client, main):
    row = factories.subscription()
    token = lien_confirmer(row).split("/")[-2]
    stored = " ".join(str(value) for value in Abonnement.objects.values_list().get())
    assert token not in stored
