"""« Suivi des parcours » in the admin: how many devices reach and read each step, as a chart and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.dates import MONTHS
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.version import request_version
from parcours import services
from parcours.entonnoir.comptes import Mois, mois_gardes, par_mois
from parcours.entonnoir.secret import SEUIL, Compte, ensemble, mois_clos, mois_en_cours
from parcours.models import EtapeDuJour

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcours.fil import Etape, Fil

TOUT = "tout"
# Of the chart, in units of its drawing.
LARGEUR, MARGE, HAUTEUR_D_ETAPE, BARRE = 720, 56, 40, 14
# Room to the right of the longest bar, for its figure.
CHIFFRES = 150


@dataclass(frozen=True, slots=True)
class LigneDEtape:
    """A step with its two counts, as they may be shown."""

    numero: int
    titre: str
    atteinte: Compte
    lue: Compte


@dataclass(frozen=True, slots=True)
class Barre:
    """A bar of the chart, with its words at its end."""

    y: int
    largeur: int
    texte: str
    classe: str

    @property
    def x_texte(self) -> int:
        return MARGE + self.largeur + 8

    @property
    def y_texte(self) -> int:
        return self.y + BARRE - 2


def montrer(months: dict[Mois, tuple[int, int]], rang: int, periode: Mois | None) -> Compte:
    """The count of rank `rang` (0 reached, 1 read) over a month, or over all of them, as it may be shown."""
    ce_mois, *clos = mois_gardes()

    def of(mois: Mois) -> int:
        return months.get(mois, (0, 0))[rang]

    if periode is None:
        return ensemble([of(mois) for mois in clos], of(ce_mois))
    return mois_en_cours(of(periode)) if periode == ce_mois else mois_clos(of(periode))


def lignes(fil: Fil, periode: Mois | None) -> list[LigneDEtape]:
    """The steps that readers see today, in their order."""
    if fil.page_id is None:
        return []
    months = par_mois(fil.page_id, (etape.uuid for etape in fil.etapes))
    return [_ligne(etape, months[etape.uuid], periode) for etape in fil.etapes]


def _ligne(etape: Etape, months: dict[Mois, tuple[int, int]], periode: Mois | None) -> LigneDEtape:
    return LigneDEtape(etape.numero, etape.titre, montrer(months, 0, periode), montrer(months, 1, periode))


def dessin(steps: Sequence[LigneDEtape]) -> dict:
    """The chart: two bars for each step; a hidden count has its words and no bar."""
    largest = max((count.plancher for step in steps for count in (step.atteinte, step.lue)), default=0)
    scale = (LARGEUR - MARGE - CHIFFRES) / max(largest, SEUIL)

    def bar(count: Compte, y: int, classe: str) -> Barre:
        return Barre(y, round(count.plancher * scale), str(count), classe)

    groups = [
        {
            "numero": step.numero,
            "y": rank * HAUTEUR_D_ETAPE + HAUTEUR_D_ETAPE // 2,
            "barres": [
                bar(step.atteinte, rank * HAUTEUR_D_ETAPE + 4, "atteinte"),
                bar(step.lue, rank * HAUTEUR_D_ETAPE + 4 + BARRE + 2, "lue"),
            ],
        }
        for rank, step in enumerate(steps)
    ]
    return {
        "largeur": LARGEUR,
        "marge": MARGE,
        "hauteur": len(steps) * HAUTEUR_D_ETAPE,
        "barre": BARRE,
        "etapes": groups,
    }


class SuiviView(ReportView):
    """One parcours, one period: a line per step."""

    model = EtapeDuJour
    any_permission_required = ["view"]
    index_url_name = "suivi_des_parcours"
    template_name = "parcours/admin/suivi.html"
    page_title = "Suivi des parcours"
    header_icon = "list-ol"
    is_searchable = False
    paginate_by = None
    list_export = ["numero", "titre", "atteinte", "lue"]
    export_headings = {"numero": "Étape", "titre": "Page", "atteinte": "Atteinte", "lue": "Lue"}
    columns = [
        Column("numero", label="Étape"),
        Column("titre", label="Page"),
        Column("atteinte", label="Atteinte"),
        Column("lue", label="Lue"),
    ]

    @property
    def fil(self) -> Fil | None:
        """The parcours asked, or else the first one; None when none is published."""
        version = request_version(self.request)
        asked = services.fil_de(self.request.GET.get("parcours", ""), version)
        slugs = services.slugs(version)
        return asked or (services.fil_de(slugs[0], version) if slugs else None)

    @property
    def periode(self) -> Mois | None:
        """The month asked; None for all of them."""
        asked = self.request.GET.get("mois", TOUT)
        return next((mois for mois in mois_gardes() if mois.cle == asked), None)

    def get_export_filename(self) -> str:
        return f"suivi-{self.fil.slug if self.fil else 'parcours'}-{self.periode.cle if self.periode else TOUT}"

    def get_filename(self) -> str:
        return self.get_export_filename()

    def get_filtered_queryset(self) -> list[LigneDEtape]:
        return lignes(self.fil, self.periode) if self.fil else []

    def get_context_data(self, *args, **kwargs) -> dict:
        context = super().get_context_data(*args, **kwargs)
        version = request_version(self.request)
        ce_mois = mois_gardes()[0]
        fils = [fil for slug in services.slugs(version) if (fil := services.fil_de(slug, version)) is not None]
        periode = self.periode
        context.update(
            fil=self.fil,
            parcours=[(fil.slug, fil.titre_court) for fil in fils],
            mois=[(mois.cle, en_mots(mois) + (" (en cours)" if mois == ce_mois else "")) for mois in mois_gardes()],
            periode=periode.cle if periode else TOUT,
            periode_en_mots=en_mots(periode) if periode else "13 derniers mois",
            dessin=dessin(self.object_list),
            adresse=reverse(self.index_url_name),
        )
        return context


def en_mots(mois: Mois) -> str:
    return f"{MONTHS[mois.mois]} {mois.annee}"
