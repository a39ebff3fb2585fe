"""Blocks of the MOOC's pages: what a rubric is for, a question, a key idea, a question to check oneself."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class RubriqueBlock(blocks.StructBlock):
    """A rubric that comes back in every episode, and what it is for."""

    titre = blocks.CharBlock(label="Titre", max_length=100)
    role = blocks.TextBlock(label="À quoi elle sert", rows=2)

    class Meta:
        icon = "list-ul"
        label = "Rubrique"
        description = "Une rubrique qui revient dans chaque épisode."
        template = "mooc/blocks/rubrique.html"
        preview_value = {"titre": "Prenons du recul", "role": "Un temps de réflexion sur son propre territoire."}


class QuestionBlock(blocks.CharBlock):
    """A question, to which an episode answers or which it asks the reader."""

    class Meta:
        icon = "help"
        label = "Question"
        description = "Une question, en une phrase."
        template = "mooc/blocks/question.html"
        preview_value = "Pourquoi co-construire en territoire ?"


class IdeeBlock(blocks.StructBlock):
    """A key idea: a name and a sentence or two."""

    titre = blocks.CharBlock(label="Idée", max_length=150)
    texte = blocks.TextBlock(label="En une ou deux phrases", rows=3)

    class Meta:
        icon = "pick"
        label = "Idée clé"
        description = "Ce qu’il faut retenir, en un titre et une ou deux phrases."
        template = "mooc/blocks/idee.html"
        preview_value = {"titre": "Une dynamique collective", "texte": "L’alliance vient en amont des partenariats."}


class ReponseBlock(blocks.StructBlock):
    """An answer offered to the reader."""

    texte = blocks.CharBlock(label="Réponse", max_length=250)
    juste = blocks.BooleanBlock(label="C’est une bonne réponse", required=False)

    class Meta:
        icon = "check"
        label = "Réponse"


class AutocontroleValue(blocks.StructValue):
    """A question to check oneself, with what its template asks of it."""

    @property
    def justes(self) -> list[str]:
        """The right answers."""
        return [answer["texte"] for answer in self["reponses"] if answer["juste"]]

    @property
    def plusieurs(self) -> bool:
        """More than one answer is right: the reader may tick several."""
        return len(self.justes) > 1

    @property
    def mots(self) -> str:
        """The question, its answers and the explanation, to be found by."""
        return " ".join([self["question"], *(answer["texte"] for answer in self["reponses"]), self["explication"]])


class AutocontroleBlock(blocks.StructBlock):
    """A question to check oneself: never graded, never sent, its answer explained."""

    question = blocks.CharBlock(label="Question", max_length=250)
    reponses = blocks.ListBlock(ReponseBlock(), label="Réponses", min_num=2, max_num=6)
    explication = blocks.TextBlock(
        label="Explication",
        rows=3,
        max_length=800,
        help_text="Pourquoi : en deux ou trois phrases, que le lecteur ait trouvé ou non.",
    )

    class Meta:
        icon = "tick-inverse"
        label = "Question à réponses"
        description = "Une question pour vérifier que l’on a compris. Rien n’est noté ni envoyé."
        template = "mooc/blocks/autocontrole.html"
        value_class = AutocontroleValue
        preview_value = {
            "question": "Dans une alliance, comment se tient-on ?",
            "reponses": [{"texte": "Face à face", "juste": False}, {"texte": "Côte à côte", "juste": True}],
            "explication": "Une alliance s’organise autour d’enjeux partagés.",
        }

    def clean(self, value):
        cleaned = super().clean(value)
        right = len(cleaned.justes)
        if not 0 < right < len(cleaned["reponses"]):
            message = "Cochez au moins une bonne réponse, et laissez-en au moins une qui ne l’est pas."
            raise StructBlockValidationError(block_errors={"reponses": ValidationError(message)})
        return cleaned
