"""Page types of the room: parcours and their steps, and the seven-lever tool; the copies of notebooks."""

from parcours.models.carnet import Carnet, LienDeReprise
from parcours.models.leviers import Levier, LeviersPage, NiveauDePosition, QuestionCommune
from parcours.models.parcours import EtapeParcours, ParcoursIndexPage, ParcoursPage

__all__ = [
    "Carnet",
    "EtapeParcours",
    "Levier",
    "LeviersPage",
    "LienDeReprise",
    "NiveauDePosition",
    "ParcoursIndexPage",
    "ParcoursPage",
    "QuestionCommune",
]
