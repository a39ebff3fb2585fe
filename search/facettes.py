"""The facets of search: their names, what is asked of them, how many sources each value holds."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from django.http import QueryDict

from search.models import Etiquettes

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
# Values told of each facet, the first in the order shown; what is asked is always told.
VALEURS_MAX = 100
# Values of one facet that may be asked together.
CHOISIES_MAX = 30
_VALEUR = re.compile(r"[\w.\-]{1,200}")
_MEMOIRE_MAX = 50_000

# (facet, slug) and label.
Lues = dict[tuple[str, str], str]
# For each facet, « slug|Libellé » and a number of sources.
Comptes = dict[str, dict[str, int]]


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
            filtres[nom] = tuple(valeurs)[:CHOISIES_MAX]
    return filtres


def etiquettes(genre: str, genre_label: str, facettes: Mapping[str, Iterable[str]]) -> Etiquettes:
    """The facet values of a passage, not saved: the same values have the same key wherever they are computed."""
    valeurs = [f"type:{genre}|{genre_label}"]
    for nom, possibles in facettes.items():
        valeurs += [f"{nom}:{valeur}" for valeur in dict.fromkeys(possibles) if valeur and "\n" not in valeur]
    texte = "\n" + "\n".join(valeurs).replace("\x00", " ") + "\n"
    empreinte = blake2b(texte.encode(errors="replace"), digest_size=8).digest()
    return Etiquettes(id=int.from_bytes(empreinte, "big") >> 1, texte=texte)


def lire(texte: str) -> Lues:
    """The facet values of a row of `Etiquettes`."""
    lues = {}
    for cle in texte.split("\n"):
        if cle:
            nom, _, reste = cle.partition(":")
            slug, _, libelle = reste.partition("|")
            lues[nom, slug] = libelle or slug
    return lues


# Keys are digests of what they stand for: an entry is true for ever, whatever the database becomes.
_memoire: dict[int, Lues] = {}


def lire_par_cle(cles: Iterable[int]) -> dict[int, Lues]:
    """The facet values of these keys; one query for those never met by this process."""
    voulues = set(cles)
    manquantes = voulues - _memoire.keys()
    if manquantes:
        if len(_memoire) > _MEMOIRE_MAX:
            _memoire.clear()
            manquantes = voulues
        for cle, texte in Etiquettes.objects.filter(pk__in=manquantes).values_list("pk", "texte"):
            _memoire[cle] = lire(texte)
    return {cle: _memoire.get(cle, {}) for cle in voulues}


def compter(sources: Iterable[frozenset[int]], filtres: Mapping[str, tuple[str, ...]]) -> tuple[int, Comptes]:
    """How many sources pass, and for each value how many it would give, the other facets kept as asked.

    Args:
        sources: for each source, the keys of its passages' labels.
        filtres: values asked by facet.
    """
    semblables = Counter(sources)
    lues = lire_par_cle(cle for cles in semblables for cle in cles)
    total, comptes = 0, {nom: defaultdict(int) for nom in FACETTES}
    for cles, nombre in semblables.items():
        valeurs: Lues = {}
        for cle in cles:
            valeurs |= lues[cle]
        ecarts = [nom for nom, possibles in filtres.items() if not any((nom, v) in valeurs for v in possibles)]
        total += 0 if ecarts else nombre
        if len(ecarts) > 1:
            continue
        for (nom, slug), libelle in valeurs.items():
            # A source that fails one facet only still counts in that facet: it shows what ticking it would add.
            if nom in comptes and (not ecarts or ecarts == [nom]):
                comptes[nom][f"{slug}|{libelle}"] += nombre
    return total, {nom: dict(nombres) for nom, nombres in comptes.items()}


def a_montrer(comptes: Comptes, filtres: Mapping[str, tuple[str, ...]]) -> dict[str, list[Valeur]]:
    """The values of each facet in the order shown; `premieres` gives those that are told."""
    facettes = {}
    for nom in FACETTES:
        nombres: dict[str, int] = defaultdict(int)
        libelles: dict[str, str] = {}
        for cle, nombre in comptes.get(nom, {}).items():
            slug, _, libelle = cle.partition("|")
            nombres[slug] += nombre
            libelles[slug] = libelle
        choisies = filtres.get(nom, ())
        valeurs = [
            Valeur(slug, libelles.get(slug, slug), nombres.get(slug, 0), slug in choisies)
            for slug in {**nombres, **dict.fromkeys(choisies, 0)}
        ]
        valeurs.sort(key=_ordre_annee if nom == "annee" else _ordre)
        facettes[nom] = valeurs
    return facettes


def premieres(valeurs: list[Valeur], au_plus: int = VALEURS_MAX) -> list[Valeur]:
    """The first values of a facet, and what is asked."""
    return [valeur for rang, valeur in enumerate(valeurs) if rang < au_plus or valeur.choisie]


def _ordre(valeur: Valeur) -> tuple:
    return (-valeur.nombre, valeur.libelle)


def _ordre_annee(valeur: Valeur) -> tuple:
    return (tuple(-ord(caractere) for caractere in valeur.valeur), valeur.libelle)
