"""Two cases side by side: what is known of each, what they share, and what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from core.cards import cards_for
from core.protocols import Carte, Lien
from core.registry import registry
from core.version import cached
from fils_rouges import services
from fils_rouges.services import FilRougeEnBref, Groupe, fils_rouges_en_bref
from fils_rouges.vocabulaire import FAMILLES_AU_PLURIEL, Famille, Forme

# What the table tells of each case, in the order of its rows; actors, resources and episodes have cells of their kind.
LIGNES = {
    "origine": "Raconté par",
    "lieu": "Où",
    "porteur": "Qui porte le cas",
    "date": "Quand",
    "forme": "Forme de co-construction",
    "enjeu": "L’enjeu",
    "objectif": "L’objectif",
    "action": "Ce qui a été mis en place",
    "exemple": "Un exemple",
    "acteurs": "Les acteurs",
    "objectifs": "Ce que chacun cherchait",
    "chronologie": "La chronologie",
    "evaluation": "L’évaluation",
    "chiffres": "En chiffres",
    "ressources": "Dans le kit",
    "episodes": "Épisodes du MOOC",
}
# Rows whose lines are so many facts of one kind; the lines of the others are paragraphs.
LISTES = {"objectifs", "chronologie", "chiffres"}


@dataclass(frozen=True, slots=True)
class Colonne:
    """A case as a column of the table; `textes` holds the lines of its cells by row."""

    page_id: int
    titre: str
    url: str
    region: str
    lectures: tuple[str, ...]
    textes: Mapping[str, tuple[str, ...]]
    groupes: tuple[Groupe, ...]
    ressources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cellule:
    """What a column tells in a row; nothing at all when the site does not know."""

    textes: tuple[str, ...] = ()
    groupes: tuple[Groupe, ...] = ()
    cartes: tuple[Carte, ...] = ()
    liens: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row of the table."""

    titre: str
    en_liste: bool
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Commun:
    """Something that both cases have."""

    titre: str
    textes: tuple[str, ...] = ()
    cartes: tuple[Carte, ...] = ()
    liens: tuple[Lien, ...] = ()


@dataclass(frozen=True, slots=True)
class Demande:
    """One of the two lists of the form: what was asked, the case that it is, or why it is none."""

    nom: str
    label: str
    slug: str
    cas: FilRougeEnBref | None
    erreur: str = ""


def demandes(version: int, query: Mapping[str, str]) -> list[Demande]:
    """The two cases that the address names; nothing asked is no error."""
    by_slug = {case.slug: case for case in fils_rouges_en_bref(version)}
    asked: list[Demande] = []
    for nom, label in (("a", "Premier cas"), ("b", "Second cas")):
        slug = query.get(nom, "")
        case, error = by_slug.get(slug), ""
        if slug and case is None:
            error = "Ce cas n’existe pas, ou n’est plus publié : choisissez-en un dans la liste."
        elif case is not None and any(other.cas == case for other in asked):
            error = "C’est le même cas que le premier : choisissez-en un autre."
        asked.append(Demande(nom, label, slug, case, error))
    return asked


