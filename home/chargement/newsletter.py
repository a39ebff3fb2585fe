"""Initial content of the newsletter: two sign-up pages and an empty archive. No issue is invented."""

from home.chargement.base import Chargeur, read_yaml
from home.models import HomePage
from newsletter.models import LandingPage, LettresIndexPage, NewsletterIndexPage


def charger(c: Chargeur) -> None:
    texts = read_yaml("textes_newsletter")
    home = HomePage.objects.first()
    main = c.page(home, NewsletterIndexPage, "newsletter", **texts["principale"])
    for slug, fields in texts["inscriptions"].items():
        c.page(main, LandingPage, slug, **fields)
    c.page(home, LettresIndexPage, "lettres", **texts["archive"])
