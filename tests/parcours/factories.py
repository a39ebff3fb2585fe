"""Builders of parcours and of the pages that are their steps."""

from __future__ import annotations

from itertools import count

from django.apps import apps

from home.models import HomePage
from parcours.models import EtapeParcours, OrientationPage, ParcoursIndexPage, ParcoursPage
from tests.factories import published

NATURES = {
    "cadre-de-reference": "Cadre de référence",
    "illustrations": "Illustrations",
    "methode": "Méthode",
    "boite-a-outils": "Boîte à outils",
}
_numbers = count(1)


def child(parent, model, slug: str, title: str, **fields):
    """The child of `parent` with this slug, made and published when it is missing."""
    found = model.objects.child_of(parent).filter(slug=slug).first()
    if found is None:
        found = published(parent, model(slug=slug, title=title, **fields))
    return found


def ressource(home: HomePage, nature: str = "methode", title: str = "", **fields):
    """A published resource of the kit, below its nature."""
    kit = child(home, apps.get_model("kit", "KitPage"), "kit", "Le kit")
    place = child(kit, apps.get_model("kit", "NaturePage"), nature, NATURES[nature])
    number = next(_numbers)
    title = title or f"Ressource {number}"
    fields = {"resume": f"Ce que dit {title}.", "date": "2016"} | fields
    return child(place, apps.get_model("kit", "RessourcePage"), f"ressource-{number}", title, **fields)


def index(home: HomePage) -> ParcoursIndexPage:
    return child(home, ParcoursIndexPage, "parcours", "Les parcours")


def parcours(home: HomePage, pages=(), slug: str = "", **fields) -> ParcoursPage:
    """A published parcours whose steps are `pages`, in that order."""
    slug = slug or f"parcours-{next(_numbers)}"
    fields = {"titre_court": f"Court {slug}", "title": f"Le parcours {slug}"} | fields
    page = ParcoursPage(slug=slug, **fields)
    page.etapes = [
        EtapeParcours(sort_order=rank, page=step, raison=f"Raison {rank + 1}.") for rank, step in enumerate(pages)
    ]
    return published(index(home), page)


def orientation(home: HomePage, votes) -> OrientationPage:
    """Published questions: for each, the parcours that its answers speak for, in order."""
    questions = [
        {
            "type": "question",
            "value": {
                "intitule": f"Question {rank} ?",
                "reponses": [
                    {"libelle": f"Réponse {each}", "parcours": page.pk, "parce_que": f"raison {rank}-{each}"}
                    for each, page in enumerate(pages, start=1)
                ],
            },
        }
        for rank, pages in enumerate(votes, start=1)
    ]
    return child(index(home), OrientationPage, "par-ou-commencer", "Par où commencer ?", questions=questions)
