"""What the home page shows of the rooms, asked only for the sections that it has."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from core.cards import cards_for
from core.version import cached
from evenements.services import rencontre_a_la_une
from fils_rouges.carte_de_france import svg_regions
from fils_rouges.services import fils_rouges_en_bref, lieux
from kit.models import NaturePage, RessourcePage
from mooc.services import episodes_en_bref
from parcours.services import cartes_parcours, orientation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

NOUVEAUTES = 3


class NatureEnBref(NamedTuple):
    """A nature of the kit, and how many public resources it holds."""

    slug: str
    titre: str
    role: str
    url: str
    nombre: int


def natures(version: int) -> list[NatureEnBref]:
    """The public natures, in the order of the tree."""

    def compute() -> list[NatureEnBref]:
        paths = RessourcePage.objects.live().public().values_list("path", flat=True)
        counts = Counter(path[: -RessourcePage.steplen] for path in paths)
        pages = NaturePage.objects.live().public().order_by("path")
        return [
            NatureEnBref(page.slug, page.title, page.chapo, page.get_url() or "", counts[page.path]) for page in pages
        ]

    return cached(version, "accueil:natures", compute)


def nouveautes(version: int) -> list:
    """The cards of the resources last put on the site."""

    def compute() -> list[int]:
        pages = RessourcePage.objects.live().public().order_by("-first_published_at", "-pk")
        return list(pages.values_list("pk", flat=True)[:NOUVEAUTES])

    return list(cards_for(cached(version, "accueil:nouveautes", compute), version).values())


def territoires(version: int) -> dict[str, Any]:
    """The map, its links, and the cases in brief."""
    places = lieux(version)
    return {
        "carte": cached(version, "accueil:carte", lambda: svg_regions(places)) if places else "",
        "cas": fils_rouges_en_bref(version),
    }


SECTIONS: dict[str, Callable[[int], Any]] = {
    "parcours": cartes_parcours,
    "orientation": orientation,
    "kit": natures,
    "mooc": episodes_en_bref,
    "territoires": territoires,
    "nouveautes": nouveautes,
    "rencontre": rencontre_a_la_une,
}


def composer(version: int, kinds: Collection[str]) -> dict[str, Any]:
    """What each kind of section shows; nothing for the kinds that the page does not have."""
    # The three questions lead to the parcours: they are shown with them.
    shown = {*kinds, "orientation"} if "parcours" in kinds else set(kinds)
    return {kind: compute(version) if kind in shown else None for kind, compute in SECTIONS.items()}
