"""What the tests of search share."""

import os
from contextlib import suppress

import pytest
from django.conf import settings as reglages

from core.version import current_version
from home.models import StandardPage
from mediatheque.models import CustomDocument
from search import index
from search.moteurs import base, postgresql, sqlite
from search.query import chercher

SUR_OPENSEARCH = "sh bin/with-opensearch.sh .venv/bin/pytest -m 'contrat or opensearch' tests/search"


def pytest_collection_modifyitems(items) -> None:
    """Say why there is no OpenSearch; without it, the contract has been kept elsewhere already."""
    if reglages.SEARCH_URL:
        return
    absence = os.environ.get("SANS_OPENSEARCH", "")
    for item in items:
        if item.get_closest_marker("opensearch") or (absence and item.get_closest_marker("contrat")):
            # A contributor may lack Maven or a recent JDK; `.ci/run` refuses this by EXIGER_TOUT.
            item.add_marker(pytest.mark.skip(reason=f"OpenSearch : {absence or SUR_OPENSEARCH}"))


@pytest.fixture(autouse=True)
def _moteur_de_ce_processus(settings, monkeypatch):
    """On a distant engine: an index of this process, empty at first, told everything before each search.

    A test is rolled back, so nothing is ever committed: the outbox is emptied here as the end of a transaction would.
    """
    if not settings.SEARCH_URL:
        yield
        return
    settings.SEARCH_URL += "-" + os.environ.get("PYTEST_XDIST_WORKER", "main")
    from search import envois
    from search.moteurs import corps, moteur
    from search.moteurs.clients import Injoignable

    # A busy machine is not a failure.
    monkeypatch.setattr("search.moteurs.clients.DELAI_LECTURE", 30)
    distant = moteur()
    serveur = distant.clients.ecriture
    if not serveur.indices.exists_alias(name=distant.nom):
        premier = f"{distant.nom}-{0:014}-{0:06}"
        serveur.indices.create(index=premier, body={**corps.INDEX, "aliases": {distant.nom: {}}})
    chercher = type(distant).search

    def vider_puis_chercher(self, *args, **options):
        with suppress(Injoignable):
            envois.vider()
        return chercher(self, *args, **options)

    monkeypatch.setattr(type(distant), "search", vider_puis_chercher)
    # Nothing here may pass because the database answered instead.
    monkeypatch.setattr(distant, "secours", None)
    distant.pas_avant = 0.0
    yield
    serveur.delete_by_query(index=distant.nom, body={"query": {"match_all": {}}}, refresh=True)


@pytest.fixture
def trouver(db):
    """Search, and give the titles found, in order."""

    def ask(texte: str, filtres: dict | None = None, **options) -> list[str]:
        resultats = chercher(texte, filtres, version=current_version(), taille=50, **options)
        return [trouvaille.passages[0].titre for trouvaille in resultats.hits]

    return ask


@pytest.fixture
def repondre(db):
    """Search, and give the whole answer."""

    def ask(texte: str, filtres: dict | None = None, **options):
        return chercher(texte, filtres, version=current_version(), **options)

    return ask


@pytest.fixture
def cinq_au_plus(monkeypatch):
    """Engines of the database that rank and count five passages."""
    # All of them read before any is changed: one read after would keep five for ever.
    for module in (base, sqlite, postgresql):
        monkeypatch.setattr(module, "COMPTES_MAX", 5)
    monkeypatch.setattr(postgresql.MoteurPostgreSQL, "trop", 5)


@pytest.fixture
def porter(monkeypatch):
    """Make a page carry documents, then index it."""
    portes: dict[int, list[int]] = {}

    def read(page) -> list[CustomDocument]:
        presents = CustomDocument.objects.in_bulk(portes.get(page.pk, []))
        return [presents[cle] for cle in portes.get(page.pk, []) if cle in presents]

    monkeypatch.setattr(StandardPage, "documents", read)

    def carry(page, *documents) -> None:
        portes[page.pk] = [document.pk for document in documents]
        index.indexer_pages([page.pk])

    return carry


@pytest.fixture
def classer(monkeypatch):
    """Give a page facets, then index it."""
    facettes: dict[int, dict] = {}
    monkeypatch.setattr(StandardPage, "facettes", lambda self: facettes.get(self.pk, {}))

    def classify(page, **valeurs) -> None:
        facettes[page.pk] = valeurs
        index.indexer_pages([page.pk])

    return classify
