"""The map of the site: the tree of public pages, cut where a section is too long to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wagtail.models import Page

from core.version import cached

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beyond, a section shows its first pages and says how many others it holds.
PAR_SECTION = 20
# Beyond, deeper pages are counted and no longer listed: the map must stay a map.
EN_TOUT = 220


@dataclass(slots=True)
class Noeud:
    """A page of the map; `reste` counts its children that are not listed."""

    titre: str
    url: str
    enfants: list[Noeud] = field(default_factory=list)
    reste: int = 0


def arbre(version: int) -> list[Noeud]:
    """The sections of the site, each with the pages below it."""
    return cached(version, "home:plan", _build)


def _build() -> list[Noeud]:
    from home.models import HomePage

    home = HomePage.objects.first()
    if home is None:
        return []
    pages = home.get_descendants().live().public().order_by("depth", "path")
    return _nest(pages.only("title", "url_path", "path", "depth").iterator(), home.path)


def _nest(pages: Iterable[Page], root_path: str) -> list[Noeud]:
    """Hang each page below its nearest listed ancestor, level by level, the first ones first."""
    root = Noeud("", "")
    by_path: dict[str, Noeud] = {root_path: root}
    cut: set[str] = set()
    listed = 0
    for page in pages:
        parent_path = page.path[: -Page.steplen]
        below_a_cut = parent_path in cut
        while parent_path not in by_path:
            # Its parent is a draft, or is not listed.
            parent_path = parent_path[: -Page.steplen]
            below_a_cut = below_a_cut or parent_path in cut
        parent = by_path[parent_path]
        full = parent is not root and (len(parent.enfants) >= PAR_SECTION or listed >= EN_TOUT)
        if full or below_a_cut:
            parent.reste += 1
            cut.add(page.path)
            continue
        node = Noeud(page.title, page.get_url() or "")
        parent.enfants.append(node)
        by_path[page.path] = node
        listed += 1
    return root.enfants
