"""Builders of the smallest objects that a test needs; each room adds its own in tests/<room>/."""

from wagtail.models import Page, Site

from home.models import HomePage


def site_with_home(title: str = "Accueil d’essai") -> HomePage:
    """A home page as root of the default site, alone in the tree."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title=title, slug="accueil-essai"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    for other in root.get_children().exclude(pk=home.pk):
        other.delete()
    return HomePage.objects.get(pk=home.pk)
