"""Initial content of the parcours, their steps, and the seven-lever tool."""

from __future__ import annotations

from uuid import uuid5

from django.apps import apps

from home.chargement.base import NAMESPACE, Chargeur, read_yaml
from home.models import HomePage
from parcours.models import (
    EtapeParcours,
    Levier,
    LeviersPage,
    NiveauDePosition,
    OrientationPage,
    ParcoursIndexPage,
    ParcoursPage,
    QuestionCommune,
)


def charger(c: Chargeur) -> None:
    """The index, three parcours in the order of the kit, and the levers."""
    texts = read_yaml("textes_parcours")
    home = HomePage.objects.first()
    index = c.page(
        home,
        ParcoursIndexPage,
        "parcours",
        title=texts["index"]["titre"],
        chapo=texts["index"]["chapo"],
        corps=texts["index"]["corps"],
        show_in_menus=True,
    )
    for facts in c.kit["parcours"]:
        _load_parcours(c, index, facts, texts["parcours"][facts["slug"]])
    _load_orientation(c, index, texts["orientation"])
    _load_levers(c, home, texts["leviers"])


def _load_parcours(c: Chargeur, index: ParcoursIndexPage | None, facts: dict, text: dict) -> None:
    steps = _steps(facts["etapes"], text["raisons"])
    c.page(
        index,
        ParcoursPage,
        facts["slug"],
        title=facts["titre"],
        titre_court=facts["titre_court"],
        chapo=text["chapo"],
        pour_qui=text["pour_qui"],
        corps=text["corps"],
        # With the pages found: a resource that comes later is a change of the source.
        source=[[step.page_id, step.raison] for step in steps],
        enfants={"etapes": steps},
    )


def _load_orientation(c: Chargeur, index: ParcoursIndexPage | None, text: dict) -> None:
    """The three questions; nothing when an editor deleted a parcours that they lead to."""
    pages = {page.slug: page.pk for page in ParcoursPage.objects.all()}
    asked = {answer["parcours"] for question in text["questions"] for answer in question["reponses"]}
    if not asked <= pages.keys():
        return
    c.page(
        index,
        OrientationPage,
        "par-ou-commencer",
        title=text["titre"],
        chapo=text["chapo"],
        questions=[
            {
                "type": "question",
                "value": {
                    "intitule": question["intitule"],
                    "reponses": [answer | {"parcours": pages[answer["parcours"]]} for answer in question["reponses"]],
                },
            }
            for question in text["questions"]
        ],
    )


def _steps(slugs: list[str], reasons: dict[str, str]) -> list[EtapeParcours]:
    """Unsaved steps in order; a resource that an editor deleted is no step."""
    resources = apps.get_model("kit", "RessourcePage").objects.filter(slug__in=slugs)
    found = {page.slug: page.pk for page in resources}
    return [
        EtapeParcours(sort_order=rank, page_id=found[slug], raison=reasons[slug])
        for rank, slug in enumerate(slugs)
        if slug in found
    ]


def _load_levers(c: Chargeur, home: HomePage | None, text: dict) -> None:
    levers = [
        Levier(
            sort_order=rank,
            # The same one when another question of the source changes, and the levers are all made again.
            identifiant=uuid5(NAMESPACE, f"levier:{lever['titre']}"),
            titre=lever["titre"],
            questions="\n".join(lever["questions"]),
        )
        for rank, lever in enumerate(c.territoires["leviers"])
    ]
    levels = [NiveauDePosition(sort_order=rank, libelle=label) for rank, label in enumerate(text["niveaux"])]
    questions = [
        QuestionCommune(sort_order=rank, theme=item["theme"], question=item["question"])
        for rank, item in enumerate(c.territoires["questions_communes"])
    ]
    c.page(
        home,
        LeviersPage,
        "leviers",
        title=text["titre"],
        chapo=text["chapo"],
        corps=text["corps"],
        source=[c.territoires["leviers"], c.territoires["questions_communes"], text["niveaux"]],
        enfants={"leviers": levers, "niveaux": levels, "questions_communes": questions},
    )
