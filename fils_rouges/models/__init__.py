"""Fils rouges: the case studies, their actors, their timeline and their figures."""

from fils_rouges.models.faits import Acteur, Chiffre, Jalon, RessourceLiee
from fils_rouges.models.fil_rouge import FilRougePage
from fils_rouges.models.index import FilsRougesIndexPage

__all__ = ["Acteur", "Chiffre", "FilRougePage", "FilsRougesIndexPage", "Jalon", "RessourceLiee"]
