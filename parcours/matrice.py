"""The whole kit on one page: its resources, by nature, and the step that each one is in each parcours."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Page

from core.cards import cards_for
from core.version import cached, request_version
from parcours import services
from parcours.fil import Fil, Groupe
from parcours.models.parcours import TYPES_D_ETAPE

# Rows on a page: the kit fits on one, a kit ten times larger still makes readable pages.
RESSOURCES_PAR_PAGE = 60
# Columns: more would not be read on any screen.
PARCOURS_MONTRES = 6


def _resources():
    """The public resources of the kit in the order of the tree: by nature, then by rubrique."""
    resources = Page.objects.live().public().filter(content_type__app_label="kit")
    model_name = TYPES_D_ETAPE[0].partition(".")[2].lower()
    return resources.filter(content_type__model=model_name).order_by("path")


def _resource_ids(version: int) -> list[int]:
    return cached(version, "matrice:ressources", lambda: list(_resources().values_list("pk", flat=True)))


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


def _natures(version: int) -> list[dict]:
    """The pages that hold the kit's resources, in the order of the tree, with how many each one holds."""

    def compute() -> list[dict]:
        counts = Counter(path[: -Page.steplen] for path in _resources().values_list("path", flat=True))
        natures = Page.objects.filter(path__in=list(counts)).order_by("path")
        return [{"nature": page.slug, "titre": page.title, "nombre": counts[page.path]} for page in natures]

    return cached(version, "matrice:natures", compute)


def _apercu(fils: list, version: int) -> list[dict]:
    """Rows of the small table: a nature, and for each parcours the runs of steps of that nature."""
    natures = _natures(version)
    known = {nature["nature"] for nature in natures}
    # Steps that are no resource (episodes, interviews) have their own rows, after the kit's.
    others = {
        (groupe.nature, groupe.titre): {"nature": groupe.nature, "titre": groupe.titre, "nombre": 0}
        for fil in fils
        for groupe in fil.groupes
        if groupe.nature not in known
    }
    return [
        row | {"cases": [{"fil": fil, "groupes": _runs(fil, row)} for fil in fils]}
        for row in [*natures, *others.values()]
    ]


def _runs(fil: Fil, row: dict) -> list[Groupe]:
    same = "nature" if row["nombre"] else "titre"
    return [groupe for groupe in fil.groupes if getattr(groupe, same) == row[same]]


def matrice(request: HttpRequest) -> HttpResponse:
    """The matrix, natures × parcours."""
    version = request_version(request)
    every = services.slugs(version)
    fils = [fil for slug in every[:PARCOURS_MONTRES] if (fil := services.fil_de(slug, version)) is not None]
    page_obj = Paginator(_resource_ids(version), RESSOURCES_PAR_PAGE).get_page(request.GET.get("page"))
    context = {
        "fils": fils,
        "apercu": _apercu(fils, version),
        "groupes": _groups(list(page_obj.object_list), fils, version),
        "page_obj": page_obj,
        "nombre": page_obj.paginator.count,
        "parcours_en_plus": len(every) > PARCOURS_MONTRES,
    }
    return render(request, "parcours/matrice.html", context)
