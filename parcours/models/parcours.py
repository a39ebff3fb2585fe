"""A parcours: pages of the site read in an order, each for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import CorpsBlock
from core.context import absolute_base
from core.models import BasePage
from core.protocols import Carte, Passage
from core.templatetags.typo import pluriel_fr
from core.version import request_version
from parcours import services
from parcours.adresses import RESERVEES
from parcours.api import EtapesField
from parcours.avertissements import AvertissementsPanel
from parcours.emporter.packs import offre
from parcours.fil import read_fil, visible_steps
from parcours.forms import ParcoursForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcours.fil import Fil

# What a step may be; the page types are named, never imported.
TYPES_D_ETAPE = ("kit.RessourcePage", "mooc.EpisodePage", "mooc.VideoPage")
PAR_PAGE = 24


class ParcoursIndexPage(BasePage):
    """All the parcours, and where to begin."""

    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["parcours.ParcoursPage", "parcours.OrientationPage"]
    max_count = 1
    template = "parcours/parcours_index_page.html"
    page_description = "La liste des parcours de lecture, dans l’ordre du menu."

    corps = StreamField(
        CorpsBlock(),
        verbose_name="contenu",
        blank=True,
        help_text="Facultatif : un texte sous la liste des parcours.",
    )

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("corps")]

    class Meta:
        verbose_name = "liste des parcours"
        verbose_name_plural = "listes des parcours"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        version = request_version(request)
        page_obj = Paginator(services.slugs(version), PAR_PAGE).get_page(request.GET.get("page"))
        context["page_obj"] = page_obj
        context["cartes"] = services.cartes(list(page_obj), version)
        context["orientation"] = services.orientation(version)
        return context


class ParcoursPage(BasePage):
    """One parcours: its steps, in order."""

    genre, genre_label = "parcours", "Parcours"
    parent_page_types = ["parcours.ParcoursIndexPage"]
    subpage_types: ClassVar[list] = []
    template = "parcours/parcours_page.html"
    page_description = "Des ressources et des épisodes à lire dans un ordre, avec la raison de chaque étape."
    base_form_class = ParcoursForm

    titre_court = models.CharField(
        "titre court",
        max_length=60,
        help_text="Quelques mots, montrés à côté de chaque étape. Par exemple « Animer son territoire ».",
    )
    pour_qui = models.CharField(
        "pour qui",
        max_length=250,
        blank=True,
        help_text="Une phrase qui aide à choisir ce parcours, montrée dans la liste des parcours.",
    )
    corps = StreamField(CorpsBlock(), verbose_name="introduction", blank=True, help_text="Montrée avant les étapes.")

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("titre_court"),
        index.SearchField("pour_qui"),
        index.SearchField("corps"),
    ]
    api_fields = [
        APIField("titre_court"),
        APIField("pour_qui"),
        APIField("chapo"),
        APIField("etapes", serializer=EtapesField(read_only=True)),
    ]

    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("titre_court"), FieldPanel("pour_qui")], heading="Dans les listes"),
        FieldPanel("corps"),
        AvertissementsPanel(heading="À revoir dans les étapes"),
        InlinePanel(
            "etapes",
            heading="Étapes",
            label="Étape",
            help_text="Faites glisser les étapes pour changer leur ordre. Les étapes de même nature qui se suivent "
            "sont groupées. Les lecteurs ne voient pas une étape dont la page est supprimée ou n’est pas publiée.",
        ),
    ]

    class Meta:
        verbose_name = "parcours"
        verbose_name_plural = "parcours"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVEES:
            raise ValidationError({"slug": f"L’adresse « {self.slug} » sert déjà au site : choisissez-en une autre."})

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["fil"] = self.fil(request)
        # A preview has no pack: those of the published parcours would not be what is shown.
        context["emporter"] = [] if getattr(request, "is_preview", False) else offre(self.slug, request)
        return context

    def fil(self, request) -> Fil:
        """The thread that readers see; in a preview, the one being edited."""
        version = request_version(request)
        fil = None if getattr(request, "is_preview", False) else services.fil_de(self.slug, version)
        return fil or read_fil(self, version)

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        if self.pour_qui:
            yield Passage(self.pour_qui)
        for numero, (etape, carte) in enumerate(visible_steps(self, None), start=1):
            if etape.raison:
                yield Passage(etape.raison, carte.titre, f"#etape-{numero}")

    def carte(self) -> Carte:
        count = getattr(self, "nombre_etapes", None)
        if count is None:
            count = EtapeParcours.objects.filter(parcours_id=self.pk, page__live=True).count()
        return Carte(
            page_id=self.pk,
            uuid="",  # a parcours is not read, its steps are
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.chapo,
            details=(pluriel_fr(count, "étape,étapes"),),
        )

    @classmethod
    def pour_cartes(cls, queryset):
        return queryset.annotate(nombre_etapes=models.Count("etapes", filter=models.Q(etapes__page__live=True)))

    def schema_org(self, request) -> list[dict]:
        base = absolute_base(request)
        fil = self.fil(request)
        time = {"timeRequired": f"PT{fil.temps.total}M"} if fil.temps.total else {}
        return [
            time
            | {
                "@type": "Course",
                "@id": f"{base}{self.get_url()}",
                "name": self.title,
                "alternateName": self.titre_court,
                "description": self.meta_description or self.title,
                "url": f"{base}{self.get_url()}",
                "inLanguage": "fr",
                "isAccessibleForFree": True,
                "provider": {"@type": "Organization", "name": settings.SITE_NAME, "url": f"{base}/"},
                "hasPart": [
                    {
                        "@type": "LearningResource",
                        "position": etape.numero,
                        "name": etape.titre,
                        "url": f"{base}{etape.url}",
                    }
                    for etape in fil.etapes
                ],
            }
        ]


class EtapeParcours(Orderable):
    """A page of the site as a step of a parcours."""

    parcours = ParentalKey(ParcoursPage, on_delete=models.CASCADE, related_name="etapes")
    # A page that is deleted leaves its step behind, with its reason: the editor is told, readers do not see it.
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="page à lire",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    raison = models.TextField(
        "pourquoi lire ceci",
        max_length=400,
        blank=True,
        help_text="Une phrase : ce que le lecteur y trouvera d’utile à ce moment du parcours.",
    )
    essentielle = models.BooleanField(
        "étape essentielle",
        default=True,
        help_text="Décochez pour dire aux lecteurs pressés que cette étape est facultative.",
    )

    panels = [
        PageChooserPanel("page", page_type=list(TYPES_D_ETAPE)),
        FieldPanel("raison"),
        FieldPanel("essentielle"),
    ]
    api_fields = [APIField("page"), APIField("raison"), APIField("essentielle")]

    class Meta(Orderable.Meta):
        verbose_name = "étape"
        verbose_name_plural = "étapes"

    def clean(self) -> None:
        super().clean()
        kind = self.page.specific_class if self.page is not None else None
        if kind is not None and kind._meta.label not in TYPES_D_ETAPE:
            raise ValidationError({"page": "Une étape est une ressource du kit, un épisode ou un entretien du MOOC."})
