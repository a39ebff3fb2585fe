"""The whole kit on one page: its resources, by nature, and the step that each one is in each parcours."""

from __future__ import annotations

from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from core.cards import cards_for
from core.version import cached, request_version
from parcours import services
from parcours.models.parcours import TYPES_D_ETAPE

# Rows on a page: the kit fits on one, a kit ten times larger still makes readable pages.
RESSOURCES_PAR_PAGE = 60
# Columns: more would not be read on any screen.
PARCOURS_MONTRES = 6


def _resource_ids(version: int) -> list[int]:
    """The public resources of the kit in the order of the tree: by nature, then by rubrique."""

    def compute() -> list[int]:
        resources = Page.objects.live().public().filter(content_type__app_label="kit")
        model_name = TYPES_D_ETAPE[0].partition(".")[2].lower()
        return list(resources.filter(content_type__model=model_name).order_by("path").values_list("pk", flat=True))

    return cached(version, "matrice:ressources", compute)


def _groups(page_ids: list[int], fils: list, version: int) -> list[dict]:
    """Rows of the table by nature: the card of a resource, and one cell per parcours, empty or a step."""
    steps = [{etape.page_id: etape for etape in fil.etapes} for fil in fils]
    rows = [
        {
            "carte": carte,
            "cases": [
                {"numero": step.numero, "lien": fil.lien(step), "parcours": fil.titre_court} if step else None
                for fil, of_fil in zip(fils, steps, strict=True)
                for step in (of_fil.get(page_id),)
            ],
        }
        for page_id, carte in cards_for(page_ids, version).items()
    ]
    runs = groupby(rows, key=lambda row: (row["carte"].nature, row["carte"].nature_titre or row["carte"].genre))
    return [{"nature": nature, "titre": titre, "lignes": list(lines)} for (nature, titre), lines in runs]


def matrice(request: HttpRequest) -> HttpResponse:
    """The matrix, natures × parcours."""
    version = request_version(request)
    every = services.slugs(version)
    fils = [fil for slug in every[:PARCOURS_MONTRES] if (fil := services.fil_de(slug, version)) is not None]
    page_obj = Paginator(_resource_ids(version), RESSOURCES_PAR_PAGE).get_page(request.GET.get("page"))
    context = {
        "fils": fils,
        "groupes": _groups(list(page_obj.object_list), fils, version),
        "page_obj": page_obj,
        "nombre": page_obj.paginator.count,
        "parcours_en_plus": len(every) > PARCOURS_MONTRES,
    }
    return render(request, "parcours/matrice.html", context)
