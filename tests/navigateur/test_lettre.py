"""A visitor on a phone subscribes, confirms from the e-mail, and leaves; with and without JavaScript."""

import email
import re
from email import policy

import pytest


def last_message(serveur, address: str):
    """The latest e-mail to `address` in the outbox folder."""
    for file in sorted(
        (serveur.var / "courriels").glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    ):
        content = file.read_bytes().split(b"-" * 79)[0]
        message = email.message_from_bytes(content, policy=policy.default)
        if message["To"] == address:
            return message
    raise AssertionError(f"no e-mail to {address}")


def link(message, kind: str) -> str:
    text = message.get_body(("plain",)).get_content()
    found = re.search(rf"http\S+/newsletter/{kind}/\S+", text)
    assert found, f"no {kind} link in the e-mail"
    return found.group()


@pytest.mark.parametrize("javascript", [True, False], ids=["avec JavaScript", "sans JavaScript"])
def test_a_visitor_subscribes_confirms_and_leaves(serveur, contexte, javascript):
    phone = contexte(width=390, height=844, java_script_enabled=javascript)
    page = phone.new_page()
    address = f"ada-{javascript}@example.org".lower()

    page.goto("/newsletter/")
    field = page.locator("main").get_by_label("Adresse électronique")
    field.fill("ada chez exemple")
    page.get_by_role("button", name="Recevoir la lettre").click()
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert field.input_value() == "ada chez exemple"
    assert field.get_attribute("aria-invalid") == "true"

    field.fill(address)
    page.get_by_role("button", name="Recevoir la lettre").click()
    page.get_by_role("heading", name="Un courriel vous attend", level=1).wait_for()

    message = last_message(serveur, address)
    page.goto(link(message, "confirmer"))
    page.get_by_role("button", name="Confirmer mon inscription").click()
    page.get_by_role("heading", name="Merci, votre inscription est confirmée", level=1).wait_for()

    page.goto(link(message, "desinscription"))
    page.get_by_role("button", name="Me désinscrire").click()
    page.get_by_role("heading", name="C’est fait : vous ne recevrez plus la lettre", level=1).wait_for()
    assert phone.cookies() == []
