"""The engines behind one interface, chosen by SEARCH_URL, or else by the database in use."""

from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from search.moteurs.base import Candidat, Demande, Moteur

__all__ = ["Candidat", "Demande", "Moteur", "moteur"]


@cache
def _pour(url: str) -> Moteur:
    nom = url.partition(":")[0]
    if nom == "sqlite":
        from search.moteurs.sqlite import MoteurSQLite

        return MoteurSQLite()
    if nom == "postgresql":
        from search.moteurs.postgresql import MoteurPostgreSQL

        return MoteurPostgreSQL()
    from search.moteurs.clients import FAMILLES, clients

    if nom.partition("+")[0] in FAMILLES:
        from search.moteurs.elastic import MoteurElastic

        return MoteurElastic(clients(url), secours=_pour(connection.vendor))
    raise ImproperlyConfigured(f"SEARCH_URL: no engine for {nom!r}; leave it empty to search in the database.")


def moteur() -> Moteur:
    """The engine of this site."""
    return _pour(settings.SEARCH_URL or connection.vendor)
