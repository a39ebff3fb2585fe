"""Fils rouges: the case studies, their actors and their timeline."""

from fils_rouges.models.fil_rouge import Acteur, FilRougePage, Jalon, RessourceLiee
from fils_rouges.models.index import FilsRougesIndexPage

__all__ = ["Acteur", "FilRougePage", "FilsRougesIndexPage", "Jalon", "RessourceLiee"]
