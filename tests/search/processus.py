"""A process of the site for the tests that kill it: `python -m tests.search.processus <what> [argument]`.

It tells what it does by lines of JSON; the test stops it by SIGKILL, as a failure of the machine would.
"""

import json
import sys
import time


def dire(valeur) -> None:
    print(json.dumps(valeur), flush=True)


def remplir(nombre: str) -> None:
    """Publish pages of some passages, all of the word « fondation »."""
    from home.models import StandardPage
    from search.reconstruction import reconstruire
    from tests.factories import clone_page, site_with_home

    corps = []
    for section in range(12):
        corps += [("intertitre", f"Section {section}"), ("texte", f"<p>Le comité évalue le partenariat {section}.</p>")]
    page = StandardPage(title="Fondation", slug="fondation", corps=corps)
    site_with_home().add_child(instance=page)
    clone_page(page, int(nombre) - 1)
    StandardPage.objects.filter(pk=page.pk).update(title="Fondation 1")
    dire(reconstruire())


def publier(graine: str) -> None:
    """Create, publish, change, hide and show pages for ever; what is secret never was public."""
    import random

    from wagtail.models import PageViewRestriction

    from home.models import HomePage, StandardPage

    accueil, hasard, rang = HomePage.objects.get(), random.Random(int(graine)), 0
    dire("pret")
    while True:
        rang += 1
        page = StandardPage(title=f"Premier état {rang}", slug=f"etat-{graine}-{rang}", live=False)
        accueil.add_child(instance=page)
        page.save_revision().publish()
        page.title = f"Deuxième état {rang}"
        page.save_revision().publish()
        sort = hasard.randrange(3)
        if sort == 0:
            page.unpublish()
        elif sort == 1:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        page.title = f"Secret {rang}"
        page.save_revision()
        prive = StandardPage(title=f"Secret privé {rang}", slug=f"prive-{graine}-{rang}", live=False)
        accueil.add_child(instance=prive)
        PageViewRestriction.objects.create(page=prive, restriction_type="login")
        prive.save_revision().publish()
        dire(rang)
        # A writer without rest would starve the others of SQLite, which ask again now and then.
        time.sleep(0.05)


def chercher() -> None:
    """Answer each line of standard input with the titles found, as a reader sees them."""
    from core.version import current_version
    from search.query import chercher as search

    dire("pret")
    for ligne in sys.stdin:
        resultats = search(ligne.strip(), version=current_version(), taille=1000)
        dire(sorted(trouvaille.passages[0].titre for trouvaille in resultats.hits))


def verifier() -> None:
    """What is false in the index: pages whose rows are not those that they tell, words ill counted."""
    from collections import defaultdict

    from wagtail.models import Page

    from search.index import lignes_de_pages
    from search.models import SearchEntry
    from search.vocabulaire import ecarts

    en_place: defaultdict[int | None, set] = defaultdict(set)
    voulues: defaultdict[int | None, set] = defaultdict(set)
    for page, *reste in SearchEntry.objects.values_list("page_id", "source", "position", "empreinte"):
        en_place[page].add(tuple(reste))
    for ligne in lignes_de_pages(list(Page.objects.values_list("pk", flat=True))):
        voulues[ligne.page_id].add((ligne.source, ligne.position, ligne.empreinte))
    fausses = [page for page in en_place.keys() | voulues.keys() if en_place[page] != voulues[page]]
    dire({"pages": fausses, "mots": len(ecarts())})


if __name__ == "__main__":
    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
