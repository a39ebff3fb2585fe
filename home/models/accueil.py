"""The home page."""

from django.conf import settings
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from core.context import absolute_base
from core.models import BasePage
from core.models.page import route_from
from core.protocols import Passage
from core.version import request_version
from home.blocks import SectionsBlock
from home.composition import composer
from home.constellation import dessin


class HomePage(BasePage):
    """The home page: it composes what the rooms offer, in the order that an editor chose."""

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

    sections = StreamField(
        SectionsBlock(),
        verbose_name="sections",
        blank=True,
        help_text="Ce que montre l’accueil sous la promesse, dans l’ordre que vous voulez. Une section qui n’a rien "
        "à montrer (aucun parcours publié, par exemple) disparaît d’elle-même.",
    )

    search_fields = [*BasePage.search_fields, index.SearchField("sections")]
    content_panels = [*BasePage.content_panels, FieldPanel("sections")]

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        kinds = {block.block_type for block in self.sections}
        context["accueil"] = composer(request_version(request), kinds)
        context["constellation"] = dessin()
        return context

    def route(self, request, path_components):
        if path_components:
            return route_from(self, request, path_components)
        return super().route(request, path_components)

    def passages(self):
        """The promise alone: the sections repeat titles of other pages, which search finds by themselves."""
        if self.chapo:
            yield Passage(self.chapo)

    def schema_org(self, request) -> list[dict]:
        base = absolute_base(request)
        return [
            {
                "@type": "WebSite",
                "@id": f"{base}/#site",
                "url": f"{base}/",
                "name": settings.SITE_NAME,
                "description": self.meta_description,
                "inLanguage": "fr",
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {"@type": "EntryPoint", "urlTemplate": f"{base}/recherche/?q={{q}}"},
                    "query-input": "required name=q",
                },
            }
        ]
