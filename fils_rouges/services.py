"""What the room tells of its cases, computed once per version of the content."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.models.vocabulary import REGIONS
from core.version import cached
from fils_rouges import constellation
from fils_rouges.carte_de_france import Lieu
from fils_rouges.vocabulaire import FAMILLES_AU_PLURIEL, Famille, Forme

if TYPE_CHECKING:
    from fils_rouges.models import FilRougePage

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilRougeEnBref:
    """A case as a list shows it.

    Attributes:
        territoire: names of its territories.
        region: code of a region, or empty.
        lectures: every form that the site or a source sees in it; an empty one when none of the three is seen.
        familles: families of its actors; an empty one when no actor is known.
    """

    page_id: int
    slug: str
    titre: str
    url: str
    territoire: str
    region: str
    enjeu: str
    forme: str
    forme_label: str
    lectures: tuple[str, ...]
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
class ChiffreCite:
    """A figure, what it counts, when and by whom it was told: month or year in words, or nothing."""

    valeur: str
    libelle: str
    date: str
    en_mots: str
    source: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """Everything that the page of a case shows beside its own fields."""

    territoires: tuple[str, ...]
    porteur: str
    groupes: tuple[Groupe, ...]
    nombre_d_acteurs: int
    nombre_d_objectifs: int
    large: constellation.Dessin | None
    compact: constellation.Dessin | None
    etapes: tuple[Etape, ...]
    chiffres: tuple[ChiffreCite, ...]
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
        nombre_d_objectifs=sum(bool(acteur.objectif) for group in groups for acteur in group.acteurs),
        large=constellation.wide(page.title, ordered),
        compact=constellation.compact(ordered),
        etapes=tuple(Etape(jalon.date, date_en_mots(jalon.date), jalon.fait) for jalon in page.jalons.all()),
        chiffres=tuple(
            ChiffreCite(chiffre.valeur, chiffre.libelle, chiffre.date, date_en_mots(chiffre.date), chiffre.source)
            for chiffre in page.chiffres.all()
        ),
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
            slug=page.slug,
            titre=page.title,
            url=page.get_url(),
            territoire=", ".join(territories[page.pk]),
            region=page.region,
            enjeu=page.enjeu,
            forme=page.forme,
            forme_label=str(page.get_forme_display()),
            lectures=tuple(page.lectures),
            familles=tuple(families[page.pk]) or ("",),
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


def par_ressource(version: int) -> dict[int, list[int]]:
    """Keys of the cases by key of the resource that tells of them."""

    def compute() -> dict[int, list[int]]:
        from fils_rouges.models import RessourceLiee

        found = defaultdict(list)
        for resource, case in RessourceLiee.objects.order_by("page__path").values_list("ressource_id", "page_id"):
            found[resource].append(case)
        return dict(found)

    return cached(version, "fils-rouges:par-ressource", compute)
