"""What the templates of the kit show: lists, filters and counts, worked out from the catalogue."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import QueryDict

from core.cards import cards_for
from core.version import request_version
from kit import catalogue
from kit.catalogue import Entree, fold

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kit.models import KitPage, NaturePage, RessourcePage

PAR_PAGE = 40
# Beyond one page of cards, the kit shows the first ones of each nature and links to the rest.
PAR_NATURE = 8
# A longer list of choices is not read: the others are found by words.
CHOIX_PAR_FILTRE = 30
FILTRES = {"nature": "Nature", "organisme": "Producteur", "annee": "Année", "territoire": "Territoire"}
LONGUEUR_MAX = 120


@dataclass(frozen=True, slots=True)
class Choix:
    """An option of a filter; `nombre` counts what it would leave with the other filters as they are."""

    valeur: str
    libelle: str
    nombre: int
    choisi: bool


@dataclass(frozen=True, slots=True)
class Filtre:
    nom: str
    libelle: str
    choix: list[Choix]
    tronque: bool


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filters that the address asks for; what is not usable in an address is cut, never refused."""
    asked = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGUEUR_MAX] for name in (*FILTRES, "q")}
    return {name: value for name, value in asked.items() if value}


def _keeps(entry: Entree, name: str, value: str) -> bool:
    if name == "q":
        return all(word in entry.texte for word in fold(value).split())
    return any(slug == value for slug, _ in entry.valeurs[name])


def _kept(entries: list[Entree], asked: dict[str, str], without: str = "") -> list[Entree]:
    checks = [(name, value) for name, value in asked.items() if name != without]
    return [entry for entry in entries if all(_keeps(entry, name, value) for name, value in checks)]


def _filter(name: str, entries: list[Entree], asked: dict[str, str]) -> Filtre:
    counts: Counter[catalogue.Value] = Counter()
    for entry in _kept(entries, asked, without=name):
        counts.update(set(entry.valeurs[name]))
    chosen = asked.get(name, "")
    shown = dict(counts.most_common(CHOIX_PAR_FILTRE))
    for value, count in counts.items():
        if value[0] == chosen:
            shown[value] = count
    if chosen and not any(slug == chosen for slug, _ in shown):
        # Nothing has it: it still shows, so that it can be taken away.
        known = {slug: label for entry in entries for slug, label in entry.valeurs[name]}
        shown[(chosen, known.get(chosen, chosen))] = 0
    if name == "annee":
        ordered = sorted(shown, reverse=True)
    elif name == "nature":
        # In the order of the tree, which is the order of the entries.
        rank = {value: rank for rank, value in enumerate(dict.fromkeys(entry.valeurs[name][0] for entry in entries))}
        ordered = sorted(shown, key=lambda value: rank.get(value, len(rank)))
    else:
        ordered = sorted(shown, key=lambda value: fold(value[1]))
    choices = [Choix(slug, label, shown[(slug, label)], slug == chosen) for slug, label in ordered]
    return Filtre(name, FILTRES[name], choices, len(counts) > CHOIX_PAR_FILTRE)


def _query(asked: dict[str, str], without: str = "") -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if name != without})
    return query.urlencode()


def _actives(filtres: list[Filtre], asked: dict[str, str], address: str) -> list[dict]:
    """The filters in use, each with the address of the page without it."""
    labels = {filtre.nom: choix.libelle for filtre in filtres for choix in filtre.choix if choix.choisi}
    return [
        {
            "nom": FILTRES.get(name, "Mots"),
            "libelle": labels.get(name, value),
            "adresse": f"{address}?{rest}" if (rest := _query(asked, without=name)) else address,
        }
        for name, value in asked.items()
    ]


def kit_context(page: KitPage, request: HttpRequest) -> dict:
    """The four sections, or what the filters keep of them, page by page."""
    version = request_version(request)
    every = catalogue.entries(version)
    asked = _asked(request)
    filtres = [_filter(name, every, asked) for name in FILTRES]
    kept = _kept(every, asked)
    whole = not asked and len(every) > PAR_PAGE
    page_obj = None
    if asked:
        page_obj = Paginator(kept, PAR_PAGE).get_page(request.GET.get("page"))
        shown = list(page_obj.object_list)
    elif whole:
        shown = [entry for nature in catalogue.natures(version) for entry in _first(every, nature.slug)]
    else:
        shown = every
    cards = cards_for([entry.page_id for entry in shown], version)
    totals = Counter(entry.nature for entry in kept)
    sections = [
        {
            "nature": nature,
            "nombre": totals[nature.slug],
            "cartes": [
                cards[entry.page_id] for entry in shown if entry.nature == nature.slug and entry.page_id in cards
            ],
            "suite": whole and totals[nature.slug] > PAR_NATURE,
        }
        for nature in catalogue.natures(version)
    ]
    address = page.get_url(request) or ""
    return {
        "sections": [section for section in sections if section["cartes"] or not asked],
        "filtres": filtres,
        "actifs": _actives(filtres, asked, address),
        "q": asked.get("q", ""),
        "adresse": address,
        "nombre": len(kept),
        "nombre_en_tout": len(every),
        "page_obj": page_obj,
        "base_pagination": f"{query}&" if (query := _query(asked)) else "",
    }


def _first(entries: list[Entree], nature: str) -> list[Entree]:
    return [entry for entry in entries if entry.nature == nature][:PAR_NATURE]


def nature_context(page: NaturePage, request: HttpRequest) -> dict:
    """The resources of a nature, grouped by rubrique in the order of the rubriques, page by page."""
    version = request_version(request)
    rubriques = [(each.pk, each.slug, each.titre) for each in page.rubriques.all()]
    rank = {key: rank for rank, (key, *_) in enumerate(rubriques)}
    # Those without a rubrique come last.
    every = sorted(
        catalogue.of_nature(page.path, version) if page.path else [],
        key=lambda entry: (rank.get(entry.rubrique, len(rank)), entry.path),
    )
    totals = Counter(entry.rubrique if entry.rubrique in rank else None for entry in every)
    page_obj = Paginator(every, PAR_PAGE).get_page(request.GET.get("page"))
    cards = cards_for([entry.page_id for entry in page_obj.object_list], version)
    titles = {key: (slug, titre) for key, slug, titre in rubriques}
    groups = []
    for key, run in groupby(page_obj.object_list, key=lambda entry: entry.rubrique if entry.rubrique in rank else None):
        slug, titre = titles.get(key, ("sans-rubrique", ""))
        groups.append(
            {
                "slug": slug,
                "titre": titre,
                "nombre": totals[key],
                "cartes": [cards[entry.page_id] for entry in run if entry.page_id in cards],
            }
        )
    return {
        "groupes": groups,
        "nombre": len(every),
        "page_obj": page_obj,
        "base_pagination": "",
        "autres_natures": [nature for nature in catalogue.natures(version) if nature.page_id != page.pk],
    }


def ressource_context(page: RessourcePage, request: HttpRequest) -> dict:
    """The facts of a resource and what to read around it."""
    fiche = page.fiche(request)
    return {
        "fiche": fiche,
        "voisines": list(cards_for(fiche.voisines, request_version(request)).values()),
    }
