"""The list of the meetings, to come and past."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from core.models import BasePage
from core.version import request_version
from evenements.heures import date_en_mots


class RencontresIndexPage(BasePage):
    """Meetings to come, past ones, and those of which only a few facts are known."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list] = ["evenements.RencontrePage"]
    max_count = 1
    template = "evenements/rencontres_index_page.html"
    page_description = "La liste des rencontres, à venir et passées. Elle se remplit seule."

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        InlinePanel(
            "passees",
            heading="Rencontres passées qui n’ont pas de page",
            label="Rencontre",
            help_text="Celles dont on ne connaît que la date et le thème.",
        ),
    ]

    class Meta:
        verbose_name = "liste des rencontres"
        verbose_name_plural = "listes des rencontres"

    def get_context(self, request, *args, **kwargs) -> dict:
        from evenements import services

        context = super().get_context(request, *args, **kwargs)
        context["passees_sans_page"] = list(self.passees.all())
        return context | services.liste(request_version(request), request.GET.get("page"))


class RencontrePassee(models.Model):
    """A past meeting of which the site holds no more than this; the most recent first."""

    page = ParentalKey(RencontresIndexPage, on_delete=models.CASCADE, related_name="passees")
    numero = models.PositiveSmallIntegerField(
        "numéro", null=True, blank=True, validators=[MinValueValidator(1, "Un numéro commence à 1.")]
    )
    date = models.DateField("date")
    theme = models.CharField("thème", max_length=200)

    panels = [FieldRowPanel([FieldPanel("numero"), FieldPanel("date")]), FieldPanel("theme")]

    class Meta:
        ordering = ["-date"]
        verbose_name = "rencontre passée"
        verbose_name_plural = "rencontres passées"

    @property
    def ordinal(self) -> str:
        return "1re" if self.numero == 1 else f"{self.numero}e"

    @property
    def date_en_mots(self) -> str:
        return date_en_mots(self.date)
