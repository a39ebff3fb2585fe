"""The facets of search: their names, what is asked of them, how many sources each value holds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

# Key in addresses and label on the page, in the order shown.
FACETTES = {
    "type": "Type",
    "nature": "Nature",
    "rubrique": "Rubrique",
    "parcours": "Parcours",
    "organisme": "Organisme",
    "territoire": "Territoire",
    "annee": "Année",
}
# Values shown of each facet, the commonest; what is asked is always shown.
VALEURS_MAX = 12
_VALEUR = re.compile(r"[\w.\-]{1,200}")

Cles = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Valeur:
    """A value of a facet: its slug, label, number of sources, and whether it is asked."""

    valeur: str
    libelle: str
    nombre: int
    choisie: bool = False


def filtres_de(parametres: QueryDict) -> dict[str, tuple[str, ...]]:
    """The facets asked in an address; what cannot be a value is ignored."""
    filtres = {}
    for nom in FACETTES:
        valeurs = dict.fromkeys(valeur for valeur in parametres.getlist(nom) if _VALEUR.fullmatch(valeur))
        if valeurs:
            filtres[nom] = tuple(valeurs)[:VALEURS_MAX]
    return filtres


def lire(cles: str) -> dict[tuple[str, str], str]:
    """The facet values of a row: (name, slug) and label."""
    lues = {}
    for cle in cles.split("\n"):
        if cle:
            nom, _, reste = cle.partition(":")
            slug, _, libelle = reste.partition("|")
            lues[nom, slug] = libelle or slug
    return lues


def passe(cles: Iterable[tuple[str, str]], filtres: Mapping[str, Iterable[str]], sauf: str = "") -> bool:
    """Whether a source has one of the values asked of each facet, the facet `sauf` left out."""
    return all(any((nom, valeur) in cles for valeur in valeurs) for nom, valeurs in filtres.items() if nom != sauf)


def compter(
    sources: Iterable[dict[tuple[str, str], str]], filtres: Mapping[str, tuple[str, ...]]
) -> dict[str, list[Valeur]]:
    """Values of each facet with the number of sources that they would give, the other facets kept as asked."""
    nombres: dict[str, dict[str, int]] = {nom: defaultdict(int) for nom in FACETTES}
    libelles: dict[tuple[str, str], str] = {}
    for cles in sources:
        ecarts = [nom for nom, valeurs in filtres.items() if not any((nom, valeur) in cles for valeur in valeurs)]
        if len(ecarts) > 1:
            continue
        for (nom, slug), libelle in cles.items():
            # A source that fails one facet only still counts in that facet: it shows what ticking it would add.
            if nom in nombres and (not ecarts or ecarts == [nom]):
                nombres[nom][slug] += 1
                libelles[nom, slug] = libelle
    facettes = {}
    for nom, comptes in nombres.items():
        choisies = filtres.get(nom, ())
        valeurs = [
            Valeur(slug, libelles.get((nom, slug), slug), comptes.get(slug, 0), slug in choisies)
            for slug in {**comptes, **dict.fromkeys(choisies, 0)}
        ]
        valeurs.sort(key=_ordre_annee if nom == "annee" else _ordre)
        facettes[nom] = [valeur for rang, valeur in enumerate(valeurs) if rang < VALEURS_MAX or valeur.choisie]
    return facettes


def _ordre(valeur: Valeur) -> tuple:
    return (-valeur.nombre, valeur.libelle)


def _ordre_annee(valeur: Valeur) -> tuple:
    return (tuple(-ord(caractere) for caractere in valeur.valeur), valeur.libelle)
