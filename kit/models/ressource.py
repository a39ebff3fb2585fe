"""A resource of the kit: a document that somebody produced, told so that it serves even when we do not hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from core.blocks import CorpsBlock
from core.context import absolute_base
from core.models import BasePage
from core.protocols import Carte, Feuillet, Passage, Temps, reading_minutes
from core.templatetags.typo import octets
from core.version import cached, request_version
from kit import catalogue
from kit.dates import date_in_words, first_day, validate_date, years_of
from kit.fiche import Fiche, feuillet_of, read_fiche
from kit.forms import RessourceForm
from kit.listes import ressource_context

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from core.models import Organisme
    from kit.models.sections import NaturePage, Rubrique


class MotCleDeRessource(TaggedItemBase):
    """A keyword on a resource."""

    content_object = ParentalKey("kit.RessourcePage", on_delete=models.CASCADE, related_name="mots_cles_poses")

    class Meta:
        verbose_name = "mot-clé d’une ressource"
        verbose_name_plural = "mots-clés des ressources"


class RessourcePage(BasePage):
    """A document of the kit: what it is, what it is for, and its files or else whom to ask for them."""

    genre, genre_label = "ressource", "Ressource"
    parent_page_types = ["kit.NaturePage"]
    subpage_types = []
    template = "kit/ressource_page.html"
    page_description = "Un document du kit : résumé, producteurs, date, fichiers."
    base_form_class = RessourceForm

    resume = models.TextField(
        "résumé",
        max_length=2000,
        blank=True,
        help_text="Ce que le document contient, en quelques phrases et dans vos mots. Il ouvre la page et la résume "
        "dans les listes, la recherche et la lettre. 2 000 caractères au plus.",
    )
    rubrique = models.ForeignKey(
        "kit.Rubrique",
        verbose_name="rubrique",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Une rubrique de la nature où se trouve cette ressource.",
    )
    date = models.CharField(
        "date",
        max_length=10,
        blank=True,
        validators=[validate_date],
        help_text="Aussi précise que vous la connaissez : 2016, 2016-11, 2016-11-30, ou 2015/2016 pour deux années.",
    )
    forme = models.CharField(
        "forme", max_length=80, blank=True, help_text="Par exemple : guide, étude, film, fiche outil."
    )
    duree = models.CharField(
        "durée", max_length=120, blank=True, help_text="En mots, pour un cours ou un film : « 4 sessions de 2 heures »."
    )
    duree_minutes = models.PositiveIntegerField(
        "durée d’un cours, en minutes",
        null=True,
        blank=True,
        help_text="Le temps annoncé en tout, pour le compter dans les parcours : 480 pour 4 sessions de 2 heures.",
    )
    corps = StreamField(
        CorpsBlock(),
        verbose_name="présentation",
        blank=True,
        help_text="À quoi sert ce document, pour qui, quoi lire avant. Facultatif, mais c’est ce qui aide le plus "
        "quand nous n’avons pas le fichier.",
    )
    composants = models.TextField(
        "composants",
        blank=True,
        help_text="Les parties d’un document qui en réunit plusieurs, une par ligne.",
    )
    note_de_source = models.TextField(
        "note sur les sources",
        max_length=1000,
        blank=True,
        help_text="Ce sur quoi les sources se contredisent ou restent floues. Montré tel quel aux lecteurs.",
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name="image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Facultative : la couverture, par exemple.",
    )
    territoires = ParentalManyToManyField(
        "core.Territoire", verbose_name="territoires", blank=True, related_name="ressources"
    )
    mots_cles = ClusterTaggableManager(
        through=MotCleDeRessource,
        verbose_name="mots-clés",
        blank=True,
        help_text="Des mots que l’on chercherait et qui ne sont pas dans le résumé.",
    )

    search_fields = [
        *Page.search_fields,
        index.SearchField("resume"),
        index.SearchField("corps"),
        index.FilterField("date"),
    ]
    api_fields = [
        APIField("resume"),
        APIField("date"),
        APIField("forme"),
        APIField("noms_des_producteurs"),
        APIField("statut_du_document"),
    ]

    content_panels = [
        HelpPanel(
            content="<p>Pour publier, il suffit d’un titre et d’un résumé ; un producteur, une date et un fichier "
            "aident les lecteurs. La nature est celle de la page où vous êtes.</p>",
            heading="En cinq minutes",
        ),
        *Page.content_panels,
        FieldPanel("resume"),
        MultiFieldPanel(
            [
                FieldPanel("date"),
                FieldPanel("forme"),
                FieldPanel("rubrique"),
                InlinePanel("producteurs", heading="Producteurs", label="Producteur"),
            ],
            heading="Le document",
        ),
        MultipleChooserPanel(
            "fichiers",
            chooser_field_name="document",
            heading="Fichiers",
            label="Fichier",
            help_text="Sans fichier, la page dit que le document est à demander à son producteur.",
        ),
        FieldPanel("corps"),
        MultiFieldPanel(
            [
                FieldPanel("territoires"),
                FieldPanel("mots_cles"),
                FieldPanel("image"),
                FieldPanel("composants"),
                FieldPanel("note_de_source"),
                FieldPanel("duree"),
                FieldPanel("duree_minutes"),
            ],
            heading="Pour aller plus loin (facultatif)",
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = "ressource"
        verbose_name_plural = "ressources"

    def clean(self) -> None:
        super().clean()
        if self.rubrique is not None and self.path and self.rubrique_de_sa_nature is None:
            raise ValidationError(
                {
                    "rubrique": f"La rubrique « {self.rubrique} » est celle d’une autre nature : choisissez-en une de "
                    "la nature où se trouve cette ressource."
                }
            )

    def get_context(self, request, *args, **kwargs) -> dict:
        return super().get_context(request, *args, **kwargs) | ressource_context(self, request)

    # --- what the page knows of itself

    @property
    def chapo(self) -> str:
        """The summary is the lead: a resource has one text for the same thing."""
        return self.resume

    @property
    def nature(self) -> NaturePage | None:
        """The page above, which is the nature of this resource; given by whoever lists many resources at once."""
        if not hasattr(self, "_nature"):
            from kit.models.sections import NaturePage

            # Before its first save, a page has no place in the tree yet.
            above = self.path[: -self.steplen] if self.path else ""
            self._nature = NaturePage.objects.filter(path=above).first()
        return self._nature

    @property
    def rubrique_de_sa_nature(self) -> Rubrique | None:
        """Its rubrique, unless the page has moved to another nature since."""
        if self.rubrique is None or self.nature is None or self.rubrique.nature_id != self.nature.pk:
            return None
        return self.rubrique

    def organismes(self) -> list[Organisme]:
        return [each.organisme for each in self.producteurs.all() if each.organisme_id]

    def fichiers_poses(self) -> list[FichierRessource]:
        return [each for each in self.fichiers.all() if each.document_id]

    @property
    def noms_des_producteurs(self) -> list[str]:
        return [organisme.nom for organisme in self.organismes()]

    @property
    def date_en_mots(self) -> str:
        return date_in_words(self.date)

    @property
    def annees(self) -> list[int]:
        return years_of(self.date)

    @property
    def statut_du_document(self) -> str:
        return "document disponible" if self.fichiers_poses() else "document à demander à son producteur"

    @property
    def liste_des_composants(self) -> list[str]:
        return [line.strip() for line in self.composants.splitlines() if line.strip()]

    def fiche(self, request) -> Fiche:
        """The facts that the page shows: from memory when it is shown as published, read anew in a preview."""
        if not hasattr(self, "_fiche"):
            version = request_version(request)

            def compute() -> Fiche:
                return read_fiche(self, catalogue.neighbours(self, version))

            shown_as_published = self.live and self.pk and not getattr(request, "is_preview", False)
            self._fiche = cached(version, f"ressource:{self.pk}", compute) if shown_as_published else compute()
        return self._fiche

    # --- the protocol

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        facts = [
            ", ".join(self.noms_des_producteurs),
            self.forme,
            rubrique.titre if (rubrique := self.rubrique_de_sa_nature) else "",
            self.date_en_mots,
            ", ".join(territoire.nom for territoire in self.territoires.all()),
            ", ".join(tag.name for tag in self.mots_cles.all()),
            ", ".join(self.liste_des_composants),
            self.note_de_source,
        ]
        told = " · ".join(fact for fact in facts if fact)
        if told:
            yield Passage(told, "Fiche", "#fiche")

    def facettes(self) -> dict[str, list[str]]:
        nature, rubrique = self.nature, self.rubrique_de_sa_nature
        return {
            "nature": [f"{nature.slug}|{nature.title}"] if nature else [],
            "rubrique": [f"{rubrique.slug}|{rubrique.titre}"] if rubrique else [],
            "organisme": [f"{organisme.slug}|{organisme.nom}" for organisme in self.organismes()],
            "territoire": [f"{territoire.slug}|{territoire.nom}" for territoire in self.territoires.all()],
            "annee": [f"{year}|{year}" for year in self.annees],
            "demande": [] if self.fichiers_poses() else [f"fichiers|{', '.join(self.noms_des_producteurs)}"],
        }

    def date_propre(self) -> datetime.date | None:
        return first_day(self.date)

    def documents(self) -> list:
        return [each.document for each in self.fichiers_poses()]

    def temps_de_lecture(self) -> Temps:
        """Our page, the text of the files that we hold, the time that a course announces; the rest is unknown."""
        ours = reading_minutes(" ".join(each.texte for each in BasePage.passages(self)))
        documents = self.documents()
        if not documents:
            return Temps(lecture=ours, formation=self.duree_minutes or 0, inconnus=0 if self.duree_minutes else 1)
        texts: dict[int, list[str]] = {document.pk: [] for document in documents}
        model = documents[0]._meta.get_field("textes").related_model
        for document_id, text in model.objects.filter(document__in=documents).values_list("document_id", "texte"):
            texts[document_id].append(text)
        return Temps(
            lecture=ours + sum(reading_minutes(" ".join(parts)) for parts in texts.values()),
            formation=self.duree_minutes or 0,
            inconnus=sum(not parts for parts in texts.values()),
        )

    def carte(self) -> Carte:
        nature = self.nature
        details = [", ".join(self.noms_des_producteurs), self.date_en_mots, self.forme]
        if held := self.documents():
            details.append(f"{held[0].format}, {octets(held[0].file_size)}")
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.resume,
            details=tuple(detail for detail in details if detail),
            nature=nature.slug if nature else "",
            nature_titre=nature.title if nature else "",
        )

    def feuillet(self) -> Feuillet:
        return feuillet_of(self)

    @classmethod
    def pour_cartes(cls, queryset):
        """With producers, files and natures: four queries for any number of resources."""
        from kit.models.sections import NaturePage

        pages = list(queryset.prefetch_related("producteurs__organisme", "fichiers__document"))
        above = {page.pk: page.path[: -page.steplen] for page in pages}
        natures = {nature.path: nature for nature in NaturePage.objects.filter(path__in=set(above.values()))}
        for page in pages:
            page._nature = natures.get(above[page.pk])
        return pages

    # --- metadata

    @property
    def meta_description(self) -> str:
        return self.search_description or self.resume

    def schema_org(self, request) -> list[dict]:
        fiche, base = self.fiche(request), absolute_base(request)
        described = {
            "@type": "LearningResource",
            "name": self.title,
            "description": self.meta_description,
            "inLanguage": "fr",
            "isAccessibleForFree": True,
            "learningResourceType": self.forme,
            "datePublished": fiche.date_machine,
            "keywords": ", ".join(fiche.mots_cles),
            "author": [
                {"@type": "Organization", "name": each.nom} | ({"url": each.site} if each.site else {})
                for each in fiche.producteurs
            ],
            "spatialCoverage": [nom for nom, _ in fiche.territoires],
            "encoding": [
                {
                    "@type": "MediaObject",
                    "name": each.titre,
                    "contentUrl": base + each.url,
                    "encodingFormat": each.format,
                }
                for each in fiche.fichiers
            ],
        }
        if url := self.get_url(request):
            described["url"] = base + url
        return [{name: value for name, value in described.items() if value}]


class ProducteurDeRessource(Orderable):
    """An organisation that produced a resource, in the order of the source."""

    page = ParentalKey(RessourcePage, on_delete=models.CASCADE, related_name="producteurs")
    organisme = models.ForeignKey(
        "core.Organisme",
        verbose_name="organisme",
        on_delete=models.CASCADE,
        related_name="ressources_produites",
        help_text="Choisissez-le dans la liste, ou créez-le depuis la même fenêtre s’il n’y est pas.",
    )

    panels = [FieldPanel("organisme")]

    class Meta(Orderable.Meta):
        verbose_name = "producteur"
        verbose_name_plural = "producteurs"


class FichierRessource(Orderable):
    """A file of a resource."""

    page = ParentalKey(RessourcePage, on_delete=models.CASCADE, related_name="fichiers")
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, verbose_name="document", on_delete=models.CASCADE, related_name="+"
    )
    libelle = models.CharField(
        "libellé du lien",
        max_length=200,
        blank=True,
        help_text="Vide : le titre du document. Le format, le poids et le nombre de pages s’ajoutent tout seuls.",
    )

    panels = [FieldPanel("document"), FieldPanel("libelle")]

    class Meta(Orderable.Meta):
        verbose_name = "fichier"
        verbose_name_plural = "fichiers"
