"""What the room tells of its cases, computed once per version of the content."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator

from core.cards import cards_for
from core.models.vocabulary import REGIONS
from core.version import cached
from fils_rouges import constellation
from fils_rouges.carte_de_france import Lieu
from fils_rouges.vocabulaire import FAMILLES_AU_PLURIEL, Famille, Forme

if TYPE_CHECKING:
    from fils_rouges.models import FilRougePage

PER_PAGE = 24
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilRougeEnBref:
    """A case as a list shows it. `territoire` names its territories, `region` is the code of a region or empty."""

    page_id: int
    titre: str
    url: str
    territoire: str
    region: str
    enjeu: str
    forme: str
    forme_label: str
    familles: tuple[str, ...]
    cas_du_kit: bool


@dataclass(frozen=True, slots=True)
class ActeurEnListe:
    """An actor in the list that repeats the drawing; `numero` is its number in both."""

    numero: int
    nom: str
    role: str
    objectif: str


@dataclass(frozen=True, slots=True)
class Groupe:
    """The actors of one family."""

    famille: str
    titre: str
    acteurs: tuple[ActeurEnListe, ...]


@dataclass(frozen=True, slots=True)
class Etape:
    """A fact of the timeline: machine date, date in words, fact."""

    date: str
    en_mots: str
    fait: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything that the page of a case shows beside its own fields."""

    territoires: tuple[str, ...]
    porteur: str
    groupes: tuple[Groupe, ...]
    nombre_d_acteurs: int
    large: constellation.Dessin | None
    compact: constellation.Dessin | None
    etapes: tuple[Etape, ...]
    formes: tuple[tuple[str, str], ...]
    ressources: tuple[int, ...]


def date_en_mots(date: str) -> str:
    """« 2016-02 » gives « février 2016 »; a year stays a year."""
    year, _, month = date.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if re.fullmatch(r"0[1-9]|1[0-2]", month) else date


def fiche(page: FilRougePage) -> Fiche:
    """The page's actors, timeline and links, as they are in memory: a preview shows unsaved ones."""
    by_family = defaultdict(list)
    for acteur in page.acteurs.all():
        by_family[acteur.famille].append(acteur)
    groups, ordered = [], []
    for famille in Famille:
        members = []
        for acteur in by_family[famille.value]:
            ordered.append((acteur.nom, famille.value))
            members.append(ActeurEnListe(len(ordered), acteur.nom, acteur.role, acteur.objectif))
        if members:
            title = FAMILLES_AU_PLURIEL[famille] if len(members) > 1 else famille.label
            groups.append(Groupe(famille.value, str(title), tuple(members)))
    return Fiche(
        territoires=tuple(territoire.nom for territoire in page.territoires.all()),
        porteur=page.porteur.nom if page.porteur else "",
        groupes=tuple(groups),
        nombre_d_acteurs=len(ordered),
        large=constellation.wide(page.title, ordered),
        compact=constellation.compact(ordered),
        etapes=tuple(Etape(jalon.date, date_en_mots(jalon.date), jalon.fait) for jalon in page.jalons.all()),
        formes=_forms(page),
        ressources=tuple(link.ressource_id for link in page.ressources.all()),
    )


def _forms(page: FilRougePage) -> tuple[tuple[str, str], ...]:
    """The three forms in the order dialogue, expérimentation, partenariats, each with who sees it in this case."""
    forms = []
    for forme in Forme:
        said_by = []
        if page.forme_selon_le_mooc == forme:
            said_by.append("selon le MOOC")
        if page.forme_selon_le_kit == forme:
            said_by.append("selon le kit")
        if page.forme == forme and not said_by:
            said_by.append("forme de ce cas")
        forms.append((str(forme.label), " et ".join(said_by)))
    return tuple(forms)


def fils_rouges_en_bref(version: int) -> list[FilRougeEnBref]:
    """The live, public cases, in the order of the tree."""
    return cached(version, "fils-rouges:en-bref", _in_brief)


def _in_brief() -> list[FilRougeEnBref]:
    from fils_rouges.models import Acteur, FilRougePage

    territories, families = defaultdict(list), defaultdict(list)
    links = FilRougePage.territoires.through.objects.order_by("territoire__nom")
    for page_id, nom in links.values_list("filrougepage_id", "territoire__nom"):
        territories[page_id].append(nom)
    for page_id, famille in Acteur.objects.order_by("famille").values_list("page_id", "famille").distinct():
        families[page_id].append(famille)
    return [
        FilRougeEnBref(
            page_id=page.pk,
            titre=page.title,
            url=page.get_url(),
            territoire=", ".join(territories[page.pk]),
            region=page.region,
            enjeu=page.enjeu,
            forme=page.forme,
            forme_label=str(page.get_forme_display()),
            familles=tuple(families[page.pk]),
            cas_du_kit=page.est_cas_du_kit,
        )
        for page in FilRougePage.objects.live().public().order_by("path")
    ]


def lieux(version: int) -> list[Lieu]:
    """The regions that have a case: a link to the case, or to the filtered list when there are several."""

    def compute() -> list[Lieu]:
        from fils_rouges.models import FilsRougesIndexPage

        index = FilsRougesIndexPage.objects.live().first()
        by_region = defaultdict(list)
        for case in fils_rouges_en_bref(version):
            by_region[case.region].append(case)
        places = []
        for code, nom in REGIONS:
            cases = by_region.get(code)
            if cases and len(cases) == 1:
                places.append(Lieu(code, nom, cases[0].url, cases[0].titre))
            elif cases and index is not None:
                places.append(Lieu(code, nom, f"{index.get_url()}?region={code}#cas", f"{len(cases)} cas"))
        return places

    return cached(version, "fils-rouges:lieux", compute)


def liste(version: int, query: Mapping[str, str]) -> dict:
    """The context of the list: cases that answer the filters, cards of one page of them, choices left.

    A filter whose value no case has is ignored.
    """
    cases = fils_rouges_en_bref(version)
    choices = {
        "forme": _choices(Forme.choices, {case.forme for case in cases}),
        "famille": _choices(Famille.choices, {famille for case in cases for famille in case.familles}),
        "region": _choices(REGIONS, {case.region for case in cases}),
    }
    asked = {name: query.get(name, "") for name, values in choices.items() if query.get(name, "") in dict(values)}
    found = [
        case
        for case in cases
        if case.forme == asked.get("forme", case.forme)
        and case.region == asked.get("region", case.region)
        and ("famille" not in asked or asked["famille"] in case.familles)
    ]
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    cards = cards_for([case.page_id for case in page], version)
    labels = {"forme": "Forme de co-construction", "famille": "Famille d’acteurs", "region": "Région"}
    return {
        "cartes": list(cards.values()),
        "nombre": len(found),
        "nombre_total": len(cases),
        "page_obj": page,
        "base_pagination": f"{urlencode(asked)}&" if asked else "",
        "filtres": [
            {"nom": name, "label": labels[name], "choix": values, "valeur": asked.get(name, "")}
            for name, values in choices.items()
            if values
        ],
        "filtre": bool(asked),
    }


def _choices(all_choices, present: set[str]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in all_choices if value in present]


def par_ressource(version: int) -> dict[int, list[int]]:
    """Keys of the cases by key of the resource that tells of them."""

    def compute() -> dict[int, list[int]]:
        from fils_rouges.models import RessourceLiee

        found = defaultdict(list)
        for resource, case in RessourceLiee.objects.order_by("page__path").values_list("ressource_id", "page_id"):
            found[resource].append(case)
        return dict(found)

    return cached(version, "fils-rouges:par-ressource", compute)
