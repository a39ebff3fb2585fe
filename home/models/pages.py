"""Pages of text, the glossary, the map of the site."""

from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.context import absolute_base
from core.models import BasePage
from core.protocols import Passage
from core.version import request_version
from home import glossaire, plan
from home.blocks import CorpsDePageBlock


class StandardPage(BasePage):
    """An editorial page: a title, a lead and a body of blocks."""

    genre, genre_label = "page", "Page"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    page_description = "Une page de texte : repères, démarche, réseau, mentions légales…"

    corps = StreamField(CorpsDePageBlock(), verbose_name="contenu", blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("corps")]
    content_panels = [*BasePage.content_panels, FieldPanel("corps")]

    class Meta:
        verbose_name = "page de texte"
        verbose_name_plural = "pages de texte"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["sommaire"] = [
            (str(block.value), slugify(block.value)) for block in self.corps if block.block_type == "intertitre"
        ]
        return context


class GlossairePage(BasePage):
    """All the terms, each with its own anchor."""

    genre, genre_label = "glossaire", "Glossaire"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "home/glossaire_page.html"
    page_description = "Le glossaire. Ses termes se modifient dans le menu « Glossaire »."

    class Meta:
        verbose_name = "glossaire"
        verbose_name_plural = "glossaires"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["lettres"] = glossaire.par_lettre(request_version(request))
        return context

    def passages(self):
        """The lead alone: search finds each term by itself."""
        if self.chapo:
            yield Passage(self.chapo)

    def schema_org(self, request) -> list[dict]:
        return [glossaire.term_set(self, absolute_base(request), request_version(request))]


class PlanDuSitePage(BasePage):
    """The whole tree of public pages."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "home/plan_du_site_page.html"
    page_description = "Le plan du site, tenu à jour tout seul."

    class Meta:
        verbose_name = "plan du site"
        verbose_name_plural = "plans du site"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["plan"] = plan.arbre(request_version(request))
        return context
