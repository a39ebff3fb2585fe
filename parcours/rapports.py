"""« Étapes à revoir » in the admin: the warnings of every parcours on one page."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from parcours.avertissements import Avertissement, avertissements
from parcours.models import ParcoursPage


@dataclass(frozen=True, slots=True)
class ARevoir:
    """A warning of a parcours, as a line of the report."""

    parcours: str
    etape: str
    sorte: str
    url: str


def _ligne(parcours: ParcoursPage, avertissement: Avertissement) -> ARevoir:
    form = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    titre = f" : {avertissement.titre}" if avertissement.titre else ""
    return ARevoir(
        parcours=parcours.titre_court,
        etape=f"Étape {avertissement.rang}{titre}",
        sorte=avertissement.sorte,
        url=avertissement.url or f"{form}{avertissement.ancre}",
    )


class EtapesARevoirView(ReportView):
    """The steps of the parcours that this person may edit, as they were last saved, with what each one lacks."""

    model = ParcoursPage
    permission_policy = PagePermissionPolicy(ParcoursPage)
    any_permission_required = ["add", "change", "publish"]
    index_url_name = "etapes_a_revoir"
    page_title = "Étapes à revoir"
    header_icon = "warning"
    is_searchable = False
    paginate_by = None
    export_filename = "etapes-a-revoir"
    list_export = ["parcours", "etape", "sorte"]
    export_headings = {"parcours": "Parcours", "etape": "Étape", "sorte": "À revoir"}
    columns = [
        TitleColumn("etape", label="Étape", get_url=lambda ligne: ligne.url),
        Column("parcours", label="Parcours"),
        Column("sorte", label="À revoir"),
    ]

    def get_filtered_queryset(self) -> list[ARevoir]:
        mine = self.permission_policy.instances_user_has_permission_for(self.request.user, "change")
        pages = ParcoursPage.objects.filter(pk__in=mine.values("pk")).order_by("path")
        return [
            _ligne(parcours, avertissement)
            for page in pages
            for parcours in [page.get_latest_revision_as_object()]
            for avertissement in avertissements(parcours)
        ]
