"""The sort by date goes by what pages tell of, not by the day when they were put online."""

from datetime import UTC, date, datetime

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from search import index
from search.flux import TAILLE
from search.models import SearchEntry
from tests.evenements.factories import index_page as rencontres
from tests.evenements.factories import rencontre
from tests.fils_rouges.factories import fil_rouge
from tests.fils_rouges.factories import index_page as fils_rouges
from tests.kit.factories import document, nature_page, ressource
from tests.mooc.factories import mooc_page
from tests.newsletter.factories import archive, letter

ATOM = "{http://www.w3.org/2005/Atom}"


def publiee(page):
    page.save_revision().publish()
    return page


def date_de(page) -> str:
    (jour,) = SearchEntry.objects.filter(page=page).values_list("date__date", flat=True).distinct()
    return str(jour)


@pytest.mark.parametrize(
    ("ecrite", "jour"),
    [("2016", "2016-01-01"), ("2016-11", "2016-11-01"), ("2016-11-30", "2016-11-30"), ("2012/2015", "2015-01-01")],
)
def test_a_resource_has_the_date_of_its_document(home, ecrite, jour):
    assert date_de(ressource(nature_page(home), date=ecrite)) == jour


def test_a_meeting_an_issue_a_case_and_the_mooc_have_theirs(home):
    assert date_de(rencontre(rencontres(home), jour="2021-07-12")) == "2021-07-12"
    assert date_de(publiee(letter(archive(home), date=date(2020, 3, 1)))) == "2020-03-01"
    assert date_de(publiee(fil_rouge(fils_rouges(home), annee=2013))) == "2013-01-01"
    mooc = publiee(mooc_page(home, annee=2015))
    assert date_de(mooc) == "2015-01-01"
    mooc.annee = 32_000
    assert mooc.date_propre() is None


def test_a_file_has_the_date_of_the_resource_that_carries_it(home):
    guide = document()
    fiche = ressource(nature_page(home), date="2011", fichiers=[guide])
    assert set(SearchEntry.objects.filter(page=fiche).values_list("date__year", flat=True)) == {2011}


def test_a_page_without_a_date_of_its_own_has_that_of_its_publication(home):
    sans = ressource(nature_page(home), date="")
    assert date_de(sans) == str(Page.objects.get(pk=sans.pk).first_published_at.date())


def test_the_sort_by_date(home, client):
    nature = nature_page(home)
    for annee in ("2014", "", "2011", "2016-03"):
        ressource(nature, f"Partenariat {annee}".strip(), date=annee)
    hits = client.get("/api/recherche/", {"q": "partenariat", "tri": "date"}).json()["resultats"]
    attendus = ["Partenariat", "Partenariat 2016-03", "Partenariat 2014", "Partenariat 2011"]
    assert [hit["titre"] for hit in hits] == attendus
    contenu = client.get("/recherche/", {"q": "partenariat", "tri": "date"}).content.decode()
    assert '<time datetime="2011">2011</time>' in contenu


def test_the_feed_tells_what_came_last_on_the_site_whatever_its_own_date(home, client):
    nature = nature_page(home)
    recente, ancienne = ressource(nature, "Partenariat A", date="2016"), ressource(nature, "Partenariat B", date="2011")
    Page.objects.filter(pk=recente.pk).update(first_published_at=datetime(2026, 1, 1, tzinfo=UTC))
    Page.objects.filter(pk=ancienne.pk).update(first_published_at=datetime(2026, 2, 1, tzinfo=UTC))
    flux = ElementTree.fromstring(client.get("/flux/recherche/", {"q": "partenariat"}).content)
    entrees = [
        (entree.findtext(f"{ATOM}title"), entree.findtext(f"{ATOM}updated", "")[:7])
        for entree in flux.iter(f"{ATOM}entry")
    ]
    assert entrees == [("Partenariat B", "2026-02"), ("Partenariat A", "2026-01")]


def test_the_feed_misses_nothing_that_came_today_however_much_there_is(home, client):
    nature = nature_page(home)
    recente = ressource(nature, "Partenariat récent", date="2024")
    hier, aujourdhui = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
    Page.objects.filter(pk=recente.pk).update(first_published_at=hier)
    (modele,) = SearchEntry.objects.filter(page=recente, position=0)
    for numero in range(300):
        modele.pk, modele.source, modele._state.adding = None, f"page:{10_000 + numero}", True
        index.ecrire([modele])
    ancienne = ressource(nature, "Partenariat ancien", date="2011")
    Page.objects.filter(pk=ancienne.pk).update(first_published_at=aujourdhui)
    with CaptureQueriesContext(connection) as requetes:
        reponse = client.get("/flux/recherche/", {"type": modele.genre})
    entrees = list(ElementTree.fromstring(reponse.content).iter(f"{ATOM}entry"))
    assert entrees[0].findtext(f"{ATOM}title") == "Partenariat ancien"
    assert len(entrees) == TAILLE
    # The texts of those shown, and of no other.
    lectures = [requete["sql"] for requete in requetes if '"search_searchentry"."texte"' in requete["sql"]]
    assert [sql.partition(" IN (")[2].count(",") + 1 for sql in lectures] == [TAILLE]
