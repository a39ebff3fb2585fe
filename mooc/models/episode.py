"""An episode of the MOOC: its questions, its key ideas, its rubrics, its interviews."""

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from core.blocks import FEATURES, CorpsBlock
from core.models import BasePage
from core.models.page import sections_of, text_of_rich
from core.protocols import Carte, Feuillet, Passage
from mooc import feuillets, services
from mooc.blocks import AutocontroleBlock, IdeeBlock, QuestionBlock


class EpisodeForm(WagtailAdminPageForm):
    """Two episodes never share a number, since their addresses come from it."""

    def clean(self) -> dict:
        cleaned = super().clean()
        number = cleaned.get("numero")
        if number and self.parent_page is not None:
            others = self.parent_page.get_children().filter(slug=f"episode-{number}").exclude(pk=self.instance.pk)
            if others.exists():
                self.add_error("numero", f"Il y a déjà un épisode {number}.")
        return cleaned


class EpisodePage(BasePage):
    """An episode; its address is `episode-<number>`."""

    genre, genre_label = "episode", "Épisode"
    parent_page_types = ["mooc.MoocPage"]
    subpage_types = ["mooc.VideoPage"]
    template = "mooc/episode_page.html"
    page_description = "Un épisode du MOOC : ses questions, ses idées clés, ses rubriques et ses entretiens."
    base_form_class = EpisodeForm

    numero = models.PositiveSmallIntegerField(
        "numéro",
        validators=[MinValueValidator(1), MaxValueValidator(99)],
        help_text="L’adresse de la page en découle : /mooc/episode-1/.",
    )
    titre_court = models.CharField("titre court", max_length=100, help_text="Pour les listes et les menus.")
    resume = RichTextField(
        "résumé",
        blank=True,
        features=FEATURES,
        help_text="Ce que l’épisode dit, en quelques paragraphes, pour qui ne regardera pas tout. Il ne remplace pas "
        "les transcriptions.",
    )
    questions = StreamField([("question", QuestionBlock())], verbose_name="questions de l’épisode", blank=True)
    idees_cles = StreamField([("idee", IdeeBlock())], verbose_name="idées clés", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="contenu", blank=True)
    prenons_du_recul = StreamField(
        [("question", QuestionBlock())],
        verbose_name="prenons du recul",
        blank=True,
        help_text="Des questions à se poser sur son propre territoire.",
    )

    autocontrole = StreamField(
        [("question", AutocontroleBlock())],
        verbose_name="questions pour vérifier que l’on a compris",
        blank=True,
        help_text="Rien n’est noté ni envoyé : le lecteur choisit, puis ouvre la réponse expliquée.",
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("titre_court"),
        index.SearchField("resume"),
        index.SearchField("questions"),
        index.SearchField("idees_cles"),
        index.SearchField("corps"),
    ]
    api_fields = [
        "numero", "titre_court", "chapo", "resume", "questions", "idees_cles", "autocontrole", "prenons_du_recul",
    ]  # fmt: skip
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("numero"), FieldPanel("titre_court")], heading="Dans le MOOC"),
        FieldPanel("resume"),
        FieldPanel("questions"),
        FieldPanel("idees_cles"),
        FieldPanel("corps"),
        FieldPanel("autocontrole"),
        FieldPanel("prenons_du_recul"),
        InlinePanel(
            "liens",
            heading="Allons plus loin",
            label="Page à lire",
            help_text="Des ressources du kit, ou d’autres pages du site, dans l’ordre de lecture.",
        ),
        InlinePanel("fils_rouges", heading="Fils rouges suivis", label="Fil rouge"),
    ]
    # No slug panel: the address comes from the number.
    promote_panels = [
        MultiFieldPanel([FieldPanel("seo_title"), FieldPanel("search_description")], heading="Référencement")
    ]

    class Meta:
        verbose_name = "épisode"
        verbose_name_plural = "épisodes"

    def completer(self) -> None:
        if self.numero:
            self.slug = f"episode-{self.numero}"

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["episode"] = services.fiche_de_l_episode(self, request)
        return context

    def passages(self) -> Iterable[Passage]:
        if self.chapo:
            yield Passage(self.chapo)
        if summary := text_of_rich(self.resume):
            yield Passage(summary, "En résumé", "#resume")
        questions = " ".join(str(block.value) for block in self.questions)
        if questions:
            yield Passage(questions, "Les questions de l’épisode", "#questions")
        for block in self.idees_cles:
            yield Passage(block.value["texte"], block.value["titre"], "#idees-cles")
        yield from sections_of(self.corps)
        check = " ".join(block.value.mots for block in self.autocontrole)
        if check:
            yield Passage(check, "Avez-vous compris ?", "#verifier")
        reflection = " ".join(str(block.value) for block in self.prenons_du_recul)
        if reflection:
            yield Passage(reflection, "Prenons du recul", "#prenons-du-recul")
        links = list(self.liens.all())
        # As on the page: nothing is said of a page that readers may not open.
        readable = set(
            Page.objects.live().public().filter(pk__in={link.cible_id for link in links}).values_list("pk", flat=True)
        )
        notes = " ".join(link.note for link in links if link.note and link.cible_id in readable)
        if notes:
            yield Passage(notes, "Allons plus loin", "#allons-plus-loin")

    def carte(self) -> Carte:
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=f"{self.numero}. {self.titre_court}",
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.title,
        )

    def feuillet(self) -> Feuillet:
        return feuillets.of_episode(self)

    def schema_org(self, request) -> list[dict]:
        return [services.episode_as_learning_resource(self, request)] if self.pk else []


class LienAllonsPlusLoin(Orderable):
    """A page to read after the episode, and why."""

    page = ParentalKey(EpisodePage, on_delete=models.CASCADE, related_name="liens")
    cible = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name="page")
    note = models.CharField(
        "pourquoi la lire", max_length=250, blank=True, help_text="Une phrase, montrée sous le titre de la page."
    )

    panels = [PageChooserPanel("cible"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = "page à lire"
        verbose_name_plural = "pages à lire"


class FilRougeSuivi(Orderable):
    """A case study that the episode follows: a choice of this site."""

    page = ParentalKey(EpisodePage, on_delete=models.CASCADE, related_name="fils_rouges")
    fil_rouge = models.ForeignKey(
        "fils_rouges.FilRougePage", on_delete=models.CASCADE, related_name="+", verbose_name="fil rouge"
    )

    panels = [PageChooserPanel("fil_rouge")]

    class Meta(Orderable.Meta):
        verbose_name = "fil rouge suivi"
        verbose_name_plural = "fils rouges suivis"
