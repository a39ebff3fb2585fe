"""The kit's index and its natures, each cut in rubriques."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import CorpsBlock
from core.models import BasePage
from core.protocols import Carte
from core.version import request_version
from kit import catalogue
from kit.listes import kit_context, nature_context

# Addresses below /kit/ that are not natures.
SLUGS_RESERVES = ("matrice",)


class KitPage(BasePage):
    """The whole kit, nature by nature, with filters that combine."""

    genre, genre_label = "kit", "Kit"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["kit.NaturePage"]
    max_count = 1
    template = "kit/kit_page.html"
    page_description = "La page d’entrée du kit : toutes les ressources, par nature, avec des filtres."

    corps = StreamField(
        CorpsBlock(),
        verbose_name="à propos du kit",
        blank=True,
        help_text="À quoi sert le kit, pour qui, avec qui : montré sous la liste des ressources.",
    )

    search_fields = [*BasePage.search_fields, index.SearchField("corps")]
    content_panels = [*BasePage.content_panels, FieldPanel("corps")]

    class Meta:
        verbose_name = "kit"
        verbose_name_plural = "kits"

    def get_context(self, request, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | kit_context(self, request)

    def schema_org(self, request) -> list[dict]:
        return [{"@type": "CollectionPage", "name": self.title, "description": self.meta_description}]


class NaturePage(BasePage):
    """One nature of resources: its role, and its resources grouped by rubrique."""

    genre, genre_label = "nature", "Nature"
    parent_page_types = ["kit.KitPage"]
    subpage_types = ["kit.RessourcePage"]
    template = "kit/nature_page.html"
    page_description = "Une nature de ressources du kit (cadre, illustrations, méthode, outils) et ses rubriques."

    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "rubriques",
            heading="Rubriques",
            label="Rubrique",
            help_text="Dans l’ordre où elles se montrent. Une nature peut n’en avoir aucune.",
        ),
    ]

    class Meta:
        verbose_name = "nature de ressources"
        verbose_name_plural = "natures de ressources"

    def clean(self) -> None:
        super().clean()
        if self.slug in SLUGS_RESERVES:
            raise ValidationError({"slug": "Cette adresse est celle d’une autre page du site : changez-la."})

    def get_context(self, request, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | nature_context(self, request)

    def facettes(self) -> dict[str, list[str]]:
        return {"nature": [f"{self.slug}|{self.title}"]}

    def carte(self) -> Carte:
        return replace(super().carte(), nature=self.slug, nature_titre=self.genre_label)

    def schema_org(self, request) -> list[dict]:
        return [
            {
                "@type": "CollectionPage",
                "name": self.title,
                "description": self.meta_description,
                "numberOfItems": len(catalogue.of_nature(self.path, request_version(request))),
            }
        ]


class Rubrique(Orderable):
    """A heading under which a nature groups its resources."""

    nature = ParentalKey(NaturePage, on_delete=models.CASCADE, related_name="rubriques")
    titre = models.CharField("titre", max_length=120)
    slug = models.SlugField(
        "identifiant",
        max_length=120,
        blank=True,
        help_text="Sert dans les adresses, les filtres et les importations ; fait depuis le titre si vous le laissez "
        "vide.",
    )

    panels = [FieldPanel("titre"), FieldPanel("slug")]
    api_fields = [APIField("titre"), APIField("slug")]

    class Meta(Orderable.Meta):
        verbose_name = "rubrique"
        verbose_name_plural = "rubriques"
        constraints = [models.UniqueConstraint(fields=["nature", "slug"], name="une_rubrique_par_slug_et_nature")]

    def __str__(self) -> str:
        return self.titre

    def full_clean(self, *args, **kwargs) -> None:
        if not self.slug and self.titre:
            self.slug = slugify(self.titre)[:120] or "rubrique"
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = slugify(self.titre)[:120] or "rubrique"
        super().save(*args, **kwargs)
