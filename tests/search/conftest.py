"""What the tests of search share."""

import os

import pytest
from django.conf import settings as reglages

from core.version import current_version
from home.models import StandardPage
from search import index
from search.query import chercher

SUR_OPENSEARCH = "sh bin/with-opensearch.sh .venv/bin/pytest -m 'contrat or opensearch' tests/search"


def pytest_collection_modifyitems(items) -> None:
    """Say why there is no OpenSearch; without it, the contract has been kept elsewhere already."""
    if reglages.SEARCH_URL:
        return
    absence = os.environ.get("SANS_OPENSEARCH", "")
    for item in items:
        if item.get_closest_marker("opensearch") or (absence and item.get_closest_marker("contrat")):
            item.add_marker(pytest.mark.skip(reason=f"OpenSearch : {absence or SUR_OPENSEARCH}"))


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
def porter(monkeypatch):
    """Make a page carry documents, then index it."""
    portes: dict[int, list] = {}
    monkeypatch.setattr(StandardPage, "documents", lambda self: portes.get(self.pk, []))

    def carry(page, *documents) -> None:
        portes[page.pk] = list(documents)
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
