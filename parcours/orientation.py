"""From answers to one parcours: a vote, that any combination settles, and the reasons of those who voted for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.version import cached
from parcours import services

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Reponse:
    """An answer; `valeur` is its rank from 1, as the form sends it."""

    valeur: str
    libelle: str
    parce_que: str
    parcours_id: int | None
    choisie: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answers, of which one at most is chosen; `nom` is the name of its field."""

    nom: str
    intitule: str
    reponses: tuple[Reponse, ...]

    @property
    def choix(self) -> Reponse | None:
        return next((reponse for reponse in self.reponses if reponse.choisie), None)


@dataclass(frozen=True, slots=True)
class Conseil:
    """The parcours advised, and why: the end of « parce que… », one per answer that speaks for it, raw."""

    slug: str
    raisons: tuple[str, ...]


def has_answers(stream) -> bool:
    """Whether each question may be answered in two ways at least."""
    return all(len(block.value["reponses"]) > 1 for block in stream)


def questions_de(stream) -> list[Question]:
    """The questions as their editor wrote them, none answered."""
    return [
        Question(
            nom=f"q{rank}",
            intitule=block.value["intitule"],
            reponses=tuple(_reponse(str(valeur), answer) for valeur, answer in enumerate(block.value["reponses"], 1)),
        )
        for rank, block in enumerate(stream, start=1)
    ]


def _reponse(valeur: str, answer) -> Reponse:
    page = answer.get("parcours")
    return Reponse(valeur, answer["libelle"], answer["parce_que"], page.pk if page else None)


def repondre(questions: Sequence[Question], sent: Mapping[str, str]) -> list[Question]:
    """The questions with the answers that an address holds; what means nothing is no answer."""
    return [
        replace(
            question,
            reponses=tuple(
                replace(reponse, choisie=sent.get(question.nom) == reponse.valeur) for reponse in question.reponses
            ),
        )
        for question in questions
    ]


def parcours_publies(version: int) -> dict[int, str]:
    """Slugs of the published parcours by the key of their page."""
    fils = (services.fil_de(slug, version) for slug in services.slugs(version))
    return cached(
        version,
        "parcours:par-cle",
        lambda: {fil.page_id: fil.slug for fil in fils if fil is not None and fil.page_id is not None},
    )


def conseiller(questions: Sequence[Question], slugs: Sequence[str], published: Mapping[int, str]) -> Conseil | None:
    """The parcours that most answers speak for; None as long as a question has no answer, or no parcours is published.

    Between equals the earliest question decides. An answer whose parcours is not published any more says nothing; when
    none is left, the first parcours of the list is advised, without a reason that nobody gave.
    """
    choices = [question.choix for question in questions]
    if not choices or not slugs or None in choices:
        return None
    voices = [
        (published[choice.parcours_id], choice.parce_que)
        for choice in choices
        if choice is not None and choice.parcours_id is not None and choice.parcours_id in published
    ]
    if not voices:
        return Conseil(slugs[0], ())
    # A Counter keeps the order of arrival: the first of the most common is the earliest question's.
    winner = Counter(slug for slug, _ in voices).most_common(1)[0][0]
    return Conseil(winner, tuple(reason for slug, reason in voices if slug == winner and reason))
