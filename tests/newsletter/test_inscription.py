"""Subscribing: the form, what it keeps, what it never tells."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsletter.models import Abonnement
from tests.newsletter import factories

pytestmark = pytest.mark.django_db
Etat = Abonnement.Etat


def test_a_request_is_kept_pending_with_the_consent_shown(ask, main):
    response = ask()
    assert (response.status_code, response["Location"]) == (303, "/newsletter/verification/")
    row = Abonnement.objects.get()
    assert (row.courriel, row.etat, row.landing_id) == ("ada@example.org", Etat.EN_ATTENTE, main.pk)
    assert row.consentement == main.consentement
    assert row.confirme_le is None


def test_the_consent_kept_is_that_of_the_landing_where_it_was_given(ask, main):
    page = factories.landing(main, consentement="Un autre texte.")
    ask(landing=page.pk)
    row = Abonnement.objects.get()
    assert (row.landing_id, row.consentement) == (page.pk, "Un autre texte.")


@pytest.mark.parametrize("landing", ["", "x", "-1", "9" * 30, "²", "0", "\x00"])
def test_an_unknown_landing_is_taken_for_the_main_page(ask, main, landing):
    assert ask(landing=landing).status_code == 303
    assert Abonnement.objects.get().landing_id == main.pk


def test_the_e_mail_has_text_and_html_in_french_typography_and_one_click_headers(ask):
    ask()
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    html = message.alternatives[0].content
    confirm, unsubscribe = factories.links(message)
    for body in (message.body, html):
        assert "rien demandé\u202f?" in body
        assert f"http://testserver{confirm}" in body
        assert f"http://testserver{unsubscribe}" in body
    assert message.extra_headers["List-Unsubscribe"] == f"<http://testserver{unsubscribe}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_links_of_the_e_mail_follow_base_url(ask, settings):
    settings.BASE_URL = "https://alliances.example"
    ask()
    assert "https://alliances.example/newsletter/confirmer/" in mail.outbox[0].body


def test_asking_twice_keeps_one_row_and_both_links_work(client, ask):
    ask("ada@example.org")
    ask("ADA@example.ORG ")
    assert Abonnement.objects.count() == 1
    first, second = (factories.links(message)[0] for message in mail.outbox)
    assert client.get(first).status_code == client.get(second).status_code == 200


def test_two_rows_for_one_address_are_impossible(main):
    factories.subscription("ada@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Abonnement.objects.bulk_create(
            [Abonnement(courriel="ADA@example.org", consentement="x", demande_le=timezone.now())]
        )


def test_the_answer_never_tells_whether_an_address_is_subscribed(client, ask):
    factories.subscription("connue@example.org", Etat.CONFIRME)
    factories.subscription("partie@example.org", Etat.DESINSCRIT)
    answers = [ask(address) for address in ("connue@example.org", "partie@example.org", "inconnue@example.org")]
    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {
        (303, "/newsletter/verification/", b"")
    }
    assert len(mail.outbox) == 3


def test_who_already_receives_the_letter_is_told_by_e_mail_and_keeps_the_state(ask):
    factories.subscription("ada@example.org", Etat.CONFIRME, consentement="Le premier.")
    ask()
    row = Abonnement.objects.get()
    assert (row.etat, row.consentement) == (Etat.CONFIRME, "Le premier.")
    assert "C’est déjà le cas" in mail.outbox[0].body
    assert factories.links(mail.outbox[0])[0] == ""


@pytest.mark.parametrize(
    "address",
    [
        "", "   ", "ada", "ada@", "@example.org", "ada@example", "ada example@example.org", "a\x00da@example.org",
        "ada@example.org\nBcc: tous@example.org", "ada@example.org\r\nSubject: x", "a" * 10_000,
        f"{'a' * 10_000}@example.org", "ada@example.org, bob@example.org", "<b>ada</b>@example.org", "ada@exa_mple.org",
    ],
)  # fmt: skip
def test_a_bad_address_is_refused_in_french_and_what_was_typed_is_kept(ask, address):
    response = ask(address)
    assert response.status_code == 422
    page = BeautifulSoup(response.content, "html.parser")
    field = page.find(id="lettre-courriel")
    assert field["value"].strip() == address.replace("\x00", "").strip()
    assert field["aria-invalid"] == "true"
    alert = page.find(role="alert")
    assert alert["id"] in field["aria-describedby"].split()
    assert "adresse" in alert.text
    assert page.title.text.startswith("À corriger")
    assert not Abonnement.objects.exists()
    assert not mail.outbox


def test_a_bad_address_typed_on_a_landing_comes_back_on_that_landing(ask, main):
    page = factories.landing(main, title="Cette page-là")
    assert "Cette page-là" in ask("ada", landing=page.pk).content.decode()


def test_what_was_typed_is_escaped(ask):
    assert b"<script>x" not in ask('"><script>x</script>').content


def test_a_robot_that_fills_the_trap_is_thanked_and_forgotten(ask):
    assert ask(site_web="https://spam.example").status_code == 303
    assert not Abonnement.objects.exists()
    assert not mail.outbox


def test_another_site_cannot_subscribe_somebody(client, main):
    response = client.post(
        "/newsletter/inscription/", {"courriel": "ada@example.org"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert not Abonnement.objects.exists()


def test_opening_the_address_of_the_form_changes_nothing(client, main):
    response = client.get("/newsletter/inscription/", {"courriel": "ada@example.org"})
    assert (response.status_code, response["Location"]) == (302, "/newsletter/")
    assert not Abonnement.objects.exists()


def test_a_mailbox_is_not_flooded_and_the_answer_stays_the_same(ask):
    answers = {ask().status_code for _ in range(6)}
    assert answers == {303}
    assert len(mail.outbox) == 3


def test_a_visitor_who_asks_too_often_is_told_and_loses_nothing(ask):
    for rank in range(20):
        assert ask(f"a{rank}@example.org").status_code == 303
    response = ask("encore@example.org")
    assert response.status_code == 429
    assert "encore@example.org" in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ask("encore@example.org").status_code == 303


def test_behind_a_proxy_each_visitor_has_a_limit(client, main, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    for rank in range(25):
        response = client.post(
            "/newsletter/inscription/",
            {"courriel": f"a{rank}@example.org"},
            headers={"X-Forwarded-For": f"inventee, 192.0.2.{rank}"},
        )
        assert response.status_code == 303


def test_a_mail_server_that_fails_is_told_and_the_request_is_kept(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = ask()
    assert response.status_code == 503
    html = response.content.decode()
    assert "n’a pas pu partir" in html
    assert 'value="Ada@Example.org"' in html
    assert Abonnement.objects.get().etat == Etat.EN_ATTENTE
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert ask().status_code == 303
    assert len(mail.outbox) == 1


def test_pending_requests_are_forgotten_after_thirty_days(capsys):
    now = timezone.now()
    factories.subscription("vieille@example.org", demande_le=now - timedelta(days=31))
    factories.subscription("fraiche@example.org", demande_le=now - timedelta(days=29))
    factories.subscription("confirmee@example.org", Etat.CONFIRME, demande_le=now - timedelta(days=400))
    call_command("purger_abonnements")
    assert "Demandes effacées : 1." in capsys.readouterr().out
    kept = set(Abonnement.objects.values_list("courriel", flat=True))
    assert kept == {"fraiche@example.org", "confirmee@example.org"}


def test_no_page_and_no_form_sets_a_cookie(client, ask):
    ask()
    confirm, unsubscribe = factories.links(mail.outbox[0])
    for address in ("/newsletter/", "/newsletter/verification/", confirm, unsubscribe):
        assert not client.get(address).cookies
    assert not client.post(confirm).cookies
    assert not client.post(unsubscribe).cookies
    assert not client.cookies
