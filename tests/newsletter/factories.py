"""Builders of the newsletter's objects."""

import re

from django.utils import timezone

from newsletter.models import (
    Abonnement,
    LandingPage,
    LettrePage,
    LettresIndexPage,
    NewsletterIndexPage,
)


def main_page(home, **fields) -> NewsletterIndexPage:
    return home.add_child(
        instance=NewsletterIndexPage(**{"title": "La lettre", "slug": "newsletter", "chapo": "Une promesse."} | fields)
    )


def landing(parent, slug="essai", **fields) -> LandingPage:
    return parent.add_child(instance=LandingPage(**{"title": f"Inscription {slug}", "slug": slug} | fields))


def archive(home) -> LettresIndexPage:
    return home.add_child(instance=LettresIndexPage(title="Les lettres parues", slug="lettres"))


def letter(parent, slug="une", **fields) -> LettrePage:
    return parent.add_child(instance=LettrePage(**{"title": f"Lettre {slug}", "slug": slug} | fields))


def subscription(courriel="ada@example.org", etat=Abonnement.Etat.EN_ATTENTE, **fields) -> Abonnement:
    defaults = {"consentement": "J’accepte.", "demande_le": timezone.now()}
    return Abonnement.objects.create(courriel=courriel, etat=etat, **defaults | fields)


def links(message) -> tuple[str, str]:
    """The root-relative links (confirm, unsubscribe) of an e-mail; the first is empty when absent."""
    text = str(message.body)
    confirm, leave = (
        re.search(rf"https?://[^/\s]+(/newsletter/{kind}/\S+)", text) for kind in ("confirmer", "desinscription")
    )
    return confirm[1] if confirm else "", leave[1] if leave else ""
