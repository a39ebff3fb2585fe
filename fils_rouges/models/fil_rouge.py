"""A case study: what was at stake on a territory, who acted, and when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.search import index

from core.blocks import CorpsBlock
from core.models import BasePage
from core.models.vocabulary import REGIONS
from core.protocols import Carte, Passage
from core.version import cached, request_version
from fils_rouges.vocabulaire import FORMES_EN_PHRASE, Forme, Origine

if TYPE_CHECKING:
    from collections.abc import Iterable

# Addresses below the list of cases that are not cases.
SLUGS_RESERVES = ("comparer",)


class FilRougePage(BasePage):
    """A case study. Nothing in it is compulsory but its title: a case is published with what is known of it."""

    genre, genre_label = "fil-rouge", "Fil rouge"
    parent_page_types = ["fils_rouges.FilsRougesIndexPage"]
    subpage_types: ClassVar[list] = []
    template = "fils_rouges/fil_rouge_page.html"
    page_description = "Une étude de cas : un territoire, des acteurs, une chronologie, des ressources."

    origine = models.CharField(
        "raconté par",
        max_length=10,
        choices=Origine.choices,
        default=Origine.MOOC,
        help_text="Un « cas du kit » n’est pas compté parmi les fils rouges du MOOC, et la page le dit.",
    )
    territoires = ParentalManyToManyField("core.Territoire", verbose_name="territoires", related_name="+", blank=True)
    region = models.CharField(
        "région d’aujourd’hui",
        max_length=2,
        choices=REGIONS,
        blank=True,
        help_text="Celle qui s’allume sur la carte ; laissez vide si le cas ne se place dans aucune.",
    )
    porteur = models.ForeignKey(
        "core.Organisme", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="porteur"
    )
    porteur_note = models.CharField(
        "précision sur le porteur", max_length=200, blank=True, help_text="Par exemple « qui l’a d’abord incubé »."
    )
    site = models.URLField("site web du cas", blank=True)
    annee = models.PositiveSmallIntegerField(
        "année de départ",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(1900, "Une année s’écrit sur quatre chiffres, à partir de 1900."),
            MaxValueValidator(2100, "Une année s’écrit sur quatre chiffres, jusqu’à 2100."),
        ],
        help_text="Laissez vide si elle n’est pas connue, et dites-le dans la note.",
    )
    date_note = models.CharField(
        "note sur les dates", max_length=300, blank=True, help_text="Ce que l’on sait, et ce que l’on ne sait pas."
    )
    forme = models.CharField(
        "forme de co-construction",
        max_length=40,
        choices=Forme.choices,
        blank=True,
        help_text="Celle que le site montre dans ses listes ; vide si aucune ne convient.",
    )
    forme_selon_le_mooc = models.CharField(
        "forme selon le MOOC",
        max_length=40,
        choices=Forme.choices,
        blank=True,
        help_text="Remplissez les deux champs « selon » quand les sources ne disent pas la même chose : "
        "la page montrera le désaccord, et les filtres trouveront le cas sous chaque forme.",
    )
    forme_selon_le_kit = models.CharField("forme selon le kit", max_length=40, choices=Forme.choices, blank=True)
    enjeu = models.TextField("enjeu", max_length=1000, blank=True, help_text="Le besoin du territoire.")
    objectif = models.TextField("objectif", max_length=1000, blank=True)
    dispositif = models.TextField(
        "dispositif", max_length=1000, blank=True, help_text="Ce qui a été mis en place, concrètement."
    )
    axes = models.TextField("axes de travail", max_length=1000, blank=True, help_text="Un axe par ligne.")
    initiative = models.CharField("initiative remarquable", max_length=255, blank=True, help_text="Son nom.")
    exemple = models.TextField("exemple", max_length=2000, blank=True, help_text="Une action née de l’alliance.")
    evaluation = models.TextField(
        "évaluation", max_length=2000, blank=True, help_text="Ce qui a été évalué, par qui, quand."
    )
    site_evaluation = models.URLField("page web de l’évaluation", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="récit", blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("enjeu"),
        index.SearchField("dispositif"),
        index.SearchField("corps"),
    ]
    api_fields = [
        APIField(name)
        for name in (
            "chapo", "origine", "region", "annee", "date_note", "forme", "forme_selon_le_mooc", "forme_selon_le_kit",
            "enjeu", "objectif", "dispositif", "initiative", "exemple", "evaluation", "site", "acteurs", "jalons",
            "chiffres",
        )
    ]  # fmt: skip
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("origine"),
                FieldPanel("territoires"),
                FieldPanel("region"),
                FieldRowPanel([FieldPanel("annee"), FieldPanel("date_note")]),
            ],
            heading="Où et quand",
        ),
        MultiFieldPanel(
            [FieldPanel("porteur"), FieldPanel("porteur_note"), FieldPanel("site")],
            heading="Qui porte le cas",
        ),
        MultiFieldPanel(
            [FieldPanel("forme"), FieldRowPanel([FieldPanel("forme_selon_le_mooc"), FieldPanel("forme_selon_le_kit")])],
            heading="Forme de co-construction",
        ),
        MultiFieldPanel(
            [
                FieldPanel("enjeu"),
                FieldPanel("objectif"),
                FieldPanel("dispositif"),
                FieldPanel("axes"),
                FieldPanel("initiative"),
                FieldPanel("exemple"),
            ],
            heading="L’action",
        ),
        InlinePanel(
            "acteurs",
            heading="Acteurs",
            label="Acteur",
            help_text="Ils dessinent la constellation, rangés par famille. La famille est un classement du site.",
        ),
        InlinePanel("jalons", heading="Chronologie", label="Jalon", help_text="Dans l’ordre des faits."),
        MultiFieldPanel([FieldPanel("evaluation"), FieldPanel("site_evaluation")], heading="Évaluation"),
        InlinePanel(
            "chiffres",
            heading="Chiffres",
            label="Chiffre",
            help_text="Seulement ceux qu’une source donne. Sans aucun, la page dit que le site n’en connaît pas.",
        ),
        FieldPanel("corps"),
        InlinePanel("ressources", heading="Ressources du kit", label="Ressource"),
    ]

    class Meta:
        verbose_name = "fil rouge"
        verbose_name_plural = "fils rouges"

    def clean(self) -> None:
        super().clean()
        if self.slug in SLUGS_RESERVES:
            raise ValidationError({"slug": "Cette adresse est celle d’une autre page du site : changez-la."})

    def get_context(self, request, *args, **kwargs) -> dict:
        from core.cards import cards_for
        from fils_rouges import services

        context = super().get_context(request, *args, **kwargs)
        if getattr(request, "is_preview", False) or not self.pk:
            context["fiche"] = services.fiche(self)
        else:
            key = f"fils-rouges:fiche:{self.pk}"
            context["fiche"] = cached(request_version(request), key, lambda: services.fiche(self))
        version = request_version(request)
        cards = cards_for(context["fiche"].ressources, version)
        context["cartes_des_ressources"] = list(cards.values())
        context["comparable"] = any(case.page_id != self.pk for case in services.fils_rouges_en_bref(version))
        return context

    # --- what its fields say together

    @property
    def liste_des_axes(self) -> list[str]:
        return [line.strip() for line in self.axes.splitlines() if line.strip()]

    @property
    def lectures(self) -> list[str]:
        """Every form that the site or one of its sources sees in this case, each once; none is told as « »."""
        told = (self.forme, self.forme_selon_le_mooc, self.forme_selon_le_kit)
        return list(dict.fromkeys(filter(None, told))) or [""]

    @property
    def desaccord(self) -> str:
        """What the MOOC and the kit each see in this case, when they differ; or nothing."""
        mooc, kit = self.forme_selon_le_mooc, self.forme_selon_le_kit
        if not mooc or not kit or mooc == kit:
            return ""
        return f"Le MOOC y voit {FORMES_EN_PHRASE[Forme(mooc)]} ; le kit, {FORMES_EN_PHRASE[Forme(kit)]}."

    @property
    def est_cas_du_kit(self) -> bool:
        return self.origine == Origine.KIT

    # --- protocol

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        axes = ", ".join(self.liste_des_axes)
        for anchor, heading, texts in (
            ("#enjeu", "L’enjeu", [self.enjeu, self.objectif]),
            ("#action", "Ce qui a été mis en place", [self.dispositif, axes, self.initiative]),
            ("#exemple", "Un exemple", [self.exemple]),
            ("#acteurs", "Les acteurs", [acteur.en_phrase for acteur in self.acteurs.all()]),
            ("#chronologie", "La chronologie", [f"{jalon.date} {jalon.fait}".strip() for jalon in self.jalons.all()]),
            ("#evaluation", "L’évaluation", [self.evaluation]),
            ("#chiffres", "En chiffres", [chiffre.en_phrase for chiffre in self.chiffres.all()]),
            ("#forme", "La forme de co-construction", [self.get_forme_display() if self.forme else "", self.desaccord]),
        ):
            text = " ".join(filter(None, texts))
            if text:
                yield Passage(text, heading, anchor)

    def facettes(self) -> dict[str, list[str]]:
        facets = {"territoire": [f"{place.slug}|{place.nom}" for place in self.territoires.all()]}
        if self.porteur:
            facets["organisme"] = [f"{self.porteur.slug}|{self.porteur.nom}"]
        if self.annee:
            facets["annee"] = [f"{self.annee}|{self.annee}"]
        return facets

    def date_propre(self) -> date | None:
        return date(self.annee, 1, 1) if self.annee else None

    def carte(self) -> Carte:
        details = (self.get_region_display() if self.region else "", str(self.annee or ""), self.get_forme_display())
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=Origine(self.origine).label,
            resume=self.chapo or self.enjeu,
            details=tuple(filter(None, details)),
        )

    @property
    def meta_description(self) -> str:
        return super().meta_description or self.enjeu

    def schema_org(self, request) -> list[dict]:
        article: dict = {
            "@type": "Article",
            "headline": self.title,
            "description": self.meta_description,
            "url": self.get_full_url(request),
            "inLanguage": "fr",
        }
        if self.first_published_at and self.last_published_at:
            article["datePublished"] = self.first_published_at.isoformat()
            article["dateModified"] = self.last_published_at.isoformat()
        if self.region:
            country = {"@type": "Country", "name": "France"}
            article["about"] = {
                "@type": "AdministrativeArea",
                "name": self.get_region_display(),
                "containedInPlace": country,
            }
        return [article]
