"""Cases, with as much or as little in them as a test needs."""

from fils_rouges.models import Acteur, FilRougePage, FilsRougesIndexPage
from tests.factories import published


def index_page(home) -> FilsRougesIndexPage:
    """A published, empty list of cases."""
    return published(home, FilsRougesIndexPage(title="Fils rouges", slug="fils-rouges"))


def fil_rouge(parent, title="Un cas", *, acteurs=(), publie=True, **champs) -> FilRougePage:
    """A case below `parent`; `acteurs` are (name, family)."""
    page = FilRougePage(title=title, live=False, **champs)
    page.acteurs = [Acteur(sort_order=rank, nom=nom, famille=famille) for rank, (nom, famille) in enumerate(acteurs)]
    if publie:
        return published(parent, page)
    parent.add_child(instance=page)
    page.save_revision()
    return FilRougePage.objects.get(pk=page.pk)
