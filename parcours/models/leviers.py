"""The seven levers: questions to ask together, and a self-positioning that never leaves the reader's device."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar

from django import forms
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
from parcours.forms import LeviersForm

if TYPE_CHECKING:
    from collections.abc import Iterable


class LeviersPage(BasePage):
    """The levers of co-construction, the questions that each one lights, and where one stands on each."""

    genre, genre_label = "leviers", "Les sept leviers"
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list] = []
    max_count = 1
    template = "parcours/leviers_page.html"
    page_description = "L’outil d’autopositionnement : des leviers, leurs questions et des niveaux."

    corps = StreamField(CorpsBlock(), verbose_name="mode d’emploi", blank=True, help_text="Montré avant les leviers.")

    base_form_class = LeviersForm
    search_fields = [*BasePage.search_fields, index.SearchField("corps")]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("corps"),
        InlinePanel("leviers", heading="Leviers", label="Levier", min_num=1, max_num=12),
        InlinePanel(
            "niveaux",
            heading="Niveaux",
            label="Niveau",
            min_num=2,
            max_num=6,
            help_text="Du plus bas au plus haut. Le premier vaut 0 sur le graphique.",
        ),
        InlinePanel("questions_communes", heading="Questions communes", label="Question"),
    ]

    class Meta:
        verbose_name = "outil des leviers"
        verbose_name_plural = "outils des leviers"

    def save_revision(self, *args, **kwargs):
        # The draft of a live page is kept without being cleaned.
        self.completer()
        return super().save_revision(*args, **kwargs)

    def completer(self) -> None:
        """Give each new lever its permanent identifier, before a revision or a row keeps it."""
        taken: set[uuid.UUID] = set()
        for levier in self.leviers.all():
            if levier.identifiant is None or levier.identifiant in taken:
                levier.identifiant = uuid.uuid4()
            taken.add(levier.identifiant)

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["leviers"] = self.leviers_ancres()
        context["niveaux"] = list(self.niveaux.all())
        context["questions_communes"] = list(self.questions_communes.all())
        return context

    def leviers_ancres(self) -> list[Levier]:
        """The levers in order, each with an `ancre` of its own."""
        levers, taken = list(self.leviers.all()), set()
        for rank, levier in enumerate(levers, start=1):
            anchor = f"levier-{slugify(levier.titre)}"
            levier.ancre = f"{anchor}-{rank}" if anchor in taken else anchor
            taken.add(levier.ancre)
        return levers

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        for levier in self.leviers_ancres():
            yield Passage(" ".join(levier.liste_des_questions), levier.titre, f"#{levier.ancre}")
        communes = [question.question for question in self.questions_communes.all()]
        if communes:
            yield Passage(" ".join(communes), "Les questions à se poser ensemble", "#questions-communes")


class Levier(Orderable):
    """One lever and its questions; `ancre` once `LeviersPage.leviers_ancres` gave it."""

    ancre = ""

    page = ParentalKey(LeviersPage, on_delete=models.CASCADE, related_name="leviers")
    # Not the primary key: a revision made before its lever had one gives it another each time it is published. An
    # explicit default, so that a form sent without it changes nothing.
    identifiant = models.UUIDField("identifiant", null=True, blank=True, default=None)
    titre = models.CharField("titre", max_length=120)
    questions = models.TextField("questions", max_length=2000, help_text="Une question par ligne.")

    # A form makes a lever that has no primary key yet anew: what it must keep goes through the form.
    panels = [
        FieldPanel("titre"),
        FieldPanel("questions"),
        FieldPanel("identifiant", widget=forms.HiddenInput, classname="w-hidden", disable_comments=True),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "levier"
        verbose_name_plural = "leviers"

    @property
    def cle(self) -> str:
        """What the reader's device keeps a choice under: it survives another title, another rank, a publication."""
        return str(self.identifiant or self.ancre)

    @property
    def liste_des_questions(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class NiveauDePosition(Orderable):
    """A level at which one may stand on a lever."""

    page = ParentalKey(LeviersPage, on_delete=models.CASCADE, related_name="niveaux")
    libelle = models.CharField("libellé", max_length=120)

    panels = [FieldPanel("libelle")]

    class Meta(Orderable.Meta):
        verbose_name = "niveau"
        verbose_name_plural = "niveaux"


class QuestionCommune(Orderable):
    """A question to ask together before any alliance."""

    page = ParentalKey(LeviersPage, on_delete=models.CASCADE, related_name="questions_communes")
    theme = models.CharField("thème", max_length=60)
    question = models.CharField("question", max_length=300)

    panels = [FieldPanel("theme"), FieldPanel("question")]

    class Meta(Orderable.Meta):
        verbose_name = "question commune"
        verbose_name_plural = "questions communes"
