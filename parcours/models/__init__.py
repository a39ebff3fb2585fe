"""Page types of the room: parcours and their steps, and the seven-lever tool."""

from parcours.models.leviers import Levier, LeviersPage, NiveauDePosition, QuestionCommune
from parcours.models.parcours import EtapeParcours, ParcoursIndexPage, ParcoursPage

__all__ = [
    "EtapeParcours",
    "Levier",
    "LeviersPage",
    "NiveauDePosition",
    "ParcoursIndexPage",
    "ParcoursPage",
    "QuestionCommune",
]
