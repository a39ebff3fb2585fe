"""What readers look for: searches without result first, then the commonest, then the ranks opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from core.version import request_version
from search.journal import JOURS_GARDES
from search.models import ClicDuJour, RechercheDuJour
from search.query import chercher

PERIODES = {"7": "7 jours", "30": "30 jours", "90": "90 jours", str(JOURS_GARDES): "13 mois"}
PERIODE = "30"
# Ranks shown one by one; the others are counted together.
RANGS_MONTRES = 20


def texte_de_tableur(texte: str) -> str:
    """A search may begin with a sign that a spreadsheet takes for a formula: an apostrophe keeps it a text."""
    return f"'{texte}" if texte[:1] in "=+-@" else texte


class RapportMixin:
    """The period, the figures above the table and the links from one view to the other."""

    template_name = "search/admin/rapport.html"
    page_title = "Ce que l’on cherche"
    header_icon = "search"
    model = RechercheDuJour
    any_permission_required = ["view"]
    is_searchable = False
    vue = ""

    @property
    def periode(self) -> str:
        choisie = self.request.GET.get("periode", PERIODE)
        return choisie if choisie in PERIODES else PERIODE

    @property
    def debut(self) -> date:
        """The first day counted."""
        return timezone.localdate() - timedelta(days=int(self.periode) - 1)

    def get_base_queryset(self) -> QuerySet[RechercheDuJour]:
        return RechercheDuJour.objects.filter(jour__gte=self.debut)

    def get_context_data(self, *args, **kwargs) -> dict:
        context = super().get_context_data(*args, **kwargs)
        bilan = RechercheDuJour.objects.filter(jour__gte=self.debut).aggregate(
            total=Sum("nombre", default=0), vaines=Sum("sans_resultat", default=0)
        )
        ouverts = ClicDuJour.objects.filter(recherche__jour__gte=self.debut).aggregate(total=Sum("nombre", default=0))
        adresses = {"vaines": "rapport_recherches", "frequentes": "rapport_recherches", "clics": "rapport_clics"}
        noms = {"vaines": "Sans résultat", "frequentes": "Les plus fréquentes", "clics": "Clics par rang"}
        context.update(
            bilan=bilan | {"ouverts": ouverts["total"]},
            vue=self.vue,
            vues=[
                (nom, noms[nom], f"{reverse(url)}?{urlencode({'vue': nom, 'periode': self.periode})}")
                for nom, url in adresses.items()
            ],
            periodes=[(cle, nom, f"?{urlencode({'vue': self.vue, 'periode': cle})}") for cle, nom in PERIODES.items()],
            periode=self.periode,
            periode_en_mots=PERIODES[self.periode],
        )
        return context


class ActionsColumn(BaseColumn):
    """What an editor may do about a search."""

    cell_template_name = "search/admin/actions.html"

    def get_cell_context_data(self, instance, parent_context) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        utilisateur, texte = context["request"].user, instance["texte"]
        actions = [("Essayer", reverse("recherche"), "q", True)]
        if utilisateur.has_perm("search.add_miseenavant"):
            mettre = reverse("wagtailsnippets_search_miseenavant:add")
            actions.insert(0, ("Mettre en avant une page", mettre, "expressions", False))
        if utilisateur.has_perm("search.add_synonyme"):
            actions.insert(0, ("Créer un synonyme", reverse("wagtailsnippets_search_synonyme:add"), "cherche", False))
        context["actions"] = [
            {"nom": nom, "url": f"{url}?{urlencode({champ: texte})}", "dehors": dehors}
            for nom, url, champ, dehors in actions
        ]
        context["texte"] = texte
        return context


class RecherchesView(RapportMixin, ReportView):
    """Each search with how many times it was made, found nothing, and led somewhere."""

    index_url_name = "rapport_recherches"
    # Each line of a page is searched again, to say what it finds today.
    paginate_by = 25
    export_filename = "recherches"
    list_export = ["texte", "fois", "vaines", "ouverts"]
    export_headings = {
        "texte": "Recherche", "fois": "Nombre", "vaines": "Sans résultat", "ouverts": "Résultats ouverts",
    }  # fmt: skip
    custom_field_preprocess = {"texte": {"csv": texte_de_tableur, "xlsx": texte_de_tableur}}

    @property
    def vue(self) -> str:
        return "frequentes" if self.request.GET.get("vue") == "frequentes" else "vaines"

    @property
    def columns(self) -> list[BaseColumn]:
        recherche, actions = Column("texte", label="Recherche"), ActionsColumn("actions", label="Que faire")
        if self.vue == "frequentes":
            return [
                recherche, NumberColumn("fois", label="Nombre"), NumberColumn("vaines", label="Sans résultat"),
                NumberColumn("ouverts", label="Résultats ouverts"), actions,
            ]  # fmt: skip
        return [recherche, NumberColumn("vaines", label="Nombre"), Column("maintenant", label="Aujourd’hui"), actions]

    def get_queryset(self) -> QuerySet:
        ouverts = ClicDuJour.objects.filter(recherche__cle=OuterRef("cle"), recherche__jour__gte=self.debut)
        lignes = (
            self.get_base_queryset()
            .values("cle")
            .annotate(
                texte=Max("texte"),
                fois=Sum("nombre"),
                vaines=Sum("sans_resultat"),
                ouverts=Subquery(ouverts.values("recherche__cle").annotate(total=Sum("nombre")).values("total")),
            )
        )
        if self.vue == "frequentes":
            return lignes.order_by("-fois", "cle")
        return lignes.filter(vaines__gt=0).order_by("-vaines", "cle")

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()

    def get_table(self, object_list):
        lignes = [ligne | {"ouverts": ligne["ouverts"] or 0} for ligne in object_list]
        if self.vue == "vaines":
            version = request_version(self.request)
            for ligne in lignes:
                total = chercher(ligne["texte"], version=version).total
                ligne["maintenant"] = f"trouve : {total}" if total else "ne trouve rien"
        return super().get_table(lignes)


@dataclass(frozen=True, slots=True)
class LigneDeRang:
    """A rank of the list of results, with how many times it was opened."""

    rang: str
    ouverts: int
    taux: float

    @property
    def pour_cent(self) -> str:
        return f"{self.taux:.1%}".replace(".", ",").replace("%", " %")

    @property
    def largeur(self) -> str:
        """Of the bar, out of 100, as SVG writes it."""
        return f"{min(self.taux, 1) * 100:.1f}"


class TauxColumn(Column):
    """A rate as a bar beside its figure."""

    cell_template_name = "search/admin/taux.html"


class ClicsView(RapportMixin, ReportView):
    """How often the result at each rank is opened, of the searches that found something."""

    vue = "clics"
    index_url_name = "rapport_clics"
    export_filename = "clics-par-rang"
    list_export = ["rang", "ouverts", "pour_cent"]
    export_headings = {"rang": "Rang", "ouverts": "Ouvert", "pour_cent": "Part des recherches"}
    columns = [
        Column("rang", label="Rang du résultat"),
        NumberColumn("ouverts", label="Ouvert"),
        TauxColumn("taux", label="Part des recherches avec résultat", accessor="pour_cent"),
    ]
    paginate_by = None

    def get_filtered_queryset(self) -> list[LigneDeRang]:
        totaux = self.get_base_queryset().aggregate(n=Sum(F("nombre") - F("sans_resultat"), default=0))
        ouverts = (
            ClicDuJour.objects.filter(recherche__jour__gte=self.debut).values_list("rang").annotate(n=Sum("nombre"))
        )
        par_rang = dict(ouverts.order_by("rang"))
        if not par_rang:
            return []
        comptes = [(str(rang), par_rang.get(rang, 0)) for rang in range(1, min(max(par_rang), RANGS_MONTRES) + 1)]
        au_dela = sum(nombre for rang, nombre in par_rang.items() if rang > RANGS_MONTRES)
        if au_dela:
            comptes.append((f"au-delà de {RANGS_MONTRES}", au_dela))
        return [LigneDeRang(rang, nombre, nombre / max(totaux["n"], 1)) for rang, nombre in comptes]
