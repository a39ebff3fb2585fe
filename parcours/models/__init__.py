"""Page types of the room: parcours and their steps, the questions that lead to one, the seven-lever tool;
copies of notebooks and counters."""

from parcours.models.carnet import Carnet, LienDeReprise
from parcours.models.leviers import Levier, LeviersPage, NiveauDePosition, QuestionCommune
from parcours.models.mesure import EtapeDuJour
from parcours.models.orientation import OrientationPage
from parcours.models.parcours import EtapeParcours, ParcoursIndexPage, ParcoursPage

__all__ = [
    "Carnet",
    "EtapeDuJour",
    "EtapeParcours",
    "Levier",
    "LeviersPage",
    "LienDeReprise",
    "NiveauDePosition",
    "OrientationPage",
    "ParcoursIndexPage",
    "ParcoursPage",
    "QuestionCommune",
]
