"""An interview: a video, its captions as they were uploaded, its transcript as turns of speech."""

import hashlib
import math
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import FEATURES
from core.models import BasePage
from core.models.page import text_of_rich
from core.protocols import Carte, Feuillet, Passage, Temps
from core.templatetags.typo import horodatage
from mooc import entretiens, feuillets
from mooc.externes import video_externe
from mooc.formulaires import VideoForm
from mooc.redaction import keep_anchors
from mooc.transcription import Tour
from mooc.transcription.temps import LONGEST


class VideoPage(BasePage):
    """An interview below its episode; `?t=<seconds>` opens it at that second."""

    genre, genre_label = "entretien", "Entretien"
    parent_page_types = ["mooc.EpisodePage"]
    subpage_types = []
    template = "mooc/video_page.html"
    page_description = "Un entretien filmé, avec ses sous-titres et sa transcription."
    base_form_class = VideoForm

    video = models.ForeignKey(
        "mediatheque.CustomDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vidéo",
        help_text="Un fichier MP4 (H.264) ou WebM. Sans vidéo, la page montre la transcription seule.",
    )
    video_legere = models.ForeignKey(
        "mediatheque.CustomDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vidéo légère",
        help_text="La même, en plus petit (MP4 ou WebM), pour les connexions lentes. Son poids est affiché.",
    )
    audio = models.ForeignKey(
        "mediatheque.CustomDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="son seul",
        help_text="Un fichier MP3, M4A ou OGG, à écouter sans image.",
    )
    video_externe = models.URLField(
        "vidéo hébergée ailleurs",
        max_length=300,
        blank=True,
        help_text="L’adresse de la vidéo sur YouTube ou sur un PeerTube. Rien n’est demandé à l’hébergeur avant que le "
        "lecteur ne le veuille. Laissez vide quand la vidéo est sur le site.",
    )
    titre_externe = models.CharField(
        "titre chez l’hébergeur",
        max_length=250,
        blank=True,
        help_text="Tel qu’il s’affiche là-bas. Vide : le titre de la page. L’affiche tient lieu de vignette.",
    )
    affiche = models.ForeignKey(
        "mediatheque.CustomImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="affiche",
        help_text="L’image montrée avant la lecture, au format 16/9.",
    )
    sous_titres = models.ForeignKey(
        "mediatheque.CustomDocument",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="sous-titres",
        help_text="Un fichier WebVTT (.vtt), servi tel quel.",
    )
    resume = RichTextField(
        "résumé",
        blank=True,
        features=FEATURES,
        help_text="Ce qui est dit, en quelques phrases de votre main. La transcription, elle, garde les mots "
        "prononcés.",
    )
    duree = models.PositiveIntegerField(
        "durée, en secondes", null=True, blank=True, validators=[MaxValueValidator(LONGEST)]
    )
    origine = models.CharField(
        "origine", max_length=200, blank=True, help_text="Par exemple « Présentation réalisée pour ce site »."
    )
    credit = models.CharField("crédit", max_length=200, blank=True)

    search_fields = [*BasePage.search_fields, index.SearchField("resume"), index.SearchField("origine")]
    api_fields = ["chapo", "resume", "duree", "origine", "credit"]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("video"),
                FieldPanel("video_legere"),
                FieldPanel("audio"),
                FieldPanel("affiche"),
                FieldPanel("sous_titres"),
                FieldPanel("duree"),
            ],
            heading="Vidéo",
        ),
        MultiFieldPanel([FieldPanel("video_externe"), FieldPanel("titre_externe")], heading="Vidéo hébergée ailleurs"),
        FieldPanel("resume"),
        MultiFieldPanel([FieldPanel("origine"), FieldPanel("credit")], heading="Origine"),
        InlinePanel("chapitres", heading="Chapitres", label="Chapitre"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(
                [
                    HelpPanel(template="mooc/admin/panneau.html", heading="À l’écoute"),
                    FieldPanel("fichier_de_transcription"),
                    InlinePanel("tours", heading="Tours de parole", label="Tour de parole"),
                ],
                heading="Transcription",
            ),
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList(BasePage.settings_panels, heading="Paramètres"),
        ]
    )

    class Meta:
        verbose_name = "entretien"
        verbose_name_plural = "entretiens"

    def clean(self) -> None:
        super().clean()
        if self.video_externe and self.video_id:
            raise ValidationError({"video_externe": "La vidéo est déjà sur le site : laissez cette adresse vide."})
        if self.video_externe and video_externe(self.video_externe) is None:
            raise ValidationError(
                {
                    "video_externe": "Adresse inconnue. Attendu : https://www.youtube.com/watch?v=… "
                    "ou, sur un PeerTube, https://…/w/…"
                }
            )

    def completer(self) -> None:
        self.anchor_turns()

    def anchor_turns(self) -> None:
        """Give each new turn its permanent anchor: its second, or the digest of its words when it has none."""
        turns = list(self.tours.all())
        taken = {anchor for turn in turns for anchor in (turn.ancre, *turn.anciennes_ancres) if anchor}
        for turn in turns:
            if turn.ancre:
                continue
            base = anchor = turn.natural_anchor()
            number = 1
            while anchor in taken:
                number += 1
                anchor = f"{base}-{number}"
            turn.ancre = anchor
            taken.add(anchor)

    def replace_turns(self, turns: Sequence[Tour]) -> None:
        """Put the turns of a transcript in place of all those of the page, not saved yet.

        A turn that says what an old one said keeps its anchor, whatever its time: addresses given once and decided
        mentions follow the words.
        """
        former = list(self.tours.all())
        self.tours = [
            TourDeParole(
                sort_order=rank,
                locuteur=turn.locuteur[:150],
                role=turn.role,
                debut=turn.debut,
                fin=turn.fin,
                texte=turn.texte,
                enchainement_incertain=turn.enchainement_incertain,
            )
            for rank, turn in enumerate(turns)
        ]
        keep_anchors(former, self.tours.all())
        self.anchor_turns()

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["entretien"] = entretiens.fiche_de_l_entretien(self, request)
        return context

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        external = video_externe(self.video_externe)
        if external:
            # The frames of this one host, on this one page; the browser still asks it nothing before the click.
            response._csp_update = {"frame-src": [external.origine]}
        return response

    def passages(self) -> Iterable[Passage]:
        if self.chapo:
            yield Passage(self.chapo)
        if summary := text_of_rich(self.resume):
            yield Passage(summary, "En résumé", "#resume")
        for turn in self.tours.all():
            yield Passage(turn.texte, turn.locuteur, turn.adresse)

    def temps_de_lecture(self) -> Temps:
        if self.duree:
            return Temps(lecture=math.ceil(self.duree / 60))
        return super().temps_de_lecture()

    def carte(self) -> Carte:
        details = []
        if self.duree:
            watched = self.video_id or self.video_externe
            details.append(f"Vidéo, {horodatage(self.duree)}" if watched else horodatage(self.duree))
        if self.origine:
            details.append(self.origine)
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.chapo,
            details=tuple(details),
        )

    def feuillet(self) -> Feuillet:
        return feuillets.of_interview(self)

    def schema_org(self, request) -> list[dict]:
        return entretiens.video_object(self, request) if self.pk else []


