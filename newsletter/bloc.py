"""The sign-up form, offered to every page: `{% bloc "inscription" %}`."""

from django.http import HttpRequest

from core.protocols import Encart
from core.version import cached, request_version
from newsletter.forms import InscriptionForm
from newsletter.models import NewsletterIndexPage


def main_page() -> NewsletterIndexPage | None:
    """The main sign-up page, when it is public."""
    return NewsletterIndexPage.objects.live().public().first()


def _content() -> dict:
    page = main_page()
    if page is None:
        return {}
    return page.pour_formulaire() | {"titre": page.title, "chapo": page.chapo, "url": page.get_url()}


def bloc_inscription(request: HttpRequest) -> Encart | None:
    """The form of the main sign-up page, or nothing when there is none."""
    content = cached(request_version(request), "newsletter:bloc", _content)
    if not content:
        return None
    return Encart(
        "newsletter/bloc_inscription.html",
        {"inscription": content, "formulaire": InscriptionForm(), "alerte": ""},
    )
