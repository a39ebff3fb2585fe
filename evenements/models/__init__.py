"""Meetings of the network and their programmes."""

from evenements.models.index import RencontrePassee, RencontresIndexPage
from evenements.models.rencontre import Creneau, RencontrePage

__all__ = ["Creneau", "RencontrePage", "RencontrePassee", "RencontresIndexPage"]
