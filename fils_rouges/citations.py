"""The cases that name an organisation or a territory: search follows these through them."""

from collections.abc import Collection

from core.models import Organisme, Territoire
from core.registry import registry
from fils_rouges.models import FilRougePage


def of_organisations(keys: Collection[int]) -> set[int]:
    return set(FilRougePage.objects.filter(porteur_id__in=keys).values_list("pk", flat=True))


def of_territories(keys: Collection[int]) -> set[int]:
    return set(FilRougePage.objects.filter(territoires__in=keys).values_list("pk", flat=True))


def register() -> None:
    """Called once, by `FilsRougesConfig.ready`."""
    registry.add_citation(Organisme, of_organisations)
    registry.add_citation(Territoire, of_territories)
