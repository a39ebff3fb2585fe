"""What search stores: the index, what editors decide about it, what readers asked."""

from search.models.journal import ClicDuJour, RechercheDuJour
from search.models.passages import Envoi, Etiquettes, Expediteur, Mot, SearchEntry
from search.models.reglages import ElementMisEnAvant, MiseEnAvant, PageEcartee, Synonyme

__all__ = [
    "ClicDuJour",
    "ElementMisEnAvant",
    "Envoi",
    "Etiquettes",
    "Expediteur",
    "MiseEnAvant",
    "Mot",
    "PageEcartee",
    "RechercheDuJour",
    "SearchEntry",
    "Synonyme",
]
