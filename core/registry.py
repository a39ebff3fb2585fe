"""The registry through which a room shows or tells something inside another, filled in `AppConfig.ready()`.

A provider receives what it needs and knows nothing of who asks: `kit` renders the thread of a parcours without
knowing that parcours exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from core.protocols import Encart, Lien

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from wagtail.models import Page

EncartProvider = Callable[["Page", "HttpRequest"], Encart | None]
FacetProvider = Callable[[Collection[int]], dict[int, list[str]]]
LiensProvider = Callable[[Collection[int], int], dict[int, list[Lien]]]
BlocProvider = Callable[["HttpRequest"], Encart | None]
CitationProvider = Callable[[Collection[int]], Collection[int]]

# Slots of insets: above the title (placed by the base template), beside the text, right after it, at its very end.
EMPLACEMENTS = ("avant", "cote", "apres", "fin")


class Registry:
    """Providers by slot, facet or name; each provider is registered once per process."""

    def __init__(self) -> None:
        self._encarts: dict[str, list[EncartProvider]] = defaultdict(list)
        self._facettes: dict[str, list[FacetProvider]] = defaultdict(list)
        self._liens: dict[str, LiensProvider] = {}
        self._blocs: dict[str, BlocProvider] = {}
        self._citations: dict[type[Model], list[CitationProvider]] = defaultdict(list)

    def add_encart(self, emplacement: str, provider: EncartProvider) -> None:
        """Show `provider(page, request)` in a slot of every page; None shows nothing."""
        if emplacement not in EMPLACEMENTS:
            raise ValueError(f"unknown slot {emplacement!r}: expected one of {EMPLACEMENTS}")
        self._encarts[emplacement].append(provider)

    def encarts(self, page: Page, request: HttpRequest) -> dict[str, list[Encart]]:
        """The insets of a page by slot, ordered."""
        found = {
            slot: [e for provider in self._encarts[slot] if (e := provider(page, request)) is not None]
            for slot in EMPLACEMENTS
        }
        return {slot: sorted(insets, key=lambda inset: inset.ordre) for slot, insets in found.items()}

    def add_facette(self, nom: str, provider: FacetProvider) -> None:
        """Tell, for many pages at once, the values of facet `nom` that the page itself does not know."""
        self._facettes[nom].append(provider)

    def facettes(self, page_ids: Collection[int]) -> dict[str, dict[int, list[str]]]:
        """For each facet that rooms tell about others' pages: values by page."""
        result: dict[str, dict[int, list[str]]] = {}
        for nom, providers in self._facettes.items():
            merged: dict[int, list[str]] = defaultdict(list)
            for provider in providers:
                for page_id, values in provider(page_ids).items():
                    merged[page_id].extend(values)
            result[nom] = dict(merged)
        return result

    def add_liens(self, nom: str, provider: LiensProvider) -> None:
        """Tell, for many pages at once, where another room speaks of them; no query once the content is known."""
        self._liens[nom] = provider

    def liens(self, nom: str, page_ids: Collection[int], version: int) -> dict[int, list[Lien]]:
        """The links named `nom` by page, for this version of the content; none when no room gives any."""
        provider = self._liens.get(nom)
        return provider(page_ids, version) if provider else {}

    def add_citation(self, modele: type[Model], provider: CitationProvider) -> None:
        """Tell, for keys of `modele` (`Page`, or a vocabulary), which pages name them in their passages or facets.

        A page that names another must tell it here: what hides or renames the other is then told of it too.
        """
        self._citations[modele].append(provider)

    def est_cite(self, modele: type[Model]) -> bool:
        """Whether pages may name things of `modele`."""
        return modele in self._citations

    def citantes(self, modele: type[Model], cles: Collection[int]) -> set[int]:
        """Keys of the pages that name these things: one query per provider, or two."""
        return {page_id for provider in self._citations.get(modele, ()) for page_id in provider(cles)}

    def add_bloc(self, nom: str, provider: BlocProvider) -> None:
        """Offer an inset that any page may place by name (the subscription form)."""
        self._blocs[nom] = provider

    def bloc(self, nom: str, request: HttpRequest) -> Encart | None:
        """The named inset, or None when no room offers it."""
        provider = self._blocs.get(nom)
        return provider(request) if provider else None


registry = Registry()
