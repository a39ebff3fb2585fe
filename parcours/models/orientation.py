"""« Par où commencer ? »: three questions that lead to one parcours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from core.models import BasePage
from core.protocols import Passage
from core.version import cached, request_version
from parcours import orientation, services
from parcours.blocs import QuestionsBlock

if TYPE_CHECKING:
    from collections.abc import Iterable


class OrientationPage(BasePage):
    """Three questions, each answer a vote for a parcours: every combination leads to exactly one.

    The answers are in the address only: a form sent by GET, nothing kept anywhere.
    """

    genre, genre_label = "page", "Page"
    parent_page_types = ["parcours.ParcoursIndexPage"]
    subpage_types: ClassVar[list] = []
    max_count = 1
    template = "parcours/orientation_page.html"
    page_description = "Trois questions courtes qui conseillent un parcours."

    questions = StreamField(
        QuestionsBlock(),
        verbose_name="questions",
        min_num=orientation.QUESTIONS,
        max_num=orientation.QUESTIONS,
        help_text="Trois questions. Chaque réponse est une voix pour un parcours ; le parcours qui en a le plus est "
        "conseillé. À égalité, la première question l’emporte : mettez-y la plus importante.",
    )

    content_panels: ClassVar[list] = [*BasePage.content_panels, FieldPanel("questions")]

    class Meta:
        verbose_name = "page « Par où commencer ? »"
        verbose_name_plural = "pages « Par où commencer ? »"

    def clean(self) -> None:
        super().clean()
        if not orientation.has_answers(self.questions):
            raise ValidationError({"questions": "Donnez au moins deux réponses à chaque question."})

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        version = request_version(request)
        asked = orientation.repondre(self.questions_lues(request), request.GET)
        conseil = orientation.conseiller(asked, services.slugs(version), orientation.parcours_publies(version))
        context["questions"] = asked
        context["conseil"] = conseil
        context["cartes"] = services.cartes([conseil.slug], version) if conseil else []
        context["autres"] = services.cartes_parcours(version)
        # An answer is missing: said once the form was sent, never on arrival.
        context["envoye"] = any(question.nom in request.GET for question in asked)
        return context

    def questions_lues(self, request) -> list[orientation.Question]:
        """The questions that readers are asked; in a preview, those being edited."""
        if getattr(request, "is_preview", False):
            return orientation.questions_de(self.questions)
        version = request_version(request)
        return cached(version, f"parcours:questions:{self.pk}", lambda: orientation.questions_de(self.questions))

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        for block in self.questions:
            yield Passage(block.value["intitule"])
