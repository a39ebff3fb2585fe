"""What parcours tell search about the pages that are their steps."""

import pytest
from wagtail.models import Page, PageViewRestriction

from core.registry import registry
from core.signals import facettes_changees
from parcours.models import EtapeParcours
from tests.parcours.factories import parcours, ressource


@pytest.fixture
def told():
    """The page ids that rooms were told about, one set per signal."""
    heard = []

    def listen(sender, page_ids, **kwargs):
        heard.append(set(page_ids))

    facettes_changees.connect(listen)
    yield heard
    facettes_changees.disconnect(listen)


def test_a_step_carries_the_name_of_each_public_parcours(home):
    both, alone = ressource(home), ressource(home)
    parcours(home, [both, alone], slug="p-1", titre_court="Premier")
    private = parcours(home, [both], slug="p-2", titre_court="Privé")
    assert registry.facettes([both.pk, alone.pk])["parcours"] == {
        both.pk: ["p-1|Premier", "p-2|Privé"],
        alone.pk: ["p-1|Premier"],
    }
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert registry.facettes([both.pk])["parcours"] == {both.pk: ["p-1|Premier"]}


def test_the_facets_of_many_pages_cost_a_fixed_number_of_queries(home, django_assert_max_num_queries):
    steps = [ressource(home) for _ in range(12)]
    parcours(home, steps)
    with django_assert_max_num_queries(2):
        registry.facettes([step.pk for step in steps])


def test_publishing_tells_the_pages_that_left(home, told):
    first, second, third = (ressource(home) for _ in range(3))
    page = parcours(home, [first, second])
    assert told == []
    page.etapes = [EtapeParcours(page=second, sort_order=0), EtapeParcours(page=third, sort_order=1)]
    page.save_revision().publish()
    assert told == [{first.pk}]


def test_a_draft_tells_nothing(home, told):
    first, second = ressource(home), ressource(home)
    page = parcours(home, [first])
    told.clear()
    page.etapes = [EtapeParcours(page=second, sort_order=0)]
    page.save_revision()
    assert told == []


def test_a_parcours_and_its_steps_name_one_another(home):
    first, second = ressource(home), ressource(home)
    page = parcours(home, [first, second])
    other = parcours(home, [second])
    assert registry.citantes(Page, [page.pk]) == {first.pk, second.pk}
    assert registry.citantes(Page, [first.pk]) == {page.pk}
    assert registry.citantes(Page, [second.pk]) == {page.pk, other.pk}
    assert registry.citantes(Page, [ressource(home).pk]) == set()
