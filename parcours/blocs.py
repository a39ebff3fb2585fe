"""Blocks of « Par où commencer ? »: a question, its answers, and what each one says in favour of a parcours."""

from wagtail import blocks


class ReponseBlock(blocks.StructBlock):
    """An answer: a vote for a parcours, and the reason that the reader is given."""

    libelle = blocks.CharBlock(label="Réponse", max_length=120)
    parcours = blocks.PageChooserBlock(label="Parcours que cette réponse conseille", page_type="parcours.ParcoursPage")
    parce_que = blocks.CharBlock(
        label="Parce que…",
        max_length=200,
        help_text="La fin de la phrase « Nous vous conseillons ce parcours parce que… ». Par exemple « vous découvrez "
        "le sujet ».",
    )

    class Meta:
        icon = "pick"
        label = "Réponse"
        description = "Une réponse possible et le parcours qu’elle conseille."


class QuestionBlock(blocks.StructBlock):
    """A question with at least two answers."""

    intitule = blocks.CharBlock(label="Question", max_length=150)
    reponses = blocks.ListBlock(ReponseBlock(), label="Réponses", min_num=2, max_num=6)

    class Meta:
        icon = "help"
        label = "Question"
        description = "Une question courte et ses réponses."
        template = "parcours/blocs/question.html"
        preview_value = {"intitule": "Que cherchez-vous d’abord ?", "reponses": []}


class QuestionsBlock(blocks.StreamBlock):
    """The questions, in their order: the first one decides between equals."""

    question = QuestionBlock()