class TourDeParole(Orderable):
    """Somebody speaks; without times when the transcript gives none."""

    class Role(models.TextChoices):
        QUESTION = "question", "question"
        REPONSE = "reponse", "réponse"
        AUTRE = "autre", "autre"

    page = ParentalKey(VideoPage, on_delete=models.CASCADE, related_name="tours")
    ancre = models.SlugField("ancre", max_length=40, blank=True, editable=False)
    # Anchors of the turns that were joined to this one: an address given once keeps leading to its words.
    ancres_jointes = models.TextField(blank=True, editable=False)
    locuteur = models.CharField(
        "voix", max_length=150, blank=True, help_text="Laissez vide si la transcription ne la nomme pas."
    )
    role = models.CharField("rôle", max_length=10, choices=Role.choices, default=Role.AUTRE)
    debut = models.FloatField(
        "début, en secondes", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(LONGEST)]
    )
    fin = models.FloatField(
        "fin, en secondes", null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(LONGEST)]
    )
    texte = models.TextField("texte")
    enchainement_incertain = models.BooleanField(
        "enchaînement incertain",
        default=False,
        help_text="Des morceaux ont été joints, et rien ne dit qu’une même voix continue : à vérifier à l’écoute.",
    )

    panels = [
        FieldPanel("texte"),
        FieldPanel("locuteur"),
        FieldPanel("role"),
        FieldPanel("debut"),
        FieldPanel("fin"),
        FieldPanel("enchainement_incertain"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "tour de parole"
        verbose_name_plural = "tours de parole"

    def clean(self) -> None:
        super().clean()
        if self.debut is not None and self.fin is not None and self.fin <= self.debut:
            raise ValidationError({"fin": "La fin doit venir après le début."})

    @property
    def anciennes_ancres(self) -> list[str]:
        """The anchors of the turns joined to this one."""
        return self.ancres_jointes.split()

    @property
    def adresse(self) -> str:
        """What to add to the page's address to open it at this turn."""
        return f"?t={int(self.debut)}#{self.ancre}" if self.debut is not None else f"#{self.ancre}"

    def as_tour(self) -> Tour:
        """This turn as the writers of transcripts take it."""
        return Tour(self.texte, self.locuteur, self.role, self.debut, self.fin, self.enchainement_incertain)

    def natural_anchor(self) -> str:
        """The same for the same words said at the same time, so that importing again breaks no link."""
        if self.debut is not None:
            return f"t-{int(self.debut)}"
        return f"t-{hashlib.sha1(self.texte.encode(), usedforsecurity=False).hexdigest()[:8]}"


class Chapitre(Orderable):
    """A part of the video, by its first second."""

    page = ParentalKey(VideoPage, on_delete=models.CASCADE, related_name="chapitres")
    titre = models.CharField("titre", max_length=150)
    debut = models.PositiveIntegerField("début, en secondes", validators=[MaxValueValidator(LONGEST)])

    panels = [FieldPanel("titre"), FieldPanel("debut")]

    class Meta(Orderable.Meta):
        ordering = ["debut"]
        verbose_name = "chapitre"
        verbose_name_plural = "chapitres"
