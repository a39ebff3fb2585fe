"""Initial content of the kit: vocabularies, natures and their rubriques, the 37 resources."""

from __future__ import annotations

from django.utils.html import escape

from core.models import Organisme, Territoire
from home.chargement.base import Chargeur, read_yaml
from home.models import HomePage
from kit.models import KitPage, NaturePage, ProducteurDeRessource, RessourcePage, Rubrique

# Regions of today where a territory of the kit certainly is; France is larger than a region.
REGIONS = {
    "Alsace": "44",
    "Nord-Pas-de-Calais": "32",
    "Poitou-Charentes": "75",
    "Rhône-Alpes": "84",
    "Charenton-le-Pont": "11",
    "Saint-Maurice": "11",
    "Pays de la Loire": "52",
    "Bourgogne-Franche-Comté": "27",
}
# Four sessions of two hours, as the kit says of both MOOCs.
DUREES_DE_COURS = {"4 sessions de 2 heures": 480}


def charger(c: Chargeur) -> None:
    """The kit below the home page, in the order of its list."""
    texts = read_yaml("textes_kit")
    organisations = _vocabulary(c, Organisme, "producteurs")
    territories = _vocabulary(c, Territoire, "territoires")
    kit = c.page(
        HomePage.objects.first(),
        KitPage,
        "kit",
        title=texts["kit"]["titre"],
        chapo=texts["kit"]["chapo"],
        corps=_about(c, texts["kit"]),
        show_in_menus=True,
    )
    for facts in c.kit["natures"]:
        nature = _load_nature(c, kit, facts)
        rubriques = {rubrique.slug: rubrique for rubrique in nature.rubriques.all()} if nature else {}
        for resource in c.kit["ressources"]:
            if resource["nature"] == facts["slug"]:
                text = texts["ressources"][resource["slug"]]
                _load_resource(c, nature, resource, text, organisations, territories, rubriques)


def _vocabulary(c: Chargeur, model, key: str) -> dict[str, Organisme | Territoire]:
    """The terms that resources name under `key`, by name; without those that an editor deleted."""
    names = dict.fromkeys(name for resource in c.kit["ressources"] for name in resource.get(key, []))
    found = {}
    for name in names:
        fields = {"region": REGIONS.get(name, "")} if model is Territoire else {"site": ""}
        term = c.objet(model, {"nom": name}, **fields)
        if term is not None:
            found[name] = term
    return found


def _load_nature(c: Chargeur, kit: KitPage | None, facts: dict) -> NaturePage | None:
    # A rubrique keeps its key when the nature is loaded anew: resources point at it.
    known = {
        rubrique.slug: rubrique
        for rubrique in Rubrique.objects.filter(nature__slug=facts["slug"], nature__path__startswith=kit.path)
    } if kit else {}  # fmt: skip
    rubriques = []
    for rank, each in enumerate(facts["rubriques"]):
        rubrique = known.get(each["slug"]) or Rubrique(slug=each["slug"])
        rubrique.titre, rubrique.sort_order = each["titre"], rank
        rubriques.append(rubrique)
    return c.page(
        kit,
        NaturePage,
        facts["slug"],
        title=facts["titre"],
        chapo=facts["role"],
        source=facts["rubriques"],
        enfants={"rubriques": rubriques},
    )


def _load_resource(c: Chargeur, nature, facts: dict, text: dict, organisations, territories, rubriques) -> None:
    producers = [organisations[name] for name in facts["producteurs"] if name in organisations]
    c.page(
        nature,
        RessourcePage,
        facts["slug"],
        title=facts["titre"],
        resume=facts["resume"],
        date=str(facts["date"]),
        forme=facts["forme"],
        duree=facts.get("duree", ""),
        duree_minutes=DUREES_DE_COURS.get(facts.get("duree", "")),
        note_de_source=facts.get("note_de_source", ""),
        composants="\n".join(facts.get("composants", [])),
        rubrique=rubriques.get(facts.get("rubrique")),
        territoires=[territories[name] for name in facts.get("territoires", []) if name in territories],
        corps=_presentation(text),
        source=facts["producteurs"],
        enfants={
            "producteurs": [
                ProducteurDeRessource(sort_order=rank, organisme=organisation)
                for rank, organisation in enumerate(producers)
            ]
        },
    )


def _presentation(text: dict) -> list[dict]:
    """The body of a resource: what it is for, for whom, and what to have ready before reading it."""
    return [
        {"type": "intertitre", "value": "À quoi sert ce document"},
        {"type": "texte", "value": _paragraph(text["sert"])},
        {"type": "intertitre", "value": "Pour qui"},
        {"type": "texte", "value": _paragraph(text["pour"])},
        {"type": "intertitre", "value": "Avant de le lire"},
        {"type": "texte", "value": _list(text["avant"])},
    ]


def _about(c: Chargeur, text: dict) -> list[dict]:
    """The kit told on its index: objectives, audiences, partners."""
    return [
        {"type": "intertitre", "value": "À quoi sert le kit"},
        {"type": "texte", "value": _paragraph(text["objectifs"]) + _list(c.kit["objectifs_du_kit"])},
        {"type": "intertitre", "value": "À qui il s’adresse"},
        {"type": "texte", "value": _paragraph(text["publics"]) + _list(c.kit["publics"])},
        {"type": "intertitre", "value": "Les partenaires du kit"},
        {"type": "texte", "value": _paragraph(text["partenaires"]) + _list(c.territoires["partenaires_du_kit"])},
    ]


def _paragraph(text: str) -> str:
    return f"<p>{escape(text.strip())}</p>"


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>"
