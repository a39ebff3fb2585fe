"""Every public resource of the kit in the order of the tree, as small values kept for one version of the content.

Lists, counts, filters and neighbours are all drawn from it: they cost no query, with ten resources or ten thousand.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from django.apps import apps

from core.version import cached
from kit.dates import years_of

if TYPE_CHECKING:
    from wagtail.models import Page

# (slug, label) of a value that resources are filtered by.
Value = tuple[str, str]
NEIGHBOURS = 3


class Entree(NamedTuple):
    """One resource; `texte` is what a filter by words reads, without accents nor capitals."""

    page_id: int
    path: str
    nature: str
    rubrique: int | None
    valeurs: dict[str, tuple[Value, ...]]
    texte: str


class Nature(NamedTuple):
    """A nature of the kit and its rubriques (key, slug, title) in order."""

    page_id: int
    path: str
    slug: str
    titre: str
    chapo: str
    url: str
    rubriques: tuple[tuple[int, str, str], ...]


def fold(text: str) -> str:
    """`text` without accents, ligatures of compatibility nor capitals: « Évaluer » and « evaluer » are the same."""
    apart = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def natures(version: int) -> list[Nature]:
    """The public natures in the order of the tree."""

    def compute() -> list[Nature]:
        pages = apps.get_model("kit", "NaturePage").objects.live().public().order_by("path")
        return [
            Nature(
                page.pk,
                page.path,
                page.slug,
                page.title,
                page.chapo,
                page.get_url() or "",
                tuple((each.pk, each.slug, each.titre) for each in page.rubriques.all()),
            )
            for page in pages.prefetch_related("rubriques")
        ]

    return cached(version, "kit:natures", compute)


def entries(version: int) -> list[Entree]:
    """All the public resources."""
    return cached(version, "kit:catalogue", lambda: _read(version))


def of_nature(path: str, version: int) -> list[Entree]:
    """The public resources below the nature at `path`."""
    return [entry for entry in entries(version) if entry.path.startswith(path)]


def neighbours(page: Page, version: int) -> tuple[int, ...]:
    """Keys of the resources to read around `page`: those that follow in its rubrique, then those before."""
    every = of_nature(page.path[: -page.steplen], version) if page.path else []
    group = [entry.page_id for entry in every if entry.rubrique == page.rubrique_id]
    if page.pk not in group or len(group) == 1:
        group = [entry.page_id for entry in every]
    if page.pk not in group:
        return tuple(group[:NEIGHBOURS])
    rank = group.index(page.pk)
    return tuple((group[rank + 1 :] + group[:rank])[:NEIGHBOURS])


def _read(version: int) -> list[Entree]:
    pages = (
        apps.get_model("kit", "RessourcePage").objects.live().public().order_by("path")
        .values_list("pk", "path", "title", "resume", "date", "forme", "rubrique_id")
    )  # fmt: skip
    by_path = {nature.path: nature for nature in natures(version)}
    organisations = _related("ProducteurDeRessource", "page_id", "organisme__slug", "organisme__nom")
    places = _related("RessourcePage_territoires", "ressourcepage_id", "territoire__slug", "territoire__nom")
    keywords = _related("MotCleDeRessource", "content_object_id", "tag__slug", "tag__name")
    found = []
    for pk, path, title, resume, date, forme, rubrique_id in pages:
        nature = by_path.get(path[:-4])
        if nature is None:
            continue
        values = {
            "nature": ((nature.slug, nature.titre),),
            "organisme": organisations[pk],
            "annee": tuple((str(year), str(year)) for year in years_of(date)),
            "territoire": places[pk],
        }
        words = [title, resume, forme, *(label for _, label in organisations[pk] + places[pk] + keywords[pk])]
        rubrique = rubrique_id if rubrique_id in {key for key, *_ in nature.rubriques} else None
        found.append(Entree(pk, path, nature.slug, rubrique, values, fold(" ".join(words))))
    return found


def _related(model: str, page: str, slug: str, label: str) -> defaultdict[int, tuple[Value, ...]]:
    """(slug, label) of what is related to each resource, in order."""
    related: defaultdict[int, tuple[Value, ...]] = defaultdict(tuple)
    rows = apps.get_model("kit", model).objects.order_by("pk")
    if model == "ProducteurDeRessource":
        rows = rows.order_by("sort_order", "pk")
    for pk, value, name in rows.values_list(page, slug, label):
        related[pk] += ((value, name),)
    return related
