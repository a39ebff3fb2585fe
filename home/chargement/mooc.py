"""Initial content of one room."""

from home.chargement.base import Chargeur


def charger(c: Chargeur) -> None:
    """Nothing yet."""
