"""A real SMTP exchange: what leaves the site, as a mail server receives it."""

import email
from email import policy

import pytest

pytestmark = pytest.mark.django_db


def test_a_mail_server_receives_one_message_to_one_address(ask, smtp):
    ask("ada@example.org")
    (envelope,) = smtp.received
    message = email.message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["ada@example.org"]
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Confirmez votre inscription à la lettre"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].strip().startswith("<http://testserver/newsletter/desinscription/")
    assert message["Message-ID"]
    text, html = message.get_body(("plain",)).get_content(), message.get_body(("html",)).get_content()
    assert "/newsletter/confirmer/" in text
    assert "/newsletter/confirmer/" in html


def test_a_line_break_in_the_address_adds_no_recipient(ask, smtp):
    assert ask("ada@example.org\nBcc: tous@example.org").status_code == 422
    assert not smtp.received
