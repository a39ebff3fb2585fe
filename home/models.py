"""The home page and the standard pages of the site."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import CorpsBlock
from core.models import BasePage
from core.models.page import route_from


class HomePage(BasePage):
    """The home page: it composes what the rooms offer."""

    genre, genre_label = "accueil", "Accueil"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "kit.KitPage",
        "parcours.ParcoursIndexPage",
        "mooc.MoocPage",
        "fils_rouges.FilsRougesIndexPage",
        "evenements.RencontresIndexPage",
        "newsletter.NewsletterIndexPage",
        "newsletter.LettresIndexPage",
        "kit.DocumentsDuSitePage",
        "parcours.LeviersPage",
        "home.StandardPage",
        "home.GlossairePage",
        "home.PlanDuSitePage",
    ]
    template = "home/home_page.html"
    page_description = "La page d’accueil du site."

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def route(self, request, path_components):
        if path_components:
            return route_from(self, request, path_components)
        return super().route(request, path_components)


class StandardPage(BasePage):
    """An editorial page: a title, a lead and a body of blocks."""

    genre, genre_label = "page", "Page"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = "Une page de texte : repères, démarche, réseau, mentions légales…"

    corps = StreamField(CorpsBlock(), verbose_name="contenu", blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("corps")]
    content_panels = [*BasePage.content_panels, FieldPanel("corps")]

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"


class GlossairePage(BasePage):
    """All the terms, each with its own anchor."""

    genre, genre_label = "glossaire", "Glossaire"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "home/glossaire_page.html"


class PlanDuSitePage(BasePage):
    """The whole tree of public pages."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "home/plan_du_site_page.html"


class ContenuCharge(models.Model):
    """The mark that the loading of the initial content leaves on each thing loaded (see `home.chargement`)."""

    hors_version = True

    cle = models.CharField("clé", max_length=500, unique=True)
    source = models.CharField("empreinte de la source", max_length=40)
    etat = models.CharField("empreinte de l’état laissé", max_length=40, blank=True)
    page_id = models.PositiveBigIntegerField("objet", null=True)
    revision_id = models.PositiveBigIntegerField("révision laissée", null=True)

    class Meta:
        verbose_name = "contenu chargé"
        verbose_name_plural = "contenus chargés"

    def __str__(self) -> str:
        return self.cle
