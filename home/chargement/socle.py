"""The home page and the site record; vocabularies."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from core.models import Terme
from home.chargement.base import Chargeur, read_yaml
from home.models import HomePage


def home_page(c: Chargeur) -> HomePage:
    """The site's home page, in place of the page that Wagtail's migrations put there."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        welcome = root.get_children().filter(slug="home").first()
        home = c.page(
            root,
            HomePage,
            "accueil",
            title="Faire alliance sur son territoire",
            chapo="Une alliance territoriale, c’est la capacité des acteurs d’un territoire à répondre ensemble "
            "à ses enjeux. Ici, les méthodes, les récits et les outils de celles et ceux qui s’y sont essayés.",
            sections=read_yaml("textes_pages")["accueil"],
        )
        assert home is not None, "a fresh tree always takes a home page"  # noqa: S101
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        Site.objects.update_or_create(
            is_default_site=True,
            defaults={
                "hostname": address.hostname or "localhost",
                "port": address.port or (443 if address.scheme == "https" else 80),
                "root_page": home,
                "site_name": settings.SITE_NAME,
            },
        )
        if welcome is not None:
            welcome.delete()
            home = HomePage.objects.get()
    return home


def charger(c: Chargeur) -> None:
    home_page(c)
    for term in c.territoires["glossaire"]:
        c.objet(
            Terme,
            {"nom": term["terme"]},
            sigle=term.get("sigle", ""),
            definition=term["definition"],
            # The team that wrote these definitions has approved their links.
            lier=True,
        )