def colonne(page_id: int, version: int) -> Colonne:
    """The column of a live, public case."""

    def compute() -> Colonne:
        from fils_rouges.models import FilRougePage

        page = get_object_or_404(FilRougePage.objects.live().public().select_related("porteur"), pk=page_id)
        fiche = services.fiche(page)
        holder = f"{fiche.porteur} ({page.porteur_note})" if fiche.porteur and page.porteur_note else fiche.porteur
        region = page.get_region_display() if page.region else ""
        axes = ", ".join(page.liste_des_axes)
        texts = {
            "origine": (str(page.get_origine_display()),),
            "lieu": (", ".join(fiche.territoires), f"Région d’aujourd’hui : {region}" if region else ""),
            "porteur": (holder,),
            "date": (f"Année de départ : {page.annee}" if page.annee else "", page.date_note),
            "forme": (page.get_forme_display() if page.forme else "Aucune des trois formes", page.desaccord),
            "enjeu": (page.enjeu,),
            "objectif": (page.objectif,),
            "action": (
                page.dispositif,
                f"Axes de travail : {axes}" if axes else "",
                f"« {page.initiative} »" if page.initiative else "",
            ),
            "exemple": (page.exemple,),
            "objectifs": tuple(
                f"{acteur.nom} : {acteur.objectif}"
                for groupe in fiche.groupes
                for acteur in groupe.acteurs
                if acteur.objectif
            ),
            "chronologie": tuple(f"{etape.en_mots or 'Date non connue'} : {etape.fait}" for etape in fiche.etapes),
            "evaluation": (page.evaluation,),
            "chiffres": tuple(f"{chiffre.valeur} {chiffre.libelle}" for chiffre in fiche.chiffres),
        }
        return Colonne(
            page_id=page.pk,
            titre=page.title,
            url=page.get_url(),
            region=region,
            lectures=tuple(filter(None, page.lectures)),
            textes={key: tuple(filter(None, lines)) for key, lines in texts.items()},
            groupes=fiche.groupes,
            ressources=fiche.ressources,
        )

    return cached(version, f"fils-rouges:colonne:{page_id}", compute)


def tableau(colonnes: tuple[Colonne, ...], version: int) -> list[Ligne]:
    """The rows of the table, all of them: what is not known of either case is said too."""
    cards = cards_for([key for column in colonnes for key in column.ressources], version)
    episodes = _episodes(colonnes, version)

    def cell(column: Colonne, key: str) -> Cellule:
        if key == "acteurs":
            return Cellule(groupes=column.groupes)
        if key == "ressources":
            return Cellule(cartes=tuple(cards[each] for each in column.ressources if each in cards))
        if key == "episodes":
            return Cellule(liens=episodes[column.page_id])
        return Cellule(textes=column.textes[key])

    return [
        Ligne(titre, key in LISTES, tuple(cell(column, key) for column in colonnes)) for key, titre in LIGNES.items()
    ]


def _episodes(colonnes: tuple[Colonne, ...], version: int) -> dict[int, tuple[Lien, ...]]:
    """The MOOC's episodes that speak of each case, by its key: another room knows them."""
    known = registry.liens("episodes", [column.page_id for column in colonnes], version)
    return {column.page_id: tuple(known.get(column.page_id, ())) for column in colonnes}


def communs(a: Colonne, b: Colonne, version: int) -> list[Commun]:
    """What both cases have: nothing is weighed nor concluded."""
    forms = tuple(str(Forme(form).label) for form in a.lectures if form in b.lectures)
    families = {groupe.famille for groupe in b.groupes}
    both = tuple(FAMILLES_AU_PLURIEL[Famille(each.famille)].lower() for each in a.groupes if each.famille in families)
    names = {acteur.nom.casefold() for groupe in b.groupes for acteur in groupe.acteurs}
    actors = tuple(acteur.nom for groupe in a.groupes for acteur in groupe.acteurs if acteur.nom.casefold() in names)
    cards = cards_for([key for key in a.ressources if key in b.ressources], version)
    episodes = _episodes((a, b), version)
    shared = [
        Commun("Une même région d’aujourd’hui", (a.region,) if a.region == b.region and a.region else ()),
        Commun("Une forme vue dans les deux cas, par l’une au moins des sources", forms),
        Commun("Des familles d’acteurs présentes dans les deux", both),
        Commun("Des acteurs cités dans les deux", actors),
        Commun("Des ressources du kit qui parlent des deux", cartes=tuple(cards.values())),
        Commun(
            "Des épisodes du MOOC qui parlent des deux",
            liens=tuple(link for link in episodes[a.page_id] if link in episodes[b.page_id]),
        ),
    ]
    return [each for each in shared if each.textes or each.cartes or each.liens]
