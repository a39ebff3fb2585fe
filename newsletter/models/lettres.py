"""The archive of the issues."""

import datetime

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import CorpsBlock
from core.cards import cards_for
from core.context import absolute_base
from core.models import BasePage
from core.protocols import Carte
from core.version import cached, request_version

PAR_PAGE = 40


def in_words(day: datetime.date) -> str:
    """« 1er mars 2026 »."""
    text = date_format(day, "j F Y")
    return f"1er{text[1:]}" if day.day == 1 else text


def today() -> datetime.date:
    return timezone.localdate()


class LettresIndexPage(BasePage):
    """The archive: every issue, the latest first."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.LettrePage"]
    max_count = 1
    template = "newsletter/lettres_index_page.html"
    page_description = "Les lettres déjà parues, la plus récente en premier."

    class Meta:
        verbose_name = "archive des lettres"
        verbose_name_plural = "archives des lettres"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        version = request_version(request)
        keys = cached(version, f"lettres:{self.pk}", self._issues)
        page_obj = Paginator(keys, PAR_PAGE).get_page(request.GET.get("page"))
        context["page_obj"] = page_obj
        context["cartes"] = list(cards_for(list(page_obj), version).values())
        return context

    def _issues(self) -> list[int]:
        issues = LettrePage.objects.child_of(self).live().public().order_by("-date", "-pk")
        return list(issues.values_list("pk", flat=True))


class LettrePage(BasePage):
    """One issue of the letter."""

    genre, genre_label = "lettre", "Lettre"
    parent_page_types = ["newsletter.LettresIndexPage"]
    subpage_types = []
    template = "newsletter/lettre_page.html"
    page_description = "Un numéro de la lettre d’information, à lire en ligne."

    date = models.DateField("date de parution", default=today)
    corps = StreamField(CorpsBlock(), verbose_name="contenu", blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("corps"), index.FilterField("date")]
    api_fields = [APIField("chapo"), APIField("date"), APIField("corps")]
    content_panels = [*BasePage.content_panels, FieldPanel("date"), FieldPanel("corps")]

    class Meta:
        verbose_name = "lettre"
        verbose_name_plural = "lettres"

    @property
    def date_en_mots(self) -> str:
        return in_words(self.date)

    def facettes(self) -> dict[str, list[str]]:
        return {"annee": [f"{self.date.year}|{self.date.year}"]}

    def date_propre(self) -> datetime.date:
        return self.date

    def carte(self) -> Carte:
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.chapo,
            details=(in_words(self.date),),
        )

    def schema_org(self, request) -> list[dict]:
        return [
            {
                "@type": "Article",
                "headline": self.title,
                "description": self.meta_description,
                "datePublished": self.date.isoformat(),
                "inLanguage": "fr",
                "url": absolute_base(request) + (self.get_url(request) or ""),
            }
        ]
