"""The MOOC's own page: what it is, for whom, by whom, and its episodes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import MAXYEAR, date

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import CorpsBlock
from core.models import BasePage
from core.protocols import Carte, Passage, Temps, reading_minutes
from mooc import services
from mooc.blocks import RubriqueBlock


class MoocPage(BasePage):
    """The companion of the MOOC: the four episodes, and what the site holds of them."""

    genre, genre_label = "mooc", "MOOC"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["mooc.EpisodePage"]
    max_count = 1
    template = "mooc/mooc_page.html"
    page_description = "La page du MOOC, qui mène à ses épisodes. Il n’y en a qu’une."

    titre_du_mooc = models.CharField(
        "titre du MOOC", max_length=250, blank=True, help_text="En tête de page. Le titre de la page est pour le menu."
    )
    sous_titre = models.CharField("sous-titre", max_length=250, blank=True)
    annee = models.PositiveSmallIntegerField("année", null=True, blank=True)
    sessions = models.PositiveSmallIntegerField("nombre de sessions", null=True, blank=True)
    minutes_par_session = models.PositiveSmallIntegerField("durée d’une session, en minutes", null=True, blank=True)
    temoignages = models.CharField(
        "témoignages", max_length=150, blank=True, help_text="Par exemple « plus de 30 témoignages d’acteurs »."
    )
    pour_qui = models.TextField("pour qui, pour quoi", max_length=600, blank=True)
    entretiens_detenus = models.TextField(
        "ce que le site détient",
        max_length=600,
        blank=True,
        help_text="Dites honnêtement quels entretiens du MOOC le site montre, et lesquels il n’a pas.",
    )
    rubriques = StreamField([("rubrique", RubriqueBlock())], verbose_name="rubriques récurrentes", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="contenu", blank=True)
    fiche = models.ForeignKey(
        "kit.RessourcePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="fiche du kit",
        help_text="La ressource du kit qui présente ce MOOC ; elle renverra vers cette page.",
    )
    suite_de = models.ForeignKey(
        "kit.RessourcePage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suite de",
        help_text="La ressource du kit qui présente le MOOC précédent.",
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("titre_du_mooc"),
        index.SearchField("pour_qui"),
        index.SearchField("corps"),
    ]
    api_fields = ["chapo", "titre_du_mooc", "sous_titre", "annee", "sessions", "minutes_par_session", "pour_qui"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("titre_du_mooc"),
        FieldPanel("sous_titre"),
        MultiFieldPanel(
            [
                InlinePanel("producteurs", label="Producteur"),
                FieldPanel("annee"),
                FieldPanel("sessions"),
                FieldPanel("minutes_par_session"),
                FieldPanel("temoignages"),
                FieldPanel("pour_qui"),
                FieldPanel("entretiens_detenus"),
            ],
            heading="Le MOOC en bref",
        ),
        FieldPanel("rubriques"),
        FieldPanel("corps"),
        MultiFieldPanel([PageChooserPanel("fiche"), PageChooserPanel("suite_de")], heading="Dans le kit"),
    ]

    class Meta:
        verbose_name = "page du MOOC"
        verbose_name_plural = "pages du MOOC"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["mooc"] = services.fiche_du_mooc(self, request)
        return context

    def passages(self) -> Iterable[Passage]:
        if heading := " ".join(part for part in (self.titre_du_mooc, self.sous_titre) if part):
            yield Passage(heading)
        yield from super().passages()
        if self.pour_qui:
            yield Passage(self.pour_qui, "Pour qui, pour quoi ?", "#pour-qui")
        for block in self.rubriques:
            yield Passage(block.value["role"], block.value["titre"], "#rubriques")

    def carte(self) -> Carte:
        titre = f"MOOC « {self.titre_du_mooc} »" if self.titre_du_mooc else self.title
        return replace(super().carte(), titre=titre)

    def facettes(self) -> dict[str, list[str]]:
        producers = [link.organisme for link in self.producteurs.select_related("organisme")]
        facets = {"organisme": [f"{organisme.slug}|{organisme.nom}" for organisme in producers]}
        if self.annee:
            facets["annee"] = [f"{self.annee}|{self.annee}"]
        return facets

    def date_propre(self) -> date | None:
        return date(self.annee, 1, 1) if self.annee and self.annee <= MAXYEAR else None

    def temps_de_lecture(self) -> Temps:
        reading = reading_minutes(" ".join(passage.texte for passage in self.passages()))
        return Temps(lecture=reading, formation=(self.sessions or 0) * (self.minutes_par_session or 0))

    def schema_org(self, request) -> list[dict]:
        return [services.course(self, request)] if self.pk else []


class ProducteurDuMooc(Orderable):
    """An organisation that made the MOOC."""

    page = ParentalKey(MoocPage, on_delete=models.CASCADE, related_name="producteurs")
    organisme = models.ForeignKey(
        "core.Organisme", on_delete=models.CASCADE, related_name="+", verbose_name="organisme"
    )

    panels = [FieldPanel("organisme")]

    class Meta(Orderable.Meta):
        verbose_name = "producteur"
        verbose_name_plural = "producteurs"
