"""Cases, with as much or as little in them as a test needs."""

from fils_rouges.models import Acteur, FilRougePage, FilsRougesIndexPage


def index_page(home) -> FilsRougesIndexPage:
    """A published, empty list of cases."""
    page = home.add_child(instance=FilsRougesIndexPage(title="Fils rouges", slug="fils-rouges"))
    page.save_revision().publish()
    return page


def fil_rouge(parent, title="Un cas", *, acteurs=(), publie=True, **champs) -> FilRougePage:
    """A case below `parent`; `acteurs` are (name, family)."""
    page = FilRougePage(title=title, live=False, **champs)
    page.acteurs = [Acteur(sort_order=rank, nom=nom, famille=famille) for rank, (nom, famille) in enumerate(acteurs)]
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publie:
        revision.publish()
    return FilRougePage.objects.get(pk=page.pk)
