"""The list of the cases, filtered by form, family of actors and region, from the address alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator

from core.cards import cards_for
from core.models.vocabulary import REGIONS
from fils_rouges.services import FilRougeEnBref, fils_rouges_en_bref
from fils_rouges.vocabulaire import Famille, Forme

PER_PAGE = 24
# What a case answers when a fact is missing: it may be looked for too.
AUCUN = "non-connu"


@dataclass(frozen=True, slots=True)
class Critere:
    """A question that the list may be asked; `valeurs` tells what a case answers, an empty value when nothing."""

    nom: str
    label: str
    vocabulaire: Mapping[str, str]
    valeurs: Callable[[FilRougeEnBref], tuple[str, ...]]

    def reponses(self, case: FilRougeEnBref) -> set[str]:
        return {value or AUCUN for value in self.valeurs(case)}


@dataclass(frozen=True, slots=True)
class Choix:
    """A value of a filter, and how many cases answer it once the other filters are applied."""

    valeur: str
    libelle: str
    nombre: int


@dataclass(frozen=True, slots=True)
class Filtre:
    """A filter as the form shows it.

    Attributes:
        valeur: what is asked, or empty; `libelle` is the same in words.
        sans: address of the list without this filter, which `nombre_sans` cases answer.
    """

    nom: str
    label: str
    choix: tuple[Choix, ...]
    valeur: str
    libelle: str
    sans: str
    nombre_sans: int


CRITERES = (
    Critere(
        "forme",
        "Forme de co-construction",
        {**{value: str(label) for value, label in Forme.choices}, AUCUN: "Aucune des trois formes"},
        lambda case: case.lectures,
    ),
    Critere(
        "famille",
        "Famille d’acteurs",
        {**{value: str(label) for value, label in Famille.choices}, AUCUN: "Acteurs non connus"},
        lambda case: case.familles,
    ),
    Critere("region", "Région", {**dict(REGIONS), AUCUN: "Région non connue"}, lambda case: (case.region,)),
)


def _answering(cases: list[FilRougeEnBref], asked: Mapping[str, str], sauf: str = "") -> list[FilRougeEnBref]:
    """The cases that answer everything asked, but for one question."""
    wanted = [(critere, asked[critere.nom]) for critere in CRITERES if critere.nom in asked and critere.nom != sauf]
    return [case for case in cases if all(value in critere.reponses(case) for critere, value in wanted)]


def _filtre(critere: Critere, cases: list[FilRougeEnBref], asked: Mapping[str, str], url: str) -> Filtre:
    value = asked.get(critere.nom, "")
    near = _answering(cases, asked, sauf=critere.nom)
    counts = Counter(answer for case in near for answer in critere.reponses(case))
    present = {answer for case in cases for answer in critere.reponses(case)}
    others = urlencode({name: other for name, other in asked.items() if name != critere.nom})
    return Filtre(
        nom=critere.nom,
        label=critere.label,
        choix=tuple(
            Choix(each, label, counts[each])
            for each, label in critere.vocabulaire.items()
            if each in present or each == value
        ),
        valeur=value,
        libelle=critere.vocabulaire.get(value, ""),
        sans=f"{url}?{others}#cas" if others else f"{url}#cas",
        nombre_sans=len(near),
    )


def liste(version: int, query: Mapping[str, str], url: str) -> dict:
    """The context of the list at `url`: filters, cards of one page of the cases that answer them.

    A value out of the vocabulary is ignored; a region of France without any case is not, and finds nothing.
    """
    cases = fils_rouges_en_bref(version)
    asked = {
        critere.nom: query.get(critere.nom, "")
        for critere in CRITERES
        if query.get(critere.nom, "") in critere.vocabulaire
    }
    found = _answering(cases, asked)
    filters = [_filtre(critere, cases, asked, url) for critere in CRITERES]
    page = Paginator(found, PER_PAGE).get_page(query.get("page"))
    return {
        "cartes": list(cards_for([case.page_id for case in page], version).values()),
        "nombre": len(found),
        "nombre_total": len(cases),
        "page_obj": page,
        "base_pagination": f"{urlencode(asked)}&" if asked else "",
        # A form may be seen in a case by one source only, while its card tells the one that the site keeps.
        "lecture_partielle": asked.get("forme", AUCUN) != AUCUN and any(case.forme != asked["forme"] for case in found),
        "filtres": filters,
        "filtres_actifs": [each for each in filters if each.valeur],
    }
