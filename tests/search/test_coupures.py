"""Real processes stopped by SIGKILL: readers keep a whole index, nothing is lost, nothing private appears."""

import itertools
import os
import random
import signal
import time

import pytest

from tests.search.atelier import Atelier, attendre

# For the database of the tests to be there; each test here works on a copy of it.
pytestmark = pytest.mark.django_db
# As many passages as an engine counts exactly, so that a search tells them all.
PAGES = 150
CHANGER = "UPDATE wagtailcore_page SET title = 'Re' || title WHERE title LIKE 'Fondation %'"
REMETTRE = "UPDATE wagtailcore_page SET title = substr(title, 3) WHERE title LIKE 'ReFondation %'"


@pytest.fixture(scope="module")
def modele(django_db_setup, django_db_blocker, tmp_path_factory):
    """A site of some thousand passages."""
    with django_db_blocker.unblock():
        atelier = Atelier.vide(tmp_path_factory.mktemp("coupures") / "modele")
    assert atelier.parler("remplir", str(PAGES)).ecouter() > 1900
    atelier.processus[0].wait()
    yield atelier
    atelier.fermer()


@pytest.fixture
def atelier(modele, tmp_path):
    copie = modele.copie(tmp_path / "site")
    yield copie
    copie.fermer()


@pytest.fixture(scope="module")
def attendu(modele, tmp_path_factory):
    """The index after an uninterrupted run on changed pages, and the seconds during which it held the writers."""
    copie = modele.copie(tmp_path_factory.mktemp("attendu") / "attendu")
    copie.sql(CHANGER)
    lance = copie.indexer("--complet")
    attendre(copie.occupe)
    duree = attendre(lambda: not copie.occupe())
    assert lance.wait() == 0
    yield copie.index(), duree
    copie.fermer()


@pytest.fixture
def lecteur(atelier):
    processus = atelier.parler("chercher")
    processus.ecouter()
    return processus


def premiers_mots(titres: list[str]) -> set[str]:
    return {titre.split()[0] for titre in titres}


def test_a_complete_run_killed_leaves_the_old_index_and_the_next_run_mends(atelier, lecteur, attendu):
    index_attendu, duree = attendu
    avant, trouves = atelier.index(), lecteur.demander("fondation")
    assert len(trouves) == PAGES
    atelier.sql(CHANGER)
    fractions = [0.7, 0.4, 0.1]
    while fractions:
        lance = atelier.indexer("--complet")
        attendre(atelier.occupe)
        time.sleep(fractions[-1] * duree)
        os.kill(lance.pid, signal.SIGSTOP)
        if atelier.occupe():
            fractions.pop()
        else:
            # Less busy than when it was measured, the machine let it end: all is put back, for a shorter time.
            duree /= 2
            os.kill(lance.pid, signal.SIGCONT)
            lance.wait()
            atelier.sql(REMETTRE)
            assert atelier.indexer().wait() == 0
            atelier.sql(CHANGER)
            continue
        assert lecteur.demander("fondation") == trouves
        lance.kill()
        lance.wait()
        attendre(lambda: not atelier.occupe())
        assert atelier.index() == avant
    assert atelier.sain()
    assert lecteur.demander("fondation") == trouves
    assert atelier.indexer().wait() == 0
    assert atelier.index() == index_attendu
    assert premiers_mots(lecteur.demander("refondation")) == {"ReFondation"}


def test_a_run_killed_leaves_each_page_whole_and_the_next_goes_on(atelier, lecteur, attendu):
    atelier.sql(CHANGER)
    faites = "SELECT id FROM search_searchentry WHERE titre LIKE 'ReFondation %' ORDER BY id"
    lance = atelier.indexer()
    attendre(lambda: atelier.sql(faites))
    lance.kill()
    lance.wait()
    attendre(lambda: not atelier.occupe())
    deja = atelier.sql(faites)
    assert 0 < len(deja) < 13 * PAGES
    assert atelier.sain()
    par_page = "SELECT page_id FROM search_searchentry GROUP BY page_id HAVING COUNT(DISTINCT titre) > 1"
    assert atelier.sql(par_page) == []
    assert len(lecteur.demander("comité")) == PAGES
    assert atelier.indexer().wait() == 0
    assert atelier.sql(faites)[: len(deja)] == deja
    assert atelier.index() == attendu[0]


def test_two_runs_at_once_write_each_row_once(atelier):
    avant = atelier.index()
    atelier.sql("DELETE FROM search_searchentry")
    atelier.sql("DELETE FROM search_mot")
    lances = [atelier.indexer(), atelier.indexer()]
    assert [lance.wait() for lance in lances] == [0, 0]
    assert atelier.index() == avant


def test_a_publication_killed_is_wholly_done_and_found_or_not_at_all(atelier, lecteur):
    for graine in (1, 2, 3):
        redacteur = atelier.parler("publier", str(graine))
        assert redacteur.ecouter() == "pret"
        fin = time.monotonic() + random.Random(graine).uniform(0.5, 1.5)
        while time.monotonic() < fin:
            assert "Secret" not in premiers_mots(lecteur.demander("secret"))
        redacteur.lance.kill()
        redacteur.lance.wait()
    verifier_tout(atelier, lecteur)


def test_indexing_while_an_editor_publishes_keeps_what_is_newest(atelier, lecteur):
    # Of this seed the first page stays public: a slow machine may publish no other meanwhile.
    redacteur = atelier.parler("publier", "5")
    redacteur.ecouter()
    for options in ((), ("--complet",)):
        atelier.sql(CHANGER)
        assert atelier.indexer(*options).wait() == 0
    assert redacteur.ecouter() == 1
    redacteur.lance.kill()
    redacteur.lance.wait()
    verifier_tout(atelier, lecteur)


def verifier_tout(atelier: Atelier, lecteur) -> None:
    """Each page public now is found by its present title and no other; the index tells nothing else."""
    assert atelier.sain()
    etats = itertools.chain.from_iterable(
        atelier.sql(
            "SELECT title FROM wagtailcore_page WHERE live AND (title LIKE 'Premier %' OR title LIKE 'Deuxième %')"
            " AND id NOT IN (SELECT page_id FROM wagtailcore_pageviewrestriction)"
        )
    )
    publics = sorted(etats)
    assert publics
    for question in ("état", "premier état", "deuxième état"):
        assert {titre for titre in lecteur.demander(question) if " état " in titre} <= set(publics)
    assert [titre for titre in lecteur.demander("état") if " état " in titre] == publics
    assert atelier.parler("verifier").ecouter() == {"pages": [], "mots": 0}
    assert "Traceback" not in atelier.erreurs
