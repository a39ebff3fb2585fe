"""The resume link by e-mail, through a real SMTP exchange; a mail scanner that opens it takes nothing away."""

import email
import json
import re
from datetime import timedelta
from email import policy

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone

from parcours.models import LienDeReprise
from tests.parcours.carnets import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def post(action, **body):
        return client.post(f"/parcours/carnet/{action}/", json.dumps(body), content_type="application/json")

    return post


@pytest.fixture
def code(ask):
    return ask("code", progres={PAGES[1]: [100, 0, 0, 0]}).json()["code"]


def link_of(envelope) -> str:
    message = email.message_from_bytes(envelope.content, policy=policy.default)
    links = set()
    for kind in ("html", "plain"):
        body = message.get_body((kind,))
        assert body, kind
        found = re.search(r"http://testserver(/parcours/carnet/lien/[\w-]+/)", body.get_content())
        assert found, kind
        links.add(found.group(1))
    return links.pop()


@pytest.fixture
def lien(ask, code, smtp):
    ask("courriel", code=code, courriel="ada@example.org")
    return link_of(smtp.received[0])


def test_a_mail_server_receives_one_message_to_one_address(ask, code, smtp):
    response = ask("courriel", code=code, courriel="ada@example.org")
    assert response.status_code == 200
    (envelope,) = smtp.received
    message = email.message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["ada@example.org"]
    assert (message["To"], message["Subject"]) == ("ada@example.org", "Reprendre votre lecture")
    assert code.split()[0] + " " + code.split()[1] not in message.as_string()
    assert link_of(envelope)


def test_a_scanner_that_opens_the_link_ten_times_takes_nothing_away(client, lien, code):
    for _ in range(10):
        response = client.get(lien)
        assert (response.status_code, client.head(lien).status_code) == (200, 200)
        assert not response.cookies
        assert code.split()[0] not in BeautifulSoup(response.content, "html.parser").main.get_text().split()
    page = BeautifulSoup(client.post(lien).content, "html.parser")
    assert page.select_one("#carnet-code").get_text() == code
    assert page.select_one("[data-reprendre]").has_attr("data-recu")


def test_the_link_works_once(client, lien):
    assert client.post(lien).status_code == 200
    for response in (client.get(lien), client.post(lien)):
        assert response.status_code == 410
        assert "Ce lien ne marche plus" in response.content.decode()


def test_the_link_dies_after_two_days(client, lien):
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        assert client.get(lien).status_code == client.post(lien).status_code == 410


def test_the_link_dies_with_the_notebook(client, ask, lien, code):
    ask("effacer", code=code)
    assert client.post(lien).status_code == 410


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 400, "%00", "é"])
def test_a_link_that_was_cut_or_invented_opens_nothing(client, home, token):
    assert client.get(f"/parcours/carnet/lien/{token}/").status_code in (400, 410)


def test_neither_the_address_nor_the_token_nor_the_code_is_stored(lien, code):
    dump = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            dump.extend(str(row) for row in cursor.fetchall())
    everything = "\n".join(dump)
    for secret in ("ada@example.org", lien.split("/")[-2], code):
        assert secret not in everything
    from parcours.carnet import mots

    assert mots.lire(code).hex() not in everything


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@example.org\nBcc: tous@example.org", "a" * 300 + "@x.fr", "\x00@x.fr"]
)
def test_a_bad_address_is_refused_in_french_and_nothing_leaves(ask, code, smtp, address):
    response = ask("courriel", code=code, courriel=address)
    assert response.status_code == 422
    assert "adresse" in response.json()["erreur"]
    assert not smtp.received
    assert not LienDeReprise.objects.exists()


def test_without_javascript_a_bad_address_comes_back_with_the_code(client, code):
    response = client.post("/parcours/carnet/courriel/", {"code": code, "courriel": "ada"})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.select_one("#carnet-courriel")["value"] == "ada"
    assert page.select_one("#carnet-courriel")["aria-invalid"] == "true"
    assert page.select_one("[data-courriel] [name=code]")["value"] == code


def test_a_mailbox_is_not_flooded_and_the_answer_stays_the_same(ask, code, smtp):
    assert {ask("courriel", code=code, courriel="ada@example.org").status_code for _ in range(6)} == {200}
    assert len(smtp.received) == 3


def test_a_mail_server_that_fails_is_told(ask, code, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = ask("courriel", code=code, courriel="ada@example.org")
    assert response.status_code == 503
    assert "n’a pas pu partir" in response.json()["erreur"]
