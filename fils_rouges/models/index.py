"""The list of the case studies, with its filters and its map."""

from __future__ import annotations

from typing import ClassVar

from core.models import BasePage
from core.version import request_version


class FilsRougesIndexPage(BasePage):
    """All the case studies: filtered by the address alone, and placed on a map of the regions."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list] = ["fils_rouges.FilRougePage"]
    max_count = 1
    template = "fils_rouges/fils_rouges_index_page.html"
    page_description = "La liste des études de cas, avec une carte et des filtres. Elle se remplit seule."

    class Meta:
        verbose_name = "liste des fils rouges"
        verbose_name_plural = "listes des fils rouges"

    def get_context(self, request, *args, **kwargs) -> dict:
        from fils_rouges import comparaison, filtres, services
        from fils_rouges.carte_de_france import svg_regions

        context = super().get_context(request, *args, **kwargs)
        version = request_version(request)
        lieux = services.lieux(version)
        context["lieux"] = lieux
        context["carte_de_france"] = svg_regions(lieux) if lieux else ""
        cases = services.fils_rouges_en_bref(version)
        context["cas_a_comparer"] = cases
        context["demandes"] = comparaison.demandes(version, {}) if len(cases) > 1 else []
        return context | filtres.liste(version, request.GET, self.get_url(request) or "")

    def schema_org(self, request) -> list[dict]:
        return [
            {
                "@type": "CollectionPage",
                "name": self.title,
                "description": self.meta_description,
                "url": self.get_full_url(request),
                "inLanguage": "fr",
            }
        ]
