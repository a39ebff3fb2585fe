"""What a distributed engine must do beside the contract."""

import pytest

from search.moteurs.clients import clients

pytestmark = pytest.mark.opensearch


def test_two_nodes_answer(settings):
    sante = clients(settings.SEARCH_URL).lecture.cluster.health()
    assert sante["number_of_nodes"] == 2
