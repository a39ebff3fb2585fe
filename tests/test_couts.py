"""What a page costs in SQL queries, warm, with the initial content and with a hundred times as much.

The ceilings are those of the issue: 10 for a resource, an episode, an interview, a fil rouge; 12 for the others.
"""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from tests.factories import clone_page

CEILINGS = {
    "/": 12,
    "/kit/": 12,
    "/kit/boite-a-outils/": 12,
    "/kit/boite-a-outils/etudes-phare/": 10,
    "/kit/cadre-de-reference/referentiel-co-construction-territoire/?parcours=animer-le-territoire": 10,
    "/kit/matrice/": 12,
    "/parcours/": 12,
    "/parcours/animer-le-territoire/": 12,
    "/parcours/carnet/": 12,
    "/mooc/": 12,
    "/mooc/episode-1/": 10,
    "/mooc/episode-1/presentation-du-kit/?t=60": 10,
    "/fils-rouges/": 12,
    "/fils-rouges/silver-geek/": 10,
    "/rencontres/": 12,
    "/rencontres/7e-rencontre-pionniers-alliances/": 10,
    "/documents-du-site/": 12,
    "/glossaire/": 12,
    "/reperes/": 12,
    "/leviers/": 12,
    "/newsletter/": 12,
    "/lettres/": 12,
    "/plan-du-site/": 12,
    "/recherche/?q=evaluation+partenariats": 12,
    "/recherche/?q=territoire&nature=methode&annee=2016": 12,
}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]


@pytest.fixture(scope="module")
def cent_fois_plus(contenu, django_db_blocker):
    """A hundred times the resources, the fils rouges, the meetings and the interviews, indexed."""
    with django_db_blocker.unblock():
        for slug, count in (
            ("etudes-phare", 1800),
            ("mooc-alliances-qui-changent-les-territoires", 900),
            ("rex-silver-geek", 700),
            ("referentiel-co-construction-territoire", 300),
            ("silver-geek", 400),
            ("7e-rencontre-pionniers-alliances", 100),
            ("presentation-du-kit", 100),
        ):
            clone_page(Page.objects.get(slug=slug), count)
        call_command("indexer", verbosity=0)


def _warm(client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    response.content  # noqa: B018


@pytest.mark.parametrize(("address", "ceiling"), CEILINGS.items())
def test_a_page_stays_under_its_ceiling(client, django_assert_max_num_queries, address, ceiling):
    _warm(client, address)
    with django_assert_max_num_queries(ceiling):
        client.get(address)


@pytest.mark.parametrize(("address", "ceiling"), CEILINGS.items())
def test_a_page_stays_under_its_ceiling_with_a_hundred_times_the_content(
    cent_fois_plus, client, django_assert_max_num_queries, address, ceiling
):
    _warm(client, address)
    with django_assert_max_num_queries(ceiling):
        client.get(address)
