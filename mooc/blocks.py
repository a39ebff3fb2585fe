"""Blocks of the MOOC's pages: what a rubric is for, a question, a key idea."""

from wagtail import blocks


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
