"""The documents that the site wrote itself, outside the kit's counts."""

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import CorpsBlock
from core.models import BasePage
from core.protocols import Passage
from core.version import cached, request_version
from kit.fiche import file_of


class DocumentsDuSitePage(BasePage):
    """Guides and templates of our own, each with what it is for."""

    genre, genre_label = "documents", "Documents du site"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "kit/documents_du_site_page.html"
    page_description = "Les documents écrits pour ce site (guide, modèles), à part des ressources du kit."

    corps = StreamField(CorpsBlock(), verbose_name="contenu", blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("corps")]
    content_panels = [
        *BasePage.content_panels,
        InlinePanel("documents_presentes", heading="Documents", label="Document"),
        FieldPanel("corps"),
    ]

    class Meta:
        verbose_name = "page des documents du site"
        verbose_name_plural = "pages des documents du site"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)

        def compute() -> list[dict]:
            return [each.montre() for each in self._presented()]

        preview = getattr(request, "is_preview", False) or not self.live
        context["documents"] = (
            compute() if preview else cached(request_version(request), f"documents-du-site:{self.pk}", compute)
        )
        return context

    def _presented(self) -> list["DocumentDuSite"]:
        return [each for each in self.documents_presentes.all() if each.document_id]

    def documents(self) -> list:
        return [each.document for each in self._presented()]

    def passages(self):
        yield from super().passages()
        for each in self._presented():
            yield Passage(each.presentation, each.nom, f"#{each.ancre}")


class DocumentDuSite(Orderable):
    """A document of our own and what it is for."""

    page = ParentalKey(DocumentsDuSitePage, on_delete=models.CASCADE, related_name="documents_presentes")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name="document", on_delete=models.CASCADE, related_name="+"
    )
    titre = models.CharField("titre", max_length=200, blank=True, help_text="Vide : le titre du document.")
    presentation = models.TextField(
        "présentation", max_length=1500, help_text="À quoi sert ce document et comment l’employer."
    )

    panels = [FieldPanel("document"), FieldPanel("titre"), FieldPanel("presentation")]

    class Meta(Orderable.Meta):
        verbose_name = "document du site"
        verbose_name_plural = "documents du site"

    @property
    def nom(self) -> str:
        return self.titre or self.document.title

    @property
    def ancre(self) -> str:
        return slugify(self.nom) or f"document-{self.document_id}"

    def montre(self) -> dict:
        """What the template shows, as plain values."""
        return {
            "titre": self.nom,
            "ancre": self.ancre,
            "presentation": self.presentation,
            "fichier": file_of(self.document, self.nom),
        }
