"""The resources that name an organisation, a territory, a rubrique or a nature: search follows these through them."""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db.models import Q

from core.models import Organisme, Territoire
from core.registry import registry
from kit.models import NaturePage, RessourcePage, Rubrique


def _resources(condition: Q) -> set[int]:
    return set(RessourcePage.objects.filter(condition).values_list("pk", flat=True))


def of_organisations(keys: Collection[int]) -> set[int]:
    return _resources(Q(producteurs__organisme_id__in=keys))


def of_territories(keys: Collection[int]) -> set[int]:
    return _resources(Q(territoires__in=keys))


def of_rubriques(keys: Collection[int]) -> set[int]:
    return _resources(Q(rubrique_id__in=keys))


def of_natures(keys: Collection[int]) -> set[int]:
    paths = NaturePage.objects.filter(pk__in=keys).values_list("path", flat=True)
    below = [Q(path__startswith=path) for path in paths]
    return _resources(reduce(or_, below)) if below else set()


def register() -> None:
    """Called once, by `KitConfig.ready`."""
    registry.add_citation(Organisme, of_organisations)
    registry.add_citation(Territoire, of_territories)
    registry.add_citation(Rubrique, of_rubriques)
    registry.add_citation(NaturePage, of_natures)
