"""A MOOC and its first episode, empty."""

import pytest

from tests.mooc import factories


@pytest.fixture
def mooc(home):
    return factories.mooc_page(home)


@pytest.fixture
def episode(mooc):
    return factories.episode_page(mooc)
